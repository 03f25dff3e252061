/* SPDX-License-Identifier: BSD-2-Clause */
/* name-case.c - which letters of a name are capitals? */

#include "config.h"

#include "people/name-case.h"

/* "O'Roe" of "O'ROE" and of "o'roe", and "McRoe" of "MCROE". */
static char *
titled(const NameRules *rules, const char *word)
{
	g_autofree char *small = g_utf8_strdown(word, -1);
	g_autoptr(GString) out = g_string_new(NULL);
	const char *part = small;
	bool is_first = true;

	for (const char *c = small; *c != '\0'; c = g_utf8_next_char(c)) {
		gunichar letter = g_utf8_get_char(c);
		const char *next = g_utf8_next_char(c);
		g_autofree char *beginning = NULL;

		g_string_append_unichar(out,
					is_first ? g_unichar_totitle(letter) : letter);
		is_first = !g_unichar_isalnum(letter) && !g_unichar_ismark(letter);
		part = is_first ? next : part;
		beginning = g_strndup(part, (size_t)(next - part));
		is_first |= name_rules_ask(rules, NAME_RULE_BEGINNING, beginning) != NULL;
	}

	return g_strdup(out->str);
}

bool
name_case_is_one(const char *text)
{
	g_autofree char *small = g_utf8_strdown(text, -1);
	g_autofree char *large = g_utf8_strup(text, -1);

	return g_str_equal(text, small) || g_str_equal(text, large);
}

char *
name_case_spelled(const NameRules *rules, const char *text, bool is_all, bool is_behind)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	for (size_t i = 0; words[i] != NULL; i++) {
		char *word = words[i];
		bool is_inner = (i > 0 || is_behind) && words[i + 1] != NULL;
		bool is_small = is_inner && name_case_is_one(word) &&
				name_rules_ask(rules, NAME_RULE_PARTICLE, word) != NULL;

		if (!is_small && !is_all && !name_case_is_set_off(word))
			continue;
		words[i] = is_small ? g_utf8_strdown(word, -1) : titled(rules, word);
		g_free(word);
	}

	return g_strjoinv(" ", words);
}

bool
name_case_is_set_off(const char *word)
{
	g_autofree char *small = g_utf8_strdown(word, -1);
	g_autofree char *large = g_utf8_strup(word, -1);

	return g_utf8_strlen(word, -1) > 2 && g_str_equal(word, large) &&
	       !g_str_equal(word, small);
}
