/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * results.c - what the verifiers in front of us found out about a mail
 *
 * Design rationale
 *	A verdict hangs on these fields, and a sender chooses some of the words
 *	in them (its address, say).  So there is no guessing: where the grammar
 *	ends, results_scan_give_up() ends the text as well, and every reader
 *	after it finds nothing.  Reading goes on behind a result that holds no words of the
 *	sender, or no more than one word at all; behind another one nothing
 *	that speaks for the mail is believed.  To look for the next semicolon would
 *	not do for that: a quote that the sender smuggled into one value opens a
 *	string that ends where the next value's begins, and what that holds is
 *	read as a result.  It does for what speaks against the mail.
 *
 *	Four things that the grammar has not are taken, for real verifiers
 *	write them and they can be read in one way only: characters such as "/"
 *	and "=" in an unquoted property (rspamd, in header.b), "[…]" in an
 *	address, properties without a type (Microsoft's "action=none",
 *	authentication_milter's "x-bits=2048") and a semicolon at the end.
 *
 *	Verifiers take off fields that senders write under their name.  That
 *	alone is not enough: OpenDKIM leaves a field that it cannot parse, and
 *	it parses less than we do.  It writes its own on top, though, so the
 *	first word on a method is the verifier's, and is the last one as well.
 */

#include "config.h"

#include <string.h>

#include "base/settings.h"
#include "text/address.h"
#include "mail/results.h"
#include "mail/results-scan.h"

/* What may not stand in an unquoted value: the tspecials of RFC 2045 ... */
#define NOT_IN_TOKEN "()<>@,;:\\\"/[]?="
/* ... and in one of a property, where addresses stand, too. */
#define NOT_IN_PROPERTY "()<>,;\\\""

/* The properties that name a result's domain; the first one present counts. */
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

/* A version stands here, or nothing; we know the first one alone. */
static void
read_version(ResultsScan *scan)
{
	if (!g_ascii_isdigit(*scan->at))
		return;
	results_scan_need(scan, '1');
	results_scan_skip_gap(scan);
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
	const char *behind = address_domain(value);
	g_autofree char *domain = NULL;

	if (is_address != (behind != NULL))
		return NULL;
	domain = without_dot(g_ascii_strdown(behind != NULL ? behind : value, -1));

	return g_str_is_ascii(domain) && address_is_domain(domain)
		   ? g_steal_pointer(&domain)
		   : NULL;
}

/* Behind the dot of "header.d=linkedin.com". */
static void
read_property(ResultsScan *scan, const char *method, const char *type, char *values[])
{
	g_autofree char *name = NULL, *property = NULL, *value = NULL;

	results_scan_skip_gap(scan);
	name = results_scan_read_keyword(scan);
	property = g_strconcat(type, ".", name, NULL);
	results_scan_skip_gap(scan);
	results_scan_need(scan, '=');
	results_scan_skip_gap(scan);
	value = results_scan_read_value(scan, NOT_IN_PROPERTY);
	results_scan_need_gap(scan);

	for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++) {
		if (!g_str_equal(subjects[i].method, method) ||
		    !g_str_equal(subjects[i].property, property))
			continue;
		/* Two signers in one result: nobody can say which is meant. */
		if (values[i] != NULL)
			results_scan_give_up(scan);
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
read_remark(ResultsScan *scan, const char *word)
{
	g_autofree char *value = NULL;

	/* A result where a semicolon was lost. */
	if (!has_own_words(word))
		results_scan_give_up(scan);
	results_scan_need(scan, '=');
	results_scan_skip_gap(scan);
	value = results_scan_read_value(scan, NOT_IN_TOKEN);
	results_scan_need_gap(scan);
}

/* All that is said about one result. */
static void
read_details(ResultsScan *scan, const char *method, char *values[])
{
	while (!results_scan_is_end(scan)) {
		g_autofree char *word = results_scan_read_keyword(scan);

		results_scan_skip_gap(scan);
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
read_method_version(ResultsScan *scan)
{
	if (*scan->at != '/')
		return;
	scan->at++;
	results_scan_skip_gap(scan);
	if (!g_ascii_isdigit(*scan->at))
		results_scan_give_up(scan);
	read_version(scan);
}

/* Behind the method, up to the next semicolon. */
static void
read_result(ResultsScan *scan, char *method, Result *result_out)
{
	char *values[G_N_ELEMENTS(subjects)] = { NULL };
	bool has_subject = false;

	*result_out = (Result){ .method = method };
	read_method_version(scan);
	results_scan_need(scan, '=');
	results_scan_skip_gap(scan);
	result_out->result = results_scan_read_keyword(scan);
	results_scan_need_gap(scan);
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
	ResultsScan scan = { .at = at };
	g_autoptr(GString) skipped = g_string_new(NULL);

	while (!results_scan_is_end(&scan) && !scan.is_broken)
		if (*scan.at == '(')
			results_scan_skip_comment(&scan);
		else if (*scan.at == '"')
			results_scan_read_quoted(&scan, skipped);
		else
			scan.at++;

	return scan.is_broken ? NULL : scan.at;
}

static void
result_clear(Result *result)
{
	g_free(result->method);
	g_free(result->result);
	g_free(result->domain);
}

/* What may be anybody's words proves nothing. */
static void
doubt(Result *result)
{
	if (!g_str_equal(result->result, "pass"))
		return;
	g_free(result->result);
	result->result = g_strdup(RESULTS_UNREADABLE);
}

/*
 * Behind words of the sender nobody can tell where a string or a comment ends, so each
 * semicolon may begin a result.  What they tell against the mail is taken: a sender who
 * writes that of himself is believed, and one who hides it is not helped.
 */
static void
read_doubtful(const char *at, GArray *list)
{
	for (at = strchr(at, ';'); at != NULL && list->len < RESULTS_MAX;
	     at = strchr(at + 1, ';')) {
		ResultsScan scan = { .at = at + 1 };
		g_autofree char *method = NULL;
		Result result;

		results_scan_skip_gap(&scan);
		method = results_scan_read_keyword(&scan);
		if (scan.is_broken || has_own_words(method))
			continue;
		results_scan_skip_gap(&scan);
		read_result(&scan, method, &result);
		result.method = g_steal_pointer(&method);
		if (scan.is_broken || result.domain == NULL) {
			result_clear(&result);
			continue;
		}
		doubt(&result);
		g_array_append_val(list, result);
	}
}

/*
 * A result that cannot be read counts for nothing.  Behind one that may hold words
 * of the sender no pass is read, for these might go on there.  Somebody who could
 * end a single word with a semicolon could have written a result in its place.
 */
static void
read_list(ResultsScan *scan, Results *results)
{
	GArray *list = results->list;

	do {
		g_autofree char *method = NULL;
		const char *semicolon = scan->at, *start, *after;
		bool is_word;
		Result result;

		results_scan_need(scan, ';');
		results_scan_skip_gap(scan);
		/* Some end the last result with a semicolon, too. */
		if (*scan->at == '\0' && list->len > 0 && !scan->is_broken)
			return;
		start = scan->at;
		method = results_scan_read_keyword(scan);
		results_scan_skip_gap(scan);
		if (*scan->at == '\0' && list->len == 0 && g_str_equal(method, "none"))
			return;
		is_word = !scan->is_broken && results_scan_is_end(scan) &&
			  !g_str_equal(method, "none");
		read_result(scan, method, &result);
		if (scan->is_broken) {
			after = after_result(start);
			results->is_whole =
			    after != NULL && (is_word || !has_own_words(method));
			g_free(result.result);
			g_free(result.domain);
			if (!results->is_whole) {
				read_doubtful(semicolon, list);
				return;
			}
			*scan = (ResultsScan){ .at = after };
			result = (Result){ .result = g_strdup(RESULTS_UNREADABLE) };
		}
		result.method = g_steal_pointer(&method);
		g_array_append_val(list, result);
		if (list->len > RESULTS_MAX)
			results_scan_give_up(scan);
	} while (*scan->at != '\0');
}

/* The authserv-id: which verifier wrote the field. */
static char *
read_authserv_id(ResultsScan *scan)
{
	g_autofree char *id = NULL;

	results_scan_skip_gap(scan);
	id = results_scan_read_value(scan, NOT_IN_TOKEN);
	results_scan_need_gap(scan);

	return without_dot(g_ascii_strdown(id, -1));
}

/* Does one of them say something, be it of whom something was said? */
static bool
is_any_said(const GArray *list)
{
	for (size_t i = 0; i < list->len; i++) {
		const Result *result = &g_array_index(list, Result, i);

		if (result->domain != NULL ||
		    !g_str_equal(result->result, RESULTS_UNREADABLE))
			return true;
	}

	return false;
}

Results *
results_new(const char *value)
{
	ResultsScan scan = { .at = value };
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
		       is_any_said(results->list)
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

char **
results_names(const char *list)
{
	g_autofree char *lower = g_ascii_strdown(list, -1);
	char **names = settings_split(lower);

	for (size_t i = 0; names[i] != NULL; i++)
		without_dot(names[i]);

	return names;
}

bool
results_is_of(const char *value, const char *const *names)
{
	ResultsScan scan = { .at = value };
	g_autofree char *id = read_authserv_id(&scan);

	return id[0] != '\0' && g_strv_contains(names, id);
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
results_trusted(const Head *head, const char *list)
{
	g_auto(GStrv) names = results_names(list);
	GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)results_free);
	g_autoptr(GHashTable) told =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	bool is_whole = true;

	/* By default nobody is trusted, and nothing is read. */
	if (names[0] == NULL)
		return all;
	for (size_t i = 0; i < head_length(head) && all->len < RESULTS_MAX_FIELDS; i++) {
		const char *name = head_name(head, i);
		g_autoptr(Results) results = NULL;

		if (g_ascii_strcasecmp(name, "Authentication-Results") != 0 ||
		    !results_is_of(head_value(head, i), (const char *const *)names))
			continue;
		results = results_new(head_value(head, i));
		if (results == NULL) {
			is_whole = false;
			continue;
		}
		drop_told(results, told);
		/* What we cannot read may contradict what passes below it. */
		for (guint j = 0; j < results->list->len && !is_whole; j++)
			doubt(&g_array_index(results->list, Result, j));
		is_whole &= results->is_whole;
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
