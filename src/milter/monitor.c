/* SPDX-License-Identifier: BSD-2-Clause */
/* monitor.c - what the daemon tells of itself to log, monitors and users */

#include "config.h"

#include "milter/milter.h"
#include "milter/monitor.h"
#include "milter/status.h"

LogRecord *
monitor_counters(void)
{
	return tally_record(milter_tally(), milter_busy());
}

char *
monitor_metrics(void)
{
	const MetricsState state = milter_state();

	return metrics_text(milter_tally(), &state);
}

char *
monitor_status(Store *store)
{
	g_autoptr(Assessor) assessor = milter_assessor();
	const MetricsState state = milter_state();

	return status_answer(milter_tally(), &state, assessor, store);
}
