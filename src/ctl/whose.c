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

Assessment *
whose_assessment(const Options *options, Assessor *assessor, const char *mail,
		 size_t length, GError **error)
{
	/* With --owner the mail need not be read for its recipient. */
	g_autoptr(Message) message =
	    options->owner == NULL ? message_new(mail, length, "", NULL) : NULL;
	g_autofree char *address = whose_mail(options, message);
	g_autofree char *owner =
	    address != NULL ? owners_of_address(assessor_rules(assessor)->owners, address)
			    : NULL;
	Delivery delivery = { .owner = owner, .now = g_get_real_time() / G_USEC_PER_SEC };

	return assess(assessor, mail, length, &delivery, error);
}
