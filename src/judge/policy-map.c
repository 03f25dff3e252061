/* SPDX-License-Identifier: BSD-2-Clause */
/* policy-map.c - reads which class a recipient or a domain is in */

#include "config.h"

#include <string.h>

#include "base/trusted.h"
#include "judge/policy-map.h"

static bool
map_error(const char *path, size_t number, GError **error, const char *what)
{
	g_set_error(error, KEYFILE_ERROR, KEYFILE_ERROR_VALUE, "%s:%zu: %s", path, number,
		    what);

	return false;
}

/* What is wrong with a line of the map, or NULL. */
static const char *
read_line(Policy *policy, char *line)
{
	char *name = line, *class;

	class = line + strcspn(line, " \t");
	if (*class != '\0')
		*class ++ = '\0';
	g_strstrip(class);
	if (!(name[0] == '@' ? policy_file_is_fit(SCOPE_DOMAIN, name + 1)
			     : policy_file_is_fit(SCOPE_RECIPIENT, name)))
		return "begin with an address, or @ and a domain";
	if (!g_hash_table_contains(policy->sections[SCOPE_CLASS], class))
		return "then name a class that has its section, [policy class NAME]";
	if (g_hash_table_contains(
		policy->sections[name[0] == '@' ? SCOPE_DOMAIN : SCOPE_RECIPIENT],
		name + (name[0] == '@')))
		return "it has a section of its own; give it either that or a class";
	if (!g_hash_table_insert(policy->classes,
				 g_string_chunk_insert(policy->strings, name),
				 g_string_chunk_insert_const(policy->strings, class)))
		return "it stands here twice";

	return NULL;
}

bool
policy_map_read(Policy *policy, const char *path, GError **error)
{
	g_autofree char *bytes = NULL;
	char *rest, *line;
	size_t number = 0;

	if (!trusted_read(path, TRUSTED_MAX_LIST, &bytes, NULL, error))
		return false;
	rest = bytes;
	while ((line = strsep(&rest, "\n")) != NULL) {
		g_autofree char *lower = g_strstrip(g_ascii_strdown(line, -1));
		const char *fault;

		number++;
		if (lower[0] == '\0' || lower[0] == '#')
			continue;
		fault = read_line(policy, lower);
		if (fault != NULL)
			return map_error(path, number, error, fault);
	}

	return true;
}
