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

/* Is it a kind that is known by its calendar, whose words are the organizer's? */
bool network_kind_is_calendar(const Kind *kind);

/*
 * The kind of the mail, or NULL where nothing in it tells.  network_kind_by() goes by
 * one level of evidence alone.
 */
const Kind *network_kind(const Network *network, const Reading *reading);
const Kind *network_kind_by(const Network *network, const Reading *reading,
			    KindList level);

/* "method", "template", …, "from", as in the file. */
const char *network_kind_list_name(KindList level);

/* All of them, in the order of the enum, closed by NULL. */
const char *const *network_kind_list_names(void);

#endif
