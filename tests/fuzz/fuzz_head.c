/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_head.c - what do hosts, verifiers and a type's parameters say in any head?
 *
 * The head is written as a mail begins and read again: no value ends it or begins a
 * field.
 */

#include "config.h"

#include <string.h>

#include "fuzz.h"
#include "mail/arc.h"
#include "mail/parameter.h"
#include "mail/received.h"
#include "mail/results.h"
#include "text/address.h"

static void
check_results(GPtrArray *list)
{
	for (guint i = 0; i < list->len; i++) {
		const Results *results = list->pdata[i];

		g_assert_cmpuint(results->list->len, <=, RESULTS_MAX);
	}
}

static void
check_written(const Head *head)
{
	g_autoptr(GString) written = g_string_new(NULL);
	const char *line;
	size_t fields = 0, end;

	head_write(head, "", written);
	g_assert_true(g_str_has_suffix(written->str, "\r\n"));
	end = written->len - 2;
	for (line = written->str; line < written->str + end;) {
		const char *next = strstr(line, "\r\n");

		g_assert_nonnull(next);
		/* The empty line is the last. */
		g_assert_true(next > line);
		fields += *line != ' ' && *line != '\t';
		line = next + 2;
	}
	g_assert_cmpuint(fields, <=, head_length(head));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const own[] = { "mx.example.net", NULL };
	FuzzInput input = { data, size };
	g_autofree char *text = fuzz_piece(&input);
	g_autoptr(Head) head = fuzz_head(text);
	g_autofree char *border = received_border(head, own, NULL);
	const char *type = head_get(head, "Content-Type");
	g_autofree char *boundary =
	    type != NULL ? parameter_value(type, "boundary") : NULL;
	g_autoptr(GPtrArray) trusted = results_trusted(head, "mx.example.net");
	const ArcTrust whom = { "mx.example.net", "example.net, example.org" };
	g_auto(ArcChain) chain = { 0 };

	check_written(head);
	check_results(trusted);
	arc_read(&chain, head, &whom);
	check_results(chain.believed);
	check_results(chain.earlier);
	g_assert_true(border == NULL || address_is_domain(border));
	g_assert_true(boundary == NULL || strlen(boundary) <= PARAMETER_MAX_VALUE);

	return 0;
}
