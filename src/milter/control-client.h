/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	control-client - one connection to the control socket
 *
 * DESCRIPTION
 *	A request is a line.  It is bounded as it comes (json-bound.h), so that
 *	what is refused is never kept; and only one large request is in memory
 *	at a time.  The answer to a large request is kept, and sent once its turn
 *	is over, so that a client that does not read holds up no other.
 *
 * OWNERSHIP
 *	A request is borrowed until control_client_end_answer().
 *
 * SEE ALSO
 *	control.h, requests.h
 */
#ifndef CONTROL_CLIENT_H
#define CONTROL_CLIENT_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <glib.h>

/* The turns of large requests, by their numbers. */
typedef struct {
	pthread_mutex_t lock;
	pthread_cond_t moved;
	size_t now, next;
} ControlTurns;

typedef struct {
	int fd;
	uid_t user;
	bool is_own; /* root, or the daemon's own user */
	GString *input;
	size_t length;       /* of the request that begins the input */
	ControlTurns *turns; /* borrowed; not NULL: a large request has its turn */
	gint64 until;        /* when its answer must have been read */
	gint64 patience;     /* microseconds that it may still keep us waiting */
	GString *answer;     /* what was told to a large request */
	bool is_lost;        /* it did not take what was sent */
} ControlClient;

void control_client_init_turns(ControlTurns *turns);

/* NULL, and the connection closed, where the kernel does not say who it is. */
ControlClient *control_client_new(int fd);
void control_client_free(ControlClient *client);

/* The next request, or NULL where none came in time or what came was refused. */
const char *control_client_request(ControlClient *client, ControlTurns *turns);

/* The answer is over: send what was kept of it.  False: nobody listens any more. */
bool control_client_end_answer(ControlClient *client);

/* Say why the client is not served, without a wait. */
void control_client_refuse(ControlClient *client, const char *why);

/* A RequestsTell; context: the client.  False: nobody listens, or it is too long. */
bool control_client_tell(void *context, const char *line);

#endif
