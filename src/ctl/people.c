/* SPDX-License-Identifier: BSD-2-Clause */
/* people.c - invitectl people: who a mailbox's owner knows */

#include "config.h"

#include <string.h>
#include <sysexits.h>

#include "base/day.h"
#include "base/json.h"
#include "base/terminal.h"
#include "ctl/client.h"
#include "ctl/command.h"
#include "ctl/import.h"
#include "ctl/options.h"
#include "import/vcard.h"
#include "import/vcard-write.h"
#include "people/contact-json.h"
#include "people/learn.h"
#include "text/address.h"

/* One command on its way. */
typedef struct {
	const Options *options;
	Client *client;
	FILE *out;
	size_t found;   /* people told of, or forgotten */
	size_t dropped; /* invitations of theirs */
} Run;

/* The exit status, unless error is set. */
typedef int PeopleRun(Run *run, GError **error);

static JsonBuilder *
request_new(const char *command)
{
	JsonBuilder *json = json_builder_new();

	json_builder_begin_object(json);
	json_add_text(json, "do", command);

	return json;
}

static const char *
text_of(JsonObject *object, const char *key)
{
	const char *text = json_text(object, key);

	return text != NULL ? text : "";
}

/* The first value of a kind, which the daemon tells sorted; "" for none. */
static const char *
first_of(JsonArray *identities, const char *kind)
{
	for (size_t i = 0; i < json_list_length(identities); i++) {
		JsonObject *identity = json_list_object(identities, i);

		if (g_str_equal(text_of(identity, "kind"), kind))
			return text_of(identity, "value");
	}

	return "";
}

static char *
day_of(JsonObject *identity, const char *key)
{
	gint64 seconds = json_number(identity, key);
	char *day = seconds > CONTACT_LONG_AGO ? day_text(seconds) : NULL;

	return day != NULL ? day : g_strdup("-");
}

/* One line: name, address, profile, company, how they became known. */
static void
list_person(Run *run, JsonArray *identities)
{
	static const char *const kinds[] = { "name", "address", "profile", "company" };
	JsonObject *first = json_list_object(identities, 0);
	g_autofree char *day = day_of(first, "first");

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autofree char *value = terminal_text(first_of(identities, kinds[i]));

		fprintf(run->out, "%s\t", value[0] != '\0' ? value : "-");
	}
	fprintf(run->out, "%s %s\n", text_of(first, "source"), day);
}

/* Each thing that is known of them, with where it is from. */
static void
show_person(Run *run, JsonArray *identities)
{
	fprintf(run->out, "%s", run->found > 0 ? "\n" : "");
	for (size_t i = 0; i < json_list_length(identities); i++) {
		JsonObject *identity = json_list_object(identities, i);
		g_autofree char *first = day_of(identity, "first");
		g_autofree char *last = day_of(identity, "last");

		terminal_print(run->out, "%-8s %s", text_of(identity, "kind"),
			       text_of(identity, "value"));
		terminal_print(run->out,
			       "         %s, first %s, last %s, seen %" G_GINT64_FORMAT,
			       text_of(identity, "source"), first, last,
			       json_number(identity, "count"));
	}
}

static void
export_person(Run *run, JsonArray *identities)
{
	g_autoptr(GString) card = g_string_new(NULL);
	g_auto(Contact) contact = { 0 };

	contact_init(&contact, SOURCE_CONTACT);
	for (size_t i = 0; i < json_list_length(identities); i++) {
		JsonObject *identity = json_list_object(identities, i);
		const char *kind = text_of(identity, "kind"),
			   *value = text_of(identity, "value");

		if (g_str_equal(kind, "name") && contact.name == NULL)
			contact_set_name(&contact, value);
		else if (g_str_equal(kind, "company") && contact.company == NULL)
			contact_set_company(&contact, value);
		else if (g_str_equal(kind, "address"))
			contact_add_address(&contact, value);
		else if (g_str_equal(kind, "profile"))
			contact_add_url(&contact, value);
	}
	vcard_write(card, &contact);
	fputs(card->str, run->out);
}

static void
print_json(Run *run, JsonArray *identities)
{
	g_autoptr(JsonNode) node = json_node_new(JSON_NODE_ARRAY);
	g_autofree char *line = NULL;

	json_node_set_array(node, identities);
	line = json_to_string(node, FALSE);
	fprintf(run->out, "{\"person\":%s}\n", line);
}

typedef void Print(Run *run, JsonArray *identities);

/* How the people of an answer are printed. */
typedef struct {
	Run *run;
	Print *print;
} Printer;

static void
take_person(void *context, JsonObject *answer)
{
	Printer *printer = context;
	JsonArray *identities = json_list(answer, "person");

	if (json_list_length(identities) == 0)
		return;
	printer->print(printer->run, identities);
	printer->run->found++;
}

/* who NULL: everybody. */
static bool
find(Run *run, const char *who, Print *print, GError **error)
{
	g_autoptr(JsonBuilder) json = request_new("find");
	Printer printer = { run, run->options->is_json ? print_json : print };

	if (who != NULL)
		json_add_text(json, "who", who);

	return client_ask(run->client, json, take_person, &printer, error);
}

static int
list(Run *run, GError **error)
{
	find(run, NULL, list_person, error);

	return EX_OK;
}

static int export(Run *run, GError **error)
{
	find(run, NULL, export_person, error);

	return EX_OK;
}

static int
show(Run *run, GError **error)
{
	char **who = run->options->files;

	for (; *who != NULL; who++) {
		size_t before = run->found;

		if (!find(run, *who, show_person, error))
			return EX_OK;
		if (run->found == before)
			terminal_print(stderr, "invitectl: %s: nobody", *who);
	}

	return run->found > 0 ? EX_OK : EX_NOUSER;
}

static void
take_forgotten(void *context, JsonObject *answer)
{
	Run *run = context;

	run->found += (size_t)json_number(answer, "forgotten");
	run->dropped += (size_t)json_number(answer, "invitations");
}

static int
forget(Run *run, GError **error)
{
	for (char **who = run->options->files; *who != NULL; who++) {
		g_autoptr(JsonBuilder) json = request_new("forget");

		json_add_text(json, "who", *who);
		if (!client_ask(run->client, json, take_forgotten, run, error))
			return EX_OK;
	}
	fprintf(run->out, "forgotten: %zu\n", run->found);
	if (run->dropped > 0)
		fprintf(run->out, "invitations: %zu\n", run->dropped);

	return run->found + run->dropped > 0 ? EX_OK : EX_NOUSER;
}

static void
take_learnt(void *context, JsonObject *answer)
{
	Run *run = context;
	JsonArray *list = json_list(answer, "learnt");
	const char *word = json_list_length(list) == 1 ? json_list_text(list, 0) : NULL;

	fprintf(run->out, "%s\n", word != NULL ? word : "?");
	run->found += learn_named(word) <= LEARNT_SAME;
}

static bool
refuse(GError **error, int code, const char *what, const char *value)
{
	g_set_error(error, CLIENT_ERROR, code, what, value);

	return false;
}

/* Make a contact of the options; false where that is nobody, or no address. */
static bool
read_contact(Contact *contact, const Options *options, GError **error)
{
	contact_init(contact, SOURCE_ADDED);
	if (options->name != NULL)
		contact_set_name(contact, options->name);
	if (options->company != NULL)
		contact_set_company(contact, options->company);
	if (options->address != NULL)
		contact_add_address(contact, options->address);
	if (options->profile != NULL)
		contact_add_url(contact, options->profile);
	if (options->address != NULL && !address_is_plain(options->address))
		return refuse(error, CLIENT_ERROR_VALUE,
			      "\"%s\" is no mail address; give --address user@domain",
			      options->address);
	if (options->profile != NULL && strchr(options->profile, '/') == NULL)
		return refuse(error, CLIENT_ERROR_VALUE,
			      "\"%s\" is no page; give --profile with its address, "
			      "https://…",
			      options->profile);
	if (options->name == NULL && options->address == NULL && options->profile == NULL)
		return refuse(error, CLIENT_ERROR_USAGE,
			      "%s; give --name, --address or --profile", "whom?");

	return true;
}

static int
add(Run *run, GError **error)
{
	g_autoptr(JsonBuilder) json = request_new("learn");
	g_auto(Contact) contact = { 0 };

	if (!read_contact(&contact, run->options, error))
		return EX_OK;
	json_builder_set_member_name(json, "contacts");
	json_builder_begin_array(json);
	contact_json_write(json, &contact);
	json_builder_end_array(json);
	client_ask(run->client, json, take_learnt, run, error);

	return run->found > 0 ? EX_OK : EX_DATAERR;
}

/* Print how many records were read, what became of them, and why some were skipped. */
static void
print_counts(FILE *out, const ImportCounts *counts)
{
	size_t skipped = 0;

	for (int i = LEARNT_UPDATED + 1; i < LEARNT_LAST; i++)
		skipped += counts->learnt[i];
	for (int i = SENT_TEACHES + 1; i < SENT_LAST; i++)
		skipped += counts->lessons[i];
	fprintf(out, "read %zu, new %zu, updated %zu, skipped %zu, bad %zu\n",
		counts->read, counts->learnt[LEARNT_NEW], counts->learnt[LEARNT_UPDATED],
		skipped, counts->bad);
	for (int i = LEARNT_UPDATED + 1; i < LEARNT_LAST; i++)
		if (counts->learnt[i] > 0)
			fprintf(out, "  skipped %zu: %s\n", counts->learnt[i],
				learn_name((Learnt)i));
	for (int i = SENT_TEACHES + 1; i < SENT_LAST; i++)
		if (counts->lessons[i] > 0)
			fprintf(out, "  skipped %zu: %s\n", counts->lessons[i],
				sent_lesson_name((SentLesson)i));
}

static int
import(Run *run, GError **error)
{
	ImportCounts counts = { 0 };
	bool is_well = true;

	for (char **path = run->options->files; is_well && *path != NULL; path++)
		is_well =
		    import_file(run->client, run->options->owner, *path, &counts, error);
	print_counts(run->out, &counts);

	return counts.bad > 0 ? EX_DATAERR : EX_OK;
}

static const struct {
	const char *name;
	PeopleRun *run;
} commands[] = {
	{ "people add", add },       { "people export", export },
	{ "people forget", forget }, { "people import", import },
	{ "people list", list },     { "people show", show },
};

static PeopleRun *
run_of(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (g_str_equal(commands[i].name, name))
			return commands[i].run;
	g_assert_not_reached();
}

int
command_people(const Options *options, FILE *out)
{
	Run run = { .options = options, .out = out };
	g_autoptr(GError) error = NULL;
	g_autoptr(Client) client = client_new(options, &error);
	g_autofree char *prefix = g_strdup_printf("invitectl %s: ", options->command);
	int status = EX_OK;

	run.client = client;
	if (client != NULL)
		status = run_of(options->command)(&run, &error);
	if (error == NULL)
		return status;
	terminal_print_lines(stderr, prefix, error->message);

	return client_status(error);
}
