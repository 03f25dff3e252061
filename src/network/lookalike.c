/* SPDX-License-Identifier: BSD-2-Clause */
/* lookalike.c - does a domain pass itself off as another? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "text/edit-distance.h"
#include "text/letter.h"
#include "network/lookalike.h"

/* A label of a host name has at most 63 octets (RFC 1035, section 2.3.4). */
#define LABEL_MAX 63

/* A shape may be longer than its label: it has other alphabets' letters in UTF-8. */
#define SHAPE_MAX (LABEL_MAX * LETTER_MAX_BYTES)

/* Shorter brands are near too many other words (slack, stack, black), ... */
#define CLOSE_MIN 6

/* ... and still shorter ones look like too many. */
#define SHAPE_MIN 4

typedef struct {
	const char *text; /* borrowed */
	const void *owner;
} Brand;

struct Lookalikes {
	GArray *list;       /* of Brand */
	GHashTable *traces; /* hashes of brands, and of them without a letter */
};

/* What a word looks like: digits as letters, pairs that run together as one. */
typedef struct {
	char text[SHAPE_MAX + 1];
	size_t length;
} Shape;

/* Digits and letters that are read for one another. */
static char
plain(char c)
{
	switch (c) {
	case '0':
		return 'o';
	case '1':
	case '!':
		return 'l';
	case '3':
		return 'e';
	case '5':
		return 's';
	default:
		return c;
	}
}

static void
shape_add(Shape *shape, char c)
{
	char before = shape->length > 0 ? shape->text[shape->length - 1] : '\0';

	c = plain(c);
	if (before == 'r' && c == 'n')
		shape->text[shape->length - 1] = 'm';
	else if (before == 'v' && c == 'v')
		shape->text[shape->length - 1] = 'w';
	else if (shape->length < SHAPE_MAX)
		shape->text[shape->length++] = c;
	shape->text[shape->length] = '\0';
}

static void
shape_init(Shape *shape, const char *word, size_t length)
{
	const char *end = word + length;
	char letter[LETTER_MAX_BYTES + 1], *stop;

	shape->length = 0;
	shape->text[0] = '\0';
	while (word < end) {
		if ((unsigned char)*word < 0x80) {
			shape_add(shape, g_ascii_tolower(*word++));
			continue;
		}
		stop = letter_shape(g_utf8_get_char(word), LETTER_SHORT, letter);
		for (const char *c = letter; c < stop; c++)
			shape_add(shape, *c);
		word = g_utf8_next_char(word);
	}
}

/* One slip leaves two letters alone at one end at least, as long as there are five. */
static bool
has_same_end(const Shape *a, const Shape *b)
{
	return a->length >= 2 && b->length >= 2 &&
	       (memcmp(a->text, b->text, 2) == 0 ||
		memcmp(a->text + a->length - 2, b->text + b->length - 2, 2) == 0);
}

static Lookalike
label_lookalike(const char *label, size_t length, const char *brand, const Shape *own)
{
	Shape shape;

	if (strncmp(label, brand, length) == 0 && brand[length] == '\0')
		return LOOKALIKE_WITHIN;
	if (own->length < SHAPE_MIN || length > SHAPE_MAX)
		return LOOKALIKE_NOT;

	shape_init(&shape, label, length);
	if (g_str_equal(shape.text, own->text))
		return LOOKALIKE_SAME;

	return own->length >= CLOSE_MIN && has_same_end(&shape, own) &&
		       edit_distance(shape.text, shape.length, own->text, own->length) <=
			   1
		   ? LOOKALIKE_CLOSE
		   : LOOKALIKE_NOT;
}

/* As its reader sees it, where letters beyond ASCII stand in it; else NULL. */
static char *
unicode_of(const char *domain)
{
	return strstr(domain, "xn--") != NULL ? g_hostname_to_unicode(domain) : NULL;
}

/* Bytes of the label at the start of a domain, and of what parts it from the next. */
static size_t
label_length(const char *domain, size_t *step_out)
{
	size_t length = strcspn(domain, ".-");

	*step_out = length + (domain[length] != '\0');

	return length;
}

Lookalike
lookalike_of(const char *domain, const char *brand)
{
	g_autofree char *unicode = unicode_of(domain);
	const char *label = unicode != NULL ? unicode : domain;
	Lookalike most = LOOKALIKE_NOT, found;
	Shape own;
	size_t step;

	if (brand[0] == '\0' || strlen(brand) > LABEL_MAX)
		return LOOKALIKE_NOT;
	shape_init(&own, brand, strlen(brand));
	for (; *label != '\0'; label += step) {
		size_t length = label_length(label, &step);

		found = label_lookalike(label, length, brand, &own);
		most = MAX(most, found);
	}

	return most;
}

/* The next word from place on with a letter beyond ASCII; false where there is none. */
static bool
next_foreign_word(const Folded *text, size_t *place, Shape *shape_out)
{
	while (*place < text->length) {
		size_t start = *place;
		bool is_foreign = false;
		g_autofree char *word = NULL;

		while (*place < text->length && text->chars[*place] != ' ')
			is_foreign |= text->chars[(*place)++] >= 0x80;
		*place += *place < text->length;
		if (!is_foreign || *place - start > LABEL_MAX)
			continue;
		word = g_ucs4_to_utf8(text->chars + start, (glong)(*place - start), NULL,
				      NULL, NULL);
		if (word == NULL)
			continue;
		g_strchomp(word);
		shape_init(shape_out, word, strlen(word));
		return true;
	}

	return false;
}

bool
lookalike_in_text(const Folded *text, const char *brand)
{
	Shape own, shape;
	size_t place = 0;

	if (strlen(brand) > LABEL_MAX)
		return false;
	shape_init(&own, brand, strlen(brand));
	if (own.length < SHAPE_MIN)
		return false;
	while (next_foreign_word(text, &place, &shape))
		if (g_str_equal(shape.text, own.text))
			return true;

	return false;
}

/* FNV-1a of a word without one of its bytes; skip >= length: of all of it. */
static guint32
trace_of(const char *word, size_t length, size_t skip)
{
	guint32 hash = 2166136261U;

	for (size_t i = 0; i < length; i++)
		if (i != skip)
			hash = (hash ^ (unsigned char)word[i]) * 16777619U;

	return hash;
}

Lookalikes *
lookalikes_new(void)
{
	Lookalikes *brands = g_new0(Lookalikes, 1);

	brands->list = g_array_new(FALSE, FALSE, sizeof(Brand));
	brands->traces = g_hash_table_new(g_direct_hash, g_direct_equal);

	return brands;
}

void
lookalikes_free(Lookalikes *brands)
{
	if (brands == NULL)
		return;

	g_array_unref(brands->list);
	g_hash_table_unref(brands->traces);
	g_free(brands);
}

static void
leave_trace(Lookalikes *brands, const Shape *shape, size_t skip)
{
	guint32 trace = trace_of(shape->text, shape->length, skip);

	g_hash_table_add(brands->traces, GUINT_TO_POINTER(trace));
}

/* Two words a letter apart are the same when one, or each, has lost one. */
void
lookalikes_add(Lookalikes *brands, const char *brand, const void *owner)
{
	Brand added = { brand, owner };
	Shape shape;

	if (strlen(brand) > LABEL_MAX)
		return;
	g_array_append_val(brands->list, added);
	shape_init(&shape, brand, strlen(brand));
	leave_trace(brands, &shape, shape.length);
	for (size_t i = 0; shape.length >= CLOSE_MIN && i < shape.length; i++)
		leave_trace(brands, &shape, i);
}

static bool
has_trace(const Lookalikes *brands, const Shape *shape, size_t skip)
{
	guint32 trace = trace_of(shape->text, shape->length, skip);

	return g_hash_table_contains(brands->traces, GUINT_TO_POINTER(trace));
}

static bool
leaves_trace(const Lookalikes *brands, const char *label, size_t length)
{
	Shape shape;

	shape_init(&shape, label, MIN(length, SHAPE_MAX));
	if (has_trace(brands, &shape, shape.length))
		return true;
	if (shape.length + 1 < CLOSE_MIN || shape.length > LABEL_MAX + 1)
		return false;
	for (size_t i = 0; i < shape.length; i++)
		if (has_trace(brands, &shape, i))
			return true;

	return false;
}

static bool
domain_leaves_trace(const Lookalikes *brands, const char *domain)
{
	g_autofree char *unicode = unicode_of(domain);
	const char *label = unicode != NULL ? unicode : domain;
	size_t step;

	for (; *label != '\0'; label += step) {
		size_t length = label_length(label, &step);

		if (leaves_trace(brands, label, length))
			return true;
	}

	return false;
}

bool
lookalikes_resemble(const Lookalikes *brands, const char *domain, const void *but)
{
	if (!domain_leaves_trace(brands, domain))
		return false;
	for (guint i = 0; i < brands->list->len; i++) {
		const Brand *brand = &g_array_index(brands->list, Brand, i);

		if (brand->owner != but &&
		    lookalike_of(domain, brand->text) != LOOKALIKE_NOT)
			return true;
	}

	return false;
}

bool
lookalikes_in_text(const Lookalikes *brands, const Folded *text)
{
	Shape shape;
	size_t place = 0;

	while (next_foreign_word(text, &place, &shape))
		if (has_trace(brands, &shape, shape.length))
			return true;

	return false;
}
