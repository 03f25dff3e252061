/* SPDX-License-Identifier: BSD-2-Clause */
/* policy-file.c - reads the policy from the settings file */

#include "config.h"

#include <string.h>

#include "judge/policy-file.h"
#include "text/address.h"
#include "judge/policy-map.h"

/* The key that stands for every verdict without one. */
#define ANY_VERDICT "any"

static const char *const scopes[SCOPE_LAST] = {
	[SCOPE_RECIPIENT] = "policy recipient ",
	[SCOPE_DOMAIN] = "policy domain ",
	[SCOPE_CLASS] = "policy class ",
	[SCOPE_NETWORK] = "policy network ",
};

static bool
unknown_action(const Keyfile *file, const KeyfileEntry *entry, const char *text,
	       GError **error)
{
	const char *names[ACTION_LAST + 1] = { NULL }, *nearest;
	g_autofree char *all = NULL, *word = g_strndup(text, strcspn(text, " \t"));

	for (size_t i = 0; i < ACTION_LAST; i++)
		names[i] = policy_action_name((ActionKind)i);
	all = g_strjoinv(", ", (char **)names);
	nearest = keyfile_nearest(word, names);

	return nearest != NULL
		   ? keyfile_error(file, entry, error,
				   "no such action \"%s\"; did you mean \"%s\"?", word,
				   nearest)
		   : keyfile_error(file, entry, error,
				   "no such action \"%s\"; there are %s", word, all);
}

bool
policy_file_list_has(const GArray *list, ActionKind kind)
{
	for (guint i = 0; i < list->len; i++)
		if (g_array_index(list, Action, i).kind == kind)
			return true;

	return false;
}

static bool
read_action(Policy *policy, GArray *list, const char *text, const Keyfile *file,
	    const KeyfileEntry *entry, GError **error)
{
	const char *argument, *fault;
	ActionKind kind = policy_action_of(text, &argument);
	Action action = { kind, NULL };

	if (kind == ACTION_LAST)
		return unknown_action(file, entry, text, error);
	fault = policy_action_fault(kind, argument);
	if (fault != NULL)
		return keyfile_error(file, entry, error, "%s %s",
				     policy_action_name(kind), fault);
	if (kind != ACTION_COPY && policy_file_list_has(list, kind))
		return keyfile_error(file, entry, error, "%s stands here twice",
				     policy_action_name(kind));
	if (policy_action_takes(kind) != TAKES_NOTHING)
		action.argument = g_string_chunk_insert(policy->strings, argument);
	g_array_append_val(list, action);

	return true;
}

/* Is every mail that the section is for of the domain that a redirect leads to? */
static bool
stays_here(const Policy *policy, const Section *section, const char *argument)
{
	const char *domain = address_domain(argument);
	const char *own = address_domain(section->name);
	g_autofree char *lower = g_ascii_strdown(domain, -1);

	if (g_str_equal(domain, "%d") ||
	    g_hash_table_contains(policy->own_domains, lower))
		return true;
	if (section->scope == SCOPE_RECIPIENT && own != NULL)
		return g_str_equal(lower, own);

	return section->scope == SCOPE_DOMAIN && g_str_equal(lower, section->name);
}

/* Do the actions of a list go together? */
static bool
go_together(const Policy *policy, const Section *section, const GArray *list,
	    const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	bool changes = policy_file_list_has(list, ACTION_SUBJECT) ||
		       policy_file_list_has(list, ACTION_BANNER);

	if ((policy_file_list_has(list, ACTION_REJECT) ||
	     policy_file_list_has(list, ACTION_DISCARD)) &&
	    list->len > 1)
		return keyfile_error(file, entry, error,
				     "reject and discard stand alone: nothing is left to "
				     "be done to the mail");
	if (policy_file_list_has(list, ACTION_DISCARD) && !section->allows_discard)
		return keyfile_error(file, entry, error,
				     "discard loses mail; if that is meant, write "
				     "\"allow-discard = yes\" into the same section");
	for (guint i = 0; i < list->len; i++) {
		const Action *action = &g_array_index(list, Action, i);

		if (changes && action->kind == ACTION_REDIRECT &&
		    !stays_here(policy, section, action->argument))
			return keyfile_error(
			    file, entry, error,
			    "redirect leaves the site, where others check the signature "
			    "that subject and banner break; leave those out, or name the "
			    "domain in [policy] own-domains");
	}

	return true;
}

static Verdict
verdict_of_key(const char *key)
{
	if (g_str_equal(key, ANY_VERDICT))
		return VERDICT_NONE;
	for (size_t i = VERDICT_NONE + 1; i < VERDICT_LAST; i++)
		if (g_str_equal(key, verdict_name((Verdict)i)))
			return (Verdict)i;

	return VERDICT_LAST;
}

static bool
unknown_key(const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	const char *names[VERDICT_LAST + 8] = { ANY_VERDICT,    "banner", "subject",
						"own-domains",  "map",    "networks",
						"allow-discard" };
	const char *nearest;
	g_autofree char *all = NULL;
	size_t count = 7;

	for (size_t i = VERDICT_NONE + 1; i < VERDICT_LAST; i++)
		names[count++] = verdict_name((Verdict)i);
	nearest = keyfile_nearest(entry->key, names);
	all = g_strjoinv(", ", (char **)names + 7);
	if (nearest != NULL)
		return keyfile_error(file, entry, error,
				     "no such key; did you mean \"%s\"?", nearest);

	return keyfile_error(file, entry, error,
			     "no such key; give a verdict: %s, or any", all);
}

static bool
read_rule(Policy *policy, Section *section, const Keyfile *file,
	  const KeyfileEntry *entry, GError **error)
{
	Verdict verdict = verdict_of_key(entry->key);
	Rule *rule;

	if (verdict == VERDICT_LAST)
		return unknown_key(file, entry, error);
	rule = &section->rules[verdict];
	if (rule->list == NULL)
		rule->list = g_array_new(FALSE, FALSE, sizeof(Action));
	rule->entry = entry;
	for (size_t i = 0; entry->list[i] != NULL; i++)
		if (!read_action(policy, rule->list, entry->list[i], file, entry, error))
			return false;

	return go_together(policy, section, rule->list, file, entry, error);
}

/* What a section is for, by its name. */
static Scope
scope_of(const char *group, char **name_out)
{
	for (size_t i = SCOPE_RECIPIENT; i < SCOPE_LAST; i++)
		if (g_str_has_prefix(group, scopes[i])) {
			*name_out =
			    g_strstrip(g_ascii_strdown(group + strlen(scopes[i]), -1));
			return (Scope)i;
		}
	*name_out = g_strdup("");

	return g_str_equal(group, "policy") ? SCOPE_ALL : SCOPE_LAST;
}

void
policy_file_section_free(gpointer data)
{
	Section *section = data;

	for (size_t i = 0; i < VERDICT_LAST; i++)
		g_clear_pointer(&section->rules[i].list, g_array_unref);
	g_free(section->name);
	g_free(section);
}

bool
policy_file_is_fit(Scope scope, const char *name)
{
	g_autofree char *address = g_strconcat("a@", name, NULL);

	switch (scope) {
	case SCOPE_ALL:
		return true;
	case SCOPE_RECIPIENT:
		return policy_action_is_address(name);
	case SCOPE_DOMAIN:
		return policy_action_is_address(address);
	default:
		return name[0] != '\0' && strpbrk(name, " \t") == NULL;
	}
}

/*
 * The section that an entry stands in, made where it is the first; NULL with error set.
 */
static Section *
section_of(Policy *policy, const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	g_autofree char *name = NULL;
	Scope scope = scope_of(entry->group, &name);
	Section *section;

	if (scope == SCOPE_LAST || !policy_file_is_fit(scope, name)) {
		keyfile_error(
		    file, entry, error,
		    "no such section; there are [policy], [policy recipient "
		    "user@domain], [policy domain DOMAIN], [policy class NAME] and "
		    "[policy network NAME]");
		return NULL;
	}
	section = g_hash_table_lookup(policy->sections[scope], name);
	if (section != NULL && !g_str_equal(section->group, entry->group)) {
		keyfile_error(file, entry, error,
			      "[%s] is for the same mail already; put both into one",
			      section->group);
		return NULL;
	}
	if (section == NULL) {
		section = g_new0(Section, 1);
		section->scope = scope;
		section->group = entry->group;
		section->name = g_steal_pointer(&name);
		g_hash_table_insert(policy->sections[scope], section->name, section);
	}

	return section;
}

/* The entries of [policy …] that say no list of actions. */
static bool
is_word(const KeyfileEntry *entry)
{
	/* These are settings like others. */
	static const char *const general[] = { "banner", "subject",  "own-domains",
					       "map",    "networks", NULL };

	return g_str_equal(entry->key, "allow-discard") ||
	       (g_str_equal(entry->group, "policy") &&
		g_strv_contains(general, entry->key));
}

static bool
read_word(Section *section, const Keyfile *file, const KeyfileEntry *entry,
	  GError **error)
{
	if (!g_str_equal(entry->key, "allow-discard"))
		return true;
	section->allows_discard = g_str_equal(entry->value, "yes");

	return section->allows_discard || g_str_equal(entry->value, "no") ||
	       keyfile_error(file, entry, error, "give yes or no");
}

/* Words first: what a rule may do depends on them. */
static bool
read_entries(Policy *policy, const Keyfile *file, bool are_words, GError **error)
{
	for (size_t i = 0; i < keyfile_length(file); i++) {
		const KeyfileEntry *entry = keyfile_entry(file, i);
		Section *section;

		if ((!g_str_equal(entry->group, "policy") &&
		     !g_str_has_prefix(entry->group, "policy ")) ||
		    is_word(entry) != are_words)
			continue;
		section = section_of(policy, file, entry, error);
		if (section == NULL ||
		    !(are_words ? read_word(section, file, entry, error)
				: read_rule(policy, section, file, entry, error)))
			return false;
	}

	return true;
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

	return class != NULL ? section_for(policy, SCOPE_CLASS, class) : NULL;
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
	const char *behind = address_domain(address);
	const char *domain = behind != NULL ? behind - 1 : "@";
	const Section *sections[] = {
		section_for(policy, SCOPE_RECIPIENT, address),
		class_for(policy, address),
		section_for(policy, SCOPE_RECIPIENT, owner),
		class_for(policy, owner),
		section_for(policy, SCOPE_DOMAIN, domain + 1),
		class_for(policy, domain),
		network != NULL ? section_for(policy, SCOPE_NETWORK, network) : NULL,
		section_for(policy, SCOPE_ALL, ""),
	};

	for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
		const Rule *rule = rule_of(sections[i], verdict);

		if (rule != NULL)
			return rule;
	}

	return NULL;
}

/* Does a redirect lead to another redirect?  Only fixed addresses can be followed. */
static bool
is_circle(const Policy *policy, const Action *action, const char *network)
{
	if (action->kind != ACTION_REDIRECT || strstr(action->argument, "%u") != NULL ||
	    strstr(action->argument, "%d") != NULL)
		return false;
	for (size_t v = VERDICT_NONE + 1; v < VERDICT_LAST; v++) {
		g_autofree char *to =
		    policy_action_argument(action, "user@example.org", (Verdict)v);
		g_autofree char *lower = to != NULL ? g_ascii_strdown(to, -1) : NULL;
		const Rule *rule =
		    lower != NULL ? policy_file_rule(policy, lower, network, (Verdict)v)
				  : NULL;

		for (guint i = 0; rule != NULL && i < rule->list->len; i++) {
			const Action *next = &g_array_index(rule->list, Action, i);
			g_autofree char *further =
			    next->kind == ACTION_REDIRECT
				? policy_action_argument(next, lower, (Verdict)v)
				: NULL;

			if (further != NULL && g_ascii_strcasecmp(further, lower) != 0)
				return true;
		}
	}

	return false;
}

/* The same for mail of no network that has a section, and of each that has. */
static bool
rule_is_circle(const Policy *policy, const Section *section, const Rule *rule)
{
	g_autofree gpointer *networks =
	    g_hash_table_get_keys_as_array(policy->sections[SCOPE_NETWORK], NULL);
	bool is_for_one = section->scope == SCOPE_NETWORK;

	for (guint i = 0; rule->entry != NULL && i < rule->list->len; i++) {
		const Action *action = &g_array_index(rule->list, Action, i);

		if (is_circle(policy, action, is_for_one ? section->name : NULL))
			return true;
		for (size_t j = 0; !is_for_one && networks[j] != NULL; j++)
			if (is_circle(policy, action, networks[j]))
				return true;
	}

	return false;
}

static bool
has_no_circles(const Policy *policy, const Keyfile *file, GError **error)
{
	for (size_t scope = 0; scope < SCOPE_LAST; scope++) {
		GHashTableIter all;
		gpointer value;

		g_hash_table_iter_init(&all, policy->sections[scope]);
		while (g_hash_table_iter_next(&all, NULL, &value)) {
			const Section *section = value;

			for (size_t v = 0; v < VERDICT_LAST; v++)
				if (rule_is_circle(policy, section, &section->rules[v]))
					return keyfile_error(
					    file, section->rules[v].entry, error,
					    "redirect leads to an address that is itself "
					    "redirected; give that one a section without "
					    "redirect");
		}
	}

	return true;
}

/* A map that cannot be read is told with the line that names it. */
static bool
read_map(Policy *policy, const Settings *settings, const char *map, GError **error)
{
	g_autofree char *place = settings_place(settings, SETTING_POLICY_MAP, map);

	if (policy_map_read(policy, map, error))
		return true;
	if (error != NULL && (*error)->domain != KEYFILE_ERROR)
		g_prefix_error(error, "%s: ", place);

	return false;
}

/* Sections without entries are read, too, so that a mistake in their names is seen. */
static bool
read_sections(Policy *policy, const Keyfile *file, GError **error)
{
	for (size_t i = 0; i < keyfile_groups(file); i++) {
		KeyfileEntry section = { 0 };

		section.group = keyfile_group(file, i, &section.line);
		if (g_str_has_prefix(section.group, "policy ") &&
		    section_of(policy, file, &section, error) == NULL)
			return false;
	}

	return true;
}

bool
policy_file_read(Policy *policy, const Settings *settings, GError **error)
{
	const Keyfile *file = settings_keyfile(settings);
	const char *map = settings_text(settings, SETTING_POLICY_MAP);

	if (file == NULL)
		return true;

	policy->path = keyfile_path(file);

	return read_sections(policy, file, error) &&
	       read_entries(policy, file, true, error) &&
	       read_entries(policy, file, false, error) &&
	       (map[0] == '\0' || read_map(policy, settings, map, error)) &&
	       has_no_circles(policy, file, error);
}
