/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	networks - all networks whose mail is recognised
 *
 * DESCRIPTION
 *	networks_new() reads the networks of all files (network-file.h).  No two
 *	networks may have one name or share a domain; the later file is told
 *	of it.
 *
 * RETURN VALUE
 *	The error names all mistakes, a line each, with file, line and key.
 *
 * OWNERSHIP
 *	The Networks keep a reference on the files; a Network is borrowed.
 */
#ifndef NETWORKS_H
#define NETWORKS_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "network/network.h"
#include "people/contact.h"

typedef struct Networks Networks;

/* files: of Keyfile. */
Networks *networks_new(GPtrArray *files, GError **error);

/*
 * One more, besides those that are there; false with all its mistakes, and
 * without it.  The file is taken over either way.
 */
bool networks_add(Networks *networks, Keyfile *file, GError **error);
void networks_free(Networks *networks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Networks, networks_free)

size_t networks_length(const Networks *networks);
const Network *networks_get(const Networks *networks, size_t index);

/* The domains of all networks, closed by NULL; borrowed but for the array. */
const char **networks_domains(const Networks *networks);

/* Is the domain one of any network's? */
bool networks_own_domain(const Networks *networks, const char *domain);

/* Can anybody have a mailbox under the domain? */
bool networks_give_mailboxes(const Networks *networks, const char *domain);

/* Is it that, or one of the hosts that a network's own words link to? */
bool networks_link_to(const Networks *networks, const char *domain);

/*
 * The contact_profile_key() of the profile that a URL leads to, at whichever network,
 * with or without its scheme; NULL where it leads to none.  The caller's.
 */
char *networks_profile_key(const Networks *networks, const char *url);

/* Add the profiles that are among the contact's URLs. */
void networks_find_profiles(const Networks *networks, Contact *contact);

#endif
