/* SPDX-License-Identifier: BSD-2-Clause */
/* requests.c - does what is asked about an owner's people */

#include "config.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "base/json.h"
#include "requests/requests.h"
#include "requests/requests-forget.h"
#include "requests/requests-invitation.h"
#include "requests/requests-person.h"
#include "requests/requests-query.h"
#include "requests/requests-record.h"
#include "network/networks.h"
#include "people/contact-json.h"
#include "people/lesson.h"

const JsonBoundLimits requests_limits = {
	.depth = REQUESTS_MAX_DEPTH,
	.tokens = REQUESTS_MAX_TOKENS,
	.bytes = REQUESTS_MAX_OTHER,
	.name = "mail",
};

G_DEFINE_QUARK(requests_error, requests_error)

static void
clear_contact(gpointer contact)
{
	contact_clear(contact);
}

static void
tell_learnt(RequestsQuery *query, const Learnt *learnt, size_t count)
{
	g_autoptr(JsonBuilder) json = json_builder_new();

	json_builder_begin_object(json);
	json_builder_set_member_name(json, "learnt");
	json_builder_begin_array(json);
	for (size_t i = 0; i < count; i++)
		json_builder_add_string_value(json, learn_name(learnt[i]));
	json_builder_end_array(json);
	json_builder_end_object(json);
	requests_query_tell(query, json);
}

static bool
learn(RequestsQuery *query, GError **error)
{
	JsonArray *list = json_list(query->object, "contacts");
	size_t count = json_list_length(list);
	g_autoptr(GArray) contacts = g_array_new(FALSE, FALSE, sizeof(Contact));
	const Networks *networks = assessor_networks(query->assessor);
	Learnt results[LEARN_BATCH];

	if (count > LEARN_BATCH) {
		g_set_error(error, REQUESTS_ERROR, 0,
			    "at most %d contacts in one request", LEARN_BATCH);
		return false;
	}
	g_array_set_clear_func(contacts, clear_contact);
	for (size_t i = 0; i < count; i++) {
		Contact contact;

		contact_json_read(&contact, query->now, json_list_object(list, i));
		networks_find_profiles(networks, &contact);
		g_array_append_val(contacts, contact);
	}
	if (!learn_contacts(query->store, query->rules, query->owner,
			    (const Contact *)contacts->data, contacts->len, query->now,
			    results, error))
		return false;
	tell_learnt(query, results, contacts->len);

	return true;
}

/* The inviter of the request's mail. */
static bool
find_inviter(RequestsQuery *query, RequestsPerson *found_out, Contact *inviter_out,
	     GError **error)
{
	size_t length = 0;
	g_autofree char *mail = requests_query_mail(query, &length, error);

	return mail != NULL &&
	       requests_person_of_mail(query->assessor, query->owner, mail, length,
				       query->now, found_out, inviter_out, error);
}

/* The owner says that he knows who invites in this mail. */
static bool
known(RequestsQuery *query, GError **error)
{
	g_auto(Contact) inviter = { 0 };
	RequestsPerson found;
	Learnt learnt = LEARNT_SAME;

	if (!find_inviter(query, &found, &inviter, error))
		return false;
	if (found == REQUESTS_PERSON_TEACHES &&
	    !learn_contacts(query->store, query->rules, query->owner, &inviter, 1,
			    query->now, &learnt, error))
		return false;
	if ((found == REQUESTS_PERSON_TEACHES || found == REQUESTS_PERSON_KNOWN) &&
	    !requests_invitation_filed(query, INVITATION_MOVED_BACK, error))
		return false;
	if (found == REQUESTS_PERSON_TEACHES || found == REQUESTS_PERSON_KNOWN)
		tell_learnt(query, &learnt, 1);
	else
		requests_query_tell_text(query, "untaught", requests_person_name(found));

	return true;
}

static bool
tell_person(void *context, const StorePerson *person)
{
	RequestsQuery *query = context;
	g_autoptr(JsonBuilder) json = json_builder_new();

	contact_json_write_person(json, person);
	query->told++;

	return requests_query_tell(query, json);
}

static bool
find(RequestsQuery *query, GError **error)
{
	const char *who = json_text(query->object, "who");
	g_autoptr(GArray) ids = NULL;

	if (who == NULL) {
		if (!store_each(query->store, query->owner, tell_person, query, error))
			return false;
	} else if (!requests_person_meant(query->store, query->assessor, query->owner,
					  who, &ids, error)) {
		return false;
	}
	for (size_t i = 0; ids != NULL && i < ids->len; i++) {
		g_autoptr(StorePerson) person = NULL;

		if (!store_person(query->store, query->owner,
				  g_array_index(ids, gint64, i), &person, error))
			return false;
		if (person != NULL && !tell_person(query, person))
			return true;
	}
	requests_query_tell_count(query, "end", (gint64)query->told);

	return true;
}

/* The owner says that he does not know who invites in this mail. */
static bool
stranger(RequestsQuery *query, GError **error)
{
	g_auto(Contact) inviter = { 0 };
	RequestsPerson found;

	if (!find_inviter(query, &found, &inviter, error))
		return false;
	if (found != REQUESTS_PERSON_TEACHES && found != REQUESTS_PERSON_KNOWN) {
		requests_query_tell_text(query, "untaught", requests_person_name(found));
		return true;
	}
	if (!requests_forget_inviter(query, &inviter, error) ||
	    !requests_invitation_filed(query, INVITATION_MOVED_AWAY, error))
		return false;
	requests_query_tell_count(query, "forgotten", (gint64)query->forgotten);

	return true;
}

/* What became of a lesson. */
typedef enum {
	LESSON_NEW,
	LESSON_SAME,   /* it was taught already */
	LESSON_UNDONE, /* the last that teaches or undoes something */
	LESSON_NEVER,  /* there was nothing to undo */
	LESSON_NO_INVITATION,
	LESSON_FORGED,
	LESSON_TOO_SHORT, /* too few own words */
	LESSON_LAST
} Lesson;

/* Teach by the note in a mail that is judged anew, or take back what was taught. */
static bool
take_lesson(const RequestsQuery *query, const char *class, const char *mail,
	    size_t length, Lesson *lesson_out, GError **error)
{
	Delivery delivery = { .owner = query->owner, .now = query->now };
	g_autoptr(Assessment) assessment =
	    assess(query->assessor, mail, length, &delivery, error);
	const Fingerprint *print;
	bool is_undone = g_strcmp0(class, "undo") == 0, is_done = false;

	if (assessment == NULL)
		return false;
	if (!is_undone && !note_class_is_taught(note_class_of(class))) {
		g_set_error_literal(
		    error, REQUESTS_ERROR, 0,
		    "teach what? A note is personal, vague or pitch; or undo");
		return false;
	}
	if (!assess_is_recognised(assessment)) {
		*lesson_out = LESSON_NO_INVITATION;
		return true;
	}
	if (assessment->authenticity == AUTHENTICITY_FORGED) {
		*lesson_out = LESSON_FORGED;
		return true;
	}
	print = fingerprint_of_sketch(&assessment->note->sketch);
	if (fingerprint_is_none(print)) {
		*lesson_out = LESSON_TOO_SHORT;
		return true;
	}
	if (!is_undone) {
		if (!lesson_teach(query->store, query->owner, print, class, query->now,
				  &is_done, error))
			return false;
		*lesson_out = is_done ? LESSON_NEW : LESSON_SAME;
	} else {
		if (!lesson_undo(query->store, query->owner, print, &is_done, error))
			return false;
		*lesson_out = is_done ? LESSON_UNDONE : LESSON_NEVER;
	}

	return true;
}

/* The owner says what the note in this mail is, or takes back what he said. */
static bool
teach(RequestsQuery *query, GError **error)
{
	static const char *const words[LESSON_LAST] = {
		[LESSON_NEW] = "new",
		[LESSON_SAME] = "known already",
		[LESSON_UNDONE] = "undone",
		[LESSON_NEVER] = "no note like it was taught",
		[LESSON_NO_INVITATION] = "no invitation",
		[LESSON_FORGED] = "forged",
		[LESSON_TOO_SHORT] = "its note has too few own words to be known again",
	};
	size_t length = 0;
	g_autofree char *mail = requests_query_mail(query, &length, error);
	const char *class = json_text(query->object, "class");
	bool is_pitch = note_class_of(class) == NOTE_PITCH;
	Lesson lesson;

	if (mail == NULL || !take_lesson(query, class, mail, length, &lesson, error) ||
	    (lesson != LESSON_NO_INVITATION && lesson != LESSON_FORGED &&
	     !requests_invitation_filed(
		 query, is_pitch ? INVITATION_MOVED_AWAY : INVITATION_MOVED_BACK, error)))
		return false;
	requests_query_tell_text(query, lesson <= LESSON_UNDONE ? "taught" : "untaught",
				 words[lesson]);

	return true;
}

/* Who is the inviter of this mail to the owner? */
static bool
relation(RequestsQuery *query, GError **error)
{
	size_t length = 0;
	g_autofree char *mail = requests_query_mail(query, &length, error);
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_auto(AssessRelation) known = { 0 };

	if (mail == NULL || !requests_person_relation(query->assessor, query->owner, mail,
						      length, query->now, &known, error))
		return false;
	json_builder_begin_object(json);
	json_add_text(json, "relation", relation_name(known.relation));
	json_add_text(json, "reason", known.reason);
	json_add_number(json, "since", known.since);
	json_builder_end_object(json);
	requests_query_tell(query, json);

	return true;
}

static bool
mark(RequestsQuery *query, GError **error)
{
	g_autofree char *word = assessor_mark(query->assessor, query->owner);
	const char *why = assessor_mark_trouble(query->assessor);

	if (word != NULL)
		requests_query_tell_text(query, "mark", word);
	else
		g_set_error(error, REQUESTS_ERROR, 0,
			    "there is no secret to make a mark of: %s",
			    why != NULL ? why : "not looked for");

	return word != NULL;
}

static const struct {
	const char *name;
	bool (*run)(RequestsQuery *query, GError **error);
} commands[] = {
	{ "learn", learn },
	{ "find", find },
	{ "forget", requests_forget },
	{ "known", known },
	{ "stranger", stranger },
	{ "teach", teach },
	{ "relation", relation },
	{ "mark", mark },
	{ "invitations", requests_invitation_list },
	{ "invitation", requests_invitation_show },
	{ "close", requests_invitation_close },
	{ "record", requests_record },
	{ "expire", requests_record_expire },
};

/* Find the owner that is asked about.  False, with the client told, if it may not ask. */
static bool
find_owner(RequestsQuery *query)
{
	const AccessWanted wanted = {
		.owner = json_text(query->object, "owner"),
		.is_everywhere = json_flag(query->object, "everywhere"),
		.is_to_forget = g_strcmp0(json_text(query->object, "do"), "forget") == 0,
	};
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autofree char *why = NULL;
	Access access =
	    access_to(query->rules->owners, query->client, &wanted, &query->owner, &why);

	if (access == ACCESS_GRANTED)
		return true;
	json_builder_begin_object(json);
	json_add_text(json, REQUESTS_REFUSED,
		      access == ACCESS_NO_OWNER ? REQUESTS_REFUSED_OWNER
						: REQUESTS_REFUSED_RIGHT);
	json_add_text(json, "error", why);
	json_builder_end_object(json);
	requests_query_tell(query, json);

	return false;
}

static void
run_command(RequestsQuery *query)
{
	const char *name = json_text(query->object, "do");
	g_autoptr(GError) error = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (g_strcmp0(name, commands[i].name) == 0) {
			if (!commands[i].run(query, &error))
				requests_query_tell_text(query, "error", error->message);
			return;
		}
	requests_query_tell_text(
	    query, "error",
	    "no such request; there are learn, find, forget, known, stranger, "
	    "teach, relation, mark, invitations, invitation, close, record, expire");
}

bool
requests_answer(Store *store, Assessor *assessor, const AccessClient *client,
		const char *line, gint64 now, RequestsTell *tell_line, void *context)
{
	RequestsQuery query = { .store = store,
				.assessor = assessor,
				.rules = assessor_rules(assessor),
				.client = client,
				.now = now,
				.tell_line = tell_line,
				.context = context };
	size_t length = strlen(line);
	g_autoptr(JsonObject) object = NULL;
	JsonBoundResult result = JSON_BOUND_BYTES;
	JsonBound bound;

	json_bound_init(&bound, &requests_limits);
	if (length <= REQUESTS_MAX_LENGTH)
		result = json_bound_add(&bound, line, length);
	if (result != JSON_BOUND_KEPT) {
		requests_query_tell_text(&query, "error", json_bound_text(result));
		return false;
	}
	object = json_read(line);
	if (object == NULL) {
		requests_query_tell_text(&query, "error",
					 json_bound_text(JSON_BOUND_FOREIGN));
		return false;
	}
	query.object = object;
	if (find_owner(&query))
		run_command(&query);
	g_free(query.owner);

	return query.forgotten > 0 || query.dropped > 0;
}
