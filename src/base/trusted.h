/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	trusted - reads a file that nobody else can change
 *
 * DESCRIPTION
 *	What settings and data files say is done to everybody's mail, so they
 *	are read only where they belong to root or to the user who reads them,
 *	and where neither group nor others can write to them, nor others to the
 *	folder that they are in.  They are opened as input_open() does: no pipe
 *	and no device keeps who reads it.
 *
 * RETURN VALUE
 *	False with error set where the file cannot be read (of G_FILE_ERROR), or
 *	may not be (TRUSTED_ERROR), with its path and what to do.  Where nothing is
 *	there the error is G_FILE_ERROR_NOENT; a link that leads nowhere is something.
 *
 * SEE ALSO
 *	input.h
 */
#ifndef TRUSTED_H
#define TRUSTED_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#define TRUSTED_ERROR (trusted_error_quark())
GQuark trusted_error_quark(void);

typedef enum {
	TRUSTED_ERROR_OWNER,
	TRUSTED_ERROR_MODE,
} TrustedError;

/* Bytes of a file of settings, a network, a language, replies or weights. */
#define TRUSTED_MAX_BYTES ((size_t)16 * 1024 * 1024)

/* Bytes of a list that has a line for each of a site's users. */
#define TRUSTED_MAX_LIST ((size_t)256 * 1024 * 1024)

/*
 * All of the file; more than most bytes are trouble.  length_out may be NULL; a zero
 * byte follows what was read.
 */
bool trusted_read(const char *path, size_t most, char **bytes_out, gsize *length_out,
		  GError **error);

#endif
