/* SPDX-License-Identifier: BSD-2-Clause */
/* status.c - how the daemon stands, for invitectl status */

#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "base/json.h"
#include "base/log.h"
#include "milter/status.h"

/* A longer request is another one, and not read for this. */
#define REQUEST_LENGTH 64

bool
status_is_asked(const char *request)
{
	g_autoptr(JsonObject) object =
	    strnlen(request, REQUEST_LENGTH) < REQUEST_LENGTH ? json_read(request) : NULL;

	return g_strcmp0(json_text(object, "do"), "status") == 0;
}

static void
begin(JsonBuilder *json, const char *key)
{
	json_builder_set_member_name(json, key);
	json_builder_begin_object(json);
}

static void
add_connections(JsonBuilder *json, const MetricsState *state, const Settings *settings)
{
	begin(json, "connections");
	json_add_number(json, "busy", (gint64)state->busy);
	json_add_number(json, "idle", (gint64)state->idle);
	json_add_number(json, "most",
			(gint64)settings_number(settings, SETTING_LIMITS_CONNECTIONS));
	json_builder_end_object(json);
}

/* A list for mails and for each verdict, the oldest hour first. */
static void
add_hours(JsonBuilder *json, Tally *tally)
{
	HoursOf hours[HOURS_COUNT];

	hours_read(&tally->hours, g_get_monotonic_time(), hours);
	begin(json, "hours");
	json_builder_set_member_name(json, "mails");
	json_builder_begin_array(json);
	for (size_t i = 0; i < HOURS_COUNT; i++)
		json_builder_add_int_value(json, (gint64)hours[i].mails);
	json_builder_end_array(json);
	for (size_t verdict = 0; verdict < VERDICT_LAST; verdict++) {
		json_builder_set_member_name(json, verdict_name((Verdict)verdict));
		json_builder_begin_array(json);
		for (size_t i = 0; i < HOURS_COUNT; i++)
			json_builder_add_int_value(json,
						   (gint64)hours[i].verdicts[verdict]);
		json_builder_end_array(json);
	}
	json_builder_end_object(json);
}

static void
add_settings(JsonBuilder *json, const MetricsState *state, const Assessor *assessor)
{
	g_autoptr(GPtrArray) changed = assessor_changed(assessor);
	const Settings *settings = assessor_settings(assessor);

	begin(json, "settings");
	json_add_number(json, "read", state->configured);
	json_add_texts(json, "changed", changed);
	json_add_text(json, "mode", settings_text(settings, SETTING_MODE));
	json_add_text(json, "authserv_id",
		      settings_text(settings, SETTING_TRUST_AUTHSERV_ID));
	json_builder_end_object(json);
}

static gint64
size_of(const char *path, const char *suffix)
{
	g_autofree char *whole = g_strconcat(path, suffix, NULL);
	struct stat info;

	return stat(whole, &info) == 0 ? (gint64)info.st_size : 0;
}

/*
 * How many owners it has, and how large it is.  People are not counted: there are many.
 */
static void
add_store(JsonBuilder *json, const Settings *settings, Store *store)
{
	const char *place = settings_text(settings, SETTING_PEOPLE_STORE);
	const char *path = place + strlen(SETTINGS_STORE_SQLITE);
	g_autofree char *folder = g_path_get_dirname(path);
	g_autoptr(GPtrArray) owners = NULL;
	g_autoptr(GError) error = NULL;
	struct statvfs disk;

	begin(json, "store");
	if (store_owners(store, &owners, &error))
		json_add_number(json, "owners", owners->len);
	else
		json_add_text(json, "trouble", error->message);
	json_add_number(json, "bytes", size_of(path, "") + size_of(path, "-wal"));
	if (statvfs(folder, &disk) == 0)
		json_add_number(json, "free",
				(gint64)disk.f_bavail * (gint64)disk.f_frsize);
	json_builder_end_object(json);
}

static void
add_limits(JsonBuilder *json, Tally *tally)
{
	begin(json, "limits_met");
	for (size_t i = 0; i < SESSION_BEYOND_LAST; i++)
		if (tally_limits[i] != NULL)
			json_add_number(json, tally_limits[i],
					(gint64)atomic_load(&tally->beyond[i]));
	json_builder_end_object(json);
}

char *
status_answer(Tally *tally, const MetricsState *state, const Assessor *assessor,
	      Store *store)
{
	g_autoptr(JsonBuilder) json = json_builder_new();
	const Settings *settings = assessor_settings(assessor);

	json_builder_begin_object(json);
	begin(json, "status");
	json_add_text(json, "version", PACKAGE_VERSION);
	json_add_number(json, "uptime", state->uptime);
	json_add_number(json, "memory", (gint64)metrics_memory());
	add_connections(json, state, settings);
	json_add_number(json, "mails", (gint64)atomic_load(&tally->mails));
	json_add_number(json, "recognised", (gint64)atomic_load(&tally->recognised));
	add_hours(json, tally);
	add_settings(json, state, assessor);
	add_store(json, settings, store);
	add_limits(json, tally);
	json_add_number(json, "troubles", (gint64)atomic_load(&tally->troubles));
	json_add_number(json, "store_troubles",
			(gint64)atomic_load(&tally->store_troubles));
	json_add_number(json, "log_dropped", (gint64)log_dropped());
	json_builder_end_object(json);
	json_builder_end_object(json);

	return json_line(json);
}
