/* SPDX-License-Identifier: BSD-2-Clause */
/* mask-text.c - a text whose links, addresses and words are masked */

#include "config.h"

#include <string.h>

#include "mail/mask-shape.h"
#include "mail/mask-text.h"
#include "text/address.h"

/* What stands behind the ":" of a scheme? */
typedef enum {
	SCHEME_NONE,    /* it is none */
	SCHEME_UNKNOWN, /* "//" */
	SCHEME_HOST,    /* "//", for most */
	SCHEME_MAILBOX,
	SCHEME_OPAQUE, /* nothing that is read */
} Scheme;

static const struct {
	const char *name;
	Scheme scheme;
} schemes[] = {
	{ "http", SCHEME_HOST },         { "https", SCHEME_HOST },
	{ "ftp", SCHEME_HOST },          { "webcal", SCHEME_HOST },
	{ "mailto", SCHEME_MAILBOX },    { "cid", SCHEME_MAILBOX },
	{ "mid", SCHEME_MAILBOX },       { "tel", SCHEME_OPAQUE },
	{ "sms", SCHEME_OPAQUE },        { "data", SCHEME_OPAQUE },
	{ "javascript", SCHEME_OPAQUE },
};

/* Characters of a link that stand for others, "%41", as these. */
typedef struct {
	gunichar *chars;
	size_t *starts; /* in the text, and the end of the last */
	size_t length;
} Decoded;

static void
decoded_clear(Decoded *decoded)
{
	g_free(decoded->chars);
	g_free(decoded->starts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Decoded, decoded_clear)

static void link_at(const Mask *mask, gunichar *chars, size_t length, size_t depth);
static void text_at(const Mask *mask, MaskKeep keep, gunichar *chars, size_t length,
		    size_t depth);

static bool
is_hex(gunichar c)
{
	return c < 0x80 && g_ascii_isxdigit((char)c);
}

/* The bytes that stand at at; how many characters of the text they take. */
static size_t
byte_at(const gunichar *chars, size_t at, size_t length, guint8 *byte_out)
{
	if (chars[at] != '%' || length - at < 3 || !is_hex(chars[at + 1]) ||
	    !is_hex(chars[at + 2]))
		return 0;
	*byte_out = (guint8)(g_ascii_xdigit_value((char)chars[at + 1]) * 16 +
			     g_ascii_xdigit_value((char)chars[at + 2]));

	return 3;
}

/* The character that begins at at, encoded in UTF-8 or as it is. */
static size_t
char_at(const gunichar *chars, size_t at, size_t length, gunichar *char_out)
{
	char bytes[4];
	size_t count = 0, end = at, one;

	while (count < sizeof(bytes) && end < length &&
	       (one = byte_at(chars, end, length, (guint8 *)&bytes[count])) > 0) {
		gunichar c;

		count++;
		end += one;
		c = g_utf8_get_char_validated(bytes, (gssize)count);
		if (c != (gunichar)-1 && c != (gunichar)-2) {
			*char_out = c;
			return end - at;
		}
	}
	/* A stray byte is masked as a letter. */
	*char_out = count > 0 ? 'x' : chars[at];

	return count > 0 ? 3 : 1;
}

static bool
has_escape(const gunichar *chars, size_t length)
{
	guint8 byte;

	for (size_t i = 0; i < length; i++)
		if (byte_at(chars, i, length, &byte) > 0)
			return true;

	return false;
}

static void
decoded_init(Decoded *decoded, const gunichar *chars, size_t length)
{
	decoded->chars = g_new(gunichar, length + 1);
	decoded->starts = g_new(size_t, length + 1);
	for (size_t at = 0; at < length;) {
		decoded->starts[decoded->length] = at;
		at += char_at(chars, at, length, &decoded->chars[decoded->length]);
		decoded->length++;
	}
	decoded->starts[decoded->length] = length;
}

/* Write back what was masked; "%C3%BC" becomes "%78%78". */
static void
decoded_write(const Decoded *decoded, gunichar *chars)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < decoded->length; i++) {
		size_t start = decoded->starts[i], end = decoded->starts[i + 1];
		gunichar c = decoded->chars[i], was;

		char_at(chars, start, end, &was);
		if (end - start == 1) {
			chars[start] = c;
			continue;
		}
		if (was == c && (c != 'x' || chars[start + 1] == '7'))
			continue;
		c = c < 0x80 ? c : 'x';
		for (size_t at = start; at < end; at += 3) {
			chars[at + 1] = (gunichar)digits[c >> 4];
			chars[at + 2] = (gunichar)digits[c & 0xf];
		}
	}
}

/* Part of a path, or a value. */
static void
value_at(const Mask *mask, gunichar *chars, size_t length, size_t depth)
{
	g_auto(Decoded) decoded = { 0 };

	if (!has_escape(chars, length)) {
		text_at(mask, MASK_KEEP_TERMS, chars, length, depth + 1);
		return;
	}
	decoded_init(&decoded, chars, length);
	if (depth < MASK_TEXT_MAX_DEPTH)
		value_at(mask, decoded.chars, decoded.length, depth + 1);
	else
		mask_words(mask, MASK_KEEP_NONE, decoded.chars, decoded.length);
	decoded_write(&decoded, chars);
}

/* Does it look like what a program calls a value, and not like a value itself? */
static bool
is_key(const gunichar *chars, size_t length)
{
	size_t digits = 0, capitals = 0;

	for (size_t i = 0; i < length; i++) {
		if (chars[i] >= 0x80 || (!g_ascii_isalnum((char)chars[i]) &&
					 strchr("_-.:[]", (int)chars[i]) == NULL))
			return false;
		digits += g_ascii_isdigit((char)chars[i]) ? 1 : 0;
		capitals += g_ascii_isupper((char)chars[i]) ? 1 : 0;
	}

	return length > 0 && length <= MASK_TEXT_MAX_KEY && digits <= 2 && capitals <= 4;
}

/* "key=value", or what stands between two "&" without a key. */
static void
pair_at(const Mask *mask, gunichar *chars, size_t length, size_t depth)
{
	size_t equal = 0;

	while (equal < length && chars[equal] != '=')
		equal++;
	/* Nothing or another "=" behind it: the end of base64. */
	if (equal + 1 >= length || chars[equal + 1] == '=' || !is_key(chars, equal)) {
		value_at(mask, chars, length, depth);
		return;
	}
	mask_words(mask, MASK_KEEP_UNHIDDEN, chars, equal);
	value_at(mask, chars + equal + 1, length - equal - 1, depth);
}

/* Split at separators, and mask what stands between. */
static void
split_at(const Mask *mask, gunichar *chars, size_t length, size_t depth,
	 const char *separators,
	 void (*mask_part)(const Mask *, gunichar *, size_t, size_t))
{
	size_t start = 0;

	for (size_t i = 0; i <= length; i++)
		if (i == length ||
		    (chars[i] < 0x80 && strchr(separators, (int)chars[i]) != NULL)) {
			mask_part(mask, chars + start, i - start, depth);
			start = i + 1;
		}
}

static size_t
find_any(const gunichar *chars, size_t from, size_t length, const char *wanted)
{
	while (from < length && (chars[from] >= 0x80 || chars[from] == 0 ||
				 strchr(wanted, (int)chars[from]) == NULL))
		from++;

	return from;
}

/* Path, query and fragment. */
static void
tail_at(const Mask *mask, gunichar *chars, size_t length, size_t depth)
{
	size_t path = find_any(chars, 0, length, "?#");

	split_at(mask, chars, path, depth, "/", value_at);
	if (path < length)
		split_at(mask, chars + path + 1, length - path - 1, depth, "&?#;",
			 pair_at);
}

/* Behind "//": what is before an "@", the host and its port. */
static size_t
authority_at(const Mask *mask, gunichar *chars, size_t length)
{
	size_t end = find_any(chars, 0, length, "/?#\\"), host = 0, port;

	for (size_t i = 0; i < end; i++)
		if (chars[i] == '@')
			host = i + 1;
	mask_words(mask, MASK_KEEP_NONE, chars, host);
	port = find_any(chars, host, end, ":");
	mask_host(mask, chars + host, port - host);
	mask_words(mask, MASK_KEEP_NONE, chars + port, end - port);

	return end;
}

/* The scheme that begins here, with the length of its name and ":". */
static Scheme
scheme_at(const gunichar *chars, size_t length, size_t *length_out)
{
	char name[16];
	size_t at = 0;

	while (at < length && at < sizeof(name) - 1 && chars[at] < 0x80 &&
	       (g_ascii_isalnum((char)chars[at]) ||
		(at > 0 && strchr("+-.", (int)chars[at]) != NULL))) {
		name[at] = g_ascii_tolower((char)chars[at]);
		at++;
	}
	*length_out = at + 1;
	if (at == 0 || length - at < 2 || chars[at] != ':' || chars[at + 1] <= ' ')
		return SCHEME_NONE;
	name[at] = '\0';
	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
		if (g_str_equal(name, schemes[i].name))
			return schemes[i].scheme;

	return length - at > 2 && chars[at + 1] == '/' && chars[at + 2] == '/'
		   ? SCHEME_UNKNOWN
		   : SCHEME_NONE;
}

static void
link_at(const Mask *mask, gunichar *chars, size_t length, size_t depth)
{
	size_t at;
	Scheme scheme = scheme_at(chars, length, &at);

	if (scheme == SCHEME_NONE)
		at = 0;
	else if (scheme == SCHEME_UNKNOWN)
		mask_words(mask, MASK_KEEP_NONE, chars, at);
	chars += at;
	length -= at;
	if (scheme == SCHEME_OPAQUE) {
		mask_words(mask, MASK_KEEP_NONE, chars, length);
		return;
	}
	at = 0;
	if (length > 1 && chars[0] == '/' && chars[1] == '/')
		at = 2 + authority_at(mask, chars + 2, length - 2);
	tail_at(mask, chars + at, length - at, depth);
}

static bool
ends_link(gunichar c)
{
	return c <= ' ' || c == '<' || c == '>' || c == '"' || c == 0x7f || c == '\'' ||
	       g_unichar_isspace(c);
}

/* Where a run of parts of words and of these ends. */
static size_t
run_end(const gunichar *chars, size_t at, size_t length, const char *more)
{
	while (at < length &&
	       (mask_shape_is_part(chars[at]) || (chars[at] < 0x80 && chars[at] != 0 &&
						  strchr(more, (int)chars[at]) != NULL)))
		at++;

	return at;
}

/* local@domain, of which either may be missing or hold a further "@". */
static void
mailbox_at(const Mask *mask, gunichar *chars, size_t length)
{
	size_t domain = length;
	bool is_shown;

	while (chars[domain - 1] != '@')
		domain--;
	is_shown = mask_host(mask, chars + domain, length - domain);
	mask_words(mask, is_shown ? MASK_KEEP_TERMS : MASK_KEEP_NONE, chars, domain - 1);
}

/* Is it "label.label", the last one of two letters or more? */
static bool
is_host(const gunichar *chars, size_t length)
{
	size_t label = 0, dots = 0;
	bool has_letters = true;

	for (size_t i = 0; i < length; i++) {
		if (chars[i] >= 0x80)
			return false;
		if (chars[i] != '.') {
			label++;
			has_letters &= g_ascii_isalpha((char)chars[i]);
			continue;
		}
		if (label == 0)
			return false;
		label = 0;
		has_letters = true;
		dots++;
	}

	return dots > 0 && label > 1 && has_letters;
}

/*
 * The link, mailbox or host that begins at at, masked; its end, or at where none
 * does.
 */
static size_t
special_at(const Mask *mask, MaskKeep keep, gunichar *chars, size_t at, size_t length,
	   size_t depth)
{
	size_t end = at, rest, all = length;

	if (scheme_at(chars + at, length - at, &rest) != SCHEME_NONE) {
		while (end < length && !ends_link(chars[end]))
			end++;
		link_at(mask, chars + at, end - at, depth);
		return end;
	}
	/*
	 * What is longer is no address, and nobody may have us look at it again and
	 * again.
	 */
	length = MIN(length, at + ADDRESS_MAX_BYTES);
	end = run_end(chars, at, length, "._-+@%=~");
	rest = find_any(chars, at, end, "@");
	if (rest < end && end - rest > 1) {
		mailbox_at(mask, chars + at, end - at);
		return end;
	}
	end = run_end(chars, at, length, ".-");
	while (end > at && (chars[end - 1] == '.' || chars[end - 1] == '-'))
		end--;
	if (!is_host(chars + at, end - at))
		return at;
	rest = end;
	if (rest < all && chars[rest] == '/')
		while (rest < all && !ends_link(chars[rest]))
			rest++;
	if (keep == MASK_KEEP_TERMS && rest == end)
		return at;
	mask_host(mask, chars + at, end - at);
	tail_at(mask, chars + end, rest - end, depth);

	return rest;
}

static void
text_at(const Mask *mask, MaskKeep keep, gunichar *chars, size_t length, size_t depth)
{
	size_t from = 0;

	if (depth > MASK_TEXT_MAX_DEPTH) {
		mask_words(mask, MASK_KEEP_NONE, chars, length);
		return;
	}
	if (length == 0)
		return;
	for (size_t at = 0; at < length;) {
		size_t end = at;

		if (mask_shape_is_part(chars[at]) || chars[at] == '@')
			end = special_at(mask, keep, chars, at, length, depth);
		if (end > at) {
			mask_words(mask, keep, chars + from, at - from);
			from = at = end;
		} else {
			at = MAX(at + 1, run_end(chars, at, length, ""));
		}
	}
	mask_words(mask, keep, chars + from, length - from);
}

void
mask_text_chars(const Mask *mask, MaskKeep keep, gunichar *chars, size_t length)
{
	text_at(mask, keep, chars, length, 0);
}

static gunichar *
chars_of(const char *text, glong *length_out)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	return g_utf8_to_ucs4_fast(valid, -1, length_out);
}

char *
mask_text(const Mask *mask, MaskKeep keep, const char *text)
{
	glong length;
	g_autofree gunichar *chars = chars_of(text, &length);

	text_at(mask, keep, chars, (size_t)length, 0);

	return g_ucs4_to_utf8(chars, length, NULL, NULL, NULL);
}

char *
mask_text_link(const Mask *mask, const char *link)
{
	glong length;
	g_autofree gunichar *chars = chars_of(link, &length);

	link_at(mask, chars, (size_t)length, 0);

	return g_ucs4_to_utf8(chars, length, NULL, NULL, NULL);
}
