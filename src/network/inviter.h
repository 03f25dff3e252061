/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	inviter - whose name and address an invitation gives
 *
 * DESCRIPTION
 *	inviter_read() takes the author for the inviter, unless the name is the
 *	network's own.  Lists put themselves into From and leave the author in
 *	its name ("'Jane Doe via LinkedIn' via Group"), in Reply-To or in a
 *	field of their own: the inviter is who stood there before, and the
 *	list's address is nobody's.
 *
 *	inviter_is() tells whether two ways to write a name are one person's:
 *	order, titles, letters after the name, a middle name, an initial, a
 *	short form and letters lost to "?" do not make another person.
 *
 * SEE ALSO
 *	people/name.h
 */
#ifndef INVITER_H
#define INVITER_H

#include <stdbool.h>

#include "network/invite.h"
#include "people/name.h"

/*
 * Fill in name and address.  Returns the language in which the author's name says
 * that the network mails, or NULL; borrowed from the network.
 */
const char *inviter_read(Invite *invite, const Network *network, const Reading *reading);

bool inviter_is(const NameRules *rules, const char *name, const char *other);

/* inviter_is(), or the first name, or any other part of it? */
bool inviter_is_part(const NameRules *rules, const char *part, const char *name);

/*
 * Is it the inviter's link, not the recipient's, by its label?  Below the mail's end, a
 * line's number, stand people whom one may know; and a group has a page, but no line
 * begins with it.
 */
bool inviter_is_profile_label(const Invite *invite, const Network *network,
			      const GArray *lines, const ReadingLink *link, size_t end);

/* Is the end of the profile's address made from the name: "jane-doe-1a2b" of Jane Doe? */
bool inviter_fits_profile(const char *name, const char *profile);

/*
 * Where nobody is named yet: does the label of a link to a profile name who invites?
 * It does where it fits the profile's address, or stands in the subject of a mail
 * that asks to connect, whatever language the words around it are in.
 */
bool inviter_is_on_link(const Network *network, const Kind *kind, const Reading *reading,
			const ReadingLink *link, const char *profile);

/*
 * Take off what stands behind the name in the network's own From, "Jane Doe przez
 * Network", in a language that we have no words for: where a link or a line is the
 * name alone.
 */
void inviter_drop_title(Invite *invite, const Network *network, const Reading *reading);

/* Is the profile somebody else's, whom a line names?  lines: of ReadingLine. */
bool inviter_is_another(const char *name, const GArray *lines, const char *profile);

/* Both write the name of one person: does the other one say more of it? */
bool inviter_says_more(const char *name, const char *other);

#endif
