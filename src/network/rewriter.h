/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	rewriter - takes off what mail gateways put before links
 *
 * DESCRIPTION
 *	A gateway sends every click through itself, so that no link of a
 *	genuine mail leads to its sender any more.  The gateways are data
 *	(rewriters/NAME.rewriter).
 */
#ifndef REWRITER_H
#define REWRITER_H

#include <stdbool.h>

#include <glib.h>

typedef struct Rewriters Rewriters;

/* files: of Keyfile, kept by the Rewriters. */
Rewriters *rewriters_new(GPtrArray *files, GError **error);
void rewriters_free(Rewriters *rewriters);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rewriters, rewriters_free)

/* Does the host belong to a gateway that hides where its links lead? */
bool rewriters_hide(const Rewriters *rewriters, const char *host);

/* Where the link leads in the end, or NULL where no gateway is in the way; host: its own. */
char *rewriters_target(const Rewriters *rewriters, const char *url, const char *host);

#endif
