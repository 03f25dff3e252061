/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	inviter-block - where a part shows the inviter: name, headline, place
 *
 * DESCRIPTION
 *	The block begins with a line that is the inviter's name, in whatever way
 *	it is written (inviter.h), or with the link to the inviter's profile.
 *	Below stand headline, place and how many connections are shared; what
 *	reads like a sentence is none of them.
 *
 *	Lines found are marked (LineUse), and what they say is taken into the
 *	Invite.
 */
#ifndef INVITER_BLOCK_H
#define INVITER_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "network/invite.h"
#include "people/name.h"

/* Lines start up to end of a part; start == end: it shows no inviter. */
typedef struct {
	size_t start;
	size_t end;
} InviterBlock;

InviterBlock inviter_block_read(Invite *invite, const Network *network, const Kind *kind,
				const Reading *reading, ReadingPart part,
				const NameRules *rules);

/*
 * Does the line begin with the inviter's first name and the headline, or a part of
 * it, as "Jane, Potter at Kiln is waiting for your response" does in any language?
 */
bool inviter_block_is_told(const Invite *invite, const ReadingLine *line);

#endif
