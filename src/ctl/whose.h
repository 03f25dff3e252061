/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	whose - for which mailbox a delivered mail is
 *
 * DESCRIPTION
 *	The mailbox is that of --as or --owner; else that of the first
 *	Delivered-To field; else that of To, if it has one address.
 */
#ifndef WHOSE_H
#define WHOSE_H

#include "ctl/options.h"
#include "judge/assess.h"
#include "mail/message.h"

/*
 * The recipient's address, in lower case and with its detail, or NULL where
 * none of these tells; message may be NULL.
 */
char *whose_mail(const Options *options, const Message *message);

/* The same by a header alone, or NULL. */
char *whose_head(const Options *options, const Head *head);

#endif
