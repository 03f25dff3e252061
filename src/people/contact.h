/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	contact - what one source says of one person the owner knows
 *
 * DESCRIPTION
 *	A card of an address book, a line of a network's list of connections, a
 *	guest of a meeting, a recipient of the owner's mail: each becomes a
 *	Contact, and learn.h makes people of them.  people/ knows no networks:
 *	the folders above say which URLs are profiles (networks.h).
 *
 *	Readers of files hand them out one after the other by a ContactTake.
 *	A record that cannot be used is told with its line, and the next one is
 *	read: every good record of a damaged file is found.
 *
 * OWNERSHIP
 *	A Contact owns its members; what a ContactTake gets it borrows for the
 *	call.
 *
 * SEE ALSO
 *	vcard.h, csv.h, calendar.h
 */
#ifndef CONTACT_H
#define CONTACT_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/* Limits of one contact.  Longer texts are cut (characters). */
#define CONTACT_MAX_ADDRESSES 32
#define CONTACT_MAX_URLS      32
#define CONTACT_MAX_ANSWERED  20
#define CONTACT_MAX_TEXT      256

/* Seen on a day that the source leaves out, or writes as nobody can read: not today. */
#define CONTACT_LONG_AGO 1

/* How the owner came to know them.  Kept in the store by number: append only. */
typedef enum {
	SOURCE_SENT,       /* the owner wrote to them */
	SOURCE_ACCEPTED,   /* they accepted the owner's invitation */
	SOURCE_CONNECTION, /* a network's list of connections */
	SOURCE_CONTACT,    /* an address book */
	SOURCE_MET,        /* a meeting that took place */
	SOURCE_ADDED,      /* said by the owner */
	SOURCE_HAND,       /* shown by the owner, who filed their invitation */
	SOURCE_LAST
} Source;

/* A page of one person at a network. */
typedef struct {
	char *key;   /* contact_profile_key() of the page as its network writes it */
	char *shown; /* as it was written */
} ContactProfile;

typedef struct {
	Source source;
	char *name;           /* as written, clean (text.h); or NULL */
	char *company;        /* likewise */
	GPtrArray *addresses; /* char *, lower case, local@domain */
	GPtrArray *urls;      /* char *, as written: profiles, home pages */
	GPtrArray *profiles;  /* ContactProfile *, of the URLs that lead to one */
	gint64 seen;          /* seconds since 1970; 0: the source does not say */
	GPtrArray
	    *answered; /* char *, of SOURCE_SENT: Message-IDs that the mail answers */
} Contact;

/*
 * trouble: why the record that begins in this line cannot be used, contact is NULL then;
 * with a contact, what of it was not understood and is left out.
 */
typedef void ContactTake(void *context, const Contact *contact, size_t line,
			 const char *trouble);

void contact_init(Contact *contact, Source source);
void contact_clear(Contact *contact);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Contact, contact_clear)

/*
 * The value is cleaned.  No address, one that is there already or one too many is
 * ignored.
 */
void contact_set_name(Contact *contact, const char *name);
void contact_set_company(Contact *contact, const char *company);
void contact_add_address(Contact *contact, const char *address);
void contact_add_url(Contact *contact, const char *url);
void contact_add_profile(Contact *contact, const char *key, const char *shown);
void contact_add_answered(Contact *contact, const char *message_id);

/* The same for each way to write a profile's address: no scheme, ASCII in lower case. */
char *contact_profile_key(const char *url);

/*
 * A key with each letter and its mark as one character, the caller's: systems write "ü"
 * in either way.  contact_profile_key() does that; those of old stores lack it.
 */
char *contact_key_composed(const char *key);

/* Are these keys two profiles of one network, written in the same form? */
bool contact_profiles_differ(const char *key, const char *other);

/*
 * Drop a name that is an address or a page: programs show that where they know no name.
 */
void contact_drop_false_name(Contact *contact);

/* Is there a name, an address or a page? */
bool contact_is_somebody(const Contact *contact);

/* "sent", "accepted", … */
const char *contact_source_name(Source source);

#endif
