/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sockets - the sockets that are served, and what befalls them
 *
 * DESCRIPTION
 *	Root opens them where root starts the daemon, which then goes on as
 *	[milter] user.
 *
 *	sockets_look_after() is called each second.  It makes a socket again
 *	that somebody removed.
 *
 * RETURN VALUE
 *	EX_OK, or the status to exit with; why is logged.
 */
#ifndef SOCKETS_H
#define SOCKETS_H

#include <stdbool.h>

#include "milter/arguments.h"
#include "milter/listener.h"

/* Open until the process ends. */
typedef struct {
	Listener *listener;
	Listener *control; /* NULL: users cannot ask */
	Listener *metrics; /* NULL: a monitor cannot ask */
	/* The log told already that the socket was removed. */
	bool is_listener_told, is_control_told, is_metrics_told;
} Sockets;

/*
 * Look whether users and monitors could be answered where the settings say.  Whether
 * the folder is there shows at the start, which may make it.
 */
bool sockets_check(const Settings *settings, GError **error);

/* Open them, and become the user who serves them. */
int sockets_take(Sockets *sockets, const Arguments *arguments, const Settings *settings);

/* Log it where fewer files may be open than the connections of the settings want. */
void sockets_tell_few_files(const Settings *settings);

void sockets_look_after(Sockets *sockets);

/* The mails that wait are served by now: let nobody in. */
void sockets_close(const Sockets *sockets);

/* Free what was taken, where the daemon ends before it serves. */
void sockets_clear(Sockets *sockets);

#endif
