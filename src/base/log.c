/* SPDX-License-Identifier: BSD-2-Clause */
/* log.c - one line a recognised mail, one a trouble */

#include "config.h"

#include <poll.h>
#include <stdarg.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "base/log.h"
#include "base/terminal.h"

/* A line with its program name goes through a pipe in one piece: PIPE_BUF is 4096. */
#define LINE_MAX_BYTES    4000
#define PROGRAM_MAX_BYTES 32

/* Lines that wait for the writer, and how long one of them, or its end, is waited for. */
#define QUEUE_MAX_LINES 1000
#define WRITER_WAIT     (1 * G_USEC_PER_SEC)

typedef enum {
	TO_STDERR = 1 << 0,
	TO_SYSLOG = 1 << 1,
} LogTarget;

static const struct {
	const char *name;
	LogTarget targets;
} targets[] = {
	{ "stderr", TO_STDERR },
	{ "syslog", TO_SYSLOG },
	{ "both", TO_STDERR | TO_SYSLOG },
};

static const struct {
	const char *name;
	int priority;
} levels[] = {
	[LOG_AT_ERROR] = { "error", LOG_ERR },
	[LOG_AT_INFO] = { "info", LOG_INFO },
	[LOG_AT_DEBUG] = { "debug", LOG_DEBUG },
};

/*
 * Before log_open() we speak to standard error.  Threads only ever read the
 * program's name: openlog() keeps the pointer, so it is written once.
 */
static char program_name[PROGRAM_MAX_BYTES] = "invite-milter";
static gint current_targets = TO_STDERR;
static gint current_level = LOG_AT_INFO;
static gint is_json = FALSE;

/* A line on its way. */
typedef struct {
	LogTarget where;
	int priority;
	bool is_bare; /* without the program's name */
	char *text;
} Line;

/* The writer's; guarded by the lock, but for the thread itself. */
static struct {
	GMutex lock;
	GCond changed;
	GQueue lines;   /* of Line */
	guint64 queued; /* lines so far, */
	guint64 done;   /* and how many of these are written */
	size_t dropped; /* since the last line about it */
	size_t all_dropped;
	bool is_running;
	bool is_busy; /* with a line that it took */
	bool is_late; /* somebody waited for it in vain since the queue was empty */
} writer;

/* Not in the middle of a character. */
static void
cut(char *line)
{
	char *end = line + LINE_MAX_BYTES;

	if (strlen(line) <= LINE_MAX_BYTES)
		return;

	while (end > line && ((unsigned char)*end & 0xc0) == 0x80)
		end--;
	*end = '\0';
}

static Line *
line_new(LogLevel level, const char *id, const LogRecord *record)
{
	const LogRecordHead head = { .time = g_get_real_time(),
				     .level = levels[level].name,
				     .id = id,
				     .words =
					 level == LOG_AT_ERROR ? "trouble" : "message" };
	Line *line = g_new(Line, 1);

	*line = (Line){ .where = (LogTarget)g_atomic_int_get(&current_targets),
			.priority = levels[level].priority,
			.is_bare = g_atomic_int_get(&is_json) != FALSE };
	if (line->is_bare) {
		line->text = log_record_json(record, &head, LINE_MAX_BYTES);
	} else {
		g_autofree char *text = log_record_text(record);
		g_autofree char *shown = id != NULL ? terminal_text(id) : NULL;

		line->text = id != NULL ? g_strdup_printf("%s: %s", shown, text)
					: g_steal_pointer(&text);
		cut(line->text);
	}

	return line;
}

static void
free_line(Line *line)
{
	g_free(line->text);
	g_free(line);
}

static void
write_stderr(const Line *line)
{
	g_autofree char *whole =
	    g_strdup_printf("%s%s%s\n", line->is_bare ? "" : program_name,
			    line->is_bare ? "" : ": ", line->text);
	ssize_t written = write(STDERR_FILENO, whole, strlen(whole));

	/* There is nobody left to tell. */
	(void)written;
}

static void
write_line(const Line *line)
{
	if ((line->where & TO_STDERR) != 0)
		write_stderr(line);
	if ((line->where & TO_SYSLOG) != 0)
		syslog(LOG_MAIL | line->priority, "%s", line->text);
}

/* This is likely and not sure: another process may fill the pipe before the write. */
static bool
takes_line_now(void)
{
	struct pollfd standard_error = { .fd = STDERR_FILENO, .events = POLLOUT };

	return poll(&standard_error, 1, 0) > 0;
}

/*
 * The lock is held.  Where somebody reads the log, a line is written before its mail
 * goes on.  The write may block although the pipe was writable, so the writer thread
 * makes it; after one wait in vain no thread waits until the queue is empty.
 */
static void
wait_for_line(guint64 number)
{
	gint64 end = g_get_monotonic_time() + WRITER_WAIT;

	while (writer.done < number && !writer.is_late)
		if (!g_cond_wait_until(&writer.changed, &writer.lock, end))
			writer.is_late = true;
}

/* False where no writer runs; else the line is taken over. */
static bool
queue_line(Line *line)
{
	bool is_queued;

	g_mutex_lock(&writer.lock);
	/* A writer that was left behind in a write would hold us up, too. */
	is_queued = writer.is_running || writer.is_busy;
	if (is_queued && (!writer.is_running || writer.lines.length >= QUEUE_MAX_LINES)) {
		writer.dropped++;
		writer.all_dropped++;
		free_line(line);
	} else if (is_queued) {
		bool is_to_stderr = line->where == TO_STDERR;

		g_queue_push_tail(&writer.lines, line);
		writer.queued++;
		g_cond_broadcast(&writer.changed);
		if (is_to_stderr && takes_line_now())
			wait_for_line(writer.queued);
	}
	g_mutex_unlock(&writer.lock);

	return is_queued;
}

/* The lock is held.  A line that tells how many were lost comes behind the queue's. */
static Line *
next_line(void)
{
	Line *line = g_queue_pop_head(&writer.lines);

	if (line == NULL && writer.dropped > 0) {
		g_autofree char *words = g_strdup_printf(
		    "%zu log lines were dropped: nobody took them in time",
		    writer.dropped);
		g_autoptr(LogRecord) record = log_record_new(words);

		line = line_new(LOG_AT_ERROR, NULL, record);
		writer.dropped = 0;
		writer.queued++;
	}

	return line;
}

static gpointer
write_lines(G_GNUC_UNUSED gpointer unused)
{
	Line *line;

	g_mutex_lock(&writer.lock);
	while (writer.is_running || writer.lines.length > 0 || writer.dropped > 0) {
		line = next_line();
		if (line == NULL) {
			g_cond_wait(&writer.changed, &writer.lock);
			continue;
		}
		writer.is_busy = true;
		g_mutex_unlock(&writer.lock);
		write_line(line);
		g_mutex_lock(&writer.lock);
		free_line(line);
		writer.is_busy = false;
		writer.done++;
		writer.is_late &= writer.lines.length > 0;
		g_cond_broadcast(&writer.changed);
	}
	g_mutex_unlock(&writer.lock);

	return NULL;
}

void
log_start_writer(void)
{
	g_autoptr(GThread) thread = NULL;

	g_mutex_lock(&writer.lock);
	writer.is_running = true;
	g_mutex_unlock(&writer.lock);
	/* Without a thread lines are written directly, as before. */
	thread = g_thread_try_new("log", write_lines, NULL, NULL);
	if (thread == NULL)
		log_stop_writer();
}

void
log_stop_writer(void)
{
	gint64 end = g_get_monotonic_time() + WRITER_WAIT;

	g_mutex_lock(&writer.lock);
	writer.is_running = false;
	g_cond_broadcast(&writer.changed);
	while ((writer.lines.length > 0 || writer.dropped > 0 || writer.is_busy) &&
	       g_cond_wait_until(&writer.changed, &writer.lock, end))
		;
	g_mutex_unlock(&writer.lock);
}

void
log_record(LogLevel level, const char *id, const LogRecord *record)
{
	Line *line;

	if (!log_wants(level))
		return;

	line = line_new(level, id, record);
	if (queue_line(line))
		return;
	write_line(line);
	free_line(line);
}

static void log_line(LogLevel level, const char *id, const char *format,
		     va_list arguments) G_GNUC_PRINTF(3, 0);

static void
log_line(LogLevel level, const char *id, const char *format, va_list arguments)
{
	g_autofree char *words = NULL;
	g_autoptr(LogRecord) record = NULL;

	if (!log_wants(level))
		return;

	words = g_strdup_vprintf(format, arguments);
	record = log_record_new(words);
	log_record(level, id, record);
}

static void
from_library(const char *domain, GLogLevelFlags flags, const char *text)
{
	bool is_fatal = (flags & (G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL)) != 0;

	if (is_fatal) {
		log_error("%s: %s", domain != NULL ? domain : "library", text);
		/* The process ends behind this. */
		log_stop_writer();
	} else {
		log_debug("%s: %s", domain != NULL ? domain : "library", text);
	}
}

static void
on_library_log(const char *domain, GLogLevelFlags flags, const char *text,
	       gpointer unused)
{
	(void)unused;
	from_library(domain, flags, text != NULL ? text : "");
}

static GLogWriterOutput
on_library_fields(GLogLevelFlags flags, const GLogField *fields, gsize length,
		  gpointer unused)
{
	const char *domain = NULL, *text = "";

	(void)unused;
	for (gsize i = 0; i < length; i++) {
		if (fields[i].length >= 0)
			continue;
		if (strcmp(fields[i].key, "MESSAGE") == 0)
			text = fields[i].value;
		else if (strcmp(fields[i].key, "GLIB_DOMAIN") == 0)
			domain = fields[i].value;
	}
	from_library(domain, flags, text);

	return G_LOG_WRITER_HANDLED;
}

/* GLib takes a writer only once in a process's life. */
static void
catch_libraries(const char *program)
{
	static gsize is_caught = 0;

	if (!g_once_init_enter(&is_caught))
		return;

	g_strlcpy(program_name, program, sizeof(program_name));
	openlog(program_name, LOG_PID | LOG_NDELAY, LOG_MAIL);
	g_log_set_default_handler(on_library_log, NULL);
	g_log_set_writer_func(on_library_fields, NULL, NULL);
	g_once_init_leave(&is_caught, 1);
}

void
log_open(const char *program, const char *target, const char *level)
{
	catch_libraries(program);

	for (size_t i = 0; i < G_N_ELEMENTS(targets); i++)
		if (strcmp(targets[i].name, target) == 0)
			g_atomic_int_set(&current_targets, targets[i].targets);
	for (size_t i = 0; i < G_N_ELEMENTS(levels); i++)
		if (strcmp(levels[i].name, level) == 0)
			g_atomic_int_set(&current_level, i);
}

void
log_set_format(const char *format)
{
	g_atomic_int_set(&is_json, g_str_equal(format, "json"));
}

bool
log_wants(LogLevel level)
{
	return (gint)level <= g_atomic_int_get(&current_level);
}

void
log_error(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	log_line(LOG_AT_ERROR, NULL, format, arguments);
	va_end(arguments);
}

void
log_info(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	log_line(LOG_AT_INFO, NULL, format, arguments);
	va_end(arguments);
}

void
log_debug(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	log_line(LOG_AT_DEBUG, NULL, format, arguments);
	va_end(arguments);
}

void
log_mail(LogLevel level, const char *id, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	log_line(level, id != NULL ? id : "-", format, arguments);
	va_end(arguments);
}

size_t
log_dropped(void)
{
	size_t dropped;

	g_mutex_lock(&writer.lock);
	dropped = writer.all_dropped;
	g_mutex_unlock(&writer.lock);

	return dropped;
}
