/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	serve - serves the MTA and the users until a signal ends it
 *
 * DESCRIPTION
 *	HUP reads the settings again, USR2 logs the counters, TERM and INT end
 *	the process when the mails in flight are through.
 */
#ifndef SERVE_H
#define SERVE_H

#include "milter/arguments.h"

/* Returns the status to exit with. */
int serve_run(const Arguments *arguments);

#endif
