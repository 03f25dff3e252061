/* SPDX-License-Identifier: BSD-2-Clause */
/* tally.c - counts what became of mails, and logs it */

#include "config.h"

#include "base/log.h"
#include "milter/tally.h"

/* Each names the setting that an administrator may raise. */
static const char *const beyond[SESSION_BEYOND_LAST] = {
	[SESSION_BEYOND_CONNECTIONS] = "passed unjudged: more connections than [limits] "
				       "connections",
	[SESSION_BEYOND_MEMORY] = "passed unjudged: the mails in flight take what "
				  "[limits] memory allows",
	[SESSION_BEYOND_TIME] = "not judged for each recipient by themselves: it takes "
				"longer than [limits] mail-time, or too much work",
};

static void
log_rarely(Tally *tally, const char *id, const char *trouble)
{
	gint64 now = g_get_monotonic_time() / G_USEC_PER_SEC;
	size_t times;

	if (!rarely_is_due(&tally->rarely, trouble, now, &times))
		return;
	if (times > 1)
		log_error("%s: %s (%zu mails since the last line)", id != NULL ? id : "-",
			  trouble, times);
	else
		log_error("%s: %s", id != NULL ? id : "-", trouble);
}

void
tally_mail(Tally *tally)
{
	atomic_fetch_add(&tally->mails, 1);
}

void
tally_store(Tally *tally, const char *id, const char *trouble)
{
	g_autofree char *text = g_strconcat("the store: ", trouble, NULL);

	atomic_fetch_add(&tally->troubles, 1);
	log_rarely(tally, id, text);
}

void
tally_report(Tally *tally, const char *id, const Report *report)
{
	atomic_fetch_add(&tally->recognised, report->is_recognised);
	if (report->summary != NULL)
		log_info("%s: %s", id, report->summary);
	if (report->store_trouble != NULL)
		tally_store(tally, id, report->store_trouble);
	for (size_t i = 0; i < report_troubles(report); i++) {
		atomic_fetch_add(&tally->troubles, 1);
		log_error("%s: %s", id, (const char *)report->troubles->pdata[i]);
	}
	if (report->detail != NULL)
		log_debug("%s: %s", id, report->detail);
}

void
tally_beyond(Tally *tally, const char *id, const Session *session)
{
	if (session == NULL || session_beyond(session) == SESSION_WITHIN)
		return;

	atomic_fetch_add(&tally->beyond, 1);
	log_rarely(tally, id, beyond[session_beyond(session)]);
}

char *
tally_text(const Tally *tally, size_t busy)
{
	return g_strdup_printf(
	    "mails=%zu recognised=%zu troubles=%zu beyond-limits=%zu "
	    "busy=%zu",
	    atomic_load(&tally->mails), atomic_load(&tally->recognised),
	    atomic_load(&tally->troubles), atomic_load(&tally->beyond), busy);
}
