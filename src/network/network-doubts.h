/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	network-doubts - what a network's file says and hardly means
 *
 * DESCRIPTION
 *	network_doubts() tells, with file and line, of
 *
 *	- a pattern that never decides, since a kind that stands before it fits,
 *	  at the same level of evidence, all that it fits;
 *	- a kind, or a form of profiles, that no pattern belongs to;
 *	- a section without a key;
 *	- a file where no kind asks for anything, or no link or label accepts.
 *
 * OWNERSHIP
 *	What is returned is the caller's.
 */
#ifndef NETWORK_DOUBTS_H
#define NETWORK_DOUBTS_H

#include <glib.h>

#include "network/network.h"

/* An array of char *, each one line; empty where there is no doubt. */
GPtrArray *network_doubts(const Network *network);

#endif
