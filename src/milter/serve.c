/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * serve.c - serves the MTA and the users until a signal ends it
 *
 * Design rationale: libmilter stops at the first SIGHUP, cannot be started
 * again in the same process, and forgets the mails in flight when it stops.
 * So smfi_main() runs in a second thread and never sees a signal; the main
 * thread takes all of them, reloads at HUP, and at TERM waits until the mails
 * in flight are through before it ends the process.
 */

#include "config.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "judge/assessor.h"
#include "milter/control.h"
#include "milter/daemon.h"
#include "milter/listener.h"
#include "milter/metrics.h"
#include "milter/milter.h"
#include "milter/serve.h"
#include "milter/user.h"
#include "people/expire.h"

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

/* How a stop waits, in microseconds. */
#define STOP_PAUSE (20 * 1000)  /* between two looks */
#define STOP_QUIET (200 * 1000) /* nothing to do for so long: the stop is done */

/* Open files that are no connections of the MTA: store, clients, sockets, log. */
#define FILES_BESIDE 100

/* So often is forgotten whoever was not seen for too long, microseconds. */
#define EXPIRE_EVERY (G_GINT64_CONSTANT(24) * 3600 * G_USEC_PER_SEC)

/* The sockets, open until the process ends. */
typedef struct {
	Listener *listener;
	Listener *control; /* NULL: users cannot ask */
	Listener *metrics; /* NULL: a monitor cannot ask */
} Serving;

/* systemd's journal hears standard error and the system log; once is enough. */
static const char *
both_targets(void)
{
	return g_getenv("JOURNAL_STREAM") != NULL ? "stderr" : "both";
}

static void
open_log(const Arguments *arguments, const Settings *settings)
{
	const char *target = settings_text(settings, SETTING_LOG_TARGET);

	if (arguments->is_foreground && strcmp(target, "syslog") == 0)
		target = both_targets();
	log_open(ARGUMENTS_PROGRAM, target, settings_text(settings, SETTING_LOG_LEVEL));
}

/* Data files may have several mistakes, and each has a line. */
static void
log_mistakes(const char *before, const GError *error)
{
	g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);

	for (char **line = lines; *line != NULL; line++)
		log_error("%s%s", before, *line);
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
	log_stop_writer();
	exit(EX_SOFTWARE);
}

/*
 * A socket beside the MTA's, or NULL: what users and monitors ask can wait until the
 * next start, and mail cannot.
 */
static Listener *
open_other(const Settings *settings, SettingName name, const char *mode,
	   const char *missing)
{
	ListenerPlace place = {
		.address = settings_text(settings, name),
		.mode = mode,
		.owner = geteuid() == 0 ? settings_text(settings, SETTING_USER) : "",
		.group = "",
	};
	g_autoptr(GError) error = NULL;
	Listener *listener;

	if (place.address[0] == '\0')
		return NULL;
	listener = listener_open(&place, &error);
	if (listener == NULL)
		log_error("%s: %s", missing, error->message);

	return listener;
}

static int
open_sockets(Serving *serving, const Arguments *arguments, const Settings *settings)
{
	ListenerPlace place = arguments_place(arguments, settings);
	g_autoptr(GError) error = NULL;

	serving->listener = listener_inherited(&place, &error);
	if (serving->listener == NULL && error == NULL)
		serving->listener = listener_open(&place, &error);
	if (serving->listener == NULL) {
		log_error("%s", error->message);
		return EX_UNAVAILABLE;
	}
	serving->control = open_other(settings, SETTING_CONTROL, "0666",
				      "no control socket, so users cannot ask");
	/* A monitor is let in by the folder's group. */
	serving->metrics =
	    open_other(settings, SETTING_METRICS_LISTEN, "0660", "no metrics");

	return EX_OK;
}

/* Open the sockets, and become the user who serves them. */
static int
take_sockets(Serving *serving, const Arguments *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings =
	    settings_new(arguments_settings(arguments), &error);
	User user;
	int status;

	if (settings == NULL) {
		log_mistakes("", error);
		return EX_CONFIG;
	}
	if (!user_find(settings, &user, &error) || !user_enter_group(&user, &error)) {
		log_error("%s", error->message);
		return EX_CONFIG;
	}
	status = open_sockets(serving, arguments, settings);
	if (status != EX_OK)
		return status;
	if (!user_become(&user, &error)) {
		log_error("%s", error->message);
		return EX_OSERR;
	}
	if (user.name != NULL && user.uid == 0)
		log_error("running as root: set [milter] user to one who owns nothing "
			  "else");
	else if (user.name != NULL)
		log_info("started as root, running as %s", user.name);

	return EX_OK;
}

static int
start_milter(Serving *serving)
{
	g_autoptr(GError) error = NULL;
	pthread_t thread;
	int polled;

	if (!milter_listen(listener_fd(serving->listener), &polled, &error)) {
		log_error("%s", error->message);
		return EX_UNAVAILABLE;
	}
	listener_set_polled(serving->listener, polled);
	if (pthread_create(&thread, NULL, run_milter, NULL) != 0) {
		log_error("cannot start a thread");
		return EX_OSERR;
	}
	pthread_detach(thread);
	if (serving->control != NULL && !control_start(serving->control, milter_assessor))
		log_error("no thread for the control socket, so users cannot ask");
	if (serving->metrics != NULL && !metrics_start(serving->metrics, milter_metrics))
		log_error("no metrics: no thread for them");

	return EX_OK;
}

static void
write_metrics(void)
{
	g_autoptr(Assessor) assessor = milter_assessor();
	g_autoptr(GError) error = NULL;

	if (!metrics_write(
		settings_text(assessor_settings(assessor), SETTING_METRICS_FILE),
		milter_metrics, &error))
		log_error("no metrics: %s", error->message);
}

/*
 * A store that cannot be used costs the relation, and a file of weights the site's
 * own judgement, but no mail.
 */
static void
use_files(const Assessor *assessor)
{
	g_autoptr(GError) error = NULL;

	if (!store_open(assessor_store(assessor), &error))
		log_error("nobody is known: the store: %s", error->message);
	if (assessor_mark_trouble(assessor) != NULL)
		log_error("banners have no mark that tells them from imitations: %s",
			  assessor_mark_trouble(assessor));
	if (assessor_refused(assessor) != NULL)
		log_error("%s", assessor_refused(assessor));
}

/* Forget the people whose time is over. */
static void *
expire(void *data)
{
	g_autoptr(Assessor) assessor = data;
	const Settings *settings = assessor_settings(assessor);
	g_autoptr(Store) store =
	    store_new(settings_text(settings, SETTING_PEOPLE_STORE), STORE_WORK);
	g_autoptr(GError) error = NULL;

	/* A store that cannot be opened was logged when it was tried first. */
	if (store_open(assessor_store(assessor), NULL) &&
	    !expire_store(store, settings, g_get_real_time() / G_USEC_PER_SEC, &error))
		log_error("nobody is forgotten: the store: %s", error->message);

	return NULL;
}

/* Forget in a thread of its own, so that mail is served meanwhile. */
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
reload(const Serving *serving, const Arguments *arguments)
{
	g_autofree char *begin = g_strdup_printf(
	    "RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT, g_get_monotonic_time());
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessor) assessor = NULL;
	ListenerPlace place;

	daemon_notify(begin);
	assessor = assessor_open(arguments_settings(arguments), STORE_SERVE, &error);
	if (assessor == NULL) {
		log_mistakes("reload refused, the old settings stay: ", error);
	} else {
		use_files(assessor);
		milter_use(assessor);
		start_expire();
		open_log(arguments, assessor_settings(assessor));
		place = arguments_place(arguments, assessor_settings(assessor));
		log_info("settings read again");
		if (!listener_is_inherited(serving->listener) &&
		    strcmp(place.address, listener_name(serving->listener)) != 0)
			log_info("the socket stays %s until the next start",
				 listener_name(serving->listener));
	}
	daemon_notify("READY=1");
}

/*
 * An MTA connects to us as soon as its client connects to it, so a connection
 * without a mail is not waited for any longer than stop-fresh.
 */
static size_t
waited_for(gint64 since, gint64 fresh)
{
	return milter_busy() + (since < fresh ? milter_fresh() : 0);
}

static gint64
stop_time(SettingName name)
{
	g_autoptr(Assessor) assessor = milter_assessor();

	return (gint64)settings_number(assessor_settings(assessor), name) *
	       G_USEC_PER_SEC;
}

/* Wait for the mails in flight and for the connections that wait to be accepted. */
static void
drain(const Serving *serving)
{
	const struct timespec pause_time = { .tv_nsec = STOP_PAUSE * 1000L };
	gint64 start = g_get_monotonic_time(), now = start, busy_at = start;
	gint64 limit = stop_time(SETTING_LIMITS_STOP_TIME),
	       fresh = stop_time(SETTING_LIMITS_STOP_FRESH),
	       new = stop_time(SETTING_LIMITS_STOP_NEW);
	bool is_closed =
	    listener_is_inherited(serving->listener) && listener_close(serving->listener);
	sigset_t ends;

	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);

	while (now - busy_at < STOP_QUIET) {
		if (now - start > limit || sigtimedwait(&ends, NULL, &pause_time) > 0) {
			log_error("stopping with %zu connections busy", milter_busy());
			break;
		}
		now = g_get_monotonic_time();
		if (!is_closed &&
		    (waited_for(now - start, fresh) == 0 || now - start > new))
			is_closed = listener_close(serving->listener);
		if (!is_closed || waited_for(now - start, fresh) > 0 ||
		    listener_has_waiting(serving->listener))
			busy_at = now;
	}
	listener_close(serving->listener);
	if (serving->control != NULL)
		listener_close(serving->control);
	if (serving->metrics != NULL)
		listener_close(serving->metrics);
}

/*
 * smfi_stop() is left out: it waits up to five seconds for libmilter's accept
 * loop, whose threads all sleep by now and end with the process.
 */
static int
stop(const Serving *serving)
{
	daemon_notify("STOPPING=1");
	log_info("stopping, %zu connections busy", milter_busy());
	drain(serving);
	log_info("stopped");
	/* Threads that still work must find everything they use. */
	if (milter_busy() > 0) {
		log_stop_writer();
		_exit(EX_OK);
	}

	return EX_OK;
}

static int
serve_signals(const Serving *serving, const Arguments *arguments)
{
	sigset_t signals = our_signals();
	const struct timespec minute = { .tv_sec = 60 };
	gint64 expired = g_get_monotonic_time();

	start_expire();
	write_metrics();
	for (;;) {
		g_autofree char *counters = NULL;

		switch (sigtimedwait(&signals, NULL, &minute)) {
		case -1:
			write_metrics();
			if (g_get_monotonic_time() - expired < EXPIRE_EVERY)
				break;
			expired = g_get_monotonic_time();
			start_expire();
			break;
		case SIGHUP:
			reload(serving, arguments);
			break;
		case SIGUSR2:
			counters = milter_counters();
			log_info("%s", counters);
			break;
		case SIGTERM:
		case SIGINT:
			return stop(serving);
		}
	}
}

static void
tell_few_files(const Settings *settings)
{
	size_t wanted =
	    settings_number(settings, SETTING_LIMITS_CONNECTIONS) + FILES_BESIDE;

	if (daemon_files() < wanted)
		log_error("at most %zu files may be open, and [limits] connections "
			  "wants %zu; raise LimitNOFILE or ulimit -n",
			  daemon_files(), wanted);
}

static int
start(Serving *serving, const Arguments *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessor) assessor = NULL;
	int status = take_sockets(serving, arguments);

	if (status != EX_OK)
		return status;
	assessor = assessor_open(arguments_settings(arguments), STORE_SERVE, &error);
	if (assessor == NULL) {
		log_mistakes("", error);
		return EX_CONFIG;
	}
	use_files(assessor);
	milter_use(assessor);

	return start_milter(serving);
}

/* ready: the pipe to the parent, or -1. */
static int
serve(const Arguments *arguments, int ready)
{
	g_autoptr(Assessor) assessor = NULL;
	/* Threads look at it until the process ends. */
	static Serving serving;
	int status = start(&serving, arguments);

	if (status != EX_OK) {
		g_clear_pointer(&serving.listener, listener_free);
		g_clear_pointer(&serving.control, listener_free);
		g_clear_pointer(&serving.metrics, listener_free);
		return status;
	}
	assessor = milter_assessor();
	log_info("version " PACKAGE_VERSION " serves %s",
		 listener_name(serving.listener));
	tell_few_files(assessor_settings(assessor));
	open_log(arguments, assessor_settings(assessor));
	daemon_ready(ready, g_str_equal(settings_text(assessor_settings(assessor),
						      SETTING_LOG_TARGET),
					"stderr"));
	g_clear_pointer(&assessor, assessor_unref);

	return serve_signals(&serving, arguments);
}

int
serve_run(const Arguments *arguments)
{
	int ready = -1, status;

	block_signals();
	status = arguments->is_foreground ? -1 : daemon_start(&ready);
	if (status >= 0)
		return status;

	daemon_set_limits();
	daemon_explain_bus_error();
	log_open(ARGUMENTS_PROGRAM, both_targets(), "info");
	/* From here on no child is forked. */
	log_start_writer();
	status = serve(arguments, ready);
	log_stop_writer();

	return status;
}
