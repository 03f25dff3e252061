/* SPDX-License-Identifier: BSD-2-Clause */
/* rarely.c - which trouble is told now, and which was told a moment ago? */

#include "config.h"

#include "base/rarely.h"

/* The kind's place, else the first free one, else that of the oldest. */
static size_t
place_of(const Rarely *rarely, const char *text)
{
	size_t oldest = 0;

	for (size_t i = 0; i < RARELY_KINDS && rarely->kinds[i].text != NULL; i++)
		if (g_str_equal(rarely->kinds[i].text, text))
			return i;
	for (size_t i = 0; i < RARELY_KINDS; i++) {
		if (rarely->kinds[i].text == NULL)
			return i;
		if (rarely->kinds[i].told < rarely->kinds[oldest].told)
			oldest = i;
	}

	return oldest;
}

bool
rarely_is_due(Rarely *rarely, const char *text, gint64 now, size_t *times_out)
{
	size_t place;
	bool is_new, is_due;

	pthread_mutex_lock(&rarely->lock);
	place = place_of(rarely, text);
	is_new = g_strcmp0(rarely->kinds[place].text, text) != 0;
	if (is_new) {
		g_free(rarely->kinds[place].text);
		rarely->kinds[place].text = g_strdup(text);
		rarely->kinds[place].times = 0;
	}
	rarely->kinds[place].times++;
	is_due = is_new || now - rarely->kinds[place].told >= RARELY_SECONDS;
	if (is_due) {
		*times_out = rarely->kinds[place].times;
		rarely->kinds[place].told = now;
		rarely->kinds[place].times = 0;
	}
	pthread_mutex_unlock(&rarely->lock);

	return is_due;
}

void
rarely_clear(Rarely *rarely)
{
	for (size_t i = 0; i < RARELY_KINDS; i++) {
		g_free(rarely->kinds[i].text);
		rarely->kinds[i].text = NULL;
	}
}
