/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	input - reads all that a file or a descriptor gives, up to a limit
 *
 * DESCRIPTION
 *	A path that a setting or a command names may lead to anything.  A fifo would
 *	keep who opens it until somebody writes to it, a device may never end, and a
 *	file may grow while it is read.  So a file is opened without waiting, and only
 *	a regular one is read, and /dev/null, which is as good as an empty one; and of
 *	it no more than a limit.
 *
 *	What a user hands over to be read once may be a pipe as well:
 *	input_open_stream() waits for one, and its lines have a limit.
 *
 * RETURN VALUE
 *	On trouble, false, -1 or NULL with error set (G_FILE_ERROR).  Its message says
 *	what is wrong and does not name the path.
 *
 * SEE ALSO
 *	trusted.h, for files that nobody else may have written
 */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <glib.h>

/* Bytes of a line of a stream. */
#define INPUT_MAX_LINE (1024 * 1024)

/*
 * Add what the descriptor gives to out, up to its end, or until out has more than
 * most bytes; it may then have some thousands more.  False with errno set where it
 * cannot be read; out has what came before.
 */
bool input_read(int fd, size_t most, GString *out);

/* A descriptor of the regular file at the path, or of /dev/null, to be closed. */
int input_open(const char *path, GError **error);

/* All that the descriptor gives, and a zero byte behind it; more than most is trouble. */
bool input_take(int fd, size_t most, char **bytes_out, gsize *length_out, GError **error);

/* The same of a file that is opened by input_open(). */
bool input_file(const char *path, size_t most, char **bytes_out, gsize *length_out,
		GError **error);

/* A file or a pipe, to be closed; no folder. */
FILE *input_open_stream(const char *path, GError **error);

/*
 * The next line, with its end.  False at the stream's end, and with error set where
 * the stream cannot be read, or where the line has more than INPUT_MAX_LINE bytes.
 */
bool input_line(FILE *in, GString *line_out, GError **error);

#endif
