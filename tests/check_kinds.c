/* SPDX-License-Identifier: BSD-2-Clause */
/* check_kinds.c - has every kind of mail of our own files its test mails? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "network/networks.h"

/* What a mail of tests/mail was taken for. */
typedef struct {
	char *folder;
	char *network; /* or "" */
	char *kind;    /* or "" */
	bool is_forged;
	bool is_near; /* it speaks of networks, and is no mail of theirs */
} Seen;

static void
seen_free(void *data)
{
	Seen *seen = data;

	g_free(seen->folder);
	g_free(seen->network);
	g_free(seen->kind);
	g_free(seen);
}

static Seen *
seen_new(Assessor *assessor, char **row)
{
	g_autoptr(GString) mail = fixture_mail(row[EXPECTED_FILE]);
	g_autoptr(Assessment) assessment = fixture_assess(assessor, mail, FIXTURE_OWNER);
	Seen *seen = g_new0(Seen, 1);

	seen->folder = g_path_get_dirname(row[EXPECTED_FILE]);
	seen->network =
	    g_strdup(assessment->network != NULL ? assessment->network->name : "");
	seen->kind = g_strdup(assessment->kind != NULL ? assessment->kind->name : "");
	seen->is_forged = assessment->authenticity == AUTHENTICITY_FORGED;
	seen->is_near = assessment->network == NULL;

	return seen;
}

static GPtrArray *
seen_all(Assessor *assessor)
{
	g_autoptr(GPtrArray) rows = fixture_rows();
	GPtrArray *all = g_ptr_array_new_with_free_func(seen_free);

	for (size_t i = 0; i < rows->len; i++)
		g_ptr_array_add(all, seen_new(assessor, rows->pdata[i]));

	return all;
}

/* Is there such a mail?  kind: NULL for any. */
static bool
has_mail(const GPtrArray *all, const char *network, const char *kind, bool is_forged)
{
	for (size_t i = 0; i < all->len; i++) {
		const Seen *seen = all->pdata[i];

		if (g_str_equal(seen->network, network) && seen->is_forged == is_forged &&
		    (kind == NULL || g_str_equal(seen->kind, kind)))
			return true;
	}

	return false;
}

/* Does a mail of no network stand beside the network's own? */
static bool
has_near_miss(const GPtrArray *all, const char *network)
{
	for (size_t i = 0; i < all->len; i++) {
		const Seen *near = all->pdata[i];

		for (size_t j = 0; near->is_near && j < all->len; j++) {
			const Seen *own = all->pdata[j];

			if (g_str_equal(own->network, network) &&
			    g_str_equal(own->folder, near->folder))
				return true;
		}
	}

	return false;
}

/*
 * Anybody's calendar is nobody's to forge, nor can anything but a signature tell where
 * no mail was seen and others' hosts have the name; a network that asks for nothing is
 * not worth it; the others' requests are.
 */
static bool
can_be_forged(const Network *network)
{
	if (network->is_generic || (!network->is_seen && network->brands[0] == NULL))
		return false;
	for (size_t i = 0; i < network->kinds->len; i++)
		if (((const Kind *)network->kinds->pdata[i])->request != REQUEST_NONE)
			return true;

	return false;
}

static void
add_missing(GString *missing, const char *network, const char *kind, const char *what)
{
	g_string_append_printf(missing, "\n%s%s%s: %s", network, kind != NULL ? "/" : "",
			       kind != NULL ? kind : "", what);
}

START_TEST(every_kind_has_a_mail_every_network_a_near_miss_and_a_forgery)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	g_autoptr(GPtrArray) all = seen_all(assessor);
	g_autoptr(GString) missing = g_string_new(NULL);
	const Networks *networks = assessor_networks(assessor);

	for (size_t i = 0; i < networks_length(networks); i++) {
		const Network *network = networks_get(networks, i);

		for (size_t k = 0; k < network->kinds->len; k++) {
			const Kind *kind = network->kinds->pdata[k];

			if (!has_mail(all, network->name, kind->name, false))
				add_missing(missing, network->name, kind->name,
					    "no mail");
		}
		if (!has_near_miss(all, network->name))
			add_missing(missing, network->name, NULL, "no near miss");
		if (can_be_forged(network) && !has_mail(all, network->name, NULL, true))
			add_missing(missing, network->name, NULL, "no forgery");
	}
	ck_assert_msg(missing->len == 0, "below tests/mail there is%s", missing->str);
}
END_TEST

/* Where a list of the manual begins and ends, and which networks it holds. */
static const struct {
	const char *from, *to;
	bool is_seen;
} listed[] = {
	{ "or at least in the heads of some: ", ".\n", true },
	{ ".Pq Cm seen = no :\n", ".\n", false },
};

START_TEST(the_manual_lists_which_networks_were_seen)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	const Networks *networks = assessor_networks(assessor);
	g_autofree char *path = fixture_path("../man/invite-milter-networks.5");
	g_autofree char *manual = NULL, *list = NULL;
	const char *start, *at;
	size_t count = 0, names = 1;

	ck_assert(g_file_get_contents(path, &manual, NULL, NULL));
	start = strstr(manual, listed[_i].from);
	ck_assert_ptr_nonnull(start);
	start += strlen(listed[_i].from);
	at = strstr(start, listed[_i].to);
	ck_assert_ptr_nonnull(at);
	list = g_strndup(start, at - start);
	g_strdelimit(list, "\n", ' ');
	for (size_t i = 0; i < networks_length(networks); i++) {
		const Network *network = networks_get(networks, i);

		if (network->is_generic || network->is_seen != listed[_i].is_seen)
			continue;
		count++;
		ck_assert_msg(strstr(list, network->title) != NULL, "%s is not in \"%s\"",
			      network->title, list);
	}
	for (at = list; *at != '\0'; at++)
		names += *at == ',' || strncmp(at, " and ", 5) == 0;
	ck_assert_msg(names == count, "%zu networks, %zu names in \"%s\"", count, names,
		      list);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("kinds");
	TCase *kinds = tcase_create("kinds");

	tcase_set_timeout(kinds, 60);
	tcase_add_test(kinds,
		       every_kind_has_a_mail_every_network_a_near_miss_and_a_forgery);
	tcase_add_loop_test(kinds, the_manual_lists_which_networks_were_seen, 0,
			    G_N_ELEMENTS(listed));
	suite_add_tcase(suite, kinds);

	return fixture_run(suite);
}
