/* SPDX-License-Identifier: BSD-2-Clause */
/* own-store.c - the store, for commands that no daemon is asked for */

#include "config.h"

#include "ctl/own-store.h"

Assessor *
own_store_open(const Options *options, StoreMode mode, GError **error)
{
	g_autoptr(Assessor) assessor = options_assessor(options, mode, error);

	if (assessor == NULL || store_is_ours(assessor_store(assessor)))
		return g_steal_pointer(&assessor);
	g_set_error_literal(error, CLIENT_ERROR, CLIENT_ERROR_RIGHT,
			    "only root and the daemon's user may use the store; "
			    "\"invitectl list\" and \"people list\" show what is yours");

	return NULL;
}

char *
own_store_owner(const Options *options, const Assessor *assessor, GError **error)
{
	char *owner =
	    options->owner != NULL
		? owners_of_either(assessor_rules(assessor)->owners, options->owner)
		: client_own_mailbox(assessor);

	if (owner != NULL)
		return owner;
	g_set_error(error, CLIENT_ERROR, CLIENT_ERROR_OWNER,
		    options->owner != NULL
			? "\"%s\" has no domain; write the whole address"
			: "whose?%s Name the mailbox with --owner user@domain",
		    options->owner != NULL ? options->owner : "");

	return NULL;
}
