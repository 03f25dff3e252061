/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	csv-columns - what the words of a table's header line mean
 *
 * DESCRIPTION
 *	Reads the section [columns] of the files people/NAME.people;
 *	name-rules.h reads the others.  A word is compared folded (folded.h),
 *	each number in it as "#".
 *
 * SEE ALSO
 *	csv.h, csv-day.h; people/columns.people, which tells the keys
 */
#ifndef CSV_COLUMNS_H
#define CSV_COLUMNS_H

#include <stdbool.h>

#include <glib.h>

#include "import/csv-day.h"

typedef enum {
	CSV_COLUMN_UNKNOWN,
	CSV_COLUMN_FIRST,
	CSV_COLUMN_MIDDLE,
	CSV_COLUMN_FAMILY, /* key: last */
	CSV_COLUMN_NAME,
	CSV_COLUMN_ADDRESS,
	CSV_COLUMN_COMPANY,
	CSV_COLUMN_URL,
	CSV_COLUMN_DATE,
	CSV_COLUMN_LAST
} CsvColumn;

typedef struct CsvColumns CsvColumns;

/* files: of Keyfile, borrowed for the call. */
CsvColumns *csv_columns_new(GPtrArray *files, GError **error);
void csv_columns_free(CsvColumns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CsvColumns, csv_columns_free)

CsvColumn csv_columns_meaning(const CsvColumns *columns, const char *word);

/* Does it stand only in a network's list of connections? */
bool csv_columns_is_connection(const CsvColumns *columns, const char *word);

/* Midnight (UTC) of the day, by the months of all languages; as csv_day_read(). */
bool csv_columns_day(const CsvColumns *columns, const char *date, DayOrder order,
		     gint64 *day_out);

#endif
