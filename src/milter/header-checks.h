/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	header-checks - does Postfix delete our fields while we are down?
 *
 * DESCRIPTION
 *	Reads main.cf and the tables of type regexp and pcre that its
 *	header_checks names, and looks for lines that take off or refuse each
 *	of our header fields.  Only "invite-milter --check" asks.
 *
 * RETURN VALUE
 *	HEADER_CHECKS_UNSEEN where there is no main.cf that can be read, or
 *	where it names what cannot be looked into.
 *
 * SEE ALSO
 *	header_checks(5); "ATTACHING TO POSTFIX" in invite-milter(8)
 */
#ifndef HEADER_CHECKS_H
#define HEADER_CHECKS_H

typedef enum {
	HEADER_CHECKS_UNSEEN,
	HEADER_CHECKS_THERE,
	HEADER_CHECKS_MISSING,
} HeaderChecks;

/* folder: Postfix's config_directory. */
HeaderChecks header_checks_find(const char *folder);

#endif
