/* SPDX-License-Identifier: BSD-2-Clause */
/* url.c - where a link leads */

#include "config.h"

#include <string.h>

#include <glib.h>

#include "mail/url.h"

/*
 * Where the host begins: behind "http:" or "https:" and any run of slashes, or
 * behind the "//" that a URL without a scheme begins with; NULL for others.
 * Browsers take a backslash for a slash, and do not count them.
 */
static const char *
host_start(const char *url)
{
	static const char *const schemes[] = { "http:", "https:" };

	/* Browsers leave out control characters and blanks at the start. */
	while (*url != '\0' && (unsigned char)*url <= ' ')
		url++;
	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
		size_t length = strlen(schemes[i]);

		if (g_ascii_strncasecmp(url, schemes[i], length) == 0)
			return url + length + strspn(url + length, "/\\");
	}

	return strspn(url, "/\\") >= 2 ? url + strspn(url, "/\\") : NULL;
}

char *
url_host(const char *url)
{
	const char *start = host_start(url), *end, *at;

	if (start == NULL)
		return NULL;
	end = start + strcspn(start, "/\\?#");
	for (at = start; (at = memchr(at, '@', (size_t)(end - at))) != NULL; at++)
		start = at + 1;
	/* The colons of an IPv6 address stand in brackets, before that of the port. */
	at = *start == '[' ? memchr(start, ']', (size_t)(end - start)) : NULL;
	at = memchr(at != NULL ? at : start, ':',
		    (size_t)(end - (at != NULL ? at : start)));
	if (at != NULL)
		end = at;
	while (end > start && end[-1] == '.')
		end--;

	return end > start ? g_ascii_strdown(start, end - start) : NULL;
}
