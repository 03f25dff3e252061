/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	trusted - reads a file that nobody else can change
 *
 * DESCRIPTION
 *	What settings and data files say is done to everybody's mail, so they
 *	are read only where they belong to root or to the user who reads them,
 *	and where neither group nor others can write to them.  What is no
 *	regular file, such as a pipe, is asked for its owner alone.
 *
 * RETURN VALUE
 *	False with error set where the file cannot be read (of G_FILE_ERROR), or
 *	may not be (TRUSTED_ERROR), with its path and what to do.
 */
#ifndef TRUSTED_H
#define TRUSTED_H

#include <stdbool.h>

#include <glib.h>

#define TRUSTED_ERROR (trusted_error_quark())
GQuark trusted_error_quark(void);

typedef enum {
	TRUSTED_ERROR_OWNER,
	TRUSTED_ERROR_MODE,
} TrustedError;

/* length_out may be NULL; a zero byte follows what was read. */
bool trusted_read(const char *path, char **bytes_out, gsize *length_out, GError **error);

#endif
