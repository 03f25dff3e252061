/* SPDX-License-Identifier: BSD-2-Clause */
/* reference.c - HTML's character references */
#include "config.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mail/reference.h"
#include "text/text.h"

/* The longest name, CounterClockwiseContourIntegral, and of those without ";". */
#define NAME_MAX_LENGTH   31
#define PREFIX_MAX_LENGTH 6

enum {
	BEYOND = 0x110000, /* no character has this number or a higher one */
};

typedef struct {
	const char *name; /* with its ";", if that stands there */
	gunichar first;
	gunichar second; /* 0: it stands for one character */
} Entity;

/* Sorted by name. */
static const Entity entities[] = {
#include "mail/entities.inc"
};

typedef struct {
	const char *at; /* borrowed */
	size_t length;
} Key;

/* What &#128; to &#159; mean: windows-1252, whatever the mail is written in. */
static const uint16_t windows_characters[32] = {
	0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
	0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

/* The character that a number names, as the standard mends it. */
static gunichar
mended(gunichar c)
{
	if (c >= 0x80 && c <= 0x9f)
		return windows_characters[c - 0x80];

	return c == 0 || c >= BEYOND || (c >= 0xd800 && c <= 0xdfff) ? TEXT_REPLACEMENT
								     : c;
}

/* Behind the number at digits and its ";", or NULL where none is. */
static const char *
read_number(const char *digits, const char *end, unsigned base, gunichar *character_out)
{
	const char *at = digits;
	gunichar number = 0;

	for (; at < end; at++) {
		int digit =
		    base == 16 ? g_ascii_xdigit_value(*at) : g_ascii_digit_value(*at);

		if (digit < 0)
			break;
		number = MIN(number * base + (gunichar)digit, BEYOND);
	}
	if (at == digits)
		return NULL;

	*character_out = mended(number);

	return at < end && *at == ';' ? at + 1 : at;
}

static int
compare(const void *key, const void *entity)
{
	const Key *wanted = key;
	const char *name = ((const Entity *)entity)->name;
	int order = strncmp(wanted->at, name, wanted->length);

	return order != 0 || name[wanted->length] == '\0' ? order : -1;
}

static const Entity *
find(const char *name, size_t length)
{
	const Key key = { name, length };

	return bsearch(&key, entities, G_N_ELEMENTS(entities), sizeof(entities[0]),
		       compare);
}

/* Behind the name at at, or NULL where it names nothing. */
static const char *
read_name(const char *name, const char *end, ReferencePlace place,
	  const Entity **entity_out)
{
	size_t length = 0;
	const Entity *found = NULL;

	while (name + length < end && length <= NAME_MAX_LENGTH &&
	       g_ascii_isalnum(name[length]))
		length++;
	if (length <= NAME_MAX_LENGTH && name + length < end && name[length] == ';')
		found = find(name, length + 1);
	if (found != NULL) {
		*entity_out = found;
		return name + length + 1;
	}

	/* The longest beginning of it that needs no ";". */
	for (size_t part = MIN(length, PREFIX_MAX_LENGTH); part >= 2; part--) {
		const char *next = name + part;

		if (place == REFERENCE_IN_VALUE &&
		    (part < length || (next < end && *next == '=')))
			continue;
		found = find(name, part);
		if (found == NULL)
			continue;
		*entity_out = found;
		return next;
	}

	return NULL;
}

const char *
reference_read(const char *at, const char *end, ReferencePlace place, char *text_out,
	       size_t *length_out)
{
	const Entity *entity = NULL;
	gunichar character = 0;
	const char *next;
	size_t length;

	/* Most stand between the parameters of links. */
	if (end - at >= 5 && memcmp(at, "&amp;", 5) == 0) {
		*text_out = '&';
		*length_out = 1;
		return at + 5;
	}
	if (end - at < 3)
		return NULL;
	if (at[1] != '#')
		next = read_name(at + 1, end, place, &entity);
	else if (g_ascii_tolower(at[2]) == 'x')
		next = read_number(at + 3, end, 16, &character);
	else
		next = read_number(at + 2, end, 10, &character);
	if (next == NULL)
		return NULL;

	length = (size_t)g_unichar_to_utf8(entity != NULL ? entity->first : character,
					   text_out);
	if (entity != NULL && entity->second != 0)
		length += (size_t)g_unichar_to_utf8(entity->second, text_out + length);
	*length_out = length;

	return next;
}
