/* SPDX-License-Identifier: BSD-2-Clause */
/* check_words.c - are the words of networks and languages in data files, and not in C? */

#include "config.h"

#include <string.h>

#include "base/data.h"
#include "base/keyfile.h"
#include "fixture.h"
#include "sources.h"

/* A shorter piece of a default text may stand in any sentence. */
#define PIECE_MIN 8

/* Words that may stand in a file (NULL: in any), and why. */
static const struct {
	const char *file, *word;
} allowed[] = {
	/* The generic network is called as a MIME type and a file are (RFC 5545). */
	{ NULL, "calendar" },
	/* The names that help shows as examples of a value. */
	{ "base/settings-table.c", "linkedin" },
	{ "base/settings-table.c", "xing" },
	/* Labelled notes give no network, and most real ones are this one's. */
	{ "ctl/labelled.c", "linkedin" },
	/* The field in which Google Groups keeps an author, whoever the network is. */
	{ "network/list-address.c", "google" },
};

static void
add_word(GPtrArray *words, const char *word)
{
	g_autofree char *lower = g_strstrip(g_ascii_strdown(word, -1));

	if (lower[0] != '\0')
		g_ptr_array_add(words, g_steal_pointer(&lower));
}

/* The names, titles and domains of all networks. */
static void
add_network_words(GPtrArray *words)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "networks", ".network", NULL);

	ck_assert_uint_gt(files->len, 10);
	for (guint f = 0; f < files->len; f++)
		for (size_t i = 0; i < keyfile_length(files->pdata[f]); i++) {
			const KeyfileEntry *entry = keyfile_entry(files->pdata[f], i);

			if (!g_str_equal(entry->group, "network") ||
			    (!g_str_equal(entry->key, "name") &&
			     !g_str_equal(entry->key, "title") &&
			     !g_str_equal(entry->key, "domains")))
				continue;
			for (size_t j = 0; entry->list[j] != NULL; j++)
				add_word(words, entry->list[j]);
		}
}

/* The default texts of all languages, in the pieces between their holes. */
static void
add_default_texts(GPtrArray *words)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "languages", ".language", NULL);

	ck_assert_uint_gt(files->len, 10);
	for (guint f = 0; f < files->len; f++)
		for (size_t i = 0; i < keyfile_length(files->pdata[f]); i++) {
			const KeyfileEntry *entry = keyfile_entry(files->pdata[f], i);
			g_auto(GStrv) pieces = g_strsplit_set(entry->value, "{}", -1);

			if (!g_str_equal(entry->group, "default"))
				continue;
			for (size_t j = 0; j < g_strv_length(pieces); j += 2)
				if (strlen(g_strstrip(pieces[j])) >= PIECE_MIN)
					add_word(words, pieces[j]);
		}
}

/*
 * All string literals of a source, a line each, in lower case; those side by side as
 * one.
 */
static char *
literals_of(const char *text)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (const char *c = text; *c != '\0'; c++) {
		if (g_str_has_prefix(c, "/*")) {
			c = strstr(c, "*/");
			ck_assert_ptr_nonnull(c);
			c++;
		} else if (g_str_has_prefix(c, "#include")) {
			c += strcspn(c, "\n") - 1;
		} else if (*c == '\'') {
			c += c[1] == '\\' ? 3 : 2;
		} else if (*c == '"') {
			for (c++; *c != '"' && *c != '\0'; c++) {
				if (*c == '\\')
					g_string_append_c(out, *c++);
				g_string_append_c(out, g_ascii_tolower(*c));
			}
			if (c[1 + strspn(c + 1, " \t\n")] != '"')
				g_string_append_c(out, '\n');
		}
	}

	return g_strdup(out->str);
}

static bool
is_letter(char c)
{
	return g_ascii_isalnum(c) || (unsigned char)c >= 0x80;
}

/* Does the word stand in the text, with no letter before or behind it? */
static bool
has_word(const char *text, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word))
		if ((at == text || !is_letter(at[-1])) && !is_letter(at[length]))
			return true;

	return false;
}

static bool
is_allowed(const char *file, const char *word, bool *is_used)
{
	for (size_t i = 0; i < G_N_ELEMENTS(allowed); i++)
		if ((allowed[i].file == NULL || g_str_equal(allowed[i].file, file)) &&
		    g_str_equal(allowed[i].word, word))
			return is_used[i] = true;

	return false;
}

typedef struct {
	GPtrArray *words;
	bool is_used[G_N_ELEMENTS(allowed)];
} Search;

static void
check_file(void *context, const char *file, const char *text)
{
	Search *search = context;
	g_autofree char *literals = literals_of(text);

	for (guint i = 0; i < search->words->len; i++) {
		const char *word = search->words->pdata[i];

		ck_assert_msg(!has_word(literals, word) ||
				  is_allowed(file, word, search->is_used),
			      "%s: \"%s\" is a word of a data file", file, word);
	}
}

START_TEST(no_word_of_a_network_or_a_language_is_in_c)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	Search search = { .words = words };

	add_network_words(words);
	add_default_texts(words);
	ck_assert_uint_gt(sources_all(check_file, &search), 200);
	ck_assert_uint_gt(sources_included(check_file, &search), 0);
	for (size_t i = 0; i < G_N_ELEMENTS(allowed); i++)
		ck_assert_msg(search.is_used[i],
			      "%s: \"%s\" need not be allowed any more",
			      allowed[i].file != NULL ? allowed[i].file : "any file",
			      allowed[i].word);
}
END_TEST

/* The check itself. */
START_TEST(a_word_is_found_in_literals_alone)
{
	g_autofree char *literals = literals_of("/* \"xing\" */\n#include \"xing.h\"\n"
						"char c = '\"'; \"a \\\"XING\\\" b\" "
						"\"\\\\c\"");

	ck_assert_str_eq(literals, "a \\\"xing\\\" b\\\\c\n");
	ck_assert(has_word(literals, "xing"));
	ck_assert(!has_word("boxing, xings", "xing"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("words");
	TCase *words = tcase_create("words");

	tcase_add_test(words, no_word_of_a_network_or_a_language_is_in_c);
	tcase_add_test(words, a_word_is_found_in_literals_alone);
	suite_add_tcase(suite, words);

	return fixture_run(suite);
}
