/* SPDX-License-Identifier: BSD-2-Clause */
/* claim.c - what a mail's head says of who mailed it, made ready to compare */

#include <string.h>

#include "judge/claim.h"
#include "judge/reading.h"
#include "mail/encoded.h"

/* Fold a value as its reader sees it. */
static void
fold_decoded(Folded *folded, const char *raw, bool is_subject)
{
	g_autofree char *decoded =
	    strstr(raw, "=?") != NULL ? encoded_decode(raw) : NULL;
	const char *text = decoded != NULL ? decoded : raw + strspn(raw, " \t");

	folded_init(folded, is_subject ? subject_without_tags(text) : text);
}

/* The domain behind every "@"; of too many the last stays, where the address stands. */
static void
add_domains(Claim *claim, const char *raw)
{
	for (const char *at = strchr(raw, '@'); at != NULL; at = strchr(at + 1, '@')) {
		size_t place = MIN(claim->n_domains, CLAIM_MAX_DOMAINS - 1), length = 0;
		char *domain = claim->domains[place];

		while (length < CLAIM_MAX_DOMAIN &&
		       (g_ascii_isalnum(at[1 + length]) || at[1 + length] == '.' ||
			at[1 + length] == '-')) {
			domain[length] = g_ascii_tolower(at[1 + length]);
			length++;
		}
		domain[length] = '\0';
		if (length > 0)
			claim->n_domains = place + 1;
	}
}

static void
add_sender(Claim *claim, const char *raw)
{
	add_domains(claim, raw);
	if (claim->n_senders < CLAIM_MAX_SENDERS)
		fold_decoded(&claim->senders[claim->n_senders++], raw, false);
}

static bool
is_named(const char *name, const char *wanted)
{
	return g_ascii_tolower(name[0]) == wanted[0] && g_ascii_strcasecmp(name, wanted) == 0;
}

/* After the authors, so that nobody crowds them out. */
static void
add_others(Claim *claim, const Head *head)
{
	for (size_t i = 0; i < head_length(head); i++) {
		const char *name = head_name(head, i);

		if (is_named(name, "sender") || is_named(name, "reply-to"))
			add_sender(claim, head_value(head, i));
	}
}

void
claim_init(Claim *claim, const Head *head)
{
	*claim = (Claim){ .head = head };
	for (size_t i = 0; i < head_length(head); i++) {
		const char *name = head_name(head, i), *value = head_value(head, i);

		if (is_named(name, "from"))
			add_sender(claim, value);
		else if (is_named(name, "subject") && claim->subject.chars == NULL)
			fold_decoded(&claim->subject, value, true);
		else if (is_named(name, "message-id") && claim->message_id.chars == NULL)
			folded_init(&claim->message_id, value);
	}
	add_others(claim, head);
}

void
claim_clear(Claim *claim)
{
	for (size_t i = 0; i < claim->n_senders; i++)
		folded_clear(&claim->senders[i]);
	folded_clear(&claim->subject);
	folded_clear(&claim->message_id);
}
