/* SPDX-License-Identifier: BSD-2-Clause */
/* doctor-host.c - the doctor's checks of folders, the store and the daemon */

#include "config.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/as-user.h"
#include "ctl/doctor-host.h"

static int
try_store(void *context)
{
	g_autoptr(GError) error = NULL;

	if (store_check(context, &error))
		return 0;

	return errno != 0 ? errno : EIO;
}

void
doctor_host_store(Doctor *doctor)
{
	const char *place = settings_text(doctor->settings, SETTING_PEOPLE_STORE);
	const char *path = strchr(place, ':') + 1;
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *user = doctor_user_name(doctor->user);
	g_autofree char *quoted = g_shell_quote(folder), *file = g_shell_quote(path);
	int trouble = as_user_folder(doctor->user, folder, true);

	if (trouble != 0) {
		doctor_tell(doctor, DOCTOR_WRONG,
			    "the store's folder %s: %s for %s: nobody is ever known",
			    folder, g_strerror(trouble), user);
		doctor_cure(doctor, "install -d -o %s -m 700 %s", user, quoted);
		doctor->is_to_restart = true;
		return;
	}
	if (as_user_try(doctor->user, try_store, assessor_store(doctor->assessor)) == 0) {
		doctor_tell(doctor, DOCTOR_WELL, "store: %s", path);
		return;
	}
	doctor_tell(doctor, DOCTOR_WRONG, "the store %s cannot be used by %s", path,
		    user);
	doctor_cure(doctor, "chown %s %s*", user, file);
	doctor->is_to_restart = true;
}

/* The MTA's group, which the socket gets by the folder's setgid bit. */
static char *
group_of(uid_t uid)
{
	const struct passwd *user = getpwuid(uid);
	const struct group *group = user != NULL ? getgrgid(user->pw_gid) : NULL;

	return g_strdup(group != NULL ? group->gr_name : "root");
}

void
doctor_host_cure_folder(Doctor *doctor, const char *folder)
{
	g_autofree char *user = doctor_user_name(doctor->user);
	g_autofree char *group = group_of(doctor->mta);
	g_autofree char *quoted = g_shell_quote(folder);

	doctor_cure(doctor, "install -d -o %s -g %s -m 2750 %s", user, group, quoted);
	/* A socket that is there keeps its group. */
	doctor->is_to_restart = true;
}

void
doctor_host_folder(Doctor *doctor)
{
	g_autofree char *folder =
	    doctor->socket != NULL ? g_path_get_dirname(doctor->socket) : NULL;
	g_autofree char *user = doctor_user_name(doctor->user);
	g_autofree char *mta = doctor_user_name(doctor->mta);
	int trouble;

	if (folder == NULL)
		return;
	if ((trouble = as_user_folder(doctor->user, folder, true)) != 0)
		doctor_tell(doctor, DOCTOR_WRONG,
			    "the socket's folder %s: %s for %s, who runs the daemon",
			    folder, g_strerror(trouble), user);
	else if ((trouble = as_user_folder(doctor->mta, folder, false)) != 0)
		doctor_tell(doctor, DOCTOR_WRONG,
			    "the socket's folder %s: %s for %s, as whom the MTA comes",
			    folder, g_strerror(trouble), mta);
	else
		doctor_tell(doctor, DOCTOR_WELL, "socket's folder: %s", folder);
	if (trouble != 0)
		doctor_host_cure_folder(doctor, folder);
}

void
doctor_host_daemon(Doctor *doctor)
{
	int trouble;

	if (doctor->socket == NULL)
		return;
	if (doctor->process > 0) {
		doctor_tell(doctor, DOCTOR_WELL, "daemon: process %ld listens at %s",
			    (long)doctor->process, doctor->socket);
		return;
	}
	trouble = as_user_connect(0, doctor->socket);
	doctor_tell(doctor, DOCTOR_WRONG, "no daemon listens at %s: %s", doctor->socket,
		    g_strerror(trouble));
	doctor->is_to_restart = true;
}

void
doctor_host_reach(Doctor *doctor)
{
	g_autofree char *mta = doctor_user_name(doctor->mta), *folder = NULL;
	int trouble;

	if (doctor->process <= 0)
		return;
	trouble = as_user_connect(doctor->mta, doctor->socket);
	folder = g_path_get_dirname(doctor->socket);
	/* A folder that is shut to the MTA was told already. */
	if (trouble == 0 || as_user_folder(doctor->mta, folder, false) != 0)
		return;
	doctor_tell(doctor, DOCTOR_WRONG,
		    "the socket %s: %s for %s, as whom the MTA comes", doctor->socket,
		    g_strerror(trouble), mta);
	doctor_host_cure_folder(doctor, folder);
}

void
doctor_host_curators(Doctor *doctor)
{
	g_auto(GStrv) names = settings_words(doctor->settings, SETTING_PEOPLE_CURATORS);
	g_autofree char *place = NULL;

	for (size_t i = 0; names[i] != NULL; i++)
		if (getpwnam(names[i]) == NULL) {
			g_free(place);
			place = settings_source(doctor->settings, SETTING_PEOPLE_CURATORS,
						NULL);
			doctor_tell(doctor, DOCTOR_HINT,
				    "%s: there is no user \"%s\"; take the name out, or "
				    "make the user",
				    place, names[i]);
		}
}

void
doctor_host_logins(Doctor *doctor)
{
	const char *domain = settings_text(doctor->settings, SETTING_PEOPLE_DOMAIN);
	const char *aliases = settings_text(doctor->settings, SETTING_PEOPLE_ALIASES);

	if (domain[0] != '\0')
		doctor_tell(doctor, DOCTOR_WELL, "a login's mailbox: LOGIN@%s", domain);
	else if (aliases[0] == '\0')
		doctor_tell(doctor, DOCTOR_HINT,
			    "nobody knows which mailbox a login has, so no owner can see "
			    "a list or say whom they know: [people] domain names the "
			    "domain of them all, [people] aliases each");
}

void
doctor_host_signs(Doctor *doctor)
{
	const char *subject = settings_text(doctor->settings, SETTING_POLICY_SUBJECT);
	bool has_banner = doctor_has_banner(doctor);

	doctor_tell(
	    doctor, has_banner || subject[0] != '\0' ? DOCTOR_WELL : DOCTOR_HINT,
	    "what recipients see: header fields%s%s%s%s", has_banner ? ", a banner" : "",
	    subject[0] != '\0' ? ", the subject begins with " : "", subject,
	    has_banner || subject[0] != '\0'
		? ""
		: " alone, which most mail programs hide; [policy] banner or subject "
		  "shows more, a Sieve script files by them");
	if (settings_is_observing(doctor->settings))
		doctor_tell(
		    doctor, DOCTOR_HINT,
		    "[milter] mode = observe: mails are judged and logged, and not "
		    "changed");
}
