/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	reply-mail - sends the reply to an invitation by mail
 *
 * DESCRIPTION
 *	The mail is written as an answer in the invitation's thread, and handed to
 *	sendmail(1) with its owner for the sender.  What is to be sent is shown first,
 *	and sent when the person says so.
 *
 * RETURN VALUE
 *	reply_mail_send(): the exit status; standard error says why it was not sent.
 */
#ifndef REPLY_MAIL_H
#define REPLY_MAIL_H

#include <stdbool.h>
#include <stdio.h>

#include <glib.h>

/* All borrowed. */
typedef struct {
	const char *from;       /* the owner's mailbox */
	const char *to;         /* an address that reaches the inviter */
	const char *subject;    /* the invitation's; NULL or "": none */
	const char *message_id; /* the invitation's; NULL or "": none */
	const char *text;
} ReplyMail;

/* The mail as it is handed over, its lines ended by "\n"; NULL with error set. */
GString *reply_mail_write(const ReplyMail *mail, GError **error);

/* is_agreed: nobody need be asked. */
int reply_mail_send(const ReplyMail *mail, bool is_agreed, FILE *out);

#endif
