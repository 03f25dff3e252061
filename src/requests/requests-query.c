/* SPDX-License-Identifier: BSD-2-Clause */
/* requests-query.c - a client's request on its way */

#include "config.h"

#include "base/json.h"
#include "requests/requests-query.h"

bool
requests_query_tell(RequestsQuery *query, JsonBuilder *json)
{
	g_autofree char *line = json_line(json);

	return query->tell_line(query->context, line);
}

void
requests_query_tell_text(RequestsQuery *query, const char *key, const char *text)
{
	g_autoptr(JsonBuilder) json = json_builder_new();

	json_builder_begin_object(json);
	json_add_text(json, key, text);
	json_builder_end_object(json);
	requests_query_tell(query, json);
}

void
requests_query_tell_count(RequestsQuery *query, const char *key, gint64 count)
{
	g_autoptr(JsonBuilder) json = json_builder_new();

	json_builder_begin_object(json);
	json_add_number(json, key, count);
	json_builder_end_object(json);
	requests_query_tell(query, json);
}

/*
 * The base64 of a JSON member is no part of a mail: it has no broken lines that
 * transfer_decode() would see through.
 */
char *
requests_query_mail(const RequestsQuery *query, size_t *length_out, GError **error)
{
	const char *text = json_text(query->object, "mail");

	if (text != NULL && text[0] != '\0')
		return (char *)g_base64_decode(text, length_out);
	g_set_error_literal(error, REQUESTS_ERROR, 0, "there is no mail in the request");

	return NULL;
}
