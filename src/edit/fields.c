/* SPDX-License-Identifier: BSD-2-Clause */
/* fields.c - the header fields that are ours */

#include "config.h"

#include <string.h>

#include "text/text.h"
#include "mail/encoded-field.h"
#include "edit/fields.h"

/*
 * A reply has at most so many characters: ours have 200, an administrator's may have
 * more.
 */
#define REPLY_MAX 2000

static const char *const names[FIELD_LAST] = {
	[FIELD_VERDICT] = "Invite-Verdict", [FIELD_REASONS] = "Invite-Reasons",
	[FIELD_FROM] = "Invite-From",       [FIELD_SUGGESTION] = "Invite-Suggestion",
	[FIELD_REPLY] = "Invite-Reply",
};

const char *
fields_name(Field field)
{
	return names[field];
}

Field
fields_of(const char *name)
{
	/* Called for every field of every mail: nearly all end here. */
	if (g_ascii_strncasecmp(name, "Invite-", strlen("Invite-")) != 0)
		return FIELD_LAST;

	for (size_t i = 0; i < FIELD_LAST; i++)
		if (g_ascii_strcasecmp(name, names[i]) == 0)
			return (Field)i;

	return FIELD_LAST;
}

void
fields_delete(Edits *edits, const size_t counts[FIELD_LAST])
{
	for (size_t field = 0; field < FIELD_LAST; field++)
		if (counts[field] > 0)
			edits_delete(edits, names[field], counts[field]);
}

/* text: clean, of any characters. */
static void
insert(Edits *edits, Field field, const char *text)
{
	g_autofree char *value =
	    encoded_field(text, ENCODED_TEXT, strlen(names[field]) + strlen(": "));

	edits_insert(edits, names[field], value);
}

static void
insert_verdict(Edits *edits, const Assessment *assessment)
{
	const Kind *kind = assessment->kind;
	NoteClass note = assessment->note != NULL ? assessment->note->class : NOTE_NONE;
	g_autofree char *text = g_strdup_printf(
	    "%s; network=%s; request=%s; relation=%s; authenticity=%s; note=%s%s",
	    verdict_name(assessment->verdict), assessment->network->name,
	    network_request_name(kind != NULL ? kind->request : REQUEST_NONE),
	    relation_name(assessment->relation),
	    authenticity_name(assessment->authenticity), note_class_name(note),
	    kind != NULL && kind->is_reminder ? "; reminder=yes" : "");

	insert(edits, FIELD_VERDICT, text);
}

static void
insert_reasons(Edits *edits, const Assessment *assessment)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; i < assessment->reasons->len; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? ", " : "",
				       (const char *)assessment->reasons->pdata[i]);
	if (text->len > 0)
		insert(edits, FIELD_REASONS, text->str);
}

/* "Name <profile>", as far as they are known. */
static void
insert_from(Edits *edits, const Invite *invite)
{
	size_t used = strlen(names[FIELD_FROM]) + strlen(": ");
	g_autofree char *cut = NULL, *name = NULL, *value = NULL;

	if (invite->name == NULL)
		return;
	cut = text_clean(invite->name, TEXT_NAME_MAX);
	name = encoded_field(cut, ENCODED_PHRASE, used);
	value = invite->profile != NULL
		    ? g_strdup_printf("%s\n\t<%s>", name, invite->profile)
		    : g_strdup(name);
	edits_insert(edits, names[FIELD_FROM], value);
}

static void
insert_suggestion(Edits *edits, const Suggestion *suggestion)
{
	const char *answer = verdict_answer_name(suggestion->answer);
	g_autofree char *value =
	    suggestion->url != NULL
		? g_strdup_printf("%s;\n\turl=\"%s\"", answer, suggestion->url)
		: g_strdup(answer);

	edits_insert(edits, names[FIELD_SUGGESTION], value);
}

void
fields_insert(Edits *edits, const Assessment *assessment, FieldsReply reply)
{
	const char *text =
	    reply == FIELDS_WITH_REPLY ? assessment->suggestion->reply : NULL;
	g_autofree char *line = text != NULL ? text_clean(text, REPLY_MAX) : NULL;

	insert_verdict(edits, assessment);
	insert_reasons(edits, assessment);
	if (assessment->verdict != VERDICT_FORGED)
		insert_from(edits, assessment->invite);
	insert_suggestion(edits, assessment->suggestion);
	if (line != NULL)
		insert(edits, FIELD_REPLY, line);
}
