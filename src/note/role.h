/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	role - what words do in a note, and where they stand
 *
 * DESCRIPTION
 *	A role is a group of words with one function: the writer, the reader, a
 *	verb of trade, a thing that the reader made.  The language files have
 *	the words ([roles]); signs are roles that need no language: a name within
 *	a sentence, a number, a link.  Each kind of cue is a role, too: cue.met.
 *
 * SEE ALSO
 *	"ROLES" in invite-milter-languages(5)
 */
#ifndef ROLE_H
#define ROLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

/* A role's phrase has so many words at most. */
#define ROLE_MAX_WORDS 4

/* Signs, cues and roles of the language files together. */
#define ROLE_MAX_COUNT 256

typedef enum {
	SIGN_WORD,   /* any word */
	SIGN_NAME,   /* written like a name within a sentence */
	SIGN_NUMBER, /* begins with a digit */
	SIGN_YEAR,   /* 1950 to 2049 */
	SIGN_MONEY,  /* a sum of money or per cent */
	SIGN_LINK,
	SIGN_QUOTE, /* the first word behind a quotation mark */
	SIGN_OWN,   /* a long word that no list has */
	SIGN_LAST
} Sign;

/* The names of all roles; a role is an index in them. */
typedef struct {
	GPtrArray *names;  /* char * */
	GHashTable *index; /* of name: index + 1 */
} RoleNames;

RoleNames *role_names_new(void);
void role_names_free(RoleNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RoleNames, role_names_free)

/*
 * The role of this name, made if there is none; ROLE_MAX_COUNT where there are too
 * many.
 */
size_t role_names_add(RoleNames *names, const char *name);

/* ROLE_MAX_COUNT for none. */
size_t role_names_find(const RoleNames *names, const char *name);

#endif
