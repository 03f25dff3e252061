/* SPDX-License-Identifier: BSD-2-Clause */
/* policy-action.c - what a policy can have done to a mail, and the words for it */

#include "config.h"

#include <string.h>

#include "judge/policy-action.h"
#include "text/address.h"

/*
 * An answer's line has 512 octets, codes and all (RFC 5321, section 4.5.3.1.5).  The
 * words in the settings are checked with a sample address, and may be longer with that
 * of a recipient: so fewer of them are allowed.
 */
#define REPLY_MAX  480
#define REJECT_MAX 400

static const struct {
	const char *name;
	Takes takes;
} kinds[ACTION_LAST] = {
	[ACTION_TAG] = { "tag", TAKES_NOTHING },
	[ACTION_SUBJECT] = { "subject", TAKES_WORDS },
	[ACTION_BANNER] = { "banner", TAKES_NOTHING },
	[ACTION_REDIRECT] = { "redirect", TAKES_ADDRESS },
	[ACTION_COPY] = { "copy", TAKES_ADDRESS },
	[ACTION_REJECT] = { "reject", TAKES_REPLY },
	[ACTION_DISCARD] = { "discard", TAKES_NOTHING },
};

const char *
policy_action_name(ActionKind kind)
{
	return kinds[kind].name;
}

Takes
policy_action_takes(ActionKind kind)
{
	return kinds[kind].takes;
}

ActionKind
policy_action_of(const char *text, const char **rest_out)
{
	size_t length = strcspn(text, " \t");

	*rest_out = text + length + strspn(text + length, " \t");
	for (size_t i = 0; i < ACTION_LAST; i++)
		if (strlen(policy_action_name((ActionKind)i)) == length &&
		    strncmp(policy_action_name((ActionKind)i), text, length) == 0)
			return (ActionKind)i;

	return ACTION_LAST;
}

bool
policy_action_is_address(const char *text)
{
	const char *domain = address_domain(text);

	return address_is_plain(text) && g_str_is_ascii(text) && text[0] != '.' &&
	       strstr(text, ".@") == NULL && strstr(text, "..") == NULL &&
	       strchr("-[", domain[0]) == NULL && strchr(domain, '_') == NULL;
}

char *
policy_action_expand(const char *text, const char *address, Verdict verdict)
{
	const char *domain = address_domain(address);
	g_autoptr(GString) out = g_string_new(NULL);

	for (; *text != '\0'; text++) {
		if (*text != '%') {
			g_string_append_c(out, *text);
			continue;
		}
		switch (*++text) {
		case 'u':
			g_string_append_len(out, address,
					    domain != NULL ? domain - 1 - address : -1);
			break;
		case 'd':
			g_string_append(out, domain != NULL ? domain : "");
			break;
		case 'v':
			g_string_append(out, verdict_name(verdict));
			break;
		case '%':
			g_string_append_c(out, '%');
			break;
		default:
			return NULL;
		}
	}

	return g_strdup(out->str);
}

static bool
is_reply(const char *text)
{
	for (const char *c = text; *c != '\0'; c++)
		if (!g_ascii_isprint(*c) || *c == '%')
			return false;

	return strlen(text) <= REJECT_MAX;
}

const char *
policy_action_fault(ActionKind kind, const char *argument)
{
	g_autofree char *sample =
	    policy_action_expand(argument, "user@example.org", VERDICT_DEFAULT_TEXT);

	if (policy_action_takes(kind) == TAKES_NOTHING)
		return argument[0] != '\0'
			   ? "takes no argument; separate actions by \";\""
			   : NULL;
	if (argument[0] == '\0')
		return policy_action_takes(kind) == TAKES_ADDRESS
			   ? "needs an address, such as %u+invitations@%d"
			   : "needs words behind it";
	switch (policy_action_takes(kind)) {
	case TAKES_ADDRESS:
		return sample != NULL && policy_action_is_address(sample)
			   ? NULL
			   : "is no address; give local@domain, with %u, %d and %v "
			     "for the recipient's two halves and the verdict";
	case TAKES_REPLY:
		return sample != NULL && is_reply(sample)
			   ? NULL
			   : "takes at most 400 characters, all of ASCII and none a "
			     "\"%\" "
			     "but in %u, %d and %v";
	default:
		return NULL;
	}
}

/* Replace what a recipient's address brings in: MTAs read a "%" differently. */
static void
make_plain(char *reply)
{
	for (char *c = reply; *c != '\0'; c++)
		if (!g_ascii_isprint(*c) || *c == '%')
			*c = '?';
	if (strlen(reply) > REPLY_MAX)
		reply[REPLY_MAX] = '\0';
}

char *
policy_action_argument(const Action *action, const char *address, Verdict verdict)
{
	g_autofree char *text =
	    action->argument != NULL
		? policy_action_expand(action->argument, address, verdict)
		: NULL;

	if (kinds[action->kind].takes == TAKES_ADDRESS &&
	    (text == NULL || !policy_action_is_address(text)))
		return NULL;
	if (kinds[action->kind].takes == TAKES_REPLY && text != NULL)
		make_plain(text);

	return g_steal_pointer(&text);
}
