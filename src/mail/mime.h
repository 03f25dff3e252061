/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	mime - the parts of a mail, as GMime cuts it
 *
 * DESCRIPTION
 *	GMime 3.2.13 loses memory with some addresses and keeps each charset's
 *	name that a mail mentions.  So GMime is handed a copy that holds nothing
 *	but what tells the parts apart: the content type with its boundary, the
 *	transfer encoding and the disposition's kind; the names of all other
 *	fields are masked.  The copy has the mail's
 *	length, so each place in it is a place in the mail, from which
 *	everything else is read.
 *
 *	The lines that may open a part are counted before GMime makes parts of
 *	them, since each costs 1.4 kB however empty it is.
 *
 *	A part's content is decoded when it is first asked for, and once.
 *
 * RETURN VALUE
 *	mime_new(): MIME_PARSED with *mime_out set, else why there is none.
 *
 * OWNERSHIP
 *	The mail stays the caller's and is read as long as Mime lives.  What is
 *	returned as char * is the caller's, GMime's objects are the Mime's.
 *
 * SEE ALSO
 *	parameter.h; RFC 2045, RFC 2046
 */
#ifndef MIME_H
#define MIME_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>
#include <gmime/gmime.h>

#include "mail/transfer.h"

/* Parts of one mail; real ones have up to 30. */
#define MIME_MAX_PARTS 1000

/*
 * Parts with parts of their own, nested or not; what is in further ones is not
 * read.  GMime compares each line with the boundaries of all that are open: 990 of
 * them cost it two seconds.
 */
#define MIME_MAX_MULTIPARTS 32

typedef struct Mime Mime;

typedef enum {
	MIME_PARSED,
	MIME_NO_MAIL,        /* no field is found */
	MIME_TOO_MANY_PARTS, /* more than MIME_MAX_PARTS */
} MimeAnswer;

/* Once, before the first thread. */
void mime_init(void);

MimeAnswer mime_new(const char *bytes, size_t length, Mime **mime_out);
void mime_free(Mime *mime);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mime, mime_free)

/* What it was made of; borrowed. */
const char *mime_bytes(const Mime *mime, size_t *length_out);

/* The mail itself, as a part. */
GMimeObject *mime_root(const Mime *mime);

/* A field as it stands in the mail, by its place among those of the part. */
size_t mime_count_fields(GMimeObject *object);
char *mime_name_at(const Mime *mime, GMimeObject *object, size_t index);
char *mime_value_at(const Mime *mime, GMimeObject *object, size_t index);

/* A parameter of its content type, or NULL. */
char *mime_parameter(const Mime *mime, GMimeObject *object, const char *name);

/* Is its content type this one?  subtype: "*" for all. */
bool mime_is_type(GMimeObject *object, const char *type, const char *subtype);

/* Is it not to be shown with the mail? */
bool mime_is_attachment(GMimeObject *object);

/* Where a part's raw content stands in the mail; false where it has none. */
bool mime_locate(const Mime *mime, GMimePart *part, size_t *start_out, size_t *end_out);

/* A part's content, whatever its charset. */
typedef struct {
	Transfer transfer; /* as its last field says */
	GString *decoded;
	bool is_pure; /* false: base64 with other bytes in it */
} MimeContent;

/* NULL where it has none; borrowed. */
const MimeContent *mime_content(Mime *mime, GMimePart *part);

#endif
