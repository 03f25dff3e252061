/* SPDX-License-Identifier: BSD-2-Clause */
/* check_name.c - which names are one person's, and which only look like it? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/data.h"
#include "people/name.h"

typedef enum { DIFFERENT, SAME, POSES, HINTS } Likeness;

static const char *const likeness_names[] = { "different", "same", "poses", "hints" };

/* All of them invented.  Escapes where a character would not be seen. */
static const struct {
	const char *a;
	const char *b;
	Likeness want;
} pairs[] = {
	/* Case, order, white space. */
	{ "Jane Doe", "jane doe", SAME },
	{ "Jane Doe", "JANE DOE", SAME },
	{ "Jane Doe", "Doe, Jane", SAME },
	{ "Jane Doe", "DOE Jane", SAME },
	{ "Jane Doe", "DOE, JANE", SAME },
	{ "Jane Doe", "  Jane \t Doe\r\n", SAME },
	{ "Jane Doe", "Jane\302\240Doe", SAME },
	{ "Jane Doe", "\"Jane Doe\"", SAME },
	{ "Jane Doe", "'Jane Doe'", SAME },
	{ "Jane Doe", "jane.doe", SAME },
	{ "Jane Doe", "jane_doe", SAME },
	{ "Jane Doe", "Jane Roe", DIFFERENT },
	{ "Jane Doe", "Jane", DIFFERENT },
	{ "Jane Doe", "Janet Doe", DIFFERENT },
	{ "Jane Doe", "Jane Doe Roe", DIFFERENT },
	{ "Jane Doe", "JaneDoe", DIFFERENT },
	{ "Jane Doe", "jane.doe@n.example", DIFFERENT },
	{ "Jane Doe", "", DIFFERENT },
	{ "", "", DIFFERENT },
	{ "---", "---", DIFFERENT },
	{ "Ian Clark", "lan CIark", DIFFERENT }, /* too many true names */
	{ "Barney Roe", "Bamey Roe", DIFFERENT },

	/* Titles. */
	{ "Jane Doe", "Dr. Jane Doe", SAME },
	{ "Jane Doe", "Prof. Dr. Jane Doe", SAME },
	{ "Jane Doe", "DR JANE DOE", SAME },
	{ "Jane Doe", "Dr.Jane Doe", SAME },
	{ "Jane Doe", "Ms. Jane Doe", SAME },
	{ "Jane Doe", "Frau Jane Doe", SAME },
	{ "Jane Doe", "Herr Dr. med. Jane Doe", SAME },
	{ "Jane Doe", "Dr.med. Jane Doe", SAME },
	{ "Jane Doe", "Dr. rer. nat. Jane Doe", SAME },
	{ "Jane Doe", "Dipl.-Ing. Jane Doe", SAME },
	{ "Jane Doe", "Dipl-Ing Jane Doe", SAME },
	{ "Jane Doe", "Dipl.-Ing. (FH) Jane Doe", SAME },
	{ "Jane Doe", "Doe, Dr. Jane", SAME },
	{ "Jane Doe", "Dr. Doe, Jane", SAME },
	{ "Jane Doe", "Sir Jane Doe", SAME },
	{ "Jane Doe", "Mme Jane Doe", SAME },
	{ "Jane Doe", "M. Jane Doe", SAME },
	{ "Jane Doe", "Sra. Jane Doe", SAME },
	{ "Jane Doe", "Ing. Jane Doe", SAME },
	{ "Jane Doe", "Dott.ssa Jane Doe", SAME },
	{ "Jane Doe", "Rev. Jane Doe", SAME },
	{ "Dr. Doe", "Doe", SAME },
	{ "PD Dr. Jane Doe", "Jane Doe", SAME },
	{ "PD Doe", "Doe", DIFFERENT },
	{ "Dr.", "Mr.", DIFFERENT },
	{ "Ing-Marie Doe", "Marie Doe", DIFFERENT },

	/* Letters after the name. */
	{ "Jane Doe", "Jane Doe PhD", SAME },
	{ "Jane Doe", "Jane Doe, PhD", SAME },
	{ "Jane Doe", "Jane Doe, Ph.D.", SAME },
	{ "Jane Doe", "Jane Doe Ph. D.", SAME },
	{ "Jane Doe", "Jane Doe, PhD, MBA", SAME },
	{ "Jane Doe", "Jane Doe, PhD, MBA, PMP, CISSP", SAME },
	{ "Jane Doe", "Doe, Jane, PhD", SAME },
	{ "Jane Doe", "Doe, PhD, Jane", SAME },
	{ "Jane Doe", "Doe, Jane MBA", SAME },
	{ "Jane Doe", "Jane Doe MD", SAME },
	{ "Jane Doe", "Jane Doe, M.D.", SAME },
	{ "Jane Doe", "Jane Doe P.Eng.", SAME },
	{ "Jane Doe", "Jane Doe, M. Sc.", SAME },
	{ "Jane Doe", "JANE DOE CPA", SAME },
	{ "Jane Doe", "Jane Doe MA", SAME },
	{ "Jane Doe", "Jane Doe, PhD, Painter at Acme", SAME },
	{ "Jane Doe", "Dr. DOE, Jane Q., PhD (She/Her)", SAME },
	{ "Joe Doe", "Joe Doe Jr.", SAME },
	{ "Joe Doe", "Joe Doe, Jr.", SAME },
	{ "Joe Doe", "Joe Doe III", SAME },
	{ "Joe Doe", "Doe, Jr., Joe", SAME },
	{ "Jack Ma", "Jack", DIFFERENT },
	{ "Jack MA", "Jack Ma", SAME },
	{ "JACK MA", "Ma Jack", SAME },
	{ "Yu-Yan Ma", "Ma Yu-Yan", SAME },
	{ "Yu-Yan Ma", "YU-YAN MA", SAME },
	{ "Yu-Yan Ma", "Yu Yan", DIFFERENT },
	{ "Jane Doe, Painter", "Jane Doe", DIFFERENT },

	/* Brackets, nick-names, pictures and what follows. */
	{ "Jane Doe", "Jane Doe (She/Her)", SAME },
	{ "Jane Doe", "Jane Doe (née Roe)", SAME },
	{ "Jane Doe", "Jane (Roe) Doe", SAME },
	{ "Jane Doe", "[Hiring] Jane Doe", SAME },
	{ "Jane Doe", "Jane Doe (a (b) c)", SAME },
	{ "Jane Doe", "Jane Doe (She/He", SAME },
	{ "Jane Doe", "(Jane Doe", SAME },
	{ "Jane Doe", "Jane Doe（她）", SAME },
	{ "Jane Doe", "(Jane Doe)", SAME },
	{ "Jane Doe", "[[Jane Doe]] 🚀", SAME },
	{ "Robert Doe", "Robert \"Bob\" Doe", SAME },
	{ "Robert Doe", "Robert “Bob” Doe", SAME },
	{ "Robert Doe", "Robert „Bob“ Doe", SAME },
	{ "Robert Doe", "Robert 'Bob' Doe", SAME },
	{ "Robert Doe", "Robert (Bob) Doe", SAME },
	{ "Jan 't Hooft", "JAN 'T HOOFT", SAME },
	{ "Jane Doe", "Jane Doe 🚀", SAME },
	{ "Jane Doe", "👩🏽\342\200\215💻 Jane 🌍 Doe ✔️", SAME },
	{ "Jane Doe", "★ Jane Doe ★", SAME },
	{ "Jane Doe", "Jane Doe™", SAME },
	{ "Jane Doe", "Jane Doe | Hiring!", SAME },
	{ "Jane Doe", "Jane Doe|Acme", SAME },
	{ "Jane Doe", "Jane Doe • Coach", SAME },
	{ "Jane Doe", "Jane Doe · Coach", SAME },
	{ "Jane Doe", "Jane Doe - Coach", SAME },
	{ "Jane Doe", "Jane Doe – Coach", SAME },
	{ "Jane Doe", "Jane Doe / Acme", SAME },
	{ "Jane Doe", "Jane Doe @ Acme", SAME },
	{ "Jane Doe", "Jane Doe @Acme", SAME },
	{ "Jane Doe", "Jane Doe #OpenToWork", SAME },
	{ "Jane Doe", "Jane Doe, PhD, B2B C0ach", SAME },
	{ "Jane Doe", "| Jane Doe", SAME },
	{ "Jane B2B Doe", "Jane B2B Doe", SAME },
	{ "Jane Doe", "𝐉𝐚𝐧𝐞 𝐃𝐨𝐞", SAME },
	{ "Jane Doe", "Ⓙⓐⓝⓔ Doe", SAME },
	{ "Jane Doe", "Ｊａｎｅ　Ｄｏｅ", SAME },

	/* Initials. */
	{ "Jane Doe", "Jane Q. Doe", SAME },
	{ "Jane Doe", "Jane Q Doe", SAME },
	{ "Jane Doe", "Q. Jane Doe", SAME },
	{ "Jane Doe", "Jane Q.R.S. Doe", SAME },
	{ "Jane Doe", "J. Doe", DIFFERENT },
	{ "J. Doe", "J Doe", SAME },
	{ "J.R.R. Doe", "J. R. R. Doe", SAME },
	{ "J. Doe", "K. Doe", DIFFERENT },
	{ "Jane Q. Doe", "Jane R. Doe", SAME },
	{ "D. R. Doe", "Doe", DIFFERENT }, /* no doctor */
	{ "M.S. Doe", "Doe", DIFFERENT },
	{ "Doe, M.D.", "M. D. Doe", SAME },
	{ "Wei Lin Meng", "Wei Lin", DIFFERENT },

	/* Hyphens, apostrophes, particles. */
	{ "Jean-Luc Doe", "Jean Luc Doe", SAME },
	{ "Jean-Luc Doe", "Jean‐Luc DOE", SAME },
	{ "Jane Doe-Roe", "Jane Roe-Doe", SAME },
	{ "Jane Doe-Roe", "Jane Doe–Roe", SAME },
	{ "Jane O'Neil", "Jane ONeil", SAME },
	{ "Jane O'Neil", "Jane O’Neil", SAME },
	{ "Jane O'Neil", "Jane O´Neil", SAME },
	{ "Jane O'Neil", "Jane O`Neil", SAME },
	{ "Jane d'Arc", "Jane DArc", SAME },
	{ "Jan van der Berg", "van der Berg, Jan", SAME },
	{ "Jan van der Berg", "Jan Berg", DIFFERENT },

	/* Accents, and letters written in two ways. */
	{ "Zoë Núñez", "ZOE NUNEZ", SAME },
	{ "Zoë Núñez", "Zoe\314\210 Nu\314\201n\314\203ez", SAME },
	{ "Jane Müller", "Jane Mueller", SAME },
	{ "Jane Müller", "Jane Muller", SAME },
	{ "Jane Müller", "Jane Mu\314\210ller", SAME },
	{ "Jane Müller", "JANE MÜLLER", SAME },
	{ "Jane Mueller", "Jane Muller", DIFFERENT },
	{ "Jane Müller", "Jane Miller", DIFFERENT },
	{ "Jörg Groß", "Joerg Gross", SAME },
	{ "Jörg Groß", "JÖRG GROSS", SAME },
	{ "Jörg Groß", "JÖRG GROẞ", SAME },
	{ "Jørgen Ås", "Jorgen As", SAME },
	{ "Jørgen Ås", "Joergen Aas", SAME },
	{ "Åse Roe", "Aase Roe", SAME },
	{ "Søren Kjær", "Soren Kjaer", SAME },
	{ "Søren Kjær", "Soeren Kjaer", SAME },
	{ "Mia Kjær", "Mia Kjar", SAME },
	{ "Þóra Guðrún", "Thora Gudrun", SAME },
	{ "Łukasz Żółć", "Lukasz Zolc", SAME },
	{ "Đặng Thị Hòa", "Dang Thi Hoa", SAME },
	{ "Nguyễn Văn Bình", "Nguye\314\202\314\203n Va\314\206n Bi\314\200nh", SAME },
	{ "Nguyễn Văn Bình", "Bình Nguyễn Văn", SAME },
	{ "Işıl Yılmaz", "ISIL YILMAZ", SAME },
	{ "İpek Çağ", "ipek cag", SAME },
	{ "Cœur Doe", "Coeur Doe", SAME },
	{ "Šárka Nováková", "Sarka Novakova", SAME },
	{ "Ştefan Ţara", "Ștefan Țara", SAME },
	{ "Kovács Őrs", "Ors Kovacs", SAME },
	{ "Əli Məmmədov", "Ali Mammadov", SAME },

	/* Cyrillic. */
	{ "Алексей Семёнов", "Семенов Алексей", SAME },
	{ "Алексей Семёнов", "АЛЕКСЕЙ СЕМЁНОВ", SAME },
	{ "Андрей Новый", "Андреи\314\206 Новыи\314\206", SAME },
	{ "Андрей Новый", "Андреи Новыи", DIFFERENT },
	{ "г-н Иван Новый", "Иван Новый", SAME },
	{ "Иван П. Новый", "Иван Новый", SAME },
	{ "Олена Їжак", "Їжак Олена", SAME },
	{ "Иван Новый", "Ivan Novyi", DIFFERENT },
	/* Greek. */
	{ "Γιώργος Παππάς", "ΓΙΩΡΓΟΣ ΠΑΠΠΑΣ", SAME },
	{ "Γιώργος Παππάς", "Παππας Γιωργος", SAME },
	{ "Κος Γιώργος Παππάς", "Γιώργος Παππάς", SAME },
	{ "Γιώργος Παππάς", "Γιώργος Ράπτης", DIFFERENT },
	/* Armenian, Georgian. */
	{ "Արամ Սևակյան", "ԱՐԱՄ ՍԵՒԱԿՅԱՆ", SAME },
	{ "Արամ Սարյան", "ՍԱՐՅԱՆ ԱՐԱՄ", SAME },
	{ "ნინო ბერიძე", "ბერიძე ნინო", SAME },
	/* Arabic, Persian. */
	{ "أحمد الفارسي", "احمد الفارسى", SAME },
	{ "محمّد علي", "محمد علي", SAME },
	{ "محـــمد علي", "محمد علي", SAME },
	{ "فاطمة علي", "فاطمه علي", SAME },
	{ "د. أحمد علي", "أحمد علي", SAME },
	{ "علی کریمی", "علي كريمي", SAME },
	{ "محمد\342\200\214رضا کریمی", "محمدرضا کریمی", SAME },
	{ "محمد علي", "محمود علي", DIFFERENT },
	{ "\342\200\217أحمد علي\342\200\217", "أحمد علي", SAME },
	/* Hebrew. */
	{ "דָּוִד כֹּהֵן", "דוד כהן", SAME },
	{ "ד״ר דוד כהן", "כהן דוד", SAME },
	{ "דוד כהן", "דנה כהן", DIFFERENT },
	/* Devanagari, Bengali, Tamil, Thai: vowels are marks and stay. */
	{ "सुनीता शर्मा", "शर्मा सुनीता", SAME },
	{ "सुनीता शर्मा", "सनीता शर्मा", DIFFERENT },
	{ "डॉ. सुनीता शर्मा", "सुनीता शर्मा", SAME },
	{ "शर्\342\200\215मा राम", "शर्मा राम", SAME },
	{ "রিমা দাস", "রুমা দাস", DIFFERENT },
	{ "குமார் ராஜா", "ராஜா குமார்", SAME },
	{ "குமார்", "கமார்", DIFFERENT },
	{ "สมชาย ใจดี", "ใจดี สมชาย", SAME },
	{ "สมชาย ดี", "สมชาย ดุ", DIFFERENT },
	/* Chinese, Japanese, Korean. */
	{ "山田 太郎", "山田太郎", SAME },
	{ "山田　太郎", "山田太郎", SAME },
	{ "山田太郎", "太郎山田", DIFFERENT },
	{ "山田太郎 様", "山田 太郎", SAME },
	{ "ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダ タロウ", SAME },
	{ "ヤマダ タロウ", "ヤマタ タロウ", DIFFERENT },
	{ "やまだ たろう", "ヤマダ タロウ", DIFFERENT },
	{ "王小明", "王 小明", SAME },
	{ "王小明", "王大明", DIFFERENT },
	{ "约翰·多伊", "约翰多伊", SAME },
	{ "王小明 (Ming)", "王小明", SAME },
	{ "王小明Ming Wang", "王小明 Ming Wang", SAME },
	{ "葛\363\240\204\200城 太郎", "葛城太郎", SAME },
	{ "김 민수", "김민수", SAME },
	{ "김민수 님", "김민수", SAME },
	{ "\341\204\200\341\205\265\341\206\267민수", "김민수", SAME }, /* decomposed */
	{ "김민수", "김민서", DIFFERENT },
	{ "강민", "간민", DIFFERENT },

	/* Disguises: letters of other scripts, figures, what nobody sees. */
	{ "Jane Doe", "J\320\260ne Doe", POSES }, /* а of Cyrillic */
	{ "Jane Doe", "Jane D\316\277e", POSES }, /* ο of Greek */
	{ "Jane Doe", "Jane D\326\205e", POSES }, /* օ of Armenian */
	{ "Sophie Roe", "Ѕорһіе Roe", POSES },    /* one word all of Cyrillic */
	{ "Marc Roe", "Ма\162с Roe", POSES },
	{ "Harry Roe", "Нarry Roe", POSES },
	{ "Jane Doe", "J\320\220NE DOE", POSES },
	{ "Jane Doe", "Jɑne Doe", POSES },
	{ "Gregory Roe", "Greɡory Roe", POSES },
	{ "John Doe", "J0hn Doe", POSES },
	{ "Olivia Roe", "0livia Roe", POSES },
	{ "Paul Doe", "Pau1a Doe", DIFFERENT },
	{ "Paula Doe", "Pau1a Doe", POSES },
	{ "J0hn Doe", "J0hn Doe", POSES },
	{ "Jane Doe", "Ja\342\200\213ne Doe", POSES }, /* zero-width space */
	{ "Jane Doe", "Ja\302\255ne Doe", POSES },     /* soft hyphen */
	{ "Jane Doe", "Ja\342\200\215ne Doe", POSES }, /* joiner */
	{ "Jane Doe", "Jane D\342\201\240oe", POSES }, /* word joiner */
	{ "Jane Doe", "\342\200\256Jane Doe", POSES }, /* turned around */
	{ "Иван Новый", "Ив\342\200\214ан Новый", POSES },
	{ "Иван Сорокин", "Иван C\320\276р\320\276кин", POSES },
	{ "Jane Müller", "J\320\260ne Mueller", POSES },
	{ "Jane Müller", "J\320\260ne Müller", POSES },
	{ "Jane Doe", "Dr. J\320\260ne Q. Doe, PhD 🚀", POSES },
	{ "Jane Doe", "\342\200\216Jane Doe\342\200\254", SAME },
	{ "Jane Doe", "\357\273\277Jane Doe", SAME },
	{ "Jane Doe", "Jane\342\200\213 Doe", SAME },
	{ "Jane Doe", "Jane Doe (Ja\302\255ne)", SAME },
	{ "Jane Doe", "Jane Дое", DIFFERENT },
	{ "Josh Doe", "Jo\341\204\213sh Doe", DIFFERENT },

	/* Short forms. */
	{ "Bob Doe", "Robert Doe", HINTS },
	{ "Bill Doe", "Billy Doe", HINTS },
	{ "Bob Doe", "Rob Doe", HINTS },
	{ "Bob Doe", "Bob Doe", SAME },
	{ "Dr. Bob Doe, PhD", "Doe, Robert", HINTS },
	{ "Mike Roe", "Michael Roe", HINTS },
	{ "Liz Roe", "Elizabeth Roe", HINTS },
	{ "Kate Roe", "Katherine Roe", HINTS },
	{ "Tom Roe", "Thomas Roe", HINTS },
	{ "Sepp Roe", "Josef Roe", HINTS },
	{ "Pepe Núñez", "José Núñez", HINTS },
	{ "Саша Новый", "Александр Новый", HINTS },
	{ "Серёжа Новый", "Сергей Новый", HINTS },
	{ "Γιάννης Παππάς", "Ιωάννης Παππάς", HINTS },
	{ "Bob Doe", "William Doe", DIFFERENT },
	{ "Bob Doe", "Robert Roe", DIFFERENT },
	{ "Bоb Doe", "Robert Doe", DIFFERENT }, /* о of Cyrillic */

	/* Bytes of any kind. */
	{ "Jane M\374ller", "Jane Müller", DIFFERENT },
	{ "Jane M\374ller", "Jane M\374ller", SAME },
	{ "\377\376", "\377\376", DIFFERENT },
	{ "Jane\001Doe", "Jane Doe", DIFFERENT },
};

static NameRules *rules;

static void
load_rules(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) files = data_load(NULL, "people", ".people", &error);

	ck_assert_msg(files != NULL, "%s", error != NULL ? error->message : "");
	rules = name_rules_new(files, &error);
	ck_assert_msg(rules != NULL, "%s", error != NULL ? error->message : "");
}

static void
unload_rules(void)
{
	g_clear_pointer(&rules, name_rules_free);
}

static Likeness
likeness(const char *a, const char *b)
{
	g_auto(Name) one = { 0 };
	g_auto(Name) other = { 0 };

	name_init(&one, rules, a);
	name_init(&other, rules, b);
	if (name_same(&one, &other))
		return SAME;
	if (name_poses(&one, &other))
		return POSES;

	return name_hints(&one, &other) ? HINTS : DIFFERENT;
}

static void
assert_likeness(const char *a, const char *b, Likeness want)
{
	g_auto(Name) one = { 0 };
	g_auto(Name) other = { 0 };
	Likeness got = likeness(a, b);

	name_init(&one, rules, a);
	name_init(&other, rules, b);
	ck_assert_msg(got == want, "'%s' and '%s': got %s, want %s; keys '%s' and '%s'",
		      a, b, likeness_names[got], likeness_names[want],
		      one.keys[0] != NULL ? one.keys[0] : "",
		      other.keys[0] != NULL ? other.keys[0] : "");
}

START_TEST(names_are_told_apart_and_together)
{
	assert_likeness(pairs[_i].a, pairs[_i].b, pairs[_i].want);
	assert_likeness(pairs[_i].b, pairs[_i].a, pairs[_i].want);
}
END_TEST

static const struct {
	const char *a, *b;
	bool want;
} families[] = {
	{ "Ollie Doe", "Dr. Olivia M. Doe, PhD", true },
	{ "Olivia D.", "Prof. Dr. Olivia M. Doe, PhD (academy member)", true },
	{ "Olivia D.", "Olivia Doe, CFA", true },
	{ "Ollie van der Doe", "Olivia Jane van der Doe", true },
	{ "Ollie Doe", "Jane Doe", false },
	{ "Ollie Doe", "Olivia Roe", false },
	{ "Olivia D.", "Olivia Roe", false },
	{ "Olivia D.", "Oscar Doe", false },
	{ "Ollie Doe", "Oscar and Jane Doe", false },
	{ "Ollie Doe", "0livia Doe", false },
	{ "Ollie", "Olivia Doe", false },
	{ "", "", false },
};

START_TEST(names_of_one_family_with_first_names_alike_are_told)
{
	ck_assert_msg(name_is_of_family(rules, families[_i].a, families[_i].b) ==
			  families[_i].want,
		      "'%s' and '%s'", families[_i].a, families[_i].b);
	ck_assert_msg(name_is_of_family(rules, families[_i].b, families[_i].a) ==
			  families[_i].want,
		      "'%s' and '%s'", families[_i].b, families[_i].a);
}
END_TEST

static const struct {
	const char *text;
	const char *keys[NAME_KEYS];
	const char *shapes[NAME_KEYS];
	const char *hint;
	bool is_disguised;
} names[] = {
	{ "Dr. DOE, Jane Q., PhD", { "doe jane" }, { "doe jane" }, NULL, false },
	{ "Jane Müller",
	  { "jane muller", "jane mueller" },
	  { "jane muller", "jane mueller" },
	  NULL,
	  false },
	{ "Jane Mueller", { "jane mueller" }, { "jane mueller" }, NULL, false },
	{ "Åse Jørgen",
	  { "ase jorgen", "aase joergen" },
	  { "ase jorgen", "aase joergen" },
	  NULL,
	  false },
	{ "Bob Doe", { "bob doe" }, { "bob doe" }, "doe robert", false },
	{ "Саша", { "саша" }, { "caшa" }, "александр", false },
	{ "J0hn Doe", { "doe j0hn" }, { "doe john" }, NULL, true },
	{ "J. Doe", { "doe j" }, { "doe j" }, NULL, false },
	{ "Q. R.", { "q r" }, { "q r" }, NULL, false },
	{ "Yamada Tarō 山田 太郎",
	  { "taro yamada 山田太郎" },
	  { "taro yamada 山田太郎" },
	  NULL,
	  false },
	{ "PhD", { "phd" }, { "phd" }, NULL, false },
	{ "", { NULL }, { NULL }, NULL, false },
	{ " ' \" . , - ( ) | ", { NULL }, { NULL }, NULL, false },
	{ "123 456", { NULL }, { NULL }, NULL, false },
	{ "🚀 ✨ 👩🏽\342\200\215💻", { NULL }, { NULL }, NULL, false },
	{ "\343\205\244",
	  { NULL },
	  { NULL },
	  NULL,
	  false },                                       /* a filler, seen by nobody */
	{ "\314\201", { NULL }, { NULL }, NULL, false }, /* an accent on nothing */
	{ "J\377e Doe", { "doe j\357\277\275e" }, { "doe j\357\277\275e" }, NULL, false },
};

START_TEST(a_name_has_its_keys_shapes_and_hint)
{
	g_auto(Name) name = { 0 };

	name_init(&name, rules, names[_i].text);
	for (size_t i = 0; i < NAME_KEYS; i++) {
		ck_assert_msg(g_strcmp0(name.keys[i], names[_i].keys[i]) == 0,
			      "'%s', key %zu: got '%s', want '%s'", names[_i].text, i,
			      name.keys[i], names[_i].keys[i]);
		ck_assert_msg(g_strcmp0(name.shapes[i], names[_i].shapes[i]) == 0,
			      "'%s', shape %zu: got '%s', want '%s'", names[_i].text, i,
			      name.shapes[i], names[_i].shapes[i]);
	}
	ck_assert_msg(g_strcmp0(name.hint, names[_i].hint) == 0,
		      "'%s', hint: got '%s', want '%s'", names[_i].text, name.hint,
		      names[_i].hint);
	ck_assert_msg(name.is_disguised == names[_i].is_disguised,
		      "'%s', disguised: got %d, want %d", names[_i].text,
		      name.is_disguised, names[_i].is_disguised);
}
END_TEST

static const struct {
	const char *company;
	const char *want;
} companies[] = {
	{ "Acme, Inc.", "acme" },
	{ "ACME Inc", "acme" },
	{ "acme", "acme" },
	{ "Müller GmbH & Co. KG", "muller" },
	{ "Müller GmbH und Co. KG", "muller" },
	{ "Roe Müller AG", "roe muller" },
	{ "Doe & Sons Ltd.", "doe sons" },
	{ "Doe S.A.", "doe" },
	{ "Doe S. A.", "doe" },
	{ "Doe S.à r.l.", "doe" },
	{ "Acme Sp. z o.o.", "acme" },
	{ "Acme s.r.o.", "acme" },
	{ "Acme Sdn. Bhd.", "acme" },
	{ "Acme Pvt. Ltd.", "acme" },
	{ "Inc.", "inc" },
	{ "Co. Ltd.", "co" },
	{ "Zeta Alpha", "zeta alpha" },
	{ "ООО «Ромашка»", "ромашка" },
	{ "PT Acme Tbk", "acme" },
	{ "株式会社ヤマダ", "ヤマダ" },
	{ "ヤマダ株式会社", "ヤマダ" },
	{ "㈱ヤマダ", "ヤマダ" },
	{ "泉株式会社", "泉" },
	{ "株式会社泉", "泉" },
	{ "(주)한빛", "한빛" },
	{ "한빛주식회사", "한빛" },
	{ "제주", "제주" },
	{ "주원빛", "주원빛" },
	{ "北京天地有限公司", "北京天地" },
	{ "O'Neil's", "oneils" },
	{ "", NULL },
	{ " -- ", NULL },
};

START_TEST(a_company_is_known_without_its_legal_form)
{
	g_autofree char *got = name_company_key(rules, companies[_i].company);

	ck_assert_msg(g_strcmp0(got, companies[_i].want) == 0,
		      "'%s': got '%s', want '%s'", companies[_i].company, got,
		      companies[_i].want);
}
END_TEST

static const struct {
	const char *address;
	bool want;
} addresses[] = {
	{ "noreply@n.example", true },
	{ "NoReply@n.example", true },
	{ "no-reply@n.example", true },
	{ "no.reply@n.example", true },
	{ "no_reply@n.example", true },
	{ "do-not-reply@n.example", true },
	{ "donotreply@n.example", true },
	{ "noreply-abc@n.example", true },
	{ "noreply+abc@n.example", true },
	{ "jobs-noreply@n.example", true },
	{ "bounce+x@n.example", true },
	{ "bounces-123=jane=example.org@n.example", true },
	{ "mailer-daemon@n.example", true },
	{ "MAILER-DAEMON", true },
	{ "postmaster@n.example", true },
	{ "unsubscribe@n.example", true },
	{ "notifications@n.example", true },
	{ "nicht-antworten@n.example", true },
	{ "jane@n.example", false },
	{ "jane.doe@noreply.example", false },
	{ "jane+noreply@n.example", false },
	{ "jane+x-noreply@n.example", false },
	{ "norepa@n.example", false },
	{ "noreplyer@n.example", false },
	{ "info@n.example", false },
	{ "jane@bounce@n.example", false },
	{ "@n.example", false },
	{ "", false },
};

START_TEST(a_robot_is_known_by_its_address)
{
	bool got = name_is_robot(rules, addresses[_i].address);

	ck_assert_msg(got == addresses[_i].want, "'%s': got %d, want %d",
		      addresses[_i].address, got, addresses[_i].want);
}
END_TEST

START_TEST(words_and_characters_beyond_the_limits_are_no_part)
{
	static const char words[] = "Ab Bc Cd De Ef Fg Gh Hi";
	g_autofree char *more = g_strconcat(words, " Ij Jk", NULL);
	g_autofree char *blanks = g_strnfill(NAME_MAX_CHARS, ' ');
	g_autofree char *behind = g_strconcat("Jane Doe", blanks, "Roe", NULL);
	g_autofree char *only = g_strconcat(blanks, "Jane", NULL);

	assert_likeness(words, more, SAME);
	assert_likeness(words, "Ab Bc Cd De Ef Fg Gh", DIFFERENT);
	assert_likeness("Jane Doe", behind, SAME);
	assert_likeness("Jane", only, DIFFERENT);
}
END_TEST

/* The longest fold of the shortest, in each place of the buffers. */
static const char *const longs[] = {
	"ß ",   "Þa",  "ﷺ",   "ü",  "𝐉 ", "葛",   "葛 ",           "กิ",
	"((((", "\"a", "'a ", "a.", ",a", "\377", "\342\200\213a", "a\342\200\213",
	"-",    " - ", "0a",  "ŀ",  "٠",
};

START_TEST(the_longest_names_have_an_answer)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_auto(Name) name = { 0 };
	g_autofree char *company = NULL;

	while (text->len < 8 * NAME_MAX_CHARS)
		g_string_append(text, longs[_i]);
	name_init(&name, rules, text->str);
	company = name_company_key(rules, text->str);
	if (name.keys[0] != NULL)
		ck_assert(g_utf8_validate(name.keys[0], -1, NULL));
	if (company != NULL)
		ck_assert(g_utf8_validate(company, -1, NULL));
	name_is_robot(rules, text->str);
}
END_TEST

#define MAX_NOISE 200

/* A fixed series, so that a failure comes again. */
START_TEST(any_bytes_are_themselves)
{
	uint32_t state = (uint32_t)_i + 1;
	char text[MAX_NOISE + 1];
	g_auto(Name) name = { 0 };

	for (size_t i = 0; i < MAX_NOISE; i++) {
		state = state * 1664525 + 1013904223;
		text[i] = (char)(1 + (state >> 24) % 255);
	}
	text[MAX_NOISE] = '\0';

	name_init(&name, rules, text);
	ck_assert_msg(name_same(&name, &name) ==
			  (name.keys[0] != NULL && !name.is_disguised),
		      "noise %d is not itself", _i);
}
END_TEST

static const struct {
	const char *bytes;
	const char *want; /* part of the message, or NULL: none */
} files[] = {
	{ "[name]\ntitles = Dr\n[columns]\nanything = x\n", NULL },
	{ "[name]\ntitles[de] = Herr; Frau\nsuffixes-2[de] = phd\n", NULL },
	{ "[short]\nbob = bob\n", NULL },
	{ "[name]\ntitels = Dr\n",
	  "t.people:2: [name] titels: no such key; there are titles, unspoken, said, "
	  "suffixes, particles, families, beginnings" },
	{ "[name]\ntitles = Dr\n[nam]\nx = y\n",
	  "t.people:4: [nam] x: no such section; there are name, short, company, "
	  "address, speech, columns" },
	{ "[company]\nform = Inc\n",
	  "t.people:2: [company] form: no such key; there are forms, leading, "
	  "former, words" },
	{ "[address]\nrobot = x\n",
	  "t.people:2: [address] robot: no such key; there are robots" },
	{ "[name]\n\ntitles = Dr; --\n",
	  "t.people:3: [name] titles: '--' has no letters" },
	{ "[short]\nbob = robert frost\n",
	  "t.people:2: [short] bob: a short form is one word" },
	{ "[short]\nbob[en] =\n",
	  "t.people:2: [short] bob[en]: a short form is one word" },
};

START_TEST(a_broken_file_names_its_line)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) array =
	    g_ptr_array_new_with_free_func((GDestroyNotify)keyfile_free);
	g_autoptr(NameRules) read = NULL;
	Keyfile *file =
	    keyfile_new("t.people", files[_i].bytes, strlen(files[_i].bytes), &error);

	ck_assert_msg(file != NULL, "%s", error != NULL ? error->message : "");
	g_ptr_array_add(array, file);
	read = name_rules_new(array, &error);
	ck_assert_msg((read != NULL) == (files[_i].want == NULL), "'%s': read: %d",
		      files[_i].bytes, read != NULL);
	if (read == NULL)
		ck_assert_msg(g_str_has_prefix(error->message, files[_i].want),
			      "got '%s', want '%s'", error->message, files[_i].want);
}
END_TEST

static Suite *
name_suite(void)
{
	Suite *suite = suite_create("name");
	TCase *people = tcase_create("people");
	TCase *others = tcase_create("others");
	TCase *limits = tcase_create("limits");
	TCase *data = tcase_create("data");

	tcase_add_unchecked_fixture(people, load_rules, unload_rules);
	tcase_add_loop_test(people, names_of_one_family_with_first_names_alike_are_told,
			    0, G_N_ELEMENTS(families));
	tcase_add_loop_test(people, names_are_told_apart_and_together, 0,
			    G_N_ELEMENTS(pairs));
	tcase_add_loop_test(people, a_name_has_its_keys_shapes_and_hint, 0,
			    G_N_ELEMENTS(names));
	suite_add_tcase(suite, people);

	tcase_add_unchecked_fixture(others, load_rules, unload_rules);
	tcase_add_loop_test(others, a_company_is_known_without_its_legal_form, 0,
			    G_N_ELEMENTS(companies));
	tcase_add_loop_test(others, a_robot_is_known_by_its_address, 0,
			    G_N_ELEMENTS(addresses));
	suite_add_tcase(suite, others);

	tcase_add_unchecked_fixture(limits, load_rules, unload_rules);
	tcase_add_test(limits, words_and_characters_beyond_the_limits_are_no_part);
	tcase_add_loop_test(limits, the_longest_names_have_an_answer, 0,
			    G_N_ELEMENTS(longs));
	tcase_add_loop_test(limits, any_bytes_are_themselves, 0, 64);
	suite_add_tcase(suite, limits);

	tcase_add_loop_test(data, a_broken_file_names_its_line, 0, G_N_ELEMENTS(files));
	suite_add_tcase(suite, data);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(name_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
