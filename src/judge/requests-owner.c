/* SPDX-License-Identifier: BSD-2-Clause */
/* requests-owner.c - whose people are meant, and may the client ask for them? */

#include "config.h"

#include "judge/requests-owner.h"
#include "text/text.h"

/* Of a word that is neither an address nor a login of a known domain. */
static char *
login_text(const char *login)
{
	g_autofree char *shown = text_clean(login, TEXT_NAME_MAX);

	return g_strdup_printf(
	    "\"%s\" has no domain; write the whole address, %s@domain, or set [people] "
	    "domain to the domain of the site's logins",
	    shown, shown);
}

/* Why the client may not ask for this mailbox, or NULL; the caller's. */
static char *
refusal(const RequestsClient *client, const RequestsWhose *whose, const char *owner,
	const char **refused_out)
{
	*refused_out = REQUESTS_REFUSED_RIGHT;
	if (!client->is_trusted && whose->is_everywhere)
		return g_strdup("only root may forget somebody at all owners");
	if (client->is_trusted &&
	    (owner != NULL || (whose->is_everywhere && whose->is_to_forget)))
		return NULL;
	if (whose->owner != NULL && whose->owner[0] != '\0' && owner == NULL) {
		*refused_out = REQUESTS_REFUSED_OWNER;
		return login_text(whose->owner);
	}
	if (client->is_trusted) {
		*refused_out = REQUESTS_REFUSED_OWNER;
		return g_strdup(
		    "whose people? Name the mailbox with --owner user@domain");
	}
	if (client->own == NULL)
		return g_strdup("nobody knows which mailbox is yours; the administrator "
				"sets [people] domain, or an alias for your login");

	return g_strcmp0(owner, client->own) != 0 ? g_strdup("this mailbox is not yours")
						  : NULL;
}

bool
requests_owner_find(const Owners *owners, const RequestsClient *client,
		    const RequestsWhose *whose, char **owner_out,
		    const char **refused_out, char **why_out)
{
	g_autofree char *owner = whose->owner != NULL
				     ? owners_of_either(owners, whose->owner)
				     : g_strdup(client->own);

	*why_out = refusal(client, whose, owner, refused_out);
	if (*why_out == NULL)
		*owner_out = g_steal_pointer(&owner);

	return *why_out == NULL;
}
