/* SPDX-License-Identifier: BSD-2-Clause */
/* rule.c - who does what to whom: patterns of roles, and what they say */

#include "config.h"

#include <string.h>

#include "base/data.h"
#include "note/rule-file.h"
#include "note/spans.h"

/* The places in a note: before each of its words, and behind the last. */
#define PLACE_WORDS (SPANS_MAX_WORDS / 64 + 1)

typedef struct {
	uint64_t bits[PLACE_WORDS];
} Places;

/* A RuleKind without a pointer. */
typedef struct {
	uint32_t name; /* where it stands among the names */
	uint32_t side;
	uint32_t traits;
} ImageKind;

/* What RULE_IMAGE_TYPE consists of. */
typedef enum {
	PART_KINDS,
	PART_NAMES,
	PART_RULES,
	PART_STEPS,
	PART_ROLES,
	PART_FIRST,
	PART_BY_ROLE,
	PART_LAST
} Part;

struct Rules {
	GVariant *image; /* which all of these point into */
	GArray *kinds;   /* of RuleKind */
	const Rule *rules;
	size_t count;
	const Step *steps;
	const uint16_t *roles;
	const uint32_t *by_role; /* the rules that need a role, role by role; */
	const uint32_t *first;   /* from here on the role's; the last need none */
};

/* A note, made ready for the patterns to be followed through it. */
typedef struct {
	const Rules *rules;
	const Spans *spans;
	size_t words; /* machine words of a set of places */
	Places begins, ends, asks, inside;
} Search;

static const char *const side_names[] = {
	[SIDE_DEFAULT] = "default",
	[SIDE_VAGUE] = "vague",
	[SIDE_PITCH] = "pitch",
	[SIDE_PERSONAL] = "personal",
};

static const char *const level_names[] = {
	[LEVEL_AGAINST] = "against", [LEVEL_WEAK] = "weak", [LEVEL_PLAIN] = "plain",
	[LEVEL_STRONG] = "strong",   [LEVEL_LAST] = NULL,
};

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

static void
kind_clear(gpointer data)
{
	g_free((gpointer)((RuleKind *)data)->name);
}

static GVariant *
array_image(const char *element, const GArray *array)
{
	return g_variant_new_fixed_array(G_VARIANT_TYPE(element), array->data, array->len,
					 g_array_get_element_size((GArray *)array));
}

static void
kinds_image(const GArray *kinds, GVariant **parts)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(ImageKind));
	g_autoptr(GArray) names = g_array_new(FALSE, FALSE, sizeof(char));

	for (guint i = 0; i < kinds->len; i++) {
		const RuleKind *kind = &g_array_index(kinds, RuleKind, i);
		ImageKind image = { names->len, kind->side, kind->traits };

		g_array_append_val(all, image);
		g_array_append_vals(names, kind->name, (guint)strlen(kind->name) + 1);
	}
	parts[PART_KINDS] = array_image("(uuu)", all);
	parts[PART_NAMES] = array_image("y", names);
}

static GVariant *
image_of(const RuleReading *reading)
{
	g_autoptr(GArray) by_role = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	g_autoptr(GArray) first = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	GVariant *parts[PART_LAST];

	rule_file_index(reading, by_role, first);
	kinds_image(reading->kinds, parts);
	parts[PART_RULES] = array_image("(uqyy)", reading->rules);
	parts[PART_STEPS] = array_image("(uyyyy)", reading->steps);
	parts[PART_ROLES] = array_image("q", reading->roles);
	parts[PART_FIRST] = array_image("u", first);
	parts[PART_BY_ROLE] = array_image("u", by_role);

	return g_variant_ref_sink(g_variant_new_tuple(parts, PART_LAST));
}

Rules *
rules_of_image(GVariant *image)
{
	Rules *rules = g_new0(Rules, 1);
	gsize count;
	const ImageKind *kinds =
	    data_image_part(image, PART_KINDS, sizeof(*kinds), &count);
	gsize length;
	const char *names = data_image_part(image, PART_NAMES, sizeof(char), &length);

	rules->image = g_variant_ref(image);
	rules->kinds = g_array_new(FALSE, FALSE, sizeof(RuleKind));
	for (gsize i = 0; i < count; i++) {
		RuleKind kind = { names + kinds[i].name, (Side)kinds[i].side,
				  kinds[i].traits };

		g_array_append_val(rules->kinds, kind);
	}
	rules->rules = data_image_part(image, PART_RULES, sizeof(Rule), &rules->count);
	rules->steps = data_image_part(image, PART_STEPS, sizeof(Step), &count);
	rules->roles = data_image_part(image, PART_ROLES, sizeof(uint16_t), &count);
	rules->first = data_image_part(image, PART_FIRST, sizeof(uint32_t), &count);
	rules->by_role = data_image_part(image, PART_BY_ROLE, sizeof(uint32_t), &count);

	return rules;
}

GVariant *
rules_image(const Rules *rules)
{
	return g_variant_ref(rules->image);
}

Rules *
rules_new(GPtrArray *files, const RoleNames *roles, GError **error)
{
	g_autoptr(GArray) kinds = g_array_new(FALSE, FALSE, sizeof(RuleKind));
	g_autoptr(GArray) rules = g_array_new(FALSE, FALSE, sizeof(Rule));
	g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(Step));
	g_autoptr(GArray) all_roles = g_array_new(FALSE, FALSE, sizeof(uint16_t));
	RuleReading reading = { kinds, rules, steps, all_roles };
	g_autoptr(GVariant) image = NULL;

	g_array_set_clear_func(kinds, kind_clear);
	for (size_t i = 0; i < files->len; i++)
		if (!rule_file_read(&reading, files->pdata[i], roles, error))
			return NULL;
	image = image_of(&reading);
	/* One block of bytes, in which the parts stay where they are. */
	g_variant_get_data(image);

	return rules_of_image(image);
}

void
rules_free(Rules *rules)
{
	if (rules == NULL)
		return;

	g_array_unref(rules->kinds);
	g_variant_unref(rules->image);
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
places_copy(const Search *search, Places *places, const Places *other)
{
	for (size_t i = 0; i < search->words; i++)
		places->bits[i] = other->bits[i];
}

static void
places_and(const Search *search, Places *places, const Places *other)
{
	for (size_t i = 0; i < search->words; i++)
		places->bits[i] &= other->bits[i];
}

/* The places, and those behind up to so many words more.  fresh: as in take_places(). */
static void
places_spread(const Search *search, const Step *step, Places *places, const Places *fresh)
{
	for (size_t passed = 0; passed < step->most; passed++) {
		uint64_t carry = 0;

		for (size_t i = 0; i < search->words; i++) {
			uint64_t bits = places->bits[i];
			uint64_t beyond = step->kind == STEP_ACROSS ? UINT64_MAX
					  : passed == 0             ? fresh->bits[i]
								    : 0;
			uint64_t moved = bits & (search->inside.bits[i] | beyond);

			places->bits[i] = bits | moved << 1 | carry;
			carry = moved >> 63;
		}
	}
}

/* The ends of the step's roles that begin in one of the places. */
static void
places_behind(const Search *search, const Step *step, const Places *from, Places *to)
{
	const Spans *spans = search->spans;
	const uint16_t *roles = search->rules->roles + step->first;

	for (size_t i = 0; i < step->count; i++)
		for (size_t j = spans->first[roles[i]]; j < spans->first[roles[i] + 1];
		     j++) {
			const RoleSpan *span = &spans->spans[j];

			if (places_have(from, span->start))
				places_add(to, span->end);
		}
}

/* Does the note have what every step needs? */
static bool
may_fit(const Search *search, const Rule *rule)
{
	const uint32_t *first = search->spans->first;

	for (size_t i = 0; i < rule->count; i++) {
		const Step *step = &search->rules->steps[rule->first + i];
		const uint16_t *roles = search->rules->roles + step->first;
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

/* One step on.  fresh: of the places, those with no word of their sentence passed yet. */
static void
take_places(const Search *search, const Step *step, Places *places, Places *fresh)
{
	Places next, from;

	if (step->kind == STEP_GAP || step->kind == STEP_ACROSS) {
		places_spread(search, step, places, fresh);
	} else if (step->kind != STEP_ROLES) {
		const Places *marks = step->kind == STEP_BEGIN ? &search->begins
				      : step->kind == STEP_END ? &search->ends
							       : &search->asks;

		places_and(search, places, marks);
		places_and(search, fresh, marks);
	}
	if (step->kind == STEP_ACROSS || step->kind == STEP_BEGIN)
		places_copy(search, fresh, places);
	if (step->kind != STEP_ROLES)
		return;
	for (size_t i = 0; i < search->words; i++) {
		from.bits[i] =
		    fresh->bits[i] | (places->bits[i] & search->inside.bits[i]);
		next.bits[i] = step->is_optional ? places->bits[i] : 0;
		fresh->bits[i] = step->is_optional ? fresh->bits[i] : 0;
	}
	places_behind(search, step, &from, &next);
	places_copy(search, places, &next);
}

/* Follows the rule from the places to where it ends; none: it does not fit. */
static void
follow(const Search *search, const Rule *rule, Places *places)
{
	const Step *steps = search->rules->steps + rule->first;
	Places fresh;

	places_copy(search, &fresh, places);
	for (size_t i = 0; i < rule->count && !is_empty(search, places); i++)
		take_places(search, &steps[i], places, &fresh);
}

/* Where the rule ends first in the note; or false. */
static bool
rule_fits(const Search *search, const Rule *rule, RuleHit *hit_out)
{
	Places places;
	size_t i = 0;

	if (!may_fit(search, rule))
		return false;
	memset(&places, 0xff, search->words * sizeof(uint64_t));
	follow(search, rule, &places);
	if (is_empty(search, &places))
		return false;
	while (places.bits[i] == 0)
		i++;
	hit_out->end =
	    MIN(i * 64 + (size_t)__builtin_ctzll(places.bits[i]), search->spans->words);

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

/* A bit for each rule that has a role without which it does not fit. */
static uint64_t *
candidates(const Rules *rules, const Spans *spans)
{
	uint64_t *bits = g_new0(uint64_t, rules->count / 64 + 1);

	for (size_t role = 0; role <= ROLE_MAX_COUNT; role++) {
		bool is_there =
		    role == ROLE_MAX_COUNT || spans->first[role + 1] > spans->first[role];

		for (size_t i = rules->first[role];
		     is_there && i < rules->first[role + 1]; i++)
			bits[rules->by_role[i] / 64] |= (uint64_t)1
							<< rules->by_role[i] % 64;
	}

	return bits;
}

GArray *
rules_find(const Rules *rules, const Spans *spans)
{
	GArray *hits = g_array_sized_new(FALSE, FALSE, sizeof(RuleHit), 64);
	g_autofree uint64_t *may_fit_bits = candidates(rules, spans);
	Search search;

	search_init(&search, rules, spans);
	for (size_t i = 0; i <= rules->count / 64; i++)
		for (uint64_t bits = may_fit_bits[i]; bits != 0; bits &= bits - 1) {
			size_t number = i * 64 + (size_t)__builtin_ctzll(bits);
			const Rule *rule = &rules->rules[number];
			RuleHit hit = { .rule = number,
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
	const Rule *rule = &rules->rules[hit->rule];
	size_t reach = 0, least;
	Search search;

	search_init(&search, rules, spans);
	for (size_t i = 0; i < rule->count; i++) {
		const Step *step = &rules->steps[rule->first + i];

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
