/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	language - what notes of a language say before, after and instead of words
 *
 * DESCRIPTION
 *	Reads languages/CODE.language (invite-milter-languages(5)).  The phrases
 *	of all languages are in one set (phrase-set.h), found in one pass; an Entry
 *	says what a phrase means in one of them.
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

#include "text/pattern.h"
#include "text/phrase-set.h"
#include "note/cue.h"

/* The languages with something are the bits of a guint64. */
#define LANGUAGES_MAX_COUNT 64

/* More than GLib knows scripts. */
#define SCRIPTS_MAX 256

/* Outside of default texts, a phrase has so many words at most. */
#define CUE_MAX_WORDS 4

/* A network's default text. */
typedef struct {
	const char *key; /* the token that names it: linkedin-en-1 */
	const char *language;
	Pattern *pattern; /* whole, with {name} where a name stands */
	char *plain;      /* its words; NULL with a hole */
} DefaultText;

typedef enum {
	ENTRY_GREETING,
	ENTRY_SIGN_OFF,
	ENTRY_PLEASANTRY,
	ENTRY_WORD,    /* so common that it is nobody's own */
	ENTRY_DEFAULT, /* a default text within a longer note */
	ENTRY_CUE,
	ENTRY_LAST
} EntryKind;

/* What a phrase is in one language; its index is the phrase's id. */
typedef struct {
	EntryKind kind;
	size_t language; /* index in codes */
	Cue cue;         /* ENTRY_CUE */
	size_t weight;
	size_t text; /* ENTRY_DEFAULT: index in defaults */
} Entry;

typedef struct {
	GPtrArray *files;
	GArray *defaults; /* of DefaultText */
	PhraseSet *phrases;
	GArray *entries;              /* of Entry */
	guint64 writers[SCRIPTS_MAX]; /* the languages whose words have the script */
	size_t longest_default;       /* bytes of its plain form */
	guint64 with_defaults;        /* the languages that have default texts */
	GPtrArray *codes;             /* const char *, in the order of the bits */
} Languages;

/* files: of Keyfile. */
Languages *languages_new(GPtrArray *files, GError **error);
void languages_free(Languages *languages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Languages, languages_free)

/* Words of a text's plain_text_words(). */
size_t language_words(const char *plain);

#endif
