/* SPDX-License-Identifier: BSD-2-Clause */
/* config.c - invitectl config: what is set, and which line says so */

#include "config.h"

#include <sysexits.h>

#include "base/keyfile.h"
#include "base/settings.h"
#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/options.h"

#define INDENT 4

/* "milter.socket"; the caller's. */
static char *
full_name(SettingName name)
{
	const SettingsInfo *info = settings_info(name);

	return g_strconcat(info->section, ".", info->key, NULL);
}

static bool
is_meant(SettingName name, const char *word)
{
	g_autofree char *full = full_name(name);

	return g_str_equal(word, full) || g_str_equal(word, settings_info(name)->key);
}

static void
print_setting(FILE *out, const Settings *settings, SettingName name,
	      const char *recipient)
{
	const SettingsInfo *info = settings_info(name);
	g_autofree char *source = settings_source(settings, name, recipient);

	terminal_print_folded(out, INDENT, "[%s] %s = %s", info->section, info->key,
			      settings_text_for(settings, name, recipient));
	terminal_print_folded(out, INDENT, "%*s%s", INDENT, "", source);
}

/* Print the settings that the word means; false where there is none. */
static bool
print_meant(FILE *out, const Settings *settings, const char *word, const char *recipient)
{
	bool is_any = false;

	for (size_t i = 0; i < SETTING_LAST; i++)
		if (is_meant((SettingName)i, word)) {
			print_setting(out, settings, (SettingName)i, recipient);
			is_any = true;
		}

	return is_any;
}

static void
tell_unknown(const char *word)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const char *nearest;

	for (size_t i = 0; i < SETTING_LAST; i++) {
		g_ptr_array_add(names, g_strdup(settings_info((SettingName)i)->key));
		g_ptr_array_add(names, full_name((SettingName)i));
	}
	g_ptr_array_add(names, NULL);
	nearest = keyfile_nearest(word, (const char *const *)names->pdata);
	terminal_print(stderr, "invitectl config: no setting \"%s\"%s%s%s", word,
		       nearest != NULL ? "; did you mean \"" : "; ",
		       nearest != NULL ? nearest : "\"invitectl config\" shows all",
		       nearest != NULL ? "\"?" : "");
}

int
command_config(const Options *options, FILE *out)
{
	g_autoptr(GError) error = NULL;
	/* What no daemon would start with is no answer. */
	g_autoptr(Assessor) assessor = assessor_new(options_settings(options), &error);
	const Settings *settings;
	g_autofree char *recipient =
	    options->owner != NULL ? g_ascii_strdown(options->owner, -1) : NULL;

	if (assessor == NULL) {
		terminal_print_lines(stderr, "invitectl: ", error->message);
		return EX_CONFIG;
	}
	settings = assessor_settings(assessor);
	for (size_t i = 0; options->files[0] == NULL && i < SETTING_LAST; i++)
		print_setting(out, settings, (SettingName)i, recipient);
	for (char **word = options->files; *word != NULL; word++)
		if (!print_meant(out, settings, *word, recipient)) {
			tell_unknown(*word);
			return EX_USAGE;
		}

	return EX_OK;
}
