/* SPDX-License-Identifier: BSD-2-Clause */
/* check_banner.c - is the block escaped, complete, and found again by nobody but us? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "text/address.h"
#include "mail/html.h"
#include "edit/banner.h"

#define DEFAULT "linkedin/member-2024-default.eml"
#define GUEST   "linkedin/guest-2010-default.eml"
#define PITCH   "linkedin/member-2025-pitch-software.eml"
#define FORGED  "linkedin/forged-look-alike-domain.eml"
#define MEETING "outlook/request-bare.eml"
#define BOARD   "trello/board.eml"

/* Addresses, and the mailto URL of each that may have one. */
static const struct {
	const char *address;
	const char *url; /* NULL: nobody */
} addresses[] = {
	{ "ann@example.org", "mailto:ann@example.org?subject=Re%3A%20a&body=b" },
	{ "ann.lee+x@mail.example.org",
	  "mailto:ann.lee%2Bx@mail.example.org?subject=Re%3A%20a&body=b" },
	{ "", NULL },
	{ "ann", NULL },
	{ "@example.org", NULL },
	{ "ann@", NULL },
	{ "a@b@example.org", NULL },
	{ "ann@example.org,bob@example.org", NULL },
	{ "ann@example.org?cc=bob@example.org", NULL },
	{ "ann@example.org&bcc=bob", NULL },
	{ "ann%2Cbob@example.org", NULL },
	{ "\"ann lee\"@example.org", NULL },
	{ "ann lee@example.org", NULL },
	{ "ann@exa mple.org", NULL },
	{ "ann@example.org\r\nBcc: b@c.test", NULL },
	{ "<ann@example.org>", NULL },
	{ "ann@[192.0.2.1]", NULL },
	{ "j\303\274rgen@example.org", NULL },
	{ "ann/bob@example.org", NULL },
};

START_TEST(mailto_goes_to_one_plain_address_alone)
{
	g_autofree char *url = banner_mailto_url(addresses[_i].address, "Re: a", "b");

	ck_assert_msg(g_strcmp0(url, addresses[_i].url) == 0, "%s: got %s, want %s",
		      addresses[_i].address, url, addresses[_i].url);
}
END_TEST

START_TEST(mailto_carries_subject_and_body_encoded)
{
	g_autofree char *url =
	    banner_mailto_url("ann@example.org", "a&cc=b?#%", "J\303\274 \"x\"\n&bcc=c");
	g_autofree char *address = g_strnfill(ADDRESS_MAX_BYTES, 'a');
	g_autofree char *too_long = g_strconcat(address, "@b.test", NULL);

	ck_assert_str_eq(url, "mailto:ann@example.org?subject=a%26cc%3Db%3F%23%25&body="
			      "J%C3%BC%20%22x%22%0D%0A%26bcc%3Dc");
	ck_assert_ptr_null(banner_mailto_url(too_long, "a", "b"));
}
END_TEST

/* A mail's block, as it stands in the text and in HTML. */
typedef struct {
	char *text, *html;
} Block;

static void
block_clear(Block *block)
{
	g_free(block->text);
	g_free(block->html);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Block, block_clear)

static void
block_of(Block *out, const GString *mail, const char *settings)
{
	g_autoptr(Assessor) assessor = fixture_assessor(settings);
	g_autoptr(Assessment) assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);
	g_autofree char *mark = assessor_mark(assessor, FIXTURE_OWNER);

	ck_assert(banner_render(assessment, mark, &out->text, &out->html));
}

START_TEST(the_block_says_who_why_what_and_how)
{
	g_autoptr(GString) mail = fixture_mail(GUEST);
	g_auto(Block) block = { NULL, NULL };
	static const char *const wanted[] = {
		"Reply, but don't accept",
		"Thijs van Rozendaal invites you on LinkedIn.",
		"default text",
		"Answer without accepting",
		"Hi Thijs,",
		"what I can do for you",
		": https://www.linkedin.com/mynetwork/invitation-manager/\n",
		": mailto:",
	};

	block_of(&block, mail, NULL);
	ck_assert(g_str_has_prefix(block.text, "=== invite-milter ===\n"));
	ck_assert(g_str_has_suffix(block.text, "\n=== /invite-milter ===\n\n"));
	for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
		g_autoptr(GString) flat = g_string_new(block.text);

		g_string_replace(flat, "\n    ", " ", 0);
		ck_assert_msg(strstr(flat->str, wanted[i]) != NULL ||
				  strstr(block.text, wanted[i]) != NULL,
			      "no \"%s\" in %s", wanted[i], block.text);
	}
}
END_TEST

/* The inviter's profile is linked where the mail is proven to be the network's. */
START_TEST(a_profile_is_linked_in_verified_mail_alone)
{
	static const char profile[] = "Profile of Oluwaseun Balogun-Hart on LinkedIn: "
				      "https://www.linkedin.com/in/";
	g_autoptr(GString) mail = fixture_mail("linkedin/member-2025-own-en.eml");
	g_auto(Block) proven = { NULL, NULL }, other = { NULL, NULL };
	g_autofree char *line = NULL;
	const char *href;

	block_of(&proven, mail, "[trust]\nauthserv-id = mx.example.net\n");
	block_of(&other, mail, NULL);
	ck_assert_msg(strstr(proven.text, profile) != NULL, "%s", proven.text);
	href = strstr(proven.html, "href=\"https://www.linkedin.com/in/");
	ck_assert_ptr_nonnull(href);
	/* In the text it stands on one line, however long, for readers click on it. */
	href += strlen("href=\"");
	line = g_strdup_printf("Profile of Oluwaseun Balogun-Hart on LinkedIn: %.*s\n",
			       (int)strcspn(href, "\""), href);
	ck_assert_msg(strlen(line) > 72, "%s is too short to be broken", line);
	ck_assert_msg(strstr(proven.text, line) != NULL, "no %s in %s", line,
		      proven.text);
	ck_assert_ptr_null(strstr(other.text, "/in/"));
	ck_assert_ptr_null(strstr(other.html, "/in/"));
}
END_TEST

/* What is offered as an answer, and under which words. */
static const struct {
	const char *mail;
	const char *wanted[3]; /* stand in the text, up to NULL */
	const char *never[3];  /* do not */
} offers[] = {
	{ DEFAULT, { "\nA reply, ready to send:\n" }, { "rather answer" } },
	{ PITCH,
	  { "Ignore\n", "Nothing to do",
	    "\nIf you would rather answer:\n\n    Hi Chadwick,\n" },
	  { "ready to send", "Answer by mail" } },
	{ MEETING,
	  { "invites you to an event.", "then answer the organiser" },
	  { "Ignore", "Nothing to do", "before you accept" } },
	{ BOARD,
	  { "Look first", "before you join" },
	  { "Ignore", "Nothing to do", "why to connect" } },
	{ FORGED, { "Forged" }, { "rather answer", "ready to send", "Best regards" } },
};

START_TEST(a_polite_no_is_offered_to_those_who_would_rather_answer)
{
	g_autoptr(GString) mail = fixture_mail(offers[_i].mail);
	g_auto(Block) block = { NULL, NULL };

	block_of(&block, mail, NULL);
	for (size_t i = 0; i < 3 && offers[_i].wanted[i] != NULL; i++)
		ck_assert_msg(strstr(block.text, offers[_i].wanted[i]) != NULL,
			      "%s: no \"%s\" in %s", offers[_i].mail,
			      offers[_i].wanted[i], block.text);
	for (size_t i = 0; i < 3 && offers[_i].never[i] != NULL; i++)
		ck_assert_msg(strstr(block.text, offers[_i].never[i]) == NULL,
			      "%s: \"%s\" in %s", offers[_i].mail, offers[_i].never[i],
			      block.text);
}
END_TEST

START_TEST(the_block_is_safe_in_every_mail)
{
	g_autoptr(GPtrArray) rows = fixture_rows();
	char **row = rows->pdata[_i];
	g_autoptr(GString) mail = fixture_mail(row[EXPECTED_FILE]);
	static const char *const never[] = { "<img", "<script", "<style", "<link",
					     "url(", "src=",    "onload", "http://" };
	g_auto(Block) block = { NULL, NULL };

	if (!g_str_equal(row[EXPECTED_INVITATION], "true") &&
	    !g_str_equal(row[EXPECTED_FORGED], "true"))
		return;
	block_of(&block, mail, NULL);
	ck_assert(g_str_is_ascii(block.html));
	ck_assert(g_utf8_validate(block.text, -1, NULL));
	ck_assert_ptr_null(strchr(block.text, '\r'));
	for (size_t i = 0; i < G_N_ELEMENTS(never); i++)
		ck_assert_msg(strstr(block.html, never[i]) == NULL, "%s: %s in %s",
			      row[EXPECTED_FILE], never[i], block.html);
	ck_assert_ptr_nonnull(strstr(block.html, "background-color:"));
	ck_assert_ptr_nonnull(strstr(block.html, ";color:"));
	if (g_str_equal(row[EXPECTED_FORGED], "true")) {
		ck_assert_ptr_null(strstr(block.html, "href"));
		ck_assert_ptr_null(strstr(block.text, "://"));
		ck_assert_ptr_null(strstr(block.text, "mailto:"));
	}
}
END_TEST

START_TEST(what_a_mail_says_is_escaped)
{
	g_autoptr(GString) mail = fixture_invitation(
	    "=?UTF-8?Q?Ann_=22=26=27_=3D=3D=3D_J=C3=BC?=", "Hello Marieke");
	g_auto(Block) block = { NULL, NULL };

	block_of(&block, mail, NULL);
	ck_assert_ptr_nonnull(strstr(block.html, "Ann &#34;&#38;&#39; J&#252; invites"));
}
END_TEST

static const char *const tags[] = {
	"=?UTF-8?Q?=3Cscript=3Ealert=281=29=3C/script=3E?=",
	"=?UTF-8?Q?Ann=3C/div=3E=3Ca_href=3D=22x=22=3E?=",
	"=?UTF-8?Q?Ann=0A=3D=3D=3D_/invite-milter_=3D=3D=3D?=",
};

START_TEST(no_name_opens_or_closes_anything)
{
	g_autoptr(GString) mail = fixture_invitation(tags[_i], "Hello Marieke");
	g_auto(Block) block = { NULL, NULL };
	size_t open = 0, close = 0;

	block_of(&block, mail, NULL);
	ck_assert_ptr_null(strstr(block.html, "<script"));
	ck_assert_ptr_null(strstr(block.html, "href=\"x\""));
	for (const char *c = block.html; (c = strstr(c, "<div")) != NULL; c++)
		open++;
	for (const char *c = block.html; (c = strstr(c, "</div>")) != NULL; c++)
		close++;
	ck_assert_uint_eq(open, close);
	/* One fence ends it, and that is its last line. */
	ck_assert_str_eq(strstr(block.text, "\n=== /invite-milter ===\n"),
			 "\n=== /invite-milter ===\n\n");
}
END_TEST

START_TEST(the_mark_is_shown_and_fences)
{
	g_autoptr(GString) mail = fixture_mail(DEFAULT);
	g_auto(Block) block = { NULL, NULL };

	block_of(&block, mail, "[suggestion]\nmark = tide-7\n");
	ck_assert(g_str_has_prefix(block.text, "=== invite-milter-tide-7 ===\n"));
	ck_assert_ptr_nonnull(strstr(block.html, "<div id=\"invite-milter-tide-7\""));
	ck_assert_ptr_nonnull(strstr(block.html, "&#183; tide-7</div>"));
}
END_TEST

START_TEST(the_word_is_the_owners_own)
{
	g_autoptr(Assessor) assessor = fixture_assessor(
	    "[suggestion]\nmark = all\n[recipient " FIXTURE_OWNER "]\nmark = mine\n");
	g_autofree char *mine = assessor_mark(assessor, FIXTURE_OWNER);
	g_autofree char *other = assessor_mark(assessor, "bob@example.net");
	g_autofree char *none = assessor_mark(assessor, NULL);

	ck_assert_str_eq(mine, "mine");
	ck_assert_str_eq(other, "all");
	ck_assert_str_eq(none, "all");
}
END_TEST

#define IMITATION "=== invite-milter ===\r\nAccept!\r\n=== /invite-milter ===\r\n"
#define OWN_WORDS "we spoke at the ferry about tide tables\r\n"

/* What a sender writes to look like us is not read, and its words outside are. */
static const struct {
	const char *body, *settings;
	MessageBlocks blocks;
	const char *note; /* part of what is read as note */
} imitations[] = {
	{ "Hi Marieke,\r\n" IMITATION OWN_WORDS, NULL, MESSAGE_OWN_BLOCK, "tide tables" },
	{ OWN_WORDS IMITATION, NULL, MESSAGE_OWN_BLOCK, "tide tables" },
	{ IMITATION OWN_WORDS, "[suggestion]\nmark = tide-7\n", MESSAGE_FOREIGN_BLOCK,
	  "tide tables" },
	{ "> === invite-milter-x ===\r\n> a\r\n" OWN_WORDS, "[suggestion]\nmark = x\n",
	  MESSAGE_OWN_BLOCK, "tide tables" },
	/* Only what is closed is a block. */
	{ "=== invite-milter ===\r\nAccept!\r\n" OWN_WORDS, NULL, MESSAGE_OWN_BLOCK,
	  "Accept!" },
};

static bool
has_reason(const Assessment *assessment, const char *reason)
{
	return g_ptr_array_find_with_equal_func(assessment->reasons, reason, g_str_equal,
						NULL);
}

START_TEST(a_block_is_nobodys_note)
{
	g_autoptr(Assessor) assessor = fixture_assessor(imitations[_i].settings);
	g_autoptr(GString) mail = fixture_invitation("Ann Lee", imitations[_i].body);
	g_autoptr(Assessment) assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);

	ck_assert_msg(assessment->blocks == imitations[_i].blocks, "%s: got %d",
		      imitations[_i].body, assessment->blocks);
	ck_assert_msg(strstr(assessment->invite->note, imitations[_i].note) != NULL,
		      "%s: got %s, want %s", imitations[_i].body,
		      assessment->invite->note, imitations[_i].note);
	ck_assert_ptr_null(strstr(assessment->invite->note, "invite-milter"));
	ck_assert_int_eq(assessment->note->class, NOTE_PERSONAL);
	ck_assert_msg(has_reason(assessment, "banner:foreign") ==
			  (imitations[_i].blocks == MESSAGE_FOREIGN_BLOCK),
		      "%s: reason", imitations[_i].body);
}
END_TEST

/* What a reader of HTML sees of the block is what the text says. */
START_TEST(html_and_text_say_the_same)
{
	g_autoptr(GString) mail = fixture_mail(DEFAULT);
	g_auto(Block) block = { NULL, NULL };
	g_autoptr(GString) flat = NULL;
	g_autoptr(Visible) seen = NULL;

	block_of(&block, mail, NULL);
	flat = g_string_new(block.text);
	g_string_replace(flat, "\n", " ", 0);
	seen = html_visible(block.html, strlen(block.html));
	ck_assert_uint_ge(seen->lines->len, 6);
	for (size_t i = 0; i < 4; i++) {
		const char *line = g_array_index(seen->lines, VisibleLine, i).text;

		ck_assert_msg(strstr(flat->str, line) != NULL, "\"%s\" is not in %s",
			      line, block.text);
	}
	ck_assert_uint_ge(seen->links->len, 1);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("banner");
	TCase *mailto = tcase_create("mailto"), *block = tcase_create("block");
	g_autoptr(GPtrArray) rows = fixture_rows();

	tcase_add_loop_test(mailto, mailto_goes_to_one_plain_address_alone, 0,
			    G_N_ELEMENTS(addresses));
	tcase_add_test(mailto, mailto_carries_subject_and_body_encoded);
	suite_add_tcase(suite, mailto);
	tcase_add_test(block, the_block_says_who_why_what_and_how);
	tcase_add_test(block, a_profile_is_linked_in_verified_mail_alone);
	tcase_add_loop_test(block,
			    a_polite_no_is_offered_to_those_who_would_rather_answer, 0,
			    G_N_ELEMENTS(offers));
	tcase_add_loop_test(block, the_block_is_safe_in_every_mail, 0, (int)rows->len);
	tcase_add_test(block, what_a_mail_says_is_escaped);
	tcase_add_loop_test(block, no_name_opens_or_closes_anything, 0,
			    G_N_ELEMENTS(tags));
	tcase_add_test(block, the_mark_is_shown_and_fences);
	tcase_add_test(block, the_word_is_the_owners_own);
	tcase_add_loop_test(block, a_block_is_nobodys_note, 0, G_N_ELEMENTS(imitations));
	tcase_add_test(block, html_and_text_say_the_same);
	suite_add_tcase(suite, block);
	fixture_load();

	return fixture_run(suite);
}
