/* SPDX-License-Identifier: BSD-2-Clause */
/* listed.c - an owner's list of invitations, as the daemon or the store tells it */

#include "config.h"

#include "base/json.h"
#include "ctl/listed.h"

static void
free_row(gpointer row)
{
	json_object_unref(row);
}

void
listed_init(Listed *listed)
{
	listed->rows = g_ptr_array_new_with_free_func(free_row);
	listed->end = NULL;
}

void
listed_clear(Listed *listed)
{
	g_clear_pointer(&listed->rows, g_ptr_array_unref);
	g_clear_pointer(&listed->end, json_object_unref);
}

JsonBuilder *
listed_request(const char *command)
{
	JsonBuilder *json = json_builder_new();

	json_builder_begin_object(json);
	json_add_text(json, "do", command);

	return json;
}

/* A ClientTake. */
static void
take(void *context, JsonObject *answer)
{
	Listed *listed = context;
	JsonNode *node = json_object_get_member(answer, "invitation");

	if (node != NULL && JSON_NODE_HOLDS_OBJECT(node)) {
		g_ptr_array_add(listed->rows,
				json_object_ref(json_node_get_object(node)));
		return;
	}
	g_clear_pointer(&listed->end, json_object_unref);
	listed->end = json_object_ref(answer);
}

bool
listed_ask(Listed *listed, Client *client, JsonBuilder *request, GError **error)
{
	return client_ask(client, request, take, listed, error);
}

bool
listed_find(Listed *listed, Client *client, const char *who, GError **error)
{
	g_autoptr(JsonBuilder) request = listed_request("invitation");

	json_add_text(request, "who", who);

	return listed_ask(listed, client, request, error);
}

const char *
listed_text(JsonObject *row, const char *key)
{
	const char *text = json_text(row, key);

	return text != NULL ? text : "";
}

char *
listed_time(gint64 seconds)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(seconds);

	return time != NULL ? g_date_time_format(time, "%Y-%m-%d %H:%M") : g_strdup("-");
}
