/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	verifier - which milter checks signatures, and under which name does it write?
 */
#ifndef VERIFIER_H
#define VERIFIER_H

#include <stdbool.h>

/* Is it one, by its socket's path or usual port? */
bool verifier_is(const char *address);

/*
 * The name that the verifier's own settings tell, and "FILE:LINE"; both the caller's.
 * NULL where they tell none; *place_out is then untouched.  etc: where they are.
 */
char *verifier_name(const char *etc, const char *address, char **place_out);

#endif
