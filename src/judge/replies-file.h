/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	replies-file - may a file of replies say what it says?
 *
 * DESCRIPTION
 *	Every section, key and placeholder must be one that is known, every text
 *	short enough and without control characters, and the file must name its
 *	language.  So a slip is told when the file is read, and not when a mail
 *	comes that needs the text.
 *
 * RETURN VALUE
 *	False with error set, which names file, line and key, and says what would do.
 *
 * SEE ALSO
 *	replies.h; "REPLY FILES" in invite-milter-languages(5)
 */
#ifndef REPLIES_FILE_H
#define REPLIES_FILE_H

#include <stdbool.h>

#include <glib.h>

#include "base/keyfile.h"

bool replies_file_check(const Keyfile *file, GError **error);

#endif
