/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	language-image - the languages compiled, as they lie in a program
 *
 * DESCRIPTION
 *	To make the automaton of 75,000 phrases takes most of the time that a
 *	program would need to start.  So the build does it once: make-image writes
 *	the image of our languages, image.c puts it among the constants of the
 *	programs, and languages_load() uses it where it lies (data_image()).  The
 *	pages of it that no note asks for are never read from the disk.
 *
 *	Where the administrator has languages or rules of his own, and in programs
 *	without an image, as tests and what was built for another machine, the
 *	files are compiled when they are read.  Both ways make the same.
 *
 *	The image is no file of its own: it cannot be older than the program, or
 *	another's, so that nothing need be checked, and nothing be installed.
 *
 * SEE ALSO
 *	language.h; GVariant, which says how the image is laid out
 */
#ifndef LANGUAGE_IMAGE_H
#define LANGUAGE_IMAGE_H

#include <glib.h>

#include "note/language.h"

/* All that languages have but a site's; the caller's. */
GVariant *language_image_new(const Languages *languages);

/* Into languages that have read nothing. */
void language_image_read(Languages *languages, GBytes *image);

/* Takes over what the phrases mean: an array of Entry. */
void language_image_set_entries(Languages *languages, GArray *entries);

#endif
