/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	verdict - the one word the policy acts on, and what to suggest
 *
 * DESCRIPTION
 *	One table over what was found, first row that fits; it is the table of
 *	"VERDICTS" in invite-milter(8).
 */
#ifndef VERDICT_H
#define VERDICT_H

#include "network/authenticity.h"
#include "network/network.h"
#include "note/note.h"
#include "judge/relation.h"

typedef enum {
	VERDICT_NONE, /* no invitation */
	VERDICT_FORGED,
	VERDICT_IMPOSTOR,
	VERDICT_KNOWN,
	VERDICT_SPAMMY,
	VERDICT_PERSONAL,
	VERDICT_DEFAULT_TEXT,
	VERDICT_CONTEXTLESS,
	VERDICT_LAST
} Verdict;

/* What the recipient might do. */
typedef enum {
	ANSWER_NONE,
	ANSWER_REPLY_DONT_ACCEPT,
	ANSWER_CONSIDER,
	ANSWER_ACCEPT,
	ANSWER_IGNORE,
	ANSWER_REPORT,
	ANSWER_LAST
} Answer;

/* What the verdict is found from. */
typedef struct {
	Authenticity authenticity;
	Relation relation;
	Request request;
	NoteClass note;
	bool takes_replies;      /* the network does */
	bool tells_past;         /* the note does: the two know each other */
	bool has_foreign_block;  /* a banner with another mark than the owner's */
	bool has_doubtful_links; /* where genuine and forged look the same */
	const char *network;     /* its name, for the policy; borrowed, NULL: any */
} Findings;

Verdict verdict_of(const Findings *findings, Answer *answer_out);

const char *verdict_name(Verdict verdict);
const char *verdict_answer_name(Answer answer);

#endif
