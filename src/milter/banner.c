/* SPDX-License-Identifier: BSD-2-Clause */
/* banner.c - the block on top of an invitation, as text and as HTML */

#include "config.h"

#include <string.h>

#include "text/address.h"
#include "mail/block.h"
#include "milter/banner.h"

/* Text lines are broken here. */
#define COLUMNS 72

#define ALNUM "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

/* What the block says, each NULL where it does not. */
typedef struct {
	const char *mark; /* borrowed */
	char *fence;
	bool is_warning;
	char *title, *who, *why, *hint, *what;
	char *reply_label, *reply;
	char *page_label, *page, *page_hint;
	char *profile_label, *profile;
	char *mail_label, *mail;
} Block;

static void
block_clear(Block *block)
{
	g_free(block->fence);
	g_free(block->title);
	g_free(block->who);
	g_free(block->why);
	g_free(block->hint);
	g_free(block->what);
	g_free(block->reply_label);
	g_free(block->reply);
	g_free(block->page_label);
	g_free(block->page);
	g_free(block->page_hint);
	g_free(block->profile_label);
	g_free(block->profile);
	g_free(block->mail_label);
	g_free(block->mail);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Block, block_clear)

char *
banner_mailto_url(const char *address, const char *subject, const char *body)
{
	const char *domain = address_domain(address);
	g_autofree char *crlf = NULL, *safe_address = NULL, *safe_subject = NULL,
			*safe_body = NULL;
	g_auto(GStrv) lines = NULL;

	if (!address_is_plain(address) ||
	    address + strspn(address, ALNUM "._+-") != domain - 1 ||
	    domain[strspn(domain, ALNUM ".-")] != '\0')
		return NULL;

	lines = g_strsplit(body, "\n", -1);
	crlf = g_strjoinv("\r\n", lines);
	safe_address = g_uri_escape_string(address, "@", FALSE);
	safe_subject = g_uri_escape_string(subject, NULL, FALSE);
	safe_body = g_uri_escape_string(crlf, NULL, FALSE);

	return g_strdup_printf("mailto:%s?subject=%s&body=%s", safe_address, safe_subject,
			       safe_body);
}

/* "2019-05-14"; NULL where there is none. */
static char *
day_of(gint64 seconds)
{
	g_autoptr(GDateTime) day =
	    seconds != 0 ? g_date_time_new_from_unix_utc(seconds) : NULL;

	return day != NULL ? g_date_time_format(day, "%Y-%m-%d") : NULL;
}

/* One of the banner's texts: KEY or KEY-WHICH, that for the request before the general one. */
static char *
word(const Assessment *assessment, const char *key, const char *which)
{
	const Invite *invite = assessment->invite;
	g_autofree char *since = day_of(assessment->known_since);
	ReplyNames names = { .inviter = invite->name,
			     .company = invite->company,
			     .recipient = invite->recipient,
			     .network = assessment->network->title,
			     .since = since,
			     .rules = assessment->voice.names };
	g_autofree char *whole =
	    which != NULL ? g_strconcat(key, "-", which, NULL) : g_strdup(key);
	const Kind *kind = assessment->kind;
	g_autofree char *asked = g_strdup_printf(
	    "%s-%s", whole,
	    network_request_name(kind != NULL ? kind->request : REQUEST_NONE));
	const char *const keys[] = { asked, whole, NULL };

	return replies_text(&assessment->voice, "banner", keys, &names);
}

static void
block_fill(Block *block, const Assessment *assessment)
{
	const Suggestion *suggestion = assessment->suggestion;
	const char *answer = verdict_answer_name(suggestion->answer);
	g_autofree char *subject = word(assessment, "subject", NULL);

	block->is_warning = assessment->verdict == VERDICT_FORGED ||
			    assessment->verdict == VERDICT_IMPOSTOR;
	block->title = word(assessment, "title", answer);
	block->why = word(assessment, "why", verdict_name(assessment->verdict));
	block->what = word(assessment, "do", answer);
	block->hint = word(assessment, "hint", relation_name(assessment->relation));
	if (assessment->verdict != VERDICT_FORGED) {
		block->who = word(assessment, "who", NULL);
		if (block->who == NULL)
			block->who = word(assessment, "who", "nameless");
	}
	if (suggestion->reply != NULL) {
		block->reply_label = word(assessment, "reply-label", answer);
		if (block->reply_label == NULL)
			block->reply_label = word(assessment, "reply-label", NULL);
		block->reply = g_strdup(suggestion->reply);
	}
	if (suggestion->url != NULL) {
		block->page_label = word(assessment, "page-label", NULL);
		block->page = g_strdup(suggestion->url);
		block->page_hint = g_strdup(suggestion->hint);
	}
	/* Where there is a page, and the mail is proven to be the network's own. */
	if (suggestion->url != NULL && assessment->invite->profile != NULL &&
	    assessment->authenticity == AUTHENTICITY_VERIFIED) {
		block->profile_label = word(assessment, "profile-label", NULL);
		block->profile = g_strdup(assessment->invite->profile);
	}
	if (suggestion->reply != NULL && suggestion->address != NULL && subject != NULL) {
		block->mail_label = word(assessment, "mail-label", NULL);
		block->mail =
		    banner_mailto_url(suggestion->address, subject, suggestion->reply);
	}
}

/* Append words, broken before COLUMNS, each line behind the indent. */
static void
append_wrapped(GString *out, const char *text, const char *indent)
{
	size_t indent_width = strlen(indent), column = indent_width;
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	g_string_append(out, text[0] != '\0' ? indent : "");
	for (size_t i = 0; words[i] != NULL; i++) {
		size_t width = (size_t)g_utf8_strlen(words[i], -1);

		if (i > 0 && column + 1 + width > COLUMNS) {
			g_string_append_printf(out, "\n%s", indent);
			column = indent_width;
		} else if (i > 0) {
			g_string_append_c(out, ' ');
			column++;
		}
		g_string_append(out, words[i]);
		column += width;
	}
	g_string_append_c(out, '\n');
}

static void
append_line(GString *out, const char *text)
{
	if (text != NULL)
		append_wrapped(out, text, "");
}

/* "Label: target", never broken: readers click on it. */
static void
append_link(GString *out, const char *label, const char *target)
{
	if (label != NULL && target != NULL)
		g_string_append_printf(out, "%s: %s\n", label, target);
}

static char *
render_text(const Block *block)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_auto(GStrv) lines =
	    g_strsplit(block->reply != NULL ? block->reply : "", "\n", -1);

	g_string_append_printf(out, "=== %s ===\n", block->fence);
	append_line(out, block->title);
	g_string_append_c(out, '\n');
	append_line(out, block->who);
	append_line(out, block->why);
	append_line(out, block->hint);
	append_line(out, block->what);
	if (block->reply_label != NULL) {
		g_string_append_printf(out, "\n%s:\n\n", block->reply_label);
		for (size_t i = 0; lines[i] != NULL; i++)
			append_wrapped(out, lines[i], "    ");
	}
	if (block->page != NULL || block->mail != NULL)
		g_string_append_c(out, '\n');
	append_link(out, block->page_label, block->page);
	append_line(out, block->page_hint);
	append_link(out, block->profile_label, block->profile);
	append_link(out, block->mail_label, block->mail);
	g_string_append_printf(out, "=== /%s ===\n\n", block->fence);

	return g_strdup(out->str);
}

/* Escaped, and ASCII whatever it was. */
static void
append_escaped(GString *out, const char *text)
{
	for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c)) {
		gunichar character = g_utf8_get_char(c);

		if (character == '\n')
			g_string_append(out, "<br>\n");
		else if (character >= 0x80 || strchr("&<>\"'", (int)character) != NULL)
			g_string_append_printf(out, "&#%u;", character);
		else
			g_string_append_c(out, (char)character);
	}
}

static void
append_element(GString *out, const char *open, const char *text, const char *close)
{
	if (text == NULL)
		return;
	g_string_append(out, open);
	append_escaped(out, text);
	g_string_append(out, close);
}

static void
append_anchor(GString *out, const char *target, const char *label)
{
	if (target == NULL || label == NULL)
		return;
	append_element(
	    out, "<a href=\"", target,
	    "\" style=\"color:#0b4f9e;font-weight:bold;text-decoration:underline;"
	    "margin-right:20px\">");
	append_element(out, "", label, "</a>\n");
}

static char *
render_html(const Block *block)
{
	g_autoptr(GString) out = g_string_new(NULL);

	g_string_append_printf(
	    out,
	    "<div id=\"%s\" style=\"margin:16px auto;padding:14px 18px;max-width:620px;"
	    "box-sizing:border-box;background-color:%s;color:#1c2430;"
	    "border:1px solid #c3d3e6;border-left:6px solid %s;border-radius:4px;"
	    "font:15px/1.45 Helvetica,Arial,sans-serif;text-align:left\">\n",
	    block->fence, block->is_warning ? "#fdf0ee" : "#f1f6fc",
	    block->is_warning ? "#b3261e" : "#0b4f9e");
	append_element(out, "<div style=\"font-size:18px;font-weight:bold\">",
		       block->title, "</div>\n");
	append_element(out, "<div style=\"margin-top:6px\">", block->who, "</div>\n");
	append_element(out, "<div>", block->why, "</div>\n");
	append_element(out, "<div>", block->hint, "</div>\n");
	append_element(out, "<div>", block->what, "</div>\n");
	append_element(out,
		       "<div style=\"margin-top:10px;color:#4a5768;font-size:13px\">",
		       block->reply_label, "</div>\n");
	append_element(out,
		       "<div style=\"margin-top:4px;padding:10px 14px;"
		       "background-color:#ffffff;color:#1c2430;border:1px solid #c3d3e6;"
		       "border-radius:4px\">",
		       block->reply, "</div>\n");
	g_string_append(out, "<div style=\"margin-top:10px\">");
	append_anchor(out, block->page, block->page_label);
	append_anchor(out, block->profile, block->profile_label);
	append_anchor(out, block->mail, block->mail_label);
	g_string_append(out, "</div>\n");
	append_element(out, "<div style=\"margin-top:4px;color:#4a5768;font-size:13px\">",
		       block->page_hint, "</div>\n");
	append_element(out,
		       "<div style=\"margin-top:10px;color:#4a5768;font-size:12px\">"
		       "invite-milter &#183; ",
		       block->mark, "</div>\n");
	g_string_append(out, "</div>\n");

	return g_strdup(out->str);
}

bool
banner_render(const Assessment *assessment, const char *mark, char **text_out,
	      char **html_out)
{
	g_auto(Block) block = { .mark = mark, .fence = block_name(mark) };

	if (assessment->voice.language == NULL)
		return false;
	block_fill(&block, assessment);
	if (block.title == NULL)
		return false;
	*text_out = render_text(&block);
	*html_out = render_html(&block);

	return true;
}
