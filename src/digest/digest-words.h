/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	digest-words - the words of a digest, of digests/CODE.digest
 *
 * DESCRIPTION
 *	Each language has a file with all texts of a digest.  A text has
 *	placeholders, which are filled with what the caller knows.
 *
 * RETURN VALUE
 *	digest_words_new(): NULL with error set, which names file, line and key, where a
 *	file cannot be used.
 *
 * SEE ALSO
 *	"DIGEST FILES" in invite-milter-languages(5)
 */
#ifndef DIGEST_WORDS_H
#define DIGEST_WORDS_H

#include <glib.h>

/* Characters of one text, as it stands in the file. */
#define DIGEST_WORDS_TEXT_MAX 500

typedef enum {
	DIGEST_WORD_FROM,
	DIGEST_WORD_SUBJECT,
	DIGEST_WORD_TITLE,
	DIGEST_WORD_OPEN,
	DIGEST_WORD_NO_NAMES,
	DIGEST_WORD_WORTH,
	DIGEST_WORD_WHO,
	DIGEST_WORD_SINCE,
	DIGEST_WORD_DUE,
	DIGEST_WORD_REMINDED,
	DIGEST_WORD_NOTE,
	DIGEST_WORD_REPLY,
	DIGEST_WORD_PAGE,
	DIGEST_WORD_CLOSE,
	DIGEST_WORD_TABLE,
	DIGEST_WORD_TABLE_HELP,
	DIGEST_WORD_SILENT,
	DIGEST_WORD_SELLS,
	DIGEST_WORD_FORGED,
	DIGEST_WORD_REMINDERS,
	DIGEST_WORD_REMINDER,
	DIGEST_WORD_UNANSWERED,
	DIGEST_WORD_UNANSWERED_HELP,
	DIGEST_WORD_UNANSWERED_ONE,
	DIGEST_WORD_WELCOME,
	DIGEST_WORD_LEARNT,
	DIGEST_WORD_LEARNT_HELP,
	DIGEST_WORD_LEARNT_SENT, /* from here on in the order of Source */
	DIGEST_WORD_LEARNT_ACCEPTED,
	DIGEST_WORD_LEARNT_CONNECTION,
	DIGEST_WORD_LEARNT_CONTACT,
	DIGEST_WORD_LEARNT_MET,
	DIGEST_WORD_LEARNT_ADDED,
	DIGEST_WORD_LEARNT_HAND,
	DIGEST_WORD_UNDO,
	DIGEST_WORD_LESSONS,
	DIGEST_WORD_MORE,
	DIGEST_WORD_VERIFIER,
	DIGEST_WORD_STOP,
	DIGEST_WORD_LAST
} DigestWord;

/* What the placeholders are filled with; NULL is "". */
typedef struct {
	const char *count, *name, *names, *network, *day, *command;
} DigestHoles;

typedef struct DigestWords DigestWords;

/* folder: the administrator's, or NULL. */
DigestWords *digest_words_new(const char *folder, GError **error);
void digest_words_free(DigestWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DigestWords, digest_words_free)

/* The code of the file that speaks the language ("pt-BR" is served by "pt"), or NULL. */
const char *digest_words_language(const DigestWords *words, const char *language);

/* The text in a language that a file speaks; the caller's. */
char *digest_words_text(const DigestWords *words, const char *language, DigestWord word,
			const DigestHoles *holes);

#endif
