/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	trial-print - the trial of a network's file for people, and as JSON
 *
 * DESCRIPTION
 *	For people: what came of the mail, then its fields, lines and links.
 *	Before what nothing fits stands a "?"; below what something fits, the
 *	line of the file, section, key and pattern.  They are cut where a
 *	terminal of 80 columns ends; the JSON has all of it.
 */
#ifndef TRIAL_PRINT_H
#define TRIAL_PRINT_H

#include "ctl/print.h"
#include "ctl/trial.h"

void trial_print(FILE *out, const char *file, const Network *network, const Trial *trial,
		 const Assessment *assessment, PrintForm form);

#endif
