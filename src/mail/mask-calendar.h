/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	mask-calendar - a calendar whose values are masked
 *
 * DESCRIPTION
 *	Names of properties, parameters and components stay, and so do method
 *	and version.  Texts that an organizer writes keep the words that the
 *	Mask keeps; all other values keep their shape alone.  Lines are not
 *	folded.
 *
 * SEE ALSO
 *	RFC 5545, section 3.1
 */
#ifndef MASK_CALENDAR_H
#define MASK_CALENDAR_H

#include "mail/mask.h"

/* text: UTF-8.  The caller's. */
char *mask_calendar(const Mask *mask, const char *text);

/* Hide the names and addresses in a calendar. */
void mask_calendar_hide(Mask *mask, const char *text);

#endif
