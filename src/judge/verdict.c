/* SPDX-License-Identifier: BSD-2-Clause */
/* verdict.c - the one word the policy acts on, and what to suggest */

#include "config.h"

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "judge/verdict.h"

#define BIT(value) (1U << (value))
#define ANY        (~0U)
#define BUT(value) (~BIT(value))
#define FRIENDS    (BIT(RELATION_KNOWN) | BIT(RELATION_LIKELY))
#define FAVOURS    (BIT(REQUEST_RECOMMEND) | BIT(REQUEST_ENDORSE))
/* These say what they are about by themselves, and seldom come with a note. */
#define MEETINGS (BIT(REQUEST_EVENT) | BIT(REQUEST_GROUP) | BIT(REQUEST_JOIN))

typedef struct {
	unsigned authenticity, relation, request, note; /* bits that fit */
	Verdict verdict;
	Answer answer;     /* where the network takes replies */
	Answer otherwise;  /* where it does not */
	bool is_imitating; /* only with a banner that has another mark than the owner's */
	bool tells_past;   /* only where the note tells that the two know each other */
} Row;

/* clang-format off */
static const Row rows[] = {
	{ BIT(AUTHENTICITY_FORGED), ANY, ANY, ANY,
	  VERDICT_FORGED, ANSWER_REPORT, ANSWER_REPORT },
	{ BUT(AUTHENTICITY_VERIFIED), BIT(RELATION_IMPOSTOR), ANY, ANY,
	  VERDICT_IMPOSTOR, ANSWER_REPORT, ANSWER_REPORT, .is_imitating = true },
	{ ANY, BIT(RELATION_IMPOSTOR), ANY, ANY,
	  VERDICT_IMPOSTOR, ANSWER_CONSIDER, ANSWER_CONSIDER },
	{ ANY, ~FRIENDS, FAVOURS, BIT(NOTE_PERSONAL),
	  VERDICT_PERSONAL, ANSWER_CONSIDER, ANSWER_CONSIDER, .tells_past = true },
	{ ANY, ~FRIENDS, FAVOURS, ANY,
	  VERDICT_SPAMMY, ANSWER_IGNORE, ANSWER_IGNORE },
	{ BIT(AUTHENTICITY_VERIFIED), BIT(RELATION_KNOWN), BIT(REQUEST_CONNECT), ANY,
	  VERDICT_KNOWN, ANSWER_ACCEPT, ANSWER_ACCEPT },
	{ ANY, FRIENDS, ANY, ANY,
	  VERDICT_KNOWN, ANSWER_CONSIDER, ANSWER_CONSIDER },
	{ ANY, ANY, ANY, BIT(NOTE_PITCH),
	  VERDICT_SPAMMY, ANSWER_IGNORE, ANSWER_IGNORE },
	{ ANY, ANY, ANY, BIT(NOTE_PERSONAL),
	  VERDICT_PERSONAL, ANSWER_CONSIDER, ANSWER_CONSIDER },
	{ ANY, ANY, MEETINGS, BIT(NOTE_DEFAULT),
	  VERDICT_DEFAULT_TEXT, ANSWER_CONSIDER, ANSWER_CONSIDER },
	{ ANY, ANY, MEETINGS, ANY,
	  VERDICT_CONTEXTLESS, ANSWER_CONSIDER, ANSWER_CONSIDER },
	{ ANY, ANY, ANY, BIT(NOTE_DEFAULT),
	  VERDICT_DEFAULT_TEXT, ANSWER_REPLY_DONT_ACCEPT, ANSWER_IGNORE },
	{ ANY, ANY, BIT(REQUEST_CONNECT), ANY,
	  VERDICT_CONTEXTLESS, ANSWER_REPLY_DONT_ACCEPT, ANSWER_IGNORE },
	{ ANY, ANY, ANY, ANY,
	  VERDICT_CONTEXTLESS, ANSWER_IGNORE, ANSWER_IGNORE },
};
/* clang-format on */

Verdict
verdict_of(const Findings *findings, Answer *answer_out)
{
	const Row *row = rows;

	while (!(row->authenticity & BIT(findings->authenticity) &&
		 row->relation & BIT(findings->relation) &&
		 row->request & BIT(findings->request) &&
		 row->note & BIT(findings->note) &&
		 (!row->is_imitating || findings->has_foreign_block) &&
		 (!row->tells_past || findings->tells_past)))
		row++;
	*answer_out = findings->takes_replies ? row->answer : row->otherwise;

	return row->verdict;
}

const char *
verdict_name(Verdict verdict)
{
	static const char *const names[VERDICT_LAST] = {
		[VERDICT_NONE] = "none",
		[VERDICT_FORGED] = "forged",
		[VERDICT_IMPOSTOR] = "impostor",
		[VERDICT_KNOWN] = "known",
		[VERDICT_SPAMMY] = "spammy",
		[VERDICT_PERSONAL] = "personal",
		[VERDICT_DEFAULT_TEXT] = "default-text",
		[VERDICT_CONTEXTLESS] = "contextless",
	};

	return names[verdict];
}

const char *
verdict_answer_name(Answer answer)
{
	static const char *const names[ANSWER_LAST] = {
		[ANSWER_NONE] = "none",
		[ANSWER_REPLY_DONT_ACCEPT] = "reply-dont-accept",
		[ANSWER_CONSIDER] = "consider",
		[ANSWER_ACCEPT] = "accept",
		[ANSWER_IGNORE] = "ignore",
		[ANSWER_REPORT] = "report",
	};

	return names[answer];
}
