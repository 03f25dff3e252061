/* SPDX-License-Identifier: BSD-2-Clause */
/* document.c - what a digest says, block by block, as text and as HTML */

#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "base/terminal.h"
#include "mail/html-escape.h"
#include "digest/document.h"

/* Columns of a table's cells; the last is as long as it is. */
static const int widths[DOCUMENT_CELLS - 1] = { 5, 36, 14 };

static void
clear_block(gpointer data)
{
	DocumentBlock *block = data;

	for (size_t i = 0; i < DOCUMENT_CELLS; i++)
		g_free(block->cells[i]);
}

Document *
document_new(void)
{
	Document *document = g_new0(Document, 1);

	document->blocks = g_array_new(FALSE, FALSE, sizeof(DocumentBlock));
	g_array_set_clear_func(document->blocks, clear_block);

	return document;
}

void
document_free(Document *document)
{
	if (document == NULL)
		return;

	g_array_unref(document->blocks);
	g_free(document);
}

void
document_add(Document *document, DocumentKind kind, const char *text)
{
	DocumentBlock block = { .kind = kind, .cells = { g_strdup(text) } };

	if (text != NULL && text[0] != '\0')
		g_array_append_val(document->blocks, block);
	else
		g_free(block.cells[0]);
}

void
document_add_link(Document *document, const char *label, const char *target)
{
	DocumentBlock block = { .kind = DOCUMENT_LINK,
				.cells = { g_strdup(label), g_strdup(target) } };

	g_array_append_val(document->blocks, block);
}

void
document_add_row(Document *document, const char *const cells[DOCUMENT_CELLS])
{
	DocumentBlock block = { .kind = DOCUMENT_ROW };

	for (size_t i = 0; i < DOCUMENT_CELLS; i++)
		block.cells[i] = g_strdup(cells[i]);
	g_array_append_val(document->blocks, block);
}

/* A line that fits into so many columns, from the text's start; *text moves behind. */
static char *
take_columns(const char **text, int width)
{
	const char *start = *text, *end = start;
	int taken = 0;

	while (*end != '\0') {
		int columns = terminal_columns_of(g_utf8_get_char(end));

		if (taken + columns > width && end > start)
			break;
		taken += columns;
		end = g_utf8_next_char(end);
	}
	*text = end;

	return g_strndup(start, (gsize)(end - start));
}

static void
append_line(GString *out, const char *prefix, const char *line)
{
	g_string_append_printf(out, "%s%s", prefix, line);
	while (g_str_has_suffix(out->str, " "))
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

/* The lines of a text, the first and the others behind prefixes of one length. */
static void
append_folded(GString *out, const char *text, const char *first, const char *others)
{
	int width = DOCUMENT_COLUMNS - (int)strlen(first);
	g_auto(GStrv) given = g_strsplit(text, "\n", -1);

	for (size_t i = 0; given[i] != NULL; i++) {
		g_autofree char *folded = terminal_fold(given[i], 0, 0, width);
		const char *prefix = i == 0 ? first : others, *start = folded;

		do {
			const char *end = start + strcspn(start, "\n");
			g_autofree char *whole = g_strndup(start, (gsize)(end - start));
			const char *rest = whole;

			do {
				g_autofree char *line = take_columns(&rest, width);

				append_line(out, prefix, line);
				prefix = others;
			} while (*rest != '\0');
			start = *end != '\0' ? end + 1 : end;
		} while (*start != '\0');
	}
}

static void
append_row(GString *out, char *const cells[DOCUMENT_CELLS])
{
	for (size_t i = 0; i < DOCUMENT_CELLS; i++) {
		const char *rest = cells[i] != NULL ? cells[i] : "";
		g_autofree char *cell =
		    take_columns(&rest, i < G_N_ELEMENTS(widths) ? widths[i] : 16);
		int room =
		    i < G_N_ELEMENTS(widths) ? widths[i] - terminal_columns(cell) + 2 : 0;

		g_string_append_printf(out, "%s%*s", cell, room, "");
	}
	g_string_append_c(out, '\n');
}

static void
append_underlined(GString *out, const char *text, char line)
{
	int width = MIN(terminal_columns(text), DOCUMENT_COLUMNS);

	append_folded(out, text, "", "");
	for (int i = 0; i < width; i++)
		g_string_append_c(out, line);
	g_string_append_c(out, '\n');
}

/* Does an empty line stand between two blocks? */
static bool
is_apart(DocumentKind before, DocumentKind kind)
{
	static const bool follows[DOCUMENT_LAST] = {
		[DOCUMENT_TEXT] = true,
		[DOCUMENT_ASIDE] = true,
		[DOCUMENT_ITEM] = true,
		[DOCUMENT_ROW] = true,
	};

	return !follows[kind] || before == DOCUMENT_QUOTE || before == DOCUMENT_REPLY ||
	       before == DOCUMENT_HEADING || before == DOCUMENT_TITLE ||
	       (kind == DOCUMENT_ROW) != (before == DOCUMENT_ROW) ||
	       (kind == DOCUMENT_ITEM) != (before == DOCUMENT_ITEM);
}

char *
document_text(const Document *document)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (guint i = 0; i < document->blocks->len; i++) {
		const DocumentBlock *block =
		    &g_array_index(document->blocks, DocumentBlock, i);
		const char *text = block->cells[0];

		if (i > 0 && is_apart(block[-1].kind, block->kind))
			g_string_append_c(out, '\n');
		if (i > 0 && block->kind == DOCUMENT_HEADING)
			g_string_append_c(out, '\n');
		if (block->kind == DOCUMENT_TITLE)
			append_underlined(out, text, '=');
		else if (block->kind == DOCUMENT_HEADING)
			append_underlined(out, text, '-');
		else if (block->kind == DOCUMENT_LEAD)
			append_folded(out, text, "* ", "  ");
		else if (block->kind == DOCUMENT_ITEM)
			append_folded(out, text, "- ", "  ");
		else if (block->kind == DOCUMENT_QUOTE)
			append_folded(out, text, "> ", "> ");
		else if (block->kind == DOCUMENT_REPLY)
			append_folded(out, text, "    ", "    ");
		else if (block->kind == DOCUMENT_ROW)
			append_row(out, block->cells);
		else if (block->kind == DOCUMENT_LINK)
			g_string_append_printf(out, "%s\n%s\n", text, block->cells[1]);
		else
			append_folded(out, text, "", "");
	}

	return g_strdup(out->str);
}

#define STYLE                                                                            \
	"<style>:root{color-scheme:light dark}"                                          \
	"@media(prefers-color-scheme:dark){"                                             \
	"body,.page{background:#14181d!important;color:#e6eaf0!important}"               \
	".muted{color:#a4b0bf!important}h1,h2,.lead{color:#f4f7fa!important}"            \
	"a,.mark{color:#8cbcf5!important}.line{border-color:#39434f!important}"          \
	".quote{border-color:#5b6b7d!important;color:#c5cfdb!important}"                 \
	".reply{background:#1f2730!important;border-color:#39434f!important;"            \
	"color:#e6eaf0!important}}</style>"

#define WRAP "overflow-wrap:anywhere;word-break:break-word"

/* How each kind of block looks; a row is not among them. */
static const struct {
	const char *open, *close;
} looks[DOCUMENT_LAST] = {
	[DOCUMENT_TITLE] = { "<h1 style=\"margin:0 0 4px;font-size:24px;line-height:1.25;"
			     "color:#12202f\">",
			     "</h1>" },
	[DOCUMENT_HEADING] = { "<h2 class=\"line\" style=\"margin:28px 0 10px;"
			       "padding-top:14px;border-top:1px solid #d5dee8;"
			       "font-size:18px;line-height:1.3;color:#12202f\">",
			       "</h2>" },
	[DOCUMENT_LEAD] = { "<p class=\"lead\" dir=\"auto\" style=\"margin:18px 0 2px;"
			    "font-weight:bold;color:#12202f\">",
			    "</p>" },
	[DOCUMENT_TEXT] = { "<p style=\"margin:0 0 6px\">", "</p>" },
	[DOCUMENT_ASIDE] = { "<p class=\"muted\" style=\"margin:0 0 6px;font-size:14px;"
			     "color:#566372\">",
			     "</p>" },
	[DOCUMENT_QUOTE] = { "<blockquote class=\"quote\" dir=\"auto\" "
			     "style=\"margin:8px 0;padding:0 0 0 12px;"
			     "border-left:3px solid #b9c7d6;color:#3c4957\">",
			     "</blockquote>" },
	[DOCUMENT_REPLY] = { "<div class=\"reply\" dir=\"auto\" style=\"margin:8px 0;"
			     "padding:10px 14px;background:#f1f6fc;"
			     "border:1px solid #c3d3e6;border-radius:6px;"
			     "color:#1c2430\">",
			     "</div>" },
	[DOCUMENT_ITEM] = { "<p dir=\"auto\" style=\"margin:0 0 8px;padding-left:14px;"
			    "text-indent:-14px\">&#8226;&#160;&#160;",
			    "</p>" },
};

static void
append_html_row(GString *out, char *const cells[DOCUMENT_CELLS])
{
	g_string_append(out, "<tr><td class=\"muted line\" style=\"padding:6px 10px 6px "
			     "0;border-bottom:1px solid #e4eaf1;vertical-align:top;"
			     "white-space:nowrap;font-size:14px;color:#566372\">");
	html_escape(out, cells[0]);
	g_string_append(out, "</td><td class=\"line\" dir=\"auto\" style=\"padding:6px 0;"
			     "border-bottom:1px solid #e4eaf1;width:100%;" WRAP "\">");
	html_escape(out, cells[1]);
	g_string_append(out, "<br><span class=\"muted\" style=\"font-size:14px;"
			     "color:#566372\">");
	html_escape(out, cells[2]);
	g_string_append(out, " &#183; ");
	html_escape(out, cells[3]);
	g_string_append(out, "</span></td></tr>\n");
}

static void
append_html_block(GString *out, const DocumentBlock *block)
{
	if (block->kind == DOCUMENT_LINK) {
		g_string_append(out, "<p style=\"margin:0 0 6px\"><a href=\"");
		html_escape(out, block->cells[1]);
		g_string_append(out, "\" style=\"color:#0b4f9e;font-weight:bold\">");
		html_escape(out, block->cells[0]);
		g_string_append(out, "</a></p>\n");
		return;
	}
	g_string_append(out, looks[block->kind].open);
	html_escape(out, block->cells[0]);
	g_string_append_printf(out, "%s\n", looks[block->kind].close);
}

char *
document_html(const Document *document, const char *language)
{
	g_autoptr(GString) out = g_string_new("<!DOCTYPE html>\n<html lang=\"");
	bool is_in_table = false;

	html_escape(out, language);
	g_string_append(
	    out, "\"><head><meta charset=\"utf-8\">\n"
		 "<meta name=\"viewport\" content=\"width=device-width\">\n"
		 "<meta name=\"color-scheme\" content=\"light dark\">\n" STYLE
		 "</head>\n<body style=\"margin:0;padding:0;background:#ffffff\">\n"
		 "<div class=\"page\" style=\"max-width:640px;margin:0 auto;"
		 "padding:20px 16px;box-sizing:border-box;background:#ffffff;"
		 "color:#1c2430;font:16px/1.5 Helvetica,Arial,sans-serif;" WRAP "\">\n");
	for (guint i = 0; i < document->blocks->len; i++) {
		const DocumentBlock *block =
		    &g_array_index(document->blocks, DocumentBlock, i);
		bool is_row = block->kind == DOCUMENT_ROW;

		if (is_row != is_in_table)
			g_string_append(out, is_row ? "<table style=\"border-collapse:"
						      "collapse;width:100%;"
						      "margin:8px 0\">\n"
						    : "</table>\n");
		is_in_table = is_row;
		if (is_row)
			append_html_row(out, block->cells);
		else
			append_html_block(out, block);
	}
	g_string_append_printf(out, "%s</div></body></html>\n",
			       is_in_table ? "</table>\n" : "");

	return g_strdup(out->str);
}
