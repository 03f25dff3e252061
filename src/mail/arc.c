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

/* Is the field a seal?  Then its number, or 0, and who sealed that set, or NULL. */
static bool
is_seal(const Head *head, size_t i, guint64 *set_out, char **domain_out)
{
	g_autofree char *text = NULL;

	if (g_ascii_strcasecmp(head_name(head, i), "ARC-Seal") != 0)
		return false;
	text = tag(head_value(head, i), "i");
	if (text == NULL ||
	    !g_ascii_string_to_unsigned(text, 10, 1, ARC_MAX_SETS, set_out, NULL))
		*set_out = 0;
	*domain_out = tag(head_value(head, i), "d");

	return true;
}

/* is_sealed_out: of each number, did one of the names seal it? */
static void
find_seals(const Head *head, const char *const *names,
	   bool is_sealed_out[ARC_MAX_SETS + 1])
{
	for (size_t i = 0; i < head_length(head); i++) {
		g_autofree char *domain = NULL;
		guint64 set;

		if (is_seal(head, i, &set, &domain) && set > 0 && domain != NULL)
			is_sealed_out[set] = address_is_under_any(domain, names);
	}
}

/* Is it what a host of the chain found? */
static bool
is_found(const Head *head, size_t i)
{
	return g_ascii_strcasecmp(head_name(head, i), "ARC-Authentication-Results") == 0;
}

GPtrArray *
arc_results(const Head *head, const char *sealers)
{
	g_auto(GStrv) names = settings_split(sealers);
	GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)results_free);
	bool is_sealed[ARC_MAX_SETS + 1] = { false };

	find_seals(head, (const char *const *)names, is_sealed);
	for (size_t i = 0; i < head_length(head) && all->len < ARC_MAX_SETS; i++) {
		const char *behind = NULL;
		Results *results;

		if (!is_found(head, i) ||
		    !is_sealed[number(head_value(head, i), &behind)])
			continue;
		results = results_new(behind);
		if (results != NULL)
			g_ptr_array_add(all, results);
	}

	return all;
}

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

/* Is there one seal of this number, by a verifier's site or by a believed sealer? */
static bool
is_sealed_by(const Head *head, guint64 wanted, const char *const *verifiers,
	     const char *const *sealers)
{
	size_t seals = 0;
	bool is_by = false;

	for (size_t i = 0; i < head_length(head); i++) {
		g_autofree char *domain = NULL;
		guint64 set;

		if (!is_seal(head, i, &set, &domain) || set != wanted)
			continue;
		seals++;
		if (domain == NULL)
			continue;
		is_by = address_is_under_any(domain, sealers);
		for (size_t name = 0; verifiers[name] != NULL; name++)
			is_by |= is_akin(domain, verifiers[name]);
	}

	return seals == 1 && is_by;
}

bool
arc_is_newest_of(const Head *head, const char *list, const char *sealers)
{
	g_auto(GStrv) names = results_names(list);
	g_auto(GStrv) believed = settings_split(sealers);
	const char *const *verifiers = (const char *const *)names;
	guint64 newest = 0;
	bool is_of = false;

	for (size_t i = 0; i < head_length(head); i++) {
		const char *behind = NULL;
		guint64 set;

		if (!is_found(head, i))
			continue;
		set = number(head_value(head, i), &behind);
		if (set <= newest)
			continue;
		newest = set;
		is_of = results_is_of(behind, verifiers);
	}

	return is_of &&
	       is_sealed_by(head, newest, verifiers, (const char *const *)believed);
}
