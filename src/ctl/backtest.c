/* SPDX-License-Identifier: BSD-2-Clause */
/* backtest.c - invitectl backtest: what the settings would have done with old mail */

#include "config.h"

#include <string.h>
#include <sysexits.h>

#include "base/day.h"
#include "base/json.h"
#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/judging.h"
#include "ctl/mail-walk.h"
#include "ctl/options.h"
#include "ctl/whose.h"
#include "mail/message.h"
#include "text/text.h"

/* Mails named for each verdict. */
#define EXAMPLES 3

/* Columns before what would have been done. */
#define INDENT 24

/* Columns of an example's name on paper. */
#define NAME_WIDTH 24

typedef struct {
	char *file;
	char *day; /* "2026-11-22" */
	char *inviter;
	char *actions; /* what would have been done */
} Example;

/* The mails of one verdict; VERDICT_NONE has those that invite to nothing. */
typedef struct {
	size_t count;
	GHashTable *actions; /* what would have been done → how often (size_t *) */
	GArray *examples;    /* of Example, the first ones */
} Tier;

typedef struct {
	Judging *judging;
	const Options *options;
	gint64 now;
	gint64 since; /* mails sent before are passed over; 0: none */
	MailWalk walk;
	size_t judged, older; /* mails */
	Tier tiers[VERDICT_LAST];
} Backtest;

static void
example_clear(gpointer data)
{
	Example *example = data;

	g_free(example->file);
	g_free(example->day);
	g_free(example->inviter);
	g_free(example->actions);
}

static void
count_actions(Tier *tier, const char *actions)
{
	size_t *count = g_hash_table_lookup(tier->actions, actions);

	if (count == NULL) {
		count = g_new0(size_t, 1);
		g_hash_table_insert(tier->actions, g_strdup(actions), count);
	}
	(*count)++;
}

static void
add_example(Tier *tier, const char *file, gint64 date, const Assessment *assessment,
	    const char *actions)
{
	const Invite *invite = assessment->invite;
	const char *inviter = invite != NULL && invite->name != NULL ? invite->name : "";
	Example example = { g_strdup(file), date > 0 ? day_text(date) : NULL,
			    g_strdup(inviter), g_strdup(actions) };

	g_array_append_val(tier->examples, example);
}

/* What would have been done; *kinds_out: the same for all recipients of one policy. */
static char *
actions_for(const Backtest *test, const Assessment *assessment, const char *address,
	    char **kinds_out)
{
	const Findings findings = assess_findings(assessment);
	g_auto(Actions) actions = { 0 };

	if (!assess_is_recognised(assessment)) {
		*kinds_out = g_strdup("nothing");
		return g_strdup("nothing");
	}
	policy_actions(assessor_policy(judging_assessor(test->judging)), address,
		       assessment->verdict, &findings, &actions);
	*kinds_out = policy_actions_text(&actions, NULL, assessment->verdict);

	return policy_actions_text(&actions, address, assessment->verdict);
}

static void
add(Backtest *test, const char *file, const char *mail, size_t length,
    const Message *message)
{
	g_autofree char *address = whose_mail(test->options, message);
	g_autofree char *actions = NULL, *kinds = NULL;
	g_autoptr(Assessment) assessment =
	    judging_mail(test->judging, mail, length, address, NULL);
	Tier *tier;

	if (assessment == NULL || assessment->network == NULL)
		return;
	tier = &test->tiers[assessment->verdict];
	tier->count++;
	actions = actions_for(test, assessment, address != NULL ? address : "", &kinds);
	count_actions(tier, kinds);
	if (tier->examples->len < EXAMPLES)
		add_example(tier, file, message_date(message), assessment, actions);
}

/* A MailWalkTake.  The head alone shows that no network sent most mails. */
static bool
take(void *context, const char *name, const char *mail, size_t length,
     const Message *message)
{
	Backtest *test = context;
	g_auto(Claim) claim = { 0 };

	/* A mail without a date may be of any age. */
	if (message_date(message) != 0 && message_date(message) < test->since) {
		test->older++;
		return true;
	}
	test->walk.count = ++test->judged;
	claim_init(&claim, message_head(message));
	if (assessor_claims(judging_assessor(test->judging), &claim))
		add(test, name, mail, length, message);

	return true;
}

static void
print_tier(FILE *out, const char *name, const Tier *tier)
{
	GHashTableIter all;
	gpointer actions, count;

	fprintf(out, "%-14s%8zu\n", name, tier->count);
	g_hash_table_iter_init(&all, tier->actions);
	while (g_hash_table_iter_next(&all, &actions, &count))
		terminal_print_folded(out, INDENT, "%*zu  %s", INDENT - 2,
				      *(const size_t *)count, (const char *)actions);
	for (guint i = 0; i < tier->examples->len; i++) {
		const Example *example = &g_array_index(tier->examples, Example, i);
		g_autofree char *inviter = text_clean(example->inviter, NAME_WIDTH);

		terminal_print_folded(out, INDENT, "%*s%-12s%s%s%s", INDENT, "",
				      example->day, inviter,
				      inviter[0] != '\0' ? ", " : "", example->file);
	}
}

static void
print_table(FILE *out, const Backtest *test)
{
	fprintf(out, "%zu mails judged, %zu older, %zu unreadable\n\n", test->judged,
		test->older, test->walk.unread);
	terminal_print_folded(out, INDENT,
			      "%-14s%8s  what would have been done, and examples",
			      "verdict", "mails");
	for (size_t i = VERDICT_NONE + 1; i < VERDICT_LAST; i++)
		if (test->tiers[i].count > 0)
			print_tier(out, verdict_name((Verdict)i), &test->tiers[i]);
	if (test->tiers[VERDICT_NONE].count > 0)
		print_tier(out, "no invitation", &test->tiers[VERDICT_NONE]);
}

static void
add_tier(JsonBuilder *json, const char *name, const Tier *tier)
{
	GHashTableIter all;
	gpointer actions, count;

	json_builder_set_member_name(json, name);
	json_builder_begin_object(json);
	json_add_number(json, "mails", tier->count);
	json_builder_set_member_name(json, "actions");
	json_builder_begin_object(json);
	g_hash_table_iter_init(&all, tier->actions);
	while (g_hash_table_iter_next(&all, &actions, &count))
		json_add_number(json, actions, *(const size_t *)count);
	json_builder_end_object(json);
	json_builder_set_member_name(json, "examples");
	json_builder_begin_array(json);
	for (guint i = 0; i < tier->examples->len; i++) {
		const Example *example = &g_array_index(tier->examples, Example, i);

		json_builder_begin_object(json);
		json_add_text(json, "file", example->file);
		json_add_text(json, "date", example->day);
		json_add_text(json, "inviter", example->inviter);
		json_add_text(json, "actions", example->actions);
		json_builder_end_object(json);
	}
	json_builder_end_array(json);
	json_builder_end_object(json);
}

static void
print_json(FILE *out, const Backtest *test)
{
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autofree char *line = NULL;

	json_builder_begin_object(json);
	json_add_number(json, "judged", test->judged);
	json_add_number(json, "older", test->older);
	json_add_number(json, "unreadable", test->walk.unread);
	json_builder_set_member_name(json, "verdicts");
	json_builder_begin_object(json);
	for (size_t i = 0; i < VERDICT_LAST; i++)
		add_tier(json, verdict_name((Verdict)i), &test->tiers[i]);
	json_builder_end_object(json);
	json_builder_end_object(json);
	line = json_line(json);
	fprintf(out, "%s\n", line);
}

static void
run(Backtest *test, char *const *places)
{
	for (size_t i = 0; i < VERDICT_LAST; i++) {
		test->tiers[i].actions =
		    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
		test->tiers[i].examples = g_array_new(FALSE, FALSE, sizeof(Example));
		g_array_set_clear_func(test->tiers[i].examples, example_clear);
	}
	test->walk = (MailWalk){ .take = take, .context = test };
	mail_walk(&test->walk, places);
}

static void
backtest_clear(Backtest *test)
{
	for (size_t i = 0; i < VERDICT_LAST; i++) {
		g_hash_table_unref(test->tiers[i].actions);
		g_array_unref(test->tiers[i].examples);
	}
}

int
command_backtest(const Options *options, FILE *out)
{
	g_autoptr(Judging) judging = NULL;
	Backtest test = { .options = options, .now = g_get_real_time() / G_USEC_PER_SEC };

	if (options->days < 0) {
		fputs("invitectl backtest: --days from 0 (all) up\n", stderr);
		return EX_USAGE;
	}
	judging = judging_new(options);
	if (judging == NULL)
		return EX_CONFIG;
	test.judging = judging;
	test.since =
	    options->days > 0 ? test.now - (gint64)options->days * DAY_SECONDS : 0;
	run(&test, options->files);
	if (options->is_json)
		print_json(out, &test);
	else
		print_table(out, &test);
	backtest_clear(&test);

	return test.walk.unread == 0 ? EX_OK : EX_DATAERR;
}
