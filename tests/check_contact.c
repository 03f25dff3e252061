/* SPDX-License-Identifier: BSD-2-Clause */
/* check_contact.c - is what a source says of somebody kept, and nothing else? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "people/contact.h"

static const struct {
	const char *address, *want; /* NULL: is none */
} addresses[] = {
	{ "Ann@Example.ORG", "ann@example.org" },
	{ " ann@example.org\n", "ann@example.org" },
	{ "ann+news@example.org", "ann+news@example.org" },
	{ "o'neil@example.org", "o'neil@example.org" },
	{ "\xc3\xbc@example.org", "\xc3\xbc@example.org" },
	{ "", NULL },
	{ "ann", NULL },
	{ "@example.org", NULL },
	{ "ann@", NULL },
	{ "a@b@example.org", NULL },
	{ "ann lee@example.org", NULL },
	{ "<ann@example.org>", NULL },
	{ "ann@example.org,bo@example.org", NULL },
	{ "ann@example.org\r\nBcc: bo@example.org", NULL },
	{ "\xff@example.org", NULL },
};

START_TEST(an_address_is_one_and_in_lower_case)
{
	g_auto(Contact) contact = { 0 };
	const char *got;

	contact_init(&contact, SOURCE_CONTACT);
	contact_add_address(&contact, addresses[_i].address);
	got = contact.addresses->len > 0 ? contact.addresses->pdata[0] : NULL;
	ck_assert_msg(g_strcmp0(got, addresses[_i].want) == 0, "\"%s\": got %s, want %s",
		      addresses[_i].address, got, addresses[_i].want);
}
END_TEST

static const struct {
	const char *name, *want; /* NULL: says nothing */
} texts[] = {
	{ "Ann Lee", "Ann Lee" },  { "  Ann \t Lee\r\n", "Ann Lee" },
	{ "Ann\nLee", "Ann Lee" }, { "", NULL },
	{ " \t", NULL },
};

START_TEST(a_name_is_clean_or_none)
{
	g_auto(Contact) contact = { 0 };

	contact_init(&contact, SOURCE_CONTACT);
	contact_set_name(&contact, "before");
	contact_set_name(&contact, texts[_i].name);
	contact_set_company(&contact, texts[_i].name);
	ck_assert_msg(g_strcmp0(contact.name, texts[_i].want) == 0,
		      "\"%s\": got %s, want %s", texts[_i].name, contact.name,
		      texts[_i].want);
	ck_assert(g_strcmp0(contact.company, texts[_i].want) == 0);
}
END_TEST

START_TEST(what_comes_twice_or_too_often_is_passed_over)
{
	g_auto(Contact) contact = { 0 };
	g_autofree char *far_too_long = g_strnfill(5000, 'x');
	g_autofree char *long_address = g_strconcat(far_too_long, "@example.org", NULL);

	contact_init(&contact, SOURCE_SENT);
	for (int i = 0; i < 200; i++) {
		g_autofree char *text = g_strdup_printf("a%d@example.org", i / 2);

		contact_add_address(&contact, text);
		contact_add_url(&contact, text);
		contact_add_answered(&contact, text);
	}
	ck_assert_uint_eq(contact.addresses->len, CONTACT_MAX_ADDRESSES);
	ck_assert_uint_eq(contact.urls->len, CONTACT_MAX_URLS);
	ck_assert_uint_eq(contact.answered->len, CONTACT_MAX_ANSWERED);
	ck_assert_str_eq(contact.addresses->pdata[1], "a1@example.org");

	contact_clear(&contact);
	contact_init(&contact, SOURCE_SENT);
	contact_add_address(&contact, long_address);
	contact_add_url(&contact, far_too_long);
	contact_add_url(&contact, "https://example.org/a b");
	contact_add_url(&contact, "https://example.org/\xff");
	contact_add_answered(&contact, far_too_long);
	contact_set_name(&contact, far_too_long);
	ck_assert_uint_eq(
	    contact.addresses->len + contact.urls->len + contact.answered->len, 0);
	ck_assert_uint_le(strlen(contact.name), CONTACT_MAX_TEXT);
}
END_TEST

/* Programs write an address as a browser shows it. */
START_TEST(a_page_is_kept_as_it_goes_over_the_wire)
{
	g_auto(Contact) contact = { 0 };

	contact_init(&contact, SOURCE_CONTACT);
	contact_add_url(&contact, "https://example.org/in/j\xc3\xbcrgen");
	contact_add_url(&contact, "https://example.org/in/j%C3%BCrgen");
	ck_assert_uint_eq(contact.urls->len, 1);
	ck_assert_str_eq(contact.urls->pdata[0], "https://example.org/in/j%C3%BCrgen");
}
END_TEST

static const struct {
	const char *url, *want;
} keys[] = {
	{ "https://www.linkedin.com/in/ann-lee", "linkedin.com/in/ann-lee" },
	{ "http://www.linkedin.com/in/ann-lee/", "linkedin.com/in/ann-lee" },
	{ "HTTPS://WWW.LinkedIn.com/in/Ann-Lee//", "linkedin.com/in/ann-lee" },
	{ "linkedin.com/in/ann-lee", "linkedin.com/in/ann-lee" },
	{ "www.linkedin.com/in/ann-lee", "linkedin.com/in/ann-lee" },
	{ "https://www.linkedin.com/in/j%C3%BCrgen", "linkedin.com/in/j\xc3\xbcrgen" },
	{ "https://www.linkedin.com/in/J%c3%bcrgen", "linkedin.com/in/j\xc3\xbcrgen" },
	/* A letter and its mark are one, in one character or in two. */
	{ "https://www.linkedin.com/in/ju%CC%88rgen", "linkedin.com/in/j\xc3\xbcrgen" },
	{ "https://www.linkedin.com/in/ju\xcc\x88rgen", "linkedin.com/in/j\xc3\xbcrgen" },
	{ "https://www.linkedin.com/in/U%cc%88nal", "linkedin.com/in/\xc3\x9cnal" },
	/* Only ASCII has a lower case here: a KELVIN SIGN is no "k". */
	{ "https://www.linkedin.com/in/%E2%84%AAane", "linkedin.com/in/\xe2\x84\xaa"
						      "ane" },
	{ "https://www.linkedin.com/in/\xe2\x84\xaa"
	  "ane",
	  "linkedin.com/in/\xe2\x84\xaa"
	  "ane" },
	{ "https://www.linkedin.com/in/%4A%c3%9c", "linkedin.com/in/j\xc3\x9c" },
	/* What an escape hides is no part of the URL. */
	{ "https://www.linkedin.com/in/ann%2Flee", "linkedin.com/in/ann%2flee" },
	{ "https://www.linkedin.com/in/ann%2f", "linkedin.com/in/ann%2f" },
	{ "https://www.linkedin.com/in/ann%3Fx", "linkedin.com/in/ann%3fx" },
	{ "https://www.linkedin.com/in/ann%23x", "linkedin.com/in/ann%23x" },
	{ "https://www.linkedin.com/in/ann%252Flee", "linkedin.com/in/ann%252flee" },
	/* What cannot be text stays as it is written. */
	{ "https://linkedin.com/in/a%FFb", "linkedin.com/in/a%ffb" },
	{ "https://linkedin.com/in/a%00b", "linkedin.com/in/a%00b" },
	{ "https://linkedin.com/in/a%2", "linkedin.com/in/a%2" },
	{ "", "" },
	{ "https://", "" },
	{ "///", "" },
};

START_TEST(a_profile_has_one_key_however_it_is_written)
{
	g_autofree char *got = contact_profile_key(keys[_i].url);

	ck_assert_msg(g_str_equal(got, keys[_i].want), "%s: got %s, want %s",
		      keys[_i].url, got, keys[_i].want);
}
END_TEST

static const struct {
	const char *key, *other;
	bool want;
} pairs[] = {
	{ "linkedin.com/in/ann-lee", "linkedin.com/in/ann-lee-2", true },
	{ "linkedin.com/in/ann-lee", "linkedin.com/in/ann-lee", false },
	{ "linkedin.com/profile/view?id=1", "linkedin.com/profile/view?id=2", true },
	{ "linkedin.com/in/j\xc3\xbcrgen", "linkedin.com/in/jurgen", true },
	/* Pages of different forms or networks cannot be compared. */
	{ "linkedin.com/in/ann-lee", "linkedin.com/profile/view?id=2", false },
	{ "linkedin.com/in/ann-lee", "linkedin.com/pub/ann-lee", false },
	{ "linkedin.com/in/ann-lee", "xing.example/in/ann-lee", false },
	{ "linkedin.com/in/ann", "linkedin.org/in/bob", false },
	{ "", "", false },
	{ "ann", "bob", false },
};

START_TEST(two_profiles_of_one_form_are_two)
{
	ck_assert_msg(
	    contact_profiles_differ(pairs[_i].key, pairs[_i].other) == pairs[_i].want &&
		contact_profiles_differ(pairs[_i].other, pairs[_i].key) == pairs[_i].want,
	    "%s and %s: want %s", pairs[_i].key, pairs[_i].other,
	    pairs[_i].want ? "two" : "nobody can say");
}
END_TEST

/* They are kept by number: none may move. */
START_TEST(a_source_keeps_its_number)
{
	static const char *const names[] = { "sent", "accepted", "connection", "contact",
					     "met",  "added",    "hand" };

	ck_assert_uint_ge(SOURCE_LAST, G_N_ELEMENTS(names));
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		ck_assert_str_eq(contact_source_name((Source)i), names[i]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("contact");
	TCase *contact = tcase_create("contact");

	tcase_add_loop_test(contact, an_address_is_one_and_in_lower_case, 0,
			    G_N_ELEMENTS(addresses));
	tcase_add_loop_test(contact, a_name_is_clean_or_none, 0, G_N_ELEMENTS(texts));
	tcase_add_test(contact, what_comes_twice_or_too_often_is_passed_over);
	tcase_add_test(contact, a_page_is_kept_as_it_goes_over_the_wire);
	tcase_add_loop_test(contact, a_profile_has_one_key_however_it_is_written, 0,
			    G_N_ELEMENTS(keys));
	tcase_add_loop_test(contact, two_profiles_of_one_form_are_two, 0,
			    G_N_ELEMENTS(pairs));
	tcase_add_test(contact, a_source_keeps_its_number);
	suite_add_tcase(suite, contact);

	return fixture_run(suite);
}
