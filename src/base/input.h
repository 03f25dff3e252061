/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	input - reads all that a descriptor gives, up to a limit
 *
 * SEE ALSO
 *	trusted.h, for files that nobody else may have written
 */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/*
 * Add what the descriptor gives to out, up to its end, or until out has more than
 * most bytes; it may then have some thousands more.  False with errno set where it
 * cannot be read; out has what came before.
 */
bool input_read(int fd, size_t most, GString *out);

#endif
