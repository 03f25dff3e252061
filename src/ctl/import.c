/* SPDX-License-Identifier: BSD-2-Clause */
/* import.c - people out of files, for one owner */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "base/input.h"
#include "base/json.h"
#include "base/terminal.h"
#include "ctl/bar.h"
#include "ctl/import.h"
#include "ctl/mailbag.h"
#include "import/calendar.h"
#include "import/csv.h"
#include "import/vcard.h"
#include "mail/message.h"
#include "people/contact-json.h"

/* Larger files are no address books. */
#define FILE_MAX_BYTES (1024UL * 1024 * 1024)

/* Text of one request: with its escapes it stays far below REQUESTS_MAX_OTHER. */
#define BATCH_BYTES (64 * 1024)

/* One import on its way. */
typedef struct {
	Client *client;
	const char *owner; /* the mailbox, or NULL where nobody can say */
	const char *path;
	const CsvColumns *columns;
	ImportCounts *counts;
	JsonBuilder *batch;
	size_t waiting; /* contacts in the batch */
	size_t bytes;   /* of their text */
	Bar bar;        /* of lines */
	GError *error;  /* of the client; nothing is read after it */
} Import;

/* place: a file, or a mail in it; line 0: the whole of it. */
static void
tell(Import *import, const char *place, size_t line, const char *trouble)
{
	import->counts->told++;
	if (import->counts->told > IMPORT_MAX_TOLD)
		return;
	bar_clear(&import->bar);
	if (line > 0)
		terminal_print(stderr, "invitectl: %s:%zu: %s", place, line, trouble);
	else
		terminal_print(stderr, "invitectl: %s: %s", place, trouble);
	if (import->counts->told == IMPORT_MAX_TOLD)
		fputs("invitectl: further ones are only counted\n", stderr);
}

static void
tell_bad(Import *import, const char *place, size_t line, const char *trouble)
{
	import->counts->bad++;
	tell(import, place, line, trouble);
}

static void
count_learnt(void *context, JsonObject *answer)
{
	ImportCounts *counts = context;
	JsonArray *list = json_list(answer, "learnt");

	for (size_t i = 0; i < json_list_length(list); i++) {
		Learnt learnt = learn_named(json_list_text(list, i));

		if (learnt < LEARNT_LAST)
			counts->learnt[learnt]++;
	}
}

/* Send the batch off. */
static void
flush_batch(Import *import)
{
	g_autoptr(JsonBuilder) batch = g_steal_pointer(&import->batch);

	if (batch == NULL || import->error != NULL)
		return;
	json_builder_end_array(batch);
	client_ask(import->client, batch, count_learnt, import->counts, &import->error);
	import->waiting = import->bytes = 0;
}

static size_t
text_bytes(const GPtrArray *texts)
{
	size_t bytes = 0;

	for (size_t i = 0; i < texts->len; i++)
		bytes += strlen(texts->pdata[i]);

	return bytes;
}

static void
add_contact(Import *import, const Contact *contact)
{
	if (import->batch == NULL) {
		import->batch = json_builder_new();
		json_builder_begin_object(import->batch);
		json_add_text(import->batch, "do", "learn");
		json_builder_set_member_name(import->batch, "contacts");
		json_builder_begin_array(import->batch);
	}
	contact_json_write(import->batch, contact);
	import->waiting++;
	import->bytes += text_bytes(contact->addresses) + text_bytes(contact->urls) +
			 text_bytes(contact->answered);
	if (import->waiting == LEARN_BATCH || import->bytes >= BATCH_BYTES)
		flush_batch(import);
}

/* A ContactTake. */
static void
take_contact(void *context, const Contact *contact, size_t line, const char *trouble)
{
	Import *import = context;

	if (import->error != NULL)
		return;
	import->counts->read++;
	bar_draw(&import->bar, line, import->counts->read);
	if (contact == NULL)
		tell_bad(import, import->path, line, trouble);
	else if (trouble != NULL)
		tell(import, import->path, line, trouble);
	if (contact != NULL)
		add_contact(import, contact);
}

/* Is it the owner's own mail?  Mail that came in teaches nothing. */
static bool
is_owners(const Import *import, const Message *message)
{
	const Owners *owners = assessor_rules(client_assessor(import->client))->owners;
	g_autofree char *author =
	    owners_of_address(owners, message_author(message)->address);

	return import->owner != NULL && g_str_equal(author, import->owner);
}

static void
take_message(Import *import, const Message *message)
{
	const Settings *settings = assessor_settings(client_assessor(import->client));
	SentMail mail = {
		.head = message_head(message),
		.most = settings_number(settings, SETTING_PEOPLE_RECIPIENTS),
		.seen = message_date(message),
	};
	g_autoptr(GArray) contacts = NULL;
	SentLesson lesson = SENT_BY_ANOTHER;

	if (is_owners(import, message))
		lesson = sent_lesson(&mail, &contacts);
	import->counts->lessons[lesson]++;
	for (size_t i = 0; contacts != NULL && i < contacts->len; i++)
		add_contact(import, &g_array_index(contacts, Contact, i));
}

/* A MailbagTake. */
static void
take_mail(void *context, const char *name, const char *mail, size_t length,
	  const char *trouble)
{
	Import *import = context;
	g_autoptr(GError) error = NULL;
	g_autoptr(Message) message = NULL;

	if (import->error != NULL)
		return;
	import->counts->read++;
	bar_draw(&import->bar, 0, import->counts->read);
	if (trouble == NULL)
		message = message_new(mail, length, "", &error);
	if (message != NULL)
		take_message(import, message);
	else
		tell_bad(import, name, 0, trouble != NULL ? trouble : error->message);
}

static size_t
count_lines(const char *bytes, size_t length)
{
	size_t lines = 1;

	for (const char *at = bytes;
	     (at = memchr(at, '\n', (size_t)(bytes + length - at))) != NULL; at++)
		lines++;

	return lines;
}

/* A mail begins with a field; but so may a table's preamble, "Notes:". */
static bool
is_mail(const char *bytes, size_t length)
{
	size_t name = 0;

	while (name < length && (g_ascii_isalnum(bytes[name]) || bytes[name] == '-'))
		name++;

	return name > 0 && name < length && bytes[name] == ':';
}

/* False where it is a mail, or mails. */
static bool
import_bytes(Import *import, const char *bytes, size_t length)
{
	const Owners *owners = assessor_rules(client_assessor(import->client))->owners;
	gint64 now = g_get_real_time() / G_USEC_PER_SEC;

	import->bar.total = count_lines(bytes, length);
	if (vcard_is_file(bytes, length))
		vcard_read(bytes, length, take_contact, import);
	else if (calendar_is_file(bytes, length) && import->owner == NULL)
		tell_bad(import, import->path, 0,
			 "whose calendar? Name the mailbox with --owner");
	else if (calendar_is_file(bytes, length))
		calendar_read(bytes, length, owners, import->owner, now, take_contact,
			      import);
	else if (csv_read(import->columns, bytes, length, now, take_contact, import))
		return true;
	else if (is_mail(bytes, length))
		return false;
	else
		tell_bad(
		    import, import->path, 0,
		    "no address book, calendar, mailbox or table with a header line");

	return true;
}

static void
import_path(Import *import, const char *path)
{
	g_autofree char *bytes = NULL;
	g_autoptr(GError) error = NULL;
	bool is_read;
	gsize length;

	if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
		mailbag_each(path, take_mail, import);
		return;
	}
	/* Not mapped: a file that is cut short meanwhile would end us. */
	is_read = g_str_equal(path, "-")
		      ? input_take(STDIN_FILENO, FILE_MAX_BYTES, &bytes, &length, &error)
		      : input_file(path, FILE_MAX_BYTES, &bytes, &length, &error);
	if (!is_read || length == 0)
		tell_bad(import, path, 0, is_read ? "empty" : error->message);
	else if (mailbag_is_mbox(bytes, length) || !import_bytes(import, bytes, length))
		mailbag_split(path, bytes, length, take_mail, import);
}

bool
import_file(Client *client, const char *owner, const char *path, ImportCounts *counts,
	    GError **error)
{
	const Owners *owners = assessor_rules(client_assessor(client))->owners;
	g_autofree char *mailbox = owner != NULL
				       ? owners_of_either(owners, owner)
				       : owners_of_user(owners, g_get_user_name());
	g_autoptr(CsvColumns) columns = assessor_columns(client_assessor(client), error);
	Import import = { .client = client,
			  .owner = mailbox,
			  .path = path,
			  .columns = columns,
			  .counts = counts,
			  .bar = { .what = path } };

	if (columns == NULL)
		return false;
	import_path(&import, path);
	flush_batch(&import);
	bar_clear(&import.bar);
	if (import.error == NULL)
		return true;
	g_propagate_error(error, import.error);

	return false;
}
