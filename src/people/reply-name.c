/* SPDX-License-Identifier: BSD-2-Clause */
/* reply-name.c - what to call people in a text that we write */

#include "config.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "people/name-case.h"
#include "people/name-rules.h"
#include "people/reply-name.h"
#include "text/letter.h"
#include "text/text.h"

/* "CAPM", "MRICS": a word with capitals that is longer is a name, "McKenzie". */
#define DEGREE_MAX 5

/* Emoji and other pictures, and what joins them. */
static bool
is_picture(gunichar c)
{
	if (c == '|' || c == '+')
		return false;

	switch (g_unichar_type(c)) {
	case G_UNICODE_OTHER_SYMBOL:
	case G_UNICODE_MODIFIER_SYMBOL:
	case G_UNICODE_MATH_SYMBOL:
	case G_UNICODE_ENCLOSING_MARK:
	case G_UNICODE_UNASSIGNED:
	case G_UNICODE_PRIVATE_USE:
		return true;
	default:
		return (c >= 0xfe00 && c <= 0xfe0f) || c == 0x200d;
	}
}

/* What stands between is no part of a name; a nickname stands behind one. */
static const struct {
	const char *open, *close;
	bool is_quote;
} brackets[] = {
	{ "(", ")", false },
	{ "[", "]", false },
	{ "{", "}", false },
	{ "\357\274\210", "\357\274\211", false }, /* （） */
	{ " \"", "\" ", true },
	{ " '", "' ", true },
	{ " \342\200\234", "\342\200\235 ", true }, /* “ ” */
	{ " \342\200\236", "\342\200\234 ", true }, /* „ “ */
	{ " \342\200\230", "\342\200\231 ", true }, /* ‘ ’ */
	{ " \302\253", "\302\273 ", true },         /* « » */
};

/* The bytes with which they open, so that a letter is not compared with each. */
#define OPENINGS "([{ \357"

/* Where the bracket closes that opens at c, or NULL. */
static const char *
bracket_end(const char *c, size_t bracket, bool has_word)
{
	const char *open = brackets[bracket].open;

	if (brackets[bracket].is_quote && !has_word)
		return NULL;

	return strstr(c + strlen(open), brackets[bracket].close);
}

/* Nothing but what most names are written with? */
static bool
is_plain(const char *name)
{
	while (g_ascii_isalnum(*name) || (*name != '\0' && strchr(" .,-", *name) != NULL))
		name++;

	return *name == '\0';
}

/*
 * Without "(She/Her)", the nickname in 'Peter "Pete" Roe' and pictures; a bracket that
 * does not close opens nothing.
 */
static char *
bare_name(const char *name)
{
	g_autoptr(GString) out = g_string_new(NULL);
	/* One that is not closed once is not closed later either. */
	bool is_open[G_N_ELEMENTS(brackets)] = { false };
	bool has_word = false;

	if (is_plain(name))
		return text_clean(name, TEXT_NAME_MAX);
	for (const char *c = name; *c != '\0'; c = g_utf8_next_char(c)) {
		bool is_closed = false, may_open = strchr(OPENINGS, *c) != NULL;

		for (size_t i = 0; may_open && i < G_N_ELEMENTS(brackets); i++) {
			const char *close;

			if (is_open[i] || !g_str_has_prefix(c, brackets[i].open))
				continue;
			close = bracket_end(c, i, has_word);
			is_open[i] = close == NULL && (has_word || !brackets[i].is_quote);
			is_closed = close != NULL;
			c = is_closed ? close : c;
			break;
		}
		if (is_closed || strchr(")]}", *c) != NULL ||
		    g_str_has_prefix(c, "\357\274\211") || is_picture(g_utf8_get_char(c)))
			g_string_append_c(
			    out, g_utf8_get_char(c) == TEXT_REPLACEMENT ? '?' : ' ');
		else
			g_string_append_unichar(out, g_utf8_get_char(c));
		has_word |= g_unichar_isalnum(g_utf8_get_char(c));
	}

	return text_clean(out->str, TEXT_NAME_MAX);
}

/* "PhD" or "Jr.": no word that a person is called by. */
static bool
is_degree(const char *word)
{
	bool has_capital = false;

	for (const char *c = g_utf8_next_char(word); *c != '\0';
	     c = g_utf8_next_char(c)) {
		if (*c == '.')
			return true;
		has_capital |= g_unichar_isupper(g_utf8_get_char(c));
	}

	return has_capital && g_utf8_strlen(word, -1) <= DEGREE_MAX;
}

/* Names that have no first part to greet by, or not as their first word. */
static bool
is_written_whole(const char *name)
{
	while (*name != '\0' && !g_unichar_isalnum(g_utf8_get_char(name)))
		name = g_utf8_next_char(name);

	switch (g_unichar_get_script(g_utf8_get_char(name))) {
	case G_UNICODE_SCRIPT_HAN:
	case G_UNICODE_SCRIPT_HIRAGANA:
	case G_UNICODE_SCRIPT_KATAKANA:
	case G_UNICODE_SCRIPT_HANGUL:
	case G_UNICODE_SCRIPT_BOPOMOFO:
		return true;
	default:
		return false;
	}
}

/* From the first letter of a word to its last: "Jane" of "*Jane;". */
static char *
trimmed(const char *word, size_t length)
{
	const char *first = NULL, *end = word;

	for (const char *c = word; c < word + length; c = g_utf8_next_char(c)) {
		if (!g_unichar_isalnum(g_utf8_get_char(c)) &&
		    !g_unichar_ismark(g_utf8_get_char(c)))
			continue;
		first = first != NULL ? first : c;
		end = g_utf8_next_char(c);
	}

	return first != NULL ? g_strndup(first, (size_t)(end - first)) : NULL;
}

/* "site.example": mail programs make a link of it.  "Dott.ssa" is a title. */
static bool
has_host(const NameRules *rules, const char *name)
{
	g_auto(GStrv) words = NULL;

	if (strchr(name, '.') == NULL)
		return false;
	words = g_strsplit(name, " ", -1);
	for (size_t i = 0; words[i] != NULL; i++)
		for (const char *dot = strchr(words[i], '.'); dot != NULL;
		     dot = strchr(dot + 1, '.'))
			if (dot > words[i] && g_ascii_isalpha(dot[1]) &&
			    g_ascii_isalpha(dot[2]) &&
			    name_rules_ask(rules, NAME_RULE_TITLE, words[i]) == NULL)
				return true;

	return false;
}

char *
reply_name_clean(const NameRules *rules, const char *name)
{
	static const char *const signs[] = { "://", "www.", "@", "/", "\\", "<", ">" };
	g_autofree char *valid = g_utf8_make_valid(name != NULL ? name : "", -1);
	g_autofree char *clean = bare_name(valid);

	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
		if (strstr(clean, signs[i]) != NULL)
			return NULL;

	/* "-" and "***" are no names. */
	return text_has_word(clean) && !has_host(rules, clean) ? g_steal_pointer(&clean)
							       : NULL;
}

/*
 * Is the word one before names, "Dr." or "Prof", or an initial?  has_dot: it ended in
 * one.
 */
static bool
is_title(const NameRules *rules, const char *word, bool has_dot)
{
	const char *asked = name_rules_ask(rules, NAME_RULE_TITLE, word);

	return has_dot || *g_utf8_next_char(word) == '\0' ||
	       (asked != NULL && asked[0] == '\0');
}

/*
 * The first word that is no title, "Jane" of "Prof. Dr. Jane Roe"; or NULL.  What
 * stands alone behind a title or an initial is a family's name, "Dr. Roe", but
 * where that was given before, is_given.  The whole name is said where families'
 * names stand first: "Nguyen Thi Anh".
 */
static char *
first_word(const NameRules *rules, const char *name, bool is_given)
{
	bool has_skipped = false;

	for (;; has_skipped = true) {
		size_t length = strcspn(name, " ");
		g_autofree char *word = trimmed(name, length);
		bool is_last = name[length] == '\0';
		bool has_dot = length > 0 && name[length - 1] == '.';
		bool is_skipped = word == NULL || is_title(rules, word, has_dot);

		if (is_skipped && !is_last) {
			name += length + 1;
			continue;
		}
		if (is_skipped || (is_last && has_skipped && !is_given) ||
		    name_rules_ask(rules, NAME_RULE_PARTICLE, word) != NULL ||
		    (!is_last && name_case_is_set_off(word)))
			return NULL;
		if (!is_last && !is_given &&
		    name_rules_ask(rules, NAME_RULE_FAMILY, word) != NULL)
			return trimmed(name, strlen(name));
		return g_steal_pointer(&word);
	}
}

/* "Orbit Ltd" has no first name.  A form of two letters is as often somebody's, "Sá". */
static bool
is_company(const NameRules *rules, const char *name)
{
	const char *space = strrchr(name, ' ');
	g_autofree char *word =
	    space != NULL ? trimmed(space + 1, strlen(space + 1)) : NULL;

	return word != NULL && g_utf8_strlen(word, -1) > 2 &&
	       name_rules_ask(rules, NAME_RULE_FORM, word) != NULL;
}

/* "Orbit Support", "Jane & John", or letters that a program lost: "J?rgen". */
static bool
is_nobody(const NameRules *rules, const char *name)
{
	g_auto(GStrv) words = g_strsplit(name, " ", -1);
	bool is_somebody = strpbrk(name, "?&+") == NULL;

	for (size_t i = 0; is_somebody && words[i] != NULL; i++)
		is_somebody = name_rules_ask(rules, NAME_RULE_NOBODY, words[i]) == NULL;

	return !is_somebody;
}

/*
 * The name alone, "Jane Doe" of "Jane Doe | Painter"; NULL where one word stands
 * before the sign, which may be a company's.
 */
static char *
without_tail(const char *name)
{
	static const char *const signs[] = {
		" |",
		" -",
		":",
		" \302\267", /* · */
		" \342\200\223",
		" \342\200\224",
		" \342\200\242", /* – — • */
	};
	g_autofree char *bare = g_strdup(name);

	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
		char *sign = strstr(bare, signs[i]);

		if (sign != NULL)
			*sign = '\0';
	}

	return g_str_equal(bare, name) || strchr(bare, ' ') != NULL
		   ? g_steal_pointer(&bare)
		   : NULL;
}

/*
 * Where the words of a name begin that is spoken first, "Jane" of "Doe, Jane" and
 * of "Jane Doe, PhD, Coach", and which come behind, "Doe" or none.  False for
 * "Jane Doe, Painter" and "De Wit, Jane", where it is open which part is the name.
 */
static bool
split_name(const NameRules *rules, const char *name, char **words_out, char **rest_out)
{
	g_auto(GStrv) parts = g_strsplit(name, ",", 3);
	const char *before = parts[0] != NULL ? g_strstrip(parts[0]) : "";
	const char *behind =
	    parts[0] != NULL && parts[1] != NULL ? g_strstrip(parts[1]) : "";
	bool is_family =
	    strchr(before, ' ') == NULL || g_unichar_islower(g_utf8_get_char(before));
	bool has_two = strchr(behind, ' ') != NULL;
	g_autofree char *large = g_utf8_strup(before, -1);
	/* "DOE, JANE" */
	bool is_large = g_utf8_strlen(before, -1) > 1 && g_str_equal(before, large);
	bool is_name = text_has_word(behind) &&
		       name_rules_ask(rules, NAME_RULE_TITLE, behind) == NULL &&
		       (has_two || (is_family && is_large) || !is_degree(behind));

	if (is_name && !is_family && !has_two)
		return false;
	*words_out = g_strdup(is_name && is_family ? behind : before);
	*rest_out = g_strdup(is_name && is_family ? before : "");

	return true;
}

/* The words of a person's name as split_name() gives them; false where it is none. */
static bool
read_name(const NameRules *rules, const char *name, char **words_out, char **rest_out)
{
	g_autofree char *bare = without_tail(name);
	g_autofree char *words = NULL, *rest = NULL, *whole = NULL;
	bool is_all;

	if (bare == NULL || is_company(rules, bare) ||
	    !split_name(rules, bare, &words, &rest) || is_nobody(rules, words) ||
	    is_nobody(rules, rest))
		return false;
	whole = g_strjoin(" ", words, rest[0] != '\0' ? rest : NULL, NULL);
	/* A name that is one word in small letters may be a handle. */
	is_all = strchr(whole, ' ') != NULL ? name_case_is_one(whole)
					    : name_case_is_set_off(whole);
	*words_out = is_all ? name_case_spelled(rules, words, true, false)
			    : g_steal_pointer(&words);
	*rest_out =
	    is_all ? name_case_spelled(rules, rest, true, true) : g_steal_pointer(&rest);

	return true;
}

/*
 * "Jane Doe" of "Jane Doe PhD"; "Jane" of "Jane D.", as networks and people hide a
 * name.
 */
static char *
without_suffixes(const NameRules *rules, const char *name)
{
	g_autofree char *left = g_strdup(name);

	for (char *space; (space = strrchr(left, ' ')) != NULL; *space = '\0') {
		g_auto(GStrv) pieces = g_strsplit(space + 1, ".", -1);
		g_autofree char *letters = g_strjoinv("", pieces);
		const char *asked = name_rules_ask(rules, NAME_RULE_SUFFIX, letters);
		bool is_hidden = g_utf8_strlen(letters, -1) == 1;

		if (!is_hidden && text_has_word(letters) &&
		    (asked == NULL || (asked[0] != '\0' && !g_str_equal(asked, letters))))
			break;
	}

	return g_steal_pointer(&left);
}

/*
 * "Dr. Jane Roe" of "Frau Dr. med. Jane Roe", as one greets in any language.  "Frau Roe"
 * stays: without a first name, is_given or among the words, it would be "Roe".  Nor is
 * there a title that the language does not say, as French does not "Dott. Roe".
 */
static char *
without_unspoken(const NameRules *rules, const char *words, bool is_given,
		 const char *language)
{
	g_autofree char *first = first_word(rules, words, is_given);
	g_autoptr(GString) left = g_string_new(NULL);
	const char *name = words;

	while (first != NULL) {
		size_t length = strcspn(name, " ");
		g_autofree char *word = trimmed(name, length);
		bool has_dot = length > 0 && name[length - 1] == '.';
		const char *asked =
		    word != NULL ? name_rules_ask(rules, NAME_RULE_UNSPOKEN, word) : NULL;
		bool is_left_out = asked != NULL && (has_dot || asked[0] == '\0');

		asked =
		    word != NULL ? name_rules_ask(rules, NAME_RULE_TITLE, word) : NULL;
		if (asked != NULL && (has_dot || asked[0] == '\0') &&
		    !name_rules_is_said(rules, language, word))
			is_left_out = true;

		if (name[length] == '\0' ||
		    (!is_left_out && word != NULL && !is_title(rules, word, has_dot)))
			break;
		if (!is_left_out)
			g_string_append_len(left, name, (gssize)length + 1);
		name += length + 1;
	}
	g_string_append(left, name);

	return g_strdup(left->str);
}

/* "Dott. Roe" in French: "Roe" alone would be rude. */
static bool
has_foreign_title(const NameRules *rules, const char *words, const char *language)
{
	g_autofree char *word = trimmed(words, strcspn(words, " "));

	return word != NULL && name_rules_ask(rules, NAME_RULE_TITLE, word) != NULL &&
	       !name_rules_is_said(rules, language, word);
}

/* "jane77", "Jane_Doe" and "the-jane" are what a program calls people by. */
static bool
is_handle(const char *word)
{
	bool is_one = g_unichar_islower(g_utf8_get_char(word));

	for (const char *c = word; !is_one && *c != '\0'; c = g_utf8_next_char(c))
		is_one = *c == '_' || g_unichar_isdigit(g_utf8_get_char(c));

	return is_one;
}

char *
reply_name_first(const NameRules *rules, const char *name)
{
	g_autofree char *words = NULL, *rest = NULL;

	if (is_written_whole(name))
		return trimmed(name, strlen(name));
	if (!read_name(rules, name, &words, &rest))
		return NULL;

	return first_word(rules, words, rest[0] != '\0');
}

char *
reply_name_whole(const NameRules *rules, const char *name, const char *language)
{
	g_autofree char *words = NULL, *rest = NULL, *left = NULL, *both = NULL;
	g_autofree char *spoken = NULL, *trim = NULL, *whole = NULL;

	if (is_written_whole(name))
		return trimmed(name, strlen(name));
	/* One that long was cut. */
	if (g_utf8_strlen(name, -1) >= TEXT_NAME_MAX ||
	    !read_name(rules, name, &words, &rest))
		return NULL;
	left = without_suffixes(rules, words);
	spoken = without_unspoken(rules, left, rest[0] != '\0', language);
	if (has_foreign_title(rules, spoken, language))
		return NULL;
	both = g_strjoin(" ", spoken, rest, NULL);
	trim = trimmed(both, strlen(both));
	whole = trim != NULL ? name_case_spelled(rules, trim, false, false) : NULL;

	return whole != NULL && (strchr(whole, ' ') != NULL ||
				 (!is_title(rules, whole, false) && !is_handle(whole)))
		   ? g_steal_pointer(&whole)
		   : NULL;
}

bool
reply_name_is_full(const NameRules *rules, const char *name)
{
	g_autofree char *whole = reply_name_whole(rules, name, NULL);

	return whole != NULL && (strchr(whole, ' ') != NULL || is_written_whole(whole));
}
