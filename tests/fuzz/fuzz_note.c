/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_note.c - is there an answer to any note?
 *
 * Names and note are separated by a zero.  Reasons and the name greeted must
 * be fit to show, whatever bytes the note is made of.
 */

#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "note/note.h"

#define MAX_NOTE 8192

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Built once: loading the data files costs more than a note. */
static Languages *languages;

int
LLVMFuzzerInitialize(G_GNUC_UNUSED int *argc, G_GNUC_UNUSED char ***argv)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "languages", ".language", NULL);

	languages = files != NULL ? languages_new(files, NULL) : NULL;
	if (languages == NULL)
		abort();

	return 0;
}

static void
check_shown(const char *text)
{
	if (!g_utf8_validate(text, -1, NULL) || strpbrk(text, "\r\n\t") != NULL)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	size_t length = strlen(text);
	g_autofree char *behind =
	    length < size ? g_strndup((const char *)data + length + 1, size - length - 1)
			  : NULL;
	/* A name is clean UTF-8 by the time it comes here. */
	g_autofree char *name = g_utf8_make_valid(text, -1);
	NoteNames names = { name, behind != NULL ? name : NULL, "LinkedIn" };
	g_autoptr(Note) note = NULL;

	if (size > MAX_NOTE)
		return 0;

	note = note_judge(languages, behind != NULL ? behind : text, &names);
	if (note->class >= NOTE_LAST || note->reasons->len == 0)
		abort();
	for (size_t i = 0; i < note->reasons->len; i++)
		check_shown(note->reasons->pdata[i]);
	if (note->greeted != NULL)
		check_shown(note->greeted);

	return 0;
}
