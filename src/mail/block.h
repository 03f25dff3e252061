/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	block - invite-milter's blocks in a text, whoever wrote them
 *
 * DESCRIPTION
 *	A block stands behind a name, "invite-milter" or "invite-milter-MARK":
 *	in plain text between the lines "=== NAME ===" and "=== /NAME ===", in
 *	HTML in an element that has the name in its id, and between such lines
 *	there, too.  A sender can write one, a forward quotes one, and another
 *	host writes them with other marks; so every block is found, wherever it
 *	stands, in letters of any case, behind ">" and with what nobody sees
 *	between its letters.
 *
 *	What is found is whole lines and elements: words outside stay.  Where
 *	a block is not closed, or somebody wrote into it behind fewer ">", only
 *	the fence is found, and the words inside become words of the mail.  The
 *	text is read in one pass, in linear time.
 *
 * OWNERSHIP
 *	The text stays the caller's; the array is the caller's.
 *
 * SEE ALSO
 *	insert.h, which puts a block in; base/mark.h
 */
#ifndef BLOCK_H
#define BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

typedef enum {
	BLOCK_TEXT,
	BLOCK_HTML,
} BlockKind;

/* What is to be taken off. */
typedef struct {
	size_t start;
	size_t end;
} BlockCut;

/* mark: NULL for none. */
char *block_name(const char *mark);

/*
 * The blocks as BlockCuts, in the order of the text, none touching another; NULL
 * where there is none.  text: any bytes of a charset that is based on ASCII.  mark:
 * the owner's, or NULL where nobody knows it.  *is_foreign_out becomes true where a
 * block has another than that, or none.
 */
GArray *block_find(const char *text, size_t length, BlockKind kind, const char *mark,
		   bool *is_foreign_out);

/* The text without them. */
GString *block_without(const char *text, size_t length, BlockKind kind,
		       const GArray *cuts);

/* What comes before the place of a cut. */
typedef enum {
	BLOCK_BEHIND_TEXT, /* the text before it */
	BLOCK_BEHIND_LINE, /* a line that is put in */
} BlockBehind;

/* " " where a tag or a boundary would come to be in place of a cut, else "". */
const char *block_filler(const char *text, size_t length, BlockKind kind,
			 BlockBehind behind, const BlockCut *cut);

#endif
