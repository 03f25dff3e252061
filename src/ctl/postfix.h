/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	postfix - what Postfix's settings say, as postconf(1) tells it
 *
 * OWNERSHIP
 *	Every char * returned is the caller's.
 */
#ifndef POSTFIX_H
#define POSTFIX_H

#include <stdbool.h>

#include <glib.h>

/* One milter of a list; address as written, or "" where there is none. */
typedef struct {
	char *text; /* with its braces */
	char *address;
	char *action; /* default_action, or "" */
	bool is_open; /* is a brace never closed? */
} PostfixMilter;

/* folder: the config_directory, NULL for Postfix's own.  "" where nobody answers. */
char *postfix_value(const char *folder, const char *name);

/* What a table of header checks does with a line; "" for nothing. */
char *postfix_lookup(const char *folder, const char *table, const char *line);

/* Is any smtpd shut in the queue folder? */
bool postfix_is_chrooted(const char *folder);

/* Only root is told. */
bool postfix_is_running(const char *folder);

/* HOST:PORT where this host takes the mail of others; NULL where none shows. */
char *postfix_smtp_place(const char *folder);

/*
 * The filter behind the queue from which mail comes back to header checks, "" for
 * none; and the service that takes it back, "NAME/inet", or NULL where none shows.
 */
char *postfix_checked_filter(const char *folder, char **service_out);

/*
 * The services that set smtpd_milters for themselves: "submission/inet/smtpd_milters"
 * and the value, in turns; closed by NULL.
 */
char **postfix_overrides(const char *folder);

/*
 * Where mail of others or of users comes in and no milter is asked:
 * "receive_override_options", or "smtp/inet/receive_override_options", and what would
 * be left of its value, in turns; closed by NULL.
 */
char **postfix_skips(const char *folder);

/* The milters of a list, as PostfixMilter; the array is the caller's. */
GPtrArray *postfix_milters(const char *value);

#endif
