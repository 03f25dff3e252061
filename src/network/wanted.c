/* SPDX-License-Identifier: BSD-2-Clause */
/* wanted.c - is the network one whose mail the recipient wants judged? */

#include "config.h"

#include <string.h>

#include "network/network-kind.h"
#include "network/wanted.h"

#define ALL      "all"
#define CALENDAR "calendar"
#define SECTION  "policy network "

bool
wanted_network(const char *list, const Network *network, const Kind *kind)
{
	g_auto(GStrv) words = settings_split(list);
	bool is_wanted = words[0] == NULL || words[0][0] == '-';

	for (size_t i = 0; words[i] != NULL; i++) {
		bool is_off = words[i][0] == '-';
		const char *name = words[i] + is_off;

		if (g_str_equal(name, ALL) || g_str_equal(name, network->name) ||
		    (g_str_equal(name, CALENDAR) && network_kind_is_calendar(kind)))
			is_wanted = !is_off;
	}

	return is_wanted;
}

/* What is wrong with a name, or NULL; the caller's. */
static char *
fault_of(const char *name, const Networks *networks, const char *const *besides)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	const char *nearest;

	for (; *besides != NULL; besides++)
		g_ptr_array_add(names, (gpointer)*besides);
	for (size_t i = 0; i < networks_length(networks); i++)
		g_ptr_array_add(names, networks_get(networks, i)->name);
	g_ptr_array_add(names, NULL);
	if (g_strv_contains((const char *const *)names->pdata, name))
		return NULL;
	nearest = keyfile_nearest(name, (const char *const *)names->pdata);

	return nearest != NULL
		   ? g_strdup_printf("no such network \"%s\"; did you mean \"%s\"?", name,
				     nearest)
		   : g_strdup_printf("no such network \"%s\"; \"invitectl network list\" "
				     "shows them",
				     name);
}

static const char *const nothing[] = { NULL };

const Network *
wanted_named(const char *name, const Networks *networks, char **fault_out)
{
	g_autofree char *lower = g_utf8_strdown(name, -1);

	for (size_t i = 0; i < networks_length(networks); i++) {
		const Network *network = networks_get(networks, i);
		g_autofree char *title = g_utf8_strdown(network->title, -1);

		if (g_str_equal(lower, network->name) || g_str_equal(lower, title))
			return network;
	}
	*fault_out = fault_of(lower, networks, nothing);

	return NULL;
}

static bool
check_name(const char *name, const Networks *networks, const char *const *besides,
	   const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	g_autofree char *fault = fault_of(name, networks, besides);

	return fault == NULL || keyfile_error(file, entry, error, "%s", fault);
}

bool
wanted_check(const Settings *settings, const Networks *networks, GError **error)
{
	static const char *const words_besides[] = { ALL, CALENDAR, NULL };
	const Keyfile *file = settings_keyfile(settings);

	for (size_t i = 0; file != NULL && i < keyfile_length(file); i++) {
		const KeyfileEntry *entry = keyfile_entry(file, i);
		g_auto(GStrv) words = settings_split(
		    g_str_equal(entry->key, "networks") ? entry->value : "");

		if (g_str_has_prefix(entry->group, SECTION)) {
			g_autofree char *name = g_strstrip(
			    g_ascii_strdown(entry->group + strlen(SECTION), -1));

			if (!check_name(name, networks, nothing, file, entry, error))
				return false;
		}
		for (size_t j = 0; words[j] != NULL; j++)
			if (!check_name(words[j] + (words[j][0] == '-'), networks,
					words_besides, file, entry, error))
				return false;
	}

	return true;
}
