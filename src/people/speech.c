/* SPDX-License-Identifier: BSD-2-Clause */
/* speech.c - who speaks of whom in a line? */

#include "config.h"

#include <string.h>

#include "people/speech.h"
#include "text/letter.h"
#include "text/text.h"

/* "Hi Marieke, Jane Doe wants …": so many words may stand before the clause. */
#define GREETING_WORDS 4

/* Languages put so many letters behind a name that they decline. */
#define ENDING_LETTERS 3

/* Shorter names are the beginnings of too many words. */
#define DECLINED_MIN_BYTES 4

/* Scripts without spaces have words of so many letters, and lines of so many more. */
#define SPACELESS_WORD 4
#define SPACELESS_REST 4

/* What stands behind a name has so many letters at most in a script without spaces. */
#define HONORIFIC_LETTERS 2

/* "You both", "Sie kennen beide": "both" stands among so many words. */
#define BOTH_WORDS 4

/* Between the parts of a label; people type no such sign. */
#define LABEL_PARTED " \302\267 "

void
speech_init(Speech *speech, const char *text)
{
	const char *at = text;

	*speech = (Speech){ .text = text,
			    .words = g_ptr_array_new_with_free_func(g_free),
			    .starts = g_array_new(FALSE, FALSE, sizeof(size_t)) };
	while (*at != '\0' && speech->words->len <= SPEECH_MAX_WORDS) {
		size_t start = (size_t)(at - text);

		while (*at != '\0' && letter_is_part(g_utf8_get_char(at)))
			at = g_utf8_next_char(at);
		if (at == text + start) {
			at = g_utf8_next_char(at);
			continue;
		}
		g_ptr_array_add(speech->words,
				g_strndup(text + start, (size_t)(at - text) - start));
		g_array_append_val(speech->starts, start);
	}
}

void
speech_clear(Speech *speech)
{
	g_clear_pointer(&speech->words, g_ptr_array_unref);
	g_clear_pointer(&speech->starts, g_array_unref);
}

static const char *
word(const Speech *line, size_t at)
{
	return line->words->pdata[at];
}

/* The text from a word's end on. */
static const char *
behind(const Speech *line, size_t at)
{
	return line->text + g_array_index(line->starts, size_t, at) +
	       strlen(word(line, at));
}

static bool
is_word(const char *said, const char *known)
{
	g_autofree char *a = letters_phrase(said, NAME_RULE_MAX_BYTES);
	g_autofree char *b = letters_phrase(known, NAME_RULE_MAX_BYTES);

	return g_str_equal(a, b);
}

bool
speech_has_name(const Speech *line, size_t at, const Speech *name, size_t count)
{
	if (count == 0 || at + count > line->words->len)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!is_word(word(line, at + i), word(name, i)))
			return false;

	return true;
}

bool
speech_says(const Speech *line, size_t from, size_t to, const NameRules *rules,
	    NameRuleKind kind)
{
	for (; from < to; from++)
		if (name_rules_ask(rules, kind, word(line, from)) != NULL)
			return true;

	return false;
}

bool
speech_text_says(const char *text, const NameRules *rules, NameRuleKind kind)
{
	bool says = false;

	while (*text != '\0' && !says) {
		g_auto(Speech) line = { 0 };

		speech_init(&line, text);
		if (line.words->len == 0)
			break;
		says = speech_says(&line, 0, line.words->len, rules, kind);
		text += g_array_index(line.starts, size_t, line.words->len - 1) +
			strlen(line.words->pdata[line.words->len - 1]);
	}

	return says;
}

/* Is one of a script's words without spaces in it of the kind? */
static bool
says_within(const char *text, const NameRules *rules, NameRuleKind kind)
{
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		const char *end = text;

		for (size_t i = 0;
		     i < SPACELESS_WORD && text_is_spaceless(g_utf8_get_char(end)); i++) {
			g_autofree char *part = NULL;

			end = g_utf8_next_char(end);
			part = g_strndup(text, (size_t)(end - text));
			if (name_rules_ask(rules, kind, part) != NULL)
				return true;
		}
	}

	return false;
}

/*
 * What is written behind a name in one word with it: a few letters by which it is
 * declined, letters of another script, or the rest of a line without spaces.  NULL: it is another word.
 */
static const char *
ending_of(const char *said, const char *known)
{
	size_t length = strlen(known);
	const char *ending = said + length;

	if (strncmp(said, known, length) != 0)
		return is_word(said, known) ? "" : NULL;
	if (*ending == '\0' || text_is_spaceless(g_utf8_get_char(ending)))
		return ending;

	if (letter_script(g_utf8_get_char(known)) !=
	    letter_script(g_utf8_get_char(ending)))
		return ending;

	return length >= DECLINED_MIN_BYTES && g_utf8_strlen(ending, -1) <= ENDING_LETTERS
		   ? ending
		   : NULL;
}

/* The end of the name's first words, so many, or NULL: like speech_has_name(). */
static const char *
ending_of_name(const Speech *line, size_t at, const Speech *name, size_t count)
{
	if (at + count > line->words->len ||
	    (count > 1 && !speech_has_name(line, at, name, count - 1)))
		return NULL;

	return ending_of(word(line, at + count - 1), word(name, count - 1));
}

/* Does only a gap part the word from the one before, and not a sign? */
static bool
is_joined(const Speech *line, size_t at)
{
	const char *gap = behind(line, at - 1);
	const char *end = line->text + g_array_index(line->starts, size_t, at);

	for (; gap < end; gap = g_utf8_next_char(gap))
		if (strchr(" '(\"", *gap) == NULL && g_utf8_get_char(gap) != 0x2019 &&
		    g_utf8_get_char(gap) != 0xa0)
			return false;

	return true;
}

/* Does a clause begin with the word, maybe behind a greeting? */
static bool
begins(const Speech *line, size_t at)
{
	return at == 0 || (at <= GREETING_WORDS && !is_joined(line, at));
}

/* Is the word, right behind the name, the beginning of what is told of it? */
static bool
is_told(const Speech *line, size_t at, const NameRules *rules)
{
	return at < line->words->len && is_joined(line, at) &&
	       !g_unichar_isupper(g_utf8_get_char(word(line, at))) &&
	       !speech_says(line, at, at + 1, rules, NAME_RULE_FROM);
}

/* "Jane Doe's network" tells of the network. */
static bool
is_possessive(const Speech *line, size_t at)
{
	return strchr(" (", *behind(line, at - 1)) == NULL &&
	       g_utf8_strlen(word(line, at), -1) == 1;
}

/* Does the text begin with a word that stands behind a name: "san", in its script? */
static bool
is_honorific(const char *text, const NameRules *rules)
{
	const char *end = text;

	for (size_t i = 0; i < HONORIFIC_LETTERS && *end != '\0'; i++) {
		g_autofree char *part = NULL;

		end = g_utf8_next_char(end);
		part = g_strndup(text, (size_t)(end - text));
		if (name_rules_ask(rules, NAME_RULE_SUFFIX, part) != NULL)
			return true;
	}

	return false;
}

/* Is what the line says behind a word no more than the sign that ends it? */
static bool
is_end(const Speech *line, size_t at)
{
	const char *rest = behind(line, at);

	return at + 1 == line->words->len && strspn(rest, ".:! ") == strlen(rest);
}

static bool
tells_at(const Speech *line, size_t at, const Speech *name, size_t count,
	 const NameRules *rules)
{
	const char *ending = ending_of_name(line, at, name, count);
	size_t next = at + count;

	if (ending == NULL)
		return false;
	/* A family's name is in those of places and companies, too. */
	if (text_is_spaceless(g_utf8_get_char(ending)))
		return count == name->words->len || is_honorific(ending, rules);
	if (begins(line, at))
		return is_told(line, next, rules);
	/* By the first name alone, anybody may be told of. */
	if (count < 2 || count < name->words->len || !is_joined(line, at) ||
	    speech_says(line, at - 1, at, rules, NAME_RULE_PRESENTS))
		return false;
	if (is_end(line, next - 1))
		return speech_says(line, at - 1, at, rules, NAME_RULE_FROM) &&
		       (speech_says(line, 0, at, rules, NAME_RULE_READER) ||
			speech_says(line, 0, at, rules, NAME_RULE_MESSAGE));

	return is_told(line, next, rules) && !is_possessive(line, next);
}

/* In a script without spaces, the name stands among the other letters. */
static bool
tells_among_letters(const char *text, const char *name)
{
	const char *at =
	    text_is_spaceless(g_utf8_get_char(name)) ? strstr(text, name) : NULL;
	size_t others = 0;

	if (at == NULL || g_utf8_strlen(name, -1) < 2)
		return false;
	for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c))
		others += letter_is_part(g_utf8_get_char(c));

	return others >= (size_t)g_utf8_strlen(name, -1) + SPACELESS_REST;
}

/* How many words of a line a language has, and whether people speak of themselves. */
typedef struct {
	size_t words;
	bool is_self;
} Tongue;

/* Count a word for the languages that have it; codes: with blanks between, or NULL. */
static void
count_word(GHashTable *tongues, GHashTable *counted, const char *codes, bool is_self)
{
	g_auto(GStrv) all = g_strsplit(codes != NULL ? codes : "", " ", -1);

	for (char **code = all; *code != NULL; code++) {
		Tongue *tongue = g_hash_table_lookup(tongues, *code);

		if (tongue == NULL) {
			tongue = g_new0(Tongue, 1);
			g_hash_table_insert(tongues, g_strdup(*code), tongue);
		}
		tongue->is_self |= is_self;
		tongue->words += g_hash_table_add(counted, g_strdup(*code));
	}
}

/* One language's "I" is another's "you", so the line's is that with most of its words. */
bool
speech_is_of_self(const Speech *line, const NameRules *rules)
{
	g_autoptr(GHashTable) tongues =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	size_t most[2] = { 0, 0 };
	GHashTableIter iter;
	gpointer value;

	for (size_t i = 0; i < line->words->len; i++) {
		g_autoptr(GHashTable) counted =
		    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

		for (int kind = NAME_RULE_SELF; kind < NAME_RULE_LAST; kind++)
			count_word(
			    tongues, counted,
			    name_rules_ask(rules, (NameRuleKind)kind, word(line, i)),
			    kind == NAME_RULE_SELF);
	}
	g_hash_table_iter_init(&iter, tongues);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		const Tongue *tongue = value;

		most[tongue->is_self] = MAX(most[tongue->is_self], tongue->words);
	}

	return most[true] > most[false] || says_within(line->text, rules, NAME_RULE_SELF);
}

bool
speech_tells_of(const Speech *line, const Speech *name, const NameRules *rules)
{
	size_t count = line->words->len, whole = name->words->len;
	bool tells = tells_among_letters(line->text, name->text);

	if (count > SPEECH_MAX_WORDS || whole == 0 || whole > SPEECH_MAX_WORDS)
		return false;
	for (size_t at = 0; at < count && !tells; at++)
		tells = tells_at(line, at, name, whole, rules) ||
			(whole > 1 && !speech_has_name(line, at, name, 2) &&
			 tells_at(line, at, name, 1, rules));

	return tells && !speech_is_of_self(line, rules);
}

/* "ask Jane about", "You and Jane have", but neither "from Jane", "it is Jane" nor "your Jane". */
static bool
mentions_at(const Speech *line, size_t at, const Speech *name, const NameRules *rules)
{
	static const NameRuleKind own[] = { NAME_RULE_FROM, NAME_RULE_PRESENTS,
					    NAME_RULE_READER };
	size_t count = 0;

	while (count < name->words->len && speech_has_name(line, at, name, count + 1))
		count++;
	if (count == 0 || !is_joined(line, at) ||
	    !g_unichar_isupper(g_utf8_get_char(word(line, at))))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
		if (speech_says(line, at - 1, at, rules, own[i]))
			return false;

	return is_told(line, at + count, rules) && !is_possessive(line, at + count);
}

/* "You both follow …", "Sie kennen beide …" */
static bool
is_of_both(const Speech *line, const NameRules *rules)
{
	return line->words->len > 0 && speech_says(line, 0, 1, rules, NAME_RULE_READER) &&
	       speech_says(line, 1, MIN(BOTH_WORDS, line->words->len), rules,
			   NAME_RULE_BOTH);
}

/* The line up to what it quotes behind a colon, or all of it: a copy. */
static char *
without_quotation(const char *text)
{
	static const char *const quotations[] = { ": \"", ": \342\200\234", ": \302\253",
						  ": \342\200\236" };

	for (size_t i = 0; i < G_N_ELEMENTS(quotations); i++) {
		const char *quotation = strstr(text, quotations[i]);

		if (quotation != NULL)
			return g_strndup(text, (gsize)(quotation - text));
	}

	return g_strdup(text);
}

bool
speech_mentions(const Speech *line, const Speech *name, const NameRules *rules)
{
	bool mentions =
	    strstr(line->text, LABEL_PARTED) != NULL || is_of_both(line, rules);
	g_autofree char *unquoted = NULL;
	g_auto(Speech) own = { 0 };

	if (line->words->len > SPEECH_MAX_WORDS)
		return false;
	for (size_t at = 1; name->words->len > 0 && at < line->words->len && !mentions;
	     at++)
		mentions = mentions_at(line, at, name, rules);

	if (!mentions)
		return false;
	/* A post's title: “My first year”. */
	unquoted = without_quotation(line->text);
	speech_init(&own, unquoted);

	return !speech_is_of_self(&own, rules);
}
