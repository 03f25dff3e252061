/* SPDX-License-Identifier: BSD-2-Clause */
/* check_json_bound.c - is JSON refused before it costs too much, and nothing else? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "base/json-bound.h"

static const JsonBoundLimits limits = {
	.depth = 3, .tokens = 8, .bytes = 40, .name = "mail"
};

#define LONG "0123456789012345678901234567890123456789"

static const struct {
	const char *text;
	JsonBoundResult want;
} texts[] = {
	{ "", JSON_BOUND_KEPT },
	{ "{}", JSON_BOUND_KEPT },
	{ "{\"a\":[{}]}", JSON_BOUND_KEPT },
	{ "{\"a\":[{\"b\":[]}]}", JSON_BOUND_DEPTH },
	{ "[[[[", JSON_BOUND_DEPTH },
	{ "[[][][]]", JSON_BOUND_KEPT },
	{ "{\"[[[[\":\"{{{{\"}", JSON_BOUND_KEPT },
	{ "{\"\\\"[[[[\":1}", JSON_BOUND_KEPT },
	{ "{\"\\\\\":[[[[]]]]}", JSON_BOUND_DEPTH },
	{ "[1,2,3,4,5,6,7]", JSON_BOUND_KEPT },
	{ "[1,2,3,4,5,6,7,8]", JSON_BOUND_TOKENS },
	{ "[-1.5e+3,true,null]", JSON_BOUND_KEPT },
	{ "[{},{},{},{},{},{},{}]", JSON_BOUND_KEPT },
	{ "[{},{},{},{},{},{},{},{}]", JSON_BOUND_TOKENS },
	{ "[\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"]", JSON_BOUND_TOKENS },
	{ "[\"" LONG "\"]", JSON_BOUND_BYTES },
	{ "[1                                             ]", JSON_BOUND_BYTES },
	/* The one string that may be long, and what only looks like it. */
	{ "{\"mail\":\"" LONG LONG "\"}", JSON_BOUND_KEPT },
	{ "{\"do\":\"x\", \"mail\" : \"" LONG LONG "\",\"a\":1}", JSON_BOUND_KEPT },
	{ "{\"mail\":\"\\\"" LONG "\"}", JSON_BOUND_KEPT },
	{ "{\"mail\":\"" LONG "\",\"mail\":\"" LONG "\"}", JSON_BOUND_BYTES },
	{ "{\"mail\":[\"" LONG "\"]}", JSON_BOUND_BYTES },
	{ "{\"mail\":{\"mail\":\"" LONG "\"}}", JSON_BOUND_BYTES },
	{ "{\"mail\":1,\"b\":\"" LONG "\"}", JSON_BOUND_BYTES },
	{ "{\"mail\":,\"" LONG "\":1}", JSON_BOUND_BYTES },
	{ "{\"a\":\"mail\",\"b\":\"" LONG "\"}", JSON_BOUND_BYTES },
	{ "{\"mails\":\"" LONG "\"}", JSON_BOUND_BYTES },
	{ "{\"mai\":\"" LONG "\"}", JSON_BOUND_BYTES },
	{ "{\"" LONG "\":1}", JSON_BOUND_BYTES },
	{ "[\"mail\",\"" LONG "\"]", JSON_BOUND_BYTES },
	{ "[{\"mail\":\"" LONG "\"}]", JSON_BOUND_BYTES },
	{ "{\"mail\":\"x\",\"" LONG "\":1}", JSON_BOUND_BYTES },
	/* What json-glib might take for a comment, or for another kind of string. */
	{ "{}/*[[[[*/", JSON_BOUND_FOREIGN },
	{ "{} // x", JSON_BOUND_FOREIGN },
	{ "{'a':1}", JSON_BOUND_FOREIGN },
	{ "#", JSON_BOUND_FOREIGN },
	{ "\xc3\xa9", JSON_BOUND_FOREIGN },
	{ "[\"\xc3\xa9\"]", JSON_BOUND_KEPT },
};

/* Whole, and a byte at a time. */
START_TEST(a_text_is_refused_where_it_passes_a_limit)
{
	const char *text = texts[_i].text;
	JsonBoundResult whole, bytewise = JSON_BOUND_KEPT;
	JsonBound bound;

	json_bound_init(&bound, &limits);
	whole = json_bound_add(&bound, text, strlen(text));
	json_bound_init(&bound, &limits);
	for (const char *c = text; *c != '\0'; c++)
		bytewise = json_bound_add(&bound, c, 1);
	ck_assert_msg(whole == texts[_i].want, "%s: got %d, want %d", text, (int)whole,
		      (int)texts[_i].want);
	ck_assert_msg(bytewise == whole, "%s: bytewise got %d, want %d", text,
		      (int)bytewise, (int)whole);
	ck_assert((json_bound_text(whole) == NULL) == (whole == JSON_BOUND_KEPT));
}
END_TEST

START_TEST(a_result_stays)
{
	JsonBound bound;

	json_bound_init(&bound, &limits);
	ck_assert_int_eq(json_bound_add(&bound, "[[[[", 4), JSON_BOUND_DEPTH);
	ck_assert_int_eq(json_bound_add(&bound, "]]]]", 4), JSON_BOUND_DEPTH);
	json_bound_init(&bound, &limits);
	ck_assert_int_eq(json_bound_add(&bound, "{\0}", 3), JSON_BOUND_FOREIGN);
}
END_TEST

static Suite *
json_bound_suite(void)
{
	Suite *suite = suite_create("json-bound");
	TCase *bound = tcase_create("bound");

	tcase_add_loop_test(bound, a_text_is_refused_where_it_passes_a_limit, 0,
			    G_N_ELEMENTS(texts));
	tcase_add_test(bound, a_result_stays);
	suite_add_tcase(suite, bound);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(json_bound_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
