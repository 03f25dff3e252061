/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	as-user - would it work, if another user did it?
 *
 * DESCRIPTION
 *	A try runs in a child process that is the user, with their groups, and
 *	answers by errno's values, 0 for yes.  Only root can ask for others; for
 *	whoever is not root the try runs as they are.
 */
#ifndef AS_USER_H
#define AS_USER_H

#include <stdbool.h>
#include <sys/types.h>

/* The user that Postfix runs as, where its settings say nothing else. */
#define AS_USER_POSTFIX "postfix"

typedef int AsUserTry(void *context);

/* The try's answer, or EPERM where there is no such user. */
int as_user_try(uid_t uid, AsUserTry *try, void *context);

/* A folder in which the user may find files, and make them where is_to_write. */
int as_user_folder(uid_t uid, const char *path, bool is_to_write);

/* Read a file. */
int as_user_read(uid_t uid, const char *path);

/* Connect to a unix socket. */
int as_user_connect(uid_t uid, const char *path);

#endif
