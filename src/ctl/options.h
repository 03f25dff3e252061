/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	options - what stands on invitectl's command line
 *
 * DESCRIPTION
 *	One table has each option, the commands that have it, and its help; a
 *	command's synopsis and help are made of it.
 *
 * OWNERSHIP
 *	Members belong to the Options.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include <glib.h>

#include "judge/assess.h"

/* Mail of so many days is looked at, where nobody says otherwise. */
#define OPTIONS_DAYS 90

typedef struct {
	const char *command; /* "people list" */
	gboolean is_help;
	gboolean is_json; /* gboolean: GOption writes them */
	gboolean is_explain;
	gboolean is_everywhere;
	gboolean is_strict;
	gboolean is_undo;
	gboolean is_open, is_all, is_due, is_csv;                 /* of list */
	gboolean is_vcard;                                        /* of export */
	gboolean is_send;                                         /* of digest */
	gboolean is_accepted, is_ignored, is_answered, is_reopen; /* of close */
	gboolean is_edit, is_copy, is_mail, is_yes, is_page;      /* of reply */
	char *owner; /* --as, --owner, as given; all of these may be NULL */
	char *config;
	char *inviter;
	char *recipient;
	char *name;
	char *address;
	char *profile;
	char *company;
	char *part;
	char *network;
	char *mail;
	char *postfix;
	char *sendmail;
	char *user;
	char *verdict;
	char *since;
	int days;
	int patience; /* seconds that the daemon is waited for; 0: as for people */
	char **files; /* the other arguments; never NULL, may be empty */
} Options;

/* Which command's options are allowed? */
typedef enum {
	OPTIONS_CLASSIFY,
	OPTIONS_CLOSE,
	OPTIONS_CONFIG,
	OPTIONS_LEARN,
	OPTIONS_LIST,
	OPTIONS_MARK,
	OPTIONS_NOTE,
	OPTIONS_PEOPLE, /* import */
	OPTIONS_PEOPLE_SHOW,
	OPTIONS_PEOPLE_ADD,
	OPTIONS_PEOPLE_FORGET,
	OPTIONS_EVALUATE,
	OPTIONS_FILTER,
	OPTIONS_DIGEST,
	OPTIONS_EXPORT,
	OPTIONS_PURGE,
	OPTIONS_DOCTOR,
	OPTIONS_NETWORK_CHECK,
	OPTIONS_NETWORK,
	OPTIONS_BACKTEST,
	OPTIONS_EXPLAIN_POLICY,
	OPTIONS_REPLY,
	OPTIONS_SCAN,
	OPTIONS_SHOW,
	OPTIONS_SKELETON,
	OPTIONS_STATUS,
	OPTIONS_TRAIN,
} OptionsOf;

/* argv[0] is not looked at. */
bool options_parse(Options *options, OptionsOf command, int argc, char **argv,
		   GError **error);
void options_clear(Options *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

/* " [--json] [--config FILE]"; the caller's. */
char *options_synopsis(OptionsOf command);

/* What each option does, one a line. */
void options_print(FILE *out, OptionsOf command);

/*
 * The settings' file: --config, else the user's own where there is one, else the
 * installed one, which may be missing.
 */
const char *options_settings(const Options *options);

/*
 * By --config, else the installed settings where they exist, else the defaults;
 * with the store they name.
 */
Assessor *options_assessor(const Options *options, StoreMode mode, GError **error);

#endif
