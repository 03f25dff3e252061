/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench_invitation.c - what a list of invitations costs the mail, and its reader
 *
 * usage: bench_invitation OWNERS EACH LOOKUPS
 *
 * Keeps EACH invitations of each owner, then reads LOOKUPS owners' lists, and keeps as
 * many more: a transaction with the traces of an invitation alone, and one that lists
 * it, too.
 */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include <glib/gstdio.h>

#include "people/invitation.h"

#define NOW 1768435200

static const char note[] =
    "Hello Marieke, we met at the harbour festival in September and spoke about the "
    "old cranes. I would like to go on with that, and to show you the drawings that I "
    "found since. Are you in town in the first week of next month?";

typedef struct {
	const char *owner;
	int from, to;
	bool has_traces, is_listed;
} Step;

static void
fail(const GError *error)
{
	fprintf(stderr, "bench_invitation: %s\n", error->message);
	exit(1);
}

static StoreInvitation *
invitation(int number)
{
	static const StoreInvitationText texts[] = {
		STORE_INVITATION_NAME,       STORE_INVITATION_NAME_KEY,
		STORE_INVITATION_PROFILE,    STORE_INVITATION_PROFILE_KEY,
		STORE_INVITATION_MESSAGE_ID, STORE_INVITATION_ADDRESS,
	};
	StoreInvitation *said = store_invitation_new();

	said->trust = 1;
	said->worth = number % 5;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *text =
		    g_strdup_printf("orbit.example/person-%d", number);

		store_invitation_set(said, texts[i], text);
	}
	store_invitation_set(said, STORE_INVITATION_NETWORK, "orbit");
	store_invitation_set(said, STORE_INVITATION_REQUEST, "connect");
	store_invitation_set(said, STORE_INVITATION_VERDICT, "personal");
	store_invitation_set(said, STORE_INVITATION_HEADLINE,
			     "Draughtsman at Old Cranes");
	store_invitation_set(said, STORE_INVITATION_NOTE, note);
	store_invitation_set(said, STORE_INVITATION_REPLY, note);
	store_invitation_set(said, STORE_INVITATION_REASONS, "context:met \"we met at\"");

	return said;
}

static bool
work(StoreWriter *writer, void *context, GError **error)
{
	const Step *step = context;

	for (int i = step->from; i < step->to; i++) {
		g_autoptr(StoreInvitation) said = invitation(i);
		g_autofree char *trace = g_strdup_printf("m%064d", i),
				*other = g_strdup_printf("a%064d", i);
		InvitationKept kept;

		if (step->has_traces &&
		    (!store_writer_trace(writer, step->owner, trace, NOW, error) ||
		     !store_writer_trace(writer, step->owner, other, NOW, error)))
			return false;
		if (step->is_listed &&
		    !invitation_record(writer, step->owner, said, INVITATION_FIRST_MAIL,
				       NOW, &kept, error))
			return false;
	}

	return true;
}

static char *
owner_of(int number)
{
	return g_strdup_printf("owner%d@example.net", number);
}

static int
compare(const void *a, const void *b)
{
	gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;

	return (one > other) - (one < other);
}

static void
print(const char *what, gint64 *times, int count)
{
	qsort(times, (size_t)count, sizeof(*times), compare);
	printf("%-40s median %6.1f us, 99%% %8.1f us, most %8.1f us\n", what,
	       (double)times[count / 2], (double)times[count * 99 / 100],
	       (double)times[count - 1]);
}

static void
time_writes(Store *store, int owners, int each, int lookups, bool is_listed, int round)
{
	g_autofree gint64 *times = g_new0(gint64, lookups);
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < lookups; i++) {
		int number = 1000000 + (round * lookups + i) * 7;
		g_autofree char *owner = owner_of((int)(((gint64)i * 7919) % owners));
		Step step = { owner, number + each, number + each + 1, true, is_listed };
		gint64 start = g_get_monotonic_time();

		if (!store_change(store, work, &step, &error))
			fail(error);
		times[i] = g_get_monotonic_time() - start;
	}
	print(is_listed ? "an invitation, listed" : "an invitation's traces alone", times,
	      lookups);
}

static void
time_lists(Store *store, int owners, int lookups)
{
	g_autofree gint64 *times = g_new0(gint64, lookups);
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < lookups; i++) {
		g_autofree char *owner = owner_of((int)(((gint64)i * 104729) % owners));
		g_autoptr(GPtrArray) list = NULL;
		gint64 start = g_get_monotonic_time();

		if (!store_invitation_list(store, owner, STORE_INVITATION_BRIEF, &list,
					   &error))
			fail(error);
		times[i] = g_get_monotonic_time() - start;
	}
	print("a list", times, lookups);
}

int
main(int argc, char **argv)
{
	int owners = argc == 4 ? atoi(argv[1]) : 0, each = argc == 4 ? atoi(argv[2]) : 0,
	    lookups = argc == 4 ? atoi(argv[3]) : 0;
	g_autofree char *folder = g_dir_make_tmp("bench-invitation-XXXXXX", NULL);
	g_autofree char *place = g_strdup_printf("sqlite:%s/people.sqlite", folder);
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;

	if (owners <= 0 || each <= 0 || lookups <= 0 || folder == NULL) {
		fprintf(stderr, "usage: bench_invitation OWNERS EACH LOOKUPS\n");
		return 64;
	}
	store = store_new(place, STORE_SERVE);
	for (int i = 0; i < owners; i++) {
		g_autofree char *owner = owner_of(i);
		Step step = { owner, 0, each, false, true };

		if (!store_change(store, work, &step, &error))
			fail(error);
	}
	printf("%d invitations of %d owners\n", owners * each, owners);
	time_lists(store, owners, lookups);
	for (int round = 0; round < 3; round++) {
		time_writes(store, owners, each, lookups, false, 2 * round);
		time_writes(store, owners, each, lookups, true, 2 * round + 1);
	}
	g_clear_pointer(&store, store_unref);
	for (size_t i = 0; i < 3; i++) {
		static const char *const ends[] = { "", "-wal", "-shm" };
		g_autofree char *path =
		    g_strdup_printf("%s/people.sqlite%s", folder, ends[i]);

		g_unlink(path);
	}
	g_rmdir(folder);

	return 0;
}
