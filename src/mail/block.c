/* SPDX-License-Identifier: BSD-2-Clause */
/* block.c - invite-milter's blocks in a text, whoever wrote them */

#include "config.h"

#include <string.h>

#include "mail/block.h"
#include "mail/elements.h"
#include "mail/tokens.h"
#include "mail/transfer.h"

#define NAME "invite-milter"

/* The longest mark that is compared; settings allow 32. */
#define MARK_MAX 64

#define MARK_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"

typedef enum {
	FENCE_NONE,
	FENCE_OPENS,
	FENCE_CLOSES,
} FenceKind;

/* A line of the text, read as a fence. */
typedef struct {
	FenceKind kind;
	size_t depth;  /* of quoting */
	size_t end;    /* bytes of the line up to what stands behind the fence */
	bool is_blank; /* nothing but quoting stands in the line */
	char mark[MARK_MAX + 1];
} Fence;

/* A text on its way. */
typedef struct {
	const char *text; /* borrowed */
	const char *mark; /* borrowed, may be NULL */
	GArray *cuts;     /* of BlockCut, in any order */
	bool is_foreign;

	/* The fence that is open. */
	bool is_open;
	BlockCut fence;
	size_t depth;
	GArray *inside; /* of BlockCut, the lines of its block */
	bool is_behind; /* a block has just been closed: our empty line may follow */

	/* The element that is open; name "" for none. */
	BlockCut tag;
	char element[TOKEN_NAME];
	size_t nested; /* elements of its name that are open */
} Search;

char *
block_name(const char *mark)
{
	return mark == NULL ? g_strdup(NAME) : g_strconcat(NAME "-", mark, NULL);
}

static void
add_cut(GArray *cuts, const char *text, const char *start, const char *end)
{
	BlockCut cut = { (size_t)(start - text), (size_t)(end - text) };

	g_array_append_val(cuts, cut);
}

static void
see_mark(Search *search, const char *mark)
{
	if (search->mark != NULL && g_ascii_strcasecmp(mark, search->mark) != 0)
		search->is_foreign = true;
}

/* Invisible characters may stand between any two; none of them is ASCII. */
static const char *
skip_unseen(const char *at, const char *end)
{
	while (at < end && (*at & 0x80) != 0)
		at++;

	return at;
}

/* Behind all characters of a set; their number is added to *count. */
static const char *
skip_set(const char *at, const char *end, const char *set, size_t *count)
{
	while ((at = skip_unseen(at, end)) < end && *at != '\0' &&
	       strchr(set, *at) != NULL) {
		at++;
		(*count)++;
	}

	return at;
}

/* Behind the word in letters of any case, or NULL. */
static const char *
skip_word(const char *at, const char *end, const char *word)
{
	for (; *word != '\0'; word++) {
		at = skip_unseen(at, end);
		if (at == end || g_ascii_tolower(*at) != *word)
			return NULL;
		at++;
	}

	return at;
}

/* Behind "-MARK" where there is one. */
static const char *
read_mark(const char *at, const char *end, char *mark_out)
{
	size_t length = 0;

	mark_out[0] = '\0';
	at = skip_unseen(at, end);
	if (at == end || *at != '-')
		return at;
	for (at++; (at = skip_unseen(at, end)) < end && *at != '\0' &&
		   strchr(MARK_CHARACTERS, *at) != NULL;
	     at++)
		if (length < MARK_MAX)
			mark_out[length++] = *at;
	mark_out[length] = '\0';

	return at;
}

/* "> === /invite-milter-MARK === and more" */
static void
fence_read(Fence *fence_out, const char *line, size_t length)
{
	const char *end = line + length, *at = line;
	size_t equals = 0, ends = 0, blanks = 0, slashes = 0;

	*fence_out = (Fence){ .kind = FENCE_NONE };
	for (; at < end && (*at == ' ' || *at == '\t' || *at == '>' || *at == '|'); at++)
		fence_out->depth += *at == '>' || *at == '|';
	fence_out->is_blank = at == end;

	at = skip_set(at, end, "=", &equals);
	if (equals < 2)
		return;
	at = skip_set(at, end, " \t", &blanks);
	at = skip_set(at, end, "/", &slashes);
	at = skip_set(at, end, " \t", &blanks);
	at = skip_word(at, end, NAME);
	if (at == NULL)
		return;
	at = read_mark(at, end, fence_out->mark);
	at = skip_set(at, end, " \t", &blanks);
	at = skip_set(at, end, "=", &ends);
	if (ends < 2)
		return;
	at = skip_set(at, end, " \t", &blanks);
	fence_out->end = (size_t)(at - line);
	fence_out->kind = slashes > 0 ? FENCE_CLOSES : FENCE_OPENS;
}

/* The block that is open is none: its fence goes, and its words stay. */
static void
break_off(Search *search)
{
	if (search->is_open)
		g_array_append_val(search->cuts, search->fence);
	search->is_open = false;
}

/* One line, which ends before rest. */
static void
take_line(Search *search, const char *line, size_t length, const char *rest)
{
	const char *end = rest;
	Fence fence;

	fence_read(&fence, line, length);
	if (fence.kind != FENCE_NONE) {
		see_mark(search, fence.mark);
		end = fence.end < length ? line + fence.end : rest;
	}
	if (search->is_open && !fence.is_blank && fence.depth < search->depth)
		break_off(search);

	if (fence.kind == FENCE_OPENS) {
		break_off(search);
		search->is_open = true;
		search->depth = fence.depth;
		search->fence = (BlockCut){ (size_t)(line - search->text),
					    (size_t)(end - search->text) };
		g_array_set_size(search->inside, 0);
		add_cut(search->inside, search->text, line, rest);
	} else if (fence.kind == FENCE_CLOSES) {
		if (search->is_open && fence.depth == search->depth)
			g_array_append_vals(search->cuts, search->inside->data,
					    search->inside->len);
		else
			break_off(search);
		add_cut(search->cuts, search->text, line, end);
		search->is_behind = search->is_open;
		search->is_open = false;
		return;
	} else if (search->is_open) {
		add_cut(search->inside, search->text, line, rest);
	} else if (search->is_behind && fence.is_blank) {
		add_cut(search->cuts, search->text, line, rest);
	}
	search->is_behind = false;
}

/* Lines end with CRLF, LF or CR. */
static void
take_lines(Search *search, const char *at, const char *end)
{
	while (at < end) {
		const char *line = at;

		while (at < end && *at != '\n' && *at != '\r')
			at++;
		if (at + 1 < end && at[0] == '\r' && at[1] == '\n')
			take_line(search, line, (size_t)(at - line), at + 2);
		else
			take_line(search, line, (size_t)(at - line), MIN(at + 1, end));
		at += at + 1 < end && at[0] == '\r' && at[1] == '\n' ? 2 : 1;
	}
}

/* Mail programs put letters before an id when they quote it. */
static bool
has_name(Search *search, Tokens *tokens, const Token *token)
{
	const char *id = tokens_value(tokens, token, ATTRIBUTE_ID);
	g_autofree char *lower = id != NULL ? g_ascii_strdown(id, -1) : NULL;
	const char *name = lower != NULL ? strstr(lower, NAME) : NULL;
	char mark[MARK_MAX + 1];

	if (name == NULL)
		return false;
	name += strlen(NAME);
	read_mark(name, name + strlen(name), mark);
	see_mark(search, mark);

	return true;
}

static void
take_start(Search *search, Tokens *tokens, const Token *token)
{
	unsigned flags = elements_flags(token->name);

	if ((flags & ELEMENT_SKIP) != 0) {
		tokens_skip(tokens, token);
		return;
	}
	elements_hold(flags, tokens, token);
	if (has_name(search, tokens, token)) {
		if (search->element[0] != '\0')
			g_array_append_val(search->cuts, search->tag);
		search->tag = (BlockCut){ (size_t)(token->start - search->text),
					  (size_t)(tokens->at - search->text) };
		memcpy(search->element, token->name, sizeof(search->element));
		search->nested = 1;
	} else if (memcmp(search->element, token->name, sizeof(token->name)) == 0) {
		search->nested++;
	}
}

static void
take_end(Search *search, const Tokens *tokens, const Token *token)
{
	const char *at = tokens->at;

	if (search->element[0] == '\0' ||
	    memcmp(search->element, token->name, sizeof(token->name)) != 0 ||
	    --search->nested > 0)
		return;
	/* The line end behind it is ours, too. */
	at += transfer_line_end(at, (size_t)(tokens->end - at));
	add_cut(search->cuts, search->text, search->text + search->tag.start, at);
	search->element[0] = '\0';
}

static void
take_html(Search *search, const char *html, size_t length)
{
	g_auto(Tokens) tokens = { 0 };
	Token token;

	tokens_init(&tokens, html, length);
	while (tokens_next(&tokens, &token))
		if (token.kind == TOKEN_START)
			take_start(search, &tokens, &token);
		else if (token.kind == TOKEN_END)
			take_end(search, &tokens, &token);
		else if (token.kind == TOKEN_TEXT)
			take_lines(search, token.start, tokens.at);
	if (search->element[0] != '\0')
		g_array_append_val(search->cuts, search->tag);
}

static int
compare_cuts(gconstpointer a, gconstpointer b)
{
	size_t first = ((const BlockCut *)a)->start,
	       second = ((const BlockCut *)b)->start;

	return (first > second) - (first < second);
}

/* In the order of the text; those that touch become one. */
static void
merge_cuts(GArray *cuts)
{
	size_t kept = 0;

	g_array_sort(cuts, compare_cuts);
	for (size_t i = 1; i < cuts->len; i++) {
		BlockCut *last = &g_array_index(cuts, BlockCut, kept);
		const BlockCut *next = &g_array_index(cuts, BlockCut, i);

		if (next->start <= last->end)
			last->end = MAX(last->end, next->end);
		else
			g_array_index(cuts, BlockCut, ++kept) = *next;
	}
	g_array_set_size(cuts, (guint)kept + 1);
}

/* Does "==" stand in the text? */
static bool
has_rule(const char *text, const char *end)
{
	for (; (text = memchr(text, '=', (size_t)(end - text))) != NULL; text++)
		if (text + 1 < end && text[1] == '=')
			return true;

	return false;
}

/* Does our name stand in the text?  Its hyphen is rarer than its letters. */
static bool
has_own_name(const char *text, const char *end)
{
	const size_t before = strcspn(NAME, "-"), behind = strlen(NAME) - before;
	const char *at = text;

	for (; (at = memchr(at, '-', (size_t)(end - at))) != NULL; at++)
		if ((size_t)(at - text) >= before && (size_t)(end - at) >= behind &&
		    (at[1] | 0x20) == NAME[before + 1] &&
		    g_ascii_strncasecmp(at - before, NAME, strlen(NAME)) == 0)
			return true;

	return false;
}

/* Most mails have no block, and are looked through quickly. */
static bool
may_have_block(const char *text, size_t length, BlockKind kind)
{
	const char *end = text + length;

	return has_rule(text, end) || (kind == BLOCK_HTML && has_own_name(text, end));
}

GArray *
block_find(const char *text, size_t length, BlockKind kind, const char *mark,
	   bool *is_foreign_out)
{
	Search search = { .text = text, .mark = mark };

	if (!may_have_block(text, length, kind))
		return NULL;
	search.cuts = g_array_new(FALSE, FALSE, sizeof(BlockCut));
	search.inside = g_array_new(FALSE, FALSE, sizeof(BlockCut));
	if (kind == BLOCK_HTML)
		take_html(&search, text, length);
	else
		take_lines(&search, text, text + length);
	break_off(&search);
	g_array_unref(search.inside);
	if (search.cuts->len == 0) {
		g_array_unref(search.cuts);
		return NULL;
	}
	merge_cuts(search.cuts);
	*is_foreign_out = *is_foreign_out || search.is_foreign;

	return search.cuts;
}

const char *
block_filler(const char *text, size_t length, BlockKind kind, BlockBehind behind,
	     const BlockCut *cut)
{
	char before = cut->start > 0 ? text[cut->start - 1] : '\n';

	/* "<" and "p>" must not meet, nor the beginning of a line and "--". */
	if (cut->end < length && text[cut->end] == '-' && text[cut->end - 1] != '\n')
		return " ";

	return kind == BLOCK_HTML && behind == BLOCK_BEHIND_TEXT && before != '>' &&
		       !g_ascii_isspace(before)
		   ? " "
		   : "";
}

GString *
block_without(const char *text, size_t length, BlockKind kind, const GArray *cuts)
{
	GString *kept = g_string_sized_new(length);
	size_t at = 0;

	for (size_t i = 0; i < cuts->len; i++) {
		const BlockCut *cut = &g_array_index(cuts, BlockCut, i);

		g_string_append_len(kept, text + at, (gssize)(cut->start - at));
		g_string_append(kept,
				block_filler(text, length, kind, BLOCK_BEHIND_TEXT, cut));
		at = cut->end;
	}
	g_string_append_len(kept, text + at, (gssize)(length - at));

	return kept;
}
