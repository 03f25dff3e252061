/* SPDX-License-Identifier: BSD-2-Clause */
/* control.c - the socket at which users ask for their own people */

#include "config.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <stdint.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "requests/requests.h"
#include "milter/control.h"
#include "milter/control-client.h"
#include "milter/status.h"

/*
 * Threads that serve users, and how many of them serve one user, so that a slow
 * client holds up nobody else.  One more serves root and the daemon's own user
 * alone.
 */
#define THREADS          4
#define THREADS_OWN      1
#define THREADS_PER_USER 2

/*
 * Connections of one user, served and waiting.  A curator speaks for many people,
 * as a mail server's user does.
 */
#define CONNECTIONS_PER_USER    4
#define CONNECTIONS_PER_CURATOR 10

/* Connections that wait, each of which is an open file; and those of our own users. */
#define WAITING     32
#define WAITING_OWN 8

/*
 * Files are scrubbed of who was forgotten once in so long, seconds: it takes long,
 * and nobody can write meanwhile.
 */
#define SCRUB_EVERY 600

/* Bytes for a user's entry in the passwd database: tried first, and at most. */
#define MIN_USER 4096
#define MAX_USER (1024 * 1024)

/* Milliseconds: the socket may have been made again. */
#define LOOK_AGAIN 2000

/* Requests of one client, an import of ten million; and then the next one's turn. */
#define MAX_REQUESTS 20000

typedef struct {
	int fd;
	ControlAssessor *assessor;
	ControlStatus *status;
	ControlTurns large;   /* of large requests */
	pthread_mutex_t lock; /* of all below */
	pthread_cond_t moved; /* a client came, or is done */
	GQueue waiting;       /* of ControlClient, the first that came in front */
	ControlClient *served[THREADS + THREADS_OWN];
	size_t served_count;
	char *place;  /* of the store, as in the settings */
	Store *store; /* our own: a store that works gives way to mail; NULL: not yet */
	bool is_to_scrub;
	gint64 scrubbed; /* when; 0: never */
} Control;

/* The name of a user, or NULL. */
static char *
user_name(uid_t uid)
{
	for (size_t size = MIN_USER; size <= MAX_USER; size *= 2) {
		g_autofree char *buffer = g_malloc(size);
		struct passwd entry, *found = NULL;
		int fault = getpwuid_r(uid, &entry, buffer, size, &found);

		if (fault == 0 && found != NULL)
			return g_strdup(found->pw_name);
		if (fault != ERANGE)
			return NULL;
	}

	return NULL;
}

static bool
is_curator(const Assessor *assessor, const char *user)
{
	g_auto(GStrv) names =
	    settings_words(assessor_settings(assessor), SETTING_PEOPLE_CURATORS);

	return user != NULL && g_strv_contains((const char *const *)names, user);
}

/* The store that the settings of the moment name; a reference. */
static Store *
store_of(Control *control, const Assessor *assessor)
{
	const char *place =
	    settings_text(assessor_settings(assessor), SETTING_PEOPLE_STORE);
	Store *store;

	pthread_mutex_lock(&control->lock);
	if (g_strcmp0(control->place, place) != 0) {
		g_free(control->place);
		control->place = g_strdup(place);
		store_unref(control->store);
		control->store = store_new(place, STORE_WORK);
	}
	store = store_ref(control->store);
	pthread_mutex_unlock(&control->lock);

	return store;
}

static void
serve_request(ControlClient *client, Control *control, const char *line)
{
	g_autoptr(Assessor) assessor = control->assessor();
	g_autoptr(Store) store = store_of(control, assessor);
	g_autofree char *user = user_name(client->user);
	g_autofree char *own =
	    user != NULL ? owners_of_user(assessor_rules(assessor)->owners, user) : NULL;
	AccessClient asks = {
		.own = own,
		.is_trusted = client->user == 0 || client->user == geteuid() ||
			      is_curator(assessor, user),
	};

	if (status_is_asked(line)) {
		g_autofree char *answer = control->status(store);

		control_client_tell(client, answer);
		return;
	}
	if (!requests_answer(store, assessor, &asks, line,
			     g_get_real_time() / G_USEC_PER_SEC, control_client_tell,
			     client))
		return;
	pthread_mutex_lock(&control->lock);
	control->is_to_scrub = true;
	pthread_mutex_unlock(&control->lock);
}

/* The store to scrub now, or NULL.  The lock is held. */
static Store *
store_to_scrub(Control *control)
{
	gint64 now = g_get_monotonic_time();

	if (!control->is_to_scrub ||
	    (control->scrubbed != 0 &&
	     now - control->scrubbed < SCRUB_EVERY * G_USEC_PER_SEC))
		return NULL;
	control->is_to_scrub = false;
	control->scrubbed = now;

	return store_ref(control->store);
}

static void
scrub(Store *store)
{
	g_autoptr(GError) error = NULL;

	if (!store_scrub(store, &error))
		log_error("who was forgotten may be left on disk: the store: %s",
			  error->message);
}

static void
serve_client(ControlClient *client, Control *control)
{
	const char *request;

	for (int i = 0;
	     i < MAX_REQUESTS &&
	     (request = control_client_request(client, &control->large)) != NULL;
	     i++) {
		serve_request(client, control, request);
		if (!control_client_end_answer(client))
			return;
	}
}

/* The first client that waits and may be served now, or NULL.  The lock is held. */
static ControlClient *
next_client(Control *control)
{
	for (GList *at = control->waiting.head; at != NULL; at = at->next) {
		ControlClient *client = at->data;
		size_t same_user = 0, others = 0;

		for (size_t i = 0; i < control->served_count; i++) {
			same_user += control->served[i]->user == client->user;
			others += !control->served[i]->is_own;
		}
		if (same_user < THREADS_PER_USER &&
		    (client->is_own || others < THREADS)) {
			g_queue_delete_link(&control->waiting, at);
			control->served[control->served_count++] = client;
			return client;
		}
	}

	return NULL;
}

static void
leave(Control *control, const ControlClient *client)
{
	size_t i = 0;

	while (control->served[i] != client)
		i++;
	control->served[i] = control->served[--control->served_count];
	pthread_cond_broadcast(&control->moved);
}

/*
 * Wait until a client comes or is done, or until it is time to scrub files of who was
 * forgotten.
 */
static void
wait_for_clients(Control *control)
{
	struct timespec end;

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += SCRUB_EVERY;
	if (control->is_to_scrub)
		pthread_cond_timedwait(&control->moved, &control->lock, &end);
	else
		pthread_cond_wait(&control->moved, &control->lock);
}

static void *
serve(void *data)
{
	Control *control = data;

	pthread_mutex_lock(&control->lock);
	for (;;) {
		g_autoptr(Store) store = store_to_scrub(control);
		ControlClient *client = store == NULL ? next_client(control) : NULL;

		if (store == NULL && client == NULL) {
			wait_for_clients(control);
			continue;
		}
		pthread_mutex_unlock(&control->lock);
		if (store != NULL)
			scrub(store);
		else
			serve_client(client, control);
		pthread_mutex_lock(&control->lock);
		if (client != NULL) {
			leave(control, client);
			control_client_free(client);
		}
	}

	return NULL;
}

static bool
is_user_curator(const Control *control, uid_t uid)
{
	g_autoptr(Assessor) assessor = control->assessor();
	g_autofree char *user = user_name(uid);

	return is_curator(assessor, user);
}

/* Why a client must not wait, or NULL.  The lock is held. */
static const char *
refusal_of(const Control *control, const ControlClient *client, size_t most)
{
	size_t same_user = 0, waiting = 0;

	for (const GList *at = control->waiting.head; at != NULL; at = at->next) {
		const ControlClient *other = at->data;

		same_user += other->user == client->user;
		waiting += other->is_own == client->is_own;
	}
	if (waiting >= (client->is_own ? WAITING_OWN : WAITING))
		return "too many clients wait; try again later";
	for (size_t i = 0; i < control->served_count; i++)
		same_user += control->served[i]->user == client->user;

	return same_user >= most
		   ? "you have as many connections as one user may have; close one"
		   : NULL;
}

/* Let the client wait; false with the reason where it must not. */
static bool
enqueue(Control *control, ControlClient *client, size_t most, const char **why_out)
{
	const char *why;

	pthread_mutex_lock(&control->lock);
	why = refusal_of(control, client, most);
	if (why == NULL) {
		g_queue_push_tail(&control->waiting, client);
		pthread_cond_broadcast(&control->moved);
	} else {
		*why_out = why;
	}
	pthread_mutex_unlock(&control->lock);

	return why == NULL;
}

/* The client that is refused is told why, if it can be without a wait. */
static void
let_in(Control *control, int fd)
{
	ControlClient *client = control_client_new(fd);
	const char *why;

	if (client == NULL ||
	    enqueue(control, client, client->is_own ? SIZE_MAX : CONNECTIONS_PER_USER,
		    &why))
		return;
	/*
	 * The user database is asked only now, for that may take long, and few users
	 * have so many connections.
	 */
	if (!client->is_own && is_user_curator(control, client->user) &&
	    enqueue(control, client, CONNECTIONS_PER_CURATOR, &why))
		return;
	control_client_refuse(client, why);
	control_client_free(client);
}

static void *
accept_clients(void *data)
{
	Control *control = data;

	for (;;) {
		struct pollfd waiting = { .fd = control->fd, .events = POLLIN };
		int fd;

		/* The socket does not block, for the one of the MTA must not. */
		poll(&waiting, 1, LOOK_AGAIN);
		fd = accept4(control->fd, NULL, NULL, SOCK_CLOEXEC);
		if (fd >= 0)
			let_in(control, fd);
		else if (errno != EINTR && errno != ECONNABORTED && errno != EAGAIN)
			g_usleep(G_USEC_PER_SEC); /* no file is free: not at once again */
	}

	return NULL;
}

static bool
start_thread(void *(*run)(void *), Control *control)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, run, control) != 0)
		return false;
	pthread_detach(thread);

	return true;
}

/* On failure the threads that were started stay, and no client reaches them. */
bool
control_start(const Listener *listener, ControlAssessor *assessor, ControlStatus *status)
{
	Control *control = g_new0(Control, 1);
	pthread_condattr_t attributes;

	control->fd = listener_fd(listener);
	control->assessor = assessor;
	control->status = status;
	pthread_mutex_init(&control->lock, NULL);
	/* No step of the time of day makes a wait longer. */
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&control->moved, &attributes);
	pthread_condattr_destroy(&attributes);
	control_client_init_turns(&control->large);
	for (int i = 0; i < THREADS + THREADS_OWN; i++)
		if (!start_thread(serve, control))
			return false;

	return start_thread(accept_clients, control);
}
