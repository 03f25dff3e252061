/* SPDX-License-Identifier: BSD-2-Clause */
/* smtp-client.c - hands one mail to an MTA by SMTP, as another host does */

#include "config.h"

#include <string.h>

#include <gio/gio.h>

#include "ctl/smtp-client.h"

#define ANSWER_LINES 100 /* of one answer: what has more is no SMTP */
#define LINE_BYTES   1024

G_DEFINE_QUARK(smtp_client_error, smtp_client_error)

typedef struct {
	GInputStream *in; /* borrowed, as out is */
	GOutputStream *out;
} Peer;

/* One line without its end; NULL where there is none.  The caller's. */
static char *
read_line(const Peer *peer)
{
	g_autoptr(GString) line = g_string_new(NULL);
	char byte;

	while (line->len < LINE_BYTES &&
	       g_input_stream_read(peer->in, &byte, 1, NULL, NULL) == 1) {
		if (byte == '\n')
			return g_strchomp(g_strdup(line->str));
		g_string_append_c(line, byte);
	}

	return NULL;
}

/* Whether the answer's code begins with this digit; else the error says what it was. */
static bool
answers(const Peer *peer, char digit, GError **error)
{
	for (int i = 0; i < ANSWER_LINES; i++) {
		g_autofree char *line = read_line(peer);

		if (line == NULL || strlen(line) < 3)
			break;
		if (line[3] == '-')
			continue;
		if (line[0] == digit)
			return true;
		g_set_error_literal(error, SMTP_CLIENT_ERROR, SMTP_CLIENT_ERROR_REFUSED,
				    line);
		return false;
	}
	g_set_error_literal(error, SMTP_CLIENT_ERROR, SMTP_CLIENT_ERROR_NOBODY,
			    "no answer of SMTP");

	return false;
}

/* Say a line, and hear the answer. */
static bool
say(const Peer *peer, const char *line, char digit, GError **error)
{
	g_autofree char *whole = g_strconcat(line, "\r\n", NULL);

	/* What cannot be said is not answered. */
	g_output_stream_write_all(peer->out, whole, strlen(whole), NULL, NULL, NULL);

	return answers(peer, digit, error);
}

/* With CR LF, and a second dot where a line begins with one (RFC 5321, 4.5.2). */
static char *
in_transit(const char *mail)
{
	GString *text = g_string_new(NULL);

	for (const char *at = mail; *at != '\0'; at++) {
		if (*at == '.' && (at == mail || at[-1] == '\n'))
			g_string_append_c(text, '.');
		if (*at == '\n')
			g_string_append_c(text, '\r');
		g_string_append_c(text, *at);
	}
	if (!g_str_has_suffix(text->str, "\n"))
		g_string_append(text, "\r\n");
	g_string_append_c(text, '.');

	return g_string_free(text, FALSE);
}

bool
smtp_client_send(const char *place, const char *recipient, const char *mail,
		 GError **error)
{
	g_autoptr(GSocketClient) client = g_socket_client_new();
	g_autoptr(GSocketConnection) connection = NULL;
	g_autofree char *to = g_strdup_printf("RCPT TO:<%s>", recipient);
	g_autofree char *text = in_transit(mail);
	g_autoptr(GError) trouble = NULL;
	Peer peer;

	if (strpbrk(recipient, "\r\n<>") != NULL) {
		g_set_error_literal(error, SMTP_CLIENT_ERROR, SMTP_CLIENT_ERROR_REFUSED,
				    "no address");
		return false;
	}
	g_socket_client_set_timeout(client, SMTP_CLIENT_PATIENCE);
	g_socket_client_set_enable_proxy(client, FALSE);
	connection = g_socket_client_connect_to_host(client, place, SMTP_CLIENT_PORT,
						     NULL, &trouble);
	if (connection == NULL) {
		g_set_error_literal(error, SMTP_CLIENT_ERROR, SMTP_CLIENT_ERROR_NOBODY,
				    trouble->message);
		return false;
	}
	peer.in = g_io_stream_get_input_stream(G_IO_STREAM(connection));
	peer.out = g_io_stream_get_output_stream(G_IO_STREAM(connection));
	if (!answers(&peer, '2', error) || !say(&peer, "EHLO localhost", '2', error) ||
	    !say(&peer, "MAIL FROM:<>", '2', error) || !say(&peer, to, '2', error) ||
	    !say(&peer, "DATA", '3', error) || !say(&peer, text, '2', error))
		return false;
	/* The mail is the MTA's by now. */
	say(&peer, "QUIT", '2', NULL);

	return true;
}
