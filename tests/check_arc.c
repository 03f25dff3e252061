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
	const ArcTrust whom = { "", sets[_i].sealers };
	g_autoptr(Head) head = head_new();
	g_auto(ArcChain) chain = { 0 };

	head_add(head, "arc-seal", sets[_i].seal);
	head_add(head, "ARC-Authentication-Results", sets[_i].found);
	arc_read(&chain, head, &whom);

	ck_assert_msg(chain.believed->len == (sets[_i].want != NULL), "%s: %u sets",
		      sets[_i].seal, chain.believed->len);
	ck_assert_msg(chain.believed->len == 0 ||
			  results_say(chain.believed, "dkim", sets[_i].want),
		      "%s: no dkim=%s", sets[_i].seal, sets[_i].want);
}
END_TEST

/* Sets in any order, whom we trust and believe: is the newest set believed? */
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
	{ { "i=1; d=a.test" }, { "i=1; mx.a.test; x=y" }, "", "b.test", false },
	{ { "i=0; d=a.test" }, { "i=0; mx.a.test; x=y" }, "mx.a.test", "", false },
	{ { "i=1; d=a.test" }, { NULL }, "mx.a.test", "", false },
};

/* The chain of a mail with these seals and finds. */
static void
read_chain(ArcChain *chain_out, const char *const seals[], const char *const found[],
	   size_t count, const ArcTrust *whom)
{
	g_autoptr(Head) head = head_new();

	for (size_t i = 0; i < count; i++) {
		if (seals[i] != NULL)
			head_add(head, "ARC-Seal", seals[i]);
		if (found[i] != NULL)
			head_add(head, "ARC-Authentication-Results", found[i]);
	}
	arc_read(chain_out, head, whom);
}

START_TEST(a_verifier_s_set_is_told_by_name_and_seal)
{
	const ArcTrust whom = { last[_i].names, last[_i].sealers };
	g_auto(ArcChain) chain = { 0 };

	read_chain(&chain, last[_i].seals, last[_i].found, 2, &whom);

	ck_assert_msg((chain.believed->len > 0) == last[_i].want,
		      "%d: sealed by %s, want %d", _i, last[_i].seals[0], last[_i].want);
}
END_TEST

#define SETS 3

/* Who sealed what from the oldest on; "mx.own.test" verifies, friend.test is believed. */
static const struct {
	const char *seals[SETS], *found[SETS];
	const char *believed, *earlier; /* results of DKIM */
	bool has_others;
} chains[] = {
	{ { "i=1; d=friend.test" }, { "i=1; f; dkim=1" }, "1", "", false },
	{ { "i=1; d=own.test" }, { "i=1; mx.own.test; dkim=1" }, "1", "", false },
	{ { "i=1; d=friend.test", "i=2; d=own.test" },
	  { "i=1; f; dkim=1", "i=2; mx.own.test; dkim=2" },
	  "2 1",
	  "",
	  false },
	/* A stranger had it since. */
	{ { "i=1; d=friend.test", "i=2; d=evil.test" },
	  { "i=1; f; dkim=1", "i=2; e; dkim=2" },
	  "",
	  "1",
	  true },
	{ { "i=1; d=friend.test", "i=2; d=evil.test", "i=3; d=own.test" },
	  { "i=1; f; dkim=1", "i=2; e; dkim=2", "i=3; mx.own.test; dkim=3" },
	  "3",
	  "1",
	  true },
	{ { "i=1; d=evil.test", "i=2; d=friend.test", "i=3; d=own.test" },
	  { "i=1; e; dkim=1", "i=2; f; dkim=2", "i=3; mx.own.test; dkim=3" },
	  "3 2",
	  "",
	  true },
	/* Another's name under the own seal, or no seal: it is nobody's. */
	{ { "i=1; d=own.test" }, { "i=1; mx.evil.test; dkim=1" }, "", "", true },
	{ { "i=1; d=friend.test", "i=1; d=friend.test" },
	  { "i=1; f; dkim=1" },
	  "",
	  "",
	  true },
	{ { "i=1; d=friend.test" },
	  { "i=1; f; dkim=1", "i=1; f; dkim=2" },
	  "",
	  "",
	  true },
	{ { NULL, "i=2; d=friend.test" },
	  { "i=1; f; dkim=1", "i=2; f; dkim=2" },
	  "2",
	  "",
	  true },
	{ { NULL }, { NULL }, "", "", false },
};

static char *
dkim_of(const GPtrArray *fields)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new();

	for (guint i = 0; i < fields->len; i++)
		g_ptr_array_add(
		    words,
		    g_array_index(((const Results *)fields->pdata[i])->list, Result, 0)
			.result);
	g_ptr_array_add(words, NULL);

	return g_strjoinv(" ", (char **)words->pdata);
}

START_TEST(what_was_found_before_a_stranger_had_it_is_earlier)
{
	const ArcTrust whom = { "mx.own.test", "friend.test" };
	g_auto(ArcChain) chain = { 0 };
	g_autofree char *believed = NULL, *earlier = NULL;

	read_chain(&chain, chains[_i].seals, chains[_i].found, SETS, &whom);
	believed = dkim_of(chain.believed);
	earlier = dkim_of(chain.earlier);

	ck_assert_msg(g_str_equal(believed, chains[_i].believed), "%d: believed \"%s\"",
		      _i, believed);
	ck_assert_msg(g_str_equal(earlier, chains[_i].earlier), "%d: earlier \"%s\"", _i,
		      earlier);
	ck_assert_msg(chain.has_others == chains[_i].has_others, "%d: has others %d", _i,
		      chain.has_others);
}
END_TEST

static Suite *
arc_suite(void)
{
	Suite *suite = suite_create("arc");
	TCase *all = tcase_create("sets");

	tcase_add_loop_test(all, sets_of_believed_sealers_are_taken, 0,
			    G_N_ELEMENTS(sets));
	tcase_add_loop_test(all, a_verifier_s_set_is_told_by_name_and_seal, 0,
			    G_N_ELEMENTS(last));
	tcase_add_loop_test(all, what_was_found_before_a_stranger_had_it_is_earlier, 0,
			    G_N_ELEMENTS(chains));
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
