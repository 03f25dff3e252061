/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	replies - what is said to an inviter and in the banner
 *
 * DESCRIPTION
 *	All texts are data (replies/CODE.reply), in one language a file, in
 *	three tones where they are said to an inviter.  A recipient may have
 *	files of their own, whose texts go before ours.
 *
 *	A Voice says whose texts are taken: the recipient's own files in their
 *	order, then ours; in each of them first the tone's, then the friendly
 *	one, and before both those in the familiar form of address where it is
 *	asked for.  A text that needs a name which is not known is passed over.
 *
 * RETURN VALUE
 *	A file that cannot be used is an error that names file, line and key.
 *
 * SEE ALSO
 *	"REPLY FILES" in invite-milter-languages(5)
 */
#ifndef REPLIES_H
#define REPLIES_H

#include <stdbool.h>

#include <glib.h>

#include "base/keyfile.h"
#include "people/name.h"
#include "people/placeholder.h"

/* Characters of one text, as it stands in the file. */
#define REPLIES_TEXT_MAX 1000

typedef struct Replies Replies;

/* files: of Keyfile, kept by the Replies. */
Replies *replies_new(GPtrArray *files, GError **error);
void replies_free(Replies *replies);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Replies, replies_free)

/*
 * Read the files that a value of [suggestion] replies names; before others
 * share the Replies.  A path without "/" at its start is below the folder.
 */
bool replies_add_own(Replies *replies, const char *paths, const char *folder,
		     GError **error);

/* Everything borrowed. */
typedef struct {
	const Replies *replies;
	const char *own;        /* as added before; "" for none */
	const char *tone;       /* "friendly", "brief" or "formal" */
	const char *language;   /* NULL: none that a file speaks */
	const NameRules *names; /* titles and forms of companies, or NULL */
	bool is_familiar;       /* it says "du", not "Sie" (reply-form.h) */
} Voice;

/*
 * The first of the languages, in the order of preference and closed by NULL,
 * that a file speaks ("pt-BR" may be served by "pt"); NULL where none does.
 */
const char *replies_language(const Voice *voice, const char *const *languages);

/* From an index on the next file that speaks, one's own first; NULL at the end. */
const Keyfile *replies_next_file(const Voice *voice, const char *language, size_t *index);

/*
 * The text of a group, "texts" or "banner", for the first of the keys, closed by
 * NULL, that can be said; NULL where there is none, and where it is empty.
 */
char *replies_text(const Voice *voice, const char *group, const char *const *keys,
		   const ReplyNames *names);

#endif
