/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * head.c - the header fields of one mail, as given
 *
 * Design rationale
 *	Every mail passes here, the ordinary one too, so adding a field is a
 *	copy into one arena and no allocation.  Positions are kept, not
 *	pointers, for the arena moves when it grows.
 */

#include "config.h"

#include <string.h>

#include "mail/head.h"

/* Room for an ordinary mail: it is made at the start and kept. */
#define ARENA_START  (8 * 1024 - 1) /* and the zero at its end */
#define ARENA_KEEP   (16 * 1024)
#define FIELDS_START 64

typedef struct {
	size_t name; /* where in the arena */
	size_t value;
} Field;

struct Head {
	GString *arena; /* name NUL value NUL, again and again */
	GArray *fields; /* of Field */
	bool is_over;
};

Head *
head_new(void)
{
	Head *head = g_new0(Head, 1);

	head->arena = g_string_sized_new(ARENA_START);
	head->fields = g_array_sized_new(FALSE, FALSE, sizeof(Field), FIELDS_START);

	return head;
}

void
head_free(Head *head)
{
	if (head == NULL)
		return;

	g_string_free(head->arena, TRUE);
	g_array_unref(head->fields);
	g_free(head);
}

void
head_reset(Head *head)
{
	if (head->arena->allocated_len > ARENA_KEEP) {
		g_string_free(head->arena, TRUE);
		head->arena = g_string_sized_new(ARENA_START);
	}

	g_string_truncate(head->arena, 0);
	g_array_set_size(head->fields, 0);
	head->is_over = false;
}

static size_t
arena_put(GString *arena, const char *text, size_t length)
{
	size_t at = arena->len;

	/* The closing NUL comes along. */
	g_string_append_len(arena, text, (gssize)length + 1);

	return at;
}

void
head_add(Head *head, const char *name, const char *value)
{
	size_t name_length = strlen(name), value_length = strlen(value);
	size_t room = HEAD_MAX_BYTES - head->arena->len;
	Field field;

	if (head->fields->len >= HEAD_MAX_FIELDS || name_length > room ||
	    value_length > room || name_length + value_length + 2 > room) {
		head->is_over = true;
		return;
	}

	field.name = arena_put(head->arena, name, name_length);
	field.value = arena_put(head->arena, value, value_length);
	g_array_append_val(head->fields, field);
}

bool
head_is_over(const Head *head)
{
	return head->is_over;
}

size_t
head_length(const Head *head)
{
	return head->fields->len;
}

const char *
head_name(const Head *head, size_t index)
{
	g_assert(index < head->fields->len);

	return head->arena->str + g_array_index(head->fields, Field, index).name;
}

const char *
head_value(const Head *head, size_t index)
{
	g_assert(index < head->fields->len);

	return head->arena->str + g_array_index(head->fields, Field, index).value;
}

const char *
head_get(const Head *head, const char *name)
{
	char first = g_ascii_tolower(name[0]);

	/* Every mail is asked for fields that few have. */
	for (size_t i = 0; i < head->fields->len; i++) {
		const char *other = head_name(head, i);

		if (g_ascii_tolower(other[0]) == first &&
		    g_ascii_strcasecmp(other, name) == 0)
			return head_value(head, i);
	}

	return NULL;
}

size_t
head_count(const Head *head, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < head_length(head); i++)
		count += g_ascii_strcasecmp(head_name(head, i), name) == 0;

	return count;
}

/* The length of the line break that stands here, or 0; a lone CR is none. */
static size_t
break_length(const char *at)
{
	return at[0] == '\n' ? 1 : at[0] == '\r' && at[1] == '\n' ? 2 : 0;
}

/*
 * The text behind a row of breaks: lines without any text are skipped, since
 * one of them could end the head for the next reader.  "" at the value's end.
 */
static const char *
skip_breaks(const char *at)
{
	const char *start = at;
	size_t length;

	while (*at != '\0') {
		length = break_length(at);
		if (length > 0)
			start = at += length;
		else if (*at == ' ' || *at == '\t' || *at == '\r')
			at++;
		else
			return start;
	}

	return at;
}

static void
write_value(GString *out, const char *value)
{
	const char *at = value;

	while (*at != '\0') {
		if (break_length(at) == 0) {
			g_string_append_c(out, *at++);
			continue;
		}
		at = skip_breaks(at);
		if (*at == ' ' || *at == '\t')
			g_string_append(out, "\r\n");
		else if (*at != '\0')
			g_string_append(out, "\r\n\t");
	}
}

/* Would the line this name begins be read as a field? */
static bool
is_name(const char *name)
{
	if (*name == '\0' || *name == ' ')
		return false;

	for (; *name != '\0'; name++)
		if (*name == ':' || g_ascii_iscntrl(*name))
			return false;

	return true;
}

void
head_write(const Head *head, const char *prefix, GString *out)
{
	size_t length = strlen(prefix);

	for (size_t i = 0; i < head->fields->len; i++) {
		const char *value = head_value(head, i);

		if (g_ascii_strncasecmp(head_name(head, i), prefix, length) != 0 ||
		    !is_name(head_name(head, i)))
			continue;

		g_string_append(out, head_name(head, i));
		g_string_append_c(out, ':');
		if (*value != ' ' && *value != '\t' && break_length(value) == 0)
			g_string_append_c(out, ' ');
		write_value(out, value);
		g_string_append(out, "\r\n");
	}

	g_string_append(out, "\r\n");
}
