/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	settings-table - every setting: its name, type, bounds, default and help
 *
 * DESCRIPTION
 *	The table, and the questions that it answers without any values.
 *	settings.c holds the values; no other module includes this header.
 */
#ifndef SETTINGS_TABLE_H
#define SETTINGS_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/settings.h"

typedef enum {
	SETTING_TYPE_TEXT,
	SETTING_TYPE_FLAG,         /* yes or no */
	SETTING_TYPE_NUMBER,       /* from low to high */
	SETTING_TYPE_MODE,         /* octal permissions */
	SETTING_TYPE_WORD,         /* one of words, separated by "|" */
	SETTING_TYPE_MARK,         /* letters, digits and "-", at most high of them */
	SETTING_TYPE_NETWORKS,     /* addresses, with a length of prefix or without */
	SETTING_TYPE_DOMAIN,       /* example.org, or nothing */
	SETTING_TYPE_DOMAINS,      /* example.org example.com */
	SETTING_TYPE_ZONE,         /* Europe/Amsterdam, or nothing */
	SETTING_TYPE_ADDRESS,      /* user@example.org, or nothing */
	SETTING_TYPE_PATH,         /* of a file, whole; "" for none */
	SETTING_TYPE_STORE,        /* sqlite:PATH */
	SETTING_TYPE_SOCKET,       /* as in listener.h */
	SETTING_TYPE_MAYBE_SOCKET, /* or nothing */
} SettingType;

typedef struct {
	SettingsInfo info;
	SettingType type;
	size_t low, high;  /* SETTING_TYPE_NUMBER, SETTING_TYPE_MARK */
	const char *words; /* SETTING_TYPE_WORD */
	bool takes_no;     /* SETTING_TYPE_NUMBER: "no" is 0 */
	bool by_recipient; /* may stand in [recipient] and [domain] too */
} SettingRow;

const SettingRow *settings_table_row(SettingName name);

/*
 * The setting of this key in a section, SETTING_LAST where there is none.  section
 * NULL: among the settings that may be given for a recipient.
 */
SettingName settings_table_find(const char *section, const char *key);

/* The section that has a key of this name, or NULL. */
const char *settings_table_section(const char *key);

bool settings_table_has_section(const char *section);

/* The names of a section's keys, closed by NULL; section NULL: those of all sections. */
const char **settings_table_names(const char *section);

/* The keys that may be given for a recipient, for a message. */
char *settings_table_recipient_keys(void);

#endif
