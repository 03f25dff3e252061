/* SPDX-License-Identifier: BSD-2-Clause */
/* part.c - is a part shown with the mail? */

#include "mail/part.h"

bool
part_is_attachment(GMimeObject *object)
{
	GMimeContentDisposition *disposition =
	    g_mime_object_get_content_disposition(object);
	const char *kind = disposition != NULL
			       ? g_mime_content_disposition_get_disposition(disposition)
			       : NULL;

	/* One that is unknown counts as attachment (RFC 2183, section 2.8). */
	return kind != NULL && g_ascii_strcasecmp(kind, "inline") != 0;
}
