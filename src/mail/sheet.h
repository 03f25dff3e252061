/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sheet - which style sheet rules of a mail hide an element or show it
 *
 * DESCRIPTION
 *	What the style elements of an HTML part say of classes, ids and elements, as far
 *	as style.h reads it: selectors of one element (".x", "td.x", "#x", "a", with
 *	"html" or "body" before it or not) and lists of them.  Rules for a part of the
 *	screens, which "@media" tells by "(…)", and selectors that look at other elements
 *	are not read.
 *
 *	Linear in the bytes of the sheets; an element costs a look-up for its name,
 *	its id and each of its first SHEET_MAX_CLASSES classes, if there is any rule, and
 *	of the rules found so SHEET_MAX_LOOKED are looked at.
 *
 * OWNERSHIP
 *	What is returned is the caller's.
 *
 * SEE ALSO
 *	style.h, html.h
 */
#ifndef SHEET_H
#define SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "mail/style.h"

#define SHEET_MAX_RULES   200 /* that are kept */
#define SHEET_MAX_CLASSES 16  /* of an element that are looked up */

/* Rules that are looked at for an element, what counts most first. */
#define SHEET_MAX_LOOKED 64

typedef struct Sheet Sheet;

Sheet *sheet_new(void);
void sheet_free(Sheet *sheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sheet, sheet_free)

/* One more style element's text. */
void sheet_add(Sheet *sheet, const char *css, size_t length);

/* What rules and attributes say of one element; NULL for an attribute it has not. */
typedef struct {
	const char *name;
	const char *class;
	const char *id;
	const char *style;
	Declared hints; /* of its older attributes, which count least */
} SheetElement;

/* All that is declared for an element.  sheet: NULL where there is none. */
Declared sheet_declared(const Sheet *sheet, const SheetElement *element);

/* Does a rule that is not read set a background?  Then nobody can tell what is pale. */
bool sheet_may_back(const Sheet *sheet);

#endif
