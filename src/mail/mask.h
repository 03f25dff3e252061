/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	mask - which words of a mail may be shown, and the shape of all others
 *
 * DESCRIPTION
 *	A Mask knows words that may stay (those of the program's own data) and
 *	words that must not (those of people's names and addresses).  Every
 *	other word keeps its shape: a letter becomes "x" or "X", a letter of a
 *	script that writes without spaces becomes one ideograph, and a digit
 *	"9".  Each character becomes one character, in place, so what stands
 *	around words stays where it was.  A number is never kept.
 *
 *	Characters that nobody sees become one of them, and kinds of spaces become one,
 *	so that neither spells anything.
 *
 * SEE ALSO
 *	mask-name.h, mask-shape.h; mask-text.h, for texts with links; mask-mail.h
 */
#ifndef MASK_H
#define MASK_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/* What is known of a word; bits. */
typedef enum {
	MASK_TERM = 1 << 0,     /* of links, addresses, header fields */
	MASK_FRAME = 1 << 1,    /* of networks' sentences */
	MASK_LANGUAGE = 1 << 2, /* of languages' phrases */
	MASK_BRAND = 1 << 3,    /* of what networks call themselves in From */
	MASK_PERSON = 1 << 4,   /* of somebody's name or address: never kept */
	MASK_PARTICLE = 1 << 5, /* the same, but kept where no such word is beside it */
} MaskKnown;

/* Which words may stay? */
typedef enum {
	MASK_KEEP_NONE,
	MASK_KEEP_TERMS,
	MASK_KEEP_ALL,
	MASK_KEEP_UNHIDDEN, /* all letters but those of a person's name */
} MaskKeep;

typedef struct Mask Mask;

Mask *mask_new(void);
void mask_free(Mask *mask);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mask, mask_free)

/* Each word of a text of the program's own data; MASK_TERM, _FRAME, _LANGUAGE, _BRAND. */
void mask_add(Mask *mask, unsigned known, const char *text);

/* A host that may be shown, and those below it. */
void mask_add_host(Mask *mask, const char *domain);

/* What is hidden?  What a network calls itself is no part of a name in a field. */
typedef enum {
	MASK_OF_PERSON,
	MASK_OF_FIELD,
	MASK_OF_ADDRESS, /* and no word of links and addresses is part of a name there */
} MaskName;

/* A name or address, none of whose words is kept from now on. */
void mask_hide(Mask *mask, MaskName name, const char *text);

/*
 * A text that somebody wrote.  Where three of its words stand side by side in the mail,
 * none of them is kept, unless a sentence of a network has them so, too.
 */
void mask_hide_text(Mask *mask, const char *text);

/* Forget what was hidden. */
void mask_forget(Mask *mask);

/* Mask the words of some characters. */
void mask_words(const Mask *mask, MaskKeep keep, gunichar *chars, size_t length);

/* Mask a host but for the part that may be shown.  Returns whether there is one. */
bool mask_host(const Mask *mask, gunichar *chars, size_t length);

#endif
