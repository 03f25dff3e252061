/* SPDX-License-Identifier: BSD-2-Clause */
/* check_reply_form.c - does a reply address the inviter as the note does the reader? */

#include "config.h"

#include <string.h>

#include "base/data.h"
#include "fixture.h"
#include "judge/reply-form.h"

static const char *const languages[] = { "en", "de", "fr", "es", "pt", "it", "nl" };
static const char *const tones[] = { "friendly", "brief", "formal" };
static const char *const bodies[] = {
	"reply-dont-accept",
	"reply-dont-accept-unknown",
	"consider",
	"consider-known",
	"consider-personal",
	"consider-event",
	"consider-group",
	"consider-join",
	"accept",
	"decline",
};

static Replies *
ours(void)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "replies", ".reply", NULL);
	Replies *replies = replies_new(files, NULL);

	ck_assert_ptr_nonnull(replies);

	return replies;
}

static const struct {
	const char *language;
	const char *note; /* NULL: none */
	bool is_familiar;
} notes[] = {
	{ "de", "Hallo Jane, du hast mir den Schlüssel geliehen.", true },
	{ "de", "Danke für DEINE Führung am Dienstag", true },
	{ "de", "Sie hatten nach der Liste gefragt.", false },
	{ "de", "Wie geht es dir? Ihre Liste habe ich noch.", false },
	{ "de", "Schöne Grüße aus Kassel", false },
	{ "de", "Die Dudelsäcke sind fertig", false },
	{ "fr", "J'aimerais t'ajouter à mon réseau", true },
	{ "fr", "J\342\200\231aimerais t\342\200\231ajouter", true },
	{ "fr", "Peux-tu me rappeler ?", true },
	{ "fr", "A-t-il écrit ?", false },
	{ "fr", "Je vous ai vu à Gand, tu te souviens ?", false },
	{ "es", "¿Te acuerdas del taller?", true },
	{ "es", "en Gante me prestaste la llave", true },
	{ "es", "¿Cómo está usted? Te lo digo", false },
	{ "es", "El té de la tarde", false },
	{ "pt", "A tua palestra foi ótima", true },
	{ "pt", "Quero te convidar, você vem?", false },
	{ "it", "ero seduta accanto a te", true },
	{ "it", "Le scrivo per le foto; ti ricordi?", false },
	{ "nl", "Je vertelde over de scanstraat", true },
	{ "nl", "Dank u, je was er ook", false },
	/* The verb alone shows it, and that several are meant. */
	{ "de", "Lass uns in Kontakt bleiben!", true },
	{ "de", "Seid ihr noch im Keller?", true },
	{ "de", "Lassen Sie uns reden, sobald ihr Kollege da ist", false },
	{ "en", "You lent me the key", false },
	{ "en", "Tu as un moment ?", false },
	{ NULL, "Du", false },
	{ "de", NULL, false },
	{ "de", "", false },
	{ "de", "du\377", false },
};

START_TEST(a_note_shows_its_form_of_address)
{
	g_autoptr(Replies) replies = ours();
	Voice voice = { replies, "", "friendly", notes[_i].language };

	ck_assert_msg(reply_form_is_familiar(&voice, notes[_i].note) ==
			  notes[_i].is_familiar,
		      "%s: %s", notes[_i].language, notes[_i].note);
}
END_TEST

/* Sentences end with a stop before a space, or with the text. */
static size_t
count_sentences(const char *text)
{
	size_t count = 0;

	for (const char *c = text; *c != '\0'; c++)
		count += strchr(".!?", *c) != NULL && (c[1] == ' ' || c[1] == '\0');

	return count;
}

static char *
say(const Voice *voice, const char *key)
{
	const char *const keys[] = { key, NULL };
	ReplyNames people = { "Ann Lee", NULL, "Bob Ray", "Orbit" };

	return replies_text(voice, "texts", keys, &people);
}

/* What shows the one form of address, by each language's own words, is not the other. */
static void
must_keep_form(const Voice *voice, const char *text)
{
	const char *other = voice->is_familiar ? "polite" : "familiar";

	ck_assert_msg(!reply_form_has(voice, other, text), "%s, %s: %s in: %s",
		      voice->language, voice->tone, other, text);
}

START_TEST(each_text_keeps_one_form_of_address)
{
	static const char *const ends[] = { "greeting", "greeting-known",
					    "greeting-nameless", "signoff" };
	g_autoptr(Replies) replies = ours();

	for (size_t i = 0; i < 2 * G_N_ELEMENTS(tones); i++) {
		Voice voice = { .replies = replies,
				.own = "",
				.tone = tones[i / 2],
				.language = languages[_i],
				.is_familiar = i % 2 == 1 };

		for (size_t key = 0; key < G_N_ELEMENTS(bodies); key++) {
			g_autofree char *body = say(&voice, bodies[key]);

			ck_assert_msg(body != NULL, "%s, %s: %s is missing",
				      languages[_i], voice.tone, bodies[key]);
			must_keep_form(&voice, body);
			ck_assert_msg(i / 2 != 1 || count_sentences(body) == 1,
				      "%s: more than a sentence: %s", languages[_i],
				      body);
		}
		for (size_t key = 0; key < G_N_ELEMENTS(ends); key++) {
			g_autofree char *end = say(&voice, ends[key]);

			if (end != NULL)
				must_keep_form(&voice, end);
		}
	}
}
END_TEST

/* No mail tells whether friends say "du" or "Sie", so the text says neither. */
START_TEST(people_who_are_known_are_addressed_in_neither_form)
{
	static const char *const known[] = { "accept", "consider-known" };
	g_autoptr(Replies) replies = ours();

	for (size_t i = 0; i < 2 * G_N_ELEMENTS(known); i++) {
		Voice voice = { replies, "", tones[i / 2], languages[_i] };
		g_autofree char *body = say(&voice, known[i % 2]);

		must_keep_form(&voice, body);
		ck_assert_msg(!reply_form_has(&voice, "polite", body), "%s: %s",
			      languages[_i], body);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("reply-form");
	TCase *form = tcase_create("form");

	tcase_add_loop_test(form, a_note_shows_its_form_of_address, 0,
			    G_N_ELEMENTS(notes));
	tcase_add_loop_test(form, each_text_keeps_one_form_of_address, 0,
			    G_N_ELEMENTS(languages));
	tcase_add_loop_test(form, people_who_are_known_are_addressed_in_neither_form, 0,
			    G_N_ELEMENTS(languages));
	suite_add_tcase(suite, form);

	return fixture_run(suite);
}
