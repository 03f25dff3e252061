/* SPDX-License-Identifier: BSD-2-Clause */
/* whose.c - for which mailbox a delivered mail is */

#include "config.h"

#include "ctl/whose.h"

/* The first address of the field, of which there must be one where is_only. */
static char *
address_in(const Head *head, const char *name, bool is_only)
{
	const char *raw = head_get(head, name);
	g_auto(Mailbox) mailbox = { 0 };
	size_t count = raw != NULL ? mailbox_parse(raw, &mailbox) : 0;

	if (count == 0 || mailbox.address[0] == '\0' ||
	    (is_only && (count != 1 || head_count(head, name) != 1)))
		return NULL;

	return g_ascii_strdown(mailbox.address, -1);
}

char *
whose_head(const Options *options, const Head *head)
{
	char *address;

	if (options->owner != NULL)
		return g_ascii_strdown(options->owner, -1);
	if (head == NULL)
		return NULL;
	address = address_in(head, "Delivered-To", false);

	return address != NULL ? address : address_in(head, "To", true);
}

char *
whose_mail(const Options *options, const Message *message)
{
	return whose_head(options, message != NULL ? message_head(message) : NULL);
}
