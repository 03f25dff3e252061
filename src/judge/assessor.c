/* SPDX-License-Identifier: BSD-2-Clause */
/* assessor.c - loads and counts what judging needs */

#include "config.h"

#include <string.h>

#include "base/day.h"
#include "base/snapshot.h"
#include "base/data.h"
#include "base/keyfile.h"
#include "judge/assessor.h"
#include "base/mark.h"
#include "network/claim-index.h"
#include "network/wanted.h"

struct Assessor {
	gatomicrefcount count;
	Settings *settings;
	Networks *networks;
	ClaimIndex *claims; /* of the networks */
	Languages *languages;
	Replies *replies;
	Rewriters *rewriters;
	NameRules *names;
	Owners *owners;
	Policy *policy;
	const char **network_domains;
	LearnRules rules; /* refers to the members above */
	Store *store;     /* or NULL */
	MarkKey *marks;   /* or NULL, and why */
	char *mark_trouble;
	Snapshot *files; /* as they were before they were read */
};

/* Where the administrator's files are, below the folder of the settings. */
static const char *const data_folders[] = { "networks", "languages", "notes",  "people",
					    "replies",  "rewriters", "weights" };

/* Settings that name files, and may say something else instead. */
static const SettingName file_settings[] = { SETTING_PEOPLE_ALIASES, SETTING_POLICY_MAP,
					     SETTING_SUGGESTION_REPLIES };

/* What is read besides the settings' own file. */
static void
note_files(Assessor *assessor)
{
	const char *folder = settings_folder(assessor->settings);

	for (size_t i = 0; folder != NULL && i < G_N_ELEMENTS(data_folders); i++) {
		g_autofree char *path = g_build_filename(folder, data_folders[i], NULL);

		snapshot_add_folder(assessor->files, path);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(file_settings); i++) {
		g_autoptr(GPtrArray) values =
		    settings_values(assessor->settings, file_settings[i]);

		for (guint j = 0; j < values->len; j++) {
			g_auto(GStrv) words = g_strsplit_set(values->pdata[j], ", ", -1);

			for (char **word = words; *word != NULL; word++)
				if ((*word)[0] == '/')
					snapshot_add(assessor->files, *word);
		}
	}
}

static CsvColumns *
columns_in(const char *folder, GError **error)
{
	g_autoptr(GPtrArray) people = data_load(folder, "people", ".people", error);

	return people != NULL ? csv_columns_new(people, error) : NULL;
}

/* An import alone asks for the columns; only mistakes of the administrator's are sought. */
static bool
columns_are_sound(const char *folder, GError **error)
{
	g_autoptr(CsvColumns) columns = NULL;

	if (!data_has_own(folder, "people", ".people"))
		return true;
	columns = columns_in(folder, error);

	return columns != NULL;
}

/* Read each kind of data file, with the code that knows its format. */
static bool
load(Assessor *assessor, const char *network_path, GError **error)
{
	const char *folder = settings_folder(assessor->settings);
	g_autoptr(GPtrArray) networks =
	    data_load_with(folder, "networks", ".network", network_path, error);
	g_autoptr(GPtrArray) replies =
	    networks != NULL ? data_load(folder, "replies", ".reply", error) : NULL;
	g_autoptr(GPtrArray) rewriters =
	    replies != NULL ? data_load(folder, "rewriters", ".rewriter", error) : NULL;

	return rewriters != NULL &&
	       (assessor->networks = networks_new(networks, error)) != NULL &&
	       (assessor->languages = languages_load(folder, error)) != NULL &&
	       (assessor->replies = replies_new(replies, error)) != NULL &&
	       (assessor->rewriters = rewriters_new(rewriters, error)) != NULL &&
	       (assessor->names = name_rules_load(folder, error)) != NULL &&
	       columns_are_sound(folder, error) &&
	       (assessor->owners = owners_new(assessor->settings, error)) != NULL &&
	       (assessor->policy =
		    policy_new(assessor->settings, assessor->owners, error)) != NULL &&
	       wanted_check(assessor->settings, assessor->networks, error);
}

/* Say which line of the settings leads there. */
static void
prefix_place(const Assessor *assessor, SettingName name, const char *value,
	     GError **error)
{
	g_autofree char *place = settings_place(assessor->settings, name, value);

	g_prefix_error(error, "%s: ", place);
}

/* Load the reply files that the settings name, for all owners and for single ones. */
static bool
load_own_replies(Assessor *assessor, GError **error)
{
	g_autoptr(GPtrArray) values =
	    settings_values(assessor->settings, SETTING_SUGGESTION_REPLIES);

	for (size_t i = 0; i < values->len; i++)
		if (!replies_add_own(assessor->replies, values->pdata[i],
				     settings_folder(assessor->settings), error)) {
			prefix_place(assessor, SETTING_SUGGESTION_REPLIES,
				     values->pdata[i], error);
			return false;
		}

	return true;
}

Voice
assessor_voice(const Assessor *assessor, const char *owner)
{
	const Settings *settings = assessor->settings;

	return (Voice){
		.replies = assessor->replies,
		.names = assessor->names,
		.own = settings_text_for(settings, SETTING_SUGGESTION_REPLIES, owner),
		.tone = settings_text_for(settings, SETTING_SUGGESTION_TONE, owner),
	};
}

/* A reply file of the data or of the settings, whomever they name it for, may speak it. */
static bool
is_spoken(const Assessor *assessor, const char *language)
{
	g_autoptr(GPtrArray) files =
	    settings_values(assessor->settings, SETTING_SUGGESTION_REPLIES);
	const char *languages[] = { language, NULL };

	for (size_t i = 0; i < files->len; i++) {
		Voice voice = { .replies = assessor->replies, .own = files->pdata[i] };

		if (replies_language(&voice, languages) != NULL)
			return true;
	}

	return false;
}

/* The languages of last resort, everybody's and those of single recipients. */
static bool
check_languages(const Assessor *assessor, GError **error)
{
	g_autoptr(GPtrArray) languages =
	    settings_values(assessor->settings, SETTING_SUGGESTION_LANGUAGE);

	for (size_t i = 0; i < languages->len; i++) {
		const char *language = languages->pdata[i];

		if (is_spoken(assessor, language))
			continue;
		g_set_error(error, KEYFILE_ERROR, KEYFILE_ERROR_VALUE,
			    "no reply file speaks \"%s\"; give a code such as \"en\", or "
			    "add replies/%s.reply",
			    language, language);
		prefix_place(assessor, SETTING_SUGGESTION_LANGUAGE, language, error);
		return false;
	}

	return true;
}

Assessor *
assessor_trial(const char *settings_path, const char *network_path, GError **error)
{
	g_autoptr(Assessor) assessor = g_new0(Assessor, 1);
	g_auto(GStrv) gateways = NULL;

	g_atomic_ref_count_init(&assessor->count);
	assessor->files = snapshot_new();
	if (settings_path != NULL)
		snapshot_add(assessor->files, settings_path);
	assessor->settings = settings_new(settings_path, error);
	if (assessor->settings != NULL)
		note_files(assessor);
	if (assessor->settings == NULL || !load(assessor, network_path, error) ||
	    !load_own_replies(assessor, error) || !check_languages(assessor, error))
		return NULL;
	gateways = settings_words(assessor->settings, SETTING_TRUST_REWRITERS);
	rewriters_trust(assessor->rewriters, (const char *const *)gateways);
	assessor->claims = claim_index_new(assessor->networks);
	assessor->network_domains = networks_domains(assessor->networks);
	assessor->rules = (LearnRules){
		.names = assessor->names,
		.owners = assessor->owners,
		.network_domains = assessor->network_domains,
		.limit = settings_number(assessor->settings, SETTING_PEOPLE_LIMIT),
	};

	return g_steal_pointer(&assessor);
}

Assessor *
assessor_new(const char *settings_path, GError **error)
{
	return assessor_trial(settings_path, NULL, error);
}

Assessor *
assessor_ref(Assessor *assessor)
{
	g_atomic_ref_count_inc(&assessor->count);

	return assessor;
}

void
assessor_unref(Assessor *assessor)
{
	if (assessor == NULL || !g_atomic_ref_count_dec(&assessor->count))
		return;

	settings_unref(assessor->settings);
	snapshot_free(assessor->files);
	claim_index_free(assessor->claims);
	networks_free(assessor->networks);
	languages_free(assessor->languages);
	replies_free(assessor->replies);
	rewriters_free(assessor->rewriters);
	name_rules_free(assessor->names);
	policy_free(assessor->policy);
	owners_free(assessor->owners);
	g_free(assessor->network_domains);
	store_unref(assessor->store);
	mark_key_free(assessor->marks);
	g_free(assessor->mark_trouble);
	g_free(assessor);
}

const Settings *
assessor_settings(const Assessor *assessor)
{
	return assessor->settings;
}

const Languages *
assessor_languages(const Assessor *assessor)
{
	return assessor->languages;
}

const Networks *
assessor_networks(const Assessor *assessor)
{
	return assessor->networks;
}

const Policy *
assessor_policy(const Assessor *assessor)
{
	return assessor->policy;
}

const Rewriters *
assessor_rewriters(const Assessor *assessor)
{
	return assessor->rewriters;
}

const LearnRules *
assessor_rules(const Assessor *assessor)
{
	return &assessor->rules;
}

CsvColumns *
assessor_columns(const Assessor *assessor, GError **error)
{
	return columns_in(settings_folder(assessor->settings), error);
}

void
assessor_set_store(Assessor *assessor, Store *store)
{
	store_unref(assessor->store);
	assessor->store = store;
}

/* Beside the store, where none is set. */
static char *
secret_path(const Settings *settings)
{
	const char *path = settings_text(settings, SETTING_SUGGESTION_MARK_SECRET);
	const char *store = settings_text(settings, SETTING_PEOPLE_STORE);
	g_autofree char *folder = NULL;

	if (path[0] != '\0')
		return g_strdup(path);
	folder = g_path_get_dirname(strchr(store, ':') + 1);

	return g_build_filename(folder, "mark.secret", NULL);
}

static bool
load_marks(Assessor *assessor, StoreMode mode, GError **error)
{
	g_autofree char *path = secret_path(assessor->settings);
	g_autoptr(GError) trouble = NULL;

	assessor->marks =
	    mark_key_new(path, mode == STORE_SERVE ? MARK_MAKE : MARK_READ, &trouble);
	if (g_error_matches(trouble, MARK_ERROR, MARK_ERROR_WRONG)) {
		g_propagate_error(error, g_steal_pointer(&trouble));
		return false;
	}
	if (trouble != NULL)
		assessor->mark_trouble = g_strdup(trouble->message);

	return true;
}

Assessor *
assessor_open(const char *settings_path, StoreMode mode, GError **error)
{
	g_autoptr(Assessor) assessor = assessor_new(settings_path, error);

	if (assessor == NULL || !load_marks(assessor, mode, error))
		return NULL;
	assessor->store =
	    store_new(settings_text(assessor->settings, SETTING_PEOPLE_STORE), mode);

	return g_steal_pointer(&assessor);
}

Store *
assessor_store(const Assessor *assessor)
{
	return assessor->store;
}

GPtrArray *
assessor_changed(const Assessor *assessor)
{
	return snapshot_changed(assessor->files);
}

bool
assessor_claims(const Assessor *assessor, const Claim *claim)
{
	return claim_index_knows(assessor->claims, claim);
}

gint64
assessor_kept_since(const Assessor *assessor, const char *owner, gint64 now)
{
	size_t keep = settings_number_for(assessor->settings, SETTING_PEOPLE_KEEP, owner);

	return keep > 0 ? now - (gint64)keep * DAY_SECONDS : 0;
}

bool
assessor_learns(const Assessor *assessor, const char *owner)
{
	return owner != NULL && assessor->store != NULL &&
	       settings_flag_for(assessor->settings, SETTING_PEOPLE_LEARN, owner);
}

char *
assessor_mark(const Assessor *assessor, const char *owner)
{
	const char *word =
	    settings_text_for(assessor->settings, SETTING_SUGGESTION_MARK, owner);

	if (word[0] != '\0')
		return g_strdup(word);

	return assessor->marks != NULL && owner != NULL ? mark_of(assessor->marks, owner)
							: NULL;
}

bool
assessor_has_secret(const Assessor *assessor)
{
	return assessor->marks != NULL;
}

char *
assessor_log_name(const Assessor *assessor, const char *owner)
{
	return assessor->marks != NULL ? mark_hash(assessor->marks, owner)
				       : g_strdup("-");
}

const char *
assessor_refused(const Assessor *assessor)
{
	return assessor->languages->refused;
}

const char *
assessor_mark_trouble(const Assessor *assessor)
{
	return assessor->mark_trouble;
}
