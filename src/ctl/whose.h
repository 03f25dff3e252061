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
#include "judge/assess.h"
#include "mail/message.h"

/*
 * The recipient's address, in lower case and with its detail, or NULL where
 * nobody can say; message may be NULL.
 */
char *whose_mail(const Options *options, const Message *message);

/* The saved mail judged now, for that mailbox; NULL with error set where it cannot be. */
Assessment *whose_assessment(const Options *options, Assessor *assessor, const char *mail,
			     size_t length, GError **error);

#endif
