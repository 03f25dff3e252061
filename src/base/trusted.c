/* SPDX-License-Identifier: BSD-2-Clause */
/* trusted.c - reads a file that nobody else can change */

#include "config.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/input.h"
#include "base/trusted.h"

G_DEFINE_QUARK(trusted_error, trusted_error)

static bool
is_trusted(int fd, GError **error)
{
	struct stat info;

	if (fstat(fd, &info) != 0) {
		g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s",
			    g_strerror(errno));
		return false;
	}
	if (info.st_uid != 0 && info.st_uid != geteuid()) {
		g_set_error(error, TRUSTED_ERROR, TRUSTED_ERROR_OWNER,
			    "belongs to user %u, who could change it; chown it to root",
			    (unsigned)info.st_uid);
		return false;
	}
	if (S_ISREG(info.st_mode) && (info.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
		g_set_error(error, TRUSTED_ERROR, TRUSTED_ERROR_MODE,
			    "%s can change it; chmod %s-w it",
			    (info.st_mode & S_IWOTH) != 0 ? "everybody" : "its group",
			    (info.st_mode & S_IWOTH) != 0 ? "go" : "g");
		return false;
	}

	return true;
}

/* In a folder like /tmp, which is sticky, nobody exchanges another's file. */
static bool
is_folder_trusted(const char *path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	struct stat info;

	if (stat(folder, &info) != 0 || (info.st_mode & S_IWOTH) == 0 ||
	    (info.st_mode & S_ISVTX) != 0)
		return true;
	g_set_error(error, TRUSTED_ERROR, TRUSTED_ERROR_MODE,
		    "everybody can exchange it; chmod o-w %s", folder);

	return false;
}

/* A link that leads nowhere is not missing: somebody meant it to be read. */
static void
tell_link(const char *path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	const char *link = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? path : folder;

	if (!g_error_matches(*error, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
	    !g_file_test(link, G_FILE_TEST_IS_SYMLINK) ||
	    g_file_test(link, G_FILE_TEST_EXISTS))
		return;
	g_clear_error(error);
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
		    "%sis a link to what is not there; mend or remove it",
		    link == path ? "" : "its folder ");
}

bool
trusted_read(const char *path, size_t most, char **bytes_out, gsize *length_out,
	     GError **error)
{
	GError *fault = NULL;
	int fd = input_open(path, &fault);
	bool is_read = fd >= 0 && is_trusted(fd, &fault) &&
		       is_folder_trusted(path, &fault) &&
		       input_take(fd, most, bytes_out, length_out, &fault);

	if (fd >= 0)
		close(fd);
	if (is_read)
		return true;
	tell_link(path, &fault);
	g_propagate_prefixed_error(error, fault, "%s: ", path);

	return false;
}
