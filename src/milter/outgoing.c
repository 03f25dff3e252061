/* SPDX-License-Identifier: BSD-2-Clause */
/* outgoing.c - whom does a mail that goes out make known? */

#include "config.h"

#include "judge/kept.h"
#include "milter/outgoing.h"
#include "edit/report.h"

struct Outgoing {
	char *author; /* whose mail it is, if anything is kept of it; else NULL */
	char *sender; /* MAIL FROM, if there is an author */
	GPtrArray *recipients; /* char *, if there is an author */
};

Outgoing *
outgoing_new(const Assessor *assessor, const Sender *sender)
{
	Outgoing *outgoing = g_new0(Outgoing, 1);
	g_autofree char *author =
	    owners_of_sender(assessor_rules(assessor)->owners, sender);

	outgoing->recipients = g_ptr_array_new_with_free_func(g_free);
	if (assessor_learns(assessor, author) || kept_is_wanted(assessor, author)) {
		outgoing->author = g_steal_pointer(&author);
		outgoing->sender = g_strdup(sender->address);
	}

	return outgoing;
}

void
outgoing_free(Outgoing *outgoing)
{
	if (outgoing == NULL)
		return;

	g_free(outgoing->author);
	g_free(outgoing->sender);
	g_ptr_array_unref(outgoing->recipients);
	g_free(outgoing);
}

bool
outgoing_teaches(const Outgoing *outgoing)
{
	return outgoing->author != NULL;
}

void
outgoing_recipient(Outgoing *outgoing, const Assessor *assessor, const char *address)
{
	size_t most =
	    settings_number(assessor_settings(assessor), SETTING_PEOPLE_RECIPIENTS);

	/* One more than teach tells that there are too many. */
	if (outgoing->author != NULL && outgoing->recipients->len <= most)
		g_ptr_array_add(outgoing->recipients, g_strdup(address));
}

/* What is learnt of the mail. */
static bool
learn(const Outgoing *outgoing, const Assessor *assessor, const SentMail *mail,
      LogRecord **told_out, GError **error)
{
	LearnSent sent;

	if (!learn_sent(assessor_store(assessor), assessor_rules(assessor),
			outgoing->author, mail, mail->seen, &sent, error))
		return false;
	*told_out = report_learnt(assessor, outgoing->author, "outgoing", sent.results,
				  sent.count);
	if (*told_out == NULL) {
		*told_out = log_record_new("outgoing");
		log_record_add(*told_out, "lesson", sent_lesson_name(sent.lesson));
	}

	return true;
}

/* The author answered the invitations of those they wrote to; a machine answers none. */
static bool
answer(const Outgoing *outgoing, const Assessor *assessor, const SentMail *mail,
       GError **error)
{
	g_autoptr(GArray) contacts = NULL;

	return sent_lesson(mail, &contacts) != SENT_TEACHES ||
	       invitation_mailed(assessor_store(assessor), outgoing->author, contacts,
				 mail->seen, error);
}

bool
outgoing_remember(const Outgoing *outgoing, const Assessor *assessor, const Head *head,
		  gint64 now, LogRecord **told_out, GError **error)
{
	SentMail mail = {
		.head = head,
		.sender = outgoing->sender,
		.recipients = outgoing->recipients,
		.most = settings_number(assessor_settings(assessor),
					SETTING_PEOPLE_RECIPIENTS),
		.seen = now,
	};

	return (!assessor_learns(assessor, outgoing->author) ||
		learn(outgoing, assessor, &mail, told_out, error)) &&
	       (!kept_is_wanted(assessor, outgoing->author) ||
		answer(outgoing, assessor, &mail, error));
}
