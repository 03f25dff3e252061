/* SPDX-License-Identifier: BSD-2-Clause */
/* doctor-postfix.c - the doctor's checks of Postfix's settings */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "ctl/doctor-host.h"
#include "ctl/doctor-postfix.h"
#include "ctl/postfix.h"
#include "ctl/verifier.h"

/* How Postfix asks us, as its settings have it. */
typedef struct {
	GPtrArray *milters; /* of PostfixMilter */
	guint ours;         /* their number where none is ours */
	guint verifier;     /* the last verifier's, likewise */
	guint stray;        /* of one more that is meant for us, likewise */
} Asked;

/* "inet:HOST:PORT" is Postfix's form of our "inet:PORT@HOST", which may have no host. */
static char *
port_address(const Doctor *doctor)
{
	const char *socket = settings_text(doctor->settings, SETTING_SOCKET);
	const char *port = strchr(socket, ':') + 1, *host = strchr(port, '@');

	if (host != NULL && g_str_equal(host + 1, "localhost"))
		host = NULL;

	return g_strdup_printf("inet:%s:%.*s", host != NULL ? host + 1 : "127.0.0.1",
			       (int)strcspn(port, "@"), port);
}

/* Where smtpd finds a unix socket of this name. */
static char *
path_of(const Doctor *doctor, const char *address)
{
	g_autofree char *queue = postfix_value(doctor->postfix, "queue_directory");
	const char *path = address + strlen("unix:");

	return path[0] == '/' && !postfix_is_chrooted(doctor->postfix)
		   ? g_strdup(path)
		   : g_build_filename(queue, path, NULL);
}

static bool
is_ours(const Doctor *doctor, const char *address)
{
	g_autofree char *path = NULL, *real = NULL, *ours = NULL;

	if (doctor->socket == NULL) {
		g_autoptr(GString) named = g_string_new(address);

		g_string_replace(named, "inet:localhost:", "inet:127.0.0.1:", 1);
		ours = port_address(doctor);
		return g_str_equal(named->str, ours);
	}
	if (!g_str_has_prefix(address, "unix:"))
		return false;
	path = path_of(doctor, address);
	real = g_canonicalize_filename(path, NULL);
	ours = g_canonicalize_filename(doctor->socket, NULL);

	return g_str_equal(real, ours);
}

/* Is it meant for us, but leads elsewhere? */
static bool
is_meant_for_us(const Doctor *doctor, const char *address)
{
	const char *name = doctor->socket != NULL ? strrchr(doctor->socket, '/') : NULL;

	return strstr(address, PACKAGE) != NULL ||
	       (name != NULL && g_str_has_suffix(address, name));
}

static void
asked_init(Asked *asked, const Doctor *doctor, const char *value)
{
	asked->milters = postfix_milters(value);
	asked->ours = asked->verifier = asked->stray = asked->milters->len;
	for (guint i = 0; i < asked->milters->len; i++) {
		const PostfixMilter *milter = asked->milters->pdata[i];

		if (is_ours(doctor, milter->address)) {
			asked->stray = asked->ours < i ? i : asked->stray;
			asked->ours = MIN(asked->ours, i);
		} else if (verifier_is(milter->address)) {
			asked->verifier = i;
		} else if (strstr(milter->address, PACKAGE) != NULL) {
			asked->stray = i;
		}
	}
}

static void
asked_clear(Asked *asked)
{
	g_ptr_array_unref(asked->milters);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Asked, asked_clear)

/* No program knows where the brace belongs, so no command cures it. */
static bool
check_braces(Doctor *doctor, const Asked *asked, const char *where)
{
	for (guint i = 0; i < asked->milters->len; i++) {
		const PostfixMilter *milter = asked->milters->pdata[i];

		if (!milter->is_open)
			continue;
		doctor_tell(doctor, DOCTOR_WRONG,
			    "%s: a \"}\" is missing in \"%s\": each smtpd ends over it, "
			    "and takes no mail",
			    where, milter->text);
		return false;
	}

	return true;
}

/* The socket as smtpd must name it. */
static char *
our_address(const Doctor *doctor)
{
	g_autofree char *queue = postfix_value(doctor->postfix, "queue_directory");

	if (doctor->socket == NULL)
		return port_address(doctor);
	if (g_str_has_prefix(doctor->socket, queue) &&
	    doctor->socket[strlen(queue)] == '/')
		return g_strconcat("unix:", doctor->socket + strlen(queue) + 1, NULL);

	return g_strconcat("unix:", doctor->socket, NULL);
}

/* The list as it is to be: the others as they are, and we behind them. */
static char *
wanted_list(const Doctor *doctor, const Asked *asked)
{
	g_autoptr(GString) list = g_string_new(NULL);
	g_autofree char *address = our_address(doctor);

	for (guint i = 0; i < asked->milters->len; i++) {
		const PostfixMilter *milter = asked->milters->pdata[i];

		if (i != asked->ours && !is_meant_for_us(doctor, milter->address))
			g_string_append_printf(list, "%s, ", milter->text);
	}
	g_string_append_printf(list, "{ %s, default_action=%s, connect_timeout=5s }",
			       address,
			       doctor_has_banner(doctor) ? "tempfail" : "accept");

	return g_strdup(list->str);
}

/* "-c FOLDER " before a command's arguments. */
static char *
folder_option(const Doctor *doctor)
{
	g_autofree char *quoted =
	    doctor->postfix != NULL ? g_shell_quote(doctor->postfix) : NULL;

	return quoted != NULL ? g_strdup_printf("-c %s ", quoted) : g_strdup("");
}

/* postconf -P takes no white space. */
static char *
without_blanks(const char *list)
{
	g_autoptr(GString) text = g_string_new(list);

	g_string_replace(text, "{ ", "{", 0);
	g_string_replace(text, " }", "}", 0);
	g_string_replace(text, ", ", ",", 0);
	g_string_replace(text, " ", ",", 0);

	return g_strdup(text->str);
}

/* Name the command for a service in master.cf; invite-milter-attach changes main.cf. */
static void
cure_list(Doctor *doctor, const Asked *asked, const char *name)
{
	g_autofree char *folder = folder_option(doctor);
	g_autofree char *list = wanted_list(doctor, asked);
	g_autofree char *dense = without_blanks(list);
	g_autofree char *text = g_strdup_printf("%s=%s", name, dense);
	g_autofree char *quoted = g_shell_quote(text);

	doctor_cure(doctor, "postconf %s-P %s", folder, quoted);
	doctor->is_to_reload_mta = true;
}

/* What a mail meets while the daemon is down. */
static bool
check_action(Doctor *doctor, const PostfixMilter *ours)
{
	g_autofree char *general =
	    postfix_value(doctor->postfix, "milter_default_action");
	const char *action = ours->action[0] != '\0' ? ours->action : general;
	bool has_banner = doctor_has_banner(doctor);

	/* quarantine takes the mail, too, and holds it. */
	if (has_banner &&
	    (g_str_equal(action, "accept") || g_str_equal(action, "quarantine"))) {
		doctor_tell(doctor, DOCTOR_WRONG,
			    "banner is on and Postfix asks us with default_action=%s: a "
			    "daemon that dies over a mail would cost its body",
			    action);
		return false;
	}
	if (g_str_equal(action, "reject")) {
		doctor_tell(doctor, DOCTOR_WRONG,
			    "default_action=reject: while the daemon is down, mail is "
			    "refused for good");
		return false;
	}
	if (!has_banner && !g_str_equal(action, "accept"))
		doctor_tell(
		    doctor, DOCTOR_HINT,
		    "default_action=%s: while the daemon is down, senders must try "
		    "again; without a banner, accept is enough",
		    action);

	return true;
}

/* Where verifiers have their settings; the variable is as of invite-milter-attach. */
static const char *
verifiers_folder(void)
{
	const char *etc = g_getenv("ETC");

	return etc != NULL ? etc : "/etc";
}

/* A verifier's results are believed by the name that they begin with. */
static void
check_name(Doctor *doctor, const char *address)
{
	const char *named = settings_text(doctor->settings, SETTING_TRUST_AUTHSERV_ID);
	g_auto(GStrv) names = settings_split(named);
	g_autofree char *place = NULL, *value = NULL;
	g_autofree char *name = verifier_name(verifiers_folder(), address, &place);
	g_autofree char *id =
	    name != NULL ? g_strdup(name) : postfix_value(doctor->postfix, "myhostname");

	for (size_t i = 0; names[i] != NULL; i++)
		if (g_ascii_strcasecmp(names[i], id) == 0)
			return;
	/* A name that somebody looked up outweighs a guess. */
	doctor_tell(
	    doctor, named[0] != '\0' && name == NULL ? DOCTOR_HINT : DOCTOR_WRONG,
	    "a verifier, %s, stands before us and [trust] authserv-id names %s, so "
	    "that no signature makes mail verified%s; its results begin with a name, "
	    "%s%s%s",
	    address, named[0] != '\0' ? named : "none",
	    named[0] != '\0' ? " where it writes another name" : "", id,
	    name != NULL ? ", as it says in "
			 : ": a guess, Postfix's own, for no settings of it tell one; "
			   "look at the Authentication-Results of a mail that came first",
	    name != NULL ? place : "");
	value = g_strconcat(named, named[0] != '\0' ? " " : "", id, NULL);
	if (named[0] == '\0' || name != NULL)
		doctor_cure_setting(doctor, SETTING_TRUST_AUTHSERV_ID, value);
}

static bool
check_verifiers(Doctor *doctor, const Asked *asked)
{
	const PostfixMilter *last;

	if (asked->verifier == asked->milters->len)
		return true;
	last = asked->milters->pdata[asked->verifier];
	if (asked->verifier < asked->ours) {
		check_name(doctor, last->address);
		return true;
	}
	doctor_tell(doctor, DOCTOR_WRONG,
		    "smtpd_milters asks us before a verifier, %s, whose results we "
		    "never see",
		    last->address);

	return false;
}

/* One that nobody answers costs each mail time, or keeps it waiting. */
static bool
check_stray(Doctor *doctor, const Asked *asked)
{
	const PostfixMilter *stray;

	if (asked->stray == asked->milters->len)
		return true;
	stray = asked->milters->pdata[asked->stray];
	doctor_tell(doctor, DOCTOR_WRONG,
		    is_ours(doctor, stray->address)
			? "smtpd_milters asks us twice, the second time by %s"
			: "smtpd_milters names us by %s, too, where the daemon does not "
			  "listen",
		    stray->address);

	return false;
}

/* Is the socket where a chrooted smtpd cannot see it? */
static bool
is_out_of_reach(const Doctor *doctor)
{
	g_autofree char *address = our_address(doctor);

	return doctor->socket != NULL && g_str_has_prefix(address, "unix:/") &&
	       postfix_is_chrooted(doctor->postfix);
}

/* The setting goes to where smtpd sees it, and the daemon with it. */
static void
cure_place(Doctor *doctor)
{
	g_autofree char *queue = postfix_value(doctor->postfix, "queue_directory");
	g_autofree char *folder = g_build_filename(queue, PACKAGE, NULL);
	g_autofree char *value = g_strdup_printf("unix:%s/milter.sock", folder);

	doctor_tell(doctor, DOCTOR_WRONG,
		    "the socket %s is outside %s, in which Postfix's smtpd is shut: it "
		    "never finds the daemon",
		    doctor->socket, queue);
	doctor_cure_setting(doctor, SETTING_SOCKET, value);
	doctor_host_cure_folder(doctor, folder);
}

void
doctor_postfix_milters(Doctor *doctor)
{
	g_autofree char *value = postfix_value(doctor->postfix, "smtpd_milters");
	g_auto(Asked) asked = { 0 };
	bool is_well = false;

	asked_init(&asked, doctor, value);
	if (!check_braces(doctor, &asked, "main.cf: smtpd_milters"))
		return;
	if (is_out_of_reach(doctor)) {
		cure_place(doctor);
	} else if (asked.ours == asked.milters->len) {
		g_autofree char *address = our_address(doctor);

		doctor_tell(
		    doctor, DOCTOR_WRONG,
		    "smtpd_milters%s does not lead to the daemon; smtpd finds it as "
		    "%s",
		    value[0] != '\0' ? "" : " is empty and", address);
	} else {
		is_well = check_action(doctor, asked.milters->pdata[asked.ours]);
		is_well = check_stray(doctor, &asked) && is_well;
		is_well = check_verifiers(doctor, &asked) && is_well;
	}
	if (is_well)
		doctor_tell(doctor, DOCTOR_WELL, "smtpd_milters: %s", value);
	else
		doctor->is_to_attach = true;
}

void
doctor_postfix_running(Doctor *doctor)
{
	if (geteuid() != 0 || postfix_is_running(doctor->postfix))
		return;
	doctor_tell(doctor, DOCTOR_WRONG, "Postfix does not run: no mail comes in");
	doctor->is_to_start_mta = true;
}

void
doctor_postfix_filter(Doctor *doctor)
{
	static const char option[] = "receive_override_options",
			  value[] = "no_header_body_checks,no_milters";
	g_autofree char *service = NULL, *folder = folder_option(doctor);
	g_autofree char *filter = postfix_checked_filter(doctor->postfix, &service);

	if (filter[0] == '\0')
		return;
	doctor_tell(
	    doctor, DOCTOR_WRONG,
	    "mail comes back from the content filter %s through header_checks, "
	    "which takes our fields off, and is then judged again without its "
	    "client and login, or not at all: the service of master.cf that takes "
	    "it needs %s=%s",
	    filter, option, value);
	if (service == NULL)
		return;
	doctor_cure(doctor, "postconf %s-P '%s/%s=%s'", folder, service, option, value);
	doctor->is_to_reload_mta = true;
}

void
doctor_postfix_services(Doctor *doctor)
{
	g_auto(GStrv) services = postfix_overrides(doctor->postfix);

	for (size_t i = 0; services[i] != NULL; i += 2) {
		g_auto(Asked) asked = { 0 };
		g_autofree char *where = g_strconcat("master.cf: ", services[i], NULL);

		asked_init(&asked, doctor, services[i + 1]);
		if (!check_braces(doctor, &asked, where) ||
		    asked.ours != asked.milters->len)
			continue;
		doctor_tell(
		    doctor, DOCTOR_WRONG,
		    "master.cf: %s =%s%s leaves us out: no mail that comes that way is "
		    "judged, and whom its users write to is never known",
		    services[i], services[i + 1][0] != '\0' ? " " : "", services[i + 1]);
		cure_list(doctor, &asked, services[i]);
	}
}

/* Smtpd is told to ask no milter at all. */
void
doctor_postfix_skipped(Doctor *doctor)
{
	g_auto(GStrv) services = postfix_skips(doctor->postfix);
	g_autofree char *folder = folder_option(doctor);

	for (size_t i = 0; services[i] != NULL; i += 2) {
		g_autofree char *setting =
		    g_strdup_printf("%s=%s", services[i], services[i + 1]);
		g_autofree char *quoted = g_shell_quote(setting);
		bool is_main = strchr(services[i], '/') == NULL;

		doctor_tell(
		    doctor, DOCTOR_WRONG,
		    "%s: %s has no_milters: no mail that comes that way is judged",
		    is_main ? "main.cf" : "master.cf", services[i]);
		doctor_cure(doctor, "postconf %s%s %s", folder, is_main ? "-e" : "-P",
			    quoted);
		doctor->is_to_reload_mta = true;
	}
}

/* Does any of the tables take off a field of ours? */
static bool
has_header_check(const Doctor *doctor, char *const *tables)
{
	static const char *const actions[] = { "IGNORE", "STRIP", "REJECT", "DISCARD" };

	for (size_t i = 0; tables[i] != NULL; i++) {
		g_autofree char *found =
		    postfix_lookup(doctor->postfix, tables[i], "Invite-Verdict: known");

		for (size_t j = 0; j < G_N_ELEMENTS(actions); j++)
			if (g_ascii_strncasecmp(found, actions[j], strlen(actions[j])) ==
			    0)
				return true;
	}

	return false;
}

void
doctor_postfix_headers(Doctor *doctor)
{
	g_autofree char *value = postfix_value(doctor->postfix, "header_checks");
	g_auto(GStrv) tables = settings_split(value);

	if (has_header_check(doctor, tables)) {
		doctor_tell(doctor, DOCTOR_WELL, "header_checks: %s", value);
		return;
	}
	doctor_tell(doctor, DOCTOR_WRONG,
		    "header_checks does not take off Invite- fields that a sender wrote: "
		    "they are believed while the daemon is down");
	doctor->is_to_attach = true;
}
