/* SPDX-License-Identifier: BSD-2-Clause */
/* requests.c - does what is asked about an owner's people */

#include <string.h>

#include <json-glib/json-glib.h>

#include "judge/requests.h"

const JsonBoundLimits requests_limits = {
	.depth = REQUESTS_MAX_DEPTH,
	.tokens = REQUESTS_MAX_TOKENS,
	.bytes = REQUESTS_MAX_OTHER,
	.name = "mail",
};

static const char *const kind_names[IDENTITY_LAST] = {
	[IDENTITY_ADDRESS] = "address",
	[IDENTITY_PROFILE] = "profile",
	[IDENTITY_NAME] = "name",
	[IDENTITY_COMPANY] = "company",
};

/* One request on its way. */
typedef struct {
	Store *store;
	const LearnRules *rules;
	const RequestsClient *client;
	JsonObject *request;
	char *owner;
	gint64 now;
	RequestsTell *tell;
	void *context;
	size_t told; /* people */
	size_t forgotten;
} Desk;

static void
set_text(JsonBuilder *json, const char *key, const char *text)
{
	json_builder_set_member_name(json, key);
	json_builder_add_string_value(json, text);
}

static void
set_number(JsonBuilder *json, const char *key, gint64 number)
{
	json_builder_set_member_name(json, key);
	json_builder_add_int_value(json, number);
}

static void
set_texts(JsonBuilder *json, const char *key, const GPtrArray *texts)
{
	json_builder_set_member_name(json, key);
	json_builder_begin_array(json);
	for (size_t i = 0; i < texts->len; i++)
		json_builder_add_string_value(json, texts->pdata[i]);
	json_builder_end_array(json);
}

static bool
tell(Desk *desk, JsonBuilder *json)
{
	g_autoptr(JsonNode) root = json_builder_get_root(json);
	g_autofree char *line = json_to_string(root, FALSE);

	return desk->tell(desk->context, line);
}

static void
tell_error(Desk *desk, const char *text)
{
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	json_builder_begin_object(json);
	set_text(json, "error", valid);
	json_builder_end_object(json);
	tell(desk, json);
}

static void
tell_count(Desk *desk, const char *key, gint64 count)
{
	g_autoptr(JsonBuilder) json = json_builder_new();

	json_builder_begin_object(json);
	set_number(json, key, count);
	json_builder_end_object(json);
	tell(desk, json);
}

/* The text of a key, or NULL; json-glib would abort over another type. */
static const char *
text_of(JsonObject *object, const char *key)
{
	JsonNode *node = json_object_get_member(object, key);

	return node != NULL && json_node_get_value_type(node) == G_TYPE_STRING
		   ? json_node_get_string(node)
		   : NULL;
}

static bool
flag_of(JsonObject *object, const char *key)
{
	JsonNode *node = json_object_get_member(object, key);

	return node != NULL && json_node_get_value_type(node) == G_TYPE_BOOLEAN &&
	       json_node_get_boolean(node);
}

static gint64
number_of(JsonObject *object, const char *key)
{
	JsonNode *node = json_object_get_member(object, key);

	return node != NULL && json_node_get_value_type(node) == G_TYPE_INT64
		   ? json_node_get_int(node)
		   : 0;
}

static JsonArray *
array_of(JsonObject *object, const char *key)
{
	JsonNode *node = json_object_get_member(object, key);

	return node != NULL && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node)
							   : NULL;
}

static bool
is_text(JsonNode *node)
{
	return json_node_get_value_type(node) == G_TYPE_STRING;
}

static Source
source_of(const char *name)
{
	for (int i = 0; i < SOURCE_LAST; i++)
		if (g_strcmp0(name, contact_source_name((Source)i)) == 0)
			return (Source)i;

	return SOURCE_ADDED;
}

static void
add_texts(Contact *contact, JsonArray *texts, void (*take)(Contact *, const char *))
{
	for (guint i = 0; texts != NULL && i < json_array_get_length(texts); i++) {
		JsonNode *node = json_array_get_element(texts, i);

		if (is_text(node))
			take(contact, json_node_get_string(node));
	}
}

static void
read_contact(Contact *contact, const Desk *desk, JsonObject *object)
{
	const char *name = text_of(object, "name"), *company = text_of(object, "company");

	contact_init(contact, source_of(text_of(object, "source")));
	if (name != NULL)
		contact_set_name(contact, name);
	if (company != NULL)
		contact_set_company(contact, company);
	add_texts(contact, array_of(object, "addresses"), contact_add_address);
	add_texts(contact, array_of(object, "urls"), contact_add_url);
	add_texts(contact, array_of(object, "answered"), contact_add_answered);
	/* Nobody is seen tomorrow, or he would be kept for ever. */
	contact->seen = CLAMP(number_of(object, "seen"), 0, desk->now);
}

void
requests_write_contact(JsonBuilder *json, const Contact *contact)
{
	json_builder_begin_object(json);
	set_text(json, "source", contact_source_name(contact->source));
	if (contact->name != NULL)
		set_text(json, "name", contact->name);
	if (contact->company != NULL)
		set_text(json, "company", contact->company);
	set_texts(json, "addresses", contact->addresses);
	set_texts(json, "urls", contact->urls);
	set_texts(json, "answered", contact->answered);
	set_number(json, "seen", contact->seen);
	json_builder_end_object(json);
}

static void
clear_contact(gpointer contact)
{
	contact_clear(contact);
}

static void
tell_learnt(Desk *desk, const Learnt *learnt, size_t count)
{
	g_autoptr(JsonBuilder) json = json_builder_new();

	json_builder_begin_object(json);
	json_builder_set_member_name(json, "learnt");
	json_builder_begin_array(json);
	for (size_t i = 0; i < count; i++)
		json_builder_add_string_value(json, learnt_name(learnt[i]));
	json_builder_end_array(json);
	json_builder_end_object(json);
	tell(desk, json);
}

static bool
learn(Desk *desk, GError **error)
{
	JsonArray *list = array_of(desk->request, "contacts");
	guint count = list != NULL ? json_array_get_length(list) : 0;
	g_autoptr(GArray) contacts = g_array_new(FALSE, FALSE, sizeof(Contact));
	Learnt results[LEARN_BATCH];

	if (count > LEARN_BATCH) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_SYSTEM,
			    "at most %d contacts in one request", LEARN_BATCH);
		return false;
	}
	g_array_set_clear_func(contacts, clear_contact);
	for (guint i = 0; i < count; i++) {
		JsonNode *node = json_array_get_element(list, i);
		Contact contact;

		if (JSON_NODE_HOLDS_OBJECT(node))
			read_contact(&contact, desk, json_node_get_object(node));
		else
			contact_init(&contact, SOURCE_ADDED);
		g_array_append_val(contacts, contact);
	}
	if (!learn_contacts(desk->store, desk->rules, desk->owner,
			    (const Contact *)contacts->data, contacts->len, desk->now,
			    results, error))
		return false;
	tell_learnt(desk, results, contacts->len);

	return true;
}

/* The inviter of the request's mail. */
static bool
find_inviter(Desk *desk, HandLesson *lesson_out, Contact *inviter_out, GError **error)
{
	const char *text = text_of(desk->request, "mail");
	size_t length = 0;
	g_autofree char *mail = NULL;

	if (text == NULL || text[0] == '\0') {
		g_set_error_literal(error, STORE_ERROR, STORE_ERROR_SYSTEM,
				    "there is no mail in the request");
		return false;
	}
	mail = (char *)g_base64_decode(text, &length);

	return desk->rules->inviter_of(desk->rules->judge, desk->owner, mail, length,
				       desk->now, lesson_out, inviter_out, error);
}

static void
tell_untaught(Desk *desk, HandLesson lesson)
{
	g_autoptr(JsonBuilder) json = json_builder_new();

	json_builder_begin_object(json);
	set_text(json, "untaught", hand_lesson_name(lesson));
	json_builder_end_object(json);
	tell(desk, json);
}

/* The owner says that he knows who invites in this mail. */
static bool
known(Desk *desk, GError **error)
{
	g_auto(Contact) inviter = { 0 };
	HandLesson lesson;
	Learnt learnt = LEARNT_SAME;

	if (!find_inviter(desk, &lesson, &inviter, error))
		return false;
	if (lesson == HAND_TEACHES &&
	    !learn_contacts(desk->store, desk->rules, desk->owner, &inviter, 1, desk->now,
			    &learnt, error))
		return false;
	if (lesson == HAND_TEACHES || lesson == HAND_KNOWN)
		tell_learnt(desk, &learnt, 1);
	else
		tell_untaught(desk, lesson);

	return true;
}

static bool
tell_person(void *context, const StorePerson *person)
{
	Desk *desk = context;
	g_autoptr(JsonBuilder) json = json_builder_new();

	json_builder_begin_object(json);
	json_builder_set_member_name(json, "person");
	json_builder_begin_array(json);
	for (size_t i = 0; i < person->identities->len; i++) {
		const Identity *identity =
		    &g_array_index(person->identities, Identity, i);

		if (identity->shown[0] == '\0')
			continue;
		json_builder_begin_object(json);
		set_text(json, "kind", kind_names[identity->kind]);
		set_text(json, "value", identity->shown);
		set_text(json, "source", contact_source_name(identity->source));
		set_number(json, "first", identity->first);
		set_number(json, "last", identity->last);
		set_number(json, "count", identity->count);
		json_builder_end_object(json);
	}
	json_builder_end_array(json);
	json_builder_end_object(json);
	desk->told++;

	return tell(desk, json);
}

/* The clues to who is meant by an address, a URL or a name. */
static void
clues_of(const Desk *desk, const char *who, Name *name, char *clues[NAME_KEYS])
{
	g_autofree char *key = learn_profile_key(desk->rules, who), *lower = NULL;

	if (key != NULL || strstr(who, "://") != NULL) {
		clues[0] = store_clue(IDENTITY_PROFILE, key);
	} else if (strchr(who, '@') != NULL) {
		lower = g_ascii_strdown(who, -1);
		clues[0] = store_clue(IDENTITY_ADDRESS, lower);
	} else {
		name_init(name, desk->rules->names, who);
		for (size_t i = 0; i < NAME_KEYS; i++)
			clues[i] = store_clue(IDENTITY_NAME, name->shapes[i]);
	}
}

/* A name's hit may be a look-alike, or the whole form of a short one. */
static bool
is_meant(const StoreHit *hit, const Name *name)
{
	return hit->kind != IDENTITY_NAME || g_strcmp0(hit->value, name->keys[0]) == 0 ||
	       g_strcmp0(hit->value, name->keys[1]) == 0;
}

/* Of gint64: who is meant, each once. */
static bool
find_ids(const Desk *desk, const char *owner, const char *who, GArray **ids_out,
	 GError **error)
{
	g_auto(Name) name = { 0 };
	char *clues[NAME_KEYS] = { NULL };
	g_autoptr(GArray) hits = NULL, ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	bool is_well;

	clues_of(desk, who, &name, clues);
	is_well = store_find(desk->store, owner, (const char *const *)clues, NAME_KEYS,
			     &hits, error);
	for (size_t i = 0; i < NAME_KEYS; i++)
		g_free(clues[i]);
	for (size_t i = 0; is_well && i < hits->len; i++) {
		const StoreHit *hit = &g_array_index(hits, StoreHit, i);
		bool is_there = false;

		for (size_t k = 0; k < ids->len; k++)
			is_there |= g_array_index(ids, gint64, k) == hit->person;
		if (!is_there && is_meant(hit, &name))
			g_array_append_val(ids, hit->person);
	}
	if (is_well)
		*ids_out = g_steal_pointer(&ids);

	return is_well;
}

static bool
find(Desk *desk, GError **error)
{
	const char *who = text_of(desk->request, "who");
	g_autoptr(GArray) ids = NULL;

	if (who == NULL) {
		if (!store_each(desk->store, desk->owner, tell_person, desk, error))
			return false;
	} else if (!find_ids(desk, desk->owner, who, &ids, error)) {
		return false;
	}
	for (size_t i = 0; ids != NULL && i < ids->len; i++) {
		g_autoptr(StorePerson) person = NULL;

		if (!store_person(desk->store, desk->owner, g_array_index(ids, gint64, i),
				  &person, error))
			return false;
		if (person != NULL && !tell_person(desk, person))
			return true;
	}
	tell_count(desk, "end", (gint64)desk->told);

	return true;
}

/* People forgotten in one transaction, so that mail gets its turn. */
#define FORGET_STEP 8

typedef struct {
	const char *owner;
	const gint64 *ids;
	size_t count;
} Forgotten;

static bool
forget_ids(StoreWriter *writer, void *context, GError **error)
{
	const Forgotten *forgotten = context;

	for (size_t i = 0; i < forgotten->count; i++)
		if (!store_writer_forget(writer, forgotten->owner, forgotten->ids[i],
					 error))
			return false;

	return true;
}

static bool
forget_all(Desk *desk, const char *owner, const GArray *ids, GError **error)
{
	for (size_t i = 0; i < ids->len; i += FORGET_STEP) {
		Forgotten forgotten = { owner, &g_array_index(ids, gint64, i),
					MIN(ids->len - i, FORGET_STEP) };

		if (!store_change(desk->store, forget_ids, &forgotten, error))
			return false;
		desk->forgotten += forgotten.count;
	}

	return true;
}

static bool
forget_at(Desk *desk, const char *owner, const char *who, GError **error)
{
	/* More have a name than are found at once. */
	for (;;) {
		g_autoptr(GArray) ids = NULL;

		if (!find_ids(desk, owner, who, &ids, error))
			return false;
		if (ids->len == 0)
			return true;
		if (!forget_all(desk, owner, ids, error))
			return false;
	}
}

static bool
forget(Desk *desk, GError **error)
{
	const char *who = text_of(desk->request, "who");
	g_autoptr(GPtrArray) owners = NULL;

	if (who == NULL || who[0] == '\0') {
		tell_error(desk, "forget whom? Name an address, a profile or a name");
		return true;
	}
	if (!flag_of(desk->request, "everywhere")) {
		if (!forget_at(desk, desk->owner, who, error))
			return false;
	} else if (!store_owners(desk->store, &owners, error)) {
		return false;
	}
	for (size_t i = 0; owners != NULL && i < owners->len; i++)
		if (!forget_at(desk, owners->pdata[i], who, error))
			return false;
	tell_count(desk, "forgotten", (gint64)desk->forgotten);

	return true;
}

/* Was all that is known of them learnt by hand? */
static bool
is_of_hand(const StorePerson *person)
{
	for (size_t i = 0; i < person->identities->len; i++)
		if (g_array_index(person->identities, Identity, i).source != SOURCE_HAND)
			return false;

	return true;
}

/* Of those who have a name, only whom a mail's name alone made known: two may have one. */
static bool
forget_of_hand(Desk *desk, const char *name, GError **error)
{
	g_autoptr(GArray) ids = NULL, of_hand = g_array_new(FALSE, FALSE, sizeof(gint64));

	if (!find_ids(desk, desk->owner, name, &ids, error))
		return false;
	for (size_t i = 0; i < ids->len; i++) {
		gint64 id = g_array_index(ids, gint64, i);
		g_autoptr(StorePerson) person = NULL;

		if (!store_person(desk->store, desk->owner, id, &person, error))
			return false;
		if (person != NULL && is_of_hand(person))
			g_array_append_val(of_hand, id);
	}

	return forget_all(desk, desk->owner, of_hand, error);
}

static bool
forget_each(Desk *desk, const GPtrArray *texts, GError **error)
{
	for (size_t i = 0; i < texts->len; i++)
		if (!forget_at(desk, desk->owner, texts->pdata[i], error))
			return false;

	return true;
}

/* The owner says that he does not know who invites in this mail. */
static bool
stranger(Desk *desk, GError **error)
{
	g_auto(Contact) inviter = { 0 };
	HandLesson lesson;

	if (!find_inviter(desk, &lesson, &inviter, error))
		return false;
	if (lesson != HAND_TEACHES && lesson != HAND_KNOWN) {
		tell_untaught(desk, lesson);
		return true;
	}
	if (!forget_each(desk, inviter.urls, error) ||
	    !forget_each(desk, inviter.addresses, error) ||
	    (inviter.name != NULL && !forget_of_hand(desk, inviter.name, error)))
		return false;
	tell_count(desk, "forgotten", (gint64)desk->forgotten);

	return true;
}

static const struct {
	const char *name;
	bool (*run)(Desk *desk, GError **error);
} deeds[] = {
	{ "learn", learn }, { "find", find },         { "forget", forget },
	{ "known", known }, { "stranger", stranger },
};

/* All owners' people at once are only to be forgotten. */
static bool
is_everywhere(const Desk *desk)
{
	return g_strcmp0(text_of(desk->request, "do"), "forget") == 0 &&
	       flag_of(desk->request, "everywhere");
}

/* Whose people?  False, with the client told, where he may not ask. */
static bool
find_owner(Desk *desk)
{
	const char *named = text_of(desk->request, "owner");
	const RequestsClient *client = desk->client;

	if (named != NULL)
		desk->owner = owners_of_either(desk->rules->owners, named);
	else if (client->own != NULL)
		desk->owner = g_strdup(client->own);

	if (!client->is_trusted && flag_of(desk->request, "everywhere"))
		tell_error(desk, "only root may forget somebody at all owners");
	else if (client->is_trusted && (desk->owner != NULL || is_everywhere(desk)))
		return true;
	else if (client->own == NULL && !client->is_trusted)
		tell_error(desk,
			   "nobody knows which mailbox is yours; the administrator sets "
			   "[people] domain, or an alias for your login");
	else if (client->is_trusted)
		tell_error(desk, "whose people? Name the mailbox with --owner");
	else if (g_strcmp0(desk->owner, client->own) != 0)
		tell_error(desk, "this mailbox is not yours");
	else
		return true;

	return false;
}

static void
do_deed(Desk *desk)
{
	const char *deed = text_of(desk->request, "do");
	g_autoptr(GError) error = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(deeds); i++)
		if (g_strcmp0(deed, deeds[i].name) == 0) {
			if (!deeds[i].run(desk, &error))
				tell_error(desk, error->message);
			return;
		}
	tell_error(desk,
		   "no such request; there are learn, find, forget, known, stranger");
}

bool
requests_answer(Store *store, const LearnRules *rules, const RequestsClient *client,
		const char *request, gint64 now, RequestsTell *tell_line, void *context)
{
	Desk desk = { .store = store,
		      .rules = rules,
		      .client = client,
		      .now = now,
		      .tell = tell_line,
		      .context = context };
	size_t length = strlen(request);
	g_autoptr(JsonNode) root = NULL;
	JsonBoundResult result = JSON_BOUND_BYTES;
	JsonBound bound;

	json_bound_init(&bound, &requests_limits);
	if (length <= REQUESTS_MAX_LENGTH)
		result = json_bound_add(&bound, request, length);
	if (result != JSON_BOUND_KEPT) {
		tell_error(&desk, json_bound_text(result));
		return false;
	}
	if (g_utf8_validate(request, (gssize)length, NULL))
		root = json_from_string(request, NULL);
	if (root == NULL || !JSON_NODE_HOLDS_OBJECT(root)) {
		tell_error(&desk, json_bound_text(JSON_BOUND_FOREIGN));
		return false;
	}
	desk.request = json_node_get_object(root);
	if (find_owner(&desk))
		do_deed(&desk);
	g_free(desk.owner);

	return desk.forgotten > 0;
}
