/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	digest-mail - a digest as a mail
 *
 * DESCRIPTION
 *	It is from the address that is set, [digest] digest-from, else from the postmaster
 *	of the owner's domain.  Its Message-ID is that of owner and period, so that
 *	two of one period would be seen to be one.
 */
#ifndef DIGEST_MAIL_H
#define DIGEST_MAIL_H

#include <glib.h>

#include "digest/digest.h"

/* Whom an owner's digest is from; the caller's. */
char *digest_mail_from(const DigestAsk *ask);

/* The caller's; NULL with error set where an address cannot stand in a mail. */
GString *digest_mail(const DigestAsk *ask, const Digest *digest, gint64 period,
		     GError **error);

#endif
