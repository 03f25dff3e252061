/* SPDX-License-Identifier: BSD-2-Clause */
/* report.c - what the log tells of a mail */

#include "config.h"

#include "milter/report.h"
#include "text/text.h"

void
report_clear(Report *report)
{
	g_free(report->summary);
	g_free(report->labels);
	g_free(report->detail);
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

/* One line of key=value, in the order of the route.  Nothing in it is personal. */
static char *
summary_of(const Assessment *assessment, const char *actions, const char *banner)
{
	const Kind *kind = assessment->kind;
	g_autoptr(GString) line = g_string_new(NULL);

	g_string_append_printf(line, "network=%s kind=%s authenticity=%s",
			       assessment->network->name,
			       kind != NULL ? kind->name : "none",
			       authenticity_name(assessment->authenticity));
	if (!assess_is_recognised(assessment)) {
		g_string_append(line, " verdict=none");
		return g_strdup(line->str);
	}
	g_string_append_printf(
	    line,
	    " request=%s relation=%s note=%s verdict=%s suggestion=%s action=%s "
	    "banner=%s",
	    network_request_name(kind != NULL ? kind->request : REQUEST_NONE),
	    relation_name(assessment->relation),
	    note_class_name(
		assessment->note != NULL ? assessment->note->class : NOTE_NONE),
	    verdict_name(assessment->verdict),
	    verdict_answer_name(assessment->suggestion->answer), actions, banner);

	return g_strdup(line->str);
}

/* A network's name is its file's, so the administrator may have any in it. */
static char *
labels_of(const Assessment *assessment)
{
	g_autofree char *network = g_strdup(assessment->network->name);

	return g_strdup_printf(
	    "network=\"%s\",verdict=\"%s\",authenticity=\"%s\"",
	    g_strcanon(network, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.", '_'),
	    assess_is_recognised(assessment) ? verdict_name(assessment->verdict) : "none",
	    authenticity_name(assessment->authenticity));
}

/* What the summary leaves out, for debugging. */
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

void
report_found(Report *report, const Assessment *assessment, const char *actions,
	     const char *banner)
{
	report->is_recognised = assess_is_recognised(assessment);
	report->store_trouble = g_strdup(assessment->store_trouble);
	if (assessment->network == NULL)
		return;
	report->summary = summary_of(assessment, actions, banner);
	report->labels = labels_of(assessment);
	report->detail = detail_of(assessment);
}

void
report_observing(Report *report)
{
	g_autofree char *summary = g_steal_pointer(&report->summary);

	if (summary != NULL)
		report->summary = g_strconcat(summary, " mode=observe", NULL);
	g_clear_pointer(&report->troubles, g_ptr_array_unref);
}

char *
report_learnt(const Assessor *assessor, const char *owner, const char *from,
	      const Learnt *results, size_t count)
{
	g_autofree char *name = assessor_log_name(assessor, owner);
	size_t all[LEARNT_LAST] = { 0 };

	for (size_t i = 0; i < count; i++)
		all[results[i]]++;
	if (all[LEARNT_NEW] + all[LEARNT_UPDATED] == 0)
		return NULL;

	return g_strdup_printf(REPORT_LEARNT "owner=%s from=%s new=%zu updated=%zu", name,
			       from, all[LEARNT_NEW], all[LEARNT_UPDATED]);
}
