/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	store - keeps who knows whom
 *
 * DESCRIPTION
 *	People are kept for each owner (owner.h), and a person is a set of
 *	identities: addresses, profiles, names, companies, each with where it
 *	came from, when it was first and last seen and how often.
 *
 *	Identities are looked for by a clue: a letter for their kind and the
 *	address, the profile, the company's key or the shape of a name's key
 *	(name.h).  A name is kept once for each of its keys, and once more,
 *	with an empty value, under its hint.
 *
 *	An invitation leaves traces: digests of its Message-ID and of its inviter's
 *	address.  They keep a person from being learnt because the owner answered
 *	an invitation.
 *
 *	A note leaves its fingerprint, a digest of its inviter, its owner and the
 *	time (bulk.h); one that its owner filed by hand its fingerprint and what
 *	it was filed as (lesson.h).
 *
 *	This is an interface: store.c holds what is common, and an engine
 *	(store-engine.h) keeps the people.  The engine of today is SQLite
 *	(sqlite-store.h).  A Store is opened when it is first asked.  Several
 *	threads may use it at once, and several processes one place.  All
 *	changes of one store_change() are kept when it returns, or none is.
 *
 * RETURN VALUE
 *	False with error set, its text with the remedy, where the store cannot
 *	be read or written.  Finding nobody is an answer, and no error.
 *
 * OWNERSHIP
 *	A StoreHit and a StorePerson own what they point to.
 */
#ifndef STORE_H
#define STORE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "text/fingerprint.h"
#include "people/contact.h"

#define STORE_ERROR (store_error_quark())
GQuark store_error_quark(void);

typedef enum {
	STORE_ERROR_MISSING, /* its place, or a right to it */
	STORE_ERROR_BUSY,    /* somebody else writes for too long */
	STORE_ERROR_FULL,
	STORE_ERROR_DAMAGED,
	STORE_ERROR_NEWER,   /* written by a later version of ours */
	STORE_ERROR_FOREIGN, /* a database, but none of ours */
	STORE_ERROR_SYSTEM,
} StoreError;

/* Clues asked for at once: two addresses' worth, a profile, and a name with hint. */
#define STORE_MAX_CLUES 6

/* Identities of one person; no more are added, since all of them are read at once. */
#define STORE_MAX_IDENTITIES 256

/* Hits that one search returns. */
#define STORE_MAX_HITS 64

/* Notes of one inviter; further ones are not kept. */
#define STORE_MAX_NOTES 1000

typedef enum {
	IDENTITY_ADDRESS,
	IDENTITY_PROFILE,
	IDENTITY_NAME,
	IDENTITY_COMPANY,
	IDENTITY_LAST
} IdentityKind;

typedef struct {
	IdentityKind kind;
	char *search_key;   /* what it is found by: a clue without its letter */
	char *value;        /* of a name its key, "" for a hint; of others "" */
	char *shown;        /* as it was written */
	Source source;      /* of the first time it was seen */
	gint64 first, last; /* seconds since 1970 */
	gint64 count;
} Identity;

typedef struct {
	gint64 id;
	GArray *identities; /* of Identity, sorted by kind and search_key */
} StorePerson;

typedef struct {
	gint64 person;
	IdentityKind kind;
	char *search_key; /* as in Identity */
	char *value;
	Source source;
	gint64 first, last;
} StoreHit;

/* What an owner said of a note. */
typedef struct {
	Fingerprint note;
	char *class;
	gint64 seen; /* when it was said; seconds since 1970 */
} StoreLesson;

typedef enum {
	STORE_READ,  /* a missing store is empty, and is not made */
	STORE_SERVE, /* a missing one is made; waits for other writers only shortly */
	STORE_WORK,  /* a missing one is made; waits long, and lets other writers go */
} StoreMode;

typedef struct Store Store;

/* place: "sqlite:PATH", as in the settings.  Opens nothing yet. */
Store *store_new(const char *place, StoreMode mode);
Store *store_ref(Store *store);
void store_unref(Store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_unref)

/* Open it now, so that trouble is told at once and not with the first mail. */
bool store_open(Store *store, GError **error);

/* Could the store be used?  Makes nothing. */
bool store_check(Store *store, GError **error);

/*
 * Does this process open the store itself, without asking the daemon?  The engine
 * knows: root does, and the user to whom the store belongs or will belong.
 */
bool store_is_ours(const Store *store);

/* Was it never made? */
bool store_is_missing(const Store *store);

/* "a" and an address and so on, as store_find() takes it; NULL for NULL. */
char *store_clue(IdentityKind kind, const char *search_key);
/* IDENTITY_LAST where it is no clue of ours. */
IdentityKind store_clue_kind(const char *clue);

/* The owner's people who have any of the clues, as StoreHits.  A clue may be NULL. */
bool store_find(Store *store, const char *owner, const char *const *clues, size_t count,
		GArray **hits_out, GError **error);

/*
 * *person_out is NULL where the owner has no such person (any more); ids are used
 * again.
 */
bool store_person(Store *store, const char *owner, gint64 id, StorePerson **person_out,
		  GError **error);

void store_person_free(StorePerson *person);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StorePerson, store_person_free)

/* The identity of a kind that was seen last, or NULL; borrowed. */
const Identity *store_person_newest(const StorePerson *person, IdentityKind kind);

/* All people of an owner, in the order they were met; false from take ends it early. */
typedef bool StoreTake(void *context, const StorePerson *person);
bool store_each(Store *store, const char *owner, StoreTake *take, void *context,
		GError **error);

/* One transaction. */
typedef struct StoreWriter StoreWriter;
typedef bool StoreWork(StoreWriter *writer, void *context, GError **error);
bool store_change(Store *store, StoreWork *work, void *context, GError **error);

typedef enum {
	STORE_PUT_SAME,    /* it was there, and nothing is newer */
	STORE_PUT_RENEWED, /* it was there, and is seen once more */
	STORE_PUT_ADDED,
} StorePut;

bool store_writer_find(StoreWriter *writer, const char *owner, const char *const *clues,
		       size_t count, GArray **hits_out, GError **error);
bool store_writer_person(StoreWriter *writer, const char *owner, gint64 id,
			 StorePerson **person_out, GError **error);
/* How many people the owner has. */
bool store_writer_people(StoreWriter *writer, const char *owner, size_t *count_out,
			 GError **error);
bool store_writer_new_person(StoreWriter *writer, gint64 *id_out, GError **error);

/* seen 0: the source has no date; then an identity that is there stays as it is. */
bool store_writer_put(StoreWriter *writer, const char *owner, gint64 person,
		      const Identity *identity, gint64 seen, gint64 now,
		      StorePut *put_out, GError **error);
/* Does nothing where the two have too many identities together. */
bool store_writer_merge(StoreWriter *writer, const char *owner, gint64 from, gint64 into,
			GError **error);
bool store_writer_forget(StoreWriter *writer, const char *owner, gint64 person,
			 GError **error);
/* Is any of the traces, of which some may be NULL, from since then or later? */
bool store_writer_traced(StoreWriter *writer, const char *owner,
			 const char *const *traces, size_t count, gint64 since,
			 bool *any_out, GError **error);
bool store_writer_trace(StoreWriter *writer, const char *owner, const char *trace,
			gint64 now, GError **error);

/*
 * A note of this inviter came to the owner.  It keeps the time at which it came
 * first, unless that is before since.
 */
bool store_writer_note(StoreWriter *writer, const char *owner, const char *inviter,
		       const Fingerprint *note, gint64 since, gint64 now, GError **error);

/*
 * Counts the other owners to whom a note like this one came since then from the same
 * inviter.  *first_out is the time of the first such note, untouched where there is
 * none.
 */
bool store_notes(Store *store, const char *owner, const char *inviter,
		 const Fingerprint *note, gint64 since, size_t *owners_out,
		 gint64 *first_out, GError **error);

/* All of an owner's lessons; of StoreLesson. */
bool store_lessons(Store *store, const char *owner, GArray **lessons_out, GError **error);
bool store_writer_lessons(StoreWriter *writer, const char *owner, GArray **lessons_out,
			  GError **error);
bool store_writer_teach(StoreWriter *writer, const char *owner, const StoreLesson *lesson,
			GError **error);
/* The lesson of this very note. */
bool store_writer_unteach(StoreWriter *writer, const char *owner, const Fingerprint *note,
			  GError **error);

/*
 * Make sure that what was forgotten cannot be read where the engine keeps people,
 * without the engine, either.  True also where somebody who reads the store keeps it
 * from doing all of that now.
 */
bool store_scrub(Store *store, GError **error);

/*
 * Carry what the engine has in a log into the file itself, as at the daemon's end: who
 * copies the file then has all of it.  True also where a reader keeps it from that now.
 */
bool store_settle(Store *store, GError **error);

/*
 * Forget these people, a few in each transaction, so that mail gets its turn.
 * *forgotten grows by each that is gone, also where it fails later.
 */
bool store_forget(Store *store, const char *owner, const gint64 *ids, size_t count,
		  size_t *forgotten, GError **error);

/* Forget the owner's people of whom nothing was seen since then. */
bool store_expire(Store *store, const char *owner, gint64 since, GError **error);
/* Forget the traces and notes of all owners from before then. */
bool store_expire_traces(Store *store, gint64 since, GError **error);
bool store_expire_notes(Store *store, gint64 since, GError **error);

/* The addresses of all owners; char *. */
bool store_owners(Store *store, GPtrArray **owners_out, GError **error);

#endif
