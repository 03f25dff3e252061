/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sendmail - hands a mail over to sendmail(1)
 *
 * RETURN VALUE
 *	False with error set where it was not taken; its text is what sendmail(1) said.
 */
#ifndef SENDMAIL_H
#define SENDMAIL_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#define SENDMAIL_ERROR (sendmail_error_quark())
GQuark sendmail_error_quark(void);

/* All borrowed. */
typedef struct {
	const char *postfix; /* the folder of another Postfix's main.cf, or NULL */
	const char *from;    /* NULL: who runs the program */
	const char *to;
} Sendmail;

/* mail: its lines end in "\n". */
bool sendmail_hand_over(const Sendmail *envelope, const char *mail, size_t length,
			GError **error);

#endif
