/* SPDX-License-Identifier: BSD-2-Clause */
/* as-user.c - would it work, if another user did it? */

#include "config.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib.h>

#include "base/as-user.h"

int
as_user_try(uid_t uid, AsUserTry *try, void *context)
{
	const struct passwd *user;
	int status = 0;
	pid_t child;

	if (geteuid() != 0 || uid == 0)
		return try(context);
	user = getpwuid(uid);
	if (user == NULL)
		return EPERM;
	child = fork();
	if (child < 0)
		return errno;
	if (child == 0) {
		if (initgroups(user->pw_name, user->pw_gid) != 0 ||
		    setgid(user->pw_gid) != 0 || setuid(uid) != 0)
			_exit(EPERM);
		_exit(try(context));
	}
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;

	return WIFEXITED(status) ? WEXITSTATUS(status) : EIO;
}

typedef struct {
	const char *path;
	int mode;
} Access;

static int
try_access(void *context)
{
	const Access *wanted = context;

	return access(wanted->path, wanted->mode) == 0 ? 0 : errno;
}

static int
try_folder(void *context)
{
	const Access *wanted = context;
	struct stat status;

	if (stat(wanted->path, &status) == 0 && !S_ISDIR(status.st_mode))
		return ENOTDIR;

	return try_access(context);
}

int
as_user_folder(uid_t uid, const char *path, bool is_to_write)
{
	Access wanted = { path, is_to_write ? W_OK | X_OK : X_OK };

	return as_user_try(uid, try_folder, &wanted);
}

int
as_user_read(uid_t uid, const char *path)
{
	Access wanted = { path, R_OK };

	return as_user_try(uid, try_access, &wanted);
}

static int
try_connect(void *context)
{
	struct sockaddr_un place = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), trouble = 0;

	g_strlcpy(place.sun_path, context, sizeof(place.sun_path));
	if (fd < 0 || connect(fd, (struct sockaddr *)&place, sizeof(place)) != 0)
		trouble = errno;
	if (fd >= 0)
		close(fd);

	return trouble;
}

int
as_user_connect(uid_t uid, const char *path)
{
	return as_user_try(uid, try_connect, (gpointer)path);
}
