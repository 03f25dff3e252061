/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	whose - for which mailbox a delivered mail is
 *
 * DESCRIPTION
 *	--as's, else Delivered-To's, else the only address's of To.
 */
#ifndef WHOSE_H
#define WHOSE_H

#include "ctl/options.h"
#include "mail/message.h"

/*
 * The recipient's address, in lower case and with its detail, or NULL where
 * nobody can say; message may be NULL.
 */
char *whose_mail(const Options *options, const Message *message);

#endif
