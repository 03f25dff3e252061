/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	mark - the secret word by which an owner tells our banner from others
 *
 * DESCRIPTION
 *	An owner's mark is an HMAC-SHA256 of the owner with the site's secret,
 *	cut to 60 bits, as "k3vf-90ax-7mqd".  Each owner has a
 *	different one, and a person who knows one cannot find another.
 *
 *	The secret is a line of 32 to 1000 printable characters without blanks,
 *	in a file that its owner alone may read and that belongs to root or to
 *	the user who reads it.  Where there is none, MARK_MAKE makes one of 256
 *	random bits: the file comes into being with its content, so of two that
 *	make it at once both use the same.  When root makes it, it belongs to
 *	the owner of its folder.
 *
 * RETURN VALUE
 *	mark_key_new(): NULL with error set; MARK_ERROR_WRONG where the file must
 *	not be used as it is, MARK_ERROR_MISSING where it cannot be had.
 *
 * SEE ALSO
 *	RFC 2104
 */
#ifndef MARK_H
#define MARK_H

#include <glib.h>

typedef struct MarkKey MarkKey;

#define MARK_ERROR (mark_error_quark())
GQuark mark_error_quark(void);

typedef enum {
	MARK_ERROR_WRONG,
	MARK_ERROR_MISSING,
} MarkError;

typedef enum {
	MARK_READ,
	MARK_MAKE,
} MarkMode;

MarkKey *mark_key_new(const char *path, MarkMode mode, GError **error);
void mark_key_free(MarkKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MarkKey, mark_key_free)

/* The owner's mark; the caller's. */
char *mark_of(const MarkKey *key, const char *owner);

/* The address as the log has it, by which nobody finds out a mark; the caller's. */
char *mark_hash(const MarkKey *key, const char *address);

#endif
