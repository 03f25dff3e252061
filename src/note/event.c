/* SPDX-License-Identifier: BSD-2-Clause */
/* event.c - does what a calendar shows of an event sell? */

#include "config.h"

#include <string.h>

#include "note/event.h"
#include "mail/visible.h"
#include "text/address.h"
#include "text/text.h"

/* Without the label that the host of most sites begins with. */
static const char *
without_www(const char *host)
{
	return g_str_has_prefix(host, "www.") ? host + strlen("www.") : host;
}

/* Is it a host of the domain that somebody mails from, or of the one above that? */
static bool
is_own_host(const char *host, const char *domain)
{
	host = without_www(host);

	return domain[0] != '\0' &&
	       (address_is_under(host, domain) ||
		(strchr(host, '.') != NULL && address_is_under(domain, host)));
}

/*
 * Does a link stand between two rules with one to a network or a meeting?  So do links
 * below how to join, as to what the organizer's house says of privacy.
 */
static bool
is_in_join_block(const Networks *networks, const Reading *reading, size_t part,
		 const ReadingLink *link)
{
	const GArray *lines = reading->lines[part];
	size_t start = MIN(link->line, lines->len), end = start;

	if (link->line == VISIBLE_NO_LINE)
		return false;
	while (start > 0 &&
	       !reading_is_rule(g_array_index(lines, ReadingLine, start - 1).text))
		start--;
	while (end < lines->len &&
	       !reading_is_rule(g_array_index(lines, ReadingLine, end).text))
		end++;
	for (size_t i = 0; start > 0 && i < reading->links[part]->len; i++) {
		const ReadingLink *other =
		    &g_array_index(reading->links[part], ReadingLink, i);

		if (other->line >= start && other->line <= end &&
		    networks_link_to(networks, other->host))
			return true;
	}

	return false;
}

/* The first link that may sell, or NULL. */
static const ReadingLink *
find_foreign_link(const Networks *networks, const Network *network,
		  const Reading *reading)
{
	const char *domain = message_author(reading->message)->domain;

	for (size_t part = 0; part < READING_LAST; part++)
		for (size_t i = 0; i < reading->links[part]->len; i++) {
			const ReadingLink *link =
			    &g_array_index(reading->links[part], ReadingLink, i);

			if (link->host[0] != '\0' && !link->unwrapped.is_hidden &&
			    !network_signs(network, link->host) &&
			    !networks_link_to(networks, link->host) &&
			    !is_own_host(link->host, domain) &&
			    !is_in_join_block(networks, reading, part, link))
				return link;
		}

	return NULL;
}

/* Digits, and what stands in numbers and beside amounts. */
static bool
is_of_number(gunichar c)
{
	return g_unichar_isdigit(c) || g_unichar_type(c) == G_UNICODE_CURRENCY_SYMBOL ||
	       (c < 0x80 && strchr("+()#,.-/", (int)c) != NULL);
}

/* Is a word a number, or has it digits beside a currency's sign or letters of a code? */
static bool
is_number(const char *word, size_t length)
{
	const char *end = word + length;
	bool has_digit = false, is_all = true;

	while (word < end) {
		gunichar c = g_utf8_get_char(word);

		has_digit |= g_unichar_isdigit(c);
		is_all &= is_of_number(c);
		word = g_utf8_next_char(word);
	}

	return has_digit && is_all;
}

static char *
without_numbers(const char *text)
{
	g_autoptr(GString) out = g_string_new(NULL);

	while (*text != '\0') {
		size_t length = strcspn(text, " \t\n"), blanks;

		if (!is_number(text, length))
			g_string_append_len(out, text, (gssize)length);
		text += length;
		blanks = strspn(text, " \t\n");
		g_string_append_len(out, text, (gssize)blanks);
		text += blanks;
	}

	return g_string_free(g_steal_pointer(&out), FALSE);
}

char *
event_words_of_colleague(const char *note, const Networks *networks,
			 const Reading *reading)
{
	const char *theirs = message_author(reading->message)->domain;
	const char *ours = message_to(reading->message)->domain;
	bool is_colleague = theirs[0] != '\0' && g_ascii_strcasecmp(theirs, ours) == 0 &&
			    !networks_give_mailboxes(networks, theirs);

	return is_colleague && note != NULL ? without_numbers(note) : NULL;
}

void
event_judge(Note *note, const Languages *languages, const Networks *networks,
	    const Network *network, const Reading *reading, const NoteNames *names)
{
	const ReadingLink *link = find_foreign_link(networks, network, reading);
	g_autoptr(Note) title = note_judge(languages, reading->calendar.summary, names);
	g_autoptr(Note) label =
	    note_judge(languages, link != NULL ? link->label : NULL, names);
	bool has_trade = note->has_trade || title->has_trade || label->has_trade;
	g_autofree char *host =
	    link != NULL ? text_token(link->host, TEXT_NAME_MAX) : NULL;

	/* Each is put before all others. */
	for (size_t i = title->reasons->len; title->class == NOTE_PITCH && i > 0; i--)
		note_set_pitch(note, g_strdup(title->reasons->pdata[i - 1]));
	if (host != NULL && has_trade && !note->has_shared_past)
		note_set_pitch(note, g_strconcat("pitch:event-link ", host, NULL));
}
