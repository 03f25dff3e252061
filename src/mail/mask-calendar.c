/* SPDX-License-Identifier: BSD-2-Clause */
/* mask-calendar.c - a calendar whose values are masked */

#include "config.h"

#include <string.h>

#include "mail/mask-calendar.h"
#include "mail/mask-text.h"

/* Words of the format itself (RFC 5545, RFC 5546). */
static const char *const words[] = {
	"VCALENDAR",    "VEVENT",     "VTIMEZONE",
	"STANDARD",     "DAYLIGHT",   "VALARM",
	"VTODO",        "VFREEBUSY",  "VJOURNAL",
	"2.0",          "REQUEST",    "PUBLISH",
	"REPLY",        "CANCEL",     "COUNTER",
	"ADD",          "REFRESH",    "DECLINECOUNTER",
	"NEEDS-ACTION", "ACCEPTED",   "TRUE",
	"FALSE",        "INDIVIDUAL", "REQ-PARTICIPANT",
	"GREGORIAN",    "ORGANIZER",  "ATTENDEE",
	"DTSTART",      "DTEND",      "SUMMARY",
	"DESCRIPTION",  "LOCATION",   "METHOD",
	"VERSION",      "PRODID",     "UID",
	"BEGIN",        "END",        "CONFIRMED",
	"OPAQUE",       "PUBLIC",
};

/* Properties with a text that somebody writes. */
static const char *const texts[] = { "SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT" };

static bool
is_among(const char *const *names, size_t count, const char *name, size_t length)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(names[i]) == length &&
		    g_ascii_strncasecmp(names[i], name, length) == 0)
			return true;

	return false;
}

static void
append_masked(GString *out, const Mask *mask, MaskKeep keep, const char *text,
	      size_t length)
{
	g_autofree char *part = g_strndup(text, length);
	g_autofree char *masked = NULL;

	if (is_among(words, G_N_ELEMENTS(words), text, length)) {
		g_string_append_len(out, text, (gssize)length);
		return;
	}
	masked = mask_text(mask, keep, part);
	g_string_append(out, masked);
}

/* Where the next of these characters is that stands in no quotes. */
static size_t
next_of(const char *line, size_t at, const char *wanted)
{
	bool is_quoted = false;

	for (; line[at] != '\0'; at++) {
		if (line[at] == '"')
			is_quoted = !is_quoted;
		else if (!is_quoted && strchr(wanted, line[at]) != NULL)
			break;
	}

	return at;
}

/* A text's pieces between its line breaks, which are written "\n". */
static void
append_text(GString *out, const Mask *mask, MaskKeep keep, const char *text)
{
	while (true) {
		const char *lower = strstr(text, "\\n"), *upper = strstr(text, "\\N");
		const char *at =
		    lower == NULL || (upper != NULL && upper < lower) ? upper : lower;

		append_masked(out, mask, keep, text,
			      at != NULL ? (size_t)(at - text) : strlen(text));
		if (at == NULL)
			return;
		g_string_append(out, "\\n");
		text = at + 2;
	}
}

static void
append_line(GString *out, const Mask *mask, const char *line)
{
	size_t name = next_of(line, 0, ";:"), at = name;
	bool is_text = is_among(texts, G_N_ELEMENTS(texts), line, name);

	append_masked(out, mask, MASK_KEEP_UNHIDDEN, line, name);
	while (line[at] == ';') {
		size_t equal = next_of(line, at, "=:"), end;

		append_masked(out, mask, MASK_KEEP_UNHIDDEN, line + at, equal - at);
		end = line[equal] == '=' ? next_of(line, equal + 1, ";:") : equal;
		append_masked(out, mask, MASK_KEEP_NONE, line + equal, end - equal);
		at = end;
	}
	if (line[at] == ':') {
		g_string_append_c(out, ':');
		append_text(out, mask, is_text ? MASK_KEEP_ALL : MASK_KEEP_NONE,
			    line + at + 1);
	}
	g_string_append_c(out, '\n');
}

/* The lines, unfolded (RFC 5545, section 3.1). */
static char **
lines_of(const char *text)
{
	g_autoptr(GString) flat = g_string_new(NULL);

	for (; *text != '\0'; text++)
		if (text[0] == '\n' && (text[1] == ' ' || text[1] == '\t'))
			text++;
		else if (text[0] != '\r')
			g_string_append_c(flat, *text);

	return g_strsplit(flat->str, "\n", -1);
}

char *
mask_calendar(const Mask *mask, const char *text)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_auto(GStrv) lines = lines_of(text);

	for (size_t i = 0; lines[i] != NULL; i++)
		if (lines[i][0] != '\0')
			append_line(out, mask, lines[i]);

	return g_string_free(g_steal_pointer(&out), FALSE);
}

void
mask_calendar_hide(Mask *mask, const char *text)
{
	g_auto(GStrv) lines = lines_of(text);

	for (size_t i = 0; lines[i] != NULL; i++) {
		const char *name = strcasestr(lines[i], ";CN=");
		const char *address = strcasestr(lines[i], "mailto:");

		if (name != NULL) {
			size_t end = next_of(name, strlen(";CN="), ";:");
			g_autofree char *value = g_strndup(name + 4, end - 4);

			mask_hide(mask, MASK_OF_FIELD, value);
		}
		if (address != NULL) {
			const char *local = address + strlen("mailto:");
			g_autofree char *value = g_strndup(local, strcspn(local, "@"));

			mask_hide(mask, MASK_OF_ADDRESS, value);
		}
	}
}
