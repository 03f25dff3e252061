/* SPDX-License-Identifier: BSD-2-Clause */
/* network.c - invitectl network: for who writes a network's file */

#include "config.h"

#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/data.h"
#include "base/input.h"
#include "base/json.h"
#include "base/terminal.h"
#include "base/trusted.h"
#include "ctl/command.h"
#include "ctl/mailbag.h"
#include "ctl/options.h"
#include "ctl/print.h"
#include "ctl/trial.h"
#include "ctl/trial-print.h"
#include "judge/assess.h"
#include "network/network-doubts.h"
#include "text/text.h"

#define KIND   "networks"
#define SUFFIX ".network"

/* The languages of its patterns, sorted; borrowed. */
static GPtrArray *
languages_of(const Network *network)
{
	GPtrArray *languages = g_ptr_array_new();

	for (size_t i = 0; i < keyfile_length(network->file); i++) {
		const char *language = keyfile_entry(network->file, i)->language;

		if (language != NULL && !g_ptr_array_find_with_equal_func(
					    languages, language, g_str_equal, NULL))
			g_ptr_array_add(languages, (gpointer)language);
	}
	g_ptr_array_sort(languages, text_compare);

	return languages;
}

/* What its kinds ask for, in the order of the list; borrowed. */
static GPtrArray *
requests_of(const Network *network)
{
	GPtrArray *requests = g_ptr_array_new();
	bool is_asked[REQUEST_LAST] = { false };

	for (size_t i = 0; i < network->kinds->len; i++)
		is_asked[((const Kind *)network->kinds->pdata[i])->request] = true;
	for (size_t i = REQUEST_NONE + 1; i < REQUEST_LAST; i++)
		if (is_asked[i])
			g_ptr_array_add(requests,
					(gpointer)network_request_name((Request)i));

	return requests;
}

/* "3 kinds" */
static char *
count_of(size_t count, const char *what)
{
	return g_strdup_printf("%zu %s%s", count, what, count == 1 ? "" : "s");
}

static void
print_summary(FILE *out, const char *path, const Network *network)
{
	g_autoptr(GPtrArray) all = languages_of(network);
	g_autofree char *kinds = count_of(network->kinds->len, "kind");
	g_autofree char *patterns = count_of(network_patterns(network), "pattern");
	g_autofree char *languages = count_of(all->len, "language");

	terminal_print(out, "%s: %s, %s%s%s", path, kinds, patterns,
		       all->len > 0 ? " in " : "", all->len > 0 ? languages : "");
}

/* Is one of the files to be checked of this name?  Then it stands in its place. */
static bool
is_replaced(const Options *options, const char *name)
{
	for (char **path = options->files; *path != NULL; path++) {
		g_autofree char *own = g_path_get_basename(*path);

		if (g_str_equal(own, name))
			return true;
	}

	return false;
}

/* The networks beside those to be checked, as far as they can be read. */
static Networks *
load_others(const Options *options, const char *folder, GError **error)
{
	g_autoptr(GPtrArray) files =
	    g_ptr_array_new_with_free_func((GDestroyNotify)keyfile_free);
	g_autoptr(GPtrArray) names = data_names(folder, KIND, SUFFIX, error);
	Networks *networks = networks_new(files, NULL);

	for (size_t i = 0; names != NULL && i < names->len; i++) {
		GError *mistake = NULL;
		Keyfile *file;

		if (is_replaced(options, names->pdata[i]))
			continue;
		file = data_read(folder, KIND, names->pdata[i], &mistake);
		if (file != NULL)
			networks_add(networks, file, &mistake);
		if (mistake != NULL)
			keyfile_error_join(error, mistake);
	}

	return networks;
}

static void
print_doubts(FILE *out, const char *path, const Network *network)
{
	g_autoptr(GPtrArray) doubts = network_doubts(network);

	for (size_t i = 0; i < doubts->len; i++)
		terminal_print(out, "warning: %s", (const char *)doubts->pdata[i]);
	if (!g_str_has_suffix(path, SUFFIX))
		terminal_print(
		    out, "warning: %s: only files whose names end in " SUFFIX " are read",
		    path);
}

/* The others stay, so that two files that are checked together are compared. */
static int
check_file(Networks *networks, const char *path, FILE *out)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *bytes = NULL;
	gsize length;
	bool is_added;

	if (!input_file(path, TRUSTED_MAX_BYTES, &bytes, &length, &error)) {
		terminal_print(stderr, "invitectl network check: %s: %s", path,
			       error->message);
		return EX_NOINPUT;
	}
	is_added =
	    networks_add(networks, keyfile_salvage(path, bytes, length, &error), &error);
	if (error != NULL)
		terminal_print_lines(out, "", error->message);
	if (is_added) {
		const Network *network =
		    networks_get(networks, networks_length(networks) - 1);

		print_doubts(out, path, network);
		if (error == NULL)
			print_summary(out, path, network);
	}

	return error != NULL ? EX_DATAERR : EX_OK;
}

static int
check(const Options *options, FILE *out)
{
	g_autoptr(GError) error = NULL, mistakes = NULL;
	g_autoptr(Settings) settings = settings_new(options_settings(options), &error);
	g_autoptr(Networks) networks = NULL;
	int status;

	if (settings == NULL) {
		terminal_print_lines(stderr, "invitectl: ", error->message);
		return EX_CONFIG;
	}
	networks = load_others(options, settings_folder(settings), &mistakes);
	if (mistakes != NULL)
		terminal_print_lines(out, "", mistakes->message);
	status = mistakes != NULL ? EX_DATAERR : EX_OK;
	for (char **path = options->files; *path != NULL; path++) {
		int found = check_file(networks, *path, out);

		/* EX_NOINPUT is the greater one. */
		status = MAX(status, found);
	}

	return status;
}

/* One file, and the mails to try it with. */
typedef struct {
	Assessor *assessor;
	const Network *network;
	PrintForm form;
	FILE *out;
	bool has_trouble;
	bool has_printed;
} Try;

/* A MailbagTake.  No owner: a network's file says nothing of people. */
static void
try_mail(void *context, const char *name, const char *mail, size_t length,
	 const char *trouble)
{
	Try *run = context;
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessment) assessment = NULL;
	g_autoptr(Trial) trial = NULL;
	Delivery delivery = { .now = g_get_real_time() / G_USEC_PER_SEC };

	if (run->has_printed && run->form != PRINT_JSON)
		fputc('\n', run->out);
	run->has_printed = true;
	if (trouble == NULL)
		assessment = assess(run->assessor, mail, length, &delivery, &error);
	if (assessment == NULL) {
		run->has_trouble = true;
		print_trouble(run->out, name, trouble != NULL ? trouble : error->message,
			      run->form);
		return;
	}
	trial = trial_new(run->network, assessment);
	trial_print(run->out, name, run->network, trial, assessment, run->form);
}

/* The network that was read from this file. */
static const Network *
network_of(const Assessor *assessor, const char *path)
{
	const Networks *networks = assessor_networks(assessor);

	for (size_t i = 0; i < networks_length(networks); i++)
		if (g_str_equal(keyfile_path(networks_get(networks, i)->file), path))
			return networks_get(networks, i);
	g_assert_not_reached();
}

static int
try(const Options *options, FILE *out)
{
	const char *path = options->files[0];
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessor) assessor = NULL;
	Try run = { .out = out, .form = options->is_json ? PRINT_JSON : PRINT_PLAIN };
	int fd = input_open(path, &error);

	if (fd < 0) {
		terminal_print(stderr, "invitectl network try: %s: %s", path,
			       error->message);
		return EX_NOINPUT;
	}
	close(fd);
	assessor = assessor_trial(options_settings(options), path, &error);
	if (assessor == NULL) {
		terminal_print_lines(stderr, "invitectl network try: ", error->message);
		return EX_CONFIG;
	}
	run.assessor = assessor;
	run.network = network_of(assessor, path);
	for (char **place = options->files + 1; *place != NULL; place++)
		mailbag_each(*place, try_mail, &run);

	return run.has_trouble ? EX_DATAERR : EX_OK;
}

/* The file it is from; NULL: built in. */
static const char *
path_of(const Network *network)
{
	const char *path = keyfile_path(network->file);

	return g_str_has_prefix(path, DATA_BUILT_IN) ? NULL : path;
}

static void
list_json(FILE *out, const Network *network)
{
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autoptr(GPtrArray) languages = languages_of(network);
	g_autoptr(GPtrArray) requests = requests_of(network);
	g_autofree char *line = NULL;

	json_builder_begin_object(json);
	json_add_text(json, "name", network->name);
	json_add_text(json, "title", network->title);
	json_add_text(json, "file", path_of(network));
	json_add_flag(json, "seen", network->is_seen);
	json_builder_set_member_name(json, "kinds");
	json_builder_add_int_value(json, network->kinds->len);
	json_builder_set_member_name(json, "patterns");
	json_builder_add_int_value(json, (gint64)network_patterns(network));
	json_add_texts(json, "languages", languages);
	json_add_texts(json, "requests", requests);
	json_builder_end_object(json);
	line = json_line(json);
	fprintf(out, "%s\n", line);
}

static char *
joined(GPtrArray *texts)
{
	g_autoptr(GPtrArray) list = texts;

	if (list->len == 0)
		return g_strdup("-");
	g_ptr_array_add(list, NULL);

	return g_strjoinv(", ", (char **)list->pdata);
}

enum { CELL_REQUESTS = 5, CELL_FILE, CELL_LAST };

/* The cells of a line. */
static char **
cells_of(const Network *network)
{
	g_autoptr(GPtrArray) languages = languages_of(network);
	const char *path = path_of(network);
	char **cells = g_new0(char *, CELL_LAST + 1);

	cells[0] = g_strdup(network->name);
	cells[1] = g_strdup(network->title);
	cells[2] = g_strdup(network->is_seen ? "yes" : "no");
	cells[3] = g_strdup_printf("%u", network->kinds->len);
	cells[4] = g_strdup_printf("%u", languages->len);
	cells[CELL_REQUESTS] = joined(requests_of(network));
	cells[CELL_FILE] = g_strdup(path != NULL ? path : "built in");

	return cells;
}

/* Each column is as wide as its widest cell.  Returns the width of the table. */
static int
measure(const GPtrArray *rows, int *widths_out)
{
	int all = -2;

	for (size_t i = 0; i < rows->len; i++)
		for (size_t j = 0; j < CELL_LAST; j++)
			widths_out[j] =
			    MAX(widths_out[j],
				terminal_columns(((char **)rows->pdata[i])[j]));
	for (size_t j = 0; j < CELL_LAST; j++)
		all += widths_out[j] + 2;

	return all;
}

static void
print_cells(FILE *out, char *const *cells, size_t first, size_t end, const int *widths)
{
	for (size_t j = first; j < end; j++) {
		g_autofree char *cell = terminal_text(cells[j]);

		fprintf(out, "%s%*s", cell,
			j + 1 < end ? widths[j] - terminal_columns(cell) + 2 : 0, "");
	}
	fputc('\n', out);
}

/* Where a row is wider than the terminal, its last cells stand below the others. */
static void
print_table(FILE *out, const GPtrArray *rows)
{
	int widths[CELL_LAST] = { 0 }, width = terminal_width(out);
	bool is_narrow = measure(rows, widths) > width && width > 0;

	for (size_t i = 0; i < rows->len; i++) {
		char **cells = rows->pdata[i];

		print_cells(out, cells, 0, is_narrow ? CELL_REQUESTS : CELL_LAST, widths);
		if (is_narrow)
			terminal_print_folded(out, widths[0] + 2, "%*s%s; %s",
					      widths[0] + 2, "", cells[CELL_REQUESTS],
					      cells[CELL_FILE]);
	}
}

static int
list(const Options *options, FILE *out)
{
	static const char *const titles[] = { "NAME",      "TITLE",    "SEEN", "KINDS",
					      "LANGUAGES", "REQUESTS", "FROM", NULL };
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessor) assessor = assessor_new(options_settings(options), &error);
	g_autoptr(GPtrArray) rows =
	    g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	const Networks *networks;

	if (assessor == NULL) {
		terminal_print_lines(stderr, "invitectl: ", error->message);
		return EX_CONFIG;
	}
	networks = assessor_networks(assessor);
	g_ptr_array_add(rows, g_strdupv((char **)titles));
	for (size_t i = 0; i < networks_length(networks); i++)
		if (options->is_json)
			list_json(out, networks_get(networks, i));
		else
			g_ptr_array_add(rows, cells_of(networks_get(networks, i)));
	if (!options->is_json)
		print_table(out, rows);

	return EX_OK;
}

static const struct {
	const char *name;
	CommandRun *run;
} commands[] = {
	{ "network check", check },
	{ "network list", list },
	{ "network try", try },
};

int
command_network(const Options *options, FILE *out)
{
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (g_str_equal(commands[i].name, options->command))
			return commands[i].run(options, out);
	g_assert_not_reached();
}
