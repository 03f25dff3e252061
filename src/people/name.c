/* SPDX-License-Identifier: BSD-2-Clause */
/* name.c - people's names, made fit to compare */

#include "config.h"

#include <string.h>

#include "text/address.h"
#include "people/name-rules.h"
#include "people/name-words.h"

/* Longer local parts are cut (RFC 5321, section 4.5.3.1.1). */
#define LOCAL_MAX 64

/* The words of a name, written in one way. */
typedef struct {
	const char *words[NAME_MAX_WORDS]; /* borrowed from bytes, or from rules */
	size_t count;
	char bytes[NAME_MAX_CHARS * LETTER_MAX_BYTES + NAME_MAX_WORDS];
} Spelling;

typedef char *WriteLetter(gunichar c, LetterStyle style, char *out);

static char *
write_word(const NameWord *word, WriteLetter *write, LetterStyle style, char *out)
{
	for (size_t i = 0; i < word->length; i++)
		out = write(word->letters[i], style, out);

	return out;
}

/* Names in Han, kana and Hangul are one word, however they are written. */
static void
spelling_init(Spelling *spelling, const NameWords *words, WriteLetter *write,
	      LetterStyle style)
{
	char *out = spelling->bytes;

	spelling->count = 0;
	for (size_t i = 0; i < words->count; i++)
		if (words->words[i].script == G_UNICODE_SCRIPT_HAN)
			out = write_word(&words->words[i], write, style, out);
	if (out > spelling->bytes) {
		spelling->words[spelling->count++] = spelling->bytes;
		*out++ = '\0';
	}

	for (size_t i = 0; i < words->count; i++) {
		if (words->words[i].script == G_UNICODE_SCRIPT_HAN)
			continue;
		spelling->words[spelling->count++] = out;
		out = write_word(&words->words[i], write, style, out);
		*out++ = '\0';
	}
}

/* Sorted, so that the order they were written in does not matter. */
static char *
spelling_text(Spelling *spelling)
{
	const char *sorted[NAME_MAX_WORDS + 1];

	for (size_t i = 0; i < spelling->count; i++) {
		size_t at = i;

		for (; at > 0 && strcmp(sorted[at - 1], spelling->words[i]) > 0; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = spelling->words[i];
	}
	sorted[spelling->count] = NULL;

	return g_strjoinv(" ", (char **)sorted);
}

/* The first key with short forms written whole, or NULL. */
static char *
hint_of(Spelling *spelling, const NameRules *rules)
{
	bool has_short = false;

	for (size_t i = 0; i < spelling->count; i++) {
		const char *whole =
		    name_rules_find(rules, NAME_RULE_SHORT, spelling->words[i]);

		has_short |= whole != NULL;
		spelling->words[i] = whole != NULL ? whole : spelling->words[i];
	}

	return has_short ? spelling_text(spelling) : NULL;
}

/* A key in a style that none before it had, with its shape. */
static void
add_key(Name *name, size_t index, const NameWords *words, LetterStyle style)
{
	g_autofree char *key = NULL;
	Spelling spelling;

	spelling_init(&spelling, words, letter_fold, style);
	key = spelling_text(&spelling);
	if (index > 0 && g_str_equal(key, name->keys[0]))
		return;

	spelling_init(&spelling, words, letter_shape, style);
	name->shapes[index] = spelling_text(&spelling);
	name->keys[index] = g_steal_pointer(&key);
}

static void
init_plain(Name *name, const NameRules *rules, const NameWords *words)
{
	Spelling spelling;

	spelling_init(&spelling, words, letter_fold, LETTER_SHORT);
	name->keys[0] = spelling_text(&spelling);
	name->shapes[0] = g_strdup(name->keys[0]);
	name->hint = hint_of(&spelling, rules);
}

static void
init_other(Name *name, const NameRules *rules, const NameWords *words)
{
	Spelling spelling;

	add_key(name, 0, words, LETTER_SHORT);
	for (LetterStyle style = LETTER_LONG; style < LETTER_LAST; style++)
		if (name->keys[1] == NULL)
			add_key(name, 1, words, style);

	spelling_init(&spelling, words, letter_fold, LETTER_SHORT);
	name->hint = hint_of(&spelling, rules);
}

void
name_init(Name *name, const NameRules *rules, const char *text)
{
	NameWords words;

	memset(name, 0, sizeof(*name));
	name_words_init(&words, rules, text);
	if (words.count == 0)
		return;

	for (size_t i = 0; i < words.count; i++)
		name->is_disguised |= words.words[i].is_disguised;
	if (words.is_plain)
		init_plain(name, rules, &words);
	else
		init_other(name, rules, &words);
}

void
name_clear(Name *name)
{
	for (size_t i = 0; i < NAME_KEYS; i++) {
		g_clear_pointer(&name->keys[i], g_free);
		g_clear_pointer(&name->shapes[i], g_free);
	}
	g_clear_pointer(&name->hint, g_free);
}

/* Is one of a among those of b? */
static bool
is_shared(char *const *a, char *const *b)
{
	for (size_t i = 0; i < NAME_KEYS && a[i] != NULL; i++)
		for (size_t j = 0; j < NAME_KEYS && b[j] != NULL; j++)
			if (g_str_equal(a[i], b[j]))
				return true;

	return false;
}

bool
name_same(const Name *a, const Name *b)
{
	return !a->is_disguised && !b->is_disguised && is_shared(a->keys, b->keys);
}

bool
name_poses(const Name *a, const Name *b)
{
	/* Keys as well, for shapes go by the letters' case. */
	return !name_same(a, b) &&
	       (is_shared(a->shapes, b->shapes) || is_shared(a->keys, b->keys));
}

bool
name_hints(const Name *a, const Name *b)
{
	const char *one = a->hint != NULL ? a->hint : a->keys[0];
	const char *other = b->hint != NULL ? b->hint : b->keys[0];

	return !a->is_disguised && !b->is_disguised && one != NULL &&
	       g_strcmp0(one, other) == 0 && !name_same(a, b);
}

/*
 * May a form begin or end here?  In Han it needs no blank, but a single letter
 * is more often one of the name's own.
 */
static bool
is_seam(const char *at, const char *form, const char *form_end)
{
	return at[-1] == ' ' ||
	       (g_utf8_next_char(form) < form_end &&
		letter_script(g_utf8_get_char(at)) == G_UNICODE_SCRIPT_HAN);
}

/* Cut off the last words that are a legal form; false: there are none. */
static bool
cut_form(const NameRules *rules, char *key)
{
	size_t length = strlen(key), longest = name_rules_longest(rules, NAME_RULE_FORM);

	for (char *at = g_utf8_next_char(key); *at != '\0'; at = g_utf8_next_char(at)) {
		if (length - (size_t)(at - key) > longest ||
		    !is_seam(at, at, key + length) ||
		    name_rules_find(rules, NAME_RULE_FORM, at) == NULL)
			continue;
		*at = '\0';
		g_strchomp(key);
		return true;
	}

	return false;
}

/* Where the name begins behind a legal form; key itself: there is none. */
static const char *
behind_form(const NameRules *rules, const char *key)
{
	char form[NAME_RULE_MAX_BYTES + 1];
	size_t longest = name_rules_longest(rules, NAME_RULE_LEADING);

	for (const char *at = g_utf8_next_char(key);
	     *at != '\0' && (size_t)(at - key) <= longest + 1;
	     at = g_utf8_next_char(at)) {
		size_t length = (size_t)(at - key) - (at[-1] == ' ');

		if (length > longest || !is_seam(at, key, at))
			continue;
		memcpy(form, key, length);
		form[length] = '\0';
		if (name_rules_find(rules, NAME_RULE_LEADING, form) != NULL)
			return at;
	}

	return key;
}

char *
name_company_key(const NameRules *rules, const char *text)
{
	g_autofree char *key = letters_phrase(text, NAME_MAX_CHARS);

	if (key[0] == '\0')
		return NULL;
	while (cut_form(rules, key))
		continue;

	return g_strdup(behind_form(rules, key));
}

/* Is the local part, or a part of it that ends before a sign, the word of a robot? */
static bool
is_robot_from(const NameRules *rules, const char *local, size_t length)
{
	char word[NAME_RULE_MAX_BYTES + 1];
	size_t longest = name_rules_longest(rules, NAME_RULE_ROBOT), used = 0;

	for (size_t i = 0; i <= length && used <= longest; i++) {
		char c = i < length ? g_ascii_tolower(local[i]) : '\0';

		if (c == '\0' || strchr("+-=", c) != NULL) {
			word[used] = '\0';
			if (name_rules_find(rules, NAME_RULE_ROBOT, word) != NULL)
				return true;
		} else if (g_ascii_isalnum(c) && used < NAME_RULE_MAX_BYTES)
			word[used++] = c;
	}

	return false;
}

bool
name_is_robot(const NameRules *rules, const char *address)
{
	const char *domain = address_domain(address);
	size_t length = domain != NULL ? (size_t)(domain - 1 - address) : strlen(address);

	length = MIN(length, LOCAL_MAX);
	if (is_robot_from(rules, address, length))
		return true;
	/* "jobs-noreply"; but "jane+noreply" is a box of Jane's. */
	for (size_t i = 0; i < length && address[i] != '+'; i++)
		if (strchr("-_.", address[i]) != NULL &&
		    is_robot_from(rules, address + i + 1, length - i - 1))
			return true;

	return false;
}

/* Words with single spaces between them. */
static bool
has_words(const char *words, const char *wanted)
{
	g_autofree char *all = words != NULL ? g_strdup_printf(" %s ", words) : NULL;
	g_auto(GStrv) list = g_strsplit(wanted != NULL ? wanted : "", " ", -1);

	for (size_t i = 0; all != NULL && list[i] != NULL; i++) {
		g_autofree char *word = g_strdup_printf(" %s ", list[i]);

		if (strstr(all, word) == NULL)
			return false;
	}

	return all != NULL && list[0] != NULL;
}

bool
name_is_part(const Name *part, const Name *whole)
{
	return has_words(whole->keys[0], part->keys[0]) ||
	       has_words(whole->keys[1], part->keys[0]) ||
	       has_words(whole->hint != NULL ? whole->hint : whole->keys[0],
			 part->hint != NULL ? part->hint : part->keys[0]);
}

/* Is a word the other, or its first letter? */
static bool
is_word_or_initial(const NameWord *word, const NameWord *other)
{
	return g_str_equal(word->folded, other->folded) ||
	       ((word->length == 1 || other->length == 1) &&
		g_utf8_get_char(word->folded) == g_utf8_get_char(other->folded));
}

bool
name_is_of_family(const NameRules *rules, const char *name, const char *other)
{
	const char *const texts[] = { name, other };
	const NameWord *first[G_N_ELEMENTS(texts)], *last[G_N_ELEMENTS(texts)];
	NameWords words[G_N_ELEMENTS(texts)];

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		name_words_init(&words[i], rules, texts[i]);
		if (words[i].count < 2)
			return false;
		for (size_t k = 0; k < words[i].count; k++)
			if (words[i].words[k].is_disguised)
				return false;
		first[i] = &words[i].words[0];
		last[i] = &words[i].words[words[i].count - 1];
	}
	/* One middle name; more words are a sentence's. */
	if (MAX(words[0].count, words[1].count) - MIN(words[0].count, words[1].count) > 1)
		return false;

	return g_str_equal(last[0]->folded, last[1]->folded)
		   ? g_utf8_get_char(first[0]->folded) ==
			 g_utf8_get_char(first[1]->folded)
		   : g_str_equal(first[0]->folded, first[1]->folded) &&
			 is_word_or_initial(last[0], last[1]);
}
