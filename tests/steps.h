/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * steps.h - the readers of what a sender writes, and what a text costs them
 *
 * check_steps.c tries a table of texts, fuzz_steps.c those that it makes up.
 *
 * What is measured is processor time of this thread, the least of several rounds:
 * eight times the text takes a linear reader 8 times as long, and a quadratic one
 * 64 times.  Instructions would be steadier, but the C library's would not be
 * counted where a compiler does it, and not every machine lets a process count.
 */
#ifndef STEPS_H
#define STEPS_H

#include <stddef.h>

#define STEPS_SHORT_BYTES ((size_t)8 * 1024)
#define STEPS_FACTOR      8
#define STEPS_MAX_RATIO   28

/* A text is its head, then its run again and again, then its tail as often. */
typedef struct {
	const char *head, *run, *tail; /* head and tail may be "" */
} StepsText;

size_t steps_readers(void);
const char *steps_reader_name(size_t reader);

/*
 * How many times as much do eight times the text take?  0 where the whole is too
 * cheap to matter.  Seconds for each byte of the longer text in *cost_out.
 */
double steps_ratio(size_t reader, const StepsText *text, double *cost_out);

#endif
