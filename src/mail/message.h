/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	message - one parsed mail, read only
 *
 * DESCRIPTION
 *	Parses a mail's bytes once: its head, its author, and the first text
 *	part and the first HTML part a reader would see.  A reader may
 *	choose another alternative, so the links of all further parts of either
 *	sort are added to the first one's.  What stands in blocks of
 *	invite-milter's (block.h) is on no line, but may be a link.
 *	Attachments, save a calendar, and enclosed mails are not looked into.
 *
 *	message_init() once, before the first thread; a Message belongs to one
 *	thread at a time.
 *
 * RETURN VALUE
 *	message_new(), message_mime(): NULL with error set where the bytes are no mail or go
 *	beyond a limit (mime.h, head.h).  A mail without author, text or HTML is a mail.
 *
 * OWNERSHIP
 *	What is borrowed lives as long as the Message.  message_of_head()
 *	borrows the Head for as long.
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "mail/head.h"
#include "mail/mailbox.h"
#include "mail/mime.h"
#include "mail/visible.h"

/* The largest text of one part that is read, decoded. */
#define MESSAGE_MAX_TEXT (512 * 1024)

typedef struct Message Message;

#define MESSAGE_ERROR (message_error_quark())
GQuark message_error_quark(void);

typedef enum {
	MESSAGE_ERROR_NOT_MAIL,
	MESSAGE_ERROR_TOO_BIG,
} MessageError;

/* Which blocks of invite-milter's did its parts have? */
typedef enum {
	MESSAGE_NO_BLOCK,
	MESSAGE_OWN_BLOCK,     /* with the mark, or nobody knows the mark */
	MESSAGE_FOREIGN_BLOCK, /* with another mark, or none */
} MessageBlocks;

void message_init(void);

/* mark: the owner's, as it stands in our blocks (block.h), or NULL. */
Message *message_new(const char *bytes, size_t length, const char *mark, GError **error);

/*
 * A mail whose head was read before.  Its parts are those of what
 * message_write_mime() writes of that head, which tells them apart, and then the body;
 * the Message needs them no longer.
 */
void message_write_mime(const Head *head, GString *out);
Mime *message_mime(const char *bytes, size_t length, GError **error);
Message *message_of_head(const Head *head, Mime *mime, const char *mark, GError **error);
void message_free(Message *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Message, message_free)

const Head *message_head(const Message *message);

/* A field's first value, decoded and cleaned; NULL where there is none. */
char *message_field(const Message *message, const char *name);

/* When it was sent, by its Date field, seconds since 1970; 0 where that says nothing. */
gint64 message_date(const Message *message);

/*
 * When a mail that lies in a mailbox came there: by its topmost Received field, else by
 * Date; at the latest now, which is also the answer where neither tells.
 */
gint64 message_arrival(const Message *message, gint64 now);

/* The author; "" in all members where there is none, or more than one. */
const Mailbox *message_author(const Message *message);

/* The only mailbox of the To field; "" in all members where there is none or more. */
const Mailbox *message_to(const Message *message);

/* The first text part or HTML part as its reader sees it, with all links, or NULL. */
const Visible *message_text(const Message *message);
const Visible *message_html(const Message *message);

/* The first calendar part (RFC 6047), as UTF-8, or NULL. */
const char *message_calendar(const Message *message);

MessageBlocks message_blocks(const Message *message);

#endif
