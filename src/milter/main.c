/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * main.c - starts the daemon, steers it by signals and ends it
 *
 * Design rationale: libmilter stops at the first SIGHUP, cannot be started
 * again in the same process, and forgets the mails in flight when it stops.
 * So smfi_main() runs in a second thread and never sees a signal; the main
 * thread takes all of them, reloads at HUP, and at TERM waits until the mails
 * in flight are through before it ends the process.
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "base/settings.h"
#include "judge/assess.h"
#include "mail/message.h"
#include "milter/header-checks.h"
#include "milter/control.h"
#include "milter/listener.h"
#include "milter/milter.h"
#include "people/expire.h"

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

#define PROGRAM "invite-milter"

/*
 * Sessions come and go on many threads: few arenas, large blocks of their own
 * and an early trim give a mail's memory back when it is over.
 */
#define MALLOC_ARENAS      4
#define MALLOC_MMAP_BYTES  (256 * 1024)
#define MALLOC_SPARE_BYTES (1024 * 1024)

/* How a stop waits; in microseconds. */
#define STOP_PAUSE (20 * 1000)          /* between two looks */
#define STOP_QUIET (200 * 1000)         /* nothing to do for so long: done */
#define STOP_DOOR  (2 * G_USEC_PER_SEC) /* newcomers are served until then */
#define STOP_FRESH                                                                       \
	(5 * G_USEC_PER_SEC) /* and those that wait to be accepted get so long to begin */
#define STOP_LIMIT (60 * G_USEC_PER_SEC) /* and then no mail is waited for */

typedef struct {
	char *file;         /* as named by -c, absolute; NULL: the default file, if any */
	const char *socket; /* -s, or NULL */
	bool is_foreground;
	bool is_check;
} Options;

/* For the one process there is; none is given back before its end. */
static struct {
	Options options;
	Listener *listener;
	Listener *control; /* NULL: users cannot ask */
} self;

static const char help_text[] =
    "usage: " PROGRAM " [-f] [-c FILE] [-s SOCKET]\n"
    "       " PROGRAM " -n [-c FILE] [-s SOCKET]\n"
    "\n"
    "  -c, --config FILE    settings (" SETTINGS_FILE ")\n"
    "  -f, --foreground     stay in the foreground and log to standard error too\n"
    "  -n, --check          read settings and data, say what is wrong, and end\n"
    "  -s, --socket SOCKET  unix:PATH, inet:PORT@HOST or inet6:PORT@HOST\n"
    "  -V, --version        print the version and end\n"
    "  -h, --help           print this and end\n"
    "\n"
    "HUP reads the settings again, TERM ends when the mails in flight are through.\n";

int sigwait(const sigset_t *restrict set, int *restrict signal_out)
    __attribute__((visibility("default"), used));

/*
 * libmilter has a thread that waits for HUP, TERM and INT and stops at each.
 * The kernel may hand it any signal that comes while the main thread is busy
 * with another, so that thread gets our sigwait(), which waits for ever; the
 * main thread uses sigwaitinfo().
 */
int
sigwait(const sigset_t *restrict set, int *restrict signal_out)
{
	(void)set;
	(void)signal_out;
	for (;;)
		pause();
}

static const char *
settings_file(const Options *options)
{
	return options->file != NULL ? options->file : SETTINGS_FILE;
}

static ListenerPlace
place_of(const Options *options, const Settings *settings)
{
	ListenerPlace place = {
		.address = settings_text(settings, SETTING_SOCKET),
		.mode = settings_text(settings, SETTING_SOCKET_MODE),
		.owner = settings_text(settings, SETTING_SOCKET_OWNER),
		.group = settings_text(settings, SETTING_SOCKET_GROUP),
	};

	if (options->socket != NULL)
		place.address = options->socket;

	return place;
}

/* systemd's journal hears standard error and the system log; once is enough. */
static const char *
both_targets(void)
{
	return g_getenv("JOURNAL_STREAM") != NULL ? "stderr" : "both";
}

static void
open_log(const Options *options, const Settings *settings)
{
	const char *target = settings_text(settings, SETTING_LOG_TARGET);

	if (options->is_foreground && strcmp(target, "syslog") == 0)
		target = both_targets();
	log_open(PROGRAM, target, settings_text(settings, SETTING_LOG_LEVEL));
}

/* One datagram, sd_notify(3). */
static void
notify(const char *text)
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

/* Data files may have several mistakes, and each has a line. */
static char **
lines_of(const GError *error)
{
	return g_strsplit(error->message, "\n", -1);
}

static void
log_mistakes(const char *before, const GError *error)
{
	g_auto(GStrv) lines = lines_of(error);

	for (char **line = lines; *line != NULL; line++)
		log_error("%s%s", before, *line);
}

static void
print_mistakes(const GError *error)
{
	g_auto(GStrv) lines = lines_of(error);

	for (char **line = lines; *line != NULL; line++)
		fprintf(stderr, PROGRAM ": %s\n", *line);
}

static int
check(const Options *options)
{
	const char *file = settings_file(options);
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessor) assessor = assessor_open(file, STORE_READ, &error);
	ListenerPlace place;
	const char *postfix;

	if (assessor == NULL) {
		print_mistakes(error);
		return EX_CONFIG;
	}
	place = place_of(options, assessor_settings(assessor));
	if (!listener_check(&place, &error) ||
	    !store_check(assessor_store(assessor), &error)) {
		fprintf(stderr, PROGRAM ": %s: %s\n", file, error->message);
		return EX_CONFIG;
	}
	printf("%s: ok%s\n", file,
	       access(file, F_OK) == 0 ? "" : " (missing: all defaults)");
	postfix = getenv("MAIL_CONFIG") != NULL ? getenv("MAIL_CONFIG") : "/etc/postfix";
	if (header_checks_find(postfix) == HEADER_CHECKS_MISSING)
		printf("%s/main.cf: header_checks does not delete our fields, so that "
		       "senders' own are believed while the daemon is down; see "
		       "\"ATTACHING TO POSTFIX\" in invite-milter(8)\n",
		       postfix);

	return EX_OK;
}

/*
 * In the child: -1, with the pipe to its parent.  In the parent: the status
 * to exit with, once the child serves or has failed to.
 */
static int
become_daemon(int *ready_out)
{
	unsigned char status = EX_OSERR;
	int ends[2], nowhere, raw;
	pid_t child;

	if (pipe2(ends, O_CLOEXEC) != 0 || (child = fork()) < 0) {
		fprintf(stderr, PROGRAM ": cannot go to the background: %s\n",
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

/* Tell whoever started us.  Standard error goes, unless it is the log. */
static void
say_ready(int ready, const Settings *settings)
{
	unsigned char status = EX_OK;
	ssize_t written;

	notify("READY=1");
	if (ready < 0)
		return;

	if (strcmp(settings_text(settings, SETTING_LOG_TARGET), "stderr") != 0)
		dup2(STDOUT_FILENO, STDERR_FILENO);
	written = write(ready, &status, 1);
	(void)written;
	close(ready);
}

static void
set_limits(void)
{
	struct rlimit files;

#ifdef M_ARENA_MAX
	mallopt(M_ARENA_MAX, MALLOC_ARENAS);
	mallopt(M_MMAP_THRESHOLD, MALLOC_MMAP_BYTES);
	mallopt(M_TRIM_THRESHOLD, MALLOC_SPARE_BYTES);
#endif
	/* A connection is a file; without a free one libmilter's accept loop spins. */
	if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

static sigset_t
our_signals(void)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGHUP);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGUSR2);

	return signals;
}

static void
block_signals(void)
{
	sigset_t signals = our_signals();

	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static void *
run_milter(void *unused)
{
	(void)unused;
	milter_run();
	log_error("libmilter gave up by itself; it says why in the system log");
	exit(EX_SOFTWARE);
}

static int
start_milter(const Options *options, const Settings *settings)
{
	ListenerPlace place = place_of(options, settings);
	g_autoptr(GError) error = NULL;
	pthread_t thread;
	int polled;

	self.listener = listener_inherited(&error);
	if (self.listener == NULL && error == NULL)
		self.listener = listener_open(&place, &error);
	if (self.listener == NULL ||
	    !milter_listen(listener_fd(self.listener), &polled, &error)) {
		log_error("%s", error->message);
		g_clear_pointer(&self.listener, listener_free);
		return EX_UNAVAILABLE;
	}
	listener_set_polled(self.listener, polled);
	if (pthread_create(&thread, NULL, run_milter, NULL) != 0) {
		log_error("cannot start a thread");
		g_clear_pointer(&self.listener, listener_free);
		return EX_OSERR;
	}
	pthread_detach(thread);

	return EX_OK;
}

/* Users' questions can wait until the next start; mail cannot. */
static void
start_control(const Settings *settings)
{
	ListenerPlace place = {
		.address = settings_text(settings, SETTING_CONTROL),
		.mode = "0666",
		.owner = "",
		.group = "",
	};
	g_autoptr(GError) error = NULL;

	if (place.address[0] == '\0')
		return;
	self.control = listener_open(&place, &error);
	if (self.control == NULL)
		log_error("no control socket, so users cannot ask: %s", error->message);
	else if (!control_start(self.control, milter_assessor))
		log_error("no thread for the control socket, so users cannot ask");
}

/* A store that cannot be used costs the relation, not the mail. */
static void
open_store(const Assessor *assessor)
{
	g_autoptr(GError) error = NULL;

	if (!store_open(assessor_store(assessor), &error))
		log_error("nobody is known: the store: %s", error->message);
}

static void *
expire(void *data)
{
	g_autoptr(Assessor) assessor = data;
	const Settings *settings = assessor_settings(assessor);
	g_autoptr(Store) store =
	    store_new(settings_text(settings, SETTING_PEOPLE_STORE), STORE_WORK);
	g_autoptr(GError) error = NULL;

	/* One that cannot be opened was told of when it was tried first. */
	if (store_open(assessor_store(assessor), NULL) &&
	    !expire_store(store, settings, g_get_real_time() / G_USEC_PER_SEC, &error))
		log_error("nobody is forgotten: the store: %s", error->message);

	return NULL;
}

/* Forget who is to be forgotten, beside all else. */
static void
start_expire(void)
{
	Assessor *assessor = milter_assessor();
	pthread_t thread;

	if (pthread_create(&thread, NULL, expire, assessor) == 0)
		pthread_detach(thread);
	else
		assessor_unref(assessor);
}

static void
reload(const Options *options)
{
	g_autofree char *begin = g_strdup_printf(
	    "RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT, g_get_monotonic_time());
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessor) assessor = NULL;
	ListenerPlace place;

	notify(begin);
	assessor = assessor_open(settings_file(options), STORE_SERVE, &error);
	if (assessor == NULL) {
		log_mistakes("reload refused, the old settings stay: ", error);
	} else {
		open_store(assessor);
		milter_use(assessor);
		start_expire();
		open_log(options, assessor_settings(assessor));
		place = place_of(options, assessor_settings(assessor));
		log_info("settings read again");
		if (!listener_is_inherited(self.listener) &&
		    strcmp(place.address, listener_name(self.listener)) != 0)
			log_info("the socket stays %s until the next start",
				 listener_name(self.listener));
	}
	notify("READY=1");
}

/*
 * An MTA connects as soon as its client does; one who says nothing is not
 * waited for.
 */
static size_t
waited_for(gint64 since)
{
	return milter_busy() + (since < STOP_FRESH ? milter_fresh() : 0);
}

/* Wait for the mails in flight and for connections that wait to be accepted. */
static void
drain(void)
{
	const struct timespec pause_time = { .tv_nsec = STOP_PAUSE * 1000L };
	gint64 start = g_get_monotonic_time(), now = start, busy_at = start;
	bool is_closed =
	    listener_is_inherited(self.listener) && listener_close_door(self.listener);
	sigset_t ends;

	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);

	while (now - busy_at < STOP_QUIET) {
		if (now - start > STOP_LIMIT ||
		    sigtimedwait(&ends, NULL, &pause_time) > 0) {
			log_error("stopping with %zu connections busy", milter_busy());
			break;
		}
		now = g_get_monotonic_time();
		if (!is_closed &&
		    (waited_for(now - start) == 0 || now - start > STOP_DOOR))
			is_closed = listener_close_door(self.listener);
		if (!is_closed || waited_for(now - start) > 0 ||
		    listener_has_waiting(self.listener))
			busy_at = now;
	}
	listener_close_door(self.listener);
	if (self.control != NULL)
		listener_close_door(self.control);
}

/*
 * smfi_stop() is left out: it waits up to five seconds for libmilter's accept
 * loop, whose threads all sleep by now and end with the process.
 */
static int
stop(void)
{
	notify("STOPPING=1");
	log_info("stopping, %zu connections busy", milter_busy());
	drain();
	log_info("stopped");
	/* Where threads still work, nothing they use may be torn down. */
	if (milter_busy() > 0)
		_exit(EX_OK);

	return EX_OK;
}

static int
serve(const Options *options)
{
	sigset_t signals = our_signals();
	const struct timespec day = { .tv_sec = 24 * 3600 };

	start_expire();
	for (;;) {
		g_autofree char *counters = NULL;

		switch (sigtimedwait(&signals, NULL, &day)) {
		case -1:
			if (errno == EAGAIN)
				start_expire();
			break;
		case SIGHUP:
			reload(options);
			break;
		case SIGUSR2:
			counters = milter_counters();
			log_info("%s", counters);
			break;
		case SIGTERM:
		case SIGINT:
			return stop();
		}
	}
}

static int
run(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessor) assessor = NULL;
	int ready = -1, status;

	block_signals();
	status = options->is_foreground ? -1 : become_daemon(&ready);
	if (status >= 0)
		return status;

	set_limits();
	log_open(PROGRAM, both_targets(), "info");
	assessor = assessor_open(settings_file(options), STORE_SERVE, &error);
	if (assessor == NULL) {
		log_mistakes("", error);
		return EX_CONFIG;
	}
	open_store(assessor);
	milter_use(assessor);
	status = start_milter(options, assessor_settings(assessor));
	if (status != EX_OK)
		return status;

	start_control(assessor_settings(assessor));
	log_info("version " PACKAGE_VERSION " serves %s", listener_name(self.listener));
	open_log(options, assessor_settings(assessor));
	say_ready(ready, assessor_settings(assessor));
	g_clear_pointer(&assessor, assessor_unref);

	return serve(options);
}

/* False at bad usage and at what was answered at once, with the status to exit with. */
static bool
read_options(int argc, char **argv, Options *options_out, int *status_out)
{
	static const struct option names[] = {
		{ "check", no_argument, NULL, 'n' },
		{ "config", required_argument, NULL, 'c' },
		{ "foreground", no_argument, NULL, 'f' },
		{ "help", no_argument, NULL, 'h' },
		{ "socket", required_argument, NULL, 's' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int letter;

	while ((letter = getopt_long(argc, argv, "c:fhns:V", names, NULL)) != -1) {
		switch (letter) {
		case 'c':
			/* The daemon leaves this folder, and reads the file again. */
			g_free(options_out->file);
			options_out->file = g_canonicalize_filename(optarg, NULL);
			break;
		case 'f':
			options_out->is_foreground = true;
			break;
		case 'n':
			options_out->is_check = true;
			break;
		case 's':
			options_out->socket = optarg;
			break;
		case 'h':
		case 'V':
			*status_out = EX_OK;
			printf("%s", letter == 'h' ? help_text
						   : PROGRAM " " PACKAGE_VERSION "\n");
			return false;
		default:
			*status_out = EX_USAGE;
			fprintf(stderr, "%s", help_text);
			return false;
		}
	}
	if (optind == argc)
		return true;

	*status_out = EX_USAGE;
	fprintf(stderr, PROGRAM ": what is \"%s\"?\n%s", argv[optind], help_text);
	return false;
}

int
main(int argc, char **argv)
{
	int status;

	if (!read_options(argc, argv, &self.options, &status))
		return status;

	message_init();

	return self.options.is_check ? check(&self.options) : run(&self.options);
}
