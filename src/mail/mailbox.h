/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	mailbox - the person a From, To or Reply-To field names
 *
 * DESCRIPTION
 *	The address list is GMime's to parse; names are decoded by encoded.h,
 *	since GMime before 3.2.14 loses half of some.
 *
 *	No member is NULL: what a field does not say is "".  An address that
 *	programs could read in two ways, or that cannot be shown as it is, is "".
 *
 *	Needs g_mime_init(), see message_init().
 */
#ifndef MAILBOX_H
#define MAILBOX_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/* 64 for the local part, "@", 255 for the domain (RFC 5321, section 4.5.3.1). */
#define MAILBOX_MAX_ADDRESS 320

typedef struct {
	char *name;    /* decoded and cleaned */
	char *address; /* lower case, local@domain */
	char *domain;  /* of the address, lower case, no final dot */
} Mailbox;

void mailbox_clear(Mailbox *mailbox);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Mailbox, mailbox_clear)

/*
 * Read a raw field value, 8 kB and 64 colons of it at most; the rest counts as one mailbox
 * more.  Returns how many it names, those in groups too; *first_out is the
 * first, all "" where there is none.
 */
size_t mailbox_parse(const char *raw, Mailbox *first_out);

/* Each mailbox that as much of a raw value names, those in groups too; borrowed. */
typedef void MailboxTake(void *context, const Mailbox *mailbox);
void mailbox_each(const char *raw, MailboxTake *take, void *context);

/* An envelope's address in lower case, without the angle brackets it may have. */
char *mailbox_bare(const char *address);

/* Is domain the other one, or below it? */
bool domain_is_under(const char *domain, const char *parent);

#endif
