/* SPDX-License-Identifier: BSD-2-Clause */
/* check_authenticity.c - is a forgery told from a mail that only mentions the network? */

#include <string.h>

#include "fixture.h"
#include "judge/authenticity.h"
#include "judge/network-file.h"
#include "mail/message.h"

#define ORBIT                                                                            \
	"[network]\nname = orbits\ntitle = Orbits\ndomains = orbits.example\n"           \
	"page = https://orbits.example/\n"                                               \
	"[claims]\nname = *Orbits*\n"                                                    \
	"[author]\nself = Orbits*\nname = {inviter} via Orbits\n"                        \
	"[links]\naccept-label = Accept*\naction = View *; Reply\n"                      \
	"[kind invitation]\nrequest = connect\nsubject = {inviter} invites you\n"        \
	"[kind told]\nnotice = accepted\nsubject = {inviter} accepted\n"

#define ANY	"From: Ann Lee <ann@example.org>\n"
#define HOME	"From: Ann via Orbits <a@orbits.example>\n"
#define INVITES "Subject: Ann Lee invites you\n\n"

static const struct {
	const char *mail;
	const char *reason; /* NULL: not forged */
} mails[] = {
	{ HOME INVITES "Accept: http://www.orbits.example/1\n", NULL },
	{ HOME INVITES "Ann invites you\n", NULL },
	/* Where the accepting link leads decides, whoever the author is. */
	{ HOME INVITES "Accept: http://evil.test/1\n", "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://orbits.example@evil.test/\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://orbits.example.evil.test/\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://orbits.example/\n\nAccept: http://evil.test/1\n",
	  "forged:links-elsewhere" },
	{ ANY INVITES "On Orbits!\n\nAccept: http://evil.test/1\n", "forged:links-elsewhere" },
	/* A subject that anybody may write is no network's form. */
	{ ANY INVITES "Accept: http://evil.test/1\n", NULL },
	/* Whatever the words on the links, none of them leads home. */
	{ HOME INVITES "Go on: http://evil.test/1\n", "forged:links-elsewhere" },
	{ HOME INVITES "Go on: http://evil.test/1\n\nHelp: http://orbits.example/h\n", NULL },
	/* A gateway that hides where its links lead. */
	{ HOME INVITES "Accept: http://gate.test/?u=1\n", NULL },
	{ HOME INVITES "Accept: http://gate.test.evil.test/?u=1\n", "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://evil.test/orbits.example/\n", "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://orbits.example.evil.test/\n", "forged:links-elsewhere" },
	{ HOME INVITES "Write: mailto:ann@example.org\n", NULL },
	/* The note may link whatever it likes. */
	{ HOME INVITES "See http://ann.test/\n\nAccept: http://orbits.example/1\n", NULL },
	{ HOME INVITES "Reply: http://ann.test/\n\nAccept: http://orbits.example/1\n", NULL },
	/* Other actions: where all of them lead elsewhere. */
	{ "From: Orbits <a@example.org>\nSubject: Hello\n\nView order: http://evil.test/\n",
	  "forged:links-elsewhere" },
	{ "From: Orbits <a@example.org>\nSubject: Hello\n\nView it: http://evil.test/\n\n"
	  "View that: http://orbits.example/\n",
	  NULL },
	/* A look-alike author. */
	{ "From: Orbits <a@orbiits.example>\nSubject: Hello\n\nhello\n",
	  "forged:look-alike-domain" },
	{ "From: Ann <a@0rbits.test>\n" INVITES, "forged:look-alike-domain" },
	{ "From: Ann <a@0rbits.test>\nSubject: Hello\n\nhello\n", NULL },
	/* The name in another domain is one only where it acts the part. */
	{ "From: Orbits fans <a@orbits-fans.test>\nSubject: Hello\n\nhello\n", NULL },
	{ "From: Ann <a@orbits-fans.test>\n" INVITES "View it: http://fans.test/\n",
	  "forged:links-elsewhere" },
	{ "From: Ann <a@orbits-fans.test>\nSubject: Hello\n\nView news: http://fans.test/\n",
	  NULL },
	/* Its staff, and a fan, write of other things. */
	{ "From: Ann <ann@orbits.example>\nSubject: Call\n\nAccept: http://meet.test/\n", NULL },
	{ "From: Ann of Orbits <a@b.test>\nSubject: Call\n\nAccept: http://meet.test/\n", NULL },
	/* A display name proves nothing: lists rewrite authors. */
	{ "From: Ann via Orbits <list@lists.test>\n" INVITES
	  "Accept: http://orbits.example/1\n",
	  NULL },
	{ "From: Orbits <list@lists.test>\nSubject: Hello\n\nhello\n", NULL },
	{ ANY "Subject: Hello\n\nAccept: http://evil.test/\n", NULL },
	{ ANY "Subject: Ann accepted\n\nAccept: http://evil.test/\n", NULL },
};

START_TEST(a_forgery_is_told_by_author_or_links)
{
	g_autoptr(GPtrArray) files = fixture_files("t.network", ORBIT);
	g_autoptr(GPtrArray) gates = fixture_files(
	    "t.rewriter", "[rewriter gate]\ndomains = gate.test\nform = opaque\n");
	g_autoptr(Networks) networks = networks_new(files, NULL);
	g_autoptr(Rewriters) rewriters = rewriters_new(gates, NULL);
	g_autoptr(Message) message = NULL;
	g_autoptr(Reading) reading = NULL;
	const Network *network = networks_get(networks, 0);
	const char *reason = "untouched";
	Authenticity got;

	message_init();
	message = message_new(mails[_i].mail, strlen(mails[_i].mail), "fence", NULL);
	reading = reading_new(message, rewriters);
	got = authenticity_of(network, reading, network_kind(network, reading), &reason);
	ck_assert_msg(g_strcmp0(reason, mails[_i].reason) == 0, "%s: got %s, want %s",
		      mails[_i].mail, reason, mails[_i].reason);
	ck_assert_int_eq(got, mails[_i].reason != NULL ? AUTHENTICITY_FORGED
						       : AUTHENTICITY_UNVERIFIED);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("authenticity");
	TCase *authenticity = tcase_create("authenticity");

	tcase_add_loop_test(authenticity, a_forgery_is_told_by_author_or_links, 0,
			    G_N_ELEMENTS(mails));
	suite_add_tcase(suite, authenticity);

	return fixture_run(suite);
}
