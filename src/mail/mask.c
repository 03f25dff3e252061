/* SPDX-License-Identifier: BSD-2-Clause */
/* mask.c - which words of a mail may be shown, and the shape of all others */

#include "config.h"

#include <string.h>

#include "mail/mask.h"
#include "mail/mask-name.h"
#include "mail/mask-shape.h"
#include "text/address.h"
#include "text/text.h"

/* A name's word of so many small letters, "de", "van", stands in any sentence. */
#define MAX_PARTICLE 3

/* Letters of a phrase without spaces that are compared. */
#define MAX_SPACELESS 24

/* A name of so many bytes is also found within words of which any may stay. */
#define MIN_HIDDEN 4

struct Mask {
	GHashTable *words;  /* folded → MaskKnown */
	GHashTable *hidden; /* folded → MASK_PERSON or MASK_PARTICLE */
	GHashTable *hosts;
	GHashTable *sentences; /* three words each, of networks' sentences */
	GHashTable *written;   /* the same, of what people wrote */
};

Mask *
mask_new(void)
{
	Mask *mask = g_new0(Mask, 1);

	mask->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	mask->hidden = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	mask->hosts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	mask->sentences = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	mask->written = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	return mask;
}

void
mask_free(Mask *mask)
{
	if (mask == NULL)
		return;

	g_hash_table_unref(mask->words);
	g_hash_table_unref(mask->hidden);
	g_hash_table_unref(mask->hosts);
	g_hash_table_unref(mask->sentences);
	g_hash_table_unref(mask->written);
	g_free(mask);
}

static unsigned
known_by(const Mask *mask, const char *key)
{
	return key == NULL ? 0
			   : GPOINTER_TO_UINT(g_hash_table_lookup(mask->words, key)) |
				 GPOINTER_TO_UINT(g_hash_table_lookup(mask->hidden, key));
}

static unsigned
known_of(const Mask *mask, const gunichar *chars, size_t length)
{
	g_autofree char *key = mask_shape_key(chars, length);

	return known_by(mask, key);
}

/* Where the word ends that begins at start: it is of one kind of script. */
static size_t
word_end(const gunichar *chars, size_t start, size_t length)
{
	size_t at = start + 1;
	bool is_spaceless = text_is_spaceless(chars[start]);

	while (at < length && mask_shape_is_part(chars[at]) &&
	       (mask_shape_is_unseen(chars[at]) ||
		text_is_spaceless(chars[at]) == is_spaceless))
		at++;

	return at;
}

static bool
is_kept(MaskKeep keep, unsigned known)
{
	static const unsigned kept[] = {
		[MASK_KEEP_NONE] = 0,
		[MASK_KEEP_TERMS] = MASK_TERM,
		[MASK_KEEP_ALL] = MASK_TERM | MASK_FRAME | MASK_LANGUAGE | MASK_BRAND,
	};

	if (keep == MASK_KEEP_UNHIDDEN)
		return (known & (MASK_PERSON | MASK_PARTICLE)) == 0;

	return (known & kept[keep]) != 0 && (known & MASK_PERSON) == 0;
}

/* "janedoe" in "?janedoe=1". */
static bool
has_person(const Mask *mask, const gunichar *chars, size_t length)
{
	g_autofree char *key = mask_shape_key(chars, length);
	GHashTableIter iter;
	gpointer word;

	g_hash_table_iter_init(&iter, mask->hidden);
	while (key != NULL && g_hash_table_iter_next(&iter, &word, NULL))
		if (strlen(word) >= MIN_HIDDEN && strstr(key, word) != NULL)
			return true;

	return key == NULL;
}

/* The longest word known at start, of a script without spaces; its end, or start. */
static size_t
longest_at(const Mask *mask, const gunichar *chars, size_t start, size_t end,
	   unsigned *known_out)
{
	for (size_t at = MIN(end, start + MAX_SPACELESS); at > start; at--) {
		unsigned known = known_of(mask, chars + start, at - start);

		if (known != 0) {
			*known_out = known;
			return at;
		}
	}
	*known_out = 0;

	return start;
}

/*
 * A run of letters without spaces: what is known stays, where no name begins in it.  A
 * single letter within a run is masked, unless it is hiragana, which says nothing.
 */
static void
mask_spaceless(const Mask *mask, MaskKeep keep, gunichar *chars, size_t start, size_t end)
{
	while (start < end) {
		unsigned known, inner;
		size_t at = longest_at(mask, chars, start, end, &known);
		bool stays =
		    is_kept(keep, known) &&
		    (at - start > 1 || end - start == 1 ||
		     g_unichar_get_script(chars[start]) == G_UNICODE_SCRIPT_HIRAGANA);

		for (size_t i = start + 1; i < at && stays; i++) {
			longest_at(mask, chars, i, end, &inner);
			stays = (inner & MASK_PERSON) == 0;
		}
		at = MAX(at, start + 1);
		if (!stays)
			mask_shape_hide(chars, start, at);
		start = at;
	}
}

/* Where a name ends to which Korean glues more letters, which stay; or 0. */
static size_t
glued_at(const Mask *mask, MaskKeep keep, const gunichar *chars, size_t start, size_t end)
{
	if (g_unichar_get_script(chars[start]) != G_UNICODE_SCRIPT_HANGUL)
		return 0;
	for (size_t at = start + 2; at < end; at++)
		if ((known_of(mask, chars + start, at - start) & MASK_PERSON) != 0 &&
		    is_kept(keep, known_of(mask, chars + at, end - at)))
			return at;

	return 0;
}

/* A word of which nothing is known is a token if it has digits but for its last two. */
static bool
keeps_letters(const Mask *mask, gunichar *chars, const MaskWord *word)
{
	if ((word->known & MASK_TERM) != 0)
		return true;
	if (has_person(mask, chars + word->start, word->end - word->start))
		return false;
	for (size_t i = word->start; i < word->end; i++)
		if (chars[i] >= 0x80 ||
		    (g_ascii_isdigit((char)chars[i]) && i + 2 < word->end))
			return false;
	for (size_t i = word->start; i < word->end; i++)
		if (g_ascii_isdigit((char)chars[i]))
			chars[i] = '9';

	return true;
}

static void
word_clear(gpointer word)
{
	g_free(((MaskWord *)word)->key);
}

/* Find the words; those without spaces between them are masked at once. */
static GArray *
words_of(const Mask *mask, MaskKeep keep, gunichar *chars, size_t length)
{
	GArray *words = g_array_new(FALSE, FALSE, sizeof(MaskWord));

	g_array_set_clear_func(words, word_clear);
	for (size_t at = 0; at < length; at++) {
		MaskWord word = { .start = at };
		size_t glued;

		if (g_unichar_type(chars[at]) == G_UNICODE_SPACE_SEPARATOR &&
		    chars[at] != ' ')
			chars[at] = MASK_NAME_BLANK;
		if (!mask_shape_is_part(chars[at]))
			continue;
		word.end = word_end(chars, at, length);
		at = word.end - 1;
		if (text_is_spaceless(chars[word.start])) {
			mask_spaceless(mask, keep, chars, word.start, word.end);
			continue;
		}
		glued = glued_at(mask, keep, chars, word.start, word.end);
		if (glued != 0) {
			mask_shape_hide(chars, word.start, glued);
			continue;
		}
		word.key = mask_shape_key(chars + word.start, word.end - word.start);
		word.known = known_by(mask, word.key);
		word.is_capital = g_unichar_isupper(chars[word.start]);
		word.is_kept =
		    is_kept(keep, word.known) &&
		    mask_shape_has_letter(chars + word.start, word.end - word.start);
		if (keep == MASK_KEEP_UNHIDDEN && word.is_kept)
			word.is_kept = keeps_letters(mask, chars, &word);
		g_array_append_val(words, word);
	}

	return words;
}

/* Three words as one string, or NULL. */
static char *
three_of(const MaskWord *words)
{
	return words[0].key != NULL && words[1].key != NULL && words[2].key != NULL
		   ? g_strjoin(" ", words[0].key, words[1].key, words[2].key, NULL)
		   : NULL;
}

static void
mask_written(const Mask *mask, MaskWord *words, size_t count)
{
	if (g_hash_table_size(mask->written) == 0)
		return;
	for (size_t i = 0; i + 2 < count; i++) {
		g_autofree char *three = three_of(words + i);

		if (three != NULL && g_hash_table_contains(mask->written, three) &&
		    !g_hash_table_contains(mask->sentences, three))
			words[i].is_kept = words[i + 1].is_kept = words[i + 2].is_kept =
			    false;
	}
}

void
mask_words(const Mask *mask, MaskKeep keep, gunichar *chars, size_t length)
{
	g_autoptr(GArray) array = words_of(mask, keep, chars, length);
	MaskWord *words = (MaskWord *)array->data;

	mask_name_hide(keep, chars, words, array->len);
	mask_written(mask, words, array->len);
	for (size_t i = 0; i < array->len; i++)
		if (!words[i].is_kept)
			mask_shape_hide(chars, words[i].start, words[i].end);
	/* In a word that stays, too, characters that nobody sees must spell nothing. */
	for (size_t i = 0; i < length; i++)
		if (mask_shape_is_unseen(chars[i]))
			chars[i] = mask_shape_of(chars[i]);
}

static void
add(GHashTable *table, char *key, unsigned known)
{
	unsigned before;

	if (key == NULL || key[0] == '\0') {
		g_free(key);
		return;
	}
	before = GPOINTER_TO_UINT(g_hash_table_lookup(table, key));
	g_hash_table_replace(table, key, GUINT_TO_POINTER(before | known));
}

static gunichar *
chars_of(const char *text, size_t *length_out)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	glong length;
	gunichar *chars = g_utf8_to_ucs4_fast(valid, -1, &length);

	*length_out = (size_t)length;

	return chars;
}

/* All neighbours of three in a text. */
static void
add_threes(const Mask *mask, GHashTable *table, const char *text)
{
	size_t length;
	g_autofree gunichar *chars = chars_of(text, &length);
	g_autoptr(GArray) words = words_of(mask, MASK_KEEP_NONE, chars, length);

	for (size_t i = 0; i + 2 < words->len; i++) {
		char *three = three_of(&g_array_index(words, MaskWord, i));

		if (three != NULL)
			g_hash_table_add(table, three);
	}
}

void
mask_hide_text(Mask *mask, const char *text)
{
	add_threes(mask, mask->written, text);
}

void
mask_add(Mask *mask, unsigned known, const char *text)
{
	size_t length;
	g_autofree gunichar *chars = chars_of(text, &length);

	if ((known & MASK_FRAME) != 0)
		add_threes(mask, mask->sentences, text);

	for (size_t at = 0; at < length; at++)
		if (mask_shape_is_part(chars[at])) {
			size_t end = word_end(chars, at, length);

			add(mask->words, mask_shape_key(chars + at, end - at), known);
			at = end - 1;
		}
}

void
mask_add_host(Mask *mask, const char *domain)
{
	g_hash_table_add(mask->hosts, g_ascii_strdown(domain, -1));
	mask_add(mask, MASK_TERM, domain);
}

/* Each two letters or more of a name without spaces may be the given name. */
static void
hide_spaceless(Mask *mask, const gunichar *chars, size_t length)
{
	length = MIN(length, TEXT_NAME_MAX);
	for (size_t start = 0; start < length; start++)
		for (size_t end = MIN(start + 2, length); end <= length; end++)
			if (end - start > 1 || length == 1)
				add(mask->hidden,
				    mask_shape_key(chars + start, end - start),
				    MASK_PERSON);
}

static void
hide_word(Mask *mask, const gunichar *chars, size_t length, unsigned exempt)
{
	bool is_small = true;

	for (size_t i = 0; i < length; i++)
		is_small &= g_unichar_islower(chars[i]);
	if (length < 2 || (known_of(mask, chars, length) & exempt) != 0)
		return;
	if (text_is_spaceless(chars[0]) ||
	    g_unichar_get_script(chars[0]) == G_UNICODE_SCRIPT_HANGUL)
		hide_spaceless(mask, chars, length);
	else
		add(mask->hidden, mask_shape_key(chars, length),
		    is_small && length <= MAX_PARTICLE ? MASK_PARTICLE : MASK_PERSON);
}

void
mask_hide(Mask *mask, MaskName name, const char *text)
{
	static const unsigned exempts[] = {
		[MASK_OF_PERSON] = 0,
		[MASK_OF_FIELD] = MASK_BRAND,
		[MASK_OF_ADDRESS] = MASK_BRAND | MASK_TERM,
	};
	unsigned exempt = exempts[name];
	size_t length;
	g_autofree gunichar *chars = chars_of(text != NULL ? text : "", &length);

	for (size_t at = 0; at < length; at++)
		if (mask_shape_is_part(chars[at])) {
			size_t end = word_end(chars, at, length), last = end;

			hide_word(mask, chars + at, end - at, exempt);
			/* "jane77" is of Jane. */
			while (last > at && g_unichar_isdigit(chars[last - 1]))
				last--;
			if (last < end)
				hide_word(mask, chars + at, last - at, exempt);
			at = end - 1;
		}
}

void
mask_forget(Mask *mask)
{
	g_hash_table_remove_all(mask->hidden);
	g_hash_table_remove_all(mask->written);
}

bool
mask_host(const Mask *mask, gunichar *chars, size_t length)
{
	g_autofree char *text = NULL;
	const char *domain;

	if (length <= ADDRESS_MAX_DOMAIN)
		text = g_ucs4_to_utf8(chars, (glong)length, NULL, NULL, NULL);
	for (domain = text; domain != NULL;) {
		g_autofree char *lower = g_ascii_strdown(domain, -1);
		const char *dot = strchr(domain, '.');

		if (g_hash_table_contains(mask->hosts, lower)) {
			size_t shown = strlen(domain);

			/* Domains are ASCII; what is before may be beyond it. */
			mask_words(mask, MASK_KEEP_TERMS, chars, length - shown);
			return true;
		}
		domain = dot != NULL ? dot + 1 : NULL;
	}
	mask_words(mask, MASK_KEEP_NONE, chars, length);

	return false;
}
