/* SPDX-License-Identifier: BSD-2-Clause */
/* list-table.c - a list of invitations for people to read */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/json.h"
#include "base/terminal.h"
#include "ctl/list-table.h"
#include "ctl/listed.h"
#include "text/text.h"

#define HOUR 3600

/* Characters of a text that could stand in a line of any terminal. */
#define CELL_MAX_CHARS 400

/* Columns of the cells that every table has. */
#define AGE_COLUMNS     5
#define VERDICT_COLUMNS 12
#define STATE_COLUMNS   8

/* Longer lines greet nobody. */
#define GREETING_MAX_COLUMNS 40

/* From this width on the headline has a column of its own. */
#define WIDE_COLUMNS 100

/* One inviter. */
typedef struct {
	JsonObject *lead; /* borrowed: the invitation to answer first */
	gint64 mails;
	gint64 first; /* of those in the lead's state */
	bool is_due;
} Line;

static bool
is_open(JsonObject *row)
{
	return g_str_equal(listed_text(row, "state"), "open");
}

/* Negative where a is to be answered before b. */
static int
compare_rows(JsonObject *a, JsonObject *b)
{
	gint64 first = json_number(a, "first") - json_number(b, "first");
	gint64 worth = json_number(b, "worth") - json_number(a, "worth");

	if (is_open(a) != is_open(b))
		return is_open(a) ? -1 : 1;
	/* What is closed is over: the last one is the news. */
	if (!is_open(a))
		return first > 0 ? -1 : first < 0;
	if (worth != 0)
		return worth < 0 ? -1 : 1;

	return first < 0 ? -1 : first > 0;
}

static gint
compare_in_array(gconstpointer a, gconstpointer b)
{
	return compare_rows(*(JsonObject *const *)a, *(JsonObject *const *)b);
}

static bool
have_same(JsonObject *a, JsonObject *b, const char *key)
{
	const char *one = listed_text(a, key), *other = listed_text(b, key);

	return one[0] != '\0' && g_ascii_strcasecmp(one, other) == 0;
}

static bool
differ(JsonObject *a, JsonObject *b, const char *key)
{
	const char *one = listed_text(a, key), *other = listed_text(b, key);

	return one[0] != '\0' && other[0] != '\0' && g_ascii_strcasecmp(one, other) != 0;
}

/* One page or address is one person; one name is, at one network and of one page. */
static bool
are_same_inviter(JsonObject *a, JsonObject *b)
{
	if (have_same(a, b, "profile") || have_same(a, b, "address"))
		return true;

	return have_same(a, b, "name") && have_same(a, b, "network") &&
	       !differ(a, b, "profile") && !differ(a, b, "address");
}

/* An array of Line.  rows: sorted. */
static GArray *
group(const GPtrArray *rows)
{
	GArray *lines = g_array_new(FALSE, TRUE, sizeof(Line));

	for (guint i = 0; i < rows->len; i++) {
		JsonObject *row = rows->pdata[i];
		gint64 mails = json_number(row, "reminders") + 1;
		guint k;

		for (k = 0; k < lines->len; k++) {
			Line *line = &g_array_index(lines, Line, k);

			if (!are_same_inviter(line->lead, row))
				continue;
			line->mails += mails;
			line->is_due |= json_flag(row, "due");
			break;
		}
		if (k == lines->len) {
			Line line = { row, mails, json_number(row, "first"),
				      json_flag(row, "due") };

			g_array_append_val(lines, line);
		}
	}

	return lines;
}

/* One line of a text, cut to so many columns and filled up to them. */
static void
append_cell(GString *out, const char *text, int columns)
{
	g_autofree char *clean = text_clean(text, CELL_MAX_CHARS);
	int taken = 0, whole = terminal_columns(clean);
	const char *at = clean;

	while (*at != '\0') {
		gunichar c = g_utf8_get_char(at);
		int more = terminal_columns_of(c);

		if (taken + more > columns - (whole > columns ? 1 : 0))
			break;
		g_string_append_unichar(out, c);
		taken += more;
		at = g_utf8_next_char(at);
	}
	if (whole > columns && columns > 0) {
		g_string_append(out, "…");
		taken++;
	}
	g_string_append_printf(out, "%*s", columns - taken, "");
}

static char *
age_of(gint64 first, gint64 now)
{
	gint64 age = MAX(now - first, 0);

	return age < DAY_SECONDS ? g_strdup_printf("%dh", (int)(age / HOUR))
				 : g_strdup_printf("%dd", (int)(age / DAY_SECONDS));
}

static char *
who_of(const Line *line)
{
	const char *name = listed_text(line->lead, "name"),
		   *address = listed_text(line->lead, "address");
	const char *network = listed_text(line->lead, "network");
	g_autofree char *from =
	    g_strdup_printf("- %s", network[0] != '\0' ? network : "-");
	const char *who = name[0] != '\0' ? name : address[0] != '\0' ? address : from;

	return line->mails > 1
		   ? g_strdup_printf("%s (%d)", who, (int)MIN(line->mails, 9999))
		   : g_strdup(who);
}

/* Who, so that the number of mails is seen where the name is cut. */
static void
append_who(GString *out, const Line *line, int columns)
{
	g_autofree char *who = who_of(line);
	const char *count = line->mails > 1 ? strrchr(who, '(') : NULL;
	g_autofree char *name = NULL;

	if (count == NULL || terminal_columns(who) <= columns) {
		append_cell(out, who, columns);
		return;
	}
	name = g_strndup(who, (size_t)(count - who) - 1);
	append_cell(out, name, columns - (int)strlen(count) - 1);
	g_string_append_printf(out, " %s", count);
}

/* A note from behind the line that greets: it is short, and ends as those do. */
static const char *
behind_greeting(const char *note)
{
	static const char *const ends[] = { ",", "!", "，", "！", "،" };
	g_autofree char *line = g_strndup(note, strcspn(note, "\r\n"));
	const char *rest = note + strlen(line);

	rest += strspn(rest, "\r\n \t");
	if (rest[0] == '\0' || terminal_columns(g_strchomp(line)) > GREETING_MAX_COLUMNS)
		return note;
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
		if (g_str_has_suffix(line, ends[i]))
			return rest;

	return note;
}

static char *
quoted_note(JsonObject *row)
{
	const char *note = behind_greeting(listed_text(row, "note"));

	return note[0] != '\0' ? g_strdup_printf("“%s”", note) : g_strdup("");
}

static bool
is_colourful(FILE *out)
{
	const char *no = getenv("NO_COLOR");

	return isatty(fileno(out)) && (no == NULL || no[0] == '\0') &&
	       g_strcmp0(getenv("TERM"), "dumb") != 0;
}

const char *
list_table_colour(FILE *out, const char *verdict)
{
	static const struct {
		const char *verdict, *colour;
	} colours[] = {
		{ "known", "\033[1;32m" },       { "personal", "\033[1;32m" },
		{ "contextless", "\033[1;36m" }, { "default-text", "\033[1;36m" },
		{ "spammy", "\033[1;33m" },      { "impostor", "\033[1;31m" },
		{ "forged", "\033[1;31m" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(colours) && is_colourful(out); i++)
		if (g_str_equal(verdict, colours[i].verdict))
			return colours[i].colour;

	return "";
}

const char *
list_table_plain(FILE *out)
{
	return is_colourful(out) ? "\033[0m" : "";
}

static int
id_columns(const GArray *lines)
{
	gint64 most = 1;
	int columns = 1;

	for (guint i = 0; i < lines->len; i++)
		most = MAX(most, json_number(g_array_index(lines, Line, i).lead, "id"));
	for (; most >= 10; most /= 10)
		columns++;

	return MAX(columns, 2);
}

/* The columns of a table of this width. */
typedef struct {
	int id, who, headline, note; /* headline 0: it has none */
	bool has_state;
} Columns;

static Columns
columns_of(const GArray *lines, ListTableKind kind, int width)
{
	Columns columns = { .id = id_columns(lines),
			    .has_state = kind == LIST_TABLE_ALL };
	int rest = width - columns.id - 1 - AGE_COLUMNS - 1 - VERDICT_COLUMNS - 1 -
		   (columns.has_state ? STATE_COLUMNS + 1 : 0);

	columns.who = CLAMP(rest * 2 / 5, 8, 26);
	rest = MAX(rest - columns.who - 1, 4);
	columns.headline = width >= WIDE_COLUMNS ? rest * 2 / 5 : 0;
	columns.note = rest - (columns.headline > 0 ? columns.headline + 1 : 0);

	return columns;
}

static void
print_head(FILE *out, const Columns *columns)
{
	g_autoptr(GString) head = g_string_new(NULL);

	g_string_append_printf(head, "%*s  AGE  ", columns->id, "ID");
	append_cell(head, "VERDICT", VERDICT_COLUMNS);
	g_string_append_c(head, ' ');
	if (columns->has_state) {
		append_cell(head, "STATE", STATE_COLUMNS);
		g_string_append_c(head, ' ');
	}
	append_cell(head, "WHO", columns->who);
	g_string_append_c(head, ' ');
	if (columns->headline > 0) {
		append_cell(head, "HEADLINE", columns->headline);
		g_string_append_c(head, ' ');
	}
	g_string_append(head, "NOTE");
	fprintf(out, "%s%s%s\n", is_colourful(out) ? "\033[2m" : "", head->str,
		list_table_plain(out));
}

static void
print_line(FILE *out, const Line *line, const Columns *columns, gint64 now)
{
	JsonObject *row = line->lead;
	const char *verdict = listed_text(row, "verdict"),
		   *headline = listed_text(row, "headline");
	g_autofree char *age = age_of(line->first, now), *note = quoted_note(row);
	g_autoptr(GString) before = g_string_new(NULL), name = g_string_new(NULL),
			   after = g_string_new(NULL);
	bool has_note = note[0] != '\0';

	g_string_append_printf(before, "%*" G_GINT64_FORMAT " %4s%s ", columns->id,
			       json_number(row, "id"), age, line->is_due ? "!" : " ");
	append_cell(name, verdict, VERDICT_COLUMNS);
	if (columns->has_state) {
		append_cell(after, listed_text(row, "state"), STATE_COLUMNS);
		g_string_append_c(after, ' ');
	}
	append_who(after, line, columns->who);
	g_string_append_c(after, ' ');
	if (columns->headline > 0) {
		append_cell(after, headline, columns->headline);
		g_string_append_c(after, ' ');
	}
	append_cell(after, has_note || columns->headline > 0 ? note : headline,
		    columns->note);
	g_strchomp(after->str);
	fprintf(out, "%s%s%s%s %s\n", before->str, list_table_colour(out, verdict),
		name->str, list_table_plain(out), after->str);
}

/* Everything of it, for another program to cut. */
static void
print_fields(FILE *out, const Line *line)
{
	static const char *const keys[] = { "state", "verdict", "network", "request" };
	static const char *const texts[] = { "name", "headline", "note" };
	g_autoptr(GDateTime) first = g_date_time_new_from_unix_local(line->first);
	g_autofree char *day =
	    first != NULL ? g_date_time_format(first, "%Y-%m-%d") : g_strdup("-");

	fprintf(out, "%" G_GINT64_FORMAT "\t%s\t%s\t", json_number(line->lead, "id"), day,
		line->is_due ? "due" : "-");
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		g_autofree char *word =
		    text_clean(listed_text(line->lead, keys[i]), CELL_MAX_CHARS);

		fprintf(out, "%s\t", word[0] != '\0' ? word : "-");
	}
	fprintf(out, "%d", (int)line->mails);
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *text =
		    text_clean(listed_text(line->lead, texts[i]), CELL_MAX_CHARS);

		fprintf(out, "\t%s", text[0] != '\0' ? text : "-");
	}
	fputc('\n', out);
}

void
list_table_print(FILE *out, const GPtrArray *rows, ListTableKind kind, gint64 now)
{
	g_autoptr(GPtrArray) sorted = g_ptr_array_new();
	g_autoptr(GArray) lines = NULL;
	int width = terminal_width(out);
	Columns columns;

	for (guint i = 0; i < rows->len; i++)
		g_ptr_array_add(sorted, rows->pdata[i]);
	g_ptr_array_sort(sorted, compare_in_array);
	lines = group(sorted);
	columns = columns_of(lines, kind, width);
	if (width > 0 && lines->len > 0)
		print_head(out, &columns);
	for (guint i = 0; i < lines->len; i++) {
		const Line *line = &g_array_index(lines, Line, i);

		if (width > 0)
			print_line(out, line, &columns, now);
		else
			print_fields(out, line);
	}
}
