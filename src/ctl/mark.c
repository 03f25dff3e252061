/* SPDX-License-Identifier: BSD-2-Clause */
/* mark.c - invitectl mark: shows an owner the mark that stands in the banners */

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
	const char *mark = json_text(answer, "mark");

	fprintf(out, "%s\n", mark != NULL ? mark : "?");
}

int
command_mark(const Options *options, FILE *out)
{
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(Client) client = client_new(options, &error);

	json_builder_begin_object(json);
	json_add_text(json, "do", "mark");
	if (client != NULL && client_ask(client, json, print_mark, out, &error))
		return EX_OK;
	terminal_print_lines(stderr, "invitectl mark: ", error->message);

	return client_status(error);
}
