/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	milter-socket - gives libmilter the listening socket
 *
 * DESCRIPTION
 *	A libmilter that reads "fd:N" takes the socket itself.  Any other opens
 *	a socket of its own, which ours replaces.
 */
#ifndef MILTER_SOCKET_H
#define MILTER_SOCKET_H

#include <stdbool.h>

#include <glib.h>

/* polled_out: the descriptor that libmilter accepts from. */
bool milter_socket_hand_over(int fd, int *polled_out, GError **error);

/* Sets the error; false, for the caller to return. */
bool milter_socket_refused(GError **error, const char *what);

#endif
