/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	json - JSON objects and arrays, written and read
 *
 * DESCRIPTION
 *	json_add_text() and its siblings add a member with this key to the
 *	object that the builder is in.  A text may be any bytes: what is no
 *	UTF-8 becomes U+FFFD.  A text that is NULL becomes null, an array that
 *	is NULL an empty array.
 *
 *	json_read() reads the object that another program wrote in a line.
 *	json_text() and its siblings read a member, which the object may lack or
 *	have with another type; json_list_text() and json_list_object() read an
 *	element of an array, which may have another type, too.  An object that is
 *	NULL lacks every member, and an array that is NULL has no element.
 *
 * OWNERSHIP
 *	Nothing is taken over.  What json_line() and json_read() return is the
 *	caller's; what is read is borrowed from the object or the array.
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

/* NULL where the line is no UTF-8, no JSON or no object. */
JsonObject *json_read(const char *line);

bool json_has(JsonObject *object, const char *key);

/* The member; NULL, false or 0 where it is missing or has another type. */
const char *json_text(JsonObject *object, const char *key);
bool json_flag(JsonObject *object, const char *key);
gint64 json_number(JsonObject *object, const char *key);
JsonArray *json_list(JsonObject *object, const char *key);
JsonObject *json_member(JsonObject *object, const char *key);

size_t json_list_length(JsonArray *list);

/* The element; NULL where it has another type.  index: below the length. */
const char *json_list_text(JsonArray *list, size_t index);
JsonObject *json_list_object(JsonArray *list, size_t index);

#endif
