/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	own-store - the store, for commands that no daemon is asked for
 *
 * DESCRIPTION
 *	Root and the daemon's user open the store themselves.  Others are refused, and
 *	told what they may ask.
 *
 * RETURN VALUE
 *	NULL with error set; client_status() says what the exit status is.
 */
#ifndef OWN_STORE_H
#define OWN_STORE_H

#include "ctl/client.h"
#include "judge/assessor.h"

Assessor *own_store_open(const Options *options, StoreMode mode, GError **error);

/* The mailbox that --owner means, or that whose store it is has; the caller's. */
char *own_store_owner(const Options *options, const Assessor *assessor, GError **error);

#endif
