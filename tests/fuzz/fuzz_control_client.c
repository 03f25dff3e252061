/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_control_client.c - are the lines of a client the requests that it is served?
 *
 * The input is all that the client sends before it hangs up.
 */

#include "config.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"
#include "milter/control-client.h"

/* So much fits into the socket at once. */
#define MAX_BYTES 32768

/* The client reads its answers: one that does not is waited for. */
static void
drain(int end)
{
	char answers[4096];

	while (recv(end, answers, sizeof answers, MSG_DONTWAIT) > 0)
		;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ControlTurns turns = { 0 };
	ControlClient *client;
	const char *request, *at = (const char *)data, *end = at + size;
	int ends[2];

	if (size > MAX_BYTES || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
		return 0;
	control_client_init_turns(&turns);
	client = control_client_new(ends[0]);
	g_assert_nonnull(client);
	g_assert_true(write(ends[1], data, size) == (ssize_t)size);
	g_assert_true(shutdown(ends[1], SHUT_WR) == 0);
	/* Each line in its order, until one is refused. */
	while ((request = control_client_request(client, &turns)) != NULL) {
		size_t length = strlen(request);

		g_assert_true(at + length < end && at[length] == '\n');
		g_assert_true(memcmp(at, request, length) == 0);
		at += length + 1;
		control_client_tell(client, "{}");
		if (!control_client_end_answer(client))
			break;
		drain(ends[1]);
	}
	g_assert_cmpuint(turns.now, ==, turns.next);
	control_client_free(client);
	close(ends[1]);

	return 0;
}
