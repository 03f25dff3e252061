/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	head - the header fields of one mail, as given
 *
 * DESCRIPTION
 *	Fields in their order, values raw: folded, encoded, any bytes.  What
 *	is kept is limited; a field beyond the limits is dropped and
 *	head_is_over() says so.
 *
 *	A value is folded with CRLF or, as libmilter hands it over, LF.
 *
 * SEE ALSO
 *	RFC 5322, section 2.2; session.h, message.h
 */
#ifndef HEAD_H
#define HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/* Real invitations have up to 40 fields in 12 kB (mail of 2026 with ARC). */
#define HEAD_MAX_FIELDS 1000
#define HEAD_MAX_BYTES  (256 * 1024)

typedef struct Head Head;

Head *head_new(void);
void head_free(Head *head);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Head, head_free)

/* Forget all fields, for the next mail; keeps the memory unless it grew large. */
void head_reset(Head *head);

void head_add(Head *head, const char *name, const char *value);
bool head_is_over(const Head *head);

/* Names and values are borrowed until the next head_add() or head_reset(). */
size_t head_length(const Head *head);
const char *head_name(const Head *head, size_t index);
const char *head_value(const Head *head, size_t index);

/* The raw value of the first field of this name (in any case), or NULL. */
const char *head_get(const Head *head, const char *name);

/* How many fields have this name, in any case? */
size_t head_count(const Head *head, const char *name);

/*
 * Write the fields whose name begins with prefix (in any case; "" for all) and
 * the empty line, with CRLF, as a mail begins.  No value can end the head early
 * or begin a field: its empty lines are left out, and a line break without the
 * white space of a fold gets some.  A field whose name is not valid is left out.
 */
void head_write(const Head *head, const char *prefix, GString *out);

#endif
