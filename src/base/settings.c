/* SPDX-License-Identifier: BSD-2-Clause */
/* settings.c - what the administrator chose */

#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/keyfile.h"
#include "base/settings-form.h"
#include "base/settings-table.h"
#include "base/settings.h"
#include "base/trusted.h"
#include "text/address.h"

/* The section of which policy.h reads the most. */
#define POLICY "policy"

struct Settings {
	gatomicrefcount count;
	char *folder;
	Keyfile *file;                    /* or NULL */
	const char *values[SETTING_LAST]; /* in strings, or the fallback */
	GStringChunk *strings;
	GHashTable *recipients; /* whom → GHashTable of key → value, in strings */
};

const SettingsInfo *
settings_info(SettingName name)
{
	return &settings_table_row(name)->info;
}

/* Blanks and commas part words; an empty one is none. */
char **
settings_split(const char *value)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	g_auto(GStrv) parts = g_strsplit_set(value, " \t,", -1);

	for (size_t i = 0; parts[i] != NULL; i++)
		if (parts[i][0] != '\0')
			g_ptr_array_add(words, g_strdup(parts[i]));
	g_ptr_array_add(words, NULL);

	return (char **)g_ptr_array_free(g_steal_pointer(&words), FALSE);
}

/* What stands behind the word, in lower case; NULL where it is another. */
static char *
behind(const char *section, const char *word)
{
	if (!g_str_has_prefix(section, word))
		return NULL;

	return g_strstrip(g_ascii_strdown(section + strlen(word), -1));
}

/* The address or "@domain" that a section is for, or NULL. */
static char *
whom_of(const char *section)
{
	g_autofree char *address = behind(section, "recipient ");
	g_autofree char *domain = behind(section, "domain ");

	if (address != NULL && address_is_plain(address))
		return g_steal_pointer(&address);

	return domain != NULL && address_is_domain(domain)
		   ? g_strconcat("@", domain, NULL)
		   : NULL;
}

static bool
is_for_recipient(const char *section)
{
	return g_str_has_prefix(section, "recipient ") ||
	       g_str_has_prefix(section, "domain ");
}

static bool
check_recipient(const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	g_autofree char *whom = whom_of(entry->group);

	return whom != NULL ||
	       keyfile_error(file, entry, error,
			     "name the recipient's whole address, [recipient "
			     "user@domain], or a domain, [domain domain]");
}

static bool
read_for_recipient(Settings *settings, const Keyfile *file, const KeyfileEntry *entry,
		   GError **error)
{
	g_autofree char *whom = whom_of(entry->group);
	SettingName setting = settings_table_find(NULL, entry->key);
	g_autofree char *fault =
	    setting != SETTING_LAST
		? settings_form_fault(settings_table_row(setting), entry->value)
		: NULL;
	g_autofree char *keys =
	    setting == SETTING_LAST ? settings_table_recipient_keys() : NULL;
	GHashTable *own;

	if (setting == SETTING_LAST)
		return keyfile_error(file, entry, error,
				     "no such key for a recipient; there are %s", keys);
	if (fault != NULL)
		return keyfile_error(file, entry, error, "%s", fault);

	own = g_hash_table_lookup(settings->recipients, whom);
	if (own == NULL) {
		own = g_hash_table_new(g_str_hash, g_str_equal);
		g_hash_table_insert(settings->recipients, g_steal_pointer(&whom), own);
	}
	g_hash_table_insert(own, (gpointer)settings_info(setting)->key,
			    g_string_chunk_insert(settings->strings, entry->value));

	return true;
}

static bool
read_entry(Settings *settings, const Keyfile *file, const KeyfileEntry *entry,
	   GError **error)
{
	g_autofree char *fault = NULL;
	g_autofree const char **names = NULL;
	const char *section;
	SettingName setting;

	if (g_str_has_prefix(entry->group, POLICY " "))
		return true;
	if (is_for_recipient(entry->group))
		return read_for_recipient(settings, file, entry, error);
	setting = settings_table_find(entry->group, entry->key);
	if (setting == SETTING_LAST && g_str_equal(entry->group, POLICY))
		return true;
	if (setting == SETTING_LAST) {
		section = settings_table_section(entry->key);
		if (section != NULL)
			return keyfile_error(file, entry, error,
					     "no such key; it belongs to [%s]", section);
		names = settings_table_names(entry->group);
		return keyfile_unknown(file, entry, "key", entry->key, names, error);
	}
	fault = settings_form_fault(settings_table_row(setting), entry->value);
	if (fault != NULL)
		return keyfile_error(file, entry, error, "%s", fault);

	settings->values[setting] =
	    g_string_chunk_insert(settings->strings, entry->value);

	return true;
}

/* Check the name of a section: where it has no keys, nothing else of it is read. */
static bool
check_section(const Keyfile *file, const KeyfileEntry *section, GError **error)
{
	g_autofree const char **names = NULL;

	if (g_str_has_prefix(section->group, POLICY " ") ||
	    settings_table_has_section(section->group))
		return true;
	if (is_for_recipient(section->group))
		return check_recipient(file, section, error);
	names = settings_table_names(NULL);

	return keyfile_unknown(file, section, "section", section->group, names, error);
}

static bool
check_sections(const Keyfile *file, GError **error)
{
	for (size_t i = 0; i < keyfile_groups(file); i++) {
		KeyfileEntry section = { 0 };

		section.group = keyfile_group(file, i, &section.line);
		if (!check_section(file, &section, error))
			return false;
	}

	return true;
}

static bool
read_file(Settings *settings, const char *path, GError **error)
{
	g_autofree char *bytes = NULL;
	Keyfile *file;
	gsize length;

	settings->folder = g_path_get_dirname(path);
	if (g_str_equal(path, SETTINGS_FILE) && access(path, F_OK) != 0 &&
	    errno == ENOENT)
		return true;
	if (!trusted_read(path, TRUSTED_MAX_BYTES, &bytes, &length, error))
		return false;
	settings->file = file = keyfile_new(path, bytes, length, error);
	if (file == NULL)
		return false;

	if (!check_sections(file, error))
		return false;
	for (size_t i = 0; i < keyfile_length(file); i++)
		if (!read_entry(settings, file, keyfile_entry(file, i), error))
			return false;

	return true;
}

Settings *
settings_new(const char *path, GError **error)
{
	g_autoptr(Settings) settings = g_new0(Settings, 1);

	g_atomic_ref_count_init(&settings->count);
	settings->strings = g_string_chunk_new(1024);
	settings->recipients = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						     (GDestroyNotify)g_hash_table_unref);
	for (size_t i = 0; i < SETTING_LAST; i++)
		settings->values[i] = settings_table_row((SettingName)i)->info.fallback;

	if (path != NULL && !read_file(settings, path, error))
		return NULL;

	return g_steal_pointer(&settings);
}

Settings *
settings_ref(Settings *settings)
{
	g_atomic_ref_count_inc(&settings->count);

	return settings;
}

void
settings_unref(Settings *settings)
{
	if (settings == NULL || !g_atomic_ref_count_dec(&settings->count))
		return;

	g_hash_table_unref(settings->recipients);
	g_string_chunk_free(settings->strings);
	keyfile_free(settings->file);
	g_free(settings->folder);
	g_free(settings);
}

const char *
settings_folder(const Settings *settings)
{
	return settings->folder;
}

const Keyfile *
settings_keyfile(const Settings *settings)
{
	return settings->file;
}

const char *
settings_text(const Settings *settings, SettingName name)
{
	return settings->values[name];
}

char **
settings_words(const Settings *settings, SettingName name)
{
	return settings_split(settings->values[name]);
}

static bool
is_yes(const char *value)
{
	return settings_form_is_word("yes|true", value);
}

static size_t
number_of(SettingName name, const char *value)
{
	return (size_t)g_ascii_strtoull(
	    value, NULL, settings_table_row(name)->type == SETTING_TYPE_MODE ? 8 : 10);
}

bool
settings_flag(const Settings *settings, SettingName name)
{
	return is_yes(settings->values[name]);
}

size_t
settings_number(const Settings *settings, SettingName name)
{
	return number_of(name, settings->values[name]);
}

bool
settings_is_observing(const Settings *settings)
{
	return g_str_equal(settings_text(settings, SETTING_MODE), "observe");
}

bool
settings_flag_for(const Settings *settings, SettingName name, const char *recipient)
{
	return is_yes(settings_text_for(settings, name, recipient));
}

size_t
settings_number_for(const Settings *settings, SettingName name, const char *recipient)
{
	return number_of(name, settings_text_for(settings, name, recipient));
}

/* What is set for an address or "@domain", or NULL. */
static const char *
value_for(const Settings *settings, SettingName name, const char *who)
{
	GHashTable *own = g_hash_table_lookup(settings->recipients, who);

	return own != NULL ? g_hash_table_lookup(own, settings_table_row(name)->info.key)
			   : NULL;
}

const char *
settings_text_for(const Settings *settings, SettingName name, const char *recipient)
{
	const char *domain = recipient != NULL ? address_domain(recipient) : NULL;
	const char *value = NULL;

	if (recipient != NULL)
		value = value_for(settings, name, recipient);
	if (value == NULL && domain != NULL)
		value = value_for(settings, name, domain - 1);

	return value != NULL ? value : settings->values[name];
}

static const KeyfileEntry *
entry_at(const Settings *settings, size_t index)
{
	return settings->file != NULL && index < keyfile_length(settings->file)
		   ? keyfile_entry(settings->file, index)
		   : NULL;
}

char *
settings_place(const Settings *settings, SettingName name, const char *value)
{
	const SettingsInfo *info = settings_info(name);
	const KeyfileEntry *entry;

	for (size_t i = 0; (entry = entry_at(settings, i)) != NULL; i++)
		if (g_str_equal(entry->key, info->key) &&
		    g_str_equal(entry->value, value) &&
		    (g_str_equal(entry->group, info->section) ||
		     is_for_recipient(entry->group)))
			return keyfile_place(settings->file, entry);

	return g_strdup_printf("default: [%s] %s", info->section, info->key);
}

char *
settings_source(const Settings *settings, SettingName name, const char *recipient)
{
	const char *at = recipient != NULL ? strrchr(recipient, '@') : NULL;
	const SettingsInfo *info = settings_info(name);
	const KeyfileEntry *entry, *best = NULL;
	int best_rank = 0;

	for (size_t i = 0; (entry = entry_at(settings, i)) != NULL; i++) {
		g_autofree char *whom = whom_of(entry->group);
		int rank = whom == NULL        ? g_str_equal(entry->group, info->section)
			   : recipient == NULL ? 0
			   : g_str_equal(whom, recipient) ? 3
			   : g_strcmp0(whom, at) == 0     ? 2
							  : 0;

		if (g_str_equal(entry->key, info->key) && rank > best_rank) {
			best = entry;
			best_rank = rank;
		}
	}

	return best != NULL ? keyfile_place(settings->file, best) : g_strdup("default");
}

GPtrArray *
settings_values(const Settings *settings, SettingName name)
{
	GPtrArray *values = g_ptr_array_new();
	GHashTableIter all;
	gpointer who;

	g_ptr_array_add(values, (gpointer)settings->values[name]);
	g_hash_table_iter_init(&all, settings->recipients);
	while (g_hash_table_iter_next(&all, &who, NULL)) {
		const char *value = value_for(settings, name, who);

		if (value != NULL)
			g_ptr_array_add(values, (gpointer)value);
	}

	return values;
}
