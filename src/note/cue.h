/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	cue - what in a note tells why somebody writes, and what it weighs
 *
 * DESCRIPTION
 *	A cue is a kind of evidence: a phrase of a language file's [cues], or a
 *	sign that needs no language (signals.h).  It speaks for context, for a
 *	pitch, or for nothing said.  A phrase weighs 2, a weak one 1.
 *
 *	The cues are reasons that a person reads, and features that the weights
 *	count (evidence.h).
 *
 * SEE ALSO
 *	"CUES" in invite-milter-languages(5)
 */
#ifndef CUE_H
#define CUE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

typedef enum {
	CUE_MET,      /* we met, talked, wrote */
	CUE_TOGETHER, /* worked, studied, lived, are family */
	CUE_MUTUAL,   /* a contact of both who said something */
	CUE_REFERRAL, /* somebody named the recipient */
	CUE_SHARED,   /* a school, a group, an employer of both */
	CUE_YOURS,    /* what the recipient wrote, said, made */
	CUE_REASON,   /* a question, a plan, a thing */
	CUE_ABOUT,    /* a word of the recipient's own facts */
	CUE_OFFER,
	CUE_INVEST,
	CUE_VIEWED,         /* "you viewed my profile" */
	CUE_TEMPLATE_FIELD, /* "Hi {firstName}" */
	CUE_CALL,
	CUE_RECRUIT,
	CUE_FAVOUR,
	CUE_SURVEY,
	CUE_PHONE,
	CUE_LINK,
	CUE_WRONG_NAME, /* a script's slip */
	CUE_GROWTH,
	CUE_PRICE,
	CUE_FOUND,   /* "I came across your profile" */
	CUE_NETWORK, /* "expand my network" */
	CUE_PRAISE,
	CUE_LAST
} Cue;

#define CUE_WEAK   1
#define CUE_STRONG 2

/* Characters of a cue, or of what stands in for one, that a reason shows. */
#define CUE_SHOWN_MAX 40

/* What one kind of cue found in a note. */
typedef struct {
	size_t weight; /* sum, bounded */
	char *words;   /* of the heaviest; NULL: none */
	size_t heaviest;
} CueFound;

typedef struct {
	CueFound found[CUE_LAST];
	size_t own_words; /* that are neither common nor of a cue */
} Cues;

/* The kind of this name among those that a language file may have; CUE_LAST for none. */
Cue cue_of(const char *name);
const char *cue_name(Cue cue);

/* As reasons have it: "context", "pitch", "vague". */
const char *cue_side_name(Cue cue);

/* Not of a language file, but of the note's form. */
bool cue_is_sign(Cue cue);

/* The names of all those kinds, for a message; the caller's. */
char *cue_names(void);

void cues_clear(Cues *cues);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Cues, cues_clear)

/* Takes words, cleaned, over. */
void cues_add(Cues *cues, Cue cue, size_t weight, char *words);

/* Does anything speak for context or for a pitch? */
bool cues_say_why(const Cues *cues);

/* Does anything speak for context? */
bool cues_tell_context(const Cues *cues);

/* Is there more than a hint of people who know each other? */
bool cues_tell_shared_past(const Cues *cues);

/* "context:met \"great meeting you\"", the heaviest of its kind; NULL: none was found. */
char *cues_reason(const Cues *cues, Cue cue);

#endif
