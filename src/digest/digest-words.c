/* SPDX-License-Identifier: BSD-2-Clause */
/* digest-words.c - the words of a digest, of digests/CODE.digest */

#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "base/data.h"
#include "digest/digest-words.h"

#define GROUP "words"

struct DigestWords {
	GPtrArray *files; /* of Keyfile */
};

static const char *const keys[DIGEST_WORD_LAST + 1] = {
	[DIGEST_WORD_FROM] = "from",
	[DIGEST_WORD_SUBJECT] = "subject",
	[DIGEST_WORD_TITLE] = "title",
	[DIGEST_WORD_OPEN] = "open",
	[DIGEST_WORD_NO_NAMES] = "no-names",
	[DIGEST_WORD_WORTH] = "worth",
	[DIGEST_WORD_WHO] = "who",
	[DIGEST_WORD_SINCE] = "since",
	[DIGEST_WORD_DUE] = "due",
	[DIGEST_WORD_REMINDED] = "reminded",
	[DIGEST_WORD_NOTE] = "note",
	[DIGEST_WORD_REPLY] = "reply",
	[DIGEST_WORD_PAGE] = "page",
	[DIGEST_WORD_CLOSE] = "close",
	[DIGEST_WORD_TABLE] = "table",
	[DIGEST_WORD_TABLE_HELP] = "table-help",
	[DIGEST_WORD_SILENT] = "silent",
	[DIGEST_WORD_SELLS] = "sells",
	[DIGEST_WORD_FORGED] = "forged",
	[DIGEST_WORD_REMINDERS] = "reminders",
	[DIGEST_WORD_REMINDER] = "reminder",
	[DIGEST_WORD_UNANSWERED] = "unanswered",
	[DIGEST_WORD_UNANSWERED_HELP] = "unanswered-help",
	[DIGEST_WORD_UNANSWERED_ONE] = "unanswered-one",
	[DIGEST_WORD_WELCOME] = "welcome",
	[DIGEST_WORD_LEARNT] = "learnt",
	[DIGEST_WORD_LEARNT_HELP] = "learnt-help",
	[DIGEST_WORD_LEARNT_SENT] = "learnt-sent",
	[DIGEST_WORD_LEARNT_ACCEPTED] = "learnt-accepted",
	[DIGEST_WORD_LEARNT_CONNECTION] = "learnt-connection",
	[DIGEST_WORD_LEARNT_CONTACT] = "learnt-contact",
	[DIGEST_WORD_LEARNT_MET] = "learnt-met",
	[DIGEST_WORD_LEARNT_ADDED] = "learnt-added",
	[DIGEST_WORD_LEARNT_HAND] = "learnt-hand",
	[DIGEST_WORD_UNDO] = "undo",
	[DIGEST_WORD_LESSONS] = "lessons",
	[DIGEST_WORD_MORE] = "more",
	[DIGEST_WORD_VERIFIER] = "verifier",
	[DIGEST_WORD_STOP] = "stop",
};

#define HOLES "{count}, {name}, {names}, {network}, {day}, {command}"
static const struct {
	const char *name;
	size_t value; /* where in DigestHoles it stands */
} holes[] = {
	{ "count", offsetof(DigestHoles, count) },
	{ "name", offsetof(DigestHoles, name) },
	{ "names", offsetof(DigestHoles, names) },
	{ "network", offsetof(DigestHoles, network) },
	{ "day", offsetof(DigestHoles, day) },
	{ "command", offsetof(DigestHoles, command) },
};

/* text: behind the "{"; G_N_ELEMENTS(holes) where it is none. */
static size_t
hole_at(const char *text)
{
	size_t length = strcspn(text, "}"), i = 0;

	while (i < G_N_ELEMENTS(holes) &&
	       !(text[length] == '}' && strlen(holes[i].name) == length &&
		 strncmp(holes[i].name, text, length) == 0))
		i++;

	return i;
}

static bool
check_text(const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	if (g_utf8_strlen(entry->value, -1) > DIGEST_WORDS_TEXT_MAX)
		return keyfile_error(file, entry, error,
				     "at most %d characters are told; shorten it",
				     DIGEST_WORDS_TEXT_MAX);
	for (const char *c = entry->value; *c != '\0'; c = g_utf8_next_char(c)) {
		if (g_unichar_iscntrl(g_utf8_get_char(c)))
			return keyfile_error(file, entry, error,
					     "a control character in the text; take it "
					     "out");
		if (*c == '{' && hole_at(c + 1) == G_N_ELEMENTS(holes))
			return keyfile_error(file, entry, error,
					     "no such placeholder; there are " HOLES);
	}

	return true;
}

static bool
check_entry(const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	static const char *const groups[] = { "digest", GROUP, NULL };
	static const char *const about[] = { "code", "name", NULL };
	bool is_word = g_str_equal(entry->group, GROUP);
	const char *const *names = is_word ? keys : about;

	if (!g_strv_contains(groups, entry->group))
		return keyfile_unknown(file, entry, "section", entry->group, groups,
				       error);
	if (!g_strv_contains(names, entry->name))
		return keyfile_unknown(file, entry, "key", entry->name, names, error);

	return check_text(file, entry, error);
}

static bool
check_file(const Keyfile *file, GError **error)
{
	for (size_t i = 0; i < keyfile_length(file); i++)
		if (!check_entry(file, keyfile_entry(file, i), error))
			return false;
	if (keyfile_value(file, "digest", "code") == NULL)
		return keyfile_error(file, NULL, error,
				     "[digest] needs a code; say the language, code = "
				     "en");
	for (size_t i = 0; keys[i] != NULL; i++)
		if (keyfile_value(file, GROUP, keys[i]) == NULL)
			return keyfile_error(file, NULL, error, "[" GROUP "] needs %s",
					     keys[i]);

	return true;
}

DigestWords *
digest_words_new(const char *folder, GError **error)
{
	g_autoptr(DigestWords) words = g_new0(DigestWords, 1);
	bool is_sound;

	words->files = data_load(folder, "digests", ".digest", error);
	is_sound = words->files != NULL;
	for (guint i = 0; is_sound && i < words->files->len; i++)
		is_sound = check_file(words->files->pdata[i], error);

	return is_sound ? g_steal_pointer(&words) : NULL;
}

void
digest_words_free(DigestWords *words)
{
	if (words == NULL)
		return;

	g_clear_pointer(&words->files, g_ptr_array_unref);
	g_free(words);
}

/* The file of a language, or NULL. */
static const Keyfile *
file_of(const DigestWords *words, const char *language)
{
	size_t length = strcspn(language, "-_");

	for (guint i = 0; i < words->files->len; i++) {
		const Keyfile *file = words->files->pdata[i];
		const char *code = keyfile_value(file, "digest", "code");

		if (g_str_equal(code, language) ||
		    (strlen(code) == length && strncmp(code, language, length) == 0))
			return file;
	}

	return NULL;
}

const char *
digest_words_language(const DigestWords *words, const char *language)
{
	const Keyfile *file = file_of(words, language);

	return file != NULL ? keyfile_value(file, "digest", "code") : NULL;
}

char *
digest_words_text(const DigestWords *words, const char *language, DigestWord word,
		  const DigestHoles *filled)
{
	g_autoptr(GString) out = g_string_new(NULL);
	const char *text = keyfile_value(file_of(words, language), GROUP, keys[word]);

	for (;;) {
		size_t length = strcspn(text, "{");
		const char *const *value;

		g_string_append_len(out, text, (gssize)length);
		text += length;
		if (*text == '\0')
			return g_strdup(out->str);
		value = G_STRUCT_MEMBER_P(filled, holes[hole_at(text + 1)].value);
		g_string_append(out, *value != NULL ? *value : "");
		text += strcspn(text, "}") + 1;
	}
}
