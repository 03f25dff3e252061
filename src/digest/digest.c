/* SPDX-License-Identifier: BSD-2-Clause */
/* digest.c - what of an owner's invitations is told in one mail */

#include "config.h"

#include <string.h>

#include "base/day.h"
#include "digest/digest-learnt.h"
#include "digest/digest-parts.h"
#include "digest/digest-teller.h"
#include "judge/suggestion.h"
#include "judge/kept.h"

#define LIST_COMMAND "invitectl list"

/* Why the verdict, or what to do, in the banner's words. */
static char *
banner_word(const DigestTeller *teller, const StoreInvitation *row, const char *stem,
	    StoreInvitationText which)
{
	g_autofree char *network = digest_teller_network(teller, row);
	const ReplyNames names = { .network = network };
	g_autofree char *key = g_strconcat(stem, row->texts[which], NULL);
	g_autofree char *asked =
	    g_strconcat(key, "-", row->texts[STORE_INVITATION_REQUEST], NULL);
	const char *const keys[] = { asked, key, NULL };

	return replies_text(&teller->voice, "banner", keys, &names);
}

/* "since 2026-11-28 · due · reminded: 2" */
static char *
circumstances(const DigestTeller *teller, const StoreInvitation *row)
{
	g_autofree char *day = digest_teller_day(teller, row->first);
	g_autofree char *count = g_strdup_printf("%" G_GINT64_FORMAT, row->reminders);
	const DigestHoles holes = { .day = day, .count = count };
	g_autofree char *since = digest_teller_word(teller, DIGEST_WORD_SINCE, &holes);
	g_autofree char *due = digest_teller_word(teller, DIGEST_WORD_DUE, NULL);
	g_autofree char *reminded =
	    digest_teller_word(teller, DIGEST_WORD_REMINDED, &holes);
	bool is_due = invitation_is_due(row, teller->ask->now);

	return g_strconcat(since, is_due ? " · " : "", is_due ? due : "",
			   row->reminders > 0 ? " · " : "",
			   row->reminders > 0 ? reminded : "", NULL);
}

static void
add_page(DigestTeller *teller, const StoreInvitation *row)
{
	const Network *network = digest_teller_network_of(teller, row);
	const DigestHoles holes = { .network = network != NULL ? network->title : NULL };
	g_autofree char *label = NULL;

	/* Where nothing may be opened the row has no page. */
	if (network == NULL || network->page == NULL ||
	    row->texts[STORE_INVITATION_PAGE] == NULL)
		return;
	label = digest_teller_word(teller, DIGEST_WORD_PAGE, &holes);
	document_add_link(teller->document, label, network->page);
}

/* Who it is, with the headline. */
static void
add_lead(DigestTeller *teller, const StoreInvitation *row)
{
	g_autofree char *name = digest_teller_name(teller, row),
			*network = digest_teller_network(teller, row),
			*headline = digest_teller_line(
			    row->texts[STORE_INVITATION_HEADLINE], DIGEST_MAX_HEADLINE);
	const DigestHoles holes = { .name = name, .network = network };

	digest_teller_add(teller, DOCUMENT_LEAD, DIGEST_WORD_WHO, &holes);
	document_add(teller->document, DOCUMENT_ASIDE, headline);
}

/* One with all that is needed to answer it. */
static void
add_whole(DigestTeller *teller, const StoreInvitation *row)
{
	g_autofree char *why = banner_word(teller, row, "why-", STORE_INVITATION_VERDICT);
	g_autofree char *what = banner_word(teller, row, "do-", STORE_INVITATION_ANSWER);
	g_autofree char *when = circumstances(teller, row);
	g_autofree char *note =
	    digest_teller_note(row->texts[STORE_INVITATION_NOTE], DIGEST_MAX_NOTE);
	g_autofree char *command =
	    g_strdup_printf("invitectl close %" G_GINT64_FORMAT, row->id);
	const DigestHoles holes = { .command = command };

	add_lead(teller, row);
	document_add(teller->document, DOCUMENT_ASIDE, when);
	document_add(teller->document, DOCUMENT_TEXT, why);
	document_add(teller->document, DOCUMENT_TEXT, what);
	if (note[0] != '\0')
		digest_teller_add(teller, DOCUMENT_ASIDE, DIGEST_WORD_NOTE, NULL);
	document_add(teller->document, DOCUMENT_QUOTE, note);
	if (row->texts[STORE_INVITATION_REPLY] != NULL)
		digest_teller_add(teller, DOCUMENT_ASIDE, DIGEST_WORD_REPLY, NULL);
	document_add(teller->document, DOCUMENT_REPLY,
		     row->texts[STORE_INVITATION_REPLY]);
	add_page(teller, row);
	digest_teller_add(teller, DOCUMENT_ASIDE, DIGEST_WORD_CLOSE, &holes);
}

/* The first of a part are read whole, which a list of all is not. */
static bool
add_worth(DigestTeller *teller, const GPtrArray *rows, GError **error)
{
	Store *store = assessor_store(teller->ask->assessor);

	if (rows->len > 0)
		digest_teller_add(teller, DOCUMENT_HEADING, DIGEST_WORD_WORTH, NULL);
	for (guint i = 0; i < MIN(rows->len, DIGEST_MAX_WORTH); i++) {
		const StoreInvitation *brief = rows->pdata[i];
		g_autoptr(StoreInvitation) row = NULL;

		if (!store_invitation_get(store, teller->ask->owner, brief->id, &row,
					  error))
			return false;
		add_whole(teller, row != NULL ? row : brief);
	}
	digest_teller_more(teller, rows->len - MIN(rows->len, DIGEST_MAX_WORTH),
			   LIST_COMMAND);

	return true;
}

static void
add_row(DigestTeller *teller, const StoreInvitation *row)
{
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, row->id),
			*name = digest_teller_name(teller, row),
			*network = digest_teller_network(teller, row),
			*day = digest_teller_day(teller, row->first);
	const char *const cells[DOCUMENT_CELLS] = { number, name, network, day };

	document_add_row(teller->document, cells);
}

/* The reply to many at once, in the languages that the rows' own replies have. */
static void
add_replies(DigestTeller *teller, const GPtrArray *rows)
{
	g_autoptr(GPtrArray) languages = g_ptr_array_new();

	for (guint i = 0; i < rows->len && languages->len < DIGEST_MAX_REPLIES; i++) {
		const StoreInvitation *row = rows->pdata[i];
		const char *language = row->texts[STORE_INVITATION_LANGUAGE];

		if (language != NULL && !g_ptr_array_find_with_equal_func(
					    languages, language, g_str_equal, NULL))
			g_ptr_array_add(languages, (char *)language);
	}
	if (languages->len == 0 && teller->voice.language != NULL)
		g_ptr_array_add(languages, (char *)teller->voice.language);
	for (guint i = 0; i < languages->len; i++) {
		Voice voice = teller->voice;
		g_autofree char *reply = NULL;

		voice.language = languages->pdata[i];
		reply = suggestion_for_many(&voice);
		document_add(teller->document, DOCUMENT_REPLY, reply);
	}
}

/* The pages of their networks, each once. */
static void
add_pages(DigestTeller *teller, const GPtrArray *rows)
{
	g_autoptr(GPtrArray) told = g_ptr_array_new();

	for (guint i = 0; i < MIN(rows->len, DIGEST_MAX_ROWS); i++) {
		const StoreInvitation *row = rows->pdata[i];
		const Network *network = digest_teller_network_of(teller, row);

		if (network == NULL || row->texts[STORE_INVITATION_PAGE] == NULL ||
		    g_ptr_array_find(told, network, NULL))
			continue;
		g_ptr_array_add(told, (gpointer)network);
		add_page(teller, row);
	}
}

static void
add_table(DigestTeller *teller, const GPtrArray *rows)
{
	size_t shown = MIN(rows->len, DIGEST_MAX_ROWS);

	if (rows->len == 0)
		return;
	digest_teller_add(teller, DOCUMENT_HEADING, DIGEST_WORD_TABLE, NULL);
	for (guint i = 0; i < shown; i++)
		add_row(teller, rows->pdata[i]);
	digest_teller_more(teller, rows->len - shown, LIST_COMMAND);
	digest_teller_add(teller, DOCUMENT_TEXT, DIGEST_WORD_TABLE_HELP, NULL);
	add_replies(teller, rows);
	add_pages(teller, rows);
}

/* All of a part in one line: how many, and the first names. */
static void
add_collapsed(DigestTeller *teller, const GPtrArray *rows, DigestWord word)
{
	g_autofree char *count = g_strdup_printf("%u", rows->len);
	g_autoptr(GString) names = g_string_new(NULL);
	DigestHoles holes = { .count = count };

	for (guint i = 0; i < MIN(rows->len, DIGEST_MAX_NAMES); i++) {
		g_autofree char *name = digest_teller_name(teller, rows->pdata[i]);

		g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", name);
	}
	if (rows->len > DIGEST_MAX_NAMES)
		g_string_append(names, ", …");
	holes.names = names->str;
	if (rows->len > 0)
		digest_teller_add(teller, DOCUMENT_ITEM, word, &holes);
}

/* A line each; that of what was answered is followed by what to type. */
static void
add_lines(DigestTeller *teller, const GPtrArray *rows, DigestWord word, const char *all)
{
	size_t shown = MIN(rows->len, DIGEST_MAX_LINES);

	for (guint i = 0; i < shown; i++) {
		const StoreInvitation *row = rows->pdata[i];
		bool is_open = row->state == INVITATION_STATE_OPEN;
		gint64 when = is_open ? row->last : row->state_when;
		g_autofree char *name = digest_teller_name(teller, row),
				*network = digest_teller_network(teller, row),
				*day = digest_teller_day(teller, when),
				*count =
				    g_strdup_printf("%" G_GINT64_FORMAT, row->reminders),
				*command = g_strdup_printf(
				    "\ninvitectl close %" G_GINT64_FORMAT " --ignored",
				    row->id);
		const DigestHoles holes = {
			.name = name, .network = network, .day = day, .count = count
		};
		g_autofree char *line = digest_teller_word(teller, word, &holes);
		g_autofree char *whole = g_strconcat(line, is_open ? "" : command, NULL);

		document_add(teller->document, DOCUMENT_ITEM, whole);
	}
	digest_teller_more(teller, rows->len - shown, all);
}

/*
 * Whom the owner knows gets a greeting: the reply that accepts.  Where another one was
 * suggested, as for a mail that nobody verified, that is past; the language stays.
 */
static char *
welcome_of(const DigestTeller *teller, const StoreInvitation *row)
{
	const char *reply = row->texts[STORE_INVITATION_REPLY];
	const char *const languages[] = { row->texts[STORE_INVITATION_LANGUAGE], NULL };
	Voice voice = teller->voice;
	const char *spoken = replies_language(&voice, languages);

	if (reply != NULL && g_strcmp0(row->texts[STORE_INVITATION_ANSWER],
				       verdict_answer_name(ANSWER_ACCEPT)) == 0)
		return g_strdup(reply);
	if (spoken != NULL)
		voice.language = spoken;

	return suggestion_welcome(&voice, row->texts[STORE_INVITATION_NAME]);
}

static bool
add_welcome(DigestTeller *teller, const GPtrArray *rows, GError **error)
{
	Store *store = assessor_store(teller->ask->assessor);
	size_t shown = MIN(rows->len, DIGEST_MAX_LINES);

	if (rows->len > 0)
		digest_teller_add(teller, DOCUMENT_HEADING, DIGEST_WORD_WELCOME, NULL);
	for (guint i = 0; i < shown; i++) {
		const StoreInvitation *brief = rows->pdata[i];
		g_autoptr(StoreInvitation) row = NULL;
		g_autofree char *welcome = NULL;

		if (!store_invitation_get(store, teller->ask->owner, brief->id, &row,
					  error))
			return false;
		add_lead(teller, brief);
		welcome = welcome_of(teller, row != NULL ? row : brief);
		document_add(teller->document, DOCUMENT_REPLY, welcome);
	}
	digest_teller_more(teller, rows->len - shown, LIST_COMMAND " --all");

	return true;
}

static bool
add_parts(DigestTeller *teller, const DigestParts *parts, GError **error)
{
	g_autofree char *open = g_strdup_printf("%zu", parts->open);
	const DigestHoles holes = { .count = open };
	GPtrArray *const *rows = parts->rows;

	digest_teller_add(teller, DOCUMENT_TITLE, DIGEST_WORD_TITLE, NULL);
	digest_teller_add(teller, DOCUMENT_ASIDE, DIGEST_WORD_OPEN, &holes);
	if (!add_worth(teller, rows[DIGEST_PART_WORTH], error))
		return false;
	add_table(teller, rows[DIGEST_PART_TABLE]);
	add_collapsed(teller, rows[DIGEST_PART_SILENT], DIGEST_WORD_SILENT);
	add_collapsed(teller, rows[DIGEST_PART_SELLS], DIGEST_WORD_SELLS);
	add_collapsed(teller, rows[DIGEST_PART_FORGED], DIGEST_WORD_FORGED);
	if (rows[DIGEST_PART_REMINDERS]->len > 0)
		digest_teller_add(teller, DOCUMENT_HEADING, DIGEST_WORD_REMINDERS, NULL);
	add_lines(teller, rows[DIGEST_PART_REMINDERS], DIGEST_WORD_REMINDER,
		  LIST_COMMAND);
	if (rows[DIGEST_PART_UNANSWERED]->len > 0) {
		digest_teller_add(teller, DOCUMENT_HEADING, DIGEST_WORD_UNANSWERED, NULL);
		digest_teller_add(teller, DOCUMENT_TEXT, DIGEST_WORD_UNANSWERED_HELP,
				  NULL);
	}
	add_lines(teller, rows[DIGEST_PART_UNANSWERED], DIGEST_WORD_UNANSWERED_ONE,
		  LIST_COMMAND " --all");

	return add_welcome(teller, rows[DIGEST_PART_WELCOME], error) &&
	       digest_learnt_add(teller, error);
}

/* What would make it whole, and how to get rid of it. */
static void
add_end(DigestTeller *teller)
{
	const Settings *settings = assessor_settings(teller->ask->assessor);
	bool is_trusting = settings_text(settings, SETTING_TRUST_AUTHSERV_ID)[0] != '\0';
	g_autofree char *stop = digest_teller_word(teller, DIGEST_WORD_STOP, NULL);

	document_add(teller->document, DOCUMENT_HEADING, "invite-milter");
	if (!is_trusting)
		digest_teller_add(teller, DOCUMENT_ASIDE, DIGEST_WORD_VERIFIER, NULL);
	document_add(teller->document, DOCUMENT_ASIDE, stop);
}

/* The owner's language, or that of the site, or one that there is. */
static const char *
language_of(const DigestAsk *ask)
{
	const Settings *settings = assessor_settings(ask->assessor);
	const char *const languages[] = {
		settings_text_for(settings, SETTING_SUGGESTION_LANGUAGE, ask->owner),
		settings_text(settings, SETTING_SUGGESTION_LANGUAGE),
		settings_info(SETTING_SUGGESTION_LANGUAGE)->fallback,
	};
	const char *language = NULL;

	for (size_t i = 0; language == NULL && i < G_N_ELEMENTS(languages); i++)
		language = digest_words_language(ask->words, languages[i]);
	g_assert(language != NULL);

	return language;
}

Digest *
digest_new(const DigestAsk *ask, GError **error)
{
	const Settings *settings = assessor_settings(ask->assessor);
	g_autoptr(Digest) digest = g_new0(Digest, 1);
	g_autoptr(GPtrArray) list = NULL;
	g_auto(DigestParts) parts = { 0 };
	DigestTimes times = { .since = ask->since, .now = ask->now };
	DigestTeller teller = { .ask = ask, .language = language_of(ask) };
	const char *const languages[] = { teller.language, NULL };

	times.unanswered =
	    (gint64)settings_number_for(settings, SETTING_DIGEST_UNANSWERED, ask->owner) *
	    DAY_SECONDS;
	teller.voice = assessor_voice(ask->assessor, ask->owner);
	teller.voice.language = replies_language(&teller.voice, languages);
	teller.document = digest->document = document_new();
	if (!store_invitation_list(assessor_store(ask->assessor), ask->owner,
				   STORE_INVITATION_BRIEF, &list, error))
		return NULL;
	digest_parts_init(&parts, list, &times);
	digest->language = g_strdup(teller.language);
	digest->worth = parts.rows[DIGEST_PART_WORTH]->len;
	digest->is_news = parts.is_news;
	if (!digest->is_news)
		return g_steal_pointer(&digest);
	if (!add_parts(&teller, &parts, error))
		return NULL;
	add_end(&teller);

	return g_steal_pointer(&digest);
}

void
digest_free(Digest *digest)
{
	if (digest == NULL)
		return;

	document_free(digest->document);
	g_free(digest->language);
	g_free(digest);
}
