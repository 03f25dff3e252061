/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	url-hint - which URLs fit none of some patterns, told without folding them
 *
 * DESCRIPTION
 *	To fold a URL (folded.h) costs more than all that is done with it
 *	afterwards, and most URLs lack words that each pattern asks for.  Of each
 *	pattern one piece is kept that stands behind a "/", "-" or a character of
 *	the query, "invite-accept/" of "{id}/invite-accept/{who}"; a URL without any
 *	of these pieces fits none of the patterns.
 *
 * RETURN VALUE
 *	url_hint_may_fit(): true where one may fit, or where nothing can be said.
 */
#ifndef URL_HINT_H
#define URL_HINT_H

#include <stdbool.h>

#include <glib.h>

typedef struct UrlHint UrlHint;

UrlHint *url_hint_new(void);
void url_hint_free(UrlHint *hint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(UrlHint, url_hint_free)

/* pattern: as written (pattern.h). */
void url_hint_add(UrlHint *hint, const char *pattern);

bool url_hint_may_fit(const UrlHint *hint, const char *url);

#endif
