/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	network-file - reads a network from its file
 *
 * DESCRIPTION
 *	network_file_read() reads a file as invite-milter-networks(5) describes
 *	it.
 *
 * RETURN VALUE
 *	A Network in any case.  Where the file has mistakes, error names all of
 *	them, a line each, with file, line and key, and the Network holds the
 *	rest.
 *
 * OWNERSHIP
 *	The Network is the caller's, and borrows the file.
 *
 * SEE ALSO
 *	networks.h
 */
#ifndef NETWORK_FILE_H
#define NETWORK_FILE_H

#include <glib.h>

#include "base/keyfile.h"
#include "network/network.h"

Network *network_file_read(const Keyfile *file, GError **error);

/* The names of the holes that its patterns may have, closed by NULL (pattern.h). */
const char *const *network_file_holes(void);

#endif
