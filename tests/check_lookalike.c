/* SPDX-License-Identifier: BSD-2-Clause */
/* check_lookalike.c - is a domain in disguise told from one that is not? */

#include <string.h>

#include "fixture.h"
#include "judge/lookalike.h"

static const struct {
	const char *domain, *own;
	Lookalike wanted;
} domains[] = {
	/* A letter doubled, lost, exchanged, or written as a digit. */
	{ "netwwork.example", "network.example", LOOKALIKE_CLOSE },
	{ "netork.example", "network.example", LOOKALIKE_CLOSE },
	{ "metwork.example", "network.example", LOOKALIKE_CLOSE },
	{ "netw0rk.test", "network.example", LOOKALIKE_CLOSE },
	{ "n3tw0rk.test", "network.example", LOOKALIKE_CLOSE },
	{ "mail.netw0rk.test", "network.example", LOOKALIKE_CLOSE },
	{ "mail-netw0rk.test", "network.example", LOOKALIKE_CLOSE },
	{ "liinkedin.com", "linkedin.com", LOOKALIKE_CLOSE },
	{ "1inkedin.com", "linkedin.com", LOOKALIKE_CLOSE },
	{ "linkedln.com", "linkedin.com", LOOKALIKE_CLOSE },
	/* The very name elsewhere. */
	{ "network.test", "network.example", LOOKALIKE_WITHIN },
	{ "network.example.evil.test", "network.example", LOOKALIKE_WITHIN },
	{ "network-mail.test", "network.example", LOOKALIKE_WITHIN },
	{ "my.network.test", "network.example", LOOKALIKE_WITHIN },
	/* Both: the stronger counts. */
	{ "netw0rk.network.test", "network.example", LOOKALIKE_CLOSE },
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
};

START_TEST(a_disguise_is_known)
{
	Lookalike got = lookalike_of(domains[_i].domain, domains[_i].own);

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
		g_autofree char *longer = g_strconcat("a", label, ".example", NULL);

		ck_assert_int_eq(lookalike_of(domain, longer),
				 length >= 4 && length < 63 ? LOOKALIKE_CLOSE
							    : LOOKALIKE_NOT);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("lookalike");
	TCase *lookalike = tcase_create("lookalike");

	tcase_add_loop_test(lookalike, a_disguise_is_known, 0, G_N_ELEMENTS(domains));
	tcase_add_test(lookalike, labels_of_any_length_are_compared);
	suite_add_tcase(suite, lookalike);

	return fixture_run(suite);
}
