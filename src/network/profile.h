/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	profile - which pages are people's profiles at a network?
 *
 * DESCRIPTION
 *	Of all addresses on the web, a profile at a network is one person's.
 *	people/ compares profiles and knows no networks, so it is handed their
 *	keys.
 *
 * SEE ALSO
 *	networks_profile() in network.h, contact_profile_key() in contact.h
 */
#ifndef PROFILE_H
#define PROFILE_H

#include "network/networks.h"
#include "people/contact.h"

/* The key of the profile that a URL leads to, or NULL; the caller's. */
char *profile_key(const Networks *networks, const char *url);

/* Add the profiles that are among the contact's URLs. */
void profile_find(const Networks *networks, Contact *contact);

#endif
