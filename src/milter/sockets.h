/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sockets - the sockets that are served, and as whom
 *
 * DESCRIPTION
 *	Root opens them where root starts the daemon, which then goes on as
 *	[milter] user.
 *
 * RETURN VALUE
 *	EX_OK, or the status to exit with; why is logged.
 */
#ifndef SOCKETS_H
#define SOCKETS_H

#include "milter/arguments.h"
#include "milter/listener.h"

/* Open until the process ends. */
typedef struct {
	Listener *listener;
	Listener *control; /* NULL: users cannot ask */
	Listener *metrics; /* NULL: a monitor cannot ask */
} Sockets;

/* Open them, and become the user who serves them. */
int sockets_take(Sockets *sockets, const Arguments *arguments, const Settings *settings);

/* The mails that wait are served by now: let nobody in. */
void sockets_close(const Sockets *sockets);

/* Free what was taken, where the daemon ends before it serves. */
void sockets_clear(Sockets *sockets);

#endif
