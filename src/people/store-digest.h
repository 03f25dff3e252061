/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	store-digest - which digests an owner got, and what is new since the last
 *
 * DESCRIPTION
 *	An owner gets one digest in a period at most, a day's or a week's, which has
 *	the number of the day it begins (digest/schedule.h).  Who makes a digest claims
 *	its period first, so that several hosts, and a host that starts again, do
 *	not send two.  One that dies before the mail is handed over has claimed the
 *	period for good: better none than two, for what was not told then is new
 *	in the next.
 *
 *	A clock that went back finds a later period claimed, and gets none until it
 *	has passed; a period that lies further ahead than a week was claimed by a
 *	clock that went wrong, and keeps nobody out.
 *
 * RETURN VALUE
 *	False with error set, and outputs untouched, where the store cannot be used.
 */
#ifndef STORE_DIGEST_H
#define STORE_DIGEST_H

#include <stdbool.h>

#include <glib.h>

#include "people/store.h"

/* *is_ours_out: nobody had it before, and it is the caller's now. */
bool store_digest_claim(Store *store, const char *owner, gint64 period, gint64 now,
			bool *is_ours_out, GError **error);

/* The digest of a period that was claimed was handed over. */
bool store_digest_sent(Store *store, const char *owner, gint64 period, gint64 now,
		       GError **error);

/* It could not be handed over: the period may be claimed again. */
bool store_digest_release(Store *store, const char *owner, gint64 period, GError **error);

/* When the owner's last digest before now was made; 0: there was none. */
bool store_digest_last(Store *store, const char *owner, gint64 now, gint64 *when_out,
		       GError **error);

/* The people of whom nothing was known before then; of gint64, the caller's. */
bool store_digest_learnt(Store *store, const char *owner, gint64 since, GArray **ids_out,
			 GError **error);

#endif
