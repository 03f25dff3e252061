/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_steps.c - does eight times the text cost eight times as much?
 *
 * A sender chooses the text, and none may be dearer than its length.
 */

#include "config.h"

#include <stdbool.h>
#include <stdlib.h>

#include <check.h>
#include <glib.h>

#include "steps.h"

/* What a text is made of, again and again. */
static const char *const runs[] = {
	"a",
	" ",
	"a ",
	"\t",
	"\r\n",
	"\n\n",
	"\303\244",
	"\314\201",
	"\342\200\213",
	"\377",
	"\302\240",
	"a.",
	"http://",
	"http://a.example/x ",
	"www.",
	"www.a-.",
	"hw",
	"a@b.example ",
	"@",
	",",
	"<",
	">",
	"<a,",
	"(",
	"\"",
	"\\",
	":",
	";",
	"a:",
	"[",
	"=?",
	"=?utf-8?q?x?= ",
	"=?x?q?",
	"?=",
	"=?a?b?eA==?=",
	"=",
	"=3D",
	"=\r\n",
	"= ",
	"&",
	"&amp;",
	"&#120;",
	"&a",
	"&notit;",
	"<b>",
	"</b>",
	"<a href=x>",
	"<a href=\"",
	"<!--",
	"-->",
	"<!",
	"<style>",
	"<div hidden>",
	"<p>a",
	"<td>",
	"<x y ",
	"<x y=z ",
	"<title>",
	"--",
	"---\n",
	"--a\n\n",
	"\n--",
	"~{",
	"~{VPND~}",
	"\033$B",
	"\033(B",
	"> ",
	">",
	"-- \n",
	"_",
	"*",
	"{",
	"\342\200\256",
	"From ",
	"Content-Type: multipart/x; boundary=a\n\n--a\n",
	"Content-Type: x;",
	"a=b;",
	"x: ",
	"dkim=pass ",
	"=== invite-milter ===\n",
	"=== invite-milter ===\n=== /invite-milter ===\na\n",
	"<b id=invite-milter>",
	"<b id=invite-milter>a</b>b",
	"\n <",
	"http://a\nb\n",
	"[x]",
	"{a",
	"[{",
	"{{a ",
	"#a",
	"%n %",
	"__a_",
	"\343\200\220\345\220\215",
	"<<",
	"( ",
	"+1 ",
	"1,",
	"1 ",
	"$ ",
	"\342\202\254 ",
	"Dear Ann,\n",
	"Best regards\nAnn Lee\n",
	"we met at ",
	"great meeting you at the ",
	"I'd like to add you to my professional network. ",
	"me you ",
	"Ann Lee ",
	"\344\275\240\345\245\275",
	"? ",
	"\360\237\230\200",
};

/* What follows a run as long as itself: with some readers it is looked for. */
static const char *const tails[] = {
	"",
	"http://a.example/x ",
	"<a href=http://a.example>b</a>",
	"a@b.example, ",
	"=?utf-8?q?x?= ",
};

/* What another process does to the caches is seen once, a dear text each time. */
#define TRIES 3

/* A sanitizer's own work grows as it likes: the texts are only read then. */
#ifdef __SANITIZE_ADDRESS__
#define IS_MEASURED false
#else
#define IS_MEASURED true
#endif

/* The least that was measured, which is not repeated where it is well. */
static double
least_ratio(size_t reader, const StepsText *text)
{
	double least = STEPS_MAX_RATIO, cost;

	for (int i = 0; i < (IS_MEASURED ? TRIES : 1) && least >= STEPS_MAX_RATIO; i++)
		least = steps_ratio(reader, text, &cost);

	return least;
}

START_TEST(no_text_is_dearer_than_its_length)
{
	for (size_t i = 0; i < G_N_ELEMENTS(runs); i++)
		for (size_t j = 0; j < G_N_ELEMENTS(tails); j++) {
			StepsText text = { "", runs[i], tails[j] };
			double ratio = least_ratio((size_t)_i, &text);

			ck_assert_msg(!IS_MEASURED || ratio < STEPS_MAX_RATIO,
				      "%s of \"%s\" and \"%s\": %d times the text "
				      "takes %.0f times as much",
				      steps_reader_name((size_t)_i), runs[i], tails[j],
				      STEPS_FACTOR, ratio);
		}
}
END_TEST

static Suite *
steps_suite(void)
{
	Suite *suite = suite_create("steps");
	TCase *cost = tcase_create("cost");

	tcase_set_timeout(cost, 600);
	tcase_add_loop_test(cost, no_text_is_dearer_than_its_length, 0,
			    (int)steps_readers());
	suite_add_tcase(suite, cost);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(steps_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
