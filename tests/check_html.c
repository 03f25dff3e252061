/* SPDX-License-Identifier: BSD-2-Clause */
/* check_html.c - do we see of an HTML part what its reader sees, and stay small? */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "fixture.h"
#include "mail/html.h"
#include "mail/sheet.h"

static const struct {
	const char *html;
	const char *lines;
	const char *links;
} parts[] = {
	{ "", "", "" },
	{ "no markup at all", "no markup at all", "" },
	{ "<p>Hi Ann,\n\t I'd  like <b>to</b> con<i>nect</i>.</p>",
	  "Hi Ann, I'd like to connect.", "" },
	/* Lines and paragraphs. */
	{ "<div>a</div>b<div>c<div>d</div></div>", "a/b/c/d", "" },
	{ "<p>a</p><p>b</p>", "a//b", "" },
	{ "<p></p><p>&nbsp;</p>a<p></p>", "a", "" },
	{ "a<br>b<br><br><br>c<br>", "a/b//c", "" },
	{ "<div>a</div><div><br></div><div>b</div>", "a//b", "" },
	{ "<table><tr><td>a<td> &nbsp; <td>b</tr><tr><th>c</table>d", "a/b/c/d", "" },
	{ "<ul><li>a<li>b</ul>c", "a/b//c", "" },
	{ "<h1>a</h1>b<hr>c<blockquote>d</blockquote>", "a//b//" HTML_RULE "//c//d", "" },
	{ "<html>a<div>b</div></html>c", "a/b/c", "" },
	{ "<head>a</head><body>b", "ab", "" },
	{ "<!DOCTYPE html><html><body><p>a</body></html>b", "ab", "" },
	{ "a<section>b</section><o:p>c</o:p>d<wbr>e", "a/b/cde", "" },
	{ "<pre>a\nb\n\nc</pre><p style='white-space: pre-wrap'>d\ne</p>", "a/b//c//d/e",
	  "" },
	{ "<pre style='white-space:normal'>a\nb</pre>", "a b", "" },
	/* Characters. */
	{ "J&uuml;rgen &amp; &#8217;&#x41;&nbsp;&lt;b&gt;", "J\u00fcrgen & \u2019A <b>",
	  "" },
	{ "a &nosuch; &b c & d; 1 < 2 <3", "a &nosuch; &b c & d; 1 < 2 <3", "" },
	{ "<meta charset=iso-8859-1>J\u00fcrgen", "J\u00fcrgen", "" },
	{ "<a href=1234567\xff>a", "[a]", "a=1234567\ufffd" },
	{ "a\xff\xfe z\xc3", "a\ufffd\ufffd z\ufffd", "" },
	{ "a&zwnj;&nbsp;&zwnj;&nbsp;b\u200b", "a b", "" },
	/* What stands in no window. */
	{ "<head><title>t</title><style>p{}</style></head><script>s<b></script>a"
	  "<template>b</template><!-- c --><?d e?><![if !mso]>f<![endif]><!g></3>h",
	  "afh", "" },
	{ "<!--[if mso]>a<![endif]--><!--[if !mso]><!-->b<!--<![endif]-->c", "bc", "" },
	{ "<img alt='a' src=x><input value=b>c", "c", "" },
	{ "a<textarea>b<b>&lt;</textarea>c<xmp><i>&lt;</xmp>d", "ab<b><c//<i>&lt;//d",
	  "" },
	{ "a<title>b<i></title>c<style><!-- </style>d --><script>", "acd -->", "" },
	{ "a<plaintext>b</plaintext><i>", "a//b</plaintext><i>", "" },
	/* What is hidden. */
	{ "<div style='display:none'>a<div>b<br></span></p>c</div></div>d", "d", "" },
	{ "<span style=' color:red ; DISPLAY : None!important'>a</span>b", "b", "" },
	{ "<div style='visibility:hidden'>a</div><div hidden>b</div>c", "c", "" },
	{ "<p style='opacity:0;max-height:0px'>a<p "
	  "style='height:0;overflow:hidden'>b<p>c",
	  "c", "" },
	{ "<p style='opacity:0.9;height:0.5em;max-height:0'>a", "a", "" },
	{ "<p style='display:none;display:block'>a", "a", "" },
	{ "<p style='overflow:hidden;height:90px'>a", "a", "" },
	{ "<p style='font-size:0'>a<span style='font-size:13px'>b</span>c</p>d", "b//d",
	  "" },
	{ "<p style='font-size:0px;mso-hide:all'>a</p><a style='mso-hide:all' "
	  "href=x>b</a>",
	  "[b]", "b=x" },
	{ "<p style='display:none'>a<a href=x>b</a></p>c", "c", "" },
	{ "<br style='display:none'>a<img hidden>b", "ab", "" },
	{ "<td style='display:none'>a<td>b", "b", "" },
	{ "<p style='text-indent:-9999px'>a<p style='left:-999px'>b<p "
	  "style='position:absolute;left:-999px'>c<p style='margin-left:-8px'>d",
	  "b//d", "" },
	{ "<p style='position:absolute;clip:rect(0, 0, 0, 0)'>a<p "
	  "style='position:absolute;clip:rect(0,9px,9px,0)'>b",
	  "b", "" },
	{ "<p style='overflow:hidden;width:0'>a<p style='font:0/0 a'>b<p "
	  "style='font-size:1px'>c<p style='font-size:11px'>d",
	  "d", "" },
	/* White on white; on anything else it is seen. */
	{ "<p style='color:#fff'>a<p style='color: WHITE'>b<p style='color:#fefefe'>c<p "
	  "style='color:rgb(255, 255,255)'>d<p style='color:transparent'>e<p "
	  "style='color:#ffe'>f<p style='color:whitesmoke'>g<p style='color:#fdf000'>h",
	  "f//g//h", "" },
	{ "<font color=ffffff>a</font><font color='#FFFFFF'>b</font>c", "c", "" },
	{ "<div bgcolor=#222222><p style='color:#fff'>a<p style='color:#fff;background:"
	  "#ffffff'>b</div><p style='color:white;background-color:navy'>c<p "
	  "style='color:#fff;background:url(x)'>d<p style='color:#fff;background:none'>e",
	  "a//c//d", "" },
	{ "<table background=x><td style='color:#fff'>a</table>", "a", "" },
	{ "<div style='color:#fff'>a<span style='color:black'>b</span><a href=x>c</a><a "
	  "href=y style='color:#fff'>d</a></div>",
	  "bc", "c=x" },
	{ "<a href=x style='font-size:0'>a</a><a href=y style='font-size:0'>&zwnj;<img>"
	  "</a><a href=z style='font-size:0'><img alt=b></a>c",
	  "c", "=y =z" },
	{ "<a href=x style='color:#fff;background-image:url(y)'>a</a><b "
	  "style='color:#fff;background-image:none'>b</b>",
	  "[a]", "a=x" },
	/* Style sheets. */
	{ "<style>.x{display:none}</style><p class=x>a<p class='y X'>b<p class=xy>c", "c",
	  "" },
	{ "<style> #i , td.x\n{ color:red;DISPLAY : none !important } </style><p "
	  "id=i>a<p "
	  "class=x>b<table><td class=x style='display:block'>c</table>",
	  "b", "" },
	{ "<style>p{display:none}.x{display:block}#i{display:none}</style><p class=x>a<p "
	  "id=i class=x>b<p>c<p style='display:block'>d",
	  "a//d", "" },
	{ "<style>.x.y{display:none}.x{display:none}.x{display:inline}</style><b "
	  "class=x>a</b><b class='y x'>b</b>",
	  "a", "" },
	{ "<style><!-- /* .x{display:none} */ .y{font-size:0} --></style><b class=x>a</b>"
	  "<b class=y>b</b>",
	  "a", "" },
	{ "<style>@media (max-width:9px){.x{display:none}.y{display:none}}@import 'a';"
	  "@media screen{.z{display:none}}html body .v{display:none}</style><b "
	  "class=x>a</b><b class=z>b</b><b class=v>c</b><b class=y>d</b>",
	  "ad", "" },
	{ "<style>p .x{display:none}p>.y{display:none}a:hover{display:none}[class]"
	  "{display:none}</style><p><b class=x>a</b><b class=y>b</b><a href=c>c</a>",
	  "abc", "c=c" },
	{ "<style media='(max-width:9px)'>.x{display:none}</style><style media=print>b"
	  "{display:none}</style><b class=x>a</b>",
	  "a", "" },
	{ "<b class=x>a</b>b<style>.x{display:none}</style><b class=x>c</b>", "b", "" },
	{ "<style>p b{background:red}</style><p style='color:#fff'>a", "a", "" },
	{ "<style>{}}.x{display:none</style><b class=x>a</b>b", "b", "" },
	{ "<!--[if mso]><style>b{display:none}</style><![endif]--><b>a</b>", "a", "" },
	/* What leads somewhere by itself. */
	{ "<meta http-equiv=refresh content='5; URL=\"https://x.test/a\"'>b", "b",
	  "=https://x.test/a" },
	{ "<meta http-equiv=Refresh content='0,y'><meta http-equiv=refresh content=5>"
	  "<meta name=refresh content='0;url=z'>",
	  "", "=y" },
	/* What closes what. */
	{ "<p hidden>a<div>b</div>c</p>d", "b/c//d", "" },
	{ "<p hidden>a<table><td>b</table>c", "b/c", "" },
	{ "<ul><li hidden>a<p>b<ul><li>c</ul><li>d</ul>", "d", "" },
	{ "<ul><li hidden>a<p>b<li>c</ul>", "c", "" },
	{ "<dl><dt hidden>a<dd>b<dt>c</dl>", "b/c", "" },
	{ "<table><tr hidden><td>a<tr><td>b<tbody hidden><tr><td>c<tbody><td>d</table>e",
	  "b/d/e", "" },
	{ "<div hidden><table><td></div></span></b>a</table>b</div>c", "c", "" },
	{ "<span hidden><div></span>a</div>b</span>c", "c", "" },
	{ "<b hidden><div>a</b>b</div>c", "b/c", "" },
	{ "<b><div hidden>a</b>b</div>c", "c", "" },
	{ "<b><span hidden>a</b>b", "b", "" },
	{ "<div hidden><i><i><i><i><i><i>a</div>b", "b", "" },
	{ "<form><div hidden>a</form>b</div>c", "c", "" },
	{ "<h1 hidden>a</h2>b", "b", "" },
	{ "<html hidden></html>a", "", "" },
	{ "<div hidden><body></body></html>a</div>b", "b", "" },
	{ "<table hidden><tr><td>a</table>b", "b", "" },
	{ "<select><option hidden>a<option>b</select>c", "b/c", "" },
	{ "a</p>b</br>c</i></img></nosuch>d", "a//b/cd", "" },
	/* Links. */
	{ "<a href=' https://x/?a=1&amp;b=2 '>Accept <b>it</b></a>", "[Accept it]",
	  "Accept it=https://x/?a=1&b=2" },
	{ "see <a href=x>here</a>, <a href=y>there</a>", "see here, there",
	  "here=x there=y" },
	{ "<a href=x>a</a> <a href=y>b</a>&nbsp;&zwnj;", "[a b]", "a=x b=y" },
	{ "<a href=x><img src=y></a><a name=z>a</a><a href=''>b</a>", "ab", "=x" },
	{ "<a href=x>a<a href=y>b</a>c</a>d", "abcd", "a=x b=y" },
	{ "<a href=x>a<div>b</div>c</a>", "[a]/[b]/[c]", "a b c=x" },
	{ "<a href=x><table><tr><td>Accept</td></tr></table></a><p>b", "[Accept]//b",
	  "Accept=x" },
	{ "<a href=x></a><table><tr><td>b</td></tr></table>", "b", "=x" },
	{ "<table><td><a href=x>a<td>b</table>", "[a]/b", "a=x" },
	{ "<a href='ht\ntp://x'>a", "[a]", "a=http://x" },
	{ "<p><a href=x><table><td>a</table></a></p>", "[a]", "a=x" },
	{ "<a href=x>a<div>b</a>c</div>", "[a]/bc", "a b=x" },
	{ "<div><a href=x>a</div>b", "[a]/b", "a=x" },
	{ "<b><div><a href=x>a</b>b</a>c</div>", "abc", "ab=x" },
	{ "<a href=x>a<div hidden><a href=y>b</a>c</div>d", "ad", "a=x" },
	{ "<a href=x><table><td><a href=y>a</a>b</table>c</a>", "ab/c", "=x a=y" },
	{ "<a href='?a=1&copy=2&amp;b=3&lt'>a", "[a]", "a=?a=1&copy=2&b=3<" },
	/* Targets without text, and what relative ones are relative to. */
	{ "<form action=https://x/>a<button>b</button></form>", "ab",
	  "=https://x/ b=https://x/" },
	{ "<form action=https://x/><button type=button>b</button></form>", "b",
	  "=https://x/" },
	{ "<form action=https://x/></form><button>b</button><input type=submit>", "b",
	  "=https://x/" },
	{ "<form action=https://x/><input value=a><input type=Submit value=b>"
	  "<input type=image alt=c><input type=submit formaction=y value=d></form>",
	  "", "=https://x/ b=https://x/ c=https://x/ d=y" },
	{ "<form>a</form>", "a", "" },
	{ "<map><area href=x alt=Accept><area alt=b></map>", "", "Accept=x" },
	/* An attribute that another element has hides nothing. */
	{ "<area action=a href=b>", "", "=a =b" },
	{ "<a formaction=a href=b>c</a>", "[c]", "c=b" },
	{ "<a xlink:href=a href=b>c</a>", "[c]", "c=b" },
	{ "<svg><a xlink:href=a>b</a></svg>", "[b]", "b=a" },
	{ "<button formaction=a>b</button>c", "bc", "b=a" },
	{ "<a href=a><button>b</button></a>", "[b]", "b=a" },
	{ "<input type=submit formaction=a>", "", "=a" },
	{ "<head><base href=https://x.test/a/><base href=https://y.test/></head>"
	  "<a href=b>b</a> <a href=https://z.test/>c</a> <a href=//z.test/>d</a>",
	  "[b c d]", "b=https://x.test/a/b c=https://z.test/ d=https://z.test/" },
	{ "<base href=/a><a href=b>b</a>", "[b]", "b=b" },
	{ "<base href=https://x.test/><a href='mailto:a@b.test'>b</a>", "[b]",
	  "b=mailto:a@b.test" },
	{ "<base href='https://x.test:a/'><a href=b>b</a>", "[b]",
	  "b=https://x.test:a/" },
};

START_TEST(html_is_read_as_it_is_seen)
{
	g_autoptr(Visible) visible = html_visible(parts[_i].html, strlen(parts[_i].html));
	g_autofree char *lines = fixture_lines(visible);
	g_autofree char *links = fixture_links(visible);

	ck_assert_msg(strcmp(lines, parts[_i].lines) == 0, "%s: got %s, want %s",
		      parts[_i].html, lines, parts[_i].lines);
	ck_assert_msg(strcmp(links, parts[_i].links) == 0, "%s: got links %s, want %s",
		      parts[_i].html, links, parts[_i].links);
}
END_TEST

START_TEST(a_nul_byte_ends_nothing)
{
	g_autoptr(Visible) visible = html_visible("a\0b", 3);
	g_autofree char *lines = fixture_lines(visible);

	ck_assert_str_eq(lines, "a\ufffdb");
}
END_TEST

/* Mails made to cost much; each piece stands there so often, and then "<p>end". */
static const struct {
	const char *head;
	const char *piece;
	size_t times;
	size_t lines; /* at most */
	size_t links;
	bool is_read; /* to the end */
} bombs[] = {
	{ "", "<div>", 50000, 1, 0, true },
	{ "", "<b><i><a>", 3000, 1, 0, true },
	{ "", "<b><i><a href=x>", 3000, 1, VISIBLE_MAX_LINKS, true },
	{ "<p ", "a b c d e f ", 5000, 1, 0, true },
	{ "<p ", "a=b hidden id=c style='d' ", 15000, 0, 0, false },
	{ "<!-- <a x=\" --><p ", "a b c d e f ", 5000, 1, 0, true },
	{ "<script>'<a x=\"</script><p ", "a b=\">\" c d='>' e==\"f ", 5000, 1, 0, true },
	{ "", "<", 400000, 3, 0, true },
	{ "", "&", 400000, 3, 0, true },
	{ "", "&#", 200000, 3, 0, true },
	{ "", "&abcdefg", 50000, 3, 0, true },
	{ "", "&amp;", 80000, 3, 0, true },
	{ "", "<!", 200000, 3, 0, true },
	{ "", "<a href=x>y</a>", 30000, 3, VISIBLE_MAX_LINKS, true },
	{ "", "<p>x</p>", 50000, VISIBLE_MAX_LINES, 0, false },
	{ "<!-- ", "x", 400000, 0, 0, false },
	{ "<script>", "</s", 100000, 0, 0, false },
	{ "<p style='", "a:b;", 100000, 3, 0, false },
	{ "<span><span><span>", "</b>", 100000, 1, 0, true },
	{ "<a href=x>y", "</a>", 120000, 3, 1, true },
	{ "", "<b><div>", 60000, 1, 0, true },
	{ "", "<b><p></b>", 50000, 1, 0, true },
	{ "", "<table><tr><td><a href=x>", 20000, 1, VISIBLE_MAX_LINKS, true },
	{ "<p style=\"", "x", 400000, 0, 0, false },
	{ "", "<li><dt>", 60000, 1, 0, true },
	{ "<textarea>", "</textare", 50000, 1, 0, false },
	{ "", "\xff", 100000, 3, 0, true },
	{ "", "wörd", 90000, 3, 0, true },
	{ "", "a", 600000, 1, 0, false },
	{ "<style>", ".x{left:0}", 60000, 0, 0, false },
	{ "<style>.x{left:0}</style>", "<b class=x>", 40000, 1, 0, true },
	{ "<style>", "@media screen{", 30000, 0, 0, false },
	{ "<style></style><p class='", "x y ", 60000, 0, 0, false },
	{ "a", "<style>.x{left:0}</style>", 20000, 3, 0, true },
};

static const char *
last_line(const Visible *visible)
{
	size_t length = visible->lines->len;

	return length > 0 ? g_array_index(visible->lines, VisibleLine, length - 1).text
			  : "";
}

START_TEST(costly_mail_stays_within_the_limits)
{
	g_autoptr(GString) html = g_string_new(bombs[_i].head);
	g_autoptr(Visible) visible = NULL;

	for (size_t i = 0; i < bombs[_i].times; i++)
		g_string_append(html, bombs[_i].piece);
	g_string_append(html, "<p>end");
	visible = html_visible(html->str, html->len);

	ck_assert_msg(visible->lines->len <= bombs[_i].lines, "%s: %u lines, at most %zu",
		      bombs[_i].piece, visible->lines->len, bombs[_i].lines);
	ck_assert_msg(visible->links->len <= bombs[_i].links, "%s: %u links, at most %zu",
		      bombs[_i].piece, visible->links->len, bombs[_i].links);
	ck_assert_msg(g_str_has_suffix(last_line(visible), "end") == bombs[_i].is_read,
		      "%s: %s", bombs[_i].piece,
		      bombs[_i].is_read ? "not read" : "read to the end");
	for (size_t i = 0; i < visible->lines->len; i++) {
		const char *text = g_array_index(visible->lines, VisibleLine, i).text;

		ck_assert(strlen(text) <= VISIBLE_MAX_LINE);
		ck_assert(g_utf8_validate(text, -1, NULL));
	}
}
END_TEST

/* No tag, entity or character is lost, wherever in memory it lies. */
/* Each of many elements could have all rules of a sheet looked at, once for each class. */
START_TEST(so_many_rules_of_a_sheet_are_looked_at)
{
	for (int more = -1; more <= 0; more++) {
		g_autoptr(GString) html =
		    g_string_new("<style>.x { display: none !important }");
		g_autoptr(Visible) visible = NULL;
		g_autofree char *lines = NULL;

		for (int i = 0; i < SHEET_MAX_LOOKED + more; i++)
			g_string_append(html, ".x { display: block }");
		g_string_append(html, "</style><b class='x'>a</b>");
		visible = html_visible(html->str, html->len);
		lines = fixture_lines(visible);
		ck_assert_str_eq(lines, more < 0 ? "" : "a");
	}
}
END_TEST

START_TEST(long_mail_is_read_to_its_end)
{
	const char *piece = "<p title=\"ü>\">J&uuml;rgen \u738b <a href=\"x\">y</a></p>";
	g_autoptr(GString) html = g_string_new("<!-- -->");

	for (size_t i = 0; i < 900; i++)
		g_string_append(html, piece);

	for (size_t shift = 0; shift < 60; shift++) {
		g_autoptr(Visible) visible = html_visible(html->str, html->len);

		ck_assert_uint_eq(visible->lines->len, 1799);
		for (size_t i = 0; i < visible->lines->len; i += 2)
			ck_assert_str_eq(
			    g_array_index(visible->lines, VisibleLine, i).text,
			    "J\u00fcrgen \u738b y");
		ck_assert_uint_eq(visible->links->len, VISIBLE_MAX_LINKS);
		g_string_prepend_c(html, ' ');
	}
}
END_TEST

static void
append_times(GString *to, const char *piece, size_t times)
{
	for (size_t i = 0; i < times; i++)
		g_string_append(to, piece);
}

/* Below the deepest element that is kept, text and links go on, and hide nothing. */
START_TEST(deep_mail_is_read_as_what_is_around_it)
{
	g_autoptr(GString) html = g_string_new("a<div hidden>b");
	g_autoptr(Visible) visible = NULL;
	g_autofree char *lines = NULL, *links = NULL;

	append_times(html, "<div>", HTML_MAX_DEPTH + 9);
	g_string_append(html, "<p>c<style>d</style><ul><li>e</ul>");
	append_times(html, "</div>", HTML_MAX_DEPTH + 9);
	g_string_append(html, "f</div>g");
	append_times(html, "<div>", HTML_MAX_DEPTH + 9);
	g_string_append(html, "<a href=x>h<p>i</p></a>j<style>k</style><b hidden>l");
	visible = html_visible(html->str, html->len);
	lines = fixture_lines(visible);
	links = fixture_links(visible);

	ck_assert_str_eq(lines, "ag/[h]//[i]//jl");
	ck_assert_str_eq(links, "h i=x");
}
END_TEST

START_TEST(nothing_too_deep_closes_what_is_above)
{
	g_autoptr(GString) html = g_string_new(NULL);
	g_autoptr(Visible) visible = NULL;
	g_autofree char *lines = NULL;

	append_times(html, "<div>", HTML_MAX_DEPTH - 5);
	g_string_append(html, "<ul><li hidden>a");
	append_times(html, "<div>", 9);
	g_string_append(html, "<ul><li>b</li><li>c</ul>");
	append_times(html, "</div>", 9);
	g_string_append(html, "d</li><li>e");
	visible = html_visible(html->str, html->len);
	lines = fixture_lines(visible);

	ck_assert_str_eq(lines, "e");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("html");
	TCase *reading = tcase_create("reading"), *limits = tcase_create("limits");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(reading, html_is_read_as_it_is_seen, 0, G_N_ELEMENTS(parts));
	tcase_add_test(reading, a_nul_byte_ends_nothing);
	suite_add_tcase(suite, reading);

	tcase_add_loop_test(limits, costly_mail_stays_within_the_limits, 0,
			    G_N_ELEMENTS(bombs));
	tcase_add_test(limits, deep_mail_is_read_as_what_is_around_it);
	tcase_add_test(limits, nothing_too_deep_closes_what_is_above);
	tcase_add_test(limits, so_many_rules_of_a_sheet_are_looked_at);
	tcase_add_test(limits, long_mail_is_read_to_its_end);
	suite_add_tcase(suite, limits);

	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);

	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
