/* SPDX-License-Identifier: BSD-2-Clause */
/* name-rules.c - the words around names, of people/NAME.people */

#include "config.h"

#include <stdint.h>
#include <string.h>

#include "base/data.h"
#include "base/keyfile.h"
#include "text/letter.h"
#include "people/name.h"
#include "people/name-rules.h"

/*
 * Design rationale
 *
 * While files are read, there is a hash table for each kind.  What is made of these has
 * no pointers, so that it can lie in a program (name_rules_image()).
 */

/* A word and what is said of it: places in the text.  Word 0: nothing stands here. */
typedef struct {
	uint32_t word;
	uint32_t said;
} Slot;

/* The slots of a kind: a power of two, of which at least half are free. */
typedef struct {
	uint32_t first;
	uint32_t mask;
	uint32_t longest;
} Table;

#define TYPE "(a(uuu)a(uu)ay)" /* of Table and Slot; the text begins with "" */

struct NameRules {
	GVariant *image;     /* in which lies what is below */
	const Table *tables; /* of NameRuleKind */
	const Slot *slots;
	const char *text;
};

/* Files on their way. */
typedef struct {
	GHashTable *tables[NAME_RULE_LAST]; /* folded → what name_rules_find() says */
	uint32_t longest[NAME_RULE_LAST];
} Reading;

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
	{ "speech", "from", NAME_RULE_FROM },
	{ "speech", "presents", NAME_RULE_PRESENTS },
	{ "speech", "both", NAME_RULE_BOTH },
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
add_rule(Reading *rules, NameRuleKind kind, const char *item, const char *whole)
{
	g_autofree char *text = letters_phrase(item, NAME_MAX_CHARS);
	uint32_t length;

	if (kind != NAME_RULE_FORM && kind != NAME_RULE_LEADING && kind != NAME_RULE_SAID)
		without_blanks(text);
	length = (uint32_t)strlen(text);
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
read_short(Reading *rules, const Keyfile *file, const KeyfileEntry *entry, GError **error)
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
read_list(Reading *rules, NameRuleKind kind, const Keyfile *file,
	  const KeyfileEntry *entry, GError **error)
{
	for (size_t i = 0; entry->list[i] != NULL; i++)
		if (!add_rule(rules, kind, entry->list[i], NULL))
			return keyfile_error(file, entry, error,
					     "'%s' has no letters, or more than %d bytes",
					     entry->list[i], NAME_RULE_MAX_BYTES);

	return true;
}

/* A word of speech is kept with the languages that have it. */
static bool
read_speech(Reading *rules, NameRuleKind kind, const Keyfile *file,
	    const KeyfileEntry *entry, GError **error)
{
	const char *code = entry->language != NULL ? entry->language : "";

	for (size_t i = 0; entry->list[i] != NULL; i++) {
		g_autofree char *word = letters_phrase(entry->list[i], NAME_MAX_CHARS);
		const char *before =
		    g_hash_table_lookup(rules->tables[kind], without_blanks(word));
		g_autofree char *codes = before != NULL
					     ? g_strconcat(before, " ", code, NULL)
					     : g_strdup(code);

		g_hash_table_remove(rules->tables[kind], word);
		if (!add_rule(rules, kind, entry->list[i], codes))
			return keyfile_error(file, entry, error,
					     "'%s' has no letters, or more than %d bytes",
					     entry->list[i], NAME_RULE_MAX_BYTES);
	}

	return true;
}

/* The language itself is kept, too: the file says something of it. */
static bool
read_said(Reading *rules, const Keyfile *file, const KeyfileEntry *entry, GError **error)
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
read_entry(Reading *rules, const Keyfile *file, const KeyfileEntry *entry, GError **error)
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
			       : g_str_equal(entry->group, "speech")
				   ? read_speech(rules, rows[i].kind, file, entry, error)
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

static uint32_t
add_text(GByteArray *text, const char *string)
{
	uint32_t place = text->len;

	if (*string == '\0')
		return 0;
	g_byte_array_append(text, (const guint8 *)string, (guint)strlen(string) + 1);

	return place;
}

static void
add_slot(Slot *slots, uint32_t mask, const char *word, Slot slot)
{
	guint at = g_str_hash(word) & mask;

	while (slots[at].word != 0)
		at = (at + 1) & mask;
	slots[at] = slot;
}

static Table
add_table(GHashTable *words, uint32_t longest, GArray *slots, GByteArray *text)
{
	guint count = 1;
	Table table = { .first = slots->len, .longest = longest };
	GHashTableIter iter;
	gpointer word, said;

	while (count <= 2 * g_hash_table_size(words))
		count *= 2;
	table.mask = count - 1;
	g_array_set_size(slots, table.first + count);
	g_hash_table_iter_init(&iter, words);
	while (g_hash_table_iter_next(&iter, &word, &said)) {
		Slot slot = { add_text(text, word), add_text(text, said) };

		add_slot(&g_array_index(slots, Slot, table.first), table.mask, word,
			 slot);
	}

	return table;
}

static GVariant *
image_of(const Reading *rules)
{
	g_autoptr(GArray) slots = g_array_new(FALSE, TRUE, sizeof(Slot));
	g_autoptr(GByteArray) text = g_byte_array_new();
	Table tables[NAME_RULE_LAST];
	GVariant *parts[3];

	g_byte_array_append(text, (const guint8 *)"", 1);
	for (size_t i = 0; i < NAME_RULE_LAST; i++)
		tables[i] = add_table(rules->tables[i], rules->longest[i], slots, text);
	parts[0] = g_variant_new_fixed_array(G_VARIANT_TYPE("(uuu)"), tables,
					     NAME_RULE_LAST, sizeof(Table));
	parts[1] = g_variant_new_fixed_array(G_VARIANT_TYPE("(uu)"), slots->data,
					     slots->len, sizeof(Slot));
	parts[2] = g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, text->data, text->len,
					     sizeof(guint8));

	return g_variant_ref_sink(g_variant_new_tuple(parts, G_N_ELEMENTS(parts)));
}

/* Takes the image over. */
static NameRules *
rules_of(GVariant *image)
{
	NameRules *rules = g_new0(NameRules, 1);
	gsize count;

	/* One block of bytes, in which the parts stay where they are. */
	g_variant_get_data(image);
	rules->image = image;
	rules->tables = data_image_part(image, 0, sizeof(Table), &count);
	rules->slots = data_image_part(image, 1, sizeof(Slot), &count);
	rules->text = data_image_part(image, 2, sizeof(char), &count);

	return rules;
}

static bool
read_files(Reading *rules, GPtrArray *files, GError **error)
{
	for (size_t i = 0; i < files->len; i++)
		for (size_t j = 0; j < keyfile_length(files->pdata[i]); j++)
			if (!read_entry(rules, files->pdata[i],
					keyfile_entry(files->pdata[i], j), error))
				return false;

	return true;
}

NameRules *
name_rules_new(GPtrArray *files, GError **error)
{
	Reading reading = { .longest = { 0 } };
	g_autoptr(GVariant) image = NULL;

	for (size_t i = 0; i < NAME_RULE_LAST; i++)
		reading.tables[i] =
		    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	if (read_files(&reading, files, error))
		image = image_of(&reading);
	for (size_t i = 0; i < NAME_RULE_LAST; i++)
		g_hash_table_unref(reading.tables[i]);

	return image != NULL ? rules_of(g_steal_pointer(&image)) : NULL;
}

NameRules *
name_rules_load(const char *folder, GError **error)
{
	g_autoptr(GBytes) image = data_has_own(folder, "people", ".people")
				      ? NULL
				      : data_image(DATA_IMAGE_NAMES);
	g_autoptr(GPtrArray) files = NULL;

	if (image != NULL)
		return rules_of(g_variant_ref_sink(
		    g_variant_new_from_bytes(G_VARIANT_TYPE(TYPE), image, TRUE)));
	files = data_load(folder, "people", ".people", error);

	return files != NULL ? name_rules_new(files, error) : NULL;
}

GVariant *
name_rules_image(const NameRules *rules)
{
	return g_variant_ref(rules->image);
}

void
name_rules_free(NameRules *rules)
{
	if (rules == NULL)
		return;

	g_variant_unref(rules->image);
	g_free(rules);
}

size_t
name_rules_longest(const NameRules *rules, NameRuleKind kind)
{
	return rules->tables[kind].longest;
}

const char *
name_rules_find(const NameRules *rules, NameRuleKind kind, const char *text)
{
	const Table *table = &rules->tables[kind];
	const Slot *slots = rules->slots + table->first, *slot;

	for (guint at = g_str_hash(text); (slot = &slots[at & table->mask])->word != 0;
	     at++)
		if (strcmp(rules->text + slot->word, text) == 0)
			return rules->text + slot->said;

	return NULL;
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
