/* SPDX-License-Identifier: BSD-2-Clause */
/* note-lead.c - which line tells that a note follows? */

#include "config.h"

#include <string.h>

#include "network/note-lead.h"
#include "network/reading.h"
#include "text/letter.h"
#include "text/text.h"

/* A line of more words is a paragraph; programs wrap one into so many lines at most. */
#define LEAD_MAX_WORDS 20
#define LEAD_MAX_LINES 3

/* A program wraps no line of fewer bytes. */
#define WRAPPED_MIN_BYTES 40

/* "NAME has written:" has so many words behind the name. */
#define WRITTEN_MAX_WORDS 2

typedef struct {
	GPtrArray *words; /* as written */
	const char *text; /* borrowed */
	bool has_colon;
} Lead;

static bool
ends_in_colon(const char *text)
{
	return g_str_has_suffix(text, ":") || g_str_has_suffix(text, "\357\274\232");
}

static GPtrArray *
words_of(const char *text)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	while (*text != '\0' && words->len <= LEAD_MAX_WORDS) {
		const char *start = text;

		while (*text != '\0' && letter_is_part(g_utf8_get_char(text)))
			text = g_utf8_next_char(text);
		if (text > start)
			g_ptr_array_add(words, g_strndup(start, (size_t)(text - start)));
		else
			text = g_utf8_next_char(text);
	}

	return words;
}

/* Do the name's first words stand in the line, from a word of it on? */
static bool
has_name(const Lead *lead, size_t at, const GPtrArray *name, size_t count)
{
	if (count == 0 || at + count > lead->words->len)
		return false;
	for (size_t i = 0; i < count; i++) {
		g_autofree char *said =
		    letters_phrase(lead->words->pdata[at + i], NAME_RULE_MAX_BYTES);
		g_autofree char *known =
		    letters_phrase(name->pdata[i], NAME_RULE_MAX_BYTES);

		if (!g_str_equal(said, known))
			return false;
	}

	return true;
}

/* Is one of the words from .. to - 1 of the kind? */
static bool
says(const Lead *lead, size_t from, size_t to, const NameRules *rules, NameRuleKind kind)
{
	for (; from < to; from++)
		if (name_rules_ask(rules, kind, lead->words->pdata[from]) != NULL)
			return true;

	return false;
}

/* Is it one clause, without a sign that parts it, but for one at its end? */
static bool
is_clause(const char *text)
{
	size_t length = strcspn(text, ",;.!?");

	return text[length] == '\0' || (text[length] == '.' && text[length + 1] == '\0');
}

/* "NAME sent you a message": the name is what the rest tells of. */
static bool
tells_of(const Lead *lead, size_t name, const NameRules *rules)
{
	size_t count = lead->words->len;
	bool speaks = says(lead, name, count, rules, NAME_RULE_READER);
	bool is_sent = says(lead, name, count, rules, NAME_RULE_MESSAGE);

	/* "Jane Doe Ltd offers you …" */
	if (g_unichar_isupper(g_utf8_get_char(lead->words->pdata[name])))
		return false;
	if (speaks && is_sent)
		return true;

	return lead->has_colon &&
	       (speaks || says(lead, name, name + 1, rules, NAME_RULE_MESSAGE) ||
		(is_sent && count - name <= WRITTEN_MAX_WORDS));
}

/* What the line says behind the name with which it begins. */
static const char *
text_behind(const Lead *lead, size_t name)
{
	const char *at = lead->text;

	for (size_t i = 0; i < name; i++)
		at = strstr(at, lead->words->pdata[i]) + strlen(lead->words->pdata[i]);

	return at;
}

static bool
is_lead(const Lead *lead, const GPtrArray *name, const NameRules *rules, bool is_below)
{
	size_t count = lead->words->len;

	if (count == 0 || count > LEAD_MAX_WORDS)
		return false;
	/* Below a line that is the name. */
	if (is_below)
		return lead->has_colon && is_clause(lead->text) &&
		       g_unichar_islower(g_utf8_get_char(lead->text)) &&
		       says(lead, 0, count, rules, NAME_RULE_READER) &&
		       says(lead, 0, count, rules, NAME_RULE_MESSAGE) &&
		       !says(lead, 0, count, rules, NAME_RULE_SELF);
	for (size_t known = name->len; known > 0; known = known > 1 ? 1 : 0) {
		if (count <= known || !has_name(lead, 0, name, known))
			continue;
		/* By the first name alone, a friend may speak, too. */
		return is_clause(text_behind(lead, known)) &&
		       !says(lead, known, count, rules, NAME_RULE_SELF) &&
		       (known > 1 || (lead->has_colon &&
				      says(lead, 1, count, rules, NAME_RULE_READER) &&
				      says(lead, 1, count, rules, NAME_RULE_MESSAGE))) &&
		       tells_of(lead, known, rules);
	}
	if (count <= name->len || !has_name(lead, count - name->len, name, name->len))
		return false;

	/* "Message from NAME:" */
	return lead->has_colon && is_clause(lead->text) &&
	       says(lead, 0, count - name->len, rules, NAME_RULE_MESSAGE) &&
	       !says(lead, 0, count - name->len, rules, NAME_RULE_SELF);
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
lead_length(GArray *lines, size_t at, const GPtrArray *name, const NameRules *rules,
	    bool is_below)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = at; i < lines->len && i < at + LEAD_MAX_LINES; i++) {
		g_autoptr(GPtrArray) words = NULL;
		const char *line = line_at(lines, i)->text;
		Lead lead;

		/* The rest of a wrapped one, "message:", may be known by itself. */
		if (!is_words(line_at(lines, i)) &&
		    (i == at || line_at(lines, i)->use != LINE_FRAME))
			break;
		g_string_append_printf(text, "%s%s", i > at ? " " : "", line);
		words = words_of(text->str);
		lead = (Lead){ .words = words,
			       .text = text->str,
			       .has_colon = ends_in_colon(text->str) };
		if (is_lead(&lead, name, rules, is_below) && is_followed(lines, i + 1) &&
		    (lead.has_colon || i + 1 == lines->len ||
		     !is_words(line_at(lines, i + 1))))
			return i + 1 - at;
		if (strlen(line) < WRAPPED_MIN_BYTES)
			break;
	}

	return 0;
}

void
note_lead_mark(const Invite *invite, GArray *lines, const NameRules *rules)
{
	g_autoptr(GPtrArray) name = NULL;
	bool is_below = false;

	if (invite->name == NULL || rules == NULL)
		return;
	name = words_of(invite->name);
	if (name->len == 0 || name->len > LEAD_MAX_WORDS)
		return;
	for (size_t i = 0; i < lines->len; i++) {
		size_t length = 0;

		if (line_at(lines, i)->text[0] == '\0')
			continue;
		if (is_below || is_first(lines, i))
			length = lead_length(lines, i, name, rules, is_below);
		for (size_t j = i; j < i + length; j++)
			line_at(lines, j)->use = LINE_FRAME;
		is_below = folded_same_text(invite->name, line_at(lines, i)->text);
	}
}
