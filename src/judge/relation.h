/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	relation - does the recipient know the person who invites?
 *
 * DESCRIPTION
 *	Compares the inviter with the owner's people (store.h).  An inviter
 *	whose profile or address is there is known; one whose name and company
 *	are is likely known; one of whom only the name is there is a namesake,
 *	for two people may have one name.  An inviter with the name and company
 *	of somebody known but another profile at the same network, or with the
 *	name in look-alike letters, is an impostor.
 *
 *	Addresses under a network's domains are not compared: they are the
 *	network's.
 *
 * RETURN VALUE
 *	False with error set, and outputs untouched, where the store cannot be
 *	read.  *reason_out, the caller's, is the relation and what it rests on:
 *	"known profile 2024-03-01 accepted".  *first_out is when the owner's
 *	people were first told of whoever is known or likely; 0: nobody, or
 *	nothing tells when.
 */
#ifndef RELATION_H
#define RELATION_H

#include <stdbool.h>

#include <glib.h>

#include "network/invite.h"
#include "people/learn.h"
#include "people/store.h"

typedef enum {
	RELATION_UNKNOWN, /* nobody could be asked */
	RELATION_STRANGER,
	RELATION_NAMESAKE, /* only the name is known */
	RELATION_LIKELY,   /* name and company are */
	RELATION_KNOWN,    /* profile or address is */
	RELATION_IMPOSTOR, /* poses as somebody known */
	RELATION_LAST
} Relation;

/* since: people not seen since then count as forgotten; 0: nobody does. */
bool relation_find(Store *store, const LearnRules *rules, const char *owner,
		   const Invite *invite, gint64 since, Relation *relation_out,
		   char **reason_out, gint64 *first_out, GError **error);

const char *relation_name(Relation relation);

/* RELATION_UNKNOWN for NULL and what is no name. */
Relation relation_of_name(const char *name);

#endif
