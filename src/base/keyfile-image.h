/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	keyfile-image - our own key files as they lie in a program, read already
 *
 * DESCRIPTION
 *	To cut our key files into entries, and to compile the patterns in them, took
 *	half of what a program needs to start.  So the build does it once: make-image
 *	writes the image, image.c puts it among the constants of the programs, and
 *	data_load() takes the files from there (data_image()).  Strings and patterns are
 *	used where they lie; only the entries, which have pointers, are made.
 *
 *	An administrator's file is read from its bytes, as all are in programs without
 *	an image.  Both ways make the same.
 *
 * SEE ALSO
 *	keyfile.h; note/language-image.h, which does the same for the languages
 */
#ifndef KEYFILE_IMAGE_H
#define KEYFILE_IMAGE_H

#include <stdint.h>

#include <glib.h>

#include "base/keyfile.h"

typedef struct KeyfileImageFile KeyfileImageFile;
typedef struct KeyfileImageEntry KeyfileImageEntry;

/* An image that is open; all is borrowed from its bytes.  Places are indexes. */
typedef struct {
	const KeyfileImageFile *files;
	gsize n_files;
	const KeyfileImageEntry *entries;
	const uint32_t *groups;   /* pairs of a name's place in text, and a line */
	const uint32_t *items;    /* places in text; 0 closes a list */
	const uint32_t *compiled; /* for each item the place of its pattern, or 0 */
	const char *text;
	const uint64_t *patterns;
} KeyfileImage;

/* A file that is put into an image. */
typedef struct {
	const Keyfile *file;
	const char *const *holes; /* of its patterns (pattern.h); NULL: it has none */
} KeyfileImageSource;

/* The caller's.  sources: of KeyfileImageSource. */
GVariant *keyfile_image_new(GArray *sources);

/* bytes must be constants of the program. */
void keyfile_image_open(KeyfileImage *image_out, GBytes *bytes);

/* The file with this path, or NULL. */
Keyfile *keyfile_image_read(const KeyfileImage *image, const char *path);

#endif
