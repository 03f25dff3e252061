/* SPDX-License-Identifier: BSD-2-Clause */
/* owner.c - whose mailbox an address or a login is, and whose mail goes out */

#include "config.h"

#include <string.h>

#include <gio/gio.h>

#include "text/address.h"
#include "base/trusted.h"
#include "people/owner.h"

struct Owners {
	char *delimiters;
	char *domain;        /* lower case; "" for none */
	GHashTable *aliases; /* address, "@domain" or login → address or "@domain" */
	GPtrArray *networks; /* of GInetAddressMask */
	char **daemons;
};

G_DEFINE_QUARK(owner_error, owner_error)

static bool
fail(GError **error, const char *where, const char *alias, const char *why)
{
	g_set_error(error, OWNER_ERROR, OWNER_ERROR_ALIAS, "%s: \"%s\": %s", where, alias,
		    why);
	return false;
}

/* Has it the form "@domain", or is it an address? */
static bool
is_address_or_domain(const char *text)
{
	return text[0] == '@' ? address_is_domain(text + 1) : address_is_plain(text);
}

/* FROM=TO: an address or a login to an address, or a domain to a domain. */
static bool
add_alias(Owners *owners, const char *where, const char *alias, GError **error)
{
	g_autofree char *lower = g_ascii_strdown(alias, -1);
	g_auto(GStrv) sides = g_strsplit(lower, "=", 2);
	const char *from = g_strstrip(sides[0]);
	const char *to = sides[0] != NULL && sides[1] != NULL ? g_strstrip(sides[1]) : "";
	bool is_login = from[0] != '\0' && address_domain(from) == NULL;

	if (!(is_login || is_address_or_domain(from)) || !is_address_or_domain(to) ||
	    (from[0] == '@') != (to[0] == '@'))
		return fail(error, where, alias,
			    "write user@domain=user@domain or @domain=@domain");
	if (!g_hash_table_insert(owners->aliases, g_strdup(from), g_strdup(to)))
		return fail(error, where, alias, "stands twice; keep one");

	return true;
}

static bool
add_file(Owners *owners, const char *path, const char *place, GError **error)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!trusted_read(path, TRUSTED_MAX_LIST, &text, NULL, error)) {
		g_prefix_error(error, "%s: ", place);
		return false;
	}
	lines = g_strsplit(text, "\n", -1);
	for (size_t i = 0; lines[i] != NULL; i++) {
		const char *line = g_strstrip(lines[i]);
		g_autofree char *where = g_strdup_printf("%s:%zu", path, i + 1);

		if (line[0] != '\0' && line[0] != '#' &&
		    !add_alias(owners, where, line, error))
			return false;
	}

	return true;
}

static bool
add_aliases(Owners *owners, const Settings *settings, GError **error)
{
	const char *value = settings_text(settings, SETTING_PEOPLE_ALIASES);
	g_autofree char *place = settings_place(settings, SETTING_PEOPLE_ALIASES, value);
	g_auto(GStrv) words = NULL;

	if (value[0] == '/')
		return add_file(owners, value, place, error);
	words = settings_words(settings, SETTING_PEOPLE_ALIASES);
	for (size_t i = 0; words[i] != NULL; i++)
		if (!add_alias(owners, place, words[i], error))
			return false;

	return true;
}

Owners *
owners_new(const Settings *settings, GError **error)
{
	g_autoptr(Owners) owners = g_new0(Owners, 1);
	g_auto(GStrv) networks = settings_words(settings, SETTING_TRUST_OWN_NETWORKS);

	owners->delimiters = g_strdup(settings_text(settings, SETTING_PEOPLE_DELIMITER));
	owners->domain =
	    g_ascii_strdown(settings_text(settings, SETTING_PEOPLE_DOMAIN), -1);
	owners->daemons = settings_words(settings, SETTING_TRUST_OWN_DAEMONS);
	owners->aliases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	owners->networks = g_ptr_array_new_with_free_func(g_object_unref);
	for (size_t i = 0; networks[i] != NULL; i++)
		g_ptr_array_add(owners->networks,
				g_inet_address_mask_new_from_string(networks[i], NULL));
	if (!add_aliases(owners, settings, error))
		return NULL;

	return g_steal_pointer(&owners);
}

void
owners_free(Owners *owners)
{
	if (owners == NULL)
		return;

	g_clear_pointer(&owners->aliases, g_hash_table_unref);
	g_clear_pointer(&owners->networks, g_ptr_array_unref);
	g_strfreev(owners->daemons);
	g_free(owners->delimiters);
	g_free(owners->domain);
	g_free(owners);
}

/* Bare, and without detail. */
static char *
without_detail(const Owners *owners, const char *address)
{
	char *lower = address_bare(address);
	const char *domain = address_domain(lower);
	char *detail = strpbrk(lower, owners->delimiters);

	if (domain != NULL && detail != NULL && detail > lower && detail < domain - 1)
		memmove(detail, domain - 1, strlen(domain - 1) + 1);

	return lower;
}

static char *
without_alias(const Owners *owners, char *bare)
{
	g_autofree char *address = bare;
	const char *to = g_hash_table_lookup(owners->aliases, address);
	const char *domain = address_domain(address);

	if (to != NULL)
		return g_strdup(to);
	to = domain != NULL ? g_hash_table_lookup(owners->aliases, domain - 1) : NULL;
	if (to == NULL)
		return g_steal_pointer(&address);

	return g_strdup_printf("%.*s%s", (int)(domain - 1 - address), address, to);
}

char *
owners_of_address(const Owners *owners, const char *address)
{
	return without_alias(owners, without_detail(owners, address));
}

char *
owners_of_user(const Owners *owners, const char *user)
{
	g_autofree char *lower = g_ascii_strdown(user, -1);
	const char *alias = g_hash_table_lookup(owners->aliases, lower);
	g_autofree char *address = NULL;

	if (alias != NULL)
		return g_strdup(alias);
	if (owners->domain[0] == '\0')
		return NULL;
	address = g_strconcat(lower, "@", owners->domain, NULL);

	/* A login has no detail: mary-jane is not Mary. */
	return without_alias(owners, g_steal_pointer(&address));
}

char *
owners_of_either(const Owners *owners, const char *address_or_login)
{
	return address_domain(address_or_login) != NULL
		   ? owners_of_address(owners, address_or_login)
		   : owners_of_user(owners, address_or_login);
}

static bool
is_in_network(const Owners *owners, const char *client)
{
	g_autoptr(GInetAddress) address =
	    client != NULL ? g_inet_address_new_from_string(client) : NULL;

	for (size_t i = 0; address != NULL && i < owners->networks->len; i++)
		if (g_inet_address_mask_matches(owners->networks->pdata[i], address))
			return true;

	return false;
}

static bool
has_login(const Sender *sender)
{
	return sender->login != NULL && sender->login[0] != '\0';
}

bool
owners_is_outgoing(const Owners *owners, const Sender *sender)
{
	return has_login(sender) ||
	       (sender->daemon != NULL &&
		g_strv_contains((const char *const *)owners->daemons, sender->daemon)) ||
	       (owners->networks->len > 0 && is_in_network(owners, sender->client));
}

/*
 * The mailbox of a login without a domain: the sender's, if its local part is the
 * login.
 */
static char *
owner_of_bare_login(const Owners *owners, const char *login, const char *sender)
{
	g_autofree char *bare =
	    sender != NULL ? without_detail(owners, sender) : g_strdup("");
	g_autofree char *lower = g_ascii_strdown(login, -1);
	const char *domain = address_domain(bare);
	size_t length = domain != NULL ? (size_t)(domain - 1 - bare) : 0;

	if (length == 0 || strlen(lower) != length || strncmp(bare, lower, length) != 0)
		return NULL;

	return without_alias(owners, g_steal_pointer(&bare));
}

char *
owners_of_sender(const Owners *owners, const Sender *sender)
{
	char *owner;

	if (has_login(sender)) {
		owner = owners_of_either(owners, sender->login);
		return owner != NULL
			   ? owner
			   : owner_of_bare_login(owners, sender->login, sender->address);
	}
	if (sender->address == NULL || address_domain(sender->address) == NULL ||
	    !is_in_network(owners, sender->client))
		return NULL;

	return owners_of_address(owners, sender->address);
}
