/* SPDX-License-Identifier: BSD-2-Clause */
/* added.c - what did the recipient's side put above and below a mail? */

#include "config.h"

#include <stdint.h>

#include "text/address.h"
#include "network/added.h"
#include "mail/visible.h"

/* The rule above a signature, without its blank. */
#define SIGNATURE_RULE "--"

static bool
is_end(const Network *network, const ReadingLine *line)
{
	return pattern_list_fitting(network->lists[NETWORK_LIST_END], &line->folded,
				    NULL) != NULL;
}

/* Is the line the network's: one of its own words, or of a kind of its mail? */
static bool
is_own(const Network *network, const ReadingLine *line)
{
	static const NetworkList own[] = { NETWORK_LIST_FRAME, NETWORK_LIST_START };

	if (is_end(network, line))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
		if (pattern_list_fitting(network->lists[own[i]], &line->folded, NULL) !=
		    NULL)
			return true;
	for (size_t i = 0; i < network->kinds->len; i++) {
		const Kind *kind = network->kinds->pdata[i];

		if (pattern_list_fitting(kind->lists[KIND_LINE], &line->folded, NULL) !=
		    NULL)
			return true;
	}

	return false;
}

/* Does the network write no more below the line?  Others say "Unsubscribe", too. */
static bool
is_last(const Network *network, const ReadingLine *line)
{
	g_auto(Folded) title = { 0 };

	folded_init(&title, network->title);

	return folded_has_words(&line->folded, &title) && is_end(network, line);
}

/* Where the mail's own lines end in a part, of which that is the last; or SIZE_MAX. */
static size_t
end_in(const Network *network, const GArray *lines, size_t last)
{
	if (is_last(network, &g_array_index(lines, ReadingLine, last)))
		return last + 1;
	for (size_t i = last + 1; i < lines->len; i++) {
		const char *text = g_array_index(lines, ReadingLine, i).text;

		if (reading_is_rule(text) || g_str_equal(text, SIGNATURE_RULE))
			return i + 1;
	}

	return SIZE_MAX;
}

Added
added_of(const Network *network, const Reading *reading)
{
	Added added = { .domain = message_to(reading->message)->domain };

	for (size_t part = 0; part < READING_LAST; part++) {
		const GArray *lines = reading->lines[part];
		size_t first = SIZE_MAX, last = SIZE_MAX;

		for (size_t i = 0; i < lines->len; i++) {
			const ReadingLine *line = &g_array_index(lines, ReadingLine, i);

			if (!is_own(network, line))
				continue;
			/* Of a language that is not known, only the end may be. */
			if (first == SIZE_MAX && !is_end(network, line))
				first = i;
			last = i;
		}
		added.starts[part] = first == SIZE_MAX ? 0 : first;
		added.ends[part] =
		    last == SIZE_MAX ? SIZE_MAX : end_in(network, lines, last);
	}

	return added;
}

bool
added_holds(const Added *added, size_t part, const ReadingLink *link)
{
	if (added->domain[0] != '\0' && address_is_under(link->host, added->domain))
		return true;

	return link->line != VISIBLE_NO_LINE &&
	       (link->line < added->starts[part] || link->line >= added->ends[part]);
}
