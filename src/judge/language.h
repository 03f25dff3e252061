/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	language - what notes of a language say before, after and instead of words
 *
 * DESCRIPTION
 *	Reads languages/CODE.language (invite-milter-languages(5)).  Phrases of
 *	all languages are kept together, in plain form: folded (text.h), every
 *	character that is no letter and no digit a single space, so that
 *	comparing is finding " phrase " in " text ".
 *
 * OWNERSHIP
 *	Languages are immutable and keep a reference on their files.
 */
#ifndef LANGUAGE_H
#define LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/pattern.h"

/*
 * Which neighbouring bytes a text has, as a small set: a text that lacks one of
 * a phrase's has not the phrase, and nearly all of thousands fail there.
 */
typedef struct {
	uint64_t bits[4];
} Pairs;

/* One phrase of one language, both borrowed from the Languages. */
typedef struct {
	char *text;		/* plain, between two spaces */
	bool is_spaceless;	/* of a script without spaces: it may stand anywhere */
	Pairs pairs;
	const char *language;
} Saying;

/* The bits of a word are a guint64. */
#define LANGUAGES_MAX_COUNT 64

/* More than GLib knows scripts. */
#define SCRIPTS_MAX 256

/* A network's default text. */
typedef struct {
	const char *key;	/* the token that names it: linkedin-en-1 */
	const char *language;
	Pattern *pattern;	/* whole, with {name} where a name stands */
	char *plain;		/* to find it within a longer note; NULL with a hole */
} DefaultText;

typedef struct {
	GPtrArray *files;
	GArray *defaults;	/* of DefaultText */
	GArray *greetings;	/* of Saying, longest first, as all of these */
	GArray *sign_offs;
	GArray *pleasantries;
	GHashTable *words;	/* plain word → bits of the languages that have it */
	GPtrArray *spaceless;	/* those of them without spaces: const char *, borrowed */
	guint64 writers[SCRIPTS_MAX]; /* the languages whose words have the script */
	GPtrArray *codes;	/* const char *, in the order of the bits */
} Languages;

/* files: of Keyfile. */
Languages *languages_new(GPtrArray *files, GError **error);
void languages_free(Languages *languages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Languages, languages_free)

Pairs pairs_of(const char *text);

/* Where the saying stands in a plain text with these pairs, or NULL; bytes of it from there. */
const char *saying_in(const Saying *saying, const char *plain, const Pairs *pairs,
		      size_t *length_out);

/* The plain form: " like this ", or " " where nothing is left. */
char *text_plain(const char *text);

#endif
