/* SPDX-License-Identifier: BSD-2-Clause */
/* milter-socket.c - gives libmilter the listening socket */

#include "config.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libmilter/mfapi.h>

#include "milter/milter-socket.h"
#include "milter/milter.h"

bool
milter_socket_refused(GError **error, const char *what)
{
	g_set_error(error, MILTER_ERROR, MILTER_ERROR_LIBRARY,
		    "libmilter refused %s; it says why in the system log", what);
	return false;
}

#ifdef HAVE_SMFI_FD
bool
milter_socket_hand_over(int fd, int *polled_out, GError **error)
{
	g_autofree char *name = g_strdup_printf("fd:%d", fd);

	if (smfi_setconn(name) != MI_SUCCESS || smfi_opensocket(false) != MI_SUCCESS)
		return milter_socket_refused(error, "the listening socket");

	*polled_out = fd;

	return true;
}
#else
/*
 * A libmilter that opens its socket itself opens one of the same family that
 * nobody knows of, at the lowest free descriptor, and ours takes its place.
 */
bool
milter_socket_hand_over(int fd, int *polled_out, GError **error)
{
	struct sockaddr_storage address = { 0 };
	socklen_t length = sizeof(address);
	g_autofree char *path =
	    g_strdup_printf("%s/invite-milter.%d", g_get_tmp_dir(), getpid());
	g_autofree char *unix_name = g_strdup_printf("unix:%s", path);
	int decoy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	const char *name = unix_name;
	bool is_open;

	if (decoy < 0 || getsockname(fd, (struct sockaddr *)&address, &length) != 0)
		return milter_socket_refused(error, "the listening socket");
	close(decoy);
	if (address.ss_family == AF_INET)
		name = "inet:0@127.0.0.1";
	else if (address.ss_family == AF_INET6)
		name = "inet6:0@[::1]";

	is_open = smfi_setconn((char *)name) == MI_SUCCESS &&
		  smfi_opensocket(false) == MI_SUCCESS &&
		  dup3(fd, decoy, O_CLOEXEC) == decoy;
	if (name == unix_name)
		unlink(path);
	if (!is_open)
		return milter_socket_refused(error, "the listening socket");

	*polled_out = decoy;

	return true;
}
#endif
