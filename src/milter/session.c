/* SPDX-License-Identifier: BSD-2-Clause */
/* session.c - one connection of the MTA and the mail in flight */

#include "config.h"

#include <string.h>

#include "text/address.h"
#include "mail/head.h"
#include "edit/fields.h"
#include "milter/incoming.h"
#include "milter/judged.h"
#include "milter/outgoing.h"
#include "milter/session.h"

/* Most invitations fit into this, so that they are not copied as they grow. */
#define BODY_BYTES (16 * 1024)

/* The budget is asked for so many bytes at a time. */
#define KEEP_BYTES (16 * 1024)

/* Bytes that a recipient or a field takes beside its text. */
#define ITEM_BYTES 64

/* Recipients whose own wishes are done; Postfix takes no more in one mail. */
#define RECIPIENTS_MAX 1000

/* Owners of one mail who shall not learn its inviter by an answer. */
#define OWNERS_MAX 100

struct Session {
	Budget *budget;     /* borrowed; NULL: no limit */
	size_t used, taken; /* bytes of the mail, and those that the budget gave */
	SessionBeyond beyond;
	Assessor *assessor; /* NULL between mails */
	Judged judged;      /* the mail that has ended */
	Outgoing *outgoing; /* NULL: the mail comes in */
	char *client; /* confirmed name of the host that hands the mail in, or NULL */
	SessionNext next;
	bool is_head_done; /* next is what its end was answered by */
	Head *head;
	Claim claim;   /* of the head, once that has ended */
	GString *body; /* its MIME fields, then the body; see message_mime() */
	bool is_over_limit;
	char *owner; /* NULL: none yet, or several */
	bool has_several;
	GPtrArray *owners; /* char *, all of them; of a mail to very many the first */
	GArray *envelope;  /* of Recipient, the first of them */
	bool has_more;     /* recipients than in envelope */
	size_t ours[FIELD_LAST]; /* fields of our names, the sender's */
};

static void
recipient_clear(gpointer data)
{
	Recipient *recipient = data;

	g_free(recipient->given);
	g_free(recipient->address);
	g_free(recipient->owner);
}

Session *
session_new(Budget *budget)
{
	Session *session = g_new0(Session, 1);

	session->budget = budget;
	session->head = head_new();
	session->body = g_string_new(NULL);
	session->owners = g_ptr_array_new_with_free_func(g_free);
	session->envelope = g_array_new(FALSE, FALSE, sizeof(Recipient));
	g_array_set_clear_func(session->envelope, recipient_clear);

	return session;
}

void
session_free(Session *session)
{
	if (session == NULL)
		return;

	session_reset(session);
	head_free(session->head);
	g_string_free(session->body, TRUE);
	g_ptr_array_unref(session->owners);
	g_array_unref(session->envelope);
	g_free(session);
}

/* Forget what is kept of the mail; the fields of our names stay counted. */
static void
forget(Session *session)
{
	judged_clear(&session->judged);
	g_array_set_size(session->envelope, 0);
	g_clear_pointer(&session->owner, g_free);
	g_clear_pointer(&session->outgoing, outgoing_free);
	g_ptr_array_set_size(session->owners, 0);
	claim_clear(&session->claim);
	head_reset(session->head);
	if (session->body->allocated_len >= BODY_BYTES) {
		g_string_free(session->body, TRUE);
		session->body = g_string_new(NULL);
	}
	g_string_truncate(session->body, 0);
	if (session->taken > 0)
		budget_drop(session->budget, session->taken);
	session->used = session->taken = 0;
}

void
session_reset(Session *session)
{
	forget(session);
	g_clear_pointer(&session->assessor, assessor_unref);
	g_clear_pointer(&session->client, g_free);
	session->is_over_limit = session->has_several = session->has_more = false;
	session->next = SESSION_ACCEPT;
	session->is_head_done = false;
	session->beyond = SESSION_WITHIN;
	memset(session->ours, 0, sizeof(session->ours));
}

static const Settings *
settings_of(const Session *session)
{
	return assessor_settings(session->assessor);
}

static const Owners *
owners_of(const Session *session)
{
	return assessor_rules(session->assessor)->owners;
}

void
session_begin(Session *session, Assessor *assessor, const Sender *sender)
{
	session_reset(session);
	session->assessor = assessor_ref(assessor);
	session->client = g_strdup(sender->host);
	if (owners_is_outgoing(owners_of(session), sender))
		session->outgoing = outgoing_new(assessor, sender);
}

bool
session_in_mail(const Session *session)
{
	return session->assessor != NULL;
}

void
session_pass(Session *session, SessionBeyond beyond)
{
	forget(session);
	session->beyond = beyond;
}

SessionBeyond
session_beyond(const Session *session)
{
	return session->beyond;
}

/* May so many bytes more be kept of the mail?  If not, it passes unjudged. */
static bool
may_keep(Session *session, size_t bytes)
{
	size_t more;

	if (session->beyond != SESSION_WITHIN)
		return false;
	session->used += bytes;
	if (session->budget == NULL || session->used <= session->taken)
		return true;
	more =
	    (session->used - session->taken + KEEP_BYTES - 1) / KEEP_BYTES * KEEP_BYTES;
	if (!budget_keep(session->budget, more,
			 settings_number(settings_of(session), SETTING_LIMITS_MEMORY))) {
		session_pass(session, SESSION_BEYOND_MEMORY);
		return false;
	}
	session->taken += more;

	return true;
}

static void
add_to_envelope(Session *session, const char *given, const char *owner,
		RecipientPlace place)
{
	Recipient recipient = { .place = place };

	session->has_more = session->has_more || session->envelope->len == RECIPIENTS_MAX;
	if (session->has_more || session->outgoing != NULL)
		return;
	recipient.given = g_strdup(given);
	recipient.address = address_bare(given);
	recipient.owner = g_strdup(owner);
	g_array_append_val(session->envelope, recipient);
}

void
session_recipient(Session *session, const char *address, RecipientPlace place)
{
	g_autofree char *owner = NULL;

	/* As given, as an address, and as an owner that is listed, too. */
	if (!may_keep(session, sizeof(Recipient) + ITEM_BYTES + 4 * strlen(address)))
		return;
	owner = owners_of_address(owners_of(session), address);
	if (session->outgoing != NULL)
		outgoing_recipient(session->outgoing, session->assessor, address);
	add_to_envelope(session, address, owner, place);
	if (session->owners->len < OWNERS_MAX &&
	    !g_ptr_array_find_with_equal_func(session->owners, owner, g_str_equal, NULL))
		g_ptr_array_add(session->owners, g_strdup(owner));
	if (session->has_several)
		return;
	if (session->owner == NULL) {
		session->owner = g_steal_pointer(&owner);
	} else if (!g_str_equal(session->owner, owner)) {
		g_clear_pointer(&session->owner, g_free);
		session->has_several = true;
	}
}

void
session_field(Session *session, const char *name, const char *value)
{
	Field field = fields_of(name);
	size_t length = strlen(name);
	g_autofree char *bare = NULL;

	/* Blanks may stand before the colon (RFC 5322, section 4.5.8). */
	if (length > 0 && (name[length - 1] == ' ' || name[length - 1] == '\t'))
		bare = g_strchomp(g_strdup(name));
	if (field != FIELD_LAST)
		session->ours[field]++;
	else if (head_is_over(session->head) ||
		 may_keep(session, length + strlen(value) + ITEM_BYTES))
		head_add(session->head, bare != NULL ? bare : name, value);
}

static size_t
count_ours(const Session *session)
{
	size_t count = 0;

	for (size_t i = 0; i < FIELD_LAST; i++)
		count += session->ours[i];

	return count;
}

static bool
is_observing(const Session *session)
{
	return settings_is_observing(settings_of(session));
}

static bool
teaches(const Session *session)
{
	return session->outgoing != NULL && outgoing_teaches(session->outgoing);
}

/* Is it a mail that comes in, and within the limits of all? */
static bool
is_judged(const Session *session)
{
	return session->outgoing == NULL && session->beyond == SESSION_WITHIN;
}

SessionNext
session_head_done(Session *session)
{
	/* A peer may say it again (milter.c), with the body half sent. */
	if (session->is_head_done)
		return session->next;
	session->is_head_done = true;
	if (count_ours(session) > SESSION_MAX_OURS && !is_observing(session))
		return session->next = SESSION_REFUSE;

	/* A head beyond its limits may hide anything, so the mail is kept and logged. */
	if (is_judged(session))
		claim_init(&session->claim, session->head);
	if (is_judged(session) &&
	    (assessor_claims(session->assessor, &session->claim) ||
	     head_is_over(session->head)) &&
	    may_keep(session, BODY_BYTES))
		session->next = SESSION_KEEP;
	else if ((count_ours(session) > 0 && !is_observing(session)) || teaches(session))
		session->next = SESSION_SKIP;
	else
		session->next = SESSION_ACCEPT;

	if (session->next == SESSION_KEEP) {
		if (session->body->allocated_len < BODY_BYTES) {
			g_string_free(session->body, TRUE);
			session->body = g_string_sized_new(BODY_BYTES - 1);
		}
		message_write_mime(session->head, session->body);
		session->is_over_limit = head_is_over(session->head);
	}

	return session->next;
}

/* What the body takes when so many bytes are added: it grows to twice its size. */
static size_t
body_growth(const Session *session, size_t length)
{
	size_t room = session->body->allocated_len;

	while (room <= session->body->len + length)
		room *= 2;

	return room - session->body->allocated_len;
}

bool
session_body(Session *session, const void *bytes, size_t length)
{
	size_t most = settings_number(settings_of(session), SETTING_LIMITS_MAIL);

	if (session->next != SESSION_KEEP || session->is_over_limit ||
	    session->beyond != SESSION_WITHIN)
		return false;
	if (session->body->len + length > most) {
		session->is_over_limit = true;
		g_string_truncate(session->body, 0);
		return false;
	}
	if (!may_keep(session, body_growth(session, length)))
		return false;
	g_string_append_len(session->body, bytes, (gssize)length);

	return true;
}

/* Judge for each owner; false where it passes unjudged. */
static bool
judge(Session *session, gint64 now, Report *report)
{
	const JudgedMail mail = { .assessor = session->assessor,
				  .claim = &session->claim,
				  .body = session->body,
				  .owners = session->owners,
				  .client = session->client,
				  .now = now,
				  .budget = session->budget };
	g_autoptr(GError) error = NULL;

	if (judged_read(&session->judged, &mail, &error)) {
		if (session->judged.left_over > 0)
			session->beyond = SESSION_BEYOND_TIME;
		return true;
	}
	if (error == NULL)
		session->beyond = SESSION_BEYOND_MEMORY;
	else
		report_trouble(report, "passed unjudged: %s", error->message);

	return false;
}

Edits *
session_end(Session *session, gint64 now, Report *report)
{
	Edits *edits = edits_new();
	Plan plan = { .assessor = session->assessor,
		      .head = session->head,
		      .recipients = session->envelope,
		      .has_more = session->has_more,
		      .owner = session->owner,
		      .owners = session->owners->len <= JUDGED_MAX_OWNERS
				    ? session->owners
				    : NULL };

	if (!is_observing(session))
		fields_delete(edits, session->ours);
	if (session->next != SESSION_KEEP || session->beyond != SESSION_WITHIN)
		return edits;
	if (session->is_over_limit) {
		report_trouble(report, "passed unjudged: over the limits of a mail");
		return edits;
	}

	if (!judge(session, now, report))
		return edits;
	plan.mime = session->judged.mime;
	plan.shown = session->judged.shown;
	plan.judged = session->judged.by_owner;
	plan_edits(&plan, edits, report);
	if (is_observing(session)) {
		edits_free(edits);
		edits = edits_new();
		report_observing(report);
	}

	return edits;
}

bool
session_remember(Session *session, gint64 now, LogRecord **told_out, GError **error)
{
	const Incoming incoming = { .assessor = session->assessor,
				    .assessment = session->judged.shown,
				    .head = session->head,
				    .judged = session->judged.by_owner,
				    .owners = session->owners,
				    .owner = session->owner };

	*told_out = NULL;
	if (teaches(session))
		return outgoing_remember(session->outgoing, session->assessor,
					 session->head, now, told_out, error);

	return incoming.assessment == NULL ||
	       incoming_remember(&incoming, now, told_out, error);
}
