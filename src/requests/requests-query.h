/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	requests-query - a client's request on its way
 *
 * DESCRIPTION
 *	requests.c fills a RequestsQuery before a request is done: the client may
 *	ask about its owner.  The functions below tell the lines of the answer.
 *
 * OWNERSHIP
 *	All but the owner is borrowed until the answer ends.
 */
#ifndef REQUESTS_QUERY_H
#define REQUESTS_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include <json-glib/json-glib.h>

#include "requests/requests.h"

typedef struct {
	Store *store;
	Assessor *assessor;
	const LearnRules *rules; /* the assessor's */
	const AccessClient *client;
	JsonObject *object;
	char *owner; /* of the query; NULL: all owners */
	gint64 now;  /* seconds since 1970 */
	RequestsTell *tell_line;
	void *context;
	size_t told; /* people */
	size_t forgotten;
	size_t dropped; /* invitations */
} RequestsQuery;

/* Tell the object that is in the builder; false: nobody listens any more. */
bool requests_query_tell(RequestsQuery *query, JsonBuilder *json);
void requests_query_tell_text(RequestsQuery *query, const char *key, const char *text);
void requests_query_tell_count(RequestsQuery *query, const char *key, gint64 count);

/* The request's mail, the caller's, or NULL with error set. */
char *requests_query_mail(const RequestsQuery *query, size_t *length_out, GError **error);

#endif
