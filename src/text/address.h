/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	address - addresses and lists of them, by one grammar
 *
 * DESCRIPTION
 *	address_list() reads the value of From, To, Reply-To and their like
 *	(RFC 5322, sections 3.4 and 4.4): names in words and quotes, groups,
 *	comments, old routes, domain literals.  It reads in one pass without
 *	recursion; what a list may hold is limited below.  A comma without quotes
 *	between words, with an address in brackets behind them, is part of the name.
 *	No library sees the value: GMime 3.2.13 leaks 8 kB for some of them.
 *
 *	address_is_plain() and address_is_domain() say what is an address and a
 *	domain, wherever one is read: in a mail, a file or a setting.
 *
 * SEE ALSO
 *	mailbox.h, the person whom a field names
 */
#ifndef ADDRESS_H
#define ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/*
 * Bytes of a domain as it is written (RFC 1035, section 2.3.4, without the
 * root), and of an address: bounce addresses exceed RFC 5321's 64 for the
 * local part, so only the sum is limited.
 */
#define ADDRESS_MAX_DOMAIN 253
#define ADDRESS_MAX_BYTES  320

/* A field of 8 kB names some hundred people; further bytes are not read. */
#define ADDRESS_MAX_LIST (8 * 1024)

/*
 * Groups nest in no mail.  Colons of IPv6 and of names count as well: a reader
 * that told them apart could be deceived.
 */
#define ADDRESS_MAX_COLONS 64

/*
 * Is it local@domain, without quotes, in a form that may be shown, logged and
 * compared?  The domain may be a literal, [192.0.2.1].
 */
bool address_is_plain(const char *address);

/* Is it a domain's name?  Labels beyond ASCII are taken as written. */
bool address_is_domain(const char *domain);

/* Is it the other domain, or below it? */
bool address_is_under(const char *domain, const char *parent);

/* Is it one of the domains, up to NULL, or below one? */
bool address_is_under_any(const char *domain, const char *const *parents);

/*
 * What stands behind the last "@", borrowed, or NULL where there is none.  It does
 * not ask for an address: of "@example.org" it is "example.org".
 */
const char *address_domain(const char *address);

/* An envelope's address in lower case, without the angle brackets it may have. */
char *address_bare(const char *given);

/*
 * One entry of a list, borrowed: its name as written (encoded words are not
 * decoded, quotes are gone), or else its comment; its address, plain or not.
 * address NULL: a group of this name begins.
 */
typedef void AddressVisit(void *context, const char *name, const char *address);

/* What reading a list came to. */
typedef enum {
	ADDRESS_LIST_CLEAR,
	ADDRESS_LIST_DOUBTFUL, /* programs could read it differently */
	ADDRESS_LIST_CUT,      /* it goes on beyond a limit */
} AddressListEnd;

/*
 * Visit the entries of a raw value.  Doubtful is one with an "@" or a ";" that
 * belongs to no entry, and one with quotes or a comment that never ends.
 */
AddressListEnd address_list(const char *raw, AddressVisit *visit, void *context);

#endif
