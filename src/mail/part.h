/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	part - a text or HTML part into which a block can be put
 *
 * DESCRIPTION
 *	part_read() finds a part's content in the mail, and part_content() only
 *	looks whether it is whole.
 *	part_top() is the place in the decoded content where a block is the
 *	first that is read, part_block() the block in the part's charset.
 *
 * RETURN VALUE
 *	part_read(), part_block(): NULL, or why the part cannot be changed.
 *
 * SEE ALSO
 *	insert.h, transfer.h
 */
#ifndef PART_H
#define PART_H

#include "mail/mime.h"
#include "mail/transfer.h"

typedef struct {
	bool is_html;
	bool is_flowed;
	Transfer transfer;
	char *charset;
	size_t start; /* of the raw content in the mail */
	size_t end;
	const GString *decoded; /* borrowed; NULL where it could not be found */
} Part;

void part_clear(Part *part);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Part, part_clear)

/* body: where it begins in the mail that mime was made of. */
const char *part_read(Part *part, Mime *mime, size_t body, GMimePart *object);

/* Its content, whatever is odd about it; NULL where it is broken off. */
const MimeContent *part_content(Mime *mime, size_t body, GMimePart *object);

size_t part_top(const Part *part);

const char *part_block(const Part *part, const char *block, GString **block_out);

#endif
