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

static Histogram
histogram_of(const char *text)
{
	Histogram histogram = { { 0 } };

	for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++)
		histogram.counts[*c % LANGUAGE_LETTER_KINDS]++;

	return histogram;
}

/* How many letters of one does the other lack? */
static size_t
missing_from(const Histogram *one, const Histogram *other)
{
	size_t missing = 0;

	for (size_t i = 0; i < LANGUAGE_LETTER_KINDS; i++)
		if (one->counts[i] > other->counts[i])
			missing += one->counts[i] - other->counts[i];

	return missing;
}

void
default_text_set_plain(DefaultText *text, char *plain)
{
	g_autofree char *word =
	    g_strdup_printf(" %.*s ", (int)strcspn(text->key, "-"), text->key);
	const char *name = strstr(plain, word);

	text->plain = plain;
	text->length = strlen(plain);
	text->letters = histogram_of(plain);
	text->name = name != NULL ? (size_t)(name + 1 - plain) : 0;
}

/* The plain form with letters for what they look like: "profession\u0430l". */
static char *
looks_of(const char *plain)
{
	g_autoptr(GString) looks = g_string_sized_new(strlen(plain));

	for (const char *c = plain; *c != '\0'; c = g_utf8_next_char(c)) {
		char shape[LETTER_MAX_BYTES + 1];

		if ((unsigned char)*c < 0x80) {
			g_string_append_c(looks, *c);
			continue;
		}
		*letter_shape(g_utf8_get_char(c), LETTER_SHORT, shape) = '\0';
		g_string_append(looks, shape);
	}

	return g_strdup(looks->str);
}

/* The same but for one word in the place of the network's name. */
static bool
is_swapped(const char *body, size_t length, const DefaultText *text)
{
	const char *behind;
	size_t after;

	if (text->name == 0 || strncmp(body, text->plain, text->name) != 0)
		return false;
	behind = text->plain + text->name + strcspn(text->key, "-");
	after = text->length - (size_t)(behind - text->plain);

	return length > text->name + after &&
	       strcmp(body + length - after, behind) == 0 &&
	       strcspn(body + text->name, " ") == length - text->name - after;
}

static size_t
most_edits(const DefaultText *text)
{
	return MIN(DEFAULT_TEXT_MAX_EDITS, 1 + text->length / LETTERS_AN_EDIT);
}

/* Edits to one text, most_edits() + 1 for too many. */
static size_t
edits_to(const char *looks, size_t length, const Histogram *letters,
	 const DefaultText *text)
{
	size_t most = most_edits(text);

	if (text->length > EDIT_DISTANCE_MAX_TEXT || length > text->length + most ||
	    (length + most) * 100 < text->length * CUT_LEAST)
		return most + 1;
	if (is_swapped(looks, length, text))
		return 1;
	if (missing_from(letters, &text->letters) > most)
		return most + 1;

	return edit_distance_within(looks, length, text->plain, text->length,
				    length * 100 >= text->length * CUT_LEAST
					? EDIT_DISTANCE_BEGINNING
					: EDIT_DISTANCE_WHOLE,
				    most);
}

static const DefaultText *
nearest_of(const Languages *languages, const char *plain, size_t *edits_out)
{
	g_autofree char *looks = looks_of(plain);
	size_t length = strlen(looks);
	Histogram letters = histogram_of(looks);
	const DefaultText *nearest = NULL;
	size_t least = DEFAULT_TEXT_MAX_EDITS + 1;

	for (size_t i = 0; i < languages->defaults->len; i++) {
		const DefaultText *text =
		    &g_array_index(languages->defaults, DefaultText, i);
		size_t edits =
		    text->plain != NULL ? edits_to(looks, length, &letters, text) : least;

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
	size_t length = strlen(plain);

	for (size_t i = 0; i < languages->defaults->len; i++) {
		const DefaultText *one =
		    &g_array_index(languages->defaults, DefaultText, i);

		if (one->length == length && one->plain != NULL &&
		    memcmp(plain, one->plain, length) == 0)
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
				 languages->longest_default + DEFAULT_TEXT_MAX_EDITS)
		return known;

	return nearest_of(languages, plain, edits_out);
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
