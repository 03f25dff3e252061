/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_html.c - can bytes of any kind break what we show of a part? */

#include "config.h"

#include <stdint.h>
#include <string.h>

#include "mail/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
is_text(const char *text, size_t max)
{
	size_t length = strlen(text);

	for (size_t i = 0; i < length; i++)
		if (g_ascii_iscntrl(text[i]))
			return false;

	return length <= max && g_utf8_validate(text, length, NULL);
}

/* What visible.h promises. */
static void
check(const Visible *visible)
{
	const char *before = "";

	g_assert_cmpuint(visible->lines->len, <=, VISIBLE_MAX_LINES);
	for (size_t i = 0; i < visible->lines->len; i++) {
		VisibleLine *line = &g_array_index(visible->lines, VisibleLine, i);

		g_assert_true(is_text(line->text, VISIBLE_MAX_LINE));
		g_assert_true(*line->text != '\0' || *before != '\0');
		before = line->text;
	}
	g_assert_true(visible->lines->len == 0 || *before != '\0');

	g_assert_cmpuint(visible->links->len, <=, VISIBLE_MAX_LINKS);
	for (size_t i = 0; i < visible->links->len; i++) {
		VisibleLink *link = &g_array_index(visible->links, VisibleLink, i);

		g_assert_true(is_text(link->url, VISIBLE_MAX_URL) && *link->url != '\0');
		g_assert_true(is_text(link->label, VISIBLE_MAX_LINE));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(Visible) html = html_visible((const char *)data, size);
	g_autoptr(Visible) text = visible_of_text((const char *)data, size);

	check(html);
	check(text);

	return 0;
}
