/* SPDX-License-Identifier: BSD-2-Clause */
/* check_note.c - are default texts told from words of one's own? */

#include "config.h"

#include <string.h>

#include "base/data.h"
#include "fixture.h"
#include "note/note.h"

#define EN "I'd like to add you to my professional network on LinkedIn."

/* The default text with marks piled up on each word. */
#define ZALGO                                                                            \
	"I\314\201\315\240\314\226'd "                                                   \
	"l\314\201\315\240\314\226ike "                                                  \
	"t\314\201\315\240\314\226o "                                                    \
	"a\314\201\315\240\314\226dd "                                                   \
	"y\314\201\315\240\314\226ou "                                                   \
	"t\314\201\315\240\314\226o "                                                    \
	"m\314\201\315\240\314\226y "                                                    \
	"p\314\201\315\240\314\226rofessional "                                          \
	"n\314\201\315\240\314\226etwork "                                               \
	"o\314\201\315\240\314\226n "                                                    \
	"L\314\201\315\240\314\226inkedIn."

/* "we met at the conference in Haifa" */
#define HEBREW_MET                                                                       \
	"\327\240\327\244\327\222\327\251\327\240\327\225 "                              \
	"\327\221\327\233\327\240\327\241 "                                              \
	"\327\221\327\227\327\231\327\244\327\224"

#define TEN(text)  text text text text text text text text text text
#define EMOJI_SAID EN " " TEN(TEN("\360\237\230\200\360\237\231\217\360\237\230\200"))

static Languages *
languages_of(GPtrArray *files)
{
	g_autoptr(GError) error = NULL;
	Languages *languages = languages_new(files, &error);

	ck_assert_msg(languages != NULL, "%s", error != NULL ? error->message : "");

	return languages;
}

/* Read once: it takes a second under valgrind, where no test forks. */
static const Languages *
own_languages(void)
{
	static Languages *languages;

	if (languages == NULL) {
		g_autoptr(GPtrArray) files =
		    data_load(NULL, "languages", ".language", NULL);

		ck_assert_ptr_nonnull(files);
		languages = languages_of(files);
	}

	return languages;
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
	/* Who works at the neighbours', and who is one. */
	{ "We are tiling the roof of your neighbours at the mill and could do yours for "
	  "900 euros.",
	  NOTE_PITCH },
	{ "Your neighbours at the mill here. While the scaffolding is up, shall we look "
	  "at "
	  "the gutter that we share?",
	  NOTE_VAGUE },
	{ "We were at the same college. Endorse me for welding and I'll do the same for "
	  "you.",
	  NOTE_PITCH },
	/* In a language that no file has, with words that look like one's. */
	{ "Kya aap wahi Shankar hain jo hamari gali mein patang udate the? Meri nayi job "
	  "ab "
	  "Jaipur mein hai, milte hain kabhi",
	  NOTE_VAGUE },
	/* A greeting says something, and gives no reason. */
	{ "Hi Bob,\n\n- Ann-Sofie", NOTE_VAGUE },
	{ "Hello!", NOTE_VAGUE },
	{ "\360\237\221\213", NOTE_VAGUE },
	{ "Hi Bob, happy Friday! My name is Ann-Sofie", NOTE_VAGUE },
	{ "Guten Tag Frau Sievers", NOTE_VAGUE },
	{ "Happy Friday, we met in Ghent", NOTE_PERSONAL },
	{ "\342\200\213\342\200\256", NOTE_NONE },
	/* Asks what the reader chose, in words of trade. */
	{ "Could I ask which loan software you ended up choosing?", NOTE_VAGUE },
	{ "May I ask which loan programme you settled on in the end for the school "
	  "library?",
	  NOTE_VAGUE },
	{ "Which CRM did you end up choosing? We help teams like yours get more from it.",
	  NOTE_PITCH },
	/* Who worked with the reader asks no favour as a stranger does. */
	{ "Former colleague of yours at the tannery. Could you recommend me to your "
	  "board?",
	  NOTE_VAGUE },
	{ "Wir waren bis 2016 Kolleginnen bei Ehlers. Kannst du mich bei deiner Chefin "
	  "empfehlen?",
	  NOTE_PERSONAL },
	{ "Nous \303\251tions coll\303\250gues au d\303\251p\303\264t de Vannes. "
	  "Pourrais-tu transmettre mon CV \303\240 ton \303\251quipe ?",
	  NOTE_VAGUE },
	{ "Fuimos compa\303\261eras en el vivero de Lugo. \302\277Me "
	  "recomendar\303\255as en tu empresa?",
	  NOTE_PERSONAL },
	{ "Eravamo colleghe in tipografia. Potresti girare il mio curriculum?",
	  NOTE_VAGUE },
	{ "We waren collega's op de werf. Wil je mijn cv doorgeven?", NOTE_VAGUE },
	{ "Fomos colegas no estaleiro. Podias passar o meu curr\303\255culo?",
	  NOTE_VAGUE },
	{ "A former colleague told me about you. I am looking for work, could you pass "
	  "on my CV?",
	  NOTE_PITCH },
	/* Friends with words of trade, and a seller beside each. */
	{ "I take over your post at the harbour office in May. Could we go through the "
	  "open jobs?",
	  NOTE_PERSONAL },
	{ "The free trial lesson of our fencing club is on Friday. Can you open the "
	  "hall?",
	  NOTE_VAGUE },
	{ "Come to a free trial lesson in our studio on Friday.", NOTE_PITCH },
	{ "Thanks for the invitation to your party. May I bring my sister?",
	  NOTE_PERSONAL },
	{ "Vielen Dank f\303\274r die Einladung. Darf ich meine Schwester mitbringen?",
	  NOTE_PERSONAL },
	{ "Quel logiciel de pr\303\252t avez-vous choisi ? Nous h\303\251sitons encore.",
	  NOTE_PERSONAL },
	{ "Our kids are in the same class. We help companies like yours get more leads, "
	  "book a demo?",
	  NOTE_VAGUE },
	/* Sellers among words that sound concrete. */
	{ "Wir suchen H\303\244ndler in Ihrer Gegend f\303\274r unsere Wintergarten-T"
	  "\303\274ren.",
	  NOTE_PITCH },
	{ "Verkoopt u uw bedrijf?", NOTE_PITCH },
	{ "Who looks after the buying of laptops in your firm?", NOTE_PITCH },
	/* What a link is made of tells of no past, and its sentence ends with it. */
	{ "Reserve your seat for the growth call: https://book.example.com/lead/7f3a",
	  NOTE_PITCH },
	{ "https://met.example.com/your/talk/FOSDEM/2024", NOTE_VAGUE },
	{ "https://a.example/x and we met at the fair in Arnhem, where I lost my hat.",
	  NOTE_PERSONAL },
	/* Asks for minutes, on what the reader found out. */
	{ "I'm writing my thesis on tidal mills. Could I ask you 15 minutes about your "
	  "measurements?",
	  NOTE_PERSONAL },
	{ "Ich schreibe meine Masterarbeit \303\274ber Gezeitenm\303\274hlen. "
	  "H\303\244tten Sie 15 "
	  "Minuten f\303\274r ein Gespr\303\244ch \303\274ber Ihre Messungen?",
	  NOTE_PERSONAL },
	/* Land, and money that is earned at home. */
	{ "Lotes campestres cerca de Izamal, enganche bajo y escrituras al d\303\255a.",
	  NOTE_PITCH },
	{ "Evden \303\247al\304\261\305\237arak ayda 20000 lira kazanmak ister misin?",
	  NOTE_PITCH },
	/* As short as a default text, and an offer. */
	{ "If you are looking for joiners, we can help.", NOTE_PITCH },
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
	/* A pitch that is wrapped in a shared past, or its words broken unseen. */
	{ "We met at FOSDEM, we worked together, Anna told me to write. We help "
	  "companies "
	  "like yours get more leads. Book a demo: https://example.org/demo",
	  NOTE_PITCH },
	{ "met met met met met met We help companies like yours get more leads, book a "
	  "demo call next week?",
	  NOTE_PITCH },
	{ "W\342\200\213e h\342\200\213elp c\342\200\213ompanies like yours get more "
	  "leads. Book a 15 minute demo?",
	  NOTE_PITCH },
	/* Our own cues said again and again, and a sender who speaks of a journey. */
	{ "FOSDEM FOSDEM met met", NOTE_VAGUE },
	{ "we met we met we met at FOSDEM at FOSDEM at FOSDEM", NOTE_VAGUE },
	{ "met FOSDEM met FOSDEM met FOSDEM met FOSDEM talk talk", NOTE_VAGUE },
	{ "Hi Bob,\nI hope you are well. Looking forward to connecting.\nBest "
	  "regards\nAnn",
	  NOTE_VAGUE },
	{ "Let's connect! " EN, NOTE_DEFAULT },
	{ "Hallo Bob, ich w\303\274rde mich gerne vernetzen.", NOTE_VAGUE },
	{ "Ann-Sofie Lee", NOTE_VAGUE },
	/* The network's text and a signature with all that belongs to the name. */
	{ EN "\n\nAnn-Sofie Lee, PhD", NOTE_DEFAULT },
	{ EN "\n\nAnn-Sofie Lee\nCEO, Acme", NOTE_DEFAULT },
	{ EN "\n- Ann-Sofie", NOTE_DEFAULT },
	{ EN "\n\nAnn-Sofie Lee, Ph.D.", NOTE_DEFAULT },
	{ EN "\n\n- Ann-Sofie Lee, CEO of Acme Widgets", NOTE_DEFAULT },
	{ EN " - Ann-Sofie Lee, PhD", NOTE_DEFAULT },
	{ EN "\n\nBest regards,\nAnn-Sofie Lee | Head of Sales\nAcme Widgets\n+1"
	     " 555 0100",
	  NOTE_DEFAULT },
	/* Own words below the signature, or more than a title. */
	{ EN "\n\nAnn-Sofie Lee\nWe met in Ghent", NOTE_PERSONAL },
	{ EN "\n\nAnn-Sofie Lee\n\nWe talked about kilns.", NOTE_PERSONAL },
	{ "Ann-Sofie Lee wants to talk.", NOTE_VAGUE },
	{ "Bob,\nAnn-Sofie Lee, who met you at the kiln in Delft", NOTE_PERSONAL },
	/* Short, and a place. */
	{ "We met in Ghent.", NOTE_PERSONAL },
	{ "Hi Bob, we met in Ghent. Let's connect!", NOTE_PERSONAL },
	{ "I am over in Berlin", NOTE_PERSONAL },
	{ "We met at FOSDEM", NOTE_PERSONAL },
	{ "WE MET FOSDEM", NOTE_PERSONAL },
	{ "Hola Mark", NOTE_VAGUE },
	{ "Thank you Maria.", NOTE_VAGUE },
	/* A name that anybody can put into a phrase, and no place. */
	{ "Your work at Acme caught my attention.", NOTE_VAGUE },
	{ "Hi Bob, I'd love to connect on LinkedIn", NOTE_VAGUE },
	{ "Wie w\303\244re es mit einem Kontakt?", NOTE_VAGUE },
	{ "Hello Bob Ray, this is Ann-Sofie Lee.", NOTE_VAGUE },
	{ "\345\270\214\346\234\233\350\203\275\344\270\216\346\202\250\345"
	  "\273\272\347\253\213\350\201\224\347\263\273",
	  NOTE_DEFAULT },
	/* Own words. */
	{ "Hi Bob, we spoke at the ferry about tide tables.", NOTE_PERSONAL },
	{ "Hallo Bob, wir haben uns auf der F\303\244hre nach Gotland \303\274ber "
	  "Gezeitentafeln unterhalten.",
	  NOTE_PERSONAL },
	{ "\345\205\210\351\200\261\343\201\256\346\270\257\347\224\272\343\201\247\343"
	  "\201"
	  "\256\350\254\233\346\274\224\343\201\247\343\201\212\344\274\232\343\201\204"
	  "\343"
	  "\201\227\343\201\276\343\201\227\343\201\237",
	  NOTE_PERSONAL },
	/* A sentence in another language is read in that: what sells hides behind none. */
	{ "Wir haben uns im Sommer auf der F\303\244hre nach Gotland unterhalten.",
	  NOTE_PERSONAL },
	{ "Wir haben uns im Sommer auf der F\303\244hre nach Gotland unterhalten. We "
	  "help "
	  "companies like yours win customers.",
	  NOTE_PITCH },
	{ "We met in Ghent last year and talked about tide tables over a beer. Wir "
	  "bieten "
	  "Firmen eine Software an.",
	  NOTE_VAGUE },
	{ "We met in Ghent and looked for the ferry together. Ich habe noch deinen "
	  "Schal.",
	  NOTE_PERSONAL },
};

START_TEST(each_note_gets_its_class)
{
	const Languages *languages = own_languages();

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
	const Languages *languages = own_languages();
	g_autoptr(Note) note = note_judge(languages,
					  "Hi Bob,\nMe gustar\303\255a a\303\261adirte a "
					  "mi red profesional en LinkedIn.",
					  &people);

	ck_assert_str_eq(note->language, "es");
	ck_assert_str_eq(note->reasons->pdata[0], "default:linkedin-es-1");
	ck_assert_str_eq(note->greeted, "Bob");
}
END_TEST

/* A network or a phone puts a greeting on top; the writer's own is below it. */
static const struct {
	const char *text;
	const char *greeted;
} twice[] = {
	{ "Hi Bob,\n\nCiao Nora, grazie ancora per l'aiuto con il catalogo", "Nora" },
	{ "Hallo Bob,\nlieber Jens, der Schl\303\274ssel liegt bei mir.", "Jens" },
	{ "Hi Bob,\n\nNews from the choir: we sing on Sunday.", "Bob" },
	{ "Hi Bob,\n\nHello again from the bus", "Bob" },
	{ "Hi Bob,\n\nHello from Lindum, we sing on Sunday.", "Bob" },
};

START_TEST(the_writers_own_greeting_may_stand_below_another)
{
	g_autoptr(Note) note = note_judge(own_languages(), twice[_i].text, &people);

	ck_assert_str_eq(note->greeted, twice[_i].greeted);
}
END_TEST

/* Some languages say behind the name that somebody is greeted. */
static const struct {
	const char *text;
	const char *recipient;
	const char *greeted; /* NULL: nobody is */
	bool is_wrong;       /* a slip, as scripts make */
} behind[] = {
	{ "ジョストさん、大阪の学会で発表を聞きました。", "Joost Vermeulen", "ジョスト",
	  false },
	{ "田中様、大阪の学会でお会いしました。", "田中恵子", "田中", false },
	{ "鈴木さん、大阪の学会でお会いしました。", "田中恵子", "鈴木", true },
	{ "王老师，我们在北京的会议上见过面。", "Joost Vermeulen", "王", false },
	{ "Ahmet Bey, geçen hafta İzmir toplantısında tanıştık.", "Ahmet Kaya", "Ahmet",
	  false },
	{ "昨日の学会でお会いしました、田中さんの紹介です。", "Joost Vermeulen", NULL,
	  false },
	{ "先生、大阪の学会でお会いしました。", "Joost Vermeulen", NULL, false },
};

START_TEST(a_greeting_may_stand_behind_the_name)
{
	g_autoptr(Assessor) assessor = fixture_assessor(NULL);
	NoteNames names = { .recipient = behind[_i].recipient,
			    .rules = assessor_rules(assessor)->names };
	g_autoptr(Note) note =
	    note_judge(assessor_languages(assessor), behind[_i].text, &names);
	bool is_wrong = false;

	ck_assert_msg(g_strcmp0(note->greeted, behind[_i].greeted) == 0,
		      "%s: got \"%s\", want \"%s\"", behind[_i].text, note->greeted,
		      behind[_i].greeted);
	ck_assert(note->is_greeting_known || behind[_i].greeted == NULL);
	for (size_t i = 0; i < note->reasons->len; i++)
		is_wrong |= g_str_has_prefix(note->reasons->pdata[i], "pitch:wrong-name");
	ck_assert_msg(is_wrong == behind[_i].is_wrong, "%s: %s", behind[_i].text,
		      is_wrong ? "a wrong name" : "no wrong name");
}
END_TEST

static const struct {
	const char *text;
	const char *language;
} spoken[] = {
	{ "Hi Bob, we spoke at the ferry about the tide tables of Gotland.", "en" },
	{ "Hallo Bob, wir haben uns auf der F\303\244hre \303\274ber Gezeiten "
	  "unterhalten.",
	  "de" },
	{ "Bonjour Bob, nous avons parl\303\251 des mar\303\251es sur le bac de Gotland.",
	  "fr" },
	{ "Hola Bob, hablamos en el barco sobre las mareas de la isla.", "es" },
	{ "We met in Ghent.", "en" },
	{ "I am over in Berlin", "en" },
	{ "Great talk in Berlin", "en" },
	{ "We both were at the Oslo meetup", "en" },
	{ "Hi Bob, good to see you in Leiden", "en" },
	{ "Thanks for your help with the pump", "en" },
	{ "You and I studied together in Jena", "en" },
	{ "Hi Bob, we hebben samen aan de sluis gewerkt", "nl" },
	{ "Beste Bob, wij waren in Delft bij dezelfde lezing", "nl" },
	{ "Hallo Bob, wir kennen uns aus Jena", "de" },
	{ "Ihr Vortrag in Ulm war sehr gut", "de" },
	{ "Servus Bob, bin gerade in Graz", "de" },
	{ "Hola Mark, trabajamos juntos en Acme", "es" },
	{ "Nos conocimos en Lugo hace dos a\303\261os", "es" },
	{ "Ol\303\241 Bob, trabalhamos juntos no Porto", "pt" },
	{ "Foi um prazer, voc\303\252 estava na palestra", "pt" },
	{ "Bonjour Bob, nous \303\251tions \303\240 Lyon ensemble", "fr" },
	{ "On se conna\303\256t du club de voile", "fr" },
	{ "Ciao Bob, abbiamo lavorato insieme a Bari", "it" },
	{ "Ci siamo visti alla fiera di Bari", "it" },
	{ "Hej Bob, vi tr\303\244ffades p\303\245 m\303\244ssan i Ume\303\245"
	  " och pratade om b\303\245tar",
	  "sv" },
	{ "Hej Bob, jeg s\303\245 jeres opl\303\246g i Aarhus", "da" },
	{ "Hei Bob, jeg h\303\270rte deg i Bergen, veldig bra", "no" },
	{ "Hei Bob, olimme samalla kurssilla Turussa ja sin\303\244 olit muka"
	  "na",
	  "fi" },
	{ "Cze\305\233\304\207 Bob, byli\305\233my razem na targach, to jest "
	  "\305\233wietne",
	  "pl" },
	{ "Dobr\303\275 den, potkali jsme se v Brn\304\233", "cs" },
	{ "Szia Bob, egy\303\274tt dolgoztunk \303\251s nagyon j\303\263 volt", "hu" },
	{ "Bun\304\203 ziua, ne cunoa\310\231tem din Cluj", "ro" },
	{ "Merhaba Bob, \304\260zmir'deki sunumunuz \303\247ok g\303\274zeldi", "tr" },
	{ "Halo Bob, kita pernah bekerja bersama di Bandung", "id" },
	{ "\320\237\321\200\320\270\320\262\320\265\321\202, \320\274\321\213"
	  " \320\262\321\201\321\202\321\200\320\265\321\207\320\260\320\273"
	  "\320\270\321\201\321\214 \320\262 \320\237\320\265\321\200\320\274"
	  "\320\270",
	  "ru" },
	{ "\320\222\321\226\321\202\320\260\321\216, \320\274\320\270 \320"
	  "\267\321\203\321\201\321\202\321\200\321\226\321\207\320\260\320"
	  "\273\320\270\321\201\321\217 \321\203 \320\233\321\214\320\262\320"
	  "\276\320\262\321\226",
	  "uk" },
	{ "\316\223\316\265\316\271\316\261 \317\203\316\277\317\205, \316"
	  "\263\316\275\317\211\317\201\316\271\317\203\317\204\316\256\316"
	  "\272\316\261\316\274\316\265 \317\203\317\204\316\267\316\275 \316"
	  "\240\316\254\317\204\317\201\316\261",
	  "el" },
	{ "\331\205\330\261\330\255\330\250\330\247\330\214 \330\247\331\204"
	  "\330\252\331\202\331\212\331\206\330\247 \331\201\331\212 \330\247"
	  "\331\204\331\205\330\271\330\261\330\266",
	  "ar" },
	{ "\327\251\327\234\327\225\327\235, \327\240\327\244\327\222\327\251"
	  "\327\240\327\225 \327\221\327\233\327\240\327\241 \327\221\327\227"
	  "\327\231\327\244\327\224",
	  "he" },
	{ "\340\244\250\340\244\256\340\244\270\340\245\215\340\244\244\340"
	  "\245\207, \340\244\271\340\244\256 \340\244\252\340\245\201\340"
	  "\244\243\340\245\207 \340\244\256\340\245\207\340\244\202 \340\244"
	  "\256\340\244\277\340\244\262\340\245\207 \340\244\245\340\245\207",
	  "hi" },
	{ "\345\205\210\351\200\261\343\201\256\346\270\257\347\224\272\343"
	  "\201\247\343\201\256\350\254\233\346\274\224\343\201\247\343\201"
	  "\212\344\274\232\343\201\204\343\201\227\343\201\276\343\201\227"
	  "\343\201\237",
	  "ja" },
	{ "\346\235\261\344\272\254\345\244\247\345\255\246\347\265\214\346"
	  "\270\210\345\255\246\351\203\250\346\211\200\345\261\236\343\201"
	  "\256\347\224\260\344\270\255",
	  "ja" },
	{ "\346\210\221\344\273\254\345\216\273\345\271\264\345\234\250\344"
	  "\270\212\346\265\267\350\247\201\350\277\207\351\235\242",
	  "zh-Hans" },
	{ "\345\214\227\344\272\254\345\244\247\345\255\246\346\240\241\345"
	  "\217\213",
	  "zh-Hans" },
	{ "\346\210\221\345\200\221\345\216\273\345\271\264\345\234\250\345"
	  "\217\260\345\214\227\350\246\213\351\201\216\351\235\242",
	  "zh-Hant" },
	{ "\354\247\200\353\202\234\354\243\274 \353\266\200\354\202\260\354"
	  "\227\220\354\204\234 \353\247\214\353\202\254\354\212\265\353\213"
	  "\210\353\213\244",
	  "ko" },
	{ "Let's connect - our kiln project in Delft\n\nBest regards,\nAnn-So"
	  "fie",
	  "en" },
	{ "Kiln, Delft, 2019\n\nMit freundlichen Gr\303\274\303\237en\nAnn-So"
	  "fie",
	  "de" },
	{ "Kiln Delft xyzzy", NULL },
	{ "Hej! Kiln xyzzy", NULL },
	{ "in", NULL },
	{ "Dag Bob, wij spraken elkaar op de boot over het getij.", "nl" },
};

START_TEST(the_language_of_own_words_is_told)
{
	const Languages *languages = own_languages();
	g_autoptr(Note) note = note_judge(languages, spoken[_i].text, &people);

	ck_assert_msg(g_strcmp0(note->language, spoken[_i].language) == 0,
		      "%s: got %s, want %s", spoken[_i].text, note->language,
		      spoken[_i].language);
}
END_TEST

/* A note cannot write a reason that is not there. */
START_TEST(evidence_fakes_no_other_reason)
{
	const Languages *languages = own_languages();
	g_autoptr(Note) note = note_judge(
	    languages,
	    "xyzzy\", relation:known, \"plugh; note=none <a@b.test>\r\nVerdict: x",
	    &people);

	ck_assert_uint_ge(note->reasons->len, 1);
	for (size_t i = 0; i < note->reasons->len; i++) {
		const char *reason = note->reasons->pdata[i];
		const char *quote = strchr(reason, '"');

		ck_assert_msg(!g_str_has_prefix(reason, "relation"), "%s", reason);
		ck_assert_msg(strpbrk(reason, ",;=<>\r\n") == NULL, "%s", reason);
		ck_assert_msg(quote == NULL ||
				  strchr(quote + 1, '"') == reason + strlen(reason) - 1 ||
				  g_str_has_prefix(reason, "learned:"),
			      "%s", reason);
	}
}
END_TEST

/* Words that weigh most are shown only where they tell a reader something. */
START_TEST(no_reason_is_a_lone_function_word)
{
	static const char *const texts[] = {
		"Could you make it to be there when he was in?",
		"Would you be so kind as to be there for me?",
		"I do not know him but he may be it.",
	};
	g_autoptr(Note) note = note_judge(own_languages(), texts[_i], &people);
	const char *reason = note->reasons->pdata[0];

	ck_assert_msg(g_str_equal(reason, "vague:no-own-words") ||
			  g_str_has_prefix(reason, "learned:form vague 0."),
		      "%s: got %s", texts[_i], reason);
}
END_TEST

/* "Somebody who" was at school with them is no favour, as "somebody who can" is. */
static const struct {
	const char *text;
	NoteClass class;
} sought[] = {
	{ "Busco a alguien que fuera conmigo al instituto Goya en 1998: \302\277eres "
	  "t\303\272?",
	  NOTE_PERSONAL },
	{ "Eres alguien que me ayud\303\263 mucho en el coro de Sevilla, gracias otra "
	  "vez.",
	  NOTE_PERSONAL },
	{ "Cerco qualcuno che fosse con me al liceo Galvani nel 1992: sei tu?",
	  NOTE_PERSONAL },
	{ "Procuro algu\303\251m que andou comigo na escola de Ovar, em 1990. \303\211s "
	  "tu?",
	  NOTE_PERSONAL },
	{ "Busco a alguien que pueda presentarme a su directora.", NOTE_PITCH },
	{ "Cerco qualcuno che possa presentarmi al suo direttore.", NOTE_PITCH },
	{ "Procuro algu\303\251m que possa divulgar o meu curso.", NOTE_PITCH },
};

START_TEST(somebody_who_is_sought_is_no_favour)
{
	g_autoptr(Note) note = note_judge(own_languages(), sought[_i].text, &people);

	ck_assert_msg(note->class == sought[_i].class, "%s: got %s", sought[_i].text,
		      note_class_name(note->class));
}
END_TEST

/*
 * A friend's money, house, bad news and team have words of trade; who sells begins alike.
 */
static const struct {
	const char *text;
	bool is_near;
} beginnings[] = {
	{ "Hi Luke, treasurer of the under-11s here. You paid twice, I have \302\24315 "
	  "of yours, shall I send it back?",
	  true },
	{ "Du hast den Beitrag doppelt \303\274berwiesen, auf welches Konto darf ich die "
	  "62\342\202\254 zur\303\274ckschicken?",
	  true },
	{ "Wij zijn van nummer 30, jullie alarm gaat al uren. Heeft er iemand een "
	  "sleutel?",
	  true },
	{ "Sou do 2\302\272 direito, vizinha de cima. Preciso da minha chave "
	  "amanh\303\243 cedo",
	  true },
	{ "Hab geh\303\266rt, dass eure Filiale schlie\303\237t. Wir stellen ein, aber "
	  "eigentlich will ich wissen, wie es dir geht.",
	  true },
	{ "Soube que fecharam a loja. Aqui abriu uma vaga, mas antes de tudo: bora tomar "
	  "uma na sexta",
	  true },
	{ "I was in the other coach at Brecon. If you ever want to talk with someone who "
	  "was there.",
	  true },
	{ "its Sam from netball, dont want insurance off you, are you in or out on "
	  "sunday",
	  true },
	{ "Our records show you overpaid for gas by \302\243312. We get it back for "
	  "clients, shall I start the claim?",
	  false },
	{ "Wij hebben net nummer 30 verkocht. Benieuwd wat uw huis waard is?", false },
	{ "Ich habe gelesen, dass Ihr Werk schlie\303\237t. Wir suchen Fachkr\303\244fte "
	  "wie Sie, wann darf ich anrufen?",
	  false },
	{ "Retrouvez-nous au salon, hall 4, stand B40 : venez d\303\251couvrir nos "
	  "fours, badge offert.",
	  false },
	{ "Your smile touched me. I am on a mission in Mali and have something "
	  "confidential to share. Send me your private email.",
	  false },
};

START_TEST(who_is_near_is_no_pitch_and_who_sells_no_friend)
{
	g_autoptr(Note) note = note_judge(own_languages(), beginnings[_i].text, &people);

	ck_assert_msg(note->class !=
			  (beginnings[_i].is_near ? NOTE_PITCH : NOTE_PERSONAL),
		      "%s: got %s", beginnings[_i].text, note_class_name(note->class));
}
END_TEST

/*
 * A past is told easily: where what stands beside it sells by itself, the note is no
 * friend's; a friend who mentions work, or asks for a moment, stays one.
 */
static const struct {
	const char *text;
	bool is_friend;
} pasts[] = {
	{ "In\303\251s Wahl me habl\303\263 de ti, estuvimos juntos en Lindum. Hago "
	  "p\303\241ginas web para clubes, 300 euros y en una semana est\303\241 en "
	  "l\303\255nea.",
	  false },
	{ "We sat next to each other at a dinner. Our software helps clinics to save on "
	  "payroll, would you like a demo?",
	  false },
	{ "A In\303\252s Vidal disse-me para lhe escrever. Alugamos andaimes a empresas "
	  "da sua zona, desde 90 euros por dia.",
	  false },
	{ "We raced together at Lindum in 2022, Ines Ward was there too. I do websites "
	  "now "
	  "and still have capacity in May.",
	  false },
	{ "Wir waren 2012 zusammen bei Ehlers. Was zahlen Sie denn f\303\274r Ihren "
	  "Strom? Soll ich Ihnen das durchrechnen?",
	  false },
	{ "We raten samen in Lindum, met Ines Visser. Wij doen daken, zal ik een prijsje "
	  "maken?",
	  false },
	{ "You taught me to weld in 2009. I run my own workshop now and thought you "
	  "would like to know.",
	  true },
	{ "Ines Ward says you are the one to ask about lime mortar. Do you have ten "
	  "minutes this week?",
	  true },
};

START_TEST(what_sells_beside_a_told_past_is_no_friends)
{
	g_autoptr(Note) note = note_judge(own_languages(), pasts[_i].text, &people);

	ck_assert_msg((note->class == NOTE_PERSONAL) == pasts[_i].is_friend, "%s: got %s",
		      pasts[_i].text, note_class_name(note->class));
}
END_TEST

/*
 * Who asks for a password, or has a dead stranger's money for the reader, is no friend of
 * whatever past; who set one up, or looks for relatives, is no thief.
 */
static const struct {
	const char *text;
	bool is_scam;
} thefts[] = {
	{ "Hi Ann, we raced together at Lindum in 2022. The photos are at "
	  "https://a.example/k - use your mail password to see them.",
	  true },
	{ "Hallo Anna, wir haben uns in Lindum getroffen. Bilder: https://a.example/x, "
	  "melde dich mit deinem Passwort an.",
	  true },
	{ "Bonjour Luc, on s'est vus \303\240 Lindum. Les photos : https://a.example/x "
	  "(connecte-toi avec ton mot de passe)",
	  true },
	{ "Ciao Anna, le foto sono su https://a.example/x, accedi con la tua password",
	  true },
	{ "Your uncle was a friend of my father in Lindum. He deposited a box with a "
	  "security company, and your surname is on the paper.",
	  true },
	{ "Bonjour, une dame portant votre nom de famille nous a laiss\303\251 un legs "
	  "sans h\303\251ritier. R\303\251pondez-moi.",
	  true },
	{ "Hi Ann, it's Tom from the desk at Lindum. I reset your wiki password this "
	  "morning, the new one is in your pigeonhole.",
	  false },
	{ "Hallo Jens, dein Passwort f\303\274r den Rechner im Verein liegt im Fach. "
	  "Gru\303\237, Uwe vom TSV",
	  false },
	{ "Cousin? We have the same last name, and my late father came from Lindum too. "
	  "He left letters from a Mary Tierney, is she yours?",
	  false },
};

START_TEST(a_thief_is_told_whatever_past_he_claims)
{
	g_autoptr(Note) note = note_judge(own_languages(), thefts[_i].text, &people);

	ck_assert_msg((note->class == NOTE_PITCH) == thefts[_i].is_scam, "%s: got %s",
		      thefts[_i].text, note_class_name(note->class));
}
END_TEST

/* Any bytes may be a note, of any length. */
static const char *const pieces[] = {
	"word ",
	"a",
	"\n",
	",",
	"- ",
	"Hi Bob,\n",
	EN " ",
	"\377\376",
	"\303",
	"?",
	"let's connect ",
	"\343\201\202",
	"\360\237\230\200",
	"\314\201",
	"\342\200\256",
	"- Ann-Sofie Lee\n",
	"LinkedIn ",
	"*{name}",
};

/*
 * Who never met the reader, whom a site proposed, and what the reader's profile says give
 * no reason, though their words are those of people who met, told or shared something.
 */
static const struct {
	const char *text;
	NoteClass class;
} idlers[] = {
	{ "We haven't met, hello from the allotment.", NOTE_VAGUE },
	{ "Wir haben uns noch nie getroffen, aber sch\303\266ne Gr\303\274\303\237e aus "
	  "dem Regen.",
	  NOTE_VAGUE },
	{ "Je\305\241t\304\233 jsme se nepotkali, tak aspo\305\210 pozdrav z vlaku.",
	  NOTE_VAGUE },
	{ "We haven't met, but Ines Ward told me at the regatta that you still have the "
	  "keys.",
	  NOTE_PERSONAL },
	{ "We met at the regatta in Lindum, hello from the allotment.", NOTE_PERSONAL },
	{ "Pretty sure weve met by the canal in Ghent, you had the yellow kayak.",
	  NOTE_PERSONAL },
	{ "I met your brother offshore, Ruth; since I'm widowed I sing in his choir on "
	  "Thursdays.",
	  NOTE_PERSONAL },
	{ "My grandson says I should be on here, so here I am, adding people.",
	  NOTE_VAGUE },
	{ "LinkedIn meint, wir h\303\244tten uns was zu sagen. Mal sehen.", NOTE_VAGUE },
	{ "Ich sehe, dass Sie als Eink\303\244uferin bei der Ahornhof Gruppe arbeiten. "
	  "Beeindruckend!",
	  NOTE_VAGUE },
	{ "Ich sehe, dass Sie bei der Ahornhof Gruppe arbeiten. Liegt dort noch mein "
	  "Werkzeugkasten in Raum 12?",
	  NOTE_PERSONAL },
};

START_TEST(no_meeting_no_proposal_and_no_profile_is_a_reason)
{
	g_autoptr(Note) note = note_judge(own_languages(), idlers[_i].text, &people);

	ck_assert_msg(note->class == idlers[_i].class, "%s: got %s", idlers[_i].text,
		      note_class_name(note->class));
}
END_TEST

/*
 * Who looked for one who did it, who read of it, and who asks with numbers and words of
 * their own what no word of ours calls a pitch, is told to be none.
 */
static const struct {
	const char *text;
	bool is_pitch;
} questions[] = {
	{ "Buenas, vi su perfil. Nuestra escuela de Nabule tiene 40 paneles viejos y "
	  "goteras, \302\277los suyos eran de litio o plomo?",
	  false },
	{ "Ho trovato il suo profilo: abbiamo 12 arnie a Sauris e la regina sparita, la "
	  "sua scuola usa ancora melari?",
	  false },
	{ "Je cherchais quelqu'un qui r\303\251pare des soufflets d'accord\303\251on, le "
	  "mien date de 1936 : jetteriez-vous un \305\223il, contre paiement ?",
	  false },
	{ "\320\237\321\200\320\276\321\207\320\270\321\202\320\260\320\273 "
	  "\320\262\320\260\321\210\321\203 "
	  "\321\201\321\202\320\260\321\202\321\214\321\216 \320\277\321\200\320\276 "
	  "\321\200\320\265\320\274\320\276\320\275\321\202 "
	  "\320\274\320\265\320\273\321\214\320\275\320\270\321\206. "
	  "\320\234\320\276\320\266\320\275\320\276 "
	  "\320\267\320\260\320\264\320\260\321\202\321\214 "
	  "\320\277\320\260\321\200\321\203 "
	  "\320\262\320\276\320\277\321\200\320\276\321\201\320\276\320\262?",
	  false },
	{ "We are looking for someone who has five years of sales leadership for our "
	  "client in Leeds. Open to a call this week?",
	  true },
	{ "I read your article on care homes. We sell rota software to homes like yours, "
	  "may I ask you a couple of questions about what you pay?",
	  true },
};

START_TEST(a_question_of_somebody_who_sells_nothing_is_no_pitch)
{
	g_autoptr(Note) note = note_judge(own_languages(), questions[_i].text, &people);

	ck_assert_msg((note->class == NOTE_PITCH) == questions[_i].is_pitch, "%s: got %s",
		      questions[_i].text, note_class_name(note->class));
}
END_TEST

START_TEST(any_bytes_have_an_answer)
{
	const Languages *languages = own_languages();
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

/* Each has a class and reasons, and the first of these begins so. */
static const struct {
	const char *name;
	const char *text;
	size_t times; /* it stands so often, one after the other */
	NoteClass class;
	const char *reason;
} hostile[] = {
	{ "invalid bytes alone", "\377\376\300\200\355\240\200\364\220\200\200", 1,
	  NOTE_NONE, "note:none" },
	{ "invalid bytes around a default text", "\377\376" EN "\303", 1, NOTE_DEFAULT,
	  "default:linkedin-en-1" },
	{ "invalid bytes between words", "We met\377\376 in\303 Ghent.\200", 1,
	  NOTE_PERSONAL, "context:met" },
	{ "an overlong NUL", "We met in Ghent.\300\200", 1, NOTE_PERSONAL,
	  "context:met" },
	{ "right to left", "\327\251\327\234\327\225\327\235 Bob, " HEBREW_MET, 1,
	  NOTE_PERSONAL, "context:met" },
	{ "an override before a default text", "\342\200\256" EN "\342\200\254", 1,
	  NOTE_DEFAULT, "default:linkedin-en-1" },
	{ "an isolate around each word",
	  "\342\201\246We\342\201\251 \342\201\246met\342\201\251 "
	  "\342\201\246in\342\201\251 Ghent.",
	  1, NOTE_PERSONAL, "context:met" },
	{ "nothing but overrides", "\342\200\256\342\200\253\342\201\251", 2000,
	  NOTE_NONE, "note:none" },
	{ "four scripts",
	  "We met in \320\236\321\201\320\273\320\276, \346\235\261\344\272\254, "
	  "\330\247\331\204\331\202\330\247\331\207\330\261\330\251.",
	  1, NOTE_PERSONAL, "context:" },
	{ "a default text in zalgo", ZALGO, 1, NOTE_DEFAULT, "default:linkedin-en-1" },
	{ "marks on nothing", "\314\201\315\240", 4000, NOTE_NONE, "note:none" },
	/* Without spaces every sentence has characters again; who repeats has words. */
	{ "two sentences that end alike",
	  "\346\230\250\345\271\264\343\201\256\345\244\217\343\200\201"
	  "\347\231\275\346\250\272\345\217\260\343\201\256\345\220\210"
	  "\345\256\277\343\201\247\351\215\213\343\202\222\345\210\206"
	  "\343\201\221\343\201\246\343\201\204\343\201\237\343\201\240"
	  "\343\201\204\343\201\237\350\200\205\343\201\247\343\201\231"
	  "\343\200\202\343\201\212\343\201\213\343\201\222\343\201\225"
	  "\343\201\276\343\201\247\347\204\241\344\272\213\343\201\253"
	  "\346\210\273\343\202\214\343\201\276\343\201\227\343\201\237"
	  "\343\200\202\343\201\202\343\202\212\343\201\214\343\201\250"
	  "\343\201\206\343\201\224\343\201\226\343\201\204\343\201\276"
	  "\343\201\227\343\201\237\343\200\202",
	  1, NOTE_PERSONAL, "context:" },
	{ "two words three times each",
	  "\344\274\232\343\201\204\343\201\276\343\201\227\343\201\237"
	  "\344\274\232\343\201\204\343\201\276\343\201\227\343\201\237"
	  "\344\274\232\343\201\204\343\201\276\343\201\227\343\201\237"
	  "\347\231\275\346\250\272\345\217\260\347\231\275\346\250\272"
	  "\345\217\260\347\231\275\346\250\272\345\217\260",
	  1, NOTE_VAGUE, "vague:repeated" },
	{ "300 emoji", "\360\237\230\200", 300, NOTE_VAGUE, "vague:no-own-words" },
	{ "300 emoji of several parts",
	  "\360\237\221\251\342\200\215\360\237\222\273\357\270\217", 300, NOTE_VAGUE,
	  "vague:no-own-words" },
	{ "a default text and 300 emoji", EMOJI_SAID, 1, NOTE_DEFAULT,
	  "default:linkedin-en-1" },
	{ "a megabyte of context", "We met in Ghent. ", 61681, NOTE_VAGUE,
	  "vague:repeated" },
	{ "a megabyte of default text, its last one cut", EN " ", 17200, NOTE_VAGUE,
	  "vague:" },
	{ "a megabyte of one word", "a", 1 << 20, NOTE_VAGUE, "learned:" },
	{ "a megabyte of lines", "\n", 1 << 20, NOTE_NONE, "note:none" },
	{ "a megabyte of signatures", "- Ann-Sofie Lee\n", 65536, NOTE_VAGUE, "" },
	{ "a megabyte of commas", ",", 1 << 20, NOTE_NONE, "note:none" },
	{ "a megabyte of fields", "{", 1 << 20, NOTE_NONE, "note:none" },
	{ "context, cut within a character", "We met in Gen\303\250ve. ", 60000,
	  NOTE_VAGUE, "vague:repeated" },
};

/* What the phrases of a text cost: two steps a character, as phrase-set.h has it. */
static void
check_steps(const Languages *languages, const char *name, const char *text)
{
	g_autofree char *cut = g_strndup(text, NOTE_MAX);
	g_auto(PlainText) plain = { 0 };
	PhraseSearch search;
	PhraseHit hit;

	plain_text_init(&plain, cut);
	phrase_set_search_init(&search, languages->phrases, &plain);
	while (phrase_set_search_next(&search, &hit))
		;
	ck_assert_msg(search.steps <= 2 * plain.length,
		      "%s: %zu steps for %zu characters", name, search.steps,
		      plain.length);
}

static char *
repeated(const char *piece, size_t times)
{
	GString *text = g_string_sized_new(strlen(piece) * times + 1);

	for (; times > 0; times--)
		g_string_append(text, piece);

	return g_string_free(text, FALSE);
}

/* Beyond its limit nothing of a note is read, so that no length costs more. */
static void
check_only_beginning_counts(const Languages *languages, const char *name,
			    const char *text, const Note *note)
{
	g_autofree char *cut = g_strndup(text, NOTE_MAX);
	g_autoptr(Note) other = note_judge(languages, cut, &people);

	ck_assert_msg(other->class == note->class &&
			  other->reasons->len == note->reasons->len,
		      "%s: cut got %s, whole %s", name, note_class_name(other->class),
		      note_class_name(note->class));
}

START_TEST(hostile_notes_have_a_class_and_a_reason_in_bounded_steps)
{
	const Languages *languages = own_languages();
	g_autofree char *text = repeated(hostile[_i].text, hostile[_i].times);
	g_autoptr(Note) note = note_judge(languages, text, &people);
	const char *reason = note->reasons->len > 0 ? note->reasons->pdata[0] : "none";

	ck_assert_msg(note->class == hostile[_i].class &&
			  g_str_has_prefix(reason, hostile[_i].reason),
		      "%s: got %s (%s), want %s (%s)", hostile[_i].name,
		      note_class_name(note->class), reason,
		      note_class_name(hostile[_i].class), hostile[_i].reason);
	for (size_t i = 0; i < note->reasons->len; i++)
		ck_assert_msg(g_utf8_validate(note->reasons->pdata[i], -1, NULL),
			      "%s: a reason is no UTF-8", hostile[_i].name);
	check_steps(languages, hostile[_i].name, text);
	check_only_beginning_counts(languages, hostile[_i].name, text, note);
}
END_TEST

/* A note with all our phrases slows nothing down. */
static void
check_file_as_note(const Languages *languages, const Keyfile *file)
{
	g_autofree char *name = g_path_get_basename(keyfile_path(file));
	g_autofree char *below = g_strconcat("../src/data/languages/", name, NULL);
	g_autofree char *path = fixture_path(below);
	g_autofree char *text = NULL;
	g_autoptr(Note) note = NULL;

	ck_assert_msg(g_file_get_contents(path, &text, NULL, NULL), "%s is missing",
		      path);
	note = note_judge(languages, text, &people);
	ck_assert_msg(note->class < NOTE_LAST && note->class != NOTE_NONE, "%s: got %s",
		      name, note_class_name(note->class));
	ck_assert_msg(note->reasons->len >= 1, "%s: no reason", name);
	for (size_t i = 0; i < note->reasons->len; i++)
		ck_assert_uint_le(strlen(note->reasons->pdata[i]), 300);
	check_steps(languages, name, text);
}

START_TEST(a_language_file_is_a_note_like_any_other)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "languages", ".language", NULL);
	g_autoptr(Languages) languages = languages_of(files);

	for (size_t i = 0; i < files->len; i++)
		check_file_as_note(languages, files->pdata[i]);
}
END_TEST

/* Cyrillic that looks Latin, for each letter that has such a twin. */
static char *
with_lookalikes(const char *text)
{
	static const char latin[] = "aeopcyxisjAEOPCTXMHK";
	static const char *const twins[] = {
		"\320\260", "\320\265", "\320\276", "\321\200", "\321\201",
		"\321\203", "\321\205", "\321\226", "\321\225", "\321\230",
		"\320\220", "\320\225", "\320\236", "\320\240", "\320\241",
		"\320\242", "\320\245", "\320\234", "\320\235", "\320\232",
	};

	return fixture_with_twins(text, latin, twins);
}

/* "Ｉ＇ｄ ｌｉｋｅ". */
static char *
with_wide_letters(const char *text)
{
	GString *out = g_string_new(NULL);

	for (; *text != '\0'; text++)
		if (g_ascii_isalpha(*text))
			g_string_append_unichar(out, 0xff00 + (gunichar)(*text - ' '));
		else
			g_string_append_c(out, *text);

	return g_string_free(out, FALSE);
}

START_TEST(every_default_text_is_known_in_letters_that_look_like_its_own)
{
	const Languages *languages = own_languages();

	for (size_t i = 0; i < languages->defaults->len; i++) {
		const DefaultText *one =
		    &g_array_index(languages->defaults, DefaultText, i);
		g_autofree char *alike = NULL, *wide = NULL;

		if (one->plain == NULL || !is_latin(one->plain))
			continue;
		alike = with_lookalikes(one->plain);
		wide = with_wide_letters(one->plain);
		check_class(languages, alike, NOTE_DEFAULT);
		check_class(languages, wide, NOTE_DEFAULT);
	}
}
END_TEST

START_TEST(names_may_be_unknown)
{
	const Languages *languages = own_languages();
	NoteNames nobody = { NULL, NULL, NULL };
	g_autoptr(Note) note = note_judge(languages, "Bob, " EN "\n- Ann", &nobody);

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

	for (int i = 0; i <= LANGUAGE_MAX_COUNT; i++) {
		g_autofree char *text = g_strdup_printf("[language]\ncode = x%d\n", i);

		g_ptr_array_add(files,
				keyfile_new("t.language", text, strlen(text), NULL));
	}
	languages = languages_new(files, &error);
	ck_assert_ptr_null(languages);
	ck_assert_str_eq(error->message, "t.language: more than 64 languages");
}
END_TEST

/* What is told of the inviter as of somebody else is no word of theirs. */
static const struct {
	const char *text;
	NoteClass class;
} told[] = {
	{ "Ann-Sofie Lee wants to connect", NOTE_VAGUE },
	{ "Ann-Sofie Lee sent you a request", NOTE_VAGUE },
	{ "Ann-Sofie Lee m\303\266chte sich vernetzen", NOTE_VAGUE },
	{ "Ann-Sofie Lee souhaite vous ajouter", NOTE_DEFAULT },
	{ "Ann-Sofie Lee wants to connect with you on LinkedIn.", NOTE_DEFAULT },
	{ "Ann-Sofie Lee desea conectar contigo", NOTE_VAGUE },
	{ "Warm regards from Ann-Sofie Lee", NOTE_VAGUE },
	{ "Hi Bob,\nAnn-Sofie Lee wants to connect.\nWarm regards,\nAnn-Sofie",
	  NOTE_VAGUE },
	{ "Bob, you have a new request from Ann-Sofie Lee", NOTE_VAGUE },
	{ "You and Ann-Sofie both studied at Lund University", NOTE_VAGUE },
	{ "You both follow Kilns of Delft and 2 more pages", NOTE_VAGUE },
	{ "Sie kennen beide Hidde Vrancken und 4 weitere", NOTE_VAGUE },
	{ "Jullie kennen allebei Hidde Vrancken", NOTE_VAGUE },
	{ "Start a conversation: ask Ann-Sofie about her work at Kilns of Delft",
	  NOTE_VAGUE },
	{ "See what Ann-Sofie has been posting: ten lessons of a potter", NOTE_VAGUE },
	{ "Verified member \302\267 joined in 2014", NOTE_VAGUE },
	{ "It's Ann-Sofie from the kiln in Delft, where you lent me your apron",
	  NOTE_PERSONAL },
	{ "You both lent me your aprons at the kiln in Delft", NOTE_PERSONAL },
	{ "Greetings to you from Ann-Sofie and the kiln in Delft, where you lent us an "
	  "apron",
	  NOTE_PERSONAL },
	/* What stands beside it counts. */
	{ "Ann-Sofie Lee wants to connect. We met at the kiln in Delft, where you lent "
	  "me "
	  "your apron.",
	  NOTE_PERSONAL },
	{ "This is Ann-Sofie Lee, I still have the apron you lent me at the kiln in "
	  "Delft.",
	  NOTE_PERSONAL },
	{ "I still have the apron you lent me at the kiln in Delft, Ann-Sofie Lee",
	  NOTE_PERSONAL },
};

START_TEST(what_is_told_of_the_inviter_is_nobodys_note)
{
	NoteNames names = people;
	g_autoptr(Note) note = NULL;

	names.rules = assessor_rules(fixture_assessor(NULL))->names;
	note = note_judge(own_languages(), told[_i].text, &names);
	ck_assert_msg(note->class == told[_i].class, "%s: got %s, want %s", told[_i].text,
		      note_class_name(note->class), note_class_name(told[_i].class));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("note");
	TCase *note = tcase_create("note"), *file = tcase_create("file");

	tcase_set_timeout(note, 60);
	tcase_add_loop_test(note, what_is_told_of_the_inviter_is_nobodys_note, 0,
			    G_N_ELEMENTS(told));
	tcase_add_loop_test(note, somebody_who_is_sought_is_no_favour, 0,
			    G_N_ELEMENTS(sought));
	tcase_add_loop_test(note, who_is_near_is_no_pitch_and_who_sells_no_friend, 0,
			    G_N_ELEMENTS(beginnings));
	tcase_add_loop_test(note, what_sells_beside_a_told_past_is_no_friends, 0,
			    G_N_ELEMENTS(pasts));
	tcase_add_loop_test(note, a_thief_is_told_whatever_past_he_claims, 0,
			    G_N_ELEMENTS(thefts));
	tcase_add_loop_test(note, no_meeting_no_proposal_and_no_profile_is_a_reason, 0,
			    G_N_ELEMENTS(idlers));
	tcase_add_loop_test(note, a_question_of_somebody_who_sells_nothing_is_no_pitch, 0,
			    G_N_ELEMENTS(questions));
	tcase_add_loop_test(note, each_note_gets_its_class, 0, G_N_ELEMENTS(notes));
	tcase_add_test(note,
		       every_default_text_is_known_greeted_signed_and_without_accents);
	tcase_add_test(note, the_reason_names_the_default_text_and_its_language);
	tcase_add_loop_test(note, the_writers_own_greeting_may_stand_below_another, 0,
			    G_N_ELEMENTS(twice));
	tcase_add_loop_test(note, a_greeting_may_stand_behind_the_name, 0,
			    G_N_ELEMENTS(behind));
	tcase_add_loop_test(note, the_language_of_own_words_is_told, 0,
			    G_N_ELEMENTS(spoken));
	tcase_add_test(note, evidence_fakes_no_other_reason);
	tcase_add_loop_test(note, no_reason_is_a_lone_function_word, 0, 3);
	tcase_add_loop_test(note, any_bytes_have_an_answer, 0, G_N_ELEMENTS(pieces));
	tcase_add_loop_test(note,
			    hostile_notes_have_a_class_and_a_reason_in_bounded_steps, 0,
			    G_N_ELEMENTS(hostile));
	tcase_add_test(note, a_language_file_is_a_note_like_any_other);
	tcase_add_test(note,
		       every_default_text_is_known_in_letters_that_look_like_its_own);
	tcase_add_test(note, names_may_be_unknown);
	suite_add_tcase(suite, note);
	tcase_add_loop_test(file, a_mistake_is_named_with_file_line_and_key, 0,
			    G_N_ELEMENTS(mistakes));
	tcase_add_test(file, there_is_a_limit_to_languages);
	suite_add_tcase(suite, file);

	return fixture_run(suite);
}
