/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * load.c - plays the MTA to a milter, as fast as the milter answers
 *
 * usage: load SOCKET CONNECTIONS SECONDS MAILS MAIL...
 *
 * Design rationale: each thread is one SMTP server that takes a mail at a
 * time, over a connection of its own to the milter, as Postfix 3.7 does: the
 * same packets in the same order (version 6 of the protocol), the same macros,
 * written through a buffer of 4096 bytes.  It ends after SECONDS or after
 * MAILS, whichever is first and not 0, and prints one line of counts.  A
 * number measured over errors is worth nothing, so the first one ends it.
 */

#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib.h>
#include <libmilter/mfapi.h>
#include <libmilter/mfdef.h>

/* What Postfix offers with milter_protocol = 6. */
#define OFFERED_ACTIONS 0x1ffU
#define OFFERED_EVENTS  0x1fffffU

#define OUT_SIZE 4096U      /* VSTREAM_BUFSIZE */
#define IN_SIZE  (1U << 17) /* no reply of libmilter is longer than 64 kB */
#define CHUNK    65535U

typedef struct {
	const char *name;
	const char *value;
	size_t name_size, value_size; /* with the NUL that travels, too */
} Field;

typedef struct {
	char *bytes;    /* what the fields point into */
	GArray *fields; /* of Field */
	GString *body;
} Mail;

typedef struct {
	atomic_ulong mails, fields, chunks, skips;
} Counts;

/* Macros as they travel: name, NUL, value, NUL. */
typedef struct {
	size_t length;
	char bytes[512];
} Pairs;

typedef struct {
	char command;
	int stage;         /* of its macros */
	uint32_t unwanted; /* the milter does not want the event */
	uint32_t mute;     /* the milter does not answer it */
} Event;

/* What all threads share. */
typedef struct {
	struct sockaddr_un address;
	const Mail *mails;
	size_t n_mails;
	gint64 end;          /* monotonic, or G_MAXINT64 */
	unsigned long limit; /* of mails */
	atomic_ulong started;
	Counts counts;
} Run;

typedef struct {
	Run *run; /* borrowed */
	int fd;
	uint32_t protocol;
	char skipped; /* the event of which the milter has enough, or 0 */
	Pairs macros[SMFIM_EOH + 1];
	size_t out_used, in_used, in_read;
	char out[OUT_SIZE];
	char in[IN_SIZE];
} Connection;

/* By stage, Postfix's defaults; the milter may ask for others. */
static const char *const stage_macros[] = {
	[SMFIM_CONNECT] = "j {daemon_name} {daemon_addr} v _",
	[SMFIM_HELO] =
	    "{tls_version} {cipher} {cipher_bits} {cert_subject} {cert_issuer}",
	[SMFIM_ENVFROM] = ("i {auth_type} {auth_authen} {auth_author} "
			   "{mail_addr} {mail_host} {mail_mailer}"),
	[SMFIM_ENVRCPT] = "i {rcpt_addr} {rcpt_host} {rcpt_mailer}",
	[SMFIM_DATA] = "i",
	[SMFIM_EOM] = "i",
	[SMFIM_EOH] = "i",
};

static const struct {
	const char *name, *value;
	int since; /* the stage from which the MTA knows it */
} macros[] = {
	{ "j", "mx.example.net", SMFIM_CONNECT },
	{ "_", "client.example.org [192.0.2.1]", SMFIM_CONNECT },
	{ "v", "Postfix 3.7.11", SMFIM_CONNECT },
	{ "{daemon_name}", "mx.example.net", SMFIM_CONNECT },
	{ "{daemon_addr}", "192.0.2.25", SMFIM_CONNECT },
	{ "{client_addr}", "192.0.2.1", SMFIM_CONNECT },
	{ "{client_name}", "client.example.org", SMFIM_CONNECT },
	{ "{mail_addr}", "sender@example.org", SMFIM_ENVFROM },
	{ "{mail_host}", "example.org", SMFIM_ENVFROM },
	{ "{mail_mailer}", "smtp", SMFIM_ENVFROM },
	{ "{rcpt_addr}", "marieke@example.net", SMFIM_ENVRCPT },
	{ "{rcpt_host}", "example.net", SMFIM_ENVRCPT },
	{ "{rcpt_mailer}", "local", SMFIM_ENVRCPT },
	{ "i", "4ZkT7c0Wl2z9", SMFIM_DATA },
};

static const struct {
	Event connect, helo, sender, recipient, data, field, head_end, body, message_end;
} events = {
	{ SMFIC_CONNECT, SMFIM_CONNECT, SMFIP_NOCONNECT, SMFIP_NR_CONN },
	{ SMFIC_HELO, SMFIM_HELO, SMFIP_NOHELO, SMFIP_NR_HELO },
	{ SMFIC_MAIL, SMFIM_ENVFROM, SMFIP_NOMAIL, SMFIP_NR_MAIL },
	{ SMFIC_RCPT, SMFIM_ENVRCPT, SMFIP_NORCPT, SMFIP_NR_RCPT },
	{ SMFIC_DATA, SMFIM_DATA, SMFIP_NODATA, SMFIP_NR_DATA },
	{ SMFIC_HEADER, SMFIM_EOH, SMFIP_NOHDRS, SMFIP_NR_HDR },
	{ SMFIC_EOH, SMFIM_EOH, SMFIP_NOEOH, SMFIP_NR_EOH },
	{ SMFIC_BODY, SMFIM_EOM, SMFIP_NOBODY, SMFIP_NR_BODY },
	{ SMFIC_BODYEOB, SMFIM_EOM, 0, 0 },
};

/* Name, family, port and address of the client, as the protocol packs them. */
static const char client[] = "client.example.org\0"
			     "4\x9c\x40"
			     "192.0.2.1";

static void die(const char *what) G_GNUC_NORETURN;

static void
die(const char *what)
{
	fprintf(stderr, "load: %s (%s)\n", what, strerror(errno));
	exit(1);
}

/* Folded lines stay together, joined by LF as Postfix hands them over. */
static void
read_fields(Mail *mail, char *head)
{
	for (char *line = head, *end; *line != '\0'; line = end) {
		char *colon = strchr(line, ':');
		Field field;

		end = line;
		do {
			end = strchrnul(end + (*end == '\n'), '\n');
		} while (end[0] == '\n' && (end[1] == ' ' || end[1] == '\t'));
		if (*end == '\n')
			*end++ = '\0';
		if (colon == NULL || colon >= end)
			die("a line of the header is no field");
		*colon = '\0';
		field = (Field){ .name = line, .value = colon + 1 };
		field.name_size = (size_t)(colon - line) + 1;
		field.value_size = strlen(field.value) + 1;
		g_array_append_val(mail->fields, field);
	}
}

static Mail
mail_read(const char *path)
{
	Mail mail = { .fields = g_array_new(FALSE, FALSE, sizeof(Field)) };
	g_autoptr(GString) text = g_string_new(NULL);
	char *body;

	if (!g_file_get_contents(path, &mail.bytes, NULL, NULL))
		die(path);
	g_string_assign(text, mail.bytes);
	g_free(mail.bytes);
	g_string_replace(text, "\r\n", "\n", 0);
	mail.bytes = g_strdup(text->str);

	body = strstr(mail.bytes, "\n\n");
	if (body == NULL)
		die(path);
	mail.body = g_string_new(body + 2);
	g_string_replace(mail.body, "\n", "\r\n", 0);
	body[0] = '\0';
	read_fields(&mail, mail.bytes);

	return mail;
}

static void
mail_clear(Mail *mail)
{
	g_free(mail->bytes);
	g_array_unref(mail->fields);
	g_string_free(mail->body, TRUE);
}

static void
flush(Connection *connection)
{
	size_t done = 0;

	while (done < connection->out_used) {
		ssize_t n = send(connection->fd, connection->out + done,
				 connection->out_used - done, MSG_NOSIGNAL);

		if (n < 0)
			die("the milter takes nothing more");
		done += (size_t)n;
	}
	connection->out_used = 0;
}

static void
put(Connection *connection, const void *bytes, size_t length)
{
	const char *from = bytes;

	while (length > 0) {
		size_t n = MIN(length, OUT_SIZE - connection->out_used);

		memcpy(connection->out + connection->out_used, from, n);
		connection->out_used += n;
		from += n;
		length -= n;
		if (connection->out_used == OUT_SIZE)
			flush(connection);
	}
}

static void
put_command(Connection *connection, char command, size_t length)
{
	uint32_t size = htonl((uint32_t)length + 1);

	put(connection, &size, sizeof(size));
	put(connection, &command, 1);
}

static void
need(Connection *connection, size_t length)
{
	if (length > IN_SIZE)
		die("a reply is too long");
	if (connection->in_read + length > IN_SIZE) {
		connection->in_used -= connection->in_read;
		memmove(connection->in, connection->in + connection->in_read,
			connection->in_used);
		connection->in_read = 0;
	}
	while (connection->in_used - connection->in_read < length) {
		ssize_t n = recv(connection->fd, connection->in + connection->in_used,
				 IN_SIZE - connection->in_used, 0);

		if (n <= 0)
			die("the milter hung up");
		connection->in_used += (size_t)n;
	}
}

static uint32_t
number(const char *bytes)
{
	uint32_t n;

	memcpy(&n, bytes, sizeof(n));

	return ntohl(n);
}

/* The command of the next reply; its data is good until the next call. */
static char
next_reply(Connection *connection, const char **data_out, size_t *length_out)
{
	const char *packet;
	size_t length;

	flush(connection);
	need(connection, 5);
	length = number(connection->in + connection->in_read);
	if (length == 0)
		die("an empty reply");
	need(connection, 4 + length);
	packet = connection->in + connection->in_read;
	connection->in_read += 4 + length;
	*data_out = packet + 5;
	*length_out = length - 1;

	return packet[4];
}

/* Name and value, each with its NUL. */
static void
check_field(const char *data, size_t length)
{
	const char *value = memchr(data, '\0', length);

	if (value == NULL || value == data ||
	    memchr(value + 1, '\0', length - (size_t)(value + 1 - data)) !=
		data + length - 1)
		die("a malformed field");
}

static void
take_edit(Connection *connection, char edit, const char *data, size_t length)
{
	Counts *counts = &connection->run->counts;

	if (edit == SMFIR_REPLBODY) {
		atomic_fetch_add(&counts->chunks, 1);
		return;
	}
	if (edit != SMFIR_ADDHEADER) {
		if (length < 4)
			die("a field without an index");
		data += 4;
		length -= 4;
	}
	check_field(data, length);
	atomic_fetch_add(&counts->fields, 1);
}

/* Reads what the milter answers; true if it has decided about the mail. */
static bool
is_decided(Connection *connection, char event)
{
	const char *data;
	size_t length;

	for (;;) {
		char reply = next_reply(connection, &data, &length);

		switch (reply) {
		case SMFIR_PROGRESS:
			break;
		case SMFIR_CONTINUE:
			return false;
		case SMFIR_ACCEPT:
			return true;
		case SMFIR_SKIP:
			connection->skipped = event;
			atomic_fetch_add(&connection->run->counts.skips, 1);
			return false;
		case SMFIR_ADDHEADER:
		case SMFIR_INSHEADER:
		case SMFIR_CHGHEADER:
		case SMFIR_REPLBODY:
			if (event != SMFIC_BODYEOB)
				die("an edit before the end of the mail");
			take_edit(connection, reply, data, length);
			break;
		default:
			die("a reply that no mail here deserves");
		}
	}
}

static void
add_macro(Pairs *pairs, const char *name, size_t length, int stage)
{
	/* Numbered before the end of the header, but later in the mail. */
	int now = stage == SMFIM_EOM ? SMFIM_EOH : stage;

	for (size_t i = 0; i < G_N_ELEMENTS(macros); i++) {
		size_t size = strlen(macros[i].value) + 1;

		if (now < macros[i].since || strlen(macros[i].name) != length ||
		    memcmp(macros[i].name, name, length) != 0)
			continue;
		if (pairs->length + length + 1 + size > sizeof(pairs->bytes))
			die("too many macros");
		memcpy(pairs->bytes + pairs->length, name, length);
		pairs->bytes[pairs->length + length] = '\0';
		pairs->length += length + 1;
		memcpy(pairs->bytes + pairs->length, macros[i].value, size);
		pairs->length += size;
	}
}

/* The values, as far as an MTA has them at that stage, of the macros in a list. */
static void
set_macros(Pairs *pairs, const char *names, int stage)
{
	pairs->length = 0;
	while (*(names += strspn(names, " ")) != '\0') {
		size_t length = strcspn(names, " ");

		add_macro(pairs, names, length, stage);
		names += length;
	}
}

static void
negotiate(Connection *connection)
{
	const uint32_t offer[] = { htonl(SMFI_PROT_VERSION), htonl(OFFERED_ACTIONS),
				   htonl(OFFERED_EVENTS) };
	const char *asked[G_N_ELEMENTS(stage_macros)];
	const char *data;
	size_t length;

	put_command(connection, SMFIC_OPTNEG, sizeof(offer));
	put(connection, offer, sizeof(offer));
	if (next_reply(connection, &data, &length) != SMFIC_OPTNEG || length < 12)
		die("no negotiation");
	connection->protocol = number(data + 8);

	memcpy(asked, stage_macros, sizeof(asked));
	for (const char *at = data + 12; at + 5 <= data + length;
	     at += 5 + strlen(at + 4))
		if (number(at) < G_N_ELEMENTS(asked))
			asked[number(at)] = at + 4;
	for (size_t i = 0; i < G_N_ELEMENTS(asked); i++)
		set_macros(&connection->macros[i], asked[i], (int)i);
}

/*
 * Sends one event, made of one or two pieces, and its macros before it, which
 * travel even where the event itself stays home.  True if the milter has
 * decided about the mail.
 */
static bool
decides(Connection *connection, const Event *event, const char *first, size_t first_size,
	const char *second, size_t second_size)
{
	const Pairs *pairs = &connection->macros[event->stage];

	if (connection->skipped == event->command)
		return false;

	connection->skipped = '\0';
	put_command(connection, SMFIC_MACRO, 1 + pairs->length);
	put(connection, &event->command, 1);
	put(connection, pairs->bytes, pairs->length);
	if ((connection->protocol & event->unwanted) != 0)
		return false;

	put_command(connection, event->command, first_size + second_size);
	put(connection, first, first_size);
	put(connection, second, second_size);
	if ((connection->protocol & event->mute) != 0)
		return false;

	return is_decided(connection, event->command);
}

static bool
decides_text(Connection *connection, const Event *event, const char *text)
{
	return decides(connection, event, text, strlen(text) + 1, NULL, 0);
}

static bool
decides_head(Connection *connection, const Mail *mail)
{
	bool keeps_space = (connection->protocol & SMFIP_HDR_LEADSPC) != 0;

	for (guint i = 0; i < mail->fields->len; i++) {
		const Field *field = &g_array_index(mail->fields, Field, i);
		size_t skip = !keeps_space && field->value[0] == ' ' ? 1 : 0;

		if (decides(connection, &events.field, field->name, field->name_size,
			    field->value + skip, field->value_size - skip))
			return true;
	}

	return decides(connection, &events.head_end, NULL, 0, NULL, 0);
}

static bool
decides_body(Connection *connection, const Mail *mail)
{
	const GString *body = mail->body;

	for (size_t at = 0; at < body->len; at += CHUNK)
		if (decides(connection, &events.body, body->str + at,
			    MIN(CHUNK, body->len - at), NULL, 0))
			return true;

	return false;
}

/* Until the milter decides. */
static void
send_mail(Connection *connection, const Mail *mail)
{
	if (decides(connection, &events.connect, client, sizeof(client), NULL, 0) ||
	    decides_text(connection, &events.helo, "client.example.org") ||
	    decides_text(connection, &events.sender, "<sender@example.org>") ||
	    decides_text(connection, &events.recipient, "<marieke@example.net>") ||
	    decides(connection, &events.data, NULL, 0, NULL, 0))
		return;

	/* Here Postfix hands the connection from one process to the next. */
	flush(connection);
	if (!decides_head(connection, mail) && !decides_body(connection, mail))
		decides(connection, &events.message_end, NULL, 0, NULL, 0);
}

static void
open_connection(Connection *connection)
{
	const struct sockaddr_un *address = &connection->run->address;

	connection->in_used = connection->in_read = 0;
	connection->skipped = '\0';
	connection->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connection->fd < 0 ||
	    connect(connection->fd, (const struct sockaddr *)address, sizeof(*address)) !=
		0)
		die("no milter at the socket");
	negotiate(connection);
}

/* Postfix ends the mail, then once more the session, and says goodbye. */
static void
close_connection(Connection *connection)
{
	put_command(connection, SMFIC_ABORT, 0);
	put_command(connection, SMFIC_ABORT, 0);
	put_command(connection, SMFIC_QUIT, 0);
	flush(connection);
	close(connection->fd);
}

static gpointer
run_connection(gpointer data)
{
	Run *run = data;
	g_autofree Connection *connection = g_new0(Connection, 1);

	connection->run = run;
	while (g_get_monotonic_time() < run->end) {
		unsigned long turn = atomic_fetch_add(&run->started, 1);

		if (turn >= run->limit)
			break;
		open_connection(connection);
		send_mail(connection, &run->mails[turn % run->n_mails]);
		close_connection(connection);
		atomic_fetch_add(&run->counts.mails, 1);
	}

	return NULL;
}

static void
run_all(Run *run, size_t n_connections, double seconds)
{
	g_autofree GThread **threads = g_new0(GThread *, n_connections);
	gint64 start = g_get_monotonic_time();
	double took;

	run->end = seconds > 0 ? start + (gint64)(seconds * 1e6) : G_MAXINT64;
	for (size_t i = 0; i < n_connections; i++)
		threads[i] = g_thread_new("mta", run_connection, run);
	for (size_t i = 0; i < n_connections; i++)
		g_thread_join(threads[i]);
	took = (double)(g_get_monotonic_time() - start) / 1e6;

	printf("mails=%lu seconds=%.3f fields=%lu chunks=%lu skips=%lu\n",
	       run->counts.mails, took, run->counts.fields, run->counts.chunks,
	       run->counts.skips);
}

int
main(int argc, char **argv)
{
	Run run = { .address.sun_family = AF_UNIX };
	g_autofree Mail *mails = NULL;
	long limit;

	if (argc < 6 || strlen(argv[1]) >= sizeof(run.address.sun_path)) {
		fprintf(stderr, "usage: load SOCKET CONNECTIONS SECONDS MAILS MAIL...\n");
		return 2;
	}
	strcpy(run.address.sun_path, argv[1]);
	run.n_mails = (size_t)argc - 5;
	run.mails = mails = g_new0(Mail, run.n_mails);
	for (size_t i = 0; i < run.n_mails; i++)
		mails[i] = mail_read(argv[5 + i]);
	limit = atol(argv[4]);
	run.limit = limit > 0 ? (unsigned long)limit : G_MAXULONG;
	run_all(&run, (size_t)MAX(atol(argv[2]), 1), atof(argv[3]));

	for (size_t i = 0; i < run.n_mails; i++)
		mail_clear(&mails[i]);

	return 0;
}
