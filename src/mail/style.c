/* SPDX-License-Identifier: BSD-2-Clause */
/* style.c - how declarations of CSS show the text inside an element */

#include "config.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "mail/style.h"
#include "text/text.h"

/*
 * Design rationale
 *
 * "display:none" and the like hide all that is inside.  "font-size:0" hides
 * until a descendant sets another size, since most newsletters write it on the
 * cells around their text; "mso-hide:all" hides in one program only and stands
 * on the buttons everybody else sees, so it alone hides nothing.
 *
 * White letters are unseen where nothing has a background: a mail's is white.  A
 * background of any other colour, or an image, shows them, so that what cannot be
 * read is taken for one.
 */

/* Pixels from the window's edge at which nothing is seen. */
#define FAR 500

/* Of 255: a background that white letters do not show on, and such letters. */
#define PALE_BACKGROUND 0xf0
#define PALE_LETTERS    0xf5

enum {
	DISPLAY_NONE = 1 << 0,
	VISIBILITY_HIDDEN = 1 << 1,
	FONT_SIZE_ZERO = 1 << 2,
	OPACITY_ZERO = 1 << 3,
	HEIGHT_ZERO = 1 << 4,
	MAX_HEIGHT_ZERO = 1 << 5,
	OVERFLOW_HIDDEN = 1 << 6,
	WHITE_SPACE_PRE = 1 << 7,
	WIDTH_ZERO = 1 << 8,
	MAX_WIDTH_ZERO = 1 << 9,
	POSITION_FREE = 1 << 10,
	OFFSET_FAR = 1 << 11,
	INDENT_FAR = 1 << 12,
	CLIP_ALL = 1 << 13,
	COLOR_PALE = 1 << 14,
	BACKED = 1 << 15,
};

/* Is the number at value zero, in any unit? */
static bool
is_zero(const char *value)
{
	size_t zeros = strspn(value, "0.");

	return value[strspn(value, ".")] == '0' && !g_ascii_isdigit(value[zeros]);
}

static bool
begins(const char *value, const char *word)
{
	return g_ascii_strncasecmp(value, word, strlen(word)) == 0;
}

static bool
is_none(const char *value)
{
	return begins(value, "none");
}

static bool
is_hidden(const char *value)
{
	return begins(value, "hidden");
}

/* A pixel is a dot on a line. */
static bool
is_no_size(const char *value)
{
	return is_zero(value) || begins(value, "1px");
}

static bool
is_pre(const char *value)
{
	return begins(value, "pre");
}

static bool
is_free(const char *value)
{
	return begins(value, "absolute") || begins(value, "fixed");
}

static bool
is_far(const char *value)
{
	return *value == '-' && strtol(value + 1, NULL, 10) >= FAR;
}

/* "rect(0,0,0,0)" and the like. */
static bool
is_clipped(const char *value)
{
	static const char rect[] = "rect(";

	return begins(value, rect) && strspn(value + strlen(rect), "01px, \t") ==
					  strcspn(value + strlen(rect), ")");
}

/* The next of a colour's three numbers in digits of that base; false for none. */
static bool
take_part(const char **at, int base, size_t digits, long least)
{
	char text[4] = { 0 };
	char *end;
	long part;

	if (base == 10)
		*at += strspn(*at, " ,(");
	for (size_t i = 0; i < digits && g_ascii_isxdigit((*at)[i]); i++)
		text[i] = (*at)[i];
	part = strtol(text, &end, base);
	*at += end - text;
	/* "f" is "ff". */
	if (base == 16 && digits == 1)
		part *= 0x11;

	return end > text && part >= least;
}

/* Is it white, or so near to it that all three parts are at least that much? */
static bool
is_white(const char *value, long least)
{
	int base = 16;
	size_t digits;

	if (begins(value, "white"))
		return !g_ascii_isalpha(value[strlen("white")]);
	if (begins(value, "rgb")) {
		value += strcspn(value, "(");
		base = 10;
		digits = 3;
	} else {
		value += *value == '#';
		digits = strspn(value, "0123456789abcdefABCDEF") >= 6 ? 2 : 1;
	}
	for (size_t i = 0; i < 3; i++)
		if (!take_part(&value, base, digits, least))
			return false;

	return true;
}

static bool
is_pale(const char *value)
{
	return begins(value, "transparent") || is_white(value, PALE_LETTERS);
}

static bool
is_backed(const char *value)
{
	size_t length = strcspn(value, ";");

	/* An image may lie on white. */
	return memmem(value, length, "(", 1) != NULL
		   ? !begins(value, "rgb") || !is_white(value, PALE_BACKGROUND)
		   : !is_white(value, PALE_BACKGROUND);
}

static const struct declaration {
	const char *property;
	size_t length;
	bool (*is_so)(const char *value);
	unsigned flag;
} declarations[] = {
	{ "display", 7, is_none, DISPLAY_NONE },
	{ "visibility", 10, is_hidden, VISIBILITY_HIDDEN },
	{ "font-size", 9, is_no_size, FONT_SIZE_ZERO },
	{ "font", 4, is_no_size, FONT_SIZE_ZERO },
	{ "opacity", 7, is_zero, OPACITY_ZERO },
	{ "height", 6, is_zero, HEIGHT_ZERO },
	{ "max-height", 10, is_zero, MAX_HEIGHT_ZERO },
	{ "width", 5, is_zero, WIDTH_ZERO },
	{ "max-width", 9, is_zero, MAX_WIDTH_ZERO },
	{ "overflow", 8, is_hidden, OVERFLOW_HIDDEN },
	{ "white-space", 11, is_pre, WHITE_SPACE_PRE },
	{ "position", 8, is_free, POSITION_FREE },
	{ "left", 4, is_far, OFFSET_FAR },
	{ "top", 3, is_far, OFFSET_FAR },
	{ "text-indent", 11, is_far, INDENT_FAR },
	{ "margin-left", 11, is_far, INDENT_FAR },
	{ "clip", 4, is_clipped, CLIP_ALL },
	{ "color", 5, is_pale, COLOR_PALE },
	{ "background", 10, is_backed, BACKED },
	{ "background-color", 16, is_backed, BACKED },
	{ "background-image", 16, is_backed, BACKED },
};

/* Backgrounds that are none, and leave what is behind. */
static bool
is_no_background(const char *value)
{
	static const char *const words[] = { "none", "transparent", "inherit", "initial",
					     "unset" };

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (begins(value, words[i]))
			return true;

	return false;
}

static void
give(Declared *declared, unsigned flag, bool is_so)
{
	/* The last one counts, as in a browser; a place far to one side is enough. */
	if (flag != OFFSET_FAR || is_so)
		declared->set &= ~flag;
	declared->given |= flag;
	if (is_so)
		declared->set |= flag;
}

/* One declaration, "property : value"; what is no property of ours is skipped. */
static void
declare(const char *text, Declared *declared, Declared *important)
{
	for (size_t i = 0; i < G_N_ELEMENTS(declarations); i++) {
		const struct declaration *known = &declarations[i];
		const char *value;

		if ((*text | 0x20) != *known->property ||
		    g_ascii_strncasecmp(text, known->property, known->length) != 0)
			continue;
		value = text + known->length;
		value += strspn(value, TEXT_BLANKS);
		if (*value != ':')
			continue;
		value += 1 + strspn(value + 1, TEXT_BLANKS);
		if (known->flag == BACKED && is_no_background(value))
			return;
		give(memchr(value, '!', strcspn(value, ";")) != NULL ? important
								     : declared,
		     known->flag, known->is_so(value));
		return;
	}
}

void
style_declare(const char *text, Declared *declared_out, Declared *important_out)
{
	*declared_out = *important_out = (Declared){ 0 };
	while (text != NULL) {
		text += strspn(text, " \t\r\n;");
		declare(text, declared_out, important_out);
		text = strchr(text, ';');
	}
}

Declared
style_of_colors(const char *color, const char *background)
{
	Declared declared = { 0 };

	if (color != NULL)
		give(&declared, COLOR_PALE, is_pale(color));
	if (background != NULL && !is_no_background(background))
		give(&declared, BACKED, is_backed(background));

	return declared;
}

Declared
style_over(Declared above, Declared below)
{
	return (Declared){ above.given | below.given,
			   above.set | (below.set & ~above.given) };
}

static bool
hides(unsigned set)
{
	bool is_flat =
	    (set & (HEIGHT_ZERO | MAX_HEIGHT_ZERO | WIDTH_ZERO | MAX_WIDTH_ZERO)) != 0;

	return (set & (DISPLAY_NONE | VISIBILITY_HIDDEN | INDENT_FAR)) != 0 ||
	       ((set & POSITION_FREE) != 0 && (set & (OFFSET_FAR | CLIP_ALL)) != 0) ||
	       (is_flat && (set & (OPACITY_ZERO | OVERFLOW_HIDDEN)) != 0);
}

/* Flags of ours that stand for one of theirs as they are. */
static const struct {
	unsigned theirs, ours;
} pairs[] = {
	{ FONT_SIZE_ZERO, STYLE_TINY },
	{ WHITE_SPACE_PRE, STYLE_PRE },
	{ COLOR_PALE, STYLE_PALE },
	{ BACKED, STYLE_BACKED },
};

Style
style_shown(Declared declared)
{
	Style style = { 0 };

	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		if ((declared.given & pairs[i].theirs) != 0)
			style.given |= pairs[i].ours;
		if ((declared.set & pairs[i].theirs) != 0)
			style.set |= pairs[i].ours;
	}
	if (hides(declared.set)) {
		style.given |= STYLE_HIDDEN;
		style.set |= STYLE_HIDDEN;
	}

	return style;
}

Style
style_of(const char *text)
{
	Declared declared, important;

	style_declare(text, &declared, &important);

	return style_shown(style_over(important, declared));
}
