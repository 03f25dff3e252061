/* SPDX-License-Identifier: BSD-2-Clause */
/* check_owner.c - is a mailbox found behind its addresses, and no other's? */

#include "config.h"

#include <stdlib.h>

#include <glib/gstdio.h>

#include "fixture.h"
#include "people/owner.h"

static const char conf[] = "[trust]\n"
			   "own-networks = 192.0.2.0/24 2001:db8::/32\n"
			   "own-daemons = ORIGINATING, MSA\n"
			   "[people]\n"
			   "aliases = Info@example.org=jane@example.org "
			   "@example.com=@example.org, jdoe=jane@example.org\n";

static Owners *
owners_of_conf(const char *text)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = fixture_settings(text);
	Owners *owners = owners_new(settings, &error);

	ck_assert_msg(owners != NULL, "%s", error != NULL ? error->message : "");

	return owners;
}

static const struct {
	const char *address, *want;
} addresses[] = {
	{ "jane@example.org", "jane@example.org" },
	{ "<Jane@Example.ORG>", "jane@example.org" },
	{ "jane+lists@example.org", "jane@example.org" },
	{ "<jane+a+b@example.org>", "jane@example.org" },
	/* A mailbox has a name before its detail. */
	{ "+jane@example.org", "+jane@example.org" },
	{ "info@example.org", "jane@example.org" },
	{ "INFO+x@example.org", "jane@example.org" },
	{ "bob@example.com", "bob@example.org" },
	{ "bob+x@EXAMPLE.com", "bob@example.org" },
	/* Aliases are looked up once. */
	{ "info@example.com", "info@example.org" },
	{ "bob@sub.example.com", "bob@sub.example.com" },
	{ "postmaster", "postmaster" },
	{ "", "" },
	{ "<>", "" },
	{ "<", "<" },
};

START_TEST(an_address_leads_to_its_mailbox)
{
	g_autoptr(Owners) owners = owners_of_conf(conf);
	g_autofree char *got = owners_of_address(owners, addresses[_i].address);

	ck_assert_msg(g_str_equal(got, addresses[_i].want), "%s: got %s, want %s",
		      addresses[_i].address, got, addresses[_i].want);
}
END_TEST

static const struct {
	Sender sender;
	bool is_outgoing;
	const char *owner;
} senders[] = {
	{ { NULL, "<a@example.net>", "198.51.100.7", "smtpd" }, false, NULL },
	{ { "", "<jane@example.org>", "198.51.100.7", NULL }, false, NULL },
	{ { "jane@example.org", "<jane@example.org>", "198.51.100.7", NULL },
	  true,
	  "jane@example.org" },
	/* The login says who it is, whatever the sender says. */
	{ { "eve@example.org", "<jane@example.org>", NULL, NULL },
	  true,
	  "eve@example.org" },
	{ { "eve@example.org", "<jane@example.org>", "192.0.2.1", NULL },
	  true,
	  "eve@example.org" },
	{ { "Jane+x@Example.com", "<>", NULL, NULL }, true, "jane@example.org" },
	{ { "jdoe", "<eve@example.org>", NULL, NULL }, true, "jane@example.org" },
	{ { "bob", "<Bob+x@example.com>", NULL, NULL }, true, "bob@example.org" },
	{ { "bob", "<jane@example.org>", NULL, NULL }, true, NULL },
	{ { "bob", "<bobby@example.org>", NULL, NULL }, true, NULL },
	{ { "bob", NULL, NULL, NULL }, true, NULL },
	{ { "bob", "<>", "192.0.2.1", NULL }, true, NULL },
	{ { NULL, "<Bob@example.org>", "192.0.2.1", NULL }, true, "bob@example.org" },
	{ { NULL, "<bob@example.org>", "2001:db8::7", NULL }, true, "bob@example.org" },
	{ { NULL, "<bob@example.org>", "192.0.3.1", NULL }, false, NULL },
	{ { NULL, "<>", "192.0.2.1", NULL }, true, NULL },
	{ { NULL, "<bob@example.org>", "unknown", NULL }, false, NULL },
	/* A daemon's name proves nobody. */
	{ { NULL, "<bob@example.org>", "198.51.100.7", "MSA" }, true, NULL },
	{ { NULL, "<bob@example.org>", "198.51.100.7", "msa" }, false, NULL },
};

START_TEST(outgoing_mail_has_the_owner_that_is_proven)
{
	g_autoptr(Owners) owners = owners_of_conf(conf);
	const Sender *sender = &senders[_i].sender;
	g_autofree char *got = owners_of_sender(owners, sender);

	ck_assert_int_eq(owners_is_outgoing(owners, sender), senders[_i].is_outgoing);
	ck_assert_msg(g_strcmp0(got, senders[_i].owner) == 0, "row %d: got %s, want %s",
		      _i, got, senders[_i].owner);
}
END_TEST

START_TEST(a_domain_that_is_set_is_every_bare_logins)
{
	g_autoptr(Owners) owners =
	    owners_of_conf("[people]\ndomain = Example.org\nrecipient-delimiter =\n");
	const Sender bob = { .login = "Bob", .address = "<bob@example.net>" };
	g_autofree char *login = owners_of_sender(owners, &bob);
	g_autofree char *user = owners_of_user(owners, "jane");
	g_autofree char *whole = owners_of_address(owners, "jane+x@example.org");

	ck_assert_str_eq(login, "bob@example.org");
	ck_assert_str_eq(user, "jane@example.org");
	ck_assert_str_eq(whole, "jane+x@example.org");
}
END_TEST

/* "www-data" is no detail of "www", nor "jane+x" one of "jane". */
START_TEST(a_login_without_domain_has_no_detail)
{
	static const char *const logins[] = { "www-data", "jane+x" };
	g_autoptr(Owners) owners =
	    owners_of_conf("[people]\ndomain = example.org\nrecipient-delimiter = -+\n");

	for (size_t i = 0; i < G_N_ELEMENTS(logins); i++) {
		const Sender sender = { .login = logins[i] };
		g_autofree char *want = g_strconcat(logins[i], "@example.org", NULL);
		g_autofree char *user = owners_of_user(owners, logins[i]);
		g_autofree char *login = owners_of_sender(owners, &sender);

		ck_assert_str_eq(user, want);
		ck_assert_str_eq(login, want);
	}
}
END_TEST

START_TEST(a_user_has_a_mailbox_only_where_it_was_said)
{
	g_autoptr(Owners) owners = owners_of_conf(conf);
	g_autofree char *jdoe = owners_of_user(owners, "jdoe");

	ck_assert_str_eq(jdoe, "jane@example.org");
	ck_assert_ptr_null(owners_of_user(owners, "bob"));
}
END_TEST

START_TEST(a_mailbox_is_named_by_address_or_login)
{
	g_autoptr(Owners) owners = owners_of_conf("[people]\ndomain = example.org\n");
	g_autoptr(Owners) bare = owners_of_conf("");
	g_autofree char *address = owners_of_either(owners, "Jane+x@example.net");
	g_autofree char *login = owners_of_either(owners, "Jane");

	ck_assert_str_eq(address, "jane@example.net");
	ck_assert_str_eq(login, "jane@example.org");
	ck_assert_ptr_null(owners_of_either(bare, "jane"));
}
END_TEST

static const struct {
	const char *aliases, *want;
} bad[] = {
	{ "info@example.org", "\"info@example.org\": write user@domain=user@domain" },
	{ "a@example.org=", "write user@domain" },
	{ "=a@example.org", "write user@domain" },
	{ "a@example.org=b", "write user@domain" },
	{ "a@example.org=@example.com", "write user@domain" },
	{ "@example.org=a@example.com", "write user@domain" },
	{ "a@example.org=a@example..com", "write user@domain" },
	{ "a=..@.", "write user@domain" },
	{ "@example.org=@.example.com", "write user@domain" },
	{ "a@x.example=b@x.example a@x.example=c@x.example", "stands twice" },
	{ "/nonexistent/aliases", "[people] aliases: " },
};

START_TEST(an_alias_that_is_none_is_named)
{
	g_autofree char *text =
	    g_strdup_printf("[people]\naliases = %s\n", bad[_i].aliases);
	g_autoptr(Settings) settings = fixture_settings(text);
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(owners_new(settings, &error));
	ck_assert_msg(strstr(error->message, bad[_i].want) != NULL, "%s", error->message);
}
END_TEST

START_TEST(a_file_of_aliases_is_read_by_lines)
{
	g_autofree char *path = NULL, *text = NULL, *got = NULL;
	int fd = g_file_open_tmp("check_owner.XXXXXX", &path, NULL);
	g_autoptr(Owners) owners = NULL;
	g_autoptr(Settings) settings = NULL;
	g_autoptr(GError) error = NULL;

	g_close(fd, NULL);
	text = g_strdup_printf("[people]\naliases = %s\n", path);
	settings = fixture_settings(text);
	g_file_set_contents(path, "# ours\n\n a@example.org = b@example.org\n", -1, NULL);
	owners = owners_new(settings, NULL);
	got = owners_of_address(owners, "a@example.org");
	ck_assert_str_eq(got, "b@example.org");

	g_file_set_contents(path, "a@x.example=b@x.example\nnobody\n", -1, NULL);
	ck_assert_ptr_null(owners_new(settings, &error));
	g_unlink(path);
	ck_assert_msg(g_str_has_prefix(error->message, path) &&
			  strstr(error->message, ":2: \"nobody\"") != NULL,
		      "%s", error->message);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("owner");
	TCase *owner = tcase_create("owner");

	tcase_add_loop_test(owner, an_address_leads_to_its_mailbox, 0,
			    G_N_ELEMENTS(addresses));
	tcase_add_loop_test(owner, outgoing_mail_has_the_owner_that_is_proven, 0,
			    G_N_ELEMENTS(senders));
	tcase_add_test(owner, a_domain_that_is_set_is_every_bare_logins);
	tcase_add_test(owner, a_login_without_domain_has_no_detail);
	tcase_add_test(owner, a_user_has_a_mailbox_only_where_it_was_said);
	tcase_add_test(owner, a_mailbox_is_named_by_address_or_login);
	tcase_add_loop_test(owner, an_alias_that_is_none_is_named, 0, G_N_ELEMENTS(bad));
	tcase_add_test(owner, a_file_of_aliases_is_read_by_lines);
	suite_add_tcase(suite, owner);

	return fixture_run(suite);
}
