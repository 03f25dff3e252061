/* SPDX-License-Identifier: BSD-2-Clause */
/* learn.c - invitectl learn: what a mail teaches that was filed by hand */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/input.h"
#include "base/json.h"
#include "base/log.h"
#include "base/terminal.h"
#include "ctl/client.h"
#include "ctl/command.h"
#include "ctl/options.h"

/* The mail program of somebody who moved a mail waits at most so long; seconds. */
#define PATIENCE 2

/* What delivery adds to a mail: trace fields, our fields and the banner. */
#define ADDED_MAX_BYTES (64 * 1024)

/* What the daemon's answer to one mail comes to. */
typedef struct {
	FILE *out;
	int status; /* to exit with */
} Run;

/* What stands on the command line, and what is asked for it. */
typedef struct {
	const char *word, *class; /* class: NULL for none */
	const char *request;
} Lesson;

static const Lesson lessons[] = {
	{ "known", NULL, "known" },      { "stranger", NULL, "stranger" },
	{ "note", "personal", "teach" }, { "note", "vague", "teach" },
	{ "note", "pitch", "teach" },    { "note", "undo", "teach" },
};

/* NULL where nothing of the kind can be taught. */
static const Lesson *
lesson_of(char **words)
{
	size_t count = g_strv_length(words);

	for (size_t i = 0; i < G_N_ELEMENTS(lessons) && count > 0; i++)
		if (g_str_equal(words[0], lessons[i].word) &&
		    g_strcmp0(words[1], lessons[i].class) == 0 && count <= 2)
			return &lessons[i];

	return NULL;
}

/* The mail program waits no longer, whether the mail, the daemon or the disk is slow. */
static void *
end_in_time(void *is_strict)
{
	g_usleep(PATIENCE * G_USEC_PER_SEC);
	log_error(
	    "learn: no answer within %d seconds; perhaps it was learnt, perhaps not",
	    PATIENCE);
	_exit(GPOINTER_TO_INT(is_strict) ? EX_TEMPFAIL : EX_OK);
}

/* A mail beyond the limit was never judged, so no more of it is read. */
static GString *
read_mail(size_t most, GError **error)
{
	g_autoptr(GString) mail = g_string_new(NULL);
	bool is_read = input_read(STDIN_FILENO, most, mail);

	if (is_read && mail->len > 0 && mail->len <= most)
		return g_steal_pointer(&mail);
	g_set_error(error, CLIENT_ERROR, CLIENT_ERROR_MAIL, "standard input: %s",
		    !is_read         ? g_strerror(errno)
		    : mail->len == 0 ? "there is no mail"
				     : "the mail is larger than mails that are judged");

	return NULL;
}

/* An answer, and no trouble: people move all sorts of mail. */
static void
teach_nothing(Run *run, const char *why)
{
	terminal_print(run->out, "the mail teaches nothing: %s", why);
	run->status = EX_DATAERR;
}

static void
take_learnt(Run *run, JsonObject *answer)
{
	JsonArray *list = json_list(answer, "learnt");
	const char *word = json_list_length(list) == 1 ? json_list_text(list, 0) : NULL;

	if (learn_named(word) <= LEARNT_SAME)
		fprintf(run->out, "%s\n", word);
	else
		teach_nothing(run, word != NULL ? word : "?");
}

/* A ClientTake. */
static void
take_answer(void *context, JsonObject *answer)
{
	Run *run = context;
	gint64 forgotten = json_number(answer, "forgotten");
	const char *taught = json_text(answer, "taught");
	const char *untaught = json_text(answer, "untaught");

	if (json_has(answer, "learnt")) {
		take_learnt(run, answer);
	} else if (json_has(answer, "forgotten")) {
		fprintf(run->out, "forgotten: %" G_GINT64_FORMAT "\n", forgotten);
		run->status = forgotten > 0 ? EX_OK : EX_NOUSER;
	} else if (taught != NULL) {
		fprintf(run->out, "%s\n", taught);
	} else {
		teach_nothing(run, untaught != NULL ? untaught : "?");
	}
}

static bool
ask(Run *run, Client *client, const Lesson *lesson, GError **error)
{
	size_t most = settings_number(client_settings(client), SETTING_LIMITS_MAIL) +
		      ADDED_MAX_BYTES;
	g_autoptr(GString) mail = read_mail(most, error);
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autofree char *text = NULL;

	if (mail == NULL)
		return false;
	text = g_base64_encode((const guchar *)mail->str, mail->len);
	json_builder_begin_object(json);
	json_add_text(json, "do", lesson->request);
	if (lesson->class != NULL)
		json_add_text(json, "class", lesson->class);
	json_add_text(json, "mail", text);

	return client_ask(client, json, take_answer, run, error);
}

static int
run_lesson(const Lesson *lesson, const Options *options, FILE *out)
{
	Run run = { .out = out, .status = EX_OK };
	g_autoptr(GError) error = NULL;
	g_autoptr(Client) client = client_to_teach(options, &error);

	if (client == NULL || !ask(&run, client, lesson, &error)) {
		log_error("learn: %s", error->message);
		run.status = client_status(error);
	}

	return fflush(out) != 0 || ferror(out) ? EX_IOERR : run.status;
}

int
command_learn(const Options *options, FILE *out)
{
	const Lesson *lesson = lesson_of(options->files);
	g_autoptr(GError) error = NULL;
	GThread *patience;
	int status;

	if (lesson == NULL) {
		fputs("invitectl learn: learn known, stranger, or note "
		      "personal|vague|pitch|undo\n",
		      stderr);
		return EX_USAGE;
	}

	/*
	 * Perhaps nobody reads what a mail server's child prints, so it is logged, too.
	 */
	log_open("invitectl", "both", "error");
	patience = g_thread_try_new("patience", end_in_time,
				    GINT_TO_POINTER(options->is_strict), &error);
	if (patience != NULL) {
		g_thread_unref(patience);
		status = run_lesson(lesson, options, out);
	} else {
		log_error("learn: %s", error->message);
		status = EX_OSERR;
	}

	return options->is_strict ? status : EX_OK;
}
