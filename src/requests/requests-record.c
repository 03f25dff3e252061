/* SPDX-License-Identifier: BSD-2-Clause */
/* requests-record.c - puts old mail of an owner's onto the list of invitations */

#include "config.h"

#include "base/day.h"
#include "base/json.h"
#include "judge/kept.h"
#include "people/invitation-drop.h"
#include "requests/requests-record.h"

static size_t
setting(const RequestsQuery *query, SettingName which)
{
	return settings_number_for(assessor_settings(query->assessor), which,
				   query->owner);
}

static bool
drop_old(const RequestsQuery *query, GError **error)
{
	return invitation_drop_old(
	    query->store, query->owner, setting(query, SETTING_PEOPLE_EXPIRE_INVITATIONS),
	    setting(query, SETTING_PEOPLE_KEEP_INVITATIONS), query->now, error);
}

static bool
refuse_unwanted(GError **error)
{
	g_set_error_literal(error, REQUESTS_ERROR, 0,
			    "no list is kept for this mailbox; set [people] "
			    "keep-invitations to a number of days");

	return false;
}

/* One mail on its way through a transaction. */
typedef struct {
	const RequestsQuery *query;
	const Assessment *assessment;
	const StoreInvitation *said;
	gint64 when;
	InvitationKept kept;
} Old;

/* As of one that comes: an answer to it must not make its inviter known. */
static bool
record(StoreWriter *writer, void *context, GError **error)
{
	Old *old = context;
	const RequestsQuery *query = old->query;
	const Assessment *assessment = old->assessment;
	size_t wait = setting(query, SETTING_PEOPLE_EXPIRE_INVITATIONS);

	if (assessor_learns(query->assessor, query->owner) &&
	    !learn_invitation(writer, query->owner, message_head(assessment->message),
			      assessment->invite->address, old->when, error))
		return false;

	return invitation_record_old(
	    writer, query->owner, old->said, kept_mail(assessment), old->when,
	    wait > 0 ? query->now - (gint64)wait * DAY_SECONDS : 0, &old->kept, error);
}

/* *word_out: what became of it. */
static bool
record_invitation(RequestsQuery *query, const Assessment *assessment, gint64 when,
		  const char **word_out, GError **error)
{
	static const char *const words[] = {
		[INVITATION_NEW] = "new",           [INVITATION_AGAIN] = "again",
		[INVITATION_REOPENED] = "reopened", [INVITATION_SEEN] = "seen",
		[INVITATION_BEYOND] = "beyond",
	};
	size_t days = setting(query, SETTING_PEOPLE_KEEP_INVITATIONS);
	g_autoptr(StoreInvitation) said = kept_invitation(assessment);
	Old old = { query, assessment, said, when, INVITATION_SEEN };

	if (said == NULL) {
		*word_out = "none";
		return true;
	}
	if (when < query->now - (gint64)days * DAY_SECONDS) {
		*word_out = "old";
		return true;
	}
	if (!store_change(query->store, record, &old, error))
		return false;
	*word_out = words[old.kept];

	return true;
}

static bool
take(RequestsQuery *query, const Assessment *assessment, const char **word_out,
     GError **error)
{
	gint64 when = message_arrival(assessment->message, query->now);

	if (kept_notice(assessment) == NOTICE_NONE)
		return record_invitation(query, assessment, when, word_out, error);
	if (!kept_is_to(assessment, query->owner)) {
		*word_out = "none";
		return true;
	}
	if (!json_flag(query->object, "settle")) {
		*word_out = "notice";
		return true;
	}
	*word_out = "settled";

	return kept_settle(assessment, query->owner, when, query->now, error);
}

bool
requests_record(RequestsQuery *query, GError **error)
{
	size_t length = 0;
	g_autofree char *mail = requests_query_mail(query, &length, error);
	Delivery delivery = { .owner = query->owner, .now = query->now };
	g_autoptr(Assessment) assessment = NULL;
	const char *word = NULL;

	if (mail == NULL)
		return false;
	if (!kept_is_wanted(query->assessor, query->owner))
		/* What is there goes: without a daemon nothing else removes it. */
		return drop_old(query, error) && refuse_unwanted(error);
	assessment = assess(query->assessor, mail, length, &delivery, error);
	if (assessment == NULL)
		return false;
	/* Who is known is not known: it would be listed as a stranger's for good. */
	if (assessment->store_trouble != NULL) {
		g_set_error_literal(error, REQUESTS_ERROR, 0, assessment->store_trouble);
		return false;
	}
	if (!take(query, assessment, &word, error))
		return false;
	requests_query_tell_text(query, "recorded", word);

	return true;
}

bool
requests_record_expire(RequestsQuery *query, GError **error)
{
	if (!drop_old(query, error))
		return false;
	requests_query_tell_text(query, "expired", "yes");

	return true;
}
