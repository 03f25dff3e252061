/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_mailbag.c - are the mails of any mbox parts of it, one behind the other? */

#include "config.h"

#include "ctl/mailbag.h"
#include "fuzz.h"

typedef struct {
	const char *at, *end; /* of what no mail was taken from yet */
	size_t count;
} Rest;

static void
take(void *context, const char *name, const char *mail, size_t length,
     const char *trouble)
{
	Rest *rest = context;

	g_assert_true(g_str_has_prefix(name, "fuzz"));
	g_assert_true((mail == NULL) == (trouble != NULL));
	rest->count++;
	if (mail == NULL)
		return;
	g_assert_true(mail >= rest->at && mail + length <= rest->end);
	rest->at = mail + length;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FuzzInput input = { data, size };
	size_t length;
	g_autofree char *bytes = fuzz_rest(&input, &length);
	Rest rest = { bytes, bytes + length, 0 };

	mailbag_split("fuzz", bytes, length, take, &rest);
	g_assert_true(mailbag_is_mbox(bytes, length) || rest.count == 1);

	return 0;
}
