/* SPDX-License-Identifier: BSD-2-Clause */
/* settings-form.c - does a value have the form of its setting? */

#include "config.h"

#include <string.h>

#include <gio/gio.h>

#include "base/settings-form.h"
#include "text/address.h"

bool
settings_form_is_word(const char *words, const char *value)
{
	g_auto(GStrv) list = g_strsplit(words, "|", -1);

	return g_strv_contains((const char *const *)list, value);
}

static bool
value_is_mark(const char *value, size_t most)
{
	return strlen(value) <= most &&
	       strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			     "0123456789-") == strlen(value);
}

static bool
are_networks(const char *value)
{
	g_auto(GStrv) words = settings_split(value);

	for (size_t i = 0; words[i] != NULL; i++) {
		g_autoptr(GInetAddressMask) mask =
		    g_inet_address_mask_new_from_string(words[i], NULL);

		if (mask == NULL)
			return false;
	}

	return true;
}

static bool
are_domains(const char *value)
{
	g_auto(GStrv) words = settings_split(value);

	for (size_t i = 0; words[i] != NULL; i++)
		if (!address_is_domain(words[i]))
			return false;

	return true;
}

static bool
is_domain(const char *value)
{
	return value[0] == '\0' || address_is_domain(value);
}

static bool
is_zone(const char *value)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(value);

	return value[0] == '\0' || zone != NULL;
}

static bool
is_address(const char *value)
{
	return value[0] == '\0' || address_is_plain(value);
}

static bool
is_path(const char *value)
{
	return value[0] == '\0' || value[0] == '/';
}

static bool
is_store(const char *value)
{
	return g_str_has_prefix(value, SETTINGS_STORE_SQLITE "/");
}

/* Which host or path it is, listener.h finds out. */
static bool
is_socket(const char *value)
{
	static const char *const beginnings[] = { "unix:/", "local:/",
						  "inet:", "inet6:" };

	for (size_t i = 0; i < G_N_ELEMENTS(beginnings); i++)
		if (g_str_has_prefix(value, beginnings[i]))
			return true;

	/* ADDRESS:PORT */
	return (value[0] == '[' || g_ascii_isdigit(value[0])) &&
	       strchr(value, ':') != NULL;
}

static bool
is_maybe_socket(const char *value)
{
	return value[0] == '\0' || is_socket(value);
}

static const struct {
	bool (*is_fit)(const char *value);
	const char *fault;
} forms[] = {
	[SETTING_TYPE_NETWORKS] = { are_networks,
				    "give networks such as 192.0.2.0/24 or "
				    "2001:db8::/32, with no bit set behind the prefix" },
	[SETTING_TYPE_DOMAIN] = { is_domain,
				  "give a domain such as example.org, without \"@\"" },
	[SETTING_TYPE_DOMAINS] = { are_domains,
				   "give domains such as example.org, without \"@\"" },
	[SETTING_TYPE_ZONE] = { is_zone, "give a time zone that this host knows, such as "
					 "Europe/Amsterdam" },
	[SETTING_TYPE_ADDRESS] = { is_address,
				   "give a whole address, user@domain, or nothing" },
	[SETTING_TYPE_PATH] = { is_path, "give the whole path of a file, or nothing" },
	[SETTING_TYPE_STORE] = { is_store, "give " SETTINGS_STORE_SQLITE
					   " and the whole path of a file" },
	[SETTING_TYPE_SOCKET] = { is_socket, "give unix: and a whole path, "
					     "inet:PORT@HOST or inet6:PORT@HOST" },
	[SETTING_TYPE_MAYBE_SOCKET] = { is_maybe_socket,
					"give unix: and a whole path, or nothing" },
};

static char *
number_fault(const SettingRow *row, const char *value)
{
	char *end;
	guint64 number = g_ascii_strtoull(value, &end, 10);
	bool is_no = row->takes_no && g_str_equal(value, "no");

	return is_no || (*value != '\0' && *end == '\0' && number >= row->low &&
			 number <= row->high)
		   ? NULL
		   : g_strdup_printf("give a number from %zu to %zu%s", row->low,
				     row->high, row->takes_no ? ", or no" : "");
}

char *
settings_form_fault(const SettingRow *row, const char *value)
{
	guint64 number;
	char *end;

	switch (row->type) {
	case SETTING_TYPE_TEXT:
		return NULL;
	case SETTING_TYPE_FLAG:
		return settings_form_is_word("yes|no|true|false", value)
			   ? NULL
			   : g_strdup("give yes or no");
	case SETTING_TYPE_WORD:
		return settings_form_is_word(row->words, value)
			   ? NULL
			   : g_strdup_printf("give one of %s", row->words);
	case SETTING_TYPE_MARK:
		return value_is_mark(value, row->high)
			   ? NULL
			   : g_strdup_printf("give at most %zu letters, digits and \"-\"",
					     row->high);
	case SETTING_TYPE_NETWORKS:
	case SETTING_TYPE_DOMAIN:
	case SETTING_TYPE_DOMAINS:
	case SETTING_TYPE_ZONE:
	case SETTING_TYPE_ADDRESS:
	case SETTING_TYPE_PATH:
	case SETTING_TYPE_STORE:
	case SETTING_TYPE_SOCKET:
	case SETTING_TYPE_MAYBE_SOCKET:
		return forms[row->type].is_fit(value) ? NULL
						      : g_strdup(forms[row->type].fault);
	case SETTING_TYPE_MODE:
		number = g_ascii_strtoull(value, &end, 8);
		return *end == '\0' && number >= 1 && number <= 0777
			   ? NULL
			   : g_strdup("give octal permissions such as 0660");
	case SETTING_TYPE_NUMBER:
		return number_fault(row, value);
	}
	g_assert_not_reached();
}
