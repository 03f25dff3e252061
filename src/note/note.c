/* SPDX-License-Identifier: BSD-2-Clause */
/* note.c - are these the inviter's own words? */

#include "config.h"

#include <string.h>

#include "text/plain-text.h"
#include "text/text.h"
#include "note/default-text.h"
#include "note/note.h"
#include "note/signals.h"
#include "note/note-language.h"
#include "note/wording.h"

/* A greeting or a signature has no more words than this. */
#define GREETING_MAX_WORDS  5
#define SIGNATURE_MAX_WORDS 6

/* And a name below one not more than this. */
#define SIGNED_MAX_WORDS 3
#define SIGNED_MAX_LINES 3

/* Below a signature stand so many lines of title, address and the like. */
#define TITLE_MAX_LINES 2
#define TITLE_MAX_WORDS 8

/* A default text nobody has seen has no more words, and no more of them are its own. */
#define STRUCTURAL_MAX_WORDS 20
#define STRUCTURAL_MAX_OWN   3

static size_t
words_in(const char *text)
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

	return words_in(text) > most;
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
		words += i < wording.plain.length && plain_is_gap(wording.plain.chars[i]);

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

/* "Good morning. I'd like …": a first sentence that is a greeting and no more. */
static size_t
greeting_stop(const Languages *languages, const char *line)
{
	size_t length = strcspn(line, ".");
	g_autofree char *head = g_strndup(line, length);

	if (line[length] == '\0' || has_more_words(head, GREETING_MAX_WORDS) ||
	    words_in(head) == 0 ||
	    words_of_beginning(languages, head, ENTRY_GREETING) != words_in(head))
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
	const char *name;
	char *rest;

	if (head[0] == '\0' || has_more_words(head, GREETING_MAX_WORDS))
		return;
	if (words == 0 && !is_name_of(head, names->recipient) &&
	    !(stands_alone && length > 0))
		return;

	head[strcspn(head, ",:!")] = '\0';
	name = after_words(head, words);
	if (name[0] != '\0')
		note->greeted = text_clean(name, TEXT_NAME_MAX);
	note->is_greeting_known = words > 0;
	rest = g_strdup(length > 0 ? line + length : "");
	g_free(lines[0]);
	lines[0] = rest;
}

/* The line without the dash that begins a signature. */
static const char *
after_dash(const char *line)
{
	static const char *const dashes[] = { "-", "\xe2\x80\x93", "\xe2\x80\x94", "~" };

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
default_behind_name(const Languages *languages, const char *text, size_t *edits_out)
{
	size_t length = greeting_length(text);
	g_autofree char *head = g_strndup(text, length);
	const DefaultText *known = default_text_of(languages, text, edits_out);

	if (known != NULL || length == 0 || has_more_words(head, 3))
		return known;

	return default_text_of(languages, text + length, edits_out);
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

/* A last line of few words is a signature where what stands above it is a default text. */
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

/*
 * Leaves the note's body in lines and says which default text it is, or NULL.
 * A text that itself begins with the inviter's name is not a signature.
 */
static const DefaultText *
strip_note(const Languages *languages, char **lines, const NoteNames *names, Note *note,
	   size_t *edits_out)
{
	g_autofree char *signed_body = NULL, *body = NULL;
	const DefaultText *known;

	if (lines[0] == NULL)
		return NULL;
	strip_greeting(languages, lines, names, note);
	signed_body = g_strjoinv(" ", lines);
	*edits_out = 0;
	known = default_text_with_hole(languages, signed_body);
	if (known == NULL)
		known = default_text_of(languages, signed_body, edits_out);
	if (known != NULL && *edits_out == 0)
		return known;
	strip_signature(languages, lines, names);
	body = g_strjoinv(" ", lines);
	if (!g_str_equal(body, signed_body) &&
	    (known = default_text_with_hole(languages, body)) != NULL)
		*edits_out = 0;
	else
		known = default_behind_name(languages, body, edits_out);
	if (known == NULL)
		known = default_above_line(languages, lines, edits_out);

	return known != NULL ? known : default_before_leave(languages, body, edits_out);
}

static void
judge_default(Note *note, const DefaultText *text, size_t edits)
{
	note->class = NOTE_DEFAULT;
	note->fingerprint = (Fingerprint){ 0 };
	note->language = text->language;
	g_ptr_array_add(note->reasons,
			edits == 0
			    ? g_strconcat("default:", text->key, NULL)
			    : g_strdup_printf("default:%s %zu edits", text->key, edits));
}

/* Whom does the greeting name? A script's slip weighs towards a pitch. */
static void
judge_greeting(Note *note, const NoteNames *names, Cues *cues)
{
	g_auto(Name) greeted = { 0 };
	g_auto(Name) recipient = { 0 };

	if (note->greeted == NULL || names->recipient == NULL || names->rules == NULL)
		return;
	name_init(&greeted, names->rules, note->greeted);
	name_init(&recipient, names->rules, names->recipient);
	if (greeted.keys[0] == NULL || recipient.keys[0] == NULL)
		return;
	if (name_is_part(&greeted, &recipient))
		g_ptr_array_add(note->reasons, g_strdup("greeting:by-name"));
	else if (note->is_greeting_known)
		cues_add(cues, CUE_WRONG_NAME, CUE_WEAK, text_token(note->greeted, 40));
}

/* The recipient's own facts are context. */
static void
judge_about(const Wording *wording, const NoteNames *names, Cues *cues)
{
	g_autofree char *body = plain_text_words(wording->plain.text);

	for (size_t i = 0; names->about != NULL && names->about[i] != NULL; i++) {
		g_autofree char *fact = plain_text_words(names->about[i]);

		if (fact[1] != '\0' && strstr(body, fact) != NULL)
			cues_add(cues, CUE_ABOUT, CUE_STRONG,
				 text_token(names->about[i], 40));
	}
}

/* Of a text within the note, the words that are left decide. */
static const DefaultText *
default_within(const Wording *wording)
{
	for (size_t i = 0; i < wording->hits->len; i++) {
		const Entry *entry =
		    wording_entry(wording, &g_array_index(wording->hits, PhraseHit, i));

		if (entry->kind == ENTRY_DEFAULT)
			return &g_array_index(wording->languages->defaults, DefaultText,
					      entry->text);
	}

	return NULL;
}

/* Short, names the network and says nothing else, in a language whose own text nobody has seen. */
static bool
is_structural(const Wording *wording, const Note *note, const NoteNames *names,
	      const Cues *cues)
{
	guint64 bits = note_language_bits(wording->languages, note->language);
	g_autofree char *body = plain_text_words(wording->plain.text);
	g_autofree char *network =
	    plain_text_words(names->network != NULL ? names->network : "");

	return note->language != NULL &&
	       (bits & wording->languages->with_defaults) == 0 && network[1] != '\0' &&
	       strstr(body, network) != NULL && cues->own_words <= STRUCTURAL_MAX_OWN &&
	       !cues_say_why(cues) && wording_words(wording) <= STRUCTURAL_MAX_WORDS;
}

/* Of the body, and where that is too short to tell, of greeting and signature, too. */
static const char *
language_of(const Wording *body, const char *whole, const char *const *people)
{
	const char *language = note_language_of(body);
	g_auto(Wording) wording = { 0 };

	if (language != NULL)
		return language;
	wording_init(&wording, body->languages, whole, people);

	return note_language_of(&wording);
}

/* text: without greeting and signature; whole: with them, for scripts slip there, too. */
static void
judge_own_words(const Languages *languages, Note *note, const char *text,
		const char *whole, const NoteNames *names)
{
	static const NoteClass classes[] = { [CLASS_VAGUE] = NOTE_VAGUE,
					     [CLASS_PITCH] = NOTE_PITCH,
					     [CLASS_PERSONAL] = NOTE_PERSONAL };
	const char *const people[] = { names->inviter != NULL ? names->inviter : "",
				       names->recipient != NULL ? names->recipient : "",
				       names->network != NULL ? names->network : "",
				       NULL };
	g_autoptr(GString) own = g_string_new(NULL);
	g_auto(Wording) wording = { 0 };
	g_auto(Cues) cues = { 0 };
	const DefaultText *within;
	guint64 bits;

	wording_init(&wording, languages, text, people);
	note->language = language_of(&wording, whole, people);
	bits = note_language_bits(languages, note->language);
	cues.own_words = wording_own_words(&wording, bits, own, &cues.has_name);
	wording_cues(&wording, bits, &cues);
	signals_add(&cues, whole);
	judge_about(&wording, names, &cues);
	note->has_shared_past = cues_tell_shared_past(&cues);
	note->fingerprint = fingerprint_of(&wording.plain, wording.is_name);
	judge_greeting(note, names, &cues);
	within = default_within(&wording);
	note->class = classes[cues_class(&cues)];

	if (within != NULL && cues.own_words == 0 && !cues_say_why(&cues)) {
		judge_default(note, within, 0);
		return;
	}
	if (is_structural(&wording, note, names, &cues)) {
		note->class = NOTE_DEFAULT;
		note->fingerprint = (Fingerprint){ 0 };
		g_ptr_array_add(note->reasons, g_strdup("default:structural"));
		return;
	}
	cues_explain(&cues, note->reasons);
	if (note->class == NOTE_PERSONAL && !cues_say_why(&cues)) {
		g_autofree char *clean = text_token(own->str, 40);

		g_ptr_array_add(note->reasons,
				g_strdup_printf("own-words \"%s\"", clean));
	} else if (note->reasons->len == 0) {
		g_ptr_array_add(note->reasons, g_strdup("vague:no-own-words"));
	}
}

Note *
note_judge(const Languages *languages, const char *text, const NoteNames *names)
{
	g_autoptr(Note) note = g_new0(Note, 1);
	g_autofree char *cut = g_strndup(text != NULL ? text : "", NOTE_MAX);
	g_autofree char *valid = g_utf8_make_valid(g_strstrip(cut), -1);
	g_auto(GStrv) lines = g_strsplit(valid, "\n", -1);
	size_t edits = 0;
	const DefaultText *known = strip_note(languages, lines, names, note, &edits);
	g_autofree char *body = g_strjoinv(" ", lines);

	note->reasons = g_ptr_array_new_with_free_func(g_free);
	if (known != NULL) {
		judge_default(note, known, edits);
	} else if (words_in(body) == 0) {
		note->class = NOTE_NONE;
		g_ptr_array_add(note->reasons, g_strdup("note:none"));
	} else {
		judge_own_words(languages, note, body, valid, names);
	}

	return g_steal_pointer(&note);
}

void
note_is_bulk(Note *note, size_t recipients, size_t days)
{
	if (note->class != NOTE_PERSONAL && note->class != NOTE_VAGUE)
		return;

	note->class = note->has_shared_past ? NOTE_VAGUE : NOTE_PITCH;
	g_ptr_array_add(note->reasons, g_strdup_printf("bulk:%zu recipients in %zu days",
						       recipients, days));
}

void
note_is_unplaced(Note *note)
{
	note->class = NOTE_VAGUE;
	g_ptr_array_set_size(note->reasons, 0);
	g_ptr_array_add(note->reasons, g_strdup("note:not-found"));
}

void
note_is_pitch(Note *note, char *reason)
{
	note->class = NOTE_PITCH;
	g_ptr_array_add(note->reasons, reason);
}

void
note_free(Note *note)
{
	if (note == NULL)
		return;

	g_ptr_array_unref(note->reasons);
	g_free(note->greeted);
	g_free(note);
}

const char *
note_class_name(NoteClass class)
{
	static const char *const names[NOTE_LAST] = {
		[NOTE_NONE] = "none",         [NOTE_DEFAULT] = "default",
		[NOTE_VAGUE] = "vague",       [NOTE_PITCH] = "pitch",
		[NOTE_PERSONAL] = "personal",
	};

	return names[class];
}
