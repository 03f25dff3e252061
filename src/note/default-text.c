/* SPDX-License-Identifier: BSD-2-Clause */
/* default-text.c - is a note the network's own text? */

#include "config.h"

#include <string.h>

#include "text/edit-distance.h"
#include "text/letter.h"
#include "text/plain-text.h"
#include "text/folded.h"
#include "note/default-text.h"

/* One letter may differ for each so many. */
#define LETTERS_AN_EDIT 14

/* A text that was cut has at least so much of the whole left, in per cent. */
#define CUT_LEAST 60

/* How often each byte occurs. */
typedef struct {
	unsigned char counts[256];
} Histogram;

static Histogram
histogram_of(const char *text)
{
	Histogram histogram = { { 0 } };

	for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++)
		if (histogram.counts[*c] < 255)
			histogram.counts[*c]++;

	return histogram;
}

/* Of the bytes of one, how many does the other not have? */
static size_t
missing_from(const Histogram *one, const Histogram *other)
{
	size_t missing = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(one->counts); i++)
		if (one->counts[i] > other->counts[i])
			missing += one->counts[i] - other->counts[i];

	return missing;
}

/* The plain form with letters for what they look like: "profession\u0430l". */
static char *
looks_of(const char *text)
{
	g_autofree char *plain = plain_text_words(text);
	g_autoptr(GString) looks = g_string_sized_new(strlen(plain));

	for (const char *c = plain; *c != '\0'; c = g_utf8_next_char(c)) {
		char shape[LETTER_MAX_BYTES + 1];

		if ((unsigned char)*c < 0x80) {
			g_string_append_c(looks, *c);
			continue;
		}
		*letter_shape(g_utf8_get_char(c), STYLE_SHORT, shape) = '\0';
		g_string_append(looks, shape);
	}

	return g_strdup(looks->str);
}

/* The same but for one word in the place of the network's name. */
static bool
is_swapped(const char *body, const DefaultText *text)
{
	g_autofree char *name = g_strndup(text->key, strcspn(text->key, "-"));
	g_autofree char *word = g_strdup_printf(" %s ", name);
	const char *at = strstr(text->plain, word);
	size_t before = at != NULL ? (size_t)(at + 1 - text->plain) : 0,
	       length = strlen(body);
	const char *after = at != NULL ? at + strlen(word) - 1 : "";

	return at != NULL && length > before + strlen(after) &&
	       strncmp(body, text->plain, before) == 0 && g_str_has_suffix(body, after) &&
	       strcspn(body + before, " ") == length - before - strlen(after);
}

static size_t
most_edits(const DefaultText *text)
{
	return MIN(DEFAULT_MAX_EDITS, 1 + strlen(text->plain) / LETTERS_AN_EDIT);
}

/* Edits to one text, most_edits() + 1 for too many. */
static size_t
edits_to(const char *looks, const Histogram *histogram, const DefaultText *text)
{
	size_t most = most_edits(text), length = strlen(looks);
	size_t text_length = strlen(text->plain);
	Histogram other;

	if (text_length > EDIT_DISTANCE_MAX_TEXT || length > text_length + most ||
	    (length + most) * 100 < text_length * CUT_LEAST)
		return most + 1;
	if (is_swapped(looks, text))
		return 1;
	other = histogram_of(text->plain);
	if (missing_from(histogram, &other) > most)
		return most + 1;

	return edit_distance_within(looks, length, text->plain, text_length,
				    length * 100 >= text_length * CUT_LEAST
					? EDIT_DISTANCE_BEGINNING
					: EDIT_DISTANCE_WHOLE,
				    most);
}

static const DefaultText *
nearest_of(const Languages *languages, const char *body, size_t *edits_out)
{
	g_autofree char *looks = looks_of(body);
	Histogram histogram = histogram_of(looks);
	const DefaultText *nearest = NULL;
	size_t least = DEFAULT_MAX_EDITS + 1;

	for (size_t i = 0; i < languages->defaults->len; i++) {
		const DefaultText *text =
		    &g_array_index(languages->defaults, DefaultText, i);
		size_t edits =
		    text->plain != NULL ? edits_to(looks, &histogram, text) : least;

		if (text->plain != NULL && edits < least && edits <= most_edits(text)) {
			least = edits;
			nearest = text;
		}
	}
	*edits_out = least;

	return nearest;
}

static const DefaultText *
exact_of(const Languages *languages, const char *plain)
{
	for (size_t i = 0; i < languages->defaults->len; i++) {
		const DefaultText *one =
		    &g_array_index(languages->defaults, DefaultText, i);

		if (one->plain != NULL && g_str_equal(plain, one->plain))
			return one;
	}

	return NULL;
}

const DefaultText *
default_text_of(const Languages *languages, const char *body, size_t *edits_out)
{
	g_autofree char *plain = plain_text_words(body);
	const DefaultText *known = exact_of(languages, plain);

	/*
	 * Characters: letters that look like a text's own may take more bytes than
	 * these.
	 */
	*edits_out = 0;
	if (known != NULL || (size_t)g_utf8_strlen(plain, -1) >
				 languages->longest_default + DEFAULT_MAX_EDITS)
		return known;

	return nearest_of(languages, body, edits_out);
}

const DefaultText *
default_text_with_hole(const Languages *languages, const char *body)
{
	g_auto(Folded) folded = { 0 };

	folded_init(&folded, body);
	for (size_t i = 0; i < languages->defaults->len; i++) {
		const DefaultText *one =
		    &g_array_index(languages->defaults, DefaultText, i);

		if (one->plain == NULL && pattern_fits(one->pattern, &folded, NULL))
			return one;
	}

	return NULL;
}
