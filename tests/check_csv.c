/* SPDX-License-Identifier: BSD-2-Clause */
/* check_csv.c - is every person of a table read, whoever exported it? */

#include "config.h"

#include <string.h>

#include "base/data.h"
#include "fixture.h"
#include "import/csv.h"
#include "taken.h"

static CsvColumns *columns;

/* In 2026. */
#define NOW 1795910400

static const struct {
	const char *text;
	const char *want; /* NULL: no header */
} tables[] = {
	/* header lines */
	{ "Name,Email\nJane Doe,J@Example.org\n", "2 Jane Doe <j@example.org>\n" },
	{ "Email\nj@example.org\n", "2 <j@example.org>\n" },
	{ "name\tEMAIL\nJane Doe\tj@example.org\n", "2 Jane Doe <j@example.org>\n" },
	{ "\"Name\";\"E-Mail-Adresse\"\n\"Doe; Jane\";j@example.org\n",
	  "2 Doe; Jane <j@example.org>\n" },
	{ "First Name,Last Name\nJane,Doe\n", "2 Jane Doe\n" },
	{ "First Name,Middle Name,Last Name\nJane,,Doe\nJane,M.,Doe\n",
	  "2 Jane Doe\n3 Jane M. Doe\n" },
	{ "Voornaam;Tussenvoegsel;Achternaam\nZoë;de;Vries\n", "2 Zoë de Vries\n" },
	{ "Name;Vorname;E-Mail\nDoe;Jane;j@example.org\n",
	  "2 Jane Doe <j@example.org>\n" },
	{ "Nom,Prénom,Courriel\nDoe,Jane,j@example.org\n",
	  "2 Jane Doe <j@example.org>\n" },
	{ "Nombre,Apellidos,Correo electrónico\nJane,Doe,j@example.org\n",
	  "2 Jane Doe <j@example.org>\n" },
	{ "NOME,COGNOME,INDIRIZZO E-MAIL\nJane,Doe,j@example.org\n",
	  "2 Jane Doe <j@example.org>\n" },
	{ "Nome,Sobrenome,Endereço de e-mail\nJane,Doe,j@example.org\n",
	  "2 Jane Doe <j@example.org>\n" },
	{ "Name,Given Name,Family Name\nJ. D.,Jane,Doe\n,Joe,Doe\n",
	  "2 J. D.\n3 Joe Doe\n" },
	{ "x\ny,z\n\nName,Email\nJane,j@example.org\n", "5 Jane <j@example.org>\n" },
	{ "Name\nJane\n", NULL },
	{ "Name,Phone\nJane,1\n", NULL },
	{ "Company,URL\nAcme,example.org\n", NULL },
	{ "\"Name,Email\nJane,j@example.org\n", NULL },
	{ "", NULL },
	{ "Name,Email", "" },

	/* values */
	{ "E-mail 1 - Value,E-mail 12 - Value\na@example.org ::: "
	  "b@example.org,c@example.org\n",
	  "2 <a@example.org> <b@example.org> <c@example.org>\n" },
	{ "Name,Email\nJane,\"a@example.org;b@example.org, c@example.org\"\n",
	  "2 Jane <a@example.org> <b@example.org> <c@example.org>\n" },
	{ "Name,Email\nJane,Jane <a@example.org>\n", "2 Jane <a@example.org>\n" },
	{ "Name,Email\nJ@example.org,j@example.org\n", "2 <j@example.org>\n" },
	{ "Name,Website 1 - Value\nJane,https://example.org/a ::: "
	  "https://example.org/b\n",
	  "2 Jane https://example.org/a https://example.org/b\n" },
	{ "Name,Company,Email\n  Jane  ,\"Acme, \"\"Inc.\"\"\",\n",
	  "2 Jane (Acme, \"Inc.\")\n" },
	{ "Name,Email\n\"Jane\nDoe\",j@example.org\nJoe,\n",
	  "2 Jane Doe <j@example.org>\n4 Joe\n" },
	{ "Name,Email\r\n\"Jane\r\nDoe\",j@example.org\r\nJoe,\r\n",
	  "2 Jane Doe <j@example.org>\n4 Joe\n" },
	{ "Name,Email\r\"Jane\rDoe\",j@example.org\rJoe,\r",
	  "2 Jane Doe <j@example.org>\n4 Joe\n" },
	{ "Name,Email\nJane,j@example.org,more,and more\nJoe\n",
	  "2 Jane <j@example.org>\n3 Joe\n" },
	{ "\357\273\277Name,Email\nJ\303\274rgen,\n", "2 Jürgen\n" },
	{ "Name,Email\nJ\374rgen,\nJ\303\266rg,\n", "2 Jürgen\n3 Jörg\n" },
	{ "Pr\351nom,Nom\nZo\353,M\374ller\n", "2 Zoë Müller\n" },
	{ "Name,Email,Connected On\nJane,,01 Mar 2024\n",
	  "2 connection: Jane @1709251200\n" },
	{ "Name,Email,Connected On\nJane,,no date\n",
	  "2 connection: Jane @1 ! a date whose form is not known\n" },
	{ "Name,Email,Connected On\nJane,,\nJoe,, \n",
	  "2 connection: Jane @1\n3 connection: Joe @1\n" },
	/* What a list of connections says in a language whose words nobody knows. */
	{ "Nombre,Apellidos,URL,Empresa,Cuando\nJane,Lee,,X,01 mar 2024\nJoe,Moe,,X,\n",
	  "1! a column of dates has a name that is not known\n"
	  "2 Jane Lee (X) @1\n3 Joe Moe (X) @1\n" },
	{ "Nombre,Apellidos,URL,Empresa,Nota\nJane,Lee,,X,01 mar 2024\nJoe,Moe,,X,no\n",
	  "2 Jane Lee (X)\n3 Joe Moe (X)\n" },
	{ "Name,Email,Cumple\nJane,,01 Mar 1984\n", "2 Jane\n" },
	{ "Name,Email,Connected On\nJane,,01 Mar 2124\nJoe,,01 Mar 2024\n",
	  "2 connection: Jane @1 ! a date in the future\n"
	  "3 connection: Joe @1709251200\n" },
	{ "Name,Email,Connected On\nJane,,31 Feb 2024\n",
	  "2 connection: Jane @1 ! a date whose form is not known\n" },
	/* The order of numbers is one for the whole table, and nobody guesses it. */
	{ "Name,Email,Connected On\nJane,,3/1/24\nJoe,,13/1/24\n",
	  "2 connection: Jane @1704240000\n3 connection: Joe @1705104000\n" },
	{ "Name,Email,Connected On\nJane,,3/1/24\nJoe,,1/13/24\n",
	  "2 connection: Jane @1709251200\n3 connection: Joe @1705104000\n" },
	{ "Name,Email,Connected On\nA,,3/1/24\nB,,1/13/24\nC,,13/1/24\n",
	  "2 connection: A @1 ! a date whose form is not known\n"
	  "3 connection: B @1705104000\n4 connection: C @1705104000\n" },
	{ "Name,Email,Connected On\nJane,,3/1/24\n",
	  "2 connection: Jane @1 ! a date whose form is not known\n" },
	{ "First Name,Last Name,Email Address,Company,Position,Connected On\n"
	  "Zofia,Wrona,zofia@example.org,Example,Engineer,\"1/22/18, 8:15 PM\"\n"
	  "Hein,Kuiper,hein@example.org,Kuiper BV,Owner,\"12/3/17, 10:01 AM\"\n",
	  "2 connection: Zofia Wrona <zofia@example.org> (Example) @1516579200\n"
	  "3 connection: Hein Kuiper <hein@example.org> (Kuiper BV) @1512259200\n" },
	{ "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am\n"
	  "Käthe,Groß,,,Beispiel AG,Entwicklerin,01 Mär 2024\n",
	  "2 connection: Käthe Groß (Beispiel AG) @1709251200\n" },
	{ "Notes :\n\"x\"\n\nPrénom,Nom,URL,Adresse e-mail,Entreprise,Poste,"
	  "Date de connexion\nZoé,Martin,,,Exemple SA,Ingénieure,1 mars 2024\n",
	  "5 connection: Zoé Martin (Exemple SA) @1709251200\n" },
	/* Yahoo */
	{ "First,Middle,Last,Nickname,Email,Category,Primary,Alternate Email 1,"
	  "Alternate Email 2,Personal Website,Business Website,Company\n"
	  "Jane,,Doe,,j@example.org,,,a@example.org,b@example.org,"
	  "https://example.org/j,,Acme\n",
	  "2 Jane Doe <j@example.org> <a@example.org> <b@example.org> (Acme) "
	  "https://example.org/j\n" },

	/* nobody, and damage */
	{ "Name,Company,Email\n,,\n\n , \n,Acme,\nJoe,,\n",
	  "2! empty\n4! empty\n5! neither name nor address\n6 Joe\n" },
	{ "Name,Email\nA,\n\"B,b@example.org\nC,\nD,\n",
	  "2 A\n3! a quote that nobody closes\n4 C\n5 D\n" },
	{ "Name,Email\n\"B,b@example.org\n\"C\",\nD,\n",
	  "2! a quote that nobody closes\n3 C\n4 D\n" },
	{ "Name,Email\nB \"Bob\" C,b@example.org\nC,\n",
	  "2! a quote in the wrong place\n3 C\n" },
	{ "Name,Email\n\"B\"C,\n\"D\",\n", "2! a quote in the wrong place\n3 D\n" },
	{ "Name,Email\nA,\nB,\"", "2 A\n3! a quote that nobody closes\n" },
	{ "Name,Email\n\"A\n\"B\n\"C\nD,\n",
	  "2! a quote that nobody closes\n3! a quote that nobody closes\n"
	  "4! a quote that nobody closes\n5 D\n" },
	{ "Name,Email\nA\033[1m,\n", "2 A[1m\n" },
};

START_TEST(a_table_says_who)
{
	g_autoptr(GString) got = g_string_new(NULL);
	const char *want = tables[_i].want;
	bool is_read =
	    csv_read(columns, tables[_i].text, strlen(tables[_i].text), NOW, taken, got);

	ck_assert_msg(is_read == (want != NULL), "%s: header found: %d", tables[_i].text,
		      is_read);
	taken_check(tables[_i].text, got, want != NULL ? want : "");
}
END_TEST

static const struct {
	const char *file;
	const char *want;
} files[] = {
	{ "Connections.csv",
	  "5 connection: Marta Kowalska (Example, Ltd.) "
	  "https://www.linkedin.com/in/marta-kowalska-example @1709251200\n"
	  "6 connection: Jürgen Müller, MBA <juergen@example.org> (Müller & \"Söhne\") "
	  "https://www.linkedin.com/in/juergen-example @1703980800\n"
	  "7! empty\n"
	  "8 connection: 王 小明 https://www.linkedin.com/in/xiaoming-example "
	  "@1264896000\n" },
	{ "google.csv",
	  "2 Anna María Núñez <anna@example.org> <anna.nunez@example.com> "
	  "<a.nunez@example.net> (Beispiel GmbH) https://www.example.org/anna\n"
	  "3 <noname@example.org>\n"
	  "4 Ben Okafor <ben@example.net>\n"
	  "7! neither name nor address\n" },
	{ "outlook-de.csv", "2 Jürgen Müller <juergen@example.org> "
			    "<j.mueller@example.com> (Müller & Söhne) "
			    "https://www.example.org\n"
			    "5 Käthe Groß <kaethe@example.net>\n" },
	{ "damaged.csv", "2 Ada First <ada@example.org>\n"
			 "3! a quote that nobody closes\n"
			 "4 Cora Third <cora@example.org>\n"
			 "5! a quote in the wrong place\n"
			 "6 Dora Fourth <dora@example.org> (Two Lines)\n"
			 "8! neither name nor address\n"
			 "9 Eve Fifth <eve@example.org>\n"
			 "10! a quote that nobody closes\n" },
};

START_TEST(an_export_is_read_whatever_wrote_it)
{
	g_autoptr(GBytes) bytes = taken_file(files[_i].file);
	g_autoptr(GString) got = g_string_new(NULL);
	gsize length;
	const char *text = g_bytes_get_data(bytes, &length);

	ck_assert_msg(csv_read(columns, text, length, NOW, taken, got), "%s: no header",
		      files[_i].file);
	taken_check(files[_i].file, got, files[_i].want);
}
END_TEST

START_TEST(utf16_is_read_by_its_mark)
{
	static const char text[] = "\357\273\277Name\tEmail\r\nZoë\tz@example.org\r\n";
	g_autoptr(GString) got = g_string_new(NULL);
	gsize length;
	g_autofree char *wide =
	    g_convert(text, strlen(text), "UTF-16LE", "UTF-8", NULL, &length, NULL);

	ck_assert(csv_read(columns, wide, length, NOW, taken, got));
	taken_check("UTF-16LE", got, "2 Zoë <z@example.org>\n");
}
END_TEST

START_TEST(a_header_stands_among_the_first_thirty_lines)
{
	for (size_t above = 28; above <= 31; above++) {
		g_autoptr(GString) text = g_string_new(NULL), got = g_string_new(NULL);

		for (size_t i = 0; i < above; i++)
			g_string_append(text, "words\n");
		g_string_append(text, "Name,Email\nJane,\n");
		ck_assert_msg(csv_read(columns, text->str, text->len, NOW, taken, got) ==
				  (above < 30),
			      "below %zu lines", above);
	}
}
END_TEST

static const struct {
	const char *filler;
	size_t bytes;
	const char *want;
} floods[] = {
	{ "x", 10 << 20, "2! longer than 64 kB\n3 Joe\n" },
	{ "\"", 10 << 20, "2! longer than 64 kB\n3 Joe\n" },
	{ ",", 60 << 10, "2! empty\n3 Joe\n" },
	{ "\n", 4 << 20, "4194306 Joe\n" },
	{ "\r", 4 << 20, "4194306 Joe\n" },
	{ "\"\n", 1 << 19, "2! empty\n" },
	{ "\"a\n", 1 << 19, "2! a quote that nobody closes\n" },
	{ "\"\"\n", 1 << 19, "2! empty\n" },
	{ "\",\"\n", 1 << 19, "2 ,\n" },
	{ "a\"\n", 1 << 19, "2! a quote in the wrong place\n" },
	{ "a,\"\"\n", 1 << 19, "2 a\n" },
	{ "\"\"\"\n", 1 << 19, "2 \" \"\n" },
};

START_TEST(a_flood_is_read_up_to_the_limits)
{
	g_autoptr(GString) text = g_string_new("Name,Email\n");
	g_autoptr(GString) got = g_string_new(NULL);

	for (size_t start = text->len; text->len - start < floods[_i].bytes;)
		g_string_append(text, floods[_i].filler);
	if (!g_str_has_suffix(text->str, "\n") && !g_str_has_suffix(text->str, "\r"))
		g_string_append_c(text, '\n');
	g_string_append(text, "Joe,\n");
	ck_assert(csv_read(columns, text->str, text->len, NOW, taken, got));
	ck_assert_msg(g_str_has_prefix(got->str, floods[_i].want),
		      "%s…: got:\n%.200s\nwanted:\n%s", floods[_i].filler, got->str,
		      floods[_i].want);
	ck_assert_msg(g_str_has_suffix(got->str, " Joe\n"),
		      "%s…: the last record is lost", floods[_i].filler);
}
END_TEST

START_TEST(an_open_quote_costs_one_record)
{
	g_autoptr(GString) text = g_string_new("Name,Email\n\"Ada,\n");
	g_autoptr(GString) got = g_string_new(NULL);
	g_autoptr(GString) want = g_string_new("2! a quote that nobody closes\n");

	for (size_t i = 3; i < 20000; i++) {
		g_string_append(text, "Joe,j@example.org\n");
		g_string_append_printf(want, "%zu Joe <j@example.org>\n", i);
	}
	ck_assert(csv_read(columns, text->str, text->len, NOW, taken, got));
	ck_assert_msg(g_str_equal(got->str, want->str), "got:\n%.200s…", got->str);
}
END_TEST

static const struct {
	const char *date;
	gint64 want;
} days[] = {
	{ "01 Mar 2024", 1709251200 },
	{ "1 March 2024", 1709251200 },
	{ "Mar 1, 2024", 1709251200 },
	{ "2024-03-01", 1709251200 },
	{ "01-MAR-2024", 1709251200 },
	{ "29 Feb 2024", 1709164800 },
	{ "29 Feb 2023", 0 },
	{ "31 Dec 1969", 0 },
	{ "01 Mär 2024", 1709251200 },
	{ "01 März 2024", 1709251200 },
	{ "1. Mär. 2024", 1709251200 },
	{ "1 mars 2024", 1709251200 },
	{ "01 mar. 2024", 1709251200 },
	{ "1 de março de 2024", 1709251200 },
	{ "01 mrt 2024", 1709251200 },
	{ "01 maart 2024", 1709251200 },
	{ "01 bře 2024", 1709251200 },
	{ "1. března 2024", 1709251200 },
	{ "01 maalis 2024", 1709251200 },
	{ "1 márc 2024", 1709251200 },
	{ "01 Mac 2024", 1709251200 },
	{ "01 Mrt 2024", 1709251200 },
	{ "01 มี.ค. 2024", 1709251200 },
	{ "01 มี.ค. 2567", 1709251200 },
	{ "01 3月 2024", 1709251200 },
	{ "2024年3月1日", 1709251200 },
	{ "2024년 3월 1일", 1709251200 },
	{ "2024. 3. 1.", 1709251200 },
	{ "01 مارس 2024", 1709251200 },
	{ "01 मार्च 2024", 1709251200 },
	{ "01 мар 2024", 1709251200 },
	{ "1 марта 2024 г.", 1709251200 },
	{ "01 бер 2024", 1709251200 },
	{ "1 березня 2024", 1709251200 },
	{ "01 Mart 2024", 1709251200 },
	{ "01.03.2024", 1709251200 },
	{ "1.3.24", 1709251200 },
	{ "01/03/2024 10:01 AM", 1704240000 },
	{ "13/03/2024", 1710288000 },
	{ "01 marras 2024", 1730419200 },
	{ "01 lis 2024", 1730419200 },
	{ "01 čvc 2024", 1719792000 },
	{ "1. července 2024", 1719792000 },
	{ "01 Haz 2024", 1717200000 },
	{ "01 Hun 2024", 1717200000 },
	{ "٠١ مارس ٢٠٢٤", 1709251200 },
	{ "2024-03-01T10:00:00Z", 1709251200 },
	{ "1/22/18, 8:15 PM", 1516579200 },
	{ "22.01.2018 20.15", 1516579200 },
	{ "2/2/18", 1517529600 },
	{ "3/1/24", 0 },
	{ "01 Foo 2024", 0 },
	{ "01 Mar", 0 },
	{ "01 Mar 2024 something", 0 },
	{ "8:15 PM 1/22/18", 0 },
	{ "24-03-01", 0 },
	{ "24. 3. 15.", 0 },
	{ "Mar Apr 2024", 0 },
	{ "", 0 },
	{ "99999999999 Mar 2024", 0 },
	{ "2024-13-01", 0 },
	{ "0000 0 0", 0 },
};

START_TEST(a_day_is_told_by_its_month)
{
	gint64 got = 0;

	csv_columns_day(columns, days[_i].date, DAY_ORDER_UNKNOWN, &got);
	ck_assert_msg(got == days[_i].want,
		      "%s: got %" G_GINT64_FORMAT ", want %" G_GINT64_FORMAT,
		      days[_i].date, got, days[_i].want);
}
END_TEST

static const struct {
	const char *text;
	const char *want; /* of the message, or NULL */
} data[] = {
	{ "[names]\nx = y\n", NULL },
	{ "[columns]\nfirst = A; B\nfirst[de] = B; C\n", NULL },
	{ "[columns]\nfirst-2[de] = A\nconnection = A\ndate = B\n", NULL },
	{ "[columns]\nfrist = A\n", "x.people:2: [columns] frist: no such key" },
	{ "[columns]\nfirst = A\nlast[fr] = B; á\n",
	  "x.people:3: [columns] last[fr]: á is first already" },
	{ "[columns]\nmonths = a; b\n", "x.people:2: [columns] months: give all twelve" },
	{ "[columns]\nmonths = a; b; c; d; e; f; g; h; i; j; k; A\n",
	  "x.people:2: [columns] months: A is another month already" },
};

START_TEST(a_wrong_data_file_is_named_with_its_line)
{
	g_autoptr(GPtrArray) keyfiles = fixture_files("x.people", data[_i].text);
	g_autoptr(GError) error = NULL;
	g_autoptr(CsvColumns) got = csv_columns_new(keyfiles, &error);
	const char *message = error != NULL ? error->message : "";

	ck_assert_msg((got == NULL) == (data[_i].want != NULL), "%s: got %s",
		      data[_i].text, message);
	ck_assert_msg(data[_i].want == NULL || g_str_has_prefix(message, data[_i].want),
		      "got %s, want %s", message, data[_i].want);
}
END_TEST

static void
setup(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) keyfiles = data_load(NULL, "people", ".people", &error);

	if (keyfiles != NULL)
		columns = csv_columns_new(keyfiles, &error);
	ck_assert_msg(columns != NULL, "%s", error != NULL ? error->message : "");
}

static void
teardown(void)
{
	g_clear_pointer(&columns, csv_columns_free);
}

int
main(void)
{
	Suite *suite = suite_create("csv");
	TCase *reading = tcase_create("reading");
	TCase *meaning = tcase_create("meaning");

	tcase_add_checked_fixture(reading, setup, teardown);
	tcase_add_loop_test(reading, a_table_says_who, 0, G_N_ELEMENTS(tables));
	tcase_add_loop_test(reading, an_export_is_read_whatever_wrote_it, 0,
			    G_N_ELEMENTS(files));
	tcase_add_test(reading, utf16_is_read_by_its_mark);
	tcase_add_test(reading, a_header_stands_among_the_first_thirty_lines);
	tcase_add_test(reading, an_open_quote_costs_one_record);
	tcase_add_loop_test(reading, a_flood_is_read_up_to_the_limits, 0,
			    G_N_ELEMENTS(floods));
	suite_add_tcase(suite, reading);

	tcase_add_checked_fixture(meaning, setup, teardown);
	tcase_add_loop_test(meaning, a_day_is_told_by_its_month, 0, G_N_ELEMENTS(days));
	tcase_add_loop_test(meaning, a_wrong_data_file_is_named_with_its_line, 0,
			    G_N_ELEMENTS(data));
	suite_add_tcase(suite, meaning);

	return fixture_run(suite);
}
