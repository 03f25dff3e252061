/* SPDX-License-Identifier: BSD-2-Clause */
/* reply.c - invitectl reply: what to answer to one invitation, ready to paste */

#include "config.h"

#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/json.h"
#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/judging.h"
#include "ctl/listed.h"
#include "ctl/mailbag.h"
#include "ctl/own-store.h"
#include "ctl/reply-mail.h"
#include "ctl/reply-ways.h"
#include "ctl/whose.h"
#include "judge/kept.h"
#include "judge/verdict.h"

/* What is answered, and how. */
typedef struct {
	const char *name; /* borrowed: as it was named */
	char *text;       /* NULL: no reply is suggested */
	char *answer;     /* what is suggested then */
	char *page;       /* the network file's own; all that follow may be NULL */
	char *hint;
	char *address;
	char *subject;
	char *message_id;
	char *owner;
} Reply;

static void
reply_clear(Reply *reply)
{
	g_free(reply->text);
	g_free(reply->answer);
	g_free(reply->page);
	g_free(reply->hint);
	g_free(reply->address);
	g_free(reply->subject);
	g_free(reply->message_id);
	g_free(reply->owner);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reply, reply_clear)

typedef struct {
	const Options *options;
	Judging *judging;
	Reply *reply;
	size_t mails;
	int status;
} Run;

static void
take_assessment(Run *run, const char *name, const Assessment *assessment)
{
	const Suggestion *suggestion = assessment->suggestion;
	g_autoptr(StoreInvitation) said = NULL;
	Reply *reply = run->reply;

	if (suggestion == NULL) {
		terminal_print(stderr, "invitectl: %s: no invitation", name);
		return;
	}
	said = kept_inviter(assessment);
	reply->text = g_strdup(suggestion->reply);
	reply->answer = g_strdup(verdict_answer_name(suggestion->answer));
	reply->page = g_strdup(suggestion->url);
	reply->hint = g_strdup(suggestion->hint);
	reply->address = g_strdup(suggestion->address);
	reply->subject = message_field(assessment->message, "Subject");
	reply->message_id = g_strdup(said->texts[STORE_INVITATION_MESSAGE_ID]);
	reply->owner = whose_mail(run->options, assessment->message);
	run->status = EX_OK;
}

/* A mail of the file. */
static void
take_mail(void *context, const char *name, const char *mail, size_t length,
	  const char *trouble)
{
	Run *run = context;
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessment) assessment = NULL;

	if (++run->mails == 2)
		terminal_print(stderr,
			       "invitectl: %s: more than one mail; the reply is to the "
			       "first",
			       name);
	if (run->mails > 1)
		return;
	if (trouble == NULL)
		assessment = judging_saved(run->judging, mail, length, &error);
	if (assessment != NULL)
		take_assessment(run, name, assessment);
	else
		terminal_print(stderr, "invitectl: %s: %s", name,
			       trouble != NULL ? trouble : error->message);
}

static int
read_file(const Options *options, Reply *reply, GError **error)
{
	Options own = *options;
	g_autofree char *owner = NULL;
	g_autoptr(Judging) judging = judging_new(&own);
	Run run = {
		.options = &own, .judging = judging, .reply = reply, .status = EX_DATAERR
	};

	if (judging == NULL)
		return EX_CONFIG;
	/* It may be a login. */
	if (options->owner != NULL) {
		owner = own_store_owner(options, judging_assessor(judging), error);
		if (owner == NULL)
			return EX_OK;
		own.owner = owner;
	}
	mailbag_each(reply->name, take_mail, &run);

	return run.status;
}

/* The page of the network's file as it is here: what the store has is not opened. */
static char *
page_of(const Assessor *assessor, JsonObject *row)
{
	const Networks *networks = assessor_networks(assessor);
	const char *name = listed_text(row, "network");

	for (size_t i = 0; i < networks_length(networks); i++) {
		const Network *network = networks_get(networks, i);

		if (g_str_equal(network->name, name) &&
		    listed_text(row, "page")[0] != '\0')
			return g_strdup(network->page);
	}

	return NULL;
}

static char *
dup_text(JsonObject *row, const char *key)
{
	const char *text = listed_text(row, key);

	return text[0] != '\0' ? g_strdup(text) : NULL;
}

static int
read_list(const Options *options, Reply *reply, GError **error)
{
	g_autoptr(Client) client = client_new(options, error);
	g_auto(Listed) listed = { 0 };
	JsonObject *row;

	listed_init(&listed);
	if (client == NULL || !listed_find(&listed, client, reply->name, error))
		return EX_OK;
	if (listed.rows->len != 1) {
		terminal_print(stderr, "invitectl: %s: %s", reply->name,
			       listed.rows->len == 0
				   ? "neither a file nor an invitation"
				   : "several invitations; name one by its number");
		return listed.rows->len == 0 ? EX_NOINPUT : EX_DATAERR;
	}
	row = listed.rows->pdata[0];
	reply->text = dup_text(row, "reply");
	reply->answer = dup_text(row, "suggestion");
	reply->page = page_of(client_assessor(client), row);
	reply->hint = dup_text(row, "hint");
	reply->address = dup_text(row, "address");
	reply->subject = dup_text(row, "subject");
	reply->message_id = dup_text(row, "message_id");
	reply->owner = g_strdup(json_text(listed.end, "owner"));

	return EX_OK;
}

/* A mail that was sent is an answer; that it is not on the list is no trouble. */
static void
close_answered(const Options *options, const Reply *reply)
{
	g_autoptr(JsonBuilder) request = listed_request("close");
	g_autoptr(GError) error = NULL;
	g_autoptr(Client) client = NULL;
	g_auto(Listed) listed = { 0 };
	const char *who = reply->message_id != NULL ? reply->message_id : reply->name;

	listed_init(&listed);
	json_add_text(request, "state", "answered");
	json_add_text(request, "by", "mail");
	json_builder_set_member_name(request, "who");
	json_builder_begin_array(request);
	json_builder_add_string_value(request, who);
	json_builder_end_array(request);
	client = client_new(options, &error);
	if (client == NULL || !listed_ask(&listed, client, request, &error))
		terminal_print(stderr, "invitectl: the list does not know of it: %s",
			       error->message);
}

static int
send_reply(const Options *options, const Reply *reply, FILE *out)
{
	const ReplyMail mail = {
		.from = reply->owner != NULL ? reply->owner : "",
		.to = reply->address,
		.subject = reply->subject,
		.message_id = reply->message_id,
		.text = reply->text,
	};
	int status;

	if (reply->address == NULL) {
		terminal_print(
		    stderr, "invitectl: %s: no mail reaches the inviter%s", reply->name,
		    reply->page != NULL ? "; --open opens the network's page" : "");
		return EX_DATAERR;
	}
	status = reply_mail_send(&mail, options->is_yes, out);
	if (status == EX_OK)
		close_answered(options, reply);

	return status;
}

/* Standard output has the reply alone, so that it can be piped on. */
static int
hand_over(const Options *options, Reply *reply, FILE *out, GError **error)
{
	if (reply->page != NULL)
		terminal_print(stderr, "invitectl: %s", reply->page);
	if (reply->hint != NULL)
		terminal_print_folded(stderr, 0, "invitectl: %s", reply->hint);
	if (options->is_page && reply->page == NULL) {
		terminal_print(stderr, "invitectl: %s: there is no page to open",
			       reply->name);
		return EX_DATAERR;
	}
	if (options->is_page && !reply_ways_open(reply->page, error))
		return EX_OK;
	if (reply->text == NULL) {
		terminal_print(stderr, "invitectl: %s: no reply is suggested, but: %s",
			       reply->name,
			       reply->answer != NULL ? reply->answer : "none");
		return EX_DATAERR;
	}
	if (g_strcmp0(reply->answer, verdict_answer_name(ANSWER_IGNORE)) == 0)
		terminal_print(stderr,
			       "invitectl: %s: no answer is needed; this is a polite no "
			       "for who would rather answer",
			       reply->name);
	if (options->is_edit) {
		char *edited = reply_ways_edit(reply->text, error);

		if (edited == NULL)
			return EX_OK;
		g_free(reply->text);
		reply->text = edited;
	}
	if (options->is_copy && !reply_ways_copy(out, reply->text, error))
		return EX_OK;
	if (options->is_mail)
		return send_reply(options, reply, out);
	terminal_print_lines(out, "", reply->text);

	return EX_OK;
}

int
command_reply(const Options *options, FILE *out)
{
	g_auto(Reply) reply = { .name = options->files[0] };
	g_autoptr(GError) error = NULL;
	bool is_file = g_str_equal(reply.name, "-") || strchr(reply.name, '/') != NULL ||
		       access(reply.name, F_OK) == 0;
	int status = is_file ? read_file(options, &reply, &error)
			     : read_list(options, &reply, &error);

	if (status == EX_OK && error == NULL)
		status = hand_over(options, &reply, out, &error);
	if (error == NULL)
		return status;
	terminal_print_lines(stderr, "invitectl reply: ", error->message);

	return client_status(error);
}
