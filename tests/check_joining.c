/* SPDX-License-Identifier: BSD-2-Clause */
/* check_joining.c - is what tells how to join a meeting told from the note? */

#include "config.h"

#include "fixture.h"
#include "network/joining.h"

#define TEAMS     "https://teams.microsoft.com/l/meetup-join/19%3ameeting_q/0"
#define TEAMS_NEW "https://teams.microsoft.com/meet/3456?p=b"
#define ZOOM      "https://us02web.zoom.us/j/81234567890?pwd=abc"
#define MEET      "https://meet.google.com/qrs-tuvw-xyz"

static const struct {
	const char *text;
	const char *want; /* NULL: nothing is left */
} descriptions[] = {
	{ TEAMS, NULL },
	{ "Call: " TEAMS, NULL },
	{ "Deelnemen aan de vergadering<" TEAMS ">", NULL },
	{ "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2F"
	  "teams.live.com%2Fmeet%2F93&data=05",
	  NULL },
	{ "Femke Oosterhuis lädt Sie zu einem geplanten Zoom-Meeting ein.\n\n"
	  "Zoom-Meeting beitreten\n" ZOOM "\n\nMeeting-ID: 812 3456 7890\n"
	  "Kenncode: 123456\n\nSchnelleinwahl mobil\n+496900000,,81234567890# "
	  "Deutschland",
	  NULL },
	/* Without a fence, and with a colon before the link, in any language. */
	{ "Join with Google Meet: " MEET, NULL },
	{ "Join with Google Meet: " MEET "\nOr dial: (NL) +31 20 000 1111 PIN: 778#\n"
	  "More phone numbers: https://tel.meet/qrs-tuvw-xyz?pin=77",
	  NULL },
	{ "Rejoindre avec Google Meet : " MEET "\nOu composez le : (FR) +33 1 00 11 22 "
	  "33 (code : 778#)",
	  NULL },
	{ "Mit Google Meet teilnehmen: " MEET "\nOder wählen Sie: (DE) +49 30 "
	  "000111222 PIN: 778899#\nWeitere Telefonnummern: https://tel.meet/qrs",
	  NULL },
	{ "Google Meet に参加する: " MEET, NULL },
	{ "Lien de la visioconférence : " MEET "\nOu composez le : +33 1 00 11 22 33",
	  NULL },
	{ "We met in Arnhem.\n\nJoin with Google Meet: " MEET "\nOr dial: (NL) +31 20 "
	  "000 1111 PIN: 778#\n\nBring the leather.",
	  "We met in Arnhem.\n\nBring the leather." },
	/* A block without rules: its title stands right above what leads in. */
	{ "Microsoft Teams 会議\n参加: " TEAMS_NEW "\n会議 ID: 499 000 111 22\n"
	  "パスコード: Zx9Kq2\nヘルプが必要ですか?<https://aka.ms/JoinTeamsMeeting> | "
	  "システム参照<" TEAMS ">",
	  NULL },
	{ "We met in Arnhem.\n\nSchůzka v Microsoft Teams\nPřipojit se<" TEAMS
	  ">\nID schůzky: 345 111 222 33\nPřístupový kód: aB3dE5",
	  "We met in Arnhem." },
	{ "اجتماع Microsoft Teams\nانضمام: " TEAMS_NEW "\nمعرف الاجتماع: 345 111 222 33",
	  NULL },
	{ "Bring the leather.\nJoin: " TEAMS_NEW "\nMeeting ID: 345 111 222 33",
	  "Bring the leather." },
	{ "The leather that the teams in Arnhem asked for\nJoin: " TEAMS_NEW,
	  "The leather that the teams in Arnhem asked for" },
	{ "About the teams:\n\nJoin: " TEAMS_NEW, "About the teams:" },
	/* Fields below a line that was left out before, and a line that goes on. */
	{ "トピック: Paste tests\n時刻: 2026-03-20 "
	  "10:00\n\nZoomミーティングに参加する\n" ZOOM
	  "\n\nミーティングID: 811 1222 3333\nパスコード: 445566",
	  NULL },
	{ "Entrar na reunião Zoom\n" ZOOM
	  "\n\nID da reunião: 811 1222 3333\n\nDiscar pelo "
	  "seu local\n• +31 20 000 0000 Netherlands\n\nLocalizar seu número local: "
	  "https://us02web.zoom.us/u/kcAb12\n\nBring the leather.",
	  "Bring the leather." },
	{ "Join Zoom Meeting\n" ZOOM
	  "\n\nMeeting ID: 811 1222 3333\n\nThe plan we drew in "
	  "Arnhem: https://us05web.zoom.us/clips/1",
	  "The plan we drew in Arnhem:" },
	{ "Stones for the mill.\n\nTopic: Mill stones\n\nJoin\n" ZOOM,
	  "Stones for the mill.\n\nTopic: Mill stones" },
	/* The organizer's own words lead to the same links. */
	{ "Our talk from Arnhem: " MEET, "Our talk from Arnhem:" },
	{ "Let us meet as we said in Arnhem, by Google: " MEET,
	  "Let us meet as we said in Arnhem, by Google:" },
	{ "Join with Google Meet: " MEET "\n\nThe plan we drew in Arnhem: "
	  "https://docs.google.com/document/d/1",
	  "The plan we drew in Arnhem:" },
	{ "Join with Google Meet: " MEET "\nCall me at +31 20 000 1111 when the train "
	  "from Arnhem is late again.",
	  "Call me at +31 20 000 1111 when the train from Arnhem is late again." },
	/* What the organizer wrote stays, above the block and below it. */
	{ "We met in Arnhem.\n\nParticiper à la réunion Zoom\n" ZOOM "\n\nID de "
	  "réunion: 812 3456 7890\n\nBring the leather you told me about.",
	  "We met in Arnhem.\n\nBring the leather you told me about." },
	{ "Our talk from Arnhem: " TEAMS, "Our talk from Arnhem:" },
	{ "Let us go on with what we began in Arnhem on Friday, here " TEAMS,
	  "Let us go on with what we began in Arnhem on Friday, here" },
	{ "What we began in Arnhem:\n" TEAMS, "What we began in Arnhem:" },
	{ "See you there.\n" TEAMS "\nFemke", "See you there.\n\nFemke" },
	/* Numbers and links of other kinds are people's. */
	{ "Call me at +31 20 000 0000.", "Call me at +31 20 000 0000." },
	{ "Slides: https://boekband.example/leather",
	  "Slides: https://boekband.example/leather" },
	{ "", NULL },
};

START_TEST(only_what_the_organizer_wrote_is_kept)
{
	Assessor *assessor = fixture_assessor(NULL);
	g_autofree char *got =
	    joining_without(descriptions[_i].text, assessor_networks(assessor),
			    assessor_rewriters(assessor), "Femke Oosterhuis");

	ck_assert_msg(g_strcmp0(got, descriptions[_i].want) == 0,
		      "%s: got \"%s\", want \"%s\"", descriptions[_i].text, got,
		      descriptions[_i].want);
	assessor_unref(assessor);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("joining");
	TCase *tcase = tcase_create("joining");

	tcase_add_loop_test(tcase, only_what_the_organizer_wrote_is_kept, 0,
			    G_N_ELEMENTS(descriptions));
	suite_add_tcase(suite, tcase);

	return fixture_run(suite);
}
