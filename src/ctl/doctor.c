/* SPDX-License-Identifier: BSD-2-Clause */
/* doctor.c - invitectl doctor: what of an installation is wrong, and what cures it */

#include "config.h"

#include <pwd.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/as-user.h"
#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/doctor-host.h"
#include "ctl/doctor-mail.h"
#include "ctl/doctor-postfix.h"
#include "ctl/doctor-sendmail.h"
#include "ctl/postfix.h"

#define INDENT 7

static const struct {
	void (*look)(Doctor *doctor);
	bool is_postfix; /* where Postfix is */
} checks[] = {
	{ doctor_host_settings, false },    { doctor_host_store, false },
	{ doctor_host_folder, false },      { doctor_host_daemon, false },
	{ doctor_host_reach, false },       { doctor_host_curators, false },
	{ doctor_postfix_running, true },   { doctor_postfix_milters, true },
	{ doctor_postfix_services, true },  { doctor_postfix_skipped, true },
	{ doctor_postfix_headers, true },   { doctor_postfix_filter, true },
	{ doctor_sendmail_filters, false }, { doctor_mail_milter, false },
	{ doctor_host_control, false },     { doctor_mail_mta, false },
	{ doctor_host_logins, false },      { doctor_host_signs, false },
};

void
doctor_tell(Doctor *doctor, DoctorFinding finding, const char *format, ...)
{
	static const char *const words[] = {
		[DOCTOR_WELL] = "ok", [DOCTOR_HINT] = "hint", [DOCTOR_WRONG] = "WRONG"
	};
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	terminal_print_folded(doctor->out, INDENT, "%-*s%s", INDENT, words[finding],
			      text);
	doctor->is_wrong |= finding == DOCTOR_WRONG;
}

void
doctor_cure(Doctor *doctor, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_ptr_array_add(doctor->cures, g_strdup_vprintf(format, arguments));
	va_end(arguments);
}

/* The line of the file in which the setting's section begins; 0: it has none. */
static unsigned
section_line(const Keyfile *file, const char *section)
{
	unsigned line = 0;

	for (size_t i = 0; file != NULL && i < keyfile_groups(file); i++) {
		unsigned number;

		if (g_str_equal(keyfile_group(file, i, &number), section))
			line = number;
	}

	return line;
}

void
doctor_cure_setting(Doctor *doctor, SettingName name, const char *value)
{
	const SettingsInfo *info = settings_info(name);
	const char *place = options_settings(doctor->options);
	const Keyfile *keys = settings_keyfile(doctor->settings);
	g_autofree char *file = g_shell_quote(place);
	g_autofree char *said = settings_source(doctor->settings, name, NULL);
	g_autofree char *edit = NULL, *quoted = NULL;
	unsigned line = section_line(keys, info->section);
	const char *program = "sed -i";

	/* "FILE:LINE: ..." where the file sets it.  No section may stand twice. */
	if (g_str_has_prefix(said, place) && said[strlen(place)] == ':') {
		edit = g_strdup_printf("%lus|.*|%s = %s|",
				       strtoul(said + strlen(place) + 1, NULL, 10),
				       info->key, value);
	} else if (line > 0) {
		edit = g_strdup_printf("%ua %s = %s", line, info->key, value);
	} else {
		program = "printf";
		edit =
		    g_strdup_printf("[%s]\\n%s = %s\\n", info->section, info->key, value);
	}
	quoted = g_shell_quote(edit);
	doctor_cure(doctor, "%s %s %s%s", program, quoted,
		    g_str_equal(program, "printf") ? ">> " : "", file);
	doctor->is_to_reload = true;
}

char *
doctor_user_name(uid_t uid)
{
	const struct passwd *user = getpwuid(uid);

	return user != NULL ? g_strdup(user->pw_name) : g_strdup_printf("%ld", (long)uid);
}

bool
doctor_has_banner(const Doctor *doctor)
{
	const Keyfile *file = settings_keyfile(doctor->settings);

	for (size_t i = 0; file != NULL && i < keyfile_length(file); i++) {
		const KeyfileEntry *entry = keyfile_entry(file, i);

		if (g_str_has_prefix(entry->group, "policy") &&
		    !g_str_equal(entry->key, "banner") &&
		    strstr(entry->value, "banner") != NULL)
			return true;
	}

	return settings_flag(doctor->settings, SETTING_POLICY_BANNER);
}

static uid_t
uid_of(const char *name, uid_t other)
{
	const struct passwd *user = name[0] != '\0' ? getpwnam(name) : NULL;

	return user != NULL ? user->pw_uid : other;
}

/* Find the process that listens at the socket, if there is one. */
static void
find_daemon(Doctor *doctor)
{
	struct sockaddr_un place = { .sun_family = AF_UNIX };
	struct ucred peer = { 0 };
	socklen_t length = sizeof(peer);
	int fd;

	if (doctor->socket == NULL)
		return;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	g_strlcpy(place.sun_path, doctor->socket, sizeof(place.sun_path));
	if (fd >= 0 && connect(fd, (struct sockaddr *)&place, sizeof(place)) == 0 &&
	    getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0) {
		doctor->process = peer.pid;
		doctor->user = peer.uid;
	}
	if (fd >= 0)
		close(fd);
}

/* The user that the daemon is to run as. */
static const char *
user_name(const Doctor *doctor)
{
	return doctor->options->user != NULL
		   ? doctor->options->user
		   : settings_text(doctor->settings, SETTING_USER);
}

static bool
has_sendmail(const Doctor *doctor)
{
	return access(doctor->sendmail, F_OK) == 0;
}

static void
doctor_init(Doctor *doctor, const Options *options, Assessor *assessor, FILE *out)
{
	const char *socket = settings_text(assessor_settings(assessor), SETTING_SOCKET);
	g_autofree char *owner = NULL;
	const char *mta;

	doctor->options = options;
	doctor->assessor = assessor;
	doctor->settings = assessor_settings(assessor);
	doctor->out = out;
	doctor->cures = g_ptr_array_new_with_free_func(g_free);
	doctor->postfix = options->postfix;
	doctor->sendmail =
	    options->sendmail != NULL ? options->sendmail : DOCTOR_SENDMAIL_FILE;
	if (g_str_has_prefix(socket, "unix:") || g_str_has_prefix(socket, "local:"))
		doctor->socket = g_strdup(strchr(socket, ':') + 1);
	owner = postfix_value(doctor->postfix, "mail_owner");
	doctor->has_postfix = owner[0] != '\0';
	/* Sendmail asks as root; Postfix's user may have outlived Postfix. */
	mta = doctor->has_postfix ? owner : has_sendmail(doctor) ? "" : AS_USER_POSTFIX;
	doctor->mta = uid_of(mta, geteuid());
	doctor->user = uid_of(user_name(doctor), geteuid());
	find_daemon(doctor);
}

/* A unit that is not active is to start with the host, too. */
static bool
is_active(void)
{
	int status = 0;

	return g_spawn_command_line_sync("systemctl -q is-active " PACKAGE, NULL, NULL,
					 &status, NULL) &&
	       status == 0;
}

static void
cure_daemon(Doctor *doctor, bool has_systemd)
{
	g_autofree char *file = g_shell_quote(options_settings(doctor->options));
	g_autofree char *user = doctor_user_name(doctor->user);

	if (doctor->is_to_restart && has_systemd) {
		doctor_cure(doctor, "systemctl %s " PACKAGE,
			    is_active() ? "restart" : "enable --now");
	} else if (doctor->is_to_restart) {
		/* One that was stopped sees the signal when it goes on. */
		if (doctor->process > 0)
			doctor_cure(doctor, "kill %ld; kill -CONT %ld; sleep 1",
				    (long)doctor->process, (long)doctor->process);
		doctor_cure(doctor,
			    "setpriv --reuid=%s --regid=$(id -g %s) --init-groups "
			    "invite-milter -c %s",
			    user, user, file);
	} else if (doctor->is_to_reload && has_systemd) {
		doctor_cure(doctor, "systemctl reload " PACKAGE);
	} else if (doctor->is_to_reload && doctor->process > 0) {
		doctor_cure(doctor, "kill -HUP %ld", (long)doctor->process);
	}
}

/* The daemon comes before the MTA, which is to find it. */
static void
add_last_cures(Doctor *doctor)
{
	bool has_systemd = access("/run/systemd/system", F_OK) == 0;
	const char *folder = doctor->postfix, *config = doctor->options->config;
	g_autofree char *quoted = folder != NULL ? g_shell_quote(folder) : NULL;
	g_autofree char *place =
	    quoted != NULL ? g_strconcat("-c ", quoted, " ", NULL) : g_strdup("");
	g_autofree char *file = config != NULL ? g_shell_quote(config) : NULL;

	cure_daemon(doctor, has_systemd);
	if (doctor->is_to_attach)
		doctor_cure(doctor, "invite-milter-attach %s%s%s%s--yes", place,
			    file != NULL ? "--config " : "", file != NULL ? file : "",
			    file != NULL ? " " : "");
	if (doctor->is_to_start_mta && has_systemd && folder == NULL)
		doctor_cure(doctor, "systemctl enable --now postfix");
	else if (doctor->is_to_start_mta)
		doctor_cure(doctor, "postfix %sstart", place);
	else if (doctor->is_to_reload_mta)
		doctor_cure(doctor, "postfix %sreload", place);
}

/* Commands are not folded: they are to be copied. */
static void
print_cures(const Doctor *doctor)
{
	if (!doctor->is_wrong) {
		fputs("\nNothing is wrong.\n", doctor->out);
		return;
	}
	if (doctor->cures->len > 0)
		fputs("\nTo do, in this order:\n\n", doctor->out);
	for (guint i = 0; i < doctor->cures->len; i++)
		terminal_print(doctor->out, "    %s",
			       (const char *)doctor->cures->pdata[i]);
	fputs("\nThen ask again.\n", doctor->out);
}

/* Without the user nothing else can be looked at. */
static bool
check_user(Doctor *doctor)
{
	const char *name = user_name(doctor);

	if (doctor->process > 0 || getpwnam(name) != NULL)
		return true;
	doctor_tell(doctor, DOCTOR_WRONG,
		    "there is no user \"%s\" to run the daemon, and without it "
		    "nothing else can be looked at",
		    name);
	doctor_cure(doctor,
		    "useradd --system --no-create-home --shell /usr/sbin/nologin %s",
		    name);

	return false;
}

static void
look(Doctor *doctor)
{
	bool has_user = check_user(doctor);

	if (geteuid() != 0)
		doctor_tell(doctor, DOCTOR_HINT,
			    "only root can look as the daemon's user and the MTA's");
	if (!doctor->has_postfix && !has_sendmail(doctor))
		doctor_tell(
		    doctor, DOCTOR_HINT,
		    "Postfix was not looked at: postconf(1) does not answer; is it "
		    "installed, and is --postfix right?");
	for (size_t i = 0; has_user && i < G_N_ELEMENTS(checks); i++)
		if (doctor->has_postfix || !checks[i].is_postfix)
			checks[i].look(doctor);
	add_last_cures(doctor);
}

int
command_doctor(const Options *options, FILE *out)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessor) assessor =
	    assessor_open(options_settings(options), STORE_READ, &error);
	Doctor doctor = { 0 };
	int status;

	if (assessor == NULL) {
		terminal_print_lines(out, "WRONG  ", error->message);
		fputs("\nMend that, then ask again.\n", out);
		return EX_CONFIG;
	}
	doctor_init(&doctor, options, assessor, out);
	look(&doctor);
	print_cures(&doctor);
	status = doctor.is_wrong ? EX_CONFIG : EX_OK;
	g_ptr_array_unref(doctor.cures);
	g_free(doctor.socket);

	return status;
}
