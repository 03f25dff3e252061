/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	speech - who speaks of whom in a line?
 *
 * DESCRIPTION
 *	A network tells of the inviter as of somebody else: "Jane Doe wants to
 *	connect", "You have a request from Jane Doe".  People do not speak so of
 *	themselves.  speech_tells_of() finds by the form of the line who does, in words
 *	that no file knows: somebody's name is what the rest tells of, and no word is one
 *	with which people speak of themselves.  These words are data (name-rules.h).
 *
 *	"This is Jane Doe" and "Jane Doe from Delft" present whoever says it, and a
 *	name behind a comma, or at the end, signs.
 */
#ifndef SPEECH_H
#define SPEECH_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "people/name-rules.h"

/* A line of more words is a paragraph; of no more is looked at. */
#define SPEECH_MAX_WORDS 20

/* A line and its words. */
typedef struct {
	const char *text; /* borrowed */
	GPtrArray
	    *words; /* char *, as written; one more than the most, where it has more */
	GArray *starts; /* size_t: where each stands in the text */
} Speech;

void speech_init(Speech *speech, const char *text);
void speech_clear(Speech *speech);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Speech, speech_clear)

/* Do the name's first words, so many, stand in the line, from a word of it on? */
bool speech_has_name(const Speech *line, size_t at, const Speech *name, size_t count);

/* Is one of the words from .. to - 1 of the kind? */
bool speech_says(const Speech *line, size_t from, size_t to, const NameRules *rules,
		 NameRuleKind kind);

/* Is any word of a text of the kind, however many it has? */
bool speech_text_says(const char *text, const NameRules *rules, NameRuleKind kind);

/* Does somebody speak of themselves in a line? */
bool speech_is_of_self(const Speech *line, const NameRules *rules);

/* Does a line, of one clause or sentence, tell of the name as of somebody else? */
bool speech_tells_of(const Speech *line, const Speech *name, const NameRules *rules);

/*
 * Does a sentence in which nobody speaks of themselves mention the name, by its first word,
 * too, or tell what the reader has in common with it ("You both follow …"), or is it a
 * label in parts ("Member · since 2014")?  Nobody wrote it of themselves; but a friend
 * may have, of somebody of the same name, so it is a reason to doubt and no more.
 */
bool speech_mentions(const Speech *line, const Speech *name, const NameRules *rules);

#endif
