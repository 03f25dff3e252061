/* SPDX-License-Identifier: BSD-2-Clause */
/* signals.c - signs in a note that need no language */

#include "config.h"

#include <string.h>

#include "text/plain-text.h"
#include "text/text.h"
#include "note/signals.h"

/* A field's name has so many letters at most: "{recipient_first_name}". */
#define FIELD_MAX 32

/* So often what opens a field stands before it: "{{{". */
#define OPEN_TIMES 3

/* A field's word of so many bytes may be grown together with others. */
#define GROWN_MIN_BYTES 4

/* A number to call has so many digits (E.164: at most 15). */
#define PHONE_MIN_DIGITS 9
#define PHONE_MAX_DIGITS 15

/* Behind a currency's sign: digits, what parts them, and "k" or "M" for so many zeros. */
#define AMOUNT "0123456789.,kKmM"

/*
 * A text on the way through it.  A number and a price may be looked for as far as
 * the text's end, and in vain: up to where that was, no later place begins one
 * either.  Otherwise "((((" would be read once for each of its characters.
 */
typedef struct {
	Cues *cues;
	const GPtrArray *field_words; /* of char * */
	const char *no_phone;
	const char *no_price;
} Reader;

static void
add(Cues *cues, Cue cue, size_t weight, const char *start, size_t length)
{
	g_autofree char *words = g_strndup(start, length);

	cues_add(cues, cue, weight, text_token(words, CUE_SHOWN_MAX));
}

/* What stands around a field; some of it a person's own words have, too. */
static const struct {
	const char *open, *close;
	bool is_anybodys;
} fields[] = {
	{ "{", "}", false },
	{ "\xef\xbd\x9b", "\xef\xbd\x9d", false }, /* U+FF5B, U+FF5D */
	{ "*|", "|*", false },
	{ "<<", ">>", false },
	{ "<", ">", true },
	{ "[", "]", true },
	{ "%", "%", true },
	{ "__", "__", true },
	{ "#", "#", true },
	{ "\xef\xbc\xbb", "\xef\xbc\xbd", true }, /* U+FF3B, U+FF3D */
	{ "\xe3\x80\x90", "\xe3\x80\x91", true }, /* U+3010, U+3011 */
};

static bool
is_in_field_name(gunichar c)
{
	return g_unichar_isalnum(c) || g_unichar_ismark(c) ||
	       (c < 0x80 && c != '\0' && strchr("_- ./'", (int)c) != NULL) || c == 0x2019;
}

/*
 * Letters, digits and what parts them, beginning with a letter: the name of a field,
 * in bytes, up to what closes it.
 */
static size_t
field_name_length(const char *text, const char *close)
{
	const char *end = text;
	size_t length = 0;

	if (!g_unichar_isalpha(g_utf8_get_char(text)))
		return 0;
	for (; is_in_field_name(g_utf8_get_char(end)) && !g_str_has_prefix(end, close);
	     end = g_utf8_next_char(end))
		if (++length > FIELD_MAX)
			return 0;

	return length > 1 ? (size_t)(end - text) : 0;
}

/* What a person writes beside words, too: "50%", "#name", "x__y__". */
static bool
is_tight(const char *open)
{
	return strchr("%#_", open[0]) != NULL;
}

/* Bytes that open a field once or more often: "{{", "{{ ". */
static size_t
opening_length(const char *text, const char *open, bool is_start)
{
	size_t each = strlen(open), length = 0;

	if (is_tight(open) && !is_start)
		return 0;
	for (size_t i = 0; i < OPEN_TIMES && g_str_has_prefix(text + length, open); i++)
		length += each;

	return length > 0 && !is_tight(open) ? length + strspn(text + length, " ")
					     : length;
}

/*
 * A person's own brackets, "[sic]" or "<grin>", are no field: it has a field's word.
 * A long one may be grown together with others: "firstname".
 */
static bool
has_field_word(const GPtrArray *words, const char *text, size_t length)
{
	g_autofree char *name = g_strndup(text, length);
	g_autofree char *plain = plain_text_words(name);

	for (size_t i = 0; i < words->len; i++) {
		const char *word = words->pdata[i];
		size_t size = strlen(word);

		for (const char *at = strstr(plain, word); at != NULL;
		     at = strstr(at + 1, word)) {
			bool begins = at[-1] == ' ', ends = at[size] == ' ';

			if ((begins && ends) ||
			    (size >= GROWN_MIN_BYTES && (begins || ends)))
				return true;
		}
	}

	return false;
}

/* Bytes of "{firstName}" and the like at text, or 0. */
static size_t
field_length(const GPtrArray *words, const char *text, bool is_start)
{
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
		size_t open, name;
		const char *behind;

		if (text[0] != fields[i].open[0] ||
		    (open = opening_length(text, fields[i].open, is_start)) == 0)
			continue;
		name = field_name_length(text + open, fields[i].close);
		if (name == 0 ||
		    (fields[i].is_anybodys && !has_field_word(words, text + open, name)))
			continue;
		behind = text + open + name;
		/* "{name | there}", "{Hi|Hello}": what stands for nobody's name. */
		if (!fields[i].is_anybodys && *behind == '|' && behind[1] != '*')
			return (size_t)(behind + 1 - text);
		if (g_str_has_prefix(behind, fields[i].close) &&
		    (behind[-1] != ' ' || !is_tight(fields[i].open)))
			return (size_t)(behind - text) + strlen(fields[i].close);
	}

	return 0;
}

/*
 * Bytes of a run of digits and what parts them at text, and how many digits; 0 for too
 * few.
 */
static size_t
run_length(Reader *reader, const char *text, size_t *digits_out)
{
	size_t length = 0, end = 0;

	*digits_out = 0;
	if (text < reader->no_phone ||
	    (text[0] != '+' && text[0] != '(' && !g_ascii_isdigit(text[0])))
		return 0;
	for (; text[length] != '\0' && strchr("+()-./ 0123456789", text[length]) != NULL;
	     length++)
		if (g_ascii_isdigit(text[length])) {
			++*digits_out;
			end = length + 1;
		}
	if (*digits_out >= PHONE_MIN_DIGITS)
		return end;
	reader->no_phone = text + length;

	return 0;
}

static bool
is_currency(gunichar c)
{
	return g_unichar_type(c) == G_UNICODE_CURRENCY_SYMBOL;
}

/* "$500", "99 €"; bytes, or 0. */
static size_t
price_length(Reader *reader, const char *text)
{
	const char *next = text;
	bool has_digit = false;

	if (is_currency(g_utf8_get_char(text))) {
		next = g_utf8_next_char(text);
		next += strspn(next, " ");
		return g_ascii_isdigit(*next)
			   ? (size_t)(next - text) + strspn(next, AMOUNT)
			   : 0;
	}
	if (text < reader->no_price)
		return 0;
	while (g_ascii_isdigit(*next) || (has_digit && (*next == '.' || *next == ','))) {
		has_digit = true;
		next++;
	}
	if (!has_digit)
		return 0;
	next += strspn(next, " ");
	if (is_currency(g_utf8_get_char(next)))
		return (size_t)(g_utf8_next_char(next) - text);
	reader->no_price = next;

	return 0;
}

size_t
signals_link_length(const char *text)
{
	static const char *const starts[] = { "http://", "https://", "www." };
	const char *end = NULL;

	/* It is asked of each word. */
	if (g_ascii_tolower(text[0]) != 'h' && g_ascii_tolower(text[0]) != 'w')
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
		if (g_ascii_strncasecmp(text, starts[i], strlen(starts[i])) == 0)
			end = text + strlen(starts[i]);
	if (end == NULL)
		return 0;
	while (*end != '\0' && strchr(TEXT_BLANKS, *end) == NULL &&
	       !text_is_spaceless(g_utf8_get_char(end)))
		end = g_utf8_next_char(end);

	return (size_t)(end - text);
}

/* Add the sign that begins here, if any; returns the bytes to go on by. */
static size_t
look_at(Reader *reader, const char *text, bool is_start)
{
	Cues *cues = reader->cues;
	size_t length, digits;

	if (is_start && (length = signals_link_length(text)) > 0) {
		add(cues, CUE_LINK, CUE_WEAK, text, length);
		return length;
	}
	if ((length = field_length(reader->field_words, text, is_start)) > 0) {
		add(cues, CUE_TEMPLATE_FIELD, CUE_STRONG + 1, text, length);
		return length;
	}
	if (is_start && (length = run_length(reader, text, &digits)) > 0) {
		if (digits <= PHONE_MAX_DIGITS)
			add(cues, CUE_PHONE, CUE_STRONG, text, length);
		return length;
	}
	if ((is_start || !g_ascii_isdigit(*text)) &&
	    (length = price_length(reader, text)) > 0) {
		add(cues, CUE_PRICE, CUE_STRONG, text, length);
		return length;
	}

	return (size_t)(g_utf8_next_char(text) - text);
}

/* Can a sign begin with this byte?  Most cannot. */
static bool
may_begin(char c)
{
	switch (c) {
	case '{':
	case '[':
	case '<':
	case '*':
	case '%':
	case '_':
	case '#':
	case '+':
	case '(':
	case '$':
	case 'h':
	case 'H':
	case 'w':
	case 'W':
		return true;
	default:
		return (unsigned char)c >= 0x80 || g_ascii_isdigit(c);
	}
}

/* Wide signs, U+FF01 to U+FF5E, are ASCII's so far on. */
#define WIDE_FIRST    0xff01
#define WIDE_LAST     0xff5e
#define WIDE_DISTANCE 0xfee0

/* The dashes beside them stand between two dates, and part numbers. */
#define HYPHEN            0x2010
#define HYPHEN_THAT_JOINS 0x2011

/*
 * The text with wide signs and hyphens as those of ASCII; or NULL where it has none.  Who
 * hides a number to call from programs writes it so.
 */
static char *
narrowed(const char *text)
{
	GString *narrow;

	/* Most notes have quotes, which share the first bytes of the hyphens. */
	if (strstr(text, "\xef\xbc") == NULL && strstr(text, "\xe2\x80\x90") == NULL &&
	    strstr(text, "\xe2\x80\x91") == NULL)
		return NULL;
	narrow = g_string_sized_new(strlen(text));
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if (c >= WIDE_FIRST && c <= WIDE_LAST)
			c -= WIDE_DISTANCE;
		else if (c == HYPHEN || c == HYPHEN_THAT_JOINS)
			c = '-';
		g_string_append_unichar(narrow, c);
	}

	return g_string_free(narrow, FALSE);
}

void
signals_add(Cues *cues, const GPtrArray *field_words, const char *text)
{
	g_autofree char *narrow = narrowed(text);
	Reader reader = { cues, field_words, text, text };
	bool is_start = true;

	if (narrow != NULL)
		text = reader.no_phone = reader.no_price = narrow;
	while (*text != '\0') {
		if (!may_begin(*text)) {
			is_start = !g_ascii_isalnum(*text++);
			continue;
		}
		text += look_at(&reader, text, is_start);
		is_start = !g_unichar_isalnum(g_utf8_get_char(g_utf8_prev_char(text)));
	}
}
