/* SPDX-License-Identifier: BSD-2-Clause */
/* action.c - sends the edits to the MTA */

#include "config.h"

#include "milter/action.h"

G_DEFINE_QUARK(action_error, action_error)

static const char *const verbs[] = {
	[EDIT_DELETE] = "delete",
	[EDIT_INSERT] = "insert",
	[EDIT_CHANGE] = "change",
};

static bool
send_field(SMFICTX *ctx, const Edit *edit, GError **error)
{
	int status = MI_SUCCESS;

	switch (edit->kind) {
	case EDIT_DELETE:
		for (size_t i = edit->index; i > 0 && status == MI_SUCCESS; i--)
			status = smfi_chgheader(ctx, edit->name, (int)i, NULL);
		break;
	case EDIT_INSERT:
		/* Index 0 is above the MTA's own Received field. */
		status = smfi_insheader(ctx, 0, edit->name, edit->value);
		break;
	case EDIT_CHANGE:
		status = smfi_chgheader(ctx, edit->name, 1, edit->value);
		break;
	}
	if (status == MI_SUCCESS)
		return true;

	g_set_error(error, ACTION_ERROR, ACTION_ERROR_REFUSED,
		    "the MTA did not let us %s the field %s", verbs[edit->kind],
		    edit->name);
	return false;
}

static bool
refused(const char *what, GError **error)
{
	g_set_error(error, ACTION_ERROR, ACTION_ERROR_REFUSED,
		    "the MTA did not let us %s a recipient", what);

	return false;
}

/*
 * All recipients are added before one is removed: if we end between the two, somebody
 * gets the mail twice, and nobody loses it.
 */
static bool
send_envelope(SMFICTX *ctx, const Edits *edits, GError **error)
{
	for (guint i = 0; i < edits->recipients_in->len; i++) {
		g_autofree char *address = g_strconcat(
		    "<", (const char *)edits->recipients_in->pdata[i], ">", NULL);

		if (smfi_addrcpt(ctx, address) != MI_SUCCESS)
			return refused("add", error);
	}
	for (guint i = 0; i < edits->recipients_out->len; i++)
		if (smfi_delrcpt(ctx, edits->recipients_out->pdata[i]) != MI_SUCCESS)
			return refused("remove", error);

	return true;
}

/* No "%" is in it, which MTAs read differently. */
static bool
send_reply(SMFICTX *ctx, char *reply, GError **error)
{
	if (smfi_setreply(ctx, (char *)"550", (char *)"5.7.1", reply) == MI_SUCCESS)
		return true;

	g_set_error(error, ACTION_ERROR, ACTION_ERROR_REFUSED,
		    "the MTA did not take our answer");
	return false;
}

static bool
send_body(SMFICTX *ctx, const GString *body, GError **error)
{
	/* libmilter cuts it into packets of 65535 bytes. */
	if (smfi_replacebody(ctx, (unsigned char *)body->str, (int)body->len) ==
	    MI_SUCCESS)
		return true;

	g_set_error(error, ACTION_ERROR, ACTION_ERROR_REFUSED,
		    "the MTA did not let us replace the body (%zu bytes)", body->len);
	return false;
}

bool
action_apply(SMFICTX *ctx, const Edits *edits, GError **error)
{
	const Edit *fields = (const Edit *)(const void *)edits->fields->data;
	size_t length = edits->fields->len;

	if (edits->end == EDITS_REJECT)
		return send_reply(ctx, edits->reply, error);
	if (edits->end == EDITS_DISCARD)
		return true;
	for (size_t i = 0; i < length; i++)
		if (fields[i].kind != EDIT_INSERT && !send_field(ctx, &fields[i], error))
			return false;

	for (size_t i = length; i > 0; i--)
		if (fields[i - 1].kind == EDIT_INSERT &&
		    !send_field(ctx, &fields[i - 1], error))
			return false;

	return send_envelope(ctx, edits, error) &&
	       (edits->body == NULL || send_body(ctx, edits->body, error));
}
