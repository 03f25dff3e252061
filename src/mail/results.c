/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * results.c - what the verifiers in front of us found out about a mail
 *
 * Design rationale
 *	A verdict hangs on these fields, and a sender chooses some of the words
 *	in them (its address, say).  So there is no guessing: where the grammar
 *	ends, give_up() ends the text as well, and every reader after it finds
 *	nothing.  Reading goes on behind a result that holds no words of the
 *	sender; behind another one the rest of the field is dropped.
 *
 *	Four things that the grammar has not are taken, for real verifiers
 *	write them and they can be read in one way only: characters such as "/"
 *	and "=" in an unquoted property (rspamd, in header.b), "[…]" in an
 *	address, properties without a type (Microsoft's "action=none",
 *	authentication_milter's "x-bits=2048") and a semicolon at the end.
 *
 *	That verifiers take off what senders write under their name is not
 *	relied on alone: OpenDKIM leaves a field that it cannot parse, and it
 *	parses less than we do.  It writes its own on top, though, so the first
 *	word on a method is the verifier's, and is the last one as well.
 */

#include "config.h"

#include <string.h>

#include "mail/address.h"
#include "mail/results.h"

/* What may not stand in an unquoted value: the tspecials of RFC 2045 ... */
#define NOT_IN_TOKEN "()<>@,;:\\\"/[]?="
/* ... and in one of a property, where addresses stand, too. */
#define NOT_IN_PROPERTY "()<>,;\\\""

typedef struct {
	const char *at;
	bool is_broken; /* the grammar was left */
} Scan;

/* Where a result names the domain it is about; the first that is there counts. */
static const struct {
	const char *method, *property;
	bool is_address; /* local@domain */
} subjects[] = {
	{ "dkim", "header.d", false },
	/* Gmail and Yahoo write no other; it is under header.d (RFC 6376, 3.5). */
	{ "dkim", "header.i", true },
	{ "dmarc", "header.from", false },
	{ "auth", "smtp.auth", true },
};

static void
give_up(Scan *scan)
{
	scan->at = "";
	scan->is_broken = true;
}

static void
need(Scan *scan, char c)
{
	if (*scan->at == c)
		scan->at++;
	else
		give_up(scan);
}

static bool
is_end(const Scan *scan)
{
	return *scan->at == ';' || *scan->at == '\0';
}

/*
 * One blank, or a line break before a blank (RFC 5322, section 3.2.2) or at the
 * very end, where GMime leaves it.
 */
static bool
skip_blank(Scan *scan)
{
	const char *at = scan->at;

	at += at[0] == '\n' ? 1 : at[0] == '\r' && at[1] == '\n' ? 2 : 0;
	if (*at == ' ' || *at == '\t')
		at++;
	else if (*at != '\0' || at == scan->at)
		return false;
	scan->at = at;

	return true;
}

/* The next character, or quoted pair, of a comment or a quoted string; no control. */
static char
take_text(Scan *scan)
{
	if (*scan->at == '\\')
		scan->at++;
	if (*scan->at != '\0' && !g_ascii_iscntrl(*scan->at))
		return *scan->at++;
	give_up(scan);

	return '\0';
}

static void
skip_comment(Scan *scan)
{
	size_t depth = 0;

	do {
		if (skip_blank(scan))
			continue;
		if (*scan->at == '(' && ++depth > RESULTS_MAX_DEPTH)
			give_up(scan);
		else if (*scan->at == ')')
			depth--;
		take_text(scan);
	} while (depth > 0 && !scan->is_broken);
}

/* Blanks and comments. */
static void
skip_gap(Scan *scan)
{
	while (skip_blank(scan) || *scan->at == '(')
		if (*scan->at == '(')
			skip_comment(scan);
}

/* What follows stands apart from what was read. */
static void
need_gap(Scan *scan)
{
	const char *before = scan->at;

	skip_gap(scan);
	if (scan->at == before && !is_end(scan))
		give_up(scan);
}

/* RFC 5321's Keyword, in lower case. */
static char *
read_keyword(Scan *scan)
{
	const char *start = scan->at;

	while (g_ascii_isalnum(*scan->at) || *scan->at == '-')
		scan->at++;
	if (scan->at == start || scan->at[-1] == '-') {
		give_up(scan);
		return g_strdup("");
	}

	return g_ascii_strdown(start, scan->at - start);
}

static void
read_quoted(Scan *scan, GString *out)
{
	need(scan, '"');
	while (*scan->at != '"' && !scan->is_broken)
		g_string_append_c(out, skip_blank(scan) ? ' ' : take_text(scan));
	need(scan, '"');
}

static void
read_plain(Scan *scan, const char *but, GString *out)
{
	const char *start = scan->at;

	while ((unsigned char)*scan->at > ' ' && *scan->at != '\x7f' &&
	       strchr(but, *scan->at) == NULL)
		scan->at++;
	if (scan->at == start)
		give_up(scan);
	else
		g_string_append_len(out, start, scan->at - start);
}

/* but: what an unquoted one may not hold. */
static char *
read_value(Scan *scan, const char *but)
{
	GString *value = g_string_new(NULL);

	if (*scan->at != '"') {
		read_plain(scan, but, value);
	} else {
		read_quoted(scan, value);
		/* A local part may be quoted, and its domain is not. */
		if (*scan->at == '@')
			read_plain(scan, but, value);
	}

	return g_string_free(value, FALSE);
}

/* A version stands here, or nothing; we know the first one alone. */
static void
read_version(Scan *scan)
{
	if (!g_ascii_isdigit(*scan->at))
		return;
	need(scan, '1');
	skip_gap(scan);
}

static char *
without_dot(char *name)
{
	if (g_str_has_suffix(name, "."))
		name[strlen(name) - 1] = '\0';

	return name;
}

/* The domain in a property's value, or NULL where that is none. */
static char *
domain_of(const char *value, bool is_address)
{
	const char *at = strrchr(value, '@');
	g_autofree char *domain = NULL;

	if (is_address != (at != NULL))
		return NULL;
	domain = without_dot(g_ascii_strdown(at != NULL ? at + 1 : value, -1));

	return g_str_is_ascii(domain) && address_is_domain(domain)
		   ? g_steal_pointer(&domain)
		   : NULL;
}

/* Behind the dot of "header.d=linkedin.com". */
static void
read_property(Scan *scan, const char *method, const char *type, char *values[])
{
	g_autofree char *name = NULL, *property = NULL, *value = NULL;

	skip_gap(scan);
	name = read_keyword(scan);
	property = g_strconcat(type, ".", name, NULL);
	skip_gap(scan);
	need(scan, '=');
	skip_gap(scan);
	value = read_value(scan, NOT_IN_PROPERTY);
	need_gap(scan);

	for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++) {
		if (!g_str_equal(subjects[i].method, method) ||
		    !g_str_equal(subjects[i].property, property))
			continue;
		/* Who names two signers names none. */
		if (values[i] != NULL)
			give_up(scan);
		else
			values[i] = g_steal_pointer(&value);
		return;
	}
}

/* May a verifier write words of the sender into such a result? */
static bool
has_own_words(const char *method)
{
	static const char *const verified[] = { "dkim", "dmarc", "arc", "bimi" };

	for (size_t i = 0; i < G_N_ELEMENTS(verified); i++)
		if (g_str_equal(method, verified[i]))
			return false;

	return true;
}

/* Behind the word of "reason=expired", "action=none" or "x-bits=2048". */
static void
read_remark(Scan *scan, const char *word)
{
	g_autofree char *value = NULL;

	/* A result where a semicolon was lost. */
	if (!has_own_words(word))
		give_up(scan);
	need(scan, '=');
	skip_gap(scan);
	value = read_value(scan, NOT_IN_TOKEN);
	need_gap(scan);
}

/* All that is said about one result. */
static void
read_details(Scan *scan, const char *method, char *values[])
{
	while (!is_end(scan)) {
		g_autofree char *word = read_keyword(scan);

		skip_gap(scan);
		if (*scan->at == '.') {
			scan->at++;
			read_property(scan, method, word, values);
		} else {
			read_remark(scan, word);
		}
	}
}

/* "/1" behind a method. */
static void
read_method_version(Scan *scan)
{
	if (*scan->at != '/')
		return;
	scan->at++;
	skip_gap(scan);
	if (!g_ascii_isdigit(*scan->at))
		give_up(scan);
	read_version(scan);
}

/* Behind the method, up to the next semicolon. */
static void
read_result(Scan *scan, char *method, Result *result_out)
{
	char *values[G_N_ELEMENTS(subjects)] = { NULL };
	bool has_subject = false;

	*result_out = (Result){ .method = method };
	read_method_version(scan);
	need(scan, '=');
	skip_gap(scan);
	result_out->result = read_keyword(scan);
	need_gap(scan);
	read_details(scan, method, values);

	for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++) {
		if (values[i] != NULL && !has_subject)
			result_out->domain = domain_of(values[i], subjects[i].is_address);
		has_subject |= values[i] != NULL;
		g_free(values[i]);
	}
}

/*
 * The semicolon behind a result that cannot be read, or the end; NULL where a
 * quoted string or a comment has no end.
 */
static const char *
after_result(const char *at)
{
	Scan scan = { .at = at };
	g_autoptr(GString) skipped = g_string_new(NULL);

	while (!is_end(&scan) && !scan.is_broken)
		if (*scan.at == '(')
			skip_comment(&scan);
		else if (*scan.at == '"')
			read_quoted(&scan, skipped);
		else
			scan.at++;

	return scan.is_broken ? NULL : scan.at;
}

/*
 * A result that cannot be read counts for nothing.  Behind one that may hold words
 * of the sender nothing is read, for these might go on there.
 */
static void
read_list(Scan *scan, Results *results)
{
	GArray *list = results->list;

	do {
		g_autofree char *method = NULL;
		const char *start, *after;
		Result result;

		need(scan, ';');
		skip_gap(scan);
		/* Some end the last result with a semicolon, too. */
		if (*scan->at == '\0' && list->len > 0 && !scan->is_broken)
			return;
		start = scan->at;
		method = read_keyword(scan);
		skip_gap(scan);
		if (*scan->at == '\0' && list->len == 0 && g_str_equal(method, "none"))
			return;
		read_result(scan, method, &result);
		if (scan->is_broken) {
			after = after_result(start);
			results->is_whole = after != NULL && !has_own_words(method);
			g_free(result.result);
			g_free(result.domain);
			if (!results->is_whole)
				return;
			*scan = (Scan){ .at = after };
			result = (Result){ .result = g_strdup(RESULTS_UNREADABLE) };
		}
		result.method = g_steal_pointer(&method);
		g_array_append_val(list, result);
		if (list->len > RESULTS_MAX)
			give_up(scan);
	} while (*scan->at != '\0');
}

static void
result_clear(Result *result)
{
	g_free(result->method);
	g_free(result->result);
	g_free(result->domain);
}

/* Who says so. */
static char *
read_authserv_id(Scan *scan)
{
	g_autofree char *id = NULL;

	skip_gap(scan);
	id = read_value(scan, NOT_IN_TOKEN);
	need_gap(scan);

	return without_dot(g_ascii_strdown(id, -1));
}

static bool
is_any_readable(const GArray *list)
{
	for (size_t i = 0; i < list->len; i++)
		if (!g_str_equal(g_array_index(list, Result, i).result,
				 RESULTS_UNREADABLE))
			return true;

	return false;
}

Results *
results_new(const char *value)
{
	Scan scan = { .at = value };
	g_autoptr(Results) results = g_new0(Results, 1);

	results->list = g_array_new(FALSE, FALSE, sizeof(Result));
	g_array_set_clear_func(results->list, (GDestroyNotify)result_clear);

	results->authserv_id = read_authserv_id(&scan);
	read_version(&scan);
	results->is_whole = true;
	if (!scan.is_broken)
		read_list(&scan, results);
	if (scan.is_broken && results->is_whole)
		return NULL;

	/* "none" is an empty list, and whole. */
	return (results->is_whole && results->list->len == 0) ||
		       is_any_readable(results->list)
		   ? g_steal_pointer(&results)
		   : NULL;
}

void
results_free(Results *results)
{
	if (results == NULL)
		return;

	g_array_unref(results->list);
	g_free(results->authserv_id);
	g_free(results);
}

static bool
is_results(const char *name)
{
	return g_ascii_strcasecmp(name, "Authentication-Results") == 0;
}

/* Is the name that the field goes by one of these? */
static bool
has_name_of(char **names, const char *value)
{
	Scan scan = { .at = value };
	g_autofree char *id = read_authserv_id(&scan);

	for (size_t i = 0; names[i] != NULL; i++)
		if (names[i][0] != '\0' && g_str_equal(names[i], id))
			return true;

	return false;
}

/* Drop what a field above told, and remember what this one tells. */
static void
drop_told(Results *results, GHashTable *told)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new();

	for (guint i = 0; i < results->list->len;) {
		const Result *result = &g_array_index(results->list, Result, i);
		g_autofree char *key =
		    g_strconcat(results->authserv_id, " ", result->method, NULL);

		if (g_hash_table_contains(told, key)) {
			g_array_remove_index(results->list, i);
			continue;
		}
		g_ptr_array_add(keys, g_steal_pointer(&key));
		i++;
	}
	for (guint i = 0; i < keys->len; i++)
		g_hash_table_add(told, keys->pdata[i]);
}

GPtrArray *
results_trusted(const Head *head, const char *names)
{
	g_autofree char *lower = g_ascii_strdown(names, -1);
	g_auto(GStrv) trusted = g_strsplit_set(lower, ", \t\n", -1);
	GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)results_free);
	g_autoptr(GHashTable) told =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	bool is_whole = true;

	/* By default nobody is trusted, and nothing is read. */
	if (names[0] == '\0')
		return all;
	for (size_t i = 0; trusted[i] != NULL; i++)
		without_dot(trusted[i]);

	for (size_t i = 0;
	     i < head_length(head) && is_whole && all->len < RESULTS_MAX_FIELDS; i++) {
		g_autoptr(Results) results = NULL;

		if (!is_results(head_name(head, i)) ||
		    !has_name_of(trusted, head_value(head, i)))
			continue;
		results = results_new(head_value(head, i));
		/* What we cannot read may deny what stands below it. */
		if (results == NULL)
			break;
		drop_told(results, told);
		is_whole = results->is_whole;
		g_ptr_array_add(all, g_steal_pointer(&results));
	}

	return all;
}

bool
results_cover(const Head *head)
{
	static const char *const names[] = {
		"From",
		"To",
		"Subject",
		"Reply-To",
		"MIME-Version",
		"Content-Type",
		"Content-Transfer-Encoding",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (head_count(head, names[i]) > 1)
			return false;

	return true;
}

bool
results_say(const GPtrArray *fields, const char *method, const char *result)
{
	for (size_t i = 0; i < fields->len; i++) {
		const GArray *list = ((const Results *)fields->pdata[i])->list;

		for (size_t j = 0; j < list->len; j++) {
			const Result *found = &g_array_index(list, Result, j);

			if (g_str_equal(found->method, method) &&
			    g_str_equal(found->result, result))
				return true;
		}
	}

	return false;
}
