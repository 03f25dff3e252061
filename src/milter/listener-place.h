/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	listener-place - reads from the settings where a socket is to be
 *
 * RETURN VALUE
 *	False with error set (listener.h); its text names the address and what
 *	to do.
 */
#ifndef LISTENER_PLACE_H
#define LISTENER_PLACE_H

#include <netinet/in.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>

#include <glib.h>

#include "milter/listener.h"

typedef union {
	struct sockaddr any;
	struct sockaddr_un un;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	struct sockaddr_storage storage;
} ListenerAddress;

/* name: unix:PATH, local:PATH, inet:PORT@HOST or inet6:PORT@HOST. */
bool listener_place_address(const char *name, ListenerAddress *address_out,
			    socklen_t *length_out, GError **error);

/* Is it out of reach of other hosts, or may it be reached? */
bool listener_place_reach(const ListenerPlace *place, const ListenerAddress *address,
			  GError **error);

/* (uid_t)-1 and (gid_t)-1: leave them. */
bool listener_place_owner(const ListenerPlace *place, uid_t *uid_out, gid_t *gid_out,
			  GError **error);

/* 0: leave it to the umask. */
bool listener_place_mode(const ListenerPlace *place, mode_t *mode_out, GError **error);

/* Can a socket be made in the folder of this path? */
bool listener_place_folder(const char *path, GError **error);

#endif
