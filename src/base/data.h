/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	data - the files that come with the program, and the administrator's own
 *
 * DESCRIPTION
 *	Networks, languages and replies are files of one kind each, embedded
 *	in the program.  A file of the same name in the administrator's folder
 *	(FOLDER/networks/linkedin.network) stands in the place of ours; one of
 *	another name is added.
 *
 * RETURN VALUE
 *	data_load(): the files of one kind, sorted by name, or NULL with error
 *	set where one cannot be read.
 */
#ifndef DATA_H
#define DATA_H

#include <glib.h>

#include "base/keyfile.h"

/* kind: "networks"; suffix: ".network"; folder NULL: only ours. Of Keyfile. */
GPtrArray *data_load(const char *folder, const char *kind, const char *suffix, GError **error);

/* One file of anybody's; NULL with error set where it cannot be read. */
Keyfile *data_read(const char *path, GError **error);

#endif
