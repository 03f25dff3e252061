/* SPDX-License-Identifier: BSD-2-Clause */
/* check_reply_name.c - are people called by their names, and by nothing else? */

#include "config.h"

#include "base/data.h"
#include "fixture.h"
#include "people/reply-name.h"

static const struct {
	const char *name;
	const char *first, *whole; /* NULL: nobody knows */
} names[] = {
	{ "Jane Doe", "Jane", "Jane Doe" },
	{ "Jane", "Jane", "Jane" },
	{ "Dr. Jane Doe", "Jane", "Dr. Jane Doe" },
	{ "Doe, Jane", "Jane", "Jane Doe" },
	{ "Doe, Jane, PhD", "Jane", "Jane Doe" },
	{ "van der Wit, Jane", "Jane", "Jane van der Wit" },
	{ "Jane Doe, PhD, MBA", "Jane", "Jane Doe" },
	{ "Jane Doe, Ph.D.", "Jane", "Jane Doe" },
	{ "Jane Doe, Marketing Manager", "Jane", "Jane Doe" },
	{ "Jane Doe, Painter", NULL, NULL },
	{ "Jane Doe, Coach", "Jane", "Jane Doe" },
	{ "Jane Doe, Coach, Painter", "Jane", "Jane Doe" },
	{ "De Wit, Jane", NULL, NULL },
	{ ", Jane", "Jane", "Jane" },
	{ "Jane Doe,", "Jane", "Jane Doe" },
	{ "- Jane Doe -", "Jane", "Jane Doe" },
	{ "Prof Jane Roe", "Jane", "Prof Jane Roe" },
	{ "Dr Jane Roe", "Jane", "Dr Jane Roe" },
	{ "Frau Jane Roe", "Jane", "Jane Roe" },
	{ "Frau Roe", NULL, "Frau Roe" },
	{ "Frau Dr. med. Jane Roe", "Jane", "Dr. Jane Roe" },
	{ "Mw. drs. Jane Roe", "Jane", "Jane Roe" },
	{ "Mr Jack Roe", "Jack", "Jack Roe" },
	{ "Roe, Frau Jane", "Jane", "Jane Roe" },
	{ "Dott.ssa Jane Roe", "Jane", "Dott.ssa Jane Roe" },
	{ "Rechtsanw\303\244ltin Jane Roe", "Jane", "Rechtsanw\303\244ltin Jane Roe" },
	{ "Coach Jane", NULL, "Coach Jane" },
	{ "Freiherr von Roe", NULL, "Freiherr von Roe" },
	/* A family's name alone is no name to greet by. */
	{ "Dr. Roe", NULL, "Dr. Roe" },
	{ "J. Roe", NULL, "J. Roe" },
	{ "J. Edgar Roe", "Edgar", "J. Edgar Roe" },
	/* As they are typed in a hurry. */
	{ "jane roe", "Jane", "Jane Roe" },
	{ "JANE O'ROE", "Jane", "Jane O'Roe" },
	{ "ROE, JANE", "Jane", "Jane Roe" },
	{ "JANE MCROE", "Jane", "Jane McRoe" },
	{ "jane mcroe-mcdoe", "Jane", "Jane McRoe-McDoe" },
	{ "Jane MCROE", "Jane", "Jane McRoe" },
	{ "McRoe", "McRoe", "McRoe" },
	{ "JP Roe", "JP", "JP Roe" },
	{ "Jane ROE-DOE", "Jane", "Jane Roe-Doe" },
	{ "JANE", "Jane", "Jane" },
	{ "JANE ROE, PhD", "Jane", "Jane Roe" },
	{ "JANE VAN DER WIT", "Jane", "Jane van der Wit" },
	{ "jane de wit", "Jane", "Jane de Wit" },
	{ "Jane DE LA WIT", "Jane", "Jane de la Wit" },
	{ "van der wit, jane", "Jane", "Jane van der Wit" },
	{ "LAN DU", "Lan", "Lan Du" },
	/* A handle is said among friends, and never "Dear jane77". */
	{ "jane77", "jane77", NULL },
	{ "the-jane", "the-jane", NULL },
	{ "Jane_Roe", "Jane_Roe", NULL },
	/* Which of them is the family's, nobody knows. */
	{ "ROE Jane", NULL, "Roe Jane" },
	{ "DE WIT JANE", NULL, "De Wit Jane" },
	{ "Mevr. A. de Wit", NULL, "Mevr. A. de Wit" },
	{ "Jane van der Wit", "Jane", "Jane van der Wit" },
	{ "Roe, Prof. Dr. Jane", "Jane", "Prof. Dr. Jane Roe" },
	{ "J R Roe", NULL, "J R Roe" },
	/* What stands behind it, and what a network hides. */
	{ "Dr. Dr. Jane Roe", "Jane", "Dr. Dr. Jane Roe" },
	{ "Jane Roe PhD", "Jane", "Jane Roe" },
	{ "Jane Roe Ph.D. MBA", "Jane", "Jane Roe" },
	{ "Jane Roe Jr.", "Jane", "Jane Roe" },
	{ "Jane Roe LION", "Jane", "Jane Roe" },
	{ "Jane Lion", "Jane", "Jane Lion" },
	{ "Jack Ma", "Jack", "Jack Ma" },
	{ "Jane R.", "Jane", "Jane" },
	{ "Jane R", "Jane", "Jane" },
	{ "J. R.", NULL, NULL },
	{ "D", NULL, NULL },
	{ "Jane Roe | Painter", "Jane", "Jane Roe" },
	{ "Jane Roe \342\200\223 paints: walls", "Jane", "Jane Roe" },
	{ "Loom | Jane Roe", NULL, NULL },
	/* A title, or somebody's first name? */
	{ "Don Jack", "Don Jack", "Don Jack" },
	{ "Don Jack Roe", "Don Jack Roe", "Don Jack Roe" },
	{ "Roe, Don", "Don", "Don Roe" },
	{ "Don", "Don", "Don" },
	{ "Ma\303\256tre Jane Roe", "Ma\303\256tre Jane Roe", "Ma\303\256tre Jane Roe" },
	/* Families' names that stand first. */
	{ "Liang Zhenhua", "Liang Zhenhua", "Liang Zhenhua" },
	{ "Nguy\341\273\205n Th\341\273\213 \303\201nh",
	  "Nguy\341\273\205n Th\341\273\213 \303\201nh",
	  "Nguy\341\273\205n Th\341\273\213 \303\201nh" },
	{ "Liang, Zhenhua", "Zhenhua", "Zhenhua Liang" },
	{ "Kim", "Kim", "Kim" },
	/* Letters that were lost on the way. */
	{ "J?rgen Roe", NULL, NULL },
	/* Nobody is called Loom. */
	{ "Loom GmbH", NULL, NULL },
	{ "Loom & Sons Ltd.", NULL, NULL },
	{ "Loom Support", NULL, NULL },
	{ "The Loom Team", NULL, NULL },
	{ "Painting with Jane", NULL, NULL },
	{ "Asociaci\303\263n Vecinal del Sur", NULL, NULL },
	{ "Stichting Molen", NULL, NULL },
	{ "Jane & John Roe", NULL, NULL },
	{ "Familie Roe", NULL, NULL },
	/* What is longer than a name may be was cut. */
	{ "Jane Annabella Maximiliane Roe-Winterbottom of Hohenstaufenberg-R", "Jane",
	  NULL },
	{ "Jane Roe, Head of Marketing", "Jane", "Jane Roe" },
	{ "Ana S\303\241", "Ana", "Ana S\303\241" },
	{ "\345\246\202\346\234\210 \351\201\245",
	  "\345\246\202\346\234\210 \351\201\245",
	  "\345\246\202\346\234\210 \351\201\245" },
};

START_TEST(a_person_has_a_first_name_and_a_whole_one)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "people", ".people", NULL);
	g_autoptr(NameRules) rules = name_rules_new(files, NULL);
	g_autofree char *first = reply_name_first(rules, names[_i].name);
	g_autofree char *whole = reply_name_whole(rules, names[_i].name, NULL);

	ck_assert_msg(g_strcmp0(first, names[_i].first) == 0, "%s: got %s, want %s",
		      names[_i].name, first, names[_i].first);
	ck_assert_msg(g_strcmp0(whole, names[_i].whole) == 0, "%s: got %s, want %s",
		      names[_i].name, whole, names[_i].whole);
}
END_TEST

/* NULL: nobody would be greeted so. */
static const struct {
	const char *name;
	const char *language;
	const char *whole;
} titled[] = {
	{ "Dott. Jane Roe", "it", "Dott. Jane Roe" },
	{ "Dott. Jane Roe", "fr", "Jane Roe" },
	{ "Dott. Jane Roe", "pt-BR", "Jane Roe" },
	{ "Dott. Jane Roe", "sv", "Dott. Jane Roe" },
	{ "Prof. Dr. Jane Roe", "de", "Prof. Dr. Jane Roe" },
	{ "Prof. Dr. Jane Roe", "fr", "Jane Roe" },
	{ "Avv. Jane Roe", "en", "Jane Roe" },
	{ "Frau Dr. med. Jane Roe", "nl", "Dr. Jane Roe" },
	{ "Roe, Dott.ssa Jane", "es", "Jane Roe" },
	{ "J. R. Roe", "fr", "J. R. Roe" },
	{ "Mr. Roe", "en", "Mr. Roe" },
	{ "Dott. Roe", "it", "Dott. Roe" },
	{ "Dott. Roe", "fr", NULL },
};

START_TEST(a_title_is_said_in_its_own_languages)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "people", ".people", NULL);
	g_autoptr(NameRules) rules = name_rules_new(files, NULL);
	g_autofree char *whole =
	    reply_name_whole(rules, titled[_i].name, titled[_i].language);

	ck_assert_msg(g_strcmp0(whole, titled[_i].whole) == 0,
		      "%s in %s: got %s, want %s", titled[_i].name, titled[_i].language,
		      whole, titled[_i].whole);
}
END_TEST

static const struct {
	const char *name;
	const char *clean; /* NULL: none to use */
} written[] = {
	{ "Jane Doe, PhD", "Jane Doe, PhD" },
	{ "\360\237\232\200 Jane Doe (She/Her)", "Jane Doe" },
	{ "Jane \"Jay\" Roe", "Jane Roe" },
	{ "Jane 'Jay' Roe", "Jane Roe" },
	{ "Jane \342\200\234Jay\342\200\235 Roe", "Jane Roe" },
	{ "Jane \342\200\236Jay\342\200\234 Roe", "Jane Roe" },
	{ "\"Jane Roe\"", "\"Jane Roe\"" },
	{ "Jan van 't Wit", "Jan van 't Wit" },
	{ "Jan 't Wit-O'Roe", "Jan 't Wit-O'Roe" },
	{ "Dott.ssa Jane Roe", "Dott.ssa Jane Roe" },
	{ "Klaver & Zoon", "Klaver & Zoon" },
	{ "{first}", NULL },
	{ "shop.example.com", NULL },
	{ "a@example.org", NULL },
	{ "<b>Jane</b>", NULL },
	{ "***", NULL },
	{ "J\377rgen Roe", "J?rgen Roe" },
	{ "", NULL },
	{ NULL, NULL },
};

/* Names, and whether they are enough to look a person up. */
static const struct {
	const char *name;
	bool is_full;
} full[] = {
	{ "Jane Roe", true },   { "Roe, Jane", true },
	{ "Jane R.", false },   { "Jane R", false },
	{ "Jane", false },      { "jane77", false },
	{ "Loom GmbH", false }, { "\345\246\202\346\234\210", true },
};

START_TEST(a_name_tells_who_it_is_or_does_not)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "people", ".people", NULL);
	g_autoptr(NameRules) rules = name_rules_new(files, NULL);

	ck_assert_msg(reply_name_is_full(rules, full[_i].name) == full[_i].is_full, "%s",
		      full[_i].name);
}
END_TEST

START_TEST(no_address_link_or_markup_is_a_name)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "people", ".people", NULL);
	g_autoptr(NameRules) rules = name_rules_new(files, NULL);
	g_autofree char *clean = reply_name_clean(rules, written[_i].name);

	ck_assert_msg(g_strcmp0(clean, written[_i].clean) == 0, "%s: got %s, want %s",
		      written[_i].name, clean, written[_i].clean);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("reply-name");
	TCase *called = tcase_create("called");

	tcase_add_loop_test(called, a_title_is_said_in_its_own_languages, 0,
			    G_N_ELEMENTS(titled));
	tcase_add_loop_test(called, a_person_has_a_first_name_and_a_whole_one, 0,
			    G_N_ELEMENTS(names));
	tcase_add_loop_test(called, no_address_link_or_markup_is_a_name, 0,
			    G_N_ELEMENTS(written));
	tcase_add_loop_test(called, a_name_tells_who_it_is_or_does_not, 0,
			    G_N_ELEMENTS(full));
	suite_add_tcase(suite, called);

	return fixture_run(suite);
}
