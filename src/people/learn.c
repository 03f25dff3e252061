/* SPDX-License-Identifier: BSD-2-Clause */
/* learn.c - makes somebody known */

#include "config.h"

#include <string.h>

#include "text/address.h"
#include "people/draft.h"
#include "people/learn.h"

/*
 * The traces that an invitation leaves: "m" and its Message-ID, "a" and an address.
 * Only their digests are kept, for whoever was never learnt, or is forgotten,
 * shall not be read in the file.
 */
#define TRACE_MAIL    'm'
#define TRACE_ADDRESS 'a'

/*
 * What one transaction may cost, in identities that are read; the contact that
 * comes to it is its last.  That is a few milliseconds, for which mail may have to wait.
 */
#define COST_WRITE 16
#define STEP_COST  (500 * COST_WRITE)

static const char *const names[LEARNT_LAST] = {
	[LEARNT_NEW] = "new",
	[LEARNT_UPDATED] = "updated",
	[LEARNT_SAME] = "known already",
	[LEARNT_OWNER] = "the owner's own address",
	[LEARNT_NETWORK] = "a network's address",
	[LEARNT_ROBOT] = "an address that nobody reads",
	[LEARNT_INVITER] = "whose invitation is answered",
	[LEARNT_FULL] = "somebody beyond [people] limit",
	[LEARNT_NOBODY] = "no name, address or profile",
};

Learnt
learn_address(const LearnRules *rules, const char *owner, const char *address)
{
	g_autofree char *mailbox = owners_of_address(rules->owners, address);
	const char *domain = address_domain(address);

	if (domain == NULL)
		return LEARNT_NOBODY;
	if (g_str_equal(mailbox, owner))
		return LEARNT_OWNER;
	for (const char *const *parent = rules->network_domains; *parent != NULL;
	     parent++)
		if (address_is_under(domain, *parent))
			return LEARNT_NETWORK;

	return name_is_robot(rules->names, address) ? LEARNT_ROBOT : LEARNT_NEW;
}

/*
 * Everybody who has one of the draft's identities of these kinds; of gint64, each once.
 */
static bool
find_by(StoreWriter *writer, const char *owner, const Draft *draft, bool by_name,
	GArray **ids_out, GError **error)
{
	g_autoptr(GPtrArray) clues = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

	for (size_t i = 0; i < draft->identities->len; i++) {
		const Identity *identity = &g_array_index(draft->identities, Identity, i);
		bool is_wanted = by_name ? identity->kind == IDENTITY_NAME &&
					       identity->value[0] != '\0'
					 : identity->kind == IDENTITY_ADDRESS ||
					       identity->kind == IDENTITY_PROFILE;

		if (is_wanted)
			g_ptr_array_add(clues,
					store_clue(identity->kind, identity->search_key));
	}
	for (size_t i = 0; i < clues->len; i += STORE_MAX_CLUES) {
		g_autoptr(GArray) hits = NULL;

		if (!store_writer_find(
			writer, owner, (const char *const *)clues->pdata + i,
			MIN(clues->len - i, STORE_MAX_CLUES), &hits, error))
			return false;
		for (size_t h = 0; h < hits->len; h++) {
			const StoreHit *hit = &g_array_index(hits, StoreHit, h);
			bool is_there = false;

			/* A look-alike and a hint are somebody else. */
			if (by_name && g_strcmp0(hit->value, draft->name.keys[0]) != 0 &&
			    g_strcmp0(hit->value, draft->name.keys[1]) != 0)
				continue;
			for (size_t k = 0; k < ids->len; k++)
				is_there |= g_array_index(ids, gint64, k) == hit->person;
			if (!is_there)
				g_array_append_val(ids, hit->person);
		}
	}
	*ids_out = g_steal_pointer(&ids);

	return true;
}

static bool
has_rival(const StorePerson *person, const Draft *draft)
{
	for (size_t i = 0; i < person->identities->len; i++)
		for (size_t k = 0; k < draft->identities->len; k++) {
			const Identity *one =
			    &g_array_index(person->identities, Identity, i);
			const Identity *other =
			    &g_array_index(draft->identities, Identity, k);

			if (one->kind == IDENTITY_PROFILE &&
			    other->kind == IDENTITY_PROFILE &&
			    contact_profiles_differ(one->search_key, other->search_key))
				return true;
		}

	return false;
}

/* Is somebody who has the draft's name the person that the draft is of? */
static bool
is_same_person(const StorePerson *person, const Draft *draft)
{
	bool is_named_only = true, has_company = false, works_there = false;

	for (size_t i = 0; i < person->identities->len; i++) {
		const Identity *identity =
		    &g_array_index(person->identities, Identity, i);

		is_named_only &=
		    identity->kind == IDENTITY_NAME || identity->kind == IDENTITY_COMPANY;
		if (identity->kind == IDENTITY_COMPANY) {
			has_company = true;
			works_there |=
			    g_strcmp0(identity->search_key, draft->company) == 0;
		}
	}
	if (works_there)
		return !has_rival(person, draft);
	if (has_company && draft->company != NULL)
		return false;

	return is_named_only || (draft->addresses == 0 && draft->profiles == 0);
}

/* 0 in *id_out: nobody has the name, or only others.  *cost: what it took. */
static bool
find_by_name(StoreWriter *writer, const char *owner, const Draft *draft, gint64 *id_out,
	     size_t *cost, GError **error)
{
	g_autoptr(GArray) ids = NULL;

	*id_out = 0;
	if (!draft_has_name(draft))
		return true;
	if (!find_by(writer, owner, draft, true, &ids, error))
		return false;
	for (size_t i = 0; i < ids->len; i++) {
		g_autoptr(StorePerson) person = NULL;

		if (!store_writer_person(writer, owner, g_array_index(ids, gint64, i),
					 &person, error))
			return false;
		*cost += person != NULL ? person->identities->len : 0;
		if (person != NULL && is_same_person(person, draft)) {
			*id_out = person->id;
			return true;
		}
	}

	return true;
}

/*
 * The person that the draft is of, 0 for a new one; people it shows to be one are
 * merged.
 */
static bool
find_person(StoreWriter *writer, const char *owner, const Draft *draft, gint64 *id_out,
	    size_t *cost, GError **error)
{
	g_autoptr(GArray) ids = NULL;

	if (!find_by(writer, owner, draft, false, &ids, error))
		return false;
	if (ids->len == 0)
		return find_by_name(writer, owner, draft, id_out, cost, error);
	*id_out = g_array_index(ids, gint64, 0);
	*cost += (ids->len - 1) * STORE_MAX_IDENTITIES * COST_WRITE;
	for (size_t i = 1; i < ids->len; i++)
		if (!store_writer_merge(writer, owner, g_array_index(ids, gint64, i),
					*id_out, error))
			return false;

	return true;
}

static char *
trace_of(char kind, const char *text)
{
	g_autofree char *lower = g_ascii_strdown(text, -1);
	g_autofree char *digest =
	    g_compute_checksum_for_string(G_CHECKSUM_SHA256, lower, -1);

	return g_strdup_printf("%c%s", kind, digest);
}

static bool
answers_invitation(StoreWriter *writer, const char *owner, const Contact *contact,
		   bool *answers_out, GError **error)
{
	g_autoptr(GPtrArray) traces = g_ptr_array_new_with_free_func(g_free);
	gint64 since = 0;

	*answers_out = false;
	if (contact->source != SOURCE_SENT)
		return true;
	for (size_t i = 0; i < contact->answered->len; i++)
		g_ptr_array_add(traces,
				trace_of(TRACE_MAIL, contact->answered->pdata[i]));
	if (traces->len == 0 && contact->addresses->len > 0) {
		g_ptr_array_add(traces,
				trace_of(TRACE_ADDRESS, contact->addresses->pdata[0]));
		since = contact->seen - LEARN_INVITED_FOR;
	}

	return store_writer_traced(writer, owner, (const char *const *)traces->pdata,
				   traces->len, since, answers_out, error);
}

static bool
learn_one(StoreWriter *writer, const LearnRules *rules, const char *owner,
	  const Contact *contact, gint64 now, Learnt *learnt_out, size_t *cost,
	  GError **error)
{
	g_auto(Draft) draft = { 0 };
	Learnt learnt = draft_init(&draft, rules, owner, contact);
	bool is_answer;
	size_t people;
	gint64 id = 0;

	*learnt_out = learnt;
	*cost += draft.identities->len * COST_WRITE;
	if (learnt != LEARNT_NEW)
		return true;
	if (!answers_invitation(writer, owner, contact, &is_answer, error))
		return false;
	if (is_answer) {
		*learnt_out = LEARNT_INVITER;
		return true;
	}
	if (!find_person(writer, owner, &draft, &id, cost, error))
		return false;
	if (id != 0) {
		learnt = LEARNT_SAME;
	} else if (!store_writer_people(writer, owner, &people, error)) {
		return false;
	} else if (rules->limit > 0 && people >= rules->limit) {
		*learnt_out = LEARNT_FULL;
		return true;
	} else if (!store_writer_new_person(writer, &id, error)) {
		return false;
	}

	for (size_t i = 0; i < draft.identities->len; i++) {
		StorePut put;

		if (!store_writer_put(writer, owner, id,
				      &g_array_index(draft.identities, Identity, i),
				      contact->seen, now, &put, error))
			return false;
		if (put == STORE_PUT_ADDED && learnt == LEARNT_SAME)
			learnt = LEARNT_UPDATED;
	}
	*learnt_out = learnt;

	return true;
}

/* The arguments of learn_contacts() on their way through a transaction. */
typedef struct {
	const LearnRules *rules;
	const char *owner;
	const Contact *contacts;
	size_t count, done;
	gint64 now;
	Learnt *results;
} Batch;

/* As many as one transaction may hold, one at least. */
static bool
learn_step(StoreWriter *writer, void *context, GError **error)
{
	Batch *batch = context;

	for (size_t cost = 0; batch->done < batch->count && cost < STEP_COST;
	     batch->done++)
		if (!learn_one(writer, batch->rules, batch->owner,
			       &batch->contacts[batch->done], batch->now,
			       &batch->results[batch->done], &cost, error))
			return false;

	return true;
}

bool
learn_contacts(Store *store, const LearnRules *rules, const char *owner,
	       const Contact *contacts, size_t count, gint64 now, Learnt *results_out,
	       GError **error)
{
	Batch batch = { rules, owner, contacts, count, 0, now, results_out };

	g_assert(count <= LEARN_BATCH);
	while (batch.done < count)
		if (!store_change(store, learn_step, &batch, error))
			return false;

	return true;
}

bool
learn_sent(Store *store, const LearnRules *rules, const char *owner, const SentMail *mail,
	   gint64 now, LearnSent *sent_out, GError **error)
{
	g_autoptr(GArray) contacts = NULL;

	sent_out->lesson = sent_lesson(mail, &contacts);
	sent_out->count =
	    sent_out->lesson == SENT_TEACHES ? MIN(contacts->len, LEARN_BATCH) : 0;
	if (sent_out->count > 0 &&
	    !learn_contacts(store, rules, owner, (const Contact *)contacts->data,
			    sent_out->count, now, sent_out->results, error))
		return false;
	for (size_t i = 0; i < sent_out->count; i++)
		if (sent_out->results[i] == LEARNT_FULL)
			sent_out->lesson = SENT_BEYOND_LIMIT;

	return true;
}

/*
 * An answer names a mail by what stands in "<…>", and there may be several fields of
 * that name.
 */
static void
add_mail_traces(GPtrArray *traces, const Head *head)
{
	g_auto(Contact) ids = { 0 };

	contact_init(&ids, SOURCE_SENT);
	for (size_t i = 0; i < head_length(head); i++) {
		const char *value = head_value(head, i);
		g_autofree char *bare = NULL;

		if (g_ascii_strcasecmp(head_name(head, i), "Message-ID") != 0)
			continue;
		if (strchr(value, '<') == NULL) {
			g_autofree char *stripped = g_strstrip(g_strdup(value));

			bare = g_strconcat("<", stripped, ">", NULL);
		}
		sent_add_ids(&ids, bare != NULL ? bare : value);
	}
	for (size_t i = 0; i < ids.answered->len; i++)
		g_ptr_array_add(traces, trace_of(TRACE_MAIL, ids.answered->pdata[i]));
}

bool
learn_invitation(StoreWriter *writer, const char *owner, const Head *head,
		 const char *address, gint64 now, GError **error)
{
	g_autoptr(GPtrArray) traces = g_ptr_array_new_with_free_func(g_free);

	add_mail_traces(traces, head);
	if (address != NULL)
		g_ptr_array_add(traces, trace_of(TRACE_ADDRESS, address));
	for (size_t i = 0; i < traces->len; i++)
		if (!store_writer_trace(writer, owner, traces->pdata[i], now, error))
			return false;

	return true;
}

const char *
learn_name(Learnt learnt)
{
	return names[learnt];
}

Learnt
learn_named(const char *name)
{
	int learnt = 0;

	while (learnt < LEARNT_LAST && g_strcmp0(name, names[learnt]) != 0)
		learnt++;

	return (Learnt)learnt;
}
