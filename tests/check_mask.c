/* SPDX-License-Identifier: BSD-2-Clause */
/* check_mask.c - does a skeleton tell a mail's shape, and nothing of its people? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "ctl/vocabulary.h"
#include "fixture.h"
#include "mail/mailbox.h"
#include "mail/mask-html.h"
#include "mail/mask-mail.h"
#include "mail/mask-shape.h"
#include "mail/mask-text.h"
#include "mail/mime.h"
#include "text/folded.h"
#include "text/letter.h"

/* So many in a hundred of the mails that are recognised must be read the same. */
#define SAME_PERCENT 95

static Mask *
mask_of_test(void)
{
	Mask *mask = mask_new();

	mask_add(mask, MASK_FRAME, "wants to connect; Accept the invitation; View; of");
	mask_add(mask, MASK_FRAME, "邀请你加入; 님이 초대");
	mask_add(mask, MASK_LANGUAGE, "will price mark hello you more van");
	mask_add(mask, MASK_TERM, "www in comm u url trk eml; https accept v2 com");
	mask_add(mask, MASK_TERM | MASK_BRAND, "Orbit via");
	mask_add_host(mask, "orbit.example");
	mask_hide(mask, MASK_OF_PERSON, "Grace van Will 王小明 홍길동");
	mask_hide(mask, MASK_OF_FIELD, "Grace Will via Orbit");

	return mask;
}

static const struct {
	const char *text;
	const char *want;
} texts[] = {
	/* words */
	{ "Grace Will wants to connect", "Xxxxx Xxxx wants to connect" },
	{ "hello jane, 12 of 34b", "hello xxxx, 99 of 99x" },
	{ "WILL will Will wILL", "XXXX xxxx Xxxx xXXX" },
	{ "View more\nof O'Neill-Smith", "View more\nof X'Xxxxx-Xxxxx" },
	{ "Иван Möller ΑΒΓ", "Xxxx Xxxxxx XXX" },
	/* somebody who is not in the head, but is written like a name */
	{ "Mark Ndoye", "Xxxx Xxxxx" },
	{ "Accept Mark Ndoye's invitation", "Accept Xxxx Xxxxx'x invitation" },
	{ "Mark you. Mark you", "Mark you. Mark you" },
	{ "of Mark and of mark", "of Xxxx xxx of mark" },
	{ "W I L L, Q|U|I, View a", "X X X X, X|X|X, View x" },
	{ "Q. Xander", "X. Xxxxxx" },
	{ "Grace van Will", "Xxxxx xxx Xxxx" },
	{ "van you", "van you" },
	/* what hides letters */
	{ "W\u00adill Gr\u200bace", "X\u00adxxx Xx\u00adxxx" },
	{ "Ｗｉｌｌ 𝐉𝐚𝐧𝐞 Ⓙⓐⓝⓔ 🄹", "Xxxx Xxxx xxxx x" },
	{ "٣٤ ½ ⅻ", "99 9 9" },
	{ "Vi\u200b\u2060ew", "Vi\u00ad\u00adew" },
	{ "a\u2003b", "x\u00a0x" },
	/* without spaces */
	{ "王小明邀请你加入", "某某某邀请你加入" },
	{ "小明 王 李四", "某某 某 某某" },
	{ "홍길동님이 김길동님이", "某某某님이 某某某某某" },
	/* addresses and hosts */
	{ "to jane.doe@example.org, accept@orbit.example",
	  "to xxxx.xxx@xxxxxxx.xxx, accept@orbit.example" },
	{ "jane@mail.orbit.example jane@will.com",
	  "xxxx@xxxx.orbit.example xxxx@xxxx.xxx" },
	{ "<\"jane\"@example.org>", "<\"xxxx\"@xxxxxxx.xxx>" },
	{ "see will.com and mark.co.uk/in/7", "xxx xxxx.xxx xxx xxxx.xx.xx/in/9" },
	{ "accept.View", "xxxxxx.Xxxx" },
	/* links */
	{ "https://www.orbit.example/in/jane-mark/77?u=abc&trk=eml-12",
	  "https://www.orbit.example/in/xxxx-xxxx/99?u=xxx&trk=eml-99" },
	{ "https://acme.orbit.example:81/", "https://xxxx.orbit.example:99/" },
	{ "http://jane:pw@orbit.example/", "http://xxxx:xx@orbit.example/" },
	{ "http://orbit.example.evil.org/in", "http://xxxxx.xxxxxxx.xxxx.xxx/in" },
	{ "https://will.org/will", "https://xxxx.xxx/xxxx" },
	{ "https://orbit.example/?eyJhbGciOiJIUzI1NiJ9.eyJqYW5l",
	  "https://orbit.example/?xxXxxXxxXxXXXxX9XxX9.xxXxXX9x" },
	{ "https://orbit.example/?amFuZQ==", "https://orbit.example/?xxXxXX==" },
	{ "https://orbit.example/?amFuZQ=", "https://orbit.example/?xxXxXX=" },
	{ "https://orbit.example/?gracewill=1", "https://orbit.example/?xxxxxxxxx=9" },
	{ "https://orbit.example/?q=%4Aan%C3%A9%20ann%40b.org",
	  "https://orbit.example/?q=%58xx%78%78%20xxx%40x.xxx" },
	{ "https://orbit.example/?url=https%3A%2F%2Fwill.com%2Fin%2Fjane%3Fu%3D1",
	  "https://orbit.example/?url=https%3A%2F%2Fxxxx.xxx%2Fin%2Fxxxx%3Fu%3D9" },
	{ "https://orbit.example/?url=https%253A%252F%252Fann.org",
	  "https://orbit.example/?url=https%253A%252F%252Fxxx.xxx" },
	{ "data:text/html;base64,SmFuZQ== tel:+31612345678",
	  "data:xxxx/xxxx;xxxx99,XxXxXX== tel:+99999999999" },
	{ "mailto:jane@example.org?subject=Hi%20Ann",
	  "mailto:xxxx@xxxxxxx.xxx?subject=Xx%20Xxx" },
	{ "janes://orbit.example/in", "xxxxx://orbit.example/in" },
	/* no text */
	{ "\xff\xfeJane", "\xef\xbf\xbd\xef\xbf\xbdXxxx" },
	{ "", "" },
	{ "@ @@ . .. : :// http:// % %4", "@ @@ . .. : :// http:// % %9" },
};

START_TEST(a_text_keeps_the_words_that_are_known)
{
	g_autoptr(Mask) mask = mask_of_test();
	g_autofree char *got = mask_text(mask, MASK_KEEP_ALL, texts[_i].text);

	ck_assert_msg(g_str_equal(got, texts[_i].want), "%s: got %s, want %s",
		      texts[_i].text, got, texts[_i].want);
}
END_TEST

static const struct {
	const char *html;
	const char *want;
} htmls[] = {
	{ "<!-- Jane --><p class=jane id=ann title='Jane'>Accept J&uuml;rgen &amp; "
	  "Ann</p>",
	  "<p>Accept Xxxxxx &amp; Xxx</p>" },
	{ "<b>W</b>ill<td>Accept</td><td>View</td>",
	  "<b>X</b>xxx<td>Accept</td><td>View</td>" },
	{ "<a href=\"http://orbit.example/in/ann?u=1&amp;trk=x\">View</a>",
	  "<a href=\"http://orbit.example/in/xxx?u=9&amp;trk=x\">View</a>" },
	{ "<a href='/in/ann'><img alt='Ann Doe &quot;' src=http://x.org/ann></a>",
	  "<a href=\"/in/xxx\"><img alt=\"Xxx Xxx &quot;\"></a>" },
	{ "<style>.jane{}</style><script>ann()</script>",
	  "<style></style><script></script>" },
	{ "<jane-doe x=1>hello</jane-doe>", "<x>hello</x>" },
	{ "<div style='background:url(http://x.org/ann);display:none'>hello</div>",
	  "<div style=\"display:none\">hello</div>" },
	{ "<!doctype ann><title>Ann</title><input value=ann hidden>",
	  "<!DOCTYPE html><title></title><input hidden>" },
	{ "hello<", "hello&lt;" },
	{ "<a href=\"ann", "" },
	{ "&nbsp;&eacute;&#x1F600;", "&#160;x&#128512;" },
};

START_TEST(an_html_keeps_its_elements_lines_and_links)
{
	g_autoptr(Mask) mask = mask_of_test();
	g_autofree char *got = mask_html(mask, htmls[_i].html, strlen(htmls[_i].html));

	ck_assert_msg(g_str_equal(got, htmls[_i].want), "%s: got %s, want %s",
		      htmls[_i].html, got, htmls[_i].want);
}
END_TEST

START_TEST(what_somebody_wrote_is_masked_but_for_sentences_of_networks)
{
	g_autoptr(Mask) mask = mask_of_test();
	g_autofree char *got = NULL;

	mask_hide_text(mask,
		       "Hello, you will mark the invitation. Accept the invitation");
	got = mask_text(mask, MASK_KEEP_ALL,
			"hello: YOU will. Accept the invitation, hello you mark");
	ck_assert_str_eq(got, "xxxxx: XXX xxxx. Accept the invitation, hello you mark");
}
END_TEST

/* What a reader of the skeleton could see: all of it, and its parts decoded. */
static char *
seen_in(Assessor *assessor, const GString *skeleton)
{
	g_autoptr(Assessment) assessment = fixture_assess(assessor, skeleton, NULL);
	g_autoptr(GString) seen = g_string_new_len(skeleton->str, (gssize)skeleton->len);
	const Reading *reading = assessment->reading;

	g_string_append_printf(seen, "\n%s", reading->subject);
	for (size_t part = 0; part < READING_LAST; part++) {
		for (size_t i = 0; i < reading->lines[part]->len; i++)
			g_string_append_printf(
			    seen, "\n%s",
			    g_array_index(reading->lines[part], ReadingLine, i).text);
		for (size_t i = 0; i < reading->links[part]->len; i++)
			g_string_append_printf(
			    seen, "\n%s %s",
			    g_array_index(reading->links[part], ReadingLink, i).url,
			    g_array_index(reading->links[part], ReadingLink, i).label);
	}

	return g_string_free(g_steal_pointer(&seen), FALSE);
}

/*
 * Two people, one of them with a name of words that are in the data, and a token, in
 * every place of a mail that somebody could think of.
 */
static const char everywhere[] =
    "Return-Path: <bounce+quillon.q=example.org@bulk.example>\r\n"
    "X-Quillon-Brambleworth: 1\r\n"
    "X-ID-Zq7f8a: Quillon\r\n"
    "Received: from quillon.example (HELO brambleworth) by mx.zq7f8a.example\r\n"
    " with ESMTPS id zq7f8a for <quillon@example.org>; Tue, 3 Feb 2026 09:14:07 +0000\r\n"
    "DKIM-Signature: v=1; d=brambleworth.example; s=quillon2024; b=UXVpbGxvbg==\r\n"
    "Authentication-Results: mx.brambleworth.example; dkim=pass (zq7f8a)\r\n"
    " header.d=quillon.example header.s=zq7f8a reason=\"Quillon\"\r\n"
    "List-Unsubscribe: <https://bulk.example/u/quillon?t=zq7f8a>,\r\n"
    " <mailto:quillon@bulk.example?subject=Brambleworth>\r\n"
    "List-Id: =?utf-8?Q?Quillon's_list?= <brambleworth.bulk.example>\r\n"
    "From: =?utf-8?B?UXVpbGxvbg==?= =?iso-8859-1?Q?Bramble?=\r\n"
    " =?iso-8859-1?Q?worth?= (Quillon) <quillon@bulk.example>\r\n"
    "To: Team: \"Grace, Will\" <grace.will@example.org>, quillon@example.org;,\r\n"
    " Hope Price <p7@example.org>\r\n"
    "Reply-To: \"quillon brambleworth\"@bulk.example, <@quillon.example:a@b.example>\r\n"
    "Message-ID: <zq7f8a.quillon@brambleworth.example>\r\n"
    "Subject: Quillon =?utf-8?Q?Bramb?= =?utf-8?Q?leworth_wants_Grace_Will?=\r\n"
    "Date: Tue, 3 Feb 2026 09:14:07 +0000 (Quillon)\r\n"
    "MIME-Version: 1.0 (Brambleworth)\r\n"
    "Content-Type: multipart/mixed; boundary=\"zq7f8a-Quillon\"; quillon=zq7f8a;\r\n"
    " name*0*=utf-8''Quillon; name*1*=%20Brambleworth\r\n"
    "\r\n"
    "Preamble for Quillon\r\n"
    "--zq7f8a-Quillon\r\n"
    "Content-Type: text/plain; charset=quillon; format=zq7f8a\r\n"
    "Content-Description: Brambleworth\r\n"
    "Content-ID: <quillon@zq7f8a>\r\n"
    "\r\n"
    "Dear Quillon, Grace and Will: zq7f8a https://quillon.example/brambleworth\r\n"
    "where there is a will there is hope of a low price\r\n"
    "https://bulk.example/?cXVpbGxvbg==&q=UXVpbGxvbg==#Quillon quillon@example.org\r\n"
    "https://www.linkedin.com/in/grace-will?zq7f8a&e=%51uillon&quillon=1\r\n"
    "https://www.linkedin.com/r?url=https%3A%2F%2Fx.example%2F%51uillon%26t%3Dzq7f8a\r\n"
    "--zq7f8a-Quillon\r\n"
    "Content-Type: text/html; charset=utf-8\r\n"
    "Content-Transfer-Encoding: base64\r\n"
    "\r\n"
    "@HTML@\r\n"
    "--zq7f8a-Quillon\r\n"
    "Content-Type: text/calendar; method=REQUEST; x-quillon=zq7f8a\r\n"
    "\r\n"
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
    "ORGANIZER;CN=\"Quillon; B\";X-ZQ=zq7f8a:mailto:quillon@exam\r\n ple.org\r\n"
    "X-QUILLON:Brambleworth\r\nDESCRIPTION:Brambleworth\\nQuillon zq7f8a\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\nQuillon\r\n"
    "--zq7f8a-Quillon\r\n"
    "Content-Type: image/quillon; name=\"Quillon.png\"\r\n"
    "Content-Disposition: attachment; filename=\"Quillon.png\"\r\n"
    "Content-Transfer-Encoding: quillon\r\n"
    "\r\n"
    "Quillon\r\n"
    "--zq7f8a-Quillon\r\n"
    "Content-Type: message/rfc822\r\n"
    "\r\n"
    "From: Quillon\r\n\r\nQuillon\r\n"
    "--zq7f8a-Quillon--\r\n"
    "Epilogue for Quillon\r\n";

static const char everywhere_html[] =
    "<!DOCTYPE Quillon><!-- Quillon --><![CDATA[Quillon]]><?Quillon?>"
    "<html lang=zq7f8a><head><title>Quillon</title><style>.Quillon{}</style>"
    "<meta name=Quillon content=zq7f8a><base href='https://quillon.example/'></head>"
    "<body class=Quillon data-quillon=zq7f8a><div style='display:none'>Quillon "
    "Brambleworth &zwnj;</div><img alt='Quillon' src='https://x.example/quillon'>"
    "<a href='https://x.example/Quillon' title=Quillon id=Quillon>Qu<b>ill</b>on</a>"
    "<quillon>Bram&#98;le<wbr>worth G R A C E Q-u-i-l-l</quillon><p>Qu&shy;illon "
    "G<i>race</i> W&#105;ll"
    "<a href='mailto:quillon@example.org?body=Quillon'>zq7f8a</a>"
    "<a href='tel:Quillon'>x</a><form action='/Quillon'><input value=Quillon>"
    "<textarea>Quillon</textarea><svg><a xlink:href='//quillon.example/'></a></svg>"
    "<script>Quillon</script><noscript>Quillon</noscript><!-- Quillon";

START_TEST(nobody_is_found_anywhere)
{
	static const char *const secrets[] = { "quillon",  "brambleworth", "zq7f8a",
					       "uxvpbgxv", "cxvpbgxv",     "grace",
					       "will",     "r a c",        "worth",
					       "hope",     "price",        "illon",
					       "bramble" };
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Vocabulary) vocabulary = vocabulary_new(assessor, NULL);
	g_autofree char *base64 =
	    g_base64_encode((const guchar *)everywhere_html, strlen(everywhere_html));
	g_autoptr(GString) mail = g_string_new(everywhere);
	g_autoptr(GString) skeleton = NULL;
	g_autofree char *seen = NULL;

	g_string_replace(mail, "@HTML@", base64, 0);
	skeleton = vocabulary_skeleton(vocabulary, mail->str, mail->len, NULL);
	ck_assert_ptr_nonnull(skeleton);
	seen = seen_in(assessor, skeleton);
	for (size_t i = 0; i < G_N_ELEMENTS(secrets); i++) {
		const char *at = strcasestr(seen, secrets[i]);

		ck_assert_msg(at == NULL, "%s is in: %s", secrets[i], seen);
	}
	ck_assert_msg(strstr(seen, "www.linkedin.com/in/") != NULL, "%s", seen);
}
END_TEST

/* Broken mails and what comes of them; NULL: none. */
static const struct {
	const char *mail;
	size_t length; /* 0: up to its zero */
	const char *want;
} broken[] = {
	{ "", 0, NULL },
	{ "Quillon", 0, NULL },
	{ "To: a@b.example\n", 0, "To: <x@x.xxxxxxx>\n\n" },
	{ "Subject: a\0b\n\nQuillon\0c\n", 24, "Subject: x\n\nXxxxxxx x\n" },
	{ "Subject: \xff\n\n\xc3\x28 Quillon\n", 0, "Subject: x\n\nX( Xxxxxxx\n" },
	{ "Content-Type: multipart/mixed\n\nQuillon\n", 0,
	  "Content-Type: multipart/mixed\n\n" },
	{ "Content-Type: multipart/mixed; boundary=q\n\n--q\n\nQuillon", 0,
	  "Content-Type: multipart/mixed;\n\tboundary=\"=_skeleton_aa\"\n\n"
	  "--=_skeleton_aa\n\nXxxxxxx\n--=_skeleton_aa--\n" },
	{ "Content-Type: Quillon; charset\n\nQuillon\n", 0,
	  "Content-Type: Xxxxxxx;\n\tcharset=\"\"\n\n" },
};

START_TEST(a_broken_mail_says_less)
{
	g_autoptr(Mask) mask = mask_of_test();
	g_autoptr(GHashTable) fields = g_hash_table_new(g_str_hash, g_str_equal);
	const char *mail = broken[_i].mail;
	size_t length = broken[_i].length > 0 ? broken[_i].length : strlen(mail);
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) got = mask_mail(mask, fields, mail, length, &error);

	ck_assert_msg((got == NULL) == (error != NULL), "%s", mail);
	ck_assert_msg(g_strcmp0(got != NULL ? got->str : NULL, broken[_i].want) == 0,
		      "%s: got %s, want %s", mail, got != NULL ? got->str : "none",
		      broken[_i].want != NULL ? broken[_i].want : "none");
}
END_TEST

START_TEST(a_mail_over_the_limit_has_no_skeleton)
{
	g_autoptr(Mask) mask = mask_of_test();
	g_autoptr(GHashTable) fields = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GString) mail = g_string_new("Subject: a\n\n");
	g_autoptr(GError) error = NULL;

	while (mail->len <= MASK_MAIL_MAX_BYTES)
		g_string_append(mail, "0123456789abcdef0123456789abcdef\n");
	ck_assert_ptr_null(mask_mail(mask, fields, mail->str, mail->len, &error));
	ck_assert(g_error_matches(error, MESSAGE_ERROR, MESSAGE_ERROR_TOO_BIG));
}
END_TEST

/* All mails once, with their skeletons. */
typedef struct {
	Assessor *assessor;
	Vocabulary *vocabulary;
	GPtrArray *rows;
	GString *faults;
} All;

typedef void Check(All *all, char **row, const GString *mail, const GString *skeleton);

static void
check_all(Check *check)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(Vocabulary) vocabulary = vocabulary_new(assessor, NULL);
	g_autoptr(GPtrArray) rows = fixture_rows();
	g_autoptr(GString) faults = g_string_new(NULL);
	All all = { assessor, vocabulary, rows, faults };

	ck_assert_uint_gt(rows->len, 500);
	for (size_t i = 0; i < rows->len; i++) {
		char **row = rows->pdata[i];
		g_autoptr(GString) mail = fixture_mail(row[EXPECTED_FILE]);
		g_autoptr(GError) error = NULL;
		g_autoptr(GString) skeleton =
		    vocabulary_skeleton(vocabulary, mail->str, mail->len, &error);

		ck_assert_msg(skeleton != NULL, "%s: %s", row[EXPECTED_FILE],
			      error != NULL ? error->message : "no skeleton");
		check(&all, row, mail, skeleton);
	}
	ck_assert_msg(faults->len == 0, "%s", faults->str);
}

/* Does a word of the name stand there by itself? */
static void
check_name(All *all, const char *file, const char *seen, const char *name)
{
	g_auto(GStrv) words = g_strsplit_set(name, " \t.,'\"()<>-+_@/&|:;0123456789", -1);
	g_autofree char *folded_seen = folded_text(seen);

	for (size_t i = 0; words[i] != NULL; i++) {
		g_autofree char *folded = folded_text(words[i]);
		size_t length = strlen(folded);

		/* "van" and "de" stand in any sentence. */
		if (g_utf8_strlen(folded, -1) < 3 ||
		    (g_unichar_islower(g_utf8_get_char(words[i])) && length <= 3))
			continue;
		for (const char *at = folded_seen; (at = strstr(at, folded)) != NULL;
		     at += length)
			if (!g_str_has_prefix(at, "list-") && /* a field's name */
			    (at == folded_seen || !mask_shape_is_part(g_utf8_get_char(
						      g_utf8_prev_char(at)))) &&
			    !mask_shape_is_part(g_utf8_get_char(at + length))) {
				g_string_append_printf(all->faults, "\n%s: %s", file,
						       words[i]);
				break;
			}
	}
}

typedef struct {
	All *all;
	const char *file;
	const char *seen;
} Names;

static void
check_mailbox(void *context, const Mailbox *mailbox)
{
	const Names *names = context;
	g_autofree char *local =
	    g_strndup(mailbox->address, strcspn(mailbox->address, "@"));

	check_name(names->all, names->file, names->seen, mailbox->name);
	if (!g_str_equal(local, "team")) /* nobody's name, and a word of links */
		check_name(names->all, names->file, names->seen, local);
}

static void
check_people(All *all, char **row, const GString *mail, const GString *skeleton)
{
	static const char *const fields[] = { "To", "Cc", "Delivered-To" };
	g_autoptr(Assessment) assessment = fixture_assess(all->assessor, mail, NULL);
	const Head *head = message_head(assessment->message);
	g_autofree char *seen = seen_in(all->assessor, skeleton);
	Names names = { all, row[EXPECTED_FILE], seen };

	check_name(all, row[EXPECTED_FILE], seen, row[EXPECTED_INVITER]);
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		if (head_get(head, fields[i]) != NULL)
			mailbox_each(head_get(head, fields[i]), check_mailbox, &names);
}

START_TEST(no_word_of_a_person_is_in_a_skeleton)
{
	check_all(check_people);
}
END_TEST

static void
add_types(const Mime *mime, GMimeObject *object, GString *out)
{
	g_autofree char *written =
	    g_mime_content_type_get_mime_type(g_mime_object_get_content_type(object));
	g_autofree char *type = g_ascii_strdown(written, -1);

	g_string_append_printf(out, "(%s", type);
	if (GMIME_IS_MULTIPART(object))
		for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(object));
		     i++)
			add_types(mime,
				  g_mime_multipart_get_part(GMIME_MULTIPART(object), i),
				  out);
	g_string_append_c(out, ')');
}

static char *
types_of(const GString *mail)
{
	g_autoptr(Mime) mime = NULL;
	g_autoptr(GString) out = g_string_new(NULL);

	ck_assert_int_eq(mime_new(mail->str, mail->len, &mime), MIME_PARSED);
	add_types(mime, mime_root(mime), out);

	return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
check_parts(All *all, char **row, const GString *mail, const GString *skeleton)
{
	g_autofree char *want = types_of(mail), *got = types_of(skeleton);

	if (!g_str_equal(want, got))
		g_string_append_printf(all->faults, "\n%s: got %s, want %s",
				       row[EXPECTED_FILE], got, want);
}

START_TEST(a_skeleton_has_the_same_parts)
{
	check_all(check_parts);
}
END_TEST

static size_t recognised, read_the_same;

static void
check_reading(All *all, char **row, const GString *mail, const GString *skeleton)
{
	g_autoptr(Assessment) want = fixture_assess(all->assessor, mail, NULL);
	g_autoptr(Assessment) got = fixture_assess(all->assessor, skeleton, NULL);

	if (want->network == NULL)
		return;
	recognised++;
	if (want->network == got->network && want->kind == got->kind)
		read_the_same++;
	else if (g_getenv("SKELETON_VERBOSE") != NULL)
		g_printerr("%s: got %s/%s, want %s/%s\n", row[EXPECTED_FILE],
			   got->network != NULL ? got->network->name : "",
			   got->kind != NULL ? got->kind->name : "", want->network->name,
			   want->kind != NULL ? want->kind->name : "");
}

START_TEST(a_skeleton_is_read_as_its_mail)
{
	check_all(check_reading);
	g_printerr("%zu of %zu\n", read_the_same, recognised);
	ck_assert_msg(read_the_same * 100 >= recognised * SAME_PERCENT,
		      "%zu of %zu are read the same, want %d%%", read_the_same,
		      recognised, SAME_PERCENT);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("mask");
	TCase *text = tcase_create("text");
	TCase *mails = tcase_create("mails");

	fixture_load();
	tcase_add_loop_test(text, a_text_keeps_the_words_that_are_known, 0,
			    G_N_ELEMENTS(texts));
	tcase_add_loop_test(text, an_html_keeps_its_elements_lines_and_links, 0,
			    G_N_ELEMENTS(htmls));
	tcase_add_test(text, what_somebody_wrote_is_masked_but_for_sentences_of_networks);
	tcase_add_test(text, nobody_is_found_anywhere);
	tcase_add_loop_test(text, a_broken_mail_says_less, 0, G_N_ELEMENTS(broken));
	tcase_add_test(text, a_mail_over_the_limit_has_no_skeleton);
	suite_add_tcase(suite, text);
	tcase_set_timeout(mails, 120);
	tcase_add_test(mails, no_word_of_a_person_is_in_a_skeleton);
	tcase_add_test(mails, a_skeleton_has_the_same_parts);
	tcase_add_test(mails, a_skeleton_is_read_as_its_mail);
	suite_add_tcase(suite, mails);

	return fixture_run(suite);
}
