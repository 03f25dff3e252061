/* SPDX-License-Identifier: BSD-2-Clause */
/* packet.c - is what the MTA sends a packet that libmilter can take? */

#include "config.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>
#include <libmilter/mfapi.h>
#include <libmilter/mfdef.h>

#include "milter/packet.h"

/* The length, and the length with the command behind it. */
#define LENGTH_BYTES 4
#define HEAD_BYTES   5

/* What follows a command. */
typedef enum {
	FORM_NONE, /* there is no such command */
	FORM_ANY,
	FORM_BEGINS, /* with a string */
	FORM_TEXT,   /* strings and nothing else */
	FORM_MACROS, /* the command that they are for, then pairs of strings */
} Form;

typedef struct {
	Form form;
	size_t bytes;   /* at least */
	size_t strings; /* likewise */
} Rule;

/* By letter. */
static const Rule rules['Z' - 'A' + 1] = {
	[SMFIC_ABORT - 'A'] = { FORM_ANY, 0, 0 },
	[SMFIC_BODY - 'A'] = { FORM_ANY, 0, 0 },
	[SMFIC_CONNECT - 'A'] = { FORM_BEGINS, 2, 1 },
	[SMFIC_MACRO - 'A'] = { FORM_MACROS, 1, 0 },
	[SMFIC_BODYEOB - 'A'] = { FORM_ANY, 0, 0 },
	[SMFIC_HELO - 'A'] = { FORM_TEXT, 1, 1 },
	[SMFIC_QUIT_NC - 'A'] = { FORM_ANY, 0, 0 },
	[SMFIC_HEADER - 'A'] = { FORM_TEXT, 2, 2 },
	[SMFIC_MAIL - 'A'] = { FORM_TEXT, 1, 1 },
	[SMFIC_EOH - 'A'] = { FORM_ANY, 0, 0 },
	[SMFIC_OPTNEG - 'A'] = { FORM_ANY, MILTER_OPTLEN, 0 },
	[SMFIC_QUIT - 'A'] = { FORM_ANY, 0, 0 },
	[SMFIC_RCPT - 'A'] = { FORM_TEXT, 1, 1 },
	[SMFIC_DATA - 'A'] = { FORM_ANY, 0, 0 },
	[SMFIC_UNKNOWN - 'A'] = { FORM_TEXT, 1, 1 },
};

static size_t
number(const char *bytes)
{
	size_t value = 0;

	for (size_t i = 0; i < LENGTH_BYTES; i++)
		value = value << 8 | (unsigned char)bytes[i];

	return value;
}

static size_t
count_strings(const char *bytes, size_t length)
{
	const char *end = bytes + length;
	size_t count = 0;

	for (const char *at = bytes; (at = memchr(at, '\0', (size_t)(end - at))) != NULL;
	     at++)
		count++;

	return count;
}

/* NULL: it has the rule's form. */
static const char *
why_not(const Rule *rule, const char *bytes, size_t length)
{
	size_t strings;

	if (rule->form == FORM_ANY)
		return NULL;
	if (rule->form == FORM_MACROS) {
		bytes++;
		length--;
	}
	strings = count_strings(bytes, length);
	if (strings < rule->strings)
		return "a command without its strings";
	if (rule->form != FORM_BEGINS && length > 0 && bytes[length - 1] != '\0')
		return "a string without an end";
	if (rule->form == FORM_MACROS && strings % 2 != 0)
		return "macros of an odd number of strings";

	return NULL;
}

PacketState
packet_read(const char *bytes, size_t length, PacketPlace place, size_t *size_out,
	    const char **why_out)
{
	static const Rule none = { FORM_NONE, 0, 0 };
	size_t size = 0;
	const char *why = NULL;

	if (length >= LENGTH_BYTES)
		size = LENGTH_BYTES + number(bytes);
	if (size == LENGTH_BYTES) {
		why = "a packet without a command";
	} else if (size > HEAD_BYTES + PACKET_MAX_BYTES) {
		why = "a packet of more bytes than any has";
	} else if (length >= HEAD_BYTES) {
		char command = bytes[LENGTH_BYTES];
		const Rule *rule =
		    g_ascii_isupper(command) ? &rules[command - 'A'] : &none;

		if (rule->form == FORM_NONE)
			why = "a command that the protocol does not have";
		else if (place == PACKET_OPENS && command != SMFIC_OPTNEG)
			why = "a command before the negotiation";
		else if (size < HEAD_BYTES + rule->bytes)
			why = "a packet that is too short for its command";
		else if (length >= size)
			why = why_not(rule, bytes + HEAD_BYTES, size - HEAD_BYTES);
	}
	if (why != NULL) {
		*why_out = why;
		return PACKET_BAD;
	}
	*size_out = size;

	return size > 0 && length >= size ? PACKET_WHOLE : PACKET_CUT;
}
