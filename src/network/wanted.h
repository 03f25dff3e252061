/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	wanted - is the network one whose mail the recipient wants judged?
 *
 * DESCRIPTION
 *	The setting [policy] networks is a list of names.  A name adds a
 *	network, "-NAME" takes it off, "all" is every one; the last word that
 *	fits the network decides.  A list that begins with "-" begins with all.
 *	"calendar" is a meeting request, whichever program sends it.
 */
#ifndef WANTED_H
#define WANTED_H

#include <stdbool.h>

#include "base/settings.h"
#include "network/networks.h"

/* Is mail of this network, and this kind, which may be NULL, to be judged? */
bool wanted_network(const char *list, const Network *network, const Kind *kind);

/*
 * The network of this name, or title as people read it, in any case; borrowed.  NULL
 * where there is none, and *fault_out, the caller's, says so with the nearest name.
 */
const Network *wanted_named(const char *name, const Networks *networks, char **fault_out);

/*
 * False, with an error that names file, line and the nearest name, where the
 * settings name a network that no file describes.
 */
bool wanted_check(const Settings *settings, const Networks *networks, GError **error);

#endif
