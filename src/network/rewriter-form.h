/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	rewriter-form - how the address behind a link is written in the link
 *
 * DESCRIPTION
 *	Gateways and open redirects carry the address that they lead to in their
 *	own, each in one of the forms that invite-milter-networks(5) names.
 *
 * OWNERSHIP
 *	What is returned is the caller's.
 */
#ifndef REWRITER_FORM_H
#define REWRITER_FORM_H

#include <stdbool.h>

#include <glib.h>

typedef enum {
	REWRITER_PERCENT,
	REWRITER_PLAIN,
	REWRITER_DASHES,
	REWRITER_STARS,
	REWRITER_BASE64,
	REWRITER_OPAQUE,
	REWRITER_LAST
} RewriterForm;

/* "percent", "plain", ...; false for no such form. */
bool rewriter_form_read(const char *name, RewriterForm *form_out);

/*
 * The target as an address with "://" behind its scheme, or NULL where it is none.
 * key: the bytes that the stars of REWRITER_STARS stand for, in base64.
 */
char *rewriter_form_decode(RewriterForm form, const char *target, const char *key);

/*
 * An address as its site reads it: ":443//./%73link/?a" leads where "/slink?a" does
 * (RFC 3986, section 6.2.2).  NULL where it is written so.
 */
char *rewriter_form_plain_path(const char *url);

#endif
