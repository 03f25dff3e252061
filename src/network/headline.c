/* SPDX-License-Identifier: BSD-2-Clause */
/* headline.c - which company does a headline name? */

#include "config.h"

#include <string.h>

#include "network/headline.h"
#include "network/reading.h"
#include "people/name-rules.h"

/* Signs in a headline that end the name of a company. */
static const char *const company_ends[] = {
	"|",   "\342\200\242", "\302\267",    " \342\200\223 ", " \342\200\224 ",
	" - ", " / ",          "\342\200\246"
};

/* The place before end where a company begins that was left, ", ex-Clay", or end. */
static const char *
former_company(const char *start, const char *end, const NameRules *rules)
{
	for (const char *at = start + 1; at < end; at++) {
		size_t length;
		g_autofree char *word = NULL, *folded = NULL;

		if (!g_str_has_prefix(at, ", ") && !g_str_has_prefix(at, " ("))
			continue;
		length = strcspn(at + 2, "- ");
		if (length > NAME_RULE_MAX_BYTES || at[2 + length] == '\0')
			continue;
		word = g_strndup(at + 2, length);
		folded = folded_text(word);
		if (name_rules_find(rules, NAME_RULE_FORMER, folded) != NULL)
			return at;
	}

	return end;
}

char *
headline_company(const char *headline, const Network *network, const NameRules *rules)
{
	PatternHit hits[HOLE_LAST];
	const PatternHit *hit = &hits[HOLE_COMPANY];
	const char *start, *end;
	g_auto(Folded) folded = { 0 };

	folded_init(&folded, headline);
	if (pattern_list_fitting(network->lists[NETWORK_LIST_COMPANY], &folded, hits) ==
	    NULL)
		return NULL;
	start = headline + hit->start;
	end = headline + hit->end;
	/* "Inc." is no end of a sentence, where nothing follows it. */
	end += strspn(end, ".");
	if (*end != '\0')
		end = headline + hit->end;
	for (size_t i = 0; i < G_N_ELEMENTS(company_ends); i++) {
		const char *sign = strstr(start, company_ends[i]);

		if (sign != NULL && sign > start && sign < end)
			end = sign;
	}
	end = former_company(start, end, rules);

	return reading_hit_text(start, 0, end - start);
}
