/* SPDX-License-Identifier: BSD-2-Clause */
/* arc.c - what those who forwarded a mail say that they had found */

#include "config.h"

#include <string.h>

#include "base/settings.h"
#include "mail/arc.h"
#include "mail/results.h"
#include "text/address.h"

/* The value of a tag in "i=1; a=rsa-sha256; d=example.org", in lower case, or NULL. */
static char *
tag(const char *list, const char *name)
{
	g_auto(GStrv) tags = g_strsplit(list, ";", -1);

	for (size_t i = 0; tags[i] != NULL; i++) {
		char *value = strchr(tags[i], '=');

		if (value == NULL)
			continue;
		*value++ = '\0';
		if (g_str_equal(g_strstrip(tags[i]), name))
			return g_ascii_strdown(g_strstrip(value), -1);
	}

	return NULL;
}

/* The number of a set, or 0; *behind_out: what stands behind it. */
static guint64
number(const char *value, const char **behind_out)
{
	const char *end = strchr(value, ';');
	g_autofree char *first = g_strndup(value, end != NULL ? end - value : 0);
	g_autofree char *text = tag(first, "i");
	guint64 set = 0;

	if (text == NULL ||
	    !g_ascii_string_to_unsigned(text, 10, 1, ARC_MAX_SETS, &set, NULL))
		return 0;
	*behind_out = end + 1;

	return set;
}

/* One number of the chain. */
typedef struct {
	size_t seals;
	bool is_of_sealer,
	    is_of_site; /* who sealed it: one of the sealers, a verifier's site */
	size_t finds;
	const char *found; /* borrowed: what stands behind the number */
} Set;

/*
 * Are both of one site?  Verifiers are called by their host, and seal as its domain.
 * A name of one word is no domain: everybody is below "mx".
 */
static bool
is_akin(const char *domain, const char *name)
{
	return (strchr(name, '.') != NULL && address_is_under(domain, name)) ||
	       (strchr(domain, '.') != NULL && address_is_under(name, domain));
}

static void
take_seal(Set sets[], const char *value, const char *const *names,
	  const char *const *sealers)
{
	g_autofree char *text = tag(value, "i"), *domain = tag(value, "d");
	guint64 number = 0;
	Set *set;

	if (text == NULL ||
	    !g_ascii_string_to_unsigned(text, 10, 1, ARC_MAX_SETS, &number, NULL))
		return;
	set = &sets[number];
	set->seals++;
	if (domain == NULL)
		return;
	set->is_of_sealer = address_is_under_any(domain, sealers);
	for (size_t i = 0; names[i] != NULL; i++)
		set->is_of_site |= is_akin(domain, names[i]);
}

static void
take_found(Set sets[], const char *value)
{
	const char *behind = NULL;
	Set *set = &sets[number(value, &behind)];

	set->finds++;
	set->found = behind;
}

static void
take_sets(Set sets[], const Head *head, const char *const *names,
	  const char *const *sealers)
{
	for (size_t i = 0; i < head_length(head); i++) {
		const char *name = head_name(head, i);

		if (g_ascii_strcasecmp(name, "ARC-Seal") == 0)
			take_seal(sets, head_value(head, i), names, sealers);
		else if (g_ascii_strcasecmp(name, "ARC-Authentication-Results") == 0)
			take_found(sets, head_value(head, i));
	}
}

/* Did a verifier write it and its site seal it?  Two of a number are a riddle. */
static bool
is_own(const Set *set, const char *const *names)
{
	return set->seals == 1 && set->finds == 1 &&
	       (set->is_of_site || set->is_of_sealer) && results_is_of(set->found, names);
}

void
arc_read(ArcChain *chain_out, const Head *head, const ArcTrust *trust)
{
	g_auto(GStrv) names = results_names(trust->names);
	g_auto(GStrv) sealers = settings_split(trust->sealers);
	const char *const *verifiers = (const char *const *)names;
	Set sets[ARC_MAX_SETS + 1] = { 0 };
	size_t at = ARC_MAX_SETS;

	*chain_out = (ArcChain){
		.believed = g_ptr_array_new_with_free_func((GDestroyNotify)results_free),
		.earlier = g_ptr_array_new_with_free_func((GDestroyNotify)results_free),
	};
	take_sets(sets, head, verifiers, (const char *const *)sealers);
	while (at > 0 && sets[at].seals == 0 && sets[at].finds == 0)
		at--;
	for (; at > 0; at--) {
		const Set *set = &sets[at];
		bool is_believed =
		    is_own(set, verifiers) ||
		    (set->is_of_sealer && set->seals == 1 && set->finds == 1);
		Results *results = is_believed ? results_new(set->found) : NULL;

		chain_out->has_others |= !is_believed;
		if (results != NULL)
			g_ptr_array_add(chain_out->has_others ? chain_out->earlier
							      : chain_out->believed,
					results);
	}
}

void
arc_chain_clear(ArcChain *chain)
{
	g_clear_pointer(&chain->believed, g_ptr_array_unref);
	g_clear_pointer(&chain->earlier, g_ptr_array_unref);
}
