/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	json - members of a JSON object, written and read
 *
 * DESCRIPTION
 *	json_add_text() and its siblings add a member with this key to the
 *	object that the builder is in.  A text may be any bytes: what is no
 *	UTF-8 becomes U+FFFD.  A text that is NULL becomes null, an array that
 *	is NULL an empty array.
 *
 *	json_text() and its siblings read a member of an object that another
 *	program wrote, which may lack it or have it with another type.
 *
 * OWNERSHIP
 *	Nothing is taken over.  What json_line() returns is the caller's; what
 *	is read is borrowed from the object.
 */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>

#include <json-glib/json-glib.h>

void json_add_text(JsonBuilder *json, const char *key, const char *text);
void json_add_flag(JsonBuilder *json, const char *key, bool value);

void json_add_number(JsonBuilder *json, const char *key, gint64 number);

/* texts: of char *. */
void json_add_texts(JsonBuilder *json, const char *key, const GPtrArray *texts);

/* The whole text in one line, without a line break. */
char *json_line(JsonBuilder *json);

/* The member; NULL, false or 0 where it is missing or has another type. */
const char *json_text(JsonObject *object, const char *key);
bool json_flag(JsonObject *object, const char *key);
gint64 json_number(JsonObject *object, const char *key);
JsonArray *json_list(JsonObject *object, const char *key);

#endif
