/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	repeats - are words said again and again, for programs?
 *
 * DESCRIPTION
 *	Who repeats what makes a note personal ("FOSDEM FOSDEM met met") writes
 *	for this program and not for its reader.
 */
#ifndef REPEATS_H
#define REPEATS_H

#include <stdbool.h>

#include "note/spans.h"

/* Is each word said twice in a row, or are half of some in a row said before in it? */
bool repeats_are_in(const Spans *spans, const PlainText *plain);

#endif
