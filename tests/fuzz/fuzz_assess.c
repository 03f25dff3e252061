/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_assess.c - what does any mail lead to?
 *
 * The first byte chooses owner and policy, the rest is the mail.  It walks the
 * whole route; besides not crashing, no field of ours may hold what no field
 * may hold, and what is recognised has a verdict and a suggestion.
 */

#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "judge/assess.h"
#include "mail/insert.h"
#include "mail/message.h"
#include "edit/banner.h"
#include "edit/fields.h"

#define MAX_MAIL 65536

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Built once: loading the data files costs more than a mail. */
static Assessor *assessor;

int
LLVMFuzzerInitialize(G_GNUC_UNUSED int *argc, G_GNUC_UNUSED char ***argv)
{
	g_autoptr(GError) error = NULL;

	message_init();
	assessor = assessor_new(NULL, &error);
	if (assessor == NULL)
		abort();

	return 0;
}

static void
check_fields(const Edits *edits)
{
	for (size_t i = 0; i < edits->fields->len; i++) {
		const Edit *edit = &g_array_index(edits->fields, Edit, i);

		for (const char *c = edit->value; *c != '\0'; c++)
			if (*c != '\n' && *c != '\t' && !g_ascii_isprint(*c))
				abort();
			else if (*c == '\n' && c[1] != '\t')
				abort();
	}
}

static void
render(const Assessment *assessment, const char *mail, size_t length)
{
	g_autoptr(Edits) edits = edits_new();
	g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *text = NULL, *html = NULL;
	GString *body;

	fields_insert(edits, assessment, FIELDS_WITH_REPLY);
	check_fields(edits);
	if (!banner_render(assessment, "mark", &text, &html))
		return;
	if (!g_str_is_ascii(html) || !g_utf8_validate(text, -1, NULL))
		abort();
	body = insert_into(mail, length, text, html, reasons);
	if (body != NULL)
		g_string_free(body, TRUE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(Assessment) assessment = NULL;
	g_autofree char *mail = NULL;
	Delivery delivery = { 0 };

	if (size < 1 || size > MAX_MAIL)
		return 0;

	/* An end without a zero, so that a step beyond it is seen. */
	mail = g_memdup2(data + 1, size - 1);
	delivery.owner = data[0] & 1 ? "marieke@example.net" : NULL;
	assessment = assess(assessor, size > 1 ? mail : "", size - 1, &delivery, NULL);
	if (assessment == NULL || !assess_is_recognised(assessment))
		return 0;
	if (assessment->verdict == VERDICT_NONE || assessment->suggestion == NULL)
		abort();
	if (assessment->verdict == VERDICT_FORGED && assessment->suggestion->url != NULL)
		abort();
	render(assessment, mail, size - 1);

	return 0;
}
