/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	charset-name - what mail means by a charset's name
 *
 * DESCRIPTION
 *	One table for subjects, bodies and files: the labels of the WHATWG's
 *	Encoding standard and what else mailers write.  Case and punctuation do
 *	not count.  A name that is not in the table never reaches a library:
 *	iconv(3) and GMime keep what they are asked for.
 *
 *	Text is read in the charset that senders mean by the name, which has all
 *	characters of the named one and more: windows-1252 for iso-8859-1,
 *	GB18030 for gb2312.  Text is written in the named charset itself, which
 *	every program can read.
 *
 * SEE ALSO
 *	charset.h; WHATWG Encoding, section 4.2
 */
#ifndef CHARSET_NAME_H
#define CHARSET_NAME_H

/* Bytes of a name that is looked up (IANA's limit). */
#define CHARSET_NAME_MAX 40

/* iconv(3)'s name for reading; NULL: the name tells nothing, and the caller guesses. */
const char *charset_name_meant(const char *name);

/* iconv(3)'s name for writing; NULL: the name is not in the table. */
const char *charset_name_written(const char *name);

#endif
