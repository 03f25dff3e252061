/* SPDX-License-Identifier: BSD-2-Clause */
/* listener-probe.c - what stands where a unix socket is to be? */

#include "config.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "milter/listener-probe.h"

ListenerProbe
listener_probe(const ListenerAddress *address, socklen_t length)
{
	struct stat status;
	int fd, trouble = 0;

	if (lstat(address->un.sun_path, &status) != 0)
		return errno == ENOENT ? LISTENER_PROBE_NOTHING : LISTENER_PROBE_FAILED;
	if (!S_ISSOCK(status.st_mode))
		return LISTENER_PROBE_FOREIGN;

	/* Not blocking: a live one may have a full backlog (EAGAIN). */
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return LISTENER_PROBE_FAILED;
	if (connect(fd, &address->any, length) != 0)
		trouble = errno;
	close(fd);
	errno = trouble;

	if (trouble == 0 || trouble == EAGAIN)
		return LISTENER_PROBE_LIVE;

	return trouble == ECONNREFUSED ? LISTENER_PROBE_DEAD : LISTENER_PROBE_FAILED;
}
