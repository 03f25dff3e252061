/* SPDX-License-Identifier: BSD-2-Clause */
/* doctor-sendmail.c - the doctor's check of Sendmail's settings */

#include "config.h"

#include <string.h>

#include "base/input.h"
#include "base/trusted.h"
#include "ctl/doctor-sendmail.h"

#define FILTERS "O InputMailFilters="

/* What sendmail.cf says of us. */
typedef struct {
	char *name;  /* of the filter with our socket, or NULL */
	char *flags; /* "T", or "" */
	bool is_asked;
} Filter;

static void
filter_clear(Filter *filter)
{
	g_free(filter->name);
	g_free(filter->flags);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Filter, filter_clear)

/* "Xname, S=local:/path, F=T, T=…" */
static void
read_filter(Filter *filter, const char *line, const char *socket)
{
	g_auto(GStrv) parts = g_strsplit(line + 1, ",", -1);
	g_autofree char *flags = g_strdup("");
	bool is_ours = false;

	for (size_t i = 1; parts[0] != NULL && parts[i] != NULL; i++) {
		const char *part = g_strstrip(parts[i]);

		if (g_str_has_prefix(part, "S="))
			is_ours = g_str_has_suffix(part, socket);
		if (g_str_has_prefix(part, "F=")) {
			g_free(flags);
			flags = g_strdup(part + 2);
		}
	}
	if (!is_ours)
		return;
	filter_clear(filter);
	filter->name = g_strdup(g_strstrip(parts[0]));
	filter->flags = g_steal_pointer(&flags);
}

static void
read_lines(Filter *filter, char *const *lines, const char *socket)
{
	for (size_t i = 0; lines[i] != NULL; i++)
		if (lines[i][0] == 'X')
			read_filter(filter, lines[i], socket);
	for (size_t i = 0; filter->name != NULL && lines[i] != NULL; i++) {
		g_auto(GStrv) names = NULL;

		if (!g_str_has_prefix(lines[i], FILTERS))
			continue;
		names = settings_split(lines[i] + strlen(FILTERS));
		filter->is_asked |=
		    g_strv_contains((const char *const *)names, filter->name);
	}
}

void
doctor_sendmail_filters(Doctor *doctor)
{
	const char *file = doctor->sendmail;
	const char *socket = settings_text(doctor->settings, SETTING_SOCKET);
	g_autofree char *bytes = NULL;
	g_auto(GStrv) lines = NULL;
	g_auto(Filter) filter = { 0 };

	if (!input_file(file, TRUSTED_MAX_BYTES, &bytes, NULL, NULL))
		return;
	lines = g_strsplit(bytes, "\n", -1);
	read_lines(&filter, lines, doctor->socket != NULL ? doctor->socket : socket);
	if (filter.name == NULL)
		doctor_tell(doctor, DOCTOR_WRONG,
			    "%s: no filter has our socket; add to sendmail.mc "
			    "INPUT_MAIL_FILTER(`invite-milter', `S=local:%s, "
			    "%sT=C:5s;S:10s;R:10s;E:1m') and make sendmail.cf anew",
			    file, doctor->socket != NULL ? doctor->socket : socket,
			    doctor_has_banner(doctor) ? "F=T, " : "");
	else if (!filter.is_asked)
		doctor_tell(
		    doctor, DOCTOR_WRONG,
		    "%s: InputMailFilters does not name %s; use INPUT_MAIL_FILTER "
		    "for it in sendmail.mc, and make sendmail.cf anew",
		    file, filter.name);
	else if (doctor_has_banner(doctor) && strchr(filter.flags, 'T') == NULL)
		doctor_tell(
		    doctor, DOCTOR_WRONG,
		    "%s: banner is on and filter %s lacks F=T: a daemon that dies "
		    "over a mail would cost its body",
		    file, filter.name);
	else
		doctor_tell(doctor, DOCTOR_WELL, "%s: filter %s", file, filter.name);
}
