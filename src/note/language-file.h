/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	language-file - reads a language from its file
 *
 * DESCRIPTION
 *	languages/CODE.language (invite-milter-languages(5)); language.c alone
 *	calls it.
 *
 * RETURN VALUE
 *	False with error set, which names file, line and key.
 */
#ifndef LANGUAGE_FILE_H
#define LANGUAGE_FILE_H

#include <stdbool.h>

#include <glib.h>

#include "base/keyfile.h"
#include "note/language.h"

/* Add a language, and what its phrases mean. */
bool language_file_read(Languages *languages, const Keyfile *file, GError **error);

/* Add the words of a file of rules, section [words], which are those of all languages. */
bool language_file_read_words(Languages *languages, const Keyfile *file, GError **error);

#endif
