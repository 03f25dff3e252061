/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	spans - the words of a note, and where in it the roles stand
 *
 * DESCRIPTION
 *	Spans are made once from a Wording: its words (in scripts without spaces
 *	each character is one), the sentences they begin and end, and the places
 *	of all roles (role.h), signs among them.
 *
 * OWNERSHIP
 *	Spans own their arrays and borrow nothing.
 */
#ifndef SPANS_H
#define SPANS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "note/role.h"
#include "note/wording.h"

/* Words of a note that are looked at; further ones are not. */
#define SPANS_MAX_WORDS 1000

/* Places of roles in one note. */
#define SPANS_MAX_COUNT 16384

/* Where a role stands: the words from start up to end. */
typedef struct {
	uint16_t role, start, end;
} RoleSpan;

enum {
	SPANS_WORD_BEGINS = 1, /* a sentence */
	SPANS_WORD_ENDS = 2,
	SPANS_WORD_ASKS = 4,    /* ends a question */
	SPANS_WORD_COVERED = 8, /* some list has it */
	SPANS_WORD_COMMON = 16, /* so common that it is nobody's own */
	SPANS_WORD_LINK = 32,   /* part of a link */
};

struct Spans {
	size_t words;
	uint32_t *starts; /* of each word, in chars of the plain text, */
	uint32_t *ends;   /* and behind it */
	uint8_t *flags;   /* of each word: SPANS_WORD_ */
	uint32_t *hashes; /* of each word, for comparison: a number is as any other */
	RoleSpan *spans;  /* by role */
	uint32_t *first;  /* the first span of each role, and behind the last */
	size_t own;       /* words that no list has */
	size_t names;     /* written like names within sentences */
	size_t numbers;
	bool is_shouted; /* in capitals */
};

void spans_init(Spans *spans, const Wording *wording);
void spans_clear(Spans *spans);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Spans, spans_clear)

/* Have the lists so few of the words that the text is hardly in their language? */
bool spans_are_strange(const Spans *spans);

/* Are many of the words written with letters that no language of ours has? */
bool spans_are_foreign(const Spans *spans, const Wording *wording);

/*
 * Do the words up to end say something to a reader?  Two characters do in scripts
 * without spaces; else a word that is not too common, and no short one as "him".
 */
bool spans_tell(const Spans *spans, const PlainText *plain, size_t start, size_t end);

#endif
