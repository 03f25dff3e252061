/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	layout - where in a mail's bytes its fields and its body stand
 *
 * DESCRIPTION
 *	A mail as it lies in a file or comes through a pipe.  Its lines end in LF
 *	or in CRLF, and those of its header may end otherwise than those of its
 *	body.  Lines "From " and ">From " of an mbox may stand before the header, and
 *	lines that begin with a blank, which belong to no field.
 *
 *	The header ends at the first empty line; without one all is header.  Lines
 *	in it that belong to no field are passed over.
 *
 *	layout_write_body() and layout_restore_body() are each other's reverse: where
 *	most lines of the body end in LF alone, each LF becomes CRLF, and all bytes
 *	come back.
 *
 * OWNERSHIP
 *	A Layout borrows the bytes and owns nothing.
 *
 * SEE ALSO
 *	apply.h
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

typedef struct {
	const char *bytes;
	size_t length;
	size_t head;     /* where the header begins, behind lines that stand before it */
	size_t head_end; /* where the empty line begins, or the length */
	size_t body;     /* behind the empty line, or the length */
	const char *newline; /* "\n" or "\r\n", as the header's first line ends */
	bool is_body_lf;     /* most lines of the body end in LF alone */
} Layout;

/* One field; all are places in the bytes. */
typedef struct {
	size_t start;
	size_t name_end; /* without the blanks before the colon */
	size_t value;    /* behind the colon */
	size_t end;      /* behind the end of its last line */
} LayoutField;

Layout layout_of(const char *bytes, size_t length);

/* Does an empty line end the header? */
bool layout_has_body(const Layout *layout);

/*
 * The field at *at or behind it; *at, layout.head at first, comes to stand behind it.
 * False where there is none.
 */
bool layout_next(const Layout *layout, size_t *at, LayoutField *field_out);

/* The caller's; a value as libmilter hands it over, folded with LF. */
char *layout_name(const Layout *layout, const LayoutField *field);
char *layout_value(const Layout *layout, const LayoutField *field);

/* Append the body as an MTA hands it over. */
void layout_write_body(const Layout *layout, GString *out);

/* Append a body that an MTA was handed back, with the lines' ends of the layout's. */
void layout_restore_body(const Layout *layout, const GString *body, GString *out);

#endif
