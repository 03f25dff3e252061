/* SPDX-License-Identifier: BSD-2-Clause */
/* doctor-mail.c - the doctor's test mails */

#include "config.h"

#include <string.h>

#include "base/data.h"
#include "ctl/doctor-mail.h"
#include "ctl/milter-client.h"
#include "ctl/postfix.h"
#include "ctl/sendmail.h"
#include "ctl/smtp-client.h"
#include "text/text.h"

#define MAIL "mails/test.eml"

/* The recipient of the test mail, whom its file names. */
#define RECIPIENT "postmaster@example.org"

/* Characters of our field that are shown. */
#define SHOWN_MAX 200

/* The file's mail, to this recipient; the caller's. */
static char *
test_mail(const char *recipient)
{
	g_autoptr(GBytes) bytes = data_bytes(MAIL, NULL);
	g_autoptr(GString) mail = NULL;
	gsize length;
	const char *text;

	g_assert(bytes != NULL);
	text = g_bytes_get_data(bytes, &length);
	mail = g_string_new_len(text, (gssize)length);
	g_string_replace(mail, RECIPIENT, recipient, 0);

	return g_strdup(mail->str);
}

/* Are there networks whose mail is not judged? */
static bool
are_some_left_out(const Doctor *doctor)
{
	return !g_str_equal(settings_text(doctor->settings, SETTING_POLICY_NETWORKS),
			    settings_info(SETTING_POLICY_NETWORKS)->fallback);
}

void
doctor_mail_milter(Doctor *doctor)
{
	const char *name = settings_text(doctor->settings, SETTING_SOCKET);
	bool observes = settings_is_observing(doctor->settings);
	g_autofree char *mail = test_mail(RECIPIENT), *value = NULL, *shown = NULL;
	g_autoptr(GError) error = NULL;

	/* It was told already that nobody listens. */
	if (doctor->socket != NULL && doctor->process <= 0)
		return;
	if (!milter_client_send(name, mail, RECIPIENT, "Invite-Verdict", &value,
				&error)) {
		doctor_tell(doctor, DOCTOR_WRONG, "test mail to the milter: %s",
			    error->message);
		doctor->is_to_restart = true;
	} else if (value == NULL && !observes && are_some_left_out(doctor)) {
		g_autofree char *place =
		    settings_source(doctor->settings, SETTING_POLICY_NETWORKS, NULL);

		doctor_tell(
		    doctor, DOCTOR_HINT,
		    "test mail to the milter: it was let go, for it is of a network that "
		    "is left out by %s",
		    place);
	} else if (value == NULL && !observes) {
		doctor_tell(
		    doctor, DOCTOR_WRONG,
		    "test mail to the milter: it was let go as no invitation; the "
		    "daemon's log and \"invitectl config networks\" say why");
	} else {
		/* The field comes folded. */
		shown = value != NULL ? text_clean(value, SHOWN_MAX) : NULL;
		doctor_tell(doctor, DOCTOR_WELL, "test mail to the milter: %s",
			    value != NULL ? shown : "seen, and not changed (observe)");
	}
}

/* Does mail by sendmail(1) come to us? */
static const char *
words_on_milters(const Doctor *doctor)
{
	g_autofree char *value = doctor->has_postfix
				     ? postfix_value(doctor->postfix, "non_smtpd_milters")
				     : g_strdup("?");

	return value[0] != '\0'
		   ? "look there for Invite-Verdict"
		   : "and these are none: it arrives without our fields, as mail by "
		     "SMTP does not";
}

/* By SMTP, as mail of others comes; false where nobody serves it. */
static bool
send_by_smtp(Doctor *doctor, const char *recipient, const char *mail)
{
	g_autofree char *place = doctor->has_postfix && !doctor->is_to_start_mta
				     ? postfix_smtp_place(doctor->postfix)
				     : NULL;
	g_autoptr(GError) error = NULL;

	if (place == NULL)
		return false;
	if (smtp_client_send(place, recipient, mail, &error)) {
		doctor_tell(doctor, DOCTOR_WELL,
			    "test mail to %s: handed in by SMTP at %s, which asks "
			    "smtpd_milters; look there for Invite-Verdict",
			    recipient, place);
		return true;
	}
	if (g_error_matches(error, SMTP_CLIENT_ERROR, SMTP_CLIENT_ERROR_NOBODY))
		return false;
	doctor_tell(doctor, DOCTOR_WRONG, "test mail to %s: by SMTP at %s: %s", recipient,
		    place, error->message);

	return true;
}

void
doctor_mail_mta(Doctor *doctor)
{
	const char *recipient = doctor->options->mail;
	g_autofree char *mail = recipient != NULL ? test_mail(recipient) : NULL;
	const Sendmail envelope = { .postfix = doctor->postfix, .to = recipient };
	g_autoptr(GError) error = NULL;

	if (recipient == NULL || send_by_smtp(doctor, recipient, mail))
		return;
	if (sendmail_hand_over(&envelope, mail, strlen(mail), &error)) {
		doctor_tell(doctor, doctor->is_to_start_mta ? DOCTOR_HINT : DOCTOR_WELL,
			    "test mail to %s: handed in by sendmail(1), %swhich asks "
			    "non_smtpd_milters; %s",
			    recipient,
			    doctor->is_to_start_mta ? "waits until Postfix runs, " : "",
			    words_on_milters(doctor));
		return;
	}
	doctor_tell(doctor, DOCTOR_WRONG, "test mail to %s: %s", recipient,
		    error->message);
}
