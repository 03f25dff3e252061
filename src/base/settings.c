/* SPDX-License-Identifier: BSD-2-Clause */
/* settings.c - what the administrator chose */

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>

#include "base/keyfile.h"
#include "base/settings.h"

/* The section of which policy.h reads the most. */
#define POLICY "policy"

typedef enum {
	TYPE_TEXT,
	TYPE_FLAG,     /* yes or no */
	TYPE_NUMBER,   /* from low to high */
	TYPE_MODE,     /* octal permissions */
	TYPE_WORD,     /* one of words, separated by "|" */
	TYPE_MARK,     /* letters, digits and "-", at most high of them */
	TYPE_NETWORKS, /* addresses, with a length of prefix or without */
	TYPE_DOMAINS,  /* example.org example.com */
	TYPE_STORE,    /* sqlite:PATH */
} SettingType;

typedef struct {
	SettingsInfo info;
	SettingType type;
	size_t low, high;  /* TYPE_NUMBER, TYPE_MARK */
	const char *words; /* TYPE_WORD */
	bool by_recipient; /* may stand in [recipient] and [domain] too */
} SettingRow;

static const SettingRow rows[SETTING_LAST] = {
	[SETTING_SOCKET] = { { "milter", "socket",
			       "unix:/var/spool/postfix/invite-milter/milter.sock",
			       "where the MTA finds us: unix:PATH, inet:PORT@HOST or "
			       "inet6:PORT@HOST" },
			     TYPE_TEXT },
	[SETTING_SOCKET_MODE] = { { "milter", "socket-mode", "0660",
				    "permissions of a unix socket" },
				  TYPE_MODE },
	[SETTING_SOCKET_OWNER] = { { "milter", "socket-owner", "",
				     "user that owns a unix socket" },
				   TYPE_TEXT },
	[SETTING_SOCKET_GROUP] = { { "milter", "socket-group", "",
				     "group that owns a unix socket" },
				   TYPE_TEXT },
	[SETTING_CONTROL] = { { "milter", "control",
				"unix:" RUNSTATEDIR "/invite-milter/control.sock",
				"where invitectl finds us, for users: unix:PATH, or "
				"nothing for nowhere" },
			      TYPE_TEXT },
	[SETTING_MODE] = { { "milter", "mode", "enforce",
			     "enforce, or observe: judge and log everything, change "
			     "nothing" },
			   TYPE_WORD,
			   .words = "enforce|observe" },
	[SETTING_TRUST_AUTHSERV_ID] = { { "trust", "authserv-id", "",
					  "names whose Authentication-Results fields are "
					  "believed" },
					TYPE_TEXT },
	[SETTING_TRUST_OWN_NETWORKS] = { { "trust", "own-networks", "",
					   "clients whose mail is outgoing without a "
					   "login: 192.0.2.0/24 2001:db8::/32" },
					 TYPE_NETWORKS },
	[SETTING_TRUST_OWN_HOSTS] = { { "trust", "own-hosts", "",
					"names of the site's MTAs, whose Received fields "
					"are believed" },
				      TYPE_TEXT },
	[SETTING_TRUST_REWRITERS] = { { "trust", "rewriters", "",
					"hosts of gateways of yours that put themselves "
					"before links" },
				      TYPE_TEXT },
	[SETTING_TRUST_OWN_DAEMONS] = { { "trust", "own-daemons", "",
					  "the MTA's daemons, by their {daemon_name}, "
					  "whose mail is outgoing" },
					TYPE_TEXT },
	[SETTING_PEOPLE_STORE] = { { "people", "store",
				     "sqlite:" LOCALSTATEDIR
				     "/lib/invite-milter/people.sqlite",
				     "where it is kept who knows whom" },
				   TYPE_STORE },
	[SETTING_PEOPLE_DELIMITER] = { { "people", "recipient-delimiter", "+",
					 "what stands between a mailbox and its detail: "
					 "user+detail@domain" },
				       TYPE_TEXT },
	[SETTING_PEOPLE_ALIASES] = { { "people", "aliases", "",
				       "other addresses of a mailbox, "
				       "info@a.example=jane@a.example "
				       "@b.example=@a.example; "
				       "or a file of them" },
				     TYPE_TEXT },
	[SETTING_PEOPLE_DOMAIN] = { { "people", "domain", "",
				      "domain of the mailboxes of users and of logins "
				      "without one" },
				    TYPE_TEXT },
	[SETTING_PEOPLE_LEARN] = { { "people", "learn", "yes",
				     "learn from outgoing mail and from networks' "
				     "notices" },
				   TYPE_FLAG,
				   .by_recipient = true },
	[SETTING_PEOPLE_KEEP] = { { "people", "keep", "0",
				    "forget whom nothing was seen of for so many days; "
				    "0: never" },
				  TYPE_NUMBER,
				  .low = 0,
				  .high = 36500,
				  .by_recipient = true },
	[SETTING_PEOPLE_LIMIT] = { { "people", "limit", "50000",
				     "people of one mailbox's owner; nobody new is "
				     "learnt beyond them; 0: no limit" },
				   TYPE_NUMBER,
				   .low = 0,
				   .high = 100000000 },
	[SETTING_PEOPLE_RECIPIENTS] = { { "people", "recipients", "20",
					  "an outgoing mail to more of them teaches "
					  "nothing" },
					TYPE_NUMBER,
					.low = 1,
					.high = 100 },
	[SETTING_PEOPLE_ABOUT] = { { "people", "about", "",
				     "what a note may mention of the recipient: FOSDEM, "
				     "Acme, \"type systems\"" },
				   TYPE_TEXT,
				   .by_recipient = true },
	[SETTING_PEOPLE_COLLEAGUES] = { { "people", "colleagues", "",
					  "domains whose people are known: authors there "
					  "whom a signature or a login proves" },
					TYPE_DOMAINS,
					.by_recipient = true },
	[SETTING_PEOPLE_CURATORS] = { { "people", "curators", "",
					"users who may speak for any mailbox, such as "
					"vmail" },
				      TYPE_TEXT },
	[SETTING_POLICY_BANNER] = { { "policy", "banner", "no",
				      "put a block with the suggestion and the reply on "
				      "top of an invitation" },
				    TYPE_FLAG },
	[SETTING_POLICY_SUBJECT] = { { "policy", "subject", "",
				       "words to put before an invitation's subject; %v "
				       "is the verdict" },
				     TYPE_TEXT },
	[SETTING_POLICY_OWN_DOMAINS] = { { "policy", "own-domains", "",
					   "domains of the site: a redirect to them does "
					   "not leave it" },
					 TYPE_TEXT },
	[SETTING_POLICY_NETWORKS] = { { "policy", "networks", "all",
					"networks whose mail is judged: linkedin xing, "
					"or "
					"all, or -calendar for all others" },
				      TYPE_TEXT,
				      .by_recipient = true },
	[SETTING_POLICY_MAP] = { { "policy", "map", "",
				   "a file of recipients and domains, one a line, each "
				   "with its class" },
				 TYPE_TEXT },
	[SETTING_SUGGESTION_LANGUAGE] = { { "suggestion", "language", "en",
					    "language of reply and banner where the mail "
					    "does not tell one" },
					  TYPE_TEXT,
					  .by_recipient = true },
	[SETTING_SUGGESTION_TONE] = { { "suggestion", "tone", "friendly",
					"tone of the reply: friendly, brief (one "
					"sentence) or formal" },
				      TYPE_WORD,
				      .words = "friendly|brief|formal",
				      .by_recipient = true },
	[SETTING_SUGGESTION_REPLIES] = { { "suggestion", "replies", "",
					   "files of one's own whose texts go before "
					   "ours: jane.reply, house.reply" },
					 TYPE_TEXT,
					 .by_recipient = true },
	[SETTING_SUGGESTION_MARK] = { { "suggestion", "mark", "",
					"secret word shown in the banner, so that nobody "
					"else can imitate it" },
				      TYPE_MARK,
				      .high = 32,
				      .by_recipient = true },
	[SETTING_LIMITS_MAIL] = { { "limits", "mail", "524288",
				    "largest mail that is judged, in bytes" },
				  TYPE_NUMBER,
				  .low = 4096,
				  .high = 4 * 1024 * 1024 },
	[SETTING_LOG_TARGET] = { { "log", "target", "syslog", "syslog or stderr" },
				 TYPE_WORD,
				 .words = "syslog|stderr" },
	[SETTING_LOG_LEVEL] = { { "log", "level", "info",
				  "error, info, or debug: names, notes and addresses "
				  "too" },
				TYPE_WORD,
				.words = "error|info|debug" },
};

struct Settings {
	gatomicrefcount count;
	char *folder;
	Keyfile *file;                    /* or NULL */
	const char *values[SETTING_LAST]; /* in strings, or the fallback */
	GStringChunk *strings;
	GHashTable *recipients; /* whom → GHashTable of key → value, in strings */
};

const SettingsInfo *
settings_info(SettingName name)
{
	return &rows[name].info;
}

static bool
value_is_word(const char *words, const char *value)
{
	g_auto(GStrv) list = g_strsplit(words, "|", -1);

	return g_strv_contains((const char *const *)list, value);
}

static bool
value_is_mark(const char *value, size_t most)
{
	return strlen(value) <= most &&
	       strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			     "0123456789-") == strlen(value);
}

/* Blanks and commas part words; an empty one is none. */
char **
settings_split(const char *value)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	g_auto(GStrv) parts = g_strsplit_set(value, " \t,", -1);

	for (size_t i = 0; parts[i] != NULL; i++)
		if (parts[i][0] != '\0')
			g_ptr_array_add(words, g_strdup(parts[i]));
	g_ptr_array_add(words, NULL);

	return (char **)g_ptr_array_free(g_steal_pointer(&words), FALSE);
}

static bool
are_networks(const char *value)
{
	g_auto(GStrv) words = settings_split(value);

	for (size_t i = 0; words[i] != NULL; i++) {
		g_autoptr(GInetAddressMask) mask =
		    g_inet_address_mask_new_from_string(words[i], NULL);

		if (mask == NULL)
			return false;
	}

	return true;
}

static bool
are_domains(const char *value)
{
	g_auto(GStrv) words = settings_split(value);

	for (size_t i = 0; words[i] != NULL; i++)
		if (words[i][0] == '.' || g_str_has_suffix(words[i], ".") ||
		    strspn(words[i],
			   "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			   "0123456789-.") != strlen(words[i]))
			return false;

	return true;
}

/* What is wrong with the value, or NULL. */
static char *
value_fault(const SettingRow *row, const char *value)
{
	guint64 number;
	char *end;

	switch (row->type) {
	case TYPE_TEXT:
		return NULL;
	case TYPE_FLAG:
		return value_is_word("yes|no|true|false", value)
			   ? NULL
			   : g_strdup("give yes or no");
	case TYPE_WORD:
		return value_is_word(row->words, value)
			   ? NULL
			   : g_strdup_printf("give one of %s", row->words);
	case TYPE_MARK:
		return value_is_mark(value, row->high)
			   ? NULL
			   : g_strdup_printf("give at most %zu letters, digits and \"-\"",
					     row->high);
	case TYPE_NETWORKS:
		return are_networks(value)
			   ? NULL
			   : g_strdup(
				 "give networks such as 192.0.2.0/24 or 2001:db8::/32, "
				 "with no bit set behind the prefix");
	case TYPE_DOMAINS:
		return are_domains(value)
			   ? NULL
			   : g_strdup("give domains such as example.org, without \"@\"");
	case TYPE_STORE:
		return g_str_has_prefix(value, "sqlite:/")
			   ? NULL
			   : g_strdup("give sqlite: and the whole path of a file");
	case TYPE_MODE:
		number = g_ascii_strtoull(value, &end, 8);
		return *end == '\0' && number >= 1 && number <= 0777
			   ? NULL
			   : g_strdup("give octal permissions such as 0660");
	case TYPE_NUMBER:
		number = g_ascii_strtoull(value, &end, 10);
		return *value != '\0' && *end == '\0' && number >= row->low &&
			       number <= row->high
			   ? NULL
			   : g_strdup_printf("give a number from %zu to %zu", row->low,
					     row->high);
	}
	g_assert_not_reached();
}

/* The names of a section's keys, closed by NULL, or of all sections. */
static const char **
known_names(const char *section)
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

static const SettingRow *
find_row(const char *section, const char *key)
{
	for (size_t i = 0; i < SETTING_LAST; i++)
		if ((section == NULL ? rows[i].by_recipient
				     : g_str_equal(section, rows[i].info.section)) &&
		    g_str_equal(key, rows[i].info.key))
			return &rows[i];

	return NULL;
}

static bool
is_section(const char *section)
{
	for (size_t i = 0; i < SETTING_LAST; i++)
		if (g_str_equal(section, rows[i].info.section))
			return true;

	return false;
}

/* What stands behind the word, in lower case; NULL where it is another. */
static char *
behind(const char *section, const char *word)
{
	if (!g_str_has_prefix(section, word))
		return NULL;

	return g_strstrip(g_ascii_strdown(section + strlen(word), -1));
}

/* Whom a section is for: an address, or "@domain"; NULL where it is for nobody. */
static char *
whom_of(const char *section)
{
	g_autofree char *address = behind(section, "recipient ");
	g_autofree char *domain = behind(section, "domain ");
	const char *at = address != NULL ? strrchr(address, '@') : NULL;

	if (at != NULL && at > address && at[1] != '\0')
		return g_steal_pointer(&address);

	return domain != NULL && domain[0] != '\0' && strchr(domain, '@') == NULL
		   ? g_strconcat("@", domain, NULL)
		   : NULL;
}

/* The keys that may stand in [recipient ADDRESS], for a message. */
static char *
keys_of_recipients(void)
{
	g_autoptr(GString) keys = g_string_new(NULL);

	for (size_t i = 0; i < SETTING_LAST; i++)
		if (rows[i].by_recipient)
			g_string_append_printf(keys, "%s%s", keys->len > 0 ? ", " : "",
					       rows[i].info.key);

	return g_strdup(keys->str);
}

static bool
take_for_recipient(Settings *settings, const Keyfile *file, const KeyfileEntry *entry,
		   GError **error)
{
	g_autofree char *whom = whom_of(entry->group);
	const SettingRow *row = find_row(NULL, entry->key);
	g_autofree char *fault = row != NULL ? value_fault(row, entry->value) : NULL;
	g_autofree char *keys = row == NULL ? keys_of_recipients() : NULL;
	GHashTable *own;

	if (row == NULL)
		return keyfile_error(file, entry, error,
				     "no such key for a recipient; there are %s", keys);
	if (fault != NULL)
		return keyfile_error(file, entry, error, "%s", fault);
	if (whom == NULL)
		return keyfile_error(file, entry, error,
				     "name the recipient's whole address, [recipient "
				     "user@domain], or a domain, [domain domain]");

	own = g_hash_table_lookup(settings->recipients, whom);
	if (own == NULL) {
		own = g_hash_table_new(g_str_hash, g_str_equal);
		g_hash_table_insert(settings->recipients, g_steal_pointer(&whom), own);
	}
	g_hash_table_insert(own, (gpointer)row->info.key,
			    g_string_chunk_insert(settings->strings, entry->value));

	return true;
}

static bool
read_entry(Settings *settings, const Keyfile *file, const KeyfileEntry *entry,
	   GError **error)
{
	g_autofree char *fault = NULL;
	g_autofree const char **names = NULL;
	const SettingRow *row;

	if (g_str_has_prefix(entry->group, POLICY " "))
		return true;
	if (g_str_has_prefix(entry->group, "recipient ") ||
	    g_str_has_prefix(entry->group, "domain "))
		return take_for_recipient(settings, file, entry, error);
	if (!is_section(entry->group)) {
		names = known_names(NULL);
		return keyfile_unknown(file, entry, "section", entry->group, names,
				       error);
	}
	row = find_row(entry->group, entry->key);
	if (row == NULL && g_str_equal(entry->group, POLICY))
		return true;
	if (row == NULL) {
		names = known_names(entry->group);
		return keyfile_unknown(file, entry, "key", entry->key, names, error);
	}
	fault = value_fault(row, entry->value);
	if (fault != NULL)
		return keyfile_error(file, entry, error, "%s", fault);

	settings->values[row - rows] =
	    g_string_chunk_insert(settings->strings, entry->value);

	return true;
}

static bool
take_file(Settings *settings, const char *path, GError **error)
{
	g_autofree char *bytes = NULL;
	Keyfile *file;
	gsize length;

	settings->folder = g_path_get_dirname(path);
	if (g_str_equal(path, SETTINGS_FILE) && access(path, F_OK) != 0 &&
	    errno == ENOENT)
		return true;
	if (!g_file_get_contents(path, &bytes, &length, error))
		return false;
	settings->file = file = keyfile_new(path, bytes, length, error);
	if (file == NULL)
		return false;

	for (size_t i = 0; i < keyfile_length(file); i++)
		if (!read_entry(settings, file, keyfile_entry(file, i), error))
			return false;

	return true;
}

Settings *
settings_new(const char *path, GError **error)
{
	g_autoptr(Settings) settings = g_new0(Settings, 1);

	g_atomic_ref_count_init(&settings->count);
	settings->strings = g_string_chunk_new(1024);
	settings->recipients = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						     (GDestroyNotify)g_hash_table_unref);
	for (size_t i = 0; i < SETTING_LAST; i++)
		settings->values[i] = rows[i].info.fallback;

	if (path != NULL && !take_file(settings, path, error))
		return NULL;

	return g_steal_pointer(&settings);
}

Settings *
settings_ref(Settings *settings)
{
	g_atomic_ref_count_inc(&settings->count);

	return settings;
}

void
settings_unref(Settings *settings)
{
	if (settings == NULL || !g_atomic_ref_count_dec(&settings->count))
		return;

	g_hash_table_unref(settings->recipients);
	g_string_chunk_free(settings->strings);
	keyfile_free(settings->file);
	g_free(settings->folder);
	g_free(settings);
}

const char *
settings_folder(const Settings *settings)
{
	return settings->folder;
}

const Keyfile *
settings_keyfile(const Settings *settings)
{
	return settings->file;
}

const char *
settings_text(const Settings *settings, SettingName name)
{
	return settings->values[name];
}

char **
settings_words(const Settings *settings, SettingName name)
{
	return settings_split(settings->values[name]);
}

static bool
is_yes(const char *value)
{
	return value_is_word("yes|true", value);
}

static size_t
number_of(SettingName name, const char *value)
{
	return (size_t)g_ascii_strtoull(value, NULL,
					rows[name].type == TYPE_MODE ? 8 : 10);
}

bool
settings_flag(const Settings *settings, SettingName name)
{
	return is_yes(settings->values[name]);
}

size_t
settings_number(const Settings *settings, SettingName name)
{
	return number_of(name, settings->values[name]);
}

bool
settings_flag_for(const Settings *settings, SettingName name, const char *recipient)
{
	return is_yes(settings_text_for(settings, name, recipient));
}

size_t
settings_number_for(const Settings *settings, SettingName name, const char *recipient)
{
	return number_of(name, settings_text_for(settings, name, recipient));
}

/* What is set for an address or "@domain", or NULL. */
static const char *
value_for(const Settings *settings, SettingName name, const char *who)
{
	GHashTable *own = g_hash_table_lookup(settings->recipients, who);

	return own != NULL ? g_hash_table_lookup(own, rows[name].info.key) : NULL;
}

const char *
settings_text_for(const Settings *settings, SettingName name, const char *recipient)
{
	const char *at = recipient != NULL ? strrchr(recipient, '@') : NULL;
	const char *value = NULL;

	if (recipient != NULL)
		value = value_for(settings, name, recipient);
	if (value == NULL && at != NULL)
		value = value_for(settings, name, at);

	return value != NULL ? value : settings->values[name];
}

GPtrArray *
settings_values(const Settings *settings, SettingName name)
{
	GPtrArray *values = g_ptr_array_new();
	GHashTableIter all;
	gpointer who;

	g_ptr_array_add(values, (gpointer)settings->values[name]);
	g_hash_table_iter_init(&all, settings->recipients);
	while (g_hash_table_iter_next(&all, &who, NULL)) {
		const char *value = value_for(settings, name, who);

		if (value != NULL)
			g_ptr_array_add(values, (gpointer)value);
	}

	return values;
}
