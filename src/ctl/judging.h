/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	judging - judges saved mails for their mailboxes, without changing anything
 *
 * DESCRIPTION
 *	The settings are those of --config, else the installed ones where they
 *	exist, else the defaults; the mailbox is that which whose.h names.  The
 *	relation is found in the store where the user may open it; else the
 *	daemon is asked, at its control socket, which answers for the user's own
 *	mailbox.  Where nobody answers, the relation is unknown, and standard
 *	error says why, once.
 *
 *	Where the store was never made, nobody is asked, and everybody is a
 *	stranger.
 */
#ifndef JUDGING_H
#define JUDGING_H

#include "ctl/options.h"
#include "judge/assess.h"
#include "mail/message.h"

typedef struct Judging Judging;

/* NULL where the settings or the data are wrong; standard error says why. */
Judging *judging_new(const Options *options);
void judging_free(Judging *judging);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Judging, judging_free)

/* Borrowed. */
const Assessor *judging_assessor(const Judging *judging);

/*
 * address: whose_mail()'s, or NULL.  NULL with error set where the mail cannot be
 * read.
 */
Assessment *judging_mail(Judging *judging, const char *mail, size_t length,
			 const char *address, GError **error);

/*
 * As the daemon judges a mail whose header was read before (assess_claim()), for an
 * owner (owner.h) or NULL; mail: its bytes, which the daemon is asked about.
 */
Assessment *judging_claim(Judging *judging, const Claim *claim, Mime *mime,
			  const GString *mail, const char *owner, GError **error);

/* The same, for the mailbox that options and mail tell. */
Assessment *judging_saved(Judging *judging, const char *mail, size_t length,
			  GError **error);

#endif
