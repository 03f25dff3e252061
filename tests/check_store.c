/* SPDX-License-Identifier: BSD-2-Clause */
/* check_store.c - does the store keep what it was given, for its owner alone? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "people/bulk.h"
#include "people/store.h"
#include "people/expire.h"

#define JANE "jane@example.org"
#define OMAR "omar@example.org"

/* Fails with what the store says where it must not fail. */
#define must(call)                                                                       \
	do {                                                                             \
		g_autoptr(GError) error = NULL;                                          \
		bool is_well = (call);                                                   \
                                                                                         \
		ck_assert_msg(is_well, "%s", error != NULL ? error->message : "");       \
	} while (0)

static gint64
put(Store *store, const char *owner, gint64 person, IdentityKind kind,
    const char *search_key, gint64 seen)
{
	must(fixture_put(store, owner, &person, kind, search_key, seen, &error));

	return person;
}

/* How many hits a clue of an owner has. */
static size_t
count_hits(Store *store, const char *owner, IdentityKind kind, const char *search_key)
{
	g_autofree char *clue = store_clue(kind, search_key);
	const char *const clues[] = { NULL, clue };
	g_autoptr(GArray) hits = NULL;

	must(store_find(store, owner, clues, G_N_ELEMENTS(clues), &hits, &error));

	return hits->len;
}

/* "search_key source first last count" of each identity, joined by ", ". */
static char *
tell(Store *store, const char *owner, gint64 id)
{
	g_autoptr(StorePerson) person = NULL;
	g_autoptr(GString) out = g_string_new(NULL);

	must(store_person(store, owner, id, &person, &error));
	for (size_t i = 0; person != NULL && i < person->identities->len; i++) {
		const Identity *one = &g_array_index(person->identities, Identity, i);

		g_string_append_printf(
		    out,
		    "%s%s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
		    i > 0 ? ", " : "", one->search_key, contact_source_name(one->source),
		    one->first, one->last, one->count);
	}

	return g_strdup(out->str);
}

#define check_told(store, id, want)                                                      \
	do {                                                                             \
		g_autofree char *got = tell(store, JANE, id);                            \
                                                                                         \
		ck_assert_str_eq(got, want);                                             \
	} while (0)

/* Search keys that would be more, were they not bound to a statement. */
static const struct {
	IdentityKind kind;
	const char *search_key;
} search_keys[] = {
	{ IDENTITY_ADDRESS, "ann@example.org" },
	{ IDENTITY_ADDRESS, "'; DROP TABLE identity; --@example.org" },
	{ IDENTITY_ADDRESS, "j\303\274rgen@b\303\274cher.example" },
	{ IDENTITY_PROFILE, "linkedin.com/in/%_*?" },
	{ IDENTITY_NAME, "ann lee" },
	{ IDENTITY_NAME, "\345\261\261\347\224\260 \345\244\252\351\203\216" },
	{ IDENTITY_COMPANY, "example" },
	{ IDENTITY_COMPANY, "" },
};

START_TEST(what_was_put_is_found_by_its_clue_and_by_no_other)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);

	put(store, JANE, 0, search_keys[_i].kind, search_keys[_i].search_key, 1000);
	for (size_t i = 0; i < G_N_ELEMENTS(search_keys); i++) {
		size_t got = count_hits(store, JANE, search_keys[i].kind,
					search_keys[i].search_key);

		ck_assert_msg(got == (i == (size_t)_i), "%s was put: %s has %zu hits",
			      search_keys[_i].search_key, search_keys[i].search_key, got);
	}
	ck_assert_uint_eq(
	    count_hits(store, OMAR, search_keys[_i].kind, search_keys[_i].search_key), 0);
}
END_TEST

START_TEST(a_hit_tells_who_and_how)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	gint64 other = put(store, JANE, 0, IDENTITY_NAME, "bo lee", 900);
	gint64 id = put(store, JANE, 0, IDENTITY_NAME, "ann lee", 1000);
	g_autofree char *clue = store_clue(IDENTITY_NAME, "ann lee");
	const char *const clues[] = { clue };
	g_autoptr(GArray) hits = NULL;
	const StoreHit *hit;

	ck_assert_int_ne(id, other);
	must(store_find(store, JANE, clues, 1, &hits, &error));
	ck_assert_uint_eq(hits->len, 1);
	hit = &g_array_index(hits, StoreHit, 0);
	ck_assert_int_eq(hit->person, id);
	ck_assert_int_eq(hit->kind, IDENTITY_NAME);
	ck_assert_str_eq(hit->search_key, "ann lee");
	ck_assert_str_eq(hit->value, "ann lee");
	ck_assert_int_eq(hit->source, SOURCE_SENT);
	ck_assert_int_eq(hit->first, 1000);
	ck_assert_int_eq(hit->last, 1000);
}
END_TEST

START_TEST(no_clue_is_null)
{
	ck_assert_ptr_null(store_clue(IDENTITY_ADDRESS, NULL));
}
END_TEST

START_TEST(who_is_asked_of_nobody_answers_nobody)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(StorePerson) person = NULL;
	g_autoptr(GPtrArray) owners = NULL;
	g_autofree char *people = NULL;

	ck_assert_uint_eq(count_hits(store, JANE, IDENTITY_ADDRESS, "ann@example.org"),
			  0);
	must(store_person(store, JANE, 7, &person, &error));
	ck_assert_ptr_null(person);
	must(store_owners(store, &owners, &error));
	ck_assert_uint_eq(owners->len, 0);
	people = fixture_people(store, JANE);
	ck_assert_str_eq(people, "");
	must(store_expire(store, JANE, FIXTURE_NOW, &error));
	must(store_expire_traces(store, FIXTURE_NOW, &error));
	must(store_scrub(store, &error));
}
END_TEST

/* When somebody was seen, one after the other, and what is told in the end. */
static const struct {
	gint64 seen[5];
	const char *want;
} sights[] = {
	{ { 100 }, "a@example.org sent 100 100 1" },
	{ { 100, 100 }, "a@example.org sent 100 100 1" },
	{ { 100, 300 }, "a@example.org sent 100 300 2" },
	{ { 300, 100 }, "a@example.org sent 100 300 2" },
	/* An import once more, of a day between: nothing is newer. */
	{ { 100, 300, 200, 300 }, "a@example.org sent 100 300 2" },
	{ { 100, 200, 300, 400, 500 }, "a@example.org sent 100 500 5" },
};

START_TEST(somebody_seen_again_has_a_first_and_a_last_time)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	gint64 id = 0;

	for (size_t i = 0; i < 5 && sights[_i].seen[i] != 0; i++)
		id = put(store, JANE, id, IDENTITY_ADDRESS, "a@example.org",
			 sights[_i].seen[i]);
	check_told(store, id, sights[_i].want);
}
END_TEST

START_TEST(a_source_without_a_date_says_now_once)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	gint64 id = put(store, JANE, 0, IDENTITY_ADDRESS, "a@example.org", 0);
	g_autofree char *want =
	    g_strdup_printf("a@example.org sent %d %d 1", FIXTURE_NOW, FIXTURE_NOW);

	check_told(store, id, want);
	put(store, JANE, id, IDENTITY_ADDRESS, "a@example.org", 0);
	check_told(store, id, want);
}
END_TEST

/* One sight of somebody, and what became of it. */
typedef struct {
	gint64 id;
	Source source;
	gint64 seen;
	StorePut put;
} Sight;

static bool
put_sight(StoreWriter *writer, void *context, GError **error)
{
	Sight *sight = context;
	const Identity identity = { .kind = IDENTITY_ADDRESS,
				    .search_key = (char *)"a@example.org",
				    .value = (char *)"",
				    .shown = (char *)"a@example.org",
				    .source = sight->source };

	return store_writer_put(writer, JANE, sight->id, &identity, sight->seen,
				FIXTURE_NOW, &sight->put, error);
}

START_TEST(the_source_is_the_one_of_the_first_time)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	Sight sights_of_one[] = {
		{ 1, SOURCE_SENT, 500, STORE_PUT_SAME },
		{ 1, SOURCE_MET, 600, STORE_PUT_SAME },
		{ 1, SOURCE_CONTACT, 0, STORE_PUT_RENEWED },
		{ 1, SOURCE_CONNECTION, 100, STORE_PUT_SAME },
	};
	const StorePut want[] = { STORE_PUT_ADDED, STORE_PUT_RENEWED, STORE_PUT_SAME,
				  STORE_PUT_RENEWED };
	const char *const told[] = {
		"a@example.org sent 500 500 1",
		"a@example.org sent 500 600 2",
		"a@example.org sent 500 600 2",
		"a@example.org connection 100 600 3",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
		must(store_change(store, put_sight, &sights_of_one[i], &error));
		ck_assert_msg(sights_of_one[i].put == want[i],
			      "sight %zu: got %d, want %d", i, (int)sights_of_one[i].put,
			      (int)want[i]);
		check_told(store, 1, told[i]);
	}
}
END_TEST

typedef struct {
	gint64 from, into;
} Merge;

static bool
merge(StoreWriter *writer, void *context, GError **error)
{
	const Merge *two = context;

	return store_writer_merge(writer, JANE, two->from, two->into, error);
}

START_TEST(two_who_become_one_keep_all_that_was_seen_of_both)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	Merge two;

	two.into = put(store, JANE, 0, IDENTITY_ADDRESS, "a@example.org", 100);
	put(store, JANE, two.into, IDENTITY_NAME, "ann lee", 100);
	two.from = put(store, JANE, 0, IDENTITY_ADDRESS, "b@example.org", 50);
	put(store, JANE, two.from, IDENTITY_NAME, "ann lee", 50);
	put(store, JANE, two.from, IDENTITY_NAME, "ann lee", 900);
	put(store, JANE, 0, IDENTITY_NAME, "ann lee", 70);
	must(store_change(store, merge, &two, &error));
	check_told(store, two.into,
		   "a@example.org sent 100 100 1, b@example.org sent 50 50 1, "
		   "ann lee sent 50 900 3");
	check_told(store, two.from, "");
	ck_assert_uint_eq(count_hits(store, JANE, IDENTITY_NAME, "ann lee"), 2);
}
END_TEST

START_TEST(nobody_is_merged_forgotten_or_seen_by_another_owner)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autofree char *omars = NULL;
	Merge two;

	two.into = put(store, JANE, 0, IDENTITY_ADDRESS, "a@example.org", 100);
	two.from = put(store, OMAR, 0, IDENTITY_ADDRESS, "b@example.org", 100);
	must(store_change(store, merge, &two, &error));
	check_told(store, two.into, "a@example.org sent 100 100 1");
	check_told(store, two.from, "");
	omars = tell(store, OMAR, two.from);
	ck_assert_str_eq(omars, "b@example.org sent 100 100 1");
	ck_assert_uint_eq(count_hits(store, OMAR, IDENTITY_ADDRESS, "b@example.org"), 1);
}
END_TEST

static bool
put_and_fail(StoreWriter *writer, void *context, GError **error)
{
	const Identity identity = { .kind = IDENTITY_ADDRESS,
				    .search_key = (char *)"a@example.org",
				    .value = (char *)"",
				    .shown = (char *)"a@example.org" };
	gint64 *id = context;
	StorePut got;

	if (!store_writer_new_person(writer, id, error) ||
	    !store_writer_put(writer, JANE, *id, &identity, 100, FIXTURE_NOW, &got,
			      error) ||
	    !store_writer_trace(writer, JANE, "m<1@example.org>", 100, error))
		return false;
	g_set_error_literal(error, STORE_ERROR, STORE_ERROR_SYSTEM, "no more");

	return false;
}

START_TEST(a_change_that_fails_leaves_nothing)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(GError) failure = NULL;
	g_autoptr(GPtrArray) owners = NULL;
	gint64 id = 0;

	ck_assert(!store_change(store, put_and_fail, &id, &failure));
	ck_assert_str_eq(failure->message, "no more");
	ck_assert_uint_eq(count_hits(store, JANE, IDENTITY_ADDRESS, "a@example.org"), 0);
	must(store_owners(store, &owners, &error));
	ck_assert_uint_eq(owners->len, 0);
	/* And the next one works. */
	put(store, JANE, 0, IDENTITY_ADDRESS, "a@example.org", 100);
	ck_assert_uint_eq(count_hits(store, JANE, IDENTITY_ADDRESS, "a@example.org"), 1);
}
END_TEST

static bool
take_two(void *context, const StorePerson *person)
{
	GArray *ids = context;

	g_array_append_val(ids, person->id);

	return ids->len < 2;
}

START_TEST(people_come_in_the_order_they_were_met_until_enough)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autofree char *all = NULL;
	gint64 c = put(store, JANE, 0, IDENTITY_ADDRESS, "c@example.org", 300);
	gint64 a;

	put(store, OMAR, 0, IDENTITY_ADDRESS, "x@example.org", 100);
	a = put(store, JANE, 0, IDENTITY_ADDRESS, "a@example.org", 100);
	put(store, JANE, 0, IDENTITY_ADDRESS, "b@example.org", 200);
	put(store, JANE, c, IDENTITY_NAME, "cy lee", 200);
	all = fixture_people(store, JANE);
	ck_assert_str_eq(all, "c@example.org|cy lee; a@example.org; b@example.org");
	must(store_each(store, JANE, take_two, ids, &error));
	ck_assert_uint_eq(ids->len, 2);
	ck_assert_int_eq(g_array_index(ids, gint64, 0), c);
	ck_assert_int_eq(g_array_index(ids, gint64, 1), a);
}
END_TEST

START_TEST(the_newest_identity_of_a_kind_was_seen_last)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(StorePerson) person = NULL;
	gint64 id = put(store, JANE, 0, IDENTITY_ADDRESS, "new@example.org", 900);

	put(store, JANE, id, IDENTITY_ADDRESS, "old@example.org", 100);
	put(store, JANE, id, IDENTITY_ADDRESS, "a@example.org", 500);
	must(store_person(store, JANE, id, &person, &error));
	ck_assert_str_eq(store_person_newest(person, IDENTITY_ADDRESS)->shown,
			 "new@example.org");
	ck_assert_ptr_null(store_person_newest(person, IDENTITY_COMPANY));
}
END_TEST

START_TEST(every_owner_is_told_once)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(GPtrArray) owners = NULL;

	put(store, JANE, 0, IDENTITY_ADDRESS, "a@example.org", 100);
	put(store, OMAR, 0, IDENTITY_ADDRESS, "a@example.org", 100);
	put(store, JANE, 0, IDENTITY_ADDRESS, "b@example.org", 100);
	must(store_owners(store, &owners, &error));
	ck_assert_uint_eq(owners->len, 2);
	ck_assert_str_eq(owners->pdata[0], JANE);
	ck_assert_str_eq(owners->pdata[1], OMAR);
}
END_TEST

/* Somebody who is known by profile is found however many have his name. */
START_TEST(a_profile_and_an_address_are_found_among_many_of_one_name)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autofree char *name = store_clue(IDENTITY_NAME, "john smith");
	g_autofree char *profile =
	    store_clue(IDENTITY_PROFILE, "linkedin.com/in/john-smith");
	g_autofree char *address = store_clue(IDENTITY_ADDRESS, "john@example.org");
	const char *const clues[] = { profile, address, name, NULL, NULL };
	g_autoptr(GArray) hits = NULL;
	size_t kinds[IDENTITY_LAST] = { 0 };
	gint64 id;

	for (size_t i = 0; i < STORE_MAX_HITS + 10; i++)
		put(store, JANE, 0, IDENTITY_NAME, "john smith", 100);
	id = put(store, JANE, 0, IDENTITY_ADDRESS, "john@example.org", 100);
	put(store, JANE, id, IDENTITY_PROFILE, "linkedin.com/in/john-smith", 100);
	must(store_find(store, JANE, clues, G_N_ELEMENTS(clues), &hits, &error));
	for (size_t i = 0; i < hits->len; i++)
		kinds[g_array_index(hits, StoreHit, i).kind]++;
	ck_assert_uint_eq(hits->len, STORE_MAX_HITS);
	ck_assert_msg(kinds[IDENTITY_PROFILE] == 1 && kinds[IDENTITY_ADDRESS] == 1,
		      "%zu profiles and %zu addresses among %u hits",
		      kinds[IDENTITY_PROFILE], kinds[IDENTITY_ADDRESS], hits->len);
}
END_TEST

/* More than go in one transaction. */
START_TEST(who_was_not_seen_for_long_is_forgotten)
{
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	gint64 kept = put(store, JANE, 0, IDENTITY_ADDRESS, "kept@example.org", 1000);
	gint64 renewed = put(store, JANE, 0, IDENTITY_ADDRESS, "old@example.org", 10);
	g_autofree char *got = NULL, *others = NULL;

	put(store, JANE, renewed, IDENTITY_ADDRESS, "new@example.org", 5000);
	put(store, OMAR, 0, IDENTITY_ADDRESS, "x@example.org", 10);
	for (int i = 0; i < 450; i++) {
		g_autofree char *address = g_strdup_printf("stale-%d@example.org", i);

		put(store, JANE, 0, IDENTITY_ADDRESS, address, 999);
	}
	must(store_expire(store, JANE, 1000, &error));
	got = fixture_people(store, JANE);
	ck_assert_str_eq(got, "kept@example.org; new@example.org|old@example.org");
	others = fixture_people(store, OMAR);
	ck_assert_str_eq(others, "x@example.org");
	ck_assert_int_eq(kept, 1);
}
END_TEST

/* Traces to put, or to look for, on their way through a transaction. */
typedef struct {
	const char *owner;
	const char *const *traces;
	size_t count;
	gint64 when;
	bool any;
} Traces;

static bool
put_traces(StoreWriter *writer, void *context, GError **error)
{
	const Traces *traces = context;

	for (size_t i = 0; i < traces->count; i++)
		if (!store_writer_trace(writer, traces->owner, traces->traces[i],
					traces->when, error))
			return false;

	return true;
}

static bool
look_for_traces(StoreWriter *writer, void *context, GError **error)
{
	Traces *traces = context;

	return store_writer_traced(writer, traces->owner, traces->traces, traces->count,
				   traces->when, &traces->any, error);
}

static bool
is_marked(Store *store, const char *owner, const char *const *list, size_t count,
	  gint64 since)
{
	Traces traces = { owner, list, count, since, false };

	must(store_change(store, look_for_traces, &traces, &error));

	return traces.any;
}

START_TEST(marks_are_one_owners_and_have_a_time)
{
	static const char *const list[] = { NULL, "1", "2", "3", "4", NULL, "5",
					    "6",  "7", "8", "9", "b", NULL, "a" };
	static const char *const put_list[] = { "a" };
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	Traces traces = { JANE, put_list, 1, 1000, false };

	ck_assert(!is_marked(store, JANE, put_list, 1, 0));
	must(store_change(store, put_traces, &traces, &error));
	ck_assert(is_marked(store, JANE, put_list, 1, 1000));
	ck_assert(!is_marked(store, JANE, put_list, 1, 1001));
	ck_assert(!is_marked(store, OMAR, put_list, 1, 0));
	ck_assert(!is_marked(store, JANE, NULL, 0, 0));
	ck_assert(is_marked(store, JANE, list, G_N_ELEMENTS(list), 0));
	ck_assert(!is_marked(store, JANE, list, G_N_ELEMENTS(list) - 1, 0));

	traces.when = 2000;
	must(store_change(store, put_traces, &traces, &error));
	ck_assert(is_marked(store, JANE, put_list, 1, 2000));
	must(store_expire_traces(store, 2000, &error));
	ck_assert(is_marked(store, JANE, put_list, 1, 0));
	must(store_expire_traces(store, 2001, &error));
	ck_assert(!is_marked(store, JANE, put_list, 1, 0));
}
END_TEST

/* An inviter's note came to an owner. */
typedef struct {
	const char *inviter, *owner;
	Fingerprint note;
	gint64 when;
} Arrival;

#define HERE                                                                             \
	{                                                                                \
		{                                                                        \
			0xffff0000ffff0000, 0xf0f0                                       \
		}                                                                        \
	}
#define CLOSE                                                                            \
	{                                                                                \
		{                                                                        \
			0xffff0000ffff0003, 0xf0f1                                       \
		}                                                                        \
	}
#define APART                                                                            \
	{                                                                                \
		{                                                                        \
			0x0000ffff0000ffff, 0xf0f0                                       \
		}                                                                        \
	}

static bool
put_note(StoreWriter *writer, void *context, GError **error)
{
	const Arrival *arrival = context;

	return store_writer_note(writer, arrival->owner, arrival->inviter, &arrival->note,
				 1000, arrival->when, error);
}

static const struct {
	Arrival arrivals[5];
	size_t owners;
	gint64 first;
} note_rows[] = {
	{ { { 0 } }, 0, 0 },
	{ { { "ann", OMAR, HERE, 2000 } }, 1, 2000 },
	{ { { "ann", OMAR, CLOSE, 2000 } }, 1, 2000 },
	/* To others, and each counts once. */
	{ { { "ann", JANE, HERE, 2000 } }, 0, 0 },
	{ { { "ann", OMAR, HERE, 2000 }, { "ann", OMAR, CLOSE, 1900 } }, 1, 1900 },
	{ { { "ann", OMAR, HERE, 2000 }, { "ann", "bo@example.org", CLOSE, 2100 } },
	  2,
	  2000 },
	{ { { "ann", "z@example.org", HERE, 2200 },
	    { "ann", OMAR, HERE, 2300 },
	    { "ann", JANE, HERE, 2000 },
	    { "ann", "bo@example.org", CLOSE, 2100 } },
	  3,
	  2100 },
	/* Another note, another inviter, another time. */
	{ { { "ann", OMAR, APART, 2000 } }, 0, 0 },
	{ { { "bo", OMAR, HERE, 2000 } }, 0, 0 },
	{ { { "ann", OMAR, HERE, 1499 } }, 0, 0 },
	{ { { "ann", OMAR, HERE, 1500 } }, 1, 1500 },
	/* A reminder keeps the first time, unless that is over. */
	{ { { "ann", OMAR, HERE, 2000 }, { "ann", OMAR, HERE, 2500 } }, 1, 2000 },
	{ { { "ann", OMAR, HERE, 900 }, { "ann", OMAR, HERE, 2500 } }, 1, 2500 },
};

START_TEST(a_note_is_counted_for_others_of_the_same_inviter)
{
	static const Fingerprint here = HERE;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	size_t owners = 99;
	gint64 first = 0;

	for (size_t i = 0; note_rows[_i].arrivals[i].owner != NULL; i++) {
		Arrival arrival = note_rows[_i].arrivals[i];

		must(store_change(store, put_note, &arrival, &error));
	}
	must(store_notes(store, JANE, "ann", &here, 1500, &owners, &first, &error));
	ck_assert_msg(owners == note_rows[_i].owners && first == note_rows[_i].first,
		      "row %d: got %zu since %" G_GINT64_FORMAT ", want %zu since "
		      "%" G_GINT64_FORMAT,
		      _i, owners, first, note_rows[_i].owners, note_rows[_i].first);
}
END_TEST

START_TEST(notes_of_one_inviter_have_an_end)
{
	static const Fingerprint here = HERE;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	size_t owners = 0;
	gint64 first = 0;

	for (guint64 i = 0; i < STORE_MAX_NOTES + 10; i++) {
		Arrival arrival = { "ann", OMAR, { { i + 1, ~i } }, 2000 };

		must(store_change(store, put_note, &arrival, &error));
	}
	must(store_change(store, put_note,
			  &((Arrival){ "ann", "bo@example.org", HERE, 2000 }), &error));
	must(store_change(store, put_note,
			  &((Arrival){ "cy", "bo@example.org", HERE, 2000 }), &error));
	must(store_notes(store, JANE, "ann", &here, 0, &owners, &first, &error));
	ck_assert_uint_eq(owners, 0);
	must(store_notes(store, JANE, "cy", &here, 0, &owners, &first, &error));
	ck_assert_uint_eq(owners, 1);
}
END_TEST

START_TEST(notes_go_when_their_time_is_over_and_people_stay)
{
	static const Fingerprint here = HERE;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	g_autoptr(Settings) settings = fixture_settings("");
	Arrival arrival = { "ann", OMAR, HERE, FIXTURE_NOW - BULK_KEPT };
	g_autofree char *people = NULL;
	size_t owners = 0;
	gint64 first = 0;

	put(store, OMAR, 0, IDENTITY_ADDRESS, "a@example.org", FIXTURE_NOW);
	must(store_change(store, put_note, &arrival, &error));
	must(expire_store(store, settings, FIXTURE_NOW, &error));
	must(store_notes(store, JANE, "ann", &here, 0, &owners, &first, &error));
	ck_assert_uint_eq(owners, 1);
	must(expire_store(store, settings, FIXTURE_NOW + 1, &error));
	must(store_notes(store, JANE, "ann", &here, 0, &owners, &first, &error));
	ck_assert_uint_eq(owners, 0);
	people = fixture_people(store, OMAR);
	ck_assert_str_eq(people, "a@example.org");
}
END_TEST

/* One's own mailbox counts, and a day at least. */
static const struct {
	gint64 ago; /* seconds; of the first of two */
	size_t recipients, days;
} bulks[] = {
	{ 0, 3, 1 },
	{ 3600, 3, 1 },
	{ 2 * 86400 - 1, 3, 1 },
	{ 9 * 86400, 3, 9 },
	{ -3600, 3, 1 },
	{ BULK_KEPT, 3, 30 },
	{ BULK_KEPT + 1, 2, 1 },
};

START_TEST(recipients_and_days_of_a_note_are_told)
{
	static const Fingerprint here = HERE;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, NULL);
	size_t recipients = 0, days = 0;

	must(fixture_bulk(store, OMAR, "pann", &here, FIXTURE_NOW - bulks[_i].ago,
			  &error));
	must(fixture_bulk(store, "bo@example.org", "pann", &here, FIXTURE_NOW, &error));
	must(bulk_find(store, JANE, "pann", &here, FIXTURE_NOW, &recipients, &days,
		       &error));
	ck_assert_msg(recipients == bulks[_i].recipients && days == bulks[_i].days,
		      "row %d: got %zu in %zu, want %zu in %zu", _i, recipients, days,
		      bulks[_i].recipients, bulks[_i].days);
}
END_TEST

START_TEST(another_store_finds_what_was_put)
{
	g_autofree char *path = NULL, *got = NULL, *read = NULL;
	g_autoptr(Store) store = fixture_store(STORE_SERVE, &path);
	g_autoptr(Store) other = store_new(path, STORE_WORK);
	g_autoptr(Store) reader = store_new(path, STORE_READ);

	put(store, JANE, 0, IDENTITY_ADDRESS, "a@example.org", 100);
	put(other, JANE, 0, IDENTITY_ADDRESS, "b@example.org", 100);
	got = fixture_people(store, JANE);
	read = fixture_people(reader, JANE);
	ck_assert_str_eq(got, "a@example.org; b@example.org");
	ck_assert_str_eq(read, got);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("store");
	TCase *people = tcase_create("people"), *upkeep = tcase_create("upkeep");

	tcase_add_loop_test(people, what_was_put_is_found_by_its_clue_and_by_no_other, 0,
			    G_N_ELEMENTS(search_keys));
	tcase_add_test(people, a_hit_tells_who_and_how);
	tcase_add_test(people, no_clue_is_null);
	tcase_add_test(people, who_is_asked_of_nobody_answers_nobody);
	tcase_add_loop_test(people, somebody_seen_again_has_a_first_and_a_last_time, 0,
			    G_N_ELEMENTS(sights));
	tcase_add_test(people, a_source_without_a_date_says_now_once);
	tcase_add_test(people, the_source_is_the_one_of_the_first_time);
	tcase_add_test(people, two_who_become_one_keep_all_that_was_seen_of_both);
	tcase_add_test(people, nobody_is_merged_forgotten_or_seen_by_another_owner);
	tcase_add_test(people, a_change_that_fails_leaves_nothing);
	tcase_add_test(people, people_come_in_the_order_they_were_met_until_enough);
	tcase_add_test(people, the_newest_identity_of_a_kind_was_seen_last);
	tcase_add_test(people, every_owner_is_told_once);
	tcase_add_test(people, a_profile_and_an_address_are_found_among_many_of_one_name);
	suite_add_tcase(suite, people);
	tcase_add_test(upkeep, who_was_not_seen_for_long_is_forgotten);
	tcase_add_test(upkeep, marks_are_one_owners_and_have_a_time);
	tcase_add_loop_test(upkeep, a_note_is_counted_for_others_of_the_same_inviter, 0,
			    G_N_ELEMENTS(note_rows));
	tcase_add_test(upkeep, notes_of_one_inviter_have_an_end);
	tcase_add_test(upkeep, notes_go_when_their_time_is_over_and_people_stay);
	tcase_add_loop_test(upkeep, recipients_and_days_of_a_note_are_told, 0,
			    G_N_ELEMENTS(bulks));
	tcase_add_test(upkeep, another_store_finds_what_was_put);
	suite_add_tcase(suite, upkeep);

	return fixture_run(suite);
}
