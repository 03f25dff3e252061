/* SPDX-License-Identifier: BSD-2-Clause */
/* list-address.c - is an address that of the mailing list? */

#include "config.h"

#include <string.h>

#include "network/list-address.h"

/* Does a field of the head name the address, in angle brackets or behind "mailto:"? */
static bool
field_names(const Head *head, const char *field, const char *address)
{
	const char *value = head_get(head, field);
	g_autofree char *lower = value != NULL ? g_ascii_strdown(value, -1) : NULL;

	return lower != NULL && strstr(lower, address) != NULL;
}

/* Does a field name the host, or one below it: as "@host", ".host>"? */
static bool
field_names_host(const Head *head, const char *field, const char *host)
{
	g_autofree char *at = g_strdup_printf("@%s>", host);
	g_autofree char *below = g_strdup_printf(".%s>", host);
	g_autofree char *whole = g_strdup_printf("<%s>", host);

	return field_names(head, field, at) || field_names(head, field, below) ||
	       field_names(head, field, whole);
}

/* Did the list write another's address before its own host: "jane=site.example@list"? */
static bool
is_rewritten(const Head *head, const char *address)
{
	const char *at = strrchr(address, '@'), *sign = strchr(address, '=');

	if (at == NULL || sign == NULL || sign == address || sign > at ||
	    memchr(sign, '.', at - sign) == NULL)
		return false;

	return field_names_host(head, "List-Post", at + 1) ||
	       field_names_host(head, "List-Id", at + 1);
}

bool
list_address_is(const Message *message, const char *address)
{
	const Head *head = message_head(message);
	g_autofree char *id = g_strdelimit(g_strdup(address), "@", '.');

	if (address[0] == '\0')
		return false;

	return is_rewritten(head, address) || field_names(head, "List-Post", address) ||
	       field_names(head, "List-Id", id) ||
	       field_names(head, "Mailing-List", address) ||
	       field_names(head, "X-BeenThere", address) ||
	       (head_get(head, "List-Id") != NULL &&
		g_str_equal(message_to(message)->address, address));
}

bool
list_address_kept(const Message *message, size_t *place, Mailbox *kept_out)
{
	static const char *const fields[] = { "X-Original-From", "X-Google-Original-From",
					      "Reply-To" };

	while (*place < G_N_ELEMENTS(fields)) {
		const char *raw = head_get(message_head(message), fields[(*place)++]);
		g_auto(Mailbox) kept = { 0 };

		if (raw == NULL || mailbox_parse(raw, &kept) == 0 ||
		    list_address_is(message, kept.address))
			continue;
		*kept_out = kept;
		kept = (Mailbox){ 0 };
		return true;
	}

	return false;
}

bool
list_address_passes_on(const Message *message, const Network *network)
{
	bool is_own = false;

	if (!list_address_is(message, message_author(message)->address))
		return false;
	for (size_t place = 0; !is_own;) {
		g_auto(Mailbox) kept = { 0 };

		if (!list_address_kept(message, &place, &kept))
			break;
		is_own = network_owns_domain(network, kept.domain);
	}

	return is_own;
}
