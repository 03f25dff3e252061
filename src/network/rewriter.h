/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	rewriter - takes off what mail gateways put before links
 *
 * DESCRIPTION
 *	A gateway sends every click through itself, so that no link of a
 *	genuine mail leads to its sender any more.  An open redirect is an
 *	address of a well-known site that leads wherever its writer wants.
 *	Both are data (rewriters/NAME.rewriter); what they tell is read from
 *	the address alone, and nothing is ever fetched.
 *
 * OWNERSHIP
 *	What is returned is the caller's.
 */
#ifndef REWRITER_H
#define REWRITER_H

#include <stdbool.h>

#include <glib.h>

typedef struct Rewriters Rewriters;

/* A link without what gateways and redirects put before it. */
typedef struct {
	char *target;    /* the address it leads to; NULL: its own */
	bool by_gateway; /* a gateway put itself before it */
	bool is_hidden;  /* a gateway does not tell where it leads, ... */
	char *domain;    /* ... or tells that domain alone; else NULL */
	bool is_trusted; /* that gateway is one that the administrator names */
	bool is_blind;   /* an open redirect does not tell */
} Unwrapped;

void rewriter_clear_unwrapped(Unwrapped *unwrapped);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Unwrapped, rewriter_clear_unwrapped)

/* files: of Keyfile, kept by the Rewriters. */
Rewriters *rewriters_new(GPtrArray *files, GError **error);

/* The names of the holes that their patterns may have, closed by NULL (pattern.h). */
const char *const *rewriters_holes(void);
void rewriters_free(Rewriters *rewriters);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rewriters, rewriters_free)

/* Hosts that the administrator names as gateways, closed by NULL. */
void rewriters_trust(Rewriters *rewriters, const char *const *hosts);

/* host: the URL's own, "" for none. */
Unwrapped rewriters_follow(const Rewriters *rewriters, const char *url, const char *host);

/*
 * The first address that stands within another one, as gateways write it: as it
 * is, percent-encoded or in base64.  NULL where there is none.  It proves nothing,
 * for anybody can put one there.
 */
char *rewriter_inner_url(const char *url);

#endif
