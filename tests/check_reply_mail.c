/* SPDX-License-Identifier: BSD-2-Clause */
/* check_reply_mail.c - is a reply that is mailed one mail, to one person, and no more? */

#include "config.h"

#include <string.h>

#include "ctl/reply-mail.h"
#include "fixture.h"
#include "mail/encoded.h"
#include "mail/head.h"
#include "mail/message.h"

#define JANE "jane@example.org"
#define ANN  "ann@example.org"
#define ID   "<1@example.org>"

/* What the invitation says, and what stands in the answer's head; NULL: nothing. */
static const struct {
	const char *subject, *message_id;
	const char *want_subject, *want_id;
} mails[] = {
	{ "Invitation to connect", ID, "Re: Invitation to connect", ID },
	{ "Re: Invitation", ID, "Re: Invitation", ID },
	{ "RE: Invitation", ID, "RE: Invitation", ID },
	{ NULL, NULL, "Re:", NULL },
	{ "", "", "Re:", NULL },
	{ "Zoë möchte sich vernetzen", ID, "Re: Zoë möchte sich vernetzen", ID },
	/* What would be more than a subject, or than a Message-ID. */
	{ "x\r\nBcc: all@example.org", ID, "Re: x Bcc: all@example.org", ID },
	{ "x\n\nBody", "<1@example.org>\nBcc: all@example.org", "Re: x Body", NULL },
	{ "x", "<1@example.org> <2@example.org>", "Re: x", NULL },
	{ "x", "<1\t@example.org>", "Re: x", NULL },
	{ "x", "<\xc3\xab@example.org>", "Re: x", NULL },
	{ "x", "1@example.org", "Re: x", NULL },
	{ "x", "<>", "Re: x", NULL },
	{ "=?utf-8?q?x?=", ID, "Re: =?utf-8?q?x?=", ID },
};

static char *
field(const Message *message, const char *name)
{
	const char *raw = head_get(message_head(message), name);
	g_autofree char *decoded = raw != NULL ? encoded_decode(raw) : NULL;

	return decoded != NULL ? g_strdup(g_strstrip(decoded)) : NULL;
}

START_TEST(the_answer_stands_in_the_thread)
{
	const ReplyMail mail = { JANE, ANN, mails[_i].subject, mails[_i].message_id,
				 "Hello Ann,\n\nbye" };
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) text = reply_mail_write(&mail, &error);
	g_autoptr(Message) message = NULL;
	g_autofree char *subject = NULL, *answered = NULL, *to = NULL, *bcc = NULL;

	ck_assert_ptr_nonnull(text);
	ck_assert_ptr_null(strchr(text->str, '\r'));
	message = message_new(text->str, text->len, "", &error);
	ck_assert_ptr_nonnull(message);
	subject = field(message, "Subject");
	answered = field(message, "In-Reply-To");
	to = field(message, "To");
	bcc = field(message, "Bcc");
	ck_assert_str_eq(subject, mails[_i].want_subject);
	ck_assert_msg(g_strcmp0(answered, mails[_i].want_id) == 0, "row %d: got %s", _i,
		      answered);
	ck_assert_str_eq(to, "<" ANN ">");
	ck_assert_ptr_null(bcc);
	ck_assert(g_str_has_suffix(text->str, "\n\nHello Ann,\n\nbye\n"));
}
END_TEST

/* Who cannot be written to, or from. */
static const struct {
	const char *from, *to;
} strange[] = {
	{ "", ANN },
	{ "jane", ANN },
	{ JANE, "" },
	{ JANE, "ann" },
	{ JANE, "ann@example.org, all@example.org" },
	{ JANE, "ann@example.org\nBcc: all@example.org" },
	{ JANE, "<ann@example.org>" },
};

START_TEST(no_other_address_is_written_to)
{
	const ReplyMail mail = { strange[_i].from, strange[_i].to, "x", ID, "Hello" };
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) text = reply_mail_write(&mail, &error);

	ck_assert_msg(text == NULL, "row %d: %s", _i, text != NULL ? text->str : "");
	ck_assert_ptr_nonnull(error);
}
END_TEST

/* Letters beyond ASCII, a line of any length, and one that MTAs take for an end. */
START_TEST(a_text_of_any_lines_arrives)
{
	g_autofree char *long_line = g_strnfill(5000, 'x');
	g_autofree char *said = g_strdup_printf("Grüße,\n.\nFrom me\n%s", long_line);
	const ReplyMail mail = { JANE, ANN, "x", ID, said };
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) text = reply_mail_write(&mail, &error);
	g_auto(GStrv) lines = NULL;

	ck_assert_ptr_nonnull(text);
	lines = g_strsplit(text->str, "\n", -1);
	for (size_t i = 0; lines[i] != NULL; i++) {
		ck_assert_uint_le(strlen(lines[i]), 78);
		for (const char *at = lines[i]; *at != '\0'; at++)
			ck_assert_int_lt((unsigned char)*at, 128);
	}
	ck_assert_ptr_nonnull(strstr(text->str, "Gr=C3=BC=C3=9Fe,"));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("reply-mail");
	TCase *written = tcase_create("written");

	message_init();
	tcase_add_loop_test(written, the_answer_stands_in_the_thread, 0,
			    G_N_ELEMENTS(mails));
	tcase_add_loop_test(written, no_other_address_is_written_to, 0,
			    G_N_ELEMENTS(strange));
	tcase_add_test(written, a_text_of_any_lines_arrives);
	suite_add_tcase(suite, written);

	return fixture_run(suite);
}
