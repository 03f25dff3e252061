/* SPDX-License-Identifier: BSD-2-Clause */
/* reasons.c - which words of a note decided, for a person to read */

#include "config.h"

#include <string.h>

#include "note/reasons.h"
#include "note/sure-words.h"
#include "text/text.h"

/* So many are shown. */
#define REASONS_MAX 4

/* What counts less than this beside the first did not decide. */
#define LEAST_SHARE 0.34

/* A sign that decides whatever the weights say, as the field that nobody filled in. */
#define SIGN_WEIGHT 1.0

/* Below, "vague" is no likely class, but the cheapest between a friend and a pitch. */
#define IN_DOUBT 0.1

/* What counts, and how much. */
typedef struct {
	double weight;
	const char *name; /* "met" */
	char *words;
} Reason;

static void
reason_clear(gpointer data)
{
	g_free(((Reason *)data)->words);
}

static int
compare_reasons(gconstpointer a, gconstpointer b)
{
	double one = ((const Reason *)a)->weight, other = ((const Reason *)b)->weight;

	return (one < other) - (one > other);
}

static const char *
prefix_of(Side side)
{
	return side == SIDE_PERSONAL ? "context" : rule_side_name(side);
}

static bool
is_for(Cue cue, Side side)
{
	return g_str_equal(cue_side_name(cue), prefix_of(side));
}

static void
take_cues(GArray *found, const Weights *weights, const Cues *cues, Side side)
{
	for (size_t i = 0; i < CUE_LAST; i++) {
		Cue cue = (Cue)i;
		Reason reason = { .name = cue_name(cue) };

		if (cues->found[i].words == NULL || !is_for(cue, side))
			continue;
		reason.weight =
		    weights_of_feature(weights, evidence_cue_feature(cues, cue), side);
		if (cue_is_sign(cue))
			reason.weight = MAX(reason.weight, SIGN_WEIGHT);
		reason.words = g_strdup(cues->found[i].words);
		g_array_append_val(found, reason);
	}
}

/* What of the note a rule was found in. */
static char *
words_of(const Evidence *evidence, const Wording *wording, const RuleHit *hit)
{
	const Spans *spans = &evidence->spans;
	size_t start = rules_start(wording->languages->rules, spans, hit);
	g_autofree char *cut = NULL;

	start = MIN(start, hit->end - 1);
	cut = plain_text_cut(&wording->plain, spans->starts[start],
			     spans->ends[hit->end - 1]);

	return text_token(cut, CUE_SHOWN_MAX);
}

/* All levels of a kind count; the highest is shown. */
static void
take_kind(GArray *found, const Evidence *evidence, const Wording *wording, size_t kind,
	  Side side)
{
	const RuleKind *rule_kind =
	    &g_array_index(rules_kinds(wording->languages->rules), RuleKind, kind);
	bool has[LEVEL_LAST] = { false };
	const RuleHit *best = NULL;
	Reason reason = { .name = strchr(rule_kind->name, ' ') + 1 };

	for (size_t i = 0; i < evidence->rules->len; i++) {
		const RuleHit *hit = &g_array_index(evidence->rules, RuleHit, i);

		if (hit->kind != kind)
			continue;
		if (!has[hit->level])
			reason.weight += weights_of_feature(
			    wording->languages->weights,
			    evidence_rule_feature(kind, hit->level), side);
		has[hit->level] = true;
		if (hit->level >= LEVEL_PLAIN && hit->end > 0 &&
		    (best == NULL || hit->level > best->level))
			best = hit;
	}
	if (best == NULL)
		return;
	if (best->level == LEVEL_STRONG &&
	    (rule_kind->traits & (RULE_NEAR | RULE_SELLS | RULE_IDLE)) != 0)
		reason.weight = MAX(reason.weight, SIGN_WEIGHT);
	/* A cue of the same name has the words, too, and more precisely. */
	for (size_t i = 0; i < found->len; i++) {
		Reason *cue = &g_array_index(found, Reason, i);

		if (g_str_equal(cue->name, reason.name)) {
			cue->weight += reason.weight;
			return;
		}
	}
	reason.words = words_of(evidence, wording, best);
	g_array_append_val(found, reason);
}

static void
take_rules(GArray *found, const Evidence *evidence, const Wording *wording, Side side)
{
	const GArray *kinds = rules_kinds(wording->languages->rules);

	for (size_t kind = 0; kind < kinds->len; kind++)
		if (g_array_index(kinds, RuleKind, kind).side == side)
			take_kind(found, evidence, wording, kind, side);
}

/* No cue and no rule speaks for the side: its own words do, or what weighs most. */
static char *
learned(const Evidence *evidence, const Wording *wording, Side side, const char *own,
	double likelihood)
{
	g_autofree char *cut = NULL, *clean = NULL;

	if (own[0] != '\0' && side == SIDE_PERSONAL) {
		clean = text_token(own, CUE_SHOWN_MAX);
		return g_strdup_printf("own-words \"%s\"", clean);
	}
	cut = evidence_weightiest_words(evidence, wording, side);
	clean = text_token(cut, CUE_SHOWN_MAX);
	if (side == SIDE_VAGUE && (clean[0] == '\0' || own[0] == '\0'))
		return g_strdup(REASONS_NO_OWN_WORDS);
	if (clean[0] == '\0')
		return g_strdup_printf("learned:form %s %.2f", rule_side_name(side),
				       likelihood);

	return g_strdup_printf("learned:\"%s\" %s %.2f", clean, rule_side_name(side),
			       likelihood);
}

/* Add the strongest reasons for a side, at most so many; returns how many. */
static size_t
add_side(GPtrArray *reasons, const Evidence *evidence, const Wording *wording,
	 const Cues *cues, Side side, size_t most)
{
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Reason));
	size_t shown = 0;

	g_array_set_clear_func(found, reason_clear);
	take_cues(found, wording->languages->weights, cues, side);
	take_rules(found, evidence, wording, side);
	g_array_sort(found, compare_reasons);
	for (; shown < MIN(found->len, most); shown++) {
		const Reason *reason = &g_array_index(found, Reason, shown);

		if (reason->weight <= 0 ||
		    reason->weight < LEAST_SHARE * g_array_index(found, Reason, 0).weight)
			break;
		g_ptr_array_add(reasons, g_strdup_printf("%s:%s \"%s\"", prefix_of(side),
							 reason->name, reason->words));
	}

	return shown;
}

void
reasons_add(GPtrArray *reasons, const Evidence *evidence, const Wording *wording,
	    const Cues *cues, Side side, const char *own, double likelihood)
{
	if (side == SIDE_VAGUE && (likelihood < IN_DOUBT ||
				   sure_words_tell_near(wording->languages, evidence))) {
		g_ptr_array_add(reasons, g_strdup("vague:in-doubt"));
		add_side(reasons, evidence, wording, cues, SIDE_PERSONAL, 1);
		add_side(reasons, evidence, wording, cues, SIDE_PITCH, 1);
		return;
	}
	if (add_side(reasons, evidence, wording, cues, side, REASONS_MAX) == 0)
		g_ptr_array_add(reasons,
				learned(evidence, wording, side, own, likelihood));
	for (size_t i = 0; i < CUE_LAST; i++)
		if (cues->found[i].words != NULL && !is_for((Cue)i, side) &&
		    (cues->found[i].heaviest >= CUE_STRONG || cue_is_sign((Cue)i)))
			g_ptr_array_add(reasons, cues_reason(cues, (Cue)i));
}
