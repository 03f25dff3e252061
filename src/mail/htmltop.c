/* SPDX-License-Identifier: BSD-2-Clause */
/* htmltop.c - where in an HTML text can a block be put? */
#include "config.h"

#include <string.h>

#include "mail/htmltop.h"
#include "mail/tokens.h"

typedef enum {
	TAG_CONTENT, /* here the body has begun, with its tag or without */
	TAG_HTML,
	TAG_HEAD,
	TAG_BODY,
	TAG_FURNITURE, /* of a head */
	TAG_RAW,       /* the same, and what is in it is no markup */
} TagKind;

static const struct {
	const char *name;
	TagKind kind;
} tags[] = {
	{ "html", TAG_HTML },          { "head", TAG_HEAD },
	{ "body", TAG_BODY },          { "meta", TAG_FURNITURE },
	{ "link", TAG_FURNITURE },     { "base", TAG_FURNITURE },
	{ "noscript", TAG_FURNITURE }, { "title", TAG_RAW },
	{ "style", TAG_RAW },          { "script", TAG_RAW },
};

/* What is known while HTML is read from its start. */
typedef struct {
	Tokens tokens;
	const char *top;     /* behind the last tag that may stand before content */
	const char *content; /* where it begins; NULL: none seen */
	bool is_in_head;
	bool is_found; /* content is the answer */
} Scan;

static TagKind
kind_of(const Token *token)
{
	for (size_t i = 0; i < G_N_ELEMENTS(tags); i++)
		if (strcmp(token->name, tags[i].name) == 0)
			return tags[i].kind;

	return TAG_CONTENT;
}

/* Content: the answer unless it stands in a head, where a </head> may follow. */
static void
scan_content(Scan *scan, const char *start)
{
	if (scan->content == NULL)
		scan->content = start;
	scan->is_found = !scan->is_in_head;
}

static void
scan_text(Scan *scan, const Token *token)
{
	for (size_t i = 0; i < token->text.length; i++)
		if (!g_ascii_isspace(token->text.start[i])) {
			scan_content(scan, token->start + i);
			return;
		}
}

static void
scan_start_tag(Scan *scan, const Token *token)
{
	switch (kind_of(token)) {
	case TAG_CONTENT:
		scan_content(scan, token->start);
		break;
	case TAG_BODY:
		scan->content = scan->tokens.at;
		scan->is_found = true;
		break;
	case TAG_RAW:
		/* Its end tag is the next token, and counts. */
		tokens_skip(&scan->tokens, token);
		break;
	case TAG_HEAD:
		scan->is_in_head = true;
		scan->top = scan->tokens.at;
		break;
	case TAG_HTML:
	case TAG_FURNITURE:
		scan->top = scan->tokens.at;
		break;
	}
}

static void
scan_end_tag(Scan *scan, const Token *token)
{
	TagKind kind = kind_of(token);

	if (kind == TAG_RAW || kind == TAG_HEAD)
		scan->top = scan->tokens.at;
	if (kind != TAG_HEAD)
		return;
	scan->is_in_head = false;
	scan->content = NULL;
}

size_t
htmltop_of(const char *html, size_t length, size_t from)
{
	Scan scan = { .top = html + from };
	Token token;

	tokens_init(&scan.tokens, html + from, length - from);
	while (!scan.is_found && tokens_next(&scan.tokens, &token))
		switch (token.kind) {
		case TOKEN_TEXT:
			scan_text(&scan, &token);
			break;
		case TOKEN_START:
			scan_start_tag(&scan, &token);
			break;
		case TOKEN_END:
			scan_end_tag(&scan, &token);
			break;
		case TOKEN_DOCTYPE:
			scan.top = scan.tokens.at;
			break;
		}
	tokens_clear(&scan.tokens);

	return (size_t)((scan.content != NULL ? scan.content : scan.top) - html);
}
