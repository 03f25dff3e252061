/* SPDX-License-Identifier: BSD-2-Clause */
/* rule.c - who does what to whom: patterns of roles, and what they say */

#include "config.h"

#include <string.h>

#include "base/keyfile.h"
#include "note/rule.h"
#include "note/spans.h"

/* The places in a note: before each of its words, and behind the last. */
#define PLACE_WORDS (SPANS_MAX_WORDS / 64 + 1)

typedef struct {
	uint64_t bits[PLACE_WORDS];
} Places;

typedef enum {
	STEP_ROLES,  /* one of these stands here */
	STEP_GAP,    /* so many words of the sentence at most */
	STEP_ACROSS, /* so many words at most */
	STEP_BEGIN,  /* a sentence begins */
	STEP_END,
	STEP_ASKS, /* a question ends */
} StepKind;

typedef struct {
	StepKind kind;
	bool is_optional;
	uint8_t most;
	uint8_t count; /* of its roles */
	uint32_t first;
} Step;

typedef struct {
	uint16_t kind;
	uint8_t level;
	uint8_t count;
	uint32_t first; /* of its steps */
} Rule;

struct Rules {
	GArray *kinds; /* of RuleKind */
	GArray *rules;
	GArray *steps;
	GArray *roles; /* of uint16_t */
};

/* A note, made ready for the patterns to be followed through it. */
typedef struct {
	const Rules *rules;
	const Spans *spans;
	size_t words; /* machine words of a set of places */
	Places begins, ends, asks, inside;
} Search;

static const char *const side_names[] = {
	[SIDE_DEFAULT] = "default",   [SIDE_VAGUE] = "vague", [SIDE_PITCH] = "pitch",
	[SIDE_PERSONAL] = "personal", [SIDE_LAST] = NULL,
};

static const char *const level_names[] = {
	[LEVEL_AGAINST] = "against", [LEVEL_WEAK] = "weak", [LEVEL_PLAIN] = "plain",
	[LEVEL_STRONG] = "strong",   [LEVEL_LAST] = NULL,
};

/* By the bits of RuleTrait. */
static const char *const trait_names[] = { "past", "bill", "own", NULL };

const char *
rule_side_name(Side side)
{
	return side_names[side];
}

const char *
rule_level_name(Level level)
{
	return level_names[level];
}

const GArray *
rules_kinds(const Rules *rules)
{
	return rules->kinds;
}

static size_t
name_index(const char *const *names, const char *name)
{
	size_t i = 0;

	while (names[i] != NULL && !g_str_equal(names[i], name))
		i++;

	return i;
}

/* "a|b": each must be a role. */
static bool
take_roles(Rules *rules, Step *step, const char *text, const RoleNames *names,
	   char **unknown_out)
{
	g_auto(GStrv) words = g_strsplit(text, "|", -1);

	step->first = rules->roles->len;
	for (size_t i = 0; words[i] != NULL; i++) {
		uint16_t role = (uint16_t)role_names_find(names, words[i]);

		if (role == ROLE_MAX_COUNT || i == UINT8_MAX) {
			*unknown_out = g_strdup(words[i]);
			return false;
		}
		g_array_append_val(rules->roles, role);
		step->count++;
	}

	return true;
}

/* "_3" and "~12" are gaps; of other words these are single characters. */
static bool
take_step(Rules *rules, const char *text, const RoleNames *names, char **unknown_out)
{
	static const struct {
		const char *text;
		StepKind kind;
	} marks[] = { { "^", STEP_BEGIN }, { "$", STEP_END }, { "?", STEP_ASKS } };
	Step step = { .kind = STEP_ROLES };
	size_t length = strlen(text);
	g_autofree char *inner = NULL;

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
	inner = step.is_optional ? g_strndup(text + 1, length - 2) : g_strdup(text);
	if (!take_roles(rules, &step, inner, names, unknown_out))
		return false;
	g_array_append_val(rules->steps, step);

	return true;
}

static bool
take_pattern(Rules *rules, const Keyfile *file, const KeyfileEntry *entry,
	     const char *pattern, Rule rule, const RoleNames *names, GError **error)
{
	g_auto(GStrv) words = g_strsplit(pattern, " ", -1);
	g_autofree char *unknown = NULL;

	rule.first = rules->steps->len;
	for (size_t i = 0; words[i] != NULL; i++) {
		if (words[i][0] == '\0')
			continue;
		if (rule.count == RULE_MAX_STEPS)
			return keyfile_error(file, entry, error,
					     "\"%s\" has more than %d steps", pattern,
					     RULE_MAX_STEPS);
		if (!take_step(rules, words[i], names, &unknown))
			return keyfile_error(file, entry, error,
					     "\"%s\": no language file has a role \"%s\"",
					     pattern,
					     unknown != NULL ? unknown : words[i]);
		rule.count++;
	}
	g_array_append_val(rules->rules, rule);

	return true;
}

/* "pitch offer"; RULE_MAX_KINDS where that is none. */
static size_t
kind_of(Rules *rules, const char *group)
{
	g_auto(GStrv) words = g_strsplit(group, " ", 2);
	RuleKind kind = { .side = SIDE_LAST };

	for (size_t i = 0; i < rules->kinds->len; i++)
		if (g_str_equal(g_array_index(rules->kinds, RuleKind, i).name, group))
			return i;
	if (words[0] != NULL && words[1] != NULL)
		kind.side = (Side)name_index(side_names, words[0]);
	if (kind.side == SIDE_LAST || rules->kinds->len == RULE_MAX_KINDS)
		return RULE_MAX_KINDS;
	kind.name = g_strdup(group);
	g_array_append_val(rules->kinds, kind);

	return rules->kinds->len - 1;
}

static bool
read_entry(Rules *rules, const Keyfile *file, const KeyfileEntry *entry,
	   const RoleNames *names, GError **error)
{
	size_t kind = kind_of(rules, entry->group);
	size_t level = name_index(level_names, entry->key);
	size_t trait = name_index(trait_names, entry->key);
	Rule rule = { .kind = (uint16_t)kind, .level = (uint8_t)level };

	if (kind == RULE_MAX_KINDS)
		return keyfile_error(file, entry, error,
				     "no such section; it is a class (default, vague, "
				     "pitch, personal) and a word");
	if (trait_names[trait] != NULL && g_str_equal(entry->value, "yes")) {
		g_array_index(rules->kinds, RuleKind, kind).traits |= 1U << trait;
		return true;
	}
	if (level == LEVEL_LAST)
		return keyfile_error(file, entry, error,
				     "no such key; there are against, weak, plain, "
				     "strong, past = yes, bill = yes, own = yes");
	for (size_t i = 0; entry->list[i] != NULL; i++)
		if (!take_pattern(rules, file, entry, entry->list[i], rule, names, error))
			return false;

	return true;
}

static void
kind_clear(gpointer data)
{
	g_free(((RuleKind *)data)->name);
}

Rules *
rules_new(GPtrArray *files, const RoleNames *roles, GError **error)
{
	g_autoptr(Rules) rules = g_new0(Rules, 1);

	rules->kinds = g_array_new(FALSE, FALSE, sizeof(RuleKind));
	g_array_set_clear_func(rules->kinds, kind_clear);
	rules->rules = g_array_new(FALSE, FALSE, sizeof(Rule));
	rules->steps = g_array_new(FALSE, FALSE, sizeof(Step));
	rules->roles = g_array_new(FALSE, FALSE, sizeof(uint16_t));
	for (size_t i = 0; i < files->len; i++) {
		const Keyfile *file = files->pdata[i];

		for (size_t j = 0; j < keyfile_length(file); j++)
			if (!g_str_equal(keyfile_entry(file, j)->group, "words") &&
			    !g_str_equal(keyfile_entry(file, j)->group, "roles") &&
			    !read_entry(rules, file, keyfile_entry(file, j), roles,
					error))
				return NULL;
	}

	return g_steal_pointer(&rules);
}

void
rules_free(Rules *rules)
{
	if (rules == NULL)
		return;

	g_array_unref(rules->kinds);
	g_array_unref(rules->rules);
	g_array_unref(rules->steps);
	g_array_unref(rules->roles);
	g_free(rules);
}

static void
places_add(Places *places, size_t place)
{
	places->bits[place / 64] |= (uint64_t)1 << (place % 64);
}

static bool
places_have(const Places *places, size_t place)
{
	return (places->bits[place / 64] >> (place % 64) & 1) != 0;
}

static void
places_and(const Search *search, Places *places, const Places *other)
{
	for (size_t i = 0; i < search->words; i++)
		places->bits[i] &= other->bits[i];
}

/* The places, and those behind up to so many words more. */
static void
places_spread(const Search *search, Places *places, size_t most, bool is_across)
{
	for (; most > 0; most--) {
		uint64_t carry = 0;

		for (size_t i = 0; i < search->words; i++) {
			uint64_t bits = places->bits[i];
			uint64_t moved = is_across ? bits : bits & search->inside.bits[i];

			places->bits[i] = bits | moved << 1 | carry;
			carry = moved >> 63;
		}
	}
}

/* The ends of the step's roles that begin in one of the places; NULL: anywhere. */
static void
places_behind(const Search *search, const Step *step, const Places *from, Places *to)
{
	const Spans *spans = search->spans;
	const uint16_t *roles =
	    &g_array_index(search->rules->roles, uint16_t, step->first);

	for (size_t i = 0; i < step->count; i++)
		for (size_t j = spans->first[roles[i]]; j < spans->first[roles[i] + 1];
		     j++) {
			const RoleSpan *span = &g_array_index(spans->spans, RoleSpan, j);

			if (from == NULL || places_have(from, span->start))
				places_add(to, span->end);
		}
}

/* Does the note have what every step needs? */
static bool
may_fit(const Search *search, const Rule *rule)
{
	const uint32_t *first = search->spans->first;

	for (size_t i = 0; i < rule->count; i++) {
		const Step *step =
		    &g_array_index(search->rules->steps, Step, rule->first + i);
		const uint16_t *roles =
		    &g_array_index(search->rules->roles, uint16_t, step->first);
		bool is_there = step->kind != STEP_ROLES || step->is_optional;

		for (size_t j = 0; j < step->count && !is_there; j++)
			is_there = first[roles[j] + 1] > first[roles[j]];
		if (!is_there)
			return false;
	}

	return true;
}

static bool
is_empty(const Search *search, const Places *places)
{
	uint64_t any = 0;

	for (size_t i = 0; i < search->words; i++)
		any |= places->bits[i];

	return any == 0;
}

/* One step on; is_free: the step may cross from one sentence to the next. */
static void
take_places(const Search *search, const Step *step, Places *places, bool is_free)
{
	size_t bytes = search->words * sizeof(uint64_t);
	Places next;

	switch (step->kind) {
	case STEP_GAP:
	case STEP_ACROSS:
		places_spread(search, places, step->most, step->kind == STEP_ACROSS);
		return;
	case STEP_BEGIN:
		places_and(search, places, &search->begins);
		return;
	case STEP_END:
		places_and(search, places, &search->ends);
		return;
	case STEP_ASKS:
		places_and(search, places, &search->asks);
		return;
	case STEP_ROLES:
		break;
	}
	if (step->is_optional)
		memcpy(&next, places, bytes);
	else
		memset(&next, 0, bytes);
	if (!is_free)
		places_and(search, places, &search->inside);
	places_behind(search, step, places, &next);
	memcpy(places, &next, bytes);
}

/* Follows the rule from the places to where it ends; none: it does not fit. */
static void
follow(const Search *search, const Rule *rule, Places *places)
{
	const Step *steps = &g_array_index(search->rules->steps, Step, rule->first);
	bool is_free = true;

	for (size_t i = 0; i < rule->count && !is_empty(search, places); i++) {
		take_places(search, &steps[i], places, is_free);
		is_free = steps[i].kind == STEP_ACROSS ||
			  (is_free && steps[i].kind != STEP_ROLES);
	}
}

/* Where the rule ends first in the note; or false. */
static bool
rule_fits(const Search *search, const Rule *rule, RuleHit *hit_out)
{
	Places places;
	size_t place = 0;

	if (!may_fit(search, rule))
		return false;
	memset(&places, 0xff, search->words * sizeof(uint64_t));
	follow(search, rule, &places);
	if (is_empty(search, &places))
		return false;
	while (place < search->spans->words && !places_have(&places, place))
		place++;
	hit_out->end = place;

	return true;
}

static void
mark_places(Search *search, const Spans *spans)
{
	for (size_t i = 0; i < spans->words; i++) {
		if ((spans->flags[i] & SPANS_WORD_BEGINS) != 0)
			places_add(&search->begins, i);
		else
			places_add(&search->inside, i);
		if ((spans->flags[i] & SPANS_WORD_ENDS) != 0)
			places_add(&search->ends, i + 1);
		if ((spans->flags[i] & SPANS_WORD_ASKS) != 0)
			places_add(&search->asks, i + 1);
	}
}

static void
search_init(Search *search, const Rules *rules, const Spans *spans)
{
	*search =
	    (Search){ .rules = rules, .spans = spans, .words = spans->words / 64 + 1 };
	mark_places(search, spans);
}

GArray *
rules_find(const Rules *rules, const Spans *spans)
{
	GArray *hits = g_array_new(FALSE, FALSE, sizeof(RuleHit));
	Search search;

	search_init(&search, rules, spans);
	for (size_t i = 0; i < rules->rules->len; i++) {
		const Rule *rule = &g_array_index(rules->rules, Rule, i);
		RuleHit hit = { .rule = i,
				.kind = rule->kind,
				.level = (Level)rule->level };

		if (rule_fits(&search, rule, &hit))
			g_array_append_val(hits, hit);
	}

	return hits;
}

size_t
rules_start(const Rules *rules, const Spans *spans, const RuleHit *hit)
{
	const Rule *rule = &g_array_index(rules->rules, Rule, hit->rule);
	size_t reach = 0, least;
	Search search;

	search_init(&search, rules, spans);
	for (size_t i = 0; i < rule->count; i++) {
		const Step *step = &g_array_index(rules->steps, Step, rule->first + i);

		reach += step->kind == STEP_ROLES ? ROLE_MAX_WORDS : step->most;
	}
	least = hit->end - MIN(hit->end, reach);
	for (size_t start = hit->end; start > least; start--) {
		Places places = { { 0 } };

		places_add(&places, start);
		follow(&search, rule, &places);
		if (places_have(&places, hit->end))
			return start;
	}

	return least;
}
