/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	listener-probe - what stands where a unix socket is to be?
 */
#ifndef LISTENER_PROBE_H
#define LISTENER_PROBE_H

#include "milter/listener-place.h"

typedef enum {
	LISTENER_PROBE_NOTHING,
	LISTENER_PROBE_DEAD, /* a socket that nobody listens on */
	LISTENER_PROBE_LIVE,
	LISTENER_PROBE_FOREIGN, /* no socket */
	LISTENER_PROBE_FAILED,  /* errno says why */
} ListenerProbe;

/* LISTENER_PROBE_FAILED: errno says why. */
ListenerProbe listener_probe(const ListenerAddress *address, socklen_t length);

#endif
