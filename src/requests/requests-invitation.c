/* SPDX-License-Identifier: BSD-2-Clause */
/* requests-invitation.c - does what is asked about an owner's list of invitations */

#include "config.h"

#include <string.h>

#include "base/json.h"
#include "judge/kept.h"
#include "requests/requests-invitation.h"
#include "network/networks.h"
#include "people/invitation.h"
#include "people/invitation-drop.h"
#include "text/address.h"

static void
add_reasons(JsonBuilder *json, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text != NULL ? text : "", "\n", -1);

	json_builder_set_member_name(json, "reasons");
	json_builder_begin_array(json);
	for (size_t i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
		json_builder_add_string_value(json, lines[i]);
	json_builder_end_array(json);
}

/* Texts by which we find it again are nobody's to see. */
static void
add_texts(JsonBuilder *json, const StoreInvitation *row)
{
	for (int i = 0; i < STORE_INVITATION_LAST; i++)
		if (i != STORE_INVITATION_NAME_KEY && i != STORE_INVITATION_PROFILE_KEY &&
		    i != STORE_INVITATION_REASONS)
			json_add_text(json,
				      store_invitation_text_name((StoreInvitationText)i),
				      row->texts[i]);
}

static bool
tell_row(RequestsQuery *query, const StoreInvitation *row)
{
	g_autoptr(JsonBuilder) json = json_builder_new();

	json_builder_begin_object(json);
	json_builder_set_member_name(json, "invitation");
	json_builder_begin_object(json);
	json_add_number(json, "id", row->id);
	json_add_text(json, "state", invitation_state_name(row->state));
	json_add_text(json, "state_why", invitation_state_why_name(row->why));
	json_add_number(json, "state_when", row->state_when);
	json_add_number(json, "first", row->first);
	json_add_number(json, "last", row->last);
	json_add_number(json, "reminders", row->reminders);
	json_add_number(json, "worth", row->worth);
	json_add_flag(json, "due", invitation_is_due(row, query->now));
	add_texts(json, row);
	add_reasons(json, row->texts[STORE_INVITATION_REASONS]);
	json_builder_end_object(json);
	json_builder_end_object(json);

	return requests_query_tell(query, json);
}

/* Which of them are asked for. */
typedef struct {
	bool is_all, is_due;
	const char *network, *verdict; /* NULL: any */
	gint64 since;
} Filter;

static bool
is_wanted(const Filter *filter, const StoreInvitation *row, gint64 now)
{
	return (filter->is_all || row->state == INVITATION_STATE_OPEN) &&
	       (!filter->is_due || invitation_is_due(row, now)) &&
	       (filter->network == NULL ||
		g_strcmp0(filter->network, row->texts[STORE_INVITATION_NETWORK]) == 0) &&
	       (filter->verdict == NULL ||
		g_strcmp0(filter->verdict, row->texts[STORE_INVITATION_VERDICT]) == 0) &&
	       row->last >= filter->since;
}

/* What is left of those that went. */
static bool
add_past(RequestsQuery *query, JsonBuilder *json, GError **error)
{
	bool is_kept = kept_is_wanted(query->assessor, query->owner);
	g_autoptr(GArray) past = NULL;

	if (!store_invitation_past(query->store, query->owner, &past, error))
		return false;
	json_builder_set_member_name(json, "past");
	json_builder_begin_array(json);
	for (size_t i = 0; is_kept && i < past->len; i++) {
		const StoreInvitationPast *one =
		    &g_array_index(past, StoreInvitationPast, i);

		json_builder_begin_object(json);
		json_add_text(json, "network", one->network);
		json_add_text(json, "verdict", one->verdict);
		json_add_text(json, "state", invitation_state_name(one->state));
		json_add_number(json, "count", one->count);
		json_builder_end_object(json);
	}
	json_builder_end_array(json);

	return true;
}

/* How many were told, and what keeps the list from being whole. */
static bool
tell_end(RequestsQuery *query, size_t told, size_t waiting, size_t due, GError **error)
{
	g_autoptr(JsonBuilder) json = json_builder_new();
	const char *verifiers =
	    settings_text(assessor_settings(query->assessor), SETTING_TRUST_AUTHSERV_ID);

	json_builder_begin_object(json);
	json_add_number(json, "end", (gint64)told);
	json_add_number(json, "open", (gint64)waiting);
	json_add_number(json, "due", (gint64)due);
	json_add_flag(json, "kept", kept_is_wanted(query->assessor, query->owner));
	json_add_flag(json, "verified", verifiers[0] != '\0');
	if (!add_past(query, json, error))
		return false;
	json_builder_end_object(json);
	requests_query_tell(query, json);

	return true;
}

/* The whole of a row of a list; a list of whole ones would be large. */
static bool
tell_whole(RequestsQuery *query, gint64 id, bool *is_over_out, GError **error)
{
	g_autoptr(StoreInvitation) row = NULL;

	if (!store_invitation_get(query->store, query->owner, id, &row, error))
		return false;
	*is_over_out = row != NULL && !tell_row(query, row);

	return true;
}

bool
requests_invitation_list(RequestsQuery *query, GError **error)
{
	const Filter filter = {
		.is_all = json_flag(query->object, "all"),
		.is_due = json_flag(query->object, "due"),
		.network = json_text(query->object, "network"),
		.verdict = json_text(query->object, "verdict"),
		.since = json_number(query->object, "since"),
	};
	bool is_whole = json_flag(query->object, "whole"), is_over = false;
	gint64 kept_from = kept_since(query->assessor, query->owner, query->now);
	size_t told = 0, waiting = 0, due = 0;
	g_autoptr(GPtrArray) list = NULL;

	if (!store_invitation_list(query->store, query->owner, STORE_INVITATION_BRIEF,
				   &list, error))
		return false;
	for (size_t i = 0; i < list->len; i++) {
		const StoreInvitation *row = list->pdata[i];

		/* It is there until the daemon, or a scan, removes it. */
		if (row->last < kept_from)
			continue;
		waiting += row->state == INVITATION_STATE_OPEN;
		due += invitation_is_due(row, query->now);
		if (!is_wanted(&filter, row, query->now))
			continue;
		told++;
		if (!is_whole)
			is_over = !tell_row(query, row);
		else if (!tell_whole(query, row->id, &is_over, error))
			return false;
		if (is_over)
			return true;
	}

	return tell_end(query, told, waiting, due, error);
}

/* A number of the list, or 0. */
static gint64
number_of(const char *who)
{
	return who[0] != '\0' && who[strspn(who, "0123456789")] == '\0' &&
		       strlen(who) < 10
		   ? g_ascii_strtoll(who, NULL, 10)
		   : 0;
}

/* What an address, a page's URL, a Message-ID or a name means. */
static StoreInvitation *
like_of(const Assessor *assessor, const char *who)
{
	g_autofree char *key = networks_profile_key(assessor_networks(assessor), who);
	StoreInvitation *like = store_invitation_new();
	g_auto(Name) name = { 0 };

	like->trust = 1;
	if (who[0] == '<') {
		store_invitation_set(like, STORE_INVITATION_MESSAGE_ID, who);
	} else if (key != NULL || strstr(who, "://") != NULL) {
		store_invitation_set(like, STORE_INVITATION_PROFILE_KEY, key);
	} else if (address_domain(who) != NULL) {
		g_autofree char *id = g_strconcat("<", who, ">", NULL);

		store_invitation_set(like, STORE_INVITATION_ADDRESS, who);
		store_invitation_set(like, STORE_INVITATION_MESSAGE_ID, id);
	} else {
		name_init(&name, assessor_rules(assessor)->names, who);
		store_invitation_set(
		    like, STORE_INVITATION_NAME_KEY,
		    name.keys[0] != NULL && !name.is_disguised ? name.keys[0] : who);
	}

	return like;
}

/* The invitations that are meant; of gint64, the caller's. */
static bool
find(RequestsQuery *query, const char *who, GArray **ids_out, GError **error)
{
	g_autoptr(StoreInvitation) like = NULL;
	gint64 id = number_of(who);

	if (id == 0) {
		like = like_of(query->assessor, who);
		return invitation_find(query->store, query->owner, like, ids_out, error);
	}
	*ids_out = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_array_append_val(*ids_out, id);

	return true;
}

bool
requests_invitation_show(RequestsQuery *query, GError **error)
{
	const char *who = json_text(query->object, "who");
	g_autoptr(JsonBuilder) json = json_builder_new();
	gint64 kept_from = kept_since(query->assessor, query->owner, query->now);
	g_autoptr(GArray) ids = NULL;
	gint64 told = 0;

	if (who == NULL || who[0] == '\0') {
		g_set_error_literal(error, REQUESTS_ERROR, 0,
				    "show what? Name an invitation by its number, its "
				    "Message-ID or its inviter");
		return false;
	}
	if (!find(query, who, &ids, error))
		return false;
	for (size_t i = 0; i < ids->len; i++) {
		g_autoptr(StoreInvitation) row = NULL;

		if (!store_invitation_get(query->store, query->owner,
					  g_array_index(ids, gint64, i), &row, error))
			return false;
		if (row == NULL || row->last < kept_from)
			continue;
		told++;
		if (!tell_row(query, row))
			return true;
	}
	json_builder_begin_object(json);
	json_add_number(json, "end", told);
	json_add_text(json, "owner", query->owner);
	json_builder_end_object(json);
	requests_query_tell(query, json);

	return true;
}

/* What a state that is asked for makes happen; INVITATION_EVENT_LAST for none. */
static InvitationEvent
event_of(const char *state, bool is_by_mail)
{
	static const InvitationEvent events[INVITATION_STATE_LAST] = {
		[INVITATION_STATE_OPEN] = INVITATION_SAID_OPEN,
		[INVITATION_STATE_ANSWERED] = INVITATION_SAID_ANSWERED,
		[INVITATION_STATE_ACCEPTED] = INVITATION_SAID_ACCEPTED,
		[INVITATION_STATE_IGNORED] = INVITATION_SAID_IGNORED,
		[INVITATION_STATE_EXPIRED] = INVITATION_EVENT_LAST,
	};
	InvitationState wanted = invitation_state_of(state);

	if (wanted == INVITATION_STATE_LAST)
		return INVITATION_EVENT_LAST;

	return is_by_mail && wanted == INVITATION_STATE_ANSWERED ? INVITATION_MAILED
								 : events[wanted];
}

/* Closes one of those that are named, and says what became of it. */
static bool
close_one(RequestsQuery *query, const char *who, InvitationEvent event, JsonBuilder *json,
	  GError **error)
{
	static const char *const became[] = {
		[INVITATION_CHANGED] = "changed",
		[INVITATION_UNCHANGED] = "unchanged",
		[INVITATION_NONE] = "none",
	};
	InvitationChange change = { .kind = INVITATION_NONE };
	g_autoptr(GArray) ids = NULL;

	if (!find(query, who, &ids, error) ||
	    (ids->len == 1 &&
	     !invitation_happened(query->store, query->owner, (const gint64 *)ids->data,
				  1, event, query->now, &change, error)))
		return false;
	json_builder_begin_object(json);
	json_add_text(json, "who", who);
	if (ids->len == 1)
		json_add_number(json, "id", g_array_index(ids, gint64, 0));
	json_add_text(json, "became", ids->len > 1 ? "several" : became[change.kind]);
	if (change.kind == INVITATION_CHANGED)
		json_add_text(json, "was", invitation_state_name((int)change.was));
	json_builder_end_object(json);

	return true;
}

bool
requests_invitation_close(RequestsQuery *query, GError **error)
{
	JsonArray *whos = json_list(query->object, "who");
	guint count = whos != NULL ? json_array_get_length(whos) : 0;
	InvitationEvent event =
	    event_of(json_text(query->object, "state"),
		     g_strcmp0(json_text(query->object, "by"), "mail") == 0);
	g_autoptr(JsonBuilder) json = json_builder_new();

	if (event == INVITATION_EVENT_LAST || count == 0 || count > INVITATION_BATCH) {
		g_set_error(error, REQUESTS_ERROR, 0,
			    "close what, and how? Name up to %d invitations, and "
			    "answered, accepted, ignored or open",
			    INVITATION_BATCH);
		return false;
	}
	json_builder_begin_object(json);
	json_builder_set_member_name(json, "closed");
	json_builder_begin_array(json);
	for (guint i = 0; i < count; i++) {
		JsonNode *node = json_array_get_element(whos, i);
		const char *who = json_node_get_value_type(node) == G_TYPE_STRING
				      ? json_node_get_string(node)
				      : "";

		if (!close_one(query, who, event, json, error))
			return false;
	}
	json_builder_end_array(json);
	json_builder_end_object(json);
	requests_query_tell(query, json);

	return true;
}

bool
requests_invitation_filed(RequestsQuery *query, InvitationEvent event, GError **error)
{
	size_t length = 0;
	g_autofree char *mail = NULL;
	Delivery delivery = { .owner = query->owner, .now = query->now };
	g_autoptr(Assessment) assessment = NULL;
	g_autoptr(StoreInvitation) said = NULL;

	if (!kept_is_wanted(query->assessor, query->owner))
		return true;
	mail = requests_query_mail(query, &length, error);
	if (mail == NULL)
		return false;
	assessment = assess(query->assessor, mail, length, &delivery, error);
	if (assessment == NULL)
		return false;
	said = kept_invitation(assessment);

	return said == NULL || invitation_filed(query->store, query->owner, said, event,
						query->now, error);
}

/* By the identities of somebody who is known: another may have the same name. */
static bool
forget_person(RequestsQuery *query, const char *owner, gint64 id, GError **error)
{
	g_autoptr(StorePerson) person = NULL;

	if (!store_person(query->store, owner, id, &person, error))
		return false;
	for (size_t i = 0; person != NULL && i < person->identities->len; i++) {
		const Identity *one = &g_array_index(person->identities, Identity, i);
		const char *profile =
		    one->kind == IDENTITY_PROFILE ? one->search_key : NULL;
		const char *address =
		    one->kind == IDENTITY_ADDRESS ? one->search_key : NULL;

		if (!invitation_drop_person(query->store, owner, profile, address, NULL,
					    query->now, &query->dropped, error) ||
		    (one->kind == IDENTITY_NAME && one->value[0] != '\0' &&
		     !invitation_drop_named(query->store, owner, one->value, query->now,
					    &query->dropped, error)))
			return false;
	}

	return true;
}

bool
requests_invitation_forget(RequestsQuery *query, const char *owner, const char *who,
			   const GArray *people, GError **error)
{
	g_autoptr(StoreInvitation) like = like_of(query->assessor, who);

	for (size_t i = 0; i < people->len; i++)
		if (!forget_person(query, owner, g_array_index(people, gint64, i), error))
			return false;

	return invitation_drop_person(
	    query->store, owner, like->texts[STORE_INVITATION_PROFILE_KEY],
	    like->texts[STORE_INVITATION_ADDRESS], like->texts[STORE_INVITATION_NAME_KEY],
	    query->now, &query->dropped, error);
}
