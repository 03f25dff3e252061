/* SPDX-License-Identifier: BSD-2-Clause */
/* check_received.c - is the host at our border found, and none that a sender wrote? */

#include "config.h"

#include "fixture.h"
#include "mail/received.h"

#define BORDER                                                                           \
	"from helo.test (m7.orbits.example [192.0.2.7])\r\n\tby mx.example.net "         \
	"(Postfix) "                                                                     \
	"with ESMTPS id 4Zk\r\n\tfor <a@example.net>; Sun, 22 Nov 2026 08:00:00 +0000"
#define INNER                                                                            \
	"from mx.example.net (mx.example.net [198.51.100.3])\n\tby store.example.net "   \
	"(Postfix) with ESMTP id 5"
#define LMTP                                                                             \
	"from mx.example.net\n\tby store.example.net with LMTP\n\tid "                   \
	"xyz\n\t(envelope-from "                                                         \
	"<a@b.test>)"
#define FILTER                                                                           \
	"from localhost (localhost [127.0.0.1])\n\tby mx.example.net (Postfix) with "    \
	"SMTP id 6"

static const struct {
	const char *client;
	const char *fields[4];
	const char *wanted;
} routes[] = {
	/* The client of this very mail. */
	{ "m7.orbits.example", { NULL }, "m7.orbits.example" },
	{ "M7.Orbits.Example",
	  { "from a (b.test [192.0.2.1]) by mx.example.net" },
	  "m7.orbits.example" },
	/* One of ours hands it on. */
	{ "mx.example.net", { BORDER }, "m7.orbits.example" },
	{ "MX.example.net", { BORDER }, "m7.orbits.example" },
	{ "localhost", { BORDER }, "m7.orbits.example" },
	{ "mx.example.net", { NULL }, NULL },
	/* In a mailbox. */
	{ NULL, { BORDER }, "m7.orbits.example" },
	{ NULL, { LMTP, INNER, FILTER, BORDER }, "m7.orbits.example" },
	{ NULL, { INNER, BORDER }, "m7.orbits.example" },
	{ NULL, { NULL }, NULL },
	/* Below the border anybody writes. */
	{ NULL, { "from a.test (unknown [192.0.2.1]) by mx.example.net", BORDER }, NULL },
	{ NULL,
	  { "from a.test (evil.test [192.0.2.1]) by mx.example.net", BORDER },
	  "evil.test" },
	{ NULL, { "from a.test (evil.test [192.0.2.1]) by mx.evil.test", BORDER }, NULL },
	{ NULL, { "by mx.evil.test with LMTP", BORDER }, NULL },
	{ NULL, { "garbage", BORDER }, NULL },
	{ NULL, { "", BORDER }, NULL },
	/* The HELO is what a client says, and so is what its ident says. */
	{ NULL,
	  { "from m7.orbits.example (evil.test [192.0.2.1]) by mx.example.net" },
	  "evil.test" },
	{ NULL, { "from m7.orbits.example ([192.0.2.1]) by mx.example.net" }, NULL },
	/* No name of a host. */
	{ NULL, { "from a (.orbits.example [192.0.2.1]) by mx.example.net" }, NULL },
	{ NULL, { "from a (m7..orbits.example [192.0.2.1]) by mx.example.net" }, NULL },
	{ NULL, { "from m7.orbits.example by mx.example.net" }, NULL },
	{ NULL,
	  { "from m7.orbits.example (unknown [192.0.2.1]) by mx.example.net" },
	  NULL },
	{ NULL,
	  { "from a (m7.orbits.example@evil.test [192.0.2.1]) by mx.example.net" },
	  "evil.test" },
	{ NULL,
	  { "from a (m7.orbits.example [192.0.2.1] (may be forged)) by mx.example.net" },
	  NULL },
	{ NULL, { "from (m7.orbits.example [192.0.2.1]) by mx.example.net" }, NULL },
	{ NULL, { "from a (m7.orbits.example [192.0.2.1] by mx.example.net" }, NULL },
	{ NULL, { "from a (m7.orbits.example 192.0.2.1) by mx.example.net" }, NULL },
	{ NULL,
	  { "from a (HELO m7.orbits.example) (192.0.2.1) by mx.example.net" },
	  NULL },
	/* What real fields have between the two. */
	{ NULL,
	  { "from a.test (m7.orbits.example [IPv6:2001:db8::7])\n\t(using TLSv1.3 with "
	    "cipher "
	    "TLS_AES_256_GCM_SHA384 (256/256 bits))\n\t(No client certificate "
	    "requested)\n\tby "
	    "mx.example.net (Postfix) with ESMTPS id 1" },
	  "m7.orbits.example" },
	{ NULL,
	  { "from a.test (m7.orbits.example [192.0.2.7])\n\tby mx.example.net "
	    "(8.17.1/8.17.1) "
	    "with ESMTPS id 6" },
	  "m7.orbits.example" },
};

START_TEST(the_border_is_found)
{
	g_autoptr(Head) head = head_new();
	const char *own[] = { "mx.example.net", "Store.Example.Net", NULL };
	g_autofree char *got = NULL;

	head_add(head, "Subject", "hello");
	for (size_t i = 0;
	     i < G_N_ELEMENTS(routes[_i].fields) && routes[_i].fields[i] != NULL; i++)
		head_add(head, i % 2 ? "received" : "Received", routes[_i].fields[i]);
	got = received_border(head, own, routes[_i].client);
	ck_assert_msg(g_strcmp0(got, routes[_i].wanted) == 0, "%d: got %s, want %s", _i,
		      got, routes[_i].wanted);
}
END_TEST

/* By default no host is ours, and of a mailbox nothing is known. */
START_TEST(without_own_hosts_there_is_no_border)
{
	g_autoptr(Head) head = head_new();
	const char *own[] = { NULL };
	g_autofree char *got = NULL;

	head_add(head, "Received", BORDER);
	got = received_border(head, own, NULL);
	ck_assert_ptr_null(got);
}
END_TEST

START_TEST(a_loop_ends)
{
	g_autoptr(Head) head = head_new();
	const char *own[] = { "mx.example.net", NULL };
	g_autofree char *got = NULL;

	for (int i = 0; i < RECEIVED_MAX; i++)
		head_add(head, "Received",
			 "from a (mx.example.net [192.0.2.1]) by mx.example.net");
	head_add(head, "Received", BORDER);
	got = received_border(head, own, NULL);
	ck_assert_ptr_null(got);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("received");
	TCase *border = tcase_create("border");

	tcase_add_loop_test(border, the_border_is_found, 0, G_N_ELEMENTS(routes));
	tcase_add_test(border, without_own_hosts_there_is_no_border);
	tcase_add_test(border, a_loop_ends);
	suite_add_tcase(suite, border);

	return fixture_run(suite);
}
