/* SPDX-License-Identifier: BSD-2-Clause */
/* url-hint.c - which URLs fit none of some patterns, told without folding them */

#include "config.h"

#include <stdint.h>
#include <string.h>

#include "network/url-hint.h"

/*
 * The characters that a piece stands behind, the better ones first, and the bytes of
 * a piece: shorter ones stand in too many URLs.
 */
static const struct {
	char character;
	size_t least;
} anchors[] = { { '/', 3 }, { '-', 3 }, { '?', 3 }, { '&', 3 }, { '=', 2 } };

#define ANCHORS G_N_ELEMENTS(anchors)

struct UrlHint {
	GPtrArray *pieces[ANCHORS]; /* of char *, lower case */
	bool is_open;               /* a pattern has no piece: any URL may fit */
};

UrlHint *
url_hint_new(void)
{
	return g_new0(UrlHint, 1);
}

static void
drop_pieces(UrlHint *hint)
{
	for (size_t i = 0; i < ANCHORS; i++)
		g_clear_pointer(&hint->pieces[i], g_ptr_array_unref);
}

void
url_hint_free(UrlHint *hint)
{
	if (hint == NULL)
		return;

	drop_pieces(hint);
	g_free(hint);
}

/* Printable ASCII: each character is folded to one, and a slash to a slash. */
static bool
is_plain(char c)
{
	return c > ' ' && c < 0x7f;
}

/* Does the character of a pattern stand in the URL as it is?  "`" is folded to "'". */
static bool
is_verbatim(char c)
{
	return is_plain(c) && c != '*' && c != '{' && c != '\\' && c != '\'' && c != '`';
}

/* Letters of a pattern that stand in the URL one behind the other. */
static size_t
run_length(const char *pattern)
{
	size_t length = 0;

	while (is_verbatim(pattern[length]))
		length++;

	return length;
}

/* What stands between two runs: a hole with its name, a character and its escape. */
static size_t
gap_length(const char *pattern)
{
	const char *close = *pattern == '{' ? strchr(pattern, '}') : NULL;

	if (close != NULL)
		return (size_t)(close - pattern) + 1;

	return *pattern == '\\' && pattern[1] != '\0' ? 2 : 1;
}

/* The longest piece behind the anchor; NULL where there is none. */
static char *
longest_piece(const char *pattern, char anchor)
{
	const char *longest = NULL;
	size_t most = 0;

	for (const char *run = pattern, *end; *run != '\0';
	     run = *end != '\0' ? end + gap_length(end) : end) {
		const char *last, *piece;

		end = last = run + run_length(run);
		/* At the end of a line these are not compared. */
		while (last > run && (last[-1] == '.' || last[-1] == ':'))
			last--;
		piece = memchr(run, anchor, (size_t)(last - run));
		if (piece != NULL && (size_t)(last - piece) - 1 > most) {
			longest = piece + 1;
			most = (size_t)(last - longest);
		}
	}

	return longest != NULL ? g_ascii_strdown(longest, (gssize)most) : NULL;
}

/* Of two pieces of which one begins with the other, the shorter one is enough. */
static void
add_piece(UrlHint *hint, size_t anchor, char *piece)
{
	GPtrArray **pieces = &hint->pieces[anchor];

	if (*pieces == NULL)
		*pieces = g_ptr_array_new_with_free_func(g_free);
	for (guint i = (*pieces)->len; i > 0; i--)
		if (g_str_has_prefix((*pieces)->pdata[i - 1], piece))
			g_ptr_array_remove_index_fast(*pieces, i - 1);
	g_ptr_array_add(*pieces, piece);
}

void
url_hint_add(UrlHint *hint, const char *pattern)
{
	/* Beside accents, letters stand for lost ones, too. */
	bool is_open = !g_str_is_ascii(pattern);

	for (size_t i = 0; i < ANCHORS && !is_open && !hint->is_open; i++) {
		g_autofree char *piece = longest_piece(pattern, anchors[i].character);

		if (piece == NULL || strlen(piece) < anchors[i].least)
			continue;
		add_piece(hint, i, g_steal_pointer(&piece));
		return;
	}
	hint->is_open = true;
	drop_pieces(hint);
}

static bool
starts_with(const char *text, const char *lower)
{
	while (*lower != '\0' && g_ascii_tolower(*text) == *lower) {
		text++;
		lower++;
	}

	return *lower == '\0';
}

static bool
has_piece(const GPtrArray *pieces, char anchor, const char *url)
{
	while ((url = strchr(url, anchor)) != NULL) {
		char first = g_ascii_tolower(*++url);

		for (guint i = 0; i < pieces->len; i++) {
			const char *piece = pieces->pdata[i];

			if (*piece == first && starts_with(url, piece))
				return true;
		}
	}

	return false;
}

/* Eight characters at a time, of which none may be below "!" or above "~". */
static bool
is_all_plain(const char *text)
{
	static const uint64_t ones = 0x0101010101010101u;
	size_t length = strlen(text), at = 0;
	uint64_t odd = 0, eight;

	for (; at + sizeof(eight) <= length; at += sizeof(eight)) {
		memcpy(&eight, text + at, sizeof(eight));
		odd |= eight | (eight - '!' * ones) | (eight + ones);
	}
	while (at < length && is_plain(text[at]))
		at++;

	return (odd & 0x80 * ones) == 0 && at == length;
}

bool
url_hint_may_fit(const UrlHint *hint, const char *url)
{
	if (hint->is_open)
		return true;
	for (size_t i = 0; i < ANCHORS; i++)
		if (hint->pieces[i] != NULL &&
		    has_piece(hint->pieces[i], anchors[i].character, url))
			return true;

	/* Others have to be folded. */
	return !is_all_plain(url);
}
