/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vcard.c - the people of an address book
 *
 * Design rationale
 *	Nine bytes of ten in an address book are photographs and what we don't
 *	ask for.  So a line is judged by its name before it is unfolded, and
 *	what nobody wants is passed over where it lies.
 */

#include "config.h"

#include <string.h>

#include "text/charset.h"
#include "import/lines.h"
#include "import/property.h"
#include "import/vcard.h"

enum {
	MAX_LINE = 1024 * 1024, /* bytes; folded ones, each by itself */
	MAX_USED = 64 * 1024,   /* of all properties of a card that we read */
};

typedef struct {
	ContactTake *take; /* borrowed, as is context */
	void *context;
	Lines lines;
	GString *text;    /* the property at hand, unfolded */
	Contact contact;  /* what the card at hand says so far */
	char *structured; /* its name in the order of speech, of N; or NULL */
	size_t line;      /* where it begins; 0 outside of cards */
	size_t depth;     /* 1, and more within an agent's card */
	size_t used;
	const char *trouble; /* why it cannot be used, or NULL; constant */
	bool is_nobody;      /* a group or an organization */
	bool folds_soft;    /* the writer puts a blank before what a soft break cut off */
	bool is_agent_next; /* the next BEGIN is that of an agent's card */
	bool is_stray_told;
} Reader;

typedef enum { KEEP, PASS } Wish;

/* value: UTF-8 with its escapes; may be cut to pieces. */
typedef void Taker(Reader *reader, char *value);

static void
fail(Reader *reader, const char *trouble)
{
	if (reader->trouble == NULL)
		reader->trouble = trouble;
}

/*
 * What stands before one of ends, in place and without its escapes; an
 * unescaped character of blanks separates words.
 */
static const char *
piece(char **rest, const char *ends, const char *blanks)
{
	char *start = *rest, *to = start, *from = start;

	for (; *from != '\0' && strchr(ends, *from) == NULL; from++) {
		if (*from != '\\' || from[1] == '\0')
			*to++ = strchr(blanks, *from) != NULL ? ' ' : *from;
		else if (*++from == 'n' || *from == 'N')
			*to++ = ' ';
		else
			*to++ = *from;
	}
	*rest = *from != '\0' ? from + 1 : from;
	*to = '\0';

	return g_strstrip(start);
}

static const char *
whole(char *value)
{
	return piece(&value, "", "");
}

static void
take_name(Reader *reader, char *value)
{
	if (reader->contact.name == NULL)
		contact_set_name(&reader->contact, whole(value));
}

/* Family, given and additional names, prefixes, suffixes (RFC 6350, section 6.2.2). */
static void
take_structured(Reader *reader, char *value)
{
	const char *family = piece(&value, ";", ",");
	const char *given = piece(&value, ";", ",");
	const char *additional = piece(&value, ";", ",");

	if (reader->structured == NULL)
		reader->structured = g_strjoin(" ", given, additional, family, NULL);
}

static void
take_address(Reader *reader, char *value)
{
	const char *address = whole(value);

	if (g_ascii_strncasecmp(address, "mailto:", strlen("mailto:")) == 0)
		address += strlen("mailto:");
	contact_add_address(&reader->contact, address);
}

/* Departments stand behind the company. */
static void
take_company(Reader *reader, char *value)
{
	if (reader->contact.company == NULL)
		contact_set_company(&reader->contact, piece(&value, ";", ""));
}

static void
take_url(Reader *reader, char *value)
{
	contact_add_url(&reader->contact, whole(value));
}

/* Mostly a name within a service, and sometimes a page. */
static void
take_page(Reader *reader, char *value)
{
	const char *url = whole(value);

	if (g_ascii_strncasecmp(url, "http://", strlen("http://")) == 0 ||
	    g_ascii_strncasecmp(url, "https://", strlen("https://")) == 0)
		contact_add_url(&reader->contact, url);
}

static void
take_kind(Reader *reader, char *value)
{
	static const char *const nobodies[] = { "group", "org", "location", "device",
						"application" };
	const char *kind = whole(value);

	for (size_t i = 0; i < G_N_ELEMENTS(nobodies); i++)
		if (g_ascii_strcasecmp(kind, nobodies[i]) == 0)
			reader->is_nobody = true;
}

/* In 2.1 an agent's card stands in the card, from the next line or this one on. */
static void
take_agent(Reader *reader, char *value)
{
	const char *begun = g_strstrip(value);
	Span span = { begun, strlen(begun) };

	if (lines_span_is(span, "BEGIN", "VCARD"))
		reader->depth++;
	else
		reader->is_agent_next = span.length == 0;
}

static const struct {
	const char *name;
	Taker *take;
} properties[] = {
	{ "FN", take_name },
	{ "N", take_structured },
	{ "EMAIL", take_address },
	{ "ORG", take_company },
	{ "URL", take_url },
	{ "X-SOCIALPROFILE", take_page },
	{ "SOCIALPROFILE", take_page },
	{ "IMPP", take_page },
	{ "KIND", take_kind },
	{ "X-ADDRESSBOOKSERVER-KIND", take_kind },
	{ "AGENT", take_agent },
};

/* NULL: nobody asks for it. */
static Taker *
taker_of(Span line)
{
	Span name = property_name(line);

	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++)
		if (strlen(properties[i].name) == name.length &&
		    g_ascii_strncasecmp(properties[i].name, name.text, name.length) == 0)
			return properties[i].take;

	return NULL;
}

/* Tell of the line that was just read; its card is read on. */
static void
tell_here(Reader *reader, const char *trouble)
{
	if (reader->is_stray_told)
		return;
	reader->is_stray_told = true;
	reader->take(reader->context, NULL, reader->lines.number, trouble);
}

/* Cut to nothing where it is too long for a card. */
static bool
next_line(Reader *reader, Span *line_out)
{
	if (!lines_next(&reader->lines, line_out))
		return false;

	if (reader->line != 0 && line_out->length > MAX_LINE) {
		fail(reader, "a line longer than 1 MB");
		line_out->length = 0;
	}

	return true;
}

/*
 * The card that begins in the line in which another one ends, where no end of line
 * parts them.
 */
static bool
cut_glued(Span *line, Span *rest_out)
{
	static const char begin[] = "BEGIN:VCARD";

	for (size_t i = 1; i + strlen(begin) <= line->length; i++) {
		Span before = { line->text, i };

		if (g_ascii_strncasecmp(line->text + i, begin, strlen(begin)) != 0 ||
		    !lines_span_is(before, "END", "VCARD"))
			continue;
		*rest_out = (Span){ line->text + i, line->length - i };
		line->length = i;
		return true;
	}

	return false;
}

static bool
is_mark(Span line)
{
	Span glued;

	return lines_span_is(line, "BEGIN", "VCARD") ||
	       lines_span_is(line, "END", "VCARD") || cut_glued(&line, &glued);
}

/* Does the line begin a property?  Then it is no rest of a value. */
static bool
is_property(Span line)
{
	static const char *const others[] = { "ADR",  "BDAY",  "CATEGORIES", "LABEL",
					      "NOTE", "PHOTO", "REV",        "ROLE",
					      "TEL",  "TITLE", "UID",        "VERSION" };
	Span name = property_name(line);

	if (name.length == line.length)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
		if (strlen(others[i]) == name.length &&
		    strncmp(others[i], name.text, name.length) == 0)
			return true;

	return taker_of(line) != NULL ||
	       (name.length > 2 && name.text[0] == 'X' && name.text[1] == '-');
}

/* Does a line of quoted-printable end in "=", and its rest follow? */
static bool
is_soft(Reader *reader, Span *line, Wish wish)
{
	Lines ahead = reader->lines;
	Span next;

	while (line->length > 0 && g_ascii_isspace(line->text[line->length - 1]))
		line->length--;
	if (line->length == 0 || line->text[line->length - 1] != '=')
		return false;

	line->length--;

	/* Some telephones end a value so. */
	if (!lines_next(&ahead, &next) || is_mark(next))
		return false;
	/* A note may hold what looks like a property; a name does not. */
	if (wish == PASS || !is_property(next))
		return true;
	tell_here(reader, "a value whose rest was lost");

	return false;
}

static void
append(Reader *reader, Span line)
{
	reader->used += line.length;
	if (reader->used > MAX_USED)
		fail(reader, "more than 64 kB of text");
	if (reader->text->len + line.length <= MAX_USED)
		g_string_append_len(reader->text, line.text, (gssize)line.length);
}

/* Walks over the property that begins with the line, and keeps it in text. */
static void
unfold(Reader *reader, Span line, Wish wish)
{
	bool is_quoted = property_is_quoted(line);

	g_string_truncate(reader->text, 0);
	for (;;) {
		bool goes_on = is_quoted && is_soft(reader, &line, wish);
		bool is_folded = lines_is_folded(&reader->lines);

		if (wish == KEEP)
			append(reader, line);
		if ((!goes_on && !is_folded) || !next_line(reader, &line))
			return;
		/*
		 * A blank behind a soft break is the value's, unless the writer folds
		 * so.
		 */
		if (goes_on && is_folded && wish == KEEP)
			reader->folds_soft =
			    reader->folds_soft ||
			    property_is_inside_character(reader->text, line);
		if (goes_on && !reader->folds_soft)
			is_folded = false;
		if (is_folded && line.length > 0) {
			line.text++;
			line.length--;
		}
	}
}

static bool
is_blank(Span line)
{
	for (size_t i = 0; i < line.length; i++)
		if (!g_ascii_isspace(line.text[i]))
			return false;

	return true;
}

/* Words without a name before them: nobody knows whose value they end. */
static bool
is_lost(Span line)
{
	/* A picture's lines often lack the blank before them, and hold none. */
	return memchr(line.text, ':', line.length) == NULL && !is_blank(line) &&
	       memchr(line.text, ' ', line.length) != NULL;
}

static void
read_property(Reader *reader, Span line)
{
	Taker *take = taker_of(line);
	/* An agent's card is read even in a bad card: its end is not that card's end. */
	bool is_wanted = take == take_agent ||
			 (take != NULL && reader->depth == 1 && reader->trouble == NULL);
	g_autofree char *value = NULL;

	if (reader->depth == 1 && !lines_is_folded(&reader->lines) && is_lost(line))
		tell_here(reader, "the rest of a value whose beginning was lost");
	unfold(reader, line, is_wanted ? KEEP : PASS);
	if (line.length > 0)
		reader->is_agent_next = false;
	if (!is_wanted)
		return;

	value = property_value((Span){ reader->text->str, reader->text->len });
	if (value != NULL)
		take(reader, value);
}

static void
card_clear(Reader *reader)
{
	contact_clear(&reader->contact);
	g_clear_pointer(&reader->structured, g_free);
	reader->line = 0;
	reader->depth = 0;
	reader->used = 0;
	reader->trouble = NULL;
	reader->is_nobody = false;
	reader->is_agent_next = false;
}

static void
tell(Reader *reader, const char *trouble)
{
	reader->take(reader->context, NULL, reader->line, trouble);
}

static void
hand_out(Reader *reader)
{
	Contact *contact = &reader->contact;

	if (contact->name == NULL && reader->structured != NULL)
		contact_set_name(contact, reader->structured);
	contact_drop_false_name(contact);
	if (reader->trouble != NULL)
		tell(reader, reader->trouble);
	else if (reader->is_nobody)
		return;
	else if (!contact_is_somebody(contact))
		tell(reader, "neither name nor address");
	else
		reader->take(reader->context, contact, reader->line, NULL);
}

static void
begin(Reader *reader)
{
	if (reader->is_agent_next) {
		reader->is_agent_next = false;
		reader->depth++;
		return;
	}
	if (reader->line != 0)
		tell(reader, "no END:VCARD");
	card_clear(reader);
	contact_init(&reader->contact, SOURCE_CONTACT);
	reader->line = reader->lines.number;
	reader->depth = 1;
	reader->is_stray_told = false;
}

static void
end(Reader *reader)
{
	if (--reader->depth > 0)
		return;

	hand_out(reader);
	card_clear(reader);
}

static void
read_lines(Reader *reader)
{
	Span line, glued;

	while (next_line(reader, &line)) {
		if (reader->line != 0 && cut_glued(&line, &glued)) {
			end(reader);
			line = glued;
		}
		if (lines_span_is(line, "BEGIN", "VCARD"))
			begin(reader);
		else if (reader->line == 0 && !is_blank(line))
			tell_here(reader, "text outside of a card");
		else if (reader->line == 0)
			continue;
		else if (lines_span_is(line, "END", "VCARD"))
			end(reader);
		else
			read_property(reader, line);
	}
	if (reader->line != 0)
		tell(reader, "no END:VCARD");
}

bool
vcard_is_file(const char *bytes, size_t length)
{
	return lines_begin_file(bytes, length, "VCARD");
}

void
vcard_read(const char *bytes, size_t length, ContactTake *take, void *context)
{
	g_autoptr(GBytes) unmarked = charset_unmarked(bytes, length);
	g_autoptr(GString) text = g_string_new(NULL);
	Reader reader = { .take = take, .context = context, .text = text };
	gsize size;
	const char *start = g_bytes_get_data(unmarked, &size);

	lines_init(&reader.lines, start, size);
	read_lines(&reader);
	card_clear(&reader);
}
