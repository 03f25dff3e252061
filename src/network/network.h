/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	network - a social network, as its file describes it
 *
 * DESCRIPTION
 *	A network is data (networks/NAME.network, invite-milter-networks(5)):
 *	its domains, the traits of its mail, its own words with holes for what
 *	differs (pattern.h), its links, and the kinds of mail it sends.
 *	network-file.h reads it.  The main questions to this module are:
 *
 *	network_claims()	could a mail with this head be the network's?
 *	network_sent()		does the whole mail have the network's traits?
 *
 *	network-kind.h says which kind of mail it is, authenticity.h whether the
 *	network really sent it.
 *
 * OWNERSHIP
 *	Networks are immutable; everything returned is borrowed from them.
 */
#ifndef NETWORK_H
#define NETWORK_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "network/claim.h"
#include "network/lookalike.h"
#include "network/pattern-list.h"
#include "network/reading.h"
#include "mail/mailbox.h"

/* What is asked of the recipient; one list for all networks. */
typedef enum {
	REQUEST_NONE,
	REQUEST_CONNECT,
	REQUEST_RECOMMEND,
	REQUEST_ENDORSE,
	REQUEST_GROUP,
	REQUEST_FOLLOW,
	REQUEST_EVENT,
	REQUEST_JOIN,
	REQUEST_LAST
} Request;

/* What is told about a person, where nothing is asked. */
typedef enum {
	NOTICE_NONE,
	NOTICE_ACCEPTED,
	NOTICE_REPLIED,
	NOTICE_MESSAGE,
	NOTICE_LAST
} Notice;

/* What may stand in braces in a network's patterns. */
typedef enum {
	HOLE_INVITER,
	HOLE_RECIPIENT,
	HOLE_HEADLINE,
	HOLE_COMPANY,
	HOLE_LOCATION,
	HOLE_ADDRESS,
	HOLE_COUNT, /* connections in common */
	HOLE_TEMPLATE,
	HOLE_ID,
	HOLE_LAST
} Hole;

/* The lists of patterns that one network has. */
typedef enum {
	NETWORK_LIST_CLAIM_NAME, /* display names that claim to be the network */
	NETWORK_LIST_CLAIM_MESSAGE_ID,
	NETWORK_LIST_CLAIM_NEW_MESSAGE_ID, /* in mail that answers none */
	NETWORK_LIST_AUTHOR,               /* display names with the inviter in them */
	NETWORK_LIST_AUTHOR_SELF,          /* display names of the network itself */
	NETWORK_LIST_FRAME,                /* lines that are the network's own words */
	NETWORK_LIST_START,                /* the note stands behind this line */
	NETWORK_LIST_END,                  /* no note from this line on */
	NETWORK_LIST_BANNER,               /* what mail systems put on top */
	NETWORK_LIST_COMPANY,              /* how a headline names a company */
	NETWORK_LIST_ACCEPT_LABEL,         /* labels of the links that accept */
	NETWORK_LIST_ACTION,               /* labels of other links to be clicked */
	NETWORK_LIST_PROFILE_LABEL, /* labels of the link to the inviter's profile */
	NETWORK_LIST_ACCEPT,        /* links that accept the request */
	NETWORK_LIST_TEMPLATE,      /* links that carry the name of a template */
	NETWORK_LIST_REPLY_TO,      /* addresses that take a reply by mail */
	NETWORK_LIST_CLIENT,        /* names of the hosts that it mails from */
	NETWORK_LIST_LAST
} NetworkList;

/* The lists of patterns that one kind of mail has, strongest evidence first. */
typedef enum {
	KIND_METHOD,   /* what the mail's calendar asks (RFC 5546) */
	KIND_TEMPLATE, /* names of templates */
	KIND_LINE,
	KIND_LINK,
	KIND_SUBJECT,
	KIND_OWN_SUBJECT, /* in mail of an author under the domains alone */
	KIND_FROM,        /* addresses of the author */
	KIND_LAST
} KindList;

/* Where a note can stand, by what anchors it; bits. */
typedef enum {
	NOTE_PLACE_ABOVE_BLOCK = 1 << 0,   /* the inviter's name, headline, place */
	NOTE_PLACE_BELOW_BLOCK = 1 << 1,   /* between it and the answer */
	NOTE_PLACE_BEFORE_ANSWER = 1 << 2, /* in a part that shows no block */
	NOTE_PLACE_AFTER_ANSWER = 1 << 3,
	NOTE_PLACE_QUOTED = 1 << 4,      /* behind a line of the list start */
	NOTE_PLACE_DESCRIPTION = 1 << 5, /* of a calendar's event */
} NotePlace;

typedef struct {
	char *name;
	Request request;
	Notice notice;
	bool is_reminder;
	bool has_note;   /* the inviter can write something */
	unsigned places; /* of the note, NotePlace; 0: the file does not say */
	PatternList *lists[KIND_LAST];
} Kind;

/* A header field that only the network writes. */
typedef struct {
	char *name;
	Pattern *value;           /* NULL: any */
	const KeyfileEntry *from; /* borrowed */
} FieldClaim;

typedef struct {
	char *name;
	char *title;       /* as people call it */
	bool is_seen;      /* written from its real mails */
	char **domains;    /* authors, links and hosts under them are the network's */
	char **signers;    /* other domains that sign its mail, and mail of others */
	char **brands;     /* what domains in disguise resemble, in lower case */
	char **senders;    /* robots in Sender or From that make a mail its own */
	char **excepted;   /* addresses of its authors that never invite */
	char **hosts;      /* others that its own words link to: nobody's pitch */
	char **mailboxes;  /* domains under which anybody has one: no colleagues' */
	bool is_generic;   /* what no other network has is its own */
	GPtrArray *fields; /* of FieldClaim */
	char *page;  /* where requests are answered; NULL: nowhere but in the mail */
	char *field; /* header field with the template's name, or NULL */
	bool takes_replies; /* a request can be answered without accepting it */
	PatternList *lists[NETWORK_LIST_LAST];
	GPtrArray *kinds;    /* of Kind, in the order of the file */
	GPtrArray *profiles; /* of ProfileForm (network-profile.h) */
	const Keyfile *file; /* borrowed from the Networks */
} Network;

/* One that has no words yet; it borrows the file. */
Network *network_new(const Keyfile *file);
void network_free(Network *network);

/* Looks at header fields alone and is cheap; its "no" is never wrong. */
bool network_claims(const Network *network, const Claim *claim);

/*
 * The pattern that fits a subject, or NULL.  It does not fit with a colon in front of
 * a name: no name has one, so it is the "Re:", "AW:" or "Fwd:" of a mail that answers
 * another or passes it on, and quotes its links.
 */
const PatternListEntry *network_subject_fitting(const PatternList *list,
						const Folded *subject);

/* Does a head have such a field? */
bool network_field_claim_fits(const FieldClaim *field, const Head *head);

/* Does the head have a trait that the network's machines alone write? */
bool network_has_own_trait(const Network *network, const Head *head,
			   const Folded *message_id);

/* How many patterns its file has. */
size_t network_patterns(const Network *network);

/*
 * Does the mail have more of the network's traits than the display name: its author,
 * Message-ID or header fields, or an accept link in a mail with the network's words?
 */
bool network_sent(const Network *network, const Claim *claim, const Reading *reading,
		  const Kind *kind);

/* Is the host of the URL, or the domain, the network's? */
bool network_owns_url(const Network *network, const char *url);
bool network_owns_domain(const Network *network, const char *domain);

/* Is the author the network's: under its domains, or one of its robots elsewhere? */
bool network_owns_author(const Network *network, const Mailbox *author);

/*
 * Is one of its addresses in an author's name, where it is not the author's?  A
 * service that hides addresses puts it there.
 */
bool network_gives_address(const Network *network, const char *name);

/* Does a signature of the domain say that the network sent a mail? */
bool network_signs(const Network *network, const char *domain);

/* Does a domain that is not the network's pass itself off as one of its? */
Lookalike network_lookalike(const Network *network, const char *domain);

/* Does a name have one of its brands in other alphabets' letters? */
bool network_is_disguised(const Network *network, const Folded *name);

/* Does one of the network's own links fit the list? */
bool network_has_link(const Network *network, const Reading *reading,
		      const PatternList *list);

/* How to answer there without accepting, in a language, or NULL; borrowed. */
const char *network_reply_hint(const Network *network, const char *language);

const char *network_request_name(Request request);
const char *network_notice_name(Notice notice);

/* All of them, in the order of the enum, closed by NULL. */
const char *const *network_request_names(void);
const char *const *network_notice_names(void);

#endif
