/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	requests-meant - who is meant by an address, a page or a name?
 *
 * RETURN VALUE
 *	False with error set where the store could not be asked.
 */
#ifndef REQUESTS_MEANT_H
#define REQUESTS_MEANT_H

#include <stdbool.h>

#include <glib.h>

#include "judge/assessor.h"
#include "people/store.h"

/* ids_out: of gint64, each person of the owner's once; the caller's. */
bool requests_meant(Store *store, const Assessor *assessor, const char *owner,
		    const char *who, GArray **ids_out, GError **error);

#endif
