/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	name-rules - the words around names, of people/NAME.people
 *
 * DESCRIPTION
 *	Reads what the data files say of names: titles, letters after a name,
 *	short forms, legal forms of companies, local parts of addresses that
 *	nobody reads, and words by which a line tells who speaks of whom.
 *
 * SEE ALSO
 *	name.h
 */
#ifndef NAME_RULES_H
#define NAME_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/* No word or phrase of the data is longer (bytes, folded). */
#define NAME_RULE_MAX_BYTES 48

typedef struct NameRules NameRules;

typedef enum {
	NAME_RULE_TITLE,    /* folded, without blanks: "dipling" */
	NAME_RULE_UNSPOKEN, /* a title that a greeting leaves out: "mrs" */
	NAME_RULE_SAID, /* a language and a title that it says, both folded: "it dott" */
	NAME_RULE_SUFFIX,    /* likewise: "phd" */
	NAME_RULE_PARTICLE,  /* likewise: "van" */
	NAME_RULE_FAMILY,    /* a family's name that stands first: "nguyen" */
	NAME_RULE_BEGINNING, /* of a name, behind which a capital stands: "mc" */
	NAME_RULE_SHORT,     /* a folded word: "bob" */
	NAME_RULE_FORM,      /* folded words behind a company's name: "gmbh co kg" */
	NAME_RULE_LEADING,   /* or before it */
	NAME_RULE_FORMER,    /* likewise, before a company that somebody left: "ex" */
	NAME_RULE_NOBODY,    /* a folded word of no person's name: "team" */
	NAME_RULE_ROBOT,     /* letters and digits of a local part: "noreply" */
	NAME_RULE_SELF,    /* a folded word with which people speak of themselves: "my" */
	NAME_RULE_READER,  /* or to whoever reads: "you" */
	NAME_RULE_MESSAGE, /* of what is sent, and of sending it: "message" */
	NAME_RULE_FROM,    /* before whom or where something is from: "from" */
	NAME_RULE_PRESENTS, /* before the name of who presents themselves: "is" */
	NAME_RULE_BOTH,     /* of the reader and another in one: "both" */
	NAME_RULE_LAST
} NameRuleKind;

/* files: of Keyfile, which are not kept. */
NameRules *name_rules_new(GPtrArray *files, GError **error);

/*
 * What name_rules_new() makes of the data files; where the administrator has none of his
 * own in the folder, which may be NULL, as it lies in the program, made by the build.
 */
NameRules *name_rules_load(const char *folder, GError **error);

/* The rules as they are put into a program (data_image()); the caller's. */
GVariant *name_rules_image(const NameRules *rules);
void name_rules_free(NameRules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NameRules, name_rules_free)

/* The longest of its kind, in bytes. */
size_t name_rules_longest(const NameRules *rules, NameRuleKind kind);

/*
 * NULL where there is no such rule.  Otherwise for NAME_RULE_SHORT the word written
 * whole; for NAME_RULE_TITLE and
 * NAME_RULE_UNSPOKEN "." where it has to end in one; for NAME_RULE_SUFFIX the
 * letters as they have to be written; for NAME_RULE_SELF and those after it the codes
 * of the languages that have the word, with blanks between; else "".
 */
const char *name_rules_find(const NameRules *rules, NameRuleKind kind, const char *text);

/*
 * Does a language say the title, a word as it is written, before a name?  So do all
 * where the data says nothing of the language, or that is NULL.
 */
bool name_rules_is_said(const NameRules *rules, const char *language, const char *title);

/* name_rules_find() for a word as it is written; rules may be NULL. */
const char *name_rules_ask(const NameRules *rules, NameRuleKind kind, const char *word);

#endif
