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
	FORM_ANY,
	FORM_BEGINS, /* with a string */
	FORM_TEXT,   /* strings and nothing else */
	FORM_MACROS, /* the command that they are for, then pairs of strings */
} Form;

static const struct {
	char command;
	Form form;
	size_t bytes;   /* at least */
	size_t strings; /* likewise */
} commands[] = {
	{ SMFIC_ABORT, FORM_ANY, 0, 0 },
	{ SMFIC_BODY, FORM_ANY, 0, 0 },
	{ SMFIC_CONNECT, FORM_BEGINS, 2, 1 },
	{ SMFIC_MACRO, FORM_MACROS, 1, 0 },
	{ SMFIC_BODYEOB, FORM_ANY, 0, 0 },
	{ SMFIC_HELO, FORM_TEXT, 1, 1 },
	{ SMFIC_QUIT_NC, FORM_ANY, 0, 0 },
	{ SMFIC_HEADER, FORM_TEXT, 2, 2 },
	{ SMFIC_MAIL, FORM_TEXT, 1, 1 },
	{ SMFIC_EOH, FORM_ANY, 0, 0 },
	{ SMFIC_OPTNEG, FORM_ANY, MILTER_OPTLEN, 0 },
	{ SMFIC_QUIT, FORM_ANY, 0, 0 },
	{ SMFIC_RCPT, FORM_TEXT, 1, 1 },
	{ SMFIC_DATA, FORM_ANY, 0, 0 },
	{ SMFIC_UNKNOWN, FORM_TEXT, 1, 1 },
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

/* NULL: it has the form. */
static const char *
why_not(Form form, size_t strings, const char *bytes, size_t length)
{
	size_t got;
	bool is_ended;

	if (form == FORM_ANY)
		return NULL;
	if (form == FORM_MACROS) {
		bytes++;
		length--;
	}
	got = count_strings(bytes, length);
	is_ended = length == 0 || bytes[length - 1] == '\0';
	if (got < strings)
		return "a command without its strings";
	if (form != FORM_BEGINS && !is_ended)
		return "a string without an end";
	if (form == FORM_MACROS && got % 2 != 0)
		return "macros of an odd number of strings";

	return NULL;
}

PacketState
packet_read(const char *bytes, size_t length, PacketPlace place, size_t *size_out,
	    const char **why_out)
{
	size_t size = 0, kind = 0;
	const char *why = NULL;

	if (length >= LENGTH_BYTES)
		size = LENGTH_BYTES + number(bytes);
	if (size == LENGTH_BYTES) {
		why = "a packet without a command";
	} else if (size > HEAD_BYTES + PACKET_MAX_BYTES) {
		why = "a packet of more bytes than any has";
	} else if (length >= HEAD_BYTES) {
		while (kind < G_N_ELEMENTS(commands) &&
		       commands[kind].command != bytes[LENGTH_BYTES])
			kind++;
		if (kind == G_N_ELEMENTS(commands))
			why = "a command that the protocol does not have";
		else if (place == PACKET_OPENS && commands[kind].command != SMFIC_OPTNEG)
			why = "a command before the negotiation";
		else if (size < HEAD_BYTES + commands[kind].bytes)
			why = "a packet that is too short for its command";
		else if (length >= size)
			why = why_not(commands[kind].form, commands[kind].strings,
				      bytes + HEAD_BYTES, size - HEAD_BYTES);
	}
	if (why != NULL) {
		*why_out = why;
		return PACKET_BAD;
	}
	*size_out = size;

	return size > 0 && length >= size ? PACKET_WHOLE : PACKET_CUT;
}
