/* SPDX-License-Identifier: BSD-2-Clause */
/* claim.c - what a mail's head says of who mailed it, made ready to compare */

#include "config.h"

#include <string.h>

#include "network/claim.h"
#include "network/reading.h"
#include "mail/encoded.h"

/* A value as its reader sees it; decoded_out keeps what had to be decoded. */
static const char *
as_read(const char *raw, char **decoded_out)
{
	*decoded_out = strstr(raw, "=?") != NULL ? encoded_decode(raw) : NULL;

	return *decoded_out != NULL ? *decoded_out : raw + strspn(raw, " \t");
}

/* How much stands before the address: a "<" in quotes is the name's. */
static size_t
name_length(const char *raw)
{
	bool is_quoted = false;
	size_t length = 0;

	for (; raw[length] != '\0' && (is_quoted || raw[length] != '<'); length++)
		is_quoted ^=
		    raw[length] == '"' && (length == 0 || raw[length - 1] != '\\');

	return length;
}

/* What stands before the address, without quotes; or all of it. */
static void
fold_name(Folded *folded, const char *raw)
{
	size_t length = name_length(raw);
	g_autofree char *decoded = NULL, *name = NULL;

	if (length == 0)
		length = strlen(raw);
	while (length > 0 && strchr(" \t\r\n\"", raw[length - 1]) != NULL)
		length--;
	while (length > 0 && strchr(" \t\r\n\"", raw[0]) != NULL)
		raw++, length--;
	name = g_strndup(raw, length);
	folded_init(folded, as_read(name, &decoded));
}

/* More than RFC 5321's 64 for a local part; the rest of an address is its domain's. */
#define LOCAL_MAX_BYTES 80

static bool
is_host_char(char c)
{
	return g_ascii_isalnum(c) || c == '.' || c == '-';
}

static bool
is_local_char(char c)
{
	return (unsigned char)c > ' ' && c != '\x7f' && strchr("<>()[],;:\"@", c) == NULL;
}

/* The address around an "@", cut where it is longer than addresses are. */
static void
take_address(ClaimAddress *address, const char *raw, const char *at)
{
	const char *start = at, *end = at + 1;
	size_t length;

	while (start > raw && at - start < LOCAL_MAX_BYTES && is_local_char(start[-1]))
		start--;
	while (end - start < ADDRESS_MAX_BYTES && is_host_char(*end))
		end++;
	length = (size_t)(end - start);
	for (size_t i = 0; i < length; i++)
		address->text[i] = g_ascii_tolower(start[i]);
	address->text[length] = '\0';
	address->domain = address->text + (at + 1 - start);
}

/*
 * address_list() gives the entries that its grammar finds, and where programs read a
 * value differently it says only that they do.  A claim must not be missed, however a
 * program reads the field, so here each "@" with a host behind it makes an address.
 *
 * Beyond the limit each takes the place of the one before it: a field ends with its
 * address.
 */
static void
add_addresses(Claim *claim, ClaimField field, const char *raw)
{
	for (const char *at = strchr(raw, '@'); at != NULL; at = strchr(at + 1, '@')) {
		size_t place = MIN(claim->n_addresses, CLAIM_MAX_ADDRESSES - 1);
		ClaimAddress *address = &claim->addresses[place];

		if (!is_host_char(at[1]))
			continue;
		address->field = field;
		take_address(address, raw, at);
		claim->n_addresses = place + 1;
	}
}

static void
add_sender(Claim *claim, ClaimField field, const char *raw)
{
	add_addresses(claim, field, raw);
	if (claim->n_senders < CLAIM_MAX_SENDERS)
		fold_name(&claim->senders[claim->n_senders++], raw);
}

static bool
is_named(const char *name, const char *wanted)
{
	return g_ascii_tolower(name[0]) == wanted[0] &&
	       g_ascii_strcasecmp(name, wanted) == 0;
}

/* After the authors, so that nobody crowds them out. */
static void
add_others(Claim *claim, const Head *head)
{
	for (size_t i = 0; i < head_length(head); i++) {
		const char *name = head_name(head, i);

		if (is_named(name, "sender"))
			add_sender(claim, CLAIM_SENDER, head_value(head, i));
		else if (is_named(name, "reply-to"))
			add_sender(claim, CLAIM_REPLY_TO, head_value(head, i));
	}
}

void
claim_init(Claim *claim, const Head *head)
{
	*claim = (Claim){ .head = head };
	for (size_t i = 0; i < head_length(head); i++) {
		const char *name = head_name(head, i), *value = head_value(head, i);
		g_autofree char *decoded = NULL;

		if (is_named(name, "from"))
			add_sender(claim, CLAIM_FROM, value);
		else if (is_named(name, "subject") && claim->subject.chars == NULL)
			folded_init(&claim->subject, reading_subject_without_tags(
							 as_read(value, &decoded)));
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
	claim->n_senders = claim->n_addresses = 0;
	claim->head = NULL;
}
