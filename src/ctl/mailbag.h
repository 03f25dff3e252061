/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	mailbag - the mails of a file, a folder, a Maildir, an mbox or a stream
 *
 * DESCRIPTION
 *	mailbag_each() hands every mail of a place to a function, in the order
 *	of their names.  A file that begins with "From " is an mbox, of which
 *	one mail at a time is in memory; hidden files are passed over.  In a
 *	Maildir, and in the mailboxes below it, as ".Sent" (Maildir++) or
 *	"Sent", only the mails in cur/ and new/ are read.
 *
 * RETURN VALUE
 *	None.  For a file or mail that cannot be read, take() is called with
 *	mail NULL and the trouble, and the walk goes on with the next.
 */
#ifndef MAILBAG_H
#define MAILBAG_H

#include <stdbool.h>
#include <stddef.h>

/* Larger mails are not read. */
#define MAILBAG_MAX_BYTES (256UL * 1024 * 1024)

/* name: of the file, with "#N" for the N-th mail of an mbox. */
typedef void MailbagTake(void *context, const char *name, const char *mail, size_t length,
			 const char *trouble);

bool mailbag_is_mbox(const char *bytes, size_t length);

/* The mails of what was read already; name: of the file. */
void mailbag_split(const char *name, const char *bytes, size_t length, MailbagTake *take,
		   void *context);

/* Bytes of the files of a place, for a Bar; 0 where that is not known. */
size_t mailbag_size(const char *place);

void mailbag_each(const char *place, MailbagTake *take, void *context);

#endif
