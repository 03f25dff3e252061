/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	hand - who invites in a mail that its owner filed by hand?
 *
 * DESCRIPTION
 *	The mail is judged as it was when it came: its header fields are not
 *	believed, ours among them, for whoever files it may have it from
 *	anywhere.  An invitation teaches its inviter's profile, name, company
 *	and the address that reaches them.  A forgery teaches nothing, for what
 *	it says of people is made up; nor does a mail that poses as somebody
 *	known, whom it would spoil.
 *
 *	An unverified invitation does teach: the owner who files it vouches.
 *	But nothing is added to somebody known, or whoever writes a friend's
 *	profile and an address of his own into a mail would be the friend; even
 *	into a signed one, for networks do not sign an absent Reply-To.
 *
 * SEE ALSO
 *	learn.h, requests.h
 */
#ifndef HAND_H
#define HAND_H

#include "judge/assess.h"

/* A LearnInviterOf; judge: the Assessor. */
bool hand_inviter_of(void *judge, const char *owner, const char *mail, size_t length,
		     gint64 now, HandLesson *lesson_out, Contact *inviter_out,
		     GError **error);

#endif
