/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * address.c - addresses and lists of them, by one grammar
 *
 * Design rationale
 *	An entry is collected in two forms while it is read: the phrase, which
 *	is its name if an address in angle brackets follows, and the bare form,
 *	which is its address if none does.  So nothing is read twice, and there
 *	is no way back to take.
 *
 *	Whatever the bytes, something is read.  What is not plainly an address
 *	is handed on as it stands and is no address for address_is_plain(); it
 *	is never repaired, since a repair could turn a stranger's domain into a
 *	network's.
 *
 *	Many write a comma into a name without quotes: Doe, Jane <jane@example.org>.
 *	By the grammar "Doe" is an entry of its own, but no address: it is read as
 *	the beginning of the name.
 */
#include "config.h"

#include <string.h>

#include "text/text.h"
#include "text/address.h"

typedef struct {
	const char *at;    /* borrowed: what is not read yet */
	GString *phrase;   /* words, unquoted, one blank where some stood */
	GString *bare;     /* the same as written, with quotes */
	GString *comment;  /* the last one */
	GString *address;  /* what stood in angle brackets */
	bool has_brackets; /* address was read */
	bool has_space;    /* since the last word */
	bool has_at;       /* an "@" is in the phrase */
	const char *sign;  /* borrowed: what next_sign() found, or NULL */
	size_t groups;     /* open ones */
	size_t ats;        /* "@" handed to visit */
	bool is_doubtful;
	AddressVisit *visit;
	void *context;
} Reader;

/*
 * The length of the encoded word that stands here, or 0.  Commas and the like
 * inside it are forgiven, for mailers write them, but nothing that could pass
 * for an address of its own.
 */
static size_t
word_length(const char *at)
{
	const char *next = at;

	if (strncmp(next, "=?", 2) != 0)
		return 0;
	next += 2;
	next += strcspn(next, "?<>\"" TEXT_BLANKS);
	if (next[0] != '?' || next[1] == '\0' || next[2] != '?')
		return 0;
	next += 3;
	next += strcspn(next, "?<>\"" TEXT_BLANKS);

	return strncmp(next, "?=", 2) == 0 ? (size_t)(next + 2 - at) : 0;
}

static size_t
count_ats(const char *text, size_t length)
{
	size_t sum = 0;

	for (size_t i = 0; i < length; i++)
		sum += text[i] == '@';

	return sum;
}

/* Put the blank before a word that stood before it. */
static void
put_space(Reader *reader)
{
	if (reader->has_space && reader->phrase->len > 0)
		g_string_append_c(reader->phrase, ' ');
	if (reader->has_space && reader->bare->len > 0)
		g_string_append_c(reader->bare, ' ');
	reader->has_space = false;
}

static void
put_word(Reader *reader, size_t length)
{
	put_space(reader);
	reader->has_at |= memchr(reader->at, '@', length) != NULL;
	g_string_append_len(reader->phrase, reader->at, (gssize)length);
	g_string_append_len(reader->bare, reader->at, (gssize)length);
	reader->at += length;
}

/* A quoted string, up to its end or the value's. */
static void
read_quoted(Reader *reader)
{
	const char *start = reader->at++;

	put_space(reader);
	while (*reader->at != '\0' && *reader->at != '"') {
		if (reader->at[0] == '\\' && reader->at[1] != '\0')
			reader->at++;
		g_string_append_c(reader->phrase, *reader->at++);
	}
	if (*reader->at == '"')
		reader->at++;
	else
		reader->is_doubtful = true;
	reader->has_at |= memchr(start, '@', (size_t)(reader->at - start)) != NULL;
	g_string_append_len(reader->bare, start, reader->at - start);
}

/* A comment with those inside it, which stay part of its text. */
static void
read_comment(Reader *reader)
{
	size_t depth = 1;

	g_string_truncate(reader->comment, 0);
	for (reader->at++; *reader->at != '\0'; reader->at++) {
		char c = *reader->at;

		if (c == '\\' && reader->at[1] != '\0')
			c = *++reader->at;
		else if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0)
			break;
		g_string_append_c(reader->comment, c);
	}
	if (*reader->at == ')')
		reader->at++;
	else
		reader->is_doubtful = true;
	reader->has_space = true;
}

/* From "[" to "]", where no blank comes between. */
static size_t
literal_length(const char *at)
{
	size_t length = 1 + strcspn(at + 1, "[]<>@,;()\"" TEXT_BLANKS);

	return at[length] == ']' ? length + 1 : 0;
}

/* Blanks around "@" and "." are no part of an address (RFC 5322, 3.4.1). */
static void
drop_blanks(GString *address)
{
	size_t length = 0;

	for (size_t i = 0; i < address->len; i++) {
		const char *at = address->str + i;
		bool is_dropped =
		    *at == ' ' &&
		    (length == 0 || strchr("@. ", address->str[length - 1]) != NULL ||
		     strchr("@. ", at[1]) != NULL);

		if (!is_dropped)
			address->str[length++] = *at;
	}
	g_string_truncate(address, length);
}

/* What stands in angle brackets, without comments and the old route. */
static void
read_brackets(Reader *reader)
{
	GString *address = reader->address;
	bool is_ended = false;

	g_string_truncate(address, 0);
	reader->has_brackets = true;
	reader->at++;
	while (!is_ended && *reader->at != '\0') {
		size_t length = 1;

		if (*reader->at == '(') {
			read_comment(reader);
			g_string_append_c(address, ' ');
			continue;
		}
		is_ended = *reader->at == '>';
		if (*reader->at == '[')
			length = MAX(literal_length(reader->at), 1);
		/* RFC 5322, section 4.4: <@a.example,@b.example:jane@c.example> */
		if (*reader->at == ':' && address->str[0] == '@')
			g_string_truncate(address, 0);
		else if (strchr(TEXT_BLANKS, *reader->at) != NULL)
			g_string_append_c(address, ' ');
		else if (!is_ended)
			g_string_append_len(address, reader->at, (gssize)length);
		reader->at += length;
	}
	drop_blanks(address);
	reader->has_space = true;
}

static void
hand_out(Reader *reader, const char *name, const char *address)
{
	reader->ats += count_ats(name, strlen(name));
	if (address != NULL)
		reader->ats += count_ats(address, strlen(address));
	reader->visit(reader->context, name, address);
}

static void
forget_entry(Reader *reader)
{
	g_string_truncate(reader->phrase, 0);
	g_string_truncate(reader->bare, 0);
	g_string_truncate(reader->comment, 0);
	g_string_truncate(reader->address, 0);
	reader->has_brackets = reader->has_space = reader->has_at = false;
}

/* An entry ends here, if one began.  "<>" and "@example.org" name nobody. */
static void
end_entry(Reader *reader)
{
	bool is_named = reader->has_brackets && reader->phrase->len > 0;

	if (!reader->has_brackets) {
		g_string_assign(reader->address, reader->bare->str);
		drop_blanks(reader->address);
	}
	if (reader->address->len > 0 && reader->address->str[0] != '@')
		hand_out(reader, is_named ? reader->phrase->str : reader->comment->str,
			 reader->address->str);
	forget_entry(reader);
}

static void
begin_group(Reader *reader)
{
	if (reader->has_brackets)
		end_entry(reader);
	else
		hand_out(reader, reader->phrase->str, NULL);
	forget_entry(reader);
	reader->groups++;
	reader->at++;
}

/* Behind a ";" that ends no group some programs read on, and some do not. */
static void
end_group(Reader *reader)
{
	end_entry(reader);
	if (reader->groups > 0) {
		reader->groups--;
		reader->at++;
	} else {
		reader->is_doubtful = true;
		reader->at += strlen(reader->at);
	}
}

static void
read_text(Reader *reader)
{
	size_t length = word_length(reader->at);

	/* Without a comma before it: the next entry begins. */
	if (reader->has_brackets)
		end_entry(reader);
	/* "[" is part of a name but behind "@": Jane Doe [CPA] <jane@example.org> */
	if (length == 0 && *reader->at == '[' && g_str_has_suffix(reader->bare->str, "@"))
		length = literal_length(reader->at);
	if (length == 0 && reader->at[0] == '\\' && reader->at[1] != '\0')
		length = 2;

	if (*reader->at == '"')
		read_quoted(reader);
	else
		put_word(reader, MAX(length, 1));
}

/* What ends a name or makes an address; kept, so that every byte is looked at once. */
static char
next_sign(Reader *reader)
{
	if (reader->sign == NULL || reader->sign < reader->at)
		reader->sign = reader->at + strcspn(reader->at, "@<>:;()\"");

	return *reader->sign;
}

/* Is the comma part of a name: words before it, words behind it, and then brackets? */
static bool
is_in_name(Reader *reader)
{
	return !reader->has_brackets && !reader->has_at && reader->phrase->len > 0 &&
	       next_sign(reader) == '<';
}

static void
read_comma(Reader *reader)
{
	if (is_in_name(reader)) {
		put_word(reader, 1);
		return;
	}
	end_entry(reader);
	reader->at++;
}

static void
read_list(Reader *reader)
{
	while (*reader->at != '\0') {
		switch (*reader->at) {
		case ' ':
		case '\t':
		case '\r':
		case '\n':
			reader->has_space = true;
			reader->at++;
			break;
		case '(':
			read_comment(reader);
			break;
		case '>':
			/* Jane <jane@example.org>> */
			reader->is_doubtful |= !reader->has_brackets;
			reader->at++;
			break;
		case '<':
			if (reader->has_brackets)
				end_entry(reader);
			read_brackets(reader);
			break;
		case ',':
			read_comma(reader);
			break;
		case ':':
			begin_group(reader);
			break;
		case ';':
			end_group(reader);
			break;
		default:
			read_text(reader);
		}
	}
	end_entry(reader);
}

/* How much of a raw value is read. */
static size_t
readable_length(const char *raw)
{
	size_t length = 0, colons = 0;

	while (length < ADDRESS_MAX_LIST && raw[length] != '\0' &&
	       colons <= ADDRESS_MAX_COLONS)
		colons += raw[length++] == ':';

	return length;
}

AddressListEnd
address_list(const char *raw, AddressVisit *visit, void *context)
{
	size_t length = readable_length(raw);
	g_autofree char *text = g_strndup(raw, length);
	g_autoptr(GString) phrase = g_string_new(NULL);
	g_autoptr(GString) bare = g_string_new(NULL);
	g_autoptr(GString) comment = g_string_new(NULL);
	g_autoptr(GString) address = g_string_new(NULL);
	Reader reader = {
		.at = text,
		.phrase = phrase,
		.bare = bare,
		.comment = comment,
		.address = address,
		.visit = visit,
		.context = context,
	};

	read_list(&reader);

	if (raw[length] != '\0')
		return ADDRESS_LIST_CUT;
	/* Some programs read on at the "@" of <a@b>@evil.example. */
	if (reader.is_doubtful || count_ats(text, length) > reader.ats)
		return ADDRESS_LIST_DOUBTFUL;

	return ADDRESS_LIST_CLEAR;
}

bool
address_is_domain(const char *domain)
{
	size_t length = strlen(domain);

	if (length == 0 || length > ADDRESS_MAX_DOMAIN || domain[0] == '.' ||
	    domain[length - 1] == '.' || strstr(domain, "..") != NULL)
		return false;

	for (const char *at = domain; *at != '\0'; at++)
		if (!g_ascii_isalnum(*at) && strchr("-_.", *at) == NULL &&
		    (unsigned char)*at < 0x80)
			return false;

	return true;
}

/* [192.0.2.1], [IPv6:2001:db8::1] */
static bool
is_literal(const char *domain)
{
	size_t length = strlen(domain);

	return length > 2 && length <= ADDRESS_MAX_DOMAIN && domain[0] == '[' &&
	       1 + strspn(domain + 1, "0123456789abcdefABCDEF.:IPvV") == length - 1 &&
	       domain[length - 1] == ']';
}

bool
address_is_plain(const char *address)
{
	const char *domain = address_domain(address);
	size_t local = domain != NULL ? (size_t)(domain - 1 - address) : 0;
	g_autofree char *clean = NULL;

	if (local == 0 || strlen(address) > ADDRESS_MAX_BYTES ||
	    (!address_is_domain(domain) && !is_literal(domain)))
		return false;
	/* "[" and ":" stand in a literal alone. */
	if (strcspn(address, "@ <>()[]\\,;:\"") < local)
		return false;
	clean = text_clean(address, ADDRESS_MAX_BYTES);

	return strcmp(clean, address) == 0;
}

bool
address_is_under(const char *domain, const char *parent)
{
	size_t length = strlen(domain), parent_length = strlen(parent);
	const char *tail;

	if (parent_length == 0 || parent_length > length)
		return false;

	tail = domain + (length - parent_length);

	return g_ascii_strcasecmp(tail, parent) == 0 &&
	       (tail == domain || tail[-1] == '.');
}

bool
address_is_under_any(const char *domain, const char *const *parents)
{
	for (; *parents != NULL; parents++)
		if (address_is_under(domain, *parents))
			return true;

	return false;
}

const char *
address_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at != NULL ? at + 1 : NULL;
}

char *
address_bare(const char *given)
{
	size_t length = strlen(given);

	if (length >= 2 && given[0] == '<' && given[length - 1] == '>')
		return g_ascii_strdown(given + 1, (gssize)length - 2);

	return g_ascii_strdown(given, -1);
}
