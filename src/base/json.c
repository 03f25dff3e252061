/* SPDX-License-Identifier: BSD-2-Clause */
/* json.c - JSON objects and arrays, written and read */

#include "config.h"

#include "base/json.h"

static void
add_value(JsonBuilder *json, const char *text)
{
	g_autofree char *valid = NULL;

	if (text == NULL) {
		json_builder_add_null_value(json);
	} else if (g_utf8_validate(text, -1, NULL)) {
		json_builder_add_string_value(json, text);
	} else {
		valid = g_utf8_make_valid(text, -1);
		json_builder_add_string_value(json, valid);
	}
}

void
json_add_text(JsonBuilder *json, const char *key, const char *text)
{
	json_builder_set_member_name(json, key);
	add_value(json, text);
}

void
json_add_flag(JsonBuilder *json, const char *key, bool value)
{
	json_builder_set_member_name(json, key);
	json_builder_add_boolean_value(json, value);
}

void
json_add_number(JsonBuilder *json, const char *key, gint64 number)
{
	json_builder_set_member_name(json, key);
	json_builder_add_int_value(json, number);
}

void
json_add_texts(JsonBuilder *json, const char *key, const GPtrArray *texts)
{
	json_builder_set_member_name(json, key);
	json_builder_begin_array(json);
	for (size_t i = 0; texts != NULL && i < texts->len; i++)
		add_value(json, texts->pdata[i]);
	json_builder_end_array(json);
}

char *
json_line(JsonBuilder *json)
{
	g_autoptr(JsonNode) root = json_builder_get_root(json);

	return json_to_string(root, FALSE);
}

JsonObject *
json_read(const char *line)
{
	g_autoptr(JsonNode) root = NULL;

	if (g_utf8_validate(line, -1, NULL))
		root = json_from_string(line, NULL);

	return root != NULL && JSON_NODE_HOLDS_OBJECT(root) ? json_node_dup_object(root)
							    : NULL;
}

static JsonNode *
member(JsonObject *object, const char *key)
{
	return object != NULL ? json_object_get_member(object, key) : NULL;
}

static const char *
text_of(JsonNode *node)
{
	return node != NULL && json_node_get_value_type(node) == G_TYPE_STRING
		   ? json_node_get_string(node)
		   : NULL;
}

bool
json_has(JsonObject *object, const char *key)
{
	return member(object, key) != NULL;
}

const char *
json_text(JsonObject *object, const char *key)
{
	return text_of(member(object, key));
}

bool
json_flag(JsonObject *object, const char *key)
{
	JsonNode *node = member(object, key);

	return node != NULL && json_node_get_value_type(node) == G_TYPE_BOOLEAN &&
	       json_node_get_boolean(node);
}

gint64
json_number(JsonObject *object, const char *key)
{
	JsonNode *node = member(object, key);

	return node != NULL && json_node_get_value_type(node) == G_TYPE_INT64
		   ? json_node_get_int(node)
		   : 0;
}

JsonArray *
json_list(JsonObject *object, const char *key)
{
	JsonNode *node = member(object, key);

	return node != NULL && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node)
							   : NULL;
}

JsonObject *
json_member(JsonObject *object, const char *key)
{
	JsonNode *node = member(object, key);

	return node != NULL && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node)
							    : NULL;
}

size_t
json_list_length(JsonArray *list)
{
	return list != NULL ? json_array_get_length(list) : 0;
}

const char *
json_list_text(JsonArray *list, size_t index)
{
	return text_of(json_array_get_element(list, index));
}

JsonObject *
json_list_object(JsonArray *list, size_t index)
{
	JsonNode *node = json_array_get_element(list, index);

	return JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}
