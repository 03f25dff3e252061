/* SPDX-License-Identifier: BSD-2-Clause */
/* suggestion.c - what to do, with the reply written ready to send */

#include <stdbool.h>
#include <string.h>

#include "base/keyfile.h"
#include "base/text.h"
#include "judge/suggestion.h"

struct Replies {
	GPtrArray *files;	/* of Keyfile */
};

static const char *const groups[] = { "reply", "texts", "banner", NULL };
static const char *const hole_names[] = { "first", "recipient", "inviter", "network", NULL };

/* The hole that a text has and nothing fills, or that does not end; NULL where there is none. */
static char *
unknown_hole(const char *text)
{
	for (const char *open = strchr(text, '{'); open != NULL; open = strchr(open + 1, '{')) {
		g_autofree char *name = g_strndup(open + 1, strcspn(open + 1, "}"));

		if (!g_strv_contains(hole_names, name) || strchr(open, '}') == NULL)
			return g_steal_pointer(&name);
	}

	return NULL;
}

/* Is the key "STEM" or "STEM-NAME" with one of the names? */
static bool
is_key_of(const char *key, const char *stem, const char *(*name_of)(int), int last)
{
	for (int i = 0; i < last; i++) {
		g_autofree char *whole = g_strconcat(stem, name_of(i), NULL);

		if (g_str_equal(key, whole))
			return true;
	}

	return false;
}

static const char *
answer_at(int index)
{
	return answer_name((Answer)index);
}

static const char *
verdict_at(int index)
{
	return verdict_name((Verdict)index);
}

static bool
is_known_key(const char *group, const char *key)
{
	static const char *const texts[] = { "greeting", "greeting-nameless", "signoff",
					     "signoff-nameless", NULL };
	static const char *const banner[] = { "who",	    "who-nameless", "reply-label",
					      "page-label", "mail-label",   "subject",
					      NULL };
	g_autofree char *known = g_strdup(key);

	if (g_str_equal(group, "reply"))
		return g_str_equal(key, "code") || g_str_equal(key, "name");
	if (g_str_equal(group, "banner"))
		return g_strv_contains(banner, key) ||
		       is_key_of(key, "title-", answer_at, ANSWER_LAST) ||
		       is_key_of(key, "do-", answer_at, ANSWER_LAST) ||
		       is_key_of(key, "why-", verdict_at, VERDICT_LAST);

	/* A text may have a second form for those nobody could be asked about. */
	if (g_str_has_suffix(known, "-unknown"))
		known[strlen(known) - strlen("-unknown")] = '\0';

	return g_strv_contains(texts, key) || is_key_of(known, "", answer_at, ANSWER_LAST);
}

static bool
check_entry(const Keyfile *file, const KeyfileEntry *entry, GError **error)
{
	g_autofree char *hole = unknown_hole(entry->value);

	if (!g_strv_contains(groups, entry->group))
		return keyfile_error(file, entry, error,
				     "no such section; there are reply, texts, banner");
	if (!is_known_key(entry->group, entry->key))
		return keyfile_error(file, entry, error, "no such key");
	if (hole != NULL)
		return keyfile_error(file, entry, error,
				     "no such placeholder {%s}; there are {first}, "
				     "{recipient}, {inviter}, {network}",
				     hole);

	return true;
}

static bool
check_file(const Keyfile *file, GError **error)
{
	if (keyfile_value(file, "reply", "code") == NULL)
		return keyfile_error(file, NULL, error, "[reply] needs a code");
	for (size_t i = 0; i < keyfile_length(file); i++)
		if (!check_entry(file, keyfile_entry(file, i), error))
			return false;

	return true;
}

Replies *
replies_new(GPtrArray *files, GError **error)
{
	g_autoptr(Replies) replies = g_new0(Replies, 1);

	for (size_t i = 0; i < files->len; i++)
		if (!check_file(files->pdata[i], error))
			return NULL;
	replies->files = g_ptr_array_ref(files);

	return g_steal_pointer(&replies);
}

void
replies_free(Replies *replies)
{
	if (replies == NULL)
		return;

	g_clear_pointer(&replies->files, g_ptr_array_unref);
	g_free(replies);
}

/* The file of "pt" also serves "pt-BR". */
static const Keyfile *
file_of(const Replies *replies, const char *language)
{
	size_t length = strcspn(language, "-_");

	for (size_t i = 0; i < replies->files->len; i++) {
		const Keyfile *file = replies->files->pdata[i];
		const char *code = keyfile_value(file, "reply", "code");

		if (g_str_equal(code, language) ||
		    (strlen(code) == length && strncmp(code, language, length) == 0))
			return file;
	}

	return NULL;
}

const char *
replies_language(const Replies *replies, const char *const *languages)
{
	for (; *languages != NULL; languages++) {
		const Keyfile *file = file_of(replies, *languages);

		if (file != NULL)
			return keyfile_value(file, "reply", "code");
	}

	return NULL;
}

/* "site.example": mail programs make a link of it. */
static bool
has_host(const char *name)
{
	for (const char *dot = strchr(name, '.'); dot != NULL; dot = strchr(dot + 1, '.'))
		if (dot > name && dot[-1] != ' ' && g_ascii_isalpha(dot[1]) &&
		    g_ascii_isalpha(dot[2]))
			return true;

	return false;
}

/* A name as it may stand in a text, or NULL where it had better not. */
static char *
safe_name(const char *name)
{
	static const char *const signs[] = { "://", "www.", "@", "/", "\\", "<", ">" };
	g_autofree char *clean = text_clean(name != NULL ? name : "", TEXT_NAME_MAX);

	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
		if (strstr(clean, signs[i]) != NULL)
			return NULL;

	return clean[0] != '\0' && !has_host(clean) ? g_steal_pointer(&clean) : NULL;
}

/* "PhD" or "Jr.": no word that a person is called by. */
static bool
is_degree(const char *word)
{
	bool has_capital = false;

	for (const char *c = g_utf8_next_char(word); *c != '\0'; c = g_utf8_next_char(c))
		has_capital |= g_unichar_isupper(g_utf8_get_char(c)) || *c == '.';

	return has_capital && strchr(word, ' ') == NULL;
}

/* "Jane" of "Dr. Jane Doe", of "Doe, Jane" and of "Jane Doe, PhD". */
static char *
first_name(const char *name)
{
	const char *comma = strchr(name, ','), *word = name;

	if (comma != NULL && comma[1] == ' ' && comma[2] != '\0' && !is_degree(comma + 2))
		word = comma + 2;
	for (;;) {
		size_t length = strcspn(word, " ,");

		if (length < 2 || word[length] != ' ' || word[length - 1] != '.')
			return g_strndup(word, length);
		word += length + 1;
	}
}

static char *
fill(const char *hole, const ReplyNames *names)
{
	g_autofree char *inviter = NULL;

	if (g_str_equal(hole, "network"))
		return g_strdup(names->network);
	if (g_str_equal(hole, "recipient"))
		return safe_name(names->recipient);
	inviter = safe_name(names->inviter);
	if (inviter != NULL && g_str_equal(hole, "first"))
		return first_name(inviter);

	return g_steal_pointer(&inviter);
}

char *
replies_text(const Replies *replies, const char *language, const char *group,
	     const char *key, const ReplyNames *names)
{
	const Keyfile *file = file_of(replies, language);
	const char *text = file != NULL ? keyfile_value(file, group, key) : NULL;
	g_autoptr(GString) out = g_string_new(NULL);

	if (text == NULL)
		return NULL;
	while (*text != '\0') {
		size_t length = strcspn(text, "{");

		g_string_append_len(out, text, (gssize)length);
		text += length;
		if (*text == '{') {
			g_autofree char *hole = g_strndup(text + 1, strcspn(text + 1, "}"));
			g_autofree char *filled = fill(hole, names);

			if (filled == NULL)
				return NULL;
			g_string_append(out, filled);
			text += strcspn(text, "}") + 1;
		}
	}

	return g_strdup(out->str);
}

/* The text of a key, or of its form that needs no name. */
static char *
text_or_nameless(const Replies *replies, const char *language, const char *key,
		 const ReplyNames *names)
{
	g_autofree char *nameless = g_strconcat(key, "-nameless", NULL);
	char *text = replies_text(replies, language, "texts", key, names);

	return text != NULL ? text
			    : replies_text(replies, language, "texts", nameless, names);
}

/* Greeting, text and sign-off; NULL where the answer has no text. */
static char *
write_reply(const Replies *replies, const char *language, const char *key,
	    const ReplyNames *names)
{
	g_autofree char *body = replies_text(replies, language, "texts", key, names);
	g_autofree char *greeting = NULL, *signoff = NULL;

	if (body == NULL)
		return NULL;
	greeting = text_or_nameless(replies, language, "greeting", names);
	signoff = text_or_nameless(replies, language, "signoff", names);

	return g_strdup_printf("%s\n\n%s\n\n%s", greeting != NULL ? greeting : "", body,
			       signoff != NULL ? signoff : "");
}

Suggestion *
suggestion_new(const Replies *replies, const Network *network, const Invite *invite,
	       Answer answer, const Findings *findings, const char *language)
{
	Suggestion *suggestion = g_new0(Suggestion, 1);
	ReplyNames names = { invite->name, invite->recipient, network->title };
	g_autofree char *unknown = g_strconcat(answer_name(answer), "-unknown", NULL);

	suggestion->answer = answer;
	suggestion->language = language;
	if (answer == ANSWER_REPORT || findings->relation == RELATION_IMPOSTOR)
		return suggestion;

	if (answer != ANSWER_IGNORE)
		suggestion->address = g_strdup(invite->address);
	suggestion->url = g_strdup(network->page);
	if (language == NULL)
		return suggestion;
	if (findings->relation == RELATION_UNKNOWN)
		suggestion->reply = write_reply(replies, language, unknown, &names);
	if (suggestion->reply == NULL)
		suggestion->reply =
		    write_reply(replies, language, answer_name(answer), &names);

	return suggestion;
}

void
suggestion_free(Suggestion *suggestion)
{
	if (suggestion == NULL)
		return;

	g_free(suggestion->reply);
	g_free(suggestion->url);
	g_free(suggestion->address);
	g_free(suggestion);
}
