/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	assess - walks a mail's route once, from its bytes to the suggestion
 *
 * DESCRIPTION
 *	assess() reads the mail, finds its network and kind, whether the
 *	network sent it, who invites, whether the owner knows them, what the
 *	note says, the verdict and the suggestion.  It reads the store and
 *	changes nothing; it uses no clock, no other file and no socket.  The
 *	daemon and invitectl call the same function.
 *
 * RETURN VALUE
 *	assess(): NULL with error set where the mail cannot be read.  Whatever
 *	a mail says, "no network's mail" included, is an Assessment.
 *
 * SEE ALSO
 *	assessor.h
 */
#ifndef ASSESS_H
#define ASSESS_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "judge/assessor.h"
#include "judge/relation.h"
#include "judge/suggestion.h"
#include "judge/verdict.h"
#include "mail/message.h"
#include "network/authenticity.h"
#include "network/invite.h"
#include "network/network.h"
#include "note/note.h"

/*
 * The relation of the inviter to the owner, where the caller knows it and the store is
 * not asked.
 */
typedef struct {
	Relation relation;
	char *reason; /* as relation_find()'s, or NULL */
	gint64 since; /* as known_since below */
} AssessRelation;

void assess_relation_clear(AssessRelation *known);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AssessRelation, assess_relation_clear)

/* How a mail came to us. */
typedef struct {
	const char *owner;  /* the recipient's mailbox (owner.h); NULL: no single one */
	const char *client; /* confirmed name of the host that hands it in, or NULL */
	gint64 now;         /* seconds since 1970 */
	const AssessRelation *known; /* NULL: the store is asked */
} Delivery;

/* What was found; members that do not apply are NULL or the enum's NONE. */
typedef struct {
	const Network *network; /* borrowed from the Assessor; NULL: no network's mail */
	const Kind *kind;       /* borrowed; NULL: nothing says what mail it is */
	Authenticity authenticity;
	Relation relation;
	gint64 known_since; /* seconds since 1970; 0: not known, or nobody knows when */
	Invite *invite;     /* what was extracted, for invitations and notices */
	Note *note;
	char *bulk_inviter; /* whose verified note of own words it is (bulk.h), or NULL */
	char *addressee;    /* the mailbox that the network wrote to, or NULL */
	Verdict verdict;
	Suggestion *suggestion;
	Voice voice;         /* for the recipient, in theirs as far as the mail tells */
	GPtrArray *reasons;  /* char *; see assess() */
	char *store_trouble; /* why nobody could be asked, or NULL */
	char *message_id;    /* or NULL */
	bool is_unwanted;    /* of a network that the owner does not want judged */
	bool has_doubtful_links; /* through a gateway that nobody knows */
	MessageBlocks blocks;    /* banners that the mail came with, which are not read */
	Message *message;
	Reading *reading;   /* of message, with what each line was taken for */
	Assessor *assessor; /* what judged it: keeps network alive */
} Assessment;

/*
 * mail: the bytes of a whole mail.  The reasons say first what was found of the
 * network and its banner, then of the note, then of the inviter; the relation's stands
 * last.
 */
Assessment *assess(Assessor *assessor, const char *mail, size_t length,
		   const Delivery *delivery, GError **error);

/*
 * As assess(), for a mail whose head was read before.  claim is of that head and
 * mime as message_of_head() takes it.  The head must outlive the Assessment.
 */
Assessment *assess_claim(Assessor *assessor, const Claim *claim, Mime *mime,
			 const Delivery *delivery, GError **error);
void assess_free(Assessment *assessment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Assessment, assess_free)

/* Is there a verdict to tell of (an invitation, or a forgery of one)? */
bool assess_is_recognised(const Assessment *assessment);

/* What the verdict was found from, and the policy goes by; borrows the network's name. */
Findings assess_findings(const Assessment *assessment);

#endif
