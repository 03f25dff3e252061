/* SPDX-License-Identifier: BSD-2-Clause */
/* access.c - whose people are meant, and may the client ask for them? */

#include "config.h"

#include "people/access.h"
#include "text/text.h"

/* The answer to a word that is neither an address nor a login of a known domain. */
static char *
login_text(const char *login)
{
	g_autofree char *shown = text_clean(login, TEXT_NAME_MAX);

	return g_strdup_printf(
	    "\"%s\" has no domain; write the whole address, %s@domain, or set [people] "
	    "domain to the domain of the site's logins",
	    shown, shown);
}

/* May the client ask for this mailbox?  *why_out: why not, the caller's. */
static Access
judge(const AccessClient *client, const AccessWanted *wanted, const char *owner,
      char **why_out)
{
	const char *why = NULL;

	if (!client->is_trusted && wanted->is_everywhere) {
		*why_out = g_strdup("only root may forget somebody at all owners");
		return ACCESS_NO_RIGHT;
	}
	if (client->is_trusted &&
	    (owner != NULL || (wanted->is_everywhere && wanted->is_to_forget)))
		return ACCESS_GRANTED;
	if (wanted->owner != NULL && wanted->owner[0] != '\0' && owner == NULL) {
		*why_out = login_text(wanted->owner);
		return ACCESS_NO_OWNER;
	}
	if (client->is_trusted) {
		*why_out =
		    g_strdup("whose people? Name the mailbox with --owner user@domain");
		return ACCESS_NO_OWNER;
	}
	if (client->own == NULL)
		why = "nobody knows which mailbox is yours; the administrator sets "
		      "[people] domain, or an alias for your login";
	else if (g_strcmp0(owner, client->own) != 0)
		why = "this mailbox is not yours";
	*why_out = g_strdup(why);

	return why != NULL ? ACCESS_NO_RIGHT : ACCESS_GRANTED;
}

Access
access_to(const Owners *owners, const AccessClient *client, const AccessWanted *wanted,
	  char **owner_out, char **why_out)
{
	g_autofree char *owner = wanted->owner != NULL
				     ? owners_of_either(owners, wanted->owner)
				     : g_strdup(client->own);
	Access access;

	*why_out = NULL;
	access = judge(client, wanted, owner, why_out);
	if (access == ACCESS_GRANTED)
		*owner_out = g_steal_pointer(&owner);

	return access;
}
