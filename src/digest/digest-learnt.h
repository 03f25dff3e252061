/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	digest-learnt - what was learnt since the last digest, and how it is undone
 *
 * DESCRIPTION
 *	People whom an owner did not know before, each with where they are from and
 *	the command that forgets them, and how many notes the owner filed.  Where
 *	there was no digest, what was learnt in one period is told.
 */
#ifndef DIGEST_LEARNT_H
#define DIGEST_LEARNT_H

#include "digest/digest-teller.h"

/* False with error set where the store cannot be read. */
bool digest_learnt_add(DigestTeller *teller, GError **error);

#endif
