/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_skeleton.c - does a word of a person stay in a mail's skeleton, wherever it stood?
 *
 * The first four bytes say where in the mail, the rest, two words are put: one of the
 * recipient's name, which must be gone from everywhere, and one that is nobody's,
 * which no reader of the skeleton may see.  The names of fields and in links are
 * the network's, so they keep the latter.
 */

#include "config.h"

#include <string.h>

#include "ctl/vocabulary.h"
#include "fuzz.h"
#include "judge/assess.h"

/* No part of them is in our data. */
#define PERSON "quillonwyzk"
#define WORD   "brambleqorth"

#define TO "To: Quillonwyzk <" PERSON "@example.org>\n"

#define MAX_MAIL 16384

static Vocabulary *vocabulary;

int
LLVMFuzzerInitialize(G_GNUC_UNUSED int *argc, G_GNUC_UNUSED char ***argv)
{
	vocabulary = vocabulary_new(fuzz_assessor(), NULL);
	g_assert_nonnull(vocabulary);

	return 0;
}

static bool
is_of_word(char c)
{
	return g_ascii_isalnum(c) || !g_ascii_isprint(c);
}

/* A word that the name is only a part of is another one. */
static void
check_person(const char *text, size_t length)
{
	g_autofree char *lower = g_ascii_strdown(text, (gssize)length);
	const char *end = lower + length, *at = lower;

	for (; (at = memmem(at, (size_t)(end - at), PERSON, strlen(PERSON))) != NULL;
	     at++) {
		const char *behind = at + strlen(PERSON);

		if ((at == lower || !is_of_word(at[-1])) &&
		    (behind == end || !is_of_word(*behind)))
			g_error("the name is left in:\n%.*s", (int)length, text);
	}
}

/* Before "=", which may be encoded, once or more often? */
static bool
is_name_in_link(const char *behind)
{
	behind += strspn(behind, "abcdefghijklmnopqrstuvwxyz0123456789_.-[]");
	if (*behind == '%') {
		behind++;
		while (g_str_has_prefix(behind, "25"))
			behind += 2;
		return g_str_has_prefix(behind, "3d");
	}

	return *behind == '=';
}

static void
check_seen(const char *text)
{
	g_autofree char *lower = g_ascii_strdown(text, -1);

	check_person(text, strlen(text));
	for (const char *at = lower; (at = strstr(at, WORD)) != NULL; at++)
		if (!is_name_in_link(at + strlen(WORD)))
			g_error("the word is left in:\n%s", text);
}

/* Its lines and links, decoded. */
static void
check_parts(const GString *skeleton)
{
	g_autoptr(Message) message =
	    message_new(skeleton->str, skeleton->len, NULL, NULL);
	const Visible *parts[] = {
		message != NULL ? message_text(message) : NULL,
		message != NULL ? message_html(message) : NULL,
	};
	g_autofree char *subject =
	    message != NULL ? message_field(message, "Subject") : NULL;

	if (subject != NULL)
		check_seen(subject);
	for (size_t part = 0; part < G_N_ELEMENTS(parts); part++) {
		const Visible *seen = parts[part];

		for (guint i = 0; seen != NULL && i < seen->lines->len; i++) {
			const char *text =
			    g_array_index(seen->lines, VisibleLine, i).text;

			check_seen(text);
		}
		for (guint i = 0; seen != NULL && i < seen->links->len; i++) {
			const char *url = g_array_index(seen->links, VisibleLink, i).url;

			check_seen(url);
		}
	}
}

/* A place in a text of so many bytes. */
static gssize
place_in(FuzzInput *input, size_t length)
{
	size_t place = (size_t)fuzz_byte(input) << 8;

	return (gssize)((place | fuzz_byte(input)) % (length + 1));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FuzzInput input = { data, size };
	gssize person, word;
	g_autoptr(GString) mail = NULL;
	g_autoptr(GString) skeleton = NULL;

	if (size < 5 || size > MAX_MAIL)
		return 0;
	person = place_in(&input, size - 4);
	word = place_in(&input, size - 4);
	mail = g_string_new_len((const char *)input.data, (gssize)input.size);
	g_string_insert(mail, person, PERSON);
	g_string_insert(mail, word, WORD);
	g_string_prepend(mail, TO);
	skeleton = vocabulary_skeleton(vocabulary, mail->str, mail->len, NULL);
	if (skeleton == NULL)
		return 0;
	check_person(skeleton->str, skeleton->len);
	check_parts(skeleton);

	return 0;
}
