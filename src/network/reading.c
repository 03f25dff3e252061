/* SPDX-License-Identifier: BSD-2-Clause */
/* reading.c - a mail's lines and links, folded once for all who compare them */

#include "config.h"

#include <string.h>

#include "network/reading.h"
#include "text/folded.h"
#include "text/text.h"
#include "mail/html.h"
#include "mail/url.h"

/* Characters of a rule around how to join a meeting; the shortest seen has ten. */
#define RULE_MIN 10

/* A rule is no shorter; fewer dashes begin a signature or an aside. */
#define GLUED_RULE_MIN 5

static void
line_clear(gpointer data)
{
	ReadingLine *line = data;

	g_free(line->url);
	g_free(line->host);
	g_free(line->cut);
	folded_clear(&line->folded);
}

static void
link_clear(gpointer data)
{
	ReadingLink *link = data;

	rewriter_clear_unwrapped(&link->unwrapped);
	g_free(link->host);
	folded_clear(&link->folded_label);
	folded_clear(&link->folded_url);
}

static char *
host_of(const char *url)
{
	char *host = url_host(url);

	return host != NULL ? host : g_strdup("");
}

/* How a link comes to where it leads, and the host that it leads to. */
static Unwrapped
follow(const Rewriters *rewriters, const char *url, char **host_out)
{
	g_autofree char *host = host_of(url);
	Unwrapped unwrapped = rewriters_follow(rewriters, url, host);

	*host_out =
	    unwrapped.target != NULL ? host_of(unwrapped.target) : g_steal_pointer(&host);

	return unwrapped;
}

/* The first URL of a line, up to the next space. */
static void
read_url(ReadingLine *line, const Rewriters *rewriters)
{
	const char *url = strstr(line->text, "://");
	g_autofree char *written = NULL;
	g_auto(Unwrapped) unwrapped = { 0 };

	if (url == NULL)
		return;
	while (url > line->text && g_ascii_isalpha(url[-1]))
		url--;
	written = g_strndup(url, strcspn(url, " <>\""));
	unwrapped = follow(rewriters, written, &line->host);
	line->url = g_steal_pointer(&unwrapped.target);
	if (line->url == NULL)
		line->url = g_steal_pointer(&written);
	line->url_start = (size_t)(url - line->text);
}

/* How much of a text is left before a rule at its end; a link may end in dashes. */
static size_t
length_before_rule(const char *text)
{
	size_t whole = strlen(text), length = whole;
	const char *word = strrchr(text, ' ');

	while (length > 0 && strchr("-_=", text[length - 1]) != NULL)
		length--;
	if (whole - length < GLUED_RULE_MIN ||
	    strstr(word != NULL ? word : text, "://") != NULL)
		return whole;
	while (length > 0 && text[length - 1] == ' ')
		length--;

	return length;
}

/*
 * A line's text without the rules that lost their line ends, on either side:
 * "------------Jane Doe requested …:-----------", as an archive of 2011 has it.
 */
static void
read_text(ReadingLine *line, const char *text)
{
	size_t rule = strspn(text, "-_="), length;

	line->text = text;
	if (text[rule] == '\0')
		return;
	if (rule >= GLUED_RULE_MIN)
		line->text += rule + strspn(text + rule, " ");
	length = length_before_rule(line->text);
	if (line->text[length] != '\0')
		line->text = line->cut = g_strndup(line->text, length);
}

static void
read_lines(GArray *out, const Visible *visible, const Rewriters *rewriters)
{
	size_t most = visible != NULL ? MIN(visible->lines->len, READING_MAX_LINES) : 0;

	g_array_set_size(out, most);
	for (size_t i = 0; i < most; i++) {
		const VisibleLine *from = &g_array_index(visible->lines, VisibleLine, i);
		ReadingLine *to = &g_array_index(out, ReadingLine, i);

		read_text(to, from->text);
		to->is_link = from->is_link;
		folded_init(&to->folded, to->text);
		read_url(to, rewriters);
	}
}

static void
read_links(GArray *out, const Visible *visible, const Rewriters *rewriters)
{
	size_t most = visible != NULL ? visible->links->len : 0;

	g_array_set_size(out, most);
	for (size_t i = 0; i < most; i++) {
		const VisibleLink *from = &g_array_index(visible->links, VisibleLink, i);
		ReadingLink *to = &g_array_index(out, ReadingLink, i);

		to->label = from->label;
		to->alt = from->alt;
		to->line = from->line;
		to->is_refresh = from->is_refresh;
		folded_init(&to->folded_label, to->label);
		to->unwrapped = follow(rewriters, from->url, &to->host);
		to->url = to->unwrapped.target != NULL ? to->unwrapped.target : from->url;
	}
}

const Folded *
reading_folded_url(ReadingLink *link)
{
	if (link->folded_url.chars == NULL)
		folded_init(&link->folded_url, link->url);

	return &link->folded_url;
}

const PatternListEntry *
reading_link_fitting(const PatternList *patterns, ReadingLink *link, PatternHit *hits_out)
{
	if (link->folded_url.chars == NULL &&
	    !pattern_list_may_fit_url(patterns, link->url))
		return NULL;

	return pattern_list_fitting(patterns, reading_folded_url(link), hits_out);
}

bool
reading_is_answer(const Reading *reading)
{
	const Head *head = message_head(reading->message);

	return head_get(head, "In-Reply-To") != NULL ||
	       head_get(head, "References") != NULL;
}

bool
reading_is_quoted(const ReadingLine *line)
{
	return line->text[strspn(line->text, " \t")] == '>';
}

const char *
reading_subject_without_tags(const char *subject)
{
	const char *end;

	/* "[Fwd: [riggers] …]" is a forwarded subject, and no tag. */
	while (subject[0] == '[' && (end = strpbrk(subject + 1, "[]")) != NULL &&
	       *end == ']') {
		subject = end + 1;
		subject += strspn(subject, " ");
	}

	return subject;
}

/* Dashes, underscores and the like, and lines that boxes are drawn of. */
static bool
is_stroke(gunichar c)
{
	return (c < 0x80 && c != '\0' && strchr("_-~:*=.", (int)c) != NULL) ||
	       (c >= 0x2010 && c <= 0x2015) || (c >= 0x2500 && c <= 0x257f);
}

/* A line of nothing but strokes, or one of words with dashes around them. */
static bool
is_rule(const char *line, size_t length)
{
	const char *at = line;
	bool is_all = true;
	size_t strokes = 0;

	for (; at < line + length && is_all; strokes++)
		is_all = is_stroke(text_next(&at));
	if (strokes < RULE_MIN)
		is_all = false;

	return is_all || (length >= RULE_MIN && strncmp(line, "-- ", 3) == 0 &&
			  strncmp(line + length - 3, " --", 3) == 0);
}

bool
reading_is_rule(const char *line)
{
	return is_rule(line, strlen(line));
}

/*
 * How to join a meeting stands between two rules, in whichever language, with links:
 * blank it out.  Calendars put it below what the organizer wrote.
 */
static void
blank_join_blocks(char *text)
{
	char *block = NULL; /* the rule that may begin one */
	bool has_link = false;

	for (char *line = text, *next; *line != '\0'; line = next) {
		size_t length = strcspn(line, "\n");

		next = line + length + (line[length] == '\n');
		if (!is_rule(line, length)) {
			char *link = strstr(line, "://");

			has_link |= link != NULL && link < next;
			if (*next != '\0' || block == NULL)
				continue;
		}
		/* The text's end closes a block, too; a closing rule may begin one. */
		for (char *c = block; c != NULL && has_link && c < next; c++)
			*c = *c == '\n' ? '\n' : ' ';
		block = line;
		has_link = false;
	}
}

/* Descriptions are text, and some programs write HTML into them nevertheless. */
static Visible *
see_description(const char *text)
{
	size_t length = strlen(text);

	return strstr(text, "</") != NULL || strstr(text, "<br") != NULL
		   ? html_visible(text, length)
		   : visible_of_text(text, length);
}

static void
read_calendar(Reading *reading)
{
	const char *calendar = message_calendar(reading->message);

	if (calendar == NULL)
		return;
	calendar_request_read(&reading->calendar, calendar, strlen(calendar));
	if (reading->calendar.description == NULL)
		return;
	blank_join_blocks(reading->calendar.description);
	reading->description = see_description(reading->calendar.description);
}

Reading *
reading_new(const Message *message, const Rewriters *rewriters)
{
	const Visible *visible[READING_LAST] = { message_text(message),
						 message_html(message) };
	const Mailbox *author = message_author(message);
	g_autoptr(Reading) reading = g_new0(Reading, 1);
	g_autofree char *subject = message_field(message, "Subject");

	reading->message = message;
	read_calendar(reading);
	visible[READING_CALENDAR] = reading->description;
	for (size_t i = 0; i < READING_LAST; i++) {
		reading->lines[i] = g_array_new(FALSE, TRUE, sizeof(ReadingLine));
		g_array_set_clear_func(reading->lines[i], line_clear);
		read_lines(reading->lines[i], visible[i], rewriters);
		reading->links[i] = g_array_new(FALSE, TRUE, sizeof(ReadingLink));
		g_array_set_clear_func(reading->links[i], link_clear);
		read_links(reading->links[i], visible[i], rewriters);
		if (visible[i] != NULL && visible[i]->asks_password)
			reading->asks_password = true;
	}
	reading->subject =
	    g_strdup(subject != NULL ? reading_subject_without_tags(subject) : "");
	folded_init(&reading->folded_subject, reading->subject);
	folded_init(&reading->folded_author, author->name);
	folded_init(&reading->folded_address, author->address);

	return g_steal_pointer(&reading);
}

void
reading_free(Reading *reading)
{
	if (reading == NULL)
		return;

	for (size_t i = 0; i < READING_LAST; i++) {
		g_array_unref(reading->lines[i]);
		g_array_unref(reading->links[i]);
	}
	calendar_request_clear(&reading->calendar);
	visible_free(reading->description);
	g_free(reading->subject);
	folded_clear(&reading->folded_subject);
	folded_clear(&reading->folded_author);
	folded_clear(&reading->folded_address);
	g_free(reading);
}

const char *
reading_line_use_name(LineUse use)
{
	static const char *const names[LINE_LAST] = {
		[LINE_UNREAD] = "",           [LINE_START] = "start",
		[LINE_END] = "end",           [LINE_FRAME] = "frame",
		[LINE_LINK] = "link",         [LINE_NAME] = "name",
		[LINE_HEADLINE] = "headline", [LINE_LOCATION] = "location",
		[LINE_RECIPIENT] = "address", [LINE_NOTE] = "note",
		[LINE_OVER] = "over",
	};

	return names[use];
}

char *
reading_hit_text(const char *original, size_t start, size_t end)
{
	g_autofree char *bytes = NULL;

	if (end <= start)
		return NULL;
	bytes = g_strndup(original + start, end - start);

	return text_clean(bytes, TEXT_NAME_MAX * 4);
}
