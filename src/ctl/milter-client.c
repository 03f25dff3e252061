/* SPDX-License-Identifier: BSD-2-Clause */
/* milter-client.c - hands one mail to a milter, as an MTA does */

#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <gio/gio.h>

#include "ctl/milter-client.h"

/* One answer has so many bytes at most, and one mail so many answers. */
#define ANSWER_BYTES (1024 * 1024)
#define ANSWERS      200

#define PROTOCOL 6
#define ACTIONS  0x1ff

/* Steps that a filter may leave out, but no step without an answer. */
#define STEPS 0x7f

/* This address is nobody's (RFC 5737), so no site takes the mail for its own. */
#define CLIENT "192.0.2.1"
#define AUTHOR "<doctor@example.org>"

typedef struct {
	int fd;
	guint32 left_out; /* bits of steps */
	GByteArray *data; /* of the last answer, without its letter */
	size_t answers;
	GError *error; /* of the first trouble */
} Peer;

static void
fail(Peer *peer, const char *why)
{
	if (peer->error == NULL)
		g_set_error_literal(&peer->error, G_IO_ERROR, G_IO_ERROR_FAILED, why);
}

static void
send_packet(Peer *peer, char letter, const void *data, size_t length)
{
	g_autoptr(GByteArray) packet = g_byte_array_new();
	guint32 size = htonl((guint32)length + 1);

	g_byte_array_append(packet, (const guint8 *)&size, sizeof(size));
	g_byte_array_append(packet, (const guint8 *)&letter, 1);
	g_byte_array_append(packet, data, (guint)length);
	for (size_t sent = 0; peer->error == NULL && sent < packet->len;) {
		ssize_t done =
		    send(peer->fd, packet->data + sent, packet->len - sent, MSG_NOSIGNAL);

		if (done <= 0)
			fail(peer, g_strerror(errno));
		else
			sent += (size_t)done;
	}
}

static bool
receive(Peer *peer, void *bytes, size_t length)
{
	for (size_t got = 0; got < length;) {
		ssize_t more = recv(peer->fd, (char *)bytes + got, length - got, 0);

		if (more <= 0) {
			fail(peer, more == 0 ? "the milter hung up"
					     : "the milter did not answer");
			return false;
		}
		got += (size_t)more;
	}

	return true;
}

/* The letter of the next answer; '\0' where there is none. */
static char
read_answer(Peer *peer)
{
	guint32 size;
	char letter = '\0';

	if (peer->error != NULL || !receive(peer, &size, sizeof(size)))
		return '\0';
	size = ntohl(size);
	if (size == 0 || size > ANSWER_BYTES || ++peer->answers > ANSWERS) {
		fail(peer, "what listens there is no milter");
		return '\0';
	}
	g_byte_array_set_size(peer->data, size - 1);

	return receive(peer, &letter, 1) && receive(peer, peer->data->data, size - 1)
		   ? letter
		   : '\0';
}

/* False where the milter wants no more of the mail. */
static bool
step(Peer *peer, guint32 bit, char letter, const void *data, size_t length)
{
	if ((peer->left_out & bit) != 0)
		return true;
	send_packet(peer, letter, data, length);

	return read_answer(peer) == 'c';
}

static void
negotiate(Peer *peer)
{
	guint32 offer[] = { htonl(PROTOCOL), htonl(ACTIONS), htonl(STEPS) };

	send_packet(peer, 'O', offer, sizeof(offer));
	if (read_answer(peer) != 'O' || peer->data->len < sizeof(offer)) {
		fail(peer, "what listens there is no milter");
		return;
	}
	memcpy(offer, peer->data->data, sizeof(offer));
	peer->left_out = ntohl(offer[2]);
}

/* NUL-terminated strings, one behind the other. */
static GByteArray *
strings(const char *first, const char *second)
{
	GByteArray *bytes = g_byte_array_new();

	g_byte_array_append(bytes, (const guint8 *)first, (guint)strlen(first) + 1);
	if (second != NULL)
		g_byte_array_append(bytes, (const guint8 *)second,
				    (guint)strlen(second) + 1);

	return bytes;
}

static bool
send_envelope(Peer *peer, const char *recipient)
{
	static const char connection[] = "client.example.org\0"
					 "4\x61\xa8" CLIENT;
	static const char helo[] = "client.example.org";
	g_autofree char *to = g_strdup_printf("<%s>", recipient);

	return step(peer, 0x01, 'C', connection, sizeof(connection)) &&
	       step(peer, 0x02, 'H', helo, sizeof(helo)) &&
	       step(peer, 0x04, 'M', AUTHOR, sizeof(AUTHOR)) &&
	       step(peer, 0x08, 'R', to, strlen(to) + 1);
}

static bool
send_head(Peer *peer, const char *head)
{
	g_auto(GStrv) lines = g_strsplit(head, "\n", -1);

	for (size_t i = 0; lines[i] != NULL; i++) {
		char *colon = strchr(lines[i], ':');
		g_autoptr(GByteArray) field = NULL;

		if (colon == NULL)
			continue;
		*colon = '\0';
		field = strings(lines[i], g_strchug(colon + 1));
		if (!step(peer, 0x20, 'L', field->data, field->len))
			return false;
	}

	return step(peer, 0x40, 'N', "", 0);
}

/* The value of the field, where this answer adds it; NULL else. */
static char *
added_value(const Peer *peer, char letter, const char *field)
{
	size_t skip = letter == 'i' ? sizeof(guint32) : 0, length = peer->data->len;
	const char *name = (const char *)peer->data->data + skip;

	if ((letter != 'i' && letter != 'h') || length <= skip + strlen(field) + 1 ||
	    peer->data->data[length - 1] != '\0' || strcmp(name, field) != 0)
		return NULL;

	return g_strdup(name + strlen(field) + 1);
}

static void
end_mail(Peer *peer, const char *field, char **value_out)
{
	char letter;

	send_packet(peer, 'E', "", 0);
	do {
		char *value;

		letter = read_answer(peer);
		value = letter != '\0' ? added_value(peer, letter, field) : NULL;
		if (value != NULL) {
			g_free(*value_out);
			*value_out = value;
		}
	} while (letter != '\0' && strchr("mih+-2bpq", letter) != NULL);
}

static int
connect_unix(const char *path)
{
	struct sockaddr_un place = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_strlcpy(place.sun_path, path, sizeof(place.sun_path));
	if (fd >= 0 && connect(fd, (struct sockaddr *)&place, sizeof(place)) == 0)
		return fd;
	if (fd >= 0)
		close(fd);

	return -1;
}

/* name: PORT@HOST */
static int
connect_inet(const char *name)
{
	g_auto(GStrv) parts = g_strsplit(name, "@", 2);
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *found = NULL;
	int fd = -1;

	if (parts[0] == NULL || getaddrinfo(parts[1] != NULL ? parts[1] : NULL, parts[0],
					    &hints, &found) != 0)
		return -1;
	fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
		close(fd);
		fd = -1;
	}
	freeaddrinfo(found);

	return fd;
}

static int
connect_to(const char *name)
{
	const char *rest = strchr(name, ':');

	if (rest == NULL)
		return -1;

	return g_str_has_prefix(name, "inet") ? connect_inet(rest + 1)
					      : connect_unix(rest + 1);
}

bool
milter_client_send(const char *name, const char *mail, const char *recipient,
		   const char *field, char **value_out, GError **error)
{
	const struct timeval patience = { .tv_sec = MILTER_CLIENT_PATIENCE };
	g_autoptr(GByteArray) data = g_byte_array_new();
	g_auto(GStrv) parts = g_strsplit(mail, "\n\n", 2);
	Peer peer = { .fd = connect_to(name), .data = data };

	*value_out = NULL;
	if (peer.fd < 0) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s: %s", name,
			    g_strerror(errno));
		return false;
	}
	setsockopt(peer.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	negotiate(&peer);
	if (peer.error == NULL && send_envelope(&peer, recipient) &&
	    send_head(&peer, parts[0]) &&
	    step(&peer, 0x10, 'B', parts[1], strlen(parts[1])))
		end_mail(&peer, field, value_out);
	close(peer.fd);
	if (peer.error == NULL)
		return true;
	g_propagate_error(error, peer.error);

	return false;
}
