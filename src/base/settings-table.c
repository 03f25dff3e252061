/* SPDX-License-Identifier: BSD-2-Clause */
/* settings-table.c - every setting: its name, type, bounds, default and help */

#include "config.h"

#include <stdint.h>
#include <string.h>

#include "base/settings-table.h"

static const SettingRow rows[SETTING_LAST] = {
	[SETTING_SOCKET] = {
		{ "milter", "socket", "unix:/var/spool/postfix/invite-milter/milter.sock",
		  "where the MTA finds us: "
		  "unix:PATH, inet:PORT@HOST or inet6:PORT@HOST" },
		SETTING_TYPE_SOCKET,
	},
	[SETTING_SOCKET_MODE] = {
		{ "milter", "socket-mode", "0660", "permissions of a unix socket" },
		SETTING_TYPE_MODE,
	},
	[SETTING_SOCKET_OWNER] = {
		{ "milter", "socket-owner", "", "user that owns a unix socket" },
		SETTING_TYPE_TEXT,
	},
	[SETTING_SOCKET_GROUP] = {
		{ "milter", "socket-group", "", "group that owns a unix socket" },
		SETTING_TYPE_TEXT,
	},
	[SETTING_ALLOW_REMOTE] = {
		{ "milter", "allow-remote", "no",
		  "let the socket be one that other hosts can reach" },
		SETTING_TYPE_FLAG,
	},
	[SETTING_USER] = {
		{ "milter", "user", "invite-milter",
		  "user that the daemon runs as where root starts it" },
		SETTING_TYPE_TEXT,
	},
	[SETTING_CONTROL] = {
		{ "milter", "control", "unix:" RUNSTATEDIR "/invite-milter/control.sock",
		  "where invitectl finds us, for users: "
		  "unix:PATH, or nothing for nowhere" },
		SETTING_TYPE_MAYBE_SOCKET,
	},
	[SETTING_MODE] = {
		{ "milter", "mode", "enforce",
		  "enforce, or observe: judge and log everything, change nothing" },
		SETTING_TYPE_WORD, .words = "enforce|observe",
	},
	[SETTING_TRUST_AUTHSERV_ID] = {
		{ "trust", "authserv-id", "",
		  "names whose Authentication-Results fields are believed" },
		SETTING_TYPE_TEXT,
	},
	[SETTING_TRUST_ARC_SEALERS] = {
		{ "trust", "arc-sealers", "",
		  "domains that are believed on what "
		  "they found in mail that they forwarded" },
		SETTING_TYPE_DOMAINS,
	},
	[SETTING_TRUST_OWN_NETWORKS] = {
		{ "trust", "own-networks", "",
		  "clients whose mail is outgoing without a login: "
		  "192.0.2.0/24 2001:db8::/32" },
		SETTING_TYPE_NETWORKS,
	},
	[SETTING_TRUST_OWN_HOSTS] = {
		{ "trust", "own-hosts", "",
		  "names of the site's MTAs, whose Received fields are believed" },
		SETTING_TYPE_DOMAINS,
	},
	[SETTING_TRUST_REWRITERS] = {
		{ "trust", "rewriters", "",
		  "hosts of gateways of yours that put themselves before links" },
		SETTING_TYPE_TEXT,
	},
	[SETTING_TRUST_OWN_DAEMONS] = {
		{ "trust", "own-daemons", "",
		  "the MTA's daemons, by their {daemon_name}, whose mail is outgoing" },
		SETTING_TYPE_TEXT,
	},
	[SETTING_PEOPLE_STORE] = {
		{ "people", "store",
		  SETTINGS_STORE_SQLITE LOCALSTATEDIR "/lib/invite-milter/people.sqlite",
		  "where it is kept who knows whom" },
		SETTING_TYPE_STORE,
	},
	[SETTING_PEOPLE_DELIMITER] = {
		{ "people", "recipient-delimiter", "+",
		  "what stands between a mailbox and its detail: user+detail@domain" },
		SETTING_TYPE_TEXT,
	},
	[SETTING_PEOPLE_ALIASES] = {
		{ "people", "aliases", "",
		  "other addresses of a mailbox, info@a.example=jane@a.example "
		  "@b.example=@a.example; or a file of them" },
		SETTING_TYPE_TEXT,
	},
	[SETTING_PEOPLE_DOMAIN] = {
		{ "people", "domain", "",
		  "domain of the mailboxes of users and of logins without one" },
		SETTING_TYPE_DOMAIN,
	},
	[SETTING_PEOPLE_LEARN] = {
		{ "people", "learn", "yes",
		  "learn from outgoing mail and from networks' notices" },
		SETTING_TYPE_FLAG, .by_recipient = true,
	},
	[SETTING_PEOPLE_KEEP] = {
		{ "people", "keep", "0",
		  "forget whom nothing was seen of for so many days; 0: never" },
		SETTING_TYPE_NUMBER, .low = 0, .high = 36500, .by_recipient = true,
	},
	[SETTING_PEOPLE_KEEP_INVITATIONS] = {
		{ "people", "keep-invitations", "90",
		  "list invitations, with their notes, for so many days; "
		  "no: not at all" },
		SETTING_TYPE_NUMBER, .low = 0, .high = 36500, .takes_no = true,
		.by_recipient = true,
	},
	[SETTING_PEOPLE_EXPIRE_INVITATIONS] = {
		{ "people", "expire-invitations", "30",
		  "an invitation that nobody answered for so many days has expired; "
		  "0: never" },
		SETTING_TYPE_NUMBER, .low = 0, .high = 36500, .by_recipient = true,
	},
	[SETTING_PEOPLE_LIMIT] = {
		{ "people", "limit", "50000",
		  "people of one mailbox's owner; "
		  "nobody new is learnt beyond them; 0: no limit" },
		SETTING_TYPE_NUMBER, .low = 0, .high = 100000000,
	},
	[SETTING_PEOPLE_RECIPIENTS] = {
		{ "people", "recipients", "20",
		  "an outgoing mail to more of them teaches nothing" },
		SETTING_TYPE_NUMBER, .low = 1, .high = 100,
	},
	[SETTING_PEOPLE_ABOUT] = {
		{ "people", "about", "",
		  "what a note may mention of the recipient: "
		  "FOSDEM, Acme, \"type systems\"" },
		SETTING_TYPE_TEXT, .by_recipient = true,
	},
	[SETTING_PEOPLE_COLLEAGUES] = {
		{ "people", "colleagues", "",
		  "domains whose people are known: "
		  "authors there whom a signature or a login proves" },
		SETTING_TYPE_DOMAINS, .by_recipient = true,
	},
	[SETTING_PEOPLE_CURATORS] = {
		{ "people", "curators", "",
		  "users who may speak for any mailbox, such as vmail" },
		SETTING_TYPE_TEXT,
	},
	[SETTING_POLICY_BANNER] = {
		{ "policy", "banner", "no",
		  "put a block with the suggestion and "
		  "the reply on top of an invitation" },
		SETTING_TYPE_FLAG,
	},
	[SETTING_POLICY_SUBJECT] = {
		{ "policy", "subject", "",
		  "words to put before an invitation's subject; %v is the verdict" },
		SETTING_TYPE_TEXT,
	},
	[SETTING_POLICY_OWN_DOMAINS] = {
		{ "policy", "own-domains", "",
		  "domains of the site: a redirect to them does not leave it" },
		SETTING_TYPE_DOMAINS,
	},
	[SETTING_POLICY_NETWORKS] = {
		{ "policy", "networks", "all",
		  "networks whose mail is judged: linkedin xing, "
		  "or all, or -calendar for all others" },
		SETTING_TYPE_TEXT, .by_recipient = true,
	},
	[SETTING_POLICY_MAP] = {
		{ "policy", "map", "",
		  "a file of recipients and domains, one a line, each with its class" },
		SETTING_TYPE_TEXT,
	},
	[SETTING_SUGGESTION_LANGUAGE] = {
		{ "suggestion", "language", "en",
		  "language of reply and banner where the mail does not tell one" },
		SETTING_TYPE_TEXT, .by_recipient = true,
	},
	[SETTING_SUGGESTION_TONE] = {
		{ "suggestion", "tone", "friendly",
		  "tone of the reply: friendly, brief (one sentence) or formal" },
		SETTING_TYPE_WORD, .words = "friendly|brief|formal", .by_recipient = true,
	},
	[SETTING_SUGGESTION_REPLIES] = {
		{ "suggestion", "replies", "",
		  "files of one's own whose texts go before ours: "
		  "jane.reply, house.reply" },
		SETTING_TYPE_TEXT, .by_recipient = true,
	},
	[SETTING_SUGGESTION_MARK] = {
		{ "suggestion", "mark", "",
		  "word shown in the banner instead of the mark by the secret" },
		SETTING_TYPE_MARK, .high = 32, .by_recipient = true,
	},
	[SETTING_SUGGESTION_MARK_SECRET] = {
		{ "suggestion", "mark-secret", "",
		  "file with the secret of all marks; "
		  "empty: mark.secret beside the store" },
		SETTING_TYPE_PATH,
	},
	[SETTING_DIGEST] = {
		{ "digest", "digest", "never",
		  "mail each owner a digest of the open invitations: "
		  "daily, weekly or never" },
		SETTING_TYPE_WORD, .words = "daily|weekly|never", .by_recipient = true,
	},
	[SETTING_DIGEST_HOUR] = {
		{ "digest", "digest-hour", "7", "hour from which it is sent" },
		SETTING_TYPE_NUMBER, .low = 0, .high = 23, .by_recipient = true,
	},
	[SETTING_DIGEST_WEEKDAY] = {
		{ "digest", "digest-weekday", "monday", "day of a weekly one" },
		SETTING_TYPE_WORD, .by_recipient = true,
		.words = "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
	},
	[SETTING_DIGEST_TIME_ZONE] = {
		{ "digest", "time-zone", "",
		  "zone of hour and day, Europe/Amsterdam; empty: the host's" },
		SETTING_TYPE_ZONE, .by_recipient = true,
	},
	[SETTING_DIGEST_UNANSWERED] = {
		{ "digest", "digest-unanswered", "14",
		  "days after which an answer that led to nothing is told of" },
		SETTING_TYPE_NUMBER, .low = 1, .high = 36500, .by_recipient = true,
	},
	[SETTING_DIGEST_FROM] = {
		{ "digest", "digest-from", "",
		  "address that it is from; empty: the owner's domain's postmaster" },
		SETTING_TYPE_ADDRESS, .by_recipient = true,
	},
	[SETTING_LIMITS_MAIL] = {
		{ "limits", "mail", "524288",
		  "largest mail that is judged, in bytes" },
		SETTING_TYPE_NUMBER, .low = 4096, .high = 4 * 1024 * 1024,
	},
	[SETTING_LIMITS_MAIL_TIME] = {
		{ "limits", "mail-time", "500",
		  "milliseconds in which a mail is judged for its recipients, "
		  "each by themselves" },
		SETTING_TYPE_NUMBER, .low = 1, .high = 60000,
	},
	[SETTING_LIMITS_MEMORY] = {
		{ "limits", "memory", "134217728",
		  "memory that all mails in flight may take, in bytes" },
		SETTING_TYPE_NUMBER, .low = 1024 * 1024, .high = INT32_MAX,
	},
	[SETTING_LIMITS_CONNECTIONS] = {
		{ "limits", "connections", "1000",
		  "connections of the MTA whose mails are judged at a time" },
		SETTING_TYPE_NUMBER, .low = 1, .high = 1000000,
	},
	[SETTING_LIMITS_STOP_TIME] = {
		{ "limits", "stop-time", "60",
		  "seconds that a stop waits for the mails in flight" },
		SETTING_TYPE_NUMBER, .low = 0, .high = 3600,
	},
	[SETTING_LIMITS_STOP_FRESH] = {
		{ "limits", "stop-fresh", "5",
		  "seconds of these for connections to begin their first mail" },
		SETTING_TYPE_NUMBER, .low = 0, .high = 3600,
	},
	[SETTING_LIMITS_STOP_NEW] = {
		{ "limits", "stop-new", "2",
		  "seconds of these in which new connections to a port are served" },
		SETTING_TYPE_NUMBER, .low = 0, .high = 3600,
	},
	[SETTING_METRICS_LISTEN] = {
		{ "metrics", "listen", "",
		  "where a monitor finds us: "
		  "unix:PATH or 127.0.0.1:PORT, or nothing for nowhere" },
		SETTING_TYPE_TEXT,
	},
	[SETTING_METRICS_FILE] = {
		{ "metrics", "file", "",
		  "file that is written each minute for a monitor that reads files" },
		SETTING_TYPE_PATH,
	},
	[SETTING_LOG_TARGET] = {
		{ "log", "target", "syslog",
		  "syslog or stderr" },
		SETTING_TYPE_WORD, .words = "syslog|stderr",
	},
	[SETTING_LOG_LEVEL] = {
		{ "log", "level", "info",
		  "error, info, or debug: names, notes and addresses too" },
		SETTING_TYPE_WORD, .words = "error|info|debug",
	},
	[SETTING_LOG_FORMAT] = {
		{ "log", "format", "text",
		  "text, or json: each line is an object" },
		SETTING_TYPE_WORD, .words = "text|json",
	},
};

const SettingRow *
settings_table_row(SettingName name)
{
	return &rows[name];
}

SettingName
settings_table_find(const char *section, const char *key)
{
	for (size_t i = 0; i < SETTING_LAST; i++)
		if ((section == NULL ? rows[i].by_recipient
				     : g_str_equal(section, rows[i].info.section)) &&
		    g_str_equal(key, rows[i].info.key))
			return (SettingName)i;

	return SETTING_LAST;
}

const char *
settings_table_section(const char *key)
{
	for (size_t i = 0; i < SETTING_LAST; i++)
		if (g_str_equal(key, rows[i].info.key))
			return rows[i].info.section;

	return NULL;
}

bool
settings_table_has_section(const char *section)
{
	for (size_t i = 0; i < SETTING_LAST; i++)
		if (g_str_equal(section, rows[i].info.section))
			return true;

	return false;
}

const char **
settings_table_names(const char *section)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (size_t i = 0; i < SETTING_LAST; i++)
		if (section == NULL && (i == 0 || !g_str_equal(rows[i].info.section,
							       rows[i - 1].info.section)))
			g_ptr_array_add(names, (char *)rows[i].info.section);
		else if (section != NULL && g_str_equal(section, rows[i].info.section))
			g_ptr_array_add(names, (char *)rows[i].info.key);
	if (section == NULL) {
		g_ptr_array_add(names, (char *)"recipient");
		g_ptr_array_add(names, (char *)"domain");
	}
	g_ptr_array_add(names, NULL);

	return (const char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

char *
settings_table_recipient_keys(void)
{
	g_autoptr(GString) keys = g_string_new(NULL);

	for (size_t i = 0; i < SETTING_LAST; i++)
		if (rows[i].by_recipient)
			g_string_append_printf(keys, "%s%s", keys->len > 0 ? ", " : "",
					       rows[i].info.key);

	return g_strdup(keys->str);
}
