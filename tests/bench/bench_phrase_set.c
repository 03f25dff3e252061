/* SPDX-License-Identifier: BSD-2-Clause */
/* bench_phrase_set.c - finding phrases, by how many and by the text's length */

#include "config.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "text/phrase-set.h"

#define SEED        7
#define WORDS       3000 /* of the made-up language */
#define NOTE_BYTES  300
#define NOTES       200                /* more than one, or the caches know it by heart */
#define TOTAL_BYTES ((size_t)30000000) /* read for each row */

typedef struct {
	size_t hits;
	size_t steps;
} Count;

/* Latin, Cyrillic and Han letters, each a language's. */
static const char *const alphabets[] = {
	"eeeeaaaiioounnnrrrsstttdlcmghp",
	"ооооеееааиинннттрссвлкдмпуяыьб",
	"的一是不了人我在有他这中大来上国和说们为子你地出道也时年得就那要下以生会自着去之"
	"过家学",
};

static double
cpu_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);

	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static char *
make_word(GRand *rand, const char *alphabet, int most)
{
	g_autoptr(GString) word = g_string_new(NULL);
	int length = g_rand_int_range(rand, 2, most + 1);
	gint32 letters = (gint32)g_utf8_strlen(alphabet, -1);

	for (int i = 0; i < length; i++) {
		const char *c = g_utf8_offset_to_pointer(
		    alphabet, g_rand_int_range(rand, 0, letters));

		g_string_append_unichar(word, g_utf8_get_char(c));
	}

	return g_strdup(word->str);
}

/* The words of a language, of which the first are said most. */
static GPtrArray *
make_words(GRand *rand, size_t language)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	for (int i = 0; i < WORDS; i++)
		g_ptr_array_add(words, make_word(rand, alphabets[language],
						 language == 2 ? 3
						 : i < 100     ? 4
							       : 10));

	return words;
}

static char *
say(GRand *rand, const GPtrArray *words, size_t count, size_t bytes)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; i < count && text->len < bytes; i++) {
		double share = g_rand_double(rand);

		if (i > 0)
			g_string_append(text, i % 12 == 0 ? ". " : " ");
		g_string_append(text, words->pdata[(int)(share * share * share * WORDS)]);
	}

	return g_strdup(text->str);
}

static PhraseSet *
make_set(GRand *rand, GPtrArray *const *words, uint32_t count)
{
	PhraseSet *set = phrase_set_new();

	for (uint32_t i = 0; i < count; i++) {
		g_autofree char *phrase =
		    say(rand, words[i % G_N_ELEMENTS(alphabets)],
			(size_t)g_rand_int_range(rand, 2, 6), SIZE_MAX);

		phrase_set_add(set, phrase, i, NULL);
	}

	return set;
}

static void
count_pass(const PhraseSet *set, const PlainText *plain, Count *count)
{
	PhraseSearch search;
	PhraseHit hit;

	phrase_set_search_init(&search, set, plain);
	while (phrase_set_search_next(&search, &hit))
		count->hits++;
	count->steps += search.steps;
}

static void
bench_texts(GRand *rand, const PhraseSet *set, const GPtrArray *words, size_t bytes,
	    const char *what)
{
	PlainText plain[NOTES] = { 0 };
	char *texts[NOTES];
	size_t n_texts = CLAMP(TOTAL_BYTES / bytes / 4, 1, NOTES);
	size_t passes = n_texts * MAX(TOTAL_BYTES / bytes / n_texts, 1);
	double start, prepared, found;
	Count count = { 0 };

	for (size_t i = 0; i < n_texts; i++)
		texts[i] = say(rand, words, SIZE_MAX, bytes);
	start = cpu_now();
	for (size_t i = 0; i < passes; i++) {
		plain_text_clear(&plain[i % n_texts]);
		plain_text_init(&plain[i % n_texts], texts[i % n_texts]);
	}
	prepared = cpu_now();
	for (size_t i = 0; i < passes; i++)
		count_pass(set, &plain[i % n_texts], &count);
	found = cpu_now();

	printf("%-30s%10.2f us to prepare%10.2f us to search%8.1f hits%8.0f steps\n",
	       what, (prepared - start) / (double)passes,
	       (found - prepared) / (double)passes, (double)count.hits / (double)passes,
	       (double)count.steps / (double)passes);
	for (size_t i = 0; i < n_texts; i++) {
		plain_text_clear(&plain[i]);
		g_free(texts[i]);
	}
}

static void
bench_set(GRand *rand, GPtrArray *const *words, uint32_t count)
{
	static const char *const names[] = { "Latin", "Cyrillic", "Han" };
	double start = cpu_now(), added;
	g_autoptr(PhraseSet) set = make_set(rand, words, count);

	added = cpu_now();
	phrase_set_seal(set);
	printf("%u phrases: %.1f ms to add, %.1f ms to seal, %.2f MB\n", count,
	       (added - start) / 1e3, (cpu_now() - added) / 1e3,
	       (double)phrase_set_size(set) / 1e6);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		bench_texts(rand, set, words[i], NOTE_BYTES, names[i]);
	for (size_t bytes = 1000; count == 10000 && bytes <= 1000000; bytes *= 10) {
		g_autofree char *what = g_strdup_printf("Latin, %zu bytes", bytes);

		bench_texts(rand, set, words[0], bytes, what);
	}
}

int
main(void)
{
	static const uint32_t counts[] = { 10, 1000, 10000, 100000 };
	GRand *rand = g_rand_new_with_seed(SEED);
	GPtrArray *words[G_N_ELEMENTS(alphabets)];

	printf("phrases in a text of %d bytes\n", NOTE_BYTES);
	for (size_t i = 0; i < G_N_ELEMENTS(alphabets); i++)
		words[i] = make_words(rand, i);
	for (size_t i = 0; i < G_N_ELEMENTS(counts); i++)
		bench_set(rand, words, counts[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(alphabets); i++)
		g_ptr_array_unref(words[i]);
	g_rand_free(rand);

	return 0;
}
