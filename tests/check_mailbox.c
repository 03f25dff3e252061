/* SPDX-License-Identifier: BSD-2-Clause */
/* check_mailbox.c - is the person found whom a field names, and nobody else? */

#include "config.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "mail/encoded-field.h"
#include "mail/mailbox.h"

static const struct {
	const char *raw;
	size_t count;
	const char *name;
	const char *address;
	const char *domain;
} fields[] = {
	{ "Jane Doe <Jane@Example.ORG>", 1, "Jane Doe", "jane@example.org",
	  "example.org" },
	{ "jane@example.org.", 1, "", "jane@example.org", "example.org" },
	{ " <jane@example.org>", 1, "", "jane@example.org", "example.org" },
	{ "jane@example.org (Jane Doe)", 1, "Jane Doe", "jane@example.org",
	  "example.org" },
	{ "J. Doe <j@example.org>", 1, "J. Doe", "j@example.org", "example.org" },
	{ "\"Doe, \\\"Jane\\\"\" <j@example.org>", 1, "Doe, \"Jane\"", "j@example.org",
	  "example.org" },
	{ "Jane Doe [CPA] <j@example.org>", 1, "Jane Doe [CPA]", "j@example.org",
	  "example.org" },
	{ "Jane {7B}{41 <j@example.org>", 1, "Jane {7B}{41", "j@example.org",
	  "example.org" },
	{ "j@example.org <j@example.net>", 1, "j@example.org", "j@example.net",
	  "example.net" },
	{ "Jane\r\n\tDoe\r\n <j@example.org>", 1, "Jane Doe", "j@example.org",
	  "example.org" },
	{ "Jane <j@[192.0.2.1]>", 1, "Jane", "j@[192.0.2.1]", "[192.0.2.1]" },

	/* names that GMime 3.2.13 would cut, or part */
	{ "=?UTF-8?B?SGVsbG8=?= =?UTF-8?B?IHdvcmxk?= <j@example.org>", 1, "Hello world",
	  "j@example.org", "example.org" },
	{ "\"=?utf-8?Q?J=C3=BCrgen?= Doe\" <j@example.org>", 1, "Jürgen Doe",
	  "j@example.org", "example.org" },
	{ "=?utf-8?Q?Doe,_Jane_(x)_:;.?= <j@example.org>", 1, "Doe, Jane (x) :;.",
	  "j@example.org", "example.org" },
	{ "j@example.org (=?utf-8?q?J=C3=BCrgen?=)", 1, "Jürgen", "j@example.org",
	  "example.org" },
	{ "=?utf-8?q?J=C3?=\r\n =?utf-8?q?=BCrgen?= via Orbit <j@example.org>", 1,
	  "Jürgen via Orbit", "j@example.org", "example.org" },
	{ "J\374rgen <j@example.org>", 1, "Jürgen", "j@example.org", "example.org" },
	{ "\"J\303\274rgen\" <j@example.org>", 1, "Jürgen", "j@example.org",
	  "example.org" },
	{ "=?utf-8?q?Jane=0D=0AEvil?= <j@example.org>", 1, "Jane Evil", "j@example.org",
	  "example.org" },

	/* several, and none */
	{ "Jane <j@example.org>, joe@example.net", 2, "Jane", "j@example.org",
	  "example.org" },
	{ "Team: a@example.org, \"B, C\" <b@example.org>;, c@example.org", 3, "",
	  "a@example.org", "example.org" },
	{ "Doe, MD <j@example.org>, Roe, R. <r@example.org>", 2, "Doe, MD",
	  "j@example.org", "example.org" },
	{ "Doe, j@example.org, r@example.org", 2, "", "j@example.org", "example.org" },
	{ "undisclosed-recipients:;", 0, "", "", "" },
	{ "", 0, "", "", "" },
	{ "<>", 0, "", "", "" },
	{ ",,;:", 0, "", "", "" },

	/* A word is no second author, but what is an address to some programs is. */
	{ "Doe, Jane, PhD via Orbit <j@example.org>", 1, "Doe, Jane, PhD via Orbit",
	  "j@example.org", "example.org" },
	{ "D\303\266, =?utf-8?q?J=C3=BCrgen?= <j@example.org>", 1,
	  "D\303\266, J\303\274rgen", "j@example.org", "example.org" },
	{ "Doe, \"Jane\" <j@example.org>", 1, "Jane", "j@example.org", "example.org" },
	{ "Doe, PhD, j@example.org", 1, "", "j@example.org", "example.org" },
	{ "Jane <j@example.org>, PhD", 1, "Jane", "j@example.org", "example.org" },
	{ "jane, joe", 2, "", "", "" },
	{ "\"x@orbit.example\", Jane <j@example.org>", 2, "", "", "" },
	{ "=?utf-8?q?x=40orbit.example?=, j@example.org", 2, "", "", "" },

	/* A name that poses as an address is a name. */
	{ "\"Evil <x@orbit.example>\" <e@example.org>", 1, "Evil <x@orbit.example>",
	  "e@example.org", "example.org" },
	/* All of it in encoded words: one plain mailbox, or nobody. */
	{ "=?utf-8?q?Ann_=3Cann=40example=2Eorg=3E?=", 1, "Ann", "ann@example.org",
	  "example.org" },
	{ "=?utf-8?q?ann=40example=2Eorg?=", 1, "", "ann@example.org", "example.org" },
	{ "=?utf-8?q?a=40b=2Eexample=2C_c=40d=2Eexample?=", 1, "", "", "" },
	{ "=?utf-8?q?Ann_=3Cann=40exa=0Dmple=2Eorg=3E?=", 1, "", "", "" },
	{ "=?utf-8?q?x=40orbit.example?= <e@example.org>", 1, "x@orbit.example",
	  "e@example.org", "example.org" },
	/* No word, for it holds spaces: two addresses, and so no single author. */
	{ "=?utf-8?q?J <x@orbit.example>?= <e@example.org>", 2, "=?utf-8?q?J",
	  "x@orbit.example", "orbit.example" },

	/* What programs read differently is no address. */
	{ "x@orbit.example@example.org", 1, "", "", "" },
	{ "<x@orbit.example>@example.org", 1, "", "", "" },
	{ "x@orbit.example; e@example.org", 1, "", "", "" },
	{ "\"x y\"@example.org", 1, "", "", "" },
	{ "<x@orb\342\200\213it.example>", 1, "", "", "" },
	{ "<x@orb\377it.example>", 1, "", "", "" },
	{ "x@=?utf-8?q?orbit?=.example", 1, "", "", "" },
	{ "<@example.org>", 0, "", "", "" },
};

START_TEST(a_field_names_whom_it_names)
{
	g_auto(Mailbox) got = { NULL, NULL, NULL };
	size_t count = mailbox_parse(fields[_i].raw, &got);

	ck_assert_msg(
	    count == fields[_i].count && strcmp(got.name, fields[_i].name) == 0 &&
		strcmp(got.address, fields[_i].address) == 0 &&
		strcmp(got.domain, fields[_i].domain) == 0,
	    "%s: got %zu \"%s\" <%s> of %s, want %zu \"%s\" <%s> of %s", fields[_i].raw,
	    count, got.name, got.address, got.domain, fields[_i].count, fields[_i].name,
	    fields[_i].address, fields[_i].domain);
}
END_TEST

static bool
is_plain(const char *address)
{
	for (; *address != '\0'; address++)
		if (!g_ascii_isgraph(*address))
			return false;

	return true;
}

/* No control, space or second "@" reaches an address, whatever the bytes. */
START_TEST(an_address_is_plain_or_empty)
{
	for (int c = 1; c < 256; c++) {
		g_autofree char *raw =
		    g_strdup_printf("Jane <ja%cne@exam%cple.org>", c, c);
		g_auto(Mailbox) got = { NULL, NULL, NULL };
		const char *at;

		mailbox_parse(raw, &got);
		at = strchr(got.address, '@');
		if (got.address[0] != '\0' &&
		    (at == NULL || strcmp(at + 1, got.domain) != 0 ||
		     !is_plain(got.address)))
			ck_abort_msg("byte %d: <%s> of %s", c, got.address, got.domain);
	}
}
END_TEST

static const char *const floods[] = {
	":",    "a:",        "(",  "((",   "()", "\"",   "<",    "<@",
	"<@a,", "@",         "@a", "a@",   ",",  ";",    "[",    "\\",
	"=?",   "=?a?q?(?=", "{",  "a:;,", "a.", "a@b,", "\r\n", "\377",
};

START_TEST(floods_are_read_up_to_the_limit)
{
	g_autoptr(GString) raw = g_string_new(NULL);
	g_auto(Mailbox) got = { NULL, NULL, NULL };

	while (raw->len < 1000 * 1000)
		g_string_append(raw, floods[_i]);

	ck_assert_msg(mailbox_parse(raw->str, &got) <= 8 * 1024, "%s: too many",
		      floods[_i]);
	ck_assert_msg(strlen(got.name) <= 1000 && strlen(got.address) <= 1000,
		      "%s: too long", floods[_i]);
}
END_TEST

START_TEST(an_author_beyond_the_limit_still_counts)
{
	g_autofree char *padding = g_strnfill(8 * 1024, ' ');
	g_autofree char *raw =
	    g_strdup_printf("x@orbit.example%s, e@example.org", padding);
	g_auto(Mailbox) got = { NULL, NULL, NULL };

	ck_assert_uint_eq(mailbox_parse(raw, &got), 2);
}
END_TEST

/* What groups in groups name is read as long as it costs little. */
static const struct {
	size_t depth;
	const char *want;
	size_t count;
} nests[] = {
	{ 1, "a@example.org", 1 },
	{ 60, "a@example.org", 1 },
	{ 70, "", 1 },
	{ 3000, "", 1 },
};

START_TEST(groups_in_groups_are_read_so_deep)
{
	g_autoptr(GString) raw = g_string_new(NULL);
	g_auto(Mailbox) got = { NULL, NULL, NULL };
	size_t count;

	for (size_t i = 0; i < nests[_i].depth; i++)
		g_string_append(raw, "g:");
	g_string_append(raw, "a@example.org");
	count = mailbox_parse(raw->str, &got);
	ck_assert_msg(count == nests[_i].count &&
			  g_str_equal(got.address, nests[_i].want),
		      "%zu deep: got %zu, %s", nests[_i].depth, count, got.address);
}
END_TEST

static const char *const names[] = {
	"Jane Doe",
	"Jürgen Müller",
	"Doe, Jane",
	"J. \"JD\" Doe \\ Söhne",
	"王小明 (Wang)",
	"=?utf-8?q?x?=",
	"a@example.org",
	"Ann <b@example.org>",
	"x: y; z",
	"[a] {b}",
	"=!?",
	"Ἀλέξανδρος Παπαδόπουλος Κωνσταντίνου, Διευθυντής Πληροφορικής via Orbit",
};

START_TEST(a_written_name_is_read_back)
{
	g_autofree char *phrase = encoded_field(names[_i], ENCODED_PHRASE, 6);
	g_autofree char *raw = g_strdup_printf("%s <j@example.org>", phrase);
	g_auto(Mailbox) got = { NULL, NULL, NULL };

	ck_assert_uint_eq(mailbox_parse(raw, &got), 1);
	ck_assert_msg(strcmp(got.name, names[_i]) == 0, "%s: got \"%s\", want \"%s\"",
		      raw, got.name, names[_i]);
	ck_assert_str_eq(got.address, "j@example.org");
}
END_TEST

static Suite *
mailbox_suite(void)
{
	Suite *suite = suite_create("mailbox");
	TCase *parsing = tcase_create("parsing");

	tcase_add_loop_test(parsing, a_field_names_whom_it_names, 0,
			    G_N_ELEMENTS(fields));
	tcase_add_test(parsing, an_address_is_plain_or_empty);
	tcase_add_loop_test(parsing, floods_are_read_up_to_the_limit, 0,
			    G_N_ELEMENTS(floods));
	tcase_add_loop_test(parsing, groups_in_groups_are_read_so_deep, 0,
			    G_N_ELEMENTS(nests));
	tcase_add_test(parsing, an_author_beyond_the_limit_still_counts);
	tcase_add_loop_test(parsing, a_written_name_is_read_back, 0, G_N_ELEMENTS(names));
	suite_add_tcase(suite, parsing);

	return suite;
}

int
main(void)
{
	SRunner *runner;
	int failed;

	runner = srunner_create(mailbox_suite());
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
