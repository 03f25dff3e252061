/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * null.c - the cheapest milters that libmilter allows
 *
 * usage: null accept|keep|parse|edit SOCKET
 *
 *	accept	accepts every mail at the end of its header; its body never travels
 *	keep	keeps the whole mail in memory, up to its end
 *	parse	does so, and lets GMime read it and decode its texts
 *	edit	keeps it and gives it back with five fields more and its body replaced
 *
 * No milter on this library and this machine is faster, so what invite-milter
 * takes beyond them is its own.
 */

#include "config.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <glib.h>
#include <gmime/gmime.h>
#include <libmilter/mfapi.h>

#define NO_REPLIES                                                                       \
	(SMFIP_NR_MAIL | SMFIP_NR_RCPT | SMFIP_NR_HDR | SMFIP_NR_EOH | SMFIP_NR_BODY)
#define NO_EVENTS (SMFIP_NOCONNECT | SMFIP_NOHELO | SMFIP_NOUNKNOWN | SMFIP_NODATA)

#define EDIT_FIELDS 5

typedef struct {
	GByteArray *head;
	GByteArray *body;
} Kept;

static sfsistat
on_negotiate(SMFICTX *ctx, unsigned long actions, unsigned long protocol,
	     unsigned long unused2, unsigned long unused3, unsigned long *actions_out,
	     unsigned long *protocol_out, unsigned long *out2, unsigned long *out3)
{
	(void)ctx;
	(void)unused2;
	(void)unused3;
	*actions_out = actions & (SMFIF_ADDHDRS | SMFIF_CHGBODY);
	*protocol_out = protocol & (NO_REPLIES | NO_EVENTS);
	*out2 = *out3 = 0;

	return SMFIS_CONTINUE;
}

static sfsistat
accept_negotiate(SMFICTX *ctx, unsigned long actions, unsigned long protocol,
		 unsigned long unused2, unsigned long unused3, unsigned long *actions_out,
		 unsigned long *protocol_out, unsigned long *out2, unsigned long *out3)
{
	sfsistat status = on_negotiate(ctx, actions, protocol, unused2, unused3,
				       actions_out, protocol_out, out2, out3);

	/* The end of the header is where it answers. */
	*protocol_out &= ~(unsigned long)SMFIP_NR_EOH;

	return status;
}

static sfsistat
on_address(SMFICTX *ctx, char **arguments)
{
	(void)ctx;
	(void)arguments;

	return SMFIS_NOREPLY;
}

static sfsistat
accept_field(SMFICTX *ctx, char *name, char *value)
{
	(void)ctx;
	(void)name;
	(void)value;

	return SMFIS_NOREPLY;
}

static sfsistat
accept_head_end(SMFICTX *ctx)
{
	(void)ctx;

	return SMFIS_ACCEPT;
}

static sfsistat
keep_forget(SMFICTX *ctx)
{
	Kept *kept = smfi_getpriv(ctx);

	if (kept == NULL)
		return SMFIS_CONTINUE;

	smfi_setpriv(ctx, NULL);
	g_byte_array_unref(kept->head);
	g_byte_array_unref(kept->body);
	g_free(kept);

	return SMFIS_CONTINUE;
}

static sfsistat
keep_sender(SMFICTX *ctx, char **arguments)
{
	Kept *kept = g_new0(Kept, 1);

	(void)arguments;
	kept->head = g_byte_array_new();
	kept->body = g_byte_array_new();
	smfi_setpriv(ctx, kept);

	return SMFIS_NOREPLY;
}

static sfsistat
keep_field(SMFICTX *ctx, char *name, char *value)
{
	Kept *kept = smfi_getpriv(ctx);

	g_byte_array_append(kept->head, (const guint8 *)name, (guint)strlen(name));
	g_byte_array_append(kept->head, (const guint8 *)":", 1);
	g_byte_array_append(kept->head, (const guint8 *)value, (guint)strlen(value));
	g_byte_array_append(kept->head, (const guint8 *)"\r\n", 2);

	return SMFIS_NOREPLY;
}

static sfsistat
keep_head_end(SMFICTX *ctx)
{
	(void)ctx;

	return SMFIS_NOREPLY;
}

static sfsistat
keep_body(SMFICTX *ctx, unsigned char *bytes, size_t length)
{
	Kept *kept = smfi_getpriv(ctx);

	g_byte_array_append(kept->body, bytes, (guint)length);

	return SMFIS_NOREPLY;
}

static void
decode(GMimeObject *parent, GMimeObject *part, gpointer unused)
{
	(void)parent;
	(void)unused;
	if (GMIME_IS_TEXT_PART(part))
		g_free(g_mime_text_part_get_text(GMIME_TEXT_PART(part)));
}

static sfsistat
parse_message_end(SMFICTX *ctx)
{
	Kept *kept = smfi_getpriv(ctx);
	GMimeStream *stream = g_mime_stream_mem_new();
	GMimeParser *parser;
	GMimeMessage *message;

	g_byte_array_append(kept->head, (const guint8 *)"\r\n", 2);
	g_byte_array_append(kept->head, kept->body->data, kept->body->len);
	g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(stream), kept->head);
	parser = g_mime_parser_new_with_stream(stream);
	message = g_mime_parser_construct_message(parser, NULL);
	if (message != NULL) {
		g_mime_message_foreach(message, decode, NULL);
		g_object_unref(message);
	}
	g_object_unref(parser);
	g_object_unref(stream);

	return keep_forget(ctx);
}

static sfsistat
edit_message_end(SMFICTX *ctx)
{
	Kept *kept = smfi_getpriv(ctx);

	for (int i = 0; i < EDIT_FIELDS; i++)
		smfi_insheader(ctx, 0, (char *)"X-Null", (char *)"as cheap as it gets");
	smfi_replacebody(ctx, kept->body->data, (int)kept->body->len);

	return keep_forget(ctx);
}

/* What each does at the end of a mail; NULL: it ended with its header. */
static const struct {
	const char *name;
	sfsistat (*message_end)(SMFICTX *);
} modes[] = {
	{ "accept", NULL },
	{ "keep", keep_forget },
	{ "parse", parse_message_end },
	{ "edit", edit_message_end },
};

int
main(int argc, char **argv)
{
	struct smfiDesc accepting = {
		.xxfi_name = (char *)"null",
		.xxfi_version = SMFI_VERSION,
		.xxfi_negotiate = accept_negotiate,
		.xxfi_envfrom = on_address,
		.xxfi_envrcpt = on_address,
		.xxfi_header = accept_field,
		.xxfi_eoh = accept_head_end,
	};
	struct smfiDesc keeping = {
		.xxfi_name = (char *)"null",
		.xxfi_version = SMFI_VERSION,
		.xxfi_flags = SMFIF_ADDHDRS | SMFIF_CHGBODY,
		.xxfi_negotiate = on_negotiate,
		.xxfi_envfrom = keep_sender,
		.xxfi_envrcpt = on_address,
		.xxfi_header = keep_field,
		.xxfi_eoh = keep_head_end,
		.xxfi_body = keep_body,
		.xxfi_abort = keep_forget,
		.xxfi_close = keep_forget,
	};
	size_t mode = 0;

	while (argc == 3 && mode < G_N_ELEMENTS(modes) &&
	       strcmp(argv[1], modes[mode].name) != 0)
		mode++;
	if (argc != 3 || mode == G_N_ELEMENTS(modes)) {
		fprintf(stderr, "usage: null accept|keep|parse|edit SOCKET\n");
		return 2;
	}
	g_mime_init();
	keeping.xxfi_eom = modes[mode].message_end;
	if (smfi_register(keeping.xxfi_eom != NULL ? keeping : accepting) != MI_SUCCESS ||
	    smfi_setconn(argv[2]) != MI_SUCCESS ||
	    smfi_setbacklog(SOMAXCONN) != MI_SUCCESS) {
		fprintf(stderr, "null: cannot serve %s\n", argv[2]);
		return 1;
	}

	return smfi_main() == MI_SUCCESS ? 0 : 1;
}
