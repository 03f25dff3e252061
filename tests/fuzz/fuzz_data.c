/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_data.c - are data files of each kind refused with a reason, or good for use?
 *
 * The first group says of which kind a file is (the kinds' table); weights have their
 * own first word.
 */

#include "config.h"

#include <string.h>

#include "base/data.h"
#include "fuzz.h"
#include "judge/replies.h"
#include "network/claim-index.h"
#include "note/note.h"
#include "people/name.h"

/* What is read with the file: words that our own files begin with. */
static const char text[] = "Hi Jane, we met at the meetup. Shall we talk about a price?";

static void
use_network(GPtrArray *files, GError **error)
{
	g_autoptr(Networks) networks = networks_new(files, error);
	g_autoptr(ClaimIndex) index = NULL;
	g_autoptr(Head) head = fuzz_head("From: Jane <jane@example.org>\nSubject: Hi");
	g_auto(Claim) claim = { 0 };
	bool is_claimed = false;

	if (networks == NULL)
		return;
	index = claim_index_new(networks);
	claim_init(&claim, head);
	for (size_t i = 0; i < networks_length(networks); i++)
		is_claimed |= network_claims(networks_get(networks, i), &claim);
	g_assert_true(is_claimed == claim_index_knows(index, &claim));
}

static void
use_language(GPtrArray *files, GError **error)
{
	const NoteNames names = { "Ann Lee", "Jane Doe", "LinkedIn" };
	g_autoptr(Languages) languages = languages_new(files, error);
	g_autoptr(Note) note =
	    languages != NULL ? note_judge(languages, text, &names) : NULL;

	g_assert_true(note == NULL || note->class < NOTE_LAST);
}

/* Without weights, which go with our rules, no note is judged. */
static void
use_rules(GPtrArray *files, GError **error)
{
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	g_autoptr(Languages) languages = languages_new_with(none, files, error);
	g_autoptr(GPtrArray) names =
	    languages != NULL ? languages_feature_names(languages) : NULL;

	g_assert_true(names == NULL || names->len > 0);
}

static void
use_reply(GPtrArray *files, GError **error)
{
	static const char *const keys[] = { "greeting", "consider", "who", NULL };
	static const char *const groups[] = { "texts", "banner" };
	const ReplyNames names = { "Ann Lee", "Example Ltd", "Jane Doe",
				   "Orbit",   "2026-01-15",  NULL };
	g_autoptr(Replies) replies = replies_new(files, error);
	Voice voice = { replies, "", "formal", "en" };

	for (size_t i = 0; replies != NULL && i < G_N_ELEMENTS(groups); i++) {
		g_autofree char *said = replies_text(&voice, groups[i], keys, &names);

		g_assert_true(said == NULL || g_utf8_validate(said, -1, NULL));
	}
}

static void
use_people(GPtrArray *files, GError **error)
{
	g_autoptr(NameRules) rules = name_rules_new(files, error);
	g_auto(Name) name = { 0 };

	if (rules == NULL)
		return;
	name_init(&name, rules, "Dr. Ann van Lee, PhD");
	g_assert_true(name_same(&name, &name) == (name.keys[0] != NULL));
}

static void
use_columns(GPtrArray *files, GError **error)
{
	g_autoptr(CsvColumns) columns = csv_columns_new(files, error);
	gint64 day;

	if (columns == NULL)
		return;
	csv_columns_meaning(columns, "first name");
	csv_columns_day(columns, "1 March 2024", DAY_ORDER_UNKNOWN, &day);
}

static void
use_rewriter(GPtrArray *files, GError **error)
{
	g_autoptr(Rewriters) rewriters = rewriters_new(files, error);
	g_auto(Unwrapped) found = { 0 };

	if (rewriters != NULL)
		found = rewriters_follow(
		    rewriters, "https://gate.example/?url=https%3A%2F%2Fexample.org",
		    "gate.example");
}

static void
use_site(GPtrArray *files, GError **error)
{
	const Languages *languages = assessor_languages(fuzz_assessor());
	g_autoptr(GPtrArray) names = languages_feature_names(languages);
	g_autoptr(Site) site = site_new(files->pdata[0], names, error);
	g_autofree char *again = site != NULL ? site_text(site, names) : NULL;
	g_autoptr(Keyfile) file =
	    site != NULL ? keyfile_new("again", again, strlen(again), NULL) : NULL;
	g_autoptr(Site) same = file != NULL ? site_new(file, names, NULL) : NULL;

	/* What is written of it is read again. */
	g_assert_true(site == NULL || same != NULL);
}

static const struct {
	const char *group; /* what its first group begins with */
	void (*use)(GPtrArray *files, GError **error);
} kinds[] = {
	{ "columns", use_columns }, { "language", use_language },
	{ "name", use_people },     { "network", use_network },
	{ "reply", use_reply },     { "rewriter", use_rewriter },
	{ "roles", use_rules },     { "site", use_site },
};

/* The weights are no key file. */
static void
use_weights(const char *bytes, size_t length)
{
	const Languages *languages = assessor_languages(fuzz_assessor());
	g_autoptr(GPtrArray) names = languages_feature_names(languages);
	g_autoptr(GBytes) file = g_bytes_new(bytes, length);
	g_autoptr(GError) error = NULL;
	g_autoptr(Weights) weights = weights_new("fuzz", file, names, &error);

	fuzz_check_error(error, "fuzz", weights != NULL);
}

static void
use_file(GPtrArray *files)
{
	g_autoptr(GError) error = NULL;
	const Keyfile *file = files->pdata[0];
	unsigned line;
	const char *group = keyfile_groups(file) > 0 ? keyfile_group(file, 0, &line) : "";

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (g_str_has_prefix(group, kinds[i].group))
			kinds[i].use(files, &error);
	if (error != NULL)
		fuzz_check_error(error, "fuzz", false);
}

int
LLVMFuzzerInitialize(G_GNUC_UNUSED int *argc, G_GNUC_UNUSED char ***argv)
{
	fuzz_assessor();

	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FuzzInput input = { data, size };
	size_t length;
	g_autofree char *bytes = fuzz_rest(&input, &length);
	g_autoptr(GPtrArray) files = NULL;

	if (length > 0 && bytes[0] == 'i') {
		use_weights(bytes, length);
		return 0;
	}
	files = fuzz_files(bytes, length);
	if (files != NULL)
		use_file(files);

	return 0;
}
