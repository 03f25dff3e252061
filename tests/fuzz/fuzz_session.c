/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_session.c - does any row of libmilter's calls do a mail harm?
 *
 * This program is libmilter: it calls the callbacks of milter.c, and takes the edits.
 * Each piece of the input is a step (the steps' table, by the first byte); one that is
 * no step is a whole mail, which comes after all that comes before a mail.
 *
 * Edits must be fit to send, what the sender wrote in our fields must go, and a mail
 * whose head no network could have sent must not be edited otherwise.  The store is
 * kept from input to input.
 */

#include "config.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>

#include <libmilter/mfapi.h>

#include "base/log.h"
#include "edit/fields.h"
#include "fuzz.h"
#include "mail/message.h"
#include "milter/milter.h"

#define MAX_BYTES 65536
#define MAX_STEPS 200

/* All that a policy can do, done by somebody. */
static const char conf[] =
    "[trust]\nauthserv-id = mx.example.net\nown-networks = 10.0.0.0/8\n"
    "own-hosts = mx.example.net\n[log]\nlevel = error\ntarget = stderr\n"
    "[policy]\nbanner = yes\nsubject = [%v]\nspammy = tag; redirect %u+spam@%d\n"
    "forged = reject This is no invitation\n"
    "[policy recipient bo@example.net]\nany = copy c@example.net; tag; banner\n"
    "[policy recipient al@example.net]\nallow-discard = yes\nany = discard\n";

static struct smfiDesc filter;
static Assessor *assessor;

/* What the MTA knows. */
static struct {
	void *priv;
	GHashTable *macros; /* char * → char * */
	GPtrArray *recipients;
	Head *head;              /* of the mail in flight, without our fields */
	size_t ours[FIELD_LAST]; /* what the sender wrote of them */
	size_t deleted[FIELD_LAST];
	bool is_in_mail, is_over, is_claimed, is_edited;
} mta;

/* One of no meaning, which is never looked into. */
static SMFICTX *const ctx = (SMFICTX *)(void *)&mta;

int
smfi_register(struct smfiDesc description)
{
	filter = description;

	return MI_SUCCESS;
}

int
smfi_setconn(char *name)
{
	(void)name;
	return MI_SUCCESS;
}

int
smfi_opensocket(bool is_new)
{
	(void)is_new;
	return MI_SUCCESS;
}

int
smfi_setpriv(SMFICTX *context, void *data)
{
	(void)context;
	mta.priv = data;

	return MI_SUCCESS;
}

void *
smfi_getpriv(SMFICTX *context)
{
	(void)context;
	return mta.priv;
}

char *
smfi_getsymval(SMFICTX *context, char *name)
{
	(void)context;
	return g_hash_table_lookup(mta.macros, name);
}

int
smfi_setsymlist(SMFICTX *context, int stage, char *names)
{
	(void)context;
	(void)stage;
	(void)names;

	return MI_SUCCESS;
}

/* Fields of ours are deleted from the last to the first, and before one is added. */
int
smfi_chgheader(SMFICTX *context, char *name, int index, char *value)
{
	Field field = fields_of(name);

	(void)context;
	if (value != NULL) {
		g_assert_cmpstr(name, ==, "Subject");
		fuzz_check_value(value);
		mta.is_edited = true;
		return MI_SUCCESS;
	}
	g_assert_cmpint(field, !=, FIELD_LAST);
	g_assert_cmpuint((size_t)index + mta.deleted[field], ==, mta.ours[field]);
	mta.deleted[field]++;

	return MI_SUCCESS;
}

int
smfi_insheader(SMFICTX *context, int index, char *name, char *value)
{
	(void)context;
	g_assert_cmpint(index, ==, 0);
	g_assert_cmpint(fields_of(name), !=, FIELD_LAST);
	fuzz_check_value(value);
	mta.is_edited = true;

	return MI_SUCCESS;
}

int
smfi_addrcpt(SMFICTX *context, char *address)
{
	(void)context;
	fuzz_check_line(address);
	g_assert_true(address[0] == '<' && g_str_has_suffix(address, ">"));
	mta.is_edited = true;

	return MI_SUCCESS;
}

int
smfi_delrcpt(SMFICTX *context, char *address)
{
	(void)context;
	g_assert_true(
	    g_ptr_array_find_with_equal_func(mta.recipients, address, g_str_equal, NULL));
	mta.is_edited = true;

	return MI_SUCCESS;
}

int
smfi_replacebody(SMFICTX *context, unsigned char *bytes, int length)
{
	(void)context;
	g_assert_true(bytes != NULL && length > 0);
	mta.is_edited = true;

	return MI_SUCCESS;
}

int
smfi_setreply(SMFICTX *context, char *code, char *extended, char *text)
{
	(void)context;
	g_assert_cmpint(code[0], ==, extended[0]);
	fuzz_check_line(text);
	g_assert_null(strchr(text, '%'));

	return MI_SUCCESS;
}

static void
forget_mail(void)
{
	g_ptr_array_set_size(mta.recipients, 0);
	head_reset(mta.head);
	memset(mta.ours, 0, sizeof(mta.ours));
	memset(mta.deleted, 0, sizeof(mta.deleted));
	mta.is_in_mail = mta.is_over = mta.is_claimed = mta.is_edited = false;
}

static void
on_connect(char *text)
{
	struct sockaddr_in address = { .sin_family = AF_INET };

	/* In our network, or not. */
	address.sin_addr.s_addr = htonl(text[0] == 'o' ? 0x0a000001 : 0xc0000201);
	filter.xxfi_connect(ctx, text[0] != '\0' ? text : NULL,
			    text[0] == 'x' ? NULL : (void *)&address);
}

static void
on_negotiate(char *text)
{
	unsigned long out[4];
	unsigned long protocol = text[0] == 's' ? ~0UL : 0;

	filter.xxfi_negotiate(ctx, ~0UL, protocol, 0, 0, &out[0], &out[1], &out[2],
			      &out[3]);
}

/* "NAME VALUE" */
static void
on_macro(char *text)
{
	char *blank = strchr(text, ' ');

	if (blank != NULL)
		g_hash_table_replace(mta.macros, g_strndup(text, (size_t)(blank - text)),
				     g_strdup(blank + 1));
}

static void
on_mail(char *text)
{
	char *arguments[] = { text, NULL };

	forget_mail();
	filter.xxfi_envfrom(ctx, arguments);
	mta.is_in_mail = true;
}

static void
on_recipient(char *text)
{
	char *arguments[] = { text, NULL };

	g_ptr_array_add(mta.recipients, g_strdup(text));
	filter.xxfi_envrcpt(ctx, arguments);
}

static void
on_field(char *text)
{
	char *value = strchr(text, ':');
	Field field;

	if (value == NULL)
		return;
	*value++ = '\0';
	field = fields_of(text);
	if (field != FIELD_LAST)
		mta.ours[field]++;
	else
		head_add(mta.head, g_strchomp(text), value);
	filter.xxfi_header(ctx, text, value);
}

static void
on_head_end(char *text)
{
	g_auto(Claim) claim = { 0 };
	sfsistat status;

	(void)text;
	claim_init(&claim, mta.head);
	mta.is_claimed |= assessor_claims(assessor, &claim);
	status = filter.xxfi_eoh(ctx);
	for (size_t field = 0; mta.is_in_mail && field < FIELD_LAST; field++)
		g_assert_true(status != SMFIS_ACCEPT || mta.ours[field] == 0);
	if (status != SMFIS_CONTINUE)
		forget_mail();
}

static void
on_body(char *text)
{
	filter.xxfi_body(ctx, (unsigned char *)text, strlen(text));
}

static void
on_message_end(char *text)
{
	sfsistat status;

	(void)text;
	status = filter.xxfi_eom(ctx);
	g_assert_true(mta.is_claimed || (!mta.is_edited && status == SMFIS_CONTINUE));
	g_assert_true(mta.is_in_mail || !mta.is_edited);
	if (mta.is_in_mail && status == SMFIS_CONTINUE)
		g_assert_true(memcmp(mta.ours, mta.deleted, sizeof(mta.ours)) == 0);
	forget_mail();
}

static void
on_abort(char *text)
{
	(void)text;
	filter.xxfi_abort(ctx);
	forget_mail();
}

static void
on_close(char *text)
{
	(void)text;
	filter.xxfi_close(ctx);
	g_assert_null(mta.priv);
	forget_mail();
}

static void (*const steps[])(char *text) = {
	NULL,          on_connect,     on_negotiate, on_macro, on_mail,
	on_recipient,  on_field,       on_head_end,  on_body,  NULL,
	NULL /* \n */, on_message_end, on_abort,     NULL,     on_close,
};

static void
send_mail(const char *text)
{
	const char *end = strstr(text, "\n\n");
	g_autofree char *top =
	    g_strndup(text, end != NULL ? (size_t)(end - text) : strlen(text));
	g_autofree char *body = g_strdup(end != NULL ? end + 2 : "");
	g_autoptr(Head) head = fuzz_head(top);
	char sender[] = "<a@example.org>";

	if (!mta.is_in_mail)
		on_mail(sender);
	if (mta.recipients->len == 0) {
		char recipient[] = "<marieke@example.net>";

		on_recipient(recipient);
	}
	for (size_t i = 0; i < head_length(head); i++) {
		g_autofree char *field =
		    g_strconcat(head_name(head, i), ":", head_value(head, i), NULL);

		on_field(field);
	}
	on_head_end(NULL);
	on_body(body);
	on_message_end(NULL);
}

int
LLVMFuzzerInitialize(G_GNUC_UNUSED int *argc, G_GNUC_UNUSED char ***argv)
{
	const char *path = fuzz_file("conf"), *store = fuzz_file("people.sqlite");
	g_autofree char *text = g_strdup_printf(
	    "%s[people]\nstore = " SETTINGS_STORE_SQLITE "%s\n", conf, store);
	g_autoptr(GError) error = NULL;
	int polled;

	fuzz_write(path, text, strlen(text));
	message_init();
	assessor = assessor_open(path, STORE_SERVE, &error);
	if (assessor == NULL || !milter_listen(0, &polled, &error))
		g_error("%s", error->message);
	log_open("fuzz", "stderr", "error");
	milter_use(assessor);
	mta.macros = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	mta.recipients = g_ptr_array_new_with_free_func(g_free);
	mta.head = head_new();

	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FuzzInput input = { data, size };
	char none[] = "";

	if (size > MAX_BYTES)
		return 0;
	for (size_t i = 0; i < MAX_STEPS && input.size > 0; i++) {
		g_autofree char *piece = fuzz_piece(&input);
		uint8_t step = (uint8_t)piece[0];

		if (step >= G_N_ELEMENTS(steps))
			send_mail(piece);
		else if (steps[step] != NULL)
			steps[step](piece + 1);
	}
	if (mta.priv != NULL)
		on_close(none);
	forget_mail();
	g_hash_table_remove_all(mta.macros);
	g_assert_cmpuint(milter_state().busy + milter_state().idle, ==, 0);

	return 0;
}
