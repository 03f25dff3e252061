/* SPDX-License-Identifier: BSD-2-Clause */
/* received.c - from which host a mail came into our site */

#include "config.h"

#include <string.h>

#include "mail/received.h"
#include "text/address.h"
#include "text/text.h"

/* One field: who gave the mail to whom. */
typedef struct {
	char *from;    /* confirmed name, or NULL */
	char *by;      /* or NULL */
	bool is_inner; /* by LMTP: from the site's own queue to its mailbox */
} Hop;

static void
hop_clear(Hop *hop)
{
	g_free(hop->from);
	g_free(hop->by);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Hop, hop_clear)

static const char *
skip_blanks(const char *at)
{
	return at + strspn(at, TEXT_BLANKS);
}

/* Behind the word, or NULL where another stands here. */
static const char *
after_word(const char *at, const char *word)
{
	size_t length = strlen(word);

	if (g_ascii_strncasecmp(at, word, length) != 0 ||
	    strchr(TEXT_BLANKS, at[length]) == NULL || at[length] == '\0')
		return NULL;

	return skip_blanks(at + length);
}

/* A host's name ends here, with what follows it. */
static size_t
name_length(const char *at)
{
	size_t length = 0;

	while (at[length] != '\0' &&
	       (g_ascii_isalnum(at[length]) || strchr("-_.", at[length]) != NULL))
		length++;

	return length;
}

static const char *
skip_comments(const char *at)
{
	size_t depth = 0;

	for (; *at != '\0' && (depth > 0 || *at == '('); at++) {
		depth += *at == '(';
		depth -= *at == ')';
		if (depth == 0)
			at = skip_blanks(at + 1) - 1;
	}

	return at;
}

/* "NAME [ADDRESS])", and nothing that says that the name is not confirmed. */
static char *
confirmed_name(const char *at)
{
	const char *ident = at + strcspn(at, "@ \t\r\n[()");
	g_autofree char *name = NULL;
	size_t length;
	const char *end;

	/* Sendmail puts what the client's ident says before the name. */
	if (*ident == '@')
		at = ident + 1;
	length = name_length(at);
	end = skip_blanks(at + length);
	if (length == 0 || *end != '[' || end == at + length)
		return NULL;
	end += strcspn(end, "])");
	if (end[0] != ']' || end[1] != ')')
		return NULL;
	name = g_ascii_strdown(at, (gssize)length);

	return address_is_domain(name) ? g_steal_pointer(&name) : NULL;
}

static void
read_hop(Hop *hop, const char *value)
{
	const char *at = after_word(skip_blanks(value), "from"), *by;
	size_t helo = at != NULL ? strcspn(at, TEXT_BLANKS "(") : 0;

	if (at != NULL) {
		at = skip_blanks(at + helo);
		if (helo > 0 && *at == '(')
			hop->from = confirmed_name(at + 1);
		at = skip_comments(at);
	} else {
		at = skip_blanks(value);
	}

	by = after_word(at, "by");
	if (by == NULL)
		return;
	hop->by = g_ascii_strdown(by, (gssize)name_length(by));
	at = skip_comments(skip_blanks(by + name_length(by)));
	at = after_word(at, "with");
	hop->is_inner =
	    at != NULL && g_ascii_strncasecmp(at, "LMTP", strlen("LMTP")) == 0;
	if (g_strcmp0(hop->from, "unknown") == 0)
		g_clear_pointer(&hop->from, g_free);
}

static bool
is_own(const char *host, const char *const *own_hosts)
{
	if (g_str_equal(host, "localhost"))
		return true;
	for (size_t i = 0; own_hosts[i] != NULL; i++)
		if (g_ascii_strcasecmp(host, own_hosts[i]) == 0)
			return true;

	return false;
}

char *
received_border(const Head *head, const char *const *own_hosts, const char *client)
{
	size_t seen = 0;

	if (client != NULL && !is_own(client, own_hosts))
		return g_ascii_strdown(client, -1);

	for (size_t i = 0; i < head_length(head) && seen < RECEIVED_MAX; i++) {
		g_auto(Hop) hop = { 0 };

		if (g_ascii_strcasecmp(head_name(head, i), "Received") != 0)
			continue;
		seen++;
		read_hop(&hop, head_value(head, i));
		if (hop.by == NULL || !is_own(hop.by, own_hosts))
			return NULL;
		if (hop.is_inner || (hop.from != NULL && is_own(hop.from, own_hosts)))
			continue;
		return g_steal_pointer(&hop.from);
	}

	return NULL;
}
