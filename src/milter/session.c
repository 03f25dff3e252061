/* SPDX-License-Identifier: BSD-2-Clause */
/* session.c - one connection of the MTA and the mail in flight */

#include "config.h"

#include <string.h>

#include "text/address.h"
#include "mail/head.h"
#include "mail/mailbox.h"
#include "milter/fields.h"
#include "milter/outgoing.h"
#include "milter/session.h"
#include "network/networks.h"
#include "people/bulk.h"

/* Memory kept from one mail of a connection to the next. */
#define BODY_KEPT (64 * 1024)

/* Owners that one mail is judged for by themselves. */
#define OWNERS_JUDGED 20

/* Recipients whose own wishes are done; Postfix takes no more in one mail. */
#define RECIPIENTS_MAX 1000

/* Owners of one mail who shall not learn its inviter by an answer. */
#define OWNERS_MAX 100

struct Session {
	Assessor *assessor;           /* NULL between mails */
	GPtrArray *judged;            /* Assessment, of the mail that has ended */
	const Assessment *assessment; /* of these, what all may be told; or NULL */
	Outgoing *outgoing;           /* NULL: the mail comes in */
	char *client; /* confirmed name of the host that hands the mail in, or NULL */
	SessionNext next;
	Head *head;
	Claim claim;   /* of the head, once that has ended */
	GString *body; /* its MIME fields, then the body; see message_of_head() */
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
session_new(void)
{
	Session *session = g_new0(Session, 1);

	session->head = head_new();
	session->body = g_string_new(NULL);
	session->owners = g_ptr_array_new_with_free_func(g_free);
	session->judged = g_ptr_array_new_with_free_func((GDestroyNotify)assess_free);
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
	g_ptr_array_unref(session->judged);
	g_array_unref(session->envelope);
	g_free(session);
}

void
session_reset(Session *session)
{
	session->assessment = NULL;
	g_ptr_array_set_size(session->judged, 0);
	g_array_set_size(session->envelope, 0);
	g_clear_pointer(&session->assessor, assessor_unref);
	g_clear_pointer(&session->owner, g_free);
	g_clear_pointer(&session->client, g_free);
	g_clear_pointer(&session->outgoing, outgoing_free);
	g_ptr_array_set_size(session->owners, 0);
	claim_clear(&session->claim);
	head_reset(session->head);
	if (session->body->allocated_len > BODY_KEPT) {
		g_string_free(session->body, TRUE);
		session->body = g_string_new(NULL);
	}
	g_string_truncate(session->body, 0);
	session->is_over_limit = session->has_several = session->has_more = false;
	session->next = SESSION_ACCEPT;
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
	g_autofree char *owner = owners_of_address(owners_of(session), address);

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
	else
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
	return g_str_equal(settings_text(settings_of(session), SETTING_MODE), "observe");
}

static bool
teaches(const Session *session)
{
	return session->outgoing != NULL && outgoing_teaches(session->outgoing);
}

SessionNext
session_head_done(Session *session)
{
	if (count_ours(session) > SESSION_MAX_OURS && !is_observing(session))
		return session->next = SESSION_REFUSE;

	/* A head beyond its limits may hide anything, so the mail is kept and logged. */
	if (session->outgoing == NULL)
		claim_init(&session->claim, session->head);
	if (session->outgoing == NULL &&
	    (assessor_claims(session->assessor, &session->claim) ||
	     head_is_over(session->head)))
		session->next = SESSION_KEEP;
	else if ((count_ours(session) > 0 && !is_observing(session)) || teaches(session))
		session->next = SESSION_SKIP;
	else
		session->next = SESSION_ACCEPT;

	if (session->next == SESSION_KEEP) {
		/*
		 * Most invitations fit into this, so that they are not copied as they
		 * grow.
		 */
		if (session->body->allocated_len < BODY_KEPT) {
			g_string_free(session->body, TRUE);
			session->body = g_string_sized_new(BODY_KEPT - 1);
		}
		message_write_mime(session->head, session->body);
		session->is_over_limit = head_is_over(session->head);
	}

	return session->next;
}

bool
session_body(Session *session, const void *bytes, size_t length)
{
	size_t most = settings_number(settings_of(session), SETTING_LIMITS_MAIL);

	if (session->next != SESSION_KEEP || session->is_over_limit)
		return false;
	if (session->body->len + length > most) {
		session->is_over_limit = true;
		g_string_truncate(session->body, 0);
		return false;
	}
	g_string_append_len(session->body, bytes, (gssize)length);

	return true;
}

/* Delete what the sender wrote under our names, from the highest index down. */
static void
delete_ours(const Session *session, Edits *edits)
{
	for (size_t field = 0; field < FIELD_LAST; field++)
		if (session->ours[field] > 0)
			edits_delete(edits, fields_name((Field)field),
				     session->ours[field]);
}

/*
 * Do two owners' assessments tell the same, so that neither tells of the other's
 * people?
 */
static bool
tell_the_same(const Assessment *a, const Assessment *b)
{
	if (a->verdict != b->verdict || a->relation != b->relation ||
	    a->reasons->len != b->reasons->len)
		return false;
	for (guint i = 0; i < a->reasons->len; i++)
		if (!g_str_equal(a->reasons->pdata[i], b->reasons->pdata[i]))
			return false;

	return true;
}

/* Judge for one owner, or for nobody (NULL); kept with the others. */
static Assessment *
judge_for(Session *session, const char *owner, gint64 now, GError **error)
{
	Delivery delivery = { owner, session->client, now };
	Assessment *assessment =
	    assess_claim(session->assessor, &session->claim, session->body->str,
			 session->body->len, &delivery, error);

	if (assessment != NULL)
		g_ptr_array_add(session->judged, assessment);

	return assessment;
}

/*
 * Judge for each owner; an invitation costs half a millisecond each time, so
 * very many are judged as one that nobody can be asked about.  All of them are told
 * only what holds for each.
 */
static bool
judge_all(Session *session, GHashTable *by_owner, gint64 now, GError **error)
{
	const Assessment *shown = NULL;
	bool are_same = true;

	for (guint i = 0;
	     i < session->owners->len && session->owners->len <= OWNERS_JUDGED; i++) {
		Assessment *assessment =
		    judge_for(session, session->owners->pdata[i], now, error);

		if (assessment == NULL)
			return false;
		g_hash_table_insert(by_owner, session->owners->pdata[i], assessment);
		are_same =
		    are_same && (shown == NULL || tell_the_same(shown, assessment));
		shown = assessment;
		/* No invitation is none for anybody; one that is not wanted may be. */
		if (!assess_is_recognised(assessment) && !assessment->is_unwanted)
			break;
	}
	session->assessment =
	    shown != NULL && are_same ? shown : judge_for(session, NULL, now, error);

	return session->assessment != NULL;
}

Edits *
session_end(Session *session, gint64 now, Report *report)
{
	Edits *edits = edits_new();
	g_autoptr(GHashTable) by_owner = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GError) error = NULL;
	Plan plan = { .assessor = session->assessor,
		      .head = session->head,
		      .body = session->body,
		      .recipients = session->envelope,
		      .has_more = session->has_more,
		      .owner = session->owner,
		      .judged = by_owner };

	if (!is_observing(session))
		delete_ours(session, edits);
	if (session->next != SESSION_KEEP)
		return edits;
	if (session->is_over_limit) {
		report_trouble(report, "passed unjudged: over the limits of a mail");
		return edits;
	}

	if (!judge_all(session, by_owner, now, &error)) {
		report_trouble(report, "passed unjudged: %s", error->message);
		return edits;
	}
	plan.shown = session->assessment;
	plan_edits(&plan, edits, report);
	if (is_observing(session)) {
		edits_free(edits);
		edits = edits_new();
		report_observing(report);
	}

	return edits;
}

/* A person who accepted the owner's invitation is known, if the network says so. */
static bool
remember_notice(const Session *session, gint64 now, char **told_out, GError **error)
{
	const Invite *invite = session->assessment->invite;
	g_auto(Contact) contact = { 0 };
	Learnt learnt;

	contact_init(&contact, SOURCE_ACCEPTED);
	contact.seen = now;
	if (invite->name != NULL)
		contact_set_name(&contact, invite->name);
	if (invite->company != NULL)
		contact_set_company(&contact, invite->company);
	if (invite->profile != NULL)
		contact_add_url(&contact, invite->profile);
	networks_find_profiles(assessor_networks(session->assessor), &contact);
	if (!learn_contacts(assessor_store(session->assessor),
			    assessor_rules(session->assessor), session->owner, &contact,
			    1, now, &learnt, error))
		return false;
	*told_out = g_strdup_printf("accepted person=%s", learn_name(learnt));

	return true;
}

static bool
is_acceptance(const Assessment *assessment)
{
	return assessment->authenticity == AUTHENTICITY_VERIFIED &&
	       assessment->kind != NULL && assessment->kind->notice == NOTICE_ACCEPTED;
}

/* A signed mail can be sent again to anybody, but its To is signed with it. */
static bool
is_to_owner(const Session *session)
{
	const char *to = head_get(session->head, "To");
	g_auto(Mailbox) mailbox = { 0 };
	g_autofree char *owner = NULL;

	if (to == NULL || mailbox_parse(to, &mailbox) != 1)
		return false;
	owner = owners_of_address(owners_of(session), mailbox.address);

	return g_str_equal(owner, session->owner);
}

/* For each owner, so that an answer to the invitation does not make its inviter known. */
static bool
remember_invitation(const Session *session, gint64 now, GError **error)
{
	const Invite *invite = session->assessment->invite;

	for (size_t i = 0; i < session->owners->len; i++)
		if (outgoing_learns(session->assessor, session->owners->pdata[i]) &&
		    !learn_invitation(assessor_store(session->assessor),
				      session->owners->pdata[i], session->head,
				      invite->address, now, error))
			return false;

	return true;
}

/* The note is counted for the mailbox that the network wrote to, and for no other. */
static bool
remember_note(const Session *session, gint64 now, GError **error)
{
	const Assessment *assessment = session->assessment;

	if (assessment->bulk_inviter == NULL)
		return true;
	for (size_t i = 0; i < session->owners->len; i++)
		if (g_str_equal(session->owners->pdata[i], assessment->addressee) &&
		    outgoing_learns(session->assessor, session->owners->pdata[i]))
			return bulk_record(assessor_store(session->assessor),
					   assessment->addressee,
					   assessment->bulk_inviter,
					   &assessment->note->fingerprint, now, error);

	return true;
}

bool
session_remember(Session *session, gint64 now, char **told_out, GError **error)
{
	const Assessment *assessment = session->assessment;

	*told_out = NULL;
	if (teaches(session))
		return outgoing_remember(session->outgoing, session->assessor,
					 session->head, now, told_out, error);
	/* Once is enough to wait for a store in trouble, and to be told of it. */
	if (assessment == NULL || assessment->store_trouble != NULL)
		return true;
	if (is_acceptance(assessment))
		return !outgoing_learns(session->assessor, session->owner) ||
		       !is_to_owner(session) ||
		       remember_notice(session, now, told_out, error);

	/* A forgery's, too: to answer it must not make its author known. */
	return !assess_is_recognised(assessment) ||
	       (remember_invitation(session, now, error) &&
		remember_note(session, now, error));
}
