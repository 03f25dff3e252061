/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_settings.c - are settings refused with a reason, or good for every use?
 *
 * The first piece is the file of the settings, the second the map of recipients,
 * which the first finds at MAPPATH.
 */

#include "config.h"

#include <string.h>

#include "base/settings-form.h"
#include "fuzz.h"
#include "judge/policy.h"

#define ADDRESS "marieke@example.net"

static void
check_values(const Settings *settings)
{
	for (SettingName name = 0; name < SETTING_LAST; name++) {
		const char *general = settings_text(settings, name);
		const char *own = settings_text_for(settings, name, ADDRESS);
		g_autofree char *source = settings_source(settings, name, ADDRESS);
		g_autofree char *fault =
		    settings_form_fault(settings_table_row(name), general);
		g_autofree char *own_fault =
		    settings_form_fault(settings_table_row(name), own);

		g_assert_cmpstr(fault, ==, NULL);
		g_assert_cmpstr(own_fault, ==, NULL);
		g_assert_nonnull(source);
	}
}

/* A mail that is not surely the network's is not lost by any policy. */
static void
check_policy(const Policy *policy)
{
	const unsigned harmful = POLICY_ACTION_BIT(ACTION_COPY) |
				 POLICY_ACTION_BIT(ACTION_REJECT) |
				 POLICY_ACTION_BIT(ACTION_DISCARD);
	const Findings unsure = { .authenticity = AUTHENTICITY_UNVERIFIED,
				  .relation = RELATION_STRANGER,
				  .network = "linkedin" };

	for (Verdict verdict = VERDICT_NONE + 1; verdict < VERDICT_LAST; verdict++) {
		g_auto(Actions) actions = { 0 };
		g_autofree char *text = NULL;

		policy_actions(policy, ADDRESS, verdict, &unsure, &actions);
		text = policy_actions_text(&actions, ADDRESS, verdict);
		g_assert_nonnull(text);
		g_assert_cmpuint(actions.allowed & harmful, ==, 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *conf = fuzz_file("conf"), *map = fuzz_file("map");
	FuzzInput input = { data, size };
	g_autofree char *first = fuzz_piece(&input), *second = fuzz_piece(&input);
	g_autoptr(GString) text = g_string_new(first);
	g_autoptr(GError) error = NULL, refused = NULL;
	g_autoptr(Settings) settings = NULL;
	g_autoptr(Owners) owners = NULL;
	g_autoptr(Policy) policy = NULL;

	g_string_replace(text, "MAPPATH", map, 0);
	fuzz_write(conf, text->str, text->len);
	fuzz_write(map, second, strlen(second));
	settings = settings_new(conf, &error);
	fuzz_check_error(error, conf, settings != NULL);
	if (settings == NULL)
		return 0;
	check_values(settings);
	owners = owners_new(settings, NULL);
	if (owners == NULL)
		return 0;
	policy = policy_new(settings, owners, &refused);
	g_assert_true((refused == NULL) == (policy != NULL));
	if (policy != NULL)
		check_policy(policy);

	return 0;
}
