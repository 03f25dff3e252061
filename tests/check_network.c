/* SPDX-License-Identifier: BSD-2-Clause */
/* check_network.c - are networks read from their files, and mails told by them? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "network/network-doubts.h"
#include "network/networks.h"
#include "network/network-kind.h"
#include "mail/message.h"

#define WHOLE                                                                            \
	"[network]\n"                                                                    \
	"name = orbit\n"                                                                 \
	"title = Orbit\n"                                                                \
	"domains = orbit.example; orbitmail.example\n"                                   \
	"page = https://www.orbit.example/requests\n"                                    \
	"field = X-Orbit-Template\n"                                                     \
	"[claims]\n"                                                                     \
	"name = *Orbit*; Big O\n"                                                        \
	"message-id = *@*.orbit.test>\n"                                                 \
	"field = X-Orbit-Template; X-Orbit-Class\n"                                      \
	"sender = robot@mailer.test\n"                                                   \
	"[links]\n"                                                                      \
	"accept = *orbit.example/accept/*\n"                                             \
	"template = *t=eml-{template}-*\n"                                               \
	"[kind reminder]\n"                                                              \
	"request = connect\n"                                                            \
	"reminder = yes\n"                                                               \
	"template = remind_*\n"                                                          \
	"line = {inviter} still waits for you\n"                                         \
	"link = *orbit.example/again/*\n"                                                \
	"subject = {inviter} still waits\n"                                              \
	"from = again@orbit.example; robot@mailer.test\n"                                \
	"[kind invitation]\n"                                                            \
	"request = connect\n"                                                            \
	"template = invite_*\n"                                                          \
	"line[en] = {inviter} wants to orbit you\n"                                      \
	"line[de] = {inviter} will Sie umkreisen\n"                                      \
	"link = *orbit.example/accept/*\n"                                               \
	"subject = {inviter} invites you; {company} counts on you\n"                     \
	"from = invitations@orbit.example\n"                                             \
	"[kind told]\n"                                                                  \
	"notice = accepted\n"                                                            \
	"subject = {inviter} accepted\n"                                                 \
	"[kind group]\n"                                                                 \
	"request = group\n"                                                              \
	"own-subject = {inviter} invites you to *\n"                                     \
	"from = groups@orbit.example\n"

/* What is wrong with a file, and how we say it: file, line, section and key first. */
static const struct {
	const char *text;
	const char *wanted;
} mistakes[] = {
	{ "[network]\nname = o\ntitel = x\ntitle = y\n",
	  "t.network:3: [network] titel: " },
	{ "[network]\nname = o\ndomain = x\n",
	  "t.network:3: [network] domain: no such key; did you mean \"domains\"?" },
	{ "[network]\nqqqqqqqqq = o\n", "t.network:2: [network] qqqqqqqqq: no such key" },
	{ WHOLE "[netwrok]\na = b\n", "t.network:39: [netwrok] a: no such section" },
	{ "[claims]\n# a comment\n\nnmae = x\n",
	  "t.network:4: [claims] nmae: no such key" },
	{ "[network]\nreplies = perhaps\n",
	  "t.network:2: [network] replies: give yes or no" },
	{ "[kind a]\nreminder = 1\n", "t.network:2: [kind a] reminder: give yes or no" },
	{ "[kind a]\nnote = 1\n", "t.network:2: [kind a] note: give yes or no" },
	{ "[kind a]\nrequest = conect\n",
	  "t.network:2: [kind a] request: no such request" },
	{ "[kind a]\nnotice = acepted\n",
	  "t.network:2: [kind a] notice: no such notice" },
	{ "[kind a]\nremindr = yes\n",
	  "t.network:2: [kind a] remindr: no such key; did you mean \"reminder\"?" },
	{ "[kind a]\nsubject[de] = {invter} lädt ein\n",
	  "t.network:2: [kind a] subject[de]: " },
	{ "[kind a]\nsubject = {inviter lädt ein\n", "t.network:2: [kind a] subject: " },
	{ "[lines]\nframe = a; {nobody}\n", "t.network:2: [lines] frame: " },
	{ "[profile p]\nlink = */in/{id}\nlnk = a\n",
	  "t.network:3: [profile p] lnk: no such key; did you mean \"link\"?" },
	{ "[profile p]\nid = last\n",
	  "t.network:2: [profile p] id: give first or reversed" },
	{ "[profile p]\nurl = https://www.orbit.example/in/\n",
	  "t.network:2: [profile p] url: the address needs an {id}" },
	{ "[network]\nname = o\ndomains = o.example\npage = https://o.example/\n",
	  "t.network: [network] needs a key title" },
	{ "[network]\nname = o\ntitle = O\ndomains = o.example\npage = "
	  "https://o.example/\n",
	  "t.network: a network needs at least one [kind NAME]" },
	{ "[network]\nname = o\ntitle = O\ndomains = o.example\npage = "
	  "https://o.example.evil.test/\n[kind a]\nrequest = connect\n",
	  "t.network:5: [network] page: not under the network's domains" },
	{ WHOLE "[profile p]\nlink = */in/{id}\nurl = https://evil.test/{id}\n",
	  "t.network:40: [profile p] url: not under the network's domains" },
	{ WHOLE "[profile p]\nlink = */in/{id}\n",
	  "t.network:39: [profile p] link: the section needs a key url, too" },
	{ "[kind a]\nsubjct = x\n",
	  "t.network:2: [kind a] subjct: no such key; did you mean \"subject\"?" },
	{ "[claims]\nqqqqqqqq = x\n",
	  "t.network:2: [claims] qqqqqqqq: no such key; there are " },
	{ "[lnies]\nend = x\n",
	  "t.network:2: [lnies] end: no such section; did you mean \"lines\"?" },
	{ "[kind]\nline = x\n",
	  "t.network:2: [kind] line: the section needs a name: [kind NAME]" },
};

START_TEST(a_mistake_is_named_with_file_line_and_key)
{
	g_autoptr(GPtrArray) files = fixture_files("t.network", mistakes[_i].text);
	g_autoptr(GError) error = NULL;
	g_autoptr(Networks) networks = networks_new(files, &error);

	ck_assert_msg(networks == NULL, "taken: %s", mistakes[_i].text);
	ck_assert_msg(g_str_has_prefix(error->message, mistakes[_i].wanted),
		      "got \"%s\", want \"%s\"", error->message, mistakes[_i].wanted);
}
END_TEST

START_TEST(all_mistakes_of_a_file_are_named)
{
	static const char text[] = "[network]\ntitel = O\ndomains = o.example\n"
				   "page = https://p.example/;x\nreplies = perhaps\n"
				   "[lnies]\nstart = a\nend = b\n"
				   "[lines]\nframe = {nobody}; words; {inviter} {count\n"
				   "[kind a]\nrequest = conect\nnotice = told\n"
				   "[profile p]\nurl = https://o.example/\n";
	static const char *const wanted[] = {
		"t.network:2: [network] titel: no such key; did you mean \"title\"?",
		"t.network:5: [network] replies: give yes or no",
		"t.network:7: [lnies] start: no such section; did you mean \"lines\"?",
		"t.network:10: [lines] frame: \"{nobody}\": unknown hole",
		"t.network:10: [lines] frame: \"{inviter} {count\": a \"{\" without",
		"t.network:12: [kind a] request: no such request; did you mean "
		"\"connect\"?",
		"t.network:13: [kind a] notice: no such notice; there are none, "
		"accepted, ",
		"t.network:15: [profile p] url: the address needs an {id}",
		"t.network: [network] needs a key name",
		"t.network: [network] needs a key title",
		"t.network:4: [network] page: not under the network's domains",
	};
	g_autoptr(GPtrArray) files = fixture_files("t.network", text);
	g_autoptr(GError) error = NULL;
	g_autoptr(Networks) networks = networks_new(files, &error);
	g_auto(GStrv) got = NULL;

	ck_assert_ptr_null(networks);
	got = g_strsplit(error->message, "\n", -1);
	ck_assert_msg(g_strv_length(got) == G_N_ELEMENTS(wanted), "%s", error->message);
	for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++)
		ck_assert_msg(g_str_has_prefix(got[i], wanted[i]),
			      "got \"%s\", want \"%s\"", got[i], wanted[i]);
}
END_TEST

#define OTHER                                                                            \
	"[network]\nname = %s\ntitle = Other\ndomains = other.test; %s\n"                \
	"page = https://other.test/\n[kind a]\nsubject = a\n"

/* What a second network says, and how it gets in the way of the first. */
static const struct {
	const char *name, *domain, *wanted;
} others[] = {
	{ "other", "again.example", NULL },
	{ "orbit", "again.example",
	  "u.network:2: [network] name: \"orbit\" is the name in t.network already" },
	{ "other", "orbitmail.example",
	  "u.network:4: [network] domains: \"orbitmail.example\": t.network has "
	  "\"orbitmail.example\" already" },
	{ "other", "a.orbit.example",
	  "u.network:4: [network] domains: \"a.orbit.example\": t.network has "
	  "\"orbit.example\" already" },
	{ "other", "example",
	  "u.network:4: [network] domains: \"example\": t.network has \"orbit.example\" "
	  "already\n"
	  "u.network:4: [network] domains: \"example\": t.network has "
	  "\"orbitmail.example\" already" },
	{ "other", "myorbit.example", NULL },
};

START_TEST(two_networks_have_no_name_and_no_domain_in_common)
{
	g_autofree char *text =
	    g_strdup_printf(OTHER, others[_i].name, others[_i].domain);
	g_autoptr(GPtrArray) files = fixture_files("t.network", WHOLE);
	g_autoptr(Networks) networks = networks_new(files, NULL);
	g_autoptr(GError) error = NULL;
	bool is_added = networks_add(
	    networks, keyfile_new("u.network", text, strlen(text), NULL), &error);

	ck_assert_str_eq(error != NULL ? error->message : "",
			 others[_i].wanted != NULL ? others[_i].wanted : "");
	ck_assert(is_added == (others[_i].wanted == NULL));
	ck_assert_uint_eq(networks_length(networks), is_added ? 2 : 1);
}
END_TEST

static Networks *
networks_of(const char *text)
{
	g_autoptr(GPtrArray) files = fixture_files("t.network", text);
	g_autoptr(GError) error = NULL;
	Networks *networks = networks_new(files, &error);

	ck_assert_msg(networks != NULL, "%s", error != NULL ? error->message : "");

	return networks;
}

START_TEST(a_whole_file_is_taken)
{
	g_autoptr(Networks) networks = networks_of(WHOLE);
	const Network *network = networks_get(networks, 0);
	const Kind *kind = network->kinds->pdata[0];

	ck_assert_uint_eq(networks_length(networks), 1);
	ck_assert_str_eq(network->name, "orbit");
	ck_assert_str_eq(network->title, "Orbit");
	ck_assert(!network->takes_replies);
	ck_assert_uint_eq(network->kinds->len, 4);
	ck_assert_str_eq(kind->name, "reminder");
	ck_assert(kind->is_reminder);
	ck_assert_int_eq(kind->request, REQUEST_CONNECT);
}
END_TEST

/* Does a kind's pattern take all mails from the one of a kind behind it? */
static const struct {
	const char *first, *second;
	bool takes_all;
} pairs[] = {
	{ "{inviter} invites", "{inviter} invites", true },
	{ "{inviter} invites", "{inviter} invites you", false },
	{ "{inviter} invites *", "{inviter} invites you", true },
	{ "{inviter} invites *", "{inviter} invites", true },
	{ "{inviter} invites", "{inviter} and Bob invites", true },
	{ "{inviter} invites", "{recipient} invites.", true },
	{ "* invites", "{inviter} invites", true },
	/* One of them may be empty. */
	{ "{inviter} invites", "* invites", false },
	{ "Ann invites", "{inviter} invites", false },
	{ "{inviter} invites", "Ann invites", true },
	{ "you * me", "you me", true },
	{ "you me", "you * me", false },
	{ "you \\* me", "you * me", false },
	{ "*me*", "{inviter} gave me up", true },
};

START_TEST(a_pattern_that_never_decides_is_doubted)
{
	g_autofree char *text =
	    g_strdup_printf("[network]\nname = o\ntitle = O\ndomains = o.example\n"
			    "page = https://o.example/\n"
			    "[links]\naccept = *accept*\naccept-label = Yes\n"
			    "[kind first]\nrequest = connect\nsubject = %s\n"
			    "[kind second]\nsubject = %s\n",
			    pairs[_i].first, pairs[_i].second);
	g_autoptr(GPtrArray) files = fixture_files("t.network", text);
	g_autoptr(Networks) networks = networks_new(files, NULL);
	g_autoptr(GPtrArray) doubts = network_doubts(networks_get(networks, 0));

	ck_assert_msg(doubts->len == pairs[_i].takes_all, "\"%s\", \"%s\": %s",
		      pairs[_i].first, pairs[_i].second,
		      doubts->len > 0 ? (const char *)doubts->pdata[0] : "no doubt");
	if (doubts->len > 0)
		ck_assert(g_str_has_prefix(doubts->pdata[0],
					   "t.network:13: [kind second] subject: "));
}
END_TEST

static const struct {
	const char *name, *value;
	bool claims;
} fields[] = {
	{ "From", "invitations@orbit.example", true },
	{ "from", " Ann <ann@MAIL.Orbit.Example>", true },
	{ "From", "=?UTF-8?Q?Orbit?= <a@b.test>", true },
	{ "From", "Ann via Orbit <a@b.test>", true },
	{ "From", " \"Big O\" <a@b.test>", true },
	{ "From", "=?UTF-8?Q?Big_O?=\n <a@b.test>", true },
	{ "From", "Big O<a@b.test>", true },
	{ "From", "\"Big O < \\\" > Tyres\" <a@b.test>", false },
	{ "From", "Big O Tyres <a@b.test>", false },
	{ "From", "Ann <ann@0rbit.test>", true },
	{ "Sender", "x@orbitmail.example", true },
	{ "Reply-To", "Ann <x@r.orbit.example>", true },
	{ "Subject", "Ann Lee invites you", true },
	{ "Subject", "[list] [two] Ann Lee invites you", true },
	{ "Subject", "=?UTF-8?Q?Ann_L=C3=A9e?= invites\n you", true },
	{ "Subject", "Ann Lee still waits", true },
	{ "Message-ID", "<1@app7.orbit.test>", true },
	{ "X-Orbit-Class", "anything", true },
	{ "x-orbit-template", "", true },
	/* Only what invites is worth a look at a foreigner's mail. */
	{ "Subject", "Ann Lee accepted", false },
	{ "Subject", "Ann Lee invites", false },
	{ "Subject", "Moons Ltd counts on you", true },
	/* Answered, and passed on. */
	{ "Subject", "Re: Moons Ltd counts on you", false },
	{ "Subject", "Re: Ann Lee invites you", false },
	{ "Subject", "[list] AW: Ann Lee invites you", false },
	{ "Subject", "=?UTF-8?Q?=E8=BD=AC=E5=8F=91=EF=BC=9A?= Ann Lee invites you",
	  false },
	/* Anybody may say so, and the network only where it is the author. */
	{ "Subject", "Ann Lee invites you to a party", false },
	{ "To", "invitations@orbit.example", false },
	/* A robot outside the domains; others may mail from there, too. */
	{ "Sender", "Orbit <robot@mailer.test>", true },
	{ "From", "Robot <Robot@Mailer.test>", true },
	{ "Reply-To", "Robot <robot@mailer.test>", false },
	{ "From", "Ann <ann@mailer.test>", false },
	{ "Cc", "Orbit <a@orbit.example>", false },
	{ "From", "Ann <ann@example.org>", false },
	{ "From", "", false },
	{ "From", "@@@", false },
	{ "X-Orbit", "a", false },
	{ "Message-ID", "<1@orbit.test.evil>", false },
};

START_TEST(a_head_is_claimed_that_may_be_the_networks)
{
	g_autoptr(Networks) networks = networks_of(WHOLE);
	g_autoptr(Head) head = head_new();
	g_auto(Claim) claim = { 0 };

	head_add(head, "Date", "Mon, 1 Jan 2024 00:00:00 +0000");
	head_add(head, fields[_i].name, fields[_i].value);
	claim_init(&claim, head);
	ck_assert_msg(network_claims(networks_get(networks, 0), &claim) ==
			  fields[_i].claims,
		      "%s: %s: want %s", fields[_i].name, fields[_i].value,
		      fields[_i].claims ? "claimed" : "not claimed");
}
END_TEST

typedef struct {
	Networks *networks;
	Rewriters *rewriters;
	Message *message;
	Reading *reading;
} Case;

static void
case_init(Case *one, const char *mail)
{
	g_autoptr(GPtrArray) none = g_ptr_array_new();

	message_init();
	one->networks = networks_of(WHOLE);
	one->rewriters = rewriters_new(none, NULL);
	one->message = message_new(mail, strlen(mail), "fence", NULL);
	ck_assert_ptr_nonnull(one->message);
	one->reading = reading_new(one->message, one->rewriters);
}

static void
case_clear(Case *one)
{
	reading_free(one->reading);
	message_free(one->message);
	rewriters_free(one->rewriters);
	networks_free(one->networks);
}

/* The strongest evidence decides. */
static const struct {
	const char *mail;
	const char *kind; /* NULL: none */
} kinds[] = {
	{ "From: a@b.test\nSubject: hello\n\nhello\n", NULL },
	{ "From: again@orbit.example\n\n", "reminder" },
	{ "From: again@orbit.test\n\n", NULL },
	{ "From: Robot@mailer.test\n\n", "reminder" },
	{ "From: again@orbit.example\nSubject: Ann accepted\n\n", "told" },
	{ "From: again@orbit.example\nSubject: Fwd: Ann accepted\n\n", "reminder" },
	{ "From: again@orbit.example\nSubject: Ann accepted\n\nAccept: "
	  "http://orbit.example/accept/1\n",
	  "invitation" },
	{ "From: a@b.test\n\nAccept: http://orbit.example.test/accept/1\n", NULL },
	{ "From: a@b.test\n\nAccept: http://orbit.example@evil.test/accept/1\n", NULL },
	{ "From: a@b.test\nSubject: Ann accepted\n\nAnn WILL Sie  umkreisen.\n"
	  "http://orbit.example/again/1\n",
	  "invitation" },
	{ "From: a@b.test\nSubject: Ann accepted\nX-Orbit-Template: remind_1\n\n"
	  "Ann wants to orbit you\n",
	  "reminder" },
	{ "From: a@b.test\nX-Orbit-Template: news\n\nAnn wants to orbit you\n"
	  "http://www.orbit.example/x?t=eml-remind_2-a\n",
	  "reminder" },
	{ "From: a@b.test\n\nhttp://www.orbit.evil.test/x?t=eml-remind_2-a\n", NULL },
	{ "From: a@orbit.example\nSubject: [l] Ann invites you to Moons\n\n", "group" },
	{ "From: a@b.test\nSubject: Ann invites you to a party\n\n", NULL },
	{ "From: again@orbit.example\nSubject: Ann invites you to Moons\n\n", "group" },
	{ "From: groups@orbit.example\nSubject: Ann accepted\n\n", "told" },
	/* What is quoted is another mail's. */
	{ "From: a@b.test\n\n> Ann wants to orbit you\n", NULL },
	{ "From: a@b.test\n\n> > Ann wants to orbit you\n", NULL },
	/* Within one level the first of the file. */
	{ "From: a@b.test\n\nAnn wants to orbit you\n\nAnn still waits for you\n",
	  "reminder" },
};

START_TEST(the_kind_is_told_by_the_strongest_evidence)
{
	Case one;
	const Kind *kind;

	case_init(&one, kinds[_i].mail);
	kind = network_kind(networks_get(one.networks, 0), one.reading);
	ck_assert_msg(g_strcmp0(kind != NULL ? kind->name : NULL, kinds[_i].kind) == 0,
		      "%s: got %s, want %s", kinds[_i].mail,
		      kind != NULL ? kind->name : "none", kinds[_i].kind);
	case_clear(&one);
}
END_TEST

#define INVITES "Subject: Ann invites you\n"
#define ACCEPTS "\nhttp://orbit.example/accept/1\n"

static const struct {
	const char *mail;
	bool is_sent;
} marks[] = {
	{ "From: a@orbit.example\n\n", true },
	{ "From: a@x.orbitmail.example\n\n", true },
	{ "From: Orbit <a@b.test>\nSubject: Ann invites you\n\n", false },
	{ "From: a@b.test\nX-Orbit-Class: a\n\n", true },
	{ "From: a@b.test\nSender: robot@mailer.test\n\n", true },
	{ "From: robot@mailer.test\n\n", true },
	{ "From: a@mailer.test\n\n", false },
	{ "From: a@b.test\nMessage-ID: <1@a.orbit.test>\n\n", true },
	{ "From: Ann <a@b.test>\n" INVITES ACCEPTS, true },
	{ "From: Ann Lee <a@b.test>\n" INVITES ACCEPTS, true },
	/* A person who answers, passes on or asks quotes it all, under their own name. */
	{ "From: Ben <a@b.test>\n" INVITES ACCEPTS, false },
	{ "From: Annabel <a@b.test>\n" INVITES ACCEPTS, false },
	{ "From: a@b.test\n" INVITES ACCEPTS, false },
	{ "From: Ann <a@b.test>\nIn-Reply-To: <1@b.test>\n" INVITES ACCEPTS, false },
	{ "From: Ann <a@b.test>\nReferences: <1@b.test>\n" INVITES ACCEPTS, false },
	{ "From: TR: Ann <a@b.test>\nSubject: TR: Ann invites you\n" ACCEPTS, false },
	{ "From: Ann <a@b.test>\nSubject: Is this real?\n" ACCEPTS, false },
	{ "From: Ben <a@b.test>\nSender: r@orbit.example\n" INVITES ACCEPTS, true },
	{ "From: a@b.test\nSubject: Ann invites "
	  "you\n\nhttp://evil.test/orbit.example/accept/"
	  "1\n",
	  false },
	{ "From: a@b.test\nSubject: hello\n\nsee http://orbit.example/in/ann\n", false },
	/* No author, or two. */
	{ "Subject: Ann invites you\nX-Orbit-Class: a\n\n", false },
	{ "From: a@orbit.example\nFrom: b@orbit.example\n\n", false },
	{ "From: a@orbit.example, b@orbit.example\n\n", false },
};

START_TEST(a_display_name_alone_is_no_mark)
{
	const Network *network;
	g_auto(Claim) claim = { 0 };
	Case one;

	case_init(&one, marks[_i].mail);
	claim_init(&claim, message_head(one.message));
	network = networks_get(one.networks, 0);
	ck_assert_msg(
	    network_sent(network, &claim, one.reading,
			 network_kind(network, one.reading)) == marks[_i].is_sent,
	    "%s: want %s", marks[_i].mail, marks[_i].is_sent ? "sent" : "not sent");
	case_clear(&one);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("network");
	TCase *file = tcase_create("file"), *mail = tcase_create("mail");

	tcase_add_loop_test(file, a_mistake_is_named_with_file_line_and_key, 0,
			    G_N_ELEMENTS(mistakes));
	tcase_add_test(file, all_mistakes_of_a_file_are_named);
	tcase_add_loop_test(file, two_networks_have_no_name_and_no_domain_in_common, 0,
			    G_N_ELEMENTS(others));
	tcase_add_test(file, a_whole_file_is_taken);
	tcase_add_loop_test(file, a_pattern_that_never_decides_is_doubted, 0,
			    G_N_ELEMENTS(pairs));
	suite_add_tcase(suite, file);
	tcase_add_loop_test(mail, a_head_is_claimed_that_may_be_the_networks, 0,
			    G_N_ELEMENTS(fields));
	tcase_add_loop_test(mail, the_kind_is_told_by_the_strongest_evidence, 0,
			    G_N_ELEMENTS(kinds));
	tcase_add_loop_test(mail, a_display_name_alone_is_no_mark, 0,
			    G_N_ELEMENTS(marks));
	suite_add_tcase(suite, mail);

	return fixture_run(suite);
}
