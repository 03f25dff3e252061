/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	part - is a part shown with the mail?
 *
 * DESCRIPTION
 *	One rule for who reads a mail and for who writes into it.
 *
 * SEE ALSO
 *	RFC 2183, section 2
 */
#ifndef PART_H
#define PART_H

#include <stdbool.h>

#include <gmime/gmime.h>

/* Content-Disposition says so, or says what we do not know. */
bool part_is_attachment(GMimeObject *object);

#endif
