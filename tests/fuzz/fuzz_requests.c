/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_requests.c - does any line get an answer, and nobody another's?
 *
 * The first byte chooses who asks, each piece is a request.  The store is new for
 * each input.
 */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "base/json.h"
#include "fuzz.h"
#include "requests/requests.h"

#define NOW          1768435200
#define MAX_REQUESTS 4

/* Nobody is the first: what they ask is never done. */
static const AccessClient clients[] = {
	{ NULL, false },
	{ "marieke@example.net", false },
	{ NULL, true },
};

int
LLVMFuzzerInitialize(G_GNUC_UNUSED int *argc, G_GNUC_UNUSED char ***argv)
{
	fuzz_assessor();

	return 0;
}

typedef struct {
	size_t lines, errors;
} Told;

static bool
take_line(void *context, const char *line)
{
	Told *answer = context;
	g_autoptr(JsonObject) object = json_read(line);

	fuzz_check_line(line);
	g_assert_nonnull(object);
	/* An error ends an answer. */
	g_assert_cmpuint(answer->errors, ==, 0);
	answer->errors += json_has(object, "error");
	answer->lines++;

	return true;
}

/* The bound sees as much, however the text is cut. */
static void
check_bound(const char *text)
{
	size_t length = strlen(text);
	JsonBound whole, cut;

	json_bound_init(&whole, &requests_limits);
	json_bound_init(&cut, &requests_limits);
	json_bound_add(&whole, text, length);
	for (size_t i = 0; i < length; i += 3)
		json_bound_add(&cut, text + i, MIN(length - i, 3));
	g_assert_cmpint(whole.result, ==, cut.result);
	g_assert_cmpuint(whole.tokens, ==, cut.tokens);
	g_assert_cmpuint(whole.depth, ==, cut.depth);
}

static void
remove_store(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm" };

	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *file = g_strconcat(path, ends[i], NULL);

		g_remove(file);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FuzzInput input = { data, size };
	const AccessClient *client = &clients[fuzz_byte(&input) % G_N_ELEMENTS(clients)];
	const char *path = fuzz_file("people.sqlite");
	g_autofree char *place = g_strconcat(SETTINGS_STORE_SQLITE, path, NULL);
	g_autoptr(Store) store = store_new(place, STORE_SERVE);

	for (size_t i = 0; i < MAX_REQUESTS && input.size > 0; i++) {
		g_autofree char *line = fuzz_piece(&input);
		Told answer = { 0, 0 };

		check_bound(line);
		requests_answer(store, fuzz_assessor(), client, line, NOW, take_line,
				&answer);
		g_assert_cmpuint(answer.lines, >, 0);
		g_assert_true(client != &clients[0] || answer.errors == 1);
	}
	g_clear_pointer(&store, store_unref);
	remove_store(path);

	return 0;
}
