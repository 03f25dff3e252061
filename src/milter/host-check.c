/* SPDX-License-Identifier: BSD-2-Clause */
/* host-check.c - would the daemon's user and Postfix's find the host as they need it? */

#include "config.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/as-user.h"
#include "milter/host-check.h"
#include "milter/listener-place.h"

/* The folder of a unix socket, or NULL; the caller's. */
static char *
folder_of(const ListenerPlace *place)
{
	ListenerAddress address = { 0 };
	socklen_t length;

	if (!listener_place_address(place->address, &address, &length, NULL) ||
	    address.any.sa_family != AF_UNIX)
		return NULL;

	return g_path_get_dirname(address.un.sun_path);
}

bool
host_check_socket(const ListenerPlace *place, const User *user, GError **error)
{
	g_autofree char *folder = folder_of(place);
	int trouble;

	if (folder == NULL || user->name == NULL)
		return true;
	trouble = as_user_folder(user->uid, folder, true);
	if (trouble == 0)
		return true;

	return listener_fail(error, LISTENER_ERROR_ADDRESS,
			     "socket %s: folder %s: %s for %s, as whom the daemon runs; "
			     "chown %s %s",
			     place->address, folder, g_strerror(trouble), user->name,
			     user->name, folder);
}

static void doubt(GPtrArray *doubts, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
doubt(GPtrArray *doubts, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_ptr_array_add(doubts, g_strdup_vprintf(format, arguments));
	va_end(arguments);
}

/* Is Postfix, whose own group is given, in another one, too? */
static bool
is_in_group(gid_t own, gid_t gid)
{
	g_autofree gid_t *groups = NULL;
	int count = 0;

	/* Once to count them. */
	getgrouplist(AS_USER_POSTFIX, own, NULL, &count);
	groups = g_new0(gid_t, (gsize)count);
	getgrouplist(AS_USER_POSTFIX, own, groups, &count);
	for (int i = 0; i < count; i++)
		if (groups[i] == gid)
			return true;

	return false;
}

/* The owner and the permissions that a socket will have, which is not made yet. */
typedef struct {
	uid_t uid;
	gid_t gid;
	mode_t mode;
} Inode;

static bool
foresee(const ListenerPlace *place, const User *user, const struct stat *folder,
	Inode *inode_out)
{
	mode_t mode, mask = umask(0);
	uid_t uid;
	gid_t gid;

	umask(mask);
	if (!listener_place_mode(place, &mode, NULL) ||
	    !listener_place_owner(place, &uid, &gid, NULL))
		return false;
	*inode_out = (Inode){
		.uid = uid != (uid_t)-1 ? uid : user->uid,
		.gid = gid != (gid_t)-1            ? gid
		       : folder->st_mode & S_ISGID ? folder->st_gid
						   : user->gid,
		.mode = mode != 0 ? mode : 0777 & ~mask,
	};

	return true;
}

/* May Postfix write to it?  The first that fits of owner, group and others decides. */
static bool
is_for(const Inode *inode, uid_t uid, gid_t gid)
{
	if (inode->uid == uid)
		return inode->mode & S_IWUSR;
	if (is_in_group(gid, inode->gid))
		return inode->mode & S_IWGRP;

	return inode->mode & S_IWOTH;
}

static void
doubt_postfix(GPtrArray *doubts, const ListenerPlace *place, const User *user)
{
	g_autofree char *folder = folder_of(place);
	const struct passwd *found = getpwnam(AS_USER_POSTFIX);
	uid_t uid = found != NULL ? found->pw_uid : 0;
	gid_t gid = found != NULL ? found->pw_gid : 0;
	const struct group *group;
	struct stat status;
	Inode inode;
	int trouble;

	if (folder == NULL || found == NULL || stat(folder, &status) != 0)
		return;
	trouble = as_user_folder(uid, folder, false);
	if (trouble == 0 && foresee(place, user, &status, &inode) &&
	    is_for(&inode, uid, gid))
		return;
	group = getgrgid(gid);
	doubt(doubts,
	      "socket %s: %s%s for %s, so Postfix cannot ask us; "
	      "install -d -o %s -g %s -m 2750 %s",
	      place->address,
	      trouble != 0 ? g_strerror(trouble)
			   : "by the folder's group, its setgid bit ",
	      trouble != 0 ? " in its folder" : "and socket-mode it is not",
	      AS_USER_POSTFIX, user->name,
	      group != NULL ? group->gr_name : AS_USER_POSTFIX, folder);
}

static void
doubt_curators(GPtrArray *doubts, const Settings *settings)
{
	g_auto(GStrv) names = settings_words(settings, SETTING_PEOPLE_CURATORS);
	g_autofree char *place = settings_source(settings, SETTING_PEOPLE_CURATORS, NULL);

	for (size_t i = 0; names[i] != NULL; i++)
		if (getpwnam(names[i]) == NULL)
			doubt(doubts,
			      "%s: there is no user \"%s\"; take the name out, or make "
			      "the user",
			      place, names[i]);
}

GPtrArray *
host_check_doubts(const Settings *settings, const ListenerPlace *place, const User *user)
{
	GPtrArray *doubts = g_ptr_array_new_with_free_func(g_free);

	if (user->name != NULL)
		doubt_postfix(doubts, place, user);
	doubt_curators(doubts, settings);

	return doubts;
}
