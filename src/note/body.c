/* SPDX-License-Identifier: BSD-2-Clause */
/* body.c - what of a note is neither greeting nor signature? */

#include "config.h"

#include <string.h>

#include "note/body.h"
#include "note/default-text.h"
#include "note/wording.h"
#include "text/plain-text.h"
#include "text/text.h"

/* A signature has no more words than this. */
#define SIGNATURE_MAX_WORDS 6

/* And a name below one not more than this. */
#define SIGNED_MAX_WORDS 3
#define SIGNED_MAX_LINES 3

/* Below a signature stand so many lines of title, address and the like. */
#define TITLE_MAX_LINES 2
#define TITLE_MAX_WORDS 8

static size_t
words_of(const char *text)
{
	g_autofree char *plain = plain_text_words(text);

	return language_words(plain);
}

/*
 * Lines are long, and what is looked for is short: words that ASCII parts are
 * words whatever stands around them, and most often these are enough to tell.
 */
static bool
has_more_words(const char *text, size_t most)
{
	size_t words = 0;
	bool is_within = false;

	for (const char *c = text; *c != '\0'; c++) {
		bool is_letter = g_ascii_isalnum(*c);

		words += is_letter && !is_within;
		if (words > most)
			return true;
		/* Others may vanish, and part nothing. */
		if (is_letter || (*c >= ' ' && *c <= '~'))
			is_within = is_letter;
	}

	return words_of(text) > most;
}

bool
body_has_words(const char *text)
{
	return has_more_words(text, 0);
}

/* Words of the longest phrase of a kind that the text begins with; 0 for none. */
static size_t
words_of_beginning(const Languages *languages, const char *text, EntryKind kind)
{
	g_auto(Wording) wording = { 0 };
	size_t length, words = 0;

	wording_init(&wording, languages, text, NULL);
	length = wording_begins(&wording, kind);
	for (size_t i = 1; length > 0 && i <= length + 1; i++)
		words +=
		    i < wording.plain.length && plain_text_is_gap(wording.plain.chars[i]);

	return words;
}

/* "Jane Doe" or "Jane" of a Jane Doe. */
static bool
is_name_of(const char *text, const char *name)
{
	g_autofree char *whole = name != NULL ? plain_text_words(name) : NULL;
	g_autofree char *plain = NULL;

	if (whole == NULL || whole[1] == '\0' ||
	    has_more_words(text, language_words(whole)))
		return false;
	plain = plain_text_words(text);

	return plain[1] != '\0' && g_str_has_prefix(whole, plain);
}

/* The bytes up to the mark that ends a greeting, or 0 where the line has none. */
static size_t
greeting_length(const char *line)
{
	static const char *const marks[] = {
		",", ":", "!", "\xef\xbc\x8c", "\xe3\x80\x81", "\xd8\x8c", NULL
	};
	size_t least = 0;

	for (size_t i = 0; marks[i] != NULL; i++) {
		const char *mark = strstr(line, marks[i]);

		if (mark != NULL && (least == 0 || (size_t)(mark - line) < least))
			least = (size_t)(mark - line) + strlen(marks[i]);
	}

	return least;
}

static const char *
after_words(const char *text, size_t words)
{
	for (; words > 0; words--) {
		text += strcspn(text, " ");
		text += strspn(text, " ");
	}

	return text;
}

/* The bytes before an honorific that the text ends with, or 0: "Jane" of "Jane-san,". */
static size_t
before_honorific(const Languages *languages, const char *text)
{
	g_auto(Wording) wording = { 0 };
	size_t length, letters = 0;
	const char *at = text + strlen(text);

	wording_init(&wording, languages, text, NULL);
	length = wording_ends(&wording, ENTRY_HONORIFIC);
	while (at > text && letters < length) {
		at = g_utf8_prev_char(at);
		letters += g_unichar_isalnum(g_utf8_get_char(at));
	}

	return (size_t)(at - text) < strlen(text) ? (size_t)(at - text) : 0;
}

/* "Good morning. I'd like …": a first sentence that is a greeting and no more. */
static size_t
greeting_stop(const Languages *languages, const char *line)
{
	size_t length = strcspn(line, ".");
	g_autofree char *head = g_strndup(line, length);

	if (line[length] == '\0' || has_more_words(head, TEXT_GREETING_MAX_WORDS) ||
	    words_of(head) == 0 ||
	    words_of_beginning(languages, head, ENTRY_GREETING) != words_of(head))
		return 0;

	return length + 1;
}

/*
 * Take the greeting off the first line.  A head of few words before a comma is
 * one where it begins as greetings do, names the recipient, or stands alone
 * ("Lista:", a guest addressed by the local part of an address).
 */
static void
strip_greeting(const Languages *languages, char **lines, const NoteNames *names,
	       Note *note)
{
	char *line = g_strstrip(lines[0]);
	size_t stop = greeting_stop(languages, line);
	size_t length = stop > 0 ? stop : greeting_length(line);
	bool stands_alone = lines[1] != NULL && (length == 0 || line[length] == '\0');
	g_autofree char *head = g_strndup(line, length > 0     ? length
						: stands_alone ? strlen(line)
							       : 0);
	size_t words = words_of_beginning(languages, head, ENTRY_GREETING);
	size_t before;
	const char *name;
	char *rest;

	if (head[0] == '\0' || has_more_words(head, TEXT_GREETING_MAX_WORDS))
		return;
	before = words == 0 ? before_honorific(languages, head) : 0;
	if (words == 0 && before == 0 && !is_name_of(head, names->recipient) &&
	    !(stands_alone && length > 0))
		return;

	head[before > 0 ? before : strcspn(head, ",:!")] = '\0';
	name = after_words(head, words);
	if (name[0] != '\0') {
		g_free(note->greeted);
		note->greeted = text_clean(name, TEXT_NAME_MAX);
	}
	note->is_greeting_known = words > 0 || before > 0;
	rest = g_strdup(length > 0 ? line + length : "");
	g_free(lines[0]);
	lines[0] = rest;
}

/* Does the line greet somebody by a name?  "Hello from Lindum, …" does not. */
static bool
greets_by_name(const Languages *languages, const char *line)
{
	g_autofree char *head = g_strndup(line, greeting_length(line));
	size_t words = words_of_beginning(languages, head, ENTRY_GREETING);

	return words > 0 && has_more_words(head, words) &&
	       !g_unichar_islower(g_utf8_get_char(after_words(head, words)));
}

/* "Hi Jane,", which a network or a phone put on top, and the writer's own below it. */
static void
strip_greetings(const Languages *languages, char **lines, const NoteNames *names,
		Note *note)
{
	size_t next = 0;

	strip_greeting(languages, lines, names, note);
	while (lines[next] != NULL && g_strstrip(lines[next])[0] == '\0')
		next++;
	if (next > 0 && lines[next] != NULL && greets_by_name(languages, lines[next]))
		strip_greeting(languages, lines + next, names, note);
}

/* The line without the dash that begins a signature. */
static const char *
after_dash(const char *line)
{
	static const char *const dashes[] = { "-", "\xe2\x80\x93", "\xe2\x80\x94", "~" };

	/* It is asked of each word of a line. */
	if (line[0] == '\0' || strchr("-\xe2~", line[0]) == NULL)
		return line;
	for (size_t i = 0; i < G_N_ELEMENTS(dashes); i++)
		if (g_str_has_prefix(line, dashes[i]))
			return line + strlen(dashes[i]) +
			       strspn(line + strlen(dashes[i]), " -");

	return line;
}

/* "CEO, Acme" or "Ph.D.": short, no sentence, and of common words hardly half. */
static bool
is_title(const Languages *languages, const char *plain, const char *line)
{
	g_auto(Wording) wording = { 0 };
	size_t length = strlen(line), count, common;

	if (has_more_words(plain, TITLE_MAX_WORDS))
		return false;
	wording_init(&wording, languages, plain, NULL);
	count = wording_words(&wording);
	common = wording_common_words(&wording);
	if (count > 2 && length > 0 && strchr(".!?", line[length - 1]) != NULL)
		return false;

	return 2 * common <= count;
}

/* "Jane", "Jane Roe" or "Jane Roe, PhD" of a Jane Roe. */
static bool
is_signed_by(const Languages *languages, const char *text, const char *name)
{
	g_autofree char *plain = plain_text_words(text);
	g_autofree char *whole = plain_text_words(name != NULL ? name : "");

	return is_name_of(text, name) ||
	       (whole[1] != '\0' && g_str_has_prefix(plain, whole) &&
		is_title(languages, plain + strlen(whole) - 1, text));
}

static bool
is_signature(const Languages *languages, const char *line, const NoteNames *names)
{
	const char *rest = after_dash(line);
	g_autofree char *plain = plain_text_words(rest);

	if (plain[1] == '\0' || is_name_of(rest, names->inviter))
		return true;
	if (has_more_words(rest, SIGNATURE_MAX_WORDS))
		return false;

	return (rest != line && !has_more_words(rest, 3)) ||
	       words_of_beginning(languages, rest, ENTRY_SIGN_OFF) > 0;
}

/* The line of the inviter's name with nothing but titles below it, or the end. */
static size_t
titled_signature(const Languages *languages, char **lines, const NoteNames *names)
{
	size_t end = g_strv_length(lines), below = 0;

	for (size_t i = end; i > 1 && below <= TITLE_MAX_LINES; i--) {
		const char *line = g_strstrip(lines[i - 1]);
		g_autofree char *plain = plain_text_words(line);

		if (line[0] == '\0')
			continue;
		if (is_signed_by(languages, after_dash(line), names->inviter))
			return i - 1;
		if (!is_title(languages, plain, line))
			return end;
		below++;
	}

	return end;
}

/* Short lines below one that takes leave: the names of somebody we were not told of. */
static size_t
leave_taking(const Languages *languages, char **lines)
{
	size_t end = g_strv_length(lines);

	for (size_t i = end, below = 0; i > 1 && below <= SIGNED_MAX_LINES; i--) {
		const char *line = g_strstrip(lines[i - 1]);

		if (line[0] == '\0')
			continue;
		if (!has_more_words(line, SIGNATURE_MAX_WORDS) &&
		    words_of_beginning(languages, line, ENTRY_SIGN_OFF) > 0)
			return i - 1;
		if (has_more_words(line, SIGNED_MAX_WORDS))
			return end;
		below++;
	}

	return end;
}

/* "… on LinkedIn. - Jane", the signature on the note's own line. */
static void
strip_name_at_end(const Languages *languages, char *line, const NoteNames *names)
{
	for (char *dash = line + strlen(line); dash > line; dash--)
		if ((dash[-1] == ' ' || dash[-1] == '.') && after_dash(dash) != dash) {
			if (is_signed_by(languages, after_dash(dash), names->inviter))
				*dash = '\0';
			return;
		}
}

/* From the end up: sign-offs and names, but never all there is. */
static void
strip_signature(const Languages *languages, char **lines, const NoteNames *names)
{
	size_t last = MIN(titled_signature(languages, lines, names),
			  leave_taking(languages, lines));

	for (size_t i = last; lines[i] != NULL; i++)
		lines[i][0] = '\0';
	while (last > 1 && is_signature(languages, lines[last - 1], names)) {
		last--;
		lines[last][0] = '\0';
	}
	if (last > 0)
		strip_name_at_end(languages, lines[last - 1], names);
}

/* "Jane, I'd like to …": the name of somebody we were not told of. */
static const DefaultText *
default_behind_first_name(const Languages *languages, const char *text, size_t *edits_out)
{
	size_t length = greeting_length(text);
	g_autofree char *head = g_strndup(text, length);

	return length > 0 && !has_more_words(head, 3)
		   ? default_text_of(languages, text + length, edits_out)
		   : NULL;
}

static const DefaultText *
default_behind_name(const Languages *languages, const char *text, size_t *edits_out)
{
	const DefaultText *known = default_text_of(languages, text, edits_out);

	return known != NULL ? known
			     : default_behind_first_name(languages, text, edits_out);
}

/* "… on LinkedIn. Regards, Jane": without its last sentence, where that takes leave. */
static const DefaultText *
default_before_leave(const Languages *languages, const char *text, size_t *edits_out)
{
	g_autofree char *body = g_strdup(text);
	char *stop = strrchr(body, '.');

	if (stop == NULL || has_more_words(stop, SIGNATURE_MAX_WORDS) ||
	    words_of_beginning(languages, stop, ENTRY_SIGN_OFF) == 0)
		return NULL;
	*stop = '\0';

	return default_behind_name(languages, body, edits_out);
}

/*
 * A last line of few words is a signature where what stands above it is a default text.
 */
static const DefaultText *
default_above_line(const Languages *languages, char **lines, size_t *edits_out)
{
	g_auto(GStrv) upper = g_strdupv(lines);
	size_t last = g_strv_length(upper);
	g_autofree char *body = NULL;

	while (last > 0 && upper[last - 1][0] == '\0')
		last--;
	if (last < 2 || has_more_words(upper[last - 1], SIGNED_MAX_WORDS))
		return NULL;
	upper[last - 1][0] = '\0';
	body = g_strjoinv(" ", upper);

	return default_behind_name(languages, body, edits_out);
}

const DefaultText *
body_strip(const Languages *languages, char **lines, const NoteNames *names, Note *note,
	   size_t *edits_out)
{
	g_autofree char *signed_body = NULL, *body = NULL;
	const DefaultText *known;

	if (lines[0] == NULL)
		return NULL;
	strip_greetings(languages, lines, names, note);
	signed_body = g_strjoinv(" ", lines);
	*edits_out = 0;
	known = default_text_with_hole(languages, signed_body);
	if (known == NULL)
		known = default_text_of(languages, signed_body, edits_out);
	if (known != NULL && *edits_out == 0)
		return known;
	strip_signature(languages, lines, names);
	body = g_strjoinv(" ", lines);
	if (g_str_equal(body, signed_body)) {
		if (known == NULL)
			known = default_behind_first_name(languages, body, edits_out);
	} else {
		note->is_signed = true;
		known = default_text_with_hole(languages, body);
		if (known != NULL)
			*edits_out = 0;
		else
			known = default_behind_name(languages, body, edits_out);
	}
	if (known == NULL)
		known = default_above_line(languages, lines, edits_out);

	return known != NULL ? known : default_before_leave(languages, body, edits_out);
}
