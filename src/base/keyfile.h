/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	keyfile - an INI file that knows its lines
 *
 * DESCRIPTION
 *	Settings, networks, languages and replies are all files of [groups]
 *	with key = value.  A key may name a language, key[de] = …, and may be
 *	numbered, key-2[de] = …, where one line would grow too long.  A list is
 *	separated by ";" ("\;" is the character itself).
 *
 *	Keyfile reads with GKeyFile and adds what a person needs who made a
 *	mistake: keyfile_error() names file, line and key.  A key given twice
 *	is a mistake.
 */
#ifndef KEYFILE_H
#define KEYFILE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

typedef struct Keyfile Keyfile;

/* One key = value; everything borrowed from the Keyfile. */
typedef struct {
	const char *group;
	const char *key;	/* without number and language */
	const char *name;	/* as written */
	const char *language;	/* "de", or NULL */
	const char *value;	/* escapes (\n \t \s \\ \;) resolved, others as written */
	const char *const *list; /* the value split at ";", trimmed, no empty ones */
	unsigned line;		/* counted from 1 */
} KeyfileEntry;

#define KEYFILE_ERROR (keyfile_error_quark())
GQuark keyfile_error_quark(void);

typedef enum {
	KEYFILE_ERROR_SYNTAX,	/* the file is no key file */
	KEYFILE_ERROR_VALUE,	/* an unknown group or key, or a wrong value */
} KeyfileError;

/* path only stands in messages; bytes are read now. */
Keyfile *keyfile_new(const char *path, const char *bytes, size_t length, GError **error);
void keyfile_free(Keyfile *keyfile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keyfile, keyfile_free)

const char *keyfile_path(const Keyfile *keyfile);

/* The entries in the order of the file. */
size_t keyfile_length(const Keyfile *keyfile);
const KeyfileEntry *keyfile_entry(const Keyfile *keyfile, size_t index);

/* The value of one key without language (the first, if numbered), or NULL. */
const char *keyfile_value(const Keyfile *keyfile, const char *group, const char *key);

/*
 * Set error to "PATH:LINE: [GROUP] KEY: WHAT", KEY with its language
 * ("key[de]"); entry may be NULL: "PATH: WHAT".  Returns false.
 */
bool keyfile_error(const Keyfile *keyfile, const KeyfileEntry *entry, GError **error,
		   const char *format, ...) G_GNUC_PRINTF(4, 5);

/* Of the names, closed by NULL, the one a person most likely meant, or NULL. */
const char *keyfile_nearest(const char *word, const char *const *names);

#endif
