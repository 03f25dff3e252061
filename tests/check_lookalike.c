/* SPDX-License-Identifier: BSD-2-Clause */
/* check_lookalike.c - is a domain in disguise told from one that is not? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "network/lookalike.h"

static const struct {
	const char *domain, *own;
	Lookalike wanted;
} domains[] = {
	/* A letter doubled, lost, exchanged, or written as a digit. */
	{ "netwwork.example", "network.example", LOOKALIKE_CLOSE },
	{ "netork.example", "network.example", LOOKALIKE_CLOSE },
	{ "metwork.example", "network.example", LOOKALIKE_CLOSE },
	{ "netw0rk.test", "network.example", LOOKALIKE_SAME },
	{ "n3tw0rk.test", "network.example", LOOKALIKE_SAME },
	{ "mail.netw0rk.test", "network.example", LOOKALIKE_SAME },
	{ "mail-netw0rk.test", "network.example", LOOKALIKE_SAME },
	{ "liinkedin.com", "linkedin.com", LOOKALIKE_CLOSE },
	{ "1inkedin.com", "linkedin.com", LOOKALIKE_SAME },
	{ "linkedln.com", "linkedin.com", LOOKALIKE_CLOSE },
	{ "linkedni.com", "linkedin.com", LOOKALIKE_CLOSE },
	{ "lnikedin.com", "linkedin.com", LOOKALIKE_CLOSE },
	/* Letters of other alphabets, and pairs that run together. */
	{ "xn--lnkedin-rog.test", "linkedin.com", LOOKALIKE_SAME },
	{ "mail.xn--lnkedin-rog.test", "linkedin.com", LOOKALIKE_SAME },
	{ "xn--.test", "linkedin.com", LOOKALIKE_NOT },
	{ "arnazing.test", "amazing.example", LOOKALIKE_SAME },
	{ "tvvitter.test", "twitter.example", LOOKALIKE_SAME },
	{ "x1ng.test", "xing.example", LOOKALIKE_NOT },
	{ "z00m.test", "zoom.example", LOOKALIKE_SAME },
	/* The very name elsewhere. */
	{ "network.test", "network.example", LOOKALIKE_WITHIN },
	{ "network.example.evil.test", "network.example", LOOKALIKE_WITHIN },
	{ "network-mail.test", "network.example", LOOKALIKE_WITHIN },
	{ "my.network.test", "network.example", LOOKALIKE_WITHIN },
	/* Both: the stronger counts. */
	{ "netw0rk.network.test", "network.example", LOOKALIKE_SAME },
	/* Neither. */
	{ "", "network.example", LOOKALIKE_NOT },
	{ ".", "network.example", LOOKALIKE_NOT },
	{ "..--..", "network.example", LOOKALIKE_NOT },
	{ "work.test", "network.example", LOOKALIKE_NOT },
	{ "networking.test", "network.example", LOOKALIKE_NOT },
	{ "nnettworkk.test", "network.example", LOOKALIKE_NOT },
	{ "metwosk.test", "network.example", LOOKALIKE_NOT },
	{ "linkadon.com", "linkedin.com", LOOKALIKE_NOT },
	{ "linkedup.com", "linkedin.com", LOOKALIKE_NOT },
	{ "mail.test", "network.example", LOOKALIKE_NOT },
	/* Short names are near too many others. */
	{ "ving.test", "xing.example", LOOKALIKE_NOT },
	{ "xing.test", "xing.example", LOOKALIKE_WITHIN },
	{ "stack.test", "slack.example", LOOKALIKE_NOT },
	{ "x.test", "x", LOOKALIKE_WITHIN },
	{ "network.test", "", LOOKALIKE_NOT },
};

START_TEST(a_disguise_is_known)
{
	g_autofree char *brand =
	    g_strndup(domains[_i].own, strcspn(domains[_i].own, "."));
	Lookalike got = lookalike_of(domains[_i].domain, brand);

	ck_assert_msg(got == domains[_i].wanted, "%s for %s: got %d, want %d",
		      domains[_i].domain, domains[_i].own, got, domains[_i].wanted);
}
END_TEST

/* A label may have 63 octets; what is longer is nobody's. */
START_TEST(labels_of_any_length_are_compared)
{
	for (size_t length = 0; length < 200; length++) {
		g_autofree char *label = g_strnfill(length, 'a');
		g_autofree char *domain = g_strconcat(label, ".test", NULL);
		g_autofree char *longer = g_strconcat("a", label, NULL);

		ck_assert_int_eq(lookalike_of(domain, longer), length >= 5 && length < 63
								   ? LOOKALIKE_CLOSE
								   : LOOKALIKE_NOT);
	}
}
END_TEST

/* Whatever a domain looks like, Lookalikes say so, and of no other. */
START_TEST(brands_know_all_look_alikes)
{
	g_autoptr(Lookalikes) brands = lookalikes_new();
	g_autofree char *brand =
	    g_strndup(domains[_i].own, strcspn(domains[_i].own, "."));

	lookalikes_add(brands, "another", NULL);
	lookalikes_add(brands, brand, NULL);
	lookalikes_add(brands, "constellation", NULL);
	ck_assert_msg(lookalikes_resemble(brands, domains[_i].domain, "") ==
			  (domains[_i].wanted != LOOKALIKE_NOT),
		      "%s for %s", domains[_i].domain, brand);
}
END_TEST

/* Each letter of a brand lost, doubled, exchanged for another or for the next. */
START_TEST(no_slip_of_the_pen_escapes)
{
	const char *brand = "constellation";
	g_autoptr(Lookalikes) brands = lookalikes_new();

	lookalikes_add(brands, brand, NULL);
	for (size_t i = 0; i < strlen(brand); i++) {
		g_autofree char *lost =
		    g_strdup_printf("%.*s%s.test", (int)i, brand, brand + i + 1);
		g_autofree char *doubled =
		    g_strdup_printf("%.*s%s.test", (int)i + 1, brand, brand + i);
		g_autofree char *other =
		    g_strdup_printf("%.*sq%s.test", (int)i, brand, brand + i + 1);
		g_autofree char *exchanged = g_strconcat(brand, ".test", NULL);

		if (i > 0) {
			exchanged[i] = brand[i - 1];
			exchanged[i - 1] = brand[i];
		}
		ck_assert_msg(lookalikes_resemble(brands, lost, ""), "%s", lost);
		ck_assert_msg(lookalikes_resemble(brands, doubled, ""), "%s", doubled);
		ck_assert_msg(lookalikes_resemble(brands, other, ""), "%s", other);
		ck_assert_msg(lookalikes_resemble(brands, exchanged, ""), "%s",
			      exchanged);
	}
}
END_TEST

static const struct {
	const char *text;
	bool wanted;
} texts[] = {
	{ "L\xd1\x96nkedin", true }, /* Cyrillic i */
	{ "The L\xd1\x96nked\xd1\x96n Team", true },
	{ "LinkedIn", false },
	{ "The LinkedIn Team", false },
	{ "L\xc3\xadnkedin", false }, /* an accent is no alphabet */
	{ "\xd0\x9b\xd0\xb8\xd0\xbd\xd0\xba\xd0\xb5\xd0\xb4", false },
	{ "\xe6\xa0\xaa\xe5\xbc\x8f\xe4\xbc\x9a\xe7\xa4\xbe LinkedIn", false },
	{ "", false },
};

START_TEST(a_name_in_other_letters_is_known)
{
	g_autoptr(Lookalikes) brands = lookalikes_new();
	g_auto(Folded) folded = { 0 };

	lookalikes_add(brands, "linkedin", NULL);
	folded_init(&folded, texts[_i].text);
	ck_assert_msg(lookalike_in_text(&folded, "linkedin") == texts[_i].wanted, "%s",
		      texts[_i].text);
	ck_assert_msg(lookalikes_in_text(brands, &folded) == texts[_i].wanted, "%s",
		      texts[_i].text);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("lookalike");
	TCase *lookalike = tcase_create("lookalike");

	tcase_add_loop_test(lookalike, a_disguise_is_known, 0, G_N_ELEMENTS(domains));
	tcase_add_test(lookalike, labels_of_any_length_are_compared);
	tcase_add_loop_test(lookalike, brands_know_all_look_alikes, 0,
			    G_N_ELEMENTS(domains));
	tcase_add_test(lookalike, no_slip_of_the_pen_escapes);
	tcase_add_loop_test(lookalike, a_name_in_other_letters_is_known, 0,
			    G_N_ELEMENTS(texts));
	suite_add_tcase(suite, lookalike);

	return fixture_run(suite);
}
