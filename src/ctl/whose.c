/* SPDX-License-Identifier: BSD-2-Clause */
/* whose.c - for which mailbox a delivered mail is */

#include "config.h"

#include "ctl/whose.h"

char *
whose_mail(const Options *options, const Message *message)
{
	g_auto(Mailbox) delivered = { 0 };
	const char *raw;

	if (options->owner != NULL)
		return g_ascii_strdown(options->owner, -1);
	if (message == NULL)
		return NULL;
	raw = head_get(message_head(message), "Delivered-To");
	if (raw != NULL && mailbox_parse(raw, &delivered) > 0 &&
	    delivered.address[0] != '\0')
		return g_ascii_strdown(delivered.address, -1);

	return message_to(message)->address[0] != '\0'
		   ? g_ascii_strdown(message_to(message)->address, -1)
		   : NULL;
}
