/* SPDX-License-Identifier: BSD-2-Clause */
/* check_reference.c - is every name of a character known, with and without ";"? */

#include "config.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "mail/reference.h"

static const struct {
	const char *name;
	gunichar first;
	gunichar second;
} entities[] = {
#include "mail/entities.inc"
};

START_TEST(every_name_is_known)
{
	ck_assert_uint_eq(G_N_ELEMENTS(entities), 2231);
	for (size_t i = 0; i < G_N_ELEMENTS(entities); i++) {
		g_autofree char *html = g_strdup_printf("&%s", entities[i].name);
		g_autofree char *query = g_strdup_printf("&%s=", entities[i].name);
		const char *end = html + strlen(html), *query_end = query + strlen(query);
		bool is_whole = end[-1] == ';';
		char text[REFERENCE_MAX_BYTES];
		size_t length = 0;

		ck_assert_msg(
		    reference_read(html, end, REFERENCE_IN_TEXT, text, &length) == end,
		    "%s: unknown", html);
		ck_assert_msg(length > 0 && length <= sizeof(text) &&
				  g_utf8_get_char_validated(text, (gssize)length) ==
				      entities[i].first,
			      "%s: another character", html);
		/* What has no ";" is a query's, in a value. */
		ck_assert_msg((reference_read(query, query_end, REFERENCE_IN_VALUE, text,
					      &length) != NULL) == is_whole,
			      "%s in a value", query);
		ck_assert_msg(i == 0 ||
				  strcmp(entities[i - 1].name, entities[i].name) < 0,
			      "%s: not sorted", html);
	}
}
END_TEST

static Suite *
reference_suite(void)
{
	Suite *suite = suite_create("reference");
	TCase *names = tcase_create("names");

	tcase_add_test(names, every_name_is_known);
	suite_add_tcase(suite, names);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(reference_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
