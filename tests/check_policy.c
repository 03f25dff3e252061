/* SPDX-License-Identifier: BSD-2-Clause */
/* check_policy.c - whose policy decides, and is one that loses mail refused? */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "judge/policy.h"

/* A policy from the text of a settings file; NULL with error set. */
static Policy *
policy_of(const char *text, Settings **settings_out, Owners **owners_out, GError **error)
{
	g_autofree char *folder = g_dir_make_tmp("policy-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "conf", NULL);
	g_autofree char *map = g_build_filename(folder, "map", NULL);
	const char *lines = strstr(text, "MAP:");
	g_autoptr(GString) whole =
	    g_string_new_len(text, lines != NULL ? lines - text : (gssize)strlen(text));
	Policy *policy;

	g_string_replace(whole, "MAPPATH", map, 0);
	ck_assert(g_file_set_contents(path, whole->str, -1, NULL));
	ck_assert(lines == NULL ||
		  g_file_set_contents(map, lines + strlen("MAP:"), -1, NULL));
	*settings_out = settings_new(path, error);
	ck_assert_msg(*settings_out != NULL, "%s",
		      *error != NULL ? (*error)->message : "");
	*owners_out = owners_new(*settings_out, error);
	policy = policy_new(*settings_out, *owners_out, error);
	remove(map);
	remove(path);
	remove(folder);

	return policy;
}

/* "tag; redirect a+invitations@b" for one recipient and verdict. */
static char *
actions_of(const Policy *policy, const char *address, Verdict verdict)
{
	const Findings sure = { .authenticity = AUTHENTICITY_VERIFIED,
				.relation = RELATION_STRANGER };
	g_auto(Actions) actions = { 0 };

	policy_actions(policy, address, verdict, &sure, &actions);

	return policy_actions_text(&actions, address, verdict);
}

#define TIERS                                                                            \
	"[people]\naliases = info@example.org=jane@example.org\n"                        \
	"[policy]\nspammy = redirect spam@example.net\nknown = \nsubject = [%v]\n"       \
	"[policy domain example.org]\nspammy = tag\nany = subject [o]\n"                 \
	"[policy recipient jane@example.org]\npersonal = tag; banner\n"                  \
	"[policy recipient Jane+Work@example.org]\npersonal = tag\n"

static const struct {
	const char *text, *address;
	Verdict verdict;
	const char *wanted;
} lookups[] = {
	{ "", "a@b.test", VERDICT_SPAMMY, "tag" },
	{ "[policy]\nbanner = yes\nsubject = [%v]\n", "a@b.test", VERDICT_SPAMMY,
	  "tag; subject [spammy]; banner" },
	{ TIERS, "a@b.test", VERDICT_SPAMMY, "redirect spam@example.net" },
	{ TIERS, "a@b.test", VERDICT_KNOWN, "nothing" },
	{ TIERS, "a@b.test", VERDICT_PERSONAL, "tag; subject [personal]" },
	/* The domain's keys go before everybody's, and its "any" before other keys. */
	{ TIERS, "bob@example.org", VERDICT_SPAMMY, "tag" },
	{ TIERS, "bob@example.org", VERDICT_KNOWN, "subject [o]" },
	/* The mailbox, by whatever address it is reached; then the address itself. */
	{ TIERS, "jane@example.org", VERDICT_PERSONAL, "tag; banner" },
	{ TIERS, "jane+x@example.org", VERDICT_PERSONAL, "tag; banner" },
	{ TIERS, "info@example.org", VERDICT_PERSONAL, "tag; banner" },
	{ TIERS, "jane+work@example.org", VERDICT_PERSONAL, "tag" },
	{ TIERS, "jane@example.org", VERDICT_SPAMMY, "tag" },
	{ TIERS, "", VERDICT_SPAMMY, "redirect spam@example.net" },
	/* What stands in braces of percent. */
	{ "[policy]\nspammy = redirect %u+%v@%d; copy all@%d\n", "a@b.test",
	  VERDICT_SPAMMY, "redirect a+spammy@b.test; copy all@b.test" },
	{ "[policy]\nspammy = redirect 100%%@%d\n", "a@b.test", VERDICT_SPAMMY,
	  "redirect 100%@b.test" },
	{ "[policy]\nforged = reject No %v here\n", "a@b.test", VERDICT_FORGED,
	  "reject No forged here" },
	{ "[policy]\nspammy = discard\nallow-discard = yes\n", "a@b.test", VERDICT_SPAMMY,
	  "discard" },
	/* An address that nothing comes of: the recipient's is no plain one. */
	{ "[policy]\nspammy = redirect %u+x@%d\n", "\"a b\"@b.test", VERDICT_SPAMMY,
	  "redirect" },
	/* Classes. */
	{ "[policy]\nmap = MAPPATH\n[policy class quiet]\nany = \n"
	  "[policy class loud]\nany = subject [!]\n"
	  "MAP:# a comment\n\na@b.test quiet\n@c.test\tloud\nZ@C.test quiet\n",
	  "a@b.test", VERDICT_SPAMMY, "nothing" },
	{ "[policy]\nmap = MAPPATH\n[policy class loud]\nany = subject [!]\n"
	  "MAP:@c.test loud\n",
	  "x@c.test", VERDICT_SPAMMY, "subject [!]" },
	{ "[policy]\nmap = MAPPATH\n[policy class loud]\nany = subject [!]\n"
	  "MAP:@c.test loud\n",
	  "x@d.c.test", VERDICT_SPAMMY, "tag" },
	/* Redirects that stay on the site may go with the subject. */
	{ "[policy]\nspammy = subject [x]; redirect %u+y@%d\n", "a@b.test",
	  VERDICT_SPAMMY, "subject [x]; redirect a+y@b.test" },
	{ "[policy]\nown-domains = c.test\nspammy = subject [x]; redirect s@c.test\n",
	  "a@b.test", VERDICT_SPAMMY, "subject [x]; redirect s@c.test" },
	{ "[policy domain b.test]\nspammy = subject [x]; redirect s@B.test\n", "a@b.test",
	  VERDICT_SPAMMY, "subject [x]; redirect s@B.test" },
	/* The target's own section ends the way. */
	{ "[policy]\nspammy = redirect spam@%d\n", "a@b.test", VERDICT_SPAMMY,
	  "redirect spam@b.test" },
	{ "[policy]\nspammy = redirect spam@b.test\n[policy recipient spam@b.test]\n"
	  "any = tag\n",
	  "a@b.test", VERDICT_SPAMMY, "redirect spam@b.test" },
};

#define NETWORKS                                                                         \
	"[policy]\nspammy = redirect spam@example.net\n"                                 \
	"[policy network xing]\nspammy = tag; subject [xing]\nknown =\n"                 \
	"[policy domain example.org]\nspammy = tag\n"

static const struct {
	const char *address, *network;
	Verdict verdict;
	const char *wanted;
} by_network[] = {
	{ "a@b.test", NULL, VERDICT_SPAMMY, "redirect spam@example.net" },
	{ "a@b.test", "linkedin", VERDICT_SPAMMY, "redirect spam@example.net" },
	{ "a@b.test", "xing", VERDICT_SPAMMY, "tag; subject [xing]" },
	{ "a@b.test", "xing", VERDICT_KNOWN, "nothing" },
	{ "a@b.test", "xing", VERDICT_PERSONAL, "tag" },
	/* What somebody wants goes before what is done with a network's mail. */
	{ "a@example.org", "xing", VERDICT_SPAMMY, "tag" },
	{ "a@example.org", "xing", VERDICT_KNOWN, "nothing" },
};

START_TEST(a_networks_section_goes_before_that_for_all)
{
	g_autoptr(Settings) settings = NULL;
	g_autoptr(Owners) owners = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Policy) policy = policy_of(NETWORKS, &settings, &owners, &error);
	const Findings found = { .authenticity = AUTHENTICITY_VERIFIED,
				 .relation = RELATION_STRANGER,
				 .network = by_network[_i].network };
	g_auto(Actions) actions = { 0 };
	g_autofree char *got = NULL;

	ck_assert_msg(policy != NULL, "%s", error != NULL ? error->message : "");
	policy_actions(policy, by_network[_i].address, by_network[_i].verdict, &found,
		       &actions);
	got =
	    policy_actions_text(&actions, by_network[_i].address, by_network[_i].verdict);
	ck_assert_msg(g_str_equal(got, by_network[_i].wanted),
		      "%s, %s, %s: got %s, want %s", by_network[_i].address,
		      by_network[_i].network, verdict_name(by_network[_i].verdict), got,
		      by_network[_i].wanted);
}
END_TEST

/* Settings, and which of LinkedIn's, XING's and a calendar's mail is judged. */
static const struct {
	const char *settings;
	const char *wanted; /* for FIXTURE_OWNER; letters of those that are */
} lists[] = {
	{ NULL, "LXC" },
	{ "[policy]\nnetworks = all\n", "LXC" },
	{ "[policy]\nnetworks = linkedin, xing\n", "LX" },
	{ "[policy]\nnetworks = -calendar\n", "LX" },
	{ "[policy]\nnetworks = -outlook -xing\n", "L" },
	{ "[policy]\nnetworks = xing calendar\n", "XC" },
	{ "[policy]\nnetworks = -all\n", "" },
	{ "[policy]\nnetworks = -all xing\n", "X" },
	{ "[policy]\nnetworks = linkedin\n[domain example.net]\nnetworks = xing\n", "X" },
	{ "[domain example.net]\nnetworks = xing\n[recipient " FIXTURE_OWNER
	  "]\nnetworks = all -xing\n",
	  "LC" },
	{ "[recipient omar@example.net]\nnetworks = xing\n", "LXC" },
};

START_TEST(mail_of_a_network_that_is_not_wanted_is_ordinary)
{
	static const char *const mails[] = { "linkedin/member-2024-default.eml",
					     "xing/request-de.eml",
					     "outlook/request-bare.eml" };
	g_autoptr(Assessor) assessor = fixture_assessor(lists[_i].settings);
	char got[4] = "";

	for (size_t i = 0; i < G_N_ELEMENTS(mails); i++) {
		g_autoptr(GString) mail = fixture_mail(mails[i]);
		g_autoptr(Assessment) assessment =
		    fixture_assess(assessor, mail, FIXTURE_OWNER);

		if (assess_is_recognised(assessment))
			got[strlen(got)] = "LXC"[i];
		else
			ck_assert_ptr_null(assessment->network);
	}
	ck_assert_msg(g_str_equal(got, lists[_i].wanted), "%s: got %s, want %s",
		      lists[_i].settings, got, lists[_i].wanted);
}
END_TEST

static const struct {
	const char *text, *wanted;
} no_networks[] = {
	{ "[policy]\nnetworks = linkedin -xingg\n",
	  ":2: [policy] networks: no such network \"xingg\"; did you mean \"xing\"?" },
	{ "[domain example.org]\nnetworks = qqqqqqqq\n",
	  ":2: [domain example.org] networks: no such network \"qqqqqqqq\"; \"invitectl "
	  "network list\" shows them" },
	{ "[policy network linkedn]\nspammy = tag\n",
	  ":2: [policy network linkedn] spammy: no such network \"linkedn\"; did you "
	  "mean "
	  "\"linkedin\"?" },
};

START_TEST(a_network_that_no_file_describes_is_named)
{
	g_autofree char *folder = fixture_folder();
	g_autofree char *path = g_build_filename(folder, "conf", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessor) assessor = NULL;

	ck_assert(g_file_set_contents(path, no_networks[_i].text, -1, NULL));
	assessor = assessor_new(path, &error);
	ck_assert_msg(assessor == NULL, "taken: %s", no_networks[_i].text);
	ck_assert_msg(g_str_has_suffix(error->message, no_networks[_i].wanted),
		      "got %s, want %s", error->message, no_networks[_i].wanted);
}
END_TEST

START_TEST(the_most_specific_section_decides)
{
	g_autoptr(Settings) settings = NULL;
	g_autoptr(Owners) owners = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Policy) policy =
	    policy_of(lookups[_i].text, &settings, &owners, &error);
	g_autofree char *got = NULL;

	ck_assert_msg(policy != NULL, "%d: %s", _i, error != NULL ? error->message : "");
	got = actions_of(policy, lookups[_i].address, lookups[_i].verdict);
	ck_assert_msg(g_str_equal(got, lookups[_i].wanted), "%d: %s: got %s, want %s", _i,
		      lookups[_i].address, got, lookups[_i].wanted);
}
END_TEST

/* What is refused, and how we say it. */
static const struct {
	const char *text, *wanted;
} mistakes[] = {
	{ "[policy]\nspamy = tag\n",
	  "conf:2: [policy] spamy: no such key; did you mean \"spammy\"?" },
	{ "[policy]\nqqqqqqqqqq = tag\n", "give a verdict: forged, impostor" },
	{ "[policy domain b.test]\nbanner = yes\n",
	  "conf:2: [policy domain b.test] banner: no such key" },
	{ "[policy]\nspammy = tagg\n",
	  "conf:2: [policy] spammy: no such action \"tagg\"; did you mean \"tag\"?" },
	{ "[policy]\nspammy = tag; explode\n",
	  "no such action \"explode\"; there are tag, subject" },
	{ "[policy]\nspammy = redirect\n", "redirect needs an address" },
	{ "[policy]\nspammy = copy\n", "copy needs an address" },
	{ "[policy]\nspammy = subject\n", "subject needs words" },
	{ "[policy]\nforged = reject\n", "reject needs words" },
	{ "[policy]\nspammy = tag now\n", "tag takes no argument" },
	{ "[policy]\nspammy = tag; tag\n", "tag stands here twice" },
	{ "[policy]\nspammy = redirect nobody\n", "redirect is no address" },
	{ "[policy]\nspammy = redirect a@b@c\n", "redirect is no address" },
	{ "[policy]\nspammy = redirect a b@c.test\n", "redirect is no address" },
	{ "[policy]\nspammy = redirect %x@c.test\n", "redirect is no address" },
	{ "[policy]\nspammy = redirect <a@c.test>\n", "redirect is no address" },
	{ "[policy]\nspammy = redirect .a@c.test\n", "redirect is no address" },
	{ "[policy]\nspammy = redirect a@-c.test\n", "redirect is no address" },
	{ "[policy]\nspammy = redirect @%d\n", "redirect is no address" },
	{ "[policy]\nforged = reject 100% forged\n",
	  "reject takes at most 400 characters" },
	{ "[policy]\nforged = reject \xc3\xbc\n", "reject takes at most 400 characters" },
	{ "[policy]\nforged = reject no; tag\n", "reject and discard stand alone" },
	{ "[policy]\nforged = discard\n", "discard loses mail" },
	{ "[policy]\nallow-discard = yes\n[policy domain b.test]\nforged = discard\n",
	  "conf:4: [policy domain b.test] forged: discard loses mail" },
	{ "[policy]\nallow-discard = perhaps\n", "give yes or no" },
	{ "[policy recipient nobody]\nany = tag\n",
	  "conf:1: [policy recipient nobody]: no such section" },
	{ "[policy domian b.test]\nany = tag\n", "no such section; there are" },
	{ "[policy domian b.test]\n", "conf:1: [policy domian b.test]: no such" },
	{ "[policy class ]\nany = tag\n", "no such section" },
	{ "[policy recipient a@b.test]\nany = tag\n[policy recipient A@B.test]\nknown = "
	  "tag\n",
	  "conf:3: [policy recipient A@B.test]: [policy recipient a@b.test] is for "
	  "the same mail" },
	{ "[policy]\nspammy = subject [x]; redirect s@c.test\n",
	  "redirect leaves the site" },
	{ "[policy]\nspammy = banner; redirect s@c.test\n", "redirect leaves the site" },
	{ "[policy domain b.test]\nspammy = banner; redirect s@c.test\n",
	  "redirect leaves the site" },
	/* Circles. */
	{ "[policy]\nspammy = redirect s@b.test\n[policy recipient s@b.test]\n"
	  "spammy = redirect t@b.test\n",
	  "redirect leads to an address that is itself redirected" },
	{ "[policy]\nspammy = redirect %v@b.test\n[policy recipient spammy@b.test]\n"
	  "spammy = redirect t@b.test\n",
	  "redirect leads to an address that is itself redirected" },
	/* The map. */
	{ "[policy]\nmap = MAPPATH\nMAP:a@b.test quiet\n", "map:1: then name a class" },
	{ "[policy]\nmap = MAPPATH\n[policy class q]\nany = tag\nMAP:\n#\nb.test q\n",
	  "map:3: begin with an address" },
	{ "[policy]\nmap = MAPPATH\n[policy class q]\nany = tag\nMAP:a@b.test "
	  "q\nA@b.test q\n",
	  "map:2: it stands here twice" },
	{ "[policy]\nmap = MAPPATH\n[policy class q]\nany = tag\n"
	  "[policy recipient a@b.test]\nany = tag\nMAP:a@b.test q\n",
	  "map:1: it has a section of its own" },
	{ "[policy]\nmap = /nonexistent/map\n", "conf:2: [policy] map: " },
};

START_TEST(a_mistake_names_file_line_and_remedy)
{
	g_autoptr(Settings) settings = NULL;
	g_autoptr(Owners) owners = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Policy) policy =
	    policy_of(mistakes[_i].text, &settings, &owners, &error);

	ck_assert_msg(policy == NULL, "%s: taken", mistakes[_i].text);
	ck_assert_msg(strstr(error->message, mistakes[_i].wanted) != NULL,
		      "%s: got %s, want %s", mistakes[_i].text, error->message,
		      mistakes[_i].wanted);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("policy");
	TCase *policy = tcase_create("policy");

	tcase_add_loop_test(policy, a_networks_section_goes_before_that_for_all, 0,
			    G_N_ELEMENTS(by_network));
	tcase_add_loop_test(policy, mail_of_a_network_that_is_not_wanted_is_ordinary, 0,
			    G_N_ELEMENTS(lists));
	tcase_add_loop_test(policy, a_network_that_no_file_describes_is_named, 0,
			    G_N_ELEMENTS(no_networks));
	tcase_add_loop_test(policy, the_most_specific_section_decides, 0,
			    G_N_ELEMENTS(lookups));
	tcase_add_loop_test(policy, a_mistake_names_file_line_and_remedy, 0,
			    G_N_ELEMENTS(mistakes));
	suite_add_tcase(suite, policy);

	return fixture_run(suite);
}
