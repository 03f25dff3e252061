/* SPDX-License-Identifier: BSD-2-Clause */
/* html.c - which lines and links the reader of an HTML part sees */

#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include "base/text.h"
#include "mail/html.h"

/*
 * Design rationale
 *
 * libxml2 tells us of elements and text as it meets them, and keeps no tree.
 * It is linear in its input but for two things, both limited here: the
 * attributes of one element, each compared with all before it (counted before
 * it sees them), and the open elements, all looked through at an end tag (we
 * stop feeding it).
 *
 * Lines: each block element and each table cell begins and ends one.  An empty
 * line stands where a paragraph, heading, list, quotation or rule begins or
 * ends and where a br finds nothing before it on its line; text on its own
 * (a cell with nothing but a non-breaking space, say) makes none.
 *
 * Hidden: "display:none" and the like hide all that is inside.  "font-size:0"
 * hides until a descendant sets another size, since most newsletters write it
 * on the cells around their text; "mso-hide:all" hides in one program only and
 * stands on the buttons everybody else sees, so it alone hides nothing.
 */

/* How much libxml2 gets to see before we can stop it. */
#ifndef HTML_CHUNK
#define HTML_CHUNK (16 * 1024)
#endif

enum {
	ELEMENT_LINE = 1 << 0,  /* begins and ends a line */
	ELEMENT_GAP = 1 << 1,   /* an empty line, too */
	ELEMENT_BREAK = 1 << 2, /* br */
	ELEMENT_HIDE = 1 << 3,  /* never shown */
	ELEMENT_VOID = 1 << 4,  /* has no content, hides nothing */
	ELEMENT_PRE = 1 << 5,   /* keeps its line breaks */
	ELEMENT_LINK = 1 << 6,  /* a */
	ELEMENT_HOLD = 1 << 7,  /* closes an anchor around it in libxml2's opinion */

	BLOCK = ELEMENT_LINE,
	PARAGRAPH = ELEMENT_LINE | ELEMENT_GAP,
	CELL = ELEMENT_LINE | ELEMENT_HOLD,
};

/* Sorted by name for bsearch(); what is not here is inline. */
static const struct element {
	const char *name;
	unsigned flags;
} elements[] = {
	{ "a", ELEMENT_LINK },
	{ "address", BLOCK },
	{ "area", ELEMENT_VOID },
	{ "article", BLOCK },
	{ "aside", BLOCK },
	{ "base", ELEMENT_VOID },
	{ "blockquote", PARAGRAPH },
	{ "body", BLOCK },
	{ "br", ELEMENT_BREAK | ELEMENT_VOID },
	{ "caption", BLOCK },
	{ "center", BLOCK },
	{ "col", ELEMENT_VOID },
	{ "dd", BLOCK },
	{ "details", BLOCK },
	{ "dir", PARAGRAPH },
	{ "div", BLOCK },
	{ "dl", PARAGRAPH },
	{ "dt", BLOCK },
	{ "embed", ELEMENT_VOID },
	{ "fieldset", CELL },
	{ "figcaption", BLOCK },
	{ "figure", BLOCK },
	{ "footer", BLOCK },
	{ "form", BLOCK },
	{ "h1", PARAGRAPH },
	{ "h2", PARAGRAPH },
	{ "h3", PARAGRAPH },
	{ "h4", PARAGRAPH },
	{ "h5", PARAGRAPH },
	{ "h6", PARAGRAPH },
	{ "header", BLOCK },
	{ "hr", PARAGRAPH | ELEMENT_VOID },
	{ "iframe", ELEMENT_HIDE },
	{ "img", ELEMENT_VOID },
	{ "input", ELEMENT_VOID },
	{ "legend", BLOCK },
	{ "li", BLOCK },
	{ "link", ELEMENT_VOID },
	{ "main", BLOCK },
	{ "menu", PARAGRAPH },
	{ "meta", ELEMENT_VOID },
	{ "nav", BLOCK },
	{ "noembed", ELEMENT_HIDE },
	{ "noframes", ELEMENT_HIDE },
	{ "ol", PARAGRAPH },
	{ "optgroup", BLOCK },
	{ "option", BLOCK },
	{ "p", PARAGRAPH },
	{ "param", ELEMENT_VOID },
	{ "pre", PARAGRAPH | ELEMENT_PRE },
	{ "script", ELEMENT_HIDE },
	{ "section", BLOCK },
	{ "source", ELEMENT_VOID },
	{ "style", ELEMENT_HIDE },
	{ "summary", BLOCK },
	{ "table", CELL },
	{ "tbody", BLOCK },
	{ "td", CELL },
	{ "template", ELEMENT_HIDE },
	{ "tfoot", BLOCK },
	{ "th", CELL },
	{ "thead", BLOCK },
	{ "title", ELEMENT_HIDE },
	{ "tr", BLOCK },
	{ "track", ELEMENT_VOID },
	{ "ul", PARAGRAPH },
	{ "wbr", ELEMENT_VOID },
};

enum {
	STYLE_NONE = 1 << 0,
	STYLE_UNSEEN = 1 << 1,
	STYLE_TINY = 1 << 2,
	STYLE_CLEAR = 1 << 3,
	STYLE_FLAT = 1 << 4,
	STYLE_LOW = 1 << 5,
	STYLE_CLIPPED = 1 << 6,
	STYLE_PRE = 1 << 7,
};

/* What a declaration says where its value begins so; "0" is a number that is zero. */
static const struct declaration {
	const char *property;
	size_t length;
	const char *value;
	unsigned flag;
} declarations[] = {
	{ "display", 7, "none", STYLE_NONE },
	{ "visibility", 10, "hidden", STYLE_UNSEEN },
	{ "font-size", 9, "0", STYLE_TINY },
	{ "opacity", 7, "0", STYLE_CLEAR },
	{ "height", 6, "0", STYLE_FLAT },
	{ "max-height", 10, "0", STYLE_LOW },
	{ "overflow", 8, "hidden", STYLE_CLIPPED },
	{ "white-space", 11, "pre", STYLE_PRE },
};

typedef struct {
	unsigned given; /* properties that were named */
	unsigned set;   /* those that have the value we ask for */
} Style;

/* How text at this place is shown; an element that changes it keeps the old one. */
typedef struct {
	size_t depth; /* of the element that changed it */
	bool is_hidden;
	bool is_tiny; /* font size zero */
	bool is_pre;
} Shade;

typedef struct {
	htmlParserCtxt *parser;
	Visible *visible;
	const char *fence; /* borrowed, may be NULL */

	size_t depth; /* of open elements */
	Shade shade;
	GArray *shades; /* of Shade, those around the current one */
	bool is_done;   /* over a limit: nothing is taken any more */

	GString *line;   /* the line so far, white space single */
	bool has_space;  /* white space since the last word */
	bool has_linked; /* characters in a link, and others */
	bool has_plain;

	char *url; /* of the open link, or NULL */
	GString *label;
	size_t link_depth; /* the element that closes it, or 0: is held */
} Reader;

static int
compare_element(const void *name, const void *element)
{
	return strcmp(name, ((const struct element *)element)->name);
}

static unsigned
element_flags(const xmlChar *name)
{
	const struct element *found;

	found = bsearch(name, elements, G_N_ELEMENTS(elements), sizeof(*elements),
			compare_element);

	return found != NULL ? found->flags : 0;
}

/* Is the number at value zero, in any unit? */
static bool
is_zero(const char *value)
{
	size_t zeros = strspn(value, "0.");

	return value[strspn(value, ".")] == '0' && !g_ascii_isdigit(value[zeros]);
}

static bool
value_fits(const char *value, const char *wanted)
{
	return *wanted == '0' ? is_zero(value)
			      : g_ascii_strncasecmp(value, wanted, strlen(wanted)) == 0;
}

/* One declaration, "property : value"; what is no property of ours is skipped. */
static void
style_declare(Style *style, const char *text)
{
	for (size_t i = 0; i < G_N_ELEMENTS(declarations); i++) {
		const struct declaration *known = &declarations[i];
		const char *value = text + known->length;

		if ((*text | 0x20) != *known->property ||
		    g_ascii_strncasecmp(text, known->property, known->length) != 0)
			continue;
		value += strspn(value, " \t\r\n");
		if (*value != ':')
			continue;
		value += 1 + strspn(value + 1, " \t\r\n");

		/* The last one counts, as in a browser. */
		style->given |= known->flag;
		style->set &= ~known->flag;
		if (value_fits(value, known->value))
			style->set |= known->flag;
		return;
	}
}

static Style
style_of(const char *text)
{
	Style style = { 0 };

	while (text != NULL) {
		text += strspn(text, " \t\r\n;");
		style_declare(&style, text);
		text = strchr(text, ';');
	}

	return style;
}

static bool
style_hides(const Style *style)
{
	bool is_flat = (style->set & (STYLE_FLAT | STYLE_LOW)) != 0;

	return (style->set & (STYLE_NONE | STYLE_UNSEEN)) != 0 ||
	       (is_flat && (style->set & (STYLE_CLEAR | STYLE_CLIPPED)) != 0);
}

/* An attribute's value, "" for one without, or NULL where there is none. */
static const char *
attribute(const xmlChar **attributes, const char *name)
{
	for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
		if (strcmp((const char *)attributes[0], name) == 0)
			return attributes[1] != NULL ? (const char *)attributes[1] : "";

	return NULL;
}

static void
append(GString *to, const char *text, size_t length)
{
	size_t room = VISIBLE_MAX_LINE - MIN(to->len, VISIBLE_MAX_LINE);

	if (length > room)
		for (length = room; length > 0; length--)
			if (((unsigned char)text[length] & 0xC0) != 0x80)
				break;
	g_string_append_len(to, text, length);
}

/* Does anything in a word leave a mark?  Preheaders are padded with what does not. */
static bool
leaves_mark(const char *word, size_t length)
{
	const char *end = word + length;

	while (word < end) {
		gunichar folded = text_fold_char(g_utf8_get_char(word));

		if (folded != 0 && folded != ' ')
			return true;
		word = g_utf8_next_char(word);
	}

	return false;
}

static void
line_end(Reader *reader)
{
	if (reader->has_linked || reader->has_plain)
		visible_add_line(reader->visible, reader->line->str, !reader->has_plain);

	g_string_truncate(reader->line, 0);
	reader->has_linked = reader->has_plain = false;
	reader->has_space = true;
}

static void
line_break(Reader *reader)
{
	if (reader->has_linked || reader->has_plain)
		line_end(reader);
	else
		visible_add_line(reader->visible, "", false);
}

static void
line_word(Reader *reader, const char *word, size_t length)
{
	bool *has = reader->url != NULL ? &reader->has_linked : &reader->has_plain;

	*has = *has || leaves_mark(word, length);

	if (reader->has_space && reader->line->len > 0)
		append(reader->line, " ", 1);
	append(reader->line, word, length);

	if (reader->url != NULL) {
		if (reader->has_space && reader->label->len > 0)
			append(reader->label, " ", 1);
		append(reader->label, word, length);
	}
	reader->has_space = false;
}

static void
link_end(Reader *reader)
{
	if (reader->url == NULL)
		return;

	visible_add_link(reader->visible, reader->url, reader->label->str);
	g_clear_pointer(&reader->url, g_free);
}

static void
link_begin(Reader *reader, const char *url)
{
	link_end(reader);
	if (url == NULL)
		return;

	reader->url = g_strdup(url);
	reader->link_depth = reader->depth;
	g_string_truncate(reader->label, 0);
}

/* Has the reader seen nothing yet? */
static bool
is_at_top(const Reader *reader)
{
	return reader->visible->lines->len == 0 && reader->visible->links->len == 0 &&
	       reader->url == NULL && !reader->has_linked && !reader->has_plain;
}

/* Is this our own block?  There is one at most; a second one is the sender's. */
static bool
is_fence(const Reader *reader, const xmlChar **attributes)
{
	return reader->fence != NULL && !reader->visible->has_fence &&
	       is_at_top(reader) &&
	       g_strcmp0(attribute(attributes, "id"), reader->fence) == 0;
}

/* How an element shows what is inside it. */
static Shade
shade_inside(Reader *reader, unsigned flags, const xmlChar **attributes)
{
	Style style = style_of(attribute(attributes, "style"));
	Shade shade = reader->shade;

	shade.depth = reader->depth;
	shade.is_hidden = shade.is_hidden || (flags & ELEMENT_HIDE) != 0 ||
			  style_hides(&style) || attribute(attributes, "hidden") != NULL;
	if ((style.given & STYLE_TINY) != 0)
		shade.is_tiny = (style.set & STYLE_TINY) != 0;
	if ((style.given & STYLE_PRE) != 0)
		shade.is_pre = (style.set & STYLE_PRE) != 0;
	else if ((flags & ELEMENT_PRE) != 0)
		shade.is_pre = true;

	if (!shade.is_hidden && is_fence(reader, attributes))
		shade.is_hidden = reader->visible->has_fence = true;

	return shade;
}

static void
shade_enter(Reader *reader, unsigned flags, const xmlChar **attributes)
{
	const Shade *old = &reader->shade;
	Shade shade;

	if (old->is_hidden || (flags & ELEMENT_VOID) != 0 ||
	    (attributes == NULL && (flags & (ELEMENT_HIDE | ELEMENT_PRE)) == 0))
		return;

	shade = shade_inside(reader, flags, attributes);
	if (shade.is_hidden == old->is_hidden && shade.is_tiny == old->is_tiny &&
	    shade.is_pre == old->is_pre)
		return;
	g_array_append_val(reader->shades, reader->shade);
	reader->shade = shade;
}

static void
shade_leave(Reader *reader)
{
	size_t length = reader->shades->len;

	if (length == 0 || reader->shade.depth != reader->depth)
		return;

	reader->shade = g_array_index(reader->shades, Shade, length - 1);
	g_array_set_size(reader->shades, length - 1);
}

/* An element's edge: the line ends here, or a paragraph does. */
static void
edge(Reader *reader, unsigned flags)
{
	if ((flags & ELEMENT_LINE) != 0)
		line_end(reader);
	if ((flags & ELEMENT_GAP) != 0)
		visible_add_line(reader->visible, "", false);
}

static void
on_start(void *data, const xmlChar *name, const xmlChar **attributes)
{
	Reader *reader = data;
	unsigned flags = element_flags(name);

	if (reader->is_done || ++reader->depth > HTML_MAX_DEPTH) {
		reader->is_done = true;
		return;
	}

	/* A held link goes on inside the element that took it over. */
	if (reader->url != NULL && reader->link_depth == 0) {
		if ((flags & ELEMENT_HOLD) != 0)
			reader->link_depth = reader->depth;
		else
			link_end(reader);
	}

	shade_enter(reader, flags, attributes);
	if (reader->shade.is_hidden)
		return;

	edge(reader, flags);
	if ((flags & ELEMENT_BREAK) != 0)
		line_break(reader);
	if ((flags & ELEMENT_LINK) != 0)
		link_begin(reader, attribute(attributes, "href"));
}

/*
 * Was the element that ends now closed by a start tag?  libxml2 then stands
 * behind the name in that tag, and else behind an end tag's ">".  It closes
 * anchors before tables so, and the buttons of many mails are tables in anchors.
 */
static bool
is_closed_by_start(const Reader *reader)
{
	const xmlParserInput *input = reader->parser->input;

	return input != NULL && input->cur > input->base && input->cur[-1] != '>';
}

static void
on_end(void *data, const xmlChar *name)
{
	Reader *reader = data;

	if (reader->is_done || reader->depth == 0)
		return;

	if (reader->url != NULL && reader->link_depth == reader->depth) {
		if (is_closed_by_start(reader))
			reader->link_depth = 0;
		else
			link_end(reader);
	}
	if (!reader->shade.is_hidden)
		edge(reader, element_flags(name));

	shade_leave(reader);
	reader->depth--;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void
on_text(void *data, const xmlChar *bytes, int length)
{
	Reader *reader = data;
	const char *at = (const char *)bytes, *end = at + length;

	if (reader->is_done || reader->shade.is_hidden || reader->shade.is_tiny)
		return;

	while (at < end) {
		const char *word = at;

		if (is_space(*at)) {
			reader->has_space = true;
			if (*at++ == '\n' && reader->shade.is_pre)
				line_break(reader);
			continue;
		}
		while (at < end && !is_space(*at))
			at++;
		line_word(reader, word, at - word);
	}
}

/* How many attributes a tag may have by now, in each state the parser may be in. */
typedef struct {
	int in_tag;    /* -1: it cannot be in this state */
	int in_double; /* inside "..." */
	int in_single; /* inside '...' */
	char before;   /* the last character that was no space */
} Count;

/* Characters at which an attribute may begin or the state change; the rest is skipped. */
static const bool marks[256] = {
	['\t'] = true, ['\n'] = true, ['\v'] = true, ['\f'] = true, ['\r'] = true,
	[' '] = true,  ['"'] = true,  ['\''] = true, ['<'] = true,  ['>'] = true,
};

static bool
begins_name(char c)
{
	return g_ascii_isalpha(c) || c == '_' || c == ':' || c == '.';
}

/* A quote ends a value or, behind "=", may begin one. */
static void
count_quote(Count *count, int *in_quote)
{
	int opened = count->before == '=' ? count->in_tag : -1;

	count->in_tag = MAX(count->in_tag, *in_quote);
	*in_quote = opened;
}

/*
 * Follow every way in which the parser could read this mark, so that no
 * comment, script or odd quote can put a tag out of our sight.  Too many are
 * counted (words in values), too few never.
 */
static void
count_mark(Count *count, char mark, char next)
{
	if (mark == '<' && begins_name(next))
		count->in_tag = MAX(count->in_tag, 0);
	else if (mark == '>')
		count->in_tag = -1;
	else if (mark == '"')
		count_quote(count, &count->in_double);
	else if (mark == '\'')
		count_quote(count, &count->in_single);

	if (mark != '<' && count->in_tag >= 0 && begins_name(next))
		count->in_tag++;
	if (!is_space(mark))
		count->before = mark;
}

/* Where an element's attributes become too many, or the end. */
static const char *
end_of_sane(const char *at, const char *end)
{
	Count count = { .in_tag = -1, .in_double = -1, .in_single = -1 };

	while (at < end && count.in_tag <= HTML_MAX_ATTRIBUTES) {
		const char *run = at;

		if (count.in_tag < 0 && count.in_double < 0 && count.in_single < 0)
			at = memchr(at, '<', end - at);
		else
			while (at < end && !marks[(unsigned char)*at])
				at++;
		if (at == NULL || at == end)
			return end;
		if (at > run)
			count.before = at[-1];
		count_mark(&count, at[0], at[1]);
		at++;
	}

	return at;
}

/*
 * libxml2 shows "<![if !mso]>", "<!foo>" and "</3>" as text, and a document
 * type where a chunk ends in it; a browser does not.  Make them processing
 * instructions, which both leave out.
 */
static void
hide_declarations(char *at)
{
	while ((at = strchr(at, '<')) != NULL) {
		at++;
		if (*at == '!' && at[1] != '\0' && strchr("->", at[1]) == NULL)
			memcpy(at, "?x", 2);
		else if (*at == '/' && at[1] != '\0' && (at[1] & 0x80) == 0 &&
			 !g_ascii_isalpha(at[1]) && strchr("_:.>", at[1]) == NULL)
			memcpy(at, "?x", 2);
	}
}

/* Of the next chunk: no character is cut, else the parser takes all for Latin-1. */
static size_t
chunk_size(const char *at, const char *end)
{
	size_t size = MIN((size_t)(end - at), HTML_CHUNK);

	while (at + size < end && ((unsigned char)at[size] & 0xC0) == 0x80)
		size++;

	return size;
}

static void
read_html(Reader *reader, const char *at, const char *end)
{
	htmlSAXHandler handler = {
		.startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.cdataBlock = on_text,
		.ignorableWhitespace = on_text,
	};

	reader->parser = htmlCreatePushParserCtxt(&handler, reader, NULL, 0, NULL,
						  XML_CHAR_ENCODING_UTF8);
	if (reader->parser == NULL)
		g_error("out of memory for an HTML parser");
	htmlCtxtUseOptions(reader->parser, HTML_PARSE_IGNORE_ENC | HTML_PARSE_NONET |
					       HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
					       HTML_PARSE_RECOVER);

	/* Text before the first tag would become a paragraph of its own. */
	htmlParseChunk(reader->parser, "<body>", strlen("<body>"), 0);
	while (at < end && !reader->is_done) {
		size_t size = chunk_size(at, end);

		/* The last one says so: the parser need not look for what may come. */
		htmlParseChunk(reader->parser, at, size, at + size == end);
		at += size;
	}

	htmlFreeParserCtxt(reader->parser);
	reader->parser = NULL;
}

void
html_init(void)
{
	xmlInitParser();
}

Visible *
html_visible(const char *html, size_t length, const char *fence)
{
	g_autoptr(Visible) visible = visible_new();
	g_autoptr(GString) line = g_string_new(NULL), label = g_string_new(NULL);
	g_autoptr(GArray) shades = g_array_new(FALSE, FALSE, sizeof(Shade));
	g_autofree char *valid = NULL;
	Reader reader = {
		.visible = visible,
		.fence = fence,
		.shades = shades,
		.line = line,
		.label = label,
	};

	length = MIN(length, HTML_MAX_BYTES);
	valid = g_utf8_validate(html, length, NULL) ? g_strndup(html, length)
						    : g_utf8_make_valid(html, length);
	hide_declarations(valid);

	read_html(&reader, valid, end_of_sane(valid, valid + strlen(valid)));
	link_end(&reader);
	line_end(&reader);

	return g_steal_pointer(&visible);
}
