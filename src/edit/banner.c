/* SPDX-License-Identifier: BSD-2-Clause */
/* banner.c - what stands on top of an invitation, as text and as HTML */

#include "config.h"

#include <string.h>

#include "base/day.h"
#include "text/address.h"
#include "mail/block.h"
#include "mail/html-escape.h"
#include "edit/banner.h"

/* Text lines are broken here. */
#define COLUMNS 72

#define ALNUM "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

/* What the banner says, each NULL where it does not. */
typedef struct {
	const char *mark; /* borrowed */
	char *fence;
	bool is_warning;
	char *title, *who, *why, *hint, *what;
	char *reply_label, *reply;
	char *page_label, *page, *page_hint;
	char *profile_label, *profile;
	char *mail_label, *mail;
} Banner;

static void
banner_clear(Banner *banner)
{
	g_free(banner->fence);
	g_free(banner->title);
	g_free(banner->who);
	g_free(banner->why);
	g_free(banner->hint);
	g_free(banner->what);
	g_free(banner->reply_label);
	g_free(banner->reply);
	g_free(banner->page_label);
	g_free(banner->page);
	g_free(banner->page_hint);
	g_free(banner->profile_label);
	g_free(banner->profile);
	g_free(banner->mail_label);
	g_free(banner->mail);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Banner, banner_clear)

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

/*
 * One of the banner's texts: KEY or KEY-WHICH, that for the request before the general
 * one.
 */
static char *
word(const Assessment *assessment, const char *key, const char *which)
{
	const Invite *invite = assessment->invite;
	g_autofree char *since =
	    assessment->known_since != 0 ? day_text(assessment->known_since) : NULL;
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
banner_fill(Banner *banner, const Assessment *assessment)
{
	const Suggestion *suggestion = assessment->suggestion;
	const char *answer = verdict_answer_name(suggestion->answer);
	g_autofree char *subject = word(assessment, "subject", NULL);

	banner->is_warning = assessment->verdict == VERDICT_FORGED ||
			     assessment->verdict == VERDICT_IMPOSTOR;
	banner->title = word(assessment, "title", answer);
	banner->why = word(assessment, "why", verdict_name(assessment->verdict));
	banner->what = word(assessment, "do", answer);
	banner->hint = word(assessment, "hint", relation_name(assessment->relation));
	if (assessment->verdict != VERDICT_FORGED) {
		banner->who = word(assessment, "who", NULL);
		if (banner->who == NULL)
			banner->who = word(assessment, "who", "nameless");
	}
	if (suggestion->reply != NULL) {
		banner->reply_label = word(assessment, "reply-label", answer);
		if (banner->reply_label == NULL)
			banner->reply_label = word(assessment, "reply-label", NULL);
		banner->reply = g_strdup(suggestion->reply);
	}
	if (suggestion->url != NULL) {
		banner->page_label = word(assessment, "page-label", NULL);
		banner->page = g_strdup(suggestion->url);
		banner->page_hint = g_strdup(suggestion->hint);
	}
	/* Where there is a page, and the mail is proven to be the network's own. */
	if (suggestion->url != NULL && assessment->invite->profile != NULL &&
	    assessment->authenticity == AUTHENTICITY_VERIFIED) {
		banner->profile_label = word(assessment, "profile-label", NULL);
		banner->profile = g_strdup(assessment->invite->profile);
	}
	if (suggestion->reply != NULL && suggestion->address != NULL && subject != NULL) {
		banner->mail_label = word(assessment, "mail-label", NULL);
		banner->mail =
		    banner_mailto_url(suggestion->address, subject, suggestion->reply);
	}
}

/* Append words, broken before COLUMNS, each line behind the indent. */
static void
append_wrapped(GString *out, const char *text, const char *indent)
{
	size_t indent_width = strlen(indent), column = indent_width;

	g_string_append(out, text[0] != '\0' ? indent : "");
	for (const char *word = text, *next; word != NULL; word = next) {
		size_t length = strcspn(word, " ");
		size_t width = (size_t)g_utf8_strlen(word, (gssize)length);

		next = word[length] == ' ' ? word + length + 1 : NULL;
		if (word > text && column + 1 + width > COLUMNS) {
			g_string_append_c(out, '\n');
			g_string_append(out, indent);
			column = indent_width;
		} else if (word > text) {
			g_string_append_c(out, ' ');
			column++;
		}
		g_string_append_len(out, word, (gssize)length);
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
render_text(const Banner *banner)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_auto(GStrv) lines =
	    g_strsplit(banner->reply != NULL ? banner->reply : "", "\n", -1);

	g_string_append_printf(out, "=== %s ===\n", banner->fence);
	append_line(out, banner->title);
	g_string_append_c(out, '\n');
	append_line(out, banner->who);
	append_line(out, banner->why);
	append_line(out, banner->hint);
	append_line(out, banner->what);
	if (banner->reply_label != NULL) {
		g_string_append_printf(out, "\n%s:\n\n", banner->reply_label);
		for (size_t i = 0; lines[i] != NULL; i++)
			append_wrapped(out, lines[i], "    ");
	}
	if (banner->page != NULL || banner->mail != NULL)
		g_string_append_c(out, '\n');
	append_link(out, banner->page_label, banner->page);
	append_line(out, banner->page_hint);
	append_link(out, banner->profile_label, banner->profile);
	append_link(out, banner->mail_label, banner->mail);
	g_string_append_printf(out, "=== /%s ===\n\n", banner->fence);

	return g_strdup(out->str);
}

static void
append_element(GString *out, const char *open, const char *text, const char *close)
{
	if (text == NULL)
		return;
	g_string_append(out, open);
	html_escape(out, text);
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
render_html(const Banner *banner)
{
	g_autoptr(GString) out = g_string_new(NULL);

	g_string_append_printf(
	    out,
	    "<div id=\"%s\" style=\"margin:16px auto;padding:14px 18px;max-width:620px;"
	    "box-sizing:border-box;background-color:%s;color:#1c2430;"
	    "border:1px solid #c3d3e6;border-left:6px solid %s;border-radius:4px;"
	    "font:15px/1.45 Helvetica,Arial,sans-serif;text-align:left\">\n",
	    banner->fence, banner->is_warning ? "#fdf0ee" : "#f1f6fc",
	    banner->is_warning ? "#b3261e" : "#0b4f9e");
	append_element(out, "<div style=\"font-size:18px;font-weight:bold\">",
		       banner->title, "</div>\n");
	append_element(out, "<div style=\"margin-top:6px\">", banner->who, "</div>\n");
	append_element(out, "<div>", banner->why, "</div>\n");
	append_element(out, "<div>", banner->hint, "</div>\n");
	append_element(out, "<div>", banner->what, "</div>\n");
	append_element(out,
		       "<div style=\"margin-top:10px;color:#4a5768;font-size:13px\">",
		       banner->reply_label, "</div>\n");
	append_element(out,
		       "<div style=\"margin-top:4px;padding:10px 14px;"
		       "background-color:#ffffff;color:#1c2430;border:1px solid #c3d3e6;"
		       "border-radius:4px\">",
		       banner->reply, "</div>\n");
	g_string_append(out, "<div style=\"margin-top:10px\">");
	append_anchor(out, banner->page, banner->page_label);
	append_anchor(out, banner->profile, banner->profile_label);
	append_anchor(out, banner->mail, banner->mail_label);
	g_string_append(out, "</div>\n");
	append_element(out, "<div style=\"margin-top:4px;color:#4a5768;font-size:13px\">",
		       banner->page_hint, "</div>\n");
	append_element(out,
		       "<div style=\"margin-top:10px;color:#4a5768;font-size:12px\">"
		       "invite-milter &#183; ",
		       banner->mark, "</div>\n");
	g_string_append(out, "</div>\n");

	return g_strdup(out->str);
}

bool
banner_render(const Assessment *assessment, const char *mark, char **text_out,
	      char **html_out)
{
	g_auto(Banner) banner = { .mark = mark, .fence = block_name(mark) };

	if (assessment->voice.language == NULL)
		return false;
	banner_fill(&banner, assessment);
	if (banner.title == NULL)
		return false;
	*text_out = render_text(&banner);
	*html_out = render_html(&banner);

	return true;
}
