/* SPDX-License-Identifier: BSD-2-Clause */
/* check_charset.c - is text of any charset read, and of none? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "text/charset.h"
#include "text/charset-name.h"

static const struct {
	const char *name;
	const char *meant;
	const char *written;
} names[] = {
	{ "utf-8", "UTF-8", "UTF-8" },
	{ "UTF8", "UTF-8", "UTF-8" },
	{ "iso-8859-1", "CP1252", "ISO-8859-1" },
	{ "ISO_8859-1:1987", "CP1252", "ISO-8859-1" },
	{ "latin1", "CP1252", "ISO-8859-1" },
	{ "windows-1252", "CP1252", "CP1252" },
	{ "ISO-8859-9", "CP1254", "ISO-8859-9" },
	{ "iso-8859-8-i", "ISO-8859-8", "ISO-8859-8" },
	{ "ISO8859_15", "ISO-8859-15", "ISO-8859-15" },
	{ "gb2312", "GB18030", "GB2312" },
	{ "GBK", "GB18030", "GBK" },
	{ "x-sjis", "CP932", "SHIFT_JIS" },
	{ "ks_c_5601-1987", "UHC", "EUC-KR" },
	{ "KOI8-R", "KOI8-R", "KOI8-R" },
	{ "866", "IBM866", "IBM866" },
	{ "xxbig5", "BIG5-HKSCS", "BIG5" },
	{ "xxxxbig5", NULL, NULL },
	/* It is written by programs that do not know. */
	{ "us-ascii", NULL, "US-ASCII" },
	{ "", NULL, NULL },
	{ "nonsense", NULL, NULL },
	{ "UTF-8//TRANSLIT", NULL, NULL },
	{ "UTF-8,x", NULL, NULL },
	{ "utf-8                                   ", "UTF-8", "UTF-8" }, /* 40 bytes */
	{ "utf-8                                    ", NULL, NULL },
};

START_TEST(a_name_means_what_mailers_mean)
{
	const char *meant = charset_name_meant(names[_i].name);
	const char *written = charset_name_written(names[_i].name);

	ck_assert_msg(g_strcmp0(meant, names[_i].meant) == 0 &&
			  g_strcmp0(written, names[_i].written) == 0,
		      "%s: got %s and %s, want %s and %s", names[_i].name, meant, written,
		      names[_i].meant, names[_i].written);
}
END_TEST

#define TEXT(bytes) bytes, sizeof(bytes) - 1

static const struct {
	const char *bytes;
	size_t length;
	const char *charset;
	const char *want;
} texts[] = {
	{ TEXT("J\374rgen"), NULL, "J\303\274rgen" },
	{ TEXT("J\303\274rgen"), NULL, "J\303\274rgen" },
	{ TEXT("J\303\274rgen"), "us-ascii", "J\303\274rgen" },
	{ TEXT("J\303\274rgen"), "nonsense", "J\303\274rgen" },
	{ TEXT("J\303rgen"), "utf-8", "J\357\277\275rgen" },
	/* Windows' quotes under the name of its elder. */
	{ TEXT("\223a\224"), "iso-8859-1", "\342\200\234a\342\200\235" },
	{ TEXT("\223a\201\224"), "iso-8859-1", "\342\200\234a\357\277\275\342\200\235" },
	/* A letter that GB18030 has and GB2312 lacks. */
	{ TEXT("\351F"), "gb2312", "\351\225\225" },
	{ TEXT("\033$B$3$s\033(B a"), NULL, "\343\201\223\343\202\223 a" },
	{ TEXT("\033$B$3$s\033(B a"), "iso-2022-jp", "\343\201\223\343\202\223 a" },
	{ TEXT("\033[1mbold\033[0m"), NULL, "\033[1mbold\033[0m" },
	{ TEXT("a ~{VPND~} ~~ b"), NULL, "a \344\270\255\346\226\207 ~ b" },
	{ TEXT("a ~{VPND~} b"), "HZ-GB-2312", "a \344\270\255\346\226\207 b" },
	{ TEXT("a ~{not~} b ~{ c"), NULL, "a ~{not~} b ~{ c" },
	{ TEXT("a\0b\0c\0 \0"), NULL, "abc " },
	{ TEXT("\0a\0b\0c\0 "), NULL, "abc " },
	{ TEXT("a\0b"), NULL, "a b" },
	/* What it is counts more than a name that mailers write by habit. */
	{ TEXT("\033$B$3$s\033(B a"), "utf-8", "\343\201\223\343\202\223 a" },
	{ TEXT("\033$@$3$s\033(J a"), "us-ascii", "\343\201\223\343\202\223 a" },
	{ TEXT("\033$B$3$s\033(B\033$B$3$"), "utf-8",
	  "\343\201\223\343\202\223\343\201\223\357\277\275" },
	/* No pairs of bytes: a link that a reader of UTF-8 sees stays one. */
	{ TEXT("\033$B$3\033(B \033$B<a href=x>\033(B"), "utf-8",
	  "\033$B$3\033(B \033$B<a href=x>\033(B" },
	{ TEXT("a\0b\0c\0 \0"), "utf-8", "abc " },
	{ TEXT("\0a\0b\0c\0 "), "utf-8", "abc " },
	{ TEXT("\377\376\37\4 \0"), "utf-8", "\320\237 " },
	{ TEXT("\376\377\4\37\0 "), NULL, "\320\237 " },
	{ TEXT("a\0b\303\274"), "utf-8", "a b\303\274" },
	/* UTF-8 that is called by an elder's name */
	{ TEXT("f\303\274r Andr\303\251"), "iso-8859-1", "f\303\274r Andr\303\251" },
	{ TEXT("\320\237\321\200"), "windows-1252", "\320\237\321\200" },
	{ TEXT("\342\200\234a\342\200\235"), "windows-1252",
	  "\342\200\234a\342\200\235" },
	{ TEXT("f\303\274r"), "iso-8859-1", "f\303\274r" },
	{ TEXT("\303\211cole \303\240 \303\211cole"), "latin1",
	  "\303\211cole \303\240 \303\211cole" },
	{ TEXT("\303\234ber"), "iso-8859-15", "\303\234ber" },
	{ TEXT("a\302\240b"), "windows-1252", "a\302\240b" },
	{ TEXT("Ann\342\200\231s"), "iso-8859-1", "Ann\342\200\231s" },
	{ TEXT("5 \342\202\254"), "iso-8859-1", "5 \342\202\254" },
	{ TEXT("Za\305\274"), "iso-8859-1", "Za\305\274" },
	{ TEXT("\305\201\303\263d\305\272"), "iso-8859-1", "\305\201\303\263d\305\272" },
	{ TEXT("Ji\305\231\303\255"), "iso-8859-15", "Ji\305\231\303\255" },
	{ TEXT("I\305\237\304\261k"), "iso-8859-1", "I\305\237\304\261k" },
	{ TEXT("\344\275\240\345\245\275"), "iso-8859-1", "\344\275\240\345\245\275" },
	/* and what may be the elder: capitals, and quotes behind the last letter */
	{ TEXT("IRM\303\205, IRM\303\222S"), "windows-1252",
	  "IRM\303\203\342\200\246, IRM\303\203\342\200\231S" },
	{ TEXT("i \305\224"), "iso-8859-1", "i \303\205\342\200\235" },
	{ TEXT("f\303\274r"), "iso-8859-2", "f\304\202\305\272r" },
	{ TEXT("CAF\311\222S, CAF\311\205"), "windows-1252",
	  "CAF\303\211\342\200\231S, CAF\303\211\342\200\246" },
	{ TEXT("Spa\337\240: Gru\337\205"), "windows-1252",
	  "Spa\303\237\302\240: Gru\303\237\342\200\246" },
	{ TEXT("caf\351\222\224, fianc\351\205\224"), "windows-1252",
	  "caf\303\251\342\200\231\342\200\235, "
	  "fianc\303\251\342\200\246\342\200\235" },
	{ TEXT("f\303\274r Andr\351"), "iso-8859-1", "f\303\203\302\274r Andr\303\251" },
	{ TEXT("\377\376"), "utf-16", "" },
	{ TEXT("\377\376a\0"), "utf-16", "a" },
	{ TEXT("\376\377\0a"), "utf-16", "a" },
	{ TEXT("a\0\37\4"), "utf-16", "a\320\237" },
	{ TEXT("\0a\0b"), "utf-16", "ab" },
	{ TEXT("\4\37\0a"), "utf-16", "\341\274\204\346\204\200" },
	{ TEXT(""), "utf-16", "" },
	{ TEXT(""), NULL, "" },
};

START_TEST(text_is_read_whatever_its_charset)
{
	g_autofree char *got =
	    charset_text(texts[_i].bytes, texts[_i].length, texts[_i].charset);

	ck_assert_msg(strcmp(got, texts[_i].want) == 0, "%s in %s: got %s, want %s",
		      texts[_i].bytes, texts[_i].charset, got, texts[_i].want);
}
END_TEST

static Suite *
charset_suite(void)
{
	Suite *suite = suite_create("charset");
	TCase *reading = tcase_create("reading");

	tcase_add_loop_test(reading, a_name_means_what_mailers_mean, 0,
			    G_N_ELEMENTS(names));
	tcase_add_loop_test(reading, text_is_read_whatever_its_charset, 0,
			    G_N_ELEMENTS(texts));
	suite_add_tcase(suite, reading);

	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(charset_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
