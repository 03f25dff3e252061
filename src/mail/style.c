/* SPDX-License-Identifier: BSD-2-Clause */
/* style.c - does a style attribute hide the text inside its element? */

#include "config.h"

#include <stdbool.h>
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
 */

enum {
	DISPLAY_NONE = 1 << 0,
	VISIBILITY_HIDDEN = 1 << 1,
	FONT_SIZE_ZERO = 1 << 2,
	OPACITY_ZERO = 1 << 3,
	HEIGHT_ZERO = 1 << 4,
	MAX_HEIGHT_ZERO = 1 << 5,
	OVERFLOW_HIDDEN = 1 << 6,
	WHITE_SPACE_PRE = 1 << 7,
};

/* Declarations by the beginning of their value; "0" is any number that is zero. */
static const struct declaration {
	const char *property;
	size_t length;
	const char *value;
	unsigned flag;
} declarations[] = {
	{ "display", 7, "none", DISPLAY_NONE },
	{ "visibility", 10, "hidden", VISIBILITY_HIDDEN },
	{ "font-size", 9, "0", FONT_SIZE_ZERO },
	{ "opacity", 7, "0", OPACITY_ZERO },
	{ "height", 6, "0", HEIGHT_ZERO },
	{ "max-height", 10, "0", MAX_HEIGHT_ZERO },
	{ "overflow", 8, "hidden", OVERFLOW_HIDDEN },
	{ "white-space", 11, "pre", WHITE_SPACE_PRE },
};

typedef struct {
	unsigned given; /* properties that were named */
	unsigned set;   /* those that have the value we ask for */
} Declared;

/* Is the number at value zero, in any unit? */
static bool
is_zero(const char *value)
{
	size_t zeros = strspn(value, "0.");

	return value[strspn(value, ".")] == '0' && !g_ascii_isdigit(value[zeros]);
}

/* One declaration, "property : value"; what is no property of ours is skipped. */
static void
declare(Declared *declared, const char *text)
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

		/* The last one counts, as in a browser. */
		declared->given |= known->flag;
		declared->set &= ~known->flag;
		if (*known->value == '0' ? is_zero(value)
					 : g_ascii_strncasecmp(value, known->value,
							       strlen(known->value)) == 0)
			declared->set |= known->flag;
		return;
	}
}

static Declared
declared_in(const char *text)
{
	Declared declared = { 0 };

	while (text != NULL) {
		text += strspn(text, " \t\r\n;");
		declare(&declared, text);
		text = strchr(text, ';');
	}

	return declared;
}

static bool
hides(unsigned set)
{
	bool is_flat = (set & (HEIGHT_ZERO | MAX_HEIGHT_ZERO)) != 0;

	return (set & (DISPLAY_NONE | VISIBILITY_HIDDEN)) != 0 ||
	       (is_flat && (set & (OPACITY_ZERO | OVERFLOW_HIDDEN)) != 0);
}

/* The bit of ours for one of theirs. */
static unsigned
bit(unsigned flags, unsigned theirs, unsigned ours)
{
	return (flags & theirs) != 0 ? ours : 0;
}

Style
style_of(const char *text)
{
	Declared declared = declared_in(text);
	Style style;

	style.set = bit(declared.set, FONT_SIZE_ZERO, STYLE_TINY) |
		    bit(declared.set, WHITE_SPACE_PRE, STYLE_PRE) |
		    (hides(declared.set) ? STYLE_HIDDEN : 0);
	style.given = bit(declared.given, FONT_SIZE_ZERO, STYLE_TINY) |
		      bit(declared.given, WHITE_SPACE_PRE, STYLE_PRE) |
		      (style.set & STYLE_HIDDEN);

	return style;
}
