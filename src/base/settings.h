/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	settings - what the administrator chose
 *
 * DESCRIPTION
 *	Reads invite-milter.conf by one table: section, key, type, bounds,
 *	default, help.  Every setting has a default, so a file that does not
 *	exist is an error only where it was named.  An unknown section or key,
 *	or a value out of bounds, is an error that names file, line, key and
 *	the nearest known one.
 *
 *	Settings are immutable and reference-counted; a reload makes new ones.
 *
 * SEE ALSO
 *	invite-milter.conf(5), which check_settings holds against the table
 */
#ifndef SETTINGS_H
#define SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/keyfile.h"

/* What the programs read where no file is named; it may be missing. */
#define SETTINGS_FILE SYSCONFDIR "/invite-milter/invite-milter.conf"

/* Stands before the path where [people] store names a file of SQLite. */
#define SETTINGS_STORE_SQLITE "sqlite:"

typedef struct Settings Settings;

typedef enum {
	SETTING_SOCKET, /* unix:PATH or inet:PORT@HOST */
	SETTING_SOCKET_MODE,
	SETTING_SOCKET_OWNER,
	SETTING_SOCKET_GROUP,
	SETTING_ALLOW_REMOTE,
	SETTING_USER,               /* whom the daemon becomes where root starts it */
	SETTING_CONTROL,            /* unix:PATH, or "" for none */
	SETTING_MODE,               /* "enforce" or "observe" */
	SETTING_TRUST_AUTHSERV_ID,  /* names separated by blanks or commas; "" for none */
	SETTING_TRUST_ARC_SEALERS,  /* domains, "" for none */
	SETTING_TRUST_OWN_NETWORKS, /* "10.0.0.0/8 ::1", "" for none */
	SETTING_TRUST_OWN_HOSTS,    /* names of the site's MTAs, "" for none */
	SETTING_TRUST_REWRITERS,    /* hosts of the site's link gateways, "" for none */
	SETTING_TRUST_OWN_DAEMONS,  /* names of the MTA's daemons, "" for none */
	SETTING_PEOPLE_STORE,       /* sqlite:PATH */
	SETTING_PEOPLE_DELIMITER,   /* of "+detail"; "" for none */
	SETTING_PEOPLE_ALIASES,     /* FROM=TO, … or the path of a file of them */
	SETTING_PEOPLE_DOMAIN,      /* of logins without one, "" for the sender's */
	SETTING_PEOPLE_LEARN,
	SETTING_PEOPLE_KEEP,               /* days; 0 for ever */
	SETTING_PEOPLE_KEEP_INVITATIONS,   /* days; 0, "no" for not at all */
	SETTING_PEOPLE_EXPIRE_INVITATIONS, /* days; 0 for never */
	SETTING_PEOPLE_LIMIT,              /* people of one owner; 0: no limit */
	SETTING_PEOPLE_RECIPIENTS,         /* a mail to more teaches nothing */
	SETTING_PEOPLE_ABOUT,              /* FOSDEM, Acme, "type systems" */
	SETTING_PEOPLE_COLLEAGUES,         /* domains, "" for none */
	SETTING_PEOPLE_CURATORS,           /* users who may name any owner, "" for none */
	SETTING_POLICY_BANNER,
	SETTING_POLICY_SUBJECT,      /* "" for none */
	SETTING_POLICY_OWN_DOMAINS,  /* to which a redirect leaves nothing, "" for none */
	SETTING_POLICY_NETWORKS,     /* "all", "linkedin xing", "-calendar" */
	SETTING_POLICY_MAP,          /* path of a file of recipients, "" for none */
	SETTING_SUGGESTION_LANGUAGE, /* a code such as "en" */
	SETTING_SUGGESTION_TONE,     /* "friendly", "brief" or "formal" */
	SETTING_SUGGESTION_REPLIES,  /* paths of files of one's own, "" for none */
	SETTING_SUGGESTION_MARK,     /* "" for one by the secret */
	SETTING_SUGGESTION_MARK_SECRET, /* path, "" for the one beside the store */
	SETTING_DIGEST,                 /* "daily", "weekly" or "never" */
	SETTING_DIGEST_HOUR,            /* from which it is sent */
	SETTING_DIGEST_WEEKDAY,         /* "monday", … */
	SETTING_DIGEST_TIME_ZONE,       /* "Europe/Amsterdam", "" for the host's */
	SETTING_DIGEST_UNANSWERED,      /* days */
	SETTING_DIGEST_FROM,            /* an address, "" for the domain's postmaster */
	SETTING_LIMITS_MAIL,            /* bytes */
	SETTING_LIMITS_MAIL_TIME,       /* milliseconds */
	SETTING_LIMITS_MEMORY,          /* bytes */
	SETTING_LIMITS_CONNECTIONS,
	SETTING_LIMITS_STOP_TIME, /* seconds, as the next two */
	SETTING_LIMITS_STOP_FRESH,
	SETTING_LIMITS_STOP_NEW,
	SETTING_METRICS_LISTEN, /* a place, or "" */
	SETTING_METRICS_FILE,   /* a path, or "" */
	SETTING_LOG_TARGET,     /* "syslog", "stderr" or "both" */
	SETTING_LOG_LEVEL,      /* "error", "info" or "debug" */
	SETTING_LOG_FORMAT,     /* "text" or "json" */
	SETTING_LAST
} SettingName;

/* A row of the table, for the tests that compare the manual with it. */
typedef struct {
	const char *section;
	const char *key;
	const char *fallback; /* the default, as it would be written in the file */
	const char *help;
} SettingsInfo;

const SettingsInfo *settings_info(SettingName name);

/* path NULL: all defaults, and no data files but ours. */
Settings *settings_new(const char *path, GError **error);
Settings *settings_ref(Settings *settings);
void settings_unref(Settings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Settings, settings_unref)

/*
 * The folder of the file, in which the administrator's networks/, languages/ and
 * other data stand; NULL where no file was read.
 */
const char *settings_folder(const Settings *settings);

/*
 * The file, or NULL.  policy.h reads its sections "policy …", and the keys of
 * [policy] that are no settings.
 */
const Keyfile *settings_keyfile(const Settings *settings);

const char *settings_text(const Settings *settings, SettingName name);
bool settings_flag(const Settings *settings, SettingName name);
size_t settings_number(const Settings *settings, SettingName name);

/* Is [milter] mode = observe, by which no mail is changed? */
bool settings_is_observing(const Settings *settings);

/*
 * The same for one recipient, lower case, or NULL for none: [recipient ADDRESS] before
 * [domain DOMAIN] before the general setting.
 */
const char *settings_text_for(const Settings *settings, SettingName name,
			      const char *recipient);
bool settings_flag_for(const Settings *settings, SettingName name, const char *recipient);
size_t settings_number_for(const Settings *settings, SettingName name,
			   const char *recipient);

/* All values of a setting, the general one and those for recipients; borrowed texts. */
GPtrArray *settings_values(const Settings *settings, SettingName name);

/*
 * Where it is said: "FILE:LINE: [section] key", the first place that gives it this
 * value; "default: [section] key" where none does.  The caller's.
 */
char *settings_place(const Settings *settings, SettingName name, const char *value);

/*
 * Where settings_text_for() has the value from: "FILE:LINE: [domain example.org] key",
 * or "default"; the caller's.
 */
char *settings_source(const Settings *settings, SettingName name, const char *recipient);

/* The words of a value, separated by blanks or commas; the caller's. */
char **settings_words(const Settings *settings, SettingName name);
char **settings_split(const char *value);

#endif
