/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	import - people out of files, for one owner
 *
 * DESCRIPTION
 *	The kind of a file is told by its content: vCards, iCalendar, a table,
 *	an mbox or a mail; a folder holds mails.  Contacts go through the client
 *	a batch at a time: an import that is interrupted has learnt what came
 *	before, and importing a file again learns nothing twice.
 *
 *	On a terminal a bar shows how far it is; bad records are named on
 *	standard error with file and line, at most IMPORT_MAX_TOLD of them.
 */
#ifndef IMPORT_H
#define IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "ctl/client.h"
#include "people/learn.h"
#include "people/sent.h"

#define IMPORT_MAX_TOLD 100

typedef struct {
	size_t read;                /* records */
	size_t bad;                 /* of them, could not be used */
	size_t told;                /* these, and what of others was left out */
	size_t lessons[SENT_LAST];  /* mails, by what they teach */
	size_t learnt[LEARNT_LAST]; /* contacts */
} ImportCounts;

/*
 * Import a file or a folder and add to *counts.  False with error set where
 * the client is closed; a file that cannot be read counts as one bad record.
 */
bool import_file(Client *client, const char *owner, const char *path,
		 ImportCounts *counts, GError **error);

#endif
