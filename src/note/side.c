/* SPDX-License-Identifier: BSD-2-Clause */
/* side.c - which class is a text's, and does a part of it sell by itself? */

#include "config.h"

#include <string.h>

#include "text/text.h"
#include "note/side.h"
#include "note/signals.h"
#include "note/site.h"
#include "note/sure-words.h"

/* A promise of money makes a pitch of a note that is personal less likely than this. */
#define PERSONAL_UNLIKELY 0.5

/* What is left of a note tells something from so many words on. */
#define LEAST_WORDS 3

/* So likely is a pitch that makes a friend's note doubtful beside a past with names. */
#define SURE 0.9

/* A sum and a number to call, as on false bills; friends say what they owe. */
static bool
is_bill(const Languages *languages, const Evidence *evidence, const Cues *cues)
{
	return cues->found[CUE_PHONE].weight > 0 &&
	       (cues->found[CUE_PRICE].weight > 0 ||
		evidence_tells(evidence, languages, RULE_BILL, LEVEL_STRONG)) &&
	       !evidence_tells(evidence, languages, RULE_BILL, LEVEL_AGAINST);
}

/* A field that nobody filled in, a bill, a scam, a promise of money. */
static bool
is_script(const Languages *languages, const Evidence *evidence, const Cues *cues,
	  const double *likelihoods)
{
	return cues->found[CUE_TEMPLATE_FIELD].weight > 0 ||
	       is_bill(languages, evidence, cues) ||
	       evidence_tells(evidence, languages, RULE_SCAM, LEVEL_STRONG) ||
	       (cues->found[CUE_INVEST].weight >= CUE_STRONG &&
		likelihoods[SIDE_PERSONAL] < PERSONAL_UNLIKELY);
}

/* Does it ask, and say a number and a word that no list has? */
static bool
asks_something(const Spans *spans)
{
	bool asks = false;

	for (size_t i = 0; i < spans->words && !asks; i++)
		asks = (spans->flags[i] & SPANS_WORD_ASKS) != 0;

	return asks && spans->numbers > 0 && spans->own > 0;
}

/*
 * Does no cue and no rule tell of a pitch, where something concrete is asked?  What was
 * learnt of the words has seen few such questions.
 */
static bool
is_question_alone(const Languages *languages, const Evidence *evidence, const Cues *cues)
{
	for (size_t i = 0; i < CUE_LAST; i++)
		if (cues->found[i].weight > 0 &&
		    g_str_equal(cue_side_name((Cue)i), rule_side_name(SIDE_PITCH)))
			return false;

	return asks_something(&evidence->spans) &&
	       !evidence_has(evidence, languages, SIDE_PITCH, LEVEL_PLAIN, 0);
}

Side
side_of(const Wording *wording, const Evidence *evidence, const Cues *cues,
	const double *likelihoods)
{
	const Languages *languages = wording->languages;
	Side side;

	if (is_script(languages, evidence, cues, likelihoods))
		return SIDE_PITCH;
	side = weights_cheapest(likelihoods, evidence->among);

	return side == SIDE_PITCH && is_question_alone(languages, evidence, cues)
		   ? SIDE_VAGUE
		   : side;
}

/* Strong evidence, or a strong cue: no site's numbers are above that. */
static bool
is_sure(const Languages *languages, const Evidence *evidence, const Cues *cues, Side side)
{
	return evidence_has(evidence, languages, side, LEVEL_STRONG, 0) ||
	       (side == SIDE_PERSONAL && cues_tell_shared_past(cues)) ||
	       (side == SIDE_PITCH && cues->found[CUE_OFFER].weight >= CUE_STRONG);
}

/*
 * May a site's numbers make a pitch or a default text of it?  Not of what tells a reason
 * to be personal; and a pitch has words of one.
 */
static bool
may_be_ignored(const Languages *languages, const Evidence *evidence, const Cues *cues,
	       Side side)
{
	if (cues_tell_context(cues) ||
	    evidence_has(evidence, languages, SIDE_PERSONAL, LEVEL_PLAIN, 0))
		return false;

	return side != SIDE_PITCH ||
	       evidence_has(evidence, languages, SIDE_PITCH, LEVEL_WEAK, 0);
}

Side
side_at_site(const Wording *wording, const Evidence *evidence, const Cues *cues,
	     double likelihoods[SIDE_LAST], GPtrArray *reasons)
{
	const Languages *languages = wording->languages;
	Side ours = side_of(wording, evidence, cues, likelihoods), side;

	if (languages->site == NULL || is_sure(languages, evidence, cues, ours))
		return ours;
	site_weigh(languages->site, evidence->features, likelihoods);
	side = side_of(wording, evidence, cues, likelihoods);
	if (side != ours && (side == SIDE_PITCH || side == SIDE_DEFAULT) &&
	    (ours == SIDE_PERSONAL || !may_be_ignored(languages, evidence, cues, side)))
		side = SIDE_VAGUE;
	if (side != ours)
		g_ptr_array_add(reasons,
				g_strdup_printf("learned:site %s %.2f",
						rule_side_name(side), likelihoods[side]));

	return side;
}

/* What a text is by itself. */
typedef enum {
	PART_NO_PITCH,
	PART_ASKS, /* for a call, a favour; or tells of trade in passing, as friends do, too */
	PART_SELLS, /* shows what the writer sells, or whom they hire */
} Part;

/* Does it show what the writer sells, or whom they hire? */
static bool
tells_trade(const Languages *languages, const Evidence *evidence)
{
	return evidence_tells(evidence, languages, RULE_TRADE, LEVEL_STRONG) ||
	       evidence_tells(evidence, languages, RULE_TRADE, LEVEL_PLAIN);
}

static Part
part_of(const Languages *languages, const char *text, const char *const *people)
{
	g_autoptr(GString) own = g_string_new(NULL);
	g_auto(Wording) wording = { 0 };
	g_auto(NoteLanguageParts) parts = { 0 };
	g_auto(Cues) cues = { 0 };
	g_auto(Evidence) evidence = { 0 };
	double likelihoods[SIDE_LAST];

	wording_init(&wording, languages, text, people);
	note_language_narrow(&wording, note_language_of(&wording), &parts);
	cues.own_words = wording_own_words(&wording, own);
	wording_cues(&wording, &cues);
	signals_add(&cues, languages->field_words, text);
	evidence_init(&evidence, &wording, &cues);
	weights_likelihoods(languages->weights, evidence.features, evidence.buckets,
			    likelihoods);
	if (side_of(&wording, &evidence, &cues, likelihoods) != SIDE_PITCH)
		return PART_NO_PITCH;
	if (likelihoods[SIDE_PITCH] >= SURE && tells_trade(languages, &evidence))
		return PART_SELLS;

	return PART_ASKS;
}

/* Does a comma, a colon or a dash stand between this word and the one before? */
static bool
is_pause(const PlainText *plain, const Spans *spans, size_t word)
{
	static const char *const marks[] = { ", ", ": ", " - ", "–", "—",
					     "、", "，", "،",   "：" };
	g_autofree char *between =
	    plain_text_cut(plain, spans->ends[word - 1], spans->starts[word]);

	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		if (strstr(between, marks[i]) != NULL)
			return true;

	return false;
}

/*
 * The words with which a note's second and its last sentence begin; of a single sentence,
 * what is behind its first pause and its last.  0 for none.
 */
static void
find_parts(const PlainText *plain, const Spans *spans, size_t *second_out,
	   size_t *last_out)
{
	*second_out = *last_out = 0;
	for (int pauses = 0; pauses < 2 && *second_out == 0; pauses++)
		for (size_t i = LEAST_WORDS; i + LEAST_WORDS <= spans->words; i++) {
			if (pauses == 0 ? (spans->flags[i] & SPANS_WORD_BEGINS) == 0
					: !is_pause(plain, spans, i))
				continue;
			*second_out = *second_out == 0 ? i : *second_out;
			*last_out = i;
		}
}

/* Do the words from start up to end name somebody, a day, a thing of which few speak? */
static bool
is_concrete(const Spans *spans, size_t start, size_t end)
{
	static const Sign signs[] = { SIGN_NAME, SIGN_NUMBER, SIGN_QUOTE, SIGN_OWN };

	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
		for (size_t j = spans->first[signs[i]]; j < spans->first[signs[i] + 1];
		     j++) {
			const RoleSpan *span = &spans->spans[j];

			if (span->start >= start && span->start < end)
				return true;
		}

	return false;
}

/* What is left of a note without the words from start up to end: is it a pitch? */
static bool
sells_without(const Wording *wording, const Spans *spans, const char *const *people,
	      size_t start, size_t end)
{
	const PlainText *plain = &wording->plain;
	g_autofree char *rest =
	    start == 0 ? plain_text_cut(plain, spans->starts[end], plain->length)
		       : plain_text_cut(plain, 0, spans->starts[start]);
	Part part = part_of(wording->languages, rest, people);

	return part == PART_SELLS ||
	       (part == PART_ASKS && !is_concrete(spans, start, end));
}

bool
side_is_lie(const Wording *wording, const Evidence *evidence,
	    const NoteLanguageParts *parts, const char *const *people)
{
	const Languages *languages = wording->languages;
	const Spans *spans = &evidence->spans;
	size_t second, last;

	if (parts->others->len > 0 &&
	    (part_of(languages, parts->others->str, people) != PART_NO_PITCH ||
	     part_of(languages, parts->first->str, people) != PART_NO_PITCH))
		return true;
	if (sure_words_tell_near(languages, evidence))
		return false;
	if (evidence_tells(evidence, languages, RULE_CLOSES, LEVEL_STRONG))
		return true;
	if (!evidence_has(evidence, languages, SIDE_PITCH, LEVEL_PLAIN, 0))
		return false;
	find_parts(&wording->plain, spans, &second, &last);

	return second > 0 && (sells_without(wording, spans, people, 0, second) ||
			      sells_without(wording, spans, people, last, spans->words));
}
