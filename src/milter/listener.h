/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	listener - the socket where the MTA finds us
 *
 * DESCRIPTION
 *	listener_open() listens on an address of our own:
 *
 *	    unix:PATH		with mode, owner and group set before anybody
 *				can connect; local:PATH is the same
 *	    inet:PORT@HOST	without @HOST the loopback
 *	    inet6:PORT@HOST
 *
 *	An address that is neither a path nor a loopback address is an error
 *	unless the place says that it may be reached from other hosts, for
 *	nothing in the milter protocol says who a client is.
 *
 *	A socket that a dead process left behind is replaced; one that somebody
 *	listens on, and anything that is no socket, stays and is an error.
 *	While we decide, the folder is locked, so that of two that start at
 *	once one loses.
 *
 *	listener_inherited() takes the socket that systemd opened for us.
 *
 *	To end without losing a mail, call listener_close() until it returns
 *	true, for then nobody new can come; then wait until
 *	listener_has_waiting() is false.
 *
 * RETURN VALUE
 *	NULL or false with error set; its text names the address and what to do.
 *
 * OWNERSHIP
 *	listener_free() closes the socket and removes a path that is still ours.
 *
 * SEE ALSO
 *	sd_listen_fds(3), unix(7)
 */
#ifndef LISTENER_H
#define LISTENER_H

#include <stdbool.h>

#include <glib.h>

typedef struct Listener Listener;

/* As in the settings; all borrowed for the call. */
typedef struct {
	const char *address;
	const char *mode;  /* octal; "" leaves it to the umask */
	const char *owner; /* name or number; "" leaves it */
	const char *group;
	bool is_remote; /* hosts other than this one may reach it */
	bool is_mta;    /* it is the MTA's, who may be another host */
} ListenerPlace;

#define LISTENER_ERROR (listener_error_quark())
GQuark listener_error_quark(void);

typedef enum {
	LISTENER_ERROR_ADDRESS, /* cannot be read, or names what does not exist */
	LISTENER_ERROR_IN_USE,  /* somebody listens there */
	LISTENER_ERROR_SYSTEM,
} ListenerError;

/* Sets the error; false, for the caller to return. */
bool listener_fail(GError **error, ListenerError code, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* Would listener_open() work, as far as one can tell without doing it? */
bool listener_check(const ListenerPlace *place, GError **error);

Listener *listener_open(const ListenerPlace *place, GError **error);

/*
 * NULL without error where systemd handed us nothing.  The place says only whether
 * the socket may be reached from other hosts.
 */
Listener *listener_inherited(const ListenerPlace *place, GError **error);

void listener_free(Listener *listener);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Listener, listener_free)

int listener_fd(const Listener *listener);

/* The server accepts from this descriptor of the same socket, not from listener_fd(). */
void listener_set_polled(Listener *listener, int fd);
const char *listener_name(const Listener *listener);

bool listener_is_inherited(const Listener *listener);

/* Was the path that we made removed, or replaced by somebody else's? */
bool listener_is_gone(const Listener *listener);

/*
 * Make it again, in the place of the one that is gone.  On failure all stays as it
 * is.  A thread that polls one of the descriptors must look anew from time to time.
 */
bool listener_restore(Listener *listener, GError **error);

/* Is a connection waiting to be accepted by us? */
bool listener_has_waiting(const Listener *listener);

/*
 * Let nobody new in and lose nobody who waits; false: try again shortly.
 * A path is removed, and those who came through it are still served.  An
 * inherited socket stays open for the next instance, which serves them.  A
 * port can only be closed while nobody waits.
 */
bool listener_close(Listener *listener);

#endif
