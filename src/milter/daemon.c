/* SPDX-License-Identifier: BSD-2-Clause */
/* daemon.c - the process in the background, and what its supervisor is told */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>
#include <glib.h>

#include "base/terminal.h"
#include "milter/arguments.h"
#include "milter/daemon.h"

/*
 * Sessions come and go on many threads: few arenas, large blocks of their own
 * and an early trim give a mail's memory back when it is over.
 */
#define MALLOC_ARENAS      2
#define MALLOC_MMAP_BYTES  (256 * 1024)
#define MALLOC_SPARE_BYTES (1024 * 1024)

void
daemon_notify(const char *text)
{
	const char *path = g_getenv("NOTIFY_SOCKET");
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	size_t length = path != NULL ? strlen(path) : 0;
	int fd;

	if (length < 2 || length >= sizeof(address.sun_path))
		return;

	memcpy(address.sun_path, path, length);
	if (path[0] == '@')
		address.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;

	sendto(fd, text, strlen(text), MSG_NOSIGNAL, (struct sockaddr *)&address,
	       offsetof(struct sockaddr_un, sun_path) + length);
	close(fd);
}

gint64
daemon_watchdog(void)
{
	const char *interval = g_getenv("WATCHDOG_USEC"), *pid = g_getenv("WATCHDOG_PID");
	guint64 number;

	if (interval == NULL ||
	    (pid != NULL && g_ascii_strtoll(pid, NULL, 10) != (gint64)getpid()) ||
	    !g_ascii_string_to_unsigned(interval, 10, 1, G_MAXINT64, &number, NULL))
		return G_MAXINT64;

	return number;
}

int
daemon_start(int *ready_out)
{
	unsigned char status = EX_OSERR;
	int ends[2], nowhere, raw;
	pid_t child;

	if (pipe2(ends, O_CLOEXEC) != 0 || (child = fork()) < 0) {
		terminal_print(stderr,
			       ARGUMENTS_PROGRAM ": cannot go to the background: %s",
			       g_strerror(errno));
		return EX_OSERR;
	}
	if (child > 0) {
		close(ends[1]);
		if (read(ends[0], &status, 1) != 1 && waitpid(child, &raw, 0) == child)
			status = WIFEXITED(raw) ? WEXITSTATUS(raw) : EX_SOFTWARE;
		return status;
	}

	close(ends[0]);
	setsid();
	nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (chdir("/") != 0 || dup2(nowhere, STDIN_FILENO) < 0 ||
	    dup2(nowhere, STDOUT_FILENO) < 0)
		exit(EX_OSERR);
	close(nowhere);
	*ready_out = ends[1];

	return -1;
}

void
daemon_ready(int ready, bool keeps_stderr)
{
	unsigned char status = EX_OK;
	ssize_t written;

	daemon_notify("READY=1");
	if (ready < 0)
		return;

	if (!keeps_stderr)
		dup2(STDOUT_FILENO, STDERR_FILENO);
	written = write(ready, &status, 1);
	(void)written;
	close(ready);
}

void
daemon_set_limits(void)
{
	struct rlimit files;

#ifdef M_ARENA_MAX
	mallopt(M_ARENA_MAX, MALLOC_ARENAS);
	mallopt(M_MMAP_THRESHOLD, MALLOC_MMAP_BYTES);
	mallopt(M_TRIM_THRESHOLD, MALLOC_SPARE_BYTES);
#endif
	/* A connection is a file; without a free one new connections wait. */
	if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

void
daemon_trim(void)
{
#ifdef M_ARENA_MAX
	malloc_trim(0);
#endif
}

size_t
daemon_files(void)
{
	struct rlimit files;

	return getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur != RLIM_INFINITY
		   ? (size_t)files.rlim_cur
		   : SIZE_MAX;
}

/* Only what a signal handler may call; the default action follows. */
static void
explain_bus_error(int signal_number)
{
	static const char text[] =
	    ARGUMENTS_PROGRAM ": ended by SIGBUS: a file in use was cut off, such as the "
			      "-shm of [people] store; no program may write to it\n";
	ssize_t written = write(STDERR_FILENO, text, sizeof(text) - 1);

	(void)written;
	raise(signal_number);
}

void
daemon_explain_bus_error(void)
{
	struct sigaction action = { .sa_handler = explain_bus_error,
				    .sa_flags = (int)SA_RESETHAND };

	sigemptyset(&action.sa_mask);
	sigaction(SIGBUS, &action, NULL);
}
