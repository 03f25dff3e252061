/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	arguments - the daemon's command line
 *
 * SEE ALSO
 *	invite-milter(8)
 */
#ifndef ARGUMENTS_H
#define ARGUMENTS_H

#include <stdbool.h>

#include "base/settings.h"
#include "milter/listener.h"

#define ARGUMENTS_PROGRAM "invite-milter"

typedef struct {
	char *file;         /* as named by -c, absolute; NULL: the default file, if any */
	const char *socket; /* -s, or NULL */
	bool is_foreground;
	bool is_check;
} Arguments;

/*
 * False at bad usage and at what was answered at once, with the status to exit with.
 * arguments_out is empty before.
 */
bool arguments_read(int argc, char **argv, Arguments *arguments_out, int *status_out);

/* The settings' file, that of -c or the default one. */
const char *arguments_settings(const Arguments *arguments);

/* Where the MTA is served, by -s or by the settings; borrowed from both. */
ListenerPlace arguments_place(const Arguments *arguments, const Settings *settings);

#endif
