/* SPDX-License-Identifier: BSD-2-Clause */
/* features.c - what labelled notes tell, for make.py: a line a note, class first */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "note/evidence.h"
#include "note/note.h"

static void
print_line(const Languages *languages, char **cells)
{
	static const NoteNames names = { .network = "LinkedIn" };
	/* Class, label, language, text, or without the label. */
	bool has_label = cells[3] != NULL;
	const char *written = cells[has_label ? 3 : 2];
	g_autofree char *text = g_strcompress(written);
	g_autoptr(Note) note = note_judge(languages, text, &names);

	printf("%s\t%s\t%s\t%s\t%s\t", cells[0], has_label ? cells[1] : "-",
	       cells[has_label ? 2 : 1], note->language != NULL ? note->language : "-",
	       note_class_name(note->class));
	for (size_t i = 0; note->features != NULL && i < note->features->len; i++) {
		g_autofree char *name = evidence_feature_name(
		    languages, g_array_index(note->features, uint16_t, i));

		printf("%s%s", i > 0 ? ";" : "", name);
	}
	for (size_t i = 0; note->buckets != NULL && i < note->buckets->len; i++)
		printf(";#%u", g_array_index(note->buckets, uint16_t, i));
	printf("\t%s\n", written);
}

int
main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Languages) languages = languages_load(NULL, &error);
	g_autofree char *bytes = NULL;
	g_auto(GStrv) lines = NULL;

	if (argc != 2 || languages == NULL ||
	    !g_file_get_contents(argv[1], &bytes, NULL, &error)) {
		fprintf(stderr, "features NOTES.tsv: %s\n",
			error != NULL ? error->message : "one file");
		return EXIT_FAILURE;
	}
	lines = g_strsplit(bytes, "\n", -1);
	for (size_t i = 0; lines[i] != NULL; i++) {
		g_auto(GStrv) cells = g_strsplit(lines[i], "\t", -1);

		if (g_strv_length(cells) >= 3 && !g_str_equal(cells[0], "class"))
			print_line(languages, cells);
	}

	return EXIT_SUCCESS;
}
