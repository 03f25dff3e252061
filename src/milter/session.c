/* SPDX-License-Identifier: BSD-2-Clause */
/* session.c - one connection of the MTA and the mail in flight */

#include <string.h>

#include "base/text.h"
#include "mail/encoded.h"
#include "mail/head.h"
#include "mail/insert.h"
#include "mail/mailbox.h"
#include "milter/banner.h"
#include "milter/fields.h"
#include "milter/session.h"
#include "people/bulk.h"

/* Memory kept from one mail of a connection to the next. */
#define BODY_KEPT (64 * 1024)

/* A line has at most 998 octets (RFC 5322, section 2.1.1), and a tag comes before it. */
#define SUBJECT_LINE_MAX 800

/* Owners of one mail who shall not learn its inviter by an answer. */
#define OWNERS_MAX 100

struct Session {
	Assessor *assessor;	/* NULL between mails */
	Assessment *assessment;	/* of the mail that has ended, or NULL */
	bool is_outgoing;
	char *client;		/* confirmed name of who hands the mail in, or NULL */
	char *author;		/* whose mail goes out, where it may teach; else NULL */
	char *sender;		/* MAIL FROM, where there is an author */
	GPtrArray *recipients;	/* char *, likewise; one more than teach are enough */
	SessionNext next;
	Head *head;
	GString *body;
	bool is_over_limit;
	char *owner;		/* NULL: none yet, or several */
	bool has_several;
	GPtrArray *owners;	/* char *, all of them; of a mail to very many the first */
	bool goes_away;		/* for a recipient at least */
	size_t ours[FIELD_LAST]; /* fields of our names, the sender's */
};

Session *
session_new(void)
{
	Session *session = g_new0(Session, 1);

	session->head = head_new();
	session->body = g_string_new(NULL);
	session->recipients = g_ptr_array_new_with_free_func(g_free);
	session->owners = g_ptr_array_new_with_free_func(g_free);

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
	g_ptr_array_unref(session->recipients);
	g_ptr_array_unref(session->owners);
	g_free(session);
}

void
session_reset(Session *session)
{
	g_clear_pointer(&session->assessment, assessment_free);
	g_clear_pointer(&session->assessor, assessor_unref);
	g_clear_pointer(&session->owner, g_free);
	g_clear_pointer(&session->client, g_free);
	g_clear_pointer(&session->author, g_free);
	g_clear_pointer(&session->sender, g_free);
	g_ptr_array_set_size(session->recipients, 0);
	g_ptr_array_set_size(session->owners, 0);
	head_reset(session->head);
	if (session->body->allocated_len > BODY_KEPT) {
		g_string_free(session->body, TRUE);
		session->body = g_string_new(NULL);
	}
	g_string_truncate(session->body, 0);
	session->is_over_limit = session->has_several = session->goes_away = false;
	session->is_outgoing = false;
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

/* May this owner's people be learnt? */
static bool
may_learn(const Session *session, const char *owner)
{
	return owner != NULL && assessor_store(session->assessor) != NULL &&
	       settings_flag_for(settings_of(session), SETTING_PEOPLE_LEARN, owner);
}

void
session_begin(Session *session, Assessor *assessor, const Sender *sender)
{
	g_autofree char *author = NULL;

	session_reset(session);
	session->assessor = assessor_ref(assessor);
	session->client = g_strdup(sender->host);
	session->is_outgoing = owners_is_outgoing(owners_of(session), sender);
	if (!session->is_outgoing)
		return;
	author = owners_of_sender(owners_of(session), sender);
	if (may_learn(session, author)) {
		session->author = g_steal_pointer(&author);
		session->sender = g_strdup(sender->address);
	}
}

bool
session_in_mail(const Session *session)
{
	return session->assessor != NULL;
}

void
session_recipient(Session *session, const char *address, RecipientPlace place)
{
	g_autofree char *owner = owners_of_address(owners_of(session), address);

	if (session->author != NULL &&
	    session->recipients->len <=
		settings_number(settings_of(session), SETTING_PEOPLE_RECIPIENTS))
		g_ptr_array_add(session->recipients, g_strdup(address));
	session->goes_away |= place == RECIPIENT_AWAY;
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
	Field field = field_of(name);

	if (field != FIELD_LAST)
		session->ours[field]++;
	else
		head_add(session->head, name, value);
}

static bool
has_ours(const Session *session)
{
	for (size_t i = 0; i < FIELD_LAST; i++)
		if (session->ours[i] > 0)
			return true;

	return false;
}

static bool
is_observing(const Session *session)
{
	return g_str_equal(settings_text(settings_of(session), SETTING_MODE), "observe");
}

SessionNext
session_head_done(Session *session)
{
	/* Of a head beyond its limits nobody can say, so the log shall. */
	if (!session->is_outgoing &&
	    (assessor_claims(session->assessor, session->head) ||
	     head_is_over(session->head)))
		session->next = SESSION_KEEP;
	else if ((has_ours(session) && !is_observing(session)) || session->author != NULL)
		session->next = SESSION_SKIP;
	else
		session->next = SESSION_ACCEPT;

	if (session->next == SESSION_KEEP) {
		/* Most invitations fit, and so their bodies are not moved about. */
		if (session->body->allocated_len < BODY_KEPT) {
			g_string_free(session->body, TRUE);
			session->body = g_string_sized_new(BODY_KEPT - 1);
		}
		head_write(session->head, session->body);
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

/* Trouble is told without the text of the mail. */
static void
add_trouble(Edits *edits, const char *what, const char *why)
{
	g_ptr_array_add(edits->troubles, g_strdup_printf("%s: %s", what, why));
}

/* What the sender wrote under our names, from the highest index down. */
static void
delete_ours(const Session *session, Edits *edits)
{
	for (size_t field = 0; field < FIELD_LAST; field++)
		if (session->ours[field] > 0)
			edits_delete(edits, field_name((Field)field), session->ours[field]);
}

/* May it stand in a field that we write: printable ASCII, no line long or blank? */
static bool
is_plain(const char *value)
{
	size_t column = 0;

	for (const char *c = value; *c != '\0'; c++) {
		const char *next = c + 1 + strspn(c + 1, " \t");

		if (*c == '\n' && (next == c + 1 || *next == '\n' || *next == '\0'))
			return false;
		if (*c != '\n' && *c != '\t' && !g_ascii_isprint(*c))
			return false;
		column = *c == '\n' ? 0 : column + 1;
		if (column > SUBJECT_LINE_MAX)
			return false;
	}

	return true;
}

/* The mail's subject as it stands, or written anew where it must not; used: columns taken. */
static char *
subject_of(const Session *session, size_t used)
{
	const char *raw = head_get(session->head, "Subject");
	g_autoptr(GString) plain = g_string_new(raw != NULL ? raw : "");
	g_autofree char *decoded = NULL;

	g_string_replace(plain, "\r", "", 0);
	g_strchug(plain->str);
	if (is_plain(plain->str))
		return g_strdup(plain->str);
	decoded = encoded_decode(plain->str);

	return encoded_field(decoded, ENCODED_TEXT, used);
}

/* Put the administrator's words before the subject, once. */
static void
tag_subject(const Session *session, Edits *edits, const Assessment *assessment)
{
	const char *words = settings_text(settings_of(session), SETTING_POLICY_SUBJECT);
	g_auto(GStrv) parts = g_strsplit(words, "%v", -1);
	g_autofree char *tag = g_strjoinv(verdict_name(assessment->verdict), parts);
	g_autofree char *encoded = encoded_field(tag, ENCODED_TEXT, strlen("Subject: "));
	g_autofree char *subject =
	    subject_of(session, strlen("Subject:  ") + strlen(encoded));
	g_autofree char *value = NULL;

	if (words[0] == '\0' || g_str_has_prefix(subject, encoded))
		return;
	value = g_strdup_printf("%s%s%s", encoded, subject[0] != '\0' ? " " : "", subject);
	edits_change(edits, "Subject", value);
}

/* The token for why the block does not go into this mail, or NULL. */
static const char *
no_banner(const Session *session, const Assessment *assessment)
{
	if (session->has_several)
		return "several-recipients";
	if (session->goes_away)
		return "leaves-site";
	if (assessment->has_fence)
		return "has-one";

	return NULL;
}

/* Returns what became of it, for the summary. */
static const char *
add_banner(const Session *session, Edits *edits, const Assessment *assessment)
{
	g_autofree char *fence = assessor_fence(session->assessor, session->owner);
	g_autofree char *text = NULL, *html = NULL;
	g_autoptr(GPtrArray) reasons = g_ptr_array_new_with_free_func(g_free);
	const char *why_not = no_banner(session, assessment);

	if (why_not == NULL &&
	    !banner_render(assessment, fence,
			   settings_text_for(settings_of(session), SETTING_SUGGESTION_MARK,
					     session->owner),
			   &text, &html))
		why_not = "no-words";
	if (why_not != NULL)
		return why_not;

	edits->body = insert_into(session->body->str, session->body->len, text, html, reasons);
	for (size_t i = 0; i < reasons->len; i++)
		add_trouble(edits, "no banner in a part", reasons->pdata[i]);

	return edits->body != NULL ? "yes" : "no-part";
}

/* One line of key=value in the order of the route; nothing in it is personal. */
static char *
summary_of(const Assessment *assessment, const Edits *edits, const char *banner)
{
	const Kind *kind = assessment->kind;
	g_autoptr(GString) line = g_string_new(NULL);

	g_string_append_printf(line, "network=%s kind=%s authenticity=%s",
			       assessment->network->name, kind != NULL ? kind->name : "none",
			       authenticity_name(assessment->authenticity));
	if (!assessment_is_recognised(assessment)) {
		g_string_append(line, " verdict=none");
		return g_strdup(line->str);
	}
	g_string_append_printf(
	    line, " request=%s relation=%s note=%s verdict=%s suggestion=%s action=%s "
			"banner=%s",
	    request_name(kind != NULL ? kind->request : REQUEST_NONE),
	    relation_name(assessment->relation),
	    note_class_name(assessment->note != NULL ? assessment->note->class : NOTE_NONE),
	    verdict_name(assessment->verdict), answer_name(assessment->suggestion->answer),
	    edits->fields->len > 0 ? "tag" : "none", banner);

	return g_strdup(line->str);
}

/* For debugging: what the summary leaves out. */
static char *
detail_of(const Assessment *assessment)
{
	const Invite *invite = assessment->invite;
	g_autofree char *name =
	    text_token(invite != NULL && invite->name != NULL ? invite->name : "", 64);
	g_autofree char *note =
	    text_token(invite != NULL && invite->note != NULL ? invite->note : "", 200);

	return g_strdup_printf("inviter=\"%s\" note=\"%s\"", name, note);
}

static void
plan(const Session *session, Edits *edits, const Assessment *assessment)
{
	const char *banner = "no";

	edits->is_recognised = assessment_is_recognised(assessment);
	edits->store_trouble = g_strdup(assessment->store_trouble);
	if (edits->is_recognised && !is_observing(session)) {
		fields_insert(edits, assessment,
			      session->has_several ? FIELDS_WITHOUT_REPLY
						   : FIELDS_WITH_REPLY);
		/* The subject is signed: where the mail leaves the site, others verify it. */
		if (!session->goes_away && !session->has_several)
			tag_subject(session, edits, assessment);
		if (settings_flag(settings_of(session), SETTING_POLICY_BANNER))
			banner = add_banner(session, edits, assessment);
	}
	if (assessment->network != NULL) {
		edits->summary = summary_of(assessment, edits, banner);
		edits->detail = detail_of(assessment);
	}
}

Edits *
session_end(Session *session, gint64 now)
{
	Edits *edits = edits_new();
	Delivery delivery = { session->owner, session->client, now };
	g_autoptr(GError) error = NULL;

	if (!is_observing(session))
		delete_ours(session, edits);
	if (session->next != SESSION_KEEP)
		return edits;
	if (session->is_over_limit) {
		add_trouble(edits, "passed unjudged", "over the limits of a mail");
		return edits;
	}

	session->assessment = assess(session->assessor, session->body->str,
				     session->body->len, &delivery, &error);
	if (session->assessment == NULL)
		add_trouble(edits, "passed unjudged", error->message);
	else
		plan(session, edits, session->assessment);

	return edits;
}

static bool
remember_sent(const Session *session, gint64 now, char **told_out, GError **error)
{
	SentMail mail = {
		.head = session->head,
		.sender = session->sender,
		.recipients = session->recipients,
		.most = settings_number(settings_of(session), SETTING_PEOPLE_RECIPIENTS),
		.seen = now,
	};
	SentLesson lesson;

	if (!learn_sent(assessor_store(session->assessor),
			assessor_rules(session->assessor), session->author, &mail, now,
			&lesson, error))
		return false;
	*told_out = g_strdup_printf("outgoing lesson=%s", sent_lesson_name(lesson));

	return true;
}

/* Whoever accepted the owner's invitation is known, if the network itself says so. */
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
	if (!learn_contacts(assessor_store(session->assessor),
			    assessor_rules(session->assessor), session->owner, &contact, 1,
			    now, &learnt, error))
		return false;
	*told_out = g_strdup_printf("accepted person=%s", learnt_name(learnt));

	return true;
}

static bool
is_acceptance(const Assessment *assessment)
{
	return assessment->authenticity == AUTHENTICITY_VERIFIED &&
	       assessment->kind != NULL && assessment->kind->notice == NOTICE_ACCEPTED;
}

/* A signed mail can be sent again to anybody; its To is signed with it. */
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

/* For each owner: whoever answers an invitation does not know its inviter by that. */
static bool
remember_invitation(const Session *session, gint64 now, GError **error)
{
	const Invite *invite = session->assessment->invite;

	for (size_t i = 0; i < session->owners->len; i++)
		if (may_learn(session, session->owners->pdata[i]) &&
		    !learn_invitation(assessor_store(session->assessor),
				      session->owners->pdata[i], session->head,
				      invite->address, now, error))
			return false;

	return true;
}

/* The mailbox that the network wrote to got the note, whoever else the mail is for. */
static bool
remember_note(const Session *session, gint64 now, GError **error)
{
	const Assessment *assessment = session->assessment;

	if (assessment->bulk_inviter == NULL)
		return true;
	for (size_t i = 0; i < session->owners->len; i++)
		if (g_str_equal(session->owners->pdata[i], assessment->addressee) &&
		    may_learn(session, session->owners->pdata[i]))
			return bulk_record(assessor_store(session->assessor),
					   assessment->addressee, assessment->bulk_inviter,
					   &assessment->note->fingerprint, now, error);

	return true;
}

bool
session_remember(Session *session, gint64 now, char **told_out, GError **error)
{
	const Assessment *assessment = session->assessment;

	*told_out = NULL;
	if (session->author != NULL)
		return remember_sent(session, now, told_out, error);
	/* Once is enough to wait for a store in trouble, and to be told of it. */
	if (assessment == NULL || assessment->store_trouble != NULL)
		return true;
	if (is_acceptance(assessment))
		return !may_learn(session, session->owner) || !is_to_owner(session) ||
		       remember_notice(session, now, told_out, error);

	/* A forgery's, too: who answers it shall not know its author from then on. */
	return !assessment_is_recognised(assessment) ||
	       (remember_invitation(session, now, error) &&
		remember_note(session, now, error));
}
