/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	invite - what an invitation says: who invites, in which words
 *
 * DESCRIPTION
 *	invite_read() takes from a network's mail what it says of the inviter,
 *	the recipient and the note, by the places that the network's file
 *	names.  Text part and HTML part differ in real mail (of 2011: the note
 *	only in one, the headline only in the other), so both are read.
 *
 *	What a mail does not say is NULL.  Everything is clean (text.h) and
 *	bounded.
 */
#ifndef INVITE_H
#define INVITE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "network/network.h"
#include "network/reading.h"
#include "people/name.h"

/* A longer note is cut: networks allow 300 characters, some 1,000. */
#define INVITE_NOTE_MAX (64 * 1024)

typedef struct {
	char *name; /* of the inviter, like the members up to note */
	char *headline;
	char *company;
	char *location;
	char *profile;    /* a URL of the network's, without tracking */
	char *address;    /* a mail to it reaches the inviter */
	char *note;       /* lines as written, "\n" between; NULL: none */
	char *note_below; /* words right below the links that answer, where note has no
			       * place: they are the note if a person speaks; or NULL */
	char *greeting;   /* the line by which the network greets; NULL: none */
	char *accept;     /* the link that accepts, as in the mail */
	char *recipient;  /* by which name the mail addresses its reader */
	long connections; /* in common; -1 where not said */
	const char *language; /* of the frame, borrowed from the network; or NULL */
	bool is_reminder;
	bool
	    is_note_unplaced; /* it has prose; its place does not say that it is a note */
	bool is_note_doubtful; /* and a note only in so far as a person speaks in it */
	bool lacks_headline;   /* the HTML shows the inviter, and no headline below */
} Invite;

/* An invite that says nothing. */
Invite *invite_new(void);

/* rules: to compare names by. */
Invite *invite_read(const Network *network, const Kind *kind, const Reading *reading,
		    const NameRules *rules);
void invite_free(Invite *invite);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Invite, invite_free)

#endif
