/* SPDX-License-Identifier: BSD-2-Clause */
/* parameter.c - the parameters of Content-Type and Content-Disposition */
#include "config.h"

#include <string.h>

#include <glib.h>

#include "mail/parameter.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Behind the comment at at; "\" takes the next byte's meaning. */
static const char *
skip_comment(const char *at, const char *end)
{
	size_t depth = 0;

	for (; at < end; at++) {
		if (*at == '(')
			depth++;
		else if (*at == ')' && --depth == 0)
			return at + 1;
		else if (*at == '\\' && end - at > 1)
			at++;
	}

	return end;
}

static const char *
skip_blanks(const char *at, const char *end)
{
	while (at < end && (is_blank(*at) || *at == '('))
		at = *at == '(' ? skip_comment(at, end) : at + 1;

	return at;
}

/* The next ";" that stands in no comment. */
const char *
parameter_first(const char *value, const char *end)
{
	while (value < end && *value != ';')
		value = *value == '(' ? skip_comment(value, end) : value + 1;

	return value;
}

/* The closing quote of the string that begins at at, or end. */
static const char *
quoted_end(const char *at, const char *end)
{
	for (; at < end && *at != '"'; at++)
		if (*at == '\\' && end - at > 1)
			at++;

	return at;
}

bool
parameter_next(const char **next, const char *end, Parameter *out)
{
	Parameter got = { .start = *next };
	const char *at = *next;

	if (at >= end || *at != ';')
		return false;
	got.name = at = skip_blanks(at + 1, end);
	while (at < end && *at != '=' && *at != ';' && !is_blank(*at))
		at++;
	got.name_length = (size_t)(at - got.name);
	got.value = got.end = at = skip_blanks(at, end);

	if (at < end && *at == '=') {
		got.value = at = skip_blanks(at + 1, end);
		got.is_quoted = at < end && *at == '"';
		if (got.is_quoted) {
			got.value++;
			at = quoted_end(got.value, end);
			got.value_length = (size_t)(at - got.value);
			got.end = at = MIN(at + 1, end);
		} else {
			while (at < end && *at != ';')
				at++;
			for (got.end = at; got.end > got.value && is_blank(got.end[-1]);)
				got.end--;
			got.value_length = (size_t)(got.end - got.value);
		}
	}
	*next = parameter_first(at, end);
	*out = got;

	return true;
}

bool
parameter_is(const Parameter *parameter, const char *name)
{
	size_t length = strlen(name);

	return parameter->name_length >= length &&
	       g_ascii_strncasecmp(parameter->name, name, length) == 0 &&
	       (parameter->name_length == length || parameter->name[length] == '*');
}

/* Behind CHARSET'LANGUAGE', whose charset nobody needs for what we ask. */
static const char *
skip_charset(const char *at, const char *end)
{
	const char *quote = memchr(at, '\'', (size_t)(end - at));

	if (quote != NULL)
		quote = memchr(quote + 1, '\'', (size_t)(end - quote - 1));

	return quote != NULL ? quote + 1 : at;
}

/* Decode a value, or a piece of one: name*=, name*0=, name*0*= (RFC 2231). */
static void
append_value(GString *out, const Parameter *parameter)
{
	const char *at = parameter->value, *end = at + parameter->value_length;
	const char *star = memchr(parameter->name, '*', parameter->name_length);
	bool is_extended =
	    star != NULL && parameter->name[parameter->name_length - 1] == '*';

	if (is_extended && out->len == 0)
		at = skip_charset(at, end);
	for (; at < end && out->len <= PARAMETER_MAX_VALUE; at++) {
		if (is_extended && *at == '%' && end - at > 2 &&
		    g_ascii_isxdigit(at[1]) && g_ascii_isxdigit(at[2])) {
			g_string_append_c(out, (char)(g_ascii_xdigit_value(at[1]) * 16 +
						      g_ascii_xdigit_value(at[2])));
			at += 2;
		} else {
			if (parameter->is_quoted && *at == '\\' && end - at > 1)
				at++;
			if (*at != '\r' && *at != '\n')
				g_string_append_c(out, *at);
		}
	}
}

/* Is it a piece of a value: name*0, name*1*, ...? */
static bool
is_piece(const Parameter *parameter)
{
	const char *star = memchr(parameter->name, '*', parameter->name_length);
	const char *end = parameter->name + parameter->name_length;

	return star != NULL && end - star > 1 && g_ascii_isdigit(star[1]);
}

char *
parameter_value(const char *raw, const char *name)
{
	const char *end = raw + strlen(raw), *at = parameter_first(raw, end);
	g_autoptr(GString) out = g_string_new(NULL);
	bool is_found = false, has_more = true;
	Parameter parameter;

	while (has_more && parameter_next(&at, end, &parameter)) {
		if (!parameter_is(&parameter, name) ||
		    (is_found && !is_piece(&parameter)))
			continue;
		append_value(out, &parameter);
		is_found = true;
		has_more = is_piece(&parameter) && out->len <= PARAMETER_MAX_VALUE;
	}
	if (!is_found || out->len > PARAMETER_MAX_VALUE || strlen(out->str) != out->len)
		return NULL;

	return g_strdup(out->str);
}
