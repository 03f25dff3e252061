/* SPDX-License-Identifier: BSD-2-Clause */
/* csv-columns.c - what the words of a table's header line mean */

#include "config.h"

#include <string.h>

#include "base/keyfile.h"
#include "text/folded.h"
#include "import/csv-columns.h"

#define MONTHS 12

struct CsvColumns {
	GHashTable *words;       /* normal form, owned -> CsvColumn */
	GHashTable *connections; /* normal form, owned */
	GPtrArray *months;       /* beginnings in their form, owned; twelve of each key */
};

static const char *const keys[] = {
	[CSV_COLUMN_FIRST] = "first",     [CSV_COLUMN_MIDDLE] = "middle",
	[CSV_COLUMN_FAMILY] = "last",     [CSV_COLUMN_NAME] = "name",
	[CSV_COLUMN_ADDRESS] = "address", [CSV_COLUMN_COMPANY] = "company",
	[CSV_COLUMN_URL] = "url",         [CSV_COLUMN_DATE] = "date",
};

/* Folded, and every number in it "#". */
static char *
normal(const char *word)
{
	char *folded = folded_text(word), *to = folded;

	for (const char *from = folded; *from != '\0'; from++)
		if (!g_ascii_isdigit(*from))
			*to++ = *from;
		else if (to == folded || to[-1] != '#')
			*to++ = '#';
	*to = '\0';

	return folded;
}

static CsvColumn
column_of(const char *key)
{
	for (size_t i = CSV_COLUMN_UNKNOWN + 1; i < CSV_COLUMN_LAST; i++)
		if (g_str_equal(keys[i], key))
			return (CsvColumn)i;

	return CSV_COLUMN_UNKNOWN;
}

static bool
take_words(CsvColumns *columns, CsvColumn column, const Keyfile *file,
	   const KeyfileEntry *entry, GError **error)
{
	for (size_t i = 0; entry->list[i] != NULL; i++) {
		CsvColumn before = csv_columns_meaning(columns, entry->list[i]);

		if (before != CSV_COLUMN_UNKNOWN && before != column)
			return keyfile_error(file, entry, error, "%s is %s already",
					     entry->list[i], keys[before]);
		g_hash_table_replace(columns->words, normal(entry->list[i]),
				     GUINT_TO_POINTER(column));
	}

	return true;
}

/* Without case alone: Hindi's January and June differ in a vowel's sign. */
static char *
month_form(const char *word)
{
	g_autofree char *normal = g_utf8_normalize(word, -1, G_NORMALIZE_NFC);

	return g_utf8_casefold(normal != NULL ? normal : word, -1);
}

static bool
take_months(CsvColumns *columns, const Keyfile *file, const KeyfileEntry *entry,
	    GError **error)
{
	if (g_strv_length((char **)entry->list) != MONTHS)
		return keyfile_error(file, entry, error,
				     "give all twelve, separated by ;");

	for (int i = 0; i < MONTHS; i++) {
		g_autofree char *form = month_form(entry->list[i]);

		/* Most begin with another letter. */
		for (size_t j = 0; j < columns->months->len; j++)
			if (*(const char *)columns->months->pdata[j] == form[0] &&
			    (int)(j % MONTHS) != i &&
			    g_str_equal(columns->months->pdata[j], form))
				return keyfile_error(file, entry, error,
						     "%s is another month already",
						     entry->list[i]);
		g_ptr_array_add(columns->months, g_steal_pointer(&form));
	}

	return true;
}

static bool
read_entry(CsvColumns *columns, const Keyfile *file, const KeyfileEntry *entry,
	   GError **error)
{
	CsvColumn column = column_of(entry->key);

	if (column != CSV_COLUMN_UNKNOWN)
		return take_words(columns, column, file, entry, error);
	if (g_str_equal(entry->key, "months"))
		return take_months(columns, file, entry, error);
	if (!g_str_equal(entry->key, "connection"))
		return keyfile_error(file, entry, error,
				     "no such key; there are first, middle, last, name, "
				     "address, company, url, date, connection, months");

	for (size_t i = 0; entry->list[i] != NULL; i++)
		g_hash_table_add(columns->connections, normal(entry->list[i]));

	return true;
}

CsvColumns *
csv_columns_new(GPtrArray *files, GError **error)
{
	g_autoptr(CsvColumns) columns = g_new0(CsvColumns, 1);

	columns->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	columns->connections =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	columns->months = g_ptr_array_new_with_free_func(g_free);

	for (size_t i = 0; i < files->len; i++)
		for (size_t j = 0; j < keyfile_length(files->pdata[i]); j++) {
			const KeyfileEntry *entry = keyfile_entry(files->pdata[i], j);

			if (g_str_equal(entry->group, "columns") &&
			    !read_entry(columns, files->pdata[i], entry, error))
				return NULL;
		}

	return g_steal_pointer(&columns);
}

void
csv_columns_free(CsvColumns *columns)
{
	if (columns == NULL)
		return;

	g_hash_table_unref(columns->words);
	g_hash_table_unref(columns->connections);
	g_ptr_array_unref(columns->months);
	g_free(columns);
}

CsvColumn
csv_columns_meaning(const CsvColumns *columns, const char *word)
{
	g_autofree char *key = normal(word);

	return (CsvColumn)GPOINTER_TO_UINT(g_hash_table_lookup(columns->words, key));
}

bool
csv_columns_is_connection(const CsvColumns *columns, const char *word)
{
	g_autofree char *key = normal(word);

	return g_hash_table_contains(columns->connections, key);
}

/* A MonthNamed: by the longest beginning, for "mar" is March and "marras" November. */
static int
month_named(const void *context, const char *word)
{
	const CsvColumns *columns = context;
	g_autofree char *form = month_form(word);
	size_t longest = 0;
	int month = 0;

	for (size_t i = 0; i < columns->months->len; i++) {
		const char *beginning = columns->months->pdata[i];
		size_t length = strlen(beginning);

		if (length > longest && g_str_has_prefix(form, beginning)) {
			longest = length;
			month = (int)(i % MONTHS) + 1;
		}
	}

	return month;
}

bool
csv_columns_day(const CsvColumns *columns, const char *date, DayOrder order,
		gint64 *day_out)
{
	return csv_day_read(month_named, columns, date, order, day_out);
}
