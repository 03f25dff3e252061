/* SPDX-License-Identifier: BSD-2-Clause */
/* digest-mail.c - a digest as a mail */

#include "config.h"

#include "digest/digest-mail.h"
#include "digest/schedule.h"
#include "mail/compose.h"
#include "text/address.h"

char *
digest_mail_from(const DigestAsk *ask)
{
	const char *from = settings_text_for(assessor_settings(ask->assessor),
					     SETTING_DIGEST_FROM, ask->owner);
	const char *domain = address_domain(ask->owner);

	return from[0] != '\0' ? g_strdup(from)
			       : g_strconcat("postmaster@", domain, NULL);
}

GString *
digest_mail(const DigestAsk *ask, const Digest *digest, gint64 period, GError **error)
{
	const Settings *settings = assessor_settings(ask->assessor);
	g_autofree char *from = digest_mail_from(ask),
			*count = g_strdup_printf("%zu", digest->worth),
			*day = schedule_day(settings, ask->owner, ask->now),
			*text = document_text(digest->document),
			*html = document_html(digest->document, digest->language);
	g_autofree char *sum =
	    g_compute_checksum_for_string(G_CHECKSUM_SHA256, ask->owner, -1);
	g_autofree char *id = g_strdup_printf("digest.%" G_GINT64_FORMAT ".%.16s@%s",
					      period, sum, address_domain(from));
	const DigestHoles holes = { .count = count, .day = day };
	g_autofree char *subject =
	    digest_words_text(ask->words, digest->language, DIGEST_WORD_SUBJECT, &holes);
	g_autofree char *name =
	    digest_words_text(ask->words, digest->language, DIGEST_WORD_FROM, &holes);
	g_autoptr(GDateTime) date = schedule_time(settings, ask->owner, ask->now);
	const ComposeMail mail = {
		.from_name = name,
		.from = from,
		.to = ask->owner,
		.subject = subject,
		.list = "invitations",
		.message_id = id,
		.date = date,
		.text = text,
		.html = html,
	};

	return compose_mail(&mail, error);
}
