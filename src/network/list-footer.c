/* SPDX-License-Identifier: BSD-2-Clause */
/* list-footer.c - what did a mailing list put below a mail? */

#include "config.h"

#include <stdint.h>
#include <string.h>

#include "network/list-footer.h"
#include "mail/visible.h"

/* Characters of the shortest rule, that of a signature. */
#define RULE_MIN 2

bool
list_footer_has_list(const Reading *reading)
{
	static const char *const fields[] = { "List-Id", "List-Post", "List-Archive",
					      "Mailing-List" };
	const Head *head = message_head(reading->message);

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		if (head_get(head, fields[i]) != NULL)
			return true;

	return false;
}

/* A line of dashes, underscores and the like alone. */
static bool
is_rule(const char *text)
{
	size_t length = strspn(text, "-_=~ ");

	return length >= RULE_MIN && text[length] == '\0';
}

static bool
is_end(const Network *network, const ReadingLine *line)
{
	return pattern_list_fitting(network->lists[NETWORK_LIST_END], &line->folded,
				    NULL) != NULL;
}

/*
 * Is it one of the lines below which the network writes no more?  A list says
 * "Unsubscribe", too: the network's own names it, or leads there.
 */
static bool
is_own_end(const Network *network, const Folded *title, const ReadingLine *line)
{
	return (folded_has_words(&line->folded, title) ||
		(line->host != NULL && network_owns_domain(network, line->host))) &&
	       is_end(network, line);
}

/* One more than the last line that leads to the network, or 0. */
static size_t
behind_links(const Network *network, const Reading *reading, size_t part)
{
	size_t behind = 0;

	for (size_t i = 0; i < reading->links[part]->len; i++) {
		const ReadingLink *link =
		    &g_array_index(reading->links[part], ReadingLink, i);

		if (link->line != VISIBLE_NO_LINE &&
		    network_owns_domain(network, link->host))
			behind = MAX(behind, link->line + 1);
	}

	return behind;
}

/* Where the list's own begins in a part, or SIZE_MAX. */
static size_t
start_in(const Network *network, const Folded *title, const Reading *reading, size_t part)
{
	const GArray *lines = reading->lines[part];
	size_t start = behind_links(network, reading, part), from;
	bool is_closed = false;

	for (size_t i = lines->len; i > 0 && !is_closed; i--)
		if (is_own_end(network, title,
			       &g_array_index(lines, ReadingLine, i - 1))) {
			start = MAX(start, i);
			is_closed = true;
		}
	if (is_closed)
		return start;
	/* A text of 2011 ends in a rule; what stands right below links is the mail's. */
	from = start > 0 ? start - 1 : lines->len;
	for (size_t i = from; i < lines->len; i++) {
		const ReadingLine *line = &g_array_index(lines, ReadingLine, i);

		if (is_rule(line->text) || is_end(network, line))
			return i + 1;
	}

	return SIZE_MAX;
}

/* Does a part begin with a rule, as what Mailman adds to a mail of HTML alone? */
static bool
begins_with_rule(const GArray *lines)
{
	return lines->len > 0 && is_rule(g_array_index(lines, ReadingLine, 0).text);
}

ListFooter
list_footer_of(const Network *network, const Reading *reading)
{
	ListFooter footer = { .is_other_part = false };
	g_auto(Folded) title = { 0 };

	for (size_t part = 0; part < READING_LAST; part++)
		footer.starts[part] = SIZE_MAX;
	if (!list_footer_has_list(reading))
		return footer;

	folded_init(&title, network->title);
	for (size_t part = 0; part < READING_LAST; part++) {
		footer.starts[part] = start_in(network, &title, reading, part);
		footer.is_other_part |= footer.starts[part] != SIZE_MAX;
	}
	if (footer.is_other_part && footer.starts[READING_TEXT] == SIZE_MAX &&
	    begins_with_rule(reading->lines[READING_TEXT]))
		footer.starts[READING_TEXT] = 0;

	return footer;
}

bool
list_footer_holds(const ListFooter *footer, size_t part, const ReadingLink *link)
{
	return link->line == VISIBLE_NO_LINE ? footer->is_other_part
					     : footer->starts[part] != SIZE_MAX &&
						   link->line >= footer->starts[part];
}
