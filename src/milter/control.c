/* SPDX-License-Identifier: BSD-2-Clause */
/* control.c - the socket at which users ask for their own people */

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "milter/control.h"
#include "judge/requests.h"

/*
 * Clients served at once, so that one who dawdles holds up no other; and of one
 * user, so that he holds up himself.
 */
#define THREADS          4
#define THREADS_PER_USER 2

/* Clients that wait for one of them; more are sent away, for each is an open file. */
#define WAITING          32
#define WAITING_PER_USER 8

/* A client that neither speaks nor listens for so long is let go; seconds. */
#define PATIENCE 10

/* And one who takes so long to read an answer, however many people are in it. */
#define ANSWER_PATIENCE 60

/*
 * Files are scrubbed of who was forgotten once in so long, seconds: it takes long,
 * and nobody can write meanwhile.
 */
#define SCRUB_EVERY 600

/* Requests of one client, an import of ten million; and then the next one's turn. */
#define MAX_REQUESTS 20000

#define CHUNK (64 * 1024)

typedef struct {
	int fd;
	uid_t user;
	GString *input;
	gint64 until; /* its answer is to be read */
} Client;

typedef struct {
	int fd;
	ControlAssessor *assessor;
	pthread_mutex_t lock; /* of all below */
	pthread_cond_t moved; /* somebody came, or is done */
	GQueue waiting;       /* of Client, who came first in front */
	uid_t served[THREADS];
	size_t served_count;
	char *place;  /* of the store, as in the settings */
	Store *store; /* our own: who works gives way to mail; NULL: not yet */
	bool is_to_scrub;
	gint64 scrubbed; /* when; 0: never */
} Control;

static void
set_patience(int fd)
{
	const struct timeval patience = { .tv_sec = PATIENCE };

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
}

/* The next line, owned by the caller; NULL where no text came in time. */
static char *
read_line(Client *client)
{
	gint64 until = g_get_monotonic_time() + PATIENCE * G_USEC_PER_SEC;
	char *end;

	while ((end = memchr(client->input->str, '\n', client->input->len)) == NULL) {
		size_t length = client->input->len;
		ssize_t got;

		if (length > REQUESTS_MAX_LENGTH || g_get_monotonic_time() > until)
			return NULL;
		g_string_set_size(client->input, length + CHUNK);
		got = recv(client->fd, client->input->str + length, CHUNK, 0);
		g_string_truncate(client->input, length + (got > 0 ? (size_t)got : 0));
		if (got <= 0)
			return NULL;
	}
	/* What stands behind it would be the next request. */
	if (memchr(client->input->str, '\0', (size_t)(end - client->input->str)) != NULL)
		return NULL;

	return g_strndup(client->input->str, (size_t)(end - client->input->str));
}

static bool
send_all(const Client *client, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t sent = send(client->fd, bytes, length, MSG_NOSIGNAL);

		if (sent <= 0 || g_get_monotonic_time() > client->until)
			return false;
		bytes += sent;
		length -= (size_t)sent;
	}

	return true;
}

static bool
tell(void *context, const char *line)
{
	const Client *client = context;

	return send_all(client, line, strlen(line)) && send_all(client, "\n", 1);
}

/* The name of a user, or NULL. */
static char *
user_name(uid_t uid)
{
	char buffer[4096];
	struct passwd entry, *found;

	if (getpwuid_r(uid, &entry, buffer, sizeof(buffer), &found) != 0 || found == NULL)
		return NULL;

	return g_strdup(found->pw_name);
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
serve_request(Client *client, Control *control, const char *line)
{
	g_autoptr(Assessor) assessor = control->assessor();
	g_autoptr(Store) store = store_of(control, assessor);
	g_autofree char *user = user_name(client->user);
	g_autofree char *own =
	    user != NULL ? owners_of_user(assessor_rules(assessor)->owners, user) : NULL;
	RequestsClient asks = {
		.own = own,
		.is_trusted = client->user == 0 || client->user == geteuid() ||
			      is_curator(assessor, user),
	};

	client->until = g_get_monotonic_time() + ANSWER_PATIENCE * G_USEC_PER_SEC;
	if (!requests_answer(store, assessor_rules(assessor), &asks, line,
			     g_get_real_time() / G_USEC_PER_SEC, tell, client))
		return;
	pthread_mutex_lock(&control->lock);
	control->is_to_scrub = true;
	pthread_mutex_unlock(&control->lock);
}

/* The store to scrub now, or NULL; under the lock. */
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

/* NULL, and the connection closed, where the kernel does not say who it is. */
static Client *
client_new(int fd)
{
	struct ucred peer;
	socklen_t length = sizeof(peer);
	Client *client;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) {
		close(fd);
		return NULL;
	}
	set_patience(fd);
	client = g_new0(Client, 1);
	client->fd = fd;
	client->user = peer.uid;
	client->input = g_string_new(NULL);

	return client;
}

static void
client_free(Client *client)
{
	close(client->fd);
	g_string_free(client->input, TRUE);
	g_free(client);
}

static void
serve_client(Client *client, Control *control)
{
	char *line;

	for (int i = 0; i < MAX_REQUESTS && (line = read_line(client)) != NULL; i++) {
		serve_request(client, control, line);
		g_string_erase(client->input, 0, (gssize)strlen(line) + 1);
		g_free(line);
	}
}

/* Under the lock, as the next. */
static size_t
count_served(const Control *control, uid_t user)
{
	size_t count = 0;

	for (size_t i = 0; i < control->served_count; i++)
		count += control->served[i] == user;

	return count;
}

/* The first who waits and whose turn it is, or NULL. */
static Client *
next_client(Control *control)
{
	for (GList *at = control->waiting.head; at != NULL; at = at->next) {
		Client *client = at->data;

		if (count_served(control, client->user) < THREADS_PER_USER) {
			g_queue_delete_link(&control->waiting, at);
			control->served[control->served_count++] = client->user;
			return client;
		}
	}

	return NULL;
}

static void
leave(Control *control, uid_t user)
{
	size_t i = 0;

	while (control->served[i] != user)
		i++;
	control->served[i] = control->served[--control->served_count];
	pthread_cond_broadcast(&control->moved);
}

/* Until somebody comes or is done, or what is left of the forgotten may be scrubbed. */
static void
wait_for_clients(Control *control)
{
	struct timespec end;

	clock_gettime(CLOCK_REALTIME, &end);
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
		Client *client = store == NULL ? next_client(control) : NULL;

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
			leave(control, client->user);
			client_free(client);
		}
	}

	return NULL;
}

static bool
may_wait(const Control *control, uid_t user)
{
	size_t count = 0;

	for (const GList *at = control->waiting.head; at != NULL; at = at->next)
		count += ((const Client *)at->data)->user == user;

	return control->waiting.length < WAITING && count < WAITING_PER_USER;
}

static void
let_in(Control *control, int fd)
{
	Client *client = client_new(fd);
	bool is_in;

	if (client == NULL)
		return;
	pthread_mutex_lock(&control->lock);
	is_in = may_wait(control, client->user);
	if (is_in) {
		g_queue_push_tail(&control->waiting, client);
		pthread_cond_signal(&control->moved);
	}
	pthread_mutex_unlock(&control->lock);
	if (!is_in)
		client_free(client);
}

static void *
accept_clients(void *data)
{
	Control *control = data;

	for (;;) {
		struct pollfd waiting = { .fd = control->fd, .events = POLLIN };
		int fd;

		/* The socket does not block, for the one of the MTA must not. */
		poll(&waiting, 1, -1);
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

/* What was started by then stays: threads that nobody comes to. */
bool
control_start(const Listener *listener, ControlAssessor *assessor)
{
	Control *control = g_new0(Control, 1);

	control->fd = listener_fd(listener);
	control->assessor = assessor;
	pthread_mutex_init(&control->lock, NULL);
	pthread_cond_init(&control->moved, NULL);
	for (int i = 0; i < THREADS; i++)
		if (!start_thread(serve, control))
			return false;

	return start_thread(accept_clients, control);
}
