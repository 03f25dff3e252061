/* SPDX-License-Identifier: BSD-2-Clause */
/* check_settings.c - are settings read, mistakes named, and all of them documented? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "base/settings.h"

/* Written to a file, read, and removed again; the path is cut off the message. */
static Settings *
read_text(const char *text, char **message_out)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	Settings *settings;
	int fd = g_file_open_tmp("check_settings.XXXXXX", &path, NULL);

	ck_assert_int_ge(fd, 0);
	g_close(fd, NULL);
	ck_assert(g_file_set_contents(path, text, -1, NULL));
	settings = settings_new(path, &error);
	g_unlink(path);
	if (settings != NULL)
		return settings;

	ck_assert_msg(error != NULL, "%s: refused without a message", text);
	ck_assert_msg(g_str_has_prefix(error->message, path), "no path in: %s",
		      error->message);
	*message_out = g_strdup(error->message + strlen(path));

	return NULL;
}

static Settings *
read_good(const char *text)
{
	g_autofree char *message = NULL;
	Settings *settings = read_text(text, &message);

	ck_assert_msg(settings != NULL, "%s: refused%s", text, message);

	return settings;
}

static char *
read_source(const char *name)
{
	g_autofree char *path = g_build_filename(TOP_SRCDIR, name, NULL);
	g_autoptr(GError) error = NULL;
	char *bytes = NULL;

	ck_assert_msg(g_file_get_contents(path, &bytes, NULL, &error), "%s",
		      error != NULL ? error->message : name);

	return bytes;
}

/* The documents speak of the usual folders; ours are configure's. */
static char *
as_documented(const char *value)
{
	g_autoptr(GString) text = g_string_new(value);

	g_string_replace(text, RUNSTATEDIR "/", "/run/", 0);
	g_string_replace(text, LOCALSTATEDIR "/", "/var/", 0);

	return g_strdup(text->str);
}

START_TEST(without_a_file_every_setting_has_its_default)
{
	g_autoptr(Settings) settings = settings_new(NULL, NULL);

	ck_assert_ptr_nonnull(settings);
	ck_assert_ptr_null(settings_folder(settings));
	for (SettingName name = 0; name < SETTING_LAST; name++)
		ck_assert_str_eq(settings_text(settings, name),
				 settings_info(name)->fallback);
	ck_assert(!settings_flag(settings, SETTING_POLICY_BANNER));
	ck_assert_uint_eq(settings_number(settings, SETTING_LIMITS_MAIL), 524288);
	ck_assert_uint_eq(settings_number(settings, SETTING_SOCKET_MODE), 0660);
}
END_TEST

START_TEST(every_setting_has_a_place_and_a_help)
{
	const SettingsInfo *info = settings_info((SettingName)_i);

	ck_assert_str_ne(info->section, "");
	ck_assert_str_ne(info->key, "");
	ck_assert_str_ne(info->help, "");
	for (int i = 0; i < _i; i++)
		ck_assert_msg(
		    !g_str_equal(settings_info((SettingName)i)->section, info->section) ||
			!g_str_equal(settings_info((SettingName)i)->key, info->key),
		    "[%s] %s stands twice", info->section, info->key);
}
END_TEST

static const struct {
	SettingName name;
	const char *text;
	const char *want;
} good[] = {
	{ SETTING_SOCKET, "[milter]\nsocket = inet:8891@localhost\n",
	  "inet:8891@localhost" },
	{ SETTING_SOCKET_MODE, "[milter]\nsocket-mode = 0600\n", "0600" },
	{ SETTING_SOCKET_MODE, "[milter]\nsocket-mode = 0777\n", "0777" },
	{ SETTING_SOCKET_OWNER, "[milter]\nsocket-owner = postfix\n", "postfix" },
	{ SETTING_SOCKET_GROUP, "[milter]\nsocket-group =\n", "" },
	{ SETTING_MODE, "[milter]\nmode = observe\n", "observe" },
	{ SETTING_TRUST_AUTHSERV_ID, "[trust]\nauthserv-id = mx.example.net, b\n",
	  "mx.example.net, b" },
	{ SETTING_TRUST_ARC_SEALERS, "[trust]\narc-sealers = example.net b.example\n",
	  "example.net b.example" },
	{ SETTING_CONTROL, "[milter]\ncontrol =\n", "" },
	{ SETTING_TRUST_OWN_NETWORKS,
	  "[trust]\nown-networks = 192.0.2.0/24, ::1 10.1.2.3\n",
	  "192.0.2.0/24, ::1 10.1.2.3" },
	{ SETTING_PEOPLE_STORE, "[people]\nstore = sqlite:/srv/people.db\n",
	  "sqlite:/srv/people.db" },
	{ SETTING_PEOPLE_DELIMITER, "[people]\nrecipient-delimiter = -\n", "-" },
	{ SETTING_PEOPLE_LEARN, "[people]\nlearn = no\n", "no" },
	{ SETTING_PEOPLE_ABOUT, "[people]\nabout = FOSDEM, \"type systems\"\n",
	  "FOSDEM, \"type systems\"" },
	{ SETTING_PEOPLE_KEEP, "[people]\nkeep = 365\n", "365" },
	{ SETTING_PEOPLE_KEEP_INVITATIONS, "[people]\nkeep-invitations = no\n", "no" },
	{ SETTING_PEOPLE_KEEP_INVITATIONS, "[people]\nkeep-invitations = 7\n", "7" },
	{ SETTING_PEOPLE_LIMIT, "[people]\nlimit = 7\n", "7" },
	{ SETTING_POLICY_BANNER, "[policy]\nbanner = true\n", "true" },
	{ SETTING_POLICY_SUBJECT, "[policy]\nsubject = [%v]\n", "[%v]" },
	{ SETTING_SUGGESTION_LANGUAGE, "[suggestion]\nlanguage = pt-BR\n", "pt-BR" },
	{ SETTING_SUGGESTION_TONE, "[suggestion]\ntone = brief\n", "brief" },
	{ SETTING_SUGGESTION_REPLIES, "[suggestion]\nreplies = jane.reply, /x/y.reply\n",
	  "jane.reply, /x/y.reply" },
	{ SETTING_SUGGESTION_MARK, "[suggestion]\nmark = Heron-27\n", "Heron-27" },
	{ SETTING_SUGGESTION_MARK,
	  "[suggestion]\nmark = aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb\n",
	  "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb" },
	{ SETTING_LIMITS_MAIL, "[limits]\nmail = 4096\n", "4096" },
	{ SETTING_LIMITS_MAIL, "[limits]\nmail = 4194304\n", "4194304" },
	{ SETTING_LOG_TARGET, "[log]\ntarget = stderr\n", "stderr" },
	{ SETTING_LOG_LEVEL, "# why\n[log]\n\nlevel=debug\n", "debug" },
};

START_TEST(a_value_within_bounds_is_taken)
{
	g_autoptr(Settings) settings = read_good(good[_i].text);

	for (SettingName name = 0; name < SETTING_LAST; name++)
		ck_assert_str_eq(settings_text(settings, name),
				 name == good[_i].name ? good[_i].want
						       : settings_info(name)->fallback);
}
END_TEST

static const struct {
	const char *text;
	const char *want; /* behind the path */
} bad[] = {
	{ "[milter]\nsoket = x\n",
	  ":2: [milter] soket: no such key; did you mean \"socket\"?" },
	{ "[milter]\n\n# mode\nmod = x\n",
	  ":4: [milter] mod: no such key; did you mean \"mode\"?" },
	{ "[log]\nwhatever = x\n",
	  ":2: [log] whatever: no such key; there are target, level, format" },
	/* A key of another section is none of this one. */
	{ "[log]\nbanner = yes\n",
	  ":2: [log] banner: no such key; it belongs to [policy]" },
	{ "[miltr]\nsocket = x\n",
	  ":1: [miltr]: no such section; did you mean \"milter\"?" },
	{ "\n[polices]\n", ":2: [polices]: no such section; did you mean \"policy\"?" },
	{ "[recipient jane]\n",
	  ":1: [recipient jane]: name the recipient's whole address, [recipient "
	  "user@domain], or a domain, [domain domain]" },
	{ "[weather]\nrain = yes\n",
	  ":1: [weather]: no such section; there are milter, trust, people, policy, "
	  "suggestion, digest, limits, metrics, log, recipient, domain" },
	{ "socket = x\n", ":1: socket: stands before any [group]" },
	{ "[milter]\nmode = observe\nmode = enforce\n",
	  ":3: [milter] mode: given twice, first in line 2" },
	{ "[milter]\nsocket = milter.sock\n",
	  ":2: [milter] socket: give unix: and a whole path, inet:PORT@HOST or "
	  "inet6:PORT@HOST" },
	{ "[milter]\nsocket = unix:milter.sock\n",
	  ":2: [milter] socket: give unix: and a whole path, inet:PORT@HOST or "
	  "inet6:PORT@HOST" },
	{ "[milter]\nsocket =\n",
	  ":2: [milter] socket: give unix: and a whole path, inet:PORT@HOST or "
	  "inet6:PORT@HOST" },
	{ "[milter]\ncontrol = control.sock\n",
	  ":2: [milter] control: give unix: and a whole path, or nothing" },
	{ "[milter]\nmode = watch\n", ":2: [milter] mode: give one of enforce|observe" },
	{ "[milter]\nmode =\n", ":2: [milter] mode: give one of enforce|observe" },
	{ "[milter]\nsocket-mode = 0668\n",
	  ":2: [milter] socket-mode: give octal permissions such as 0660" },
	{ "[milter]\nsocket-mode = 0\n",
	  ":2: [milter] socket-mode: give octal permissions such as 0660" },
	{ "[milter]\nsocket-mode = 01000\n",
	  ":2: [milter] socket-mode: give octal permissions such as 0660" },
	{ "[milter]\nsocket-mode =\n",
	  ":2: [milter] socket-mode: give octal permissions such as 0660" },
	{ "[trust]\nown-networks = 192.0.2.1/24\n",
	  ":2: [trust] own-networks: give networks such as 192.0.2.0/24 or "
	  "2001:db8::/32, "
	  "with no bit set behind the prefix" },
	{ "[people]\nstore = people.db\n",
	  ":2: [people] store: give sqlite: and the whole path of a file" },
	{ "[people]\nlearn = maybe\n", ":2: [people] learn: give yes or no" },
	{ "[people]\ncolleagues = jane@example.org\n",
	  ":2: [people] colleagues: give domains such as example.org, without \"@\"" },
	{ "[people]\ncolleagues = ex..ample.org\n",
	  ":2: [people] colleagues: give domains such as example.org, without \"@\"" },
	{ "[people]\ndomain = example..org\n",
	  ":2: [people] domain: give a domain such as example.org, without \"@\"" },
	{ "[people]\nkeep = 36501\n",
	  ":2: [people] keep: give a number from 0 to 36500" },
	{ "[people]\nkeep-invitations = yes\n",
	  ":2: [people] keep-invitations: give a number from 0 to 36500, or no" },
	{ "[people]\nexpire-invitations = no\n",
	  ":2: [people] expire-invitations: give a number from 0 to 36500" },
	{ "[policy]\nbanner = maybe\n", ":2: [policy] banner: give yes or no" },
	{ "[suggestion]\nmark = two words\n",
	  ":2: [suggestion] mark: give at most 32 letters, digits and \"-\"" },
	{ "[suggestion]\nmark = h\xc3\xa9ron\n",
	  ":2: [suggestion] mark: give at most 32 letters, digits and \"-\"" },
	{ "[suggestion]\nmark = aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbc\n",
	  ":2: [suggestion] mark: give at most 32 letters, digits and \"-\"" },
	{ "[limits]\nmail = 4095\n",
	  ":2: [limits] mail: give a number from 4096 to 4194304" },
	{ "[limits]\nmail = 4194305\n",
	  ":2: [limits] mail: give a number from 4096 to 4194304" },
	{ "[limits]\nmail = -1\n",
	  ":2: [limits] mail: give a number from 4096 to 4194304" },
	{ "[limits]\nmail = 512k\n",
	  ":2: [limits] mail: give a number from 4096 to 4194304" },
	{ "[limits]\nmail = 99999999999999999999999\n",
	  ":2: [limits] mail: give a number from 4096 to 4194304" },
	{ "[limits]\nmail =\n", ":2: [limits] mail: give a number from 4096 to 4194304" },
	{ "[log]\ntarget = both\n", ":2: [log] target: give one of syslog|stderr" },
	{ "[log]\nlevel = warning\n", ":2: [log] level: give one of error|info|debug" },
	{ "[recipient jane]\nlanguage = de\n",
	  ":1: [recipient jane]: name the "
	  "recipient's whole address, [recipient "
	  "user@domain], or a domain, [domain domain]" },
	{ "[recipient jane@]\nlanguage = de\n",
	  ":1: [recipient jane@]: name the recipient's whole address, "
	  "[recipient user@domain], or a domain, [domain domain]" },
	{ "[recipient jane d@example.org]\nlanguage = de\n",
	  ":1: [recipient jane d@example.org]: name the recipient's whole "
	  "address, [recipient user@domain], or a domain, [domain domain]" },
	{ "[domain example..org]\nlanguage = de\n",
	  ":1: [domain example..org]: name the recipient's whole address, "
	  "[recipient user@domain], or a domain, [domain domain]" },
	{ "[recipient @example.org]\nlanguage = de\n",
	  ":1: [recipient @example.org]: name the recipient's whole address, "
	  "[recipient user@domain], or a domain, [domain domain]" },
	{ "[domain jane@example.org]\nlanguage = de\n",
	  ":1: [domain jane@example.org]: name the recipient's whole address, "
	  "[recipient user@domain], or a domain, [domain domain]" },
	{ "[domian example.org]\nlanguage = de\n",
	  ":1: [domian example.org]: no such section; there are milter, trust, "
	  "people, policy, suggestion, digest, limits, metrics, log, recipient, domain" },
	{ "[domian]\nlanguage = de\n",
	  ":1: [domian]: no such section; did you mean \"domain\"?" },
	{ "[recipient jane@example.org]\nbanner = yes\n",
	  ":2: [recipient jane@example.org] banner: no such key for a recipient; there "
	  "are learn, keep, keep-invitations, expire-invitations, about, colleagues, "
	  "networks, language, tone, replies, mark, digest, digest-hour, "
	  "digest-weekday, time-zone, digest-unanswered, digest-from" },
	{ "[digest]\ntime-zone = Europe/Atlantis\n",
	  ":2: [digest] time-zone: give a time zone that this host knows, such as "
	  "Europe/Amsterdam" },
	{ "[digest]\ndigest-from = postmaster\n",
	  ":2: [digest] digest-from: give a whole address, user@domain, or nothing" },
	{ "[suggestion]\ntone = curt\n",
	  ":2: [suggestion] tone: give one of friendly|brief|formal" },
	{ "[domain example.org]\ntone =\n",
	  ":2: [domain example.org] tone: give one of friendly|brief|formal" },
	{ "[recipient jane@example.org]\nlanguage = de\nmark = two words\n",
	  ":3: [recipient jane@example.org] mark: give at most 32 letters, digits and "
	  "\"-\"" },
};

START_TEST(a_mistake_is_named_with_its_line_and_what_was_meant)
{
	g_autofree char *message = NULL;
	g_autoptr(Settings) settings = read_text(bad[_i].text, &message);

	ck_assert_msg(settings == NULL, "%s: was taken", bad[_i].text);
	ck_assert_str_eq(message, bad[_i].want);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_named)
{
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(settings_new("/nonexistent/invite-milter.conf", &error));
	ck_assert_ptr_nonnull(error);
	ck_assert_ptr_nonnull(strstr(error->message, "/nonexistent/invite-milter.conf"));
}
END_TEST

START_TEST(a_recipient_goes_before_the_general_setting)
{
	g_autoptr(Settings) settings = read_good("[suggestion]\n"
						 "language = fr\n"
						 "mark = all\n"
						 "[recipient Jane@Example.ORG]\n"
						 "language = de\n"
						 "learn = no\n"
						 "[recipient bob@example.org]\n"
						 "keep = 30\n"
						 "mark =\n");
	static const struct {
		const char *recipient, *language, *mark;
	} want[] = {
		{ "jane@example.org", "de", "all" },
		{ "bob@example.org", "fr", "" },
		{ "eve@example.org", "fr", "all" },
		{ NULL, "fr", "all" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
		ck_assert_str_eq(settings_text_for(settings, SETTING_SUGGESTION_LANGUAGE,
						   want[i].recipient),
				 want[i].language);
		ck_assert_str_eq(settings_text_for(settings, SETTING_SUGGESTION_MARK,
						   want[i].recipient),
				 want[i].mark);
	}
	ck_assert(!settings_flag_for(settings, SETTING_PEOPLE_LEARN, "jane@example.org"));
	ck_assert(settings_flag_for(settings, SETTING_PEOPLE_LEARN, "bob@example.org"));
	ck_assert_uint_eq(
	    settings_number_for(settings, SETTING_PEOPLE_KEEP, "bob@example.org"), 30);
	ck_assert_uint_eq(settings_number_for(settings, SETTING_PEOPLE_KEEP, NULL), 0);
}
END_TEST

START_TEST(a_domain_stands_between_a_recipient_and_all)
{
	g_autoptr(Settings) settings = read_good("[suggestion]\n"
						 "tone = brief\n"
						 "replies = all\n"
						 "[domain Example.org]\n"
						 "tone = formal\n"
						 "replies = domain\n"
						 "[recipient jane@example.org]\n"
						 "replies = jane\n");
	static const struct {
		const char *recipient, *tone, *replies;
	} want[] = {
		{ "jane@example.org", "formal", "jane" },
		{ "bob@example.org", "formal", "domain" },
		{ "bob@sub.example.org", "brief", "all" },
		{ "@example.org", "formal", "domain" },
		{ "example.org", "brief", "all" },
		{ NULL, "brief", "all" },
	};
	g_autoptr(GPtrArray) values =
	    settings_values(settings, SETTING_SUGGESTION_REPLIES);

	for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
		ck_assert_str_eq(settings_text_for(settings, SETTING_SUGGESTION_TONE,
						   want[i].recipient),
				 want[i].tone);
		ck_assert_str_eq(settings_text_for(settings, SETTING_SUGGESTION_REPLIES,
						   want[i].recipient),
				 want[i].replies);
	}
	ck_assert_uint_eq(values->len, 3);
	ck_assert_str_eq(values->pdata[0], "all");
	ck_assert(g_ptr_array_find_with_equal_func(values, "domain", g_str_equal, NULL));
	ck_assert(g_ptr_array_find_with_equal_func(values, "jane", g_str_equal, NULL));
}
END_TEST

START_TEST(settings_outlive_who_made_them)
{
	Settings *settings = read_good("[policy]\nsubject = kept\n");
	g_autoptr(Settings) second = settings_ref(settings);

	settings_unref(settings);
	ck_assert_str_eq(settings_text(second, SETTING_POLICY_SUBJECT), "kept");
	settings_unref(NULL);
}
END_TEST

/* The shipped file with all that is commented out put in force: "#x", not "# x". */
static char *
shipped_in_force(size_t *settings_out)
{
	g_autofree char *shipped = read_source("contrib/invite-milter.conf");
	g_auto(GStrv) lines = g_strsplit(shipped, "\n", -1);
	GString *text = g_string_new(NULL);
	bool is_general = true;

	*settings_out = 0;
	for (size_t i = 0; lines[i] != NULL; i++) {
		bool is_off =
		    lines[i][0] == '#' && lines[i][1] != ' ' && lines[i][1] != '\0';
		const char *line = is_off ? lines[i] + 1 : lines[i];

		if (line[0] == '[')
			is_general = !g_str_has_prefix(line, "[recipient ") &&
				     !g_str_has_prefix(line, "[domain ");
		else if (is_off && is_general)
			++*settings_out;
		g_string_append_printf(text, "%s\n", line);
	}

	return g_string_free(text, FALSE);
}

START_TEST(the_shipped_file_sets_nothing)
{
	g_autofree char *shipped = read_source("contrib/invite-milter.conf");
	g_auto(GStrv) lines = g_strsplit(shipped, "\n", -1);

	g_autoptr(Settings) settings = read_good(shipped);

	for (size_t i = 0; lines[i] != NULL; i++)
		ck_assert_msg(strchr("#[", lines[i][0]) != NULL, "line %zu: %s", i + 1,
			      lines[i]);
	for (SettingName name = 0; name < SETTING_LAST; name++)
		ck_assert_str_eq(settings_text(settings, name),
				 settings_info(name)->fallback);
}
END_TEST

START_TEST(the_shipped_file_in_force_changes_nothing)
{
	size_t count;
	g_autofree char *text = shipped_in_force(&count);
	g_autoptr(Settings) settings = read_good(text);

	ck_assert_uint_eq(count, SETTING_LAST);
	for (SettingName name = 0; name < SETTING_LAST; name++) {
		g_autofree char *want = as_documented(settings_info(name)->fallback);

		ck_assert_str_eq(settings_text(settings, name), want);
	}
}
END_TEST

/* What stands below one heading, up to the next; NULL without the heading. */
static char *
part_below(const char *text, const char *heading, const char *next)
{
	g_autofree char *whole = g_strdup_printf("\n%s\n", heading);
	const char *start = strstr(text, whole), *end;

	if (start == NULL)
		return NULL;
	start += strlen(whole) - 1;
	end = strstr(start, next);

	return end != NULL ? g_strndup(start, (size_t)(end - start)) : g_strdup(start);
}

START_TEST(the_shipped_file_has_each_setting_with_help_and_default)
{
	const SettingsInfo *info = settings_info((SettingName)_i);
	g_autofree char *shipped = read_source("contrib/invite-milter.conf");
	g_autofree char *heading = g_strdup_printf("[%s]", info->section);
	g_autofree char *section = part_below(shipped, heading, "\n[");
	g_autofree char *fallback = as_documented(info->fallback);
	g_autofree char *want =
	    g_strdup_printf("\n# %s\n#%s =%s%s\n", info->help, info->key,
			    fallback[0] != '\0' ? " " : "", fallback);

	ck_assert_msg(section != NULL, "no %s", heading);
	ck_assert_msg(strstr(section, want) != NULL, "%s: not found:%s", heading, want);
}
END_TEST

START_TEST(the_manual_has_each_setting_with_its_default)
{
	const SettingsInfo *info = settings_info((SettingName)_i);
	g_autofree char *manual = read_source("man/invite-milter.conf.5");
	g_autofree char *heading = g_strdup_printf(".Ss [%s]", info->section);
	g_autofree char *section = part_below(manual, heading, "\n.Ss ");
	g_autofree char *begin = g_strdup_printf("\n.It Cm %s =", info->key);
	g_autofree char *item = NULL;
	g_autofree char *fallback = as_documented(info->fallback);
	g_autofree char *want =
	    fallback[0] != '\0'
		? g_strdup_printf("\nThe default is\n.Ql %s .\n", fallback)
		: g_strdup("\nEmpty by default.\n");
	const char *start, *end;

	ck_assert_msg(section != NULL, "no \"%s\"", heading);
	start = strstr(section, begin);
	ck_assert_msg(start != NULL, "%s: no \"%s\"", heading, begin + 1);
	start += strlen(begin);
	end = strstr(start, "\n.It Cm");
	item = g_strndup(start, end != NULL ? (size_t)(end + 1 - start) : strlen(start));
	ck_assert_msg(strstr(item, want) != NULL, "[%s] %s: not found:%s", info->section,
		      info->key, want);
}
END_TEST

START_TEST(the_manual_has_no_other_setting)
{
	g_autofree char *manual = read_source("man/invite-milter.conf.5");
	g_auto(GStrv) sections = g_strsplit(manual, "\n.Ss [", -1);
	size_t count = 0;

	for (size_t i = 1; i < g_strv_length(sections); i++) {
		g_auto(GStrv) items = NULL;

		/* A recipient's are the general ones again. */
		if (g_str_has_prefix(sections[i], "recipient "))
			continue;
		items = g_strsplit(sections[i], "\n.It Cm ", -1);
		count += g_strv_length(items) - 1;
	}
	ck_assert_uint_eq(count, SETTING_LAST);
}
END_TEST

static Suite *
settings_suite(void)
{
	Suite *suite = suite_create("settings");
	TCase *reading = tcase_create("reading");
	TCase *documents = tcase_create("documents");

	tcase_add_test(reading, without_a_file_every_setting_has_its_default);
	tcase_add_loop_test(reading, every_setting_has_a_place_and_a_help, 0,
			    SETTING_LAST);
	tcase_add_loop_test(reading, a_value_within_bounds_is_taken, 0,
			    G_N_ELEMENTS(good));
	tcase_add_loop_test(reading, a_mistake_is_named_with_its_line_and_what_was_meant,
			    0, G_N_ELEMENTS(bad));
	tcase_add_test(reading, a_file_that_is_not_there_is_named);
	tcase_add_test(reading, a_recipient_goes_before_the_general_setting);
	tcase_add_test(reading, a_domain_stands_between_a_recipient_and_all);
	tcase_add_test(reading, settings_outlive_who_made_them);
	suite_add_tcase(suite, reading);

	tcase_add_test(documents, the_shipped_file_sets_nothing);
	tcase_add_test(documents, the_shipped_file_in_force_changes_nothing);
	tcase_add_loop_test(documents,
			    the_shipped_file_has_each_setting_with_help_and_default, 0,
			    SETTING_LAST);
	tcase_add_loop_test(documents, the_manual_has_each_setting_with_its_default, 0,
			    SETTING_LAST);
	tcase_add_test(documents, the_manual_has_no_other_setting);
	suite_add_tcase(suite, documents);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(settings_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
