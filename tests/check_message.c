/* SPDX-License-Identifier: BSD-2-Clause */
/* check_message.c - is a mail parsed, whatever it holds? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "mail/message.h"
#include "mail/mime.h"

#define HEAD "From: Ann Lee <Ann@Example.org>\nMIME-Version: 1.0\n"

static Message *
message_of(const char *mail)
{
	g_autoptr(GError) error = NULL;
	Message *message;

	message_init();
	message = message_new(mail, strlen(mail), "fence", &error);
	ck_assert_msg(message != NULL, "%s", error != NULL ? error->message : "");

	return message;
}

static char *
joined(const Visible *visible)
{
	g_autoptr(GString) out = g_string_new(NULL);

	if (visible == NULL)
		return NULL;
	for (size_t i = 0; i < visible->lines->len; i++)
		g_string_append_printf(
		    out, "%s%s", i > 0 ? "/" : "",
		    g_array_index(visible->lines, VisibleLine, i).text);

	return g_strdup(out->str);
}

/* The text and the HTML that a reader would see; NULL: none. */
static const struct {
	const char *mail;
	const char *text, *html;
} mails[] = {
	{ HEAD "\nhello\n\nyou\n", "hello//you", NULL },
	{ HEAD "\n", NULL, NULL },
	{ HEAD, NULL, NULL },
	{ HEAD "Content-Type: text/html\n\n<p>hello</p>you\n", NULL, "hello//you" },
	{ HEAD "Content-Type: text/plain; charset=ISO-8859-1\n\nJ\374rgen\n",
	  "J\303\274rgen", NULL },
	{ HEAD "Content-Type: text/plain; charset=nonsense\n\nJ\303\274rgen\n",
	  "J\303\274rgen", NULL },
	{ HEAD "Content-Transfer-Encoding: quoted-printable\n\nhel=\nlo =3D\n",
	  "hello =", NULL },
	{ HEAD "Content-Transfer-Encoding: nonsense\n\nhello\n", "hello", NULL },
	/* An "=" within base64 ends it for GMime before 3.2.14. */
	{ HEAD "Content-Transfer-Encoding: base64\n\nSGVsbG8=\nIHdvcmxk\n", "Hello world",
	  NULL },
	{ HEAD "Content-Transfer-Encoding: base64\n\n!!!\n", NULL, NULL },
	/* The first of each, and no attachment. */
	{ HEAD "Content-Type: multipart/alternative; boundary=a\n\n--a\n\none\n--a\n"
	       "Content-Type: text/html\n\n<b>two</b>\n--a\n\nthree\n--a--\n",
	  "one", "two" },
	{ HEAD "Content-Type: multipart/mixed; boundary=a\n\n--a\n"
	       "Content-Disposition: attachment\n\none\n--a\n\ntwo\n--a--\n",
	  "two", NULL },
	{ HEAD "Content-Type: multipart/mixed; boundary=a\n\n--a\n"
	       "Content-Type: message/rfc822\n\nSubject: x\n\none\n--a\n\ntwo\n--a--\n",
	  "two", NULL },
	{ HEAD
	  "Content-Type: multipart/mixed; boundary=a\n\n--a\n"
	  "Content-Type: multipart/alternative; boundary=b\n\n--b\n\none\n--b--\n--a--\n",
	  "one", NULL },
	/* What never ends, ends. */
	{ HEAD "Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n", "one", NULL },
	{ HEAD "Content-Type: multipart/mixed\n\n--a\n\none\n", NULL, NULL },
	{ HEAD "Content-Type: application/pdf\n\nhello\n", NULL, NULL },
};

START_TEST(the_parts_are_read_as_their_reader_sees_them)
{
	g_autoptr(Message) message = message_of(mails[_i].mail);
	g_autofree char *text = joined(message_text(message));
	g_autofree char *html = joined(message_html(message));

	ck_assert_msg(g_strcmp0(text, mails[_i].text) == 0, "%s: got %s, want %s",
		      mails[_i].mail, text, mails[_i].text);
	ck_assert_msg(g_strcmp0(html, mails[_i].html) == 0, "%s: got %s, want %s",
		      mails[_i].mail, html, mails[_i].html);
}
END_TEST

/*
 * Which part a reader sees is the reader's choice: the links of all, lines of the
 * first.
 */
static const struct {
	const char *mail;
	const char *text, *html; /* lines */
	const char *text_links, *html_links;
} many[] = {
	{ HEAD "Content-Type: multipart/alternative; boundary=a\n\n"
	       "--a\nContent-Type: text/html\n\n<a href=x>one</a>\n"
	       "--a\nContent-Type: text/html\n\n<a href=y>two</a>\n"
	       "--a\nContent-Type: application/xhtml+xml\n\n<a href=z>three</a>\n--a--\n",
	  NULL, "one", NULL, "x y z" },
	{ HEAD "Content-Type: multipart/mixed; boundary=a\n\n"
	       "--a\n\none\n"
	       "--a\nContent-Type: multipart/alternative; boundary=b\n\n"
	       "--b\n\ntwo http://n.example/2\n"
	       "--b\nContent-Type: application/xhtml+xml\n\n<a href=x>three</a>\n--b--\n"
	       "--a\n\n=== invite-milter ===\nhttp://n.example/4\n=== /invite-milter "
	       "===\nfour\n--a--\n",
	  "one", "three", "http://n.example/2 http://n.example/4", "x" },
	{ HEAD "Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n"
	       "--a\nContent-Disposition: attachment\n\nhttp://n.example/2\n"
	       "--a\nContent-Type: message/rfc822\n\nSubject: x\n\nhttp://n.example/3\n"
	       "--a\nContent-Type: text/csv\n\nhttp://n.example/4\n--a--\n",
	  "one", NULL, "", NULL },
};

static char *
joined_urls(const Visible *visible)
{
	g_autoptr(GString) out = g_string_new(NULL);

	if (visible == NULL)
		return NULL;
	for (size_t i = 0; i < visible->links->len; i++)
		g_string_append_printf(out, "%s%s", i > 0 ? " " : "",
				       g_array_index(visible->links, VisibleLink, i).url);

	return g_strdup(out->str);
}

START_TEST(the_links_of_all_parts_are_read)
{
	g_autoptr(Message) message = message_of(many[_i].mail);
	g_autofree char *text = joined(message_text(message));
	g_autofree char *html = joined(message_html(message));
	g_autofree char *text_links = joined_urls(message_text(message));
	g_autofree char *html_links = joined_urls(message_html(message));

	ck_assert_msg(g_strcmp0(text, many[_i].text) == 0, "%s: got %s, want %s",
		      many[_i].mail, text, many[_i].text);
	ck_assert_msg(g_strcmp0(html, many[_i].html) == 0, "%s: got %s, want %s",
		      many[_i].mail, html, many[_i].html);
	ck_assert_msg(g_strcmp0(text_links, many[_i].text_links) == 0,
		      "%s: got links %s, want %s", many[_i].mail, text_links,
		      many[_i].text_links);
	ck_assert_msg(g_strcmp0(html_links, many[_i].html_links) == 0,
		      "%s: got links %s, want %s", many[_i].mail, html_links,
		      many[_i].html_links);
}
END_TEST

static const struct {
	const char *head;
	const char *author; /* its address */
} authors[] = {
	{ "From: Ann Lee <Ann@Example.org>\n", "ann@example.org" },
	{ "from:ann@example.org\n", "ann@example.org" },
	{ "From: a@example.org, b@example.org\n", "" },
	{ "From: a@example.org\nFrom: b@example.org\n", "" },
	{ "From: team: a@example.org, b@example.org;\n", "" },
	{ "From:\n", "" },
	{ "Subject: a\n", "" },
};

START_TEST(there_is_one_author_or_none)
{
	g_autofree char *mail = g_strconcat(authors[_i].head, "\nhello\n", NULL);
	g_autoptr(Message) message = message_of(mail);

	ck_assert_msg(g_str_equal(message_author(message)->address, authors[_i].author),
		      "%s: got %s, want %s", authors[_i].head,
		      message_author(message)->address, authors[_i].author);
	if (authors[_i].author[0] == '\0')
		ck_assert_str_eq(message_author(message)->name, "");
}
END_TEST

START_TEST(a_field_is_decoded_and_clean)
{
	g_autoptr(Message) message =
	    message_of("From: a@b.test\nSubject: =?UTF-8?Q?J=C3=BC=0A=0Drgen?=\n "
		       "two\nSubject: 2\n\n");
	g_autofree char *subject = message_field(message, "SUBJECT");

	ck_assert_str_eq(subject, "J\303\274 rgen two");
	ck_assert_ptr_null(message_field(message, "X-None"));
}
END_TEST

static void
check_too_big(const GString *mail, const char *why)
{
	g_autoptr(GError) error = NULL;

	message_init();
	ck_assert_ptr_null(message_new(mail->str, mail->len, "fence", &error));
	ck_assert_int_eq(error->code, MESSAGE_ERROR_TOO_BIG);
	ck_assert_msg(strstr(error->message, why) != NULL, "got %s, want %s",
		      error->message, why);
}

START_TEST(a_million_parts_are_too_many)
{
	g_autoptr(GString) mail =
	    g_string_new(HEAD "Content-Type: multipart/mixed; boundary=a\n\n");
	g_autoptr(Message) message = NULL;

	for (int i = 0; i < MIME_MAX_PARTS; i++)
		g_string_append(mail, "--a\n\n");
	message = message_of(mail->str);
	g_string_append(mail, "--a\n\n");
	check_too_big(mail, "more than 1000 parts");
	while (mail->len < 5 * 1000 * 1000)
		g_string_append(mail, "--a\n\n");
	check_too_big(mail, "more than 1000 parts");
}
END_TEST

/* Content types whose parts are known, and some that programs read differently. */
static const struct {
	const char *type;
	bool is_read;
} lines[] = {
	{ "text/plain", true },
	{ "multipart/mixed; boundary=a", true },
	{ "multipart/mixed; boundary=\"a\"; x=\"-\"", true },
	{ "multipart/mixed; boundary=\"-\"", false },
	{ "multipart/mixed; boundary=-", false },
	{ "multipart/mixed; boundary=\"- \"", false },
	{ "multipart/mixed; boundary*=us-ascii''%2d", false },
	{ "multipart/mixed; boundary*0=-; boundary*1=\"\"", false },
	{ "multipart/mixed; boundary=\"\\-\"", false },
	{ "multipart/mixed; boundary=x\nContent-Type: text/plain; boundary=-", false },
};

START_TEST(parts_are_counted_and_lines_are_not)
{
	g_autoptr(GString) mail = g_string_new(HEAD "X: y\nContent-Type: ");
	g_autoptr(Message) message = NULL;
	g_autofree char *text = NULL;

	g_string_append_printf(mail, "%s\n\nx\n--a\n\none\n", lines[_i].type);
	for (int i = 0; i < MIME_MAX_PARTS + 200; i++)
		g_string_append(mail, "---\n");
	g_string_append(mail, "--a\n\ntwo\n--a--\n");
	if (!lines[_i].is_read) {
		check_too_big(mail, "more than 1000 parts");
		return;
	}
	message = message_of(mail->str);
	text = joined(message_text(message));
	ck_assert_msg(text != NULL && strstr(text, "one") != NULL, "%s: got %s",
		      lines[_i].type, text);
}
END_TEST

START_TEST(a_hundred_thousand_fields_are_too_many)
{
	g_autoptr(GString) mail = g_string_new(HEAD);

	for (int i = 0; i < 100000; i++)
		g_string_append(mail, "X-A: a\n");
	g_string_append(mail, "\nhello\n");
	check_too_big(mail, "header of more than");
}
END_TEST

/* "hello" within so many parts, each the only one of another. */
static char *
nested_mail(int levels)
{
	g_autoptr(GString) mail = g_string_new(HEAD);

	for (int i = 0; i < levels; i++)
		g_string_append_printf(
		    mail, "Content-Type: multipart/mixed; boundary=a%d\n\n--a%d\n", i, i);
	g_string_append(mail, "\nhello\n");

	return g_strdup(mail->str);
}

/* How many of them GMime makes parts of. */
static int
levels_of(const char *mail)
{
	g_autoptr(Mime) mime = NULL;
	GMimeObject *at;
	int levels = 0;

	message_init();
	ck_assert_int_eq(mime_new(mail, strlen(mail), &mime), MIME_PARSED);
	for (at = mime_root(mime); GMIME_IS_MULTIPART(at) &&
				   g_mime_multipart_get_count(GMIME_MULTIPART(at)) > 0;
	     at = g_mime_multipart_get_part(GMIME_MULTIPART(at), 0))
		levels++;

	return levels;
}

static const struct {
	int levels;
	int wanted;
	const char *text;
} nests[] = {
	{ 1, 1, "hello" },
	{ MIME_MAX_MULTIPARTS, MIME_MAX_MULTIPARTS, "hello" },
	{ MIME_MAX_MULTIPARTS + 1, MIME_MAX_MULTIPARTS, NULL },
	{ MIME_MAX_PARTS - 10, MIME_MAX_MULTIPARTS, NULL },
};

START_TEST(nested_parts_are_read_as_far_as_the_limit)
{
	g_autofree char *mail = nested_mail(nests[_i].levels);
	g_autoptr(Message) message = message_of(mail);
	g_autofree char *text = joined(message_text(message));

	ck_assert_int_eq(levels_of(mail), nests[_i].wanted);
	ck_assert_msg(g_strcmp0(text, nests[_i].text) == 0, "%d levels: got %s",
		      nests[_i].levels, text);
	ck_assert_ptr_nonnull(message_author(message));
}
END_TEST

static const struct {
	const char *coding; /* lines of the head */
	const char *raw;
	const char *decoded;
	Transfer transfer;
	bool is_pure;
} contents[] = {
	{ "", "a=20b", "a=20b", TRANSFER_7BIT, true },
	{ "Content-Transfer-Encoding: quoted-printable\n", "a=20b", "a b",
	  TRANSFER_QUOTED, true },
	{ "Content-Transfer-Encoding: base64\n", "YSBi", "a b", TRANSFER_BASE64, true },
	{ "Content-Transfer-Encoding: base64\n", "YS!Bi", "a b", TRANSFER_BASE64, false },
	{ "Content-Transfer-Encoding: x-own\n", "YSBi", "YSBi", TRANSFER_UNKNOWN, true },
};

START_TEST(a_content_is_decoded_once)
{
	g_autofree char *mail =
	    g_strconcat(HEAD, contents[_i].coding, "\n", contents[_i].raw, NULL);
	g_autoptr(Mime) mime = NULL;
	const MimeContent *content, *again;

	message_init();
	ck_assert_int_eq(mime_new(mail, strlen(mail), &mime), MIME_PARSED);
	content = mime_content(mime, GMIME_PART(mime_root(mime)));
	ck_assert_ptr_nonnull(content);
	ck_assert_str_eq(content->decoded->str, contents[_i].decoded);
	ck_assert_int_eq(content->transfer, contents[_i].transfer);
	ck_assert_int_eq(content->is_pure, contents[_i].is_pure);
	again = mime_content(mime, GMIME_PART(mime_root(mime)));
	ck_assert_ptr_eq(again, content);
}
END_TEST

START_TEST(text_beyond_the_limit_is_left_out)
{
	g_autoptr(GString) mail = g_string_new(HEAD "\n");
	g_autoptr(Message) message = NULL;

	while (mail->len < 4 * MESSAGE_MAX_TEXT)
		g_string_append(mail, "a line of a hundred words\n");
	message = message_of(mail->str);
	ck_assert_uint_eq(message_text(message)->lines->len, VISIBLE_MAX_LINES);
}
END_TEST

#define BLOCK(name, words) "=== " name " ===\n" words "\n=== /" name " ===\n"

/* Mails to an owner whose mark is "fence". */
static const struct {
	const char *what;
	const char *mail;
	MessageBlocks blocks;
	const char *lines;
	const char *links;
} blocks[] = {
	{ "ours", HEAD "\n" BLOCK("invite-milter-fence", "ours") "\nhello\n",
	  MESSAGE_OWN_BLOCK, "hello", "" },
	{ "none", HEAD "\nhello\n=== fence ===\n", MESSAGE_NO_BLOCK,
	  "hello/=== fence ===", "" },
	{ "without a mark", HEAD "\n" BLOCK("invite-milter", "theirs") "hello\n",
	  MESSAGE_FOREIGN_BLOCK, "hello", "" },
	{ "another mark, in the middle",
	  HEAD "\nhello\n" BLOCK("invite-milter-hedge", "theirs") "you\n",
	  MESSAGE_FOREIGN_BLOCK, "hello/you", "" },
	{ "ours and another's",
	  HEAD "\n" BLOCK("invite-milter-fence", "ours") "hello\n" BLOCK("invite-milter",
									 "theirs"),
	  MESSAGE_FOREIGN_BLOCK, "hello", "" },
	{ "another's in another part",
	  HEAD "Content-Type: multipart/mixed; boundary=a\n\n--a\n\n" BLOCK(
	      "invite-milter-fence", "ours") "hello\n--a\n\n" BLOCK("invite-milter",
								    "theirs") "--a--\n",
	  MESSAGE_FOREIGN_BLOCK, "hello", "" },
	/* Anyone may write a block, and hide no link in it. */
	{ "with links",
	  HEAD "\n" BLOCK("invite-milter-fence", "a: http://n.example/1") "hello\n",
	  MESSAGE_OWN_BLOCK, "hello", "http://n.example/1" },
};

/* The head of a mail, and when it came to its mailbox; now: 1000000000. */
static const struct {
	const char *head;
	gint64 want;
} arrivals[] = {
	{ "Received: from a.example.org by b.example.net with ESMTP id 1;\n"
	  "\tSat, 08 Sep 2001 01:00:00 +0000 (UTC)\n"
	  "Received: by a.example.org; Wed, 05 Sep 2001 01:00:00 +0000\n"
	  "Date: Thu, 06 Sep 2001 01:00:00 +0000\n",
	  999910800 },
	{ "Date: Thu, 06 Sep 2001 03:00:00 +0200\n", 999738000 },
	{ "Received: by b.example.net\nDate: Thu, 06 Sep 2001 01:00:00 +0000\n",
	  999738000 },
	{ "Received: by b.example.net; soon\nDate: Thu, 06 Sep 2001 01:00:00 +0000\n",
	  999738000 },
	{ "Received: by b.example.net; Sat, 08 Sep 2040 01:00:00 +0000\n", 1000000000 },
	{ "Date: Tue, 03 Jan 2040 10:00:00 +0000\n", 1000000000 },
	{ "Date: soon\n", 1000000000 },
	{ "", 1000000000 },
};

START_TEST(a_mail_came_when_our_host_took_it_and_never_tomorrow)
{
	g_autofree char *mail =
	    g_strconcat(arrivals[_i].head, "From: Ann <ann@example.org>\n\nHi\n", NULL);
	g_autoptr(Message) message = message_of(mail);

	ck_assert_int_eq(message_arrival(message, 1000000000), arrivals[_i].want);
}
END_TEST

START_TEST(blocks_are_not_read_and_their_marks_are_told)
{
	g_autoptr(Message) message = message_of(blocks[_i].mail);
	g_autofree char *seen = joined(message_text(message));
	g_autofree char *links = joined_urls(message_text(message));

	ck_assert_msg(message_blocks(message) == blocks[_i].blocks, "%s: got %d",
		      blocks[_i].what, message_blocks(message));
	ck_assert_msg(g_str_equal(seen, blocks[_i].lines), "%s: got %s, want %s",
		      blocks[_i].what, seen, blocks[_i].lines);
	ck_assert_msg(g_str_equal(links, blocks[_i].links), "%s: got %s, want %s",
		      blocks[_i].what, links, blocks[_i].links);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("message");
	TCase *message = tcase_create("message");

	tcase_set_timeout(message, 30);
	tcase_add_loop_test(message, the_parts_are_read_as_their_reader_sees_them, 0,
			    G_N_ELEMENTS(mails));
	tcase_add_loop_test(message, the_links_of_all_parts_are_read, 0,
			    G_N_ELEMENTS(many));
	tcase_add_loop_test(message, there_is_one_author_or_none, 0,
			    G_N_ELEMENTS(authors));
	tcase_add_loop_test(message, a_mail_came_when_our_host_took_it_and_never_tomorrow,
			    0, G_N_ELEMENTS(arrivals));
	tcase_add_test(message, a_field_is_decoded_and_clean);
	tcase_add_test(message, a_million_parts_are_too_many);
	tcase_add_loop_test(message, parts_are_counted_and_lines_are_not, 0,
			    G_N_ELEMENTS(lines));
	tcase_add_test(message, a_hundred_thousand_fields_are_too_many);
	tcase_add_loop_test(message, nested_parts_are_read_as_far_as_the_limit, 0,
			    G_N_ELEMENTS(nests));
	tcase_add_loop_test(message, a_content_is_decoded_once, 0,
			    G_N_ELEMENTS(contents));
	tcase_add_test(message, text_beyond_the_limit_is_left_out);
	tcase_add_loop_test(message, blocks_are_not_read_and_their_marks_are_told, 0,
			    G_N_ELEMENTS(blocks));
	suite_add_tcase(suite, message);

	return fixture_run(suite);
}
