/* SPDX-License-Identifier: BSD-2-Clause */
/* check_site.c - does a site's file move what lies near a border, and nothing else? */

#include "config.h"

#include <string.h>

#include "ctl/labelled.h"
#include "fixture.h"
#include "note/site-fit.h"

/* A file of the site's, read for these features. */
static Site *
site_of(const char *text, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autoptr(Keyfile) file = keyfile_new("site.weights", text, strlen(text), error);

	g_ptr_array_add(names, (char *)"pitch offer strong");
	g_ptr_array_add(names, NULL);
	g_ptr_array_add(names, (char *)"role trade");

	return file != NULL ? site_new(file, names, error) : NULL;
}

#define HEAD  "[site]\nversion = 1\n[weights]\n"
#define AGAIN "; run \"invitectl train\" again"

static const struct {
	const char *text, *want;
} refused[] = {
	{ "", "site.weights: a site's weights of version unknown, and this program reads "
	      "version 1" AGAIN },
	{ "[site]\nversion = 2\n[weights]\nrole trade = 0; 0; 0; 0\n",
	  "site.weights:2: [site] version: a site's weights of version 2, and this "
	  "program reads version 1" AGAIN },
	{ HEAD "role flying = 0; 0; 0; 0\n",
	  "site.weights:4: [weights] role flying: this version knows no such "
	  "evidence" AGAIN },
	{ HEAD "role trade = 0; 0; 0\n",
	  "site.weights:4: [weights] role trade: give 4 numbers" AGAIN },
	{ HEAD "role trade = 0; 0; 0.2; 0\n",
	  "site.weights:4: [weights] role trade: \"0.2\" is no number from -0.1 to "
	  "0.1" AGAIN },
	{ HEAD "role trade = 0; 0; nan; 0\n",
	  "site.weights:4: [weights] role trade: \"nan\" is no number from -0.1 to "
	  "0.1" AGAIN },
	{ "[site]\nversion = 1\nowner = me\n",
	  "site.weights:3: [site] owner: no such key" AGAIN },
};

START_TEST(a_file_that_is_not_understood_is_refused_with_its_line)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Site) site = site_of(refused[_i].text, &error);

	ck_assert_ptr_null(site);
	ck_assert_str_eq(error->message, refused[_i].want);
}
END_TEST

START_TEST(what_is_written_is_read)
{
	static const char row[] = "role trade = 0.000; -0.100; 0.100; 0.012\n";
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *text = g_strconcat(HEAD, row, NULL), *again = NULL;
	g_autoptr(Site) site = site_of(text, &error);

	ck_assert_msg(site != NULL, "%s", error != NULL ? error->message : "");
	g_ptr_array_add(names, (char *)"pitch offer strong");
	g_ptr_array_add(names, NULL);
	g_ptr_array_add(names, (char *)"role trade");
	again = site_text(site, names);
	ck_assert_msg(g_str_has_suffix(again, row), "%s", again);
	ck_assert_ptr_null(strstr(again, "offer"));
}
END_TEST

/* All that speaks for one side, and against the others, as strongly as a file may. */
static Site *
loudest(const Languages *languages, Side side)
{
	g_autoptr(GPtrArray) names = languages_feature_names(languages);
	Site *site = site_new_empty(names->len);

	for (size_t i = 0; i < names->len; i++)
		for (size_t s = 0; s < SIDE_LAST; s++)
			site->rows[i][s] = s == side ? SITE_MAX_WEIGHT : -SITE_MAX_WEIGHT;

	return site;
}

typedef struct {
	Languages *languages;
	Site *site;
	size_t moved;
} Trial;

/* A LabelledTake: what the site's file makes of a note that is judged without it. */
static void
judge_with_site(void *context, const LabelledNote *labelled)
{
	Trial *trial = context;
	const NoteNames names = { .network = labelled_network };
	g_autoptr(Note) ours = NULL, site = NULL;
	bool is_ignored;

	trial->languages->site = NULL;
	ours = note_judge(trial->languages, labelled->text, &names);
	trial->languages->site = trial->site;
	site = note_judge(trial->languages, labelled->text, &names);
	trial->languages->site = NULL;
	trial->moved += site->class != ours->class;
	is_ignored = site->class == NOTE_PITCH || site->class == NOTE_DEFAULT;
	ck_assert_msg(!(ours->class == NOTE_PERSONAL && is_ignored),
		      "%zu: personal is %s", labelled->line,
		      note_class_name(site->class));
	ck_assert_msg(site->class == ours->class || ours->class == NOTE_PERSONAL ||
			  !is_ignored || !ours->has_shared_past,
		      "%zu: a shared past is %s", labelled->line,
		      note_class_name(site->class));
}

/*
 * Friends of whom our weights are not sure: a file that was made of pitches alone, and so
 * only speaks for them, does not have these ignored.
 */
static const char *const friends[] = {
	/* A past, a friend of both, a thing of the reader's. */
	"Sat behind you at the launch, and the lighthouse slide stayed with me.",
	"Long time! Last saw you when they closed the mill. In touch with Fergal?",
	"Thanks for the quote, Phil. Our finance people are happy, I'll order on Monday.",
	/* Nothing of it sells. */
	"One lump of butter on the porridge, as ever",
	"Nobody but you and me still tunes these barrel organs.",
};

START_TEST(a_site_that_knows_pitches_alone_has_no_friend_ignored)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Languages) languages = languages_load(NULL, &error);
	const NoteNames names = { .network = labelled_network };
	g_autoptr(Note) note = NULL;

	languages->site = loudest(languages, SIDE_PITCH);
	note = note_judge(languages, friends[_i], &names);
	ck_assert_msg(note->class == NOTE_PERSONAL || note->class == NOTE_VAGUE,
		      "\"%s\": got %s", friends[_i], note_class_name(note->class));
}
END_TEST

START_TEST(no_site_has_a_friend_ignored)
{
	g_autofree char *path = fixture_path("notes/held-out/hand-2.tsv");
	g_autoptr(GError) error = NULL;
	g_autoptr(Languages) languages = languages_load(NULL, &error);
	g_autoptr(Site) site = loudest(languages, _i == 0 ? SIDE_PITCH : SIDE_DEFAULT);
	Trial trial = { languages, site, 0 };
	size_t bad;

	ck_assert(labelled_read(path, judge_with_site, &trial, &bad, &error));
	/* It does move something, or it would be of no use. */
	ck_assert_uint_gt(trial.moved, 3);
}
END_TEST

/* What sells for sure. */
static const char *const pitches[] = {
	"Hi {firstName}, we help companies like yours to win new customers.",
	"Call +1 212 555 0100 to pay the invoice of $499.99 today.",
};

START_TEST(no_site_silences_a_sure_pitch)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Languages) languages = languages_load(NULL, &error);
	const NoteNames names = { .network = labelled_network };
	g_autoptr(Note) note = NULL;

	languages->site = loudest(languages, SIDE_PERSONAL);
	note = note_judge(languages, pitches[_i], &names);
	ck_assert_str_eq(note_class_name(note->class), "pitch");
}
END_TEST

START_TEST(numbers_are_fitted_to_what_is_judged_wrong)
{
	g_autoptr(GArray) samples = g_array_new(FALSE, FALSE, sizeof(SiteSample));
	g_autoptr(GArray) wrong = g_array_new(FALSE, FALSE, sizeof(uint16_t)),
			  right = g_array_new(FALSE, FALSE, sizeof(uint16_t));
	const uint16_t features[] = { 0, 1 };
	double likelihoods[SIDE_LAST] = { 0.1, 0.5, 0.3, 0.1 };
	g_autoptr(Site) site = NULL;

	g_array_append_val(wrong, features[0]);
	g_array_append_val(right, features[1]);
	for (size_t i = 0; i < SITE_FIT_LEAST; i++) {
		SiteSample vague = { .features = right, .wanted = SIDE_VAGUE },
			   pitch = { .features = wrong, .wanted = SIDE_PITCH };

		memcpy(vague.likelihoods, likelihoods, sizeof(likelihoods));
		memcpy(pitch.likelihoods, likelihoods, sizeof(likelihoods));
		g_array_append_val(samples, vague);
		if (i > 0 || _i == 0)
			g_array_append_val(samples, pitch);
	}
	site = site_fit(samples, 2);
	/* Fewer than SITE_FIT_LEAST notes are no rule. */
	ck_assert(_i == 0 ? site->rows[0][SIDE_PITCH] > 0
			  : site->rows[0][SIDE_PITCH] == 0);
	ck_assert(site->rows[0][SIDE_PITCH] <= SITE_MAX_WEIGHT);
	ck_assert(site->rows[1][SIDE_PITCH] == 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("site");
	TCase *site = tcase_create("site");

	tcase_add_loop_test(site, a_site_that_knows_pitches_alone_has_no_friend_ignored,
			    0, G_N_ELEMENTS(friends));
	tcase_add_loop_test(site, a_file_that_is_not_understood_is_refused_with_its_line,
			    0, G_N_ELEMENTS(refused));
	tcase_add_test(site, what_is_written_is_read);
	tcase_add_loop_test(site, no_site_has_a_friend_ignored, 0, 2);
	tcase_add_loop_test(site, no_site_silences_a_sure_pitch, 0,
			    G_N_ELEMENTS(pitches));
	tcase_add_loop_test(site, numbers_are_fitted_to_what_is_judged_wrong, 0, 2);
	suite_add_tcase(suite, site);

	return fixture_run(suite);
}
