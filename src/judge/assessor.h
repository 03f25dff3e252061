/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	assessor - loads and counts what judging needs
 *
 * DESCRIPTION
 *	An Assessor holds the settings, the networks, the languages, the reply
 *	texts, the policy, and the store to ask.  It is immutable once it is
 *	shared, and reference-counted: a reload makes a new one, and a mail in
 *	flight keeps the one it began with.
 *
 * RETURN VALUE
 *	NULL with error set where a file is wrong; the text names file and line.
 *
 * OWNERSHIP
 *	What is borrowed lives as long as the Assessor.
 *
 * SEE ALSO
 *	assess.h
 */
#ifndef ASSESSOR_H
#define ASSESSOR_H

#include <stdbool.h>

#include <glib.h>

#include "base/settings.h"
#include "import/csv-columns.h"
#include "judge/policy.h"
#include "judge/replies.h"
#include "network/claim.h"
#include "network/networks.h"
#include "network/rewriter.h"
#include "note/language.h"
#include "people/learn.h"
#include "people/store.h"

typedef struct Assessor Assessor;

/* settings_path NULL: all defaults. */
Assessor *assessor_new(const char *settings_path, GError **error);

/*
 * As assessor_new(), with the store that the settings name, and the secret of the
 * marks (mark.h), which STORE_SERVE makes.  A secret that must not be used as it is
 * is an error; where it cannot be had, assessor_mark_trouble() says why.
 */
Assessor *assessor_open(const char *settings_path, StoreMode mode, GError **error);

/* As assessor_new(), with one more network's file; it replaces one of its name. */
Assessor *assessor_trial(const char *settings_path, const char *network_path,
			 GError **error);

Assessor *assessor_ref(Assessor *assessor);
void assessor_unref(Assessor *assessor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Assessor, assessor_unref)

/* Takes over the reference; only before the Assessor is shared. */
void assessor_set_store(Assessor *assessor, Store *store);

/* All of these are borrowed. */
const Settings *assessor_settings(const Assessor *assessor);
const Networks *assessor_networks(const Assessor *assessor);
const Languages *assessor_languages(const Assessor *assessor);
const Rewriters *assessor_rewriters(const Assessor *assessor);
const Policy *assessor_policy(const Assessor *assessor);
const LearnRules *assessor_rules(const Assessor *assessor);
Store *assessor_store(const Assessor *assessor); /* NULL: none */

/* What tables' columns are called, read for whoever asks. */
CsvColumns *assessor_columns(const Assessor *assessor, GError **error);

/* How an owner speaks (NULL: by the site's settings); its language is unset. */
Voice assessor_voice(const Assessor *assessor, const char *owner);

/* Since when an owner's people count at this time; 0: whenever they were seen. */
gint64 assessor_kept_since(const Assessor *assessor, const char *owner, gint64 now);

/* May people be learnt for this owner?  False for NULL. */
bool assessor_learns(const Assessor *assessor, const char *owner);

/*
 * The mark of an owner's banners: the word that is set, else by the site's secret;
 * the caller's.  NULL where nobody can tell.
 */
char *assessor_mark(const Assessor *assessor, const char *owner);

/* Is there a secret to make hashes of?  assessor_mark_trouble() says why not. */
bool assessor_has_secret(const Assessor *assessor);

/* An owner as the log names him, mark_hash(); "-" without a secret.  The caller's. */
char *assessor_log_name(const Assessor *assessor, const char *owner);

/* Why there is no secret, or NULL: only an open Assessor has looked. */
const char *assessor_mark_trouble(const Assessor *assessor);

/* Why weights beside the settings were refused, with their files, and what is done
   instead; NULL: they were not. */
const char *assessor_refused(const Assessor *assessor);

/*
 * The files of the settings, and the administrator's data files, that were changed
 * since they were read; char *, the caller's.
 */
GPtrArray *assessor_changed(const Assessor *assessor);

/* Could any network have sent a mail with this head?  Looks at fields alone. */
bool assessor_claims(const Assessor *assessor, const Claim *claim);

#endif
