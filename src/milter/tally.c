/* SPDX-License-Identifier: BSD-2-Clause */
/* tally.c - counts what became of mails, and logs it */

#include "config.h"

#include <string.h>

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

const char *const tally_limits[SESSION_BEYOND_LAST] = {
	[SESSION_BEYOND_CONNECTIONS] = "connections",
	[SESSION_BEYOND_MEMORY] = "memory",
	[SESSION_BEYOND_TIME] = "mail-time",
};

const char *const tally_decisions[TALLY_DECISIONS] = {
	[SESSION_ACCEPT] = "accept",
	[SESSION_SKIP] = "skip",
	[SESSION_KEEP] = "keep",
	[SESSION_REFUSE] = "refuse",
};

static const struct {
	gint64 below; /* microseconds */
	const char *name;
} buckets[TALLY_BUCKETS] = {
	{ 500, "0.0005" }, { 1000, "0.001" }, { 2000, "0.002" }, { 5000, "0.005" },
	{ 10000, "0.01" }, { 20000, "0.02" }, { 50000, "0.05" }, { 100000, "0.1" },
	{ 200000, "0.2" }, { 500000, "0.5" }, { 1000000, "1" },  { G_MAXINT64, "+Inf" },
};

const char *
tally_bucket_name(size_t bucket)
{
	return buckets[bucket].name;
}

static void
log_rarely(Tally *tally, const char *id, const char *trouble)
{
	gint64 now = g_get_monotonic_time() / G_USEC_PER_SEC;
	size_t times;

	if (!rarely_is_due(&tally->rarely, trouble, now, &times))
		return;
	if (times > 1)
		log_mail(LOG_AT_ERROR, id, "%s (%zu mails since the last line)", trouble,
			 times);
	else
		log_mail(LOG_AT_ERROR, id, "%s", trouble);
}

void
tally_mail(Tally *tally)
{
	atomic_fetch_add(&tally->mails, 1);
	hours_mail(&tally->hours, g_get_monotonic_time());
}

void
tally_store(Tally *tally, const char *id, const char *trouble)
{
	g_autofree char *text = g_strconcat("the store: ", trouble, NULL);

	atomic_fetch_add(&tally->troubles, 1);
	atomic_fetch_add(&tally->store_troubles, 1);
	log_rarely(tally, id, text);
}

void
tally_decision(Tally *tally, SessionNext next)
{
	atomic_fetch_add(&tally->decisions[next], 1);
}

void
tally_time(Tally *tally, gint64 microseconds)
{
	size_t bucket = 0;

	while (microseconds > buckets[bucket].below)
		bucket++;
	atomic_fetch_add(&tally->buckets[bucket], 1);
	atomic_fetch_add(&tally->microseconds, microseconds);
}

static void
count_judged(Tally *tally, const char *labels)
{
	size_t count;

	pthread_mutex_lock(&tally->lock);
	if (tally->judged == NULL)
		tally->judged =
		    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	count = GPOINTER_TO_SIZE(g_hash_table_lookup(tally->judged, labels));
	if (count > 0 || g_hash_table_size(tally->judged) < TALLY_MAX_JUDGED)
		g_hash_table_insert(tally->judged, g_strdup(labels),
				    GSIZE_TO_POINTER(count + 1));
	pthread_mutex_unlock(&tally->lock);
}

/* name: of a verdict, or "none". */
static void
count_verdict(Tally *tally, const char *name)
{
	for (size_t verdict = 0; verdict < VERDICT_LAST; verdict++)
		if (g_str_equal(verdict_name((Verdict)verdict), name))
			hours_verdict(&tally->hours, g_get_monotonic_time(),
				      (Verdict)verdict);
}

static int
compare_labels(gconstpointer left, gconstpointer right)
{
	return strcmp(left, right);
}

void
tally_each_judged(Tally *tally, TallyJudged *judged, void *data)
{
	GList *all = NULL;

	pthread_mutex_lock(&tally->lock);
	if (tally->judged != NULL)
		all = g_list_sort(g_hash_table_get_keys(tally->judged), compare_labels);
	for (GList *at = all; at != NULL; at = at->next)
		judged(data, at->data,
		       GPOINTER_TO_SIZE(g_hash_table_lookup(tally->judged, at->data)));
	pthread_mutex_unlock(&tally->lock);
	g_list_free(all);
}

void
tally_report(Tally *tally, const char *id, const Report *report)
{
	atomic_fetch_add(&tally->recognised, report->is_recognised);
	if (report->summary != NULL) {
		g_autofree char *labels = report_labels(report);

		count_judged(tally, labels);
		count_verdict(tally, log_record_value(report->summary, "verdict"));
		log_record(LOG_AT_INFO, id, report->summary);
	}
	if (report->store_trouble != NULL)
		tally_store(tally, id, report->store_trouble);
	for (size_t i = 0; i < report_troubles(report); i++) {
		atomic_fetch_add(&tally->troubles, 1);
		log_mail(LOG_AT_ERROR, id, "%s",
			 (const char *)report->troubles->pdata[i]);
	}
	if (report->detail != NULL)
		log_record(LOG_AT_DEBUG, id, report->detail);
}

void
tally_beyond(Tally *tally, const char *id, const Session *session)
{
	if (session == NULL || session_beyond(session) == SESSION_WITHIN)
		return;

	atomic_fetch_add(&tally->beyond[session_beyond(session)], 1);
	log_rarely(tally, id, beyond[session_beyond(session)]);
}

LogRecord *
tally_record(const Tally *tally, size_t busy)
{
	LogRecord *record = log_record_new(NULL);
	size_t beyond_limits = 0;

	for (size_t i = 0; i < SESSION_BEYOND_LAST; i++)
		beyond_limits += atomic_load(&tally->beyond[i]);

	log_record_add_number(record, "mails", atomic_load(&tally->mails));
	log_record_add_number(record, "recognised", atomic_load(&tally->recognised));
	log_record_add_number(record, "troubles", atomic_load(&tally->troubles));
	log_record_add_number(record, "beyond-limits", beyond_limits);
	log_record_add_number(record, "busy", busy);

	return record;
}
