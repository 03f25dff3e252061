/* SPDX-License-Identifier: BSD-2-Clause */
/* name-words.c - the words of a name, without what stands around it */

#include "config.h"

#include <string.h>

#include "people/name-rules.h"
#include "people/name-words.h"

/* "M. Sc. Eng.", "M.B.A.": so many words may be one rule. */
#define NAME_RULE_MAX_WORDS 4

/* What a character does between words. */
typedef enum {
	MARK_LETTER,
	MARK_BLANK,
	MARK_DOT,
	MARK_APOSTROPHE,
	MARK_COMMA,
	MARK_OPEN,
	MARK_CLOSE,
	MARK_QUOTE,
	MARK_DASH,  /* between blanks the name ends here */
	MARK_POINT, /* it does not between letters alone */
	MARK_END,   /* it always does */
	MARK_HIDDEN,
	MARK_LAST
} Mark;

static const struct {
	gunichar c;
	Mark mark;
} marks[] = {
	{ ' ', MARK_BLANK },
	{ '.', MARK_DOT },
	{ '\'', MARK_APOSTROPHE },
	{ ',', MARK_COMMA },
	{ 0x060c, MARK_COMMA }, /* ، */
	{ 0x3001, MARK_COMMA }, /* 、 */
	{ '"', MARK_QUOTE },
	{ '-', MARK_DASH },
	{ 0x00b7, MARK_POINT }, /* · */
	{ '@', MARK_POINT },
	{ '~', MARK_POINT },
	{ '|', MARK_END },
	{ '/', MARK_END },
	{ '\\', MARK_END },
	{ ';', MARK_END },
	{ '<', MARK_END },
	{ '#', MARK_END },
	{ 0x00a6, MARK_END }, /* ¦ */
	{ 0x2022, MARK_END }, /* • */
	{ 0x2023, MARK_END }, /* ‣ */
	{ 0x2219, MARK_END }, /* ∙ */
	{ LETTER_HIDDEN, MARK_HIDDEN },
};

/* The way through the characters. */
typedef struct {
	NameWords *words;
	size_t length; /* of words->chars */
	size_t at;
	size_t part;
	NameWord *open;              /* the word we are in, or NULL */
	gunichar *next;              /* where its next letter goes */
	bool has_digit;              /* in the open word, one that passes for a letter */
	bool is_hiding;              /* the next word is disguised */
	bool is_unclosed[MARK_LAST]; /* from here on, none closes by this */
} Walk;

static Mark
mark_of(gunichar c)
{
	if (letter_is_part(c))
		return MARK_LETTER;
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		if (marks[i].c == c)
			return marks[i].mark;

	switch (g_unichar_type(c)) {
	case G_UNICODE_OPEN_PUNCTUATION:
		return MARK_OPEN;
	case G_UNICODE_CLOSE_PUNCTUATION:
		return MARK_CLOSE;
	default:
		return MARK_BLANK;
	}
}

static bool
is_letter_at(const Walk *walk, size_t at)
{
	return at < walk->length && letter_is_part(walk->words->chars[at]);
}

/* Words of digits or marks alone say nothing of a person. */
static void
close_word(Walk *walk)
{
	if (walk->open != NULL && walk->open->script != G_UNICODE_SCRIPT_COMMON)
		walk->words->count++;
	walk->open = NULL;
}

static void
open_word(Walk *walk)
{
	NameWord *word = &walk->words->words[walk->words->count];

	walk->next = &walk->words->chars[walk->at];
	word->letters = walk->next;
	word->length = 0;
	word->part = walk->part;
	word->script = G_UNICODE_SCRIPT_COMMON;
	word->has_dot = false;
	word->is_disguised = walk->is_hiding;
	walk->open = word;
	walk->has_digit = false;
	walk->is_hiding = false;
}

/* "J0hn", "0livia" and a word of two scripts pass for another; "B2B" does not. */
static void
watch_letter(Walk *walk, gunichar c, GUnicodeScript script)
{
	NameWord *word = walk->open;

	if (script == G_UNICODE_SCRIPT_COMMON) {
		walk->has_digit |=
		    (c == '0' || c == '1') && (word->script != G_UNICODE_SCRIPT_COMMON ||
					       (c == '0' && word->length == 0));
		return;
	}
	if (script != G_UNICODE_SCRIPT_HAN &&
	    (walk->has_digit ||
	     (word->script != G_UNICODE_SCRIPT_COMMON && word->script != script)))
		word->is_disguised = true;
	word->script = script;
}

/* Letters move to the front of their word, for apostrophes leave gaps. */
static void
take_letter(Walk *walk, gunichar c)
{
	GUnicodeScript script = letter_script(c);
	GUnicodeScript last = walk->open != NULL ? walk->open->script : script;

	/* Han and kana need no blank before a word of letters; none looks like one. */
	if (script != last && script != G_UNICODE_SCRIPT_COMMON &&
	    last != G_UNICODE_SCRIPT_COMMON &&
	    (script == G_UNICODE_SCRIPT_HAN || last == G_UNICODE_SCRIPT_HAN))
		close_word(walk);
	if (walk->open == NULL)
		open_word(walk);

	watch_letter(walk, c, script);
	walk->words->has_lower |= g_unichar_islower(c);
	walk->words->is_plain &= c < 0x80 && g_ascii_isalpha((char)c);
	*walk->next++ = c;
	walk->open->length++;
}

/*
 * Words in brackets or quotes are not the name.  Where nothing closes a bracket, the
 * name ends there, unless it has not begun: then the bracket alone is left out.
 */
static void
skip(Walk *walk, Mark close)
{
	const gunichar *chars = walk->words->chars;
	size_t depth = 0;

	close_word(walk);
	for (size_t at = walk->at; at < walk->length && !walk->is_unclosed[close]; at++) {
		Mark mark = mark_of(chars[at]);

		if (close == MARK_CLOSE && mark == MARK_OPEN)
			depth++;
		else if (mark == close && at > walk->at &&
			 (close != MARK_APOSTROPHE || !is_letter_at(walk, at + 1)) &&
			 (close != MARK_CLOSE || --depth == 0)) {
			walk->at = at;
			return;
		}
	}
	if (close == MARK_CLOSE && walk->words->count > 0)
		walk->at = walk->length;
	walk->is_unclosed[close] = true;
}

/* "O'Neil" is one word, 'Bob' a name for friends. */
static void
take_apostrophe(Walk *walk)
{
	if (walk->open != NULL) {
		if (!is_letter_at(walk, walk->at + 1))
			close_word(walk);
		return;
	}
	if (walk->words->count > 0)
		skip(walk, MARK_APOSTROPHE);
}

/* "Doe-Roe" and even "Doe- Roe" are a name, what follows " - " is none. */
static void
take_sign(Walk *walk, Mark mark)
{
	bool is_before = walk->open != NULL;
	bool is_after = is_letter_at(walk, walk->at + 1);
	bool is_within =
	    mark == MARK_DASH ? is_before || is_after : is_before && is_after;

	close_word(walk);
	if (walk->words->count > 0 && (mark == MARK_END || !is_within))
		walk->at = walk->length;
}

static void
take(Walk *walk, gunichar c)
{
	Mark mark = mark_of(c);

	switch (mark) {
	case MARK_LETTER:
		/* An accent on nothing is none. */
		if (walk->open != NULL || !g_unichar_ismark(c))
			take_letter(walk, c);
		break;
	case MARK_APOSTROPHE:
		take_apostrophe(walk);
		break;
	case MARK_OPEN:
		skip(walk, MARK_CLOSE);
		break;
	case MARK_QUOTE:
		close_word(walk);
		if (walk->words->count > 0)
			skip(walk, MARK_QUOTE);
		break;
	case MARK_DASH:
	case MARK_POINT:
	case MARK_END:
		take_sign(walk, mark);
		break;
	case MARK_HIDDEN:
		if (walk->open != NULL)
			walk->open->is_disguised = true;
		else
			walk->is_hiding = true;
		break;
	case MARK_COMMA:
		close_word(walk);
		walk->part += walk->words->count > 0;
		break;
	case MARK_DOT:
		if (walk->open != NULL)
			walk->open->has_dot = true;
		close_word(walk);
		break;
	default:
		close_word(walk);
	}
}

static void
go(Walk *walk)
{
	for (; walk->at < walk->length; walk->at++)
		take(walk, walk->words->chars[walk->at]);
	close_word(walk);
}

/* Write each word in small plain letters, and leave out words that have none. */
static void
fold_words(NameWords *words)
{
	char *out = words->folded;
	size_t count = 0;

	for (size_t i = 0; i < words->count; i++) {
		NameWord word = words->words[i];

		word.folded = out;
		for (size_t j = 0; j < word.length; j++)
			out = letter_fold(word.letters[j], LETTER_SHORT, out);
		if (out == word.folded)
			continue;
		*out++ = '\0';
		words->words[count++] = word;
	}
	words->count = count;
}

/* "Q.", in the scripts that have capitals: elsewhere a letter may be a name. */
static bool
is_initial(const NameWord *word)
{
	gunichar c = word->letters[0];

	for (size_t i = 1; i < word->length; i++)
		if (!g_unichar_ismark(word->letters[i]))
			return false;

	return g_unichar_isupper(c) || g_unichar_islower(c);
}

/* The words in one, or false where no rule is so long. */
static bool
join(const NameWord *words, size_t count, size_t longest, char *joined)
{
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(words[i].folded);

		if (used + length > longest)
			return false;
		memcpy(joined + used, words[i].folded, length + 1);
		used += length;
	}

	return true;
}

/* Are the letters as the rule wants them? */
static bool
is_written(const NameWord *words, size_t count, const char *wanted)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < words[i].length; j++) {
			if (*wanted == '\0' ||
			    g_utf8_get_char(wanted) != words[i].letters[j])
				return false;
			wanted = g_utf8_next_char(wanted);
		}

	return *wanted == '\0';
}

/* How many words from the first on are one title? */
static size_t
title_length(const NameRules *rules, const NameWord *words, size_t count)
{
	char joined[NAME_RULE_MAX_BYTES + 1];
	size_t longest = name_rules_longest(rules, NAME_RULE_TITLE);

	for (size_t n = MIN(count, NAME_RULE_MAX_WORDS); n > 0; n--) {
		const char *condition = NULL;

		/* "D. R. Doe" is no doctor. */
		if (n > 1 && is_initial(&words[0]))
			continue;
		if (join(words, n, longest, joined))
			condition = name_rules_find(rules, NAME_RULE_TITLE, joined);
		if (condition != NULL && (condition[0] == '\0' || words[n - 1].has_dot))
			return n;
	}

	return 0;
}

/* One part of a name between commas, and what else there is. */
typedef struct {
	NameWord *words;
	size_t count;
	bool is_first;
	bool is_shouted; /* all in capitals, which then tell nothing */
	size_t others;   /* words of other parts */
} Part;

/*
 * Does enough of a name stay in front of a suffix?  Two words, and all of them
 * in this part where the suffix is known by its capitals: "Jack MA" may be a Ma.
 */
static bool
is_name_left(const Part *part, size_t left, bool is_exact)
{
	if (is_exact && (part->is_shouted || (part->is_first && left < 2)))
		return false;
	/* "Doe, M. D." may be Mary. */
	if (left == 0)
		return !part->is_first &&
		       part->others > (is_initial(&part->words[0]) ? 1 : 0);

	/* A name in Han may be one word. */
	return left + part->others >= 2 || part->words[0].script == G_UNICODE_SCRIPT_HAN;
}

/* How many words at the end are one suffix? */
static size_t
suffix_length(const NameRules *rules, const Part *part)
{
	char joined[NAME_RULE_MAX_BYTES + 1];
	size_t longest = name_rules_longest(rules, NAME_RULE_SUFFIX);

	for (size_t n = MIN(part->count, NAME_RULE_MAX_WORDS); n > 0; n--) {
		const NameWord *words = part->words + part->count - n;
		const char *wanted = NULL;

		if (join(words, n, longest, joined))
			wanted = name_rules_find(rules, NAME_RULE_SUFFIX, joined);
		if (wanted != NULL &&
		    (wanted[0] == '\0' || is_written(words, n, wanted)) &&
		    is_name_left(part, part->count - n, wanted[0] != '\0'))
			return n;
	}

	return 0;
}

/* Leave of a part what is a name. */
static void
strip_part(const NameRules *rules, Part *part)
{
	size_t n;

	while (part->count + part->others > 1 &&
	       (n = title_length(rules, part->words, part->count)) > 0 &&
	       n < part->count + part->others) {
		part->words += n;
		part->count -= n;
	}
	while ((n = suffix_length(rules, part)) > 0)
		part->count -= n;
}

/*
 * "Doe, Jane" has two parts, what comes later is none; "Jane Doe, PhD, Painter"
 * has one.
 */
static void
strip(NameWords *words, const NameRules *rules)
{
	size_t count = 0, parts = 0, end;

	for (size_t start = 0; start < words->count && parts < 2; start = end) {
		Part part = { .words = words->words + start,
			      .is_first = start == 0,
			      .is_shouted = !words->has_lower };

		for (end = start; end < words->count &&
				  words->words[end].part == words->words[start].part;
		     end++)
			part.count++;
		part.others = part.is_first ? words->count - end : count;
		strip_part(rules, &part);

		memmove(words->words + count, part.words,
			part.count * sizeof(part.words[0]));
		count += part.count;
		if (part.count > 0 || count > 1)
			parts++;
	}
	words->count = count;
}

/* Initials go where two words stay without them. */
static void
drop_initials(NameWords *words)
{
	size_t longer = 0, count = 0;

	for (size_t i = 0; i < words->count; i++)
		longer += !is_initial(&words->words[i]);
	if (longer < 2 || longer == words->count)
		return;

	for (size_t i = 0; i < words->count; i++)
		if (!is_initial(&words->words[i]))
			words->words[count++] = words->words[i];
	words->count = count;
}

void
name_words_init(NameWords *words, const NameRules *rules, const char *text)
{
	size_t length = letters_read(text, words->chars, NAME_MAX_CHARS);
	Walk walk = { .words = words, .length = length };
	Walk again = { .words = words, .length = length };

	words->count = 0;
	words->is_plain = true;
	words->has_lower = false;
	go(&walk);
	/* "(Jane Doe)" would hide in its brackets: they are blanks, then. */
	again.is_unclosed[MARK_CLOSE] = true;
	if (words->count == 0)
		go(&again);

	fold_words(words);
	strip(words, rules);
	drop_initials(words);
	words->count = MIN(words->count, NAME_MAX_WORDS);
}
