/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	doctor - what of an installation is wrong, and which command cures it
 *
 * DESCRIPTION
 *	Each check looks at one thing, tells a line of it and names commands.
 *	Nothing is changed.  The checks of the host are in doctor-host.c, those of
 *	the MTA in doctor-postfix.c and doctor-sendmail.c, and the test mails in
 *	doctor-mail.c; doctor.c has them in a table.
 */
#ifndef DOCTOR_H
#define DOCTOR_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include <glib.h>

#include "ctl/options.h"

typedef enum {
	DOCTOR_WELL,
	DOCTOR_HINT, /* it works, and something is to be known */
	DOCTOR_WRONG,
} DoctorFinding;

/* Borrowed but for the members that say otherwise. */
typedef struct {
	const Options *options;
	Assessor *assessor;
	const Settings *settings;
	FILE *out;
	const char *postfix; /* config_directory, or NULL for Postfix's own */
	bool has_postfix;
	const char *sendmail; /* sendmail.cf, which need not be there */
	uid_t user;           /* the user who runs the daemon, or is to */
	uid_t mta;            /* the user as whom the MTA comes to the socket */
	pid_t process;        /* the daemon's; 0: none listens */
	char *socket;         /* path, the doctor's; NULL: it is no unix socket */
	GPtrArray *cures;     /* commands, char *, the doctor's */
	bool is_wrong;
	bool is_to_restart, is_to_reload; /* the daemon, at the end */
	bool is_to_attach, is_to_reload_mta, is_to_start_mta;
} Doctor;

/* A line for people, folded; DOCTOR_WRONG is remembered. */
void doctor_tell(Doctor *doctor, DoctorFinding finding, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* A command that cures what was told last. */
void doctor_cure(Doctor *doctor, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The command that gives a setting this value, in its place of the file. */
void doctor_cure_setting(Doctor *doctor, SettingName name, const char *value);

/* A name that a shell reads as one word; the caller's. */
char *doctor_user_name(uid_t uid);

/* Is a banner shown to anybody? */
bool doctor_has_banner(const Doctor *doctor);

#endif
