/* SPDX-License-Identifier: BSD-2-Clause */
/* replies-file.c - may a file of replies say what it says? */

#include "config.h"

#include <string.h>

#include "judge/relation.h"
#include "judge/replies.h"
#include "judge/replies-file.h"
#include "judge/verdict.h"
#include "network/network.h"

/* [texts] is the friendly tone. */
#define GROUPS                                                                           \
	"reply, texts, texts brief, texts formal, texts familiar, "                      \
	"texts brief familiar, texts formal familiar, banner"
static const char *const groups[] = { "reply",
				      "texts",
				      "texts brief",
				      "texts formal",
				      "texts familiar",
				      "texts brief familiar",
				      "texts formal familiar",
				      "banner",
				      NULL };

/* The words of [reply] that are lists: those that show a form of address. */
static const char *const reply_keys[] = { "code", "name", "familiar", "polite", NULL };

static const char *const text_keys[] = {
	"greeting", "greeting-known",   "greeting-nameless",
	"signoff",  "signoff-nameless", NULL,
};

/* Each may end with whether its inviter is known, or with what is asked. */
static const char *const body_keys[] = {
	"reply-dont-accept", "consider", "accept", "decline", NULL,
};
static const char *const body_endings[] = { "-known", "-unknown", "-personal" };

static const char *const banner_keys[] = { "who",           "who-nameless", "reply-label",
					   "page-label",    "mail-label",   "subject",
					   "profile-label", "no-reply",     NULL };

static const char *
answer_at(int index)
{
	return verdict_answer_name((Answer)index);
}

static const char *
verdict_at(int index)
{
	return verdict_name((Verdict)index);
}

static const char *
relation_at(int index)
{
	return relation_name((Relation)index);
}

/* Keys of the banner that end with a name. */
static const struct {
	const char *stem;
	const char *(*name_at)(int index);
	int last;
} banner_stems[] = {
	{ "title-", answer_at, ANSWER_LAST },       { "do-", answer_at, ANSWER_LAST },
	{ "reply-label-", answer_at, ANSWER_LAST }, { "why-", verdict_at, VERDICT_LAST },
	{ "hint-", relation_at, RELATION_LAST },
};

/* The key without what is asked at its end, "do-consider" of "do-consider-event". */
static char *
without_request(const char *key)
{
	for (int i = REQUEST_NONE + 1; i < REQUEST_LAST; i++) {
		const char *name = network_request_name((Request)i);
		const char *end = key + strlen(key) - MIN(strlen(key), strlen(name));

		if (end > key && end[-1] == '-' && g_str_equal(end, name))
			return g_strndup(key, (gsize)(end - 1 - key));
	}

	return g_strdup(key);
}

static bool
is_text_key(const char *key)
{
	g_autofree char *body = without_request(key);

	for (size_t i = 0; i < G_N_ELEMENTS(body_endings); i++)
		if (g_str_has_suffix(key, body_endings[i]))
			body[strlen(key) - strlen(body_endings[i])] = '\0';

	return g_strv_contains(text_keys, key) || g_strv_contains(body_keys, body);
}

static bool
is_banner_key(const char *key)
{
	for (size_t i = 0; i < G_N_ELEMENTS(banner_stems); i++) {
		const char *stem = banner_stems[i].stem;

		for (int at = 0; g_str_has_prefix(key, stem) && at < banner_stems[i].last;
		     at++)
			if (g_str_equal(key + strlen(stem), banner_stems[i].name_at(at)))
				return true;
	}

	return g_strv_contains(banner_keys, key);
}

static bool
is_known_key(const char *group, const char *key)
{
	g_autofree char *general = NULL;

	if (g_str_equal(group, "reply"))
		return g_strv_contains(reply_keys, key);
	if (!g_str_equal(group, "banner"))
		return is_text_key(key);
	general = without_request(key);

	return is_banner_key(key) || is_banner_key(general);
}

static bool
unknown_key(const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	bool is_text = g_str_has_prefix(entry->group, "texts");
	const char *nearest =
	    keyfile_nearest(entry->key, is_text ? text_keys : banner_keys);

	if (nearest == NULL && is_text)
		nearest = keyfile_nearest(entry->key, body_keys);
	if (nearest == NULL)
		return keyfile_error(file, entry, error, "no such key");

	return keyfile_error(file, entry, error, "no such key; did you mean \"%s\"?",
			     nearest);
}

/* Is the value fit to be sent? */
static bool
check_text(const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	size_t length = (size_t)g_utf8_strlen(entry->value, -1);
	if (length > REPLIES_TEXT_MAX)
		return keyfile_error(file, entry, error,
				     "%zu characters, at most %d are sent; shorten it",
				     length, REPLIES_TEXT_MAX);

	for (const char *c = entry->value; *c != '\0'; c = g_utf8_next_char(c)) {
		if (*c != '\n' && g_unichar_iscntrl(g_utf8_get_char(c)))
			return keyfile_error(file, entry, error,
					     "a control character in the text; take it "
					     "out");
		if (*c == '{' && !placeholder_is_known(c + 1)) {
			g_autofree char *hole = g_strndup(c + 1, strcspn(c + 1, "}"));

			return keyfile_error(
			    file, entry, error,
			    "no such placeholder {%s}; there are " PLACEHOLDER_LIST,
			    hole);
		}
	}

	return true;
}

/* "en", "pt-BR": as the languages of notes are named, or closer. */
static bool
is_code(const char *code)
{
	size_t length = strspn(code, "abcdefghijklmnopqrstuvwxyz");

	return (length == 2 || length == 3) && strchr("-_", code[length]) != NULL;
}

static bool
check_entry(const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	if (!g_strv_contains(groups, entry->group))
		return keyfile_error(file, entry, error,
				     "no such section; there are " GROUPS);
	if (!is_known_key(entry->group, entry->key))
		return unknown_key(file, entry, error);
	if (!g_str_equal(entry->key, entry->name))
		return keyfile_error(file, entry, error,
				     "the key has no number and no language; a file is "
				     "in one language, and says it once");
	if (g_str_equal(entry->key, "code") && !is_code(entry->value))
		return keyfile_error(file, entry, error,
				     "give a language such as en or pt-BR");

	return g_str_equal(entry->group, "reply") || check_text(file, entry, error);
}

bool
replies_file_check(const Keyfile *file, GError **error)
{
	bool has_text = false;

	for (size_t i = 0; i < keyfile_length(file); i++) {
		if (!check_entry(file, keyfile_entry(file, i), error))
			return false;
		has_text |= !g_str_equal(keyfile_entry(file, i)->group, "reply");
	}
	if (keyfile_value(file, "reply", "code") == NULL)
		return keyfile_error(file, NULL, error,
				     "[reply] needs a code; say the language, code = en");
	if (!has_text)
		return keyfile_error(file, NULL, error,
				     "no text in it; write some below [texts]");

	return true;
}
