/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	data - the files that come with the program, and the administrator's own
 *
 * DESCRIPTION
 *	Networks, languages and replies are files of one kind each, embedded
 *	in the program.  A file of the same name in the administrator's folder
 *	(FOLDER/networks/linkedin.network) replaces ours; a file of another name
 *	is added.  Our own key files lie in the programs read already
 *	(base/keyfile-image.h); in tests, they are read.
 *
 * RETURN VALUE
 *	data_load(): the files of one kind, sorted by name, or NULL where some
 *	cannot be read; error has a line for each mistake in them (keyfile.h).
 */
#ifndef DATA_H
#define DATA_H

#include <stdbool.h>

#include <glib.h>

#include "base/keyfile.h"

/* The path of a file that comes with the program begins so. */
#define DATA_BUILT_IN "(built in) "

/* kind: "networks"; suffix: ".network"; folder NULL: only ours.  An array of Keyfile. */
GPtrArray *data_load(const char *folder, const char *kind, const char *suffix,
		     GError **error);

/* The same, and the administrator's file at path, which may be NULL. */
GPtrArray *data_load_with(const char *folder, const char *kind, const char *suffix,
			  const char *path, GError **error);

/* The names of the files that data_load() reads, sorted; an array of char *. */
GPtrArray *data_names(const char *folder, const char *kind, const char *suffix,
		      GError **error);

/* The one of these files that has the name. */
Keyfile *data_read(const char *folder, const char *kind, const char *name,
		   GError **error);

/* The bytes of a file of ours that is no Keyfile: "weights/note.weights". */
GBytes *data_bytes(const char *name, GError **error);

/* Has the administrator's folder, which may be NULL, files of the kind, or may it? */
bool data_has_own(const char *folder, const char *kind, const char *suffix);

typedef enum {
	DATA_IMAGE_KEYFILES,  /* base/keyfile-image.h */
	DATA_IMAGE_LANGUAGES, /* note/language-image.h */
	DATA_IMAGE_NAMES,     /* people/name-rules.h */
	DATA_IMAGE_LAST,
} DataImage;

/* What the build compiled; NULL in a program without it. */
GBytes *data_image(DataImage image);

/*
 * An array of such an image, of elements of that size, without a copy of it: it lives as
 * long as the image's bytes.
 */
const void *data_image_part(GVariant *image, gsize index, gsize size, gsize *count_out);

/* The file at this path; NULL with error set where it cannot be read. */
Keyfile *data_read_file(const char *path, GError **error);

#endif
