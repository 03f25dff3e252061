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
#include "milter/monitor.h"
#include "milter/serve.h"
#include "milter/sockets.h"
#include "people/expire.h"

/* How a stop waits, in microseconds. */
#define STOP_PAUSE (20 * 1000)  /* between two looks */
#define STOP_QUIET (200 * 1000) /* nothing to do for so long: the stop is done */

/*
 * The metrics are written so often; systemd is told what was done so often, or more
 * often.
 */
#define LOOK_EVERY (60 * G_USEC_PER_SEC)

/* What was looked at last, and when, by g_get_monotonic_time(). */
typedef struct {
	gint64 told, written, expired;
	bool is_waiting;
	size_t taken;
	size_t mails;   /* that had begun by then */
	size_t trimmed; /* and when memory was given back */
} Looks;

/* People who were not seen for too long are forgotten so often; microseconds. */
#define EXPIRE_EVERY G_TIME_SPAN_DAY

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
	log_set_format(settings_text(settings, SETTING_LOG_FORMAT));
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
	/* A file that may not grow (RLIMIT_FSIZE) is an error of whoever writes it. */
	signal(SIGXFSZ, SIG_IGN);
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

static int
start_milter(Sockets *sockets)
{
	g_autoptr(GError) error = NULL;
	pthread_t thread;
	int polled;

	if (!milter_listen(listener_fd(sockets->listener), &polled, &error)) {
		log_error("%s", error->message);
		return EX_UNAVAILABLE;
	}
	listener_set_polled(sockets->listener, polled);
	if (pthread_create(&thread, NULL, run_milter, NULL) != 0) {
		log_error("cannot start a thread");
		return EX_OSERR;
	}
	pthread_detach(thread);
	if (sockets->control != NULL &&
	    !control_start(sockets->control, milter_assessor, monitor_status))
		log_error("no thread for the control socket, so users cannot ask");
	if (sockets->metrics != NULL && !metrics_start(sockets->metrics, monitor_metrics))
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
		monitor_metrics, &error))
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
reload(const Sockets *sockets, const Arguments *arguments)
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
		if (!listener_is_inherited(sockets->listener) &&
		    strcmp(place.address, listener_name(sockets->listener)) != 0)
			log_info("the socket stays %s until the next start",
				 listener_name(sockets->listener));
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
drain(const Sockets *sockets)
{
	const struct timespec pause_time = { .tv_nsec = STOP_PAUSE * 1000L };
	gint64 start = g_get_monotonic_time(), now = start, busy_at = start;
	gint64 limit = stop_time(SETTING_LIMITS_STOP_TIME),
	       fresh = stop_time(SETTING_LIMITS_STOP_FRESH),
	       new = stop_time(SETTING_LIMITS_STOP_NEW);
	bool is_closed =
	    listener_is_inherited(sockets->listener) && listener_close(sockets->listener);
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
			is_closed = listener_close(sockets->listener);
		if (!is_closed || waited_for(now - start, fresh) > 0 ||
		    listener_has_waiting(sockets->listener))
			busy_at = now;
	}
	sockets_close(sockets);
}

/* What hinders it was told when mail was served. */
static void
settle_store(void)
{
	g_autoptr(Assessor) assessor = milter_assessor();

	store_settle(assessor_store(assessor), NULL);
}

/*
 * smfi_stop() is left out: it waits up to five seconds for libmilter's accept
 * loop, whose threads all sleep by now and end with the process.
 */
static int
stop(const Sockets *sockets)
{
	daemon_notify("STOPPING=1");
	log_info("stopping, %zu connections busy", milter_busy());
	/* Whatever waits is served, as far as files allow. */
	guard_use_spare(milter_guard());
	drain(sockets);
	log_info("stopped");
	/* Threads that still work must find everything they use. */
	if (milter_busy() > 0) {
		log_stop_writer();
		_exit(EX_OK);
	}
	settle_store();

	return EX_OK;
}

/*
 * Where connections wait from one look to the next and none was taken meanwhile, we
 * are of no use: the supervisor is not told that all is well, and starts us anew.
 */
static void
tell_watchdog(const Sockets *sockets, Looks *looks)
{
	bool is_waiting = listener_has_waiting(sockets->listener);
	size_t taken = milter_taken();
	g_autoptr(LogRecord) record = monitor_counters();
	g_autofree char *counters = log_record_text(record);
	g_autofree char *text = g_strdup_printf("WATCHDOG=1\nSTATUS=%s", counters);

	if (is_waiting && looks->is_waiting && taken == looks->taken &&
	    !guard_is_full(milter_guard()))
		log_error("connections wait, and libmilter takes none of them");
	else
		daemon_notify(text);
	looks->is_waiting = is_waiting;
	looks->taken = taken;
}

/*
 * What mails held is given back as soon as no further one comes: while they do, they
 * would only ask for it again.
 */
static void
trim_in_quiet(Looks *looks)
{
	size_t mails = atomic_load(&milter_tally()->mails);

	if (mails == looks->mails && mails != looks->trimmed && milter_busy() == 0) {
		daemon_trim();
		looks->trimmed = mails;
	}
	looks->mails = mails;
}

/* What is due by the time; signals may come more often. */
static void
look(Sockets *sockets, Looks *looks)
{
	gint64 now = g_get_monotonic_time();

	sockets_look_after(sockets);
	trim_in_quiet(looks);
	if (now - looks->told >= MIN(daemon_watchdog() / 2, LOOK_EVERY)) {
		looks->told = now;
		tell_watchdog(sockets, looks);
	}
	if (now - looks->written >= LOOK_EVERY) {
		looks->written = now;
		write_metrics();
		daemon_trim();
	}
	if (now - looks->expired >= EXPIRE_EVERY) {
		looks->expired = now;
		start_expire();
	}
}

static void
log_counters(void)
{
	g_autoptr(LogRecord) counters = monitor_counters();

	log_record(LOG_AT_INFO, NULL, counters);
}

static int
serve_signals(Sockets *sockets, const Arguments *arguments)
{
	sigset_t signals = our_signals();
	gint64 pause = MIN(daemon_watchdog() / 2, G_USEC_PER_SEC);
	const struct timespec wait = { .tv_sec = pause / G_USEC_PER_SEC,
				       .tv_nsec = pause % G_USEC_PER_SEC * 1000 };
	/* All of it is due at once. */
	Looks looks = { .told = -LOOK_EVERY,
			.written = -LOOK_EVERY,
			.expired = -EXPIRE_EVERY };

	for (;;) {
		look(sockets, &looks);
		switch (sigtimedwait(&signals, NULL, &wait)) {
		case SIGHUP:
			reload(sockets, arguments);
			daemon_trim();
			break;
		case SIGUSR2:
			log_counters();
			break;
		case SIGTERM:
		case SIGINT:
			return stop(sockets);
		}
	}
}

static int
start(Sockets *sockets, const Arguments *arguments)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessor) assessor = NULL;
	g_autoptr(Settings) settings =
	    settings_new(arguments_settings(arguments), &error);
	int status;

	if (settings == NULL) {
		log_mistakes("", error);
		return EX_CONFIG;
	}
	log_set_format(settings_text(settings, SETTING_LOG_FORMAT));
	status = sockets_take(sockets, arguments, settings);
	if (status != EX_OK)
		return status;
	assessor = assessor_open(arguments_settings(arguments), STORE_SERVE, &error);
	if (assessor == NULL) {
		log_mistakes("", error);
		return EX_CONFIG;
	}
	use_files(assessor);
	milter_use(assessor);

	return start_milter(sockets);
}

/* ready: the pipe to the parent, or -1. */
static int
serve(const Arguments *arguments, int ready)
{
	g_autoptr(Assessor) assessor = NULL;
	/* Threads look at it until the process ends. */
	static Sockets sockets;
	int status = start(&sockets, arguments);

	if (status != EX_OK) {
		sockets_clear(&sockets);
		return status;
	}
	assessor = milter_assessor();
	log_info("version " PACKAGE_VERSION " serves %s",
		 listener_name(sockets.listener));
	sockets_tell_few_files(assessor_settings(assessor));
	open_log(arguments, assessor_settings(assessor));
	daemon_ready(ready, g_str_equal(settings_text(assessor_settings(assessor),
						      SETTING_LOG_TARGET),
					"stderr"));
	g_clear_pointer(&assessor, assessor_unref);

	return serve_signals(&sockets, arguments);
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
