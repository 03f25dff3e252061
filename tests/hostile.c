/* SPDX-License-Identifier: BSD-2-Clause */
/* hostile.c - mails by which a sender tries to make a library keep memory */

#include "config.h"

#include <string.h>

#include "hostile.h"
#include "mail/insert.h"
#include "mail/mailbox.h"
#include "mail/message.h"

#define HEAD "From: a@example.org\r\nMIME-Version: 1.0\r\n"
#define ONES "1111111111111111111111111111111111111111111111111111111111111111"

static const char *const shapes[] = {
	/* addresses */
	"From: x#[" ONES "@](a\r\n\r\nx\r\n",
	"From: a#example.org\r\nSender: x#[" ONES "@](a\r\n\r\nx\r\n",
	"From: a#example.org\r\nReply-To : x#[" ONES "@](a\r\n\r\nx\r\n",
	"From: a#example.org\r\nTo: x#[" ONES "@](a\r\n\r\nx\r\n",
	"From: g@:g@:g@:x#[" ONES "](a, <#a,#b:c#[" ONES "](\r\n\r\nx\r\n",
	HEAD "Resent-From: x#[" ONES "@](a\r\n\r\nx\r\n",
	HEAD "Message-ID: <x#[" ONES "@](a>\r\nReferences: <x#[" ONES "@](\r\n\r\nx\r\n",
	HEAD "Content-ID: <x#[" ONES "@](a>\r\n\r\nx\r\n",
	HEAD "Content-Type: message/rfc822\r\n\r\nFrom: x#[" ONES
	     "@](a\r\nSubject: =?@?q?x?=\r\n\r\nx\r\n",
	HEAD "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n"
	     "Content-Type: message/rfc822\r\n\r\nFrom: x#[" ONES
	     "@](a\r\nCc: =?@?q?x?= <a#b>\r\n\r\nx\r\n--a--\r\n",
	HEAD "Content-Type: multipart/digest; boundary=a\r\n\r\n--a\r\n\r\n"
	     "From: x#[" ONES "@](a\r\nSubject: =?@?q?x?=\r\n\r\nx\r\n--a--\r\n",
	/* names of charsets */
	"From: =?@?q?x?= <a#example.org>\r\nSubject: =?@?b?eA==?=\r\n\r\nx\r\n",
	"From: a#example.org\r\nSubject: =?@*en?q?x?= =?@.?q?y?=\r\n\r\nx\r\n",
	HEAD "Content-Type: text/plain; charset=@\r\n\r\n\344\r\n",
	HEAD "Content-Type: text/plain; charset=\"@\"\r\n\r\n\344\r\n",
	HEAD "Content-Type: text/plain; charset*=@''@\r\n\r\n\344\r\n",
	HEAD "Content-Type: text/plain; charset*0=u@; charset*1=f-8\r\n\r\n\344\r\n",
	HEAD "Content-Type: text/plain; charset=utf-8//@\r\n\r\n\344\r\n",
	HEAD "Content-Type: text/html; charset=iso-8859-@\r\n\r\n<b>\344\r\n",
	HEAD "Content-Type: text/plain; charset=x\r\n ; name*=@''x\r\n\r\nx\r\n",
	HEAD "Content-Type: text/plain; name*0*=@''x; name*1*=y\r\n\r\nx\r\n",
	HEAD "Content-Type: text/plain; name=\"=?@?q?x?=\"\r\n\r\nx\r\n",
	HEAD "Content-Type: text/plain; @=@; @*=@''@\r\n\r\nx\r\n",
	HEAD "Content-Type: text/@; charset=utf-8\r\n\r\nx\r\n",
	HEAD "Content-Disposition: attachment; filename*=@''x\r\n\r\nx\r\n",
	HEAD "Content-Disposition: inline\r\n\t; filename=\"=?@?b?eA==?=\"\r\n\r\nx\r\n",
	HEAD "Content-Disposition : @; filename*0*=@'en'x\r\n\r\nx\r\n",
	HEAD "Content-Transfer-Encoding: @\r\n\r\nx\r\n",
	HEAD "Content-Description: =?@?q?x?=\r\nX-@: =?@?q?x?=\r\n\r\nx\r\n",
	/* boundaries, and parts below them */
	HEAD "Content-Type: multipart/mixed; boundary=@\r\n\r\n--@\r\n\r\nx\r\n--@--\r\n",
	HEAD "Content-Type: multipart/mixed; boundary*=@''a\r\n\r\n--a\r\n\r\nx\r\n",
	HEAD "Content-Type: multipart/mixed; boundary*=utf-8'@'a\r\n\r\n--a\r\n\r\nx\r\n",
	HEAD
	"Content-Type: multipart/mixed; boundary=\"=?@?q?a?=\"\r\n\r\n--a\r\n\r\nx\r\n",
	HEAD "Content-Type: multipart/mixed; boundary*0*=@''a; "
	     "boundary*1=b\r\n\r\n--ab\r\n\r\nx\r\n",
	HEAD "Content-Type: multipart/mixed (; boundary*=@''a);boundary=a\r\n\r\n--a\r\n"
	     "Content-Type: text/plain; charset=@;\r\n name*=@''x\r\n\r\nx\r\n--a--\r\n",
	HEAD "Content-Type: multipart/related; start=\"<x#[" ONES
	     "@](a>\"; boundary=a\r\n\r\n--a\r\nContent-ID: <x#[" ONES
	     "@](a>\r\n\r\nx\r\n--a--\r\n",
	HEAD "content-type\t: text/plain; charset=@; name*=@''x\r\n\r\nx\r\n",
	/* calendars and cut heads */
	HEAD
	"Content-Type: text/calendar; charset=@; method=@\r\n\r\nBEGIN:VCALENDAR\r\n",
	HEAD "Content-Type: text/plain; charset=@; name*=@''x",
	"Content-Type: text/plain; name*=@''x\r\nFrom: x#[" ONES "@](a",
};

size_t
hostile_count(void)
{
	return G_N_ELEMENTS(shapes);
}

const char *
hostile_shape(size_t shape)
{
	return shapes[shape];
}

char *
hostile_mail(size_t shape, unsigned number)
{
	GString *mail = g_string_new(NULL);

	for (const char *at = shapes[shape]; *at != '\0'; at++)
		if (*at == '@')
			g_string_append_printf(mail, "%08uxxxxxxxxxxxxxxxxxxxxxxxx",
					       number);
		else
			g_string_append_c(mail, *at == '#' ? '@' : *at);

	return g_string_free(mail, FALSE);
}

static void
ignore_mailbox(G_GNUC_UNUSED void *context, G_GNUC_UNUSED const Mailbox *mailbox)
{
}

void
hostile_read(const char *mail)
{
	size_t length = strlen(mail);
	g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(Message) message = message_new(mail, length, "fence", NULL);
	GString *changed = insert_into(mail, length, "text\n", "<p>text</p>\n", reasons);

	if (changed != NULL)
		g_string_free(changed, TRUE);
	if (message == NULL)
		return;
	for (size_t i = 0; i < head_length(message_head(message)); i++) {
		const char *name = head_name(message_head(message), i);

		g_free(message_field(message, name));
		mailbox_each(head_value(message_head(message), i), ignore_mailbox, NULL);
	}
}
