/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME
 *	killer - ends the daemon as kill -9 does, after so many edits
 *
 * DESCRIPTION
 *	Stands between the daemon and libmilter (LD_PRELOAD).  KILL_AFTER is how
 *	many edits the MTA gets; with 0 the daemon ends when it is about to send
 *	the first.  A body goes in two halves, each an edit: a long one goes in
 *	many.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <libmilter/mfapi.h>

static int edits;

static int
is_last(void)
{
	const char *most = getenv("KILL_AFTER");

	return most != NULL && edits >= atoi(most);
}

/* The function of libmilter, while we are alive. */
static void *
next(const char *name)
{
	if (is_last())
		kill(getpid(), SIGKILL);

	return dlsym(RTLD_NEXT, name);
}

static int
sent(int status)
{
	edits++;
	if (is_last())
		kill(getpid(), SIGKILL);

	return status;
}

int
smfi_chgheader(SMFICTX *ctx, char *name, int index, char *value)
{
	int (*real)(SMFICTX *, char *, int, char *) = next("smfi_chgheader");

	return sent(real(ctx, name, index, value));
}

int
smfi_insheader(SMFICTX *ctx, int index, char *name, char *value)
{
	int (*real)(SMFICTX *, int, char *, char *) = next("smfi_insheader");

	return sent(real(ctx, index, name, value));
}

int
smfi_addrcpt(SMFICTX *ctx, char *address)
{
	int (*real)(SMFICTX *, char *) = next("smfi_addrcpt");

	return sent(real(ctx, address));
}

int
smfi_delrcpt(SMFICTX *ctx, char *address)
{
	int (*real)(SMFICTX *, char *) = next("smfi_delrcpt");

	return sent(real(ctx, address));
}

int
smfi_replacebody(SMFICTX *ctx, unsigned char *body, int length)
{
	int (*real)(SMFICTX *, unsigned char *, int) = next("smfi_replacebody");
	int half = length / 2;

	sent(real(ctx, body, half));

	return sent(real(ctx, body + half, length - half));
}
