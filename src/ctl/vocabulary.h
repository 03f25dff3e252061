/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	vocabulary - the words of the program's own data, which a skeleton may show
 *
 * DESCRIPTION
 *	A Vocabulary holds the words of all networks', rewriters' and languages'
 *	files, the administrator's included, and the hosts that they name.
 *	vocabulary_skeleton() masks a mail by them: no word stays that is part of a
 *	name or address in its head or its calendar, or of the person who invites.
 *
 * SEE ALSO
 *	mask.h, mask-mail.h
 */
#ifndef VOCABULARY_H
#define VOCABULARY_H

#include <stddef.h>

#include <glib.h>

#include "judge/assessor.h"

typedef struct Vocabulary Vocabulary;

/* NULL with error set where a data file is wrong.  The assessor is kept. */
Vocabulary *vocabulary_new(Assessor *assessor, GError **error);
void vocabulary_free(Vocabulary *vocabulary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Vocabulary, vocabulary_free)

/* The mail masked, the caller's; NULL with error set where it cannot be read. */
GString *vocabulary_skeleton(Vocabulary *vocabulary, const char *mail, size_t length,
			     GError **error);

#endif
