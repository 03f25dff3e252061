/* SPDX-License-Identifier: BSD-2-Clause */
/* check_header_checks.c - is Postfix's line for our fields found where it is? */

#include "config.h"

#include "fixture.h"
#include "milter/header-checks.h"

#define UNSEEN  HEADER_CHECKS_UNSEEN
#define THERE   HEADER_CHECKS_THERE
#define MISSING HEADER_CHECKS_MISSING

/* FOLDER: where both files are. */
static const struct {
	const char *main_cf, *table; /* NULL: there is none */
	HeaderChecks want;
} cases[] = {
	{ NULL, NULL, UNSEEN },
	{ "", NULL, MISSING },
	{ "myhostname = a.example\n", NULL, MISSING },
	{ "header_checks = regexp:FOLDER/table\n", "/^Invite-/ IGNORE\n", THERE },
	{ "header_checks=pcre:FOLDER/table\n", "/^invite-/i  ignore\n", THERE },
	{ "header_checks = regexp:${config_directory}/table\n", "/^Invite-/ IGNORE\n",
	  THERE },
	{ "header_checks =\n  regexp:$config_directory/table,\n\tregexp:FOLDER/none\n",
	  "# ours\n/^X-Spam:/ IGNORE\n/^Invite-/ STRIP\n", THERE },
	{ "header_checks = regexp:FOLDER/table\n",
	  "/^Invite-(Verdict|Reasons|From)/ IGNORE\n"
	  "/^Invite-(Suggestion|Reply):/ REJECT no\n",
	  THERE },
	/* The last line counts, and other settings are others. */
	{ "header_checks = regexp:FOLDER/table\nheader_checks =\n", "/^Invite-/ IGNORE\n",
	  MISSING },
	{ "mime_header_checks = regexp:FOLDER/table\n", "/^Invite-/ IGNORE\n", MISSING },
	{ "#header_checks = regexp:FOLDER/table\n", "/^Invite-/ IGNORE\n", MISSING },
	/* Not all of them, or nothing is done to them. */
	{ "header_checks = regexp:FOLDER/table\n", "/^Invite-Verdict:/ IGNORE\n",
	  MISSING },
	{ "header_checks = regexp:FOLDER/table\n", "/^Invite-/ WARN\n", MISSING },
	{ "header_checks = regexp:FOLDER/table\n", "#/^Invite-/ IGNORE\n", MISSING },
	{ "header_checks = regexp:FOLDER/table\n", "!/^Invite-/ IGNORE\n", MISSING },
	{ "header_checks = regexp:FOLDER/table\n", "/^Invite-[/ IGNORE\n", MISSING },
	{ "header_checks = regexp:FOLDER/table\n", "/^Invite- IGNORE\n/\n", MISSING },
	{ "header_checks = regexp:FOLDER/table\n", "", MISSING },
	/* What cannot be looked into. */
	{ "header_checks = regexp:FOLDER/none\n", NULL, UNSEEN },
	{ "header_checks = hash:FOLDER/table\n", "/^Invite-/ IGNORE\n", UNSEEN },
	{ "header_checks = $ours\n", "/^Invite-/ IGNORE\n", UNSEEN },
};

START_TEST(the_line_is_found_where_it_is)
{
	g_autofree char *folder = fixture_folder();
	const char *const names[] = { "main.cf", "table" };
	const char *const texts[] = { cases[_i].main_cf, cases[_i].table };
	HeaderChecks got;

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(folder, names[i], NULL);
		g_autoptr(GString) text = g_string_new(texts[i]);

		g_string_replace(text, "FOLDER", folder, 0);
		ck_assert(texts[i] == NULL ||
			  g_file_set_contents(path, text->str, -1, NULL));
	}
	got = header_checks_find(folder);
	ck_assert_msg(got == cases[_i].want, "%s%s: got %d, want %d", cases[_i].main_cf,
		      cases[_i].table, (int)got, (int)cases[_i].want);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("header-checks");
	TCase *postfix = tcase_create("postfix");

	tcase_add_loop_test(postfix, the_line_is_found_where_it_is, 0,
			    G_N_ELEMENTS(cases));
	suite_add_tcase(suite, postfix);

	return fixture_run(suite);
}
