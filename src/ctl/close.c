/* SPDX-License-Identifier: BSD-2-Clause */
/* close.c - invitectl close: what became of an invitation */

#include "config.h"

#include <sysexits.h>

#include "base/json.h"
#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/listed.h"

/* The state that the options say, or NULL where they say two. */
static const char *
state_of(const Options *options)
{
	const struct {
		gboolean is_said;
		const char *state;
	} words[] = {
		{ options->is_accepted, "accepted" },
		{ options->is_ignored, "ignored" },
		{ options->is_answered, "answered" },
		{ options->is_reopen, "open" },
	};
	const char *state = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (!words[i].is_said)
			continue;
		if (state != NULL)
			return NULL;
		state = words[i].state;
	}

	return state != NULL ? state : "answered";
}

/* One line for each; the exit status. */
static int
tell(FILE *out, JsonArray *closed, const char *state)
{
	int status = EX_OK;

	for (guint i = 0; closed != NULL && i < json_array_get_length(closed); i++) {
		JsonObject *one = json_array_get_object_element(closed, i);
		const char *who = listed_text(one, "who"),
			   *became = listed_text(one, "became"),
			   *was = listed_text(one, "was");
		/* Who closes what waits need not hear that it did. */
		bool is_told = was[0] != '\0' && !g_str_equal(was, "open");

		if (g_str_equal(became, "changed")) {
			terminal_print(out, "%s: %s%s%s", who, state,
				       is_told ? ", was " : "", is_told ? was : "");
		} else if (g_str_equal(became, "unchanged")) {
			terminal_print(out, "%s: %s already", who, state);
		} else if (g_str_equal(became, "several")) {
			terminal_print(stderr,
				       "invitectl close: %s: several invitations; name "
				       "one by its number",
				       who);
			status = EX_DATAERR;
		} else {
			terminal_print(stderr, "invitectl close: %s: no such invitation",
				       who);
			status = EX_NOUSER;
		}
	}

	return status;
}

int
command_close(const Options *options, FILE *out)
{
	const char *state = state_of(options);
	g_autoptr(JsonBuilder) request = listed_request("close");
	g_autoptr(GError) error = NULL;
	g_autoptr(Client) client = NULL;
	g_auto(Listed) listed = { 0 };

	listed_init(&listed);
	if (state == NULL) {
		fputs("invitectl close: --accepted, --ignored, --answered or --reopen\n",
		      stderr);
		return EX_USAGE;
	}
	json_add_text(request, "state", state);
	json_builder_set_member_name(request, "who");
	json_builder_begin_array(request);
	for (char **who = options->files; *who != NULL; who++)
		json_builder_add_string_value(request, *who);
	json_builder_end_array(request);
	client = client_new(options, &error);
	if (client == NULL || !listed_ask(&listed, client, request, &error)) {
		terminal_print_lines(stderr, "invitectl close: ", error->message);
		return client_status(error);
	}

	return tell(out, json_list(listed.end, "closed"), state);
}
