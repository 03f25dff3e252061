/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sent - whom a mail that went out makes known
 *
 * DESCRIPTION
 *	Mail that a person wrote to a few people teaches their addresses, and
 *	the names it calls them by.  Automatic mail, mail to lists and mail
 *	to many teaches nothing: an answering machine answers anybody.
 *
 * SEE ALSO
 *	learn.h; RFC 3834 (Auto-Submitted), RFC 2076 (Precedence), RFC 2369 and
 *	RFC 2919 (List-)
 */
#ifndef SENT_H
#define SENT_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "mail/head.h"
#include "people/contact.h"

typedef struct {
	const Head *head;
	const char *sender; /* MAIL FROM, or NULL where there is none to know */
	/*
	 * char *, of the envelope, with or without angle brackets; NULL: those of the
	 * head.
	 */
	const GPtrArray *recipients;
	size_t most; /* recipients of a mail that teaches */
	gint64 seen; /* when it was sent, seconds since 1970 */
} SentMail;

typedef enum {
	SENT_TEACHES,
	SENT_AUTOMATIC, /* no person wrote it, or to a list */
	SENT_TO_MANY,
	SENT_TO_NOBODY,
	SENT_BEYOND_LIMIT, /* the owner has as many people as may be (set by learn.c) */
	SENT_BY_ANOTHER,   /* it is not the owner's mail (set by ctl/import.c) */
	SENT_LAST
} SentLesson;

/* Does it teach, and whom?  *contacts_out: of Contact, the caller's, where it does. */
SentLesson sent_lesson(const SentMail *mail, GArray **contacts_out);

/* Each "<…>" of a field is a Message-ID; value may be NULL. */
void sent_add_ids(Contact *contact, const char *value);

/* "automatic", "to many", … */
const char *sent_lesson_name(SentLesson lesson);

#endif
