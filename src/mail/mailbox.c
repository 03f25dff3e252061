/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mailbox.c - the person a From, To or Reply-To field names
 *
 * Design rationale
 *	An address that is not plainly one is "", never a repaired one: a
 *	repair could turn a stranger's domain into a network's.
 */
#include "config.h"

#include <string.h>

#include "text/text.h"
#include "text/address.h"
#include "mail/encoded.h"
#include "mail/mailbox.h"

/* Room for a name and the words a network puts around it. */
#define FIELD_NAME_MAX_CHARS 200

void
mailbox_clear(Mailbox *mailbox)
{
	g_clear_pointer(&mailbox->name, g_free);
	g_clear_pointer(&mailbox->address, g_free);
	g_clear_pointer(&mailbox->domain, g_free);
}

static void
mailbox_set(Mailbox *mailbox, const char *name, const char *address)
{
	g_autofree char *decoded = encoded_decode(name);
	g_autofree char *lower = g_ascii_strdown(address, -1);

	if (g_str_has_suffix(lower, "."))
		lower[strlen(lower) - 1] = '\0';
	if (!address_is_plain(lower))
		lower[0] = '\0';

	mailbox->name = text_clean(decoded, FIELD_NAME_MAX_CHARS);
	mailbox->domain = g_strdup(lower[0] != '\0' ? address_domain(lower) : "");
	mailbox->address = g_steal_pointer(&lower);
}

/* What a list was found to hold. */
typedef struct {
	Mailbox first; /* NULL in all members before there is one */
	size_t mailboxes;
	bool has_address; /* those that are counted have an "@" */
} Survey;

/* Is there an "@", be it in an encoded word? */
static bool
has_at(const char *address)
{
	g_autofree char *decoded =
	    strstr(address, "=?") != NULL ? encoded_decode(address) : NULL;

	return strchr(decoded != NULL ? decoded : address, '@') != NULL;
}

static void
survey_entry(void *context, const char *name, const char *address)
{
	Survey *survey = context;
	bool is_address = address != NULL && has_at(address);

	if (address == NULL || (survey->has_address && !is_address))
		return;
	/* Words that stood before an address: "Doe, jane@example.org" has one author. */
	if (is_address && !survey->has_address) {
		mailbox_clear(&survey->first);
		survey->mailboxes = 0;
	}
	survey->has_address = is_address;
	survey->mailboxes++;
	if (survey->first.name == NULL)
		mailbox_set(&survey->first, name, address);
}

/*
 * A whole list in encoded words, as "=?utf-8?q?Ann_=3Cann=40example=2Eorg=3E?=":
 * some programs encode what no program should (RFC 2047, 5).  Taken as one mailbox,
 * or not at all.
 */
static bool
parse_encoded(const char *raw, Mailbox *first_out)
{
	g_autofree char *decoded = NULL, *clean = NULL;
	Survey survey = { .mailboxes = 0 };

	if (strchr(raw, '@') != NULL || strstr(raw, "=?") == NULL)
		return false;
	decoded = encoded_decode(raw);
	clean = text_clean(decoded, FIELD_NAME_MAX_CHARS + ADDRESS_MAX_BYTES);
	if (strchr(clean, '@') == NULL ||
	    address_list(clean, survey_entry, &survey) != ADDRESS_LIST_CLEAR ||
	    survey.mailboxes != 1 || survey.first.address[0] == '\0') {
		mailbox_clear(&survey.first);
		return false;
	}
	*first_out = survey.first;

	return true;
}

size_t
mailbox_parse(const char *raw, Mailbox *first_out)
{
	Survey survey = { .mailboxes = 0 };
	AddressListEnd end;

	if (parse_encoded(raw, first_out))
		return 1;
	end = address_list(raw, survey_entry, &survey);
	if (survey.first.name == NULL)
		mailbox_set(&survey.first, "", "");
	if (end != ADDRESS_LIST_CLEAR)
		survey.first.address[0] = survey.first.domain[0] = '\0';
	*first_out = survey.first;

	/* A list that was cut counts one more: it has no single author. */
	return survey.mailboxes + (end == ADDRESS_LIST_CUT ? 1 : 0);
}

/* The function that takes the mailboxes, and its context. */
typedef struct {
	MailboxTake *take;
	void *context;
} Taker;

static void
take_mailbox(void *context, const char *name, const char *address)
{
	const Taker *taker = context;
	g_auto(Mailbox) mailbox = { 0 };

	if (address == NULL)
		return;
	mailbox_set(&mailbox, name, address);
	taker->take(taker->context, &mailbox);
}

void
mailbox_each(const char *raw, MailboxTake *take, void *context)
{
	Taker taker = { take, context };

	address_list(raw, take_mailbox, &taker);
}
