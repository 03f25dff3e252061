/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_milter_client.c - can what listens where a milter should break us or keep us?
 *
 * The input is all that it answers before it hangs up.
 */

#include "config.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "ctl/milter-client.h"
#include "fuzz.h"

#define MAX_BYTES 32768

#define MAIL "From: a@example.org\nSubject: x\n\nx\n"

typedef struct {
	int listener;
	const uint8_t *data; /* borrowed */
	size_t size;
} Milter;

/* It answers before it is asked, and reads until we are gone. */
static gpointer
serve(gpointer data)
{
	const Milter *milter = data;
	int fd = accept(milter->listener, NULL, NULL);
	char bytes[4096];

	if (fd < 0)
		return NULL;
	g_assert_true(send(fd, milter->data, milter->size, MSG_NOSIGNAL) <=
		      (ssize_t)milter->size);
	shutdown(fd, SHUT_WR);
	while (read(fd, bytes, sizeof(bytes)) > 0)
		;
	close(fd);

	return NULL;
}

static int
listen_at(const char *path)
{
	struct sockaddr_un place = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_strlcpy(place.sun_path, path, sizeof(place.sun_path));
	if (bind(fd, (struct sockaddr *)&place, sizeof(place)) != 0 || listen(fd, 1) != 0)
		g_error("%s: no socket", path);

	return fd;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int listener = -1;
	const char *path = fuzz_file("milter");
	g_autofree char *name = g_strconcat("unix:", path, NULL), *value = NULL;
	g_autoptr(GError) error = NULL;
	Milter milter;
	GThread *thread;
	bool is_asked;

	if (size > MAX_BYTES)
		return 0;
	if (listener < 0)
		listener = listen_at(path);
	milter = (Milter){ listener, data, size };
	thread = g_thread_new("milter", serve, &milter);
	is_asked = milter_client_send(name, MAIL, "b@example.net", "Invite-Verdict",
				      &value, &error);
	g_thread_join(thread);
	g_assert_true(is_asked == (error == NULL));
	g_assert_true(value == NULL || strlen(value) < size);

	return 0;
}
