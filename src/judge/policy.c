/* SPDX-License-Identifier: BSD-2-Clause */
/* policy.c - what is done to a mail, by its recipient and its verdict */

#include <string.h>

#include "mail/address.h"
#include "judge/policy-file.h"

/* An answer's line has 512 octets, codes and all (RFC 5321, section 4.5.3.1.5). */
#define REPLY_MAX 480

static const struct {
	const char *name;
	Takes takes;
} kinds[ACTION_LAST] = {
	[ACTION_TAG] = { "tag", TAKES_NOTHING },
	[ACTION_SUBJECT] = { "subject", TAKES_WORDS },
	[ACTION_BANNER] = { "banner", TAKES_NOTHING },
	[ACTION_REDIRECT] = { "redirect", TAKES_ADDRESS },
	[ACTION_COPY] = { "copy", TAKES_ADDRESS },
	[ACTION_REJECT] = { "reject", TAKES_REPLY },
	[ACTION_DISCARD] = { "discard", TAKES_NOTHING },
};

const char *
policy_action_name(ActionKind kind)
{
	return kinds[kind].name;
}

void
policy_actions_clear(Actions *actions)
{
	g_clear_pointer(&actions->list, g_array_unref);
}

Takes
policy_file_action_takes(ActionKind kind)
{
	return kinds[kind].takes;
}

bool
policy_file_list_has(const GArray *list, ActionKind kind)
{
	for (guint i = 0; i < list->len; i++)
		if (g_array_index(list, Action, i).kind == kind)
			return true;

	return false;
}

bool
policy_file_is_address(const char *text)
{
	const char *at = strchr(text, '@');

	return address_is_plain(text) && g_str_is_ascii(text) && text[0] != '.' &&
	       at[-1] != '.' && strstr(text, "..") == NULL &&
	       strchr("-[", at[1]) == NULL && strchr(at, '_') == NULL;
}

char *
policy_file_expand(const char *text, const char *address, Verdict verdict)
{
	const char *at = strrchr(address, '@');
	g_autoptr(GString) out = g_string_new(NULL);

	for (; *text != '\0'; text++) {
		if (*text != '%') {
			g_string_append_c(out, *text);
			continue;
		}
		switch (*++text) {
		case 'u':
			g_string_append_len(out, address, at != NULL ? at - address : -1);
			break;
		case 'd':
			g_string_append(out, at != NULL ? at + 1 : "");
			break;
		case 'v':
			g_string_append(out, verdict_name(verdict));
			break;
		case '%':
			g_string_append_c(out, '%');
			break;
		default:
			return NULL;
		}
	}

	return g_strdup(out->str);
}

/* What a recipient's address brings into an answer: MTAs read "%" differently. */
static void
make_plain(char *reply)
{
	for (char *c = reply; *c != '\0'; c++)
		if (!g_ascii_isprint(*c) || *c == '%')
			*c = '?';
	if (strlen(reply) > REPLY_MAX)
		reply[REPLY_MAX] = '\0';
}

char *
policy_action_argument(const Action *action, const char *address, Verdict verdict)
{
	g_autofree char *text =
	    action->argument != NULL
		? policy_file_expand(action->argument, address, verdict)
		: NULL;

	if (kinds[action->kind].takes == TAKES_ADDRESS &&
	    (text == NULL || !policy_file_is_address(text)))
		return NULL;
	if (kinds[action->kind].takes == TAKES_REPLY && text != NULL)
		make_plain(text);

	return g_steal_pointer(&text);
}

static const Section *
section_for(const Policy *policy, Scope scope, const char *name)
{
	return g_hash_table_lookup(policy->sections[scope], name);
}

static const Section *
class_for(const Policy *policy, const char *name)
{
	const char *class = g_hash_table_lookup(policy->classes, name);

	return class != NULL ? section_for(policy, FOR_CLASS, class) : NULL;
}

static const Rule *
rule_of(const Section *section, Verdict verdict)
{
	if (section == NULL)
		return NULL;
	if (section->rules[verdict].entry != NULL)
		return &section->rules[verdict];

	return section->rules[VERDICT_NONE].entry != NULL ? &section->rules[VERDICT_NONE]
							  : NULL;
}

const Rule *
policy_file_rule(const Policy *policy, const char *address, const char *network,
		 Verdict verdict)
{
	g_autofree char *owner = owners_of_address(policy->owners, address);
	const char *at = strrchr(address, '@');
	const char *domain = at != NULL ? at : "@";
	const Section *sections[] = {
		section_for(policy, FOR_RECIPIENT, address),
		class_for(policy, address),
		section_for(policy, FOR_RECIPIENT, owner),
		class_for(policy, owner),
		section_for(policy, FOR_DOMAIN, domain + 1),
		class_for(policy, domain),
		network != NULL ? section_for(policy, FOR_NETWORK, network) : NULL,
		section_for(policy, FOR_ALL, ""),
	};

	for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
		const Rule *rule = rule_of(sections[i], verdict);

		if (rule != NULL)
			return rule;
	}

	return NULL;
}

/* Nothing of these is lost, and nothing told to anybody else. */
#define HARMLESS                                                                         \
	(ACTION_BIT(ACTION_TAG) | ACTION_BIT(ACTION_SUBJECT) |                           \
	 ACTION_BIT(ACTION_BANNER) | ACTION_BIT(ACTION_REDIRECT))

static unsigned
bits_of(const GArray *list)
{
	unsigned bits = 0;

	for (guint i = 0; i < list->len; i++)
		bits |= ACTION_BIT(g_array_index(list, Action, i).kind);

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

		if ((actions->allowed & ACTION_BIT(action->kind)) == 0)
			continue;
		g_string_append_printf(text, "%s%s%s%s", text->len > 0 ? "; " : "",
				       policy_action_name(action->kind),
				       argument != NULL ? " " : "",
				       argument != NULL ? argument : "");
	}

	return g_strdup(text->len > 0 ? text->str : "nothing");
}
