/* SPDX-License-Identifier: BSD-2-Clause */
/* note-lead.c - which line tells that a note follows? */

#include "config.h"

#include <string.h>

#include "network/note-lead.h"
#include "network/reading.h"
#include "people/speech.h"
#include "text/text.h"

/* Programs wrap a lead into so many lines at most. */
#define LEAD_MAX_LINES 3

/* A program wraps no line of fewer bytes. */
#define WRAPPED_MIN_BYTES 40

/* "NAME has written:" has so many words behind the name. */
#define WRITTEN_MAX_WORDS 2

static bool
has_colon(const Speech *line)
{
	return g_str_has_suffix(line->text, ":") ||
	       g_str_has_suffix(line->text, "\357\274\232");
}

/* Is it one clause, without a sign that parts it, but for one at its end? */
static bool
is_clause(const char *text)
{
	size_t length = strcspn(text, ",;.!?");

	return text[length] == '\0' || (text[length] == '.' && text[length + 1] == '\0');
}

/* "NAME has written", in any language's words. */
static bool
is_written(const Speech *lead, size_t name)
{
	return lead->words->len - name <= WRITTEN_MAX_WORDS;
}

/* "NAME sent you a message": the name is what the rest tells of. */
static bool
tells_of(const Speech *lead, size_t name, const NameRules *rules)
{
	size_t count = lead->words->len;
	bool speaks = speech_says(lead, name, count, rules, NAME_RULE_READER);
	bool is_sent = speech_says(lead, name, count, rules, NAME_RULE_MESSAGE);

	/* "Jane Doe Ltd offers you …" */
	if (g_unichar_isupper(g_utf8_get_char(lead->words->pdata[name])))
		return false;
	if (speaks && is_sent)
		return true;

	return has_colon(lead) &&
	       (speaks || speech_says(lead, name, name + 1, rules, NAME_RULE_MESSAGE) ||
		(is_sent && is_written(lead, name)));
}

/* What the line says behind the name of so many words with which it begins. */
static const char *
text_behind(const Speech *lead, size_t name)
{
	return lead->text + g_array_index(lead->starts, size_t, name - 1) +
	       strlen(lead->words->pdata[name - 1]);
}

static bool
is_lead(const Speech *lead, const Speech *name, const NameRules *rules, bool is_below)
{
	size_t count = lead->words->len;

	if (count == 0 || count > SPEECH_MAX_WORDS)
		return false;
	/* Below a line that is the name. */
	if (is_below)
		return has_colon(lead) && is_clause(lead->text) &&
		       g_unichar_islower(g_utf8_get_char(lead->text)) &&
		       speech_says(lead, 0, count, rules, NAME_RULE_READER) &&
		       speech_says(lead, 0, count, rules, NAME_RULE_MESSAGE) &&
		       !speech_says(lead, 0, count, rules, NAME_RULE_SELF);
	for (size_t known = name->words->len; known > 0; known = known > 1 ? 1 : 0) {
		if (count <= known || !speech_has_name(lead, 0, name, known))
			continue;
		/* By the first name alone, a friend may speak, too. */
		return is_clause(text_behind(lead, known)) &&
		       !speech_says(lead, known, count, rules, NAME_RULE_SELF) &&
		       (known > 1 ||
			(has_colon(lead) &&
			 speech_says(lead, 1, count, rules, NAME_RULE_READER) &&
			 speech_says(lead, 1, count, rules, NAME_RULE_MESSAGE))) &&
		       tells_of(lead, known, rules);
	}
	if (count <= name->words->len ||
	    !speech_has_name(lead, count - name->words->len, name, name->words->len))
		return false;

	/* "Message from NAME:" */
	return has_colon(lead) && is_clause(lead->text) &&
	       speech_says(lead, 0, count - name->words->len, rules, NAME_RULE_MESSAGE) &&
	       !speech_says(lead, 0, count - name->words->len, rules, NAME_RULE_SELF);
}

size_t
note_lead_told(const Invite *invite, const char *text)
{
	size_t colon = strcspn(text, ":");
	g_autofree char *written = NULL;
	g_auto(Speech) lead = { 0 }, name = { 0 };

	if (invite->name == NULL || text[colon] != ':' || text[colon + 1] != ' ')
		return 0;
	written = g_strndup(text, colon);
	speech_init(&lead, written);
	speech_init(&name, invite->name);
	for (size_t known = name.words->len; known > 0; known = known > 1 ? 1 : 0)
		if (lead.words->len > known && speech_has_name(&lead, 0, &name, known))
			return is_written(&lead, known) &&
				       is_clause(text_behind(&lead, known))
				   ? colon + 2
				   : 0;

	return 0;
}

static ReadingLine *
line_at(GArray *lines, size_t at)
{
	return &g_array_index(lines, ReadingLine, at);
}

static bool
is_words(const ReadingLine *line)
{
	return line->use == LINE_UNREAD && line->text[0] != '\0' && !line->is_link &&
	       line->url == NULL;
}

/* Does a paragraph begin here?  A greeting may stand right above. */
static bool
is_first(GArray *lines, size_t at)
{
	return is_words(line_at(lines, at)) &&
	       (at == 0 || !is_words(line_at(lines, at - 1)) ||
		g_str_has_suffix(line_at(lines, at - 1)->text, ","));
}

/* Is there text that could be the note, or its first line? */
static bool
is_followed(GArray *lines, size_t at)
{
	while (at < lines->len && line_at(lines, at)->text[0] == '\0')
		at++;

	return at < lines->len && is_words(line_at(lines, at)) &&
	       !reading_is_rule(line_at(lines, at)->text);
}

/* How many lines from here on are a lead, which a program may have wrapped. */
static size_t
lead_length(GArray *lines, size_t at, const Speech *name, const NameRules *rules,
	    bool is_below)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = at; i < lines->len && i < at + LEAD_MAX_LINES; i++) {
		const char *line = line_at(lines, i)->text;
		g_auto(Speech) lead = { 0 };

		/* The rest of a wrapped one, "message:", may be known by itself. */
		if (!is_words(line_at(lines, i)) &&
		    (i == at || line_at(lines, i)->use != LINE_FRAME))
			break;
		g_string_append_printf(text, "%s%s", i > at ? " " : "", line);
		speech_init(&lead, text->str);
		if (is_lead(&lead, name, rules, is_below) && is_followed(lines, i + 1) &&
		    (has_colon(&lead) || i + 1 == lines->len ||
		     !is_words(line_at(lines, i + 1))))
			return i + 1 - at;
		if (strlen(line) < WRAPPED_MIN_BYTES)
			break;
	}

	return 0;
}

/* Is there text below it that could be the note, maybe below the inviter's block? */
static bool
has_words_below(GArray *lines, size_t at)
{
	for (; at < lines->len && line_at(lines, at)->use != LINE_END; at++)
		if (is_words(line_at(lines, at)) &&
		    !reading_is_rule(line_at(lines, at)->text))
			return true;

	return false;
}

/* Does a line end in a comma, as one that greets alone? */
static bool
is_greeting(const ReadingLine *line)
{
	return g_str_has_suffix(line->text, ",") ||
	       g_str_has_suffix(line->text, "\357\274\214");
}

/* Is it one sentence?  Behind a first name alone, more of them are a friend's. */
static bool
is_sentence(const char *text)
{
	size_t length = strcspn(text, ".!?");

	return text[length] == '\0' || text[length + 1] == '\0';
}

static bool
has_whole_name(const Speech *line, const Speech *name)
{
	for (size_t at = 0; at < line->words->len; at++)
		if (speech_has_name(line, at, name, name->words->len))
			return true;

	return false;
}

/*
 * How many lines from here on are a block of their own that tells of the inviter: a
 * paragraph of the text, a line of the HTML, whose blocks have no gaps between them.
 */
static size_t
told_length(GArray *lines, size_t at, const Speech *name, const NameRules *rules,
	    bool is_html)
{
	g_autoptr(GString) text = g_string_new(line_at(lines, at)->text);
	size_t end = at + 1;
	g_auto(Speech) block = { 0 };

	if (!is_words(line_at(lines, at)) ||
	    (is_html && name->words->len < 2 && !is_first(lines, at)))
		return 0;
	while (!is_html && end < lines->len && end < at + LEAD_MAX_LINES &&
	       is_words(line_at(lines, end)) && !is_greeting(line_at(lines, end - 1)))
		g_string_append_printf(text, " %s", line_at(lines, end++)->text);
	if (!is_html && end < lines->len && is_words(line_at(lines, end)))
		return 0;
	speech_init(&block, text->str);

	return has_words_below(lines, end) && speech_tells_of(&block, name, rules) &&
		       (is_sentence(text->str) || has_whole_name(&block, name))
		   ? end - at
		   : 0;
}

void
note_lead_mark(const Invite *invite, const Reading *reading, ReadingPart part,
	       const NameRules *rules)
{
	GArray *lines = reading->lines[part];
	g_auto(Speech) name = { 0 };
	bool is_below = false, is_html = part == READING_HTML;

	if (invite->name == NULL || rules == NULL)
		return;
	speech_init(&name, invite->name);
	if (name.words->len == 0 || name.words->len > SPEECH_MAX_WORDS)
		return;
	for (size_t i = 0; i < lines->len; i++) {
		size_t length = 0;

		if (line_at(lines, i)->text[0] == '\0')
			continue;
		if (is_below || is_first(lines, i))
			length = lead_length(lines, i, &name, rules, is_below);
		if (length == 0 && part != READING_CALENDAR &&
		    (is_html || is_first(lines, i)))
			length = told_length(lines, i, &name, rules, is_html);
		for (size_t j = i; j < i + length; j++)
			line_at(lines, j)->use = LINE_FRAME;
		is_below = folded_same_text(invite->name, line_at(lines, i)->text);
	}
}
