/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mailbox.c - the person a From, To or Reply-To field names
 *
 * Design rationale
 *	GMime shall see the structure and nothing else: what it would decode
 *	(encoded words, 8-bit text) is armoured before and bared after, and
 *	encoded.h does the decoding.  In the armour "{7B" is the byte 0x7b; its
 *	characters may all stand in an atom.
 *
 *	An address that is not plainly one is "", never a repaired one: a
 *	repair could turn a stranger's domain into a network's.
 */

#include <string.h>

#include "text/text.h"
#include "mail/autoptr.h"
#include "mail/encoded.h"
#include "mail/mailbox.h"

/* What a list was found to hold. */
typedef struct {
	Mailbox first; /* NULL in all members before there is one */
	size_t mailboxes;
	size_t ats; /* "@" in names and addresses */
} Survey;

/* A field of 8 kB names some hundred people; what is beyond is not read. */
#define RAW_MAX (8 * 1024)

/*
 * Groups nest in no mail, but GMime follows them, and takes the longer for each.
 * Colons of IPv6 and of names count, too: whoever told them apart could be told
 * wrongly.
 */
#define COLONS_MAX 64

/* Room for a name and the words a network puts around it. */
#define NAME_MAX_CHARS 200

void
mailbox_clear(Mailbox *mailbox)
{
	g_clear_pointer(&mailbox->name, g_free);
	g_clear_pointer(&mailbox->address, g_free);
	g_clear_pointer(&mailbox->domain, g_free);
}

/*
 * The length of the encoded word that stands here, or 0.  Commas and the like
 * inside it are forgiven, for mailers write them, but nothing that could pass
 * for an address of its own.
 */
static size_t
word_length(const char *at)
{
	const char *next = at;

	if (strncmp(next, "=?", 2) != 0)
		return 0;
	next += 2;
	next += strcspn(next, "? \t\r\n<>\"");
	if (next[0] != '?' || next[1] == '\0' || next[2] != '?')
		return 0;
	next += 3;
	next += strcspn(next, "? \t\r\n<>\"");

	return strncmp(next, "?=", 2) == 0 ? (size_t)(next + 2 - at) : 0;
}

/*
 * Would GMime decode this character, or take it for structure that it is not?
 * A bracket outside of "@[…]" is part of a name: Jane Doe [CPA] <jane@…>.
 */
static bool
is_armoured(const char *at, char before)
{
	return *at == '{' || (unsigned char)*at > 0x7e || strncmp(at, "=?", 2) == 0 ||
	       (*at == '[' && before != '@');
}

static char *
armour(const char *text)
{
	GString *out = g_string_sized_new(2 * strlen(text));
	const char *word_end = text;
	bool is_literal = false;

	for (const char *at = text; *at != '\0'; at++) {
		char before = at > text ? at[-1] : '\0';
		bool is_break = *at == '\r' || *at == '\n';

		if (at >= word_end)
			word_end = at + word_length(at);
		if ((at < word_end && !g_ascii_isalnum(*at)) || is_armoured(at, before) ||
		    (*at == ']' && !is_literal))
			g_string_append_printf(out, "{%02X", (unsigned char)*at);
		else
			g_string_append_c(out, is_break ? ' ' : *at);

		is_literal = (is_literal && *at != ']') || (*at == '[' && before == '@');
	}

	return g_string_free(out, FALSE);
}

static char *
bare(const char *armoured)
{
	GString *out = g_string_sized_new(strlen(armoured));

	for (const char *at = armoured; *at != '\0'; at++) {
		if (at[0] == '{' && g_ascii_isxdigit(at[1]) && g_ascii_isxdigit(at[2])) {
			int high = g_ascii_xdigit_value(at[1]);
			int low = g_ascii_xdigit_value(at[2]);

			g_string_append_c(out, (char)(high << 4 | low));
			at += 2;
		} else {
			g_string_append_c(out, *at);
		}
	}

	return g_string_free(out, FALSE);
}

/* A name or a literal, [192.0.2.1]; labels beyond ASCII are taken as written. */
static bool
is_domain(const char *domain)
{
	if (domain[0] == '\0' || domain[0] == '.' || strstr(domain, "..") != NULL)
		return false;

	for (; *domain != '\0'; domain++)
		if (!g_ascii_isalnum(*domain) && strchr("-_.[]:", *domain) == NULL &&
		    (unsigned char)*domain < 0x80)
			return false;

	return true;
}

/* The one "@" of an address that may be shown, logged and compared, or NULL. */
static const char *
address_at(const char *address)
{
	g_autofree char *clean = text_clean(address, MAILBOX_MAX_ADDRESS);
	const char *at = strchr(address, '@');

	if (at == NULL || at == address || strchr(at + 1, '@') != NULL ||
	    strpbrk(address, " <>()\\,;\"") != NULL || strcmp(clean, address) != 0)
		return NULL;

	return is_domain(at + 1) ? at : NULL;
}

static void
mailbox_set(Mailbox *mailbox, const char *name, const char *address)
{
	g_autofree char *bare_name = bare(name != NULL ? name : "");
	g_autofree char *bare_address = bare(address != NULL ? address : "");
	g_autofree char *decoded = encoded_decode(bare_name);
	g_autofree char *lower = g_ascii_strdown(bare_address, -1);
	const char *at;

	if (g_str_has_suffix(lower, "."))
		lower[strlen(lower) - 1] = '\0';
	at = address_at(lower);

	mailbox->name = text_clean(decoded, NAME_MAX_CHARS);
	mailbox->address = g_strdup(at != NULL ? lower : "");
	mailbox->domain = g_strdup(at != NULL ? at + 1 : "");
}

static void
mailbox_forget_address(Mailbox *mailbox)
{
	mailbox->address[0] = '\0';
	mailbox->domain[0] = '\0';
}

static size_t
count_ats(const char *text)
{
	size_t sum = 0;

	for (; text != NULL && *text != '\0'; text++)
		sum += *text == '@';

	return sum;
}

/* As much of a raw value as is read. */
static char *
readable(const char *raw)
{
	size_t length = 0, colons = 0;

	while (length < RAW_MAX && raw[length] != '\0' && colons <= COLONS_MAX)
		colons += raw[length++] == ':';

	return g_strndup(raw, length);
}

/* Told of each entry of a list; address NULL: a group of this name begins. */
typedef void Visit(void *context, const char *name, const char *address);

/* Groups may stand in groups, up to COLONS_MAX deep. */
static void
visit_list(InternetAddressList *list, Visit *visit, void *context)
{
	for (int i = 0; i < internet_address_list_length(list); i++) {
		InternetAddress *entry = internet_address_list_get_address(list, i);
		const char *name = internet_address_get_name(entry), *address;

		if (INTERNET_ADDRESS_IS_GROUP(entry)) {
			InternetAddressGroup *group = INTERNET_ADDRESS_GROUP(entry);

			visit(context, name, NULL);
			visit_list(internet_address_group_get_members(group), visit,
				   context);
		} else {
			address = internet_address_mailbox_get_addr(
			    INTERNET_ADDRESS_MAILBOX(entry));
			visit(context, name, address != NULL ? address : "");
		}
	}
}

static void
survey_entry(void *context, const char *name, const char *address)
{
	Survey *survey = context;

	survey->ats += count_ats(name) + count_ats(address);
	if (address == NULL)
		return;
	survey->mailboxes++;
	if (survey->first.name == NULL)
		mailbox_set(&survey->first, name, address);
}

size_t
mailbox_parse(const char *raw, Mailbox *first_out)
{
	g_autofree char *text = readable(raw);
	g_autofree char *armoured = armour(text);
	g_autoptr(InternetAddressList) list = internet_address_list_parse(NULL, armoured);
	Survey survey = { .mailboxes = 0 };

	if (list != NULL)
		visit_list(list, survey_entry, &survey);
	if (survey.first.name == NULL)
		mailbox_set(&survey.first, "", "");

	/* GMime passes over "@evil.example" in <a@b>@evil.example; others read on. */
	if (count_ats(armoured) > survey.ats)
		mailbox_forget_address(&survey.first);
	*first_out = survey.first;

	/* What was cut off is somebody too: such a field has no single author. */
	return survey.mailboxes + (raw[strlen(text)] != '\0' ? 1 : 0);
}

/* Whom an entry is handed to. */
typedef struct {
	MailboxTake *take;
	void *context;
} Taker;

static void
take_entry(void *context, const char *name, const char *address)
{
	const Taker *taker = context;
	g_auto(Mailbox) mailbox = { 0 };

	if (address == NULL)
		return;
	mailbox_set(&mailbox, name, address);
	taker->take(taker->context, &mailbox);
}

void
mailbox_each(const char *raw, MailboxTake *take, void *context)
{
	g_autofree char *text = readable(raw);
	g_autofree char *armoured = armour(text);
	g_autoptr(InternetAddressList) list = internet_address_list_parse(NULL, armoured);
	Taker taker = { take, context };

	if (list != NULL)
		visit_list(list, take_entry, &taker);
}

char *
mailbox_bare(const char *address)
{
	size_t length = strlen(address);

	if (length >= 2 && address[0] == '<' && address[length - 1] == '>')
		return g_ascii_strdown(address + 1, (gssize)length - 2);

	return g_ascii_strdown(address, -1);
}

bool
domain_is_under(const char *domain, const char *parent)
{
	size_t length = strlen(domain), parent_length = strlen(parent);
	const char *tail;

	if (parent_length == 0 || parent_length > length)
		return false;

	tail = domain + (length - parent_length);

	return g_ascii_strcasecmp(tail, parent) == 0 &&
	       (tail == domain || tail[-1] == '.');
}
