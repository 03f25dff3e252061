/* SPDX-License-Identifier: BSD-2-Clause */
/* check_arc.c - whose sets of an ARC chain are taken? */

#include "config.h"

#include <stdlib.h>

#include <check.h>

#include "mail/arc.h"
#include "mail/results.h"

/* A seal's value, that of the results of its number, and whom we believe. */
static const struct {
	const char *seal, *found, *sealers;
	const char *want; /* NULL: none is taken */
} sets[] = {
	{ "i=1; d=a.test", "i=1; mx; dkim=pass", "a.test", "pass" },
	{ "i=1; d=a.test", "I=1; mx; dkim=pass", "a.test", NULL },
	{ " d=A.test;\r\n\t i = 1 ;s=x", "\r\n i = 1 ; mx; dkim=pass", "b.test,A.TEST",
	  "pass" },
	{ "i=50; d=m.a.test", "i=50; mx; dkim=pass", "a.test", "pass" },
	/* Not of the name, of another number, of a number that is none. */
	{ "i=1; d=a.test", "i=1; mx; dkim=pass", "", NULL },
	{ "i=1; d=a.test", "i=1; mx; dkim=pass", ", ,", NULL },
	{ "i=1; d=a.test", "i=1; mx; dkim=pass", "m.a.test", NULL },
	{ "i=1; d=aa.test", "i=1; mx; dkim=pass", "a.test", NULL },
	{ "i=1; d=a.test.b.test", "i=1; mx; dkim=pass", "a.test", NULL },
	{ "i=2; d=a.test", "i=1; mx; dkim=pass", "a.test", NULL },
	{ "i=1; d=a.test", "i=11; mx; dkim=pass", "a.test", NULL },
	{ "i=0; d=a.test", "i=0; mx; dkim=pass", "a.test", NULL },
	{ "i=51; d=a.test", "i=51; mx; dkim=pass", "a.test", NULL },
	{ "i=-1; d=a.test", "i=-1; mx; dkim=pass", "a.test", NULL },
	{ "i=1", "i=1; mx; dkim=pass", "a.test", NULL },
	{ "d=a.test", "i=1; mx; dkim=pass", "a.test", NULL },
	{ "", "i=1; mx; dkim=pass", "a.test", NULL },
	/* Results that say nothing. */
	{ "i=1; d=a.test", "", "a.test", NULL },
	{ "i=1; d=a.test", "i=1", "a.test", NULL },
	{ "i=1; d=a.test", "i=1;", "a.test", NULL },
	{ "i=1; d=a.test", "mx; dkim=pass", "a.test", NULL },
	{ "i=1; d=a.test", "i=1; mx; dkim=pass (", "a.test", NULL },
};

START_TEST(sets_of_believed_sealers_are_taken)
{
	g_autoptr(Head) head = head_new();
	g_autoptr(GPtrArray) got = NULL;

	head_add(head, "arc-seal", sets[_i].seal);
	head_add(head, "ARC-Authentication-Results", sets[_i].found);
	got = arc_results(head, sets[_i].sealers);

	ck_assert_msg(got->len == (sets[_i].want != NULL), "%s: %u sets", sets[_i].seal,
		      got->len);
	ck_assert_msg(got->len == 0 || results_say(got, "dkim", sets[_i].want),
		      "%s: no dkim=%s", sets[_i].seal, sets[_i].want);
}
END_TEST

/* Sets in any order, whom we trust and believe: did the verifier seal last? */
static const struct {
	const char *seals[2], *found[2];
	const char *names, *sealers;
	bool want;
} last[] = {
	{ { "i=1; d=a.test" }, { "i=1; mx.a.test; x=y" }, "mx.a.test", "", true },
	{ { "i=1; d=a.test" },
	  { "i=1; mx.a.test; x=y" },
	  "b.test, MX.A.test.",
	  "",
	  true },
	{ { "i=1; d=arc.a.test" }, { "i=1; a.test; x=y" }, "a.test", "", true },
	{ { "i=1; d=A.test" }, { "i=1; a.test; x=y" }, "a.test", "", true },
	{ { "i=2; d=a.test", "i=1; d=b.test" },
	  { "i=1; mx.b.test; x=y", "i=2; mx.a.test; x=y" },
	  "mx.a.test",
	  "",
	  true },
	/* It seals as somebody else, who is believed. */
	{ { "i=1; d=k.test" }, { "i=1; mx.a.test; x=y" }, "mx.a.test", "k.test", true },
	{ { "i=1; d=k.test" }, { "i=1; mx; x=y" }, "mx", "b.test k.test", true },
	/* The name alone, with a stranger's seal or with none. */
	{ { "i=1; d=k.test" }, { "i=1; mx.a.test; x=y" }, "mx.a.test", "b.test", false },
	{ { "i=1; s=a" }, { "i=1; mx.a.test; x=y" }, "mx.a.test", "", false },
	{ { NULL }, { "i=1; mx.a.test; x=y" }, "mx.a.test", "", false },
	{ { "i=1; d=aa.test" }, { "i=1; a.test; x=y" }, "a.test", "", false },
	{ { "i=1; d=b.a.test" }, { "i=1; mx.a.test; x=y" }, "mx.a.test", "", false },
	{ { "i=1; d=a.test", "i=2; d=k.test" },
	  { "i=2; mx.a.test; x=y", "i=1; mx.a.test; x=y" },
	  "mx.a.test",
	  "",
	  false },
	{ { "i=1; d=k.test", "i=1; d=a.test" },
	  { "i=1; mx.a.test; x=y" },
	  "mx.a.test",
	  "",
	  false },
	/* Everybody is below a name of one word, and no site is one. */
	{ { "i=1; d=evil.mx" }, { "i=1; mx; x=y" }, "mx", "", false },
	{ { "i=1; d=test" }, { "i=1; mx.a.test; x=y" }, "mx.a.test", "", false },
	/* The verifier's is not the last, or nobody's. */
	{ { "i=1; d=a.test", "i=2; d=b.test" },
	  { "i=1; mx.a.test; x=y", "i=2; mx.b.test; x=y" },
	  "mx.a.test",
	  "",
	  false },
	{ { "i=1; d=a.test" }, { "i=1; mx.a.test; x=y" }, "", "a.test", false },
	{ { "i=0; d=a.test" }, { "i=0; mx.a.test; x=y" }, "mx.a.test", "", false },
	{ { "i=1; d=a.test" }, { NULL }, "mx.a.test", "", false },
};

START_TEST(the_last_set_is_the_verifier_s_by_name_and_seal)
{
	g_autoptr(Head) head = head_new();

	for (size_t i = 0; i < 2; i++) {
		if (last[_i].seals[i] != NULL)
			head_add(head, "ARC-Seal", last[_i].seals[i]);
		if (last[_i].found[i] != NULL)
			head_add(head, "ARC-Authentication-Results", last[_i].found[i]);
	}

	ck_assert_msg(arc_is_newest_of(head, last[_i].names, last[_i].sealers) ==
			  last[_i].want,
		      "%d: sealed by %s, want %d", _i, last[_i].seals[0], last[_i].want);
}
END_TEST

static Suite *
arc_suite(void)
{
	Suite *suite = suite_create("arc");
	TCase *all = tcase_create("sets");

	tcase_add_loop_test(all, sets_of_believed_sealers_are_taken, 0,
			    G_N_ELEMENTS(sets));
	tcase_add_loop_test(all, the_last_set_is_the_verifier_s_by_name_and_seal, 0,
			    G_N_ELEMENTS(last));
	suite_add_tcase(suite, all);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(arc_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
