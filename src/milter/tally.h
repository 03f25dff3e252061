/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	tally - counts what became of mails, and logs it
 *
 * DESCRIPTION
 *	A mail that is recognised has a line of its own.  Trouble that may come
 *	with each mail, of the store or at a limit of all mails together, is
 *	logged once a minute for each of its kinds.
 *
 *	What is counted is for a log line (tally_record()) and for a monitor
 *	(metrics.h).
 *
 *	A Tally is static, and shared by all threads.  id: the mail's queue ID, or
 *	NULL.
 */
#ifndef TALLY_H
#define TALLY_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/rarely.h"
#include "edit/report.h"
#include "milter/hours.h"
#include "milter/session.h"

/* Bounds of the time that an invitation takes; the last one has none. */
#define TALLY_BUCKETS 12

/* What the end of a header decided: SessionNext. */
#define TALLY_DECISIONS (SESSION_REFUSE + 1)

/*
 * Kinds of outcomes that are counted.  Networks are the site's to add, so there is
 * no end to them by nature; what comes beyond is not counted.
 */
#define TALLY_MAX_JUDGED 4096

typedef struct {
	atomic_size_t mails, recognised, troubles, store_troubles;
	atomic_size_t decisions[TALLY_DECISIONS];
	atomic_size_t beyond[SESSION_BEYOND_LAST];
	atomic_size_t buckets[TALLY_BUCKETS], microseconds;
	pthread_mutex_t lock;
	GHashTable *judged; /* labels → number of mails; NULL: none; under lock */
	Rarely rarely;
	Hours hours;
} Tally;

#define TALLY_INIT                                                                       \
	{                                                                                \
		.lock = PTHREAD_MUTEX_INITIALIZER, .rarely = RARELY_INIT,                \
		.hours = HOURS_INIT                                                      \
	}

/* The names of what is counted; NULL: it is not. */
extern const char *const tally_decisions[TALLY_DECISIONS];
extern const char *const tally_limits[SESSION_BEYOND_LAST];

/* The bound of a bucket in seconds, as "0.005", or "+Inf". */
const char *tally_bucket_name(size_t bucket);

void tally_mail(Tally *tally);
void tally_report(Tally *tally, const char *id, const Report *report);
void tally_store(Tally *tally, const char *id, const char *trouble);

/* What the end of a mail's header decided. */
void tally_decision(Tally *tally, SessionNext next);

/* How long a mail was judged that was kept. */
void tally_time(Tally *tally, gint64 microseconds);

/* labels: network="…",verdict="…",authenticity="…" */
typedef void TallyJudged(void *data, const char *labels, size_t count);
void tally_each_judged(Tally *tally, TallyJudged *judged, void *data);

/* The limit that a mail met, if it met one; session may be NULL. */
void tally_beyond(Tally *tally, const char *id, const Session *session);

/* For the log, the caller's; busy: connections with a mail in flight. */
LogRecord *tally_record(const Tally *tally, size_t busy);

#endif
