/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	received - from which host a mail came into our site
 *
 * DESCRIPTION
 *	Each host that passes a mail on puts a Received field on top.  Those
 *	that our own hosts put there are true; the first of them, counted from
 *	below, tells who handed the mail in: the border.  What stands below the
 *	border, anybody can write.
 *
 *	Read are the fields of Postfix and Sendmail, which give the client's
 *	name in a comment, "from HELO (NAME [ADDRESS]) by HOST", once they have
 *	confirmed it forward and backward.  "unknown", no name at all and "may
 *	be forged" are no name, and so is the HELO, for a client says whatever
 *	it likes there.
 *
 * SEE ALSO
 *	RFC 5321, section 4.4; "[trust]" in invite-milter.conf(5)
 */
#ifndef RECEIVED_H
#define RECEIVED_H

#include <glib.h>

#include "mail/head.h"

/* Hops that are looked at; loops are ended long before. */
#define RECEIVED_MAX 50

/*
 * The confirmed name of the host at the border, in lower case, or NULL.
 * own_hosts: names of ours, closed by NULL.  client: the confirmed name of who
 * hands the mail to us now, or NULL where it lies in a mailbox already.
 */
char *received_border(const Head *head, const char *const *own_hosts, const char *client);

#endif
