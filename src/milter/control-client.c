/* SPDX-License-Identifier: BSD-2-Clause */
/* control-client.c - one connection to the control socket */

#include "config.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/json-bound.h"
#include "judge/requests.h"
#include "milter/control-client.h"

/* A client that neither speaks nor listens for so long is let go; seconds. */
#define PATIENCE 10

/* So is one that takes so long to read an answer, however many people are in it. */
#define ANSWER_PATIENCE 60

/*
 * A longer request is a large one.  The daemon reads and answers one of them at a
 * time; its client must have sent it within so many seconds of its turn.
 */
#define LARGE_BYTES    (256 * 1024)
#define LARGE_PATIENCE 2

#define CHUNK (64 * 1024)

ControlClient *
control_client_new(int fd)
{
	const struct timeval patience = { .tv_sec = PATIENCE };
	struct ucred peer;
	socklen_t length = sizeof(peer);
	ControlClient *client;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) {
		close(fd);
		return NULL;
	}
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	client = g_new0(ControlClient, 1);
	client->fd = fd;
	client->user = peer.uid;
	client->is_own = peer.uid == 0 || peer.uid == geteuid();
	client->input = g_string_new(NULL);

	return client;
}

static bool
send_all(const ControlClient *client, const char *bytes, size_t length)
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

bool
control_client_tell(void *context, const char *line)
{
	const ControlClient *client = context;

	return send_all(client, line, strlen(line)) && send_all(client, "\n", 1);
}

void
control_client_init_turns(ControlTurns *turns)
{
	pthread_mutex_init(&turns->lock, NULL);
	pthread_cond_init(&turns->moved, NULL);
}

/* Wait for the turn of a large request, in the order in which they came. */
static void
take_turn(ControlClient *client, ControlTurns *turns)
{
	size_t number;

	pthread_mutex_lock(&turns->lock);
	number = turns->next++;
	while (turns->now != number)
		pthread_cond_wait(&turns->moved, &turns->lock);
	pthread_mutex_unlock(&turns->lock);
	client->turns = turns;
}

/* Its memory is given back before the next one's turn. */
static void
end_turn(ControlClient *client)
{
	ControlTurns *turns = g_steal_pointer(&client->turns);
	GString *rest;

	if (turns == NULL)
		return;
	rest = g_string_new_len(client->input->str, (gssize)client->input->len);
	g_string_free(client->input, TRUE);
	client->input = rest;
	pthread_mutex_lock(&turns->lock);
	turns->now++;
	pthread_cond_broadcast(&turns->moved);
	pthread_mutex_unlock(&turns->lock);
}

void
control_client_free(ControlClient *client)
{
	end_turn(client);
	close(client->fd);
	g_string_free(client->input, TRUE);
	g_free(client);
}

/* Bytes that came, added to the input; false where none came in time. */
static bool
receive(ControlClient *client, gint64 until)
{
	struct pollfd waiting = { .fd = client->fd, .events = POLLIN };
	gint64 left = (until - g_get_monotonic_time()) / G_TIME_SPAN_MILLISECOND;
	size_t length = client->input->len;
	ssize_t got;

	if (left <= 0 || poll(&waiting, 1, (int)left) <= 0)
		return false;
	g_string_set_size(client->input, length + CHUNK);
	got = recv(client->fd, client->input->str + length, CHUNK, MSG_DONTWAIT);
	g_string_truncate(client->input, length + (got > 0 ? (size_t)got : 0));

	return got > 0;
}

/* Text without characters that JSON escapes; flags: as of send(). */
static void
send_error(const ControlClient *client, const char *text, int flags)
{
	g_autofree char *line = g_strdup_printf("{\"error\":\"%s\"}\n", text);

	send(client->fd, line, strlen(line), MSG_NOSIGNAL | flags);
}

void
control_client_refuse(const ControlClient *client, const char *why)
{
	send_error(client, why, MSG_DONTWAIT);
}

/*
 * The length of the next line, which begins the input; 0 where none came in time,
 * or what came was refused.  A line that passes the bound (json-bound.h) is no
 * longer kept; it is read to its end and answered by why.
 */
static size_t
read_line(ControlClient *client, ControlTurns *turns)
{
	gint64 until = g_get_monotonic_time() + PATIENCE * G_USEC_PER_SEC;
	JsonBoundResult result = JSON_BOUND_KEPT;
	size_t seen = 0, dropped = 0;
	bool is_whole = false;
	JsonBound bound;

	json_bound_init(&bound, &requests_limits);
	while (!is_whole && seen + dropped <= REQUESTS_MAX_LENGTH) {
		GString *input = client->input;
		const char *end;
		size_t length;

		if (seen == input->len && !receive(client, until))
			return 0;
		end = memchr(input->str + seen, '\n', input->len - seen);
		is_whole = end != NULL;
		length = is_whole ? (size_t)(end - input->str) : input->len;
		/* What stands behind a NUL would be another request. */
		if (memchr(input->str + seen, '\0', length - seen) != NULL)
			return 0;
		result = json_bound_add(&bound, input->str + seen, length - seen);
		seen = length;
		if (result != JSON_BOUND_KEPT) {
			dropped += seen;
			seen = 0;
			g_string_truncate(input, 0);
		} else if (!is_whole && seen > LARGE_BYTES && client->turns == NULL) {
			take_turn(client, turns);
			until = g_get_monotonic_time() + LARGE_PATIENCE * G_USEC_PER_SEC;
		}
	}
	if (result == JSON_BOUND_KEPT && is_whole)
		return seen + 1;
	if (result == JSON_BOUND_KEPT)
		result = JSON_BOUND_BYTES;
	send_error(client, json_bound_text(result), 0);

	return 0;
}

const char *
control_client_request(ControlClient *client, ControlTurns *turns)
{
	g_string_erase(client->input, 0, (gssize)client->length);
	end_turn(client);
	client->length = read_line(client, turns);
	if (client->length == 0)
		return NULL;
	client->input->str[client->length - 1] = '\0';
	client->until = g_get_monotonic_time() + ANSWER_PATIENCE * G_USEC_PER_SEC;

	return client->input->str;
}
