/* SPDX-License-Identifier: BSD-2-Clause */
/* rule-file.c - reads rules from their files */

#include "config.h"

#include <string.h>

#include "note/rule-file.h"

static Side
side_of(const char *name)
{
	Side side = 0;

	while (side < SIDE_LAST && !g_str_equal(rule_side_name(side), name))
		side++;

	return side;
}

static Level
level_of(const char *name)
{
	Level level = 0;

	while (level < LEVEL_LAST && !g_str_equal(rule_level_name(level), name))
		level++;

	return level;
}

/* A RuleTrait, or 0. */
static unsigned
trait_of(const char *name)
{
	static const char *const names[] = { "past",  "bill", "own",   "sells",  "near",
					     "meets", "scam", "trade", "closes", "idle" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_str_equal(names[i], name))
			return 1U << i;

	return 0;
}

/* "a|b": each must be a role.  The text is cut. */
static bool
take_roles(RuleReading *rules, Step *step, char *text, const RoleNames *names,
	   char **unknown_out)
{
	step->first = rules->roles->len;
	for (char *word = text, *next; word != NULL; word = next) {
		char *bar = strchr(word, '|');
		uint16_t role;

		if (bar != NULL)
			*bar = '\0';
		next = bar != NULL ? bar + 1 : NULL;
		role = (uint16_t)role_names_find(names, word);
		if (role == ROLE_MAX_COUNT || step->count == UINT8_MAX) {
			*unknown_out = g_strdup(word);
			return false;
		}
		g_array_append_val(rules->roles, role);
		step->count++;
	}

	return true;
}

/* "_3" and "~12" are gaps; of other words these are single characters.  The text is cut. */
static bool
take_step(RuleReading *rules, char *text, const RoleNames *names, char **unknown_out)
{
	static const struct {
		const char *text;
		StepKind kind;
	} marks[] = { { "^", STEP_BEGIN }, { "$", STEP_END }, { "?", STEP_ASKS } };
	Step step = { .kind = STEP_ROLES };
	size_t length = strlen(text);

	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		if (g_str_equal(text, marks[i].text)) {
			step.kind = marks[i].kind;
			g_array_append_val(rules->steps, step);
			return true;
		}
	if (text[0] == '_' || text[0] == '~') {
		guint64 most = g_ascii_strtoull(text + 1, NULL, 10);

		step.kind = text[0] == '_' ? STEP_GAP : STEP_ACROSS;
		step.most = (uint8_t)MIN(most, RULE_MAX_GAP);
		g_array_append_val(rules->steps, step);
		return most > 0;
	}
	step.is_optional = text[0] == '[' && text[length - 1] == ']';
	if (step.is_optional) {
		text[length - 1] = '\0';
		text++;
	}
	if (!take_roles(rules, &step, text, names, unknown_out))
		return false;
	g_array_append_val(rules->steps, step);

	return true;
}

/*
 * Does a role stand behind the end of a sentence whose words were passed, with nothing
 * that leads into the next one?
 */
static bool
goes_beyond_end(const RuleReading *rules, const Rule *rule)
{
	bool has_passed = false, has_ended = false;

	for (size_t i = 0; i < rule->count; i++) {
		const Step *step = &g_array_index(rules->steps, Step, rule->first + i);

		switch ((StepKind)step->kind) {
		case STEP_GAP:
			break;
		case STEP_ACROSS:
		case STEP_BEGIN:
			has_passed = has_ended = false;
			break;
		case STEP_END:
		case STEP_ASKS:
			has_ended = has_passed;
			break;
		case STEP_ROLES:
			if (has_ended && !step->is_optional)
				return true;
			has_passed |= !step->is_optional;
			break;
		}
	}

	return false;
}

static bool
take_pattern(RuleReading *rules, const Keyfile *file, const KeyfileEntry *entry,
	     const char *pattern, Rule rule, const RoleNames *names, GError **error)
{
	g_autofree char *copy = g_strdup(pattern), *unknown = NULL;
	char *rest = NULL;

	rule.first = rules->steps->len;
	for (char *word = strtok_r(copy, " ", &rest); word != NULL;
	     word = strtok_r(NULL, " ", &rest)) {
		if (rule.count == RULE_MAX_STEPS)
			return keyfile_error(file, entry, error,
					     "\"%s\" has more than %d steps", pattern,
					     RULE_MAX_STEPS);
		if (!take_step(rules, word, names, &unknown))
			return keyfile_error(file, entry, error,
					     "\"%s\": no language file has a role \"%s\"",
					     pattern, unknown != NULL ? unknown : word);
		rule.count++;
	}
	if (goes_beyond_end(rules, &rule))
		return keyfile_error(file, entry, error,
				     "\"%s\" never fits, for a sentence ends before its "
				     "last role; put ~1 or ^ between",
				     pattern);
	g_array_append_val(rules->rules, rule);

	return true;
}

/* "pitch offer"; RULE_MAX_KINDS where that is none. */
static size_t
kind_of(RuleReading *rules, const char *group)
{
	g_auto(GStrv) words = g_strsplit(group, " ", 2);
	RuleKind kind = { .side = SIDE_LAST };

	for (size_t i = 0; i < rules->kinds->len; i++)
		if (g_str_equal(g_array_index(rules->kinds, RuleKind, i).name, group))
			return i;
	if (words[0] != NULL && words[1] != NULL)
		kind.side = side_of(words[0]);
	if (kind.side == SIDE_LAST || rules->kinds->len == RULE_MAX_KINDS)
		return RULE_MAX_KINDS;
	kind.name = g_strdup(group);
	g_array_append_val(rules->kinds, kind);

	return rules->kinds->len - 1;
}

static bool
read_entry(RuleReading *rules, const Keyfile *file, const KeyfileEntry *entry,
	   const RoleNames *names, GError **error)
{
	size_t kind = kind_of(rules, entry->group);
	Level level = level_of(entry->key);
	unsigned trait = g_str_equal(entry->value, "yes") ? trait_of(entry->key) : 0;
	Rule rule = { .kind = (uint16_t)kind, .level = (uint8_t)level };

	if (kind == RULE_MAX_KINDS)
		return keyfile_error(file, entry, error,
				     "no such section; it is a class (default, vague, "
				     "pitch, personal) and a word");
	if (trait != 0) {
		g_array_index(rules->kinds, RuleKind, kind).traits |= trait;
		return true;
	}
	if (level == LEVEL_LAST)
		return keyfile_error(file, entry, error,
				     "no such key; there are against, weak, plain, "
				     "strong, past = yes, bill = yes, own = yes, "
				     "sells = yes, near = yes, meets = yes, "
				     "scam = yes, trade = yes, closes = yes, idle = yes");
	for (size_t i = 0; entry->list[i] != NULL; i++)
		if (!take_pattern(rules, file, entry, entry->list[i], rule, names, error))
			return false;

	return true;
}

bool
rule_file_read(RuleReading *rules, const Keyfile *file, const RoleNames *names,
	       GError **error)
{
	for (size_t i = 0; i < keyfile_length(file); i++) {
		const KeyfileEntry *entry = keyfile_entry(file, i);

		if (!g_str_equal(entry->group, "words") &&
		    !g_str_equal(entry->group, "roles") &&
		    !read_entry(rules, file, entry, names, error))
			return false;
	}

	return true;
}

/* How many steps of rules have each role: what many rules speak of, most notes have. */
static guint *
count_uses(const RuleReading *rules)
{
	guint *uses = g_new0(guint, ROLE_MAX_COUNT);

	for (guint i = 0; i < rules->roles->len; i++)
		uses[g_array_index(rules->roles, uint16_t, i)]++;

	return uses;
}

/*
 * The step of a rule by which most notes are told not to have it: that whose roles the
 * fewest rules speak of; NULL where none is needed.
 */
static const Step *
key_step(const RuleReading *rules, const Rule *rule, const guint *uses)
{
	const Step *key = NULL;
	guint least = G_MAXUINT;

	for (size_t i = 0; i < rule->count; i++) {
		const Step *step = &g_array_index(rules->steps, Step, rule->first + i);
		bool is_everywhere = false;
		guint used = 0;

		for (size_t j = 0; j < step->count; j++) {
			uint16_t role =
			    g_array_index(rules->roles, uint16_t, step->first + j);

			is_everywhere |= role == SIGN_WORD;
			used += uses[role];
		}
		if (step->kind == STEP_ROLES && !step->is_optional && !is_everywhere &&
		    used < least) {
			least = used;
			key = step;
		}
	}

	return key;
}

static bool
needs_role(const RuleReading *rules, const Step *key, size_t role)
{
	bool is_needed = key == NULL && role == ROLE_MAX_COUNT;

	for (size_t i = 0; key != NULL && i < key->count; i++)
		is_needed |=
		    g_array_index(rules->roles, uint16_t, key->first + i) == role;

	return is_needed;
}

void
rule_file_index(const RuleReading *rules, GArray *by_role, GArray *first)
{
	g_autofree const Step **keys = g_new(const Step *, rules->rules->len + 1);
	g_autofree guint *uses = count_uses(rules);

	for (guint i = 0; i < rules->rules->len; i++)
		keys[i] = key_step(rules, &g_array_index(rules->rules, Rule, i), uses);
	for (size_t role = 0; role <= ROLE_MAX_COUNT; role++) {
		g_array_append_val(first, by_role->len);
		for (uint32_t i = 0; i < rules->rules->len; i++)
			if (needs_role(rules, keys[i], role))
				g_array_append_val(by_role, i);
	}
	g_array_append_val(first, by_role->len);
}
