/* SPDX-License-Identifier: BSD-2-Clause */
/* kept.c - what of a judged mail goes onto its owner's list of invitations */

#include "config.h"

#include <string.h>

#include "judge/kept.h"
#include "network/networks.h"

int
kept_worth(Verdict verdict, Answer answer)
{
	static const int worths[VERDICT_LAST] = {
		[VERDICT_KNOWN] = 4,       [VERDICT_PERSONAL] = 3,
		[VERDICT_CONTEXTLESS] = 2, [VERDICT_DEFAULT_TEXT] = 1,
		[VERDICT_SPAMMY] = -1,     [VERDICT_IMPOSTOR] = -2,
		[VERDICT_FORGED] = -3,
	};

	/* It waits for no answer where none is suggested. */
	return answer == ANSWER_IGNORE || answer == ANSWER_REPORT
		   ? MIN(worths[verdict], 0)
		   : worths[verdict];
}

static int
trust_of(Authenticity authenticity)
{
	return authenticity == AUTHENTICITY_VERIFIED ? 2
	       : authenticity == AUTHENTICITY_FORGED ? 0
						     : 1;
}

/* A name in disguise is compared as it is written, so that it is nobody else's. */
static void
set_name(StoreInvitation *said, const NameRules *rules, const char *text)
{
	g_auto(Name) name = { 0 };

	if (text == NULL)
		return;
	name_init(&name, rules, text);
	store_invitation_set(said, STORE_INVITATION_NAME, text);
	store_invitation_set(said, STORE_INVITATION_NAME_KEY,
			     name.is_disguised || name.keys[0] == NULL ? text
								       : name.keys[0]);
}

/* As an answer names the mail: "<…>". */
static void
set_message_id(StoreInvitation *said, const char *field)
{
	const char *start = field != NULL ? strchr(field, '<') : NULL;
	const char *end = start != NULL ? strchr(start, '>') : NULL;
	g_autofree char *id = NULL;

	if (end != NULL)
		id = g_strndup(start, (size_t)(end - start) + 1);
	else if (field != NULL && field[0] != '\0')
		id = g_strconcat("<", field, ">", NULL);
	store_invitation_set(said, STORE_INVITATION_MESSAGE_ID, id);
}

StoreInvitation *
kept_inviter(const Assessment *assessment)
{
	StoreInvitation *said = store_invitation_new();
	const Invite *invite = assessment->invite;
	const Networks *networks = assessor_networks(assessment->assessor);
	g_autofree char *profile = g_strdup(assessment->bulk_inviter);

	if (profile == NULL && invite->profile != NULL)
		profile = networks_profile_key(networks, invite->profile);
	said->trust = trust_of(assessment->authenticity);
	store_invitation_set(said, STORE_INVITATION_NETWORK, assessment->network->name);
	set_name(said, assessor_rules(assessment->assessor)->names, invite->name);
	store_invitation_set(said, STORE_INVITATION_PROFILE, invite->profile);
	store_invitation_set(said, STORE_INVITATION_PROFILE_KEY, profile);
	store_invitation_set(said, STORE_INVITATION_ADDRESS, invite->address);
	store_invitation_set(said, STORE_INVITATION_HEADLINE, invite->headline);
	store_invitation_set(said, STORE_INVITATION_COMPANY, invite->company);
	set_message_id(said, assessment->message_id);

	return said;
}

/* The verdict with all that led to it, and what to answer. */
static void
set_judgement(StoreInvitation *said, const Assessment *assessment)
{
	const Suggestion *suggestion = assessment->suggestion;
	g_autoptr(GString) reasons = g_string_new(NULL);

	for (guint i = 0; i < assessment->reasons->len; i++)
		g_string_append_printf(reasons, "%s%s", i > 0 ? "\n" : "",
				       (const char *)assessment->reasons->pdata[i]);
	said->worth = kept_worth(assessment->verdict, suggestion->answer);
	store_invitation_set(said, STORE_INVITATION_VERDICT,
			     verdict_name(assessment->verdict));
	store_invitation_set(said, STORE_INVITATION_ANSWER,
			     verdict_answer_name(suggestion->answer));
	store_invitation_set(said, STORE_INVITATION_RELATION,
			     relation_name(assessment->relation));
	store_invitation_set(said, STORE_INVITATION_AUTHENTICITY,
			     authenticity_name(assessment->authenticity));
	store_invitation_set(said, STORE_INVITATION_REASONS, reasons->str);
	store_invitation_set(said, STORE_INVITATION_PAGE, suggestion->url);
	store_invitation_set(said, STORE_INVITATION_HINT, suggestion->hint);
	store_invitation_set(said, STORE_INVITATION_REPLY, suggestion->reply);
	if (suggestion->reply != NULL)
		store_invitation_set(said, STORE_INVITATION_LANGUAGE,
				     suggestion->language);
}

StoreInvitation *
kept_invitation(const Assessment *assessment)
{
	StoreInvitation *said;
	g_autofree char *subject = NULL;
	Request request;

	if (!assess_is_recognised(assessment))
		return NULL;
	/* A forgery's kind is its author's choice. */
	request = assessment->authenticity != AUTHENTICITY_FORGED
		      ? assessment->kind->request
		      : REQUEST_NONE;
	if (request == REQUEST_EVENT && assessment->verdict != VERDICT_SPAMMY)
		return NULL;
	said = kept_inviter(assessment);
	subject = message_field(assessment->message, "Subject");
	store_invitation_set(said, STORE_INVITATION_REQUEST,
			     network_request_name(request));
	store_invitation_set(said, STORE_INVITATION_SUBJECT, subject);
	store_invitation_set(said, STORE_INVITATION_NOTE, assessment->invite->note);
	set_judgement(said, assessment);

	return said;
}

InvitationMail
kept_mail(const Assessment *assessment)
{
	return assessment->invite->is_reminder ||
		       (assessment->kind != NULL && assessment->kind->is_reminder)
		   ? INVITATION_REMINDER
		   : INVITATION_FIRST_MAIL;
}

Notice
kept_notice(const Assessment *assessment)
{
	Notice notice = assessment->kind != NULL ? assessment->kind->notice : NOTICE_NONE;

	return assessment->authenticity == AUTHENTICITY_VERIFIED &&
		       (notice == NOTICE_ACCEPTED || notice == NOTICE_REPLIED)
		   ? notice
		   : NOTICE_NONE;
}

bool
kept_is_to(const Assessment *assessment, const char *owner)
{
	const char *to = message_to(assessment->message)->address;
	g_autofree char *address =
	    to != NULL && to[0] != '\0'
		? owners_of_address(assessor_rules(assessment->assessor)->owners, to)
		: NULL;

	return g_strcmp0(address, owner) == 0;
}

/* Those that were there when the notice came; of gint64.  A row of tomorrow tells of a
   clock that was stepped, and of no order. */
static bool
drop_later(Store *store, const char *owner, gint64 when, gint64 now, GArray *ids,
	   GError **error)
{
	for (guint i = ids->len; i > 0; i--) {
		g_autoptr(StoreInvitation) row = NULL;

		if (!store_invitation_get(store, owner, g_array_index(ids, gint64, i - 1),
					  &row, error))
			return false;
		if (row == NULL || (row->first > when && row->first <= now))
			g_array_remove_index(ids, i - 1);
	}

	return true;
}

bool
kept_settle(const Assessment *assessment, const char *owner, gint64 when, gint64 now,
	    GError **error)
{
	Store *store = assessor_store(assessment->assessor);
	bool is_accepted = kept_notice(assessment) == NOTICE_ACCEPTED;
	g_autoptr(StoreInvitation) like = kept_inviter(assessment);
	g_autoptr(GArray) ids = NULL;

	if (is_accepted)
		store_invitation_set(like, STORE_INVITATION_REQUEST,
				     network_request_name(REQUEST_CONNECT));

	return invitation_find(store, owner, like, &ids, error) &&
	       drop_later(store, owner, when, now, ids, error) &&
	       invitation_happened(store, owner, (const gint64 *)ids->data,
				   MIN(ids->len, INVITATION_BATCH),
				   is_accepted ? INVITATION_NOTICED_ACCEPTED
					       : INVITATION_NOTICED_REPLIED,
				   when, NULL, error);
}

/* 0: it wants no list. */
static size_t
days_kept(const Assessor *assessor, const char *owner)
{
	return owner != NULL ? settings_number_for(assessor_settings(assessor),
						   SETTING_PEOPLE_KEEP_INVITATIONS, owner)
			     : 0;
}

bool
kept_is_wanted(const Assessor *assessor, const char *owner)
{
	return days_kept(assessor, owner) > 0;
}

gint64
kept_since(const Assessor *assessor, const char *owner, gint64 now)
{
	size_t days = days_kept(assessor, owner);

	return days > 0 ? now - (gint64)days * DAY_SECONDS : G_MAXINT64;
}
