/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	name-rules - the words around names, of people/NAME.people
 *
 * DESCRIPTION
 *	What name.h reads of its data: titles, letters after a name, short
 *	forms, forms of companies and addresses of nobody.
 *
 * SEE ALSO
 *	name.h
 */
#ifndef NAME_RULES_H
#define NAME_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "people/name.h"

/* No word or phrase of the data is longer (bytes, folded). */
#define RULE_MAX_BYTES 48

typedef enum {
	RULE_TITLE,   /* folded, without blanks: "dipling" */
	RULE_SUFFIX,  /* likewise: "phd" */
	RULE_SHORT,   /* a folded word: "bob" */
	RULE_FORM,    /* folded words behind a company's name: "gmbh co kg" */
	RULE_LEADING, /* or before it */
	RULE_ROBOT,   /* letters and digits of a local part: "noreply" */
	RULE_LAST
} RuleKind;

/* The longest of its kind, in bytes. */
size_t name_rules_longest(const NameRules *rules, RuleKind kind);

/*
 * NULL where there is no such rule.  Otherwise for RULE_SHORT the word written
 * whole; for RULE_TITLE "." where it has to end in one; for RULE_SUFFIX the
 * letters as they have to be written; or "", for nothing more is asked.
 */
const char *name_rules_find(const NameRules *rules, RuleKind kind, const char *text);

#endif
