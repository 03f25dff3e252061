/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	banner - what stands on top of an invitation, as text and as HTML
 *
 * DESCRIPTION
 *	The banner says who invites, why the verdict is so and what to do, with
 *	the reply, a link to the network's own page and, where the inviter can
 *	be reached by mail, a mailto: with the reply.  All words are data
 *	(replies/CODE.reply).
 *
 *	It stands in a block, by whose name it is found (block.h), so that judging
 *	the mail again finds the mail without it.  The HTML is ASCII, escaped, without
 *	remote content, and says both its colours, so that it can be read in
 *	light and in dark mode.
 *
 * RETURN VALUE
 *	False, with nothing set, where no language has the words for it.
 */
#ifndef BANNER_H
#define BANNER_H

#include <stdbool.h>

#include "judge/assess.h"

/* mark: see assessor_mark(); may be NULL. */
bool banner_render(const Assessment *assessment, const char *mark, char **text_out,
		   char **html_out);

/*
 * A mailto: URL with subject and body alone, or NULL where the address is not
 * one plain address (RFC 6068).
 */
char *banner_mailto_url(const char *address, const char *subject, const char *body);

#endif
