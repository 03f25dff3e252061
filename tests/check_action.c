/* SPDX-License-Identifier: BSD-2-Clause */
/* check_action.c - are edits sent in an order that loses nothing? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "milter/action.h"

/* libmilter's place: what was sent, until an edit is refused. */
static struct {
	GString *sent;
	size_t left; /* edits until one is refused */
} mta;

static int take(const char *format, ...) G_GNUC_PRINTF(1, 2);

static int
take(const char *format, ...)
{
	va_list arguments;

	if (mta.left == 0)
		return MI_FAILURE;
	mta.left--;
	va_start(arguments, format);
	g_string_append_vprintf(mta.sent, format, arguments);
	va_end(arguments);
	g_string_append_c(mta.sent, '\n');

	return MI_SUCCESS;
}

int
smfi_chgheader(SMFICTX *ctx, char *name, int index, char *value)
{
	(void)ctx;
	return take("m%d %s %s", index, name, value != NULL ? value : "");
}

int
smfi_insheader(SMFICTX *ctx, int index, char *name, char *value)
{
	(void)ctx;
	return take("i%d %s %s", index, name, value);
}

int
smfi_addrcpt(SMFICTX *ctx, char *address)
{
	(void)ctx;
	return take("+%s", address);
}

int
smfi_delrcpt(SMFICTX *ctx, char *address)
{
	(void)ctx;
	return take("-%s", address);
}

int
smfi_replacebody(SMFICTX *ctx, unsigned char *bytes, int length)
{
	(void)ctx;
	return take("b %.*s", length, (const char *)bytes);
}

int
smfi_setreply(SMFICTX *ctx, char *code, char *extended, char *text)
{
	(void)ctx;
	return take("r %s %s %s", code, extended, text);
}

/* One of everything, added in an order in which it must not be sent. */
static Edits *
all_edits(void)
{
	Edits *edits = edits_new();

	edits->body = g_string_new("body");
	g_ptr_array_add(edits->recipients_out, g_strdup("<A@example.net>"));
	g_ptr_array_add(edits->recipients_out, g_strdup("b@example.net"));
	g_ptr_array_add(edits->recipients_in, g_strdup("c@example.net"));
	g_ptr_array_add(edits->recipients_in, g_strdup("d@example.net"));
	edits_delete(edits, "Invite-Verdict", 2);
	edits_insert(edits, "Invite-Verdict", "spammy");
	edits_insert(edits, "Invite-Reasons", "pitch");
	edits_change(edits, "Subject", "[spammy] x");

	return edits;
}

static const char *const lines[] = {
	"m2 Invite-Verdict ",       "m1 Invite-Verdict ",
	"m1 Subject [spammy] x",    "i0 Invite-Reasons pitch",
	"i0 Invite-Verdict spammy", "+<c@example.net>",
	"+<d@example.net>",         "-<A@example.net>",
	"-b@example.net",           "b body",
};

/* Refused after _i edits: these were sent, in this order, and no other after. */
START_TEST(nothing_is_removed_before_all_is_added)
{
	g_autoptr(Edits) edits = all_edits();
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) want = g_string_new(NULL);
	g_autoptr(GString) got = g_string_new(NULL);
	bool is_done;

	mta.sent = got;
	mta.left = (size_t)_i;
	is_done = action_apply(NULL, edits, &error);
	for (int i = 0; i < _i; i++)
		g_string_append_printf(want, "%s\n", lines[i]);
	ck_assert_str_eq(got->str, want->str);
	ck_assert(is_done == ((size_t)_i == G_N_ELEMENTS(lines)));
	ck_assert(is_done == (error == NULL));
}
END_TEST

static const struct {
	EditsEnd end;
	const char *sent;
} ends[] = {
	{ EDITS_REJECT, "r 550 5.7.1 No\n" },
	{ EDITS_DISCARD, "" },
};

START_TEST(a_mail_that_does_not_pass_is_left_alone)
{
	g_autoptr(Edits) edits = all_edits();
	g_autoptr(GString) got = g_string_new(NULL);

	edits->end = ends[_i].end;
	edits->reply = g_strdup("No");
	mta.sent = got;
	mta.left = 100;
	ck_assert(action_apply(NULL, edits, NULL));
	ck_assert_str_eq(got->str, ends[_i].sent);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("action");
	TCase *action = tcase_create("action");

	suite_add_tcase(suite, action);
	tcase_add_loop_test(action, nothing_is_removed_before_all_is_added, 0,
			    G_N_ELEMENTS(lines) + 1);
	tcase_add_loop_test(action, a_mail_that_does_not_pass_is_left_alone, 0,
			    G_N_ELEMENTS(ends));

	return fixture_run(suite);
}
