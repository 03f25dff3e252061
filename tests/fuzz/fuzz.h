/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	fuzz - what the fuzz targets share
 *
 * DESCRIPTION
 *	An input is cut into pieces at its zero bytes.  Whatever is not as it has
 *	to be ends the process, as libFuzzer wants it.
 *
 * OWNERSHIP
 *	Every char * and every GPtrArray returned is the caller's.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "judge/assessor.h"
#include "mail/head.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The part of an input that is still to be read. */
typedef struct {
	const uint8_t *data; /* borrowed */
	size_t size;
} FuzzInput;

/* A byte, 0 at the end; and the next piece, "" at the end. */
uint8_t fuzz_byte(FuzzInput *input);
char *fuzz_piece(FuzzInput *input);

/* The rest, with its zero bytes: so many bytes, and no zero behind them. */
char *fuzz_rest(FuzzInput *input, size_t *length_out);

/* One line of valid UTF-8 without control characters. */
void fuzz_check_line(const char *text);

/* A value that a header field may have: ASCII, folded with "\n\t" and nothing else. */
void fuzz_check_value(const char *value);

/* The fields of a text of lines; a line that begins with a blank goes on. */
Head *fuzz_head(const char *text);

/* One data file of the path "fuzz"; NULL where the text is no key file. */
GPtrArray *fuzz_files(const char *text, size_t length);

/* Where there is an error it must name the file, line by line; else there is none. */
void fuzz_check_error(const GError *error, const char *path, gboolean is_fine);

/* All our data and no settings; made once, as long as the process lives. */
Assessor *fuzz_assessor(void);

/* The path of a file in a folder of this process, which goes when that ends. */
const char *fuzz_file(const char *name);
void fuzz_write(const char *path, const char *bytes, size_t length);

#endif
