/* SPDX-License-Identifier: BSD-2-Clause */
/* trusted.c - reads a file that nobody else can change */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/input.h"
#include "base/trusted.h"

G_DEFINE_QUARK(trusted_error, trusted_error)

static bool
fail_to_read(const char *path, GError **error)
{
	int trouble = errno;

	g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(trouble), "%s: %s", path,
		    g_strerror(trouble));

	return false;
}

static bool
is_trusted(const char *path, int fd, GError **error)
{
	struct stat info;

	if (fstat(fd, &info) != 0)
		return fail_to_read(path, error);
	if (info.st_uid != 0 && info.st_uid != geteuid()) {
		g_set_error(error, TRUSTED_ERROR, TRUSTED_ERROR_OWNER,
			    "%s: belongs to user %u, who could change it; chown it to "
			    "root",
			    path, (unsigned)info.st_uid);
		return false;
	}
	if (S_ISREG(info.st_mode) && (info.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
		g_set_error(error, TRUSTED_ERROR, TRUSTED_ERROR_MODE,
			    "%s: %s can change it; chmod %s-w it", path,
			    (info.st_mode & S_IWOTH) != 0 ? "everybody" : "its group",
			    (info.st_mode & S_IWOTH) != 0 ? "go" : "g");
		return false;
	}

	return true;
}

bool
trusted_read(const char *path, char **bytes_out, gsize *length_out, GError **error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	g_autoptr(GString) bytes = NULL;
	bool is_read;

	if (fd < 0)
		return fail_to_read(path, error);
	bytes = g_string_new(NULL);
	is_read = is_trusted(path, fd, error) &&
		  (input_read(fd, G_MAXSIZE, bytes) || fail_to_read(path, error));
	close(fd);
	if (!is_read)
		return false;
	if (length_out != NULL)
		*length_out = bytes->len;
	*bytes_out = g_string_free(g_steal_pointer(&bytes), FALSE);

	return true;
}
