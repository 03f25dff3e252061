/* SPDX-License-Identifier: BSD-2-Clause */
/* listener-place.c - reads from the settings where a socket is to be */

#include "config.h"

#include <errno.h>
#include <grp.h>
#include <netdb.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "milter/listener-place.h"

/* PATH of unix:PATH, or NULL. */
static const char *
unix_path(const char *address)
{
	static const char *const prefixes[] = { "unix:", "local:" };

	for (size_t i = 0; i < G_N_ELEMENTS(prefixes); i++)
		if (g_str_has_prefix(address, prefixes[i]))
			return address + strlen(prefixes[i]);

	return NULL;
}

static bool
read_unix(const char *path, ListenerAddress *address_out, socklen_t *length_out,
	  GError **error)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };

	if (!g_path_is_absolute(path))
		return listener_fail(error, LISTENER_ERROR_ADDRESS,
				     "socket unix:%s: write the whole path, from / on",
				     path);
	if (g_strlcpy(un.sun_path, path, sizeof(un.sun_path)) >= sizeof(un.sun_path))
		return listener_fail(
		    error, LISTENER_ERROR_ADDRESS,
		    "socket unix:%s: the path is longer than %zu bytes, the "
		    "system's limit",
		    path, sizeof(un.sun_path) - 1);

	address_out->un = un;
	*length_out = sizeof(un);

	return true;
}

/* rest: PORT or PORT@HOST. */
static bool
read_inet(const char *name, const char *rest, int family, ListenerAddress *address_out,
	  socklen_t *length_out, GError **error)
{
	struct addrinfo hints = { .ai_family = family, .ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;
	const char *at = strchr(rest, '@');
	g_autofree char *port = at != NULL ? g_strndup(rest, at - rest) : g_strdup(rest);
	g_autofree char *host = g_strdup(at != NULL ? at + 1 : "");
	size_t length = strlen(host);
	guint64 number;
	int status;

	if (!g_ascii_string_to_unsigned(port, 10, 1, 65535, &number, NULL))
		return listener_fail(error, LISTENER_ERROR_ADDRESS,
				     "socket %s: \"%s\" is no port from 1 to 65535", name,
				     port);
	if (length > 2 && host[0] == '[' && host[length - 1] == ']') {
		host[length - 1] = '\0';
		memmove(host, host + 1, length - 1);
	}
	hints.ai_flags = AI_NUMERICSERV;
	status = getaddrinfo(*host != '\0' ? host : NULL, port, &hints, &found);
	if (status != 0)
		return listener_fail(error, LISTENER_ERROR_ADDRESS,
				     "socket %s: host \"%s\": %s", name, host,
				     gai_strerror(status));

	memcpy(&address_out->storage, found->ai_addr, found->ai_addrlen);
	*length_out = found->ai_addrlen;
	freeaddrinfo(found);

	return true;
}

/* ADDRESS:PORT or [ADDRESS]:PORT, as monitors are told it. */
static bool
read_address_port(const char *name, ListenerAddress *address_out, socklen_t *length_out,
		  GError **error)
{
	const char *colon = strrchr(name, ':');
	g_autofree char *rest = NULL;

	if (colon == NULL || (name[0] != '[' && !g_ascii_isdigit(name[0])))
		return listener_fail(
		    error, LISTENER_ERROR_ADDRESS,
		    "socket %s: write unix:PATH, inet:PORT@HOST or inet6:PORT@HOST",
		    name);
	rest = g_strdup_printf("%s@%.*s", colon + 1, (int)(colon - name), name);

	return read_inet(name, rest, AF_UNSPEC, address_out, length_out, error);
}

bool
listener_place_address(const char *name, ListenerAddress *address_out,
		       socklen_t *length_out, GError **error)
{
	const char *path = unix_path(name);

	if (path != NULL)
		return read_unix(path, address_out, length_out, error);
	if (g_str_has_prefix(name, "inet:"))
		return read_inet(name, name + 5, AF_INET, address_out, length_out, error);
	if (g_str_has_prefix(name, "inet6:"))
		return read_inet(name, name + 6, AF_INET6, address_out, length_out,
				 error);

	return read_address_port(name, address_out, length_out, error);
}

static bool
is_loopback(const ListenerAddress *address)
{
	const struct in6_addr *six = &address->in6.sin6_addr;

	switch (address->any.sa_family) {
	case AF_UNIX:
		return true;
	case AF_INET:
		return ntohl(address->in.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
	case AF_INET6:
		return IN6_IS_ADDR_LOOPBACK(six) ||
		       (IN6_IS_ADDR_V4MAPPED(six) && six->s6_addr[12] == IN_LOOPBACKNET);
	default:
		return false;
	}
}

bool
listener_place_reach(const ListenerPlace *place, const ListenerAddress *address,
		     GError **error)
{
	if (place->is_remote || is_loopback(address))
		return true;

	return listener_fail(
	    error, LISTENER_ERROR_ADDRESS,
	    "socket %s: other hosts could reach it, and nobody is asked there who they "
	    "are; write unix:PATH or a loopback address%s",
	    place->address,
	    place->is_mta ? ", or set [milter] allow-remote = yes where a packet filter "
			    "lets the MTA alone in"
			  : "");
}

bool
listener_place_owner(const ListenerPlace *place, uid_t *uid_out, gid_t *gid_out,
		     GError **error)
{
	uid_t uid = (uid_t)-1;
	gid_t gid = (gid_t)-1;
	guint64 number;

	if (g_ascii_string_to_unsigned(place->owner, 10, 0, G_MAXINT32, &number, NULL)) {
		uid = number;
	} else if (*place->owner != '\0') {
		const struct passwd *user = getpwnam(place->owner);

		if (user == NULL)
			return listener_fail(error, LISTENER_ERROR_ADDRESS,
					     "socket-owner: there is no user \"%s\"",
					     place->owner);
		uid = user->pw_uid;
	}
	if (g_ascii_string_to_unsigned(place->group, 10, 0, G_MAXINT32, &number, NULL)) {
		gid = number;
	} else if (*place->group != '\0') {
		const struct group *group = getgrnam(place->group);

		if (group == NULL)
			return listener_fail(error, LISTENER_ERROR_ADDRESS,
					     "socket-group: there is no group \"%s\"",
					     place->group);
		gid = group->gr_gid;
	}
	*uid_out = uid;
	*gid_out = gid;

	return true;
}

bool
listener_place_mode(const ListenerPlace *place, mode_t *mode_out, GError **error)
{
	guint64 mode = 0;

	if (*place->mode != '\0' &&
	    !g_ascii_string_to_unsigned(place->mode, 8, 1, 0777, &mode, NULL))
		return listener_fail(
		    error, LISTENER_ERROR_ADDRESS,
		    "socket-mode: \"%s\" is no octal mode from 0001 to 0777",
		    place->mode);
	*mode_out = mode;

	return true;
}

bool
listener_place_folder(const char *path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	struct stat status;

	if (stat(folder, &status) != 0)
		return listener_fail(
		    error, LISTENER_ERROR_ADDRESS,
		    "socket unix:%s: folder %s: %s; make it, owned by the user that runs "
		    "invite-milter",
		    path, folder, g_strerror(errno));
	if (!S_ISDIR(status.st_mode))
		return listener_fail(error, LISTENER_ERROR_ADDRESS,
				     "socket unix:%s: %s is no folder", path, folder);
	if (access(folder, W_OK | X_OK) != 0)
		return listener_fail(
		    error, LISTENER_ERROR_ADDRESS,
		    "socket unix:%s: folder %s: %s; the user that runs invite-milter "
		    "must be able to write there",
		    path, folder, g_strerror(errno));

	return true;
}
