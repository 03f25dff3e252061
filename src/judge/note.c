/* SPDX-License-Identifier: BSD-2-Clause */
/* note.c - are these the inviter's own words? */

#include <string.h>

#include "base/text.h"
#include "judge/note.h"
#include "judge/tongue.h"

/* A greeting or a signature has no more words than this. */
#define GREETING_MAX_WORDS  5
#define SIGNATURE_MAX_WORDS 6

/* Below a signature stand so many lines of title, address and the like. */
#define TITLE_MAX_LINES 2
#define TITLE_MAX_WORDS 8

/* So many words of one's own are more than pleasantries; a place tells as much. */
#define OWN_WORDS_MIN	    2
#define OWN_WORDS_MIN_PLACE 1

/* Scripts that write no spaces count a word for each so many characters. */
#define CHARACTERS_A_WORD 2

static size_t
words_in(const char *text)
{
	g_autofree char *plain = text_plain(text);
	size_t words = 0;

	for (const char *c = plain + 1; *c != '\0'; c++)
		words += *c == ' ';

	return words;
}

/* The saying that the plain text begins with, or NULL. */
static const Saying *
saying_at_start(const GArray *sayings, const char *plain)
{
	for (size_t i = 0; i < sayings->len; i++) {
		const Saying *saying = &g_array_index(sayings, Saying, i);

		if (g_str_has_prefix(plain, saying->text))
			return saying;
	}

	return NULL;
}

/* "Jane Doe" or "Jane" of a Jane Doe. */
static bool
is_name_of(const char *text, const char *name)
{
	g_autofree char *plain = text_plain(text);
	g_autofree char *whole = name != NULL ? text_plain(name) : NULL;

	return whole != NULL && whole[1] != '\0' && plain[1] != '\0' &&
	       g_str_has_prefix(whole, plain);
}

/* The bytes up to the mark that ends a greeting, or 0 where the line has none. */
static size_t
greeting_length(const char *line)
{
	static const char *const marks[] = { ",", ":", "!", "\xef\xbc\x8c", "\xe3\x80\x81",
					     "\xd8\x8c", NULL };
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

/*
 * Take the greeting off the first line.  A head of few words before a comma is
 * one where it begins as greetings do, names the recipient, or stands alone
 * ("Lista:", a guest addressed by the local part of an address).
 */
static void
strip_greeting(const Languages *languages, char **lines, const NoteNames *names, Note *note)
{
	char *line = g_strstrip(lines[0]);
	size_t length = greeting_length(line);
	bool stands_alone = lines[1] != NULL && (length == 0 || line[length] == '\0');
	g_autofree char *head =
	    g_strndup(line, length > 0 ? length : stands_alone ? strlen(line) : 0);
	g_autofree char *plain = text_plain(head);
	const Saying *saying = saying_at_start(languages->greetings, plain);
	const char *name;
	char *rest;

	if (head[0] == '\0' || words_in(head) > GREETING_MAX_WORDS)
		return;
	if (saying == NULL && !is_name_of(head, names->recipient) &&
	    !(stands_alone && length > 0))
		return;

	head[strcspn(head, ",:!")] = '\0';
	name = after_words(head, saying != NULL ? words_in(saying->text) : 0);
	if (name[0] != '\0')
		note->greeted = text_clean(name, TEXT_NAME_MAX);
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
			return line + strlen(dashes[i]) + strspn(line + strlen(dashes[i]), " -");

	return line;
}

/* "CEO, Acme" or "Ph.D.": short, no sentence, and of common words hardly half. */
static bool
is_title(const Languages *languages, const char *plain, const char *line)
{
	g_autofree char *bare = g_strstrip(g_strdup(plain));
	g_auto(GStrv) words = g_strsplit(bare, " ", -1);
	size_t length = strlen(line), common = 0, count = g_strv_length(words);

	for (size_t i = 0; i < count; i++) {
		g_autofree char *word = g_strconcat(" ", words[i], " ", NULL);

		common += g_hash_table_contains(languages->words, word);
	}
	if (count > 2 && length > 0 && strchr(".!?", line[length - 1]) != NULL)
		return false;

	return count <= TITLE_MAX_WORDS && 2 * common <= count;
}

/* "Jane", "Jane Roe" or "Jane Roe, PhD" of a Jane Roe. */
static bool
is_signed_by(const Languages *languages, const char *text, const char *name)
{
	g_autofree char *plain = text_plain(text);
	g_autofree char *whole = text_plain(name != NULL ? name : "");

	return is_name_of(text, name) ||
	       (whole[1] != '\0' && g_str_has_prefix(plain, whole) &&
		is_title(languages, plain + strlen(whole) - 1, text));
}

static bool
is_signature(const Languages *languages, const char *line, const NoteNames *names)
{
	const char *rest = after_dash(line);
	g_autofree char *plain = text_plain(rest);

	if (plain[1] == '\0' || is_name_of(rest, names->inviter))
		return true;
	if (words_in(rest) > SIGNATURE_MAX_WORDS)
		return false;

	return (rest != line && words_in(rest) <= 3) ||
	       saying_at_start(languages->sign_offs, plain) != NULL;
}

/* The line of the inviter's name with nothing but titles below it, or the end. */
static size_t
titled_signature(const Languages *languages, char **lines, const NoteNames *names)
{
	size_t end = g_strv_length(lines), below = 0;

	for (size_t i = end; i > 1 && below <= TITLE_MAX_LINES; i--) {
		const char *line = g_strstrip(lines[i - 1]);
		g_autofree char *plain = text_plain(line);

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
	size_t last = titled_signature(languages, lines, names);

	for (size_t i = last; lines[i] != NULL; i++)
		lines[i][0] = '\0';
	while (last > 1 && is_signature(languages, lines[last - 1], names)) {
		last--;
		lines[last][0] = '\0';
	}
	if (last > 0)
		strip_name_at_end(languages, lines[last - 1], names);
}

static const DefaultText *
default_of(const Languages *languages, const char *text)
{
	g_auto(Folded) folded = { 0 };

	folded_init(&folded, text);
	for (size_t i = 0; i < languages->defaults->len; i++) {
		const DefaultText *one = &g_array_index(languages->defaults, DefaultText, i);

		if (pattern_fits(one->pattern, &folded, NULL))
			return one;
	}

	return NULL;
}

/* "Jane, I'd like to …": the name of somebody we were not told of. */
static const DefaultText *
default_behind_name(const Languages *languages, const char *text)
{
	size_t length = greeting_length(text);
	g_autofree char *head = g_strndup(text, length);

	if (length == 0 || words_in(head) > 3)
		return NULL;

	return default_of(languages, text + length);
}

/* Replace every " phrase " by " "; says whether there was one. */
static bool
take_away(GString *plain, const char *phrase)
{
	size_t length = strlen(phrase) - 1;
	const char *found;
	bool any = false;

	while (length > 0 && (found = strstr(plain->str, phrase)) != NULL) {
		g_string_erase(plain, found - plain->str, (gssize)length);
		any = true;
	}

	return any;
}

/* What is taken away brings no two characters together that were not so before. */
static bool
take_sayings_away(GString *plain, const GArray *sayings)
{
	Pairs pairs = pairs_of(plain->str);
	const char *found;
	bool any = false;
	size_t length;

	for (size_t i = 0; i < sayings->len; i++) {
		const Saying *saying = &g_array_index(sayings, Saying, i);

		while ((found = saying_in(saying, plain->str, &pairs, &length)) != NULL) {
			g_string_erase(plain, found - plain->str, (gssize)length);
			any = true;
		}
	}

	return any;
}

static void
take_names_away(GString *plain, const NoteNames *names)
{
	const char *all[] = { names->inviter, names->recipient, names->network };

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
		g_autofree char *name = text_plain(all[i] != NULL ? all[i] : "");
		g_auto(GStrv) words = g_strsplit(g_strstrip(name), " ", -1);

		for (size_t j = 0; words[j] != NULL; j++) {
			g_autofree char *word = g_strconcat(" ", words[j], " ", NULL);

			take_away(plain, word);
		}
	}
}

/* How many words a word without spaces stands for. */
static size_t
weight_of(const char *word)
{
	if (!text_is_spaceless(g_utf8_get_char(word)))
		return 1;

	return ((size_t)g_utf8_strlen(word, -1) + 1) / CHARACTERS_A_WORD;
}

/* The language of all that was written, but for the names in it. */
static const char *
language_of(const Languages *languages, const char *text, const NoteNames *names)
{
	g_autofree char *whole = text_plain(text);
	g_autoptr(GString) plain = g_string_new(whole);

	take_names_away(plain, names);

	return tongue_of(languages, text, plain->str);
}

/* What is left once common words are gone; the words are kept in left. */
static size_t
own_words(const Languages *languages, char **words, GString *left)
{
	size_t own = 0;

	for (size_t i = 0; words[i] != NULL; i++) {
		g_autofree char *word = g_strconcat(" ", words[i], " ", NULL);

		if (words[i][0] == '\0' || g_hash_table_contains(languages->words, word))
			continue;
		own += weight_of(words[i]);
		g_string_append_printf(left, "%s%s", left->len > 0 ? " " : "", words[i]);
	}

	return own;
}

static bool
has_saying(const GArray *sayings, const char *plain)
{
	Pairs pairs = pairs_of(plain);
	size_t length;

	for (size_t i = 0; i < sayings->len; i++)
		if (saying_in(&g_array_index(sayings, Saying, i), plain, &pairs, &length) != NULL)
			return true;

	return false;
}

/* A sentence that asks, greets or thanks: the names in it are anybody's. */
static bool
is_kind_sentence(const Languages *languages, const char *plain)
{
	return has_saying(languages->pleasantries, plain) ||
	       saying_at_start(languages->greetings, plain) != NULL ||
	       saying_at_start(languages->sign_offs, plain) != NULL;
}

/* WHERE EVERYTHING IS LARGE, a capital tells nothing. */
static bool
has_small_letter(const char *text)
{
	for (; *text != '\0'; text = g_utf8_next_char(text))
		if (g_unichar_islower(g_utf8_get_char(text)))
			return true;

	return false;
}

/* "Ghent": a capital and more, neither a common word nor a name of ours. */
static bool
is_place(const Languages *languages, const char *word, const NoteNames *names)
{
	g_autofree char *plain = text_plain(word);
	g_autoptr(GString) rest = g_string_new(plain);

	while (*word != '\0' && !g_unichar_isalnum(g_utf8_get_char(word)))
		word = g_utf8_next_char(word);
	if (*word == '\0' || !g_unichar_isupper(g_utf8_get_char(word)) ||
	    !g_unichar_isalpha(g_utf8_get_char(g_utf8_next_char(word))) ||
	    g_hash_table_contains(languages->words, plain))
		return false;
	take_names_away(rest, names);

	return rest->len > 1;
}

/* "We met in Ghent.", but not "your work at Acme caught my attention". */
static bool
has_place(const Languages *languages, const char *text, const NoteNames *names)
{
	g_auto(GStrv) sentences = g_strsplit_set(text, ".!?;", -1);

	for (size_t i = 0; sentences[i] != NULL; i++) {
		g_autofree char *plain = text_plain(sentences[i]);
		g_auto(GStrv) words = g_strsplit(g_strstrip(sentences[i]), " ", -1);

		if (words[0] == NULL || !has_small_letter(sentences[i]) ||
		    is_kind_sentence(languages, plain))
			continue;
		for (size_t j = 1; words[j] != NULL; j++)
			if (is_place(languages, words[j], names))
				return true;
	}

	return false;
}

static void
add_reason(Note *note, const char *token, const char *evidence)
{
	g_autofree char *clean = text_token(evidence, 40);

	g_ptr_array_add(note->reasons, clean[0] != '\0'
					   ? g_strdup_printf("%s \"%s\"", token, clean)
					   : g_strdup(token));
}

static void
judge_default(Note *note, const DefaultText *text)
{
	note->class = NOTE_DEFAULT;
	note->language = text->language;
	g_ptr_array_add(note->reasons, g_strconcat("default:", text->key, NULL));
}

static void
judge_own_words(const Languages *languages, Note *note, const char *text,
		const NoteNames *names)
{
	g_autofree char *whole = text_plain(text);
	g_autoptr(GString) plain = g_string_new(whole);
	g_autoptr(GString) left = g_string_new(NULL);
	const DefaultText *within = NULL;
	g_auto(GStrv) rest = NULL;
	bool is_kind = false;
	size_t least = has_place(languages, text, names) ? OWN_WORDS_MIN_PLACE
							 : OWN_WORDS_MIN;

	for (size_t i = 0; i < languages->defaults->len; i++) {
		const DefaultText *one = &g_array_index(languages->defaults, DefaultText, i);

		if (one->plain != NULL && take_away(plain, one->plain))
			within = one;
	}
	is_kind |= take_sayings_away(plain, languages->pleasantries);
	is_kind |= take_sayings_away(plain, languages->sign_offs);
	is_kind |= take_sayings_away(plain, languages->greetings);
	take_names_away(plain, names);
	rest = g_strsplit(plain->str, " ", -1);

	if (own_words(languages, rest, left) >= least) {
		note->class = NOTE_PERSONAL;
		add_reason(note, "own-words", left->str);
	} else if (within != NULL && left->len == 0) {
		judge_default(note, within);
	} else {
		note->class = NOTE_VAGUE;
		add_reason(note, is_kind ? "vague:pleasantries" : "vague:no-own-words", "");
	}
}

/*
 * Leaves the note's body in lines and says which default text it is, or NULL.
 * A text that itself begins with the inviter's name is not a signature.
 */
static const DefaultText *
strip_note(const Languages *languages, char **lines, const NoteNames *names, Note *note)
{
	g_autofree char *signed_body = NULL, *body = NULL;
	const DefaultText *known;

	if (lines[0] == NULL)
		return NULL;
	strip_greeting(languages, lines, names, note);
	signed_body = g_strjoinv(" ", lines);
	known = default_of(languages, signed_body);
	if (known != NULL)
		return known;
	strip_signature(languages, lines, names);
	body = g_strjoinv(" ", lines);
	known = default_of(languages, body);

	return known != NULL ? known : default_behind_name(languages, body);
}

Note *
note_judge(const Languages *languages, const char *text, const NoteNames *names)
{
	g_autoptr(Note) note = g_new0(Note, 1);
	g_autofree char *cut = g_strndup(text != NULL ? text : "", NOTE_MAX);
	g_autofree char *valid = g_utf8_make_valid(g_strstrip(cut), -1);
	g_auto(GStrv) lines = g_strsplit(valid, "\n", -1);
	const DefaultText *known = strip_note(languages, lines, names, note);
	g_autofree char *body = g_strjoinv(" ", lines);

	note->reasons = g_ptr_array_new_with_free_func(g_free);
	if (known != NULL) {
		judge_default(note, known);
	} else if (words_in(body) == 0) {
		note->class = NOTE_NONE;
		g_ptr_array_add(note->reasons, g_strdup("note:none"));
	} else {
		note->language = language_of(languages, valid, names);
		judge_own_words(languages, note, body, names);
	}

	return g_steal_pointer(&note);
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
		[NOTE_NONE] = "none",	[NOTE_DEFAULT] = "default", [NOTE_VAGUE] = "vague",
		[NOTE_PITCH] = "pitch", [NOTE_PERSONAL] = "personal",
	};

	return names[class];
}
