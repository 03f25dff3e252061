/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	status - how the daemon stands, for invitectl status
 *
 * DESCRIPTION
 *	The answer to {"do":"status"} at the control socket, a line
 *	{"status":{…}} with what any user of the machine may know: numbers, names
 *	of settings' files, and no person.  Its keys are in invitectl(1).
 *
 * SEE ALSO
 *	control.h, metrics.h, hours.h
 */
#ifndef STATUS_H
#define STATUS_H

#include <stdbool.h>

#include "judge/assess.h"
#include "milter/metrics.h"
#include "milter/tally.h"

/* Is that what a client asks? */
bool status_is_asked(const char *request);

/* The caller's.  store: may be slow, and must not be the one that mail is judged with. */
char *status_answer(Tally *tally, const MetricsState *state, const Assessor *assessor,
		    Store *store);

#endif
