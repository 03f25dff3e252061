/* SPDX-License-Identifier: BSD-2-Clause */
/* visible.c - a part's lines and links, and how plain text becomes them */

#include "config.h"

#include <string.h>

#include "text/text.h"
#include "text/address.h"
#include "text/charset.h"
#include "mail/visible.h"

/* One line of plain text with what is known of the lines above it. */
typedef struct {
	const char *start;
	size_t length;
	size_t end_length; /* of its line end */
} Line;

/* The nearest line above that says something: a bare URL stands behind its words. */
typedef struct {
	Line line;
	bool has_links; /* its words belong to those */
	unsigned gap;   /* blank lines since then */
} Above;

static void
line_clear(gpointer data)
{
	VisibleLine *line = data;

	g_free(line->text);
}

static void
link_clear(gpointer data)
{
	VisibleLink *link = data;

	g_free(link->url);
	g_free(link->label);
	g_free(link->alt);
}

Visible *
visible_new(void)
{
	Visible *visible = g_new0(Visible, 1);

	visible->lines = g_array_new(FALSE, FALSE, sizeof(VisibleLine));
	g_array_set_clear_func(visible->lines, line_clear);
	visible->links = g_array_new(FALSE, FALSE, sizeof(VisibleLink));
	g_array_set_clear_func(visible->links, link_clear);

	return visible;
}

void
visible_free(Visible *visible)
{
	if (visible == NULL)
		return;

	g_array_unref(visible->lines);
	g_array_unref(visible->links);
	g_free(visible);
}

/* Cut at max bytes, never inside a character. */
static void
cut(char *text, size_t max)
{
	if (strlen(text) <= max)
		return;

	while (max > 0 && ((unsigned char)text[max] & 0xC0) == 0x80)
		max--;
	text[max] = '\0';
	g_strchomp(text);
}

static char *
cleaned(const char *text)
{
	char *clean = text_clean(text, VISIBLE_MAX_LINE);

	cut(clean, VISIBLE_MAX_LINE);

	return clean;
}

/* Is it nothing but U+FFFD, of which a reader sees at most that something was lost? */
static bool
is_lost(const char *text)
{
	static const char lost[] = "\xef\xbf\xbd";

	while (*text == ' ' || g_str_has_prefix(text, lost))
		text += *text == ' ' ? 1 : strlen(lost);

	return *text == '\0';
}

void
visible_add_line(Visible *visible, const char *text, bool is_link)
{
	g_autofree char *clean = NULL;
	VisibleLine line = { .is_link = is_link };

	if (visible->lines->len >= VISIBLE_MAX_LINES)
		return;
	if (*text != '\0')
		clean = cleaned(text);
	if (clean == NULL || is_lost(clean)) {
		visible->has_gap = true;
		return;
	}

	if (visible->has_gap && visible->lines->len > 0 &&
	    visible->lines->len < VISIBLE_MAX_LINES - 1) {
		VisibleLine gap = { .text = g_strdup("") };

		g_array_append_val(visible->lines, gap);
	}
	visible->has_gap = false;

	line.text = g_steal_pointer(&clean);
	g_array_append_val(visible->lines, line);
}

/* Without the control characters that a browser takes out, too. */
static char *
url_cleaned(const char *url)
{
	char *clean = g_strdup(url);
	char *to = clean;

	while (*to > ' ' && *to != '\x7f')
		to++;
	for (const char *from = to; *from != '\0'; from++)
		if (!g_ascii_iscntrl(*from))
			*to++ = *from;
	*to = '\0';

	return g_strstrip(clean);
}

/* Where no place is left for a link, it takes that of the oldest late one. */
static VisibleLink *
late_place(Visible *visible)
{
	size_t place =
	    VISIBLE_MAX_LINKS - VISIBLE_LATE + visible->excess++ % VISIBLE_LATE;

	return &g_array_index(visible->links, VisibleLink, place);
}

size_t
visible_next_line(const Visible *visible)
{
	size_t length = visible->lines->len;

	return length + (visible->has_gap && length > 0);
}

/* A copy of another link, with what its URL and its words are cleaned to. */
static void
add_link(Visible *visible, const VisibleLink *other)
{
	g_autofree char *clean = url_cleaned(other->url);
	VisibleLink link = { .line = other->line, .is_refresh = other->is_refresh };
	char *host;

	/* Half a URL leads elsewhere; but the host alone tells whose it is. */
	if (strlen(clean) > VISIBLE_MAX_URL && (host = strstr(clean, "://")) != NULL)
		host[3 + strcspn(host + 3, "/\\?#")] = '\0';
	if (*clean == '\0' || strlen(clean) > VISIBLE_MAX_URL)
		return;

	link.url = g_steal_pointer(&clean);
	link.label = cleaned(other->label);
	link.alt = other->alt != NULL ? cleaned(other->alt) : NULL;
	if (visible->links->len < VISIBLE_MAX_LINKS) {
		g_array_append_val(visible->links, link);
	} else {
		VisibleLink *place = late_place(visible);

		link_clear(place);
		*place = link;
	}
}

void
visible_add_link_at(Visible *visible, const char *url, const char *label, const char *alt,
		    size_t line)
{
	const VisibleLink link = { (char *)url, (char *)label, (char *)alt, line, false };

	add_link(visible, &link);
}

void
visible_add_refresh(Visible *visible, const char *url)
{
	const VisibleLink link = { (char *)url, (char *)"", NULL, VISIBLE_NO_LINE, true };

	add_link(visible, &link);
}

void
visible_add_link(Visible *visible, const char *url, const char *label)
{
	visible_add_link_at(visible, url, label, NULL, visible_next_line(visible));
}

/* A link's target and label as one key; the caller's. */
static char *
key_of(const VisibleLink *link)
{
	return g_strconcat(link->url, "\n", link->label, NULL);
}

void
visible_add_links(Visible *visible, const Visible *other)
{
	g_autoptr(GHashTable) known =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (size_t i = 0; i < visible->links->len; i++)
		g_hash_table_add(known,
				 key_of(&g_array_index(visible->links, VisibleLink, i)));
	for (size_t i = 0; i < other->links->len; i++) {
		const VisibleLink *link = &g_array_index(other->links, VisibleLink, i);
		g_autofree char *key = key_of(link);

		if (!g_hash_table_contains(known, key)) {
			VisibleLink copy = *link;

			copy.line = VISIBLE_NO_LINE;
			add_link(visible, &copy);
		}
	}
}

/*
 * The line at text, which ends before end, with CRLF, LF or CR behind it.  *newline
 * is the LF that was found last, or end: none is looked for twice.
 */
static Line
line_at(const char *text, const char *end, const char **newline)
{
	Line line = { .start = text };
	const char *stop;

	if (*newline == NULL || *newline < text)
		*newline = memchr(text, '\n', (size_t)(end - text));
	if (*newline == NULL)
		*newline = end;
	stop = memchr(text, '\r', (size_t)(*newline - text));
	if (stop == NULL)
		stop = *newline;

	line.length = (size_t)(stop - text);
	if (stop < end)
		line.end_length =
		    *stop == '\r' && stop + 1 < end && stop[1] == '\n' ? 2 : 1;

	return line;
}

/* How many of the opening brackets in a URL have no closing one? */
static int
open_brackets(const char *url, const char *end, char opening, char closing)
{
	int open = 0;

	for (; url < end; url++)
		open += (*url == opening) - (*url == closing);

	return open;
}

/* Signs that may close the sentence around a URL. */
static const char closers[] = ".,;:!')]";

/* Leave out what closes the sentence around a URL; ")" and "]" only where unbalanced. */
static const char *
url_trimmed(const char *url, const char *end)
{
	int round, square;

	if (end == url || strchr(closers, end[-1]) == NULL)
		return end;
	round = open_brackets(url, end, '(', ')');
	square = open_brackets(url, end, '[', ']');
	for (; end > url; end--) {
		char last = end[-1];

		if (last == ')' && round < 0)
			round++;
		else if (last == ']' && square < 0)
			square++;
		else if (strchr(".,;:!'", last) == NULL)
			break;
	}

	return end;
}

/* NBSP ends a URL as any white space does. */
static inline bool
ends_url(const char *at)
{
	if (g_ascii_isalnum(*at))
		return false;

	return (unsigned char)*at <= ' ' || *at == 0x7F || *at == '<' || *at == '>' ||
	       *at == '"' || (at[0] == '\xC2' && at[1] == '\xA0');
}

/* Does a host stand behind "www" that has a dot and a letter more? */
static bool
is_host(const char *www)
{
	for (const char *at = www + 4; at < www + ADDRESS_MAX_DOMAIN && !ends_url(at);
	     at++) {
		bool is_letter = g_ascii_isalpha(*at) || (*at & 0x80) != 0;

		if (is_letter && at[-1] == '.' && at > www + 5)
			return true;
		if (!is_letter && !g_ascii_isdigit(*at) && strchr("-_.", *at) == NULL)
			return false;
	}

	return false;
}

/* The length of what a URL begins with, before its host; 0 where none begins. */
static size_t
scheme_length(const char *at)
{
	if (g_ascii_strncasecmp(at, "https://", 8) == 0)
		return 8;

	return g_ascii_strncasecmp(at, "http://", 7) == 0 ? 7 : 0;
}

/* Does a word that is a host begin here?  Programs that show mail link it to http. */
static bool
begins_host(const char *line, const char *at)
{
	return g_ascii_strncasecmp(at, "www.", 4) == 0 && is_host(at) &&
	       (at == line || strchr("/@.-_", at[-1]) == NULL);
}

/* The first http or https URL in a line, or NULL; its end in *end_out. */
static const char *
url_find(const char *line, const char **end_out)
{
	for (const char *at = line; (at = strpbrk(at, "hHwW")) != NULL; at++) {
		size_t scheme = scheme_length(at);
		const char *host = at + scheme, *end;

		if ((scheme == 0 && !begins_host(line, at)) ||
		    (at > line && g_ascii_isalnum(at[-1])))
			continue;

		for (end = host; !ends_url(end); end++)
			;
		end = url_trimmed(host, end);
		if (end == host)
			continue;
		*end_out = end;
		return at;
	}

	return NULL;
}

/* The words before a URL without the quote marks, bullets and ":" or "-" around them. */
static char *
label_of(const char *words, size_t length)
{
	g_autofree char *copy = g_strndup(words, length);
	g_autofree char *clean = text_clean(copy, VISIBLE_MAX_LINE);
	const char *start = clean + strspn(clean, "> |*");
	const char *end = start + strlen(start);

	while (end > start) {
		const char *last = g_utf8_prev_char(end);

		if (g_utf8_strchr(" :-<([|*\u2013\u2014\u2192\uFF1A", -1,
				  g_utf8_get_char(last)) == NULL)
			break;
		end = last;
	}

	/* A rule or a bracket says nothing. */
	return text_has_word(start) ? g_strndup(start, end - start) : g_strdup("");
}

/* Does anything stand between URLs but white space and the brackets around them? */
static bool
has_words(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (strchr(" \t<>()[]", text[i]) == NULL)
			return true;

	return false;
}

/* The label of a URL at the beginning of a line is the line above it. */
static char *
label_above(const Above *above)
{
	if (above->has_links || above->gap > 1)
		return g_strdup("");

	return label_of(above->line.start, MIN(above->line.length, VISIBLE_MAX_LINE));
}

/* Take the links of a line; returns how many, and whether it holds nothing else. */
static size_t
add_links(Visible *visible, const char *line, const Above *above, bool *is_link_out)
{
	const char *rest = line, *url, *end;
	size_t count = 0;

	*is_link_out = true;
	for (; (url = url_find(rest, &end)) != NULL; rest = end) {
		g_autofree char *label = label_of(rest, url - rest);
		g_autofree char *written = g_strndup(url, end - url);
		g_autofree char *target =
		    g_strconcat(scheme_length(url) == 0 ? "http://" : "", written, NULL);

		if (*label == '\0' && count == 0) {
			g_free(label);
			label = label_above(above);
		}
		visible_add_link(visible, target, label);
		*is_link_out = *is_link_out && !has_words(rest, url - rest);
		count++;
	}
	*is_link_out = *is_link_out && count > 0 && !has_words(rest, strlen(rest));

	return count;
}

/* Remember a line for the URL below it. */
static void
above_take(Above *above, const Line *line, const char *copy, bool has_links)
{
	if (copy[strspn(copy, "> \t")] == '\0') {
		above->gap++;
		return;
	}

	above->line = *line;
	above->has_links = has_links;
	above->gap = 0;
}

static void
add_text(Visible *visible, const char *text, const char *end)
{
	Above above = { .has_links = true };
	const char *newline = NULL;

	/* Beyond the last line that is kept, links go on. */
	while (text < end) {
		Line line = line_at(text, end, &newline);
		g_autofree char *copy = g_strndup(line.start, line.length);
		bool is_link;
		size_t links = add_links(visible, copy, &above, &is_link);

		above_take(&above, &line, copy, links > 0);
		cut(copy, VISIBLE_MAX_LINE);
		visible_add_line(visible, copy, is_link);
		text += line.length + line.end_length;
	}
}

Visible *
visible_of_text(const char *text, size_t length)
{
	g_autoptr(Visible) visible = visible_new();
	g_autofree char *valid = NULL;

	if (!charset_is_utf8(text, length)) {
		text = valid = g_utf8_make_valid(text, length);
		length = strlen(valid);
	}

	add_text(visible, text, text + length);

	return g_steal_pointer(&visible);
}
