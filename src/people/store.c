/* SPDX-License-Identifier: BSD-2-Clause */
/* store.c - what is common to all engines that keep people */

#include "config.h"

#include <string.h>

#include "people/sqlite-store.h"
#include "people/store-engine.h"

/* People forgotten in one transaction, so that nobody else waits for long. */
#define FORGET_BATCH 8

/* The first keeps places without a prefix, too. */
static const StoreEngine *const engines[] = { &sqlite_store_engine };

/*
 * Hits come in the order of these letters.  Where a name has too many hits, names
 * are left out.
 */
static const char letters[IDENTITY_LAST] = {
	[IDENTITY_ADDRESS] = 'a',
	[IDENTITY_COMPANY] = 'c',
	[IDENTITY_PROFILE] = 'p',
	[IDENTITY_NAME] = 's', /* a shape */
};

G_DEFINE_QUARK(store_error, store_error)

Store *
store_new(const char *place, StoreMode mode)
{
	const StoreEngine *engine = engines[0];
	size_t skip = 0;
	Store *store;

	for (size_t i = 0; i < G_N_ELEMENTS(engines); i++)
		if (g_str_has_prefix(place, engines[i]->prefix)) {
			engine = engines[i];
			skip = strlen(engine->prefix);
		}
	store = engine->open(place + skip, mode);
	store->engine = engine;
	store->mode = mode;
	g_atomic_ref_count_init(&store->count);

	return store;
}

Store *
store_ref(Store *store)
{
	g_atomic_ref_count_inc(&store->count);

	return store;
}

void
store_unref(Store *store)
{
	if (store != NULL && g_atomic_ref_count_dec(&store->count))
		store->engine->close(store);
}

bool
store_open(Store *store, GError **error)
{
	return store->engine->connect(store, error);
}

bool
store_check(Store *store, GError **error)
{
	return store->engine->check(store, error);
}

bool
store_is_ours(const Store *store)
{
	return store->engine->is_ours(store);
}

bool
store_is_missing(const Store *store)
{
	return store->engine->is_missing(store);
}

bool
store_scrub(Store *store, GError **error)
{
	return store->engine->scrub(store, error);
}

bool
store_settle(Store *store, GError **error)
{
	return store->engine->settle(store, error);
}

/* Nothing was learnt yet, and a store that is only read is never made. */
static bool
is_empty(const Store *store)
{
	return store->mode == STORE_READ && store->engine->is_missing(store);
}

char *
store_clue(IdentityKind kind, const char *search_key)
{
	return search_key != NULL ? g_strdup_printf("%c%s", letters[kind], search_key)
				  : NULL;
}

IdentityKind
store_clue_kind(const char *clue)
{
	const char *at = clue != NULL && clue[0] != '\0'
			     ? memchr(letters, clue[0], sizeof(letters))
			     : NULL;

	return at != NULL ? (IdentityKind)(at - letters) : IDENTITY_LAST;
}

static void
hit_clear(gpointer data)
{
	StoreHit *hit = data;

	g_free(hit->search_key);
	g_free(hit->value);
}

static GArray *
hits_new(void)
{
	GArray *hits = g_array_new(FALSE, FALSE, sizeof(StoreHit));

	g_array_set_clear_func(hits, hit_clear);

	return hits;
}

void
store_person_free(StorePerson *person)
{
	if (person == NULL)
		return;

	g_clear_pointer(&person->identities, g_array_unref);
	g_free(person);
}

const Identity *
store_person_newest(const StorePerson *person, IdentityKind kind)
{
	const Identity *newest = NULL;

	for (size_t i = 0; i < person->identities->len; i++) {
		const Identity *identity =
		    &g_array_index(person->identities, Identity, i);

		if (identity->kind == kind && identity->shown[0] != '\0' &&
		    (newest == NULL || identity->last > newest->last))
			newest = identity;
	}

	return newest;
}

bool
store_find(Store *store, const char *owner, const char *const *clues, size_t count,
	   GArray **hits_out, GError **error)
{
	g_autoptr(GArray) hits = hits_new();

	g_assert(count <= STORE_MAX_CLUES);
	if (!is_empty(store) &&
	    !store->engine->find(store, owner, clues, count, hits, error))
		return false;
	*hits_out = g_steal_pointer(&hits);

	return true;
}

bool
store_person(Store *store, const char *owner, gint64 id, StorePerson **person_out,
	     GError **error)
{
	if (!is_empty(store))
		return store->engine->person(store, owner, id, person_out, error);
	*person_out = NULL;

	return true;
}

bool
store_each(Store *store, const char *owner, StoreTake *take, void *context,
	   GError **error)
{
	return is_empty(store) || store->engine->each(store, owner, take, context, error);
}

bool
store_notes(Store *store, const char *owner, const char *inviter, const Fingerprint *note,
	    gint64 since, size_t *owners_out, gint64 *first_out, GError **error)
{
	if (!is_empty(store))
		return store->engine->notes(store, owner, inviter, note, since,
					    owners_out, first_out, error);
	*owners_out = 0;

	return true;
}

static void
clear_lesson(void *lesson)
{
	g_free(((StoreLesson *)lesson)->class);
}

static GArray *
lessons_new(void)
{
	GArray *lessons = g_array_new(FALSE, FALSE, sizeof(StoreLesson));

	g_array_set_clear_func(lessons, clear_lesson);

	return lessons;
}

bool
store_lessons(Store *store, const char *owner, GArray **lessons_out, GError **error)
{
	g_autoptr(GArray) lessons = lessons_new();

	if (!is_empty(store) && !store->engine->lessons(store, owner, lessons, error))
		return false;
	*lessons_out = g_steal_pointer(&lessons);

	return true;
}

bool
store_owners(Store *store, GPtrArray **owners_out, GError **error)
{
	g_autoptr(GPtrArray) owners = g_ptr_array_new_with_free_func(g_free);

	if (!is_empty(store) && !store->engine->owners(store, owners, error))
		return false;
	*owners_out = g_steal_pointer(&owners);

	return true;
}

bool
store_change(Store *store, StoreWork *work, void *context, GError **error)
{
	return store->engine->change(store, work, context, error);
}

bool
store_writer_find(StoreWriter *writer, const char *owner, const char *const *clues,
		  size_t count, GArray **hits_out, GError **error)
{
	g_autoptr(GArray) hits = hits_new();

	g_assert(count <= STORE_MAX_CLUES);
	if (!writer->engine->writer_find(writer, owner, clues, count, hits, error))
		return false;
	*hits_out = g_steal_pointer(&hits);

	return true;
}

bool
store_writer_person(StoreWriter *writer, const char *owner, gint64 id,
		    StorePerson **person_out, GError **error)
{
	return writer->engine->writer_person(writer, owner, id, person_out, error);
}

bool
store_writer_people(StoreWriter *writer, const char *owner, size_t *count_out,
		    GError **error)
{
	return writer->engine->writer_people(writer, owner, count_out, error);
}

bool
store_writer_new_person(StoreWriter *writer, gint64 *id_out, GError **error)
{
	return writer->engine->writer_new_person(writer, id_out, error);
}

bool
store_writer_put(StoreWriter *writer, const char *owner, gint64 person,
		 const Identity *identity, gint64 seen, gint64 now, StorePut *put_out,
		 GError **error)
{
	return writer->engine->writer_put(writer, owner, person, identity, seen, now,
					  put_out, error);
}

bool
store_writer_merge(StoreWriter *writer, const char *owner, gint64 from, gint64 into,
		   GError **error)
{
	return writer->engine->writer_merge(writer, owner, from, into, error);
}

bool
store_writer_forget(StoreWriter *writer, const char *owner, gint64 person, GError **error)
{
	return writer->engine->writer_forget(writer, owner, person, error);
}

bool
store_writer_traced(StoreWriter *writer, const char *owner, const char *const *traces,
		    size_t count, gint64 since, bool *any_out, GError **error)
{
	return writer->engine->writer_traced(writer, owner, traces, count, since, any_out,
					     error);
}

bool
store_writer_trace(StoreWriter *writer, const char *owner, const char *trace, gint64 now,
		   GError **error)
{
	return writer->engine->writer_trace(writer, owner, trace, now, error);
}

bool
store_writer_note(StoreWriter *writer, const char *owner, const char *inviter,
		  const Fingerprint *note, gint64 since, gint64 now, GError **error)
{
	return writer->engine->writer_note(writer, owner, inviter, note, since, now,
					   error);
}

bool
store_writer_lessons(StoreWriter *writer, const char *owner, GArray **lessons_out,
		     GError **error)
{
	g_autoptr(GArray) lessons = lessons_new();

	if (!writer->engine->writer_lessons(writer, owner, lessons, error))
		return false;
	*lessons_out = g_steal_pointer(&lessons);

	return true;
}

bool
store_writer_teach(StoreWriter *writer, const char *owner, const StoreLesson *lesson,
		   GError **error)
{
	return writer->engine->writer_teach(writer, owner, lesson, error);
}

bool
store_writer_unteach(StoreWriter *writer, const char *owner, const Fingerprint *note,
		     GError **error)
{
	return writer->engine->writer_unteach(writer, owner, note, error);
}

/* Some of an owner's people, on their way through a transaction. */
typedef struct {
	const char *owner;
	const gint64 *ids;
	size_t count;
} Batch;

static bool
forget_batch(StoreWriter *writer, void *context, GError **error)
{
	const Batch *batch = context;

	for (size_t i = 0; i < batch->count; i++)
		if (!store_writer_forget(writer, batch->owner, batch->ids[i], error))
			return false;

	return true;
}

bool
store_forget(Store *store, const char *owner, const gint64 *ids, size_t count,
	     size_t *forgotten, GError **error)
{
	for (size_t i = 0; i < count; i += FORGET_BATCH) {
		Batch batch = { owner, ids + i, MIN(count - i, FORGET_BATCH) };

		if (!store_change(store, forget_batch, &batch, error))
			return false;
		*forgotten += batch.count;
	}

	return true;
}

bool
store_expire(Store *store, const char *owner, gint64 since, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	size_t forgotten = 0;

	return store->engine->stale(store, owner, since, ids, error) &&
	       store_forget(store, owner, (const gint64 *)ids->data, ids->len, &forgotten,
			    error);
}

static bool
expire_traces(StoreWriter *writer, void *since, GError **error)
{
	return writer->engine->writer_expire_traces(writer, *(const gint64 *)since,
						    error);
}

bool
store_expire_traces(Store *store, gint64 since, GError **error)
{
	return store_change(store, expire_traces, &since, error);
}

static bool
expire_notes(StoreWriter *writer, void *since, GError **error)
{
	return writer->engine->writer_expire_notes(writer, *(const gint64 *)since, error);
}

bool
store_expire_notes(Store *store, gint64 since, GError **error)
{
	return store_change(store, expire_notes, &since, error);
}
