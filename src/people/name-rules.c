/* SPDX-License-Identifier: BSD-2-Clause */
/* name-rules.c - the words around names, of people/NAME.people */

#include "config.h"

#include <string.h>

#include "base/keyfile.h"
#include "text/letter.h"
#include "people/name.h"
#include "people/name-rules.h"

struct NameRules {
	GHashTable *tables[NAME_RULE_LAST]; /* folded -> what name_rules_find() says */
	size_t longest[NAME_RULE_LAST];
};

/* What a section of a file says; key NULL: any key is a word itself. */
static const struct Row {
	const char *group;
	const char *key;
	NameRuleKind kind;
} rows[] = {
	{ "name", "titles", NAME_RULE_TITLE },
	{ "name", "unspoken", NAME_RULE_UNSPOKEN },
	{ "name", "said", NAME_RULE_SAID },
	{ "name", "suffixes", NAME_RULE_SUFFIX },
	{ "name", "particles", NAME_RULE_PARTICLE },
	{ "name", "families", NAME_RULE_FAMILY },
	{ "name", "beginnings", NAME_RULE_BEGINNING },
	{ "short", NULL, NAME_RULE_SHORT },
	{ "company", "forms", NAME_RULE_FORM },
	{ "company", "leading", NAME_RULE_LEADING },
	{ "company", "former", NAME_RULE_FORMER },
	{ "company", "words", NAME_RULE_NOBODY },
	{ "address", "robots", NAME_RULE_ROBOT },
	{ "speech", "self", NAME_RULE_SELF },
	{ "speech", "reader", NAME_RULE_READER },
	{ "speech", "message", NAME_RULE_MESSAGE },
};

/* Read by csv.h. */
#define FOREIGN_GROUP "columns"

static char *
without_blanks(char *text)
{
	char *out = text;

	for (const char *c = text; *c != '\0'; c++)
		if (*c != ' ')
			*out++ = *c;
	*out = '\0';

	return text;
}

static bool
has_upper(const char *text)
{
	for (; *text != '\0'; text = g_utf8_next_char(text))
		if (g_unichar_isupper(g_utf8_get_char(text)))
			return true;

	return false;
}

/* The letters as written. */
static char *
bare_letters(const char *item)
{
	g_autoptr(GString) bare = g_string_new(NULL);

	for (; *item != '\0'; item = g_utf8_next_char(item))
		if (letter_is_part(g_utf8_get_char(item)))
			g_string_append_unichar(bare, g_utf8_get_char(item));

	return g_strdup(bare->str);
}

/* The condition that an item's own spelling sets. */
static char *
condition_of(NameRuleKind kind, const char *item)
{
	if ((kind == NAME_RULE_TITLE || kind == NAME_RULE_UNSPOKEN) &&
	    g_str_has_suffix(item, "."))
		return g_strdup(".");
	if (kind == NAME_RULE_SUFFIX && has_upper(item))
		return bare_letters(item);

	return g_strdup("");
}

/* The first says it, where two files or languages do. */
static bool
add_rule(NameRules *rules, NameRuleKind kind, const char *item, const char *whole)
{
	g_autofree char *text = letters_phrase(item, NAME_MAX_CHARS);
	size_t length;

	if (kind != NAME_RULE_FORM && kind != NAME_RULE_LEADING && kind != NAME_RULE_SAID)
		without_blanks(text);
	length = strlen(text);
	if (length == 0 || length > NAME_RULE_MAX_BYTES)
		return false;

	rules->longest[kind] = MAX(rules->longest[kind], length);
	if (!g_hash_table_contains(rules->tables[kind], text))
		g_hash_table_insert(rules->tables[kind], g_steal_pointer(&text),
				    whole != NULL ? g_strdup(whole)
						  : condition_of(kind, item));

	return true;
}

static bool
read_short(NameRules *rules, const Keyfile *file, const KeyfileEntry *entry,
	   GError **error)
{
	g_autofree char *word = letters_phrase(entry->key, NAME_MAX_CHARS);
	g_autofree char *whole = letters_phrase(entry->value, NAME_MAX_CHARS);

	if (word[0] == '\0' || whole[0] == '\0' || strlen(whole) > NAME_RULE_MAX_BYTES ||
	    strchr(word, ' ') != NULL || strchr(whole, ' ') != NULL)
		return keyfile_error(file, entry, error,
				     "a short form is one word, and stands for one");
	if (!g_str_equal(word, whole) && !add_rule(rules, NAME_RULE_SHORT, word, whole))
		return keyfile_error(file, entry, error, "longer than %d bytes",
				     NAME_RULE_MAX_BYTES);

	return true;
}

static bool
read_list(NameRules *rules, NameRuleKind kind, const Keyfile *file,
	  const KeyfileEntry *entry, GError **error)
{
	for (size_t i = 0; entry->list[i] != NULL; i++)
		if (!add_rule(rules, kind, entry->list[i], NULL))
			return keyfile_error(file, entry, error,
					     "'%s' has no letters, or more than %d bytes",
					     entry->list[i], NAME_RULE_MAX_BYTES);

	return true;
}

/* The language itself is kept, too: the file says something of it. */
static bool
read_said(NameRules *rules, const Keyfile *file, const KeyfileEntry *entry,
	  GError **error)
{
	if (entry->language == NULL)
		return keyfile_error(file, entry, error, "of which language?");
	add_rule(rules, NAME_RULE_SAID, entry->language, NULL);
	for (size_t i = 0; entry->list[i] != NULL; i++) {
		g_autofree char *title = letters_phrase(entry->list[i], NAME_MAX_CHARS);
		g_autofree char *both =
		    g_strconcat(entry->language, " ", without_blanks(title), NULL);

		if (title[0] == '\0' || !add_rule(rules, NAME_RULE_SAID, both, NULL))
			return keyfile_error(file, entry, error,
					     "'%s' has no letters, or more than %d bytes",
					     entry->list[i], NAME_RULE_MAX_BYTES);
	}

	return true;
}

static bool
read_entry(NameRules *rules, const Keyfile *file, const KeyfileEntry *entry,
	   GError **error)
{
	g_autoptr(GString) keys = g_string_new(NULL);

	if (g_str_equal(entry->group, FOREIGN_GROUP))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (!g_str_equal(rows[i].group, entry->group))
			continue;
		if (rows[i].key == NULL)
			return read_short(rules, file, entry, error);
		if (g_str_equal(rows[i].key, entry->key))
			return rows[i].kind == NAME_RULE_SAID
				   ? read_said(rules, file, entry, error)
				   : read_list(rules, rows[i].kind, file, entry, error);
		g_string_append_printf(keys, "%s%s", keys->len > 0 ? ", " : "",
				       rows[i].key);
	}
	if (keys->len > 0)
		return keyfile_error(file, entry, error, "no such key; there are %s",
				     keys->str);

	return keyfile_error(file, entry, error,
			     "no such section; there are name, short, company, address, "
			     "speech, columns");
}

NameRules *
name_rules_new(GPtrArray *files, GError **error)
{
	g_autoptr(NameRules) rules = g_new0(NameRules, 1);

	for (size_t i = 0; i < NAME_RULE_LAST; i++)
		rules->tables[i] =
		    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	for (size_t i = 0; i < files->len; i++)
		for (size_t j = 0; j < keyfile_length(files->pdata[i]); j++)
			if (!read_entry(rules, files->pdata[i],
					keyfile_entry(files->pdata[i], j), error))
				return NULL;

	return g_steal_pointer(&rules);
}

void
name_rules_free(NameRules *rules)
{
	if (rules == NULL)
		return;

	for (size_t i = 0; i < NAME_RULE_LAST; i++)
		g_clear_pointer(&rules->tables[i], g_hash_table_unref);
	g_free(rules);
}

size_t
name_rules_longest(const NameRules *rules, NameRuleKind kind)
{
	return rules->longest[kind];
}

const char *
name_rules_find(const NameRules *rules, NameRuleKind kind, const char *text)
{
	return g_hash_table_lookup(rules->tables[kind], text);
}

const char *
name_rules_ask(const NameRules *rules, NameRuleKind kind, const char *word)
{
	g_autofree char *letters = letters_phrase(word, NAME_RULE_MAX_BYTES);

	return rules != NULL ? name_rules_find(rules, kind, letters) : NULL;
}

bool
name_rules_is_said(const NameRules *rules, const char *language, const char *title)
{
	g_autofree char *code = NULL, *both = NULL, *letters = NULL;

	if (rules == NULL || language == NULL)
		return true;
	code = g_strndup(language, strcspn(language, "-"));
	letters = letters_phrase(title, NAME_RULE_MAX_BYTES);
	both = g_strconcat(code, " ", without_blanks(letters), NULL);

	return name_rules_find(rules, NAME_RULE_SAID, code) == NULL ||
	       name_rules_find(rules, NAME_RULE_SAID, both) != NULL;
}
