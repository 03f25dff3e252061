/* SPDX-License-Identifier: BSD-2-Clause */
/* user.c - the user that the daemon runs as, where root starts it */

#include "config.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include "milter/user.h"

G_DEFINE_QUARK(user_error, user_error)

static bool
fail(const User *user, GError **error)
{
	g_set_error(error, USER_ERROR, USER_ERROR_SYSTEM,
		    "cannot become user %s, as [milter] user wants it: %s", user->name,
		    g_strerror(errno));

	return false;
}

bool
user_find(const Settings *settings, User *user_out, GError **error)
{
	const char *name = settings_text(settings, SETTING_USER);
	const struct passwd *entry;

	*user_out = (User){ 0 };
	if (geteuid() != 0)
		return true;
	entry = getpwnam(name);
	if (entry == NULL) {
		g_set_error(error, USER_ERROR, USER_ERROR_MISSING,
			    "root starts the daemon, which then runs as [milter] user, "
			    "and there is no user \"%s\"; make one, or set another",
			    name);
		return false;
	}
	*user_out = (User){ name, entry->pw_uid, entry->pw_gid };

	return true;
}

bool
user_enter_group(const User *user, GError **error)
{
	return user->name == NULL || setegid(user->gid) == 0 || fail(user, error);
}

bool
user_become(const User *user, GError **error)
{
	if (user->name == NULL)
		return true;
	if (initgroups(user->name, user->gid) != 0 ||
	    setresgid(user->gid, user->gid, user->gid) != 0 ||
	    setresuid(user->uid, user->uid, user->uid) != 0)
		return fail(user, error);
	/* No way leads back. */
	g_assert(user->uid == 0 || (setuid(0) != 0 && seteuid(0) != 0));

	return true;
}
