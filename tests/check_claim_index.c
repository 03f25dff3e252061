/* SPDX-License-Identifier: BSD-2-Clause */
/* check_claim_index.c - does the index know what the networks claim, and nothing else? */

#include "config.h"

#include <string.h>

#include "base/data.h"
#include "fixture.h"
#include "network/claim-index.h"

#define ORBIT                                                                            \
	"[network]\nname = orbits\ntitle = Orbits\ndomains = orbits.example\n"           \
	"page = https://orbits.example/\n"                                               \
	"[claims]\nname = Orbits; Orbits *\nmessage-id = *@*.orbits.test>\n"             \
	"field = X-Orbits; Content-Class: urn:orbits\n"                                  \
	"sender = post@orbits.test; robot@b.test\n"                                      \
	"except = news@orbits.example\n"                                                 \
	"[kind invitation]\nrequest = connect\nsubject = {inviter} invites you to "      \
	"Orbits\n"                                                                       \
	"[kind told]\nnotice = accepted\nsubject = {inviter} is in your orbit\n"
#define TWINS                                                                            \
	"[network]\nname = twins\ntitle = Twins\ndomains = mail.twins.example\n"         \
	"brands = gemini\n"                                                              \
	"page = https://mail.twins.example/\n[kind other]\nfrom = "                      \
	"a@mail.twins.example\n"

static const struct {
	const char *name, *value;
	bool wanted;
} fields[] = {
	{ "From", "a@orbits.example", true },
	{ "From", "a@m.orbits.example", true },
	{ "From", "A <A@ORBITS.EXAMPLE>", true },
	{ "From", "a@myorbits.example", false },
	{ "From", "a@0rbits.test", true },
	{ "From", "a@orbits.test", true },
	{ "From", "a@gemini.test", true },
	{ "From", "a@mail.test", false },
	{ "From", "a@mail.twins.example", true },
	{ "From", "a@twins.example", false },
	{ "From", "Orbits <a@b.test>", true },
	{ "From", "\"Orbits\" <a@b.test>", true },
	{ "From", "My Orbits <a@b.test>", false },
	{ "From", "a@b.test (Orbits)", false },
	{ "From", "Orbits team <a@b.test>", true },
	{ "From", "\xd0\x9erbits <a@b.test>", true },
	{ "From", "=?utf-8?q?=D0=9Erbits?= <a@b.test>", true },
	{ "From", "\xd0\x9erbita <a@b.test>", false },
	{ "From", "news@orbits.example", false },
	{ "From", "News <news@orbits.example>", false },
	{ "From", "\"news@orbits.example\" <a@0rbits.test>", true },
	{ "From", "Ann <ann@example.org>", false },
	{ "From", "", false },
	{ "From", "@", false },
	{ "From", "@@@@@@@@@@@@", false },
	{ "Reply-To", "a@orbits.example", true },
	{ "Sender", "post@orbits.test", true },
	{ "Sender", "Orbits Post <POST@orbits.test>", true },
	{ "From", "Robot <Robot@b.test>", true },
	{ "Reply-To", "robot@b.test", false },
	{ "Subject", "Ann invites you to Orbits", true },
	{ "Subject", "[list] Ann invites you to Orbits", true },
	{ "Subject", "Re: Ann invites you to Orbits", false },
	{ "Subject", "Ann invites you to dinner", false },
	{ "Subject", "Ann is in your orbit", false },
	{ "Message-ID", "<1@a.orbits.test>", true },
	{ "Message-ID", "<1@orbit.test>", false },
	{ "X-Orbits", "", true },
	{ "x-orbits", "a", true },
	{ "Content-Class", "urn:orbits", true },
	{ "Content-Class", "urn:message", false },
	{ "X-Orbit", "a", false },
};

START_TEST(a_field_opens_it)
{
	g_autoptr(GPtrArray) files = fixture_files("t.network", ORBIT);
	g_autoptr(GPtrArray) more = fixture_files("u.network", TWINS);
	g_autoptr(Networks) networks = NULL;
	g_autoptr(ClaimIndex) index = NULL;
	g_autoptr(Head) head = head_new();
	g_auto(Claim) claim = { 0 };
	bool claimed = false;

	g_ptr_array_extend_and_steal(files, g_steal_pointer(&more));
	networks = networks_new(files, NULL);
	ck_assert_ptr_nonnull(networks);
	index = claim_index_new(networks);
	head_add(head, "Date", "Sun, 22 Nov 2026 08:00:00 +0000");
	head_add(head, fields[_i].name, fields[_i].value);
	claim_init(&claim, head);
	for (size_t i = 0; i < networks_length(networks); i++)
		claimed = claimed || network_claims(networks_get(networks, i), &claim);

	ck_assert_msg(claimed == fields[_i].wanted, "%s: %s: a network says %d",
		      fields[_i].name, fields[_i].value, claimed);
	ck_assert_msg(claim_index_knows(index, &claim) == fields[_i].wanted,
		      "%s: %s: the index says %d", fields[_i].name, fields[_i].value,
		      claim_index_knows(index, &claim));
}
END_TEST

/* The fields of a mail, without their further lines. */
static Head *
head_of(const char *mail)
{
	Head *head = head_new();

	while (mail[0] != '\r' && mail[0] != '\0') {
		const char *end = strchr(mail, '\r');
		g_autofree char *line = g_strndup(mail, end - mail);
		char *colon = strchr(line, ':');

		if (colon != NULL && line[0] != ' ' && line[0] != '\t') {
			*colon = '\0';
			head_add(head, line, g_strchug(colon + 1));
		}
		mail = end + 2;
	}

	return head;
}

/* By all networks of ours: most of what is mailed costs one look at the index. */
static const struct {
	const char *mail;
	bool wanted;
} mails[] = {
	{ "ordinary/calendar-published.eml", false },
	{ "ordinary/japanese.eml", false },
	{ "ordinary/list-digest.eml", false },
	{ "ordinary/newsletter.eml", false },
	{ "ordinary/patch.eml", false },
	{ "ordinary/plain.eml", false },
	{ "ordinary/receipt.eml", false },
	{ "linkedin/member-2024-default.eml", true },
};

START_TEST(no_network_is_asked_about_ordinary_mail)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "networks", ".network", NULL);
	g_autoptr(Networks) networks = networks_new(files, NULL);
	g_autoptr(ClaimIndex) index = claim_index_new(networks);
	g_autoptr(GString) mail = fixture_mail(mails[_i].mail);
	g_autoptr(Head) head = head_of(mail->str);
	g_auto(Claim) claim = { 0 };

	claim_init(&claim, head);
	ck_assert_msg(claim_index_asks(index, &claim) == mails[_i].wanted,
		      "%s: the networks are%s asked", mails[_i].mail,
		      mails[_i].wanted ? " not" : "");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("claim-index");
	TCase *index = tcase_create("index");

	tcase_add_loop_test(index, a_field_opens_it, 0, G_N_ELEMENTS(fields));
	tcase_add_loop_test(index, no_network_is_asked_about_ordinary_mail, 0,
			    G_N_ELEMENTS(mails));
	suite_add_tcase(suite, index);

	return fixture_run(suite);
}
