/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	action - sends the edits to the MTA
 *
 * DESCRIPTION
 *	Everything was validated and rendered before (edits.h), so that nothing
 *	stands between the first edit and the last: the MTA may keep what it
 *	was told when we fail halfway.
 *
 *	Deletions and changes go in the order given.  Insertions go last to
 *	first, each on top of the one before, so that the mail shows them in
 *	the order given, above everything else.  The body comes last.
 *
 * RETURN VALUE
 *	False with error set at the first edit that the MTA does not take; what
 *	went before it stands, and the mail goes on.
 *
 * SEE ALSO
 *	edits.h; smfi_insheader, smfi_chgheader and smfi_replacebody in
 *	libmilter's documentation
 */
#ifndef ACTION_H
#define ACTION_H

#include <stdbool.h>

#include <glib.h>
#include <libmilter/mfapi.h>

#include "edit/edits.h"

#define ACTION_ERROR (action_error_quark())
GQuark action_error_quark(void);

typedef enum {
	ACTION_ERROR_REFUSED, /* never negotiated, or the connection is gone */
} ActionError;

/* Only at the end of a message; ctx is libmilter's. */
bool action_apply(SMFICTX *ctx, const Edits *edits, GError **error);

#endif
