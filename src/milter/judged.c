/* SPDX-License-Identifier: BSD-2-Clause */
/* judged.c - one mail, judged for each of its owners */

#include "config.h"

#include "milter/judged.h"

/*
 * Memory that an assessment may hold for each byte of its mail; measured: up to 3.7,
 * and the contents of the mail's parts are kept beside it.
 */
#define ASSESSMENT_SHARE 5

/* Judging one more waits until then for memory; 0: not at all. */
static bool
take_memory(Judged *judged, const JudgedMail *mail, gint64 until)
{
	size_t memory =
	    settings_number(assessor_settings(mail->assessor), SETTING_LIMITS_MEMORY);
	size_t bytes;

	if (judged->budget == NULL)
		return true;
	bytes = budget_work(judged->budget, mail->body->len * ASSESSMENT_SHARE, memory,
			    until);
	judged->working += bytes;

	return bytes > 0;
}

/* Judge for one owner, or for nobody (NULL). */
static Assessment *
judge_for(Judged *judged, const JudgedMail *mail, const char *owner, GError **error)
{
	Delivery delivery = { owner, mail->client, mail->now };
	Assessment *assessment =
	    assess_claim(mail->assessor, mail->claim, judged->mime, &delivery, error);

	if (assessment != NULL)
		g_ptr_array_add(judged->all, assessment);

	return assessment;
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

/* May it be judged for another owner, whose number this is?  For the first it may. */
static bool
has_time(Judged *judged, const JudgedMail *mail, guint owner, gint64 until)
{
	return owner == 0 ||
	       ((owner + 1) * mail->body->len <= JUDGED_MAX_STEPS &&
		g_get_monotonic_time() < until && take_memory(judged, mail, 0));
}

/* All owners are told only what holds for each. */
static bool
judge_all(Judged *judged, const JudgedMail *mail, gint64 until, GError **error)
{
	guint count = mail->owners->len <= JUDGED_MAX_OWNERS ? mail->owners->len : 0;
	bool are_same = true;

	for (guint i = 0; i < count; i++) {
		Assessment *assessment;

		if (!has_time(judged, mail, i, until)) {
			judged->left_over = count - i;
			break;
		}
		assessment = judge_for(judged, mail, mail->owners->pdata[i], error);
		if (assessment == NULL)
			return false;
		g_hash_table_insert(judged->by_owner, mail->owners->pdata[i], assessment);
		are_same = are_same && (judged->shown == NULL ||
					tell_the_same(judged->shown, assessment));
		judged->shown = assessment;
		/*
		 * What is no invitation to one owner is none to any, unless it is the
		 * owner who does not want its network judged.
		 */
		if (!assess_is_recognised(assessment) && !assessment->is_unwanted)
			break;
	}
	if (judged->shown == NULL || !are_same || judged->left_over > 0)
		judged->shown = judge_for(judged, mail, NULL, error);

	return judged->shown != NULL;
}

bool
judged_read(Judged *judged, const JudgedMail *mail, GError **error)
{
	size_t milliseconds =
	    settings_number(assessor_settings(mail->assessor), SETTING_LIMITS_MAIL_TIME);
	gint64 until = g_get_monotonic_time() + (gint64)milliseconds * 1000;
	bool is_judged;

	judged_clear(judged);
	judged->all = g_ptr_array_new_with_free_func((GDestroyNotify)assess_free);
	judged->by_owner = g_hash_table_new(g_str_hash, g_str_equal);
	judged->budget = mail->budget;

	/* While it waits for its turn, it is not judged. */
	if (judged->budget != NULL)
		until += budget_take_turn(judged->budget);
	if (take_memory(judged, mail, until))
		judged->mime = message_mime(mail->body->str, mail->body->len, error);
	is_judged = judged->mime != NULL && judge_all(judged, mail, until, error);
	if (judged->budget != NULL)
		budget_end_turn(judged->budget);

	return is_judged;
}

void
judged_clear(Judged *judged)
{
	g_clear_pointer(&judged->by_owner, g_hash_table_unref);
	g_clear_pointer(&judged->all, g_ptr_array_unref);
	g_clear_pointer(&judged->mime, mime_free);
	if (judged->working > 0)
		budget_done(judged->budget, judged->working);
	*judged = (Judged){ 0 };
}
