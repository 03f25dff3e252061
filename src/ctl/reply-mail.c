/* SPDX-License-Identifier: BSD-2-Clause */
/* reply-mail.c - sends the reply to an invitation by mail */

#include "config.h"

#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/terminal.h"
#include "ctl/client.h"
#include "ctl/reply-mail.h"
#include "ctl/sendmail.h"
#include "mail/encoded-field.h"
#include "mail/transfer.h"
#include "text/address.h"
#include "text/text.h"

/* Characters of a subject that is answered. */
#define SUBJECT_MAX_CHARS 200

/* Is it one "<…>" of printable ASCII, which can stand in a field as it is? */
static bool
is_message_id(const char *text)
{
	size_t length = text != NULL ? strlen(text) : 0;

	if (length < 3 || length > SUBJECT_MAX_CHARS || text[0] != '<' ||
	    text[length - 1] != '>')
		return false;
	for (size_t i = 1; i < length - 1; i++)
		if (!g_ascii_isgraph(text[i]) || text[i] == '<' || text[i] == '>')
			return false;

	return true;
}

static char *
subject_of(const ReplyMail *mail)
{
	g_autofree char *clean =
	    text_clean(mail->subject != NULL ? mail->subject : "", SUBJECT_MAX_CHARS);
	bool is_answer = g_ascii_strncasecmp(clean, "Re:", strlen("Re:")) == 0;

	return g_strdup_printf("%s%s", is_answer ? "" : "Re: ", clean);
}

/* Its lines, ended as mail has them. */
static GString *
body_of(const char *text)
{
	GString *body = g_string_new(NULL);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (size_t i = 0; lines[i] != NULL; i++) {
		g_strchomp(lines[i]);
		if (lines[i][0] != '\0' || lines[i + 1] != NULL)
			g_string_append_printf(body, "%s\r\n", lines[i]);
	}

	return body;
}

GString *
reply_mail_write(const ReplyMail *mail, GError **error)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GString) body = NULL, quoted = NULL;
	g_autofree char *subject = NULL, *encoded = NULL;

	if (!address_is_plain(mail->to) || !address_is_plain(mail->from)) {
		g_set_error(error, CLIENT_ERROR, CLIENT_ERROR_VALUE,
			    "\"%s\" is no address that mail can be sent %s",
			    address_is_plain(mail->to) ? mail->from : mail->to,
			    address_is_plain(mail->to) ? "from; name it with --owner"
						       : "to");
		return NULL;
	}
	subject = subject_of(mail);
	encoded = encoded_field(subject, ENCODED_TEXT, strlen("Subject: "));
	body = body_of(mail->text);
	quoted = transfer_encode_quoted(body);
	g_string_append_printf(out, "From: <%s>\nTo: <%s>\nSubject: %s\n", mail->from,
			       mail->to, encoded);
	if (is_message_id(mail->message_id))
		g_string_append_printf(out, "In-Reply-To: %s\nReferences: %s\n",
				       mail->message_id, mail->message_id);
	g_string_append(out, "MIME-Version: 1.0\n"
			     "Content-Type: text/plain; charset=UTF-8\n"
			     "Content-Transfer-Encoding: quoted-printable\n\n");
	g_string_append(out, quoted->str);
	g_string_replace(out, "\r\n", "\n", 0);

	return g_steal_pointer(&out);
}

static void
show(const ReplyMail *mail, FILE *out)
{
	g_autofree char *subject = subject_of(mail);

	terminal_print(out, "From: %s", mail->from);
	terminal_print(out, "To: %s", mail->to);
	terminal_print(out, "Subject: %s", subject);
	fputc('\n', out);
	terminal_print_lines(out, "", mail->text);
	fflush(out);
}

/* Somebody must be there to say yes. */
static bool
is_agreed_to(void)
{
	char answer[16] = "";

	if (!isatty(STDIN_FILENO)) {
		fputs("invitectl reply: not sent: nobody is there to be asked; --yes "
		      "sends it\n",
		      stderr);
		return false;
	}
	fputs("\nSend it? [y/N] ", stderr);
	if (fgets(answer, sizeof(answer), stdin) != NULL &&
	    (answer[0] == 'y' || answer[0] == 'Y'))
		return true;
	fputs("invitectl reply: not sent\n", stderr);

	return false;
}

int
reply_mail_send(const ReplyMail *mail, bool is_agreed, FILE *out)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) text = reply_mail_write(mail, &error);
	const Sendmail envelope = { .from = mail->from, .to = mail->to };

	if (text == NULL) {
		terminal_print(stderr, "invitectl reply: %s", error->message);
		return client_status(error);
	}
	show(mail, out);
	if (!is_agreed && !is_agreed_to())
		return EX_USAGE;
	if (sendmail_hand_over(&envelope, text->str, text->len, &error)) {
		terminal_print(stderr, "invitectl reply: handed to sendmail(1) for %s",
			       mail->to);
		return EX_OK;
	}
	terminal_print_lines(stderr, "invitectl reply: not sent: ", error->message);

	return EX_UNAVAILABLE;
}
