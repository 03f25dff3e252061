/* SPDX-License-Identifier: BSD-2-Clause */
/* evaluate.c - invitectl evaluate: how well are labelled notes judged? */

#include "config.h"

#include <math.h>
#include <string.h>
#include <sysexits.h>

#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/evaluate.h"
#include "ctl/labelled.h"
#include "ctl/options.h"

/* One file on its way. */
typedef struct {
	const char *path;
	const Assessor *assessor;
	NotesPart part;
	const char *what;
	FILE *misses;
	NotesTally *tally;
} Evaluation;

/* FNV-1a: the same third on every machine. */
static bool
is_held_out(const char *text)
{
	guint32 hash = 2166136261u;

	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * 16777619u;

	return hash % 3 == 0;
}

static bool
is_wanted(const Evaluation *evaluation, const LabelledNote *labelled)
{
	if (evaluation->what != NULL &&
	    !g_str_equal(evaluation->what, note_class_name(labelled->class)) &&
	    !g_str_equal(evaluation->what, labelled->language))
		return false;

	return evaluation->part == NOTES_ALL ||
	       is_held_out(labelled->written) == (evaluation->part == NOTES_HELD_OUT);
}

static void
print_miss(const Evaluation *evaluation, const LabelledNote *labelled, const Note *note)
{
	if (evaluation->misses == NULL)
		return;
	terminal_print(evaluation->misses, "%s:%zu: %s is judged %s [%s, %s]: %s",
		       evaluation->path, labelled->line, note_class_name(labelled->class),
		       note_class_name(note->class), labelled->language,
		       note->language != NULL ? note->language : "-", labelled->written);
	for (size_t i = 0; i < note->reasons->len; i++)
		terminal_print(evaluation->misses, "    %s",
			       (const char *)note->reasons->pdata[i]);
}

/* A LabelledTake. */
static void
judge_note(void *context, const LabelledNote *labelled)
{
	Evaluation *evaluation = context;
	NoteNames names = { .rules = assessor_rules(evaluation->assessor)->names,
			    .network = labelled_network };
	g_autoptr(Note) note = NULL;

	if (!is_wanted(evaluation, labelled))
		return;
	note =
	    note_judge(assessor_languages(evaluation->assessor), labelled->text, &names);
	evaluation->tally->judged[labelled->class][note->class]++;
	if (note->class != labelled->class)
		print_miss(evaluation, labelled, note);
}

NotesTally *
evaluate_notes(const char *path, const Assessor *assessor, NotesPart part,
	       const char *what, FILE *misses, GError **error)
{
	g_autofree NotesTally *tally = g_new0(NotesTally, 1);
	Evaluation evaluation = { .path = path,
				  .assessor = assessor,
				  .part = part,
				  .what = what,
				  .misses = misses,
				  .tally = tally };

	if (!labelled_read(path, judge_note, &evaluation, &tally->bad, error))
		return NULL;

	return g_steal_pointer(&tally);
}

/* Per cent of the notes for which the two classes are alike. */
static double
share(const NotesTally *tally, bool (*are_alike)(NoteClass wanted, NoteClass got))
{
	size_t all = 0, right = 0;

	for (int wanted = 0; wanted < NOTE_LAST; wanted++)
		for (int got = 0; got < NOTE_LAST; got++) {
			all += tally->judged[wanted][got];
			if (are_alike((NoteClass)wanted, (NoteClass)got))
				right += tally->judged[wanted][got];
		}

	return all > 0 ? 100.0 * (double)right / (double)all : 0;
}

static bool
are_same(NoteClass wanted, NoteClass got)
{
	return wanted == got;
}

/* Personal says why; the other classes do not. */
static bool
say_why_alike(NoteClass wanted, NoteClass got)
{
	return (wanted == NOTE_PERSONAL) == (got == NOTE_PERSONAL);
}

double
evaluate_exact(const NotesTally *tally)
{
	return share(tally, are_same);
}

double
evaluate_why(const NotesTally *tally)
{
	return share(tally, say_why_alike);
}

static const char *const part_names[NOTES_LAST] = {
	[NOTES_ALL] = "all",
	[NOTES_SEEN] = "seen",
	[NOTES_HELD_OUT] = "held-out",
};

const char *
evaluate_part_name(NotesPart part)
{
	return part_names[part];
}

static bool
read_part(const char *name, NotesPart *part_out)
{
	*part_out = NOTES_ALL;
	for (size_t i = 0; name != NULL && i < NOTES_LAST; i++)
		if (g_str_equal(name, part_names[i])) {
			*part_out = (NotesPart)i;
			return true;
		}

	return name == NULL;
}

size_t
evaluate_labelled(const NotesTally *tally, NoteClass wanted)
{
	size_t all = 0;

	for (int got = 0; got < NOTE_LAST; got++)
		all += tally->judged[wanted][got];

	return all;
}

size_t
evaluate_harm(const NotesTally *tally)
{
	const size_t *personal = tally->judged[NOTE_PERSONAL];

	return personal[NOTE_PITCH] + personal[NOTE_DEFAULT] + personal[NOTE_NONE];
}

/* "harm  2.8% (10 of 360, 1.5 to 5.0%)": with the interval of Wilson, 95%. */
static void
print_share(FILE *out, const char *name, size_t part, size_t whole)
{
	double n = (double)whole, p = whole > 0 ? (double)part / n : 0, z = 1.96;
	double middle = p + z * z / (2 * n), divisor = 1 + z * z / n;
	double half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n));

	if (whole > 0)
		fprintf(out, "%-16s %5.1f%% (%zu of %zu, %.1f to %.1f%%)\n", name,
			100 * p, part, whole, MAX(0, 100 * (middle - half) / divisor),
			MIN(100, 100 * (middle + half) / divisor));
}

/* What a mistake does: harm is a friend told to be ignored, nuisance a pitch kept. */
static void
print_shares(FILE *out, const NotesTally *tally)
{
	size_t all = 0, exact = 0;

	for (int wanted = 0; wanted < NOTE_LAST; wanted++) {
		all += evaluate_labelled(tally, (NoteClass)wanted);
		exact += tally->judged[wanted][wanted];
	}
	print_share(out, "exact class", exact, all);
	print_share(out, "harm", evaluate_harm(tally),
		    evaluate_labelled(tally, NOTE_PERSONAL));
	print_share(out, "nuisance", tally->judged[NOTE_PITCH][NOTE_PERSONAL],
		    evaluate_labelled(tally, NOTE_PITCH));
	for (int wanted = 0; wanted < NOTE_LAST; wanted++) {
		g_autofree char *name =
		    g_strconcat("recall ", note_class_name((NoteClass)wanted), NULL);

		print_share(out, name, tally->judged[wanted][wanted],
			    evaluate_labelled(tally, (NoteClass)wanted));
	}
}

void
evaluate_print(FILE *out, const NotesTally *tally)
{
	fprintf(out, "exact class %.1f%%, says why or not %.1f%%\n\n%-10s",
		evaluate_exact(tally), evaluate_why(tally), "");
	for (int got = 0; got < NOTE_LAST; got++)
		fprintf(out, " %9s", note_class_name((NoteClass)got));
	for (int wanted = 0; wanted < NOTE_LAST; wanted++) {
		fprintf(out, "\n%-10s", note_class_name((NoteClass)wanted));
		for (int got = 0; got < NOTE_LAST; got++)
			fprintf(out, " %9zu", tally->judged[wanted][got]);
	}
	fputs("\n\n", out);
	print_shares(out, tally);
}

int
command_evaluate(const Options *options, FILE *out)
{
	g_autoptr(Assessor) assessor = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree NotesTally *tally = NULL;
	NotesPart part;

	if (!read_part(options->part, &part)) {
		terminal_print(stderr,
			       "invitectl evaluate: --part is seen, held-out or "
			       "all, not \"%s\"",
			       options->part);
		return EX_USAGE;
	}
	assessor = options_assessor(options, STORE_READ, &error);
	if (assessor == NULL) {
		terminal_print_lines(stderr, "invitectl: ", error->message);
		return EX_CONFIG;
	}
	tally = evaluate_notes(options->files[0], assessor, part, NULL, out, &error);
	if (tally == NULL) {
		terminal_print(stderr, "invitectl: %s", error->message);
		return EX_NOINPUT;
	}
	evaluate_print(out, tally);

	return tally->bad > 0 ? EX_DATAERR : EX_OK;
}
