/* SPDX-License-Identifier: BSD-2-Clause */
/* digest-teller.c - words, names and days, as they stand in an owner's digest */

#include "config.h"

#include <string.h>

#include "digest/defang.h"
#include "digest/digest-teller.h"
#include "digest/schedule.h"
#include "text/text.h"

char *
digest_teller_word(const DigestTeller *teller, DigestWord word, const DigestHoles *holes)
{
	static const DigestHoles none = { 0 };

	return digest_words_text(teller->ask->words, teller->language, word,
				 holes != NULL ? holes : &none);
}

void
digest_teller_add(DigestTeller *teller, DocumentKind kind, DigestWord word,
		  const DigestHoles *holes)
{
	g_autofree char *text = digest_teller_word(teller, word, holes);

	document_add(teller->document, kind, text);
}

void
digest_teller_more(DigestTeller *teller, size_t count, const char *command)
{
	g_autofree char *number = g_strdup_printf("%zu", count);
	const DigestHoles holes = { .count = number, .command = command };

	if (count > 0)
		digest_teller_add(teller, DOCUMENT_ASIDE, DIGEST_WORD_MORE, &holes);
}

char *
digest_teller_line(const char *text, size_t max)
{
	g_autofree char *clean = text != NULL ? text_clean(text, max) : NULL;

	return clean != NULL && clean[0] != '\0' ? defang(clean) : NULL;
}

char *
digest_teller_note(const char *note, size_t max)
{
	g_auto(GStrv) lines = g_strsplit(note != NULL ? note : "", "\n", -1);
	g_autoptr(GString) out = g_string_new(NULL);
	size_t left = max;

	for (size_t i = 0; lines[i] != NULL && left > 0; i++) {
		g_autofree char *line = digest_teller_line(lines[i], left);

		if (line == NULL)
			continue;
		left -= MIN(left, (size_t)g_utf8_strlen(line, -1));
		g_string_append_printf(out, "%s%s", out->len > 0 ? "\n" : "", line);
	}

	return g_strdup(out->str);
}

char *
digest_teller_name(const DigestTeller *teller, const StoreInvitation *row)
{
	char *name = digest_teller_line(row->texts[STORE_INVITATION_NAME], TEXT_NAME_MAX);

	return name != NULL ? name
			    : digest_teller_word(teller, DIGEST_WORD_NO_NAMES, NULL);
}

const Network *
digest_teller_network_of(const DigestTeller *teller, const StoreInvitation *row)
{
	const Networks *networks = assessor_networks(teller->ask->assessor);

	for (size_t i = 0; i < networks_length(networks); i++) {
		const Network *network = networks_get(networks, i);

		if (g_strcmp0(network->name, row->texts[STORE_INVITATION_NETWORK]) == 0)
			return network;
	}

	return NULL;
}

char *
digest_teller_network(const DigestTeller *teller, const StoreInvitation *row)
{
	const Network *network = digest_teller_network_of(teller, row);
	const char *name = row->texts[STORE_INVITATION_NETWORK];

	return g_strdup(network != NULL ? network->title : name != NULL ? name : "?");
}

char *
digest_teller_day(const DigestTeller *teller, gint64 seconds)
{
	return schedule_day(assessor_settings(teller->ask->assessor), teller->ask->owner,
			    seconds);
}
