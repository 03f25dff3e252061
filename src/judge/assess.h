/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	assess - walks a mail's route once, from its bytes to the suggestion
 *
 * DESCRIPTION
 *	An Assessor holds all that judging needs: the settings, the networks,
 *	the languages, the reply texts, and the store to ask.  It is immutable and
 *	reference-counted; a reload makes a new one, and a mail in flight keeps
 *	the one it began with.  The daemon and invitectl walk the same
 *	assess().
 *
 *	assessor_claims() is the gate: could any network have sent a mail with
 *	this head?  It looks at header fields alone.
 *
 * RETURN VALUE
 *	assess(): NULL with error set where the mail cannot be read.  Whatever
 *	a mail says, "no network's mail" included, is an Assessment.
 */
#ifndef ASSESS_H
#define ASSESS_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/settings.h"
#include "network/authenticity.h"
#include "network/invite.h"
#include "network/network.h"
#include "network/network-file.h"
#include "note/note.h"
#include "judge/policy.h"
#include "judge/relation.h"
#include "judge/suggestion.h"
#include "judge/verdict.h"
#include "mail/head.h"
#include "mail/message.h"
#include "import/csv-columns.h"
#include "people/learn.h"
#include "people/store.h"

typedef struct Assessor Assessor;

/* How a mail came to us. */
typedef struct {
	const char *owner;  /* the recipient's mailbox (owner.h); NULL: no single one */
	const char *client; /* confirmed name of the host that hands it in, or NULL */
	gint64 now;         /* seconds since 1970 */
} Delivery;

/* What was found; members that do not apply are NULL or the enum's NONE. */
typedef struct {
	const Network *network; /* borrowed from the Assessor; NULL: no network's mail */
	const Kind *kind;       /* borrowed; NULL: nothing says what mail it is */
	Authenticity authenticity;
	Relation relation;
	Invite *invite; /* what was extracted, for invitations and notices */
	Note *note;
	char *bulk_inviter; /* whose verified note of own words it is (bulk.h), or NULL */
	char *addressee;    /* the mailbox that the network wrote to, or NULL */
	Verdict verdict;
	Suggestion *suggestion;
	Voice voice;         /* for the recipient, in theirs as far as the mail tells */
	GPtrArray *reasons;  /* char *, in the order of the route */
	char *store_trouble; /* why nobody could be asked, or NULL */
	char *message_id;    /* or NULL */
	bool has_fence;      /* the mail carries our banner already */
	Message *message;
	Reading *reading;   /* of message, with what each line was taken for */
	Assessor *assessor; /* what judged it: keeps network alive */
} Assessment;

/* settings_path NULL: all defaults.  Reads settings, networks, languages, replies. */
Assessor *assessor_new(const char *settings_path, GError **error);
Assessor *assessor_ref(Assessor *assessor);
void assessor_unref(Assessor *assessor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Assessor, assessor_unref)

const Settings *assessor_settings(const Assessor *assessor);
const Languages *assessor_languages(const Assessor *assessor);

const Networks *assessor_networks(const Assessor *assessor);

const Policy *assessor_policy(const Assessor *assessor);
const LearnRules *assessor_rules(const Assessor *assessor);

/* The same, with a network's file in the place of one of its name, or besides. */
Assessor *assessor_trial(const char *settings_path, const char *network_path,
			 GError **error);

/* As assessor_new(), with the store that the settings name. */
Assessor *assessor_open(const char *settings_path, StoreMode mode, GError **error);

/* What the columns of a table of people are called. */
const CsvColumns *assessor_columns(const Assessor *assessor);

/* Who knows whom; before others share the Assessor.  Takes over the reference. */
void assessor_set_store(Assessor *assessor, Store *store);
Store *assessor_store(const Assessor *assessor); /* borrowed; NULL: none */

/* The name of the fence around our banner for an owner (visible.h). */
char *assessor_fence(const Assessor *assessor, const char *owner);

bool assessor_claims(const Assessor *assessor, const Head *head);

Assessment *assess(Assessor *assessor, const char *mail, size_t length,
		   const Delivery *delivery, GError **error);
void assessment_free(Assessment *assessment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Assessment, assessment_free)

/* Is there a verdict to tell of (an invitation, or a forgery of one)? */
bool assessment_is_recognised(const Assessment *assessment);

#endif
