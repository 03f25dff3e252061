/* SPDX-License-Identifier: BSD-2-Clause */
/* check_rule.c - do patterns of roles find who does what to whom, and nothing else? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "note/language.h"
#include "note/spans.h"
#include "note/wording.h"

#define LANGUAGE                                                                         \
	"[language]\ncode = xx\nname = X\n"                                              \
	"[phrases]\nwords = the; you; it\n"                                              \
	"[cues]\nmet = met in\n"                                                         \
	"[roles]\nme = i; we\ntrade = sell*\nclient = shops\n"

#define TEN(text) text text text text text text text text text text

#define ROLES "[roles]\nnames = me; trade; client\n"

static Languages *
languages_of(const char *rules, GError **error)
{
	g_autoptr(GPtrArray) files = fixture_files("languages/xx.language", LANGUAGE);
	g_autofree char *text = g_strconcat(ROLES, rules, "\n", NULL);
	g_autoptr(GPtrArray) rule_files = fixture_files("notes/x.rules", text);

	return languages_new_with(files, rule_files, error);
}

static const struct {
	const char *rules, *note;
	const char *want; /* levels of what is found */
} finds[] = {
	{ "strong = me trade _2 client", "We sell big red shops", "strong" },
	{ "strong = me trade _2 client", "We sell big red round shops", "" },
	{ "strong = me trade _2 client", "We sell. Shops", "" },
	{ "strong = me trade _2 client", "We sell. Big shops", "" },
	{ "strong = me trade _2 client", "shops sell we", "" },
	{ "strong = me ~3 client", "We sell. Big shops", "strong" },
	{ "strong = me ~3 client", "We sell. Big red round shops", "" },
	{ "plain = ^ trade", "Selling it", "plain" },
	{ "plain = ^ trade", "I sell it", "" },
	{ "plain = trade $", "I sell. You", "plain" },
	{ "plain = trade $", "I sell it", "" },
	{ "weak = trade ?", "Do you sell?", "weak" },
	{ "weak = trade ?", "You sell.", "" },
	{ "plain = me [trade] client", "We sell shops", "plain" },
	{ "plain = me [trade] client", "We shops", "plain" },
	{ "plain = me|client trade", "shops sell", "plain" },
	{ "plain = NUMBER client", "20 shops", "plain" },
	{ "plain = NAME trade", "so Acme sells", "plain" },
	{ "plain = NAME trade", "so acme sells", "" },
	{ "plain = cue.met NAME", "you met in Ghent", "plain" },
	/* A gap behind the beginning of a sentence stays in it. */
	{ "plain = ^ _2 client", "The big shops", "plain" },
	{ "plain = ^ _2 client", "Shops", "plain" },
	{ "plain = ^ _2 client", "The big red shops", "" },
	{ "plain = ^ _2 client", "You. The big shops", "plain" },
	{ "plain = ^ _2 trade", "You. It. Shops", "" },
	{ "plain = ^ _4 trade _2 client", "The. It. We sell shops", "plain" },
	{ "plain = ^ _3 me trade", "The. It we. Sell", "" },
	{ "plain = ^ _2 client $", "So it is. The big shops. It", "plain" },
	{ "plain = ^ [me] client", "It. Shops", "plain" },
	{ "plain = ^ [me] client", "It. We shops", "plain" },
	{ "plain = ^ [me] client", "It. We. Shops. You", "plain" },
	{ "plain = me ^ client", "It is we. Shops", "plain" },
	{ "plain = me ^ client", "We shops", "" },
	{ "plain = me $ ^ client", "It is we. Shops", "plain" },
	{ "plain = me $ ~1 client", "It is we. Big shops", "plain" },
	{ "plain = me ? ^ _1 client", "Is it we? Big shops", "plain" },
	/* Places are kept in words of 64 bits. */
	{ "plain = me _4 client",
	  TEN("it ") TEN("it ") TEN("it ") TEN("it ") TEN("it ")
	      TEN("it ") "it we big big red shops",
	  "plain" },
	/* Each pattern once, however often it is found. */
	{ "plain = me trade", "I sell, I sell, I sell", "plain" },
	{ "against = me trade; trade _1\nweak = client", "I sell it", "against against" },
	{ "plain = me", "", "" },
};

START_TEST(a_pattern_is_found_where_its_roles_stand)
{
	g_autofree char *rules = g_strconcat("[pitch offer]\n", finds[_i].rules, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Languages) languages = NULL;
	g_autoptr(GString) got = g_string_new(NULL);
	g_autoptr(GArray) hits = NULL;
	g_auto(Wording) wording = { 0 };
	g_auto(Spans) spans = { 0 };

	languages = languages_of(rules, &error);
	ck_assert_msg(languages != NULL, "%s", error != NULL ? error->message : "");
	wording_init(&wording, languages, finds[_i].note, NULL);
	spans_init(&spans, &wording);
	hits = rules_find(languages->rules, &spans);
	for (size_t i = 0; i < hits->len; i++)
		g_string_append_printf(
		    got, "%s%s", i > 0 ? " " : "",
		    rule_level_name(g_array_index(hits, RuleHit, i).level));
	ck_assert_msg(g_str_equal(got->str, finds[_i].want), "%s: %s: got \"%s\"",
		      finds[_i].rules, finds[_i].note, got->str);
}
END_TEST

#define STEPS_13 "me me me me me me me me me me me me me"

static const struct {
	const char *rules, *want;
} faults[] = {
	{ "[pitch offer]\nstrong = me nothing", "has a role \"nothing\"" },
	{ "[pitch offer]\nstrong = me _0 trade", "has a role \"_0\"" },
	{ "[pitch offer]\nsure = me", "no such key" },
	{ "[pitch offer]\npast = no", "no such key" },
	{ "[offer]\nstrong = me", "no such section" },
	{ "[noise offer]\nstrong = me", "no such section" },
	{ "[pitch offer]\nstrong = " STEPS_13, "more than 12 steps" },
	{ "[pitch offer]\nstrong = me $ client", "never fits" },
	{ "[pitch offer]\nstrong = trade; me ? _3 [trade] client", "never fits" },
	{ "[words]\nnothing = it", "no such role" },
};

START_TEST(a_wrong_rule_is_refused_with_its_place)
{
	g_autoptr(GError) error = NULL;

	ck_assert_ptr_null(languages_of(faults[_i].rules, &error));
	ck_assert_msg(strstr(error->message, faults[_i].want) != NULL &&
			  strstr(error->message, "x.rules") != NULL,
		      "%s: got %s", faults[_i].rules, error->message);
}
END_TEST

START_TEST(a_kind_may_tell_of_a_bill_and_of_own_words)
{
	g_autoptr(Languages) languages = languages_of(
	    "[pitch bill]\nbill = yes\n[vague x]\nbill = yes\nown = yes", NULL);
	const GArray *kinds = rules_kinds(languages->rules);

	ck_assert_uint_eq(g_array_index(kinds, RuleKind, 0).traits, RULE_BILL);
	ck_assert_uint_eq(g_array_index(kinds, RuleKind, 1).traits, RULE_BILL | RULE_OWN);
}
END_TEST

START_TEST(a_kind_may_tell_who_is_near_and_who_sells)
{
	g_autoptr(Languages) languages = languages_of(
	    "[personal fellow]\nnear = yes\n[pitch sale]\nsells = yes", NULL);
	const GArray *kinds = rules_kinds(languages->rules);

	ck_assert_uint_eq(g_array_index(kinds, RuleKind, 0).traits, RULE_NEAR);
	ck_assert_uint_eq(g_array_index(kinds, RuleKind, 1).traits, RULE_SELLS);
}
END_TEST

START_TEST(a_kind_may_tell_of_a_past)
{
	g_autoptr(Languages) languages =
	    languages_of("[personal met]\npast = yes\n[pitch offer]\nweak = me", NULL);
	const GArray *kinds = rules_kinds(languages->rules);

	ck_assert_uint_eq(kinds->len, 2);
	ck_assert(g_array_index(kinds, RuleKind, 0).traits == RULE_PAST);
	ck_assert(g_array_index(kinds, RuleKind, 1).traits == 0);
}
END_TEST

START_TEST(a_role_has_one_number_and_there_are_not_too_many)
{
	g_autoptr(RoleNames) names = role_names_new();
	size_t first = role_names_add(names, "first");

	ck_assert_uint_eq(role_names_add(names, "first"), first);
	ck_assert_uint_eq(role_names_find(names, "first"), first);
	ck_assert_uint_eq(role_names_find(names, "second"), ROLE_MAX_COUNT);
	ck_assert_uint_eq(role_names_find(names, "NAME"), SIGN_NAME);
	for (size_t i = 0; i < ROLE_MAX_COUNT; i++) {
		g_autofree char *name = g_strdup_printf("r%zu", i);

		role_names_add(names, name);
	}
	ck_assert_uint_eq(names->names->len, ROLE_MAX_COUNT);
	ck_assert_uint_eq(role_names_add(names, "one more"), ROLE_MAX_COUNT);
	ck_assert_uint_eq(role_names_find(names, "one more"), ROLE_MAX_COUNT);
}
END_TEST

static size_t
count_of(const Spans *spans, size_t role)
{
	return spans->first[role + 1] - spans->first[role];
}

static const struct {
	const char *note;
	size_t words, names, numbers, years, money, links, quotes;
	bool is_shouted;
} signs[] = {
	{ "you and Anna in Ghent", 5, 2, 0, 0, 0, 0, 0, false },
	{ "YOU AND ANNA IN GHENT", 5, 0, 0, 0, 0, 0, 0, true },
	{ "in 2019 for 20% or $5", 6, 0, 3, 1, 2, 0, 0, false },
	{ "in 20190 and 1949", 4, 0, 2, 0, 0, 0, 0, false },
	{ "see https://example.org", 4, 0, 0, 0, 0, 1, 0, false },
	{ "about \"glazes", 2, 0, 0, 0, 0, 0, 1, false },
	{ "\377\376 \200", 0, 0, 0, 0, 0, 0, 0, false },
	{ "", 0, 0, 0, 0, 0, 0, 0, false },
};

START_TEST(signs_are_found_without_a_language)
{
	g_autoptr(Languages) languages = languages_of("[pitch offer]\nweak = me", NULL);
	g_auto(Wording) wording = { 0 };
	g_auto(Spans) spans = { 0 };

	wording_init(&wording, languages, signs[_i].note, NULL);
	spans_init(&spans, &wording);
	ck_assert_uint_eq(spans.words, signs[_i].words);
	ck_assert_uint_eq(spans.names, signs[_i].names);
	ck_assert_uint_eq(spans.numbers, signs[_i].numbers);
	ck_assert_uint_eq(count_of(&spans, SIGN_YEAR), signs[_i].years);
	ck_assert_uint_eq(count_of(&spans, SIGN_MONEY), signs[_i].money);
	ck_assert_uint_eq(count_of(&spans, SIGN_LINK), signs[_i].links);
	ck_assert_uint_eq(count_of(&spans, SIGN_QUOTE), signs[_i].quotes);
	ck_assert(spans.is_shouted == signs[_i].is_shouted);
}
END_TEST

START_TEST(words_beyond_the_limit_are_not_looked_at)
{
	g_autoptr(Languages) languages =
	    languages_of("[pitch offer]\nweak = me trade", NULL);
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GArray) hits = NULL;
	g_auto(Wording) wording = { 0 };
	g_auto(Spans) spans = { 0 };

	while (text->len < 1024 * 1024)
		g_string_append(text, "we it ");
	g_string_append(text, "we sell");
	wording_init(&wording, languages, text->str, NULL);
	spans_init(&spans, &wording);
	hits = rules_find(languages->rules, &spans);
	ck_assert_uint_eq(spans.words, SPANS_MAX_WORDS);
	ck_assert_uint_le(spans.first[ROLE_MAX_COUNT], SPANS_MAX_COUNT);
	ck_assert_uint_eq(hits->len, 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("rule");
	TCase *rule = tcase_create("rule");

	tcase_add_loop_test(rule, a_pattern_is_found_where_its_roles_stand, 0,
			    G_N_ELEMENTS(finds));
	tcase_add_loop_test(rule, a_wrong_rule_is_refused_with_its_place, 0,
			    G_N_ELEMENTS(faults));
	tcase_add_test(rule, a_kind_may_tell_who_is_near_and_who_sells);
	tcase_add_test(rule, a_kind_may_tell_of_a_past);
	tcase_add_test(rule, a_kind_may_tell_of_a_bill_and_of_own_words);
	tcase_add_test(rule, a_role_has_one_number_and_there_are_not_too_many);
	tcase_add_loop_test(rule, signs_are_found_without_a_language, 0,
			    G_N_ELEMENTS(signs));
	tcase_add_test(rule, words_beyond_the_limit_are_not_looked_at);
	suite_add_tcase(suite, rule);

	return fixture_run(suite);
}
