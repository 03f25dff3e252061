/* SPDX-License-Identifier: BSD-2-Clause */
/* suggestion.c - what to do, with the reply written ready to send */

#include <stdbool.h>
#include <string.h>

#include "base/keyfile.h"
#include "base/text.h"
#include "judge/suggestion.h"

/* "CAPM", "MRICS": a word with capitals that is longer is a name, "McKenzie". */
#define DEGREE_MAX 5

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

static const char *
relation_at(int index)
{
	return relation_name((Relation)index);
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
		       is_key_of(key, "why-", verdict_at, VERDICT_LAST) ||
		       is_key_of(key, "hint-", relation_at, RELATION_LAST);

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

/* "-" and "***" are no names. */
static bool
has_letter(const char *text)
{
	for (; *text != '\0'; text = g_utf8_next_char(text))
		if (g_unichar_isalnum(g_utf8_get_char(text)))
			return true;

	return false;
}

/* Emoji and other pictures, and what joins them. */
static bool
is_picture(gunichar c)
{
	switch (g_unichar_type(c)) {
	case G_UNICODE_OTHER_SYMBOL:
	case G_UNICODE_MODIFIER_SYMBOL:
	case G_UNICODE_MATH_SYMBOL:
	case G_UNICODE_ENCLOSING_MARK:
	case G_UNICODE_UNASSIGNED:
	case G_UNICODE_PRIVATE_USE:
		return true;
	default:
		return (c >= 0xfe00 && c <= 0xfe0f) || c == 0x200d;
	}
}

/* Without "(She/Her)" and pictures; a bracket that does not close opens nothing. */
static char *
bare_name(const char *name)
{
	static const struct {
		const char *open, *close;
	} brackets[] = {
		{ "(", ")" }, { "[", "]" }, { "{", "}" },
		{ "\357\274\210", "\357\274\211" },	/* （） */
	};
	g_autoptr(GString) out = g_string_new(NULL);

	for (const char *c = name; *c != '\0'; c = g_utf8_next_char(c)) {
		for (size_t i = 0; i < G_N_ELEMENTS(brackets); i++) {
			const char *close = g_str_has_prefix(c, brackets[i].open)
						? strstr(c, brackets[i].close)
						: NULL;

			c = close != NULL ? close : c;
			if (close != NULL)
				break;
		}
		if (strchr(")]}", *c) != NULL || g_str_has_prefix(c, "\357\274\211") ||
		    is_picture(g_utf8_get_char(c)))
			g_string_append_c(out, ' ');
		else
			g_string_append_unichar(out, g_utf8_get_char(c));
	}

	return text_clean(out->str, TEXT_NAME_MAX);
}

/* A name as it may stand in a text, or NULL where it had better not. */
static char *
safe_name(const char *name)
{
	static const char *const signs[] = { "://", "www.", "@", "/", "\\", "<", ">" };
	g_autofree char *valid = g_utf8_make_valid(name != NULL ? name : "", -1);
	g_autofree char *clean = bare_name(valid);

	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
		if (strstr(clean, signs[i]) != NULL)
			return NULL;

	return has_letter(clean) && !has_host(clean) ? g_steal_pointer(&clean) : NULL;
}

/* "PhD" or "Jr.": no word that a person is called by. */
static bool
is_degree(const char *word)
{
	bool has_capital = false;

	for (const char *c = g_utf8_next_char(word); *c != '\0'; c = g_utf8_next_char(c)) {
		if (*c == '.')
			return true;
		has_capital |= g_unichar_isupper(g_utf8_get_char(c));
	}

	return has_capital && g_utf8_strlen(word, -1) <= DEGREE_MAX;
}

/* Names that have no first part to greet by, or not as their first word. */
static bool
is_written_whole(const char *name)
{
	while (*name != '\0' && !g_unichar_isalnum(g_utf8_get_char(name)))
		name = g_utf8_next_char(name);

	switch (g_unichar_get_script(g_utf8_get_char(name))) {
	case G_UNICODE_SCRIPT_HAN:
	case G_UNICODE_SCRIPT_HIRAGANA:
	case G_UNICODE_SCRIPT_KATAKANA:
	case G_UNICODE_SCRIPT_HANGUL:
	case G_UNICODE_SCRIPT_BOPOMOFO:
		return true;
	default:
		return false;
	}
}

/* From the first letter of a word to its last: "Jane" of "*Jane;". */
static char *
trimmed(const char *word, size_t length)
{
	const char *first = NULL, *end = word;

	for (const char *c = word; c < word + length; c = g_utf8_next_char(c)) {
		if (!g_unichar_isalnum(g_utf8_get_char(c)) && !g_unichar_ismark(g_utf8_get_char(c)))
			continue;
		first = first != NULL ? first : c;
		end = g_utf8_next_char(c);
	}

	return first != NULL ? g_strndup(first, (size_t)(end - first)) : NULL;
}

/* The first word that is no title, "Jane" of "Prof. Dr. Jane Roe"; or NULL. */
static char *
first_word(const char *name)
{
	for (;;) {
		size_t length = strcspn(name, " ");
		g_autofree char *word = trimmed(name, length);

		if (name[length] == '\0' || (word != NULL && name[length - 1] != '.'))
			return g_steal_pointer(&word);
		name += length + 1;
	}
}

/*
 * "Jane" of "Dr. Jane Doe", of "Doe, Jane" and of "Jane Doe, PhD, MBA".  Of
 * "Jane Doe, Painter" and "De Wit, Jane" nobody knows which is the name: NULL.
 */
static char *
first_name(const char *name)
{
	g_auto(GStrv) parts = g_strsplit(name, ",", 3);
	const char *family = g_strstrip(parts[0]);
	const char *given = parts[1] != NULL ? g_strstrip(parts[1]) : "";
	bool is_one = strchr(family, ' ') == NULL ||
		      g_unichar_islower(g_utf8_get_char(family));

	if (is_written_whole(name))
		return trimmed(name, strlen(name));
	if (!has_letter(given) || (strchr(given, ' ') == NULL && is_degree(given)))
		return first_word(family);
	if (is_one)
		return first_word(given);

	return strchr(given, ' ') != NULL ? first_word(family) : NULL;
}

/* The inviter, but never the network: "Hi Orbit" greets nobody. */
static char *
fill_first(const char *inviter, const char *network)
{
	g_autofree char *first = first_name(inviter);

	if (first == NULL || (network != NULL && text_same(first, network)))
		return NULL;

	return g_steal_pointer(&first);
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
	if (inviter == NULL || (names->network != NULL && text_same(inviter, names->network)))
		return NULL;

	return g_str_equal(hole, "first") ? fill_first(inviter, names->network)
					  : g_steal_pointer(&inviter);
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
