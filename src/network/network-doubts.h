/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	network-doubts - what in a network's file is no mistake, and hardly meant
 *
 * DESCRIPTION
 *	Of a file that could be read, network_doubts() tells, with file and line:
 *
 *	- a pattern that never decides: at its level of evidence a kind that
 *	  stands before fits all that it fits;
 *	- a kind or a form of profiles that nothing can be known by;
 *	- a section without a key;
 *	- that no kind asks for anything, that no link accepts, or no label.
 *
 * OWNERSHIP
 *	What is returned is the caller's.
 */
#ifndef NETWORK_DOUBTS_H
#define NETWORK_DOUBTS_H

#include <glib.h>

#include "network/network.h"

/* Of char *, each one line; empty where there is none. */
GPtrArray *network_doubts(const Network *network);

#endif
