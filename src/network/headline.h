/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	headline - which company does a headline name?
 *
 * DESCRIPTION
 *	A network's file has the patterns, "* at {company}", and the name ends
 *	before a sign that parts a headline, or before a company that somebody
 *	has left (people/NAME.people).
 */
#ifndef HEADLINE_H
#define HEADLINE_H

#include "network/network.h"
#include "people/name.h"

/* "Kiln" of "Potter at Kiln, ex-Clay"; the caller's, or NULL. */
char *headline_company(const char *headline, const Network *network,
		       const NameRules *rules);

#endif
