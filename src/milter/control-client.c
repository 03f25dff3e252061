/* SPDX-License-Identifier: BSD-2-Clause */
/* control-client.c - one connection to the control socket */

#include "config.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/json-bound.h"
#include "requests/requests.h"
#include "milter/control-client.h"

/*
 * A request must come whole within so many seconds, and a client that takes nothing
 * of an answer for so long is let go.
 */
#define PATIENCE 10

/* A client that needs longer to read an answer is let go, too. */
#define ANSWER_PATIENCE 60

/*
 * A client may keep the daemon waiting for so many seconds in all its requests.  An
 * import of ten million has 20,000 of them, with some milliseconds between them.
 */
#define CONNECTION_PATIENCE 600

/*
 * A longer request is a large one.  The daemon reads and answers one of them at a
 * time; its client must have sent it within so many seconds of its turn.
 */
#define LARGE_BYTES    (256 * 1024)
#define LARGE_PATIENCE 2

/* The answer to a large request is kept until its turn is over: LEARN_BATCH words. */
#define LARGE_ANSWER (64 * 1024)

/* Bytes that are taken from a client at a time. */
#define RECEIVED_BYTES (64 * 1024)

ControlClient *
control_client_new(int fd)
{
	struct ucred peer;
	socklen_t length = sizeof(peer);
	ControlClient *client;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) {
		close(fd);
		return NULL;
	}
	client = g_new0(ControlClient, 1);
	client->fd = fd;
	client->user = peer.uid;
	client->is_own = peer.uid == 0 || peer.uid == geteuid();
	client->patience = CONNECTION_PATIENCE * G_USEC_PER_SEC;
	client->input = g_string_new(NULL);
	client->answer = g_string_new(NULL);

	return client;
}

static gint64
in_seconds(int seconds)
{
	return g_get_monotonic_time() + seconds * G_USEC_PER_SEC;
}

/* Wait until the client sent or took something; false where it did not in time. */
static bool
wait_for(ControlClient *client, short events, gint64 until)
{
	struct pollfd waiting = { .fd = client->fd, .events = events };
	gint64 start = g_get_monotonic_time();
	gint64 left = MIN(until - start, client->patience) / G_TIME_SPAN_MILLISECOND;
	bool is_ready = left > 0 && poll(&waiting, 1, (int)left) > 0;

	client->patience -= g_get_monotonic_time() - start;

	return is_ready;
}

/* Once something was not taken, nothing is sent any more. */
static bool
send_all(ControlClient *client, const char *bytes, size_t length)
{
	while (length > 0 && !client->is_lost) {
		ssize_t sent =
		    send(client->fd, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (sent > 0) {
			bytes += sent;
			length -= (size_t)sent;
		} else {
			client->is_lost =
			    errno != EAGAIN ||
			    !wait_for(client, POLLOUT,
				      MIN(client->until, in_seconds(PATIENCE)));
		}
	}

	return !client->is_lost;
}

/* Text without characters that JSON escapes. */
static void
send_error(ControlClient *client, const char *text)
{
	g_autofree char *line = g_strdup_printf("{\"error\":\"%s\"}\n", text);

	send_all(client, line, strlen(line));
}

void
control_client_refuse(ControlClient *client, const char *why)
{
	client->until = 0;
	send_error(client, why);
}

bool
control_client_tell(void *context, const char *line)
{
	ControlClient *client = context;

	if (client->turns == NULL)
		return send_all(client, line, strlen(line)) && send_all(client, "\n", 1);
	if (client->answer->len <= LARGE_ANSWER)
		g_string_append_printf(client->answer, "%s\n", line);

	return client->answer->len <= LARGE_ANSWER;
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
	g_string_free(client->answer, TRUE);
	g_free(client);
}

/* Bytes that came, added to the input; false where none came in time. */
static bool
receive(ControlClient *client, gint64 until)
{
	size_t length = client->input->len;
	ssize_t got;

	if (!wait_for(client, POLLIN, until))
		return false;
	g_string_set_size(client->input, length + RECEIVED_BYTES);
	got = recv(client->fd, client->input->str + length, RECEIVED_BYTES, MSG_DONTWAIT);
	g_string_truncate(client->input, length + (got > 0 ? (size_t)got : 0));

	return got > 0;
}

/*
 * The length of the next line, which begins the input; 0 where none came in time,
 * or what came was refused.  A line that passes the bound (json-bound.h) is no
 * longer kept; it is read to its end and answered by why.
 */
static size_t
read_line(ControlClient *client, ControlTurns *turns)
{
	gint64 until = in_seconds(PATIENCE);
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
		/* A parser that ends at the NUL would not see the rest. */
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
			until = in_seconds(LARGE_PATIENCE);
		}
	}
	if (result == JSON_BOUND_KEPT && is_whole)
		return seen + 1;
	if (result == JSON_BOUND_KEPT)
		result = JSON_BOUND_BYTES;
	g_string_truncate(client->input, 0);
	end_turn(client);
	client->until = in_seconds(PATIENCE);
	send_error(client, json_bound_text(result));

	return 0;
}

const char *
control_client_request(ControlClient *client, ControlTurns *turns)
{
	client->length = read_line(client, turns);
	if (client->length == 0)
		return NULL;
	client->input->str[client->length - 1] = '\0';
	client->until = in_seconds(ANSWER_PATIENCE);

	return client->input->str;
}

bool
control_client_end_answer(ControlClient *client)
{
	g_string_erase(client->input, 0, (gssize)client->length);
	end_turn(client);
	if (client->answer->len > LARGE_ANSWER)
		send_error(client, "the answer is too long for so long a request");
	else
		send_all(client, client->answer->str, client->answer->len);
	g_string_truncate(client->answer, 0);

	return !client->is_lost;
}
