/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	sources - the files of src/, for tests that read them
 */
#ifndef SOURCES_H
#define SOURCES_H

#include <stddef.h>

/* The folders, from the bottom layer up, closed by NULL. */
extern const char *const sources_folders[];

/* file: below src/, as "text/text.h"; text: all of it. */
typedef void SourcesVisit(void *context, const char *file, const char *text);

/* Visits each .c and each .h of a folder, written from src/ on; there must be some. */
void sources_each(const char *folder, SourcesVisit *visit, void *context);

/* Visits those of all folders; returns how many there are. */
size_t sources_all(SourcesVisit *visit, void *context);

/* Visits each .inc of all folders, which sources include. */
size_t sources_included(SourcesVisit *visit, void *context);

#endif
