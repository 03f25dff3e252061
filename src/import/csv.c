/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * csv.c - people from a table with a header line
 *
 * Design rationale
 *	libcsv splits, and we walk the lines: it is given one at a time, each
 *	with LF behind it, and what it has then told is whether the record ended
 *	in that line.  So the line is known in which a record begins, and after
 *	a quote that nobody closes reading goes on one line below it.
 *
 *	That costs no more than twice the reading: a line with an odd number of
 *	quotes ends what another one began, wherever the record broke.
 */

#include "config.h"

#include <string.h>

#include <csv.h>

#include "base/day.h"
#include "text/charset.h"
#include "import/csv.h"
#include "import/lines.h"

enum {
	MAX_HEADER_LINE = 30,   /* below it nobody finds a header */
	MAX_RECORD = 64 * 1024, /* bytes */
	/* More columns has a table of contacts, with birthdays among them. */
	MAX_CONNECTION_COLUMNS = 10,
};

typedef struct {
	struct csv_parser parser;
	GPtrArray *fields; /* char *, UTF-8 */
	bool is_done;      /* the record has ended */
} Splitter;

typedef struct {
	const CsvColumns *columns; /* borrowed */
	ContactTake *take;         /* borrowed, as is context */
	void *context;
	gint64 now;
	Lines lines;
	char delimiter;
	GArray *meanings; /* CsvColumn of each column */
	DayOrder order;   /* of its dates */
	/* Unknown columns that hold nothing but days so far, by bits, and any day. */
	unsigned maybe_days, days;
	bool has_unknown_days; /* a column of days in a language that nobody knows */
	Source source;
} Table;

/* trouble: why the record that begins in this line cannot be read, or NULL. */
typedef void RecordTake(Table *table, const GPtrArray *fields, size_t line,
			const char *trouble);

static void
on_field(void *text, size_t length, void *context)
{
	Splitter *splitter = context;

	g_ptr_array_add(splitter->fields, charset_text(text, length, NULL));
}

static void
on_record(int end, void *context)
{
	Splitter *splitter = context;

	(void)end;
	splitter->is_done = true;
}

static void
splitter_init(Splitter *splitter, char delimiter)
{
	/* CSV_REPALL_NL: an empty line is a record without fields. */
	csv_init(&splitter->parser, CSV_STRICT | CSV_APPEND_NULL | CSV_REPALL_NL);
	csv_set_delim(&splitter->parser, (unsigned char)delimiter);
	csv_set_blk_size(&splitter->parser, 4096);
	splitter->fields = g_ptr_array_new_with_free_func(g_free);
	splitter->is_done = false;
}

static void
splitter_clear(Splitter *splitter)
{
	csv_free(&splitter->parser);
	g_clear_pointer(&splitter->fields, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Splitter, splitter_clear)

static bool
split_bytes(Splitter *splitter, const char *bytes, size_t length)
{
	return csv_parse(&splitter->parser, bytes, length, on_field, on_record,
			 splitter) == length;
}

static bool
split_line(Splitter *splitter, Span line)
{
	return split_bytes(splitter, line.text, line.length) &&
	       split_bytes(splitter, "\n", 1);
}

/* How many columns of a line we know, were it a header; 0 where it cannot be one. */
static size_t
header_score(const CsvColumns *columns, Span line, char delimiter)
{
	g_auto(Splitter) splitter = { 0 };
	size_t counts[CSV_COLUMN_LAST] = { 0 }, known;
	bool has_name;

	splitter_init(&splitter, delimiter);
	if (line.length > MAX_RECORD || !split_line(&splitter, line) || !splitter.is_done)
		return 0;

	for (size_t i = 0; i < splitter.fields->len; i++)
		counts[csv_columns_meaning(columns, splitter.fields->pdata[i])]++;
	known = splitter.fields->len - counts[CSV_COLUMN_UNKNOWN];
	has_name = counts[CSV_COLUMN_FIRST] + counts[CSV_COLUMN_FAMILY] +
		       counts[CSV_COLUMN_NAME] >
		   0;

	return counts[CSV_COLUMN_ADDRESS] > 0 || (has_name && known > 1) ? known : 0;
}

/* The delimiter by which the line is a header, or 0. */
static char
delimiter_of(const CsvColumns *columns, Span line)
{
	static const char delimiters[] = { ',', ';', '\t' };
	size_t most = 0;
	char best = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(delimiters); i++) {
		size_t score = header_score(columns, line, delimiters[i]);

		if (score > most) {
			most = score;
			best = delimiters[i];
		}
	}

	return best;
}

/* Beside a column of first names, "Name" means the family name. */
static void
settle_names(GArray *meanings)
{
	bool has_first = false, has_family = false;

	for (size_t i = 0; i < meanings->len; i++) {
		has_first |= g_array_index(meanings, CsvColumn, i) == CSV_COLUMN_FIRST;
		has_family |= g_array_index(meanings, CsvColumn, i) == CSV_COLUMN_FAMILY;
	}
	for (size_t i = 0; has_first && !has_family && i < meanings->len; i++)
		if (g_array_index(meanings, CsvColumn, i) == CSV_COLUMN_NAME)
			g_array_index(meanings, CsvColumn, i) = CSV_COLUMN_FAMILY;
}

static void
take_header(Table *table, Span line)
{
	g_auto(Splitter) splitter = { 0 };

	splitter_init(&splitter, table->delimiter);
	split_line(&splitter, line);
	for (size_t i = 0; i < splitter.fields->len; i++) {
		const char *word = splitter.fields->pdata[i];
		CsvColumn column = csv_columns_meaning(table->columns, word);

		g_array_append_val(table->meanings, column);
		if (csv_columns_is_connection(table->columns, word))
			table->source = SOURCE_CONNECTION;
	}
	settle_names(table->meanings);
}

static bool
find_header(Table *table)
{
	Span line;

	while (table->lines.number < MAX_HEADER_LINE &&
	       lines_next(&table->lines, &line)) {
		table->delimiter = delimiter_of(table->columns, line);
		if (table->delimiter != 0) {
			take_header(table, line);
			return true;
		}
	}

	return false;
}

static void
take_addresses(Contact *contact, const char *field)
{
	/* Set apart by ":::" (Google), ";" or ","; or in brackets behind a name. */
	g_auto(GStrv) words = g_strsplit_set(field, ":;,<> \t\n", -1);

	for (size_t i = 0; words[i] != NULL; i++)
		contact_add_address(contact, words[i]);
}

static void
take_urls(Contact *contact, const char *field)
{
	g_auto(GStrv) urls = g_strsplit(field, ":::", -1);

	for (size_t i = 0; urls[i] != NULL; i++)
		contact_add_url(contact, urls[i]);
}

/* firsts: the first value of each column; "" for none. */
static void
take_firsts(Contact *contact, const char *const *firsts)
{
	g_autofree char *joined =
	    g_strjoin(" ", firsts[CSV_COLUMN_FIRST], firsts[CSV_COLUMN_MIDDLE],
		      firsts[CSV_COLUMN_FAMILY], NULL);

	contact_set_name(contact, firsts[CSV_COLUMN_NAME]);
	if (contact->name == NULL)
		contact_set_name(contact, joined);
	contact_drop_false_name(contact);
	contact_set_company(contact, firsts[CSV_COLUMN_COMPANY]);
}

static bool
has_column(const Table *table, CsvColumn column)
{
	for (size_t i = 0; i < table->meanings->len; i++)
		if (g_array_index(table->meanings, CsvColumn, i) == column)
			return true;

	return false;
}

/* Which of the columns that nobody knows hold days? */
static void
survey_unknown(Table *table, size_t column, const char *cell)
{
	gint64 day;

	if (cell[0] == '\0' || column >= MAX_CONNECTION_COLUMNS)
		return;
	if (csv_columns_day(table->columns, cell, DAY_ORDER_UNKNOWN, &day) ||
	    csv_day_order(DAY_ORDER_UNKNOWN, cell) != DAY_ORDER_UNKNOWN)
		table->days |= 1U << column;
	else
		table->maybe_days &= ~(1U << column);
}

/* What the cells of a table show of its days, before any of them is read. */
static void
survey_record(Table *table, const GPtrArray *fields, G_GNUC_UNUSED size_t line,
	      const char *trouble)
{
	for (size_t i = 0; trouble == NULL && i < MIN(fields->len, table->meanings->len);
	     i++) {
		CsvColumn column = g_array_index(table->meanings, CsvColumn, i);

		if (column == CSV_COLUMN_DATE)
			table->order = csv_day_order(table->order, fields->pdata[i]);
		else if (column == CSV_COLUMN_UNKNOWN)
			survey_unknown(table, i, fields->pdata[i]);
	}
}

/* Why the record's day cannot be used, or NULL; an empty cell of a day names none. */
static const char *
take_day(const Table *table, Contact *contact, const char *date)
{
	gint64 day;

	if (table->has_unknown_days || has_column(table, CSV_COLUMN_DATE))
		contact->seen = CONTACT_LONG_AGO;
	if (date[0] == '\0')
		return NULL;
	if (!csv_columns_day(table->columns, date, table->order, &day))
		return "a date whose form is not known";
	/* Somewhere it is tomorrow already. */
	if (day > table->now + DAY_SECONDS)
		return "a date in the future";
	contact->seen = day;

	return NULL;
}

static void
take_record(Table *table, const GPtrArray *fields, size_t line, const char *trouble)
{
	g_auto(Contact) contact = { 0 };
	const char *firsts[CSV_COLUMN_LAST];

	if (trouble != NULL) {
		table->take(table->context, NULL, line, trouble);
		return;
	}
	contact_init(&contact, table->source);
	for (size_t i = 0; i < G_N_ELEMENTS(firsts); i++)
		firsts[i] = "";
	for (size_t i = 0; i < MIN(fields->len, table->meanings->len); i++) {
		CsvColumn column = g_array_index(table->meanings, CsvColumn, i);

		if (column == CSV_COLUMN_ADDRESS)
			take_addresses(&contact, fields->pdata[i]);
		else if (column == CSV_COLUMN_URL)
			take_urls(&contact, fields->pdata[i]);
		else if (firsts[column][0] == '\0')
			firsts[column] = fields->pdata[i];
	}
	take_firsts(&contact, firsts);
	trouble = take_day(table, &contact, firsts[CSV_COLUMN_DATE]);

	if (contact_is_somebody(&contact))
		table->take(table->context, &contact, line, trouble);
	else
		table->take(table->context, NULL, line,
			    contact.company == NULL ? "empty"
						    : "neither name nor address");
}

/*
 * Why a record cannot be read.  broken: the line where reading ended; length: the
 * bytes read so far.
 */
static const char *
trouble_of(size_t begun, size_t broken, size_t length)
{
	if (broken > begun)
		return "a quote that nobody closes";

	return length > MAX_RECORD ? "longer than 64 kB" : "a quote in the wrong place";
}

/* The next record, into splitter; on trouble the lines go on behind its first one. */
static const char *
read_record(Table *table, Splitter *splitter, size_t begun)
{
	Lines below = { 0 };
	size_t length = 0;
	Span line;

	while (lines_next(&table->lines, &line)) {
		size_t number = table->lines.number;

		if (number == begun)
			below = table->lines;
		length += line.length + strlen("\n");
		if (length > MAX_RECORD || !split_line(splitter, line)) {
			table->lines = below;
			return trouble_of(begun, number, length);
		}
		if (splitter->is_done)
			return NULL;
	}
	table->lines = below;

	return "a quote that nobody closes";
}

static void
read_records(Table *table, RecordTake *take)
{
	g_auto(Splitter) splitter = { 0 };

	splitter_init(&splitter, table->delimiter);
	while (table->lines.at < table->lines.end) {
		size_t begun = table->lines.number + 1;
		const char *trouble = read_record(table, &splitter, begun);

		if (trouble != NULL) {
			take(table, NULL, begun, trouble);
			splitter_clear(&splitter);
			splitter_init(&splitter, table->delimiter);
		} else if (splitter.fields->len > 0) {
			take(table, splitter.fields, begun, NULL);
		}
		g_ptr_array_set_size(splitter.fields, 0);
		splitter.is_done = false;
	}
}

/* A network's list of connections in a language whose word for the day nobody knows. */
static bool
has_unknown_days(const Table *table)
{
	return table->meanings->len <= MAX_CONNECTION_COLUMNS &&
	       has_column(table, CSV_COLUMN_URL) && !has_column(table, CSV_COLUMN_DATE) &&
	       (table->days & table->maybe_days) != 0;
}

bool
csv_read(const CsvColumns *columns, const char *bytes, size_t length, gint64 now,
	 ContactTake *take, void *context)
{
	g_autoptr(GBytes) unmarked = charset_unmarked(bytes, length);
	g_autoptr(GArray) meanings = g_array_new(FALSE, FALSE, sizeof(CsvColumn));
	Table table = { .columns = columns,
			.take = take,
			.context = context,
			.now = now,
			.meanings = meanings,
			.source = SOURCE_CONTACT };
	Lines first;
	gsize size;
	const char *text = g_bytes_get_data(unmarked, &size);

	lines_init(&table.lines, text, size);
	if (!find_header(&table))
		return false;

	first = table.lines;
	table.maybe_days = ~0U;
	read_records(&table, survey_record);
	table.lines = first;
	table.has_unknown_days = has_unknown_days(&table);
	if (table.has_unknown_days)
		take(context, NULL, first.number,
		     "a column of dates has a name that is not known");
	read_records(&table, take_record);

	return true;
}
