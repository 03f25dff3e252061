/* SPDX-License-Identifier: BSD-2-Clause */
/* doctor-host.c - the doctor's checks of folders, the store and the daemon */

#include "config.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/as-user.h"
#include "base/json.h"
#include "ctl/client.h"
#include "ctl/doctor-host.h"

/* Seconds in which a daemon answers. */
#define DAEMON_PATIENCE 10

/* What a child finds out about the store, in memory that both processes see. */
typedef struct {
	StoreError error;
	char text[512];
} StoreTrouble;

typedef struct {
	Store *store;
	StoreTrouble *trouble;
} StoreTry;

static int
try_store(void *context)
{
	const StoreTry *try = context;
	g_autoptr(GError) error = NULL;

	if (store_check(try->store, &error))
		return 0;
	try->trouble->error =
	    error->domain == STORE_ERROR ? (StoreError)error->code : STORE_ERROR_SYSTEM;
	g_strlcpy(try->trouble->text, error->message, sizeof(try->trouble->text));

	return EIO;
}

/* The daemon's user reads the settings, too: at each reload. */
void
doctor_host_settings(Doctor *doctor)
{
	const char *path = options_settings(doctor->options);
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *user = doctor_user_name(doctor->user);
	g_autofree char *quoted = g_shell_quote(folder), *file = g_shell_quote(path);
	int trouble;

	if (settings_keyfile(doctor->settings) == NULL ||
	    (trouble = as_user_read(doctor->user, path)) == 0)
		return;
	doctor_tell(
	    doctor, DOCTOR_WRONG,
	    "the settings %s: %s for %s, who runs the daemon: it cannot read them "
	    "anew",
	    path, g_strerror(trouble), user);
	if (as_user_folder(doctor->user, folder, false) != 0)
		doctor_cure(doctor, "chmod a+rx %s", quoted);
	doctor_cure(doctor, "chmod a+r %s", file);
	doctor->is_to_restart = true;
}

/* Only a store that is no longer one goes out of the way, and stays beside. */
static void
cure_store(Doctor *doctor, const StoreTrouble *trouble, const char *path,
	   const char *user)
{
	g_autofree char *file = g_shell_quote(path);

	if (trouble->error == STORE_ERROR_DAMAGED) {
		doctor_tell(doctor, DOCTOR_WRONG, "the store %s", trouble->text);
		doctor_cure(doctor,
			    "for f in %s %s-wal %s-shm; do [ ! -e \"$f\" ] || mv \"$f\" "
			    "\"$f.damaged\"; done",
			    file, file, file);
		doctor->is_to_restart = true;
	} else if (trouble->error == STORE_ERROR_MISSING) {
		doctor_tell(doctor, DOCTOR_WRONG, "the store %s cannot be used by %s",
			    path, user);
		doctor_cure(doctor, "chown %s %s*", user, file);
		doctor->is_to_restart = true;
	} else {
		doctor_tell(doctor, DOCTOR_WRONG, "the store %s", trouble->text);
	}
}

static void
check_store(Doctor *doctor, const char *path, const char *user)
{
	StoreTry try = { assessor_store(doctor->assessor),
			 mmap(NULL, sizeof(StoreTrouble), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0) };

	g_assert(try.trouble != MAP_FAILED);
	if (as_user_try(doctor->user, try_store, &try) == 0)
		doctor_tell(doctor, DOCTOR_WELL, "store: %s", path);
	else
		cure_store(doctor, try.trouble, path, user);
	munmap(try.trouble, sizeof(StoreTrouble));
}

void
doctor_host_store(Doctor *doctor)
{
	const char *place = settings_text(doctor->settings, SETTING_PEOPLE_STORE);
	const char *path = strchr(place, ':') + 1;
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *user = doctor_user_name(doctor->user);
	g_autofree char *quoted = g_shell_quote(folder);
	int trouble = as_user_folder(doctor->user, folder, true);

	if (trouble != 0) {
		doctor_tell(doctor, DOCTOR_WRONG,
			    "the store's folder %s: %s for %s: nobody is ever known",
			    folder, g_strerror(trouble), user);
		doctor_cure(doctor, "install -d -o %s -m 700 %s", user, quoted);
		doctor->is_to_restart = true;
		return;
	}
	check_store(doctor, path, user);
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

	if (as_user_folder(0, folder, false) == ENOTDIR)
		doctor_cure(doctor, "mv %s %s.old", quoted, quoted);
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

/* All users come to this socket, so its folder is another than the MTA's. */
static void
cure_control(Doctor *doctor, const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *user = doctor_user_name(doctor->user);
	g_autofree char *quoted = g_shell_quote(folder);

	if (as_user_folder(doctor->user, folder, true) != 0)
		doctor_cure(doctor, "install -d -o %s -m 755 %s", user, quoted);
	doctor->is_to_restart = true;
}

static void
take_status(void *context, JsonObject *answer)
{
	JsonObject *settings = json_member(json_member(answer, "status"), "settings");
	JsonArray *changed = json_list(settings, "changed");
	Doctor *doctor = context;

	if (json_list_length(changed) == 0)
		return;
	doctor_tell(doctor, DOCTOR_WRONG,
		    "the daemon has settings of before: %s changed since it read them",
		    json_list_text(changed, 0));
	doctor->is_to_reload = true;
}

/* A daemon that hangs was told by the test mail. */
void
doctor_host_control(Doctor *doctor)
{
	const char *place = settings_text(doctor->settings, SETTING_CONTROL);
	Options options = *doctor->options;
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(Client) client = NULL;

	if (place[0] == '\0' || doctor->process <= 0 || doctor->is_to_restart)
		return;
	options.patience = DAEMON_PATIENCE;
	json_builder_begin_object(json);
	json_add_text(json, "do", "status");
	client = client_to_daemon(&options, &error);
	if (client != NULL && client_ask(client, json, take_status, doctor, &error))
		return;
	doctor_tell(doctor, DOCTOR_WRONG, "no user's invitectl can ask the daemon: %s",
		    error->message);
	cure_control(doctor, strchr(place, ':') + 1);
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
	const char *digest = settings_text(doctor->settings, SETTING_DIGEST);
	bool has_banner = doctor_has_banner(doctor), has_subject = subject[0] != '\0';
	bool has_digest = !g_str_equal(digest, "never");
	bool is_seen = has_banner || has_subject || has_digest;

	doctor_tell(doctor, is_seen ? DOCTOR_WELL : DOCTOR_HINT,
		    "what recipients see: header fields%s%s%s%s%s%s",
		    has_banner ? ", a banner" : "",
		    has_subject ? ", the subject begins with " : "", subject,
		    has_digest ? ", a digest " : "", has_digest ? digest : "",
		    is_seen
			? ""
			: " alone, which most mail programs hide; invite-milter-attach "
			  "--sign subject, --sign banner or --sign digest shows more, a "
			  "Sieve script files by them");
	if (settings_is_observing(doctor->settings))
		doctor_tell(
		    doctor, DOCTOR_HINT,
		    "[milter] mode = observe: mails are judged and logged, and not "
		    "changed");
}
