/* SPDX-License-Identifier: BSD-2-Clause */
/* network-profile.c - whose profile does an address lead to? */

#include "config.h"

#include <string.h>

#include "network/network-profile.h"

/* What a profile's name in a URL is made of; others are percent-encoded. */
#define PROFILE_ID_MAX 200
#define PROFILE_ID_CHARACTERS                                                            \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%"

ProfileId
network_profile_id(const char *name)
{
	if (g_str_equal(name, "first"))
		return PROFILE_ID_FIRST;

	return g_str_equal(name, "reversed") ? PROFILE_ID_REVERSED : PROFILE_ID_WHOLE;
}

/*
 * A name and three numbers, "ann-lee/1/2b/3c4", which stand the other way round in
 * newer addresses, the last two in three digits: "ann-lee-3c402b1".  A language may
 * stand behind.  NULL where it is none.
 */
static char *
reversed_id(const char *id)
{
	static const char zeros[] = "000";
	g_auto(GStrv) parts = g_strsplit(id, "/", 5);

	if (g_strv_length(parts) < 4)
		return NULL;
	for (size_t i = 1; i < 4; i++)
		if (parts[i][0] == '\0' || strlen(parts[i]) > 3 ||
		    parts[i][strspn(parts[i], "0123456789abcdefABCDEF")] != '\0')
			return NULL;

	/* Each but the last is three digits there, with zeros in front. */
	return g_strdup_printf("%s-%s%s%s%s%s", parts[0], &zeros[strlen(parts[3])],
			       parts[3], &zeros[strlen(parts[2])], parts[2], parts[1]);
}

/* The part of the hole's text that names the profile, or NULL. */
static char *
profile_id(const ProfileForm *form, const char *hole)
{
	g_autofree char *id = form->id == PROFILE_ID_REVERSED ? reversed_id(hole)
			      : form->id == PROFILE_ID_FIRST
				  ? g_strndup(hole, strcspn(hole, "/"))
				  : g_strdup(hole);

	if (id == NULL || id[0] == '\0' || strlen(id) > PROFILE_ID_MAX ||
	    id[strspn(id, PROFILE_ID_CHARACTERS)] != '\0')
		return NULL;

	return g_steal_pointer(&id);
}

/* The profile's address, in the form's own way; NULL where the hole has no name. */
static char *
profile_url(const ProfileForm *form, const char *url, const PatternHit *hit)
{
	g_autofree char *hole = g_strndup(url + hit->start, hit->end - hit->start);
	g_autofree char *id = profile_id(form, hole);
	g_auto(GStrv) halves = NULL;

	if (id == NULL)
		return NULL;
	halves = g_strsplit(form->url, "{id}", 2);

	return g_strconcat(halves[0], id, halves[1], NULL);
}

char *
network_profile(const Network *network, const char *url, const Folded *folded)
{
	PatternHit hits[HOLE_LAST];
	char *profile = NULL;

	for (size_t i = 0; i < network->profiles->len && profile == NULL; i++) {
		const ProfileForm *form = network->profiles->pdata[i];

		if (pattern_list_fitting(form->links, folded, hits) != NULL)
			profile = profile_url(form, url, &hits[HOLE_ID]);
	}

	return profile;
}

char *
network_profile_of_link(const Network *network, ReadingLink *link)
{
	PatternHit hits[HOLE_LAST];
	char *profile = NULL;

	for (size_t i = 0; i < network->profiles->len && profile == NULL; i++) {
		const ProfileForm *form = network->profiles->pdata[i];

		if (reading_link_fitting(form->links, link, hits) != NULL)
			profile = profile_url(form, link->url, &hits[HOLE_ID]);
	}

	return profile;
}
