/* SPDX-License-Identifier: BSD-2-Clause */
/* network-doubts.c - what in a network's file is no mistake, and hardly meant */

#include "config.h"

#include <stdarg.h>

#include "network/network-doubts.h"
#include "network/network-kind.h"
#include "network/network-profile.h"

/*
 * Design rationale
 *
 * A pattern fits all that another one fits if it fits the other's words with a
 * character in the holes that no pattern has: only its own holes can take
 * that.  "*" may be empty, so there it must fit both ways.
 */
#define NOBODYS_CHARACTER "\xee\x80\x80" /* U+E000, private use */

static void add_doubt(GPtrArray *doubts, const Network *network,
		      const KeyfileEntry *entry, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* entry: where, or NULL for the whole file. */
static void
add_doubt(GPtrArray *doubts, const Network *network, const KeyfileEntry *entry,
	  const char *format, ...)
{
	g_autofree char *place = entry != NULL ? keyfile_place(network->file, entry)
					       : g_strdup(keyfile_path(network->file));
	g_autofree char *what = NULL;
	va_list arguments;

	va_start(arguments, format);
	what = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_ptr_array_add(doubts, g_strconcat(place, ": ", what, NULL));
}

/*
 * The one of the phrases that fits the pattern's words with this in its holes, or NULL.
 */
static const PatternListEntry *
phrase_over(const PatternList *phrases, const Pattern *pattern, const char *any)
{
	g_autofree char *line = pattern_example(pattern, NOBODYS_CHARACTER, any);
	g_auto(Folded) folded = { 0 };

	folded_init(&folded, line);

	return pattern_list_fitting(phrases, &folded, NULL);
}

/* The kind before this one that has all mails of a pattern, or NULL; *by_out is why. */
static const Kind *
kind_before(const Network *network, const Kind *kind, KindList level,
	    const Pattern *pattern, const PatternListEntry **by_out)
{
	for (size_t i = 0; network->kinds->pdata[i] != kind; i++) {
		const Kind *before = network->kinds->pdata[i];
		const PatternList *list = before->lists[level];
		const PatternListEntry *by =
		    phrase_over(list, pattern, NOBODYS_CHARACTER);

		if (by != NULL && phrase_over(list, pattern, "") != NULL) {
			*by_out = by;
			return before;
		}
	}

	return NULL;
}

static void
doubt_patterns(GPtrArray *doubts, const Network *network, const Kind *kind,
	       KindList level)
{
	for (size_t i = 0; i < pattern_list_length(kind->lists[level]); i++) {
		const PatternListEntry *phrase = pattern_list_get(kind->lists[level], i),
				       *by;
		const Kind *before =
		    kind_before(network, kind, level, phrase->pattern, &by);

		if (before != NULL)
			add_doubt(doubts, network, phrase->from,
				  "\"%s\" never tells this kind: \"%s\" of [kind %s] in "
				  "line %u fits all that it fits, and stands first",
				  pattern_text(phrase->pattern),
				  pattern_text(by->pattern), before->name,
				  by->from->line);
	}
}

/* Template's names are looked for where the file says, and nowhere else. */
static bool
has_templates(const Network *network)
{
	return network->field != NULL ||
	       pattern_list_length(network->lists[NETWORK_LIST_TEMPLATE]) > 0;
}

static void
doubt_kind(GPtrArray *doubts, const Network *network, const Kind *kind)
{
	g_autofree char *group = g_strconcat("kind ", kind->name, NULL);
	size_t templates = pattern_list_length(kind->lists[KIND_TEMPLATE]), others = 0;
	const KeyfileEntry *entry = keyfile_find(network->file, group, NULL, NULL);

	for (size_t level = 0; level < KIND_LAST; level++) {
		if (level != KIND_TEMPLATE)
			others += pattern_list_length(kind->lists[level]);
		doubt_patterns(doubts, network, kind, (KindList)level);
	}
	if (templates + others == 0)
		add_doubt(
		    doubts, network, entry,
		    "no mail is ever of this kind: give it a subject, line or link");
	if (templates > 0 && !has_templates(network))
		add_doubt(doubts, network,
			  pattern_list_get(kind->lists[KIND_TEMPLATE], 0)->from,
			  "no template is ever found: give [network] field or [links] "
			  "template");
}

static void
doubt_profiles(GPtrArray *doubts, const Network *network)
{
	for (size_t i = 0; i < network->profiles->len; i++) {
		const ProfileForm *form = network->profiles->pdata[i];

		if (pattern_list_length(form->links) == 0)
			add_doubt(doubts, network, form->from,
				  "no profile is ever found: give the section a link");
	}
}

static void
doubt_sections(GPtrArray *doubts, const Network *network)
{
	const Keyfile *file = network->file;

	for (size_t i = 0; i < keyfile_groups(file); i++) {
		unsigned line;
		const char *group = keyfile_group(file, i, &line);

		if (keyfile_find(file, group, NULL, NULL) == NULL)
			g_ptr_array_add(
			    doubts,
			    g_strdup_printf("%s:%u: [%s]: the section has no key, "
					    "as if it were not there",
					    keyfile_path(file), line, group));
	}
}

static bool
has_calendar(const Network *network)
{
	for (size_t i = 0; i < network->kinds->len; i++)
		if (network_kind_is_calendar(network->kinds->pdata[i]))
			return true;

	return false;
}

/* Requests that come as calendars are answered there: no page is needed. */
static void
doubt_answers(GPtrArray *doubts, const Network *network)
{
	if (has_calendar(network))
		return;
	if (pattern_list_length(network->lists[NETWORK_LIST_ACCEPT]) == 0)
		add_doubt(doubts, network, NULL,
			  "no link accepts: give [links] an accept");
	if (pattern_list_length(network->lists[NETWORK_LIST_ACCEPT_LABEL]) == 0 &&
	    pattern_list_length(network->lists[NETWORK_LIST_ACTION]) == 0)
		add_doubt(doubts, network, NULL,
			  "no label accepts, so a link that leads elsewhere is not told: "
			  "give [links] an accept-label");
}

static bool
has_request(const Network *network)
{
	for (size_t i = 0; i < network->kinds->len; i++)
		if (((const Kind *)network->kinds->pdata[i])->request != REQUEST_NONE)
			return true;

	return false;
}

GPtrArray *
network_doubts(const Network *network)
{
	GPtrArray *doubts = g_ptr_array_new_with_free_func(g_free);

	for (size_t i = 0; i < network->kinds->len; i++)
		doubt_kind(doubts, network, network->kinds->pdata[i]);
	doubt_profiles(doubts, network);
	doubt_sections(doubts, network);
	if (has_request(network))
		doubt_answers(doubts, network);
	else
		add_doubt(doubts, network, NULL,
			  "nothing is ever an invitation: give a [kind NAME] a request");

	return doubts;
}
