/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	csv - people from a table with a header line
 *
 * DESCRIPTION
 *	Reads the tables that networks, mail programs and telephones export:
 *	comma, semicolon or tab, quoted or not, with or without a byte order
 *	mark, with words before the header line (LinkedIn's Connections.csv).
 *	Which column is what is data: section [columns] of people/NAME.people.
 *
 * SEE ALSO
 *	contact.h; RFC 4180
 */
#ifndef CSV_H
#define CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "people/contact.h"

typedef struct CsvColumns CsvColumns;

/* files: of Keyfile, kept by the columns. */
CsvColumns *csv_columns_new(GPtrArray *files, GError **error);
void csv_columns_free(CsvColumns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CsvColumns, csv_columns_free)

/* False, with nothing taken, where no line is a header that we know. */
bool csv_read(const CsvColumns *columns, const char *bytes, size_t length,
	      ContactTake *take, void *context);

#endif
