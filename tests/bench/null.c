/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * null.c - the cheapest milters that libmilter allows
 *
 * usage: null accept|edit SOCKET
 *
 *	accept	accepts every mail at the end of its header; its body never travels
 *	edit	keeps the whole mail in memory and gives it back with five fields
 *		more and its body replaced
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
edit_forget(SMFICTX *ctx)
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
edit_sender(SMFICTX *ctx, char **arguments)
{
	Kept *kept = g_new0(Kept, 1);

	(void)arguments;
	kept->head = g_byte_array_new();
	kept->body = g_byte_array_new();
	smfi_setpriv(ctx, kept);

	return SMFIS_NOREPLY;
}

static sfsistat
edit_field(SMFICTX *ctx, char *name, char *value)
{
	Kept *kept = smfi_getpriv(ctx);

	g_byte_array_append(kept->head, (const guint8 *)name, (guint)strlen(name));
	g_byte_array_append(kept->head, (const guint8 *)":", 1);
	g_byte_array_append(kept->head, (const guint8 *)value, (guint)strlen(value));
	g_byte_array_append(kept->head, (const guint8 *)"\r\n", 2);

	return SMFIS_NOREPLY;
}

static sfsistat
edit_head_end(SMFICTX *ctx)
{
	(void)ctx;

	return SMFIS_NOREPLY;
}

static sfsistat
edit_body(SMFICTX *ctx, unsigned char *bytes, size_t length)
{
	Kept *kept = smfi_getpriv(ctx);

	g_byte_array_append(kept->body, bytes, (guint)length);

	return SMFIS_NOREPLY;
}

static sfsistat
edit_message_end(SMFICTX *ctx)
{
	Kept *kept = smfi_getpriv(ctx);

	for (int i = 0; i < EDIT_FIELDS; i++)
		smfi_insheader(ctx, 0, (char *)"X-Null", (char *)"as cheap as it gets");
	smfi_replacebody(ctx, kept->body->data, (int)kept->body->len);

	return edit_forget(ctx);
}

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
	struct smfiDesc editing = {
		.xxfi_name = (char *)"null",
		.xxfi_version = SMFI_VERSION,
		.xxfi_flags = SMFIF_ADDHDRS | SMFIF_CHGBODY,
		.xxfi_negotiate = on_negotiate,
		.xxfi_envfrom = edit_sender,
		.xxfi_envrcpt = on_address,
		.xxfi_header = edit_field,
		.xxfi_eoh = edit_head_end,
		.xxfi_body = edit_body,
		.xxfi_eom = edit_message_end,
		.xxfi_abort = edit_forget,
		.xxfi_close = edit_forget,
	};
	bool is_edit = argc == 3 && strcmp(argv[1], "edit") == 0;

	if (!is_edit && (argc != 3 || strcmp(argv[1], "accept") != 0)) {
		fprintf(stderr, "usage: null accept|edit SOCKET\n");
		return 2;
	}
	if (smfi_register(is_edit ? editing : accepting) != MI_SUCCESS ||
	    smfi_setconn(argv[2]) != MI_SUCCESS ||
	    smfi_setbacklog(SOMAXCONN) != MI_SUCCESS) {
		fprintf(stderr, "null: cannot serve %s\n", argv[2]);
		return 1;
	}

	return smfi_main() == MI_SUCCESS ? 0 : 1;
}
