/* SPDX-License-Identifier: BSD-2-Clause */
/* check_authenticity.c - are proof, a forgery and a mere mention told apart? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "network/authenticity.h"
#include "network/networks.h"
#include "network/network-kind.h"
#include "mail/message.h"

#define ORBIT                                                                            \
	"[network]\nname = orbits\ntitle = Orbits\ndomains = orbits.example\n"           \
	"field = X-Orbits\n"                                                             \
	"page = https://orbits.example/\n"                                               \
	"client = *.orbits.example\nsigners = post.test\n"                               \
	"[claims]\nname = *Orbits*\n"                                                    \
	"[author]\nself = Orbits*; Orb\nname = {inviter} via Orbits\n"                   \
	"[lines]\nframe = Orbits; {inviter} is on Orbits\nend = You are told by "        \
	"Orbits\n"                                                                       \
	"[links]\naccept-label = Accept; Accept *invitation\naction = View *; Reply\n"   \
	"accept = *orbits.example/join/*\n"                                              \
	"[kind invitation]\nrequest = connect\n"                                         \
	"subject = {inviter} invites you; {inviter} invites you to Orbits\n"             \
	"[kind told]\nnotice = accepted\nsubject = {inviter} accepted\n"                 \
	"[kind event]\nrequest = event\nmethod = REQUEST\n"

#define ANY       "From: Ann Lee <ann@example.org>\n"
#define HOME      "From: Ann via Orbits <a@orbits.example>\n"
#define INVITES   "Subject: Ann Lee invites you\n\n"
#define HOME_LINK "<p><a href=http://orbits.example/1>Accept</a>"
#define HTML      "Content-Type: text/html; charset=utf-8\n"

/* A link away with this on it, and one home that answers nothing. */
#define BUTTON(label)                                                                    \
	"<a href=http://evil.test/1>" label                                              \
	"</a> <a href=http://orbits.example/h>Help</a>"

/* A genuine text part beside HTML whose links a gateway rewrote. */
#define BOTH(a, b, c)                                                                    \
	"Content-Type: multipart/alternative; boundary=b\n" INVITES "--b\n\n"            \
	"Accept: http://orbits.example/1\n\n--b\n" HTML "\n<a href=" a ">Accept</a>"     \
	"<a href=" b ">View it</a><a href=" c ">Help</a>\n--b--\n"

/* Links through a host of a gateway's. */
#define SHORT(a, b, c)                                                                   \
	"Accept: http://x.test/" a "\n\nView it: http://x.test/" b                       \
	"\n\nHelp: http://x.test/" c "\n"
#define REPORT "\nTell us: "

/* A mail through a list, a link to the network, and its last line. */
#define LISTED      HOME "List-Id: <a.test>\n" INVITES "Ann invites you\n\n"
#define HELP        "Go on: http://orbits.example/h\n"
#define HOME_ANSWER "Go on: http://orbits.example/join/1\n"
#define OUT         "\nYou are told by Orbits.\n\n"

static const struct {
	const char *mail;
	const char *reason; /* NULL: none */
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
	{ ANY INVITES "Ann is on Orbits\n\nAccept: http://evil.test/1\n",
	  "forged:links-elsewhere" },
	{ ANY INVITES "Accept: http://evil.test/1\n\nYou are told by Orbits.\n",
	  "forged:links-elsewhere" },
	{ ANY "Subject: Ann invites you to Orbits\n\nAccept: http://evil.test/1\n",
	  "forged:links-elsewhere" },
	/* A subject that anybody may write is no network's form, nor is a mention. */
	{ ANY INVITES "Accept: http://evil.test/1\n", NULL },
	{ ANY INVITES "Accept: http://evil.test/1\n\nFollow us on Orbits and Moons\n",
	  NULL },
	{ ANY INVITES
	  "Accept: http://evil.test/1\n\nOrbits\nhttp://orbits.example/museum\n",
	  NULL },
	{ ANY "Subject: Why nobody wants Orbits\n\nAccept: http://evil.test/1\n", NULL },
	/* A person who answers, passes on or asks adds links of their own. */
	{ ANY "In-Reply-To: <1@a.test>\n" INVITES
	      "Ann is on Orbits\n\nAccept: http://a.test/\n",
	  NULL },
	{ ANY "Subject: AW: Ann Lee invites you\n\nAnn is on Orbits\n\nAccept: "
	      "http://a.test/\n",
	  NULL },
	{ ANY INVITES "Ann is on Orbits\n\nMy page: http://a.test/\n",
	  "links:elsewhere" },
	{ ANY INVITES "> Ann is on Orbits\n\nAccept: http://a.test/\n", NULL },
	/* Whatever the words on the links, none of them leads home. */
	{ HOME INVITES "Go on: http://evil.test/1\n", "forged:links-elsewhere" },
	/* With a link home, a word that nobody knows and an answer away are in doubt. */
	{ HOME INVITES "Go on: http://evil.test/1\n\nHelp: http://orbits.example/h\n",
	  "links:elsewhere" },
	{ HOME INVITES "Go on: http://evil.test/1\n\nSee: http://orbits.example/join/1\n",
	  NULL },
	{ HOME HTML INVITES BUTTON("Accept&nbsp;&rsaquo;"), "forged:links-elsewhere" },
	{ HOME HTML INVITES BUTTON("&#10003; Accept!"), "forged:links-elsewhere" },
	{ HOME HTML INVITES BUTTON("<img alt=Accept>"), "forged:links-elsewhere" },
	{ HOME HTML INVITES BUTTON("<img>"), "links:elsewhere" },
	{ HOME HTML INVITES BUTTON("&#1040;ccept"), "links:elsewhere" },
	/* A page that leads away by itself, or home. */
	{ HOME HTML INVITES HOME_LINK
	  "<meta http-equiv=refresh content='0;url=http://evil.test/'>",
	  "forged:links-elsewhere" },
	{ HOME HTML INVITES HOME_LINK
	  "<meta http-equiv=refresh content='0;url=data:text/html,x'>",
	  "forged:links-elsewhere" },
	{ HOME HTML INVITES HOME_LINK
	  "<meta http-equiv=refresh content='0;url=http://orbits.example/'>",
	  NULL },
	{ ANY HTML "Subject: Tides\n\n<p>High at noon."
		   "<meta http-equiv=refresh content='0;url=http://a.test/'>",
	  NULL },
	/* What is seen leads away alone, and the text beside it home. */
	{ HOME "Content-Type: multipart/alternative; boundary=b\n" INVITES
	       "--b\n\nAccept: http://orbits.example/1\n\n--b\n" HTML
	       "\n<a href=http://evil.test/>Keep your mails</a>\n--b--\n",
	  "links:elsewhere" },
	{ HOME HTML INVITES BUTTON("A c c e p t"), "links:elsewhere" },
	{ HOME HTML INVITES BUTTON("Acc</a><a href=http://evil.test/1>ept"),
	  "links:elsewhere" },
	{ HOME HTML INVITES "<form action=http://evil.test/1><button>Accept</button>"
			    "</form><a href=http://orbits.example/h>Help</a>",
	  "forged:links-elsewhere" },
	{ HOME HTML INVITES "<map><area href=http://evil.test/1 alt=Accept></map>"
			    "<a href=http://orbits.example/h>Help</a>",
	  "forged:links-elsewhere" },
	/* A host in numbers is one, and a relative link has its base's. */
	{ HOME INVITES "Accept: http://[2001:db8::1]/1\n", "forged:links-elsewhere" },
	{ HOME HTML INVITES "<base href=http://evil.test/><a href=a>Accept</a>",
	  "forged:links-elsewhere" },
	{ HOME HTML INVITES "<base href=http://orbits.example/><a href=a>Accept</a>",
	  NULL },
	{ HOME HTML INVITES "<a href='mailto:a@evil.test'>Accept</a>"
			    "<a href=http://orbits.example/h>Help</a>",
	  "forged:links-elsewhere" },
	{ HOME HTML INVITES "<a href='mailto:a@evil.test'>Reply</a>"
			    "<a href=http://orbits.example/1>Accept</a>",
	  NULL },
	/*
	 * A host that nobody knows, in the way of the network's address: a gateway
	 * writes it so, and so does a phisher.
	 */
	{ HOME INVITES "Accept: http://x.test/?u=http%3A%2F%2Forbits.example%2F1\n",
	  "links:rewritten" },
	{ HOME INVITES "Accept: http://x.test/http://orbits.example/1\n\n"
		       "Help: http://orbits.example/h\n",
	  "links:rewritten" },
	{ HOME INVITES "Accept: http://x.test/?u=http%3A%2F%2Fevil.test%2F1\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://x.test/?u=http%3A%2F%2Forbits.example%2F1\n\n"
		       "Accept: http://evil.test/1\n",
	  "forged:links-elsewhere" },
	/* All links by one host, each with a token of its own. */
	{ HOME INVITES "Accept: http://x.test/s/AbCdEfGh12345678\n\n"
		       "View it: http://x.test/s/AbCdEfGh12345679\n\n"
		       "Help: http://x.test/s/AbCdEfGh12345670\n",
	  "links:rewritten" },
	/* The same one before all links, or one that is shorter, from the network alone. */
	{ HOME INVITES SHORT("s/AbCdEfGh12345678", "s/AbCdEfGh12345678",
			     "s/AbCdEfGh12345678"),
	  "links:rewritten" },
	{ HOME INVITES SHORT("s/9f8e7d6c", "s/9f8e7d6c", "s/9f8e7d6c"),
	  "links:rewritten" },
	{ HOME INVITES SHORT("m/9f8e7d6c/1", "m/9f8e7d6c/2", "m/9f8e7d6c/3"),
	  "links:rewritten" },
	{ HOME INVITES
	  "Accept: http://x.test/9f8e7d6c\n\nView it: http://x.test/48806831\n",
	  "links:rewritten" },
	{ "From: Orbits <a@b.test>\n" INVITES SHORT("s/9f8e7d6c", "s/9f8e7d6c",
						    "s/9f8e7d6c"),
	  "forged:links-elsewhere" },
	{ HOME INVITES SHORT("accept/9f8e7d6c", "view/9f8e7d6c", "help/9f8e7d6c"),
	  "forged:links-elsewhere" },
	{ HOME INVITES SHORT("s/9f8e7d6c", "s/9f8e7d6c", "help"),
	  "forged:links-elsewhere" },
	{ HOME INVITES SHORT("accept2026now", "accept2026now", "accept2026now.htm"),
	  "forged:links-elsewhere" },
	{ HOME INVITES SHORT("InvitationAcceptPage", "InvitationAcceptPage",
			     "InvitationAcceptPage"),
	  "forged:links-elsewhere" },
	{ HOME INVITES
	  "Accept: http://x.test/9f8e7d6c\n\nView it: http://x.test/9f8e7d6c\n",
	  "forged:links-elsewhere" },
	/* Through several hosts of one gateway, or one for each link. */
	{ HOME INVITES "Accept: http://eu1.x.test/9f8e7d6c\n\n"
		       "View it: http://eu2.x.test/1c2d3e4f\n",
	  "links:rewritten" },
	{ HOME INVITES "Accept: http://9f8e7d6c.click.x.test/\n\n"
		       "View it: http://1c2d3e4f.click.x.test/\n\n"
		       "Help: http://5a6b7c8d.click.x.test/\n",
	  "links:rewritten" },
	{ HOME INVITES "Accept: http://eu1.x.test/9f8e7d6c\n\n"
		       "View it: http://eu2.y.test/1c2d3e4f\n",
	  "forged:links-elsewhere" },
	/* A number in a host's name is no token, however long the name is. */
	{ HOME INVITES "Accept: http://eu1.gateway.test/accept\n\n"
		       "View it: http://eu2.gateway.test/view\n\n"
		       "Help: http://eu3.gateway.test/help\n",
	  "forged:links-elsewhere" },
	/* No host is called after the network; strangers share what a country sorts by. */
	{ HOME INVITES "Help: http://eu1.x.test/AbCdEfGh12345678\n\n"
		       "Accept: http://orbits.x.test/AbCdEfGh12345679\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://gate.co.uk/9f8e7d6c\n\n"
		       "View it: http://evil.co.uk/1c2d3e4f\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://eu1.gate.io/9f8e7d6c\n\n"
		       "View it: http://eu2.gate.io/1c2d3e4f\n",
	  "links:rewritten" },
	/* The same word in other letters is no other label. */
	{ HOME INVITES "Accept: http://x.test/9f8e7d6c\n\n"
		       "ACCEPT: http://x.test/9f8e7d6c\n\n"
		       "View it: http://x.test/9f8e7d6c\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://x.test/login\n\nView it: http://x.test/view\n\n"
		       "Help: http://x.test/help\n",
	  "forged:links-elsewhere" },
	/* A gateway may rewrite one part alone. */
	{ HOME BOTH("http://x.test/s/AbCdEfGh12345678",
		    "http://x.test/s/AbCdEfGh12345679",
		    "http://x.test/s/AbCdEfGh12345670"),
	  "links:rewritten" },
	{ HOME BOTH("http://x.test/s/AbCdEfGh12345678",
		    "http://y.test/s/AbCdEfGh12345679",
		    "http://x.test/s/AbCdEfGh12345670"),
	  "forged:links-elsewhere" },
	{ HOME BOTH("http://x.test/login", "http://x.test/view", "http://x.test/help"),
	  "forged:links-elsewhere" },
	/* Redirects of the network's own: where they lead counts. */
	{ HOME INVITES "Accept: http://orbits.example/go?to=http%3A%2F%2Fevil.test%2F\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES
	  "Accept: http://orbits.example/go?to=http%3A%2F%2Forbits.example%2F\n",
	  NULL },
	{ HOME INVITES "Accept: http://orbits.example/short/AbC\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://orbits.example/1\n\n"
		       "See: http://orbits.example/short/AbC\n",
	  NULL },
	/* Tokens of any form, behind the same words; but for a link or two of its own. */
	{ HOME INVITES SHORT("c/41/a7", "c/5/b81", "c/132/c2"), "links:rewritten" },
	{ HOME INVITES SHORT("c/a7Bd", "c/bKxq", "c/kkyz"), "links:rewritten" },
	{ HOME INVITES SHORT("41773", "41774", "41775"), "links:rewritten" },
	{ HOME INVITES SHORT("c?i=a7Bd", "c?i=b8Kx", "c?i=c9Lz") REPORT
	  "http://x.test/report\n",
	  "links:rewritten" },
	{ HOME INVITES SHORT("c/a7Bd", "c/b8Kx", "c/c9Lz") REPORT
	  "http://orbits.example/\n",
	  "links:rewritten" },
	{ HOME INVITES SHORT("c/a7Bd", "c/b8Kx", "c/c9Lz") REPORT "http://ann.test/\n",
	  "links:rewritten" },
	{ HOME "List-Id: <a.test>\n" INVITES SHORT("c/a7Bd", "c/b8Kx", "c/c9Lz") OUT
	  "Reply: http://l.test/1\n",
	  "links:rewritten" },
	/* One link or two tell by long tokens; behind "#", where there is one page. */
	{ HOME INVITES "Accept: http://x.test/s/AbCdEfGh12345678\n", "links:rewritten" },
	{ HOME INVITES "Go on: http://x.test/?AbCdEfGh12345678\n", "links:rewritten" },
	{ HOME INVITES "Accept: http://x.test/#AbCdEfGh12345678\n", "links:rewritten" },
	{ HOME INVITES "Accept: http://x.test/s#AbCdEfGh12345678\n\n"
		       "View it: http://x.test/s#AbCdEfGh12345679\n",
	  "links:rewritten" },
	{ HOME INVITES SHORT("s#a7Bd", "s#b8Kx", "s#c9Lz"), "links:rewritten" },
	{ HOME INVITES "Accept: http://x.test/s/AbCdEfGh12345678\n\n"
		       "View it: http://x.test/s/AbCdEfGh12345678\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://x.test/s/AbCdEfGh12345678\n\n"
		       "View it: http://y.test/s/AbCdEfGh12345679\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://x.test/s/a7Bd\n", "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://x.test/l.htm#marieke42@quayside.example\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://AbCdEfGh12345678.x.test/\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://x.test/accept-the-invitation\n",
	  "forged:links-elsewhere" },
	{ "From: Orbits <a@b.test>\n" INVITES
	  "Accept: http://x.test/s/AbCdEfGh12345678\n",
	  "forged:links-elsewhere" },
	/* What acts has a token, too; words and files are none, and few links tell none. */
	{ HOME INVITES SHORT("login", "c/b8Kx", "c/c9Lz") "\nC: http://x.test/c/d7Ma\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES SHORT("login?i=7123", "view?i=7124", "help?i=7125"),
	  "forged:links-elsewhere" },
	{ HOME INVITES SHORT("1.htm#a7", "2.htm#b8", "3.htm#c9"),
	  "forged:links-elsewhere" },
	{ HOME INVITES SHORT("c/a7Bd", "c/a7Bd", "c/c9Lz"), "forged:links-elsewhere" },
	{ HOME INVITES SHORT("c/a7Bd", "c/b8Kx", "c/c9Lz") OUT "Reply: http://l.test/1\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES SHORT("c/a7Bd", "c/b8Kx", "c/c9Lz") REPORT
	  "http://a.test/\n" REPORT "http://b.test/\n",
	  "forged:links-elsewhere" },
	/* Below the network's last line, or in another part, stands what a list added. */
	{ LISTED HOME_ANSWER OUT "View this message: http://l.test/1\n", NULL },
	{ LISTED HELP OUT "View this message: http://l.test/1\n", "links:elsewhere" },
	{ LISTED HELP OUT "Accept: http://l.test/1\n", "links:elsewhere" },
	{ LISTED "View this: http://l.test/1\n\n" HELP OUT, "forged:links-elsewhere" },
	{ LISTED "View this: http://l.test/1\n\n" OUT, "forged:links-elsewhere" },
	{ LISTED "You are told by a friend\n\nReply: http://l.test/1\n",
	  "forged:links-elsewhere" },
	{ LISTED HOME_ANSWER "\n____\nReply: http://l.test/1\n", NULL },
	{ LISTED HOME_ANSWER "\nReply: http://l.test/1\n", "forged:links-elsewhere" },
	{ HOME INVITES HOME_ANSWER OUT "Reply: http://l.test/1\n",
	  "forged:links-elsewhere" },
	{ HOME "List-Id: <a.test>\n"
	       "Content-Type: multipart/mixed; boundary=b\n" INVITES "--b\n" HTML
	       "\n<p><a href=http://orbits.example/join/1>Go on</a><p>You are told by "
	       "Orbits\n--b\n\n____\nReply: http://l.test/1\n--b--\n",
	  NULL },
	/* A phisher who puts his link there has nothing that vouches for it. */
	{ LISTED OUT "Accept: http://evil.test/1\n", "links:elsewhere" },
	/* A list's own link below a text that it cut. */
	{ HOME "List-Id: <a.test>\n" INVITES "Ann invites you\n\n"
	       "http://lists.test/info\n",
	  "links:elsewhere" },
	{ HOME "List-Id: <a.test>\n" INVITES "Accept: http://orbits.example/1\n\n"
	       "http://lists.test/info\n",
	  NULL },
	/* Above the network's words, below its end or a rule, a company puts links. */
	{ HOME INVITES "Ann is on Orbits\n" OUT "Scanned: http://corp.test/scan\n",
	  "links:elsewhere" },
	{ HOME INVITES "Ann is on Orbits\n\n-- \nOur terms: http://corp.test/terms\n",
	  "links:elsewhere" },
	{ HOME INVITES "From outside: http://corp.test/out\n\nAnn is on Orbits\n",
	  "links:elsewhere" },
	{ HOME INVITES "Ann is on Orbits\n\nScanned: http://corp.test/scan\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Ann is on Orbits\n\nGo on: http://evil.test/1\n" OUT
		       "Scanned: http://corp.test/scan\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Go on: http://evil.test/1\n" OUT, "forged:links-elsewhere" },
	{ HOME INVITES "Ann is on Orbits\n" OUT "Accept: http://evil.test/1\n",
	  "forged:links-elsewhere" },
	/* What leads to the domain that the mail is for is no phisher's, but an answer. */
	{ "To: Bo <bo@mine.test>\n" HOME INVITES "Ann is on Orbits\n\nScanned: "
	  "http://desk.mine.test/scan\n",
	  "links:elsewhere" },
	{ "To: Bo <bo@mine.test>\n" HOME INVITES "Ann is on Orbits\n\nScanned: "
	  "http://notmine.test/scan\n",
	  "forged:links-elsewhere" },
	{ "To: Bo <bo@mine.test>\n" HOME INVITES "Accept: http://mine.test/scan\n",
	  "forged:links-elsewhere" },
	{ "To: Bo <bo@mine.test>\n" HOME INVITES "Ann is on Orbits\n\nGo on: "
	  "http://evil.test/1\n\nScanned: http://mine.test/scan\n",
	  "forged:links-elsewhere" },
	/* A gateway that hides where its links lead. */
	{ HOME INVITES "Accept: http://gate.test/?u=1\n", "links:rewritten" },
	{ HOME INVITES "Accept: http://own.test/?u=1\n", NULL },
	{ HOME INVITES "Accept: http://orbits.example/1\n\nView it: http://gate.test/1\n",
	  NULL },
	{ HOME INVITES "Accept: http://gate.test.evil.test/?u=1\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://evil.test/orbits.example/\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Accept: http://orbits.example.evil.test/\n",
	  "forged:links-elsewhere" },
	{ HOME INVITES "Write: mailto:ann@example.org\n", NULL },
	/* The note may link whatever it likes. */
	{ HOME INVITES "See http://ann.test/\n\nAccept: http://orbits.example/1\n",
	  NULL },
	{ HOME INVITES "Reply: http://ann.test/\n\nAccept: http://orbits.example/1\n",
	  NULL },
	/* Other actions: where all of them lead elsewhere. */
	{ "From: Orbits <a@example.org>\nSubject: Hello\n\nView order: "
	  "http://evil.test/\n",
	  "forged:links-elsewhere" },
	{ "From: Orbits <a@example.org>\nSubject: Hello\n\nView it: http://evil.test/\n\n"
	  "View that: http://orbits.example/\n",
	  NULL },
	/* A short name may be a person's. */
	{ "From: Orb <a@example.org>\nSubject: Hello\n\nView order: http://evil.test/\n",
	  NULL },
	{ "From: Orb <a@orbit.test>\nSubject: Hello\n\nhello\n", NULL },
	{ "From: Orb <a@orbits.example.test>\nSubject: Hello\n\nView order: "
	  "http://evil.test/\n",
	  "forged:links-elsewhere" },
	{ "From: Orb <a@example.org>\n" INVITES "View order: http://evil.test/\n",
	  "forged:links-elsewhere" },
	/* A look-alike author. */
	{ "From: Orbits <a@orbiits.example>\nSubject: Hello\n\nhello\n",
	  "forged:look-alike-domain" },
	{ "From: Ann <a@0rbits.test>\n" INVITES, "forged:look-alike-domain" },
	{ "From: Ann <a@0rbits.test>\nSubject: Hello\n\nhello\n", NULL },
	/* One letter off may be another word; a subject alone is too little then. */
	{ "From: Ann <a@orbit.test>\n" INVITES "On Orbits!\n",
	  "forged:look-alike-domain" },
	{ "From: Ann <a@orbit.test>\n" INVITES "Come!\n", NULL },
	{ "From: Ann <a@orbit.test>\nSubject: Meet on Orbits\nContent-Type: "
	  "text/calendar\n\n"
	  "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n",
	  NULL },
	{ "From: Ann <a@0rbits.test>\nSubject: Meet\nContent-Type: text/calendar\n\n"
	  "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n",
	  "forged:look-alike-domain" },
	/* The name in another domain is one only where it acts the part. */
	{ "From: Orbits fans <a@orbits-fans.test>\nSubject: Hello\n\nhello\n", NULL },
	{ "From: Ann <a@orbits-fans.test>\n" INVITES
	  "On Orbits!\n\nView it: http://fans.test/\n",
	  "forged:links-elsewhere" },
	{ "From: Ann <a@orbits-fans.test>\n" INVITES "View it: http://fans.test/\n",
	  NULL },
	{ "From: Ann <a@orbit.test>\n" INVITES "View it: http://orbit.test/\n", NULL },
	{ "From: Ann <a@orbits-fans.test>\nSubject: Hello\n\nView news: "
	  "http://fans.test/\n",
	  NULL },
	/* Its staff, and a fan, write of other things. */
	{ "From: Ann <ann@orbits.example>\nSubject: Call\n\nAccept: http://meet.test/\n",
	  NULL },
	{ "From: Ann of Orbits <a@b.test>\nSubject: Call\n\nAccept: http://meet.test/\n",
	  NULL },
	/* A display name proves nothing: lists rewrite authors. */
	{ "From: Ann via Orbits <list@lists.test>\n" INVITES
	  "Accept: http://orbits.example/1\n",
	  NULL },
	{ "From: Orbits <list@lists.test>\nSubject: Hello\n\nhello\n", NULL },
	/* A request in the network's name, from elsewhere and leading nowhere. */
	{ "From: Orbits <a@b.test>\n" INVITES "Answer this mail.\n",
	  "forged:display-name" },
	/* An answer by what is no page of the network's, or none at all. */
	{ HOME HTML INVITES "<a href=mailto:ann@b.test?subject=Yes>Accept</a>" HOME_LINK,
	  "forged:links-elsewhere" },
	{ HOME HTML INVITES
	  "<a href=mailto:ann%40b.test?subject=Yes>Accept</a>" HOME_LINK,
	  "forged:links-elsewhere" },
	{ HOME HTML INVITES "<a href=MAILTO:yes@orbits.example>Accept</a>" HOME_LINK,
	  NULL },
	{ HOME HTML INVITES "<a href=mailto:ann@b.test>Write</a>" HOME_LINK, NULL },
	{ HOME HTML INVITES "<a href='\1 Data:text/html,a'>Accept</a>" HOME_LINK,
	  "forged:links-elsewhere" },
	{ HOME HTML INVITES "<a href='java\tscript:a()'>Accept</a>" HOME_LINK,
	  "forged:links-elsewhere" },
	{ HOME HTML INVITES "<a href=ftp://b.test/a>Accept</a>" HOME_LINK,
	  "forged:links-elsewhere" },
	{ HOME HTML INVITES "<a href=tel:1>Accept</a>" HOME_LINK, NULL },
	{ HOME HTML INVITES "<a href='#a'>Accept</a>" HOME_LINK, NULL },
	{ HOME HTML INVITES
	  "<form action=http://b.test/><input type=submit value=Accept></form>" HOME_LINK,
	  "forged:links-elsewhere" },
	/* A field for a password, wherever it is sent. */
	{ HOME HTML INVITES "<input type=password>" HOME_LINK, "forged:asks-password" },
	{ HOME HTML INVITES "<div hidden><input type=password></div>" HOME_LINK, NULL },
	{ HOME HTML INVITES "<input type=text>" HOME_LINK, NULL },
	{ HOME HTML "In-Reply-To: <1@b.test>\n" INVITES "<input type=password>" HOME_LINK,
	  NULL },
	{ "From: Ann <ann@b.test>\n" HTML "Subject: Hello\n\n<input type=password>",
	  NULL },
	/* Nobody wrote it, or two did, and its answer leads to the network. */
	{ INVITES "Accept: http://orbits.example/1\n", "forged:no-author" },
	{ "From: a@orbits.example, b@c.test\n" INVITES
	  "Accept: http://orbits.example/1\n",
	  "forged:no-author" },
	{ "List-Id: <list.b.test>\n" INVITES "Accept: http://orbits.example/1\n", NULL },
	{ "In-Reply-To: <1@b.test>\n" INVITES "Accept: http://orbits.example/1\n", NULL },
	{ "From: Orbits <a@b.test>\n" INVITES "Help: http://orbits.example/h\n", NULL },
	{ "From: Orbits <a@b.test>\n" INVITES "Go: http://gate.test/?u=1\n", NULL },
	{ "From: Orbits <a@post.test>\n" INVITES "Answer this mail.\n", NULL },
	{ "From: Orbits <list@b.test>\nList-Id: <list.b.test>\n" INVITES "Hello.\n",
	  NULL },
	{ "From: Orbits <a@b.test>\nSubject: Ann Lee accepted\n\nhello\n", NULL },
	/* Its name in Cyrillic or Greek letters, or in one of them. */
	{ "From: \xd0\x9erbits <a@b.test>\nSubject: Hello\n\nhello\n",
	  "forged:look-alike-name" },
	{ "From: Team Orb\xd1\x96ts <a@b.test>\nSubject: Hello\n\nhello\n",
	  "forged:look-alike-name" },
	{ "From: \xd0\x9erbits <a@orbits.example>\nSubject: Hello\n\nhello\n", NULL },
	{ "From: \xd0\x9erbita <a@b.test>\nSubject: Hello\n\nhello\n", NULL },
	/* What an organizer links to is the organizer's. */
	{ HOME "Content-Type: text/calendar\n" INVITES
	       "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\n"
	       "DESCRIPTION:http://evil.test/\nEND:VEVENT\nEND:VCALENDAR\n",
	  NULL },
	{ ANY "Subject: Hello\n\nAccept: http://evil.test/\n", NULL },
	/* Its address for a name. */
	{ "From: \"x@orbits.example [via Relay]\" <a@relay.test>\n" INVITES
	  "Accept: http://evil.test/\n",
	  "forged:links-elsewhere" },
	{ "From: \"x@orbits.example [via Relay]\" <a@relay.test>\n" INVITES
	  "Accept: http://www.orbits.example/1\n",
	  NULL },
	{ ANY "Subject: Ann accepted\n\nAccept: http://evil.test/\n", NULL },
};

#define RESULTS(list)      "Authentication-Results: mx.test; " list "\n"
#define RIDDLE             "spf=pass smtp.mailfrom=a b; "
#define DKIM_PASS(domain)  "dkim=pass header.d=" domain
#define DKIM_FAIL(domain)  "dkim=fail header.d=" domain
#define DMARC_FAIL(domain) "dmarc=fail header.from=" domain
/* A set of ARC: who sealed it, and what stands in it. */
#define SEALED(number, domain, list)                                                     \
	"ARC-Seal: i=" number "; a=rsa-sha256; cv=none;\n\td=" domain                    \
	"; s=a; b=AbC=\nARC-Authentication-Results: i=" number "; mx.other.test; " list  \
	"\n"
#define FOUND(number, name, domain)                                                      \
	"ARC-Seal: i=" number "; d=" domain "\nARC-Authentication-Results: i=" number    \
	"; " name "; arc=pass\n"
#define INVITED INVITES "Accept: http://www.orbits.example/1\n"

static const struct {
	const char *mail;
	const char *reason; /* NULL: unverified */
} signed_mails[] = {
	/* The network's signature, whoever writes. */
	{ RESULTS(DKIM_PASS("orbits.example")) HOME INVITED,
	  "verified:dkim orbits.example" },
	{ RESULTS(DKIM_PASS("Mail.Orbits.Example.")) HOME INVITED,
	  "verified:dkim mail.orbits.example" },
	{ RESULTS("dkim=pass header.i=@m.orbits.example") HOME INVITED,
	  "verified:dkim m.orbits.example" },
	{ RESULTS(DKIM_PASS("orbits.example")) ANY INVITED,
	  "verified:dkim orbits.example" },
	{ RESULTS(DKIM_PASS("orbits.example")) HOME "Subject: News\n\nnews\n",
	  "verified:dkim orbits.example" },
	{ RESULTS(DKIM_PASS("orbits.example")) HOME "List-Id: <a.test>\n" INVITED,
	  "verified:dkim orbits.example" },
	/* Somebody else's. */
	{ RESULTS(DKIM_PASS("evil.test")) HOME INVITED, NULL },
	{ RESULTS(DKIM_PASS("myorbits.example")) HOME INVITED, NULL },
	{ RESULTS(DKIM_PASS("orbits.example.evil.test")) HOME INVITED, NULL },
	{ RESULTS(DKIM_PASS("example")) HOME INVITED, NULL },
	{ RESULTS("dkim=pass header.d=evil.test header.i=@orbits.example") HOME INVITED,
	  NULL },
	/* What decides nothing. */
	{ RESULTS("none") HOME INVITED, NULL },
	{ RESULTS("dkim=pass") HOME INVITED, NULL },
	{ RESULTS("dkim=none header.d=orbits.example") HOME INVITED, NULL },
	{ RESULTS("dkim=neutral header.d=orbits.example") HOME INVITED, NULL },
	{ RESULTS("dkim=policy header.d=orbits.example") HOME INVITED, NULL },
	{ RESULTS("dkim=temperror header.d=orbits.example") HOME INVITED, NULL },
	{ RESULTS("dkim=permerror header.d=orbits.example") HOME INVITED, NULL },
	{ RESULTS("x-dkim=pass header.d=orbits.example") HOME INVITED, NULL },
	{ RESULTS("spf=pass smtp.mailfrom=orbits.example") HOME INVITED, NULL },
	{ RESULTS("spf=fail smtp.mailfrom=orbits.example") HOME INVITED, NULL },
	{ RESULTS("dmarc=pass header.from=orbits.example") HOME INVITED, NULL },
	{ RESULTS("dmarc=none header.from=orbits.example") HOME INVITED, NULL },
	/* Fields that are not trusted, or not read. */
	{ "Authentication-Results: evil.test; " DKIM_PASS(
	      "orbits.example") "\n" HOME INVITED,
	  NULL },
	{ "Authentication-Results: evil.test; " DKIM_FAIL(
	      "orbits.example") "\n" HOME INVITED,
	  NULL },
	{ "ARC-Authentication-Results: i=1; mx.test; " DKIM_PASS(
	      "orbits.example") "\n" HOME INVITED,
	  NULL },
	{ RESULTS(DKIM_PASS("orbits.example") ";") HOME INVITED,
	  "verified:dkim orbits.example" },
	{ RESULTS(DKIM_PASS("evil.test") " header.d=orbits.example") HOME INVITED, NULL },
	/* Several: all that are trusted count. */
	{ RESULTS(DKIM_PASS("evil.test") "; " DKIM_PASS("orbits.example")) HOME INVITED,
	  "verified:dkim orbits.example" },
	{ RESULTS(DKIM_FAIL("orbits.example") "; " DKIM_PASS("m.orbits.example"))
	      HOME INVITED,
	  "verified:dkim m.orbits.example" },
	{ RESULTS("dmarc=pass header.from=orbits.example")
	      RESULTS(DKIM_PASS("orbits.example")) HOME INVITED,
	  "verified:dkim orbits.example" },
	{ RESULTS(DMARC_FAIL("orbits.example")) "Authentication-Results: "
						"b.test; " DKIM_PASS(
						    "orbits.example") "\n" HOME INVITED,
	  "verified:dkim orbits.example" },
	/* The verifier's stands above the sender's. */
	{ RESULTS("dkim=none") RESULTS(DKIM_PASS("orbits.example")) HOME INVITED, NULL },
	{ "Authentication-Results: evil.test; " DKIM_PASS("orbits.example") "\n" RESULTS(
	      DKIM_FAIL("orbits.example")) HOME INVITED,
	  "forged:dkim-fail" },
	/* The network's signature fails. */
	{ RESULTS(DKIM_FAIL("orbits.example")) HOME INVITED, "forged:dkim-fail" },
	{ RESULTS(DKIM_FAIL("m.orbits.example")) HOME "Subject: News\n\nnews\n",
	  "forged:dkim-fail" },
	{ RESULTS(DMARC_FAIL("orbits.example")) HOME INVITED, "forged:dmarc-fail" },
	{ RESULTS(DMARC_FAIL("orbits.example") "; " DKIM_FAIL("orbits.example"))
	      HOME INVITED,
	  "forged:dkim-fail" },
	{ RESULTS(DMARC_FAIL("orbits.example") "; " DKIM_PASS("evil.test")) HOME INVITED,
	  "forged:dmarc-fail" },
	{ RESULTS(DKIM_FAIL("orbits.example")) "From: Orbits <a@b.test>\n" INVITED,
	  "forged:dkim-fail" },
	{ RESULTS(DMARC_FAIL("orbits.example")) "From: Ann <ann@orbits.example>\n"
						"Subject: Hello\n\nhello\n",
	  "forged:dmarc-fail" },
	{ RESULTS(DKIM_FAIL("evil.test")) HOME INVITED, NULL },
	{ RESULTS(DMARC_FAIL("evil.test")) ANY INVITED, NULL },
	/* In a mail that does not claim to be the network's. */
	{ RESULTS(DKIM_FAIL("orbits.example")) ANY "Subject: Fwd: hello\n\nhello\n",
	  NULL },
	{ RESULTS(DMARC_FAIL("orbits.example")) ANY "Subject: Fwd: hello\n\nhello\n",
	  NULL },
	/* Lists and gateways change mails, and so break signatures. */
	{ RESULTS(DKIM_FAIL("orbits.example")) "List-Id: <a.test>\n" HOME INVITED, NULL },
	{ RESULTS(
	      DKIM_FAIL("orbits.example")) "Mailing-List: list a@b.test\n" HOME INVITED,
	  NULL },
	{ RESULTS(DKIM_FAIL(
	      "orbits.example")) "List-Archive: <https://b.test>\n" HOME INVITED,
	  NULL },
	{ RESULTS(
	      DKIM_FAIL("orbits.example")) "list-post: <mailto:a@a.test>\n" HOME INVITED,
	  NULL },
	{ RESULTS(DMARC_FAIL("orbits.example")) "List-Id: <a.test>\n" HOME INVITED,
	  NULL },
	{ RESULTS(DKIM_FAIL("orbits.example")) HOME INVITED
	  "\nSee: http://gate.test/?u=1\n",
	  NULL },
	{ RESULTS(DKIM_FAIL("orbits.example")) HOME INVITES
	  "Accept: http://other.test/?u=http%3A%2F%2Forbits.example%2F\n",
	  NULL },
	{ RESULTS(DMARC_FAIL("orbits.example")) "List-Id: <a.test>\n" HOME INVITES
						"Accept: http://evil.test/1\n",
	  "forged:links-elsewhere" },
	/* A phisher writes that a list had it, and where to go besides. */
	{ RESULTS(DMARC_FAIL("orbits.example")) "List-Id: <a.test>\n" HOME INVITES
						"Go on: http://evil.test/1\n\n"
						"Accept: http://orbits.example/1\n",
	  "failed:changed" },
	{ RESULTS("dkim=none; dmarc=none") "List-Id: <a.test>\n" HOME INVITED, NULL },
	{ RESULTS("arc=pass; " DKIM_FAIL("orbits.example"))
	      SEALED("1", "mx.friend.test",
		     DKIM_PASS("orbits.example")) "List-Id: <a.test>\n" HOME INVITED,
	  NULL },
	/* A sealer that is believed had it, and its chain holds. */
	{ RESULTS(
	      "arc=pass; " DKIM_FAIL("orbits.example") "; " DMARC_FAIL("orbits.example"))
	      SEALED("1", "mx.friend.test", DKIM_PASS("orbits.example")) HOME INVITED,
	  NULL },
	{ RESULTS("arc=pass; " DKIM_FAIL("orbits.example"))
	      SEALED("2", "evil.test", DKIM_FAIL("orbits.example"))
		  SEALED("1", "friend.test", DKIM_PASS("m.orbits.example")) HOME INVITED,
	  "arc:stranger" },
	/* The verifier sealed it last, which says nothing of who had it before. */
	{ RESULTS("arc=pass; " DKIM_FAIL("orbits.example") "; " DMARC_FAIL(
	      "orbits.example")) FOUND("2", "mx.test", "mx.test")
	      FOUND("1", "evil.test", "evil.test") HOME INVITED,
	  "arc:stranger" },
	{ RESULTS("arc=pass; " DKIM_FAIL("orbits.example"))
	      FOUND("1", "evil.test", "evil.test") FOUND("2", "MX.Test.", "friend.test")
		  HOME INVITED,
	  "arc:stranger" },
	/* But where the network never signed it, nobody broke a signature. */
	{ RESULTS("arc=pass; dkim=none; " DMARC_FAIL("orbits.example"))
	      FOUND("2", "mx.test", "mx.test") FOUND("1", "evil.test", "evil.test")
		  HOME INVITED,
	  "forged:dmarc-fail" },
	{ RESULTS("arc=pass; dkim=pass header.d=evil.test; " DMARC_FAIL("orbits.example"))
	      FOUND("2", "mx.test", "mx.test") FOUND("1", "evil.test", "evil.test")
		  HOME INVITED,
	  "forged:dmarc-fail" },
	/* It alone had it, and found it broken, or whole; or somebody had it since. */
	{ RESULTS("arc=pass; " DKIM_FAIL("orbits.example"))
	      FOUND("1", "mx.test", "mx.test") HOME INVITED,
	  "forged:dkim-fail" },
	{ RESULTS("arc=pass; " DKIM_FAIL("orbits.example")) FOUND(
	      "1", "mx.test; dkim=pass header.d=orbits.example", "mx.test") HOME INVITED,
	  NULL },
	{ RESULTS("arc=pass; " DKIM_FAIL("orbits.example"))
	      FOUND("2", "evil.test", "evil.test") FOUND("1", "mx.test", "mx.test")
		  HOME INVITED,
	  "arc:stranger" },
	{ RESULTS("arc=none; " DKIM_FAIL("orbits.example"))
	      FOUND("1", "mx.test", "mx.test") HOME INVITED,
	  "forged:dkim-fail" },
	/* The sender wrote the verifier's name and sealed it himself. */
	{ RESULTS("arc=pass; dkim=none; " DMARC_FAIL("orbits.example"))
	      FOUND("1", "mx.test", "evil.test") HOME INVITED,
	  "forged:dmarc-fail" },
	/* It is believed on nothing else. */
	{ RESULTS("arc=pass; " DKIM_FAIL("orbits.example"))
	      SEALED("1", "friend.test", DKIM_PASS("orbits.example")) HOME INVITES
	  "Accept: http://evil.test/1\n",
	  "forged:links-elsewhere" },
	{ RESULTS("arc=pass") SEALED("1", "friend.test", DKIM_PASS("orbits.example"))
	      HOME INVITED,
	  NULL },
	/*
	 * A chain that is gone, a stranger's seal, or one that found something else: who
	 * sealed it may have broken the signature.  One that breaks tells nothing.
	 */
	{ RESULTS("arc=pass; " DKIM_FAIL("orbits.example")) HOME INVITED,
	  "arc:stranger" },
	{ RESULTS("arc=fail; " DKIM_FAIL("orbits.example"))
	      SEALED("1", "friend.test", DKIM_PASS("orbits.example")) HOME INVITED,
	  "forged:dkim-fail" },
	{ RESULTS(DKIM_FAIL("orbits.example")) "Authentication-Results: evil.test; "
					       "arc=pass\n" SEALED(
						   "1", "friend.test",
						   DKIM_PASS("orbits.example"))
						   HOME INVITED,
	  "forged:dkim-fail" },
	{ RESULTS("arc=pass; " DKIM_FAIL("orbits.example"))
	      SEALED("1", "evil.test", DKIM_PASS("orbits.example")) HOME INVITED,
	  "arc:stranger" },
	{ RESULTS("arc=pass; " DKIM_FAIL("orbits.example"))
	      SEALED("1", "myfriend.test", DKIM_PASS("orbits.example")) HOME INVITED,
	  "arc:stranger" },
	{ RESULTS("arc=pass; " DKIM_FAIL("orbits.example"))
	      SEALED("2", "friend.test", DKIM_FAIL("orbits.example"))
		  SEALED("1", "evil.test", DKIM_PASS("orbits.example")) HOME INVITED,
	  "arc:stranger" },
	{ RESULTS("arc=pass; " DKIM_FAIL("orbits.example"))
	      SEALED("1", "friend.test", DKIM_PASS("evil.test")) HOME INVITED,
	  "forged:dkim-fail" },
	{ RESULTS("arc=pass; " DKIM_FAIL("orbits.example"))
	      SEALED("0", "friend.test", DKIM_PASS("orbits.example")) HOME INVITED,
	  "arc:stranger" },
	{ RESULTS("arc=pass; " DKIM_FAIL("orbits.example"))
	      SEALED("51", "friend.test", DKIM_PASS("orbits.example")) HOME INVITED,
	  "arc:stranger" },
	/* What fails behind words that may be the sender's fails, and nothing passes. */
	{ RESULTS(RIDDLE DMARC_FAIL("orbits.example")) HOME INVITED,
	  "forged:dmarc-fail" },
	{ RESULTS(RIDDLE DKIM_FAIL("orbits.example")) HOME INVITED, "forged:dkim-fail" },
	{ RESULTS(DKIM_FAIL("orbits.example") "; " RIDDLE "arc=pass")
	      SEALED("1", "friend.test", DKIM_PASS("orbits.example")) HOME INVITED,
	  "forged:dkim-fail" },
	{ RESULTS(RIDDLE DKIM_PASS("orbits.example")) HOME INVITED, NULL },
	{ RESULTS(RIDDLE DKIM_PASS("orbits.example") "; " DMARC_FAIL("orbits.example"))
	      HOME INVITED,
	  "forged:dmarc-fail" },
	/* One of two signatures may hold. */
	{ RESULTS(RIDDLE DKIM_PASS("m.orbits.example") "; " DKIM_FAIL("orbits.example"))
	      HOME INVITED,
	  NULL },
	{ RESULTS(RIDDLE "dmarc=none header.from=orbits.example")
	      RESULTS(DMARC_FAIL("orbits.example")) HOME INVITED,
	  NULL },
	{ RESULTS("spf=pass smtp.helo=a b") RESULTS(DMARC_FAIL("orbits.example"))
	      HOME INVITED,
	  "forged:dmarc-fail" },
	{ RESULTS("spf=pass smtp.helo=a b") RESULTS(DKIM_PASS("orbits.example"))
	      HOME INVITED,
	  NULL },
	/* A field above the one that was signed. */
	{ RESULTS(DKIM_PASS("orbits.example")) "Subject: Hello\n" HOME INVITED, NULL },
	{ RESULTS(DKIM_PASS("orbits.example")) ANY HOME INVITED, "forged:no-author" },
	{ RESULTS(DKIM_PASS("orbits.example")) "X-Orbits: a\nx-orbits: b\n" HOME INVITED,
	  NULL },
	{ RESULTS(DKIM_PASS("orbits.example")) "Content-Type: text/plain\n"
					       "content-type: text/plain\n" HOME INVITED,
	  NULL },
	{ RESULTS(DKIM_PASS("orbits.example") "; " DKIM_FAIL(
	      "orbits.example")) "Subject: Hello\n" HOME INVITED,
	  NULL },
	{ RESULTS(DKIM_PASS(
	      "orbits.example")) "X-Orbits: a\nReceived: a\nReceived: b\n" HOME INVITED,
	  "verified:dkim orbits.example" },
};

/* What is said of a mail; *reason_out is the caller's. */
static Authenticity
judge_by(const char *file, const char *mail, const char *trusted, const char *client,
	 char **reason_out)
{
	static const char *const own[] = { "own.test", NULL };
	const Trust trust = { trusted, "friend.test, own.test", client };
	g_autoptr(GPtrArray) files = fixture_files("t.network", file);
	g_autoptr(GPtrArray) rewriter_files = fixture_files(
	    "t.rewriter", "[rewriter gate]\ndomains = gate.test\nform = opaque\n"
			  "[rewriter other]\ndomains = other.test\n"
			  "link = *?u={target}\nform = percent\n"
			  "[redirect own]\ndomains = orbits.example\n"
			  "link = */go?to={target}\nblind = */short/*\n");
	g_autoptr(Networks) networks = networks_new(files, NULL);
	g_autoptr(Rewriters) rewriters = rewriters_new(rewriter_files, NULL);
	g_autoptr(Message) message = NULL;
	g_autoptr(Reading) reading = NULL;
	const Network *network = networks_get(networks, 0);
	AuthenticityProof proof;

	rewriters_trust(rewriters, own);
	message_init();
	message = message_new(mail, strlen(mail), "fence", NULL);
	reading = reading_new(message, rewriters);

	authenticity_find(&proof, network, reading, network_kind(network, reading),
			  &trust);
	*reason_out = proof.reason;
	ck_assert_msg(!proof.has_doubtful_links ||
			  proof.authenticity == AUTHENTICITY_UNVERIFIED,
		      "%s: doubtful links decide nothing", mail);

	return proof.authenticity;
}

static Authenticity
judge(const char *mail, const char *trusted, const char *client, char **reason_out)
{
	return judge_by(ORBIT, mail, trusted, client, reason_out);
}

static bool
is_forgery(const char *reason)
{
	return reason != NULL && g_str_has_prefix(reason, "forged:");
}

START_TEST(a_forgery_is_told_by_author_or_links)
{
	g_autofree char *reason = NULL;
	Authenticity got = judge(mails[_i].mail, "", NULL, &reason);

	ck_assert_msg(g_strcmp0(reason, mails[_i].reason) == 0, "%s: got %s, want %s",
		      mails[_i].mail, reason, mails[_i].reason);
	ck_assert_int_eq(got, is_forgery(mails[_i].reason) ? AUTHENTICITY_FORGED
							   : AUTHENTICITY_UNVERIFIED);
}
END_TEST

/* Words and labels prove no forgery where nobody has read the network's mail. */
static const struct {
	const char *mail;
	const char *reason;
} unread_mails[] = {
	{ ANY INVITES "Ann is on Orbits\n\nAccept: http://evil.test/1\n", NULL },
	{ ANY "Subject: Ann invites you to Orbits\n\nAccept: http://evil.test/1\n",
	  NULL },
	{ HOME INVITES "Accept: http://www.orbits.example/1\n", NULL },
	{ HOME INVITES "Accept: http://b.test/1\n\nHelp: http://orbits.example/h\n",
	  "links:elsewhere" },
	{ HOME INVITES "Accept: http://click.test/1\n", "links:elsewhere" },
	/* Authors and domains still do. */
	{ "From: Orbits <a@b.test>\n" INVITES
	  "Accept: http://evil.test/1\n\nHelp: http://orbits.example/h\n",
	  "forged:links-elsewhere" },
	{ "From: Orbits <a@orbiits.example>\nSubject: Hello\n\nhello\n",
	  "forged:look-alike-domain" },
};

START_TEST(words_that_nobody_read_forge_nothing)
{
	g_autofree char *file =
	    g_strconcat("[network]\nseen = no\n", &ORBIT[strlen("[network]\n")], NULL);
	g_autofree char *reason = NULL;
	Authenticity got = judge_by(file, unread_mails[_i].mail, "", NULL, &reason);

	ck_assert_msg(g_strcmp0(reason, unread_mails[_i].reason) == 0,
		      "%s: got %s, want %s", unread_mails[_i].mail, reason,
		      unread_mails[_i].reason);
	ck_assert_int_eq(got, is_forgery(unread_mails[_i].reason)
				  ? AUTHENTICITY_FORGED
				  : AUTHENTICITY_UNVERIFIED);
}
END_TEST

/* Gateways rewrite links behind the verifier, too: its word goes before theirs. */
START_TEST(a_signature_excuses_links_and_no_disguise)
{
	g_autofree char *mail =
	    g_strconcat(RESULTS(DKIM_PASS("orbits.example")), mails[_i].mail, NULL);
	g_autofree char *reason = NULL;
	Authenticity got = judge(mail, "mx.test", NULL, &reason);
	bool is_disguise = mails[_i].reason != NULL &&
			   g_str_has_prefix(mails[_i].reason, "forged:look-alike");
	const char *want =
	    is_disguise ? mails[_i].reason : "verified:dkim orbits.example";

	ck_assert_msg(g_strcmp0(reason, want) == 0, "%s: got %s, want %s", mail, reason,
		      want);
	ck_assert_int_eq(got, is_disguise ? AUTHENTICITY_FORGED : AUTHENTICITY_VERIFIED);
}
END_TEST

START_TEST(trusted_results_decide)
{
	g_autofree char *reason = NULL;
	Authenticity got = judge(signed_mails[_i].mail, "b.test, mx.test", NULL, &reason);

	ck_assert_msg(g_strcmp0(reason, signed_mails[_i].reason) == 0,
		      "%s: got %s, want %s", signed_mails[_i].mail, reason,
		      signed_mails[_i].reason);
	ck_assert_msg(reason == NULL || g_str_has_prefix(reason, "arc:") ||
			      g_str_equal(reason, "failed:changed")
			  ? got == AUTHENTICITY_UNVERIFIED
			  : g_str_has_prefix(reason, authenticity_name(got)),
		      "%s: %s by %s", signed_mails[_i].mail, authenticity_name(got),
		      reason);
}
END_TEST

/* A gateway that nobody knows breaks signatures; what looks a little so does not. */
START_TEST(a_failure_behind_an_unknown_gateway_decides_nothing)
{
	static const char *const mails_of[] = {
		RESULTS(DKIM_FAIL("orbits.example"))
		    HOME INVITES SHORT("c/a7Bd", "c/b8Kx", "c/c9Lz"),
		RESULTS(DMARC_FAIL("orbits.example"))
		    HOME INVITES SHORT("in", "view", "help"),
	};
	static const char *const want[] = { "links:rewritten", "forged:links-elsewhere" };
	g_autofree char *reason = NULL;
	Authenticity got = judge(mails_of[_i], "mx.test", NULL, &reason);

	ck_assert_str_eq(reason, want[_i]);
	ck_assert_int_eq(got, is_forgery(want[_i]) ? AUTHENTICITY_FORGED
						   : AUTHENTICITY_UNVERIFIED);
}
END_TEST

/* By default nobody is trusted: a sender writes what it likes. */
START_TEST(without_trust_results_decide_nothing)
{
	g_autofree char *reason = NULL;
	Authenticity got = judge(signed_mails[_i].mail, "", NULL, &reason);

	/* What forges a mail whatever anybody says of it. */
	if (g_strcmp0(signed_mails[_i].reason, "forged:links-elsewhere") == 0 ||
	    g_strcmp0(signed_mails[_i].reason, "forged:no-author") == 0)
		return;
	ck_assert_msg(got == AUTHENTICITY_UNVERIFIED && reason == NULL, "%s: %s by %s",
		      signed_mails[_i].mail, authenticity_name(got), reason);
}
END_TEST

static const struct {
	const char *client;
	const char *mail;
	const char *reason;
} handed_in[] = {
	{ "m7.orbits.example", HOME INVITED, "verified:client m7.orbits.example" },
	{ "M7.Orbits.example", HOME INVITED, "verified:client M7.Orbits.example" },
	{ "m7.orbits.example", ANY INVITED, "verified:client m7.orbits.example" },
	{ NULL, HOME INVITED, NULL },
	{ "orbits.example.evil.test", HOME INVITED, NULL },
	{ "myorbits.example", HOME INVITED, NULL },
	{ "post.test", HOME INVITED, NULL },
	/* Verifiers go first, and so does what the mail says. */
	{ "m7.orbits.example", RESULTS(DKIM_FAIL("orbits.example")) HOME INVITED,
	  "forged:dkim-fail" },
	{ "m7.orbits.example", RESULTS(DKIM_PASS("post.test")) HOME INVITED,
	  "verified:dkim post.test" },
	{ "m7.orbits.example", HOME INVITES "Accept: http://evil.test/1\n",
	  "forged:links-elsewhere" },
};

START_TEST(a_host_of_the_network_is_believed)
{
	g_autofree char *reason = NULL;
	Authenticity got =
	    judge(handed_in[_i].mail, "mx.test", handed_in[_i].client, &reason);

	ck_assert_msg(g_strcmp0(reason, handed_in[_i].reason) == 0, "%s: got %s, want %s",
		      handed_in[_i].client, reason, handed_in[_i].reason);
	ck_assert(g_str_has_prefix(reason != NULL ? reason : "unverified",
				   authenticity_name(got)));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("authenticity");
	TCase *authenticity = tcase_create("authenticity");
	TCase *results = tcase_create("results");

	tcase_add_loop_test(authenticity, a_forgery_is_told_by_author_or_links, 0,
			    G_N_ELEMENTS(mails));
	tcase_add_loop_test(authenticity, a_signature_excuses_links_and_no_disguise, 0,
			    G_N_ELEMENTS(mails));
	tcase_add_loop_test(authenticity, words_that_nobody_read_forge_nothing, 0,
			    G_N_ELEMENTS(unread_mails));
	suite_add_tcase(suite, authenticity);

	tcase_add_loop_test(results, a_failure_behind_an_unknown_gateway_decides_nothing,
			    0, 2);
	tcase_add_loop_test(results, trusted_results_decide, 0,
			    G_N_ELEMENTS(signed_mails));
	tcase_add_loop_test(results, without_trust_results_decide_nothing, 0,
			    G_N_ELEMENTS(signed_mails));
	tcase_add_loop_test(results, a_host_of_the_network_is_believed, 0,
			    G_N_ELEMENTS(handed_in));
	suite_add_tcase(suite, results);

	return fixture_run(suite);
}
