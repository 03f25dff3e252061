/* SPDX-License-Identifier: BSD-2-Clause */
/* hand.c - who invites in a mail that its owner filed by hand? */

#include "judge/hand.h"

static HandLesson
lesson_of(const Assessment *assessment)
{
	if (!assessment_is_recognised(assessment))
		return HAND_NO_INVITATION;
	if (assessment->authenticity == AUTHENTICITY_FORGED)
		return HAND_FORGED;
	if (assessment->relation == RELATION_IMPOSTOR)
		return HAND_IMPOSTOR;

	return assessment->relation == RELATION_KNOWN ? HAND_KNOWN : HAND_TEACHES;
}

static void
take_inviter(Contact *inviter, const Invite *invite, gint64 now)
{
	inviter->seen = now;
	if (invite->name != NULL)
		contact_set_name(inviter, invite->name);
	if (invite->company != NULL)
		contact_set_company(inviter, invite->company);
	if (invite->profile != NULL)
		contact_add_url(inviter, invite->profile);
	if (invite->address != NULL)
		contact_add_address(inviter, invite->address);
}

bool
hand_inviter_of(void *judge, const char *owner, const char *mail, size_t length,
		gint64 now, HandLesson *lesson_out, Contact *inviter_out, GError **error)
{
	Delivery delivery = { .owner = owner, .now = now };
	g_autoptr(Assessment) assessment = assess(judge, mail, length, &delivery, error);
	HandLesson lesson;

	if (assessment == NULL)
		return false;
	/* Who cannot look whether it is an impostor must not let them in. */
	if (assessment->store_trouble != NULL) {
		g_set_error_literal(error, STORE_ERROR, STORE_ERROR_SYSTEM,
				    assessment->store_trouble);
		return false;
	}
	lesson = lesson_of(assessment);
	contact_init(inviter_out, SOURCE_HAND);
	if (lesson == HAND_TEACHES || lesson == HAND_KNOWN)
		take_inviter(inviter_out, assessment->invite, now);
	*lesson_out = lesson;

	return true;
}
