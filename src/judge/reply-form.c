/* SPDX-License-Identifier: BSD-2-Clause */
/* reply-form.c - which form of address does a note show? */

#include "config.h"

#include <string.h>

#include "judge/reply-form.h"

/* The typewriter's and the typographer's. */
static size_t
apostrophe_length(const char *text)
{
	static const char typographic[] = "\342\200\231";

	if (*text == '\'')
		return 1;

	return g_str_has_prefix(text, typographic) ? strlen(typographic) : 0;
}

/*
 * The next word from *text on, which moves behind it; with the apostrophe at its
 * end, "t'" of "t'ajouter".  NULL where there is none.
 */
static char *
next_word(const char **text)
{
	const char *start = *text, *end;
	size_t apostrophe;

	while (*start != '\0' && !g_unichar_isalnum(g_utf8_get_char(start)))
		start = g_utf8_next_char(start);
	for (end = start; g_unichar_isalnum(g_utf8_get_char(end)) ||
			  g_unichar_ismark(g_utf8_get_char(end));)
		end = g_utf8_next_char(end);
	apostrophe = apostrophe_length(end);
	*text = end + apostrophe;
	if (end == start)
		return NULL;

	return g_strdup_printf("%.*s%s", (int)(end - start), start,
			       apostrophe > 0 ? "'" : "");
}

static bool
is_in_list(const char *const *list, const char *word)
{
	g_autofree char *small = g_utf8_strdown(word, -1);

	for (; *list != NULL; list++) {
		bool has_capital = g_unichar_isupper(g_utf8_get_char(*list));

		if (g_str_equal(*list, has_capital ? word : small))
			return true;
	}

	return false;
}

bool
reply_form_has(const Voice *voice, const char *key, const char *text)
{
	const KeyfileEntry *entry = NULL;
	const Keyfile *file;
	size_t index = 0;
	bool is_found = false;

	while (entry == NULL && voice->language != NULL &&
	       (file = replies_next_file(voice, voice->language, &index)) != NULL)
		entry = keyfile_find(file, "reply", key, NULL);
	if (entry == NULL || !g_utf8_validate(text, -1, NULL))
		return false;

	while (!is_found) {
		g_autofree char *word = next_word(&text);

		if (word == NULL)
			break;
		is_found = is_in_list(entry->list, word);
	}

	return is_found;
}

bool
reply_form_is_familiar(const Voice *voice, const char *note)
{
	return note != NULL && reply_form_has(voice, "familiar", note) &&
	       !reply_form_has(voice, "polite", note);
}
