/* SPDX-License-Identifier: BSD-2-Clause */
/* metrics.c - what a monitor asks for, in Prometheus' text format */

#include "config.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "milter/metrics.h"

/* Where accept() fails for want of files or memory, how long until the next try. */
#define PAUSE_MICROSECONDS (1000 * 1000)

typedef struct {
	const Listener *listener;
	MetricsSource *source;
} Server;

static void
add_head(GString *text, const char *name, const char *type, const char *help)
{
	g_string_append_printf(text,
			       "# HELP invite_milter_%s %s\n# TYPE invite_milter_%s %s\n",
			       name, help, name, type);
}

static void
add_number(GString *text, const char *name, const char *type, const char *help,
	   size_t value)
{
	add_head(text, name, type, help);
	g_string_append_printf(text, "invite_milter_%s %zu\n", name, value);
}

/* One line for each value of a label that the program knows. */
static void
add_labelled(GString *text, const char *name, const char *help, const char *label,
	     const char *const *values, atomic_size_t *counts, size_t count)
{
	add_head(text, name, "counter", help);
	for (size_t i = 0; i < count; i++)
		if (values[i] != NULL)
			g_string_append_printf(text, "invite_milter_%s{%s=\"%s\"} %zu\n",
					       name, label, values[i],
					       atomic_load(&counts[i]));
}

static void
add_judged(void *data, const char *labels, size_t count)
{
	g_string_append_printf(data, "invite_milter_judged_total{%s} %zu\n", labels,
			       count);
}

static void
add_histogram(GString *text, Tally *tally)
{
	static const char name[] = "invite_milter_judging_seconds";
	size_t below = 0;

	add_head(text, "judging_seconds", "histogram",
		 "Time from the end of an invitation to our answer.");
	for (size_t i = 0; i < TALLY_BUCKETS; i++) {
		below += atomic_load(&tally->buckets[i]);
		g_string_append_printf(text, "%s_bucket{le=\"%s\"} %zu\n", name,
				       tally_bucket_name(i), below);
	}
	g_string_append_printf(text, "%s_sum %.6f\n%s_count %zu\n", name,
			       (double)atomic_load(&tally->microseconds) / 1e6, name,
			       below);
}

size_t
metrics_memory(void)
{
	g_autofree char *text = NULL;
	size_t pages = 0;

	if (g_file_get_contents("/proc/self/statm", &text, NULL, NULL))
		sscanf(text, "%*u %zu", &pages);

	return pages * sysconf(_SC_PAGESIZE);
}

char *
metrics_text(Tally *tally, const MetricsState *state)
{
	GString *text = g_string_new(NULL);

	add_head(text, "build_info", "gauge", "The version that runs.");
	g_string_append(text,
			"invite_milter_build_info{version=\"" PACKAGE_VERSION "\"} 1\n");
	add_number(text, "start_time_seconds", "gauge", "When it started.",
		   state->started);
	add_number(text, "settings_time_seconds", "gauge",
		   "When the settings in use were read.", state->configured);
	add_number(text, "resident_memory_bytes", "gauge", "Resident memory.",
		   metrics_memory());
	add_head(text, "connections", "gauge", "Connections of the MTA.");
	g_string_append_printf(text,
			       "invite_milter_connections{state=\"busy\"} %zu\n"
			       "invite_milter_connections{state=\"idle\"} %zu\n",
			       state->busy, state->idle);
	add_number(text, "mails_total", "counter", "Mails that the MTA began.",
		   atomic_load(&tally->mails));
	add_labelled(text, "decision_total",
		     "Mails by what the end of their header decided.", "decision",
		     tally_decisions, tally->decisions, TALLY_DECISIONS);
	add_head(text, "judged_total", "counter",
		 "Mails of networks by what was found; verdict none: no invitation.");
	tally_each_judged(tally, add_judged, text);
	add_histogram(text, tally);
	add_labelled(text, "beyond_limit_total", "Mails that met a limit of all mails.",
		     "limit", tally_limits, tally->beyond, SESSION_BEYOND_LAST);
	add_number(text, "troubles_total", "counter", "Troubles of ours, each logged.",
		   atomic_load(&tally->troubles));
	add_number(text, "store_troubles_total", "counter",
		   "Times that the store could not be asked or written.",
		   atomic_load(&tally->store_troubles));
	add_number(text, "log_lines_dropped_total", "counter",
		   "Log lines that nobody read in time.", log_dropped());

	return g_string_free(text, FALSE);
}

/* Is the request whole?  A client that closes its side has said all it will. */
static bool
read_request(int fd, GString *request)
{
	gint64 end = g_get_monotonic_time() + METRICS_SECONDS * G_USEC_PER_SEC;

	while (strstr(request->str, "\r\n\r\n") == NULL &&
	       strstr(request->str, "\n\n") == NULL) {
		struct pollfd wait = { .fd = fd, .events = POLLIN };
		gint64 left = end - g_get_monotonic_time();
		char bytes[512];
		ssize_t length;

		if (left <= 0 || request->len > METRICS_MAX_REQUEST ||
		    poll(&wait, 1, left / 1000 + 1) <= 0)
			return false;
		length = recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT);
		if (length <= 0 || memchr(bytes, '\0', length) != NULL)
			return false;
		g_string_append_len(request, bytes, length);
	}

	return true;
}

static void
write_all(int fd, const char *bytes, size_t length)
{
	gint64 end = g_get_monotonic_time() + METRICS_SECONDS * G_USEC_PER_SEC;

	while (length > 0) {
		struct pollfd wait = { .fd = fd, .events = POLLOUT };
		gint64 left = end - g_get_monotonic_time();
		ssize_t written;

		if (left <= 0 || poll(&wait, 1, left / 1000 + 1) <= 0)
			return;
		written = send(fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (written < 0 && errno != EAGAIN && errno != EINTR)
			return;
		bytes += written > 0 ? written : 0;
		length -= written > 0 ? written : 0;
	}
}

static void
answer(int fd, MetricsSource *source)
{
	g_autoptr(GString) request = g_string_new(NULL);
	g_autofree char *body = NULL;
	g_autofree char *whole = NULL;
	const char *status = "200 OK";

	if (!read_request(fd, request))
		return;
	if (!g_str_has_prefix(request->str, "GET "))
		status = "405 Method Not Allowed";
	else if (!g_str_has_prefix(request->str, "GET /metrics ") &&
		 !g_str_has_prefix(request->str, "GET /metrics?"))
		status = "404 Not Found";
	else
		body = source();
	if (body == NULL)
		body = g_strdup("The metrics are at /metrics, to GET.\n");
	whole =
	    g_strdup_printf("HTTP/1.1 %s\r\n"
			    "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
			    "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
			    status, strlen(body), body);
	write_all(fd, whole, strlen(whole));
}

static void *
serve(void *data)
{
	Server *server = data;

	for (;;) {
		struct pollfd waiting = { .fd = listener_fd(server->listener),
					  .events = POLLIN };
		int fd;

		poll(&waiting, 1, -1);
		fd = accept4(waiting.fd, NULL, NULL, SOCK_CLOEXEC);
		if (fd < 0) {
			if (errno != EINTR && errno != ECONNABORTED && errno != EAGAIN)
				g_usleep(PAUSE_MICROSECONDS);
			continue;
		}
		answer(fd, server->source);
		close(fd);
	}

	return NULL;
}

bool
metrics_start(const Listener *listener, MetricsSource *source)
{
	Server *server = g_new0(Server, 1);
	pthread_t thread;

	*server = (Server){ .listener = listener, .source = source };
	if (pthread_create(&thread, NULL, serve, server) != 0) {
		g_free(server);
		return false;
	}
	pthread_detach(thread);

	return true;
}

bool
metrics_write(const char *path, MetricsSource *source, GError **error)
{
	g_autofree char *text = path[0] != '\0' ? source() : NULL;
	g_autofree char *other = g_strconcat(path, ".new", NULL);
	int code;

	/*
	 * A collector must never read half a file: node_exporter's reads what ends in
	 * ".prom", and a rename puts the whole file there.  What is lost in a crash of
	 * the machine is written again a minute later, so there is no fsync(), for which
	 * the thread that takes signals and answers the watchdog would wait.
	 */
	if (text == NULL)
		return true;
	if (!g_file_set_contents_full(other, text, -1, G_FILE_SET_CONTENTS_NONE, 0644,
				      error))
		return false;
	if (rename(other, path) == 0)
		return true;
	code = errno;
	unlink(other);
	g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(code), "%s: %s", path,
		    g_strerror(code));

	return false;
}
