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
 *	The form is GKeyFile's.  Unlike it, a Keyfile tells all mistakes of a
 *	file, one a line, by file, line and key.  A key given twice is a
 *	mistake.
 *
 *	Functions that set an error add a line to an error that is set already,
 *	so that a reader can go on after a mistake and tell all of them.
 */
#ifndef KEYFILE_H
#define KEYFILE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "text/pattern.h"

typedef struct Keyfile Keyfile;

/* One key = value; everything borrowed from the Keyfile. */
typedef struct {
	const char *group;
	const char *key;      /* without number and language */
	const char *name;     /* as written */
	const char *language; /* "de", or NULL */
	const char *value;    /* escapes (\n \t \s \\ \;) resolved, others as written */
	const char *const *list; /* the value split at ";", trimmed, no empty ones */
	unsigned line;           /* counted from 1 */
} KeyfileEntry;

#define KEYFILE_ERROR (keyfile_error_quark())
GQuark keyfile_error_quark(void);

typedef enum {
	KEYFILE_ERROR_SYNTAX, /* the file is no key file */
	KEYFILE_ERROR_VALUE,  /* an unknown group or key, or a wrong value */
} KeyfileError;

/* path only stands in messages.  bytes are not kept. */
Keyfile *keyfile_new(const char *path, const char *bytes, size_t length, GError **error);

/*
 * As keyfile_new(), but never NULL: it holds all that can be read, so that its
 * reader can find further mistakes.  The error is set where something cannot be read.
 */
Keyfile *keyfile_salvage(const char *path, const char *bytes, size_t length,
			 GError **error);
void keyfile_free(Keyfile *keyfile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keyfile, keyfile_free)

const char *keyfile_path(const Keyfile *keyfile);

/* The entries in the order of the file. */
size_t keyfile_length(const Keyfile *keyfile);
const KeyfileEntry *keyfile_entry(const Keyfile *keyfile, size_t index);

/*
 * An item of the entry's list as a pattern (pattern.h); a file of ours has them compiled,
 * with the holes that make-image was told.
 */
Pattern *keyfile_pattern(const Keyfile *keyfile, const KeyfileEntry *entry, size_t item,
			 const char *const *holes, GError **error);

/* The groups in the order of the file, with the empty ones, and the line of each. */
size_t keyfile_groups(const Keyfile *keyfile);
const char *keyfile_group(const Keyfile *keyfile, size_t index, unsigned *line_out);

/* The value of one key without language (the first, if numbered), or NULL. */
const char *keyfile_value(const Keyfile *keyfile, const char *group, const char *key);

/*
 * The first entry of a group; with this key, unless NULL, and with this value or
 * this item in its list, unless NULL (case does not matter); NULL where there is none.
 */
const KeyfileEntry *keyfile_find(const Keyfile *keyfile, const char *group,
				 const char *key, const char *value);

/*
 * "PATH:LINE: [GROUP] KEY", KEY with its language ("key[de]"); without a key
 * "PATH:LINE: [GROUP]".
 */
char *keyfile_place(const Keyfile *keyfile, const KeyfileEntry *entry);

/*
 * Say in error "PLACE: WHAT"; entry may be NULL: "PATH: WHAT".  Returns false.
 */
bool keyfile_error(const Keyfile *keyfile, const KeyfileEntry *entry, GError **error,
		   const char *format, ...) G_GNUC_PRINTF(4, 5);

/*
 * Say "no such WHAT" and the name most likely meant by word, or all names.  Returns
 * false.
 */
bool keyfile_unknown(const Keyfile *keyfile, const KeyfileEntry *entry, const char *what,
		     const char *word, const char *const *names, GError **error);

/* Set error to more, which is taken over, or add its lines to an error that is set. */
void keyfile_error_join(GError **error, GError *more);

/* The name that a person most likely meant by word, or NULL.  names: closed by NULL. */
const char *keyfile_nearest(const char *word, const char *const *names);

#endif
