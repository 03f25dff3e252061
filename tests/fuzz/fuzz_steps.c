/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_steps.c - is there a text that is dearer than its length?
 *
 * The first byte chooses the reader; zeros part the rest into a head, a run and
 * a tail, of which a long text is made (steps.h).  What a byte of it costs is told
 * to libFuzzer as a counter, so that it keeps dear texts and makes dearer ones of
 * them.
 */

#include "config.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "steps.h"

/* A longer recipe is no better. */
#define MAX_RECIPE 256

/* Steps in which the cost of a reader's bytes is told: powers of the root of two. */
#define LEVELS 32

/* A byte costs any reader far more than this. */
#define LEAST_SECONDS 1e-9

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__asan_default_options(void);

/*
 * With its checks, strstr() and its kin go through the whole of each string, so that
 * whoever calls them in a row looks quadratic.
 */
const char *
__asan_default_options(void)
{
	return "intercept_strstr=0:intercept_strspn=0:intercept_strpbrk=0:"
	       "intercept_memmem=0:intercept_strlen=0:intercept_strchr=0:replace_str=0";
}

/* libFuzzer clears and reads what stands in this section. */
__attribute__((section("__libfuzzer_extra_counters"),
	       used)) static uint8_t levels[64][LEVELS];

static void
tell_cost(size_t reader, double cost)
{
	size_t level = 0;

	for (double at = LEAST_SECONDS; at < cost && level < LEVELS - 1; at *= 1.41)
		level++;
	levels[reader % G_N_ELEMENTS(levels)][level] = 1;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *recipe = NULL;
	const char *pieces[3];
	StepsText text;
	double cost, ratio;
	size_t reader;

	if (size < 2 || size > MAX_RECIPE)
		return 0;
	reader = data[0] % steps_readers();
	/* Three zeros behind it: pieces that are not there are empty. */
	recipe = g_malloc0(size + G_N_ELEMENTS(pieces));
	memcpy(recipe, data + 1, size - 1);
	pieces[0] = recipe;
	for (size_t i = 1; i < G_N_ELEMENTS(pieces); i++)
		pieces[i] = pieces[i - 1] + strlen(pieces[i - 1]) + 1;
	text = (StepsText){ pieces[0], pieces[1], pieces[2] };
	if (text.run[0] == '\0')
		return 0;

	ratio = steps_ratio(reader, &text, &cost);
	tell_cost(reader, cost);
	if (ratio < STEPS_MAX_RATIO)
		return 0;
	fprintf(stderr, "%s: %d times the text takes %.0f times as much\n",
		steps_reader_name(reader), STEPS_FACTOR, ratio);
	abort();
}
