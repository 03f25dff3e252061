/* SPDX-License-Identifier: BSD-2-Clause */
/* told.c - a note without what is told of its writer */

#include "config.h"

#include <string.h>

#include "note/told.h"
#include "people/speech.h"
#include "text/text.h"

/* The bytes of the sentence with which a text begins, with its sign and the gap behind. */
static size_t
sentence_length(const char *text)
{
	static const char *const wide[] = { "\343\200\202", "\357\274\201",
					    "\357\274\237", NULL };

	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
		for (size_t i = 0; wide[i] != NULL; i++)
			if (g_str_has_prefix(at, wide[i]))
				return (size_t)(at - text) + strlen(wide[i]);
		if (strchr(".!?", *at) != NULL && (at[1] == ' ' || at[1] == '\0'))
			return (size_t)(at - text) + 1 + strspn(at + 1, " ");
	}

	return strlen(text);
}

char *
told_left_out(const char *text, const char *inviter, const NameRules *rules)
{
	g_autoptr(GString) own = g_string_new(NULL);
	g_auto(Speech) name = { 0 };

	if (inviter == NULL || rules == NULL)
		return g_strdup(text);
	speech_init(&name, inviter);
	while (*text != '\0') {
		size_t length = sentence_length(text);
		g_autofree char *sentence = g_strndup(text, length);
		g_auto(Speech) line = { 0 };

		speech_init(&line, sentence);
		if (!speech_tells_of(&line, &name, rules) &&
		    !speech_mentions(&line, &name, rules))
			g_string_append(own, sentence);
		text += length;
	}

	return g_string_free(g_steal_pointer(&own), FALSE);
}

bool
told_by_oneself(const char *text, const NameRules *rules)
{
	while (*text != '\0') {
		size_t length = sentence_length(text);
		g_autofree char *sentence = g_strndup(text, length);
		g_auto(Speech) line = { 0 };

		speech_init(&line, sentence);
		if (speech_is_of_self(&line, rules))
			return true;
		text += length;
	}

	return false;
}
