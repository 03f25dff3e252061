/* SPDX-License-Identifier: BSD-2-Clause */
/* check_note.c - are default texts told from words of one's own? */

#include <string.h>

#include "base/data.h"
#include "fixture.h"
#include "judge/note.h"

#define EN "I'd like to add you to my professional network on LinkedIn."

static Languages *
languages_of(GPtrArray *files)
{
	g_autoptr(GError) error = NULL;
	Languages *languages = languages_new(files, &error);

	ck_assert_msg(languages != NULL, "%s", error != NULL ? error->message : "");

	return languages;
}

static Languages *
own_languages(void)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "languages", ".language", NULL);

	ck_assert_ptr_nonnull(files);

	return languages_of(files);
}

static const NoteNames people = { "Ann-Sofie Lee", "Bob Ray", "LinkedIn" };

static void
check_class(const Languages *languages, const char *text, NoteClass wanted)
{
	g_autoptr(Note) note = note_judge(languages, text, &people);
	const char *reason = note->reasons->len > 0 ? note->reasons->pdata[0] : "none";

	ck_assert_msg(note->class == wanted, "%s: got %s (%s), want %s", text,
		      note_class_name(note->class), reason, note_class_name(wanted));
	ck_assert_msg(note->reasons->len >= 1, "%s: no reason", text);
}

static const struct {
	const char *text;
	NoteClass class;
} notes[] = {
	/* Nothing. */
	{ NULL, NOTE_NONE },
	{ "", NOTE_NONE },
	{ " \n \t\n\n", NOTE_NONE },
	{ "...", NOTE_NONE },
	{ "Hi Bob,\n\n- Ann-Sofie", NOTE_NONE },
	{ "\342\200\213\342\200\256", NOTE_NONE },
	/* The network's text, in whatever dress. */
	{ EN, NOTE_DEFAULT },
	{ "I\342\200\231D LIKE to add you to my  professional network on linkedin",
	  NOTE_DEFAULT },
	{ "Hi Bob,\n" EN, NOTE_DEFAULT },
	{ "Bob,\n\n" EN "\n\n- Ann-Sofie", NOTE_DEFAULT },
	{ "Bob Ray:\n" EN "\n-Ann-Sofie Lee", NOTE_DEFAULT },
	{ EN " - Ann-Sofie Lee", NOTE_DEFAULT },
	{ EN "\n\nBest regards,\nAnn-Sofie", NOTE_DEFAULT },
	{ "Imaging-dev,\n" EN, NOTE_DEFAULT },
	{ "Hola Bob,\n" EN "\nSaludos", NOTE_DEFAULT },
	{ "I'd like to add\nyou to my professional\nnetwork on LinkedIn.", NOTE_DEFAULT },
	{ "Hi Bob, I'd like to join your LinkedIn network.", NOTE_DEFAULT },
	{ "Ich m?chte Sie zu meinem beruflichen Netzwerk auf LinkedIn hinzuf?gen.",
	  NOTE_DEFAULT },
	{ "Ich mochte Sie zu meinem beruflichen Netzwerk auf LinkedIn hinzufugen",
	  NOTE_DEFAULT },
	{ "Me gustar\357\277\275a a\357\277\275adirte a mi red profesional en LinkedIn.",
	  NOTE_DEFAULT },
	{ "J'aimerais vous inviter ? rejoindre mon r?seau professionnel en ligne, sur le "
	  "site LinkedIn.",
	  NOTE_DEFAULT },
	/* Default text and more. */
	{ "Hi Bob, we met at the Lisbon meetup. " EN, NOTE_PERSONAL },
	{ EN " We met at the Lisbon meetup.", NOTE_PERSONAL },
	{ "Hi Bob,\n\n" EN "\n\nYour talk about kiln glazes in Delft was a delight.",
	  NOTE_PERSONAL },
	/* Pleasantries only. */
	{ "Hi Bob, I came across your profile and would love to connect.", NOTE_VAGUE },
	{ "Let's connect!", NOTE_VAGUE },
	{ "Hi Bob,\nI hope you are well. Looking forward to connecting.\nBest regards\nAnn",
	  NOTE_VAGUE },
	{ "Let's connect! " EN, NOTE_DEFAULT },
	{ "Hallo Bob, ich w\303\274rde mich gerne vernetzen.", NOTE_VAGUE },
	{ "Ann-Sofie Lee", NOTE_VAGUE },
	/* Own words. */
	{ "Hi Bob, we spoke at the ferry about tide tables.", NOTE_PERSONAL },
	{ "Hallo Bob, wir haben uns auf der F\303\244hre nach Gotland \303\274ber "
	  "Gezeitentafeln unterhalten.",
	  NOTE_PERSONAL },
	{ "\345\205\210\351\200\261\343\201\256\346\270\257\347\224\272\343\201\247\343\201"
	  "\256\350\254\233\346\274\224\343\201\247\343\201\212\344\274\232\343\201\204\343"
	  "\201\227\343\201\276\343\201\227\343\201\237",
	  NOTE_PERSONAL },
};

START_TEST(each_note_gets_its_class)
{
	g_autoptr(Languages) languages = own_languages();

	check_class(languages, notes[_i].text, notes[_i].class);
}
END_TEST

/* The text of a default with a name in its holes. */
static char *
filled(const char *text)
{
	g_auto(GStrv) parts = g_strsplit(text, "{name}", -1);

	return g_strjoinv("Ann-Sofie Lee", parts);
}

/* What a mail that lost its accents leaves of a text. */
static char *
without_accents(const char *text, const char *instead)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c))
		if ((unsigned char)*c < 0x80)
			g_string_append_c(out, *c);
		else if (g_unichar_isalpha(g_utf8_get_char(c)))
			g_string_append(out, instead);
		else
			g_string_append_len(out, c, g_utf8_next_char(c) - c);

	return g_strdup(out->str);
}

static bool
is_latin(const char *text)
{
	for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c))
		if (g_unichar_isalpha(g_utf8_get_char(c)) &&
		    g_unichar_get_script(g_utf8_get_char(c)) != G_UNICODE_SCRIPT_LATIN)
			return false;

	return true;
}

static void
check_default(const Languages *languages, const KeyfileEntry *entry)
{
	g_autofree char *text = filled(entry->value);
	g_autofree char *shouted = g_utf8_strup(text, -1);
	g_autofree char *greeted = g_strconcat("Hi Bob,\n", text, NULL);
	g_autofree char *signed_off =
	    g_strconcat("Bob Ray,\n\n", text, "\n\n- Ann-Sofie", NULL);
	g_autofree char *in_line = g_strconcat(text, " - Ann-Sofie Lee", NULL);
	g_autofree char *asked = without_accents(text, "?");
	g_autofree char *broken = without_accents(text, "\357\277\275");

	check_class(languages, text, NOTE_DEFAULT);
	check_class(languages, shouted, NOTE_DEFAULT);
	check_class(languages, greeted, NOTE_DEFAULT);
	check_class(languages, signed_off, NOTE_DEFAULT);
	check_class(languages, in_line, NOTE_DEFAULT);
	if (!is_latin(text))
		return;
	check_class(languages, asked, NOTE_DEFAULT);
	check_class(languages, broken, NOTE_DEFAULT);
}

START_TEST(every_default_text_is_known_greeted_signed_and_without_accents)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "languages", ".language", NULL);
	g_autoptr(Languages) languages = languages_of(files);
	size_t count = 0;

	for (size_t i = 0; i < files->len; i++)
		for (size_t j = 0; j < keyfile_length(files->pdata[i]); j++) {
			const KeyfileEntry *entry = keyfile_entry(files->pdata[i], j);

			if (!g_str_equal(entry->group, "default"))
				continue;
			check_default(languages, entry);
			count++;
		}
	ck_assert_uint_ge(count, 20);
}
END_TEST

START_TEST(the_reason_names_the_default_text_and_its_language)
{
	g_autoptr(Languages) languages = own_languages();
	g_autoptr(Note) note = note_judge(
	    languages, "Hi Bob,\nMe gustar\303\255a a\303\261adirte a mi red profesional en LinkedIn.",
	    &people);

	ck_assert_str_eq(note->language, "es");
	ck_assert_str_eq(note->reasons->pdata[0], "default:linkedin-es-1");
	ck_assert_str_eq(note->greeted, "Bob");
}
END_TEST

static const struct {
	const char *text;
	const char *language;
} spoken[] = {
	{ "Hi Bob, we spoke at the ferry about the tide tables of Gotland.", "en" },
	{ "Hallo Bob, wir haben uns auf der F\303\244hre \303\274ber Gezeiten unterhalten.",
	  "de" },
	{ "Bonjour Bob, nous avons parl\303\251 des mar\303\251es sur le bac de Gotland.",
	  "fr" },
	{ "Hola Bob, hablamos en el barco sobre las mareas de la isla.", "es" },
	{ "Dag Bob, wij spraken elkaar op de boot over het getij.", "nl" },
};

START_TEST(the_language_of_own_words_is_told)
{
	g_autoptr(Languages) languages = own_languages();
	g_autoptr(Note) note = note_judge(languages, spoken[_i].text, &people);

	ck_assert_msg(g_strcmp0(note->language, spoken[_i].language) == 0,
		      "%s: got %s, want %s", spoken[_i].text, note->language,
		      spoken[_i].language);
}
END_TEST

/* A note cannot write a reason that is not there. */
START_TEST(evidence_fakes_no_other_reason)
{
	g_autoptr(Languages) languages = own_languages();
	g_autoptr(Note) note = note_judge(
	    languages, "xyzzy\", relation:known, \"plugh; note=none <a@b.test>\r\nVerdict: x",
	    &people);
	const char *reason = note->reasons->pdata[0];

	ck_assert_uint_eq(note->reasons->len, 1);
	ck_assert(g_str_has_prefix(reason, "own-words \""));
	ck_assert_ptr_null(strpbrk(reason + strlen("own-words \""), ",;=<>\r\n"));
	ck_assert_ptr_eq(strchr(reason + strlen("own-words \""), '"'),
			 reason + strlen(reason) - 1);
}
END_TEST

/* Any bytes may be a note, of any length. */
static const char *const pieces[] = {
	"word ",	"a",	   "\n",	  ",",	    "- ",     "Hi Bob,\n",
	EN " ",		"\377\376", "\303",	  "?",	    "let's connect ",
	"\343\201\202", "\360\237\230\200", "\314\201", "\342\200\256", "- Ann-Sofie Lee\n",
	"LinkedIn ",	"*{name}",
};

START_TEST(any_bytes_have_an_answer)
{
	g_autoptr(Languages) languages = own_languages();
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(Note) note = NULL;

	while (text->len < 64 * 1024)
		g_string_append(text, pieces[_i]);
	note = note_judge(languages, text->str, &people);
	ck_assert(note->class < NOTE_LAST);
	for (size_t i = 0; i < note->reasons->len; i++) {
		ck_assert(g_utf8_validate(note->reasons->pdata[i], -1, NULL));
		ck_assert_uint_le(strlen(note->reasons->pdata[i]), 300);
	}
	ck_assert(note->greeted == NULL || g_utf8_validate(note->greeted, -1, NULL));
}
END_TEST

START_TEST(names_may_be_unknown)
{
	g_autoptr(Languages) languages = own_languages();
	NoteNames nobody = { NULL, NULL, NULL };
	g_autoptr(Note) note =
	    note_judge(languages, "Bob, " EN "\n- Ann", &nobody);

	ck_assert_int_eq(note->class, NOTE_DEFAULT);
}
END_TEST

static const struct {
	const char *text;
	const char *wanted;
} mistakes[] = {
	{ "[language]\nname = x\n", "t.language: [language] needs a code" },
	{ "[language]\ncode = xx\n[phrase]\nwords = a\n",
	  "t.language:4: [phrase] words: no such section" },
	{ "[language]\ncode = xx\nnaem = x\n",
	  "t.language:3: [language] naem: no such key; there are code, name" },
	{ "[language]\ncode = xx\n[phrases]\n\nword = a\n",
	  "t.language:5: [phrases] word: no such key; there are greetings" },
	{ "[language]\ncode = xx\n[phrases]\ngreetings = hi; !\n",
	  "t.language:4: [phrases] greetings: \"!\" holds no letter" },
	{ "[language]\ncode = xx\n[default]\na-1 = hello {nmae}\n",
	  "t.language:4: [default] a: " },
};

START_TEST(a_mistake_is_named_with_file_line_and_key)
{
	g_autoptr(GPtrArray) files = fixture_files("t.language", mistakes[_i].text);
	g_autoptr(GError) error = NULL;
	g_autoptr(Languages) languages = languages_new(files, &error);

	ck_assert_msg(languages == NULL, "taken: %s", mistakes[_i].text);
	ck_assert_msg(g_str_has_prefix(error->message, mistakes[_i].wanted),
		      "got \"%s\", want \"%s\"", error->message, mistakes[_i].wanted);
}
END_TEST

START_TEST(there_is_a_limit_to_languages)
{
	g_autoptr(GPtrArray) files =
	    g_ptr_array_new_with_free_func((GDestroyNotify)keyfile_free);
	g_autoptr(GError) error = NULL;
	g_autoptr(Languages) languages = NULL;

	for (int i = 0; i <= LANGUAGES_MAX_COUNT; i++) {
		g_autofree char *text = g_strdup_printf("[language]\ncode = x%d\n", i);

		g_ptr_array_add(files, keyfile_new("t.language", text, strlen(text), NULL));
	}
	languages = languages_new(files, &error);
	ck_assert_ptr_null(languages);
	ck_assert_str_eq(error->message, "t.language: more than 64 languages");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("note");
	TCase *note = tcase_create("note"), *file = tcase_create("file");

	tcase_set_timeout(note, 60);
	tcase_add_loop_test(note, each_note_gets_its_class, 0, G_N_ELEMENTS(notes));
	tcase_add_test(note, every_default_text_is_known_greeted_signed_and_without_accents);
	tcase_add_test(note, the_reason_names_the_default_text_and_its_language);
	tcase_add_loop_test(note, the_language_of_own_words_is_told, 0, G_N_ELEMENTS(spoken));
	tcase_add_test(note, evidence_fakes_no_other_reason);
	tcase_add_loop_test(note, any_bytes_have_an_answer, 0, G_N_ELEMENTS(pieces));
	tcase_add_test(note, names_may_be_unknown);
	suite_add_tcase(suite, note);
	tcase_add_loop_test(file, a_mistake_is_named_with_file_line_and_key, 0,
			    G_N_ELEMENTS(mistakes));
	tcase_add_test(file, there_is_a_limit_to_languages);
	suite_add_tcase(suite, file);

	return fixture_run(suite);
}
