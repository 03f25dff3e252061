/* SPDX-License-Identifier: BSD-2-Clause */
/* policy-file.c - reads the policy from the settings file */

#include <string.h>

#include "judge/policy-file.h"

/* An answer's line has 512 octets (RFC 5321, section 4.5.3.1.5), codes and all. */
#define REJECT_MAX 400

/* Lines of the file of classes. */
#define MAP_MAX_BYTES (256UL * 1024 * 1024)

/* The key that stands for every verdict without one. */
#define ANY_VERDICT "any"

static const char *const scopes[FOR_LAST] = {
	[FOR_RECIPIENT] = "policy recipient ",
	[FOR_DOMAIN] = "policy domain ",
	[FOR_CLASS] = "policy class ",
	[FOR_NETWORK] = "policy network ",
};

/* The first word of "redirect %u+x@%d", and the rest. */
static ActionKind
kind_of(const char *text, const char **rest_out)
{
	size_t length = strcspn(text, " \t");

	*rest_out = text + length + strspn(text + length, " \t");
	for (size_t i = 0; i < ACTION_LAST; i++)
		if (strlen(policy_action_name((ActionKind)i)) == length &&
		    strncmp(policy_action_name((ActionKind)i), text, length) == 0)
			return (ActionKind)i;

	return ACTION_LAST;
}

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

static bool
is_reply(const char *text)
{
	for (const char *c = text; *c != '\0'; c++)
		if (!g_ascii_isprint(*c) || *c == '%')
			return false;

	return strlen(text) <= REJECT_MAX;
}

/* What is wrong with an action's argument, or NULL. */
static const char *
argument_fault(ActionKind kind, const char *argument)
{
	g_autofree char *sample =
	    policy_file_expand(argument, "user@example.org", VERDICT_DEFAULT_TEXT);

	if (policy_file_action_takes(kind) == TAKES_NOTHING)
		return argument[0] != '\0'
			   ? "takes no argument; separate actions by \";\""
			   : NULL;
	if (argument[0] == '\0')
		return policy_file_action_takes(kind) == TAKES_ADDRESS
			   ? "needs an address, such as %u+invitations@%d"
			   : "needs words behind it";
	switch (policy_file_action_takes(kind)) {
	case TAKES_ADDRESS:
		return sample != NULL && policy_file_is_address(sample)
			   ? NULL
			   : "is no address; give local@domain, with %u, %d and %v "
			     "for the recipient's two halves and the verdict";
	case TAKES_REPLY:
		return sample != NULL && is_reply(sample)
			   ? NULL
			   : "takes at most 400 characters, all of ASCII and none a "
			     "\"%\" "
			     "but in %u, %d and %v";
	default:
		return NULL;
	}
}

static bool
take_action(Policy *policy, GArray *list, const char *text, const Keyfile *file,
	    const KeyfileEntry *entry, GError **error)
{
	const char *argument, *fault;
	ActionKind kind = kind_of(text, &argument);
	Action action = { kind, NULL };

	if (kind == ACTION_LAST)
		return unknown_action(file, entry, text, error);
	fault = argument_fault(kind, argument);
	if (fault != NULL)
		return keyfile_error(file, entry, error, "%s %s",
				     policy_action_name(kind), fault);
	if (kind != ACTION_COPY && policy_file_list_has(list, kind))
		return keyfile_error(file, entry, error, "%s stands here twice",
				     policy_action_name(kind));
	if (policy_file_action_takes(kind) != TAKES_NOTHING)
		action.argument = g_string_chunk_insert(policy->strings, argument);
	g_array_append_val(list, action);

	return true;
}

/* Is every mail that the section is for of the domain that a redirect leads to? */
static bool
stays_here(const Policy *policy, const Section *section, const char *argument)
{
	const char *domain = strrchr(argument, '@') + 1;
	const char *at = strrchr(section->name, '@');
	g_autofree char *lower = g_ascii_strdown(domain, -1);

	if (g_str_equal(domain, "%d") ||
	    g_hash_table_contains(policy->own_domains, lower))
		return true;
	if (section->scope == FOR_RECIPIENT && at != NULL)
		return g_str_equal(lower, at + 1);

	return section->scope == FOR_DOMAIN && g_str_equal(lower, section->name);
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
take_rule(Policy *policy, Section *section, const Keyfile *file,
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
		if (!take_action(policy, rule->list, entry->list[i], file, entry, error))
			return false;

	return go_together(policy, section, rule->list, file, entry, error);
}

static void
section_free(gpointer data)
{
	Section *section = data;

	for (size_t i = 0; i < VERDICT_LAST; i++)
		g_clear_pointer(&section->rules[i].list, g_array_unref);
	g_free(section->name);
	g_free(section);
}

/* What a section is for, by its name. */
static Scope
scope_of(const char *group, char **name_out)
{
	for (size_t i = FOR_RECIPIENT; i < FOR_LAST; i++)
		if (g_str_has_prefix(group, scopes[i])) {
			*name_out =
			    g_strstrip(g_ascii_strdown(group + strlen(scopes[i]), -1));
			return (Scope)i;
		}
	*name_out = g_strdup("");

	return g_str_equal(group, "policy") ? FOR_ALL : FOR_LAST;
}

static bool
is_fit(Scope scope, const char *name)
{
	g_autofree char *address = g_strconcat("a@", name, NULL);

	switch (scope) {
	case FOR_ALL:
		return true;
	case FOR_RECIPIENT:
		return policy_file_is_address(name);
	case FOR_DOMAIN:
		return policy_file_is_address(address);
	default:
		return name[0] != '\0' && strpbrk(name, " \t") == NULL;
	}
}

/* The section that an entry stands in, made where it is the first; NULL with error set. */
static Section *
section_of(Policy *policy, const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	g_autofree char *name = NULL;
	Scope scope = scope_of(entry->group, &name);
	Section *section;

	if (scope == FOR_LAST || !is_fit(scope, name)) {
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
take_word(Section *section, const Keyfile *file, const KeyfileEntry *entry,
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
take_entries(Policy *policy, const Keyfile *file, bool are_words, GError **error)
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
		    !(are_words ? take_word(section, file, entry, error)
				: take_rule(policy, section, file, entry, error)))
			return false;
	}

	return true;
}

static bool
map_error(const char *path, size_t number, GError **error, const char *what)
{
	g_set_error(error, KEYFILE_ERROR, KEYFILE_ERROR_VALUE, "%s:%zu: %s", path, number,
		    what);

	return false;
}

/* What is wrong with a line of the map, or NULL; then it is taken. */
static const char *
take_map_line(Policy *policy, char *line)
{
	char *name = line, *class;

	class = line + strcspn(line, " \t");
	if (*class != '\0')
		*class ++ = '\0';
	g_strstrip(class);
	if (!(name[0] == '@' ? is_fit(FOR_DOMAIN, name + 1)
			     : is_fit(FOR_RECIPIENT, name)))
		return "begin with an address, or @ and a domain";
	if (!g_hash_table_contains(policy->sections[FOR_CLASS], class))
		return "then name a class that has its section, [policy class NAME]";
	if (g_hash_table_contains(
		policy->sections[name[0] == '@' ? FOR_DOMAIN : FOR_RECIPIENT],
		name + (name[0] == '@')))
		return "it has a section of its own; give it either that or a class";
	if (!g_hash_table_insert(policy->classes,
				 g_string_chunk_insert(policy->strings, name),
				 g_string_chunk_insert_const(policy->strings, class)))
		return "it stands here twice";

	return NULL;
}

static bool
take_map(Policy *policy, const char *path, GError **error)
{
	g_autofree char *bytes = NULL;
	char *rest, *line;
	gsize length;
	size_t number = 0;

	if (!g_file_get_contents(path, &bytes, &length, error)) {
		g_prefix_error(error, "[policy] map: ");
		return false;
	}
	if (length > MAP_MAX_BYTES)
		return map_error(path, 1, error, "more than 256 MB");
	rest = bytes;
	while ((line = strsep(&rest, "\n")) != NULL) {
		g_autofree char *lower = g_strstrip(g_ascii_strdown(line, -1));
		const char *fault;

		number++;
		if (lower[0] == '\0' || lower[0] == '#')
			continue;
		fault = take_map_line(policy, lower);
		if (fault != NULL)
			return map_error(path, number, error, fault);
	}

	return true;
}

/* Where a redirect leads, does another redirect wait?  Only fixed addresses are known. */
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
	    g_hash_table_get_keys_as_array(policy->sections[FOR_NETWORK], NULL);
	bool is_for_one = section->scope == FOR_NETWORK;

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
	for (size_t scope = 0; scope < FOR_LAST; scope++) {
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
	const Keyfile *file = settings_keyfile(settings);
	g_auto(GStrv) domains = settings_words(settings, SETTING_POLICY_OWN_DOMAINS);
	const char *map = settings_text(settings, SETTING_POLICY_MAP);

	policy->owners = owners;
	policy->strings = g_string_chunk_new(1024);
	policy->fallback = g_array_new(FALSE, FALSE, sizeof(Action));
	policy->classes = g_hash_table_new(g_str_hash, g_str_equal);
	policy->own_domains =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (size_t i = 0; i < FOR_LAST; i++)
		policy->sections[i] =
		    g_hash_table_new_full(g_str_hash, g_str_equal, NULL, section_free);
	for (size_t i = 0; domains[i] != NULL; i++)
		g_hash_table_add(policy->own_domains, g_ascii_strdown(domains[i], -1));
	make_fallback(policy, settings);
	if (file == NULL)
		return g_steal_pointer(&policy);

	policy->path = keyfile_path(file);
	if (!take_entries(policy, file, true, error) ||
	    !take_entries(policy, file, false, error) ||
	    (map[0] != '\0' && !take_map(policy, map, error)) ||
	    !has_no_circles(policy, file, error))
		return NULL;

	return g_steal_pointer(&policy);
}

void
policy_free(Policy *policy)
{
	if (policy == NULL)
		return;

	for (size_t i = 0; i < FOR_LAST; i++)
		g_hash_table_unref(policy->sections[i]);
	g_hash_table_unref(policy->classes);
	g_hash_table_unref(policy->own_domains);
	g_array_unref(policy->fallback);
	g_string_chunk_free(policy->strings);
	g_free(policy);
}
