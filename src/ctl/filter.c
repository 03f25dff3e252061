/* SPDX-License-Identifier: BSD-2-Clause */
/* filter.c - invitectl filter: one mail through a pipe, judged as the daemon judges it */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/judging.h"
#include "ctl/options.h"
#include "ctl/whose.h"
#include "edit/apply.h"
#include "edit/fields.h"
#include "edit/plan.h"
#include "text/address.h"

/* Bytes that are read beyond the largest mail that is judged, to tell a larger one. */
#define SPARE_BYTES (HEAD_MAX_BYTES + 65536)

/* A header is kept whole; a mail with a longer one passes as it came. */
#define HEADER_BYTES (64UL * 1024 * 1024)

/* Mail waits so many seconds for the daemon, and once more where it is asked again. */
#define PATIENCE 5

/* A pipe can neither refuse a mail nor send it elsewhere. */
#define UNABLE                                                                           \
	(POLICY_ACTION_BIT(ACTION_REDIRECT) | POLICY_ACTION_BIT(ACTION_COPY) |           \
	 POLICY_ACTION_BIT(ACTION_REJECT) | POLICY_ACTION_BIT(ACTION_DISCARD))

/* The mail on its way. */
typedef struct {
	Judging *judging;
	const Options *options;
	GString *bytes; /* all of it, or as much as is needed to tell that it passes */
	bool is_whole;
	Layout layout;
	Head *head;              /* without the fields of our names ... */
	size_t ours[FIELD_LAST]; /* ... which are so many */
	Claim claim;
	GString *body; /* as message_mime() takes it */
	Mime *mime;    /* of body, once that is judged */
} Filter;

static void
filter_clear(Filter *filter)
{
	claim_clear(&filter->claim);
	mime_free(filter->mime);
	head_free(filter->head);
	g_string_free(filter->body, TRUE);
	g_string_free(filter->bytes, TRUE);
	judging_free(filter->judging);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Filter, filter_clear)

static const Settings *
settings_of(const Filter *filter)
{
	return assessor_settings(judging_assessor(filter->judging));
}

/* Read until there are so many bytes, or the mail is whole; false where that fails. */
static bool
read_to(Filter *filter, size_t count)
{
	char chunk[65536];
	size_t length;

	while (!filter->is_whole && filter->bytes->len < count) {
		length = fread(chunk, 1, MIN(sizeof(chunk), count - filter->bytes->len),
			       stdin);
		g_string_append_len(filter->bytes, chunk, (gssize)length);
		filter->is_whole = length == 0;
	}

	return ferror(stdin) == 0;
}

/* Read as much as is judged, and the header whole in any case. */
static bool
read_mail(Filter *filter)
{
	size_t count = settings_number(settings_of(filter), SETTING_LIMITS_MAIL);

	for (count += SPARE_BYTES; read_to(filter, count); count *= 2) {
		filter->layout = layout_of(filter->bytes->str, filter->bytes->len);
		if (filter->is_whole || layout_has_body(&filter->layout) ||
		    count > HEADER_BYTES)
			return true;
	}

	return false;
}

/* As a session of the daemon takes them. */
static void
take_fields(Filter *filter)
{
	size_t at = filter->layout.head;
	LayoutField found;

	while (layout_next(&filter->layout, &at, &found)) {
		g_autofree char *name = layout_name(&filter->layout, &found);
		Field field = fields_of(name);

		if (field != FIELD_LAST) {
			filter->ours[field]++;
		} else if (!head_is_over(filter->head)) {
			g_autofree char *value = layout_value(&filter->layout, &found);

			head_add(filter->head, name, value);
		}
	}
	claim_init(&filter->claim, filter->head);
}

/* The body is read where a network may have sent the mail; false beyond its limit. */
static bool
take_body(Filter *filter)
{
	size_t most = settings_number(settings_of(filter), SETTING_LIMITS_MAIL);

	if (!filter->is_whole || head_is_over(filter->head))
		return false;
	message_write_mime(filter->head, filter->body);
	layout_write_body(&filter->layout, filter->body);

	return filter->body->len <= most;
}

/* For the mailbox that options and header tell; for several where they tell none. */
static void
plan_for(Filter *filter, const Assessment *assessment, const char *given,
	 const char *owner, Edits *edits, Report *report)
{
	g_autofree char *address = address_bare(given != NULL ? given : "");
	const Recipient recipient = { .given = address,
				      .address = address,
				      .owner = (char *)(owner != NULL ? owner : ""),
				      .place = RECIPIENT_LOCAL };
	g_autoptr(GArray) recipients = g_array_new(FALSE, FALSE, sizeof(Recipient));
	g_autoptr(GHashTable) judged = g_hash_table_new(g_str_hash, g_str_equal);
	const Plan plan = { .assessor = judging_assessor(filter->judging),
			    .head = filter->head,
			    .mime = filter->mime,
			    .recipients = recipients,
			    .owner = owner,
			    .shown = assessment,
			    .judged = judged,
			    .unable = UNABLE };

	g_array_append_val(recipients, recipient);
	plan_edits(&plan, edits, report);
}

/* False where the mail cannot be read. */
static bool
judge(Filter *filter, Edits *edits, Report *report, GError **error)
{
	const Owners *owners = assessor_rules(judging_assessor(filter->judging))->owners;
	g_autofree char *address = whose_head(filter->options, filter->head);
	g_autofree char *owner =
	    address != NULL ? owners_of_address(owners, address) : NULL;
	g_autoptr(Assessment) assessment = NULL;

	filter->mime = message_mime(filter->body->str, filter->body->len, error);
	if (filter->mime != NULL)
		assessment = judging_claim(filter->judging, &filter->claim, filter->mime,
					   filter->bytes, owner, error);
	if (assessment == NULL)
		return false;
	plan_for(filter, assessment, address, owner, edits, report);

	return true;
}

/* What is to be done to the mail, as a session of the daemon finds it. */
static Edits *
edits_of(Filter *filter, Report *report)
{
	const Assessor *assessor = judging_assessor(filter->judging);
	g_autoptr(GError) error = NULL;
	Edits *edits = edits_new();

	if (settings_is_observing(settings_of(filter)))
		return edits;
	if (!filter->is_whole && !layout_has_body(&filter->layout)) {
		report_trouble(report, "passed as it came: its header has no end");
		return edits;
	}
	take_fields(filter);
	fields_delete(edits, filter->ours);
	if (!assessor_claims(assessor, &filter->claim) && !head_is_over(filter->head))
		return edits;
	if (!take_body(filter))
		report_trouble(report, "passed unjudged: over the limits of a mail");
	else if (!judge(filter, edits, report, &error))
		report_trouble(report, "passed unjudged: %s", error->message);

	return edits;
}

static void
tell(const Report *report)
{
	for (size_t i = 0; i < report_troubles(report); i++)
		terminal_print(stderr, "invitectl filter: %s",
			       (const char *)report->troubles->pdata[i]);
}

static int
tell_unread(void)
{
	terminal_print(stderr, "invitectl filter: the mail cannot be read: %s",
		       g_strerror(errno));

	return EX_IOERR;
}

/* Write the input to the output, as it is. */
static int
copy(FILE *out)
{
	char chunk[65536];
	size_t length;

	while ((length = fread(chunk, 1, sizeof(chunk), stdin)) > 0 &&
	       fwrite(chunk, 1, length, out) == length)
		;

	return ferror(stdin) != 0 ? tell_unread() : EX_OK;
}

/* A file that is opened later must not be taken for one of them. */
static bool
are_open(void)
{
	return fcntl(STDIN_FILENO, F_GETFD) >= 0 && fcntl(STDOUT_FILENO, F_GETFD) >= 0;
}

/* Write the input to the output; judging NULL: as it is. */
static int
pass(const Options *options, Judging *judging, FILE *out)
{
	g_auto(Filter) filter = { .options = options,
				  .judging = judging,
				  .bytes = g_string_new(NULL),
				  .body = g_string_new(NULL),
				  .head = head_new() };
	g_auto(Report) report = { 0 };
	g_autoptr(Edits) edits = NULL;
	g_autoptr(GString) mail = g_string_new(NULL);

	if (judging == NULL)
		return copy(out);
	if (!read_mail(&filter))
		return tell_unread();
	edits = edits_of(&filter, &report);
	tell(&report);
	apply_edits(&filter.layout, edits, mail);
	fwrite(mail->str, 1, mail->len, out);

	return filter.is_whole ? EX_OK : copy(out);
}

int
command_filter(const Options *options, FILE *out)
{
	Options own = *options;

	own.patience = PATIENCE;
	if (!are_open()) {
		terminal_print(stderr,
			       "invitectl filter: no standard input, or no output");
		return EX_IOERR;
	}
	/* A reader that went away, and a file that may not grow, which is what
	 * Postfix's mailbox_size_limit makes of all files: told by the exit status. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);

	return pass(&own, judging_new(&own), out);
}
