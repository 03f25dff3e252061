/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	parameter - the parameters of Content-Type and Content-Disposition
 *
 * DESCRIPTION
 *	parameter_next() walks the parameters of a value (RFC 2045, section
 *	5.1), as leniently as mail programs do: an unquoted value goes on to the
 *	next ";".  parameter_value() finds one, joins what RFC 2231 lets a
 *	sender cut in pieces, and gives up where it is longer than any is that
 *	we ask for.
 *
 *	No library reads a parameter of a mail but a boundary: GMime keeps the
 *	charset that name*=CHARSET'' names for ever.
 *
 * SEE ALSO
 *	mime.h
 */
#ifndef PARAMETER_H
#define PARAMETER_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a boundary (70 are allowed), of a Content-ID, of a charset's name. */
#define PARAMETER_MAX_VALUE 256

/* One as it is written; all point into the value. */
typedef struct {
	const char *start; /* its ";" */
	const char *name;
	size_t name_length; /* with what begins at "*" */
	const char *value;
	size_t value_length; /* without the quotes */
	const char *end;     /* behind it, with the closing quote */
	bool is_quoted;
} Parameter;

/* Behind the type or kind that stands first: where the first ";" is, or end. */
const char *parameter_first(const char *value, const char *end);

/* The parameter whose ";" is at *at, which moves on; false where none comes. */
bool parameter_next(const char **at, const char *end, Parameter *out);

/* Is it of this name, in any case and with or without "*"? */
bool parameter_is(const Parameter *parameter, const char *name);

/* The value of the first of this name in a raw field; NULL: none, or too long. */
char *parameter_value(const char *raw, const char *name);

#endif
