/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	apply - what comes of a mail's bytes by the edits
 *
 * DESCRIPTION
 *	Does to the bytes of a mail what an MTA does that action.h sent the edits
 *	to.  Fields are deleted; a field is changed where it stands, or stands last
 *	in the header where the mail had none; insertions stand on top of the header
 *	in their order, behind a "From " line.  New lines end as the others of the
 *	header or the body do.  Every other byte stays as it is.
 *
 *	The envelope is none of a mail's bytes, and neither is the end that edits
 *	put to it; both are left to the caller.
 *
 * SEE ALSO
 *	edits.h, layout.h
 */
#ifndef APPLY_H
#define APPLY_H

#include <glib.h>

#include "edit/edits.h"
#include "edit/layout.h"

/* Append the mail with the edits made. */
void apply_edits(const Layout *layout, const Edits *edits, GString *out);

#endif
