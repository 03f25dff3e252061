/* SPDX-License-Identifier: BSD-2-Clause */
/* scan.c - invitectl scan: the list of invitations from mail that is there already */

#include "config.h"

#include <sysexits.h>

#include "base/json.h"
#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/listed.h"
#include "ctl/mail-walk.h"
#include "people/store-invitation.h"
#include "requests/requests.h"

/* Notices wait until all invitations are there; of so many bytes, or as many came. */
#define NOTICES_MAX_BYTES (64UL * 1024 * 1024)

typedef struct {
	Client *client;
	MailWalk walk;
	size_t most; /* bytes of a mail that is judged */
	size_t read, networks;
	size_t recorded, again, seen, settled, old, beyond;
	GPtrArray *notices; /* of GBytes */
	size_t waiting;     /* their bytes */
	GError *error;      /* after it nothing is read */
} Scan;

static JsonBuilder *
request_of(GBytes *mail, bool is_to_settle)
{
	gsize length = 0;
	const guchar *bytes = g_bytes_get_data(mail, &length);
	g_autofree char *text = g_base64_encode(bytes, length);
	JsonBuilder *request = listed_request("record");

	json_add_text(request, "mail", text);
	if (is_to_settle)
		json_add_flag(request, "settle", true);

	return request;
}

/* To ask twice records nothing twice.  What became of the mail, or "". */
static char *
ask(Scan *scan, GBytes *mail, bool is_to_settle)
{
	for (int i = 0; scan->error == NULL; i++) {
		g_autoptr(JsonBuilder) request = request_of(mail, is_to_settle);
		g_autoptr(GError) error = NULL;
		g_auto(Listed) listed = { 0 };

		listed_init(&listed);
		if (listed_ask(&listed, scan->client, request, &error))
			return g_strdup(listed_text(listed.end, "recorded"));
		if (i > 0 || !g_error_matches(error, CLIENT_ERROR, CLIENT_ERROR_CLOSED))
			scan->error = g_steal_pointer(&error);
		else
			client_reconnect(scan->client, &scan->error);
	}

	return g_strdup("");
}

static void
settle(Scan *scan)
{
	for (guint i = 0; i < scan->notices->len && scan->error == NULL; i++) {
		g_autofree char *word = ask(scan, scan->notices->pdata[i], true);

		scan->settled += g_str_equal(word, "settled");
	}
	g_ptr_array_set_size(scan->notices, 0);
	scan->waiting = 0;
}

static void
add_notice(Scan *scan, GBytes *mail)
{
	g_ptr_array_add(scan->notices, g_bytes_ref(mail));
	scan->waiting += g_bytes_get_size(mail);
	if (scan->waiting > NOTICES_MAX_BYTES)
		settle(scan);
}

static void
record(Scan *scan, const char *mail, size_t length)
{
	g_autoptr(GBytes) bytes = g_bytes_new(mail, length);
	g_autofree char *word = ask(scan, bytes, false);
	const struct {
		const char *word;
		size_t *count;
	} counts[] = {
		{ "new", &scan->recorded }, { "reopened", &scan->recorded },
		{ "again", &scan->again },  { "seen", &scan->seen },
		{ "old", &scan->old },      { "beyond", &scan->beyond },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
		*counts[i].count += g_str_equal(word, counts[i].word);
	if (g_str_equal(word, "notice"))
		add_notice(scan, bytes);
}

/* A MailWalkTake.  The head alone shows that no network sent most mails. */
static bool
take(void *context, const char *name, const char *mail, size_t length,
     const Message *message)
{
	Scan *scan = context;
	g_auto(Claim) claim = { 0 };

	scan->read++;
	claim_init(&claim, message_head(message));
	if (assessor_claims(client_assessor(scan->client), &claim)) {
		scan->networks++;
		if (length > scan->most)
			mail_walk_tell(&scan->walk, name,
				       "larger than mails that are judged");
		else
			record(scan, mail, length);
		scan->walk.count = scan->recorded;
	}

	return scan->error == NULL;
}

static void
expire(Scan *scan)
{
	g_autoptr(JsonBuilder) request = listed_request("expire");
	g_auto(Listed) listed = { 0 };

	listed_init(&listed);
	if (scan->error == NULL && client_reconnect(scan->client, &scan->error))
		listed_ask(&listed, scan->client, request, &scan->error);
}

static void
tell(FILE *out, const Scan *scan)
{
	terminal_print_folded(
	    out, 0,
	    "%zu mails read, %zu of networks; invitations: %zu new, %zu reminders or "
	    "further ones, %zu mails known already, %zu too old to be kept; %zu notices; "
	    "%zu mails that could not be read",
	    scan->read, scan->networks, scan->recorded, scan->again, scan->seen,
	    scan->old, scan->settled, scan->walk.unread);
	if (scan->beyond > 0)
		terminal_print_folded(
		    out, 0,
		    "the list is full: it has %d invitations at most, and %zu that would "
		    "be missed least are not on it",
		    STORE_INVITATION_MAX_COUNT, scan->beyond);
}

static int
run(Scan *scan, const Options *options, FILE *out)
{
	const Settings *settings = assessor_settings(client_assessor(scan->client));

	scan->most = MIN(settings_number(settings, SETTING_LIMITS_MAIL),
			 (size_t)REQUESTS_MAX_MAIL);
	scan->walk = (MailWalk){ .take = take, .context = scan };
	mail_walk(&scan->walk, options->files);
	settle(scan);
	expire(scan);
	tell(out, scan);
	if (scan->error != NULL) {
		terminal_print_lines(stderr, "invitectl scan: ", scan->error->message);
		return client_status(scan->error);
	}

	return scan->walk.unread == 0 ? EX_OK : EX_DATAERR;
}

int
command_scan(const Options *options, FILE *out)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Client) client = client_new(options, &error);
	Scan scan = { .client = client };
	int status;

	if (client == NULL) {
		terminal_print_lines(stderr, "invitectl scan: ", error->message);
		return client_status(error);
	}
	scan.notices = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	status = run(&scan, options, out);
	g_ptr_array_unref(scan.notices);
	g_clear_error(&scan.error);

	return status;
}
