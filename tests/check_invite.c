/* SPDX-License-Identifier: BSD-2-Clause */
/* check_invite.c - is all found that an invitation says of who invites, and no more? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "network/invite.h"
#include "network/networks.h"
#include "network/network-kind.h"
#include "mail/message.h"
#include "text/text.h"

#define ORBIT                                                                            \
	"[network]\nname = orbit\ntitle = Orbit\ndomains = orbit.example\n"              \
	"page = https://orbit.example/\n"                                                \
	"[author]\nname[en] = {inviter} via Orbit\nname[de] = {inviter} bei Orbit\n"     \
	"self = Orbit*\nreply-to = *@reply.orbit.example\n"                              \
	"[lines]\nframe[en] = {inviter} wants to orbit you; Accept; Accept: *\n"         \
	"frame-2[en] = {count} friends in common; Meant for {recipient}\n"               \
	"frame[de] = {inviter} will Sie umkreisen\n"                                     \
	"start[en] = {inviter} wrote\nend[en] = Unsubscribe*\n"                          \
	"company[en] = * at {company}\n"                                                 \
	"[links]\naccept = *orbit.example/accept/*\nprofile-label = View profile*\n"     \
	"[profile vanity]\nlink = *orbit.example/in/{id}?*; *orbit.example/in/{id}\n"    \
	"url = https://www.orbit.example/in/{id}\n"                                      \
	"[kind invitation]\nrequest = connect\nsubject = {inviter} invites you\n"        \
	"[kind group]\nrequest = group\nown-subject = {inviter} asks you in\n"           \
	"[kind poke]\nrequest = connect\nnote = no\nsubject = {inviter} pokes you\n"     \
	"[kind message]\nnotice = message\nsubject = {inviter} writes\n"

#define FROM    "From: Ann Lee via Orbit <x@orbit.example>\n"
#define TELLS   FROM "Subject: Ann Lee invites you\n"
#define INVITES TELLS "\n"

#define KILN "Hi Bob, the kiln?"

/* A note, and a block above it. */
#define TOLD(lead)                                                                       \
	"Content-Type: text/plain; charset=utf-8\n\n" lead "\n\n" KILN                   \
	"\n\nAnn Lee\nPotter\nAccept: http://orbit.example/accept/1\n"

#define SEVERAL                                                                          \
	"we wait\n\nAnn Lee\nView profile: http://orbit.example/in/ann\n"                \
	"Accept: http://orbit.example/accept/1\n\nCy Moe\n"                              \
	"View profile: http://orbit.example/in/cy\n"                                     \
	"Accept: http://orbit.example/accept/2\n"

/* What one mail says; read() as invite_new() where there is no kind. */
static Invite *
invite_of(const char *mail)
{
	g_autoptr(GPtrArray) files = fixture_files("t.network", ORBIT);
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	g_autoptr(Networks) networks = networks_new(files, NULL);
	g_autoptr(Rewriters) rewriters = rewriters_new(none, NULL);
	g_autoptr(Message) message = NULL;
	g_autoptr(Reading) reading = NULL;
	const Kind *kind;
	Invite *invite;

	ck_assert_ptr_nonnull(networks);
	message_init();
	message = message_new(mail, strlen(mail), "fence", NULL);
	reading = reading_new(message, rewriters);
	kind = network_kind(networks_get(networks, 0), reading);
	ck_assert_ptr_nonnull(kind);
	invite = invite_read(networks_get(networks, 0), kind, reading,
			     assessor_rules(fixture_assessor(NULL))->names);
	/* The language is the files', which go. */
	invite->language = g_intern_string(invite->language);

	return invite;
}

typedef enum {
	WHAT_NAME,
	WHAT_HEADLINE,
	WHAT_COMPANY,
	WHAT_LOCATION,
	WHAT_PROFILE,
	WHAT_ADDRESS,
	WHAT_NOTE,
	WHAT_ACCEPT,
	WHAT_RECIPIENT,
	WHAT_LANGUAGE,
} What;

static const char *
said(const Invite *invite, What what)
{
	const char *const all[] = {
		[WHAT_NAME] = invite->name,           [WHAT_HEADLINE] = invite->headline,
		[WHAT_COMPANY] = invite->company,     [WHAT_LOCATION] = invite->location,
		[WHAT_PROFILE] = invite->profile,     [WHAT_ADDRESS] = invite->address,
		[WHAT_NOTE] = invite->note,           [WHAT_ACCEPT] = invite->accept,
		[WHAT_RECIPIENT] = invite->recipient, [WHAT_LANGUAGE] = invite->language,
	};

	return all[what];
}

static const struct {
	const char *mail;
	What what;
	const char *wanted; /* NULL: not said */
} mails[] = {
	/* The name: of the author, of a line, of the subject. */
	{ INVITES "hello\n", WHAT_NAME, "Ann Lee" },
	{ "From: Orbit <x@orbit.example>\nSubject: Ann Lee invites you\n\nhello\n",
	  WHAT_NAME, "Ann Lee" },
	{ "From: Orbit <x@orbit.example>\nSubject: Ann Lee asks you in\n\nhello\n",
	  WHAT_NAME, "Ann Lee" },
	{ "From: Orbit <x@orbit.example>\nSubject: Ann Lee invites you\n\n"
	  "Annabel Lee wants to orbit you.\n",
	  WHAT_NAME, "Annabel Lee" },
	{ "From: Ann Lee <ann@example.org>\nSubject: Bob invites you\n\nhello\n",
	  WHAT_NAME, "Ann Lee" },
	/* A list put itself into From, and the inviter into its name. */
	{ "From: \"'Ann Lee via Orbit' via Moons\" <moons@lists.test>\n"
	  "Subject: Ann Lee invites you\nList-Id: <moons.lists.test>\n\nAnn wants to "
	  "orbit you\n",
	  WHAT_NAME, "Ann Lee" },
	{ "From: Ann Lee via Moons <moons@lists.test>\nReply-To: ann@example.org\n"
	  "Subject: Ann invites you\nList-Post: <mailto:moons@lists.test>\n\nhello\n",
	  WHAT_NAME, "Ann Lee" },
	{ "From: Ann Lee via Moons <moons@lists.test>\nReply-To: ann@example.org\n"
	  "Subject: Ann invites you\nList-Post: <mailto:moons@lists.test>\n\nhello\n",
	  WHAT_ADDRESS, "ann@example.org" },
	/* One person in other letters: the block says more. */
	{ "From: Ann L. via Orbit <x@orbit.example>\nSubject: Ann L. invites you\n\n"
	  "hello\n\nAnn Lee\nPotter\n",
	  WHAT_NAME, "Ann Lee" },
	{ "From: \"Lee, Ann via Orbit\" <x@orbit.example>\nSubject: Ann invites you\n\n"
	  "hello\n\nAnn Lee\nPotter\n",
	  WHAT_HEADLINE, "Potter" },
	{ "From: =?utf-8?q?Ann_=C3=98verland?= via Orbit <x@orbit.example>\n"
	  "Subject: Ann invites you\n\nhello\n\nAnn ?verland\nPotter\n",
	  WHAT_HEADLINE, "Potter" },
	{ INVITES "hello\n\nDr. Ann Marie Lee, PhD\nPotter\n", WHAT_HEADLINE, "Potter" },
	{ "From: Ann L. via Orbit <x@orbit.example>\nSubject: Ann L. invites you\n\n"
	  "hello\n\nProf. Dr. Ann M. Lee, PhD (academy member)\nPotter\n",
	  WHAT_NAME, "Prof. Dr. Ann M. Lee, PhD (academy member)" },
	{ "From: Ann L. via Orbit <x@orbit.example>\nSubject: Ann L. invites you\n\n"
	  "Dr. Ann Lee, PhD\nPotter\nView profile: http://orbit.example/in/ann-l\n",
	  WHAT_NOTE, NULL },
	{ "From: Addie Lee via Orbit <x@orbit.example>\nSubject: Addie Lee invites you\n"
	  "\nhello\n\nDr. Adelheid M. Lee, PhD\nPotter\n",
	  WHAT_HEADLINE, "Potter" },
	/* The HTML shows in whose profile a name of other letters stands. */
	{ "From: Toni via Orbit <x@orbit.example>\nSubject: Toni invites you\n"
	  "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n"
	  "--b\nContent-Type: text/plain\n\nhello\n\nDr. Antonia Lee, PhD\nPotter\n"
	  "View profile: http://orbit.example/in/toni\n\n"
	  "--b\nContent-Type: text/html\n\n<p>hello</p>"
	  "<a href='http://orbit.example/in/toni'>Dr. Antonia Lee, PhD</a><p>Potter</p>"
	  "<a href='http://orbit.example/in/toni'>View profile</a>\n--b--\n",
	  WHAT_NOTE, "hello" },
	/* Of the family, but another; and a note that begins with names. */
	{ INVITES "hello\n\nBob Lee\nPotter\n", WHAT_HEADLINE, NULL },
	{ INVITES "Adam and Bob Lee\nmet you.\n\nAccept: "
		  "http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Adam and Bob Lee\nmet you." },
	{ INVITES "hello\n\nAnna Leeuw\nPotter\n", WHAT_HEADLINE, NULL },
	/* A line that leads in the note, in whatever words; one of the inviter's own stays. */
	{ INVITES "Ann Lee sent you an invitation with a message:\n\nHi Bob, the "
		  "kiln?\n\nAnn Lee\nPotter\nAccept: http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Hi Bob, the kiln?" },
	{ INVITES "Hi Bob,\n\nAnn Lee hat Ihnen eine Nachricht geschickt:\n\nHi Bob, the "
		  "kiln?\n\nAnn Lee\nPotter\nAccept: http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Hi Bob, the kiln?" },
	{ INVITES "Message de la part de Ann Lee :\nHi Bob, the kiln?\n\nAnn "
		  "Lee\nPotter\nAccept: http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Hi Bob, the kiln?" },
	{ INVITES "Ann Lee has scritto:\nHi Bob, the kiln?\n\nAnn Lee\nPotter\nAccept: "
		  "http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Hi Bob, the kiln?" },
	{ INVITES "Ann Lee sent you a personal message.\n\nHi Bob, the kiln?\n\nAnn "
		  "Lee\nPotter\nAccept: http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Hi Bob, the kiln?" },
	{ INVITES "ANN LEE wants to be in touch with you and this is what the potter "
		  "from Delft\nwrites:\n\nHi Bob, the kiln?\n\nAnn Lee\nPotter\nAccept: "
		  "http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Hi Bob, the kiln?" },
	{ INVITES "Ann te envió una invitación con un mensaje:\nHi Bob, the kiln?\n\nAnn "
		  "Lee\nPotter\nAccept: http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Hi Bob, the kiln?" },
	{ INVITES "Hi, a short message:\nthe kiln?\n\nAnn Lee\nPotter\nAccept: "
		  "http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Hi, a short message:\nthe kiln?" },
	{ INVITES "Ann Lee here with a message for you:\nthe kiln?\n\nAnn "
		  "Lee\nPotter\nAccept: http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Ann Lee here with a message for you:\nthe kiln?" },
	{ INVITES "This is Ann Lee, and here is my message:\nthe kiln?\n\nAnn "
		  "Lee\nPotter\nAccept: http://orbit.example/accept/1\n",
	  WHAT_NOTE, "This is Ann Lee, and here is my message:\nthe kiln?" },
	{ INVITES "Ann Lee from the kiln:\nis it yours?\n\nAnn Lee\nPotter\nAccept: "
		  "http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Ann Lee from the kiln:\nis it yours?" },
	{ INVITES "Ann sent you the bowl.\nIs it whole?\n\nAnn Lee\nPotter\nAccept: "
		  "http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Ann sent you the bowl.\nIs it whole?" },
	{ INVITES "Greetings from Ann Lee:\nthe kiln?\n\nAnn Lee\nPotter\nAccept: "
		  "http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Greetings from Ann Lee:\nthe kiln?" },
	/* A first name of two parts is one word. */
	{ "From: Jean-Luc Lee via Orbit <x@orbit.example>\n"
	  "Subject: Jean-Luc Lee invites you\n\nJean-Luc, Potter\n\n" KILN
	  "\n\nJean-Luc Lee\nPotter\nAccept: http://orbit.example/accept/1\n",
	  WHAT_NOTE, KILN },
	/* A block of its own that tells of the inviter leads in the note, in whatever words. */
	{ TELLS TOLD("Hi Bob, Ann Lee is keen on being in your circle"), WHAT_NOTE,
	  KILN },
	{ TELLS TOLD("You've got something new from Ann Lee in your list of requests"),
	  WHAT_NOTE, KILN },
	{ TELLS TOLD("You've got a request from Ann Lee"), WHAT_NOTE, KILN },
	{ TELLS TOLD("Ann would love to be in your orbit"), WHAT_NOTE, KILN },
	{ TELLS TOLD("Ann Lee hat um Aufnahme in Ihren Kreis gebeten"), WHAT_NOTE, KILN },
	{ TELLS TOLD("Ann Lee möchte sich mit Ihnen verbinden"), WHAT_NOTE, KILN },
	{ TELLS TOLD("Ann Lee wil graag in je netwerk"), WHAT_NOTE, KILN },
	{ TELLS TOLD("Bonjour Bob, Ann Lee souhaite faire partie de vos proches"),
	  WHAT_NOTE, KILN },
	{ TELLS TOLD("Tienes una nueva solicitud de Ann Lee"), WHAT_NOTE, KILN },
	{ TELLS TOLD("Ann Lee se s vámi chce spojit"), WHAT_NOTE, KILN },
	{ TELLS TOLD("Ann Lee sizinle bağlantı kurmak istiyor"), WHAT_NOTE, KILN },
	{ TELLS TOLD("Ann Lee muốn kết nối với bạn"), WHAT_NOTE, KILN },
	{ TELLS TOLD("Ann Leeさんが申請しました"), WHAT_NOTE, KILN },
	{ TELLS TOLD("您收到了 Ann Lee 的邀请"), WHAT_NOTE, KILN },
	{ TELLS TOLD("Ann Lee님이 신청했습니다"), WHAT_NOTE, KILN },
	{ TELLS TOLD("يريد Ann Lee التوا"
		     "صل معك"),
	  WHAT_NOTE, KILN },
	{ TELLS TOLD("Ann Lee רוצה להתחב"
		     "ר"),
	  WHAT_NOTE, KILN },
	{ TELLS TOLD("Ann Lee ต้องการเช"
		     "ื่อม"),
	  WHAT_NOTE, KILN },
	/* Who presents themselves, or says "I", writes the note. */
	{ TELLS TOLD("This is Ann Lee of the kiln"), WHAT_NOTE,
	  "This is Ann Lee of the kiln\n\n" KILN },
	{ TELLS TOLD("Ann Lee and I share a kiln"), WHAT_NOTE,
	  "Ann Lee and I share a kiln\n\n" KILN },
	{ TELLS TOLD("Ann sent you the bowl. Is it whole?"), WHAT_NOTE,
	  "Ann sent you the bowl. Is it whole?\n\n" KILN },
	{ TELLS TOLD("See you at the wheel on Friday, Ann Lee"), WHAT_NOTE,
	  "See you at the wheel on Friday, Ann Lee\n\n" KILN },
	{ TELLS TOLD("Warm greetings from Ann Lee"), WHAT_NOTE,
	  "Warm greetings from Ann Lee\n\n" KILN },
	/* A note where none stands. */
	{ INVITES
	  "Ann Lee\nPotter\nAccept: http://orbit.example/accept/1\n\nI still have "
	  "the key of your kiln.\n\nUnsubscribe here\n",
	  WHAT_NOTE, "I still have the key of your kiln." },
	{ INVITES "Ann Lee\nPotter\nAccept: http://orbit.example/accept/1\n\nUnsubscribe "
		  "here\n\nI still have the key of your kiln.\n",
	  WHAT_NOTE, "I still have the key of your kiln." },
	{ INVITES
	  "Ann Lee\nPotter\nAccept: http://orbit.example/accept/1\n\nBob Ray\nMills "
	  "and kilns. Since 1900.\nView profile: http://orbit.example/in/bob\n",
	  WHAT_NOTE, NULL },
	/* Rules that lost their line ends are no part of a line. */
	{ INVITES "------------Ann Lee wants to orbit you\nAnn, the kiln?\n", WHAT_NOTE,
	  "Ann, the kiln?" },
	{ INVITES "------------Ann Lee wants to orbit you:-----------\nthe kiln?\n",
	  WHAT_NOTE, "the kiln?" },
	{ INVITES "Ann Lee wants to orbit you: ----------\nthe kiln?\n", WHAT_NOTE,
	  "the kiln?" },
	{ INVITES "Ann Lee wants to orbit you\nthe kiln -- or not --\n", WHAT_NOTE,
	  "the kiln -- or not --" },
	{ INVITES "Ann Lee wants to orbit you\nsee it at https://kiln.example/a-----\n",
	  WHAT_NOTE, "see it at https://kiln.example/a-----" },
	/* The block below the name. */
	{ INVITES "hello\n\nAnn Lee\nPotter at Kiln & Clay Inc.\nDelft\n", WHAT_HEADLINE,
	  "Potter at Kiln & Clay Inc." },
	{ INVITES "hello\n\nAnn Lee\nPotter at Kiln & Clay Inc.\nDelft\n", WHAT_COMPANY,
	  "Kiln & Clay Inc." },
	{ INVITES "hello\n\nAnn Lee\nPotter at Kiln & Clay\nDelft\n", WHAT_LOCATION,
	  "Delft" },
	{ INVITES "hello\n\nAnn Lee\nPotter\n\nUnsubscribe\n", WHAT_LOCATION, NULL },
	{ INVITES "hello\n\nAnn Lee\nPotter\n", WHAT_COMPANY, NULL },
	{ INVITES "hello\n\nAnn Lee\nPotter at Kiln Ltd. | Dad\n", WHAT_COMPANY,
	  "Kiln Ltd." },
	{ INVITES "hello\n\nAnn Lee\nPotter at Kiln, ex-Clay\n", WHAT_COMPANY, "Kiln" },
	{ INVITES "hello\n\nAnn Lee\nPotter at Kiln, Ex Clay\n", WHAT_COMPANY, "Kiln" },
	{ INVITES "hello\n\nAnn Lee\nPotter at Kiln (ex-Clay)\n", WHAT_COMPANY, "Kiln" },
	{ INVITES "hello\n\nAnn Lee\nPotter at Kiln, Exeter\n", WHAT_COMPANY,
	  "Kiln, Exeter" },
	{ INVITES "hello\n\nAnn Lee\nPotter at Kiln, ex\n", WHAT_COMPANY, "Kiln, ex" },
	{ INVITES "hello\n\nAnn Lee\nPotter at Kiln \342\200\242 Dad\n", WHAT_COMPANY,
	  "Kiln" },
	{ FROM "Subject: Ann Lee writes\n\nAnn Lee\nhow are you?\n", WHAT_HEADLINE,
	  NULL },
	/* The note: what is left. */
	{ INVITES "Ann Lee wants to orbit you\n------\n\nHi Bob,\n\nwe met.\n\nAccept: "
		  "http://orbit.example/accept/1\n\nUnsubscribe: x\nnot this\n",
	  WHAT_NOTE, "Hi Bob,\n\nwe met." },
	{ INVITES "not this\n\nAnn Lee wrote:\n> Hi Bob,\n>\n> we met.\n", WHAT_NOTE,
	  "Hi Bob,\n\nwe met." },
	{ INVITES "Ann Lee wants to orbit you\nsee http://ann.example/ for it\n",
	  WHAT_NOTE, "see http://ann.example/ for it" },
	/* Prose, a link, and nothing of the network's: it may be anything. */
	{ INVITES "see http://ann.example/ for it\n", WHAT_NOTE, NULL },
	{ INVITES "Accept\n\nUnsubscribe\n", WHAT_NOTE, NULL },
	{ FROM "Subject: Ann Lee pokes you\n\nwe met\n", WHAT_NOTE, NULL },
	{ FROM "Subject: Ann Lee invites you\nContent-Type: text/html\n\n"
	       "<p>Ann Lee wants to orbit you</p><p>we met</p>",
	  WHAT_NOTE, "we met" },
	/* Only where it can stand: not on top, not behind the answer. */
	{ INVITES "WARNING: from outside\n\nHi Bob, we met.\n\nAnn Lee\nPotter\n\n"
		  "Accept: http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Hi Bob, we met." },
	{ INVITES "hello\n\nAnn Lee\nPotter\n\nGo: http://orbit.example/accept/1\n\n"
		  "Others you may like\n\nCy Moe\nCook at Pan\n",
	  WHAT_NOTE, "hello" },
	{ INVITES "Ann, Potter is waiting\n\nAnn Lee\nPotter\n\nGo: "
		  "http://orbit.example/accept/1\n",
	  WHAT_NOTE, NULL },
	{ INVITES "----------Ann Lee wants to orbit you\n\nwe met\n\nGo: "
		  "http://orbit.example/accept/1\n",
	  WHAT_NOTE, "we met" },
	/* The profile: only the inviter's, only the network's, in our spelling. */
	{ INVITES "View profile of Ann: http://m.orbit.example/in/ann-lee?trk=abc\n",
	  WHAT_PROFILE, "https://www.orbit.example/in/ann-lee" },
	{ INVITES "View profile: http://orbit.example/in/%E5%A6%82\n", WHAT_PROFILE,
	  "https://www.orbit.example/in/%E5%A6%82" },
	{ INVITES "View profile: http://evil.test/orbit.example/in/ann\n", WHAT_PROFILE,
	  NULL },
	{ INVITES "View profile: http://orbit.example@evil.test/in/ann\n", WHAT_PROFILE,
	  NULL },
	{ INVITES "View profile: http://orbit.example/in/a'b\n", WHAT_PROFILE, NULL },
	{ INVITES "View profile: http://orbit.example/in/a/b\n", WHAT_PROFILE, NULL },
	{ INVITES "Your own page: http://orbit.example/in/bob\n", WHAT_PROFILE, NULL },
	/* The address: one that reaches the inviter. */
	{ INVITES "hello\n", WHAT_ADDRESS, NULL },
	{ "From: Ann <ann@example.org>\nSubject: Ann invites you\n\nhello\n",
	  WHAT_ADDRESS, "ann@example.org" },
	/* A list that put itself into From, and left the network's name there. */
	{ "From: Orbit via Moons <moons@lists.test>\nSubject: Ann invites you\n\nhello\n",
	  WHAT_ADDRESS, NULL },
	/* A list that wrote the author's address before its own host. */
	{ "From: Ann Lee <ann=home.example@lists.test>\nList-Id: <moons.lists.test>\n"
	  "Subject: Ann invites you\n\nhello\n",
	  WHAT_ADDRESS, NULL },
	{ "From: Ann Lee <ann=home.example@lists.test>\nReply-To: ann@home.example\n"
	  "List-Post: <mailto:moons@lists.test>\nSubject: Ann invites you\n\nhello\n",
	  WHAT_ADDRESS, "ann@home.example" },
	{ "From: Ann Lee <ann=home.example@elsewhere.test>\n"
	  "List-Id: <moons.lists.test>\nSubject: Ann invites you\n\nhello\n",
	  WHAT_ADDRESS, "ann=home.example@elsewhere.test" },
	{ "From: Ann Lee <ann=lee@lists.test>\nList-Id: <moons.lists.test>\n"
	  "Subject: Ann invites you\n\nhello\n",
	  WHAT_ADDRESS, "ann=lee@lists.test" },
	{ "Reply-To: a-1@reply.orbit.example\n" INVITES "hello\n", WHAT_ADDRESS,
	  "a-1@reply.orbit.example" },
	{ "Reply-To: noreply@orbit.example\n" INVITES "hello\n", WHAT_ADDRESS, NULL },
	{ "Reply-To: a@x.test, b@x.test\n" INVITES "hello\n", WHAT_ADDRESS, NULL },
	/* Several people, each with an answer: none of them is who invites. */
	{ INVITES SEVERAL, WHAT_NAME, NULL },
	{ INVITES SEVERAL, WHAT_ACCEPT, NULL },
	{ INVITES SEVERAL, WHAT_NOTE, NULL },
	/* One, and people who may be known. */
	{ INVITES "Ann Lee\nView profile: http://orbit.example/in/ann\n"
		  "Accept: http://orbit.example/accept/1\n\nCy Moe\n"
		  "View profile: http://orbit.example/in/cy\n",
	  WHAT_NAME, "Ann Lee" },
	/* "via", where the network is called otherwise than its file says. */
	{ "From: Ann Lee via Orbit Mail <x@orbit.example>\nSubject: Ann invites you\n"
	  "\nAnn wants to orbit you\n",
	  WHAT_NAME, "Ann Lee" },
	{ "From: Ann via Appia <x@orbit.example>\nSubject: Ann invites you\n\nhello\n",
	  WHAT_NAME, "Ann via Appia" },
	/* A language without words of ours: a line or a link is the name alone. */
	{ "From: Ann Lee przez Orbit <x@orbit.example>\nSubject: Ann invites you\n\n"
	  "hello\n\nAnn Lee\nPotter\n",
	  WHAT_NAME, "Ann Lee" },
	{ "From: Ann Lee Orbit yoluyla <x@orbit.example>\nSubject: Ann invites you\n"
	  "\nhello\n\nAnn Lee\nPotter\n",
	  WHAT_NAME, "Ann Lee" },
	{ "From: =?utf-8?b?5L2Q5Lyv6Iqx5p6d77yIT3JiaXTntYznlLHvvIk=?= "
	  "<x@orbit.example>\nSubject: x invites you\n\n佐伯花枝\n樽職人\n",
	  WHAT_NAME, "佐伯花枝" },
	{ "From: =?utf-8?b?7ZWc7KeA7JqwIChPcmJpdCk=?= <x@orbit.example>\n"
	  "Subject: x invites you\n\n한지우\n도예가\n",
	  WHAT_NAME, "한지우" },
	/* A first name below a note, or another name that begins alike, is not. */
	{ "From: Ann Lee przez Orbit <x@orbit.example>\nSubject: Ann invites you\n\n"
	  "hello\n\nAnne\nAnn\n",
	  WHAT_NAME, "Ann Lee przez Orbit" },
	{ "From: Ann Leeuw przez Orbit <x@orbit.example>\nSubject: Ann invites you\n\n"
	  "hello\n\nAnn Lee\n",
	  WHAT_NAME, "Ann Leeuw przez Orbit" },
	/* Elsewhere it is a name like any other. */
	{ "From: Ann Lee - Orbit fan <a@x.test>\nSubject: Ann invites you\n\n"
	  "hello\n\nAnn Lee\n",
	  WHAT_NAME, "Ann Lee - Orbit fan" },
	/* A service that hides addresses shows the network's for a name. */
	{ "From: \"x@orbit.example [via Relay]\" <a@relay.test>\n"
	  "Subject: x invites you\n\nAnn Lee wants to orbit you\n",
	  WHAT_NAME, "Ann Lee" },
	{ "From: \"x@orbit.example [via Relay]\" <a@relay.test>\n"
	  "Subject: x invites you\n\nAnn Lee wants to orbit you\n",
	  WHAT_ADDRESS, NULL },
	{ "From: Ann Lee via Orbit - x at orbit.example <a@relay.test>\n"
	  "Subject: x invites you\n\nAnn Lee wants to orbit you\n",
	  WHAT_ADDRESS, NULL },
	{ "From: Ann Lee <ann@example.org>\n"
	  "Subject: x invites you\n\nAnn Lee wants to orbit you\n",
	  WHAT_ADDRESS, "ann@example.org" },
	{ "From: \"ann@example.org [via Relay]\" <a@relay.test>\n"
	  "Subject: x invites you\n\nhello\n",
	  WHAT_NAME, "ann@example.org [via Relay]" },
	/* All of the author in one encoded word. */
	{ "From: =?utf-8?q?Ann_=3Cann=40example=2Eorg=3E?=\nSubject: Ann invites you\n"
	  "\nhello\n",
	  WHAT_ADDRESS, "ann@example.org" },
	/* The network speaks to its reader, and the inviter below the block, too. */
	{ INVITES "Hello my dear Bob,\n\nAnn Lee wants to orbit you\n\nAnn Lee\nPotter\n"
		  "Message:\nwe met in the kiln\n\n"
		  "Accept: http://orbit.example/accept/1\n",
	  WHAT_LOCATION, NULL },
	/* What a mail system put right above the note. */
	{ "To: Bob Ray <bob@example.org>\n" INVITES
	  "[OUTSIDE] Be careful.\nHi Bob, we met.\n\nAnn Lee\nPotter\n\n"
	  "Accept: http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Hi Bob, we met." },
	{ "To: Bob Ray <bob@example.org>\n" INVITES
	  "FROM OUTSIDE\nThink before you answer to this.\n\nHi Bob, we met.\n"
	  "\nAnn Lee\nPotter\n\nAccept: http://orbit.example/accept/1\n",
	  WHAT_NOTE, "Hi Bob, we met." },
	/* The subject's sentence again, in the mail. */
	{ "From: Orbit <x@orbit.example>\nSubject: Ann Lee asks you in\n\n"
	  "Ann Lee asks you in.\n\nAccept: http://orbit.example/accept/1\n",
	  WHAT_NOTE, NULL },
	/* What a gateway fenced in. */
	{ INVITES "we met ZjQfptStart\nFrom outside\nwe warn you of this\nZjQfptBoxEnd\n"
		  "we met\n\nAccept: http://orbit.example/accept/1\n",
	  WHAT_NOTE,
	  "we met ZjQfptStart\nFrom outside\nwe warn you of this\nZjQfptBoxEnd\n"
	  "we met" },
	{ INVITES "we met ZjQfptBoxStart\nFrom outside\nwe warn you of this\n"
		  "ZjQfptBoxEnd\nwe met\n\nAccept: http://orbit.example/accept/1\n",
	  WHAT_NOTE, "we met" },
	/* The rest. */
	{ INVITES "Accept: http://www.orbit.example/accept/7?a=b\n", WHAT_ACCEPT,
	  "http://www.orbit.example/accept/7?a=b" },
	{ INVITES "Accept: http://evil.test/orbit.example/accept/7\n", WHAT_ACCEPT,
	  NULL },
	{ INVITES "hello\n\nMeant for Bob Ray\n", WHAT_RECIPIENT, "Bob Ray" },
	{ INVITES "hello\n", WHAT_LANGUAGE, "en" },
	{ INVITES "Ann will Sie umkreisen\nAnn will Sie umkreisen\n", WHAT_LANGUAGE,
	  "de" },
};

START_TEST(each_thing_is_found_where_it_stands)
{
	g_autoptr(Invite) invite = invite_of(mails[_i].mail);
	const char *got = said(invite, mails[_i].what);

	ck_assert_msg(g_strcmp0(got, mails[_i].wanted) == 0, "%s: got %s, want %s",
		      mails[_i].mail, got, mails[_i].wanted);
}
END_TEST

static const struct {
	const char *line;
	long connections;
} counts[] = {
	{ "12 friends in common", 12 },
	{ "0 friends in common", 0 },
	{ "many friends in common", -1 },
	{ "-3 friends in common", -1 },
	{ "no line of it", -1 },
	{ "Ann Lee\nPotter\nIn common: 3", 3 },
	/* A number to call is no count. */
	{ "Ann Lee\nPotter\nMy number: 01701234567", -1 },
	{ "Ann Lee\nPotter\nWhatsApp: 491701234567", -1 },
};

START_TEST(connections_are_counted_where_a_number_stands)
{
	g_autofree char *mail = g_strconcat(INVITES, counts[_i].line, "\n", NULL);
	g_autoptr(Invite) invite = invite_of(mail);

	ck_assert_msg(invite->connections == counts[_i].connections,
		      "%s: got %ld, want %ld", counts[_i].line, invite->connections,
		      counts[_i].connections);
}
END_TEST

/* Whatever a mail's length, what is kept of it is bounded and clean. */
static const char *const pieces[] = { "n",    "n n ",   "\303\274",  "\377",
				      "\001", "note\n", "Ann Lee\n", "\342\200\256x " };

START_TEST(what_is_kept_is_bounded_and_clean)
{
	g_autoptr(GString) mail = g_string_new(INVITES);
	g_autoptr(Invite) invite = NULL;

	while (mail->len < 500 * 1024)
		g_string_append(mail, pieces[_i]);
	invite = invite_of(mail->str);
	ck_assert(invite->note == NULL || strlen(invite->note) <= INVITE_NOTE_MAX);
	ck_assert(invite->headline == NULL ||
		  strlen(invite->headline) <= VISIBLE_MAX_LINE);
	ck_assert_uint_le(strlen(invite->name), TEXT_NAME_MAX * 16);
	for (const char *c = invite->note != NULL ? invite->note : ""; *c != '\0'; c++)
		ck_assert((unsigned char)*c >= ' ' || *c == '\n');
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("invite");
	TCase *invite = tcase_create("invite");

	tcase_set_timeout(invite, 30);
	tcase_add_loop_test(invite, each_thing_is_found_where_it_stands, 0,
			    G_N_ELEMENTS(mails));
	tcase_add_loop_test(invite, connections_are_counted_where_a_number_stands, 0,
			    G_N_ELEMENTS(counts));
	tcase_add_loop_test(invite, what_is_kept_is_bounded_and_clean, 0,
			    G_N_ELEMENTS(pieces));
	suite_add_tcase(suite, invite);

	return fixture_run(suite);
}
