/* SPDX-License-Identifier: BSD-2-Clause */
/* bench_notes.c - what judging notes costs, and what reading the languages does */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/data.h"
#include "note/note.h"

#define NOTE_BYTES  300 /* as many characters as LinkedIn allows */
#define LOADS       20
#define ROUNDS      7      /* of each row, of which the median counts */
#define ROUND_BYTES 600000 /* judged in each */

/* A labelled note, as tests/notes has them. */
typedef struct {
	char *language;
	char *text;
} Said;

static double
cpu_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);

	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int
by_time(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;

	return (one > other) - (one < other);
}

static double
median(double *times, size_t count)
{
	qsort(times, count, sizeof(double), by_time);

	return times[count / 2];
}

static Languages *
load_languages(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) files = data_load(NULL, "languages", ".language", &error);
	Languages *languages = files != NULL ? languages_new(files, &error) : NULL;

	if (languages == NULL)
		g_error("bench_notes: %s", error->message);

	return languages;
}

static void
bench_load(void)
{
	double times[LOADS], slowest = 0;

	for (size_t i = 0; i < LOADS; i++) {
		double start = cpu_now();

		languages_free(load_languages());
		times[i] = (cpu_now() - start) / 1e3;
		slowest = MAX(slowest, times[i]);
	}
	printf("%-30s%12.1f ms, median of %d%12.1f ms at most\n", "all languages loaded",
	       median(times, LOADS), LOADS, slowest);
}

static void
said_clear(gpointer data)
{
	Said *said = data;

	g_free(said->language);
	g_free(said->text);
}

/* The columns class, language and text of each line but the first. */
static GArray *
read_notes(const char *path)
{
	GArray *notes = g_array_new(FALSE, FALSE, sizeof(Said));
	g_autoptr(GError) error = NULL;
	g_autofree char *bytes = NULL;
	g_auto(GStrv) lines = NULL;

	g_array_set_clear_func(notes, said_clear);
	if (!g_file_get_contents(path, &bytes, NULL, &error))
		g_error("bench_notes: %s", error->message);
	lines = g_strsplit(bytes, "\n", -1);
	for (size_t i = 1; lines[0] != NULL && lines[i] != NULL; i++) {
		g_auto(GStrv) cells = g_strsplit(lines[i], "\t", 3);
		Said said;

		if (g_strv_length(cells) < 3)
			continue;
		said.language = g_strdup(cells[1]);
		said.text = g_strcompress(cells[2]);
		g_array_append_val(notes, said);
	}

	return notes;
}

/* Notes one after the other up to so many characters, beginning with the first. */
static char *
make_note(const GPtrArray *notes, size_t first, size_t characters)
{
	g_autoptr(GString) text = g_string_new(NULL);
	size_t length = 0;

	for (size_t i = first; length < characters; i++) {
		const char *note = notes->pdata[i % notes->len];

		g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", note);
		length = (size_t)g_utf8_strlen(text->str, -1);
	}

	return g_utf8_substring(text->str, 0, (glong)characters);
}

/* The texts of a language, or all. */
static GPtrArray *
texts_of(const GArray *notes, const char *language)
{
	GPtrArray *texts = g_ptr_array_new();

	for (size_t i = 0; i < notes->len; i++) {
		const Said *said = &g_array_index(notes, Said, i);

		if (language == NULL || g_str_equal(said->language, language))
			g_ptr_array_add(texts, said->text);
	}

	return texts;
}

static void
judge_all(const Languages *languages, const GPtrArray *texts)
{
	static const NoteNames names = { .inviter = "Grietje Hoekstra",
					 .recipient = "Bob Ray",
					 .network = "LinkedIn" };

	for (size_t i = 0; i < texts->len; i++)
		note_free(note_judge(languages, texts->pdata[i], &names));
}

static void
bench_texts(const Languages *languages, const GPtrArray *texts, size_t characters,
	    const char *what)
{
	size_t times = MAX(1, ROUND_BYTES / MIN(characters, NOTE_MAX) / texts->len);
	double rounds[ROUNDS], middle;

	for (size_t round = 0; round < ROUNDS; round++) {
		double start = cpu_now();

		for (size_t i = 0; i < times; i++)
			judge_all(languages, texts);
		rounds[round] = (cpu_now() - start) / (double)(times * texts->len);
	}
	middle = median(rounds, ROUNDS);
	printf("%-30s%12.1f us/note%15.0f notes/s\n", what, middle, 1e6 / middle);
}

/* characters 0: as they were written. */
static void
bench_notes(const Languages *languages, const GArray *notes, const char *language,
	    size_t characters)
{
	g_autoptr(GPtrArray) said = texts_of(notes, language);
	g_autoptr(GPtrArray) made = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *length = characters > 0 ? g_strdup_printf("of %zu", characters)
						 : g_strdup("as written");
	g_autofree char *what = g_strdup_printf(
	    "%s, %s", language != NULL ? language : "all languages", length);

	for (size_t i = 0; i < said->len; i++)
		g_ptr_array_add(made, characters > 0 ? make_note(said, i, characters)
						     : g_strdup(said->pdata[i]));
	bench_texts(languages, made, characters > 0 ? characters : NOTE_BYTES / 2, what);
}

/* What a sender would write who wants it to take long; cut at NOTE_MAX. */
static void
bench_hostile(const Languages *languages)
{
	static const struct {
		const char *what, *piece;
	} hostile[] = {
		{ "1 MB of one cue", "we met at " },
		{ "1 MB of sign-offs", "best regards\n" },
		{ "1 MB of lines", "a\n" },
		{ "1 MB of dashes", "- - " },
		{ "1 MB of default text",
		  "I'd like to add you to my professional network. " },
		{ "1 MB of digits", "+1 " },
		{ "1 MB of Han", "\344\275\240\345\245\275" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		g_autoptr(GPtrArray) texts = g_ptr_array_new();

		while (text->len < 1000000)
			g_string_append(text, hostile[i].piece);
		g_ptr_array_add(texts, text->str);
		bench_texts(languages, texts, text->len, hostile[i].what);
	}
}

int
main(int argc, char **argv)
{
	static const size_t lengths[] = { 0, 30, 300, 3000, 30000 };
	g_autoptr(Languages) languages = NULL;
	g_autoptr(GArray) notes = NULL;

	if (argc != 2) {
		fprintf(stderr, "usage: bench_notes NOTES.tsv\n");
		return 2;
	}
	bench_load();
	languages = load_languages();
	notes = read_notes(argv[1]);
	for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
		bench_notes(languages, notes, "en", lengths[i]);
		bench_notes(languages, notes, NULL, lengths[i]);
	}
	bench_hostile(languages);

	return 0;
}
