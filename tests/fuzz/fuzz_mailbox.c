/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_mailbox.c - does a list of mailboxes name people fit to be shown? */

#include "config.h"

#include <string.h>

#include "fuzz.h"
#include "mail/mailbox.h"
#include "text/address.h"

typedef struct {
	const Mailbox *first; /* borrowed */
	size_t count;
	bool has_first;
} Seen;

static void
check(const Mailbox *mailbox)
{
	const char *address = mailbox->address;

	fuzz_check_line(mailbox->name);
	g_assert_cmpuint((size_t)g_utf8_strlen(mailbox->name, -1), <=, ADDRESS_MAX_LIST);
	if (address[0] == '\0') {
		g_assert_cmpstr(mailbox->domain, ==, "");
		return;
	}
	g_assert_true(address_is_plain(address));
	g_assert_true(g_str_has_prefix(address_domain(address), mailbox->domain));
	for (const char *c = address; *c != '\0'; c++)
		g_assert_false(g_ascii_isupper(*c));
}

static void
take(void *context, const Mailbox *mailbox)
{
	Seen *seen = context;

	check(mailbox);
	seen->count++;
	/* It is nobody's where the list is doubtful. */
	if (g_str_equal(mailbox->name, seen->first->name) &&
	    (seen->first->address[0] == '\0' ||
	     g_str_equal(mailbox->address, seen->first->address)))
		seen->has_first = true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FuzzInput input = { data, size };
	g_autofree char *raw = fuzz_piece(&input);
	g_auto(Mailbox) first = { 0 };
	size_t count = mailbox_parse(raw, &first);
	Seen seen = { &first, 0, false };

	check(&first);
	/* A list that is encoded as a whole is one mailbox, or none. */
	if (strchr(raw, '@') == NULL && strstr(raw, "=?") != NULL)
		return 0;
	mailbox_each(raw, take, &seen);
	/* Words beside addresses are not counted. */
	g_assert_true(seen.count + 1 >= count);
	g_assert_true(seen.has_first || seen.count == 0);

	return 0;
}
