/* SPDX-License-Identifier: BSD-2-Clause */
/* reply-ways.c - what is done with a reply before it is sent or pasted */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/input.h"
#include "ctl/client.h"
#include "ctl/reply-ways.h"

/* Bytes of a reply that somebody edited. */
#define EDITED_MAX_BYTES ((size_t)1024 * 1024)

static bool
refuse(GError **error, const char *what, const char *why)
{
	g_set_error(error, CLIENT_ERROR, CLIENT_ERROR_VALUE, "%s%s", what, why);

	return false;
}

/* A variable of the environment, or NULL where it is empty, too. */
static const char *
set_in(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

/* The editor may be a command with arguments: "code --wait". */
static bool
run_editor(const char *path, GError **error)
{
	const char *editor = set_in("VISUAL");
	g_autofree char *quoted = g_shell_quote(path);
	g_autofree char *command = NULL;
	g_auto(GStrv) words = NULL;
	int status;

	if (editor == NULL)
		editor = set_in("EDITOR");
	command = g_strdup_printf("%s %s", editor != NULL ? editor : "vi", quoted);

	return g_shell_parse_argv(command, NULL, &words, error) &&
	       g_spawn_sync(NULL, words, NULL,
			    G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, NULL,
			    NULL, NULL, NULL, &status, error) &&
	       g_spawn_check_wait_status(status, error);
}

char *
reply_ways_edit(const char *text, GError **error)
{
	g_autofree char *path = NULL, *edited = NULL;
	g_autoptr(GError) trouble = NULL;
	int fd = g_file_open_tmp("invitectl-reply-XXXXXX.txt", &path, error);
	bool is_well;

	if (fd < 0)
		return NULL;
	close(fd);
	is_well = g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600,
					   &trouble) &&
		  run_editor(path, &trouble) &&
		  input_file(path, EDITED_MAX_BYTES, &edited, NULL, &trouble);
	g_unlink(path);
	if (!is_well) {
		refuse(error, "the reply was not edited: ", trouble->message);
		return NULL;
	}
	g_strchomp(edited);
	if (edited[0] == '\0' || !g_utf8_validate(edited, -1, NULL)) {
		refuse(error, "the reply ",
		       edited[0] == '\0' ? "is empty" : "is not UTF-8");
		return NULL;
	}

	return g_steal_pointer(&edited);
}

bool
reply_ways_copy(FILE *out, const char *text, GError **error)
{
	g_autofree char *coded = NULL;

	if (!isatty(fileno(out))) {
		g_set_error_literal(error, CLIENT_ERROR, CLIENT_ERROR_USAGE,
				    "--copy: standard output is no terminal");
		return false;
	}
	coded = g_base64_encode((const guchar *)text, strlen(text));
	fprintf(out, "\033]52;c;%s\a", coded);
	fflush(out);

	return true;
}

bool
reply_ways_open(const char *page, GError **error)
{
	char *words[] = { (char *)"xdg-open", (char *)page, NULL };
	g_autoptr(GError) trouble = NULL;
	int status;

	if (g_spawn_sync(NULL, words, NULL,
			 G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
			 NULL, NULL, &status, &trouble) &&
	    g_spawn_check_wait_status(status, &trouble))
		return true;

	return refuse(error, "the page was not opened: ", trouble->message);
}
