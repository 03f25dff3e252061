/* SPDX-License-Identifier: BSD-2-Clause */
/* report.c - what the log tells of a mail */

#include "config.h"

#include "edit/report.h"
#include "judge/kept.h"
#include "text/text.h"

/* The words of a line about people who were learnt. */
#define LEARNT "learnt"

void
report_clear(Report *report)
{
	log_record_free(report->summary);
	log_record_free(report->detail);
	g_free(report->store_trouble);
	g_clear_pointer(&report->troubles, g_ptr_array_unref);
	*report = (Report){ 0 };
}

void
report_trouble(Report *report, const char *format, ...)
{
	va_list arguments;

	if (report->troubles == NULL)
		report->troubles = g_ptr_array_new_with_free_func(g_free);
	va_start(arguments, format);
	g_ptr_array_add(report->troubles, g_strdup_vprintf(format, arguments));
	va_end(arguments);
}

size_t
report_troubles(const Report *report)
{
	return report->troubles != NULL ? report->troubles->len : 0;
}

/*
 * What tells the inviter from others at best, each kind with a word of its own; NULL
 * where the mail names nobody.
 */
static char *
identity_of(const Assessment *assessment)
{
	g_autoptr(StoreInvitation) inviter = kept_inviter(assessment);
	const char *profile = inviter->texts[STORE_INVITATION_PROFILE_KEY];
	const char *address = inviter->texts[STORE_INVITATION_ADDRESS];
	const char *name = inviter->texts[STORE_INVITATION_NAME_KEY];

	if (profile != NULL)
		return g_strdup_printf("profile %s", profile);
	if (address != NULL)
		return g_strdup_printf("address %s", address);

	return name != NULL
		   ? g_strdup_printf("name %s %s", assessment->network->name, name)
		   : NULL;
}

/*
 * Inviter and owner, by keyed hashes.  Without a secret anybody could find out the
 * address behind a hash by trying, so none is told.
 */
static void
add_people(LogRecord *record, const Assessment *assessment, const GPtrArray *owners)
{
	g_autoptr(GString) names = g_string_new(NULL);
	g_autofree char *identity = NULL, *inviter = NULL;

	if (!assessor_has_secret(assessment->assessor))
		return;
	identity = assessment->invite != NULL ? identity_of(assessment) : NULL;
	inviter = identity != NULL ? assessor_log_name(assessment->assessor, identity)
				   : g_strdup("none");
	log_record_add(record, "inviter", inviter);
	for (guint i = 0; owners != NULL && i < owners->len; i++) {
		g_autofree char *name =
		    assessor_log_name(assessment->assessor, owners->pdata[i]);

		g_string_append_printf(names, "%s%s", i > 0 ? "," : "", name);
	}
	log_record_add(record, "owner", names->len > 0 ? names->str : "many");
}

/* In the order of the route.  Nothing in it is personal. */
static LogRecord *
summary_of(const Assessment *assessment, const ReportDone *done)
{
	const Kind *kind = assessment->kind;
	const Note *note = assessment->note;
	LogRecord *record = log_record_new(NULL);

	log_record_add(record, "network", assessment->network->name);
	log_record_add(record, "kind", kind != NULL ? kind->name : "none");
	log_record_add(record, "authenticity",
		       authenticity_name(assessment->authenticity));
	if (!assess_is_recognised(assessment)) {
		log_record_add(record, "verdict", "none");
		return record;
	}
	log_record_add(record, "request",
		       network_request_name(kind != NULL ? kind->request : REQUEST_NONE));
	add_people(record, assessment, done->owners);
	log_record_add(record, "relation", relation_name(assessment->relation));
	log_record_add(record, "note",
		       note_class_name(note != NULL ? note->class : NOTE_NONE));
	log_record_add(record, "verdict", verdict_name(assessment->verdict));
	log_record_add(record, "suggestion",
		       verdict_answer_name(assessment->suggestion->answer));
	log_record_add(record, "action", done->actions);
	log_record_add(record, "banner", done->banner);

	return record;
}

/* A network's name is its file's, so the administrator may have any in it. */
char *
report_labels(const Report *report)
{
	g_autofree char *network = g_strdup(log_record_value(report->summary, "network"));

	return g_strdup_printf(
	    "network=\"%s\",verdict=\"%s\",authenticity=\"%s\"",
	    g_strcanon(network, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.", '_'),
	    log_record_value(report->summary, "verdict"),
	    log_record_value(report->summary, "authenticity"));
}

/* What the summary leaves out, for debugging. */
static LogRecord *
detail_of(const Assessment *assessment)
{
	const Invite *invite = assessment->invite;
	LogRecord *record = log_record_new(NULL);
	g_autofree char *name =
	    text_token(invite != NULL && invite->name != NULL ? invite->name : "", 64);
	g_autofree char *note =
	    text_token(invite != NULL && invite->note != NULL ? invite->note : "", 200);

	log_record_add_quoted(record, "inviter-name", name);
	log_record_add_quoted(record, "note-text", note);

	return record;
}

void
report_found(Report *report, const Assessment *assessment, const ReportDone *done)
{
	report->is_recognised = assess_is_recognised(assessment);
	report->store_trouble = g_strdup(assessment->store_trouble);
	if (assessment->network == NULL)
		return;
	report->summary = summary_of(assessment, done);
	report->detail = detail_of(assessment);
}

void
report_observing(Report *report)
{
	if (report->summary != NULL)
		log_record_add(report->summary, "mode", "observe");
	g_clear_pointer(&report->troubles, g_ptr_array_unref);
}

LogRecord *
report_learnt(const Assessor *assessor, const char *owner, const char *from,
	      const Learnt *results, size_t count)
{
	g_autofree char *name = assessor_log_name(assessor, owner);
	size_t all[LEARNT_LAST] = { 0 };
	LogRecord *record;

	for (size_t i = 0; i < count; i++)
		all[results[i]]++;
	if (all[LEARNT_NEW] + all[LEARNT_UPDATED] == 0)
		return NULL;

	record = log_record_new(LEARNT);
	log_record_add(record, "owner", name);
	log_record_add(record, "from", from);
	log_record_add_number(record, "new", all[LEARNT_NEW]);
	log_record_add_number(record, "updated", all[LEARNT_UPDATED]);

	return record;
}

bool
report_is_learnt(const LogRecord *record)
{
	return g_strcmp0(log_record_words(record), LEARNT) == 0;
}
