/* SPDX-License-Identifier: BSD-2-Clause */
/* mailbag.c - the mails of a file, a folder, a Maildir, an mbox or a stream */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <glib.h>

#include "ctl/mailbag.h"

/* Folders in folders are followed this far. */
#define DEPTH_MAX 8

/* The line that begins a mail of an mbox has so many bytes at most. */
#define FROM_MAX 1024

/* An mbox: mails come off at its front while bytes come in behind. */
typedef struct {
	const char *name;
	size_t number; /* of the last mail taken */
	MailbagTake *take;
	void *context;
} Mbox;

static bool
is_mbox(const char *bytes, size_t length)
{
	return length > 5 && memcmp(bytes, "From ", 5) == 0;
}

/* Every such line tells an hour; a sentence that begins with "From" hardly does. */
static bool
has_hour(const char *line, const char *end)
{
	for (; end - line >= 5 && line[0] != '\n'; line++)
		if (g_ascii_isdigit(line[0]) && g_ascii_isdigit(line[1]) &&
		    line[2] == ':' && g_ascii_isdigit(line[3]) &&
		    g_ascii_isdigit(line[4]))
			return true;

	return false;
}

/* The next line that begins a mail, or NULL; at: behind two bytes at least. */
static const char *
next_from(const char *at, const char *end)
{
	while (at < end && (at = memmem(at, (size_t)(end - at), "\nFrom ", 6)) != NULL) {
		/* mbox: behind an empty line (RFC 4155). */
		if ((at[-1] == '\n' || (at[-1] == '\r' && at[-2] == '\n')) &&
		    has_hour(at + 1, end))
			return at + 1;
		at++;
	}

	return NULL;
}

/* One mail, its "From " line at the front. */
static void
take_mail(Mbox *mbox, const char *bytes, size_t length)
{
	const char *mail = memchr(bytes, '\n', length);
	g_autofree char *numbered = NULL;

	if (mail == NULL)
		return;
	mail++;
	numbered = g_strdup_printf("%s#%zu", mbox->name, ++mbox->number);
	mbox->take(mbox->context, numbered, mail, length - (size_t)(mail - bytes), NULL);
}

/* All mails but the last, of which more may come; their bytes.  looked: without any. */
static size_t
take_whole_mails(Mbox *mbox, const char *bytes, size_t length, size_t looked)
{
	const char *at = bytes, *next = bytes + MAX(looked, 2);

	while ((next = next_from(next, bytes + length)) != NULL) {
		take_mail(mbox, at, (size_t)(next - at));
		at = next;
	}

	return (size_t)(at - bytes);
}

void
mailbag_split(const char *name, const char *bytes, size_t length, MailbagTake *take,
	      void *context)
{
	Mbox mbox = { .name = name, .take = take, .context = context };
	size_t taken;

	if (!is_mbox(bytes, length)) {
		take(context, name, bytes, length, NULL);
		return;
	}
	taken = take_whole_mails(&mbox, bytes, length, 0);
	take_mail(&mbox, bytes + taken, length - taken);
}

/* Read to the end, and take the mails of an mbox on the way; bytes keeps the rest. */
static void
read_stream(Mbox *mbox, GString *bytes, FILE *in)
{
	char chunk[65536];
	size_t length, looked = 0;

	while (bytes->len <= MAILBAG_MAX_BYTES &&
	       (length = fread(chunk, 1, sizeof(chunk), in)) > 0) {
		g_string_append_len(bytes, chunk, (gssize)length);
		if (!is_mbox(bytes->str, bytes->len))
			continue;
		g_string_erase(
		    bytes, 0,
		    (gssize)take_whole_mails(mbox, bytes->str, bytes->len, looked));
		/* The last line may be half of one that begins a mail. */
		looked = bytes->len - MIN(bytes->len, FROM_MAX);
	}
}

static void
take_stream(const char *name, FILE *in, MailbagTake *take, void *context)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	Mbox mbox = { .name = name, .take = take, .context = context };

	read_stream(&mbox, bytes, in);
	if (ferror(in))
		take(context, name, NULL, 0, g_strerror(errno));
	else if (bytes->len > MAILBAG_MAX_BYTES)
		take(context, name, NULL, 0, "more than 256 MB");
	else if (is_mbox(bytes->str, bytes->len))
		take_mail(&mbox, bytes->str, bytes->len);
	else
		take(context, name, bytes->str, bytes->len, NULL);
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
