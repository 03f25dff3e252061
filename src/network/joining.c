/* SPDX-License-Identifier: BSD-2-Clause */
/* joining.c - what in an event's description tells how to join it? */

#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "network/joining.h"
#include "network/reading.h"
#include "text/folded.h"
#include "mail/url.h"

/* People end their words before a link in a colon: "Our talk from Arnhem: https://". */
#define COLON_MAX_WORDS 2

/* But programs do so, too: "Join with Google Meet: https://meet.google.com/". */
#define SERVICE_MAX_WORDS 5

/* Such a host is named after the service and its maker, under a domain. */
#define SERVICE_MIN_NAMES 3
#define SERVICE_MAX_NAMES 8

/* Characters of a part of it that tells the service; shorter ones are any word's. */
#define SERVICE_MIN_NAME 4

/* Digits of a number to dial or to enter, with blanks between; a year has four. */
#define NUMBER_MIN_DIGITS 6

/* Words around such a number, and before a word to pass. */
#define NUMBER_MAX_WORDS 8
#define PASS_MAX_WORDS   4

/*
 * Lines that were kept, and whether those read last are part of how to join; is_beside:
 * no blank line follows them.
 */
typedef struct {
	GPtrArray *kept; /* char * */
	const Networks *networks;
	const Rewriters *rewriters;
	const char *inviter;
	char *host; /* of the link that was read last; NULL: none was */
	bool is_joining;
	bool is_beside;
} Joining;

/* The host of a link to a meeting, or NULL. */
static char *
meeting_host(const Joining *joining, const char *url)
{
	g_autofree char *host = url_host(url), *target = NULL;
	Unwrapped link;

	if (host == NULL)
		return NULL;
	link = rewriters_follow(joining->rewriters, url, host);
	target = link.target;
	g_free(link.domain);
	if (target != NULL) {
		g_free(host);
		host = url_host(target);
	}

	return host != NULL && networks_link_to(joining->networks, host)
		   ? g_steal_pointer(&host)
		   : NULL;
}

/*
 * The line without its links to meetings, or NULL where it has none.
 * host_out: of the last of them, the caller's.
 */
static char *
without_links(const Joining *joining, const char *line, char **host_out)
{
	g_autoptr(GString) rest = g_string_new(NULL);
	g_autofree char *last = NULL;

	while (*line != '\0') {
		size_t length = strcspn(line, " <>()[]");
		g_autofree char *word = g_strndup(line, length);
		char *host =
		    strstr(word, "://") != NULL ? meeting_host(joining, word) : NULL;

		if (host != NULL) {
			g_free(last);
			last = host;
			line += length;
		} else {
			g_string_append_len(rest, line,
					    (gssize)length + (line[length] != '\0'));
			line += length + (line[length] != '\0');
		}
	}

	if (last == NULL)
		return NULL;
	*host_out = g_steal_pointer(&last);

	return g_string_free(g_steal_pointer(&rest), FALSE);
}

/* Words with a character in them that is one of these. */
static size_t
count_words_with(const char *line, gboolean (*is_one)(gunichar c))
{
	size_t words = 0;
	bool is_word = false;

	for (; *line != '\0'; line = g_utf8_next_char(line)) {
		gunichar c = g_utf8_get_char(line);

		if (g_unichar_isspace(c)) {
			is_word = false;
		} else if (!is_word && is_one(c)) {
			is_word = true;
			words++;
		}
	}

	return words;
}

/* Words with a letter or a digit in them. */
static size_t
count_words(const char *line)
{
	return count_words_with(line, g_unichar_isalnum);
}

/* Is it short, and neither ended as a sentence is nor led to its link by somebody? */
static bool
is_label(const char *line)
{
	char last = line[0] != '\0' ? line[strlen(line) - 1] : '\0';

	return count_words(line) <=
		   (last == ':' ? COLON_MAX_WORDS : READING_LABEL_MAX_WORDS) &&
	       (last == '\0' || strchr(".!?,", last) == NULL);
}

/* "812 3456 7890", "+31 20 000 0000,,123456789#" */
static bool
has_number(const char *line)
{
	size_t digits = 0;

	for (; *line != '\0' && digits < NUMBER_MIN_DIGITS; line++)
		if (g_ascii_isdigit(*line))
			digits++;
		else if (strchr(" -().,", *line) == NULL)
			digits = 0;

	return digits >= NUMBER_MIN_DIGITS;
}

/* "Passcode: Ab3dEf": few words, a colon, and one word with a digit. */
static bool
is_pass(const char *line)
{
	const char *colon = strrchr(line, ':');
	const char *word = colon != NULL ? colon + 1 + strspn(colon + 1, " ") : "";
	g_autofree char *label =
	    colon != NULL ? g_strndup(line, (size_t)(colon - line)) : g_strdup("");

	return count_words(label) <= PASS_MAX_WORDS && strchr(word, ' ') == NULL &&
	       strpbrk(word, "0123456789") != NULL;
}

static bool
is_number_line(const char *line)
{
	return is_pass(line) ||
	       (has_number(line) &&
		count_words_with(line, g_unichar_isalpha) <= NUMBER_MAX_WORDS);
}

/* Do few words name all that the host is called by but its domain: "Google Meet"? */
static bool
names_service(const char *label, const char *host)
{
	g_auto(GStrv) names = g_strsplit(host, ".", SERVICE_MAX_NAMES);
	g_autofree char *folded = folded_text(label);
	size_t count = g_strv_length(names);

	if (count < SERVICE_MIN_NAMES || count_words(label) > SERVICE_MAX_WORDS)
		return false;
	for (size_t i = 0; i + 1 < count; i++)
		if (strstr(folded, names[i]) == NULL)
			return false;

	return true;
}

/*
 * Is the rest of a line with a link a program's, though it ends in a colon?  It is where
 * it names the service, stands right above or below other lines of how to join, or goes
 * on with them, to the same host: "Find your local number: https://us02web.zoom.us/u/1".
 */
static bool
is_led_by_program(const Joining *joining, const char *rest, const char *host,
		  const char *next)
{
	return g_str_has_suffix(rest, ":") &&
	       count_words(rest) <= READING_LABEL_MAX_WORDS &&
	       (names_service(rest, host) || joining->is_beside ||
		(joining->is_joining && g_strcmp0(joining->host, host) == 0) ||
		(next != NULL && has_number(next) && is_number_line(next)));
}

static const char *
last_of(const Joining *joining)
{
	return joining->kept->len > 0 ? joining->kept->pdata[joining->kept->len - 1]
				      : NULL;
}

/* Keep a line, and one blank line of several in a row. */
static void
keep(Joining *joining, const char *line)
{
	const char *last = last_of(joining);

	if (line[0] != '\0' || (last != NULL && last[0] != '\0'))
		g_ptr_array_add(joining->kept, g_strdup(line));
}

static void
drop_last(Joining *joining)
{
	g_ptr_array_set_size(joining->kept, (int)joining->kept->len - 1);
}

/* Nobody tells by their whole name, in one line of its own, that they invite. */
static bool
is_announcement(const Joining *joining, const char *line)
{
	return joining->inviter != NULL && joining->inviter[0] != '\0' &&
	       strstr(line, joining->inviter) != NULL;
}

/* "Topic: Paste tests": a field that a program fills in. */
static bool
is_field(const char *line)
{
	size_t length = strcspn(line, ":");
	g_autofree char *label = g_strndup(line, length);
	size_t words = count_words(label);

	return line[length] == ':' && g_ascii_isspace(line[length + 1]) && words > 0 &&
	       words <= COLON_MAX_WORDS;
}

/*
 * Topic and time, where the line that says who invites stands above them, or nothing
 * does: that line may be known as the network's, and left out before.
 */
static void
drop_fields(Joining *joining)
{
	size_t above = joining->kept->len;

	while (above > 0 && is_field(joining->kept->pdata[above - 1]))
		above--;
	if (above < joining->kept->len && above > 0 &&
	    ((const char *)joining->kept->pdata[above - 1])[0] == '\0')
		above--;
	if (above == 0 || is_announcement(joining, joining->kept->pdata[above - 1]))
		g_ptr_array_set_size(joining->kept, (int)above);
}

/* Does a short line have a part of the host in it: "Zoom-Meeting" above us02web.zoom.us? */
static bool
mentions_service(const char *label, const char *host)
{
	g_auto(GStrv) names = g_strsplit(host, ".", SERVICE_MAX_NAMES);
	g_autofree char *folded = folded_text(label);
	size_t count = g_strv_length(names);

	for (size_t i = 0; i + 1 < count && count_words(label) <= SERVICE_MAX_WORDS; i++)
		if (strlen(names[i]) >= SERVICE_MIN_NAME && strstr(folded, names[i]))
			return true;

	return false;
}

/* A block's title, right above the line that it leads in by. */
static void
drop_title(Joining *joining, const char *host)
{
	const char *last = last_of(joining);

	if (last != NULL && is_label(last) && mentions_service(last, host))
		drop_last(joining);
}

/* The label right above a link, and the line above that which says who invites. */
static void
drop_heading(Joining *joining)
{
	const char *last = last_of(joining);

	if (last != NULL && last[0] != '\0' && is_label(last))
		drop_last(joining);
	last = last_of(joining);
	if (last != NULL && last[0] == '\0')
		drop_last(joining);
	drop_fields(joining);
	last = last_of(joining);
	if (last != NULL && is_announcement(joining, last))
		drop_last(joining);
	keep(joining, "");
}

static void
take_line(Joining *joining, const char *line, const char *next)
{
	g_autofree char *host = NULL, *rest = without_links(joining, line, &host);

	if (rest != NULL)
		g_strstrip(rest);
	if (rest != NULL &&
	    (is_label(rest) || is_led_by_program(joining, rest, host, next))) {
		g_free(joining->host);
		joining->host = g_strdup(host);
		if (rest[0] == '\0')
			drop_heading(joining);
		else
			drop_title(joining, host);
		joining->is_joining = true;
	} else if (rest != NULL) {
		joining->is_joining = false;
		keep(joining, rest);
	} else if (!joining->is_joining || line[0] == '\0' ||
		   !(is_number_line(line) ||
		     (is_label(line) && next != NULL && is_number_line(next)))) {
		joining->is_joining = joining->is_joining && line[0] == '\0';
		keep(joining, line);
	}
	joining->is_beside = joining->is_joining && line[0] != '\0';
}

/* Are there words beside links?  A link alone says nothing of who wrote it. */
static bool
has_words(const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \n", -1); /* a note has a limit */

	for (char **word = words; *word != NULL; word++)
		if (count_words(*word) > 0 && strstr(*word, "://") == NULL)
			return true;

	return false;
}

char *
joining_without(const char *description, const Networks *networks,
		const Rewriters *rewriters, const char *inviter)
{
	g_auto(GStrv) lines = g_strsplit(description, "\n", -1); /* a note has a limit */
	g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(g_free);
	Joining joining = { .kept = kept,
			    .networks = networks,
			    .rewriters = rewriters,
			    .inviter = inviter };
	g_autofree char *text = NULL;

	for (size_t i = 0; lines[i] != NULL; i++)
		take_line(&joining, lines[i], lines[i + 1]);
	g_free(joining.host);
	g_ptr_array_add(kept, NULL);
	text = g_strstrip(g_strjoinv("\n", (char **)kept->pdata));

	return has_words(text) ? g_steal_pointer(&text) : NULL;
}
