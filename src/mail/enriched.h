/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	enriched - a text/enriched part as plain text (RFC 1896)
 *
 * DESCRIPTION
 *	Commands such as "<bold>" are left out, and what stands between "<param>" and
 *	"</param>" with them; "<<" is "<".  One line break is a blank, so many more are
 *	one less, but between "<nofill>" and "</nofill>" they stay.
 *
 * SEE ALSO
 *	message.h
 */
#ifndef ENRICHED_H
#define ENRICHED_H

#include <glib.h>

/* The caller's. */
GString *enriched_text(const GString *text);

#endif
