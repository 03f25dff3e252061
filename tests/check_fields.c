/* SPDX-License-Identifier: BSD-2-Clause */
/* check_fields.c - do our header fields say what was found, as the contract words it? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "mail/encoded.h"
#include "edit/fields.h"

static const char *const own[FIELD_LAST] = { "Invite-Verdict", "Invite-Reasons",
					     "Invite-From", "Invite-Suggestion",
					     "Invite-Reply" };

START_TEST(a_field_of_ours_is_known_in_any_case)
{
	g_autofree char *upper = g_ascii_strup(own[_i], -1);
	g_autofree char *lower = g_ascii_strdown(own[_i], -1);

	ck_assert_str_eq(fields_name((Field)_i), own[_i]);
	ck_assert_int_eq(fields_of(own[_i]), _i);
	ck_assert_int_eq(fields_of(upper), _i);
	ck_assert_int_eq(fields_of(lower), _i);
}
END_TEST

static const char *const others[] = { "",
				      "Invite",
				      "Invite-",
				      "Invite-Verdicts",
				      "Invite-Verdic",
				      "X-Invite-Verdict",
				      "Invite Verdict",
				      "Subject" };

START_TEST(no_other_field_is_ours)
{
	ck_assert_msg(fields_of(others[_i]) == FIELD_LAST, "%s is ours", others[_i]);
}
END_TEST

static Edits *
edits_of(const char *name, const char *owner, FieldsReply reply)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail(name);
	g_autoptr(Assessment) assessment = fixture_assess(assessor, mail, owner);
	Edits *edits = edits_new();

	fields_insert(edits, assessment, reply);
	fixture_check_edits(edits, name);

	return edits;
}

/* A value without its folds. */
static char *
unfolded(const Edits *edits, Field field)
{
	const char *value = fixture_value(edits, own[field]);
	g_auto(GStrv) lines = g_strsplit(value != NULL ? value : "", "\n\t", -1);

	return value != NULL ? g_strjoinv(" ", lines) : NULL;
}

static const struct {
	const char *mail;
	const char *values[FIELD_LAST]; /* "*" for any text; NULL: not there */
} mails[] = {
	{ "linkedin/member-2024-default.eml",
	  { "default-text; network=linkedin; request=connect; relation=stranger; "
	    "authenticity=unverified; note=default",
	    "default:linkedin-en-5, relation:stranger",
	    "Kwabena Osei-Tutu <https://www.linkedin.com/in/kwabena-osei-tutu>",
	    "reply-dont-accept; "
	    "url=\"https://www.linkedin.com/mynetwork/invitation-manager/\"",
	    "Hi Kwabena, *Best regards, Marieke Duivenvoorde" } },
	{ "linkedin/broken-no-body.eml",
	  { "contextless; network=linkedin; request=connect; relation=stranger; "
	    "authenticity=unverified; note=none",
	    "note:none, relation:stranger", "Saskia Verhulst-Bakari",
	    "reply-dont-accept; "
	    "url=\"https://www.linkedin.com/mynetwork/invitation-manager/\"",
	    "Hi Saskia, *Best regards, Marieke Duivenvoorde" } },
	{ "linkedin/member-2025-pitch-software.eml",
	  { "spammy; *", "*", "*", "ignore; url=*",
	    "Hi Chadwick, Thank you for thinking of me. *Best regards, Marieke "
	    "Duivenvoorde" } },
	{ "linkedin/reminder-2013-dated.eml",
	  { "default-text; network=linkedin; request=connect; relation=stranger; "
	    "authenticity=unverified; note=default; reminder=yes",
	    "*relation:stranger", "Mehmet Karaosman*", "reply-dont-accept; *", "*" } },
	{ "linkedin/forged-look-alike-domain.eml",
	  { "forged; network=linkedin; request=none; relation=stranger; "
	    "authenticity=forged; note=none",
	    "forged:look-alike-domain, note:none, relation:stranger", NULL, "report",
	    NULL } },
};

START_TEST(the_fields_say_what_was_found)
{
	g_autoptr(Edits) edits =
	    edits_of(mails[_i].mail, FIXTURE_OWNER, FIELDS_WITH_REPLY);

	for (size_t field = 0; field < FIELD_LAST; field++) {
		const char *wanted = mails[_i].values[field];
		g_autofree char *got = unfolded(edits, (Field)field);

		ck_assert_msg(
		    wanted != NULL && got != NULL ? g_pattern_match_simple(wanted, got)
						  : wanted == got,
		    "%s: %s: got %s, want %s", mails[_i].mail, own[field], got, wanted);
	}
}
END_TEST

START_TEST(the_fields_stand_in_the_order_of_the_contract)
{
	g_autoptr(Edits) edits = edits_of("linkedin/member-2024-default.eml",
					  FIXTURE_OWNER, FIELDS_WITH_REPLY);

	ck_assert_uint_eq(edits->fields->len, FIELD_LAST);
	for (size_t i = 0; i < FIELD_LAST; i++) {
		const Edit *edit = &g_array_index(edits->fields, Edit, i);

		ck_assert_int_eq(edit->kind, EDIT_INSERT);
		ck_assert_str_eq(edit->name, own[i]);
	}
}
END_TEST

START_TEST(without_a_single_reader_there_is_no_reply)
{
	g_autoptr(Edits) edits =
	    edits_of("linkedin/member-2024-default.eml", NULL, FIELDS_WITHOUT_REPLY);
	g_autofree char *verdict = unfolded(edits, FIELD_VERDICT);

	ck_assert_ptr_null(fixture_value(edits, "Invite-Reply"));
	ck_assert_ptr_nonnull(strstr(verdict, "relation=unknown"));
}
END_TEST

/* Every value of ours in every mail: folded, and the same once it is unfolded. */
START_TEST(values_are_folded_before_column_78)
{
	g_autoptr(GPtrArray) rows = fixture_rows();
	char **row = rows->pdata[_i];
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GString) mail = fixture_mail(row[EXPECTED_FILE]);
	g_autoptr(Edits) edits = fixture_pass(assessor, mail, FIXTURE_OWNER, NULL);

	fixture_check_edits(edits, row[EXPECTED_FILE]);
	for (size_t i = 0; i < edits->fields->len; i++) {
		const Edit *edit = &g_array_index(edits->fields, Edit, i);
		g_auto(GStrv) lines = edit->value != NULL
					  ? g_strsplit(edit->value, "\n", -1)
					  : g_new0(char *, 1);

		for (size_t j = 0; lines[j] != NULL; j++) {
			size_t width = strlen(lines[j]) +
				       (j == 0 ? strlen(edit->name) + strlen(": ") : 0);
			/* A URL has no place to fold at. */
			bool is_url = strstr(lines[j], "https://") != NULL;

			ck_assert_msg(width < 78 || is_url, "%s: %s: a line of %zu: %s",
				      row[EXPECTED_FILE], edit->name, width, lines[j]);
		}
	}
}
END_TEST

START_TEST(a_name_beyond_ascii_is_encoded_and_comes_back)
{
	g_autoptr(Edits) edits = edits_of("linkedin/name-encoded-word-japanese.eml",
					  FIXTURE_OWNER, FIELDS_WITH_REPLY);
	const char *value = fixture_value(edits, "Invite-From");
	g_autofree char *decoded = encoded_decode(value);

	ck_assert(g_str_has_prefix(value, "=?UTF-8?"));
	ck_assert_str_eq(decoded, "\345\246\202\346\234\210 \351\201\245 "
				  "<https://www.linkedin.com/in/kisaragi-haruka>");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("fields");
	TCase *fields = tcase_create("fields");
	g_autoptr(GPtrArray) rows = fixture_rows();

	tcase_add_loop_test(fields, a_field_of_ours_is_known_in_any_case, 0, FIELD_LAST);
	tcase_add_loop_test(fields, no_other_field_is_ours, 0, G_N_ELEMENTS(others));
	tcase_add_loop_test(fields, the_fields_say_what_was_found, 0,
			    G_N_ELEMENTS(mails));
	tcase_add_test(fields, the_fields_stand_in_the_order_of_the_contract);
	tcase_add_test(fields, without_a_single_reader_there_is_no_reply);
	tcase_add_loop_test(fields, values_are_folded_before_column_78, 0,
			    (int)rows->len);
	tcase_add_test(fields, a_name_beyond_ascii_is_encoded_and_comes_back);
	suite_add_tcase(suite, fields);
	fixture_load();

	return fixture_run(suite);
}
