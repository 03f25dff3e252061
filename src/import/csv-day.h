/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	csv-day - which day does a table's cell name?
 *
 * DESCRIPTION
 *	Programs write a day in the words and the order of their user's
 *	language: "01 Mar 2024", "1. März 2024", "2024-03-01", "2024年3月1日",
 *	"1/22/18, 8:15 PM".  Months' names come from the data files
 *	(csv-columns.h), in all languages at once.  A time behind the day is
 *	passed over.
 *
 *	A cell of numbers alone, "3/1/24", may name two days.  A year in front,
 *	a number above 12, dots, "AM" or "PM" decide, or else the order that
 *	other cells of the same table have, which csv_day_order() reads from
 *	them.
 */
#ifndef CSV_DAY_H
#define CSV_DAY_H

#include <stdbool.h>

#include <glib.h>

/* Which number comes first where numbers alone name a day? */
typedef enum {
	DAY_ORDER_UNKNOWN,
	DAY_ORDER_DAY,
	DAY_ORDER_MONTH,
	DAY_ORDER_MIXED, /* cells contradict each other */
} DayOrder;

/* The number of the month that a word names, 1 to 12; 0: it names none. */
typedef int MonthNamed(const void *months, const char *word);

/* What a cell adds to what is known of the order. */
DayOrder csv_day_order(DayOrder known, const char *date);

/*
 * Midnight (UTC) of the day.  False with *day_out untouched where the form is
 * not known, where the order decides and is not known, or there is no such day.
 */
bool csv_day_read(MonthNamed *named, const void *months, const char *date, DayOrder order,
		  gint64 *day_out);

#endif
