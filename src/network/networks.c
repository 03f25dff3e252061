/* SPDX-License-Identifier: BSD-2-Clause */
/* networks.c - all networks whose mail is recognised */

#include "config.h"

#include <string.h>

#include "text/address.h"
#include "mail/url.h"
#include "network/network-file.h"
#include "network/network-profile.h"
#include "network/networks.h"

struct Networks {
	GPtrArray *files; /* of Keyfile: languages are borrowed from them */
	GPtrArray *list;  /* of Network */
};

/* Could a mail be of both networks?  Then nothing tells which of them sent it. */
static bool
is_apart(const Network *network, const Network *other, GError **error)
{
	const char *path = keyfile_path(other->file);
	bool is_sound = true;

	if (g_str_equal(network->name, other->name))
		is_sound = keyfile_error(
		    network->file,
		    keyfile_find(network->file, "network", "name", network->name), error,
		    "\"%s\" is the name in %s already", other->name, path);
	for (char **mine = network->domains; *mine != NULL; mine++)
		for (char **theirs = other->domains; *theirs != NULL; theirs++)
			if (address_is_under(*mine, *theirs) ||
			    address_is_under(*theirs, *mine))
				is_sound =
				    keyfile_error(network->file,
						  keyfile_find(network->file, "network",
							       "domains", *mine),
						  error, "\"%s\": %s has \"%s\" already",
						  *mine, path, *theirs);

	return is_sound;
}

static bool
add_file(Networks *networks, const Keyfile *file, GError **error)
{
	GError *mistakes = NULL;
	Network *network = network_file_read(file, &mistakes);

	for (size_t i = 0; network->name != NULL && i < networks->list->len; i++)
		is_apart(network, networks->list->pdata[i], &mistakes);
	if (mistakes == NULL) {
		g_ptr_array_add(networks->list, network);
		return true;
	}
	network_free(network);
	keyfile_error_join(error, mistakes);

	return false;
}

Networks *
networks_new(GPtrArray *files, GError **error)
{
	g_autoptr(Networks) networks = g_new0(Networks, 1);
	bool is_sound = true;

	networks->files = g_ptr_array_ref(files);
	networks->list = g_ptr_array_new_with_free_func((GDestroyNotify)network_free);
	for (size_t i = 0; i < files->len; i++)
		is_sound &= add_file(networks, files->pdata[i], error);

	return is_sound ? g_steal_pointer(&networks) : NULL;
}

bool
networks_add(Networks *networks, Keyfile *file, GError **error)
{
	g_ptr_array_add(networks->files, file);

	return add_file(networks, file, error);
}

void
networks_free(Networks *networks)
{
	if (networks == NULL)
		return;

	g_ptr_array_unref(networks->list);
	g_ptr_array_unref(networks->files);
	g_free(networks);
}

size_t
networks_length(const Networks *networks)
{
	return networks->list->len;
}

const Network *
networks_get(const Networks *networks, size_t index)
{
	return networks->list->pdata[index];
}

const char **
networks_domains(const Networks *networks)
{
	g_autoptr(GPtrArray) domains = g_ptr_array_new();

	for (size_t i = 0; i < networks->list->len; i++) {
		const Network *network = networks->list->pdata[i];

		for (size_t d = 0; network->domains[d] != NULL; d++)
			g_ptr_array_add(domains, network->domains[d]);
	}
	g_ptr_array_add(domains, NULL);

	return (const char **)g_ptr_array_free(g_steal_pointer(&domains), FALSE);
}

bool
networks_own_domain(const Networks *networks, const char *domain)
{
	for (size_t i = 0; i < networks->list->len; i++)
		if (network_owns_domain(networks->list->pdata[i], domain))
			return true;

	return false;
}

bool
networks_give_mailboxes(const Networks *networks, const char *domain)
{
	for (size_t i = 0; i < networks->list->len; i++) {
		const Network *network = networks->list->pdata[i];

		if (address_is_under_any(domain, (const char *const *)network->mailboxes))
			return true;
	}

	return false;
}

bool
networks_link_to(const Networks *networks, const char *domain)
{
	for (size_t i = 0; i < networks->list->len; i++) {
		const Network *network = networks->list->pdata[i];

		for (char **host = network->hosts; *host != NULL; host++)
			if (address_is_under(domain, *host))
				return true;
	}

	return networks_own_domain(networks, domain);
}

char *
networks_profile_key(const Networks *networks, const char *url)
{
	/* People write it as their browser shows it. */
	g_autofree char *whole = strstr(url, "://") != NULL
				     ? g_strdup(url)
				     : g_strconcat("https://", url, NULL);
	g_autofree char *host = url_host(whole), *profile = NULL;
	g_auto(Folded) folded = { 0 };

	for (size_t i = 0; host != NULL && i < networks->list->len; i++) {
		const Network *network = networks->list->pdata[i];

		if (!network_owns_domain(network, host))
			continue;
		folded_init(&folded, whole);
		profile = network_profile(network, whole, &folded);
		break;
	}

	return profile != NULL ? contact_profile_key(profile) : NULL;
}

void
networks_find_profiles(const Networks *networks, Contact *contact)
{
	for (size_t i = 0; i < contact->urls->len; i++) {
		const char *url = contact->urls->pdata[i];
		g_autofree char *key = networks_profile_key(networks, url);

		if (key != NULL)
			contact_add_profile(contact, key, url);
	}
}
