/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	name - people's names, made fit to compare
 *
 * DESCRIPTION
 *	"Dr. DOE, Jane Q., PhD (She/Her)" and "jane doe" are one name.  A key is
 *	what is left once case, accents, width, order, titles, letters after
 *	the name, middle initials and pictures are gone: words, sorted, with
 *	single spaces.  Where a letter is written in two ways without its
 *	accent (Müller: Muller or Mueller) there are two keys.
 *
 *	Scripts are never folded into each other.  How a name looks is another
 *	thing, its shape: there "о" of Cyrillic is "o".  A name that mixes
 *	scripts within a word, or hides characters in it, is disguised: it is
 *	the same as no other, and looks like the one it imitates.
 *
 *	Short forms ("Bob") are kept apart: they hint, and match nothing.
 *
 *	Titles, letters after a name, short forms and forms of companies are
 *	data: people/NAME.people.
 *
 * OWNERSHIP
 *	Names are immutable; a Name owns its members.
 *
 * SEE ALSO
 *	name-rules.h, text.h; Unicode UTS #39
 */
#ifndef NAME_H
#define NAME_H

#include <stdbool.h>

#include <glib.h>

#include "people/name-rules.h"

/* Words beyond are no part of a name, characters of it neither. */
#define NAME_MAX_WORDS 8
#define NAME_MAX_CHARS 128

#define NAME_KEYS 2

typedef struct {
	char *keys[NAME_KEYS];   /* NULL: none; the second only with the first */
	char *shapes[NAME_KEYS]; /* how each key looks */
	char *hint; /* the first key with short forms written whole; NULL: has none */
	bool is_disguised;
} Name;

/* Text of any bytes; one that is no name has no keys. */
void name_init(Name *name, const NameRules *rules, const char *text);
void name_clear(Name *name);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Name, name_clear)

/* Do both have a key in common, and is neither disguised? */
bool name_same(const Name *a, const Name *b);

/* Not the same, but does one look like the other? */
bool name_poses(const Name *a, const Name *b);

/* Not the same, but would they be with short forms written whole? */
bool name_hints(const Name *a, const Name *b);

/* Is every word of the first, or its whole form, one of the other's? */
bool name_is_part(const Name *part, const Name *whole);

/*
 * Are both of one family, by its whole name or an initial of it, with first names that
 * begin alike?  Titles, letters after a name and middle names do not matter.
 */
bool name_is_of_family(const NameRules *rules, const char *name, const char *other);

/*
 * A company's name without case, accents, marks and its legal form; NULL where nothing
 * is left.
 */
char *name_company_key(const NameRules *rules, const char *text);

/*
 * Does nobody in person read mail to this address, for example "noreply@",
 * "unsubscribe@"?
 */
bool name_is_robot(const NameRules *rules, const char *address);

#endif
