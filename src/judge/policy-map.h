/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	policy-map - reads which class a recipient or a domain is in
 *
 * DESCRIPTION
 *	A file of lines, each an address or "@domain", and its class; see "map"
 *	in invite-milter.conf(5).
 */
#ifndef POLICY_MAP_H
#define POLICY_MAP_H

#include <stdbool.h>

#include <glib.h>

#include "judge/policy-file.h"

/* False where the file cannot be read, or names what is not there. */
bool policy_map_read(Policy *policy, const char *path, GError **error);

#endif
