/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	settings-form - does a value have the form of its setting?
 *
 * SEE ALSO
 *	settings-table.h
 */
#ifndef SETTINGS_FORM_H
#define SETTINGS_FORM_H

#include <stdbool.h>

#include "base/settings-table.h"

/* What is wrong with the value, as a text that is the caller's, or NULL. */
char *settings_form_fault(const SettingRow *row, const char *value);

/* Is the value one of the words, "yes|true"? */
bool settings_form_is_word(const char *words, const char *value);

#endif
