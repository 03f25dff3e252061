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
 *	Languages are immutable and keep nothing of their files.
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
#include "note/role.h"
#include "note/rule.h"
#include "note/site.h"
#include "note/weights.h"

/* The languages with something are the bits of a guint64. */
#define LANGUAGE_MAX_COUNT 64

/* More than GLib knows scripts. */
#define LANGUAGE_MAX_SCRIPTS 256

/* Alphabets stand below this. */
#define LANGUAGE_LETTERS 0x2000

/* Outside of default texts, a phrase has so many words at most. */
#define LANGUAGE_CUE_MAX_WORDS ROLE_MAX_WORDS

/* How often each letter occurs; those whose codes end alike count together. */
#define LANGUAGE_LETTER_KINDS 32
typedef struct {
	uint16_t counts[LANGUAGE_LETTER_KINDS];
} Histogram;

/* A network's default text. */
typedef struct {
	char *key;            /* the token that names it: linkedin-en-1 */
	const char *language; /* borrowed from the codes */
	Pattern *pattern;     /* whole, with {name} where a name stands */
	char *plain;          /* its words; NULL with a hole, as what follows is 0 */
	size_t length;        /* of these in bytes */
	size_t name;          /* where the network's stands in them; 0: nowhere */
	Histogram letters;
} DefaultText;

typedef enum {
	ENTRY_GREETING,
	ENTRY_HONORIFIC, /* behind the name that a note greets */
	ENTRY_SIGN_OFF,
	ENTRY_PLEASANTRY,
	ENTRY_WORD,    /* so common that it is nobody's own */
	ENTRY_IDIOM,   /* no word of it means what it means alone */
	ENTRY_DEFAULT, /* a default text within a longer note */
	ENTRY_CUE,
	ENTRY_ROLE,
	ENTRY_LAST
} EntryKind;

/*
 * What a phrase is in one language; its index is the phrase's id.  There are tens of
 * thousands, and every hit is looked up, so they are small.
 */
typedef struct {
	uint8_t kind;     /* EntryKind */
	uint8_t language; /* index in codes */
	uint8_t weight;   /* ENTRY_CUE */
	bool is_neutral;  /* of all languages, from a file of rules */
	union {
		uint32_t text; /* ENTRY_DEFAULT: index in defaults */
		uint32_t cue;  /* ENTRY_CUE: Cue */
		uint32_t role; /* ENTRY_ROLE */
	};
} Entry;

typedef struct {
	GArray *defaults; /* of DefaultText */
	PhraseSet *phrases;
	GArray *read;         /* of Entry, while files are read; then NULL */
	const Entry *entries; /* by a phrase's id */
	GVariant *meanings;   /* that holds them */
	guint64
	    writers[LANGUAGE_MAX_SCRIPTS]; /* the languages whose words have the script */
	size_t scripts;                    /* behind the last that has writers */
	guint64 letters[LANGUAGE_LETTERS / 64]; /* a bit each: those of our words */
	size_t longest_default;                 /* bytes of its plain form */
	guint64 with_defaults;  /* the languages that have default texts */
	guint64 noun_capitals;  /* the languages that write nouns with capitals */
	GPtrArray *codes;       /* char *, in the order of the bits */
	GPtrArray *field_words; /* char *, in lower case, of all languages */
	RoleNames *roles;
	Rules *rules;
	Weights *weights; /* NULL: of files that are not ours alone */
	Site *site;       /* what a folder's site adds to them, or NULL */
	char
	    *refused; /* why a folder's files were not taken, and what is done; or NULL */
} Languages;

/* files: of Keyfile; with our own rules. */
Languages *languages_new(GPtrArray *files, GError **error);

/* rules: of Keyfile, too. */
Languages *languages_new_with(GPtrArray *files, GPtrArray *rules, GError **error);

/*
 * Ours and the administrator's: languages/ and notes/ in the folder, which may be NULL.
 */
Languages *languages_load(const char *folder, GError **error);
void languages_free(Languages *languages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Languages, languages_free)

/* A network's default text in the language of this number, with the holes of patterns. */
bool language_add_default(Languages *languages, const char *key, size_t language,
			  const char *value, GError **error);

/* The names of a note's features (evidence.h) by number; NULL for one without. */
GPtrArray *languages_feature_names(const Languages *languages);

/* Words of a text's plain_text_words(). */
size_t language_words(const char *plain);

#endif
