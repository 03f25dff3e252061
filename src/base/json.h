/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	json - members of an object, and of what another program wrote
 *
 * DESCRIPTION
 *	Each adds a member of this key to the object that json is in.  Texts may
 *	be any bytes: what is no UTF-8 becomes U+FFFD.  NULL is null, and an
 *	array of NULL is empty.
 *
 * OWNERSHIP
 *	Nothing is taken.  What json_line() returns is the caller's.
 */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>

#include <json-glib/json-glib.h>

void json_add_text(JsonBuilder *json, const char *key, const char *text);
void json_add_flag(JsonBuilder *json, const char *key, bool value);

void json_add_number(JsonBuilder *json, const char *key, gint64 number);

/* texts: char * */
void json_add_texts(JsonBuilder *json, const char *key, const GPtrArray *texts);

/* All of it on one line, without an end of line. */
char *json_line(JsonBuilder *json);

/* The member, or NULL, false or 0. */
const char *json_text(JsonObject *object, const char *key);
bool json_flag(JsonObject *object, const char *key);
gint64 json_number(JsonObject *object, const char *key);
JsonArray *json_list(JsonObject *object, const char *key);

#endif
