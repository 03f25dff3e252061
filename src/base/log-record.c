/* SPDX-License-Identifier: BSD-2-Clause */
/* log-record.c - what one line of the log says, as text or as JSON */

#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "base/json.h"
#include "base/log-record.h"
#include "base/terminal.h"

typedef enum {
	PAIR_WORD,
	PAIR_QUOTED,
	PAIR_NUMBER,
} PairKind;

typedef struct {
	const char *key;
	char *value;
	PairKind kind;
} Pair;

struct LogRecord {
	char *words; /* NULL: none */
	GArray *pairs;
};

static void
clear_pair(gpointer pair)
{
	g_free(((Pair *)pair)->value);
}

static GArray *
pairs_new(void)
{
	GArray *pairs = g_array_new(FALSE, FALSE, sizeof(Pair));

	g_array_set_clear_func(pairs, clear_pair);

	return pairs;
}

static Pair *
pair_at(const GArray *pairs, guint index)
{
	return &g_array_index(pairs, Pair, index);
}

/* As it is shown, whatever the line is written as. */
static void
add_pair(GArray *pairs, const char *key, const char *value, PairKind kind)
{
	Pair pair = { .key = key, .value = terminal_text(value), .kind = kind };

	g_array_append_val(pairs, pair);
}

LogRecord *
log_record_new(const char *words)
{
	LogRecord *record = g_new0(LogRecord, 1);

	record->words = words != NULL ? terminal_text(words) : NULL;
	record->pairs = pairs_new();

	return record;
}

void
log_record_free(LogRecord *record)
{
	if (record == NULL)
		return;

	g_free(record->words);
	g_array_unref(record->pairs);
	g_free(record);
}

void
log_record_add(LogRecord *record, const char *key, const char *value)
{
	add_pair(record->pairs, key, value, PAIR_WORD);
}

void
log_record_add_quoted(LogRecord *record, const char *key, const char *value)
{
	add_pair(record->pairs, key, value, PAIR_QUOTED);
}

void
log_record_add_number(LogRecord *record, const char *key, size_t number)
{
	g_autofree char *value = g_strdup_printf("%zu", number);

	add_pair(record->pairs, key, value, PAIR_NUMBER);
}

const char *
log_record_words(const LogRecord *record)
{
	return record->words;
}

const char *
log_record_value(const LogRecord *record, const char *key)
{
	for (guint i = 0; i < record->pairs->len; i++)
		if (g_str_equal(pair_at(record->pairs, i)->key, key))
			return pair_at(record->pairs, i)->value;

	return NULL;
}

char *
log_record_text(const LogRecord *record)
{
	GString *text = g_string_new(record->words);

	for (guint i = 0; i < record->pairs->len; i++) {
		const Pair *pair = pair_at(record->pairs, i);
		const char *mark = pair->kind == PAIR_QUOTED ? "\"" : "";

		g_string_append_printf(text, "%s%s=%s%s%s", text->len > 0 ? " " : "",
				       pair->key, mark, pair->value, mark);
	}

	return g_string_free(text, FALSE);
}

/* The head and the record, as they stand in the object. */
static GArray *
members_of(const LogRecord *record, const LogRecordHead *head)
{
	GArray *members = pairs_new();
	g_autoptr(GDateTime) seconds =
	    g_date_time_new_from_unix_utc(head->time / G_USEC_PER_SEC);
	g_autofree char *before = g_date_time_format(seconds, "%Y-%m-%dT%H:%M:%S");
	g_autofree char *time = g_strdup_printf(
	    "%s.%03dZ", before, (int)(head->time % G_USEC_PER_SEC / 1000));

	add_pair(members, "time", time, PAIR_WORD);
	add_pair(members, "level", head->level, PAIR_WORD);
	if (head->id != NULL && !g_str_equal(head->id, "-"))
		add_pair(members, "id", head->id, PAIR_WORD);
	if (record->words != NULL)
		add_pair(members, head->words, record->words, PAIR_WORD);
	for (guint i = 0; i < record->pairs->len; i++) {
		const Pair *pair = pair_at(record->pairs, i);

		add_pair(members, pair->key, pair->value, pair->kind);
	}

	return members;
}

static char *
object_of(const GArray *members)
{
	g_autoptr(JsonBuilder) json = json_builder_new();

	json_builder_begin_object(json);
	for (guint i = 0; i < members->len; i++) {
		const Pair *pair = pair_at(members, i);

		if (pair->kind == PAIR_NUMBER)
			json_add_number(json, pair->key,
					g_ascii_strtoll(pair->value, NULL, 10));
		else
			json_add_text(json, pair->key, pair->value);
	}
	json_builder_end_object(json);

	return json_line(json);
}

/* Leave out so many bytes, and no part of a character.  False where nothing is left. */
static bool
cut_longest(GArray *members, size_t excess)
{
	Pair *longest = NULL;
	size_t most = 0;
	char *end;

	for (guint i = 0; i < members->len; i++) {
		size_t length = strlen(pair_at(members, i)->value);

		if (pair_at(members, i)->kind != PAIR_NUMBER && length > most) {
			longest = pair_at(members, i);
			most = length;
		}
	}
	if (longest == NULL)
		return false;
	end = longest->value + most - MIN(excess, most);
	while (end > longest->value && ((unsigned char)*end & 0xc0) == 0x80)
		end--;
	*end = '\0';

	return true;
}

char *
log_record_json(const LogRecord *record, const LogRecordHead *head, size_t max)
{
	g_autoptr(GArray) members = members_of(record, head);
	char *line = object_of(members);
	size_t length;

	/* A byte of a value takes two of the line where it is escaped, else one. */
	while ((length = strlen(line)) > max &&
	       cut_longest(members, (length - max + 1) / 2)) {
		g_free(line);
		line = object_of(members);
	}

	return line;
}
