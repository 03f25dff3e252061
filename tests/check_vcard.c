/* SPDX-License-Identifier: BSD-2-Clause */
/* check_vcard.c - is every person of an address book read, and every bad card told? */

#include "config.h"

#include <string.h>

#include "fixture.h"
#include "import/vcard.h"
#include "import/vcard-write.h"
#include "taken.h"

#define CARD(version, lines)                                                             \
	"BEGIN:VCARD\r\nVERSION:" version "\r\n" lines "END:VCARD\r\n"

static const struct {
	const char *text;
	const char *want;
} cards[] = {
	/* names */
	{ CARD("4.0", "FN:Jane Doe\r\n"), "1 Jane Doe\n" },
	{ CARD("3.0", "N:Doe;Jane;Mary;Dr.;MD\r\n"), "1 Jane Mary Doe\n" },
	{ CARD("3.0", "N:Doe;Jane;Mary,Ann;;\r\n"), "1 Jane Mary Ann Doe\n" },
	{ CARD("3.0", "N:Doe\r\n"), "1 Doe\n" },
	{ CARD("3.0", "N:Doe;;;;\r\nFN:Jane Doe\r\n"), "1 Jane Doe\n" },
	{ CARD("3.0", "FN:\r\nN:Doe;Jane\r\n"), "1 Jane Doe\n" },
	{ CARD("4.0", "FN:Jane Doe\r\nFN:J. D.\r\n"), "1 Jane Doe\n" },
	{ CARD("3.0", "FN:Doe\\, Jane \\\\ \\; x\\ny\r\n"), "1 Doe, Jane \\ ; x y\n" },
	{ CARD("3.0", "N:O\\;Doe;Jane\r\n"), "1 Jane O;Doe\n" },
	{ CARD("3.0", "fn:Jane Doe\r\neMail:J@Example.ORG\r\n"),
	  "1 Jane Doe <j@example.org>\n" },
	{ CARD("3.0", "FN:j@example.org\r\nEMAIL:J@example.org\r\n"),
	  "1 <j@example.org>\n" },
	{ CARD("4.0", "FN:Jane\\\r\n"), "1 Jane\\\n" },

	/* addresses, companies, pages */
	{ CARD("3.0", "item1.EMAIL;type=INTERNET;type=pref:j@example.org\r\n"
		      "item1.X-ABLabel:x\r\nEMAIL:d@example.org\r\n"),
	  "1 <j@example.org> <d@example.org>\n" },
	{ CARD("4.0", "EMAIL;ALTID=\"a:b;c\":mailto:j@example.org\r\n"),
	  "1 <j@example.org>\n" },
	{ CARD("2.1", "EMAIL;X=\"a:j@example.org\r\n"), "1 <j@example.org>\n" },
	{ CARD("2.1", "EMAIL;X400:c=de;s=doe\r\nFN:J\r\n"), "1 J\n" },
	{ CARD("3.0", "FN:J\r\nORG:Acme\\; Inc.;Sales\r\nORG:Other\r\n"),
	  "1 J (Acme; Inc.)\n" },
	{ CARD("3.0", "item2.URL:http\\://example.org/jane\r\n"),
	  "1 http://example.org/jane\n" },
	{ CARD(
	      "3.0",
	      "X-SOCIALPROFILE;type=linkedin:https://example.org/in/j\r\n"
	      "X-SOCIALPROFILE;type=x:x-apple:jane\r\n"
	      "IMPP;X-SERVICE-TYPE=x:xmpp:j@example.org\r\nIMPP:HTTPS://example.net/j\r\n"
	      "SOCIALPROFILE:https://example.com/j\r\n"),
	  "1 https://example.org/in/j HTTPS://example.net/j https://example.com/j\n" },

	/* cards that nothing parts */
	{ "BEGIN:VCARD\nFN:A One\nEND:VCARDBEGIN:VCARD\nFN:B Two\nEND:VCARD\n",
	  "1 A One\n3 B Two\n" },
	{ "BEGIN:VCARD\nFN:A\nEND:VCARD begin:vcard\nFN:B\nEND:VCARDBEGIN:VCARD\nFN:C\n"
	  "END:VCARD",
	  "1 A\n3 B\n5 C\n" },
	{ "BEGIN:VCARD\nFN:A\nNOTE:END:VCARDBEGIN:VCARD\nEND:VCARD\n", "1 A\n" },
	{ "BEGIN:VCARD\nFN:A\nNOTE;ENCODING=QUOTED-PRINTABLE:x=\n"
	  "END:VCARDBEGIN:VCARD\nFN:B\nEND:VCARD\n",
	  "1 A\n4 B\n" },
	{ "BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:A=\n"
	  "END:VCARD BEGIN:VCARD\nFN:B\nEND:VCARD\n",
	  "1 A\n3 B\n" },
	{ "BEGIN:VCARD\nFN:A\nNOTE;ENCODING=QUOTED-PRINTABLE:x=\n"
	  "no END:VCARDBEGIN:VCARD\nEND:VCARD\n",
	  "1 A\n" },

	/* A blank behind a soft break is the value's, but within a character. */
	{ CARD("2.1", "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D1=\r\n"
		      " =80=D0=B0 =D0=9E=\r\n =D1=80=D0=BB\r\n"),
	  "1 Ира Орл\n" },
	{ CARD("2.1", "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E2=82=\r\n =AC=\r\n"
		      " x\r\n"),
	  "1 €x\n" },
	{ CARD("2.1", "FN;ENCODING=QUOTED-PRINTABLE:Jane=\r\n Doe\r\n"), "1 Jane Doe\n" },
	{ CARD("2.1",
	       "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB=\r\n =44oe\r\n"),
	  "1 Zoë Doe\n" },

	/* values that lost their rest, or their beginning, are told; the card stays */
	{ CARD("2.1", "FN;ENCODING=QUOTED-PRINTABLE:Jane=\r\nEMAIL:j@example.org\r\n"),
	  "3! a value whose rest was lost\n1 Jane <j@example.org>\n" },
	{ CARD("3.0", "FN:Jane Doe\r\nNOTE:we met in\r\nGhent last May\r\n"
		      "EMAIL:j@example.org\r\n"),
	  "5! the rest of a value whose beginning was lost\n1 Jane Doe "
	  "<j@example.org>\n" },

	/* line ends, folds and codes */
	{ "BEGIN:VCARD\nFN:Jane Doe\nEND:VCARD\n", "1 Jane Doe\n" },
	{ "BEGIN:VCARD\rFN:Jane Doe\rEND:VCARD\r", "1 Jane Doe\n" },
	{ "BEGIN:VCARD\nFN:Jane Doe\nEND:VCARD", "1 Jane Doe\n" },
	{ "\n\r\n\rBEGIN : vcard \nFN:Jane Doe\nend:vCard\n", "4 Jane Doe\n" },
	{ "\357\273\277" CARD("3.0", "FN:Jane\r\n"), "1 Jane\n" },
	{ CARD("3.0", "FN:Ja\r\n ne\r\n\t Doe\r\nEM\r\n AIL:not@example.org\r\n"),
	  "1 Jane Doe\n" },
	{ CARD("3.0", "EMAIL;TYPE=\r\n HOME:j@exa\r\n mple.org\r\n"),
	  "1 <j@example.org>\n" },
	{ CARD("3.0", "FN:J\303\r\n \274rgen\r\n"), "1 Jürgen\n" },
	{ CARD(
	      "2.1",
	      "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=BCr=\r\ngen=20D=\r\noe\r\n"
	      "EMAIL:j@example.org\r\n"),
	  "1 Jürgen Doe <j@example.org>\n" },
	{ CARD("2.1", "N;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:M=FCller;J=F6rg\r\n"),
	  "1 Jörg Müller\n" },
	{ CARD("2.1", "FN;ENCODING=QUOTED-PRINTABLE:Jane=\r\n"), "1 Jane\n" },
	{ CARD("2.1",
	       "NOTE;ENCODING=QUOTED-PRINTABLE:write to=\r\nEMAIL:not@example.org=\r\n"
	       "FN:Nobody\r\nFN:Jane\r\n"),
	  "1 Jane\n" },
	{ CARD("3.0", "NOTE:ends in=\r\nFN:Jane=\r\nEMAIL:j@example.org\r\n"),
	  "1 Jane= <j@example.org>\n" },
	{ CARD("2.1", "FN:J\374rgen\r\n"), "1 Jürgen\n" },
	{ CARD("2.1", "FN;CHARSET=no-such:J\303\274rgen\r\n"), "1 Jürgen\n" },
	{ CARD("2.1", "FN;CHARSET=no-such:J\374rgen\r\n"), "1 Jürgen\n" },
	{ CARD("2.1", "FN;CHARSET=\"latin1//IGNORE\":J\303\274rgen\r\n"), "1 Jürgen\n" },
	{ CARD("3.0", "FN;ENCODING=b:SsO8cmdlbg==\r\n"), "1 Jürgen\n" },
	{ CARD(
	      "2.1",
	      "PHOTO;ENCODING=BASE64;TYPE=JPEG:\r\n RU1BSUw6bm90\r\n QGV4YW1wbGU=\r\n\r\n"
	      "FN:Jane\r\n"),
	  "1 Jane\n" },
	/* seen: base64 that is not folded */
	{ CARD("2.1", "PHOTO;BASE64:\r\nRU1BSUw6bm90\r\nQGV4YW1wbGU=\r\n\r\nFN:Jane\r\n"),
	  "1 Jane\n" },

	/* nobody */
	{ CARD("4.0", "KIND:group\r\nFN:Team\r\nMEMBER:urn:x\r\n"), "" },
	{ CARD("4.0", "FN:Acme\r\nKIND:ORG\r\n"), "" },
	{ CARD("3.0", "X-ADDRESSBOOKSERVER-KIND:group\r\nN:Team\r\n"), "" },
	{ CARD("4.0", "KIND:individual\r\nFN:Jane\r\n"), "1 Jane\n" },
	{ CARD("3.0", "ORG:Acme\r\n"), "1! neither name nor address\n" },
	{ CARD("3.0", "FN: \r\nEMAIL:jane\r\nX-SOCIALPROFILE:jane\r\n"),
	  "1! neither name nor address\n" },

	/* a card within a card */
	{ CARD("2.1",
	       "FN:Jane\r\nAGENT:\r\n" CARD(
		   "2.1",
		   "FN:Joe\r\nEMAIL:joe@example.org\r\n") "EMAIL:j@example.org\r\n"),
	  "1 Jane <j@example.org>\n" },
	{ CARD("2.1", "AGENT: BEGIN:VCARD\r\nFN:Joe\r\nEND:VCARD\r\nFN:Jane\r\n"),
	  "1 Jane\n" },
	{ CARD("2.1", "AGENT:\r\n" CARD(
			  "2.1", "AGENT:\r\n" CARD("2.1", "FN:X\r\n")) "FN:Jane\r\n"),
	  "1 Jane\n" },
	{ CARD("3.0", "AGENT:BEGIN:VCARD\\nFN:Joe\\nEND:VCARD\\n\r\nFN:Jane\r\n"),
	  "1 Jane\n" },

	/* damage */
	{ "", "" },
	{ "\r\n\r\n", "" },
	{ "BEGIN:VCARD\nFN:Jane\n" CARD("3.0", "FN:Joe\r\n"),
	  "1! no END:VCARD\n3 Joe\n" },
	{ CARD("3.0", "FN:Joe\r\n") "BEGIN:VCARD\nFN:Ja", "1 Joe\n5! no END:VCARD\n" },
	{ "x\ny\n\n" CARD("3.0", "FN:Joe\r\n") "END:VCARD\nz\n" CARD("3.0",
								     "FN:Jane\r\n"),
	  "1! text outside of a card\n4 Joe\n8! text outside of a card\n10 Jane\n" },
	{ "BEGIN:VCARD\nAGENT:\nBEGIN:VCARD\nFN:X\nEND:VCARD\n" CARD("3.0", "FN:Joe\r\n"),
	  "1! no END:VCARD\n6 Joe\n" },
	{ CARD("3.0", "no colon\r\n;:\r\n:\r\n=\r\n.:x\r\nFN\r\nFN;X\r\nFN:Jane\r\n"),
	  "3! the rest of a value whose beginning was lost\n1 Jane\n" },
	{ CARD("3.0", "FN:Jane\033[1m\t Doe\r\n"), "1 Jane[1m Doe\n" },
};

START_TEST(a_card_says_who)
{
	g_autoptr(GString) got = g_string_new(NULL);

	vcard_read(cards[_i].text, strlen(cards[_i].text), taken, got);
	taken_check(cards[_i].text, got, cards[_i].want);
}
END_TEST

static const struct {
	const char *file;
	const char *want;
} files[] = {
	{ "telephone-2.1.vcf",
	  "1 Jürgen Müller-Lüdenscheidt <juergen@example.org> (Müller & Söhne)\n"
	  "14 Zoë de Vries <zoe@example.net> <zoe.de.vries@example.org>\n"
	  "31! neither name nor address\n"
	  "36 Łukasz Żółć\n" },
	{ "groups-3.0.vcf",
	  "1 Marta Kowalska <marta@example.org> <m.kowalska@example.com> (Example, Ltd.) "
	  "https://www.linkedin.com/in/marta-kowalska-example "
	  "http://www.linkedin.com/in/marta-kowalska-example\n"
	  "33 Ben Okafor <ben@example.net>\n" },
	{ "plain-4.0.vcf",
	  "1 Anna María Núñez <anna@example.org> <anna.nunez@example.com> (Beispiel "
	  "GmbH) "
	  "https://www.linkedin.com/in/anna-maria-nunez-example-with-a-long-name\n"
	  "18 王小明 <xiaoming@example.org>\n" },
	{ "damaged.vcf", "1! text outside of a card\n"
			 "4 Ada First <ada@example.org>\n"
			 "9! no END:VCARD\n"
			 "12 Cora Third <cora@example.org>\n"
			 "17! neither name nor address\n"
			 "22! text outside of a card\n"
			 "25 Dora Fourth <dora@example.org>\n"
			 "30! no END:VCARD\n" },
};

START_TEST(an_address_book_is_read_whatever_wrote_it)
{
	g_autoptr(GBytes) bytes = taken_file(files[_i].file);
	g_autoptr(GString) got = g_string_new(NULL);
	gsize length;
	const char *text = g_bytes_get_data(bytes, &length);

	ck_assert_msg(vcard_is_file(text, length), "%s: no vCard", files[_i].file);
	vcard_read(text, length, taken, got);
	taken_check(files[_i].file, got, files[_i].want);
}
END_TEST

/* _i: which byte of a unit comes first. */
START_TEST(utf16_is_read_by_its_mark)
{
	static const char text[] = "\357\273\277BEGIN:VCARD\nFN:Zoë 😀\nEND:VCARD\n";
	const char *charset = _i == 0 ? "UTF-16LE" : "UTF-16BE";
	g_autoptr(GString) got = g_string_new(NULL);
	gsize length;
	g_autofree char *wide =
	    g_convert(text, strlen(text), charset, "UTF-8", NULL, &length, NULL);

	ck_assert(vcard_is_file(wide, length));
	/* and half a character behind the end */
	vcard_read(wide, length - 1, taken, got);
	taken_check(charset, got, "1 Zoë 😀\n");
}
END_TEST

static const struct {
	const char *text;
	bool want;
} kinds[] = {
	{ "BEGIN:VCARD\r\n", true },
	{ "\357\273\277begin:vcard", true },
	{ "\n\nBEGIN:VCARD\n", true },
	{ "lost\nBEGIN:VCARD\n", true },
	{ "BEGIN:VCALENDAR\r\n", false },
	{ "BEGIN:VCARDS\r\n", false },
	{ "Name,Email\nBEGIN:VCARD,x\n", false },
	{ "", false },
};

START_TEST(a_vcard_is_told_from_other_files)
{
	ck_assert_msg(vcard_is_file(kinds[_i].text, strlen(kinds[_i].text)) ==
			  kinds[_i].want,
		      "%s: want %d", kinds[_i].text, kinds[_i].want);
}
END_TEST

START_TEST(zero_bytes_are_blanks)
{
	static const char text[] =
	    "\0\nBEGIN:VCARD\nFN:Jane\0Doe\nEMAIL\0:x\n"
	    "EMAIL:j@example.org\nFN;\0ENCODING=b:x\nEND:VCARD\n\0";
	g_autoptr(GString) got = g_string_new(NULL);

	vcard_read(text, sizeof(text) - 1, taken, got);
	taken_check("zeros", got,
		    "1! text outside of a card\n2 Jane Doe <j@example.org>\n"
		    "8! text outside of a card\n");
}
END_TEST

/* What a card may be filled with, up to the bytes given, and what becomes of it. */
static const struct {
	const char *before, *filler, *after;
	size_t bytes;
	const char *want;
} floods[] = {
	{ "NOTE:", "x", "\n", 10 << 20, "1! a line longer than 1 MB\n5 Joe\n" },
	{ "PHOTO;ENCODING=b:", "x\n ", "\n", 10 << 20, "1 Jane\n" },
	{ "PHOTO;ENCODING=b:", "x\r ", "\r", 10 << 20, "1 Jane\n" },
	{ "NOTE;QUOTED-PRINTABLE:", "=\n", "\n", 4 << 20, "1 Jane\n" },
	{ "", "X-A:b\n", "", 6 << 20, "1 Jane\n" },
	{ "", "\r", "", 4 << 20, "1 Jane\n" },
	{ "", "TEL:1\r", "", 6 << 20, "1 Jane\n" },
	{ "N:", "x", "\n", 64 << 10, "1! more than 64 kB of text\n" },
	{ "N:", "x\n ", "\n", 4 << 20, "1! more than 64 kB of text\n" },
	{ "", "EMAIL:a@example.org\n", "", 2 << 20, "1! more than 64 kB of text\n" },
	{ "", "AGENT:\nBEGIN:VCARD\n", "", 4 << 20, "" },
	{ "URL;", "a=\"", ":x\n", 60 << 10, "1 Jane x\n" },
	{ "NOTE;", "a;", "\n", 1 << 19, "1 Jane\n" },
};

START_TEST(a_flood_is_read_up_to_the_limits)
{
	g_autoptr(GString) text = g_string_new("BEGIN:VCARD\n");
	g_autoptr(GString) got = g_string_new(NULL);
	const char *want = floods[_i].want;

	g_string_append(text, floods[_i].before);
	for (size_t start = text->len; text->len - start < floods[_i].bytes;)
		g_string_append(text, floods[_i].filler);
	g_string_append(text, floods[_i].after);
	g_string_append(text, "FN:Jane\nEND:VCARD\n"
			      "BEGIN:VCARD\nFN:Joe\nEND:VCARD\n");
	vcard_read(text->str, text->len, taken, got);
	ck_assert_msg(g_str_has_prefix(got->str, want), "%s…: got:\n%swanted:\n%s",
		      floods[_i].filler, got->str, want);
	ck_assert_msg(want[0] == '\0' || g_str_has_suffix(got->str, " Joe\n"),
		      "%s…: the next card is lost: %s", floods[_i].filler, got->str);
}
END_TEST

#define DIGITS_20  "01234567890123456789"
#define DIGITS_100 DIGITS_20 DIGITS_20 DIGITS_20 DIGITS_20 DIGITS_20

static const struct {
	const char *name, *company;
	const char *addresses[3], *urls[3];
} written[] = {
	{ "Jane Doe", "Acme", { "j@example.org" }, { "https://example.org/j" } },
	{ "Doe, Jane; \\n \\\\ x:y",
	  "A;B,C\\",
	  { "a+b@example.org", "c@example.org" },
	  { NULL } },
	{ NULL, NULL, { "j@example.org", "k@example.org" }, { NULL } },
	{ NULL, "Acme", { NULL }, { "www.example.org/a\\b,c;d" } },
	/* A page that is longer than a name. */
	{ NULL,
	  NULL,
	  { NULL },
	  { "https://example.org/in/" DIGITS_100 DIGITS_100 DIGITS_100 } },
	{ "Ἀλέξανδρος Παπαδόπουλος Κωνσταντίνου, Διευθυντής Πληροφορικής και "
	  "Επικοινωνιών",
	  "株式会社サンプル商事東京営業所第二営業部海外事業推進課グローバル戦略室",
	  { "alexandros.papadopoulos.konstantinou.of.the.long.names@mail.dept.example."
	    "org" },
	  { "https://example.org/in/x", "https://example.org/in/y" } },
};

static void
check_lines(const char *text)
{
	size_t column = 0;

	ck_assert(g_utf8_validate(text, -1, NULL));
	for (const char *c = text; *c != '\0'; c++) {
		column = *c == '\n' ? 0 : column + 1;
		ck_assert_msg(*c != '\n' || c[-1] == '\r', "LF alone: %s", text);
		ck_assert_msg(column <= 75 + strlen("\r"), "a long line: %s", text);
		/* No line begins in the middle of a character. */
		ck_assert_msg(column != 2 || c[-1] != ' ' ||
				  ((unsigned char)*c & 0xc0) != 0x80,
			      "a character cut in two: %s", text);
	}
}

START_TEST(a_written_card_is_read_back)
{
	g_autoptr(GString) out = g_string_new(NULL), got = g_string_new(NULL);
	g_autoptr(GString) want = g_string_new(NULL);
	g_auto(Contact) contact = { 0 };

	contact_init(&contact, SOURCE_CONTACT);
	if (written[_i].name != NULL)
		contact_set_name(&contact, written[_i].name);
	if (written[_i].company != NULL)
		contact_set_company(&contact, written[_i].company);
	for (size_t i = 0; written[_i].addresses[i] != NULL; i++)
		contact_add_address(&contact, written[_i].addresses[i]);
	for (size_t i = 0; written[_i].urls[i] != NULL; i++)
		contact_add_url(&contact, written[_i].urls[i]);

	taken(want, &contact, 1, NULL);
	vcard_write(out, &contact);
	check_lines(out->str);
	vcard_read(out->str, out->len, taken, got);
	taken_check(out->str, got, want->str);
}
END_TEST

START_TEST(a_card_is_written_to_the_letter)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_auto(Contact) contact = { 0 };

	contact_init(&contact, SOURCE_ACCEPTED);
	contact_set_name(&contact, "Doe, Jane");
	contact_set_company(&contact, "Acme; Inc.");
	contact_add_address(&contact, "j@example.org");
	contact_add_url(&contact, "https://example.org/a,b");
	vcard_write(out, &contact);
	ck_assert_str_eq(out->str, "BEGIN:VCARD\r\n"
				   "VERSION:4.0\r\n"
				   "FN:Doe\\, Jane\r\n"
				   "EMAIL:j@example.org\r\n"
				   "ORG:Acme\\; Inc.\r\n"
				   "URL:https://example.org/a,b\r\n"
				   "CATEGORIES:accepted\r\n"
				   "END:VCARD\r\n");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("vcard");
	TCase *reading = tcase_create("reading");
	TCase *writing = tcase_create("writing");

	tcase_add_loop_test(reading, a_card_says_who, 0, G_N_ELEMENTS(cards));
	tcase_add_loop_test(reading, an_address_book_is_read_whatever_wrote_it, 0,
			    G_N_ELEMENTS(files));
	tcase_add_loop_test(reading, utf16_is_read_by_its_mark, 0, 2);
	tcase_add_loop_test(reading, a_vcard_is_told_from_other_files, 0,
			    G_N_ELEMENTS(kinds));
	tcase_add_test(reading, zero_bytes_are_blanks);
	tcase_add_loop_test(reading, a_flood_is_read_up_to_the_limits, 0,
			    G_N_ELEMENTS(floods));
	suite_add_tcase(suite, reading);

	tcase_add_loop_test(writing, a_written_card_is_read_back, 0,
			    G_N_ELEMENTS(written));
	tcase_add_test(writing, a_card_is_written_to_the_letter);
	suite_add_tcase(suite, writing);

	return fixture_run(suite);
}
