/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	network-profile - whose profile does an address lead to?
 *
 * DESCRIPTION
 *	A network's file lists the forms in which it writes the address of a
 *	profile.  network_profile() brings all of them into one form.
 */
#ifndef NETWORK_PROFILE_H
#define NETWORK_PROFILE_H

#include "network/network.h"
#include "network/reading.h"

/* Which part of the hole {id} names the profile? */
typedef enum {
	PROFILE_ID_WHOLE,
	PROFILE_ID_FIRST,   /* what stands before the first "/" */
	PROFILE_ID_REVERSED /* "name/1/2b/3c4" stands for "name-3c402b1" */
} ProfileId;

/* "first", "reversed"; PROFILE_ID_WHOLE for any other word. */
ProfileId network_profile_id(const char *name);

/* A way to write the address of a profile. */
typedef struct {
	PatternList *links; /* with HOLE_ID */
	ProfileId id;
	char *url;                /* with "{id}" */
	const KeyfileEntry *from; /* of url, or the section's first; borrowed */
} ProfileForm;

/*
 * The address of the profile that a URL of the network's leads to, in the file's
 * form; NULL where it leads to none.  folded: the same URL, folded.
 */
char *network_profile(const Network *network, const char *url, const Folded *folded);

/* The same of a link's URL, which is only folded where it may be one. */
char *network_profile_of_link(const Network *network, ReadingLink *link);

#endif
