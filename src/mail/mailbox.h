/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	mailbox - the person a From, To or Reply-To field names
 *
 * DESCRIPTION
 *	address.h reads the list, encoded.h decodes the names.
 *
 *	No member is NULL: what a field does not say is "".  An address that
 *	programs could read in two ways, or that cannot be shown as it is, is "".
 */
#ifndef MAILBOX_H
#define MAILBOX_H

#include <stddef.h>

#include <glib.h>

typedef struct {
	char *name;    /* decoded and cleaned */
	char *address; /* lower case, local@domain */
	char *domain;  /* of the address, lower case, no final dot */
} Mailbox;

void mailbox_clear(Mailbox *mailbox);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Mailbox, mailbox_clear)

/*
 * Read a raw field value; what is beyond the limits of address.h counts as one
 * mailbox more.  Returns how many it names, those in groups too; *first_out is the
 * first, all "" where there is none.  Beside an address, a word without "@" is none.
 */
size_t mailbox_parse(const char *raw, Mailbox *first_out);

/* Each mailbox that a raw value names within those limits, in groups too; borrowed. */
typedef void MailboxTake(void *context, const Mailbox *mailbox);
void mailbox_each(const char *raw, MailboxTake *take, void *context);

#endif
