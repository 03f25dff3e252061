/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_log.c - is a line of the log one line, whatever a mail says?
 *
 * The first byte chooses how long it may be; the pieces are the words and two values.
 */

#include "config.h"

#include <string.h>

#include "base/json.h"
#include "base/log-record.h"
#include "fuzz.h"

/* An object with nothing but its time and level needs so much. */
#define LEAST 200

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FuzzInput input = { data, size };
	size_t max = LEAST + 8 * (size_t)fuzz_byte(&input);
	g_autofree char *words = fuzz_piece(&input);
	g_autofree char *word = fuzz_piece(&input), *quoted = fuzz_piece(&input);
	g_autofree char *id = fuzz_piece(&input);
	const LogRecordHead head = { 1768435200000000, "info", id, "message" };
	g_autoptr(LogRecord) record = log_record_new(words);
	g_autofree char *text = NULL, *json = NULL;
	g_autoptr(JsonObject) object = NULL;

	log_record_add(record, "network", word);
	log_record_add_quoted(record, "reasons", quoted);
	log_record_add_number(record, "count", size);
	text = log_record_text(record);
	json = log_record_json(record, &head, max);
	fuzz_check_line(text);
	fuzz_check_line(json);
	object = json_read(json);
	g_assert_nonnull(object);
	g_assert_cmpint(json_number(object, "count"), ==, (gint64)size);
	g_assert_true(g_str_has_prefix(log_record_value(record, "network"),
				       json_text(object, "network")));

	return 0;
}
