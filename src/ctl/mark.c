/* SPDX-License-Identifier: BSD-2-Clause */
/* mark.c - invitectl mark: by which word an owner tells our banner from others */

#include "config.h"

#include <sysexits.h>

#include "base/json.h"
#include "base/terminal.h"
#include "ctl/client.h"
#include "ctl/command.h"
#include "ctl/options.h"

static void
print_mark(void *out, JsonObject *answer)
{
	fprintf(out, "%s\n",
		json_object_get_string_member_with_default(answer, "mark", "?"));
}

int
command_mark(int argc, char **argv, FILE *out)
{
	g_auto(Options) options = { 0 };
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autoptr(Client) client = NULL;
	g_autoptr(GError) error = NULL;

	if (options_parse(&options, OPTIONS_MARK, argc, argv, &error) &&
	    options.files[0] != NULL)
		g_set_error(&error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
			    "what is \"%s\"?", options.files[0]);
	if (error != NULL) {
		terminal_print(stderr, "invitectl mark: %s", error->message);
		return EX_USAGE;
	}
	client = client_new(&options, &error);
	if (client == NULL) {
		terminal_print_lines(stderr, "invitectl: ", error->message);
		return EX_UNAVAILABLE;
	}
	json_builder_begin_object(json);
	json_add_text(json, "do", "mark");
	if (!client_ask(client, json, print_mark, out, &error)) {
		terminal_print(stderr, "invitectl: %s", error->message);
		return EX_UNAVAILABLE;
	}

	return fflush(out) != 0 || ferror(out) ? EX_IOERR : EX_OK;
}
