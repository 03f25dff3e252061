/* SPDX-License-Identifier: BSD-2-Clause */
/* invitation-judgement.c - what a further mail changes of what an invitation tells */

#include "config.h"

#include "people/invitation-judgement.h"

/* By which the inviter is known and reached: nobody else's mail may change them. */
static const StoreInvitationText identities[] = {
	STORE_INVITATION_NAME,    STORE_INVITATION_NAME_KEY, STORE_INVITATION_PROFILE,
	STORE_INVITATION_ADDRESS, STORE_INVITATION_HEADLINE, STORE_INVITATION_PROFILE_KEY,
	STORE_INVITATION_COMPANY,
};

static bool
is_identity(StoreInvitationText text)
{
	for (size_t i = 0; i < G_N_ELEMENTS(identities); i++)
		if (identities[i] == text)
			return true;

	return false;
}

/* The mail tells who the inviter is, as far as that is not known, or not as surely. */
static void
take_identities(StoreInvitation *row, const StoreInvitation *said)
{
	for (size_t i = 0; i < G_N_ELEMENTS(identities); i++) {
		StoreInvitationText text = identities[i];

		if (said->texts[text] != NULL &&
		    (row->texts[text] == NULL || said->trust > row->trust))
			store_invitation_set(row, text, said->texts[text]);
	}
}

/* What the mail says takes the place of what is there; what it does not say stays. */
void
invitation_judgement_take(StoreInvitation *row, const StoreInvitation *said)
{
	for (int i = 0; i < STORE_INVITATION_LAST; i++)
		if (said->texts[i] != NULL && i != STORE_INVITATION_MESSAGE_ID &&
		    i != STORE_INVITATION_SUBJECT && !is_identity((StoreInvitationText)i))
			store_invitation_set(row, (StoreInvitationText)i, said->texts[i]);
	row->worth = said->worth;
	row->trust = said->trust;
}

/* Files of mails are read in any order: of two mails either may be the earlier one. */
static bool
says_more(const StoreInvitation *said, const StoreInvitation *row, gint64 when)
{
	bool is_earlier = when < row->first;
	bool has = said->texts[STORE_INVITATION_NOTE] != NULL;
	bool had = row->texts[STORE_INVITATION_NOTE] != NULL;
	int difference = 2 * (said->worth - row->worth) + has - had;

	if (said->trust != row->trust)
		return said->trust > row->trust;
	/* A reminder says nothing against the note of what it reminds of. */
	if (has != had && has == is_earlier)
		return is_earlier;

	return difference > 0 || (difference == 0 && is_earlier);
}

/* What the inviter says of themselves is part of what was judged; as well proven. */
static void
take_earlier(StoreInvitation *row, const StoreInvitation *said)
{
	static const StoreInvitationText texts[] = { STORE_INVITATION_HEADLINE,
						     STORE_INVITATION_COMPANY };

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		if (said->texts[texts[i]] != NULL)
			store_invitation_set(row, texts[i], said->texts[texts[i]]);
	store_invitation_set(row, STORE_INVITATION_NOTE, NULL);
}

void
invitation_judgement_add(StoreInvitation *row, const StoreInvitation *said, gint64 when)
{
	bool is_more = says_more(said, row, when);

	if (is_more && said->trust == row->trust && when < row->first)
		take_earlier(row, said);
	if (said->trust >= row->trust)
		take_identities(row, said);
	if (is_more)
		invitation_judgement_take(row, said);
}
