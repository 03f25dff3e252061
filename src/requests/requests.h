/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	requests - does what is asked about an owner's people
 *
 * DESCRIPTION
 *	A request is a line of JSON, and so is each line of the answer:
 *
 *	    {"do":"learn","contacts":[{"source":"contact","name":N,"company":C,
 *	      "addresses":[A,…],"urls":[U,…],"answered":[ID,…],"seen":SECONDS},…]}
 *		{"learnt":["new",…]}, one word a contact
 *	    {"do":"find","who":W}
 *		{"person":[{"kind":"address","value":A,"source":S,
 *		"first":SECONDS,"last":SECONDS,"count":N},…]} a person, {"end":N}
 *	    {"do":"forget","who":W}
 *		{"forgotten":N}, and "invitations":N where some of theirs went
 *	    {"do":"known","mail":BASE64}
 *		{"learnt":["new"]}, or {"untaught":WHY}
 *	    {"do":"stranger","mail":BASE64}
 *		{"forgotten":N}, or {"untaught":WHY}
 *	    {"do":"teach","class":"personal"|"vague"|"pitch"|"undo","mail":BASE64}
 *		{"taught":"new"}, or {"untaught":WHY}
 *
 *	    {"do":"relation","mail":BASE64}
 *		{"relation":WORD,"reason":TEXT,"since":SECONDS} of its inviter
 *	    {"do":"mark"}
 *		{"mark":WORD}, the one in the owner's banners
 *
 *	    {"do":"invitations","all":B,"due":B,"network":N,"verdict":V,
 *	      "since":SECONDS,"whole":B}
 *		{"invitation":{"id":N,"state":S,…}} an invitation, without reply and
 *		reasons and with the begin of the note unless "whole";
 *		{"end":N,"open":N,"due":N,"kept":B,"verified":B,"past":[…]}
 *	    {"do":"invitation","who":I}
 *		{"invitation":{…}} each that is meant, {"end":N,"owner":A}
 *	    {"do":"close","who":[I,…],"state":S}
 *		{"closed":[{"who":I,"id":N,"became":"changed"|"unchanged"|"none"|
 *		"several"},…]}; with "by":"mail" a mail answered it
 *
 *	    {"do":"record","mail":BASE64,"settle":B}
 *		{"recorded":WORD}, requests-record.h says which
 *	    {"do":"expire"}
 *		{"expired":"yes"}: of the list went what is too old
 *
 *	How the daemon stands is asked by {"do":"status"}, which milter/status.h
 *	answers, for here is no daemon.
 *
 *	I is an invitation's number, the Message-ID of its mail, or what W is.
 *	W is an address, a profile's URL or a name; without it find tells of
 *	everybody.  {"error":TEXT} ends an answer that could not be given, with
 *	"refused":"owner" where it cannot be told whose mailbox is meant, and
 *	"refused":"right" where it is another's.
 *	A mail is one that the owner filed by hand (requests-person.h): its inviter
 *	becomes known; or everybody is forgotten who has their profile or
 *	address, and who has their name and was learnt by hand alone.
 *	"owner" says whose people; control.h decides who may name one.
 *	"everywhere":true forgets at all owners.
 *
 *	What teach says of the mail's note holds for this owner's later mail
 *	(lesson.h).  Only notes of own words teach, and enough of them to be known
 *	again: many people send a network's default text and "Hi!".  An unverified
 *	invitation teaches, too: the owner vouches, and a lesson is about words,
 *	never about a person.  A forgery does not, because what it says is not
 *	judged at all.
 *
 *	The daemon answers at its control socket, and invitectl, where it may
 *	open the store itself, with the same words.
 */
#ifndef REQUESTS_H
#define REQUESTS_H

#include <stdbool.h>

#include <glib.h>

#include "base/json-bound.h"
#include "judge/assessor.h"
#include "people/access.h"
#include "people/learn.h"

/* The request is wrong; its text says how. */
#define REQUESTS_ERROR (requests_error_quark())
GQuark requests_error_quark(void);

/*
 * A request may have so many bytes: the largest mail that is judged has 5.6 million
 * in base64.  Without the mail it may have far fewer.
 */
#define REQUESTS_MAX_LENGTH (6 * 1024 * 1024)
#define REQUESTS_MAX_OTHER  (512 * 1024)

/* The base64 of a larger mail is longer than a request may be. */
#define REQUESTS_MAX_MAIL (REQUESTS_MAX_LENGTH / 4 * 3 - 1024)

/* Why somebody may not ask. */
#define REQUESTS_REFUSED       "refused"
#define REQUESTS_REFUSED_OWNER "owner"
#define REQUESTS_REFUSED_RIGHT "right"

/* LEARN_BATCH contacts with as many addresses, pages and answers as they may have. */
#define REQUESTS_MAX_TOKENS 12000

/* Levels: the request, its contacts, one of them and its addresses; twice as many. */
#define REQUESTS_MAX_DEPTH 8

/* What a request may cost; requests_answer() refuses what is beyond it. */
extern const JsonBoundLimits requests_limits;

/* Takes a line of the answer, without line break; false: nobody listens any more. */
typedef bool RequestsTell(void *context, const char *line);

/*
 * True where somebody was forgotten.  Then the caller calls store_scrub(), for the
 * files may still hold copies; as that takes long, the answer is sent before.
 */
bool requests_answer(Store *store, Assessor *assessor, const AccessClient *client,
		     const char *line, gint64 now, RequestsTell *tell, void *context);

#endif
