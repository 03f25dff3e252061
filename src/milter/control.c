/* SPDX-License-Identifier: BSD-2-Clause */
/* control.c - the socket at which users ask for their own people */

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "milter/control.h"
#include "people/desk.h"

/* Clients served at once, so that one who dawdles holds up no other. */
#define THREADS 4

/* Clients that wait for one of them; more are sent away, for each is an open file. */
#define WAITING 32

/* A client that neither speaks nor listens for so long is let go; seconds. */
#define PATIENCE 10

/* Requests of one client, an import of ten million; and then the next one's turn. */
#define MAX_REQUESTS 20000

#define CHUNK (64 * 1024)

typedef struct {
	int fd;
	ControlAssessor *assessor;
} Control;

typedef struct {
	int fd;
	GString *input;
} Client;

static void
set_patience(int fd)
{
	const struct timeval patience = { .tv_sec = PATIENCE };

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
}

/* The next line, in the client's input until the next call; NULL: there is none, or it is too long. */
static char *
read_line(Client *client)
{
	gint64 until = g_get_monotonic_time() + PATIENCE * G_USEC_PER_SEC;
	char *end;

	while ((end = memchr(client->input->str, '\n', client->input->len)) == NULL) {
		size_t length = client->input->len;
		ssize_t got;

		if (length > DESK_MAX_REQUEST || g_get_monotonic_time() > until)
			return NULL;
		g_string_set_size(client->input, length + CHUNK);
		got = recv(client->fd, client->input->str + length, CHUNK, 0);
		g_string_truncate(client->input, length + (got > 0 ? (size_t)got : 0));
		if (got <= 0)
			return NULL;
	}
	*end = '\0';

	return g_strndup(client->input->str, (size_t)(end - client->input->str));
}

static bool
send_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);

		if (sent <= 0)
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

	return send_all(client->fd, line, strlen(line)) && send_all(client->fd, "\n", 1);
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

static void
serve_request(const Client *client, const Control *control, const struct ucred *peer,
	      const char *line)
{
	g_autoptr(Assessor) assessor = control->assessor();
	g_autofree char *user = user_name(peer->uid);
	g_autofree char *own =
	    user != NULL ? owners_of_user(assessor_rules(assessor)->owners, user) : NULL;
	DeskClient asks = {
		.own = own,
		.is_trusted = peer->uid == 0 || peer->uid == geteuid() ||
			      is_curator(assessor, user),
	};

	desk_answer(assessor_store(assessor), assessor_rules(assessor), &asks, line, g_get_real_time() / G_USEC_PER_SEC, tell,
		    (void *)client);
}

static void
serve_client(gpointer data, gpointer user_data)
{
	const Control *control = user_data;
	Client client = { GPOINTER_TO_INT(data), g_string_new(NULL) };
	struct ucred peer;
	socklen_t length = sizeof(peer);
	char *line;

	set_patience(client.fd);
	if (getsockopt(client.fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0)
		for (int i = 0; i < MAX_REQUESTS && (line = read_line(&client)) != NULL; i++) {
			serve_request(&client, control, &peer, line);
			g_string_erase(client.input, 0, (gssize)strlen(line) + 1);
			g_free(line);
		}
	g_string_free(client.input, TRUE);
	close(client.fd);
}

static void *
serve(void *data)
{
	Control *control = data;
	GThreadPool *pool = g_thread_pool_new(serve_client, control, THREADS, FALSE, NULL);

	for (;;) {
		struct pollfd waiting = { .fd = control->fd, .events = POLLIN };
		int fd;

		/* The socket does not block, for the one of the MTA must not. */
		poll(&waiting, 1, -1);
		fd = accept4(control->fd, NULL, NULL, SOCK_CLOEXEC);
		if (fd >= 0 && g_thread_pool_unprocessed(pool) < WAITING)
			g_thread_pool_push(pool, GINT_TO_POINTER(fd), NULL);
		else if (fd >= 0)
			close(fd);
		else if (errno != EINTR && errno != ECONNABORTED && errno != EAGAIN)
			g_usleep(G_USEC_PER_SEC); /* no file is free: not at once again */
	}

	return NULL;
}

bool
control_start(const Listener *listener, ControlAssessor *assessor)
{
	Control *control = g_new0(Control, 1);
	pthread_t thread;

	control->fd = listener_fd(listener);
	control->assessor = assessor;
	if (pthread_create(&thread, NULL, serve, control) != 0) {
		g_free(control);
		return false;
	}
	pthread_detach(thread);

	return true;
}
