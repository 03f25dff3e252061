/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * train.c - invitectl train: a site's own labelled notes move the judgement
 *
 * Design rationale
 *
 * The figures shown before a file is written must be what it will do: so notes
 * are judged by the same note_judge() as in the daemon, with numbers that were
 * fitted without them.  A template that is sent a hundred times would stand on
 * both sides of that; so notes are held out by families, not one by one.
 */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/evaluate.h"
#include "ctl/labelled.h"
#include "ctl/mailbag.h"
#include "ctl/options.h"
#include "judge/assess.h"
#include "note/evidence.h"
#include "note/site-fit.h"

/* From fewer notes nothing is learned that would hold for the next one. */
#define LEAST_NOTES 40

/* Parts that are held out in turn. */
#define FOLDS 10

/* A labelled note, and what it was judged without the site's numbers. */
typedef struct {
	NoteClass wanted;
	char *text, *inviter, *recipient, *network; /* the last three may be NULL */
	Note *note;
	size_t file;   /* by number of what was named on the command line */
	size_t family; /* notes of one family are held out together */
} Example;

/* One training on its way. */
typedef struct {
	Assessor *assessor;
	Languages *languages; /* its site is what is being tried, or NULL */
	GArray *examples;     /* of Example */
	NoteClass class;      /* of the mails that are being read */
	size_t file, bad, without_note;
} Training;

static void
clear_example(void *data)
{
	Example *example = data;

	g_free(example->text);
	g_free(example->inviter);
	g_free(example->recipient);
	g_free(example->network);
	note_free(example->note);
}

static Note *
judge(const Training *training, const Example *example)
{
	NoteNames names = { .inviter = example->inviter,
			    .recipient = example->recipient,
			    .network = example->network,
			    .rules = assessor_rules(training->assessor)->names };

	return note_judge(training->languages, example->text, &names);
}

static void
take_example(Training *training, Example example)
{
	example.file = training->file;
	example.note = judge(training, &example);
	g_array_append_val(training->examples, example);
}

/* A LabelledTake. */
static void
take_labelled(void *context, const LabelledNote *labelled)
{
	take_example(context, (Example){ .wanted = labelled->class,
					 .text = g_strdup(labelled->text),
					 .network = g_strdup(labelled_network) });
}

/* A MailbagTake.  A mail that is no invitation, or has no note, teaches nothing. */
static void
take_mail(void *context, const char *name, const char *mail, size_t length,
	  const char *trouble)
{
	Training *training = context;
	Delivery delivery = { .now = g_get_real_time() / G_USEC_PER_SEC };
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessment) assessment = NULL;
	const Invite *invite;

	if (trouble == NULL)
		assessment = assess(training->assessor, mail, length, &delivery, &error);
	if (assessment == NULL) {
		terminal_print(stderr, "invitectl: %s: %s", name,
			       trouble != NULL ? trouble : error->message);
		training->bad++;
		return;
	}
	invite = assessment->invite;
	if (!assess_is_recognised(assessment) || invite == NULL || invite->note == NULL ||
	    assessment->note->class == NOTE_NONE) {
		training->without_note++;
		return;
	}
	take_example(training,
		     (Example){ .wanted = training->class,
				.text = g_strdup(invite->note),
				.inviter = g_strdup(invite->name),
				.recipient = g_strdup(invite->recipient),
				.network = g_strdup(assessment->network->title) });
}

/* "notes.tsv", or "pitch=MAILS". */
static bool
take_argument(Training *training, const char *argument, GError **error)
{
	const char *equals = strchr(argument, '=');
	g_autofree char *name =
	    g_strndup(argument, equals != NULL ? (size_t)(equals - argument) : 0);
	size_t bad = 0;

	training->class = note_class_of(name);
	training->file++;
	if (training->class != NOTE_LAST) {
		mailbag_each(equals + 1, take_mail, training);
		return true;
	}
	if (!labelled_read(argument, take_labelled, training, &bad, error))
		return false;
	training->bad += bad;

	return true;
}

static bool
is_like(const Example *one, const Example *other)
{
	return fingerprint_is_near(fingerprint_of_sketch(&one->note->sketch),
				   fingerprint_of_sketch(&other->note->sketch)) ||
	       g_str_equal(one->text, other->text);
}

/*
 * Notes that differ in a word or two are of one family; and all notes of a file
 * are, where several files have notes of several classes: those are of several
 * hands.
 */
static void
find_families(const GArray *examples, bool by_file)
{
	Example *all = (Example *)examples->data;

	for (size_t i = 0; i < examples->len; i++) {
		all[i].family = by_file ? all[i].file : i;
		for (size_t k = 0; !by_file && k < i; k++)
			if (is_like(&all[k], &all[i])) {
				all[i].family = all[k].family;
				break;
			}
	}
}

/* Are there several files, and does each have several classes? */
static bool
are_of_several_hands(const GArray *examples, size_t files)
{
	g_autofree unsigned *classes = g_new0(unsigned, files + 1);

	for (size_t i = 0; i < examples->len; i++) {
		const Example *example = &g_array_index(examples, Example, i);

		classes[example->file] |= 1U << example->wanted;
	}
	for (size_t i = 1; i <= files; i++)
		if ((classes[i] & (classes[i] - 1)) == 0)
			return false;

	return files > 1;
}

/* The site's numbers, fitted to all notes but those of a fold; FOLDS: to all notes. */
static Site *
fit_without(const Training *training, size_t fold)
{
	static const Side sides[NOTE_LAST] = {
		[NOTE_DEFAULT] = SIDE_DEFAULT,
		[NOTE_VAGUE] = SIDE_VAGUE,
		[NOTE_PITCH] = SIDE_PITCH,
		[NOTE_PERSONAL] = SIDE_PERSONAL,
	};
	g_autoptr(GArray) samples = g_array_new(FALSE, FALSE, sizeof(SiteSample));

	for (size_t i = 0; i < training->examples->len; i++) {
		const Example *example = &g_array_index(training->examples, Example, i);
		SiteSample sample = { .features = example->note->features,
				      .among = example->note->among,
				      .wanted = sides[example->wanted] };

		/* A note that is a known default text has no features. */
		if (example->family % FOLDS == fold || sample.features == NULL ||
		    example->wanted == NOTE_NONE)
			continue;
		weights_likelihoods(training->languages->weights, sample.features,
				    example->note->buckets, sample.likelihoods);
		g_array_append_val(samples, sample);
	}

	return site_fit(samples, evidence_feature_count(training->languages));
}

/*
 * Judge the notes of a fold, or all for FOLDS, with these numbers, which are taken
 * over.
 */
static void
tally_with(Training *training, Site *site, size_t fold, NotesTally *tally)
{
	training->languages->site = site;
	for (size_t i = 0; i < training->examples->len; i++) {
		const Example *example = &g_array_index(training->examples, Example, i);
		g_autoptr(Note) note = NULL;

		if (fold < FOLDS && example->family % FOLDS != fold)
			continue;
		note = judge(training, example);
		tally->judged[example->wanted][note->class]++;
	}
	training->languages->site = NULL;
	site_free(site);
}

/* What is wrong with the numbers, or NULL. */
static const char *
fault_of(const NotesTally *before, const NotesTally *held_out, const NotesTally *fitted)
{
	if (evaluate_harm(held_out) > evaluate_harm(before) ||
	    evaluate_harm(fitted) > evaluate_harm(before))
		return "more personal notes would be judged pitch, default or none";
	if (evaluate_exact(held_out) <= evaluate_exact(before))
		return "no more notes would be judged right that it was not made from";

	return NULL;
}

static bool
write_site(const char *path, const Site *site, GPtrArray *names, GError **error)
{
	g_autofree char *text = site_text(site, names);
	g_autofree char *folder = g_path_get_dirname(path);

	if (g_mkdir_with_parents(folder, 0755) != 0) {
		g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: %s",
			    folder, g_strerror(errno));
		return false;
	}

	return g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT,
					0644, error);
}

/*
 * Try the numbers on notes that they were not made from, tell what came of it, and
 * write them.
 */
static int
train(Training *training, const char *path, FILE *out)
{
	NotesTally before = { 0 }, held_out = { 0 }, fitted = { 0 };
	g_autoptr(Site) site = NULL;
	g_autoptr(GPtrArray) names = languages_feature_names(training->languages);
	g_autoptr(GError) error = NULL;
	const char *fault;

	tally_with(training, NULL, FOLDS, &before);
	for (size_t fold = 0; fold < FOLDS; fold++)
		tally_with(training, fit_without(training, fold), fold, &held_out);
	site = fit_without(training, FOLDS);
	tally_with(training, fit_without(training, FOLDS), FOLDS, &fitted);
	fprintf(out, "as it is, without the site's notes:\n");
	evaluate_print(out, &before);
	fprintf(out, "\nwith them, judged by families that were held out:\n");
	evaluate_print(out, &held_out);
	fault = fault_of(&before, &held_out, &fitted);
	if (fault != NULL) {
		terminal_print(stderr, "invitectl: %s: not written: %s", path, fault);
		return EX_DATAERR;
	}
	if (!write_site(path, site, names, &error)) {
		terminal_print(stderr, "invitectl: %s", error->message);
		return EX_CANTCREAT;
	}
	fputc('\n', out);
	terminal_print(out, "%s: written; the daemon takes it when it is reloaded", path);

	return EX_OK;
}

static int
undo(const char *path, FILE *out)
{
	if (unlink(path) == 0) {
		terminal_print(
		    out, "%s: removed; the daemon leaves it when it is reloaded", path);
		return EX_OK;
	}
	if (errno == ENOENT) {
		terminal_print(out, "%s: there is none", path);
		return EX_OK;
	}
	terminal_print(stderr, "invitectl: %s: %s", path, g_strerror(errno));

	return EX_CANTCREAT;
}

/* The notes of all that was named; the exit status. */
static int
take_notes(Training *training, char **arguments, FILE *out)
{
	g_autoptr(GError) error = NULL;

	for (size_t i = 0; arguments[i] != NULL; i++)
		if (!take_argument(training, arguments[i], &error)) {
			terminal_print(stderr, "invitectl: %s", error->message);
			return EX_NOINPUT;
		}
	fprintf(out, "%u notes; %zu mails without one\n", training->examples->len,
		training->without_note);
	if (training->bad > 0)
		terminal_print(stderr, "invitectl: not trained: mend what is told above");
	else if (training->examples->len < LEAST_NOTES)
		terminal_print(stderr, "invitectl: not trained: give at least %d notes",
			       LEAST_NOTES);
	else
		return EX_OK;

	return EX_DATAERR;
}

static int
run(const Options *options, FILE *out)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessor) assessor = options_assessor(options, STORE_READ, &error);
	const char *folder =
	    assessor != NULL ? settings_folder(assessor_settings(assessor)) : NULL;
	g_autoptr(Languages) languages =
	    assessor != NULL ? languages_load(folder, &error) : NULL;
	g_autoptr(GArray) examples = g_array_new(FALSE, FALSE, sizeof(Example));
	g_autofree char *path = NULL;
	Training training = { .assessor = assessor,
			      .languages = languages,
			      .examples = examples };
	int status;

	g_array_set_clear_func(examples, clear_example);
	if (languages == NULL || folder == NULL) {
		terminal_print_lines(stderr, "invitectl: ",
				     error != NULL
					 ? error->message
					 : "no settings, beside which the site's file "
					   "would stand; name some with --config");
		return EX_CONFIG;
	}
	g_clear_pointer(&languages->site, site_free);
	path = g_build_filename(folder, SITE_FILE, NULL);
	if (options->is_undo)
		return undo(path, out);
	status = take_notes(&training, options->files, out);
	if (status != EX_OK)
		return status;
	find_families(examples, are_of_several_hands(examples, training.file));

	return train(&training, path, out);
}

int
command_train(const Options *options, FILE *out)
{
	if ((options->files[0] == NULL) == options->is_undo)
		return run(options, out);
	fputs("invitectl train: name labelled notes, or --undo alone\n", stderr);

	return EX_USAGE;
}
