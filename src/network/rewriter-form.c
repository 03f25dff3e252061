/* SPDX-License-Identifier: BSD-2-Clause */
/* rewriter-form.c - how the address behind a link is written in the link */

#include "config.h"

#include <string.h>

#include "network/rewriter-form.h"

/* An address inside another is encoded so many times at most. */
#define ENCODED_MAX 3

/*
 * Base64 of either alphabet, with padding or without, up to what is none.  A token in a
 * link is no part of a mail, and transfer_decode() knows one alphabet.
 */
static guchar *
base64_bytes(const char *text, gsize *size_out)
{
	size_t length =
	    strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			 "0123456789+/-_");
	g_autoptr(GString) base64 = g_string_new_len(text, (gssize)length);

	g_strdelimit(base64->str, "-", '+');
	g_strdelimit(base64->str, "_", '/');
	while (base64->len % 4 != 0)
		g_string_append_c(base64, '=');

	return g_base64_decode(base64->str, size_out);
}

/* Proofpoint's third form: each "*" stands for the next byte of the key. */
static char *
decode_stars(const char *target, const char *key)
{
	/* "**A" stands for two bytes, "**B" for three, and so on. */
	static const char lengths[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	g_autoptr(GString) out = g_string_new(NULL);
	gsize size = 0, next = 0;
	g_autofree guchar *bytes = base64_bytes(key, &size);

	for (const char *c = target; *c != '\0'; c++) {
		size_t count = 1;
		const char *length;

		if (*c != '*') {
			g_string_append_c(out, *c);
			continue;
		}
		if (c[1] == '*' && c[2] != '\0' &&
		    (length = strchr(lengths, c[2])) != NULL) {
			count = (size_t)(length - lengths) + 2;
			c += 2;
		}
		for (; count > 0 && next < size; count--)
			g_string_append_c(out, (char)bytes[next++]);
	}

	return g_string_free(g_steal_pointer(&out), FALSE);
}

static char *
decode_base64(const char *target)
{
	gsize size = 0;
	g_autofree guchar *bytes = base64_bytes(target, &size);

	return g_strndup((const char *)bytes, size);
}

/* "https:/host" and "https%3A//host" as "https://host"; NULL for no address. */
static char *
plain_scheme(const char *url)
{
	size_t scheme = g_ascii_strncasecmp(url, "https", 5) == 0  ? 5
			: g_ascii_strncasecmp(url, "http", 4) == 0 ? 4
								   : 0;
	const char *rest = url + scheme;

	if (scheme == 0)
		return NULL;
	if (*rest == ':')
		rest++;
	else if (g_ascii_strncasecmp(rest, "%3a", 3) == 0)
		rest += 3;
	else
		return NULL;
	if (*rest != '/' && g_ascii_strncasecmp(rest, "%2f", 3) != 0)
		return NULL;
	while (*rest == '/' || g_ascii_strncasecmp(rest, "%2f", 3) == 0)
		rest += *rest == '/' ? 1 : 3;
	if (*rest == '\0')
		return NULL;

	return g_strdup_printf("%.*s://%s", (int)scheme, url, rest);
}

/* Percent-encoded, with "-" for "%" and "_" for "/". */
static char *
decode_dashes(const char *target)
{
	g_autofree char *text = g_strdup(target);

	g_strdelimit(text, "-", '%');
	g_strdelimit(text, "_", '/');

	return g_uri_unescape_string(text, NULL);
}

/* Is the colon behind "http" or "https" encoded?  All behind a plain one is the target's. */
static bool
is_scheme_encoded(const char *url)
{
	const char *colon = url + strspn(url, "htpsHTPS");

	return g_ascii_strncasecmp(url, "http", 4) == 0 && *colon == '%';
}

/* A gateway behind another encodes "https%3A" once more: "https%253A". */
static char *
unescape(const char *target)
{
	char *decoded = g_uri_unescape_string(target, NULL);

	for (size_t i = 1;
	     i < ENCODED_MAX && decoded != NULL && is_scheme_encoded(decoded); i++) {
		char *once = decoded;

		decoded = g_uri_unescape_string(once, NULL);
		g_free(once);
	}

	return decoded;
}

char *
rewriter_form_decode(RewriterForm form, const char *target, const char *key)
{
	g_autofree char *decoded = NULL;

	switch (form) {
	case REWRITER_PERCENT:
		decoded = unescape(target);
		break;
	case REWRITER_DASHES:
		decoded = decode_dashes(target);
		break;
	case REWRITER_STARS:
		decoded = decode_stars(target, key);
		break;
	case REWRITER_BASE64:
		decoded = decode_base64(target);
		break;
	default:
		return plain_scheme(target);
	}

	return decoded != NULL ? plain_scheme(decoded) : NULL;
}

bool
rewriter_form_read(const char *name, RewriterForm *form_out)
{
	static const char *const names[REWRITER_LAST] = {
		"percent", "plain", "dashes", "stars", "base64", "opaque",
	};

	for (size_t i = 0; i < REWRITER_LAST; i++)
		if (g_str_equal(name, names[i])) {
			*form_out = (RewriterForm)i;
			return true;
		}

	return false;
}

/* The character that "%73" stands for, where it may stand there itself; or 0. */
static char
unreserved(const char *text)
{
	int high, low;
	char c;

	if (text[0] != '%' || (high = g_ascii_xdigit_value(text[1])) < 0 ||
	    (low = g_ascii_xdigit_value(text[2])) < 0)
		return '\0';
	c = (char)(high << 4 | low);

	return (c > 0 && g_ascii_isalnum(c)) || c == '-' || c == '_' || c == '.' ||
		       c == '~'
		   ? c
		   : '\0';
}

/* The length of a host without what makes no difference: a port, the root's dot. */
static size_t
host_length(const char *authority, size_t length)
{
	size_t at = length;

	while (at > 0 && g_ascii_isdigit(authority[at - 1]))
		at--;
	if (at > 0 && authority[at - 1] == ':')
		length = at - 1;
	while (length > 0 && authority[length - 1] == '.')
		length--;

	return length;
}

static char *
decode_unreserved(const char *path, const char *end)
{
	g_autoptr(GString) plain = g_string_new(NULL);

	while (path < end) {
		const char *escape = memchr(path, '%', (size_t)(end - path));
		char c;

		g_string_append_len(plain, path, (escape != NULL ? escape : end) - path);
		if (escape == NULL)
			break;
		c = unreserved(escape);
		g_string_append_c(plain, c != '\0' ? c : '%');
		path = escape + (c != '\0' ? 3 : 1);
	}

	return g_string_free(g_steal_pointer(&plain), FALSE);
}

/* Append a path without empty and dot segments (RFC 3986, section 5.2.4). */
static void
append_path(GString *plain, const char *path)
{
	size_t base = plain->len;

	for (const char *slash = strchr(path, '/'), *next; slash != NULL; slash = next) {
		size_t length = strcspn(slash + 1, "/");
		bool is_here = length == 1 && slash[1] == '.';
		bool is_up = length == 2 && slash[1] == '.' && slash[2] == '.';
		const char *last = is_up ? strrchr(plain->str + base, '/') : NULL;

		next = slash[1 + length] == '/' ? slash + 1 + length : NULL;
		if (last != NULL)
			g_string_truncate(plain, (gsize)(last - plain->str));
		else if (length > 0 && !is_here && !is_up)
			g_string_append_len(plain, slash, (gssize)length + 1);
	}
}

/* Is a segment of the path empty, or does one begin with a dot? */
static bool
has_odd_slash(const char *path, const char *end)
{
	for (; (path = memchr(path, '/', (size_t)(end - path))) != NULL; path++)
		if (path + 1 < end && (path[1] == '/' || path[1] == '.'))
			return true;

	return false;
}

char *
rewriter_form_plain_path(const char *url)
{
	const char *authority = strstr(url, "://"), *end = url + strcspn(url, "?#"),
		   *path;
	g_autofree char *decoded = NULL;
	GString *plain;
	size_t length;

	authority = authority != NULL ? authority + 3 : url;
	if (authority >= end)
		return NULL;
	path = authority + strcspn(authority, "/?#");
	length = host_length(authority, (size_t)(path - authority));
	/* Most addresses are written so. */
	if (authority + length == path &&
	    memchr(path, '%', (size_t)(end - path)) == NULL &&
	    !has_odd_slash(path, end) && (path == end || end[-1] != '/' || end[0] != '?'))
		return NULL;
	plain = g_string_new_len(url, (gssize)(authority + length - url));
	decoded = decode_unreserved(path, end);
	append_path(plain, decoded);
	/* A site reads "/a/?b" as "/a?b", and "/a/" may be another page than "/a". */
	if (path < end &&
	    (end[0] != '?' || plain->len == (size_t)(authority + length - url)) &&
	    end[-1] == '/')
		g_string_append_c(plain, '/');
	g_string_append(plain, end);

	return g_string_free(plain, FALSE);
}
