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
 *	A table with a word of key "connection" is a network's list of
 *	connections, and its people are of SOURCE_CONNECTION, seen on the day
 *	it tells; those of others are of SOURCE_CONTACT.
 *
 * SEE ALSO
 *	contact.h, csv-columns.h; RFC 4180
 */
#ifndef CSV_H
#define CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "people/contact.h"
#include "import/csv-columns.h"

/*
 * False, with nothing taken, where no line is a header that we know.  A day after now
 * (seconds since 1970) is told and not taken.
 */
bool csv_read(const CsvColumns *columns, const char *bytes, size_t length, gint64 now,
	      ContactTake *take, void *context);

#endif
