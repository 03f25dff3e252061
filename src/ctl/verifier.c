/* SPDX-License-Identifier: BSD-2-Clause */
/* verifier.c - which milter checks signatures, and under which name does it write? */

#include "config.h"

#include <string.h>

#include "base/input.h"
#include "base/settings.h"
#include "base/trusted.h"
#include "ctl/verifier.h"

#define KEY "AuthservID"

static const struct {
	const char *part; /* of the socket's path, or the usual port */
	const char *file; /* with a line AuthservID, or NULL */
} verifiers[] = {
	{ "opendkim", "opendkim.conf" },
	{ ":8891", "opendkim.conf" },
	{ "opendmarc", "opendmarc.conf" },
	{ ":8893", "opendmarc.conf" },
	{ "rspamd", NULL },
	{ ":11332", NULL },
	{ "authentication_milter", NULL },
};

bool
verifier_is(const char *address)
{
	for (size_t i = 0; i < G_N_ELEMENTS(verifiers); i++)
		if (strstr(address, verifiers[i].part) != NULL)
			return true;

	return false;
}

/* The last line counts; OpenDMARC's word HOSTNAME is no name. */
static char *
name_in(const char *path, char **place_out)
{
	g_autofree char *bytes = NULL, *name = NULL;
	g_auto(GStrv) lines = NULL;

	if (!input_file(path, TRUSTED_MAX_BYTES, &bytes, NULL, NULL))
		return NULL;
	lines = g_strsplit(bytes, "\n", -1);
	for (size_t i = 0; lines[i] != NULL; i++) {
		g_auto(GStrv) words = settings_split(lines[i]);

		if (g_strv_length(words) < 2 || g_ascii_strcasecmp(words[0], KEY) != 0 ||
		    g_str_equal(words[1], "HOSTNAME"))
			continue;
		g_free(name);
		g_free(*place_out);
		name = g_strdup(words[1]);
		*place_out = g_strdup_printf("%s:%zu", path, i + 1);
	}

	return g_steal_pointer(&name);
}

char *
verifier_name(const char *etc, const char *address, char **place_out)
{
	g_autofree char *place = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(verifiers); i++) {
		g_autofree char *path = NULL, *name = NULL;

		if (strstr(address, verifiers[i].part) == NULL ||
		    verifiers[i].file == NULL)
			continue;
		path = g_build_filename(etc, verifiers[i].file, NULL);
		name = name_in(path, &place);
		if (name != NULL) {
			*place_out = g_steal_pointer(&place);
			return g_steal_pointer(&name);
		}
	}

	return NULL;
}
