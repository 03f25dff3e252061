/* SPDX-License-Identifier: BSD-2-Clause */
/* csv-day.c - which day does a table's cell name? */

#include "config.h"

#include <string.h>

#include "import/csv-day.h"

enum {
	MAX_WORD = 48,     /* bytes; no month's name is longer */
	FIRST_YEAR = 1970, /* seconds are counted from it */
	CENTURY = 2000,    /* of a year of two digits */
	BUDDHIST = 543,    /* Thailand's years are so many ahead */
	BUDDHIST_MIN = 2500,
	MOST_NUMBER = 9999,
};

/* One number of a cell. */
typedef struct {
	int value;
	size_t digits;
	gunichar after; /* what stands behind it, 0: nothing */
} Number;

/* A cell taken apart, up to its time. */
typedef struct {
	Number numbers[3];
	size_t count;
	int month;     /* that a word names, or 0 */
	bool is_month; /* is a month named at all? */
	bool has_half; /* AM or PM stands behind */
	bool is_odd;   /* there is more than a day and a time */
} Parts;

static bool
is_digit(gunichar c)
{
	return g_unichar_digit_value(c) >= 0;
}

/* In Chinese, Japanese and Korean a sign behind the number says which it is. */
static bool
is_month_sign(gunichar c)
{
	return c == 0x6708 || c == 0xc6d4;
}

static bool
is_day_sign(gunichar c)
{
	return c == 0x5e74 || c == 0x65e5 || c == 0xb144 || c == 0xc77c;
}

static bool
is_word_part(gunichar c)
{
	return g_unichar_isalpha(c) || g_unichar_ismark(c) || c == '.' || c == 0x970 ||
	       c == '\'';
}

static const char *
take_number(const char *at, Number *number_out)
{
	*number_out = (Number){ 0 };
	for (; is_digit(g_utf8_get_char(at)); at = g_utf8_next_char(at)) {
		number_out->value = MIN(number_out->value * 10 +
					    g_unichar_digit_value(g_utf8_get_char(at)),
					MOST_NUMBER + 1);
		number_out->digits++;
	}
	number_out->after = g_utf8_get_char(at);

	return at;
}

/* The word at the place, without what stands around it. */
static const char *
take_word(const char *at, char *word_out)
{
	const char *start = at;
	size_t length;

	while (is_word_part(g_utf8_get_char(at)))
		at = g_utf8_next_char(at);
	length = MIN((size_t)(at - start), MAX_WORD - 1);
	memcpy(word_out, start, length);
	word_out[length] = '\0';

	return at;
}

static bool
is_half(const char *word)
{
	return g_ascii_strcasecmp(word, "AM") == 0 ||
	       g_ascii_strcasecmp(word, "PM") == 0 ||
	       g_ascii_strcasecmp(word, "a.m.") == 0 ||
	       g_ascii_strcasecmp(word, "p.m.") == 0;
}

static bool
has_day(const Parts *parts)
{
	return parts->count + parts->is_month >= G_N_ELEMENTS(parts->numbers);
}

static void
take_part(Parts *parts, const Number *number)
{
	if (is_month_sign(number->after) && !parts->is_month) {
		parts->is_month = true;
		parts->month = number->value <= 12 ? number->value : 0;
	} else if (parts->count < G_N_ELEMENTS(parts->numbers)) {
		parts->numbers[parts->count++] = *number;
	}
}

/* Behind the day stands nothing but a time: numbers, signs, AM or PM. */
static void
parts_init(Parts *parts, MonthNamed *named, const void *months, const char *date)
{
	char word[MAX_WORD];
	Number number;

	*parts = (Parts){ 0 };
	for (const char *at = date; *at != '\0';) {
		gunichar c = g_utf8_get_char(at);

		if (is_digit(c)) {
			at = take_number(at, &number);
			parts->is_odd |= number.after == ':' && !has_day(parts);
			if (!has_day(parts))
				take_part(parts, &number);
		} else if (g_unichar_isalpha(c) && !is_month_sign(c) && !is_day_sign(c)) {
			int month;

			at = take_word(at, word);
			month = named != NULL ? named(months, word) : 0;
			parts->has_half |= is_half(word);
			parts->is_odd |= month != 0 && parts->is_month;
			if (month != 0 && !parts->is_month) {
				parts->month = month;
				parts->is_month = true;
			} else if (month == 0 && has_day(parts) && !is_half(word)) {
				/* "T" of ISO 8601, "Z", "Uhr", "г." */
				parts->is_odd |= g_utf8_strlen(word, -1) > 3;
			}
		} else {
			at = g_utf8_next_char(at);
		}
	}
}

/* The order that the cell's own numbers prove. */
static DayOrder
order_of(const Parts *parts)
{
	const Number *first = &parts->numbers[0], *second = &parts->numbers[1];

	if (parts->is_odd || parts->is_month || parts->count < 3 || first->digits > 2)
		return DAY_ORDER_UNKNOWN;
	if (first->value > 12)
		return DAY_ORDER_DAY;
	if (second->value > 12 || parts->has_half)
		return DAY_ORDER_MONTH;

	return first->after == '.' ? DAY_ORDER_DAY : DAY_ORDER_UNKNOWN;
}

DayOrder
csv_day_order(DayOrder known, const char *date)
{
	DayOrder order;
	Parts parts;

	parts_init(&parts, NULL, NULL, date);
	order = order_of(&parts);
	if (order == DAY_ORDER_UNKNOWN || order == known)
		return known;

	return known == DAY_ORDER_UNKNOWN ? order : DAY_ORDER_MIXED;
}

/* The year that a number names; 0: it names none. */
static int
year_of(const Number *number)
{
	if (number->digits == 2)
		return CENTURY + number->value;
	if (number->digits != 4)
		return 0;

	return number->value >= BUDDHIST_MIN ? number->value - BUDDHIST : number->value;
}

static bool
midnight(int year, int month, int day, gint64 *day_out)
{
	g_autoptr(GDateTime) date = NULL;

	if (year >= FIRST_YEAR && month > 0 && day > 0)
		date = g_date_time_new_utc(year, month, day, 0, 0, 0);
	if (date == NULL)
		return false;
	*day_out = g_date_time_to_unix(date);

	return true;
}

bool
csv_day_read(MonthNamed *named, const void *months, const char *date, DayOrder order,
	     gint64 *day_out)
{
	const Number *numbers;
	DayOrder own;
	Parts parts;

	if (!g_utf8_validate(date, -1, NULL))
		return false;
	parts_init(&parts, named, months, date);
	numbers = parts.numbers;
	if (parts.is_odd || !has_day(&parts))
		return false;
	if (parts.is_month)
		return numbers[0].digits > 2 ? midnight(year_of(&numbers[0]), parts.month,
							numbers[1].value, day_out)
					     : midnight(year_of(&numbers[1]), parts.month,
							numbers[0].value, day_out);
	if (numbers[0].digits > 2)
		return midnight(year_of(&numbers[0]), numbers[1].value, numbers[2].value,
				day_out);

	/* "24-03-01" and "24. 3. 1." begin with the year, and nobody can say so. */
	if (numbers[2].digits == 2 &&
	    (numbers[0].after == '-' || numbers[2].after == '.'))
		return false;
	own = order_of(&parts);
	if (own == DAY_ORDER_UNKNOWN)
		own = order;
	if (own == DAY_ORDER_DAY)
		return midnight(year_of(&numbers[2]), numbers[1].value, numbers[0].value,
				day_out);
	if (own == DAY_ORDER_MONTH)
		return midnight(year_of(&numbers[2]), numbers[0].value, numbers[1].value,
				day_out);

	return numbers[0].value == numbers[1].value &&
	       midnight(year_of(&numbers[2]), numbers[0].value, numbers[1].value,
			day_out);
}
