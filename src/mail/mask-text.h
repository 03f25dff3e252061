/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	mask-text - a text whose links, addresses and words are masked
 *
 * DESCRIPTION
 *	Besides words (mask.h) these are found in a text: addresses with a
 *	scheme, mailboxes, and hosts.  A link keeps its scheme and host where
 *	the host may be shown, and the names in its query as far as they look
 *	like names.  Path and values keep the words of links alone.  What is
 *	percent-encoded is masked as what it stands for, links within links as
 *	links.  A mailbox's local part is masked unless the domain may be shown,
 *	and then keeps words of links and addresses alone.
 *
 *	Each character becomes one character.
 */
#ifndef MASK_TEXT_H
#define MASK_TEXT_H

#include "mail/mask.h"

/* Links within links; what is deeper is masked whole. */
#define MASK_TEXT_MAX_DEPTH 4

/* Characters of a name before "=" in a query. */
#define MASK_TEXT_MAX_KEY 24

void mask_text_chars(const Mask *mask, MaskKeep keep, gunichar *chars, size_t length);

/* The same for a string of any bytes; the caller's. */
char *mask_text(const Mask *mask, MaskKeep keep, const char *text);

/* A link, whole, as an attribute holds it; it may be relative. */
char *mask_text_link(const Mask *mask, const char *link);

#endif
