/* SPDX-License-Identifier: BSD-2-Clause */
/* outgoing.c - whom does a mail that goes out make known? */

#include "config.h"

#include "milter/outgoing.h"
#include "milter/report.h"

struct Outgoing {
	char *author;          /* whose mail it is, if it teaches; else NULL */
	char *sender;          /* MAIL FROM, if there is an author */
	GPtrArray *recipients; /* char *, if there is an author */
};

Outgoing *
outgoing_new(const Assessor *assessor, const Sender *sender)
{
	Outgoing *outgoing = g_new0(Outgoing, 1);
	g_autofree char *author =
	    owners_of_sender(assessor_rules(assessor)->owners, sender);

	outgoing->recipients = g_ptr_array_new_with_free_func(g_free);
	if (assessor_learns(assessor, author)) {
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

bool
outgoing_remember(const Outgoing *outgoing, const Assessor *assessor, const Head *head,
		  gint64 now, char **told_out, GError **error)
{
	SentMail mail = {
		.head = head,
		.sender = outgoing->sender,
		.recipients = outgoing->recipients,
		.most = settings_number(assessor_settings(assessor),
					SETTING_PEOPLE_RECIPIENTS),
		.seen = now,
	};
	LearnSent sent;

	if (!learn_sent(assessor_store(assessor), assessor_rules(assessor),
			outgoing->author, &mail, now, &sent, error))
		return false;
	*told_out = report_learnt(assessor, outgoing->author, "outgoing", sent.results,
				  sent.count);
	if (*told_out == NULL)
		*told_out =
		    g_strdup_printf("outgoing lesson=%s", sent_lesson_name(sent.lesson));

	return true;
}
