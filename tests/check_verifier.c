/* SPDX-License-Identifier: BSD-2-Clause */
/* check_verifier.c - is a verifier known, and the name under which it writes? */

#include "config.h"

#include <glib/gstdio.h>

#include "ctl/verifier.h"
#include "fixture.h"

static const struct {
	const char *address;
	bool want;
} addresses[] = {
	{ "unix:opendkim/opendkim.sock", true }, { "inet:localhost:8891", true },
	{ "inet:127.0.0.1:8893", true },         { "inet:localhost:11332", true },
	{ "unix:/run/rspamd/milter", true },     { "unix:clamav/milter.sock", false },
	{ "inet:localhost:10025", false },
};

START_TEST(verifiers_are_known)
{
	ck_assert_msg(verifier_is(addresses[_i].address) == addresses[_i].want, "%s",
		      addresses[_i].address);
}
END_TEST

/* FOLDER: where opendkim.conf is. */
static const struct {
	const char *address, *conf, *name, *place;
} names[] = {
	{ "unix:opendkim/s", "Mode v\nAuthservID  a.example.org\n", "a.example.org",
	  "2" },
	{ "inet:localhost:8891", "authservid b.example.org # ours\n", "b.example.org",
	  "1" },
	{ "unix:opendkim/s", "AuthservID a.example\nAuthservID b.example\n", "b.example",
	  "2" },
	{ "unix:opendkim/s", "#AuthservID a.example.org\n", NULL, NULL },
	{ "unix:opendkim/s", "AuthservID HOSTNAME\nAuthservID\n", NULL, NULL },
	{ "unix:rspamd/s", "AuthservID a.example.org\n", NULL, NULL },
	{ "unix:opendmarc/s", "AuthservID a.example.org\n", NULL, NULL },
};

START_TEST(names_are_told_with_their_line)
{
	g_autofree char *folder = g_dir_make_tmp("check-verifier-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "opendkim.conf", NULL);
	g_autofree char *place = NULL, *name = NULL, *want = NULL;

	ck_assert(g_file_set_contents(path, names[_i].conf, -1, NULL));
	name = verifier_name(folder, names[_i].address, &place);
	want = names[_i].place != NULL ? g_strconcat(path, ":", names[_i].place, NULL)
				       : NULL;
	g_unlink(path);
	g_rmdir(folder);

	ck_assert_pstr_eq(name, names[_i].name);
	ck_assert_pstr_eq(place, want);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("verifier");
	TCase *tcase = tcase_create("verifier");

	tcase_add_loop_test(tcase, verifiers_are_known, 0, G_N_ELEMENTS(addresses));
	tcase_add_loop_test(tcase, names_are_told_with_their_line, 0,
			    G_N_ELEMENTS(names));
	suite_add_tcase(suite, tcase);

	return fixture_run(suite);
}
