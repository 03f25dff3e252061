/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz.c - what the fuzz targets share */

#include "config.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "fuzz.h"
#include "mail/message.h"

static char *folder;

uint8_t
fuzz_byte(FuzzInput *input)
{
	if (input->size == 0)
		return 0;
	input->size--;

	return *input->data++;
}

char *
fuzz_piece(FuzzInput *input)
{
	const uint8_t *end =
	    input->size > 0 ? memchr(input->data, '\0', input->size) : NULL;
	size_t length = end != NULL ? (size_t)(end - input->data) : input->size;
	char *piece = g_strndup((const char *)input->data, length);

	input->data += length + (end != NULL);
	input->size -= length + (end != NULL);

	return piece;
}

char *
fuzz_rest(FuzzInput *input, size_t *length_out)
{
	*length_out = input->size;

	/* A block of its own size: a step beyond its end is seen. */
	return input->size > 0 ? g_memdup2(input->data, input->size) : g_strdup("");
}

void
fuzz_check_line(const char *text)
{
	g_assert_true(g_utf8_validate(text, -1, NULL));
	for (; *text != '\0'; text++)
		g_assert_false(g_ascii_iscntrl(*text));
}

void
fuzz_check_value(const char *value)
{
	g_assert_cmpint(value[0], !=, '\0');
	for (const char *c = value; *c != '\0'; c++) {
		g_assert_true(*c == '\n' || *c == '\t' || g_ascii_isprint(*c));
		g_assert_true(*c != '\n' || c[1] == '\t' || c[1] == ' ');
		/* A line of blanks alone would end the head for some. */
		g_assert_true(*c != '\n' || strcspn(c + 1, "\n") > strspn(c + 1, " \t"));
	}
}

Head *
fuzz_head(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	Head *head = head_new();

	for (size_t i = 0; lines[i] != NULL;) {
		g_autoptr(GString) field = g_string_new(lines[i++]);
		char *colon;

		while (lines[i] != NULL && (lines[i][0] == ' ' || lines[i][0] == '\t'))
			g_string_append_printf(field, "\n%s", lines[i++]);
		colon = strchr(field->str, ':');
		if (colon == NULL)
			continue;
		*colon = '\0';
		head_add(head, field->str, colon + 1);
	}

	return head;
}

GPtrArray *
fuzz_files(const char *text, size_t length)
{
	g_autoptr(GError) error = NULL;
	Keyfile *file = keyfile_new("fuzz", text, length, &error);
	GPtrArray *files;

	fuzz_check_error(error, "fuzz", file != NULL);
	if (file == NULL)
		return NULL;
	files = g_ptr_array_new_with_free_func((GDestroyNotify)keyfile_free);
	g_ptr_array_add(files, file);

	return files;
}

void
fuzz_check_error(const GError *error, const char *path, gboolean is_fine)
{
	g_auto(GStrv) lines = NULL;

	g_assert_true((error == NULL) == is_fine);
	if (error == NULL)
		return;
	lines = g_strsplit(error->message, "\n", -1);
	for (size_t i = 0; lines[i] != NULL; i++)
		if (!g_str_has_prefix(lines[i], path))
			g_error("\"%s\" does not begin with the file", lines[i]);
}

Assessor *
fuzz_assessor(void)
{
	static Assessor *assessor = NULL;
	g_autoptr(GError) error = NULL;

	if (assessor != NULL)
		return assessor;
	message_init();
	assessor = assessor_new(NULL, &error);
	if (assessor == NULL)
		g_error("%s", error->message);

	return assessor;
}

static void
remove_folder(void)
{
	g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
	const char *name;

	while (files != NULL && (name = g_dir_read_name(files)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		g_remove(path);
	}
	g_rmdir(folder);
}

const char *
fuzz_file(const char *name)
{
	g_autofree char *path = NULL;

	if (folder == NULL) {
		folder = g_dir_make_tmp("fuzz-XXXXXX", NULL);
		if (folder == NULL)
			g_error("there is no folder for files");
		atexit(remove_folder);
	}
	path = g_build_filename(folder, name, NULL);

	return g_intern_string(path);
}

void
fuzz_write(const char *path, const char *bytes, size_t length)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, bytes, length) != (ssize_t)length)
		g_error("%s cannot be written", path);
	close(fd);
}
