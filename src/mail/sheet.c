/* SPDX-License-Identifier: BSD-2-Clause */
/* sheet.c - which style sheet rules of a mail hide an element or show it */

#include "config.h"

#include <string.h>

#include "mail/sheet.h"
#include "mail/style.h"
#include "text/text.h"

/* What a selector may hold: a name of HTML's, "*", and words behind "." and "#". */
#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789-_"

/* A selector of one element, and what it declares. */
typedef struct {
	char *name; /* or NULL */
	char *id;   /* or NULL */
	char **classes;
	size_t weight; /* of the two selectors that fit the heavier one counts ... */
	size_t order;  /* ... and of equal ones the later one */
	Declared declared, important;
} Rule;

struct Sheet {
	GPtrArray *rules;
	GHashTable *by_key; /* class, "#id", name or "*", owned -> GPtrArray of Rule */
	bool may_back;
};

static void
rule_free(gpointer data)
{
	Rule *rule = data;

	g_free(rule->name);
	g_free(rule->id);
	g_strfreev(rule->classes);
	g_free(rule);
}

Sheet *
sheet_new(void)
{
	Sheet *sheet = g_new0(Sheet, 1);

	sheet->rules = g_ptr_array_new_with_free_func(rule_free);
	sheet->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					      (GDestroyNotify)g_ptr_array_unref);

	return sheet;
}

void
sheet_free(Sheet *sheet)
{
	if (sheet == NULL)
		return;

	g_hash_table_unref(sheet->by_key);
	g_ptr_array_unref(sheet->rules);
	g_free(sheet);
}

/* A sheet without comments, and without the "<!--" and "-->" of old programs around it. */
static GString *
without_comments(const char *css, size_t length)
{
	GString *out = g_string_sized_new(length);
	const char *end = css + length;

	while (css < end) {
		size_t left = (size_t)(end - css);
		const char *close;

		if (left >= 2 && css[0] == '/' && css[1] == '*') {
			close = memmem(css + 2, left - 2, "*/", 2);
			css = close != NULL ? close + 2 : end;
			g_string_append_c(out, ' ');
		} else if (left >= 4 && memcmp(css, "<!--", 4) == 0) {
			css += 4;
		} else if (left >= 3 && memcmp(css, "-->", 3) == 0) {
			css += 3;
		} else {
			g_string_append_c(out, *css++);
		}
	}

	return out;
}

/* Behind the "}" that closes the block whose inside begins at at. */
static const char *
block_end(const char *at)
{
	size_t depth = 1;

	for (; *at != '\0' && depth > 0; at++)
		depth += (size_t)(*at == '{') - (size_t)(*at == '}');

	return at;
}

/* The selector without "html" and "body" before it, which each element stands in. */
static const char *
without_root(const char *selector)
{
	static const char *const roots[] = { "html ", "body " };

	for (size_t i = 0; i < G_N_ELEMENTS(roots); i++)
		if (g_str_has_prefix(selector, roots[i]))
			selector += strlen(roots[i]);

	return selector;
}

/* A rule for a selector of one element, or NULL. */
static Rule *
rule_new(const char *selector)
{
	g_autoptr(GPtrArray) classes = g_ptr_array_new_with_free_func(g_free);
	Rule *rule = g_new0(Rule, 1);
	const char *at = without_root(selector);
	size_t length = *at == '*' ? 1 : strspn(at, NAME_CHARACTERS);

	if (length > 0 && *at != '*') {
		rule->name = g_strndup(at, length);
		rule->weight = 1;
	}
	for (at += length; *at == '.' || *at == '#'; at += length) {
		char sign = *at++;

		length = strspn(at, NAME_CHARACTERS);
		if (length == 0 || (sign == '#' && rule->id != NULL))
			break;
		if (sign == '#')
			rule->id = g_strndup(at, length);
		else
			g_ptr_array_add(classes, g_strndup(at, length));
		rule->weight += sign == '#' ? 10000 : 100;
	}
	if (*at != '\0' || at == selector) {
		rule_free(rule);
		return NULL;
	}
	g_ptr_array_add(classes, NULL);
	rule->classes = (char **)g_ptr_array_free(g_steal_pointer(&classes), FALSE);

	return rule;
}

/* What an element must have for the rule to be looked at. */
static char *
key_of(const Rule *rule)
{
	if (rule->id != NULL)
		return g_strconcat("#", rule->id, NULL);
	if (rule->classes[0] != NULL)
		return g_strdup(rule->classes[0]);

	return g_strdup(rule->name != NULL ? rule->name : "*");
}

static void
keep_rule(Sheet *sheet, Rule *rule)
{
	g_autofree char *key = key_of(rule);
	GPtrArray *list = g_hash_table_lookup(sheet->by_key, key);

	rule->order = sheet->rules->len;
	g_ptr_array_add(sheet->rules, rule);
	if (list == NULL) {
		list = g_ptr_array_new();
		g_hash_table_insert(sheet->by_key, g_steal_pointer(&key), list);
	}
	g_ptr_array_add(list, rule);
}

/* One rule of the sheet: its selectors, and what stands between its brackets. */
static void
take_rule(Sheet *sheet, const char *prelude, const char *block)
{
	Declared declared, important;
	g_autofree char *lower = NULL;
	g_auto(GStrv) selectors = NULL;
	bool backs;

	style_declare(block, &declared, &important);
	if ((declared.given | important.given) == 0)
		return;
	backs = (style_shown(style_over(important, declared)).given & STYLE_BACKED) != 0;
	lower = g_ascii_strdown(prelude, -1);
	selectors = g_strsplit(g_strdelimit(lower, "\t\r\n\f", ' '), ",", -1);
	for (size_t i = 0; selectors[i] != NULL; i++) {
		Rule *rule = rule_new(g_strstrip(selectors[i]));

		if (rule == NULL || sheet->rules->len == SHEET_MAX_RULES) {
			sheet->may_back |= backs;
			g_clear_pointer(&rule, rule_free);
			continue;
		}
		rule->declared = declared;
		rule->important = important;
		keep_rule(sheet, rule);
	}
}

/* Is it "@media" for all screens?  What asks for a size stands in brackets. */
static bool
is_for_all(const char *prelude)
{
	g_autofree char *lower = g_ascii_strdown(prelude, -1);

	return g_str_has_prefix(lower, "@media") && strchr(lower, '(') == NULL &&
	       strstr(lower, "not ") == NULL &&
	       (strstr(lower, "all") != NULL || strstr(lower, "screen") != NULL);
}

void
sheet_add(Sheet *sheet, const char *css, size_t length)
{
	g_autoptr(GString) plain = without_comments(css, length);
	const char *at = plain->str;

	while (*at != '\0') {
		size_t before = strcspn(at, "{};");
		g_autofree char *prelude = g_strndup(at, before);
		g_autofree char *block = NULL;
		const char *inside = at + before + 1, *behind;

		if (at[before] == '\0')
			return;
		at = inside;
		/* "@import …;", or the end of an "@media" whose rules were taken. */
		if (at[-1] != '{')
			continue;
		g_strstrip(prelude);
		if (is_for_all(prelude))
			continue;
		behind = block_end(inside);
		block = g_strndup(inside, (size_t)(behind - inside));
		at = behind;
		if (prelude[0] == '@') {
			sheet->may_back |= strstr(block, "background") != NULL;
			continue;
		}
		g_strdelimit(block, "}", ' ');
		take_rule(sheet, prelude, block);
	}
}

static bool
fits(const Rule *rule, const char *name, char **classes, const char *id)
{
	if ((rule->name != NULL && !g_str_equal(rule->name, name)) ||
	    (rule->id != NULL &&
	     (id == NULL || g_ascii_strcasecmp(rule->id, id + 1) != 0)))
		return false;
	for (size_t i = 0; rule->classes[i] != NULL; i++)
		if (classes == NULL ||
		    !g_strv_contains((const char *const *)classes, rule->classes[i]))
			return false;

	return true;
}

static int
compare_rules(gconstpointer a, gconstpointer b)
{
	const Rule *first = *(const Rule *const *)a, *second = *(const Rule *const *)b;

	if (first->weight != second->weight)
		return first->weight < second->weight ? -1 : 1;

	return (first->order > second->order) - (first->order < second->order);
}

/* The rules that fit an element, the one that counts most at the end.  id: with its "#". */
static void
find_rules(const Sheet *sheet, GPtrArray *found, const char *name, char **classes,
	   const char *id)
{
	const char *keys[SHEET_MAX_CLASSES + 3];
	g_autofree char *lower = id != NULL ? g_ascii_strdown(id, -1) : NULL;
	size_t count = 0, looked = 0;

	if (lower != NULL)
		keys[count++] = lower;
	for (size_t i = 0; classes != NULL && classes[i] != NULL; i++)
		keys[count++] = classes[i];
	keys[count++] = name;
	keys[count++] = "*";
	for (size_t i = 0; i < count; i++) {
		const GPtrArray *list = g_hash_table_lookup(sheet->by_key, keys[i]);

		for (size_t j = list != NULL ? list->len : 0;
		     j > 0 && looked < SHEET_MAX_LOOKED; j--, looked++)
			if (fits(list->pdata[j - 1], name, classes, id))
				g_ptr_array_add(found, list->pdata[j - 1]);
	}
	g_ptr_array_sort(found, compare_rules);
}

Declared
sheet_declared(const Sheet *sheet, const SheetElement *element)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	g_autofree char *lower = NULL, *id = NULL;
	g_auto(GStrv) classes = NULL;
	Declared declared = element->hints, own, own_important;

	if (element->class != NULL) {
		lower = g_ascii_strdown(element->class, -1);
		classes = g_strsplit_set(lower, TEXT_BLANKS "\f", SHEET_MAX_CLASSES);
	}
	id = element->id != NULL ? g_strconcat("#", element->id, NULL) : NULL;
	if (sheet != NULL)
		find_rules(sheet, found, element->name, classes, id);
	style_declare(element->style, &own, &own_important);
	for (size_t i = 0; i < found->len; i++)
		declared =
		    style_over(((const Rule *)found->pdata[i])->declared, declared);
	declared = style_over(own, declared);
	for (size_t i = 0; i < found->len; i++)
		declared =
		    style_over(((const Rule *)found->pdata[i])->important, declared);

	return style_over(own_important, declared);
}

bool
sheet_may_back(const Sheet *sheet)
{
	return sheet->may_back;
}
