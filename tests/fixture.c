/* SPDX-License-Identifier: BSD-2-Clause */
/* fixture.c - the mails of tests/mail, and what tests do with them */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "fixture.h"
#include "people/bulk.h"
#include "mail/message.h"
#include "network/networks.h"

/* RFC 5322, section 2.1.1, without CRLF. */
#define LINE_MAX_OCTETS 998

/* All folders of fixture_folder() are in this one, while a suite runs. */
static char *scratch;

char *
fixture_path(const char *name)
{
	const char *srcdir = g_getenv("srcdir");

	return g_build_filename(srcdir != NULL ? srcdir : TOP_SRCDIR, "tests", name,
				NULL);
}

static char *
read_file(const char *name, gsize *length_out)
{
	g_autofree char *path = fixture_path(name);
	g_autoptr(GError) error = NULL;
	char *bytes = NULL;

	/* Not ck_assert(): main() reads the table before any test runs. */
	if (!g_file_get_contents(path, &bytes, length_out, &error))
		g_error("%s", error->message);

	return bytes;
}

GPtrArray *
fixture_rows(void)
{
	g_autofree char *text = read_file("mail/EXPECTED.tsv", NULL);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);

	for (size_t i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++) {
		char **cells = g_strsplit(lines[i], "\t", -1);

		if (g_strv_length(cells) != EXPECTED_LAST)
			g_error("%s: %u cells", cells[0], g_strv_length(cells));
		g_ptr_array_add(rows, cells);
	}

	return rows;
}

GString *
fixture_mail(const char *name)
{
	g_autofree char *path = g_strconcat("mail/", name, NULL);
	gsize length;
	g_autofree char *bytes = read_file(path, &length);
	GString *mail = g_string_sized_new(length + length / 32);

	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r'))
			g_string_append_c(mail, '\r');
		g_string_append_c(mail, bytes[i]);
	}

	return mail;
}

/* A settings file in a folder of its own; the path is the caller's. */
static char *
write_settings(const char *text)
{
	g_autofree char *folder = g_dir_make_tmp("check-XXXXXX", NULL);
	char *path;

	ck_assert_ptr_nonnull(folder);
	path = g_build_filename(folder, "invite-milter.conf", NULL);
	ck_assert(g_file_set_contents(path, text, -1, NULL));

	return path;
}

static void
remove_settings(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);

	g_unlink(path);
	g_rmdir(folder);
}

Settings *
fixture_settings(const char *text)
{
	g_autofree char *path = write_settings(text);
	g_autoptr(GError) error = NULL;
	Settings *settings = settings_new(path, &error);

	remove_settings(path);
	ck_assert_msg(settings != NULL, "%s", error != NULL ? error->message : "");

	return settings;
}

static Assessor *
new_assessor(const char *settings)
{
	g_autofree char *path = settings != NULL ? write_settings(settings) : NULL;
	g_autoptr(GError) error = NULL;
	Assessor *assessor = assessor_new(path, &error);

	if (path != NULL)
		remove_settings(path);
	ck_assert_msg(assessor != NULL, "%s", error != NULL ? error->message : "");

	return assessor;
}

/* Reading all data takes seconds under valgrind, and a good part of one anywhere. */
static Assessor *defaults;

void
fixture_load(void)
{
	message_init();
	defaults = assessor_new(NULL, NULL);
}

Assessor *
fixture_assessor(const char *settings)
{
	Assessor *assessor;

	message_init();
	if (settings != NULL) {
		assessor = new_assessor(settings);
	} else {
		if (defaults == NULL)
			defaults = new_assessor(NULL);
		assessor = assessor_ref(defaults);
	}
	/* Nobody is known: there is no file, and none is made. */
	assessor_set_store(assessor, store_new("sqlite:/nonexistent/people", STORE_READ));

	return assessor;
}

Assessment *
fixture_assess(Assessor *assessor, const GString *mail, const char *owner)
{
	g_autoptr(GError) error = NULL;
	Delivery delivery = { .owner = owner, .now = FIXTURE_NOW };
	Assessment *assessment =
	    assess(assessor, mail->str, mail->len, &delivery, &error);

	ck_assert_msg(assessment != NULL, "%s", error != NULL ? error->message : "");

	return assessment;
}

GPtrArray *
fixture_files(const char *path, const char *text)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *files = g_ptr_array_new_with_free_func((GDestroyNotify)keyfile_free);
	Keyfile *file = keyfile_new(path, text, strlen(text), &error);

	ck_assert_msg(file != NULL, "%s", error != NULL ? error->message : "");
	g_ptr_array_add(files, file);

	return files;
}

/* What an invitation leaves, on its way through a transaction. */
typedef struct {
	const char *owner, *inviter, *address;
	const Head *head;
	const Fingerprint *note;
	gint64 when;
} Arrival;

static bool
leave_traces(StoreWriter *writer, void *context, GError **error)
{
	const Arrival *arrival = context;

	return learn_invitation(writer, arrival->owner, arrival->head, arrival->address,
				arrival->when, error);
}

static bool
leave_note(StoreWriter *writer, void *context, GError **error)
{
	const Arrival *arrival = context;

	return bulk_record(writer, arrival->owner, arrival->inviter, arrival->note,
			   arrival->when, error);
}

void
fixture_invited(Store *store, const char *owner, const char *message_id,
		const char *address)
{
	g_autoptr(Head) head = head_new();
	g_autoptr(GError) error = NULL;
	Arrival arrival = {
		.owner = owner, .head = head, .address = address, .when = FIXTURE_NOW
	};

	if (message_id != NULL)
		head_add(head, "Message-ID", message_id);
	ck_assert_msg(store_change(store, leave_traces, &arrival, &error), "%s",
		      error != NULL ? error->message : "");
}

bool
fixture_bulk(Store *store, const char *owner, const char *inviter,
	     const Fingerprint *note, gint64 when, GError **error)
{
	Arrival arrival = {
		.owner = owner, .inviter = inviter, .note = note, .when = when
	};

	return store_change(store, leave_note, &arrival, error);
}

/* Where the body begins. */
static size_t
head_end(const GString *mail)
{
	const char *end = g_str_has_prefix(mail->str, "\r\n")
			      ? mail->str - strlen("\r\n")
			      : strstr(mail->str, "\r\n\r\n");

	return end != NULL ? (size_t)(end - mail->str) + strlen("\r\n\r\n") : mail->len;
}

/* One field as libmilter hands it over: LF alone, no space after the colon. */
static void
send_field(Session *session, const char *start, size_t length)
{
	const char *colon = memchr(start, ':', length);
	g_autofree char *name = NULL;
	g_autoptr(GString) value = NULL;

	if (colon == NULL)
		return;
	name = g_strndup(start, (size_t)(colon - start));
	value =
	    g_string_new_len(colon + 1, (gssize)(length - (size_t)(colon + 1 - start)));
	g_string_replace(value, "\r\n", "\n", 0);
	session_field(session, name, value->str + (value->str[0] == ' '));
}

static void
send_head(Session *session, const GString *mail)
{
	const char *at = mail->str, *end = at + head_end(mail);

	while (at < end && strncmp(at, "\r\n", 2) != 0) {
		const char *stop = at;

		do
			stop = strstr(stop, "\r\n");
		while (stop != NULL && (stop += 2) < end &&
		       (*stop == ' ' || *stop == '\t'));
		if (stop == NULL)
			stop = end;
		send_field(session, at, (size_t)(stop - at) - strlen("\r\n"));
		at = stop;
	}
}

SessionNext
fixture_send(Session *session, const GString *mail)
{
	size_t start = head_end(mail), length;
	SessionNext next;

	send_head(session, mail);
	next = session_head_done(session);
	if (next == SESSION_ACCEPT)
		return next;
	for (size_t at = start; at < mail->len; at += length) {
		length = MIN(mail->len - at, 1000);
		if (!session_body(session, mail->str + at, length))
			break;
	}

	return next;
}

Edits *
fixture_pass(Assessor *assessor, const GString *mail, const char *recipient,
	     Report *report)
{
	g_auto(Report) unused = { 0 };
	g_autoptr(Session) session = session_new(NULL);

	session_begin(session, assessor, &(Sender){ NULL });
	session_recipient(session, recipient, RECIPIENT_LOCAL);
	if (fixture_send(session, mail) == SESSION_ACCEPT)
		return edits_new();

	return session_end(session, FIXTURE_NOW, report != NULL ? report : &unused);
}

const char *
fixture_summary(const Report *report)
{
	g_autofree char *text =
	    report->summary != NULL ? log_record_text(report->summary) : NULL;

	return g_intern_string(text != NULL ? text : "");
}

/* The index-th instance of the field in a head, up to its end, erased. */
static void
erase_field(GString *head, const char *name, size_t index)
{
	size_t at = 0, length = strlen(name);

	while (at < head->len) {
		size_t end = at;

		do {
			const char *stop = strstr(head->str + end, "\r\n");

			end = stop != NULL ? (size_t)(stop - head->str) + 2 : head->len;
		} while (head->str[end] == ' ' || head->str[end] == '\t');
		if (g_ascii_strncasecmp(head->str + at, name, length) == 0 &&
		    head->str[at + length] == ':' && --index == 0) {
			g_string_erase(head, (gssize)at, (gssize)(end - at));
			return;
		}
		at = end;
	}
}

/* A value is folded with LF, and a mail with CRLF. */
static void
prepend_field(GString *head, const Edit *edit)
{
	g_autoptr(GString) value = g_string_new(edit->value);
	g_autofree char *field = NULL;

	g_string_replace(value, "\n", "\r\n", 0);
	field = g_strdup_printf("%s: %s\r\n", edit->name, value->str);
	g_string_prepend(head, field);
}

GString *
fixture_applied(const GString *mail, const Edits *edits)
{
	size_t start = head_end(mail);
	GString *out = g_string_new_len(mail->str, (gssize)start);

	for (size_t i = 0; i < edits->fields->len; i++) {
		const Edit *edit = &g_array_index(edits->fields, Edit, i);

		for (size_t index = edit->kind == EDIT_DELETE ? edit->index : 0;
		     index > 0; index--)
			erase_field(out, edit->name, index);
		if (edit->kind == EDIT_CHANGE)
			erase_field(out, edit->name, 1);
		if (edit->kind != EDIT_DELETE)
			prepend_field(out, edit);
	}
	if (edits->body != NULL)
		g_string_append_len(out, edits->body->str, (gssize)edits->body->len);
	else
		g_string_append_len(out, mail->str + start, (gssize)(mail->len - start));

	return out;
}

const char *
fixture_value(const Edits *edits, const char *name)
{
	for (size_t i = 0; i < edits->fields->len; i++) {
		const Edit *edit = &g_array_index(edits->fields, Edit, i);

		if (edit->kind != EDIT_DELETE && g_str_equal(edit->name, name))
			return edit->value;
	}

	return NULL;
}

static void
check_value(const Edit *edit, const char *what)
{
	size_t column = strlen(edit->name) + strlen(": ");

	ck_assert_msg(edit->value[0] != '\0', "%s: %s is empty", what, edit->name);
	for (const char *c = edit->value; *c != '\0'; c++) {
		column = *c == '\n' ? 0 : column + 1;
		ck_assert_msg(*c == '\n' || *c == '\t' || (*c >= ' ' && *c < 0x7f),
			      "%s: %s holds byte %02x: %s", what, edit->name,
			      (unsigned char)*c, edit->value);
		ck_assert_msg(*c != '\n' || ((c[1] == '\t' || c[1] == ' ') &&
					     strcspn(c + 1, "\n") > strspn(c + 1, " \t")),
			      "%s: %s has a line that is no fold: %s", what, edit->name,
			      edit->value);
		ck_assert_msg(column <= LINE_MAX_OCTETS, "%s: %s has a line of %zu", what,
			      edit->name, column);
	}
}

void
fixture_check_edits(const Edits *edits, const char *what)
{
	bool has_inserted = false;

	for (size_t i = 0; i < edits->fields->len; i++) {
		const Edit *edit = &g_array_index(edits->fields, Edit, i);
		const Edit *next = i + 1 < edits->fields->len ? edit + 1 : NULL;

		has_inserted |= edit->kind != EDIT_DELETE;
		if (edit->kind != EDIT_DELETE) {
			check_value(edit, what);
			continue;
		}
		ck_assert_msg(!has_inserted, "%s: deletes after it inserted", what);
		ck_assert_msg(edit->index >= 1, "%s: deletes index 0", what);
		ck_assert_msg(next == NULL || next->kind != EDIT_DELETE ||
				  !g_str_equal(edit->name, next->name),
			      "%s: deletes %s twice", what, edit->name);
	}
}

GString *
fixture_invitation(const char *from_name, const char *note)
{
	GString *mail = g_string_new(NULL);

	g_string_printf(mail,
			"Received: from maila.linkedin.com by mx.example.net;"
			" Thu, 25 Aug 2011 09:54:19 +0000\r\n"
			"Date: Thu, 25 Aug 2011 09:54:19 +0000\r\n"
			"From: %s <invitations@linkedin.com>\r\n"
			"To: Marieke Duivenvoorde <" FIXTURE_OWNER ">\r\n"
			"Subject: Invitation to connect on LinkedIn\r\n"
			"MIME-Version: 1.0\r\n"
			"Content-Type: text/plain; charset=UTF-8\r\n"
			"Content-Transfer-Encoding: 8bit\r\n"
			"\r\n"
			"%s\r\n",
			from_name, note);

	return mail;
}

char *
fixture_lines(const Visible *visible)
{
	g_autoptr(GString) all = g_string_new(NULL);

	for (size_t i = 0; i < visible->lines->len; i++) {
		const VisibleLine *line = &g_array_index(visible->lines, VisibleLine, i);

		g_string_append_printf(all, line->is_link ? "%s[%s]" : "%s%s",
				       i > 0 ? "/" : "", line->text);
	}

	return g_string_free(g_steal_pointer(&all), FALSE);
}

char *
fixture_links(const Visible *visible)
{
	g_autoptr(GString) all = g_string_new(NULL);

	for (size_t i = 0; i < visible->links->len; i++) {
		const VisibleLink *link = &g_array_index(visible->links, VisibleLink, i);

		g_string_append_printf(all, "%s%s=%s", i > 0 ? " " : "", link->label,
				       link->url);
	}

	return g_string_free(g_steal_pointer(&all), FALSE);
}

char *
fixture_with_twins(const char *text, const char *latin, const char *const *twins)
{
	GString *out = g_string_new(NULL);

	for (; *text != '\0'; text++) {
		const char *at = strchr(latin, *text);

		if (at != NULL)
			g_string_append(out, twins[at - latin]);
		else
			g_string_append_c(out, *text);
	}

	return g_string_free(out, FALSE);
}

char *
fixture_folder(void)
{
	char *folder = g_build_filename(scratch, "XXXXXX", NULL);

	ck_assert_msg(g_mkdtemp(folder) != NULL, "%s: no folder", scratch);

	return folder;
}

Store *
fixture_store(StoreMode mode, char **path_out)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *path = g_build_filename(folder, "people.sqlite", NULL);
	g_autofree char *place = g_strconcat("sqlite:", path, NULL);

	if (path_out != NULL)
		*path_out = g_steal_pointer(&path);

	return store_new(place, mode);
}

/* The arguments of fixture_put() on their way through a transaction. */
typedef struct {
	const char *owner;
	gint64 *person;
	Identity identity;
	gint64 seen;
} Putting;

static bool
put_identity(StoreWriter *writer, void *context, GError **error)
{
	const Putting *putting = context;
	StorePut put;

	return (*putting->person != 0 ||
		store_writer_new_person(writer, putting->person, error)) &&
	       store_writer_put(writer, putting->owner, *putting->person,
				&putting->identity, putting->seen, FIXTURE_NOW, &put,
				error);
}

bool
fixture_put(Store *store, const char *owner, gint64 *person, IdentityKind kind,
	    const char *search_key, gint64 seen, GError **error)
{
	Putting putting = {
		.owner = owner,
		.person = person,
		.identity = { .kind = kind,
			      .search_key = (char *)search_key,
			      .value = (char *)(kind == IDENTITY_NAME ? search_key : ""),
			      .shown = (char *)search_key,
			      .source = SOURCE_SENT },
		.seen = seen,
	};

	return store_change(store, put_identity, &putting, error);
}

Learnt
fixture_learn(Store *store, const Assessor *assessor, const FixtureContact *said)
{
	g_autoptr(GError) error = NULL;
	g_auto(Contact) contact = { 0 };
	Learnt learnt = LEARNT_LAST;

	contact_init(&contact, said->source);
	contact.seen = said->seen;
	if (said->name != NULL)
		contact_set_name(&contact, said->name);
	if (said->company != NULL)
		contact_set_company(&contact, said->company);
	if (said->address != NULL)
		contact_add_address(&contact, said->address);
	if (said->url != NULL)
		contact_add_url(&contact, said->url);
	networks_find_profiles(assessor_networks(assessor), &contact);
	ck_assert_msg(learn_contacts(store, assessor_rules(assessor), FIXTURE_OWNER,
				     &contact, 1, FIXTURE_NOW, &learnt, &error),
		      "%s", error != NULL ? error->message : "");

	return learnt;
}

/* A name of two keys is kept twice, and a hint was never written. */
static bool
add_person(void *context, const StorePerson *person)
{
	GString *all = context;
	const Identity *before = NULL;

	g_string_append(all, all->len > 0 ? "; " : "");
	for (size_t i = 0; i < person->identities->len; i++) {
		const Identity *identity =
		    &g_array_index(person->identities, Identity, i);

		if (identity->shown[0] == '\0' ||
		    (before != NULL && g_str_equal(before->shown, identity->shown)))
			continue;
		g_string_append_printf(all, "%s%s", before != NULL ? "|" : "",
				       identity->shown);
		before = identity;
	}

	return true;
}

char *
fixture_people(Store *store, const char *owner)
{
	g_autoptr(GString) all = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	ck_assert_msg(store_each(store, owner, add_person, all, &error), "%s",
		      error != NULL ? error->message : "");

	return g_strdup(all->str);
}

static void
remove_tree(const char *path)
{
	g_autoptr(GDir) dir =
	    g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *below = g_build_filename(path, name, NULL);

		remove_tree(below);
	}
	g_remove(path);
}

bool
fixture_is_in_image(DataImage image, const void *place)
{
	g_autoptr(GBytes) bytes = data_image(image);
	gsize length;
	const char *start = g_bytes_get_data(bytes, &length);

	return (const char *)place >= start && (const char *)place < start + length;
}

int
fixture_run(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	int failed;

	scratch = g_dir_make_tmp("check-XXXXXX", NULL);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	remove_tree(scratch);
	g_clear_pointer(&scratch, g_free);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
