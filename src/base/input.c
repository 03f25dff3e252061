/* SPDX-License-Identifier: BSD-2-Clause */
/* input.c - reads all that a file or a descriptor gives, up to a limit */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/input.h"

/* Bytes of one read. */
#define CHUNK (64 * 1024)

#define MEGABYTE ((size_t)1024 * 1024)
#define GIGABYTE (1024 * MEGABYTE)

static bool
fail(int trouble, GError **error)
{
	g_set_error_literal(error, G_FILE_ERROR, g_file_error_from_errno(trouble),
			    g_strerror(trouble));

	return false;
}

static bool
fail_as_too_large(size_t most, GError **error)
{
	bool is_giga = most >= GIGABYTE;

	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "more than %zu %s",
		    most / (is_giga ? GIGABYTE : MEGABYTE), is_giga ? "GB" : "MB");

	return false;
}

bool
input_read(int fd, size_t most, GString *out)
{
	ssize_t got;

	do {
		size_t length = out->len;

		g_string_set_size(out, length + CHUNK);
		do
			got = read(fd, out->str + length, CHUNK);
		while (got < 0 && errno == EINTR);
		g_string_truncate(out, length + (got > 0 ? (size_t)got : 0));
	} while (got > 0 && out->len <= most);

	return got >= 0;
}

/* The device that gives nothing, by which people say "no file". */
static bool
is_null_device(const struct stat *info)
{
	struct stat null;

	return S_ISCHR(info->st_mode) && stat("/dev/null", &null) == 0 &&
	       S_ISCHR(null.st_mode) && info->st_rdev == null.st_rdev;
}

int
input_open(const char *path, GError **error)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat info;

	if (fd < 0 || fstat(fd, &info) != 0)
		fail(errno, error);
	else if (S_ISDIR(info.st_mode))
		fail(EISDIR, error);
	else if (!S_ISREG(info.st_mode) && !is_null_device(&info))
		g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
				    "no regular file");
	else
		return fd;
	if (fd >= 0)
		close(fd);

	return -1;
}

bool
input_take(int fd, size_t most, char **bytes_out, gsize *length_out, GError **error)
{
	g_autoptr(GString) bytes = NULL;
	struct stat info;

	if (fstat(fd, &info) != 0)
		return fail(errno, error);
	/* What is known to be too large is not read first. */
	if (S_ISREG(info.st_mode) && (guint64)info.st_size > most)
		return fail_as_too_large(most, error);
	bytes = g_string_new(NULL);
	if (!input_read(fd, most, bytes))
		return fail(errno, error);
	if (bytes->len > most)
		return fail_as_too_large(most, error);
	if (length_out != NULL)
		*length_out = bytes->len;
	*bytes_out = g_string_free(g_steal_pointer(&bytes), FALSE);

	return true;
}

bool
input_file(const char *path, size_t most, char **bytes_out, gsize *length_out,
	   GError **error)
{
	int fd = input_open(path, error);
	bool is_taken = fd >= 0 && input_take(fd, most, bytes_out, length_out, error);

	if (fd >= 0)
		close(fd);

	return is_taken;
}

FILE *
input_open_stream(const char *path, GError **error)
{
	int fd = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	struct stat info;
	FILE *in = NULL;

	if (fd < 0 || fstat(fd, &info) != 0)
		fail(errno, error);
	else if (S_ISDIR(info.st_mode))
		fail(EISDIR, error);
	else if ((in = fdopen(fd, "r")) == NULL)
		fail(errno, error);
	if (in == NULL && fd >= 0)
		close(fd);

	return in;
}

bool
input_line(FILE *in, GString *line_out, GError **error)
{
	int c;

	g_string_truncate(line_out, 0);
	do {
		c = getc_unlocked(in);
		if (c == EOF)
			break;
		g_string_append_c(line_out, (char)c);
	} while (c != '\n' && line_out->len <= INPUT_MAX_LINE);

	if (c == EOF && ferror(in))
		return fail(errno, error);
	if (line_out->len > INPUT_MAX_LINE) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC,
			    "a line of more than %d bytes", INPUT_MAX_LINE);
		return false;
	}

	return line_out->len > 0;
}
