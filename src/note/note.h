/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	note - are these the inviter's own words?
 *
 * DESCRIPTION
 *	A note is judged by what is left of it.  Greeting and signature are
 *	taken off; what then is a default text of any language (the network
 *	writes its frame in one language and its note in another), even with a
 *	few letters wrong, is default.  In other notes it is found who does what
 *	to whom (rule.h) and which cues there are (cue.h); all of it is evidence
 *	(evidence.h), which learned weights (weights.h), and a site's own within
 *	bounds (site.h), count for and against each class.  A pitch needs
 *	certainty and a personal note a reason; what has neither is vague.
 *
 *	Languages are data (languages/CODE.language,
 *	invite-milter-languages(5)).
 *
 * RETURN VALUE
 *	note_judge() always has an answer; any bytes may be a note.
 */
#ifndef NOTE_H
#define NOTE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "text/fingerprint.h"
#include "people/name.h"
#include "note/language.h"

typedef enum {
	NOTE_NONE,    /* nothing written; a greeting is something */
	NOTE_DEFAULT, /* the network's text, even if greeted and signed */
	NOTE_VAGUE,   /* own words that say nothing */
	NOTE_PITCH,
	NOTE_PERSONAL,
	NOTE_LAST
} NoteClass;

/* Longer notes are cut before they are judged. */
#define NOTE_MAX 4096

typedef struct {
	NoteClass class;
	const char *language;   /* borrowed from the Languages; NULL: not known */
	char *greeted;          /* the name it greets, or NULL */
	bool is_greeting_known; /* it begins as greetings do */
	bool is_signed;         /* it ends as signatures do, or with the inviter's name */
	bool is_taught;         /* its reader said what notes like it are */
	bool is_disguised;      /* its words are hidden from programs (disguise.h) */
	WeightsAmong among;     /* for whom its features were weighed */
	bool has_shared_past;   /* it tells of one: you met, worked together, … */
	bool has_trade;         /* it speaks of what somebody sells */
	FingerprintSketch sketch; /* of own words, without names; of others none */
	GPtrArray *reasons;       /* char * */
	GArray *features;         /* what was weighed (evidence.h), or NULL, */
	GArray *buckets;          /* and the buckets of its words (weights.h) */
} Note;

/*
 * Names that are no words of the note, and what is known of its reader; any may be
 * NULL.
 */
typedef struct {
	const char *inviter;
	const char *recipient;
	const char *network;
	const NameRules *rules;   /* to compare the greeting by */
	const char *const *about; /* the recipient's own facts, closed by NULL */
} NoteNames;

/* text: any bytes, lines separated by "\n", or NULL. */
Note *note_judge(const Languages *languages, const char *text, const NoteNames *names);
void note_free(Note *note);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Note, note_free)

/*
 * What is told by the next functions decides, so its reason is put before all others.
 *
 * The inviter sent it to as many of us, this reader among them, within so many
 * days.  A script's note is a pitch, however personal it sounds; one that tells
 * of a shared past is vague, for one may meet several at one event.
 */
void note_set_bulk(Note *note, size_t recipients, size_t days);

/* text: as it was judged.  Do its words tell that a person speaks, and no network? */
bool note_is_of_person(const Note *note, const char *text, const NoteNames *names);

/*
 * The place of the mail's prose does not say that it is a note: it is vague, unless it
 * is a default text, greets the recipient, is signed, or tells of a shared past.
 */
void note_set_unplaced(Note *note, const NoteNames *names);

/*
 * Its reader said that notes like it are vague, pitch or personal: no weight is above
 * that.
 */
void note_set_taught(Note *note, NoteClass class);

/* Something other than its own words makes it a pitch.  Takes the reason over. */
void note_set_pitch(Note *note, char *reason);

const char *note_class_name(NoteClass class);

/* NOTE_LAST for a name that is none. */
NoteClass note_class_of(const char *name);

/* May a reader teach it?  What nobody wrote is no matter of opinion. */
bool note_class_is_taught(NoteClass class);

#endif
