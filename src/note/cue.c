/* SPDX-License-Identifier: BSD-2-Clause */
/* cue.c - what in a note tells why somebody writes, and what it weighs */

#include "config.h"

#include "note/cue.h"

/* Many weak words of one kind say no more than few. */
#define KIND_MAX 6
#define WEAK_MAX 2

/* How much a cue decides. */
typedef enum {
	FIRM,    /* people who know each other */
	LOOSE,   /* context that a template may pretend */
	OFFER,   /* a pitch, whoever makes it */
	ASK,     /* a pitch among strangers */
	TRADE,   /* words of the trade */
	NOTHING, /* what everybody writes */
	ROLE_LAST
} Role;

static const struct {
	const char *name; /* in language files and reasons */
	Role role;
	bool is_sign; /* not from a language file */
} kinds[CUE_LAST] = {
	[CUE_MET] = { "met", FIRM },
	[CUE_TOGETHER] = { "together", FIRM },
	[CUE_MUTUAL] = { "mutual", FIRM },
	[CUE_REFERRAL] = { "referral", FIRM },
	[CUE_SHARED] = { "shared", LOOSE },
	[CUE_YOURS] = { "yours", LOOSE },
	[CUE_REASON] = { "reason", LOOSE },
	[CUE_ABOUT] = { "about", FIRM, true },
	[CUE_OFFER] = { "offer", OFFER },
	[CUE_INVEST] = { "invest", OFFER },
	[CUE_VIEWED] = { "viewed", OFFER },
	[CUE_TEMPLATE_FIELD] = { "template-field", OFFER, true },
	[CUE_CALL] = { "call", ASK },
	[CUE_RECRUIT] = { "recruit", ASK },
	[CUE_FAVOUR] = { "favour", ASK },
	[CUE_SURVEY] = { "survey", ASK },
	[CUE_PHONE] = { "phone", ASK, true },
	[CUE_LINK] = { "link", ASK, true },
	[CUE_WRONG_NAME] = { "wrong-name", ASK, true },
	[CUE_GROWTH] = { "growth", TRADE },
	[CUE_PRICE] = { "price", TRADE },
	[CUE_FOUND] = { "found", NOTHING },
	[CUE_NETWORK] = { "network", NOTHING },
	[CUE_PRAISE] = { "praise", NOTHING },
};

static const char *const sides[ROLE_LAST] = {
	[FIRM] = "context", [LOOSE] = "context", [OFFER] = "pitch",
	[ASK] = "pitch",    [TRADE] = "pitch",   [NOTHING] = "vague",
};

Cue
cue_of(const char *name)
{
	for (size_t i = 0; i < CUE_LAST; i++)
		if (!kinds[i].is_sign && g_str_equal(kinds[i].name, name))
			return (Cue)i;

	return CUE_LAST;
}

const char *
cue_name(Cue cue)
{
	return kinds[cue].name;
}

const char *
cue_side_name(Cue cue)
{
	return sides[kinds[cue].role];
}

bool
cue_is_sign(Cue cue)
{
	return kinds[cue].is_sign;
}

char *
cue_names(void)
{
	g_autoptr(GString) names = g_string_new(NULL);

	for (size_t i = 0; i < CUE_LAST; i++)
		if (!kinds[i].is_sign)
			g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "",
					       kinds[i].name);

	return g_strdup(names->str);
}

void
cues_clear(Cues *cues)
{
	for (size_t i = 0; i < CUE_LAST; i++)
		g_clear_pointer(&cues->found[i].words, g_free);
}

void
cues_add(Cues *cues, Cue cue, size_t weight, char *words)
{
	CueFound *found = &cues->found[cue];
	size_t most = MAX(found->heaviest, weight) > CUE_WEAK ? KIND_MAX : WEAK_MAX;

	found->weight = MIN(found->weight + weight, most);
	if (weight <= found->heaviest) {
		g_free(words);
		return;
	}
	found->heaviest = weight;
	g_free(found->words);
	found->words = words;
}

bool
cues_say_why(const Cues *cues)
{
	for (size_t i = 0; i < CUE_LAST; i++)
		if (kinds[i].role != NOTHING && cues->found[i].weight > 0)
			return true;

	return false;
}

bool
cues_tell_context(const Cues *cues)
{
	for (size_t i = 0; i < CUE_LAST; i++)
		if ((kinds[i].role == FIRM || kinds[i].role == LOOSE) &&
		    cues->found[i].weight > 0)
			return true;

	return false;
}

bool
cues_tell_shared_past(const Cues *cues)
{
	for (size_t i = 0; i < CUE_LAST; i++)
		if (kinds[i].role == FIRM && cues->found[i].heaviest >= CUE_STRONG)
			return true;

	return false;
}

char *
cues_reason(const Cues *cues, Cue cue)
{
	const char *words = cues->found[cue].words;

	return words != NULL ? g_strdup_printf("%s:%s \"%s\"", cue_side_name(cue),
					       cue_name(cue), words)
			     : NULL;
}
