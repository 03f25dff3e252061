/* SPDX-License-Identifier: BSD-2-Clause */
/* check_json.c - is JSON of any other program read, whatever is in it? */

#include "config.h"

#include <stdlib.h>

#include <check.h>

#include "base/json.h"

static const char *const foreign[] = {
	"", "{", "Jane", "null", "[]", "\"Jane\"", "{\"name\": \"J\xe4ne\"}",
};

START_TEST(a_line_that_is_no_object_is_none)
{
	g_autoptr(JsonObject) object = json_read(foreign[_i]);

	ck_assert_msg(object == NULL, "\"%s\" was read", foreign[_i]);
}
END_TEST

START_TEST(members_are_read)
{
	g_autoptr(JsonObject) object =
	    json_read("{\"name\":\"Jane\",\"known\":true,\"seen\":7,\"urls\":[1,2]}");

	ck_assert_str_eq(json_text(object, "name"), "Jane");
	ck_assert(json_flag(object, "known"));
	ck_assert_int_eq(json_number(object, "seen"), 7);
	ck_assert_uint_eq(json_list_length(json_list(object, "urls")), 2);
	ck_assert(json_has(object, "urls"));
}
END_TEST

static const char *const others[] = {
	"{\"it\":null}",
	"{\"it\":{}}",
	"{\"it\":1.5}",
	"{}",
};

START_TEST(a_member_of_another_type_is_none)
{
	g_autoptr(JsonObject) object = json_read(others[_i]);

	ck_assert_ptr_nonnull(object);
	ck_assert_ptr_null(json_text(object, "it"));
	ck_assert(!json_flag(object, "it"));
	ck_assert_int_eq(json_number(object, "it"), 0);
	ck_assert_ptr_null(json_list(object, "it"));
	ck_assert(json_has(object, "it") == !g_str_equal(others[_i], "{}"));
}
END_TEST

START_TEST(an_element_of_another_type_is_none)
{
	g_autoptr(JsonObject) object =
	    json_read("{\"all\":[\"Jane\",{\"a\":\"b\"},[],null,1]}");
	JsonArray *list = json_list(object, "all");

	ck_assert_uint_eq(json_list_length(list), 5);
	ck_assert_str_eq(json_list_text(list, 0), "Jane");
	ck_assert_str_eq(json_text(json_list_object(list, 1), "a"), "b");
	for (size_t i = 0; i < 5; i++) {
		ck_assert(i == 0 || json_list_text(list, i) == NULL);
		ck_assert(i == 1 || json_list_object(list, i) == NULL);
	}
}
END_TEST

START_TEST(what_is_missing_has_nothing)
{
	ck_assert(!json_has(NULL, "it"));
	ck_assert_ptr_null(json_text(NULL, "it"));
	ck_assert_ptr_null(json_list(NULL, "it"));
	ck_assert_ptr_null(json_member(NULL, "it"));
	ck_assert_uint_eq(json_list_length(NULL), 0);
}
END_TEST

static Suite *
json_suite(void)
{
	Suite *suite = suite_create("json");
	TCase *json = tcase_create("json");

	tcase_add_loop_test(json, a_line_that_is_no_object_is_none, 0,
			    G_N_ELEMENTS(foreign));
	tcase_add_test(json, members_are_read);
	tcase_add_loop_test(json, a_member_of_another_type_is_none, 0,
			    G_N_ELEMENTS(others));
	tcase_add_test(json, an_element_of_another_type_is_none);
	tcase_add_test(json, what_is_missing_has_nothing);
	suite_add_tcase(suite, json);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(json_suite());
	int failed;

	/* Asked for another type, json-glib complains and answers NULL. */
	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
