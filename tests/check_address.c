/* SPDX-License-Identifier: BSD-2-Clause */
/* check_address.c - what is an address, and which does a list hold? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "text/address.h"

/* Each entry as name|address, a group as name|, entries parted by " / ". */
static const struct {
	const char *raw;
	const char *want;
	AddressListEnd end;
} lists[] = {
	{ "Jane Doe <jane@example.org>", "Jane Doe|jane@example.org",
	  ADDRESS_LIST_CLEAR },
	{ "jane@example.org (Jane (JD) Doe)", "Jane (JD) Doe|jane@example.org",
	  ADDRESS_LIST_CLEAR },
	{ "<jane@example.org> (Jane)", "Jane|jane@example.org", ADDRESS_LIST_CLEAR },
	{ "jane(her) @ (at work) example . org", "at work|jane@example.org",
	  ADDRESS_LIST_CLEAR },
	{ "\"J \\\"D\\\" \\\\ (x)\" <j@example.org>", "J \"D\" \\ (x)|j@example.org",
	  ADDRESS_LIST_CLEAR },
	{ "\"J\".doe@example.org", "|\"J\".doe@example.org", ADDRESS_LIST_CLEAR },
	{ "=?utf-8?q?Doe,_<J>?= <j@example.org>", "=?utf-8?q?Doe,_|J / ?=|j@example.org",
	  ADDRESS_LIST_CLEAR },
	{ "=?utf-8?q?Doe,_J?= <j@example.org>", "=?utf-8?q?Doe,_J?=|j@example.org",
	  ADDRESS_LIST_CLEAR },
	{ "Team: a@example.org, B <b@example.org>;, c@example.org",
	  "Team| / |a@example.org / B|b@example.org / |c@example.org",
	  ADDRESS_LIST_CLEAR },
	{ "undisclosed-recipients:;", "undisclosed-recipients|", ADDRESS_LIST_CLEAR },
	{ "a:b:c@example.org;;", "a| / b| / |c@example.org", ADDRESS_LIST_CLEAR },
	{ "j@[IPv6:2001:db8::1]", "|j@[IPv6:2001:db8::1]", ADDRESS_LIST_CLEAR },
	{ ",, ,", "", ADDRESS_LIST_CLEAR },
	/* A comma in a name without quotes. */
	{ "Doe, Jane <j@example.org>, Roe ,R. <r@example.org>",
	  "Doe, Jane|j@example.org / Roe ,R.|r@example.org", ADDRESS_LIST_CLEAR },
	{ "Team: Doe,, MD, \"J\" <j@example.org>, <r@example.org>;",
	  "Team| / |Doe / |MD / J|j@example.org / |r@example.org", ADDRESS_LIST_CLEAR },
	{ "=?utf-8?q?D=C3=B6?=, =?utf-8?q?J?= <j@example.org>",
	  "=?utf-8?q?D=C3=B6?=, =?utf-8?q?J?=|j@example.org", ADDRESS_LIST_CLEAR },
	{ "jane, joe, r@example.org, Roe <r@example.org>",
	  "|jane / |joe / |r@example.org / Roe|r@example.org", ADDRESS_LIST_CLEAR },
	{ "j@example.org, R <r@example.org>, PhD <p@example.org>, x",
	  "|j@example.org / R|r@example.org / PhD|p@example.org / |x",
	  ADDRESS_LIST_CLEAR },
	{ "\"j@example.org\", Roe <r@example.org>",
	  "|\"j@example.org\" / Roe|r@example.org", ADDRESS_LIST_CLEAR },
	{ "Doe, (at work) <j@example.org>", "|Doe / at work|j@example.org",
	  ADDRESS_LIST_CLEAR },
	{ "<>", "", ADDRESS_LIST_CLEAR },
	/* An old route, and an "@" that nobody is named by. */
	{ "J <@a.example,@b.example:j@c.example>", "J|j@c.example",
	  ADDRESS_LIST_DOUBTFUL },
	{ "<a@example.org>@example.net", "|a@example.org", ADDRESS_LIST_DOUBTFUL },
	{ "a@example.org; b@example.org", "|a@example.org", ADDRESS_LIST_DOUBTFUL },
	{ "\"Jane <j@example.org>", "|\"Jane <j@example.org>", ADDRESS_LIST_DOUBTFUL },
	{ "j@example.org (Jane", "Jane|j@example.org", ADDRESS_LIST_DOUBTFUL },
	{ "j@example.org>", "|j@example.org", ADDRESS_LIST_DOUBTFUL },
	{ "x@[1111](a", "a|x@[1111]", ADDRESS_LIST_DOUBTFUL },
};

static void
write_entry(void *context, const char *name, const char *address)
{
	GString *out = context;

	g_string_append_printf(out, "%s%s|%s", out->len > 0 ? " / " : "", name,
			       address != NULL ? address : "");
}

START_TEST(a_list_holds_its_entries)
{
	g_autoptr(GString) got = g_string_new(NULL);
	AddressListEnd end = address_list(lists[_i].raw, write_entry, got);

	ck_assert_msg(strcmp(got->str, lists[_i].want) == 0 && end == lists[_i].end,
		      "%s: got %s (%d), want %s (%d)", lists[_i].raw, got->str, end,
		      lists[_i].want, lists[_i].end);
}
END_TEST

static const struct {
	const char *text;
	bool is_address;
} plain[] = {
	{ "jane@example.org", true },
	{ "jane.o'neill+x=y@e-x.example.org", true },
	{ "j\303\274rgen@b\303\274ro.example", true },
	{ "jane@[192.0.2.1]", true },
	{ "jane@[IPv6:2001:db8::1]", true },
	{ "jane", false },
	{ "", false },
	{ "@example.org", false },
	{ "jane@", false },
	{ "jane@.example.org", false },
	{ "jane@example..org", false },
	{ "jane@example.org.", false },
	{ "jane@@example.org", false },
	{ "a@b@example.org", false },
	{ "\"jane\"@example.org", false },
	{ "jane doe@example.org", false },
	{ "jane@exa mple.org", false },
	{ "jane@[example.org]", false },
	{ "[jane]@example.org", false },
	{ "jane@exam:ple.org", false },
	{ "<jane@example.org>", false },
	{ "jane\r\n@example.org", false },
	{ "ja\342\200\213ne@example.org", false },
	{ "ja\377ne@example.org", false },
};

START_TEST(an_address_is_one_for_all_uses)
{
	ck_assert_msg(address_is_plain(plain[_i].text) == plain[_i].is_address,
		      "%s: want %s", plain[_i].text, plain[_i].is_address ? "yes" : "no");
}
END_TEST

START_TEST(an_address_and_a_domain_are_limited)
{
	static const size_t lengths[] = { ADDRESS_MAX_DOMAIN, ADDRESS_MAX_DOMAIN + 1 };

	for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
		g_autofree char *domain = g_strnfill(lengths[i], 'd');
		g_autofree char *address = g_strconcat("jane@", domain, NULL);

		ck_assert_msg(address_is_domain(domain) == (i == 0), "%zu bytes",
			      lengths[i]);
		ck_assert_msg(address_is_plain(address) == (i == 0), "%zu bytes",
			      lengths[i]);
	}
	for (size_t more = 0; more < 2; more++) {
		g_autofree char *local = g_strnfill(ADDRESS_MAX_BYTES - 12 + more, 'j');
		g_autofree char *address = g_strconcat(local, "@example.org", NULL);

		ck_assert_msg(address_is_plain(address) == (more == 0), "%zu bytes",
			      strlen(address));
	}
}
END_TEST

static const struct {
	const char *domain;
	const char *parent;
	bool want;
} domains[] = {
	{ "orbit.example", "orbit.example", true },
	{ "e.orbit.example", "orbit.example", true },
	{ "Orbit.Example", "orbit.example", true },
	{ "oorbit.example", "orbit.example", false },
	{ "notorbit.example", "orbit.example", false },
	{ "orbit.example.example.org", "orbit.example", false },
	{ "example", "orbit.example", false },
	{ "", "orbit.example", false },
	{ "orbit.example", "", false },
	{ "", "", false },
};

START_TEST(a_domain_is_under_itself_and_its_parents)
{
	ck_assert_msg(address_is_under(domains[_i].domain, domains[_i].parent) ==
			  domains[_i].want,
		      "%s under %s: want %s", domains[_i].domain, domains[_i].parent,
		      domains[_i].want ? "yes" : "no");
}
END_TEST

static const struct {
	const char *given, *wanted;
} envelopes[] = {
	{ "<Jane@Example.ORG>", "jane@example.org" },
	{ "jane@example.org", "jane@example.org" },
	{ "<Jane+X@example.org>", "jane+x@example.org" },
	{ "<>", "" },
	{ "", "" },
	{ "<", "<" },
	{ ">", ">" },
	{ "<jane@example.org", "<jane@example.org" },
};

START_TEST(an_address_of_an_envelope_loses_its_brackets)
{
	g_autofree char *got = address_bare(envelopes[_i].given);

	ck_assert_str_eq(got, envelopes[_i].wanted);
}
END_TEST

/* Each with its domain, or NULL. */
static const struct {
	const char *address, *domain;
} behind[] = {
	{ "jane@example.org", "example.org" },
	{ "Jane@Example.ORG", "Example.ORG" },
	{ "@example.org", "example.org" },
	{ "jane@", "" },
	{ "@", "" },
	{ "a@b@example.org", "example.org" },
	{ "\"a@b\"@example.org", "example.org" },
	{ "jane@[192.0.2.1]", "[192.0.2.1]" },
	{ "jane", NULL },
	{ "example.org", NULL },
	{ "", NULL },
};

START_TEST(a_domain_stands_behind_the_last_at_sign)
{
	const char *got = address_domain(behind[_i].address);

	ck_assert_msg(g_strcmp0(got, behind[_i].domain) == 0, "%s: got %s, want %s",
		      behind[_i].address, got != NULL ? got : "none",
		      behind[_i].domain != NULL ? behind[_i].domain : "none");
}
END_TEST

static Suite *
address_suite(void)
{
	Suite *suite = suite_create("address");
	TCase *reading = tcase_create("reading");

	tcase_add_loop_test(reading, a_list_holds_its_entries, 0, G_N_ELEMENTS(lists));
	tcase_add_loop_test(reading, an_address_is_one_for_all_uses, 0,
			    G_N_ELEMENTS(plain));
	tcase_add_test(reading, an_address_and_a_domain_are_limited);
	tcase_add_loop_test(reading, a_domain_is_under_itself_and_its_parents, 0,
			    G_N_ELEMENTS(domains));
	tcase_add_loop_test(reading, an_address_of_an_envelope_loses_its_brackets, 0,
			    G_N_ELEMENTS(envelopes));
	tcase_add_loop_test(reading, a_domain_stands_behind_the_last_at_sign, 0,
			    G_N_ELEMENTS(behind));
	suite_add_tcase(suite, reading);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(address_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
