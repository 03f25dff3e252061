/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	network-file - reads networks from their files
 *
 * DESCRIPTION
 *	networks_new() reads files as invite-milter-networks(5) describes them.
 *	A mistake is an error that names file, line and key.
 *
 * OWNERSHIP
 *	The Networks keep a reference on the files; a Network is borrowed.
 */
#ifndef NETWORK_FILE_H
#define NETWORK_FILE_H

#include <stddef.h>

#include <glib.h>

#include "judge/network.h"

typedef struct Networks Networks;

/* files: of Keyfile. */
Networks *networks_new(GPtrArray *files, GError **error);
void networks_free(Networks *networks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Networks, networks_free)

size_t networks_length(const Networks *networks);
const Network *networks_get(const Networks *networks, size_t index);

/* The domains of all networks, closed by NULL; borrowed but for the array. */
const char **networks_domains(const Networks *networks);

/* Is the domain one of any network's? */
bool networks_own_domain(const Networks *networks, const char *domain);

/* The profile that a URL leads to, as its network's file writes it; NULL where it is none's. */
char *networks_profile(const Networks *networks, const char *url);

#endif
