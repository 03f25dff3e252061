/* SPDX-License-Identifier: BSD-2-Clause */
/* check_results.c - is an Authentication-Results field read whole, or not at all? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "mail/results.h"

static const struct {
	const char *value;
	const char *want; /* "id: method=result@domain ..."; NULL: nothing */
} values[] = {
	/* What verifiers write. */
	{ "mx.example.net;\n\tdkim=pass (2048-bit key; unprotected) "
	  "header.d=linkedin.com "
	  "header.i=@linkedin.com header.a=rsa-sha256\n\theader.s=d2048-202308-00 "
	  "header.b=AbCd;\n\tdkim-atps=neutral",
	  "mx.example.net: dkim=pass@linkedin.com dkim-atps=neutral" },
	{ "mx.example.net;\n\tdkim=fail reason=\"signature verification failed\" "
	  "(2048-bit "
	  "key) header.d=linkedin.com header.i=@linkedin.com header.b=\"a/B+c=\"",
	  "mx.example.net: dkim=fail@linkedin.com" },
	{ "mx.example.net; dmarc=pass (p=reject dis=none) header.from=linkedin.com",
	  "mx.example.net: dmarc=pass@linkedin.com" },
	{ "mx.example.net;\n\tdkim=pass header.d=linkedin.com header.s=d2048 "
	  "header.b=a/B+cD1=;\n\tspf=pass (mx.example.net: domain of "
	  "s-1a@bounce.linkedin.com "
	  "designates 198.51.100.9 as permitted sender) "
	  "smtp.mailfrom=s-1a@bounce.linkedin.com;\n\tdmarc=pass (policy=reject) "
	  "header.from=linkedin.com",
	  "mx.example.net: dkim=pass@linkedin.com spf=pass dmarc=pass@linkedin.com" },
	{ "mx.example.net; dmarc=fail reason=\"No valid SPF, No valid DKIM\" "
	  "header.from=linkedin.com (policy=none); dkim=fail (\"body hash did not "
	  "verify\") "
	  "header.d=linkedin.com; arc=pass (\"google.com:s=arc-20160816:i=1\")",
	  "mx.example.net: dmarc=fail@linkedin.com dkim=fail@linkedin.com arc=pass" },
	{ "mx.google.com;\r\n       dkim=pass header.i=@linkedin.com "
	  "header.s=d2048-202308-00 "
	  "header.b=\"A/b+cD1e\";\r\n       spf=pass (google.com: domain of "
	  "s-a=b@bounce.linkedin.com designates 198.51.100.9 as permitted sender) "
	  "smtp.mailfrom=\"s-a=b@bounce.linkedin.com\";\r\n       dmarc=pass (p=REJECT "
	  "sp=REJECT dis=NONE) header.from=linkedin.com",
	  "mx.google.com: dkim=pass@linkedin.com spf=pass dmarc=pass@linkedin.com" },
	{ "atlas.mail.yahoo.com; dkim=pass header.i=@linkedin.com header.s=d2048; "
	  "spf=pass "
	  "smtp.mailfrom=bounce.linkedin.com; dmarc=pass(p=REJECT) "
	  "header.from=linkedin.com;"
	  " iprev=pass policy.iprev=2001:db8::1",
	  "atlas.mail.yahoo.com: dkim=pass@linkedin.com spf=pass dmarc=pass@linkedin.com "
	  "iprev=pass" },
	{ "mx.microsoft.com 1; spf=pass (sender ip is 198.51.100.9) "
	  "smtp.rcpttodomain=example.net smtp.mailfrom=bounce.linkedin.com; dmarc=pass "
	  "(p=reject sp=reject pct=100) action=none header.from=linkedin.com; dkim=pass "
	  "(signature was verified) header.d=linkedin.com; arc=none (0)",
	  "mx.microsoft.com: spf=pass dmarc=pass@linkedin.com dkim=pass@linkedin.com "
	  "arc=none" },
	{ "mx.microsoft.com 1; compauth=pass reason=100",
	  "mx.microsoft.com: compauth=pass" },
	/* Microsoft's inbound ones do not say who says so. */
	{ "spf=pass (sender IP is 198.51.100.9) smtp.mailfrom=bounce.linkedin.com; "
	  "dkim=pass "
	  "header.d=linkedin.com;dmarc=pass action=none header.from=linkedin.com",
	  NULL },
	{ "mx.example.net; auth=pass (cram-md5) smtp.auth=ann@example.org",
	  "mx.example.net: auth=pass@example.org" },

	/* The grammar, and the words in letters of any case. */
	{ "mx.example.net; none", "mx.example.net:" },
	{ " (a) MX.Example.NET. (b) 1 (c) ;\t(d) None (e) ", "mx.example.net:" },
	{ "\"MX.example.net\"; none", "mx.example.net:" },
	{ "a; DKIM = Pass HEADER.D = LinkedIn.COM.", "a: dkim=pass@linkedin.com" },
	{ "a;dkim(1)/(2)1(3)=(4)pass(5)header(6).(7)d(8)=(9)b.test(10)",
	  "a: dkim=pass@b.test" },
	{ "a; dkim=pass (nested (deeper \\) (;)) ;) header.d=b.test",
	  "a: dkim=pass@b.test" },
	{ "a; dkim=pass\r\n\theader.d=\"b.test\"", "a: dkim=pass@b.test" },
	{ "a; dkim=pass header.d=\"b\\.test\"", "a: dkim=pass@b.test" },
	{ "a; dkim=fail reason=\"; dkim=pass header.d=b.test\"", "a: dkim=fail" },
	{ "a; spf=pass smtp.mailfrom=\"x; dkim=pass header.d=b.test\"@c.test",
	  "a: spf=pass" },
	{ "a; spf=pass smtp.mailfrom=x@[192.0.2.1]", "a: spf=pass" },
	{ "a; dkim=pass (J\xc3\xbcrgen) header.i=\"J\xc3\xbc r\"@b.test",
	  "a: dkim=pass@b.test" },
	{ "a; dkim=pass header.d=b.test\r\n", "a: dkim=pass@b.test" },
	{ "a; none\n", "a:" },
	/* Only what tells whom it is about is kept. */
	{ "a; dkim=pass header.i=@c.test header.d=b.test", "a: dkim=pass@b.test" },
	{ "a; dkim=pass header.d=\"b test\" header.i=@c.test", "a: dkim=pass" },
	{ "a; dkim=pass header.i=b.test", "a: dkim=pass" },
	{ "a; dkim=pass header.d=x@b.test", "a: dkim=pass" },
	{ "a; dkim=pass header.from=b.test smtp.d=b.test", "a: dkim=pass" },
	{ "a; dmarc=pass header.d=b.test", "a: dmarc=pass" },
	{ "a; dkim=pass header.d=.b.test", "a: dkim=pass" },
	{ "a; dkim=pass header.d=b..test", "a: dkim=pass" },
	{ "a; dkim=pass header.d=b.test..", "a: dkim=pass" },
	{ "a; dkim=pass header.d=b\xc3\xbc.test", "a: dkim=pass" },

	/* What verifiers write beside the grammar. */
	{ "a; dkim=pass header.d=b.test;", "a: dkim=pass@b.test" },
	{ "a; dkim=pass;\r\n", "a: dkim=pass" },
	{ "a; dkim=pass header.d=b.test reason=late", "a: dkim=pass@b.test" },
	{ "a; dkim=pass (2048-bit rsa key sha256) header.d=b.test header.i=@b.test "
	  "header.b=AbC/+d header.a=rsa-sha256 header.s=d2048 x-bits=2048; "
	  "dmarc=pass policy.published-domain-policy=reject header.from=b.test",
	  "a: dkim=pass@b.test dmarc=pass@b.test" },
	{ "a; dkim=pass header=b.test", "a: dkim=pass" },
	/* One result that cannot be read is passed over, and counts for nothing. */
	{ "a; dkim=pass header.d=b.test, c.test; dmarc=fail header.from=b.test",
	  "a: dkim=unreadable dmarc=fail@b.test" },
	{ "a; dkim=pass header.d=b.test (\"; dkim=pass header.d=c.test\") <; dmarc=none",
	  "a: dkim=unreadable dmarc=none" },
	/* But nothing passes behind one that may hold words of the sender. */
	{ "a; dmarc=none; spf=pass smtp.mailfrom=a b; dkim=pass header.d=b.test",
	  "a: dmarc=none dkim=unreadable@b.test" },
	{ "a; spf=pass smtp.mailfrom=a b; dkim=pass header.d=b.test",
	  "a: dkim=unreadable@b.test" },
	{ "a; spf=pass smtp.mailfrom=a b; auth=pass smtp.auth=x@b.test; arc=pass", NULL },
	/* What fails there fails, on either side of it. */
	{ "a; dkim=fail header.d=b.test; spf=pass smtp.mailfrom=a b; "
	  "dmarc=fail header.from=b.test",
	  "a: dkim=fail@b.test dmarc=fail@b.test" },
	{ "a; spf=pass smtp.mailfrom=a b; dmarc=fail (p=none) header.from=b.test",
	  "a: dmarc=fail@b.test" },
	{ "a; spf=pass smtp.helo=x\" y; dmarc=fail reason=\"No SPF\" header.from=b.test",
	  "a: dmarc=fail@b.test" },
	{ "a; spf=pass smtp.helo=x( smtp.mailfrom=y@b.test; dmarc=fail "
	  "header.from=b.test",
	  "a: dmarc=fail@b.test" },
	{ "a; ; dmarc=fail header.from=b.test; dkim=none", "a: dmarc=fail@b.test" },
	{ "a; spf=pass smtp.mailfrom=a b; dkim=fail header.d=b.test header.d=c.test; "
	  "dmarc=fail header.from=b.test",
	  "a: dmarc=fail@b.test" },
	{ "a; spf=pass smtp.mailfrom=a b; spf=fail smtp.mailfrom=c@b.test", NULL },
	{ "a; dkim=pass; none", "a: dkim=pass" },
	/* A single word holds nothing that could go on. */
	{ "a; garbage; dkim=pass header.d=b.test",
	  "a: garbage=unreadable dkim=pass@b.test" },
	{ "a; dkim=pass header.d=b.test; garbage (x) ;\r\n dkim=pass header.d=c.test",
	  "a: dkim=pass@b.test garbage=unreadable dkim=pass@c.test" },
	{ "a; dkim; dkim=pass header.d=b.test", "a: dkim=unreadable dkim=pass@b.test" },
	{ "a; two words; dkim=pass header.d=b.test", "a: dkim=unreadable@b.test" },
	{ "a; x-subject=hello to you; dkim=pass header.d=b.test",
	  "a: dkim=unreadable@b.test" },
	{ "a; @garbage; dkim=pass header.d=b.test", "a: dkim=unreadable@b.test" },
	/* A lone quote of the sender's opens what the next value's would close. */
	{ "a; spf=pass smtp.helo=x\" smtp.mailfrom=\"; dkim=pass header.d=b.test; y=\""
	  "@evil.test",
	  "a: dkim=unreadable@b.test" },
	{ "a; spf=pass smtp.helo=x( smtp.mailfrom=\")); dkim=pass header.d=b.test; y=\""
	  "@evil.test",
	  "a: dkim=unreadable@b.test" },
	{ "a; dkim=none (; dkim=pass header.d=b.test", "a: dkim=unreadable@b.test" },

	/* What is left half read anywhere is not read at all. */
	{ "", NULL },
	{ "a", NULL },
	{ "a;", NULL },
	{ "; none", NULL },
	{ "a b; none", NULL },
	{ "a@b; none", NULL },
	{ "\"a\"@b; none", NULL },
	{ "a; none; dkim=pass", NULL },
	{ "a; ; dkim=pass", NULL },
	{ "a; none header.d=b.test", NULL },
	{ "a 2; none", NULL },
	{ "a 11; none", NULL },
	{ "a; dkim/2=pass", NULL },
	{ "a; dkim/11=pass", NULL },
	{ "a; dkim/=pass", NULL },
	{ "a; dkim", NULL },
	{ "a; dkim=", NULL },
	{ "a; dkim=pass- header.d=b.test", NULL },
	{ "a; dkim=pass/ header.d=b.test", NULL },
	{ "a; dkim=pass header.d", NULL },
	{ "a; dkim=pass header.d=", NULL },
	{ "a; dkim=pass header.=b.test", NULL },
	{ "a; dkim=pass header.d=b.test, c.test", NULL },
	{ "a; dkim=pass header.d=<b.test>", NULL },
	{ "a; dkim=pass header.d=\"b.test", NULL },
	{ "a; dkim=pass header.d=\"b.test\\", NULL },
	{ "a; dkim=pass header.d=\"b\"c.test", NULL },
	{ "a; dkim=pass header.b=\"b\"header.d=c.test", NULL },
	{ "a; dkim=pass header.d=b.test dkim=fail", NULL },
	{ "a; dkim=pass (header.d=b.test", NULL },
	{ "a; dkim=pass header.d=b.test)", NULL },
	{ "a; dkim=pass header.d=b.test (\\", NULL },
	{ "a; dkim=pass\nheader.d=b.test", NULL },
	{ "a; dkim=pass\n\n", NULL },
	{ "a; dkim=pass (late\n", NULL },
	{ "a; dkim=pass reason=\"late\n", NULL },
	{ "a; dkim=pass\r", NULL },
	{ "a; dkim=pass\r header.d=b.test", NULL },
	{ "a; dkim=pass \x01 header.d=b.test", NULL },
	{ "a; dkim=pass (\x01) header.d=b.test", NULL },
	/* Two signers in one result. */
	{ "a; dkim=pass header.d=b.test header.d=c.test", NULL },
	{ "a; dkim=pass header.i=@b.test HEADER.I=@c.test", NULL },
	{ "a; dmarc=pass header.from=b.test header.from=b.test", NULL },
};

/* As in the table. */
static char *
shown(const Results *results)
{
	GString *text;

	if (results == NULL)
		return NULL;
	text = g_string_new(results->authserv_id);
	g_string_append_c(text, ':');
	for (size_t i = 0; i < results->list->len; i++) {
		const Result *result = &g_array_index(results->list, Result, i);

		g_string_append_printf(text, " %s=%s", result->method, result->result);
		if (result->domain != NULL)
			g_string_append_printf(text, "@%s", result->domain);
	}

	return g_string_free(text, FALSE);
}

START_TEST(a_field_is_read_whole_or_not_at_all)
{
	g_autoptr(Results) results = results_new(values[_i].value);
	g_autofree char *got = shown(results);

	ck_assert_msg(g_strcmp0(got, values[_i].want) == 0, "%s: got \"%s\", want \"%s\"",
		      values[_i].value, got, values[_i].want);
}
END_TEST

static guint
count_passes(const Results *results)
{
	guint passes = 0;

	for (guint i = 0; results != NULL && i < results->list->len; i++)
		passes +=
		    g_str_equal(g_array_index(results->list, Result, i).result, "pass");

	return passes;
}

/*
 * Whatever a good field is cut to, no result is made up that it has not; and no pass,
 * where the cut makes a riddle of it.
 */
START_TEST(a_field_that_was_cut_says_nothing_new)
{
	g_autoptr(Results) whole = results_new(values[_i].value);
	g_autofree char *all = shown(whole);

	for (size_t length = 0;
	     all != NULL && whole->is_whole && values[_i].value[length] != '\0';
	     length++) {
		g_autofree char *cut = g_strndup(values[_i].value, length);
		g_autoptr(Results) results = results_new(cut);
		guint last = results != NULL ? results->list->len : 0;

		if (results != NULL && !results->is_whole) {
			ck_assert_msg(count_passes(results) <= count_passes(whole),
				      "%s: a pass too many", cut);
			continue;
		}
		ck_assert_msg(last <= whole->list->len, "%s: too many", cut);
		for (guint i = 0; i + 1 < last; i++)
			ck_assert_str_eq(g_array_index(results->list, Result, i).result,
					 g_array_index(whole->list, Result, i).result);
	}
}
END_TEST

/* "head", n times "again", n times "back", "tail". */
static char *
repeated(const char *head, const char *again, const char *back, size_t n,
	 const char *tail)
{
	GString *text = g_string_new(head);

	for (size_t i = 0; i < n; i++)
		g_string_append(text, again);
	for (size_t i = 0; i < n; i++)
		g_string_append(text, back);

	return g_string_free(g_string_append(text, tail), FALSE);
}

static const struct {
	const char *head, *again, *back;
	size_t most;
	const char *tail;
} limits[] = {
	{ "a", "; dkim=pass", "", RESULTS_MAX, "" },
	{ "a ", "(", ")", RESULTS_MAX_DEPTH, "; none" },
};

START_TEST(beyond_a_limit_nothing_is_read)
{
	g_autofree char *most =
	    repeated(limits[_i].head, limits[_i].again, limits[_i].back, limits[_i].most,
		     limits[_i].tail);
	g_autofree char *more =
	    repeated(limits[_i].head, limits[_i].again, limits[_i].back,
		     limits[_i].most + 1, limits[_i].tail);
	g_autoptr(Results) within = results_new(most), beyond = results_new(more);

	ck_assert_msg(within != NULL, "%s: not read", most);
	ck_assert_msg(beyond == NULL, "%s: read", more);
}
END_TEST

START_TEST(a_name_that_is_too_long_is_no_domain)
{
	g_autofree char *longest =
	    repeated("a; dkim=pass header.d=b", ".b", "", 126, ".");
	g_autofree char *longer = repeated("a; dkim=pass header.d=bb", ".b", "", 126, "");
	g_autoptr(Results) within = results_new(longest), beyond = results_new(longer);

	ck_assert_ptr_nonnull(g_array_index(within->list, Result, 0).domain);
	ck_assert_ptr_null(g_array_index(beyond->list, Result, 0).domain);
}
END_TEST

START_TEST(a_deep_comment_and_a_long_field_cost_little)
{
	g_autofree char *deep = repeated("a ", "(", ")", 100000, "; none");
	g_autofree char *blank = repeated("a;", " \n", "", 100000, " none");
	g_autoptr(Results) none = results_new(deep), good = results_new(blank);

	ck_assert_ptr_null(none);
	ck_assert_ptr_nonnull(good);
}
END_TEST

static const struct {
	const char *names;
	const char *want; /* results of the fields that count */
} trusts[] = {
	{ "", "" },
	{ " , ", "" },
	{ "mx", "" },
	{ "mx.example", "" },
	{ "example.net", "" },
	{ "mx.example.net", "1 3 4" },
	{ "MX.EXAMPLE.NET.", "1 3 4" },
	{ "other.test", "2" },
	{ "a.test,mx.example.net;", "" },
	{ "a.test,mx.example.net", "1 3 4" },
	{ "other.test \t mx.example.net", "1 2 3 4" },
};

static char *
results_text(const Head *head, const char *names)
{
	g_autoptr(GPtrArray) trusted = results_trusted(head, names);
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < trusted->len; i++) {
		const GArray *list = ((const Results *)trusted->pdata[i])->list;

		for (size_t j = 0; j < list->len; j++)
			g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "",
					       g_array_index(list, Result, j).result);
	}

	return g_string_free(text, FALSE);
}

START_TEST(only_fields_of_trusted_names_count)
{
	g_autoptr(Head) head = head_new();
	g_autofree char *got = NULL;

	head_add(head, "Authentication-Results", " mx.example.net; dkim=1");
	head_add(head, "Received", " mx.example.net; spf=9");
	head_add(head, "ARC-Authentication-Results", " mx.example.net; spf=9");
	head_add(head, "X-Authentication-Results", " mx.example.net; spf=9");
	head_add(head, "authentication-results", " Other.Test; dkim=2");
	head_add(head, "Authentication-Results", " \"\"; spf=9");
	head_add(head, "Authentication-Results", " nobody.test; dkim=9<");
	head_add(head, "Authentication-Results", "Mx.Example.Net. 1; dmarc=3; arc=4");

	got = results_text(head, trusts[_i].names);
	ck_assert_msg(g_str_equal(got, trusts[_i].want), "%s: got \"%s\", want \"%s\"",
		      trusts[_i].names, got, trusts[_i].want);
}
END_TEST

/* From the top down; the names "a" and "b" are trusted. */
static const struct {
	const char *values[4];
	const char *want;
} orders[] = {
	/* A verifier says of each signature what it is worth. */
	{ { "a; dkim=1; dkim=2" }, "1 2" },
	/* What stands below it under its name is the sender's. */
	{ { "a; dkim=1; dkim=2", "a; dkim=9" }, "1 2" },
	{ { "a; dkim=1", "A.; dkim=9; dmarc=2; dmarc=3" }, "1 2 3" },
	{ { "a; dmarc=1", "a; dkim=2", "a; dmarc=9; dkim=9" }, "1 2" },
	{ { "a; dkim=1", "a; DKIM/1=9" }, "1" },
	/* Another one speaks for itself. */
	{ { "a; dkim=1", "b; dkim=2", "b; dkim=9", "a; dkim=9" }, "1 2" },
	{ { "a; dkim=1", "c; dkim=9", "b; dkim=2" }, "1 2" },
	{ { "a; none", "a; dkim=1" }, "1" },
	/* What cannot be read may have said the opposite. */
	{ { "a; dkim=none (", "a; dkim=pass" }, "unreadable" },
	{ { "a; spf=none<", "a; dkim=pass; dmarc=fail" }, "unreadable fail" },
	{ { "a; spf=none<; dkim=pass header.d=b.test", "a; dkim=fail; dmarc=fail" },
	  "unreadable fail" },
	{ { "a 2; none", "b; dkim=fail", "b; dkim=pass; dmarc=pass" },
	  "fail unreadable" },
	{ { "b; dkim=none<", "a; dkim=pass" }, "unreadable" },
	{ { "b; dmarc=1; dkim=none<", "b; dkim=9", "a; dkim=2" }, "1 unreadable 2" },
	{ { "b; dmarc=1; spf=none<", "b; dkim=pass", "a; dkim=fail" },
	  "1 unreadable fail" },
	{ { "a; dkim=1", "a; dkim=9<", "b; dkim=pass" }, "1 unreadable" },
	{ { "c; dkim=9<", "a; dkim=1" }, "1" },
	{ { "\"", "a; dkim=1" }, "1" },
};

START_TEST(the_topmost_field_of_a_name_has_the_last_word)
{
	g_autoptr(Head) head = head_new();
	g_autofree char *got = NULL;

	for (size_t i = 0; i < 4 && orders[_i].values[i] != NULL; i++)
		head_add(head, "Authentication-Results", orders[_i].values[i]);

	got = results_text(head, "a b");
	ck_assert_msg(g_str_equal(got, orders[_i].want),
		      "\"%s\" on top: got \"%s\", "
		      "want \"%s\"",
		      orders[_i].values[0], got, orders[_i].want);
}
END_TEST

/* Nobody crowds them out with fields that are not trusted. */
START_TEST(the_first_twenty_trusted_fields_count)
{
	g_autoptr(Head) head = head_new();
	g_autoptr(GPtrArray) trusted = NULL;

	for (size_t i = 0; i < 100; i++)
		head_add(head, "Authentication-Results", "evil.test; dkim=pass");
	for (size_t i = 0; i <= RESULTS_MAX_FIELDS; i++) {
		g_autofree char *value = g_strdup_printf("a; x%zu=%zu", i, i);

		head_add(head, "Authentication-Results", value);
	}
	trusted = results_trusted(head, "a");
	ck_assert_uint_eq(trusted->len, RESULTS_MAX_FIELDS);
	for (size_t i = 0; i < trusted->len; i++) {
		const Results *results = trusted->pdata[i];
		g_autofree char *want = g_strdup_printf("%zu", i);

		ck_assert_str_eq(g_array_index(results->list, Result, 0).result, want);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("results");
	TCase *field = tcase_create("field"), *mail = tcase_create("mail");

	tcase_add_loop_test(field, a_field_is_read_whole_or_not_at_all, 0,
			    G_N_ELEMENTS(values));
	tcase_add_loop_test(field, a_field_that_was_cut_says_nothing_new, 0,
			    G_N_ELEMENTS(values));
	tcase_add_loop_test(field, beyond_a_limit_nothing_is_read, 0,
			    G_N_ELEMENTS(limits));
	tcase_add_test(field, a_name_that_is_too_long_is_no_domain);
	tcase_add_test(field, a_deep_comment_and_a_long_field_cost_little);
	suite_add_tcase(suite, field);

	tcase_add_loop_test(mail, the_topmost_field_of_a_name_has_the_last_word, 0,
			    G_N_ELEMENTS(orders));
	tcase_add_loop_test(mail, only_fields_of_trusted_names_count, 0,
			    G_N_ELEMENTS(trusts));
	tcase_add_test(mail, the_first_twenty_trusted_fields_count);
	suite_add_tcase(suite, mail);

	return fixture_run(suite);
}
