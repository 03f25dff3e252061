/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	tally - counts what became of mails, and logs it
 *
 * DESCRIPTION
 *	A mail that is recognised has a line of its own.  Trouble that may come
 *	with each mail, of the store or at a limit of all mails together, is
 *	logged once a minute for each of its kinds.
 *
 *	A Tally is static, and shared by all threads.  id: the mail's queue ID, or
 *	NULL.
 */
#ifndef TALLY_H
#define TALLY_H

#include <stdatomic.h>

#include "base/rarely.h"
#include "milter/report.h"
#include "milter/session.h"

typedef struct {
	atomic_size_t mails, recognised, troubles, beyond;
	Rarely rarely;
} Tally;

#define TALLY_INIT                                                                       \
	{                                                                                \
		.rarely = RARELY_INIT                                                    \
	}

void tally_mail(Tally *tally);
void tally_report(Tally *tally, const char *id, const Report *report);
void tally_store(Tally *tally, const char *id, const char *trouble);

/* The limit that a mail met, if it met one; session may be NULL. */
void tally_beyond(Tally *tally, const char *id, const Session *session);

/* One line for the log; busy: connections with a mail in flight. */
char *tally_text(const Tally *tally, size_t busy);

#endif
