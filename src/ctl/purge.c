/* SPDX-License-Identifier: BSD-2-Clause */
/* purge.c - invitectl purge: all that is kept for an owner goes */

#include "config.h"

#include <sysexits.h>

#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/own-store.h"
#include "people/purge.h"

static int
tell(FILE *out, const char *owner, const Purged *purged)
{
	terminal_print(out, "%s: %zu people and %zu invitations are removed", owner,
		       purged->people, purged->invitations);
	terminal_print(out,
		       "%zu texts of theirs were looked for in the store's file: %zu are "
		       "there, %zu of these since other mailboxes have them",
		       purged->searched, purged->shared + purged->left, purged->shared);
	if (purged->left == 0)
		return EX_OK;
	terminal_print(stderr,
		       "invitectl purge: somebody reads the store, and keeps old bytes "
		       "in it; call it again");

	return EX_TEMPFAIL;
}

int
command_purge(const Options *options, FILE *out)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessor) assessor = NULL;
	g_autofree char *owner = NULL;
	Purged purged;

	/* What goes for good is named, also where there is one mailbox. */
	if (options->owner == NULL) {
		fputs(
		    "invitectl purge: whose? Name the mailbox with --owner user@domain\n",
		    stderr);
		return EX_USAGE;
	}
	assessor = own_store_open(options, STORE_WORK, &error);
	owner = assessor != NULL ? own_store_owner(options, assessor, &error) : NULL;
	if (owner == NULL ||
	    !purge_owner(assessor_store(assessor), owner,
			 g_get_real_time() / G_USEC_PER_SEC, &purged, &error)) {
		terminal_print_lines(stderr, "invitectl purge: ", error->message);
		return client_status(error);
	}

	return tell(out, owner, &purged);
}
