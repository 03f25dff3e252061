/* SPDX-License-Identifier: BSD-2-Clause */
/* profile.c - which pages are people's profiles at a network? */

#include "config.h"

#include <string.h>

#include "network/profile.h"

char *
profile_key(const Networks *networks, const char *url)
{
	/* People write it as their browser shows it. */
	g_autofree char *whole = strstr(url, "://") != NULL
				     ? g_strdup(url)
				     : g_strconcat("https://", url, NULL);
	g_autofree char *profile = networks_profile(networks, whole);

	return profile != NULL ? contact_profile_key(profile) : NULL;
}

void
profile_find(const Networks *networks, Contact *contact)
{
	for (size_t i = 0; i < contact->urls->len; i++) {
		const char *url = contact->urls->pdata[i];
		g_autofree char *key = profile_key(networks, url);

		if (key != NULL)
			contact_add_profile(contact, key, url);
	}
}
