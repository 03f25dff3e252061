/* SPDX-License-Identifier: BSD-2-Clause */
/* mailbag.c - the mails of a file, a folder, a Maildir, an mbox or a stream */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <glib.h>

#include "ctl/mailbag.h"

/* Folders in folders are followed this far. */
#define DEPTH_MAX 8

static bool
is_mbox(const char *bytes, size_t length)
{
	return length > 5 && memcmp(bytes, "From ", 5) == 0;
}

/* The next line that begins a mail, or NULL. */
static const char *
next_from(const char *at, const char *end)
{
	while ((at = memmem(at, (size_t)(end - at), "\nFrom ", 6)) != NULL) {
		/* mbox: behind an empty line, or at the start (RFC 4155). */
		if (at[-1] == '\n' || (at[-1] == '\r' && at[-2] == '\n'))
			return at + 1;
		at++;
	}

	return NULL;
}

static void
each_of_mbox(const char *name, const char *bytes, size_t length, MailbagTake *take,
	     void *context)
{
	const char *end = bytes + length, *next;
	size_t number = 0;

	for (const char *at = bytes; at != NULL; at = next) {
		const char *mail = memchr(at, '\n', (size_t)(end - at));
		g_autofree char *numbered = g_strdup_printf("%s#%zu", name, ++number);

		if (mail == NULL)
			return;
		mail++;
		next = next_from(mail, end);
		take(context, numbered, mail, (size_t)((next != NULL ? next : end) - mail),
		     NULL);
	}
}

void
mailbag_split(const char *name, const char *bytes, size_t length, MailbagTake *take,
	      void *context)
{
	if (is_mbox(bytes, length))
		each_of_mbox(name, bytes, length, take, context);
	else
		take(context, name, bytes, length, NULL);
}

static void
take_stream(const char *name, FILE *in, MailbagTake *take, void *context)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	char chunk[65536];
	size_t length;

	while (bytes->len <= MAILBAG_MAX_BYTES &&
	       (length = fread(chunk, 1, sizeof(chunk), in)) > 0)
		g_string_append_len(bytes, chunk, (gssize)length);
	if (ferror(in))
		take(context, name, NULL, 0, g_strerror(errno));
	else if (bytes->len > MAILBAG_MAX_BYTES)
		take(context, name, NULL, 0, "more than 256 MB");
	else
		mailbag_split(name, bytes->str, bytes->len, take, context);
}

static void
take_file(const char *path, MailbagTake *take, void *context)
{
	FILE *in = fopen(path, "re");

	if (in == NULL) {
		take(context, path, NULL, 0, g_strerror(errno));
		return;
	}
	take_stream(path, in, take, context);
	fclose(in);
}

static int
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Links to folders may go in circles, and a fifo would keep us: neither is read. */
static bool
is_folder(const char *path)
{
	struct stat info;

	return lstat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool
is_file(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static size_t
size_of_folder(const char *path, size_t depth)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;
	size_t size = 0;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *below = g_build_filename(path, name, NULL);
		struct stat info;

		if (name[0] != '.' && lstat(below, &info) == 0)
			size += S_ISREG(info.st_mode) ? (size_t)info.st_size
				: S_ISDIR(info.st_mode) && depth < DEPTH_MAX
				    ? size_of_folder(below, depth + 1)
				    : 0;
	}

	return size;
}

size_t
mailbag_size(const char *place)
{
	struct stat info;

	if (stat(place, &info) != 0)
		return 0;

	return S_ISDIR(info.st_mode) ? size_of_folder(place, 0) : (size_t)info.st_size;
}

static void
each_of_folder(const char *path, MailbagTake *take, void *context, size_t depth)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDir) dir = g_dir_open(path, 0, &error);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const char *name;

	if (dir == NULL) {
		take(context, path, NULL, 0, error->message);
		return;
	}
	while ((name = g_dir_read_name(dir)) != NULL)
		if (name[0] != '.')
			g_ptr_array_add(names, g_build_filename(path, name, NULL));
	g_ptr_array_sort(names, by_name);

	for (size_t i = 0; i < names->len; i++) {
		const char *below = names->pdata[i];

		if (is_file(below))
			take_file(below, take, context);
		else if (!is_folder(below))
			take(context, below, NULL, 0, "no regular file");
		else if (depth < DEPTH_MAX && !g_str_has_suffix(below, "/tmp"))
			each_of_folder(below, take, context, depth + 1);
	}
}

void
mailbag_each(const char *place, MailbagTake *take, void *context)
{
	if (g_str_equal(place, "-"))
		take_stream("-", stdin, take, context);
	else if (g_file_test(place, G_FILE_TEST_IS_DIR))
		each_of_folder(place, take, context, 0);
	else
		take_file(place, take, context);
}
