/* SPDX-License-Identifier: BSD-2-Clause */
/* policy.c - what is done to a mail, by its recipient and its verdict */

#include "config.h"

#include <string.h>

#include "judge/policy-file.h"

void
policy_actions_clear(Actions *actions)
{
	g_clear_pointer(&actions->list, g_array_unref);
}

/*
 * All but copy, reject and discard: what is done to a mail of which too little is
 * known.
 */
#define HARMLESS                                                                         \
	(POLICY_ACTION_BIT(ACTION_TAG) | POLICY_ACTION_BIT(ACTION_SUBJECT) |             \
	 POLICY_ACTION_BIT(ACTION_BANNER) | POLICY_ACTION_BIT(ACTION_REDIRECT))

static unsigned
bits_of(const GArray *list)
{
	unsigned bits = 0;

	for (guint i = 0; i < list->len; i++)
		bits |= POLICY_ACTION_BIT(g_array_index(list, Action, i).kind);

	return bits;
}

void
policy_actions(const Policy *policy, const char *address, Verdict verdict,
	       const Findings *findings, Actions *actions_out)
{
	const Rule *rule = policy_file_rule(policy, address, findings->network, verdict);
	bool is_sure = findings->authenticity != AUTHENTICITY_UNVERIFIED &&
		       findings->relation != RELATION_UNKNOWN;
	unsigned bits;

	actions_out->entry = rule != NULL ? rule->entry : NULL;
	actions_out->path = rule != NULL ? policy->path : NULL;
	actions_out->list = g_array_ref(rule != NULL ? rule->list : policy->fallback);
	bits = bits_of(actions_out->list);
	actions_out->allowed = is_sure ? bits : bits & HARMLESS;
	actions_out->unsure = bits & ~actions_out->allowed;
}

char *
policy_actions_text(const Actions *actions, const char *address, Verdict verdict)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < actions->list->len; i++) {
		const Action *action = &g_array_index(actions->list, Action, i);
		g_autofree char *argument =
		    address != NULL ? policy_action_argument(action, address, verdict)
				    : g_strdup(action->argument);

		if ((actions->allowed & POLICY_ACTION_BIT(action->kind)) == 0)
			continue;
		g_string_append_printf(text, "%s%s%s%s", text->len > 0 ? "; " : "",
				       policy_action_name(action->kind),
				       argument != NULL ? " " : "",
				       argument != NULL ? argument : "");
	}

	return g_strdup(text->len > 0 ? text->str : "nothing");
}

static void
make_fallback(Policy *policy, const Settings *settings)
{
	const char *words = settings_text(settings, SETTING_POLICY_SUBJECT);
	Action tag = { ACTION_TAG, NULL }, banner = { ACTION_BANNER, NULL };
	Action subject = { ACTION_SUBJECT,
			   g_string_chunk_insert(policy->strings, words) };

	g_array_append_val(policy->fallback, tag);
	if (words[0] != '\0')
		g_array_append_val(policy->fallback, subject);
	if (settings_flag(settings, SETTING_POLICY_BANNER))
		g_array_append_val(policy->fallback, banner);
}

Policy *
policy_new(const Settings *settings, const Owners *owners, GError **error)
{
	g_autoptr(Policy) policy = g_new0(Policy, 1);
	g_auto(GStrv) domains = settings_words(settings, SETTING_POLICY_OWN_DOMAINS);

	policy->owners = owners;
	policy->strings = g_string_chunk_new(1024);
	policy->fallback = g_array_new(FALSE, FALSE, sizeof(Action));
	policy->classes = g_hash_table_new(g_str_hash, g_str_equal);
	policy->own_domains =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (size_t i = 0; i < SCOPE_LAST; i++)
		policy->sections[i] = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
							    policy_file_section_free);
	for (size_t i = 0; domains[i] != NULL; i++)
		g_hash_table_add(policy->own_domains, g_ascii_strdown(domains[i], -1));
	make_fallback(policy, settings);

	return policy_file_read(policy, settings, error) ? g_steal_pointer(&policy)
							 : NULL;
}

void
policy_free(Policy *policy)
{
	if (policy == NULL)
		return;

	for (size_t i = 0; i < SCOPE_LAST; i++)
		g_hash_table_unref(policy->sections[i]);
	g_hash_table_unref(policy->classes);
	g_hash_table_unref(policy->own_domains);
	g_array_unref(policy->fallback);
	g_string_chunk_free(policy->strings);
	g_free(policy);
}
