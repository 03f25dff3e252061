/* SPDX-License-Identifier: BSD-2-Clause */
/* make-image.c - writes our languages, compiled, for image.c */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "note/language-image.h"

int
main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Languages) languages = languages_load(NULL, &error);
	g_autoptr(GVariant) image =
	    languages != NULL ? language_image_new(languages) : NULL;

	if (argc != 2 || image == NULL ||
	    !g_file_set_contents(argv[1], g_variant_get_data(image),
				 (gssize)g_variant_get_size(image), &error)) {
		fprintf(stderr, "make-image FILE: %s\n",
			error != NULL ? error->message : "one file");
		return EXIT_FAILURE;
	}

	return EXIT_SUCCESS;
}
