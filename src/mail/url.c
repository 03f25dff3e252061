/* SPDX-License-Identifier: BSD-2-Clause */
/* url.c - where a link leads */

#include <string.h>

#include <glib.h>

#include "mail/url.h"

char *
url_host(const char *url)
{
	const char *start = strstr(url, "://"), *end, *at;

	if (start == NULL)
		return NULL;
	start += strlen("://");
	/* Browsers take a backslash for a slash. */
	end = start + strcspn(start, "/\\?#");
	for (at = start; (at = memchr(at, '@', (size_t)(end - at))) != NULL; at++)
		start = at + 1;
	if (*start == '[')
		return NULL;
	at = memchr(start, ':', (size_t)(end - start));
	if (at != NULL)
		end = at;
	while (end > start && end[-1] == '.')
		end--;

	return end > start ? g_ascii_strdown(start, end - start) : NULL;
}
