/* SPDX-License-Identifier: BSD-2-Clause */
/* evidence.c - all that a note tells, as features that can be weighed */

#include "config.h"

#include <string.h>

#include "note/evidence.h"
#include "note/repeats.h"
#include "note/weights.h"

/* A short note has no more words. */
#define SHORT_WORDS 8

typedef enum {
	FORM_WORDS_3,
	FORM_WORDS_6,
	FORM_WORDS_10,
	FORM_WORDS_16,
	FORM_WORDS_25,
	FORM_WORDS_40,
	FORM_WORDS_60,
	FORM_WORDS_MORE,
	FORM_SENTENCES_1,
	FORM_SENTENCES_2,
	FORM_SENTENCES_MORE,
	FORM_ASKS,
	FORM_ASKS_LAST,
	FORM_NAME_1,
	FORM_NAME_2,
	FORM_NAME_4,
	FORM_NUMBER_1,
	FORM_NUMBER_2,
	FORM_OWN_1,
	FORM_OWN_3,
	FORM_OWN_6,
	FORM_OWN_10,
	FORM_QUARTER_OWN,
	FORM_THIRD_OWN,
	FORM_HALF_OWN,
	FORM_SHOUTED,
	FORM_SAYS_NOTHING, /* no rule is found */
	FORM_CONCRETE,     /* short, and a name, a number or a word of one's own */
	FORM_ACQUAINTED,   /* the two know each other, */
	FORM_ASKS_BESIDE,  /* and something is asked */
	FORM_LAST
} Form;

static const char *const form_names[FORM_LAST] = {
	[FORM_WORDS_3] = "words 3",
	[FORM_WORDS_6] = "words 6",
	[FORM_WORDS_10] = "words 10",
	[FORM_WORDS_16] = "words 16",
	[FORM_WORDS_25] = "words 25",
	[FORM_WORDS_40] = "words 40",
	[FORM_WORDS_60] = "words 60",
	[FORM_WORDS_MORE] = "words more",
	[FORM_SENTENCES_1] = "sentences 1",
	[FORM_SENTENCES_2] = "sentences 2",
	[FORM_SENTENCES_MORE] = "sentences more",
	[FORM_ASKS] = "asks",
	[FORM_ASKS_LAST] = "asks last",
	[FORM_NAME_1] = "names 1",
	[FORM_NAME_2] = "names 2",
	[FORM_NAME_4] = "names 4",
	[FORM_NUMBER_1] = "numbers 1",
	[FORM_NUMBER_2] = "numbers 2",
	[FORM_OWN_1] = "own 1",
	[FORM_OWN_3] = "own 3",
	[FORM_OWN_6] = "own 6",
	[FORM_OWN_10] = "own 10",
	[FORM_QUARTER_OWN] = "own quarter",
	[FORM_THIRD_OWN] = "own third",
	[FORM_HALF_OWN] = "own half",
	[FORM_SHOUTED] = "shouted",
	[FORM_SAYS_NOTHING] = "says nothing",
	[FORM_CONCRETE] = "concrete",
	[FORM_ACQUAINTED] = "acquainted",
	[FORM_ASKS_BESIDE] = "asks acquainted",
};

/* Where a role stands: anywhere, in the first sentence, in the last. */
#define ROLE_PLACES 3
static const char *const role_places[ROLE_PLACES] = { "", " first", " last" };

/*
 * Features: rules by kind and level, cues by weight, roles by place, forms, and
 * kinds once more where they stand among people who know each other: a call or a
 * price is a pitch among strangers, and daily life among these.
 */
#define FIRST_CUE   (RULE_MAX_KINDS * (size_t)LEVEL_LAST)
#define FIRST_ROLE  (FIRST_CUE + (size_t)CUE_LAST * 2)
#define FIRST_FORM  (FIRST_ROLE + (size_t)ROLE_MAX_COUNT * ROLE_PLACES)
#define FIRST_AMONG (FIRST_FORM + (size_t)FORM_LAST)

size_t
evidence_feature_count(const Languages *languages)
{
	(void)languages;

	return FIRST_AMONG + RULE_MAX_KINDS;
}

char *
evidence_feature_name(const Languages *languages, size_t feature)
{
	const GArray *kinds = rules_kinds(languages->rules);

	if (feature >= FIRST_AMONG)
		return feature - FIRST_AMONG < kinds->len
			   ? g_strconcat(
				 g_array_index(kinds, RuleKind, feature - FIRST_AMONG)
				     .name,
				 " acquainted", NULL)
			   : NULL;
	if (feature >= FIRST_FORM)
		return g_strconcat("form ", form_names[feature - FIRST_FORM], NULL);
	if (feature >= FIRST_ROLE) {
		size_t role = (feature - FIRST_ROLE) / ROLE_PLACES;

		return role < languages->roles->names->len
			   ? g_strconcat(
				 "role ", (char *)languages->roles->names->pdata[role],
				 role_places[(feature - FIRST_ROLE) % ROLE_PLACES], NULL)
			   : NULL;
	}
	if (feature >= FIRST_CUE)
		return g_strconcat("cue ", cue_name((Cue)((feature - FIRST_CUE) / 2)),
				   (feature - FIRST_CUE) % 2 != 0 ? " strong" : " weak",
				   NULL);

	return feature / LEVEL_LAST < kinds->len
		   ? g_strconcat(
			 g_array_index(kinds, RuleKind, feature / LEVEL_LAST).name, " ",
			 rule_level_name((Level)(feature % LEVEL_LAST)), NULL)
		   : NULL;
}

/* The words of the first sentence and of the last. */
static void
find_sentences(const Spans *spans, size_t *first_out, size_t *last_out, size_t *count_out)
{
	*first_out = spans->words;
	*last_out = 0;
	*count_out = 0;
	for (size_t i = 0; i < spans->words; i++) {
		if ((spans->flags[i] & SPANS_WORD_BEGINS) == 0)
			continue;
		++*count_out;
		*last_out = i;
		if (*count_out == 2)
			*first_out = i;
	}
}

/* numbers: of uint16_t, with room for this one. */
static void
add_number(GArray *numbers, size_t number)
{
	g_array_index(numbers, uint16_t, numbers->len++) = (uint16_t)number;
}

static void
add_feature(Evidence *evidence, size_t feature)
{
	add_number(evidence->features, feature);
}

static void
add_roles(Evidence *evidence, const Spans *spans, size_t first, size_t last)
{
	for (size_t role = SIGN_WORD + 1; role < ROLE_MAX_COUNT; role++) {
		size_t feature = FIRST_ROLE + role * ROLE_PLACES;
		bool is_in_first = false, is_in_last = false;

		if (spans->first[role + 1] == spans->first[role])
			continue;
		for (size_t i = spans->first[role]; i < spans->first[role + 1]; i++) {
			const RoleSpan *span = &spans->spans[i];

			is_in_first |= span->start < first;
			is_in_last |= span->start >= last;
		}
		add_feature(evidence, feature);
		if (is_in_first)
			add_feature(evidence, feature + 1);
		if (is_in_last)
			add_feature(evidence, feature + 2);
	}
}

bool
evidence_has(const Evidence *evidence, const Languages *languages, Side side, Level least,
	     unsigned without)
{
	const GArray *kinds = rules_kinds(languages->rules);

	for (size_t i = 0; i < evidence->rules->len; i++) {
		const RuleHit *hit = &g_array_index(evidence->rules, RuleHit, i);
		const RuleKind *kind = &g_array_index(kinds, RuleKind, hit->kind);

		if (kind->side == side && hit->level >= least &&
		    (kind->traits & without) == 0)
			return true;
	}

	return false;
}

bool
evidence_tells(const Evidence *evidence, const Languages *languages, RuleTrait trait,
	       Level level)
{
	const GArray *kinds = rules_kinds(languages->rules);

	for (size_t i = 0; i < evidence->rules->len; i++) {
		const RuleHit *hit = &g_array_index(evidence->rules, RuleHit, i);

		if (hit->level == level &&
		    (g_array_index(kinds, RuleKind, hit->kind).traits & trait) != 0)
			return true;
	}

	return false;
}

bool
evidence_stands(const Evidence *evidence, const Languages *languages, RuleTrait trait)
{
	const GArray *kinds = rules_kinds(languages->rules);
	uint64_t strong = 0, against = 0;

	for (size_t i = 0; i < evidence->rules->len; i++) {
		const RuleHit *hit = &g_array_index(evidence->rules, RuleHit, i);
		uint64_t bit = (uint64_t)1 << hit->kind;

		if ((g_array_index(kinds, RuleKind, hit->kind).traits & trait) == 0)
			continue;
		strong |= hit->level == LEVEL_STRONG ? bit : 0;
		against |= hit->level == LEVEL_AGAINST ? bit : 0;
	}

	return (strong & ~against) != 0;
}

static void
add_form(Evidence *evidence, const Languages *languages, size_t sentences)
{
	static const struct {
		size_t most;
		Form form;
	} lengths[] = {
		{ 3, FORM_WORDS_3 },   { 6, FORM_WORDS_6 },
		{ 10, FORM_WORDS_10 }, { 16, FORM_WORDS_16 },
		{ 25, FORM_WORDS_25 }, { 40, FORM_WORDS_40 },
		{ 60, FORM_WORDS_60 }, { SIZE_MAX, FORM_WORDS_MORE },
	};
	const Spans *spans = &evidence->spans;
	const size_t words = spans->words, own = spans->own;
	bool asks = false, has[FORM_LAST] = { false };

	for (size_t i = 0; i < words; i++)
		asks |= (spans->flags[i] & SPANS_WORD_ASKS) != 0;
	for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++)
		if (words <= lengths[i].most) {
			has[lengths[i].form] = true;
			break;
		}
	has[FORM_SENTENCES_1] = sentences <= 1;
	has[FORM_SENTENCES_2] = sentences == 2;
	has[FORM_SENTENCES_MORE] = sentences > 2;
	has[FORM_ASKS] = asks;
	has[FORM_ASKS_LAST] =
	    words > 0 && (spans->flags[words - 1] & SPANS_WORD_ASKS) != 0;
	has[FORM_NAME_1] = spans->names >= 1;
	has[FORM_NAME_2] = spans->names >= 2;
	has[FORM_NAME_4] = spans->names >= 4;
	has[FORM_NUMBER_1] = spans->numbers >= 1;
	has[FORM_NUMBER_2] = spans->numbers >= 2;
	has[FORM_OWN_1] = own >= 1;
	has[FORM_OWN_3] = own >= 3;
	has[FORM_OWN_6] = own >= 6;
	has[FORM_OWN_10] = own >= 10;
	has[FORM_QUARTER_OWN] = own * 4 >= words;
	has[FORM_THIRD_OWN] = own * 3 >= words;
	has[FORM_HALF_OWN] = own * 2 >= words;
	has[FORM_SHOUTED] = spans->is_shouted;
	has[FORM_SAYS_NOTHING] = evidence->rules->len == 0;
	has[FORM_CONCRETE] =
	    words <= SHORT_WORDS && spans->names + spans->numbers + own > 0 &&
	    !evidence_has(evidence, languages, SIDE_VAGUE, LEVEL_PLAIN, 0) &&
	    !evidence_has(evidence, languages, SIDE_PITCH, LEVEL_PLAIN, 0);
	has[FORM_ACQUAINTED] = evidence->among == WEIGHTS_AMONG_ACQUAINTED;
	has[FORM_ASKS_BESIDE] = has[FORM_ACQUAINTED] && asks;
	for (size_t i = 0; i < FORM_LAST; i++)
		if (has[i])
			add_feature(evidence, FIRST_FORM + i);
}

/* Add the kinds of rules that would speak for a pitch if a stranger wrote. */
static void
add_among(Evidence *evidence, const Languages *languages)
{
	const GArray *kinds = rules_kinds(languages->rules);
	bool has[RULE_MAX_KINDS] = { false };

	for (size_t i = 0; i < evidence->rules->len; i++) {
		const RuleHit *hit = &g_array_index(evidence->rules, RuleHit, i);

		has[hit->kind] |=
		    hit->level != LEVEL_AGAINST &&
		    g_array_index(kinds, RuleKind, hit->kind).side == SIDE_PITCH;
	}
	for (size_t i = 0; i < RULE_MAX_KINDS; i++)
		if (has[i])
			add_feature(evidence, FIRST_AMONG + i);
}

static void
add_rules(Evidence *evidence)
{
	bool has[RULE_MAX_KINDS * LEVEL_LAST] = { false };

	for (size_t i = 0; i < evidence->rules->len; i++) {
		const RuleHit *hit = &g_array_index(evidence->rules, RuleHit, i);

		has[evidence_rule_feature(hit->kind, hit->level)] = true;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(has); i++)
		if (has[i])
			add_feature(evidence, i);
}

/* Words and pairs of neighbours, each once. */
static void
take_buckets(Evidence *evidence)
{
	uint64_t seen[WEIGHTS_BUCKETS / 64] = { 0 };
	uint32_t before = 0;

	for (size_t i = 0; i < evidence->spans.words; i++) {
		uint32_t hash = evidence->spans.hashes[i];
		uint32_t hashes[2] = { hash, weights_hash(hash, before) };

		for (size_t j = 0; j < (i > 0 ? 2 : 1); j++) {
			uint16_t bucket = hashes[j] % WEIGHTS_BUCKETS;
			uint64_t bit = (uint64_t)1 << bucket % 64;

			if ((seen[bucket / 64] & bit) == 0)
				add_number(evidence->buckets, bucket);
			seen[bucket / 64] |= bit;
		}
		before = hash;
	}
}

void
evidence_init(Evidence *evidence, const Wording *wording, const Cues *cues)
{
	size_t first, last, sentences;

	*evidence = (Evidence){ 0 };
	spans_init(&evidence->spans, wording);
	evidence->features = g_array_sized_new(FALSE, FALSE, sizeof(uint16_t),
					       FIRST_AMONG + RULE_MAX_KINDS);
	evidence->buckets = g_array_sized_new(FALSE, FALSE, sizeof(uint16_t),
					      2 * (guint)evidence->spans.words + 1);
	evidence->rules = rules_find(wording->languages->rules, &evidence->spans);
	if (cues_tell_shared_past(cues) ||
	    evidence_tells(evidence, wording->languages, RULE_PAST, LEVEL_STRONG))
		evidence->among = WEIGHTS_AMONG_ACQUAINTED;
	take_buckets(evidence);
	evidence->repeats = repeats_are_in(&evidence->spans, &wording->plain);
	find_sentences(&evidence->spans, &first, &last, &sentences);
	add_rules(evidence);
	for (size_t i = 0; i < CUE_LAST; i++)
		if (cues->found[i].weight > 0)
			add_feature(evidence, evidence_cue_feature(cues, (Cue)i));
	add_roles(evidence, &evidence->spans, first, last);
	add_form(evidence, wording->languages, sentences);
	if (evidence->among == WEIGHTS_AMONG_ACQUAINTED)
		add_among(evidence, wording->languages);
}

void
evidence_clear(Evidence *evidence)
{
	g_clear_pointer(&evidence->features, g_array_unref);
	g_clear_pointer(&evidence->buckets, g_array_unref);
	g_clear_pointer(&evidence->rules, g_array_unref);
	spans_clear(&evidence->spans);
}

size_t
evidence_rule_feature(size_t kind, Level level)
{
	return kind * LEVEL_LAST + level;
}

size_t
evidence_cue_feature(const Cues *cues, Cue cue)
{
	return FIRST_CUE + (size_t)cue * 2 + (cues->found[cue].weight >= CUE_STRONG);
}

char *
evidence_weightiest_words(const Evidence *evidence, const Wording *wording, Side side)
{
	const Spans *spans = &evidence->spans;
	double most = -G_MAXDOUBLE;
	size_t start = 0, end = 0;
	uint32_t before = 0;

	for (size_t i = 0; i < spans->words; i++) {
		uint32_t hash = spans->hashes[i];
		uint32_t hashes[2] = { hash, weights_hash(hash, before) };

		for (size_t j = 0; j < (i > 0 ? 2 : 1); j++) {
			double weight =
			    weights_of_bucket(wording->languages->weights,
					      hashes[j] % WEIGHTS_BUCKETS, side);

			if (weight > most &&
			    spans_tell(spans, &wording->plain, i - j, i + 1)) {
				most = weight;
				start = i - j;
				end = i + 1;
			}
		}
		before = hash;
	}

	return end == 0 ? g_strdup("")
			: plain_text_cut(&wording->plain, spans->starts[start],
					 spans->ends[end - 1]);
}
