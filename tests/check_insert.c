/* SPDX-License-Identifier: BSD-2-Clause */
/* check_insert.c - does a block come on top, and does every other byte stay? */

#include "config.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>
#include <gmime/gmime.h>

#include "mail/insert.h"

/* In the tables "\n" ends a line of the mail, "\r\n" one that is written anew. */
#define TEXT    "Top.\nTwo.\n"
#define TEXT_IN "Top.\r\nTwo.\r\n"
#define HTML    "<p id=\"x\">Top</p>\n"
#define HTML_IN "<p id=\"x\">Top</p>\r\n"
#define HTML_QP "<p id=3D\"x\">Top</p>\r\n"
#define UMLAUT  "F\303\274r Sie.\n"

#define HEAD        "From: jane@example.org\nMIME-Version: 1.0\n"
#define PLAIN       "Content-Type: text/plain; charset=utf-8\n"
#define MARKUP      "Content-Type: text/html; charset=utf-8\n"
#define QP          "Content-Transfer-Encoding: quoted-printable\n"
#define BASE64      "Content-Transfer-Encoding: base64\n"
#define EIGHT       "Content-Transfer-Encoding: 8bit\n"
#define ALTERNATIVE "Content-Type: multipart/alternative; boundary=in\n"
#define MIXED       "Content-Type: multipart/mixed; boundary=\"out\"\n"
#define RELATED     "Content-Type: multipart/related; boundary=\"rel\"\n"
#define LONG        "0123456789012345678901234567890123456789012345678901234567890123456789"

typedef struct {
	const char *what;
	const char *head;
	const char *body;
	const char *text;   /* NULL: TEXT */
	const char *want;   /* the new body, or NULL for none */
	const char *reason; /* the only one, or NULL for none */
} Row;

static const Row changed[] = {
	{ "no MIME at all", "From: jane@example.org\n", "Hello\n", NULL,
	  TEXT_IN "Hello\n", NULL },
	{ "an empty body", "From: jane@example.org\n", "", NULL, TEXT_IN, NULL },
	{ "text without a final newline", HEAD PLAIN, "Hello", NULL, TEXT_IN "Hello",
	  NULL },
	{ "8bit", HEAD PLAIN EIGHT, "\303\204h\n", UMLAUT,
	  "F\303\274r Sie.\r\n\303\204h\n", NULL },
	{ "8bit behind a byte order mark", HEAD PLAIN EIGHT, "\357\273\277Hello\n", NULL,
	  "\357\273\277" TEXT_IN "Hello\n", NULL },
	{ "short lines called binary", HEAD PLAIN "Content-Transfer-Encoding: BINARY\n",
	  "Hello\n", NULL, TEXT_IN "Hello\n", NULL },
	{ "an encoding in another case",
	  HEAD PLAIN "Content-Transfer-Encoding: Quoted-Printable\t\n", "=C3=84h=\n!\n",
	  UMLAUT, "F=C3=BCr Sie.\r\n=C3=84h=\n!\n", NULL },
	{ "quoted-printable behind a byte order mark", HEAD PLAIN QP, "=EF=BB=BFHello\n",
	  NULL, "=EF=BB=BF=\r\n" TEXT_IN "Hello\n", NULL },
	{ "quoted-printable with blanks and tabs at line ends", HEAD PLAIN QP, "Hi=3D\n",
	  "a \n" LONG "0123456\n", "a=20\r\n" LONG "01234=\r\n56\r\nHi=3D\n", NULL },
	{ "base64", HEAD PLAIN BASE64, "SGVsbG8K\n", UMLAUT, "RsO8ciBTaWUuDQpIZWxsbwo=\n",
	  NULL },
	{ "empty base64", HEAD PLAIN BASE64, "", "T\n", "VA0K\r\n", NULL },
	{ "lines of base64 are 76 long", HEAD PLAIN BASE64, "QQ==\n", LONG "\n",
	  "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2"
	  "Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2\r\n"
	  "Nzg5MDEyMzQ1Njc4OQ0KQQ==\n",
	  NULL },
	{ "text that is not flowed", HEAD "Content-Type: text/plain\n", "Hello\n",
	  " a\n>b\n", " a\r\n>b\r\nHello\n", NULL },

	{ "HTML alone", HEAD MARKUP, "<html><body>Hi</body></html>\n", NULL,
	  "<html><body>\r\n" HTML_IN "Hi</body></html>\n", NULL },
	{ "7bit HTML takes any block", HEAD "Content-Type: text/html\n", "<body>\nHi\n",
	  UMLAUT, "<body>\n" HTML_IN "Hi\n", NULL },
	{ "quoted-printable HTML", HEAD MARKUP QP,
	  "<html><body style=3D\"a>b\"><div=\n>Hi</div>\n", NULL,
	  "<html><body style=3D\"a>b\">\r\n" HTML_QP "<div=\n>Hi</div>\n", NULL },
	{ "quoted-printable HTML, body tag before a soft break", HEAD MARKUP QP,
	  "<bo=\ndy>=\n<div>Hi</div>\n", NULL,
	  "<bo=\ndy>=\n\r\n" HTML_QP "<div>Hi</div>\n", NULL },
	{ "quoted-printable HTML with encoded line ends", HEAD MARKUP QP,
	  "<body>=0D=0A<p>Hi=0D=0A\n", NULL, "<body>=0D=0A=\r\n" HTML_QP "<p>Hi=0D=0A\n",
	  NULL },
	{ "quoted-printable HTML, content behind a blank", HEAD MARKUP QP, "<html> Hi\n",
	  NULL, "<html> =\r\n\r\n" HTML_QP "Hi\n", NULL },
	{ "base64 HTML", HEAD MARKUP BASE64, "PGJvZHk+CkhpCg==\n", NULL,
	  "PGJvZHk+CjxwIGlkPSJ4Ij5Ub3A8L3A+DQpIaQo=\n", NULL },

	{ "alternative in related in mixed, with preamble and epilogue", HEAD MIXED,
	  "preamble\n--out\n" RELATED "\n--rel\n" ALTERNATIVE
	  "\nin-preamble\n--in\n" PLAIN "\nHello\n--in\n" MARKUP QP
	  "\n<body>Hi=\n\n--in--\nin-epilogue\n--rel\n"
	  "Content-Type: image/png\n" BASE64 "\nAAAA\n--rel--\n--out\n" PLAIN
	  "\nfooter\n--out--\nepilogue\n",
	  NULL,
	  "preamble\n--out\n" RELATED "\n--rel\n" ALTERNATIVE
	  "\nin-preamble\n--in\n" PLAIN "\n" TEXT_IN "Hello\n--in\n" MARKUP QP
	  "\n<body>\r\n" HTML_QP "Hi=\n\n--in--\nin-epilogue\n--rel\n"
	  "Content-Type: image/png\n" BASE64 "\nAAAA\n--rel--\n--out\n" PLAIN
	  "\nfooter\n--out--\nepilogue\n",
	  NULL },
	{ "related in alternative", HEAD ALTERNATIVE,
	  "--in\n" PLAIN "\nHello\n--in\n" RELATED "\n--rel\n" MARKUP
	  "\n<b>Hi</b>\n--rel\n"
	  "Content-Type: image/png\n\nx\n--rel--\n--in--\n",
	  NULL,
	  "--in\n" PLAIN "\n" TEXT_IN "Hello\n--in\n" RELATED "\n--rel\n" MARKUP
	  "\n" HTML_IN
	  "<b>Hi</b>\n--rel\nContent-Type: image/png\n\nx\n--rel--\n--in--\n",
	  NULL },
	{ "a boundary that is over by then", HEAD ALTERNATIVE,
	  "--in\n" RELATED "\n--rel\n" MARKUP
	  "\n<b>Hi</b>\n--rel--\n--in\n\nHello\n--in--\n",
	  "--rel\n",
	  "--in\n" RELATED "\n--rel\n" MARKUP "\n" HTML_IN "<b>Hi</b>\n--rel--\n--in\n\n"
	  "--rel\r\nHello\n--in--\n",
	  NULL },
	{ "related that names its root",
	  HEAD "Content-Type: multipart/related; boundary=rel; start=\"<r@x>\"\n",
	  "--rel\nContent-Type: image/png\n\nx\n--rel\nContent-ID: <r@x>\n" MARKUP
	  "\n<b>Hi</b>\n--rel--\n",
	  NULL,
	  "--rel\nContent-Type: image/png\n\nx\n--rel\nContent-ID: <r@x>\n" MARKUP
	  "\n" HTML_IN "<b>Hi</b>\n--rel--\n",
	  NULL },
	{ "mixed, first part only", HEAD MIXED,
	  "--out\n\nHello\n--out\n\nfooter\n--out--\n", NULL,
	  "--out\n\n" TEXT_IN "Hello\n--out\n\nfooter\n--out--\n", NULL },
	{ "an inline disposition", HEAD PLAIN "Content-Disposition: inline\n", "Hello\n",
	  NULL, TEXT_IN "Hello\n", NULL },
	{ "no closing boundary", HEAD ALTERNATIVE,
	  "--in\n" PLAIN "\nHello\n--in\n" MARKUP "\n<body>Hi\n", NULL,
	  "--in\n" PLAIN "\n" TEXT_IN "Hello\n--in\n" MARKUP "\n<body>\r\n" HTML_IN
	  "Hi\n",
	  NULL },
	{ "parts without content", HEAD ALTERNATIVE,
	  "--in\n" PLAIN "\n--in\n" PLAIN "\n\n--in\n" PLAIN QP "\n--in\n" PLAIN BASE64
	  "\n--in\n" MARKUP BASE64 "\n\n--in--\n",
	  "T\n",
	  "--in\n" PLAIN "\nT\r\n--in\n" PLAIN "\nT\r\n\n--in\n" PLAIN QP
	  "\nT\r\n--in\n" PLAIN BASE64 "\nVA0K\r\n--in\n" MARKUP BASE64
	  "\nPHAgaWQ9IngiPlRvcDwvcD4NCg==\n--in--\n",
	  NULL },
	{ "one part holds it, one does not", HEAD ALTERNATIVE,
	  "--in\nContent-Type: text/plain\n\nHello\n--in\n" MARKUP
	  "\n<body>\nHi\n--in--\n",
	  UMLAUT,
	  "--in\nContent-Type: text/plain\n\nHello\n--in\n" MARKUP "\n<body>\n" HTML_IN
	  "Hi\n--in--\n",
	  "7bit part cannot hold the text" },
	{ "an enclosed mail is not entered", HEAD MIXED,
	  "--out\n\nHello\n--out\nContent-Type: message/rfc822\n\n" HEAD
	  "\nInner\n--out--\n",
	  NULL,
	  "--out\n\n" TEXT_IN "Hello\n--out\nContent-Type: message/rfc822\n\n" HEAD
	  "\nInner\n--out--\n",
	  NULL },
};

/* Blocks of others, which make room. */
static const Row replaced[] = {
	{ "another's block on top", HEAD PLAIN,
	  "=== invite-milter ===\nx\n=== /invite-milter ===\n\nHello\n", NULL,
	  TEXT_IN "Hello\n", NULL },
	{ "another's block amidst the text", HEAD PLAIN,
	  "Hello\n=== invite-milter-a ===\nx\n=== /invite-milter-a ===\nyou\n", NULL,
	  TEXT_IN "Hello\nyou\n", NULL },
	{ "several, and one that is cut", HEAD PLAIN,
	  "=== invite-milter ===\nx\n=== /invite-milter ===\na\n> === invite-milter ===\n"
	  "> x\n> === /invite-milter ===\nb\n=== invite-milter ===\nc\n",
	  NULL, TEXT_IN "a\nb\nc\n", NULL },
	{ "nothing but another's block", HEAD PLAIN,
	  "=== invite-milter ===\nx\n=== /invite-milter ===", NULL, TEXT_IN, NULL },
	{ "another's block in quoted-printable", HEAD PLAIN QP,
	  "=3D=3D=3D invite-=\nmilter =3D=3D=3D\nx\n=3D=3D=3D /invite-milter "
	  "=\n=3D=3D=3D\n"
	  "Hello=3D\n",
	  NULL, TEXT_IN "Hello=3D\n", NULL },
	{ "another's block between encoded line ends", HEAD PLAIN QP,
	  "a=0A=3D=3D=3D invite-milter =3D=3D=3D=0Ax=0A=3D=3D=3D /invite-milter "
	  "=3D=3D=3D=0Ab\n",
	  NULL, TEXT_IN "a=0A=\r\nb\n", NULL },
	{ "a boundary behind another's block", HEAD ALTERNATIVE,
	  "--in\n" PLAIN QP "\na\n=3D=3D=3D invite-milter =3D=3D=3D=0A=3D=3D=3D "
	  "/invite-milter =3D=3D=3D=0A--in\n"
	  "b\n--in--\n",
	  NULL, "--in\n" PLAIN QP "\n" TEXT_IN "a\n=2D-in\nb\n--in--\n", NULL },
	{ "a line like a boundary before another's block", HEAD ALTERNATIVE,
	  "--in\n" MARKUP "\n<b>a</b>\n--in<p id=invite-milter>x</p>b\n--in--\n", NULL,
	  "--in\n" MARKUP "\n" HTML_IN "<b>a</b>\n--in b\n--in--\n", NULL },
	{ "another's block in base64", HEAD PLAIN BASE64,
	  "PT09IGludml0ZS1taWx0ZXIgPT09CngKPT09IC9pbnZpdGUtbWlsdGVyID09PQpIaQo=\n", "T\n",
	  "VA0KSGkK\n", NULL },
	{ "another's block in HTML", HEAD MARKUP,
	  "<html><body>\n<div id=\"invite-milter\">x<div>y</div></div>\n<p>Hi</p>\n",
	  NULL, "<html><body>\n" HTML_IN "<p>Hi</p>\n", NULL },
	{ "another's block in HTML, quoted-printable", HEAD MARKUP QP,
	  "<body>Hi <div id=3D\"invite-=\nmilter\">x</div>=\n--in<b>you</b>\n", NULL,
	  "<body>\r\n" HTML_QP "Hi =\r\n --in<b>you</b>\n", NULL },
	{ "a tag around another's block", HEAD MARKUP,
	  "<body>a <<div id=invite-milter>x</div>p id=invite-milter>b</p>\n", NULL,
	  "<body>\r\n" HTML_IN "a < p id=invite-milter>b</p>\n", NULL },
	{ "a body tag in another's block", HEAD MARKUP,
	  "<head><div id=invite-milter><body>x</div>Hi\n", NULL,
	  "<head>\r\n" HTML_IN "Hi\n", NULL },
	{ "another's block in each alternative, and in a footer", HEAD MIXED,
	  "--out\n" ALTERNATIVE "\n--in\n" PLAIN
	  "\n=== invite-milter ===\nx\n=== /invite-milter ===\nHello\n--in\n" MARKUP
	  "\n<body>\n<p id=invite-milter>x</p>Hi\n--in--\n--out\n" PLAIN
	  "\nfooter\n=== invite-milter ===\nx\n=== /invite-milter ===\n--out--\n",
	  NULL,
	  "--out\n" ALTERNATIVE "\n--in\n" PLAIN "\n" TEXT_IN "Hello\n--in\n" MARKUP
	  "\n<body>\n" HTML_IN "Hi\n--in--\n--out\n" PLAIN "\nfooter\n\n--out--\n",
	  NULL },
	{ "another's block in a part that cannot hold ours", HEAD QP,
	  "=3D=3D invite-milter =3D=3D\n=3D=3D /invite-milter =3D=3D\nHello\n", UMLAUT,
	  "Hello\n", "7bit part cannot hold the text" },
	{ "another's block in a multipart of an unknown kind",
	  HEAD "Content-Type: multipart/report; boundary=x\n",
	  "--x\n\n=== invite-milter ===\n=== /invite-milter ===\nHi\n--x--\n", NULL,
	  "--x\n\nHi\n--x--\n", "multipart of an unknown kind" },
};

/* The same, but GMime reads either the mail or the block in another way. */
static const Row recoded[] = {
	{ "ISO-8859-1", HEAD "Content-Type: text/plain; charset=ISO-8859-1\n" EIGHT,
	  "\304h\n", UMLAUT, "F\374r Sie.\r\n\304h\n", NULL },
	{ "windows-1252", HEAD "Content-Type: text/plain; charset=\"windows-1252\"\n" QP,
	  "=93h\n", "\342\200\234F\303\274r\342\200\235\n", "=93F=FCr=94\r\n=93h\n",
	  NULL },
	{ "UTF-8 that is called ISO-8859-1, and a block in ASCII",
	  HEAD "Content-Type: text/plain; charset=iso-8859-1\n" EIGHT,
	  "f\303\274r Andr\303\251\n", "T\n", "T\r\nf\303\274r Andr\303\251\n", NULL },
	{ "base64 in padded pieces", HEAD PLAIN BASE64, "SGVsbG8=IHdv\ncmxkCg==\n\n",
	  "T\n", "VA0KSGVsbG8gd29ybGQK\n\n", NULL },
	{ "base64 without its last padding", HEAD PLAIN BASE64, "\nSGVsbG8", "T\n",
	  "\nVA0KSGVsbG8=\r\n", NULL },
	{ "flowed text", HEAD "Content-Type: text/plain; format=Flowed\n",
	  "Hello \nyou\n", " a\n>b\nFrom c\nFromage\n\nd\n",
	  "  a\r\n >b\r\n From c\r\nFromage\r\n\r\nd\r\n"
	  "Hello \nyou\n",
	  NULL },
	{ "a block with CRLF", HEAD PLAIN, "Hello\n", "a\r\nb\r\n", "a\r\nb\r\nHello\n",
	  NULL },
	{ "ISO-2022-JP, 7bit as it is",
	  HEAD "Content-Type: text/plain; charset=iso-2022-jp\n", "\033$B$\"\033(B\n",
	  "\343\201\202\n", "\033$B$\"\033(B\r\n\033$B$\"\033(B\n", NULL },
};

#define LEFT(what, head, body, text, reason)                                             \
	{                                                                                \
		what, head, body, text, NULL, reason                                     \
	}

static const Row left[] = {
	LEFT("us-ascii and letters beyond", HEAD QP, "Hello\n", UMLAUT,
	     "7bit part cannot hold the text"),
	LEFT("7bit and letters beyond", HEAD PLAIN "Content-Transfer-Encoding: 7bit\n",
	     "Hello\n", UMLAUT, "7bit part cannot hold the text"),
	LEFT("a charset without the letter",
	     HEAD "Content-Type: text/plain; charset=iso-8859-5\n" QP, "Hello\n", UMLAUT,
	     "charset lacks letters of the text"),
	LEFT("UTF-8 that is called ISO-8859-1",
	     HEAD "Content-Type: text/plain; charset=iso-8859-1\n" EIGHT,
	     "f\303\274r Andr\303\251\n", UMLAUT,
	     "part is in another charset than it says"),
	LEFT("UTF-16", HEAD "Content-Type: text/plain; charset=utf-16le\n" BASE64,
	     "SABpAAoA\n", NULL, "part holds NUL"),
	LEFT("UTF-16, empty", HEAD "Content-Type: text/plain; charset=utf-16le\n" BASE64,
	     "", NULL, "charset is unknown or not based on ASCII"),
	LEFT("UTF-7", HEAD "Content-Type: text/plain; charset=utf-7\n", "Hello\n", NULL,
	     "charset is unknown or not based on ASCII"),
	LEFT("EBCDIC", HEAD "Content-Type: text/html; charset=cp037\n" EIGHT,
	     "\310\211\n", NULL, "charset is unknown or not based on ASCII"),
	LEFT("ISO-2022-CN-EXT",
	     HEAD "Content-Type: text/plain; charset=iso-2022-cn-ext\n", "Hi\n", NULL,
	     "charset is unknown or not based on ASCII"),
	LEFT("a charset nobody knows", HEAD "Content-Type: text/plain; charset=x-none\n",
	     "Hi\n", NULL, "charset is unknown or not based on ASCII"),
	LEFT("a charset with orders to iconv",
	     HEAD "Content-Type: text/plain; charset=\"us-ascii//TRANSLIT\"\n", "Hi\n",
	     UMLAUT, "charset is unknown or not based on ASCII"),
	LEFT("an unknown encoding", HEAD PLAIN "Content-Transfer-Encoding: x-uuencode\n",
	     "Hi\n", NULL, "transfer encoding is unknown"),
	LEFT("two encodings", HEAD PLAIN QP BASE64, "Hi\n", NULL,
	     "two fields tell the type or encoding"),
	LEFT("two types", HEAD PLAIN MARKUP, "Hi\n", NULL,
	     "two fields tell the type or encoding"),
	LEFT("a footer below base64", HEAD PLAIN BASE64, "SGVsbG8K\n-- \nlist\n", NULL,
	     "base64 part holds other bytes"),
	LEFT("long lines called binary", HEAD PLAIN "Content-Transfer-Encoding: binary\n",
	     LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG
	     "\n",
	     NULL, "binary part has long lines"),
	LEFT("a block with a long line", HEAD PLAIN EIGHT, "Hi\n",
	     LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG LONG
	     "\n",
	     "text has a line that is too long"),
	LEFT("a boundary that begins a line of the block",
	     HEAD "Content-Type: multipart/mixed; boundary=x\n", "--x\n\nHello\n--x--\n",
	     "--x marks the spot\n", "a boundary would stand in the text"),
	LEFT("a boundary of the outer multipart", HEAD MIXED,
	     "--out\n" ALTERNATIVE "\n--in\n" PLAIN "\nHello\n--in--\n--out--\n",
	     "a\n--outer\n", "a boundary would stand in the text"),
	LEFT("a boundary that stood behind the body tag", HEAD ALTERNATIVE,
	     "--in\n" MARKUP "\n<body>--in side\n--in--\n", NULL,
	     "a boundary would stand in the text"),
	LEFT("an attachment", HEAD PLAIN "Content-Disposition: attachment\n", "Hi\n",
	     NULL, "part is an attachment"),
	LEFT("a disposition nobody knows", HEAD PLAIN "Content-Disposition: x-far\n",
	     "Hi\n", NULL, "part is an attachment"),
	LEFT("an attachment first", HEAD MIXED,
	     "--out\nContent-Disposition: Attachment; filename=a\n\nHi\n--out--\n", NULL,
	     "part is an attachment"),
	LEFT("a picture", HEAD "Content-Type: image/png\n", "x\n", NULL,
	     "part is neither text nor HTML"),
	LEFT("an enclosed mail", HEAD "Content-Type: message/rfc822\n", HEAD "\nInner\n",
	     NULL, "part is neither text nor HTML"),
	LEFT("an unknown multipart", HEAD "Content-Type: multipart/report; boundary=x\n",
	     "--x\n\nHi\n--x--\n", NULL, "multipart of an unknown kind"),
	LEFT("a multipart without parts", HEAD ALTERNATIVE, "Hi\n", NULL,
	     "multipart without parts"),
	LEFT("a multipart in base64", HEAD ALTERNATIVE BASE64, "--in\n\nHi\n--in--\n",
	     NULL, "multipart with a transfer encoding"),
	LEFT("a head that a boundary cuts off", HEAD ALTERNATIVE,
	     "--in\n" PLAIN "--in\n" PLAIN "--in--\n", NULL, "part is broken off"),
	LEFT("a head that the mail's end cuts off", HEAD ALTERNATIVE,
	     "--in\nContent-Ty\n", NULL, "part is broken off"),
	LEFT("a head without an empty line", HEAD ALTERNATIVE,
	     "--in\n" PLAIN "Hello you\nthere\n--in--\n", NULL, "part is broken off"),
	LEFT("nested too deep", HEAD "Content-Type: multipart/mixed; boundary=1\n",
	     "--1\nContent-Type: multipart/mixed; boundary=2\n\n"
	     "--2\nContent-Type: multipart/mixed; boundary=3\n\n"
	     "--3\nContent-Type: multipart/mixed; boundary=4\n\n"
	     "--4\nContent-Type: multipart/mixed; boundary=5\n\n"
	     "--5\nContent-Type: multipart/mixed; boundary=6\n\n"
	     "--6\n\nHi\n",
	     NULL, "parts are nested too deep"),

	LEFT("signed",
	     HEAD "Content-Type: multipart/signed; boundary=x; "
		  "protocol=\"application/pgp-signature\"\n",
	     "--x\n\nHi\n--x\nContent-Type: application/pgp-signature\n\nx\n--x--\n",
	     NULL, "mail is signed or encrypted"),
	LEFT("signed somewhere inside", HEAD ALTERNATIVE,
	     "--in\n" PLAIN "\nHi\n--in\nContent-Type: Multipart/Signed; boundary=x\n\n"
	     "--x\n\nHi\n--x--\n--in--\n",
	     NULL, "mail is signed or encrypted"),
	LEFT("encrypted", HEAD "Content-Type: multipart/encrypted; boundary=x\n",
	     "--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--x--\n", NULL,
	     "mail is signed or encrypted"),
	LEFT("S/MIME",
	     HEAD "Content-Type: application/pkcs7-mime; smime-type=signed-data\n" BASE64,
	     "AAAA\n", NULL, "mail is signed or encrypted"),
	LEFT("S/MIME of old below a text", HEAD MIXED,
	     "--out\n\nHi\n--out\nContent-Type: application/x-pkcs7-mime\n\nx\n--out--\n",
	     NULL, "mail is signed or encrypted"),
	LEFT("inline PGP", HEAD PLAIN, "-----BEGIN PGP SIGNED MESSAGE-----\n\nHi\n", NULL,
	     "mail is signed or encrypted"),
	LEFT("inline PGP below other text, encoded", HEAD PLAIN QP,
	     "Hi\n=2D----BEGIN PGP MESSAGE-----\n", NULL, "mail is signed or encrypted"),
	LEFT("inline PGP in a second part", HEAD MIXED,
	     "--out\n\nHi\n--out\n\nHi\n-----BEGIN PGP MESSAGE-----\n--out--\n", NULL,
	     "mail is signed or encrypted"),
};

/* The sender's line ends. */
typedef enum { ENDS_CRLF, ENDS_LF, ENDS_LAST } Ends;

/* "\n" becomes CRLF where the mail has it so; "\r\n" is CRLF always. */
static void
append(GString *out, const char *text, Ends ends)
{
	for (const char *c = text; *c != '\0'; c++) {
		if (*c == '\n' && ends == ENDS_CRLF && (c == text || c[-1] != '\r'))
			g_string_append_c(out, '\r');
		g_string_append_c(out, *c);
	}
}

static GString *
mail_of(const Row *row, Ends ends)
{
	GString *mail = g_string_new(NULL);

	append(mail, row->head, ends);
	append(mail, "\n", ends);
	append(mail, row->body, ends);

	return mail;
}

static char *
first_reason(const GPtrArray *reasons)
{
	return reasons->len > 0 ? g_ptr_array_index(reasons, 0) : NULL;
}

static void
check_row(const Row *row, Ends ends)
{
	g_autoptr(GString) mail = mail_of(row, ends);
	g_autoptr(GString) want = g_string_new(NULL);
	g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) got = insert_into(
	    mail->str, mail->len, row->text != NULL ? row->text : TEXT, HTML, reasons);

	append(want, row->want != NULL ? row->want : "", ends);
	ck_assert_msg((got != NULL) == (row->want != NULL), "%s: %s body, reason: %s",
		      row->what, got != NULL ? "a" : "no", first_reason(reasons));
	ck_assert_msg(got == NULL || g_string_equal(got, want),
		      "%s:\n--- got\n%s\n--- want\n%s", row->what,
		      got != NULL ? got->str : "", want->str);
	ck_assert_msg(g_strcmp0(first_reason(reasons), row->reason) == 0,
		      "%s: reason %s, want %s", row->what, first_reason(reasons),
		      row->reason);
	ck_assert_msg(reasons->len <= 1, "%s: a second reason: %s", row->what,
		      (char *)g_ptr_array_index(reasons, reasons->len - 1));
}

START_TEST(only_the_block_is_new)
{
	for (Ends ends = ENDS_CRLF; ends < ENDS_LAST; ends++)
		check_row(&changed[_i], ends);
}
END_TEST

START_TEST(blocks_of_others_make_room)
{
	for (Ends ends = ENDS_CRLF; ends < ENDS_LAST; ends++)
		check_row(&replaced[_i], ends);
}
END_TEST

START_TEST(only_the_block_is_new_in_any_charset)
{
	for (Ends ends = ENDS_CRLF; ends < ENDS_LAST; ends++)
		check_row(&recoded[_i], ends);
}
END_TEST

START_TEST(what_cannot_hold_it_is_left)
{
	for (Ends ends = ENDS_CRLF; ends < ENDS_LAST; ends++)
		check_row(&left[_i], ends);
}
END_TEST

/* One line a part: its type and decoded content, without CR. */
static void
describe_part(G_GNUC_UNUSED GMimeObject *parent, GMimeObject *object, gpointer data)
{
	g_autofree char *type =
	    g_mime_content_type_get_mime_type(g_mime_object_get_content_type(object));
	GMimeDataWrapper *content;
	GMimeStream *stream;
	GByteArray *bytes;

	g_string_append_printf(data, "\n[%s] ", type);
	if (!GMIME_IS_PART(object))
		return;
	content = g_mime_part_get_content(GMIME_PART(object));
	if (content == NULL)
		return;

	stream = g_mime_stream_mem_new();
	g_mime_data_wrapper_write_to_stream(content, stream);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	for (guint i = 0; i < bytes->len; i++)
		if (bytes->data[i] != '\r')
			g_string_append_c(data, bytes->data[i]);
	g_object_unref(stream);
}

static GString *
describe(const char *mail, size_t length)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(mail, length);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	GString *out = g_string_new(NULL);

	g_mime_message_foreach(message, describe_part, out);
	g_object_unref(message);
	g_object_unref(parser);
	g_object_unref(stream);

	return out;
}

START_TEST(a_mail_program_reads_the_same_parts)
{
	const Row *row = &changed[_i];
	const char *text = row->text != NULL ? row->text : TEXT;
	g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) mail = mail_of(row, ENDS_CRLF);
	g_autoptr(GString) before = describe(mail->str, mail->len);
	g_autoptr(GString) body = insert_into(mail->str, mail->len, text, HTML, reasons);
	g_autoptr(GString) after = NULL;

	g_string_truncate(mail, 0);
	append(mail, row->head, ENDS_CRLF);
	append(mail, "\n", ENDS_CRLF);
	g_string_append_len(mail, body->str, body->len);
	after = describe(mail->str, mail->len);

	/* Without the blocks both say the same, but for line ends, which are white space.
	 */
	g_string_replace(after, HTML, "", 0);
	g_string_replace(after, text, "", 0);
	g_string_replace(after, "\n", "", 0);
	g_string_replace(before, "\n", "", 0);
	ck_assert_msg(g_string_equal(after, before), "%s:\n--- got\n%s\n--- want\n%s",
		      row->what, after->str, before->str);
}
END_TEST

/* "|" marks where the block belongs. */
static const char *const places[] = {
	"|",
	"|Hi",
	"|<p>Hi</p>",
	"\xEF\xBB\xBF|<p>Hi",
	"<!DOCTYPE html>|Hi",
	"<!DOCTYPE html>\n|Hi",
	"<html lang=en>|<p>Hi",
	"<html><head><title>a</title></head>|<p>Hi",
	"<html><head><title>a</title></head>\n|<p>Hi<body>",
	"<html><head></head><body>|Hi",
	"<HTML><BODY\nBGCOLOR=white\n>|Hi",
	"<body/>|Hi",
	"<body title=\"a > b\">|Hi",
	"<body title='a > \" b' x>|Hi",
	"<body title = 'a > b'>|Hi",
	"<body title=it's>|Hi",
	"<body a=b='c>|Hi'>",
	"<body 'a>|'>",
	"<!-- <body> --><body>|Hi",
	"<!--><body>|-->",
	"<!--[if mso]><body><![endif]--><![if !mso]><body>|",
	"|<!-- <body>Hi",
	"<head><style>a > b { } <body> </style></head><body>|",
	"<head><script>\"<body>\"</scripts ></script ></head><body>|",
	"<head><title><body></TITLE><meta x='>'></head><body>|",
	"<head>|<script>\"</script_<body>",
	"<head><o:x>y</o:x></head><body>|",
	"<head><o:x>y</o:x></head>|<p>Hi",
	"<head><o:x>y</o:x><body>|",
	"<head><meta a>|<o:x>y</o:x>",
	"<title>a</title><style>b</style>\n|<div>Hi",
	"<?xml version='1.0'?><html><body>|",
	"<header><body>",
	"<html>|<body",
	"< body>",
	"</p><body>|",
	"</ ><body>|",
	"<html>\n<body>\n|\n<p>Hi",
	"<html>  |Hi",
};

START_TEST(html_has_it_where_the_body_begins)
{
	g_auto(GStrv) halves = g_strsplit(places[_i], "|", 2);
	const char *second = halves[0] == NULL   ? ""
			     : halves[1] != NULL ? halves[1]
						 : halves[0];
	const char *first = halves[0] != NULL && halves[1] != NULL ? halves[0] : "";
	bool needs_line = *first != '\0' && !g_str_has_suffix(first, "\n");
	g_autofree char *mail = g_strconcat(HEAD MARKUP EIGHT "\n", first, second, NULL);
	g_autofree char *want =
	    g_strconcat(first, needs_line ? "\r\n" : "", HTML_IN, second, NULL);
	g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) got = insert_into(mail, strlen(mail), TEXT, HTML, reasons);

	ck_assert_msg(got != NULL && strcmp(got->str, want) == 0,
		      "%s:\n--- got\n%s\n--- want\n%s", places[_i],
		      got != NULL ? got->str : "nothing", want);
}
END_TEST

START_TEST(a_thousand_parts_make_few_changes_and_one_reason)
{
	g_autoptr(GString) mail = g_string_new(HEAD ALTERNATIVE "\n");
	g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) body = NULL;

	for (int i = 0; i < 1000; i++)
		g_string_append(mail, "--in\n\nHi\n");

	body = insert_into(mail->str, mail->len, TEXT, HTML, reasons);
	ck_assert_ptr_nonnull(body);
	ck_assert_uint_lt(body->len, mail->len + 50 * strlen(TEXT_IN));
	ck_assert_uint_eq(reasons->len, 1);
	ck_assert_str_eq(first_reason(reasons), "too many parts");
}
END_TEST

START_TEST(a_mail_without_body_is_left)
{
	g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);

	ck_assert_ptr_null(insert_into(HEAD, strlen(HEAD), TEXT, HTML, reasons));
	ck_assert_ptr_null(insert_into("", 0, TEXT, HTML, reasons));
	ck_assert_str_eq(first_reason(reasons), "mail without a body");
}
END_TEST

START_TEST(nul_bytes_are_left)
{
	static const char mail[] = HEAD PLAIN EIGHT "\nHi\0there\n";
	g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);

	ck_assert_ptr_null(insert_into(mail, sizeof(mail) - 1, TEXT, HTML, reasons));
	ck_assert_str_eq(first_reason(reasons), "part holds NUL");
}
END_TEST

static Suite *
insert_suite(void)
{
	Suite *suite = suite_create("insert");
	TCase *bytes = tcase_create("bytes");
	TCase *html = tcase_create("html");
	TCase *limits = tcase_create("limits");

	tcase_add_loop_test(bytes, only_the_block_is_new, 0, G_N_ELEMENTS(changed));
	tcase_add_loop_test(bytes, blocks_of_others_make_room, 0, G_N_ELEMENTS(replaced));
	tcase_add_loop_test(bytes, only_the_block_is_new_in_any_charset, 0,
			    G_N_ELEMENTS(recoded));
	tcase_add_loop_test(bytes, what_cannot_hold_it_is_left, 0, G_N_ELEMENTS(left));
	tcase_add_loop_test(bytes, a_mail_program_reads_the_same_parts, 0,
			    G_N_ELEMENTS(changed));
	suite_add_tcase(suite, bytes);

	tcase_add_loop_test(html, html_has_it_where_the_body_begins, 0,
			    G_N_ELEMENTS(places));
	suite_add_tcase(suite, html);

	tcase_add_test(limits, a_thousand_parts_make_few_changes_and_one_reason);
	tcase_add_test(limits, a_mail_without_body_is_left);
	tcase_add_test(limits, nul_bytes_are_left);
	suite_add_tcase(suite, limits);

	return suite;
}

int
main(void)
{
	SRunner *runner;
	int failed;

	g_mime_init();
	runner = srunner_create(insert_suite());
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
