/* SPDX-License-Identifier: BSD-2-Clause */
/* role.c - what words do in a note, and where they stand */

#include "config.h"

#include "note/cue.h"
#include "note/role.h"

static const char *const sign_names[SIGN_LAST] = {
	[SIGN_WORD] = "WORD",   [SIGN_NAME] = "NAME",   [SIGN_NUMBER] = "NUMBER",
	[SIGN_YEAR] = "YEAR",   [SIGN_MONEY] = "MONEY", [SIGN_LINK] = "LINK",
	[SIGN_QUOTE] = "QUOTE", [SIGN_OWN] = "OWN",
};

RoleNames *
role_names_new(void)
{
	RoleNames *names = g_new0(RoleNames, 1);

	names->names = g_ptr_array_new_with_free_func(g_free);
	names->index = g_hash_table_new(g_str_hash, g_str_equal);
	for (size_t i = 0; i < SIGN_LAST; i++)
		role_names_add(names, sign_names[i]);
	for (size_t i = 0; i < CUE_LAST; i++) {
		g_autofree char *name = g_strconcat("cue.", cue_name((Cue)i), NULL);

		role_names_add(names, name);
	}

	return names;
}

void
role_names_free(RoleNames *names)
{
	if (names == NULL)
		return;

	g_hash_table_unref(names->index);
	g_ptr_array_unref(names->names);
	g_free(names);
}

size_t
role_names_find(const RoleNames *names, const char *name)
{
	gpointer index = g_hash_table_lookup(names->index, name);

	return index != NULL ? GPOINTER_TO_SIZE(index) - 1 : ROLE_MAX_COUNT;
}

size_t
role_names_add(RoleNames *names, const char *name)
{
	size_t found = role_names_find(names, name);
	char *own;

	if (found < ROLE_MAX_COUNT || names->names->len == ROLE_MAX_COUNT)
		return found;
	own = g_strdup(name);
	g_ptr_array_add(names->names, own);
	g_hash_table_insert(names->index, own, GSIZE_TO_POINTER(names->names->len));

	return names->names->len - 1;
}
