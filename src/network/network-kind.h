/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	network-kind - which kind of mail of a network is it?
 *
 * DESCRIPTION
 *	A network's file lists for each kind what it is known by, in levels: the
 *	strongest evidence that any kind has in a mail decides.
 *
 * OWNERSHIP
 *	What is returned is borrowed from the Network.
 */
#ifndef NETWORK_KIND_H
#define NETWORK_KIND_H

#include "network/network.h"

/* Is it told by a calendar, whose organizer wrote all that is in it? */
bool network_kind_is_calendar(const Kind *kind);

/*
 * The kind of mail it is, or NULL where nothing in it says so; and what one level
 * of evidence alone would say.
 */
const Kind *network_kind(const Network *network, const Reading *reading);
const Kind *network_kind_by(const Network *network, const Reading *reading,
			    KindList level);

/* "method", "template", …, "from", as in the file. */
const char *network_kind_list_name(KindList level);

/* All of them, in the order of the enum, closed by NULL. */
const char *const *network_kind_list_names(void);

#endif
