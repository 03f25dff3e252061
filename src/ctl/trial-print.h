/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	trial-print - the trial of a network's file for people, and as JSON
 *
 * DESCRIPTION
 *	For people it prints how the mail was judged, then its fields, lines and
 *	links.  A "?" stands before each that no pattern fits; below the others
 *	stand the line of the file, the section, the key and the pattern that
 *	fits.  Lines are cut at 80 columns; the JSON is whole.
 */
#ifndef TRIAL_PRINT_H
#define TRIAL_PRINT_H

#include "ctl/print.h"
#include "ctl/trial.h"

void trial_print(FILE *out, const char *file, const Network *network, const Trial *trial,
		 const Assessment *assessment, PrintForm form);

#endif
