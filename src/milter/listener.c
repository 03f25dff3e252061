/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * listener.c - the socket where the MTA finds us
 *
 * Design rationale: libmilter polls the descriptor that we gave it and holds
 * on to the file behind it while it does.  Another file put over the
 * descriptor (dup3) is what it accepts from next: an idle socket that does
 * not block lets it go round in peace, while the old one, which we keep under
 * another number, still tells us who waits.
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "milter/listener-place.h"
#include "milter/listener-probe.h"
#include "milter/listener.h"

/* What systemd hands over begins here; sd_listen_fds(3). */
#define INHERITED_FD    3
#define LOCK_TRIES      100
#define LOCK_PAUSE_USEC 20000

struct Listener {
	int fd;     /* the listening socket */
	int polled; /* libmilter's; something idle once it is closed */
	int kept;   /* the listening socket, whatever becomes of the others */
	int family;
	bool is_inherited;
	bool is_closed;             /* to new connections; those that wait are not ours */
	char *name;                 /* as in the settings */
	char *mode, *owner, *group; /* as in the settings, to make it again */
	char *path;                 /* of a unix socket that we made, else NULL */
	dev_t device;               /* of the path, to tell whether it is still ours */
	ino_t inode;
};

G_DEFINE_QUARK(listener_error, listener_error)

bool
listener_fail(GError **error, ListenerError code, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_set_error_literal(error, LISTENER_ERROR, code, text);

	return false;
}

static bool
check_path(const ListenerAddress *address, socklen_t length, ListenerProbe *probe_out,
	   GError **error)
{
	const char *path = address->un.sun_path;

	*probe_out = listener_probe(address, length);
	switch (*probe_out) {
	case LISTENER_PROBE_LIVE:
		return listener_fail(
		    error, LISTENER_ERROR_IN_USE,
		    "socket unix:%s: a running process listens there; stop it first, or "
		    "set another socket",
		    path);
	case LISTENER_PROBE_FOREIGN:
		return listener_fail(
		    error, LISTENER_ERROR_IN_USE,
		    "socket unix:%s: this is no socket and is left alone; remove it, or "
		    "set another socket",
		    path);
	case LISTENER_PROBE_FAILED:
		return listener_fail(error, LISTENER_ERROR_SYSTEM, "socket unix:%s: %s",
				     path, g_strerror(errno));
	case LISTENER_PROBE_NOTHING:
	case LISTENER_PROBE_DEAD:
		break;
	}

	return true;
}

/*
 * Nobody can connect before listen(), so mode and owner are in place when
 * the first one can; the umask keeps others from the inode until then.
 */
static bool
bind_path(int fd, const ListenerPlace *place, const ListenerAddress *address,
	  socklen_t length, GError **error)
{
	const char *path = address->un.sun_path;
	mode_t mode, old_mask;
	uid_t uid;
	gid_t gid;
	ListenerProbe probe;
	int status;

	if (!listener_place_mode(place, &mode, error) ||
	    !listener_place_owner(place, &uid, &gid, error) ||
	    !check_path(address, length, &probe, error))
		return false;

	if (probe == LISTENER_PROBE_DEAD && unlink(path) != 0)
		return listener_fail(error, LISTENER_ERROR_SYSTEM,
				     "socket unix:%s: a dead one is in the way: %s", path,
				     g_strerror(errno));

	old_mask = umask(0);
	umask(mode != 0 ? 0177 : old_mask);
	status = bind(fd, &address->any, length);
	umask(old_mask);
	if (status != 0)
		return listener_fail(error, LISTENER_ERROR_SYSTEM, "socket unix:%s: %s",
				     path, g_strerror(errno));

	/* The owner first: a change of it may take bits away. */
	if ((uid == (uid_t)-1 && gid == (gid_t)-1) || lchown(path, uid, gid) == 0)
		if (mode == 0 || chmod(path, mode) == 0)
			return true;

	listener_fail(error, LISTENER_ERROR_SYSTEM,
		      "socket unix:%s: cannot set socket-mode %s, socket-owner \"%s\", "
		      "socket-group \"%s\": %s",
		      path, place->mode, place->owner, place->group, g_strerror(errno));
	unlink(path);

	return false;
}

/*
 * A lock on the folder leaves no file behind, and ends with its holder.  Any
 * process that can read the folder could hold it for ever, so we do not insist.
 */
static int
lock_folder(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	for (int i = 0; fd >= 0 && i < LOCK_TRIES; i++) {
		/* Another fault does not pass by waiting: AppArmor says EACCES. */
		if (flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
			break;
		g_usleep(LOCK_PAUSE_USEC);
	}

	return fd;
}

static bool
listen_unix(Listener *listener, const ListenerPlace *place,
	    const ListenerAddress *address, socklen_t length, GError **error)
{
	const char *path = address->un.sun_path;
	struct stat status;
	int lock;
	bool is_listening;

	if (!listener_place_folder(path, error))
		return false;

	lock = lock_folder(path);
	is_listening = bind_path(listener->fd, place, address, length, error);
	if (is_listening) {
		listener->path = g_strdup(path);
		if (lstat(path, &status) == 0) {
			listener->device = status.st_dev;
			listener->inode = status.st_ino;
		}
		is_listening =
		    listen(listener->fd, SOMAXCONN) == 0 ||
		    listener_fail(error, LISTENER_ERROR_SYSTEM, "socket unix:%s: %s",
				  path, g_strerror(errno));
	}
	if (lock >= 0)
		close(lock);

	return is_listening;
}

static bool
listen_inet(Listener *listener, const ListenerAddress *address, socklen_t length,
	    GError **error)
{
	int yes = 1;

	setsockopt(listener->fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (listener->family == AF_INET6)
		setsockopt(listener->fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof(yes));
	if (bind(listener->fd, &address->any, length) == 0 &&
	    listen(listener->fd, SOMAXCONN) == 0)
		return true;

	if (errno == EADDRINUSE)
		return listener_fail(
		    error, LISTENER_ERROR_IN_USE,
		    "socket %s: a running process listens there; stop it first, or set "
		    "another socket",
		    listener->name);

	return listener_fail(error, LISTENER_ERROR_SYSTEM, "socket %s: %s",
			     listener->name, g_strerror(errno));
}

static Listener *
listener_new(const char *name, int fd, int family)
{
	Listener *listener = g_new0(Listener, 1);

	listener->name = g_strdup(name);
	listener->fd = listener->polled = fd;
	listener->family = family;
	listener->kept = -1;

	return listener;
}

static bool
keep(Listener *listener, GError **error)
{
	listener->kept = fcntl(listener->fd, F_DUPFD_CLOEXEC, 0);
	if (listener->kept < 0)
		return listener_fail(error, LISTENER_ERROR_SYSTEM, "socket %s: %s",
				     listener->name, g_strerror(errno));

	return true;
}

bool
listener_check(const ListenerPlace *place, GError **error)
{
	ListenerAddress address = { 0 };
	socklen_t length;
	mode_t mode;
	uid_t uid;
	gid_t gid;

	if (!listener_place_address(place->address, &address, &length, error) ||
	    !listener_place_reach(place, &address, error))
		return false;

	return address.any.sa_family != AF_UNIX ||
	       (listener_place_mode(place, &mode, error) &&
		listener_place_owner(place, &uid, &gid, error) &&
		listener_place_folder(address.un.sun_path, error));
}

Listener *
listener_open(const ListenerPlace *place, GError **error)
{
	g_autoptr(Listener) listener = NULL;
	ListenerAddress address = { 0 };
	socklen_t length;
	int family, fd;
	bool is_listening;

	if (!listener_place_address(place->address, &address, &length, error) ||
	    !listener_place_reach(place, &address, error))
		return NULL;

	/* Not blocking: a connection that poll() told of may be gone by then. */
	family = address.any.sa_family;
	fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) {
		listener_fail(error, LISTENER_ERROR_SYSTEM, "socket %s: %s",
			      place->address, g_strerror(errno));
		return NULL;
	}

	listener = listener_new(place->address, fd, family);
	listener->mode = g_strdup(place->mode);
	listener->owner = g_strdup(place->owner);
	listener->group = g_strdup(place->group);
	if (family == AF_UNIX)
		is_listening = listen_unix(listener, place, &address, length, error);
	else
		is_listening = listen_inet(listener, &address, length, error);

	return is_listening && keep(listener, error) ? g_steal_pointer(&listener) : NULL;
}

static bool
is_listening_stream(int fd, int *family_out)
{
	socklen_t length = sizeof(int);
	int type = 0, accepts = 0;

	return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) == 0 &&
	       getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &accepts, &length) == 0 &&
	       getsockopt(fd, SOL_SOCKET, SO_DOMAIN, family_out, &length) == 0 &&
	       type == SOCK_STREAM && accepts != 0;
}

Listener *
listener_inherited(const ListenerPlace *place, GError **error)
{
	const char *process = g_getenv("LISTEN_PID");
	const char *count = g_getenv("LISTEN_FDS");
	g_autoptr(Listener) listener = NULL;
	ListenerPlace inherited = *place;
	ListenerAddress address = { 0 };
	socklen_t length = sizeof(address);
	int family = AF_UNSPEC;

	if (process == NULL || count == NULL || atol(process) != (long)getpid() ||
	    strcmp(count, "0") == 0)
		return NULL;

	if (strcmp(count, "1") != 0 || !is_listening_stream(INHERITED_FD, &family)) {
		listener_fail(
		    error, LISTENER_ERROR_ADDRESS,
		    "systemd handed over %s sockets: the .socket unit must have one "
		    "ListenStream= and no Accept=yes",
		    count);
		return NULL;
	}

	if (getsockname(INHERITED_FD, &address.any, &length) != 0) {
		listener_fail(error, LISTENER_ERROR_SYSTEM, "inherited socket: %s",
			      g_strerror(errno));
		return NULL;
	}
	inherited.address = "of systemd";
	if (!listener_place_reach(&inherited, &address, error))
		return NULL;

	fcntl(INHERITED_FD, F_SETFD, FD_CLOEXEC);
	fcntl(INHERITED_FD, F_SETFL, fcntl(INHERITED_FD, F_GETFL) | O_NONBLOCK);
	listener = listener_new("inherited", INHERITED_FD, family);
	listener->is_inherited = true;

	return keep(listener, error) ? g_steal_pointer(&listener) : NULL;
}

/* Another process may have removed our path and made its own. */
bool
listener_is_gone(const Listener *listener)
{
	struct stat status;

	return listener->path != NULL &&
	       (lstat(listener->path, &status) != 0 ||
		status.st_dev != listener->device || status.st_ino != listener->inode);
}

static void
remove_path(Listener *listener)
{
	if (listener->path != NULL && !listener_is_gone(listener))
		unlink(listener->path);
	g_clear_pointer(&listener->path, g_free);
}

void
listener_free(Listener *listener)
{
	if (listener == NULL)
		return;

	remove_path(listener);
	if (listener->kept >= 0)
		close(listener->kept);
	if (listener->fd >= 0)
		close(listener->fd);
	g_free(listener->name);
	g_free(listener->mode);
	g_free(listener->owner);
	g_free(listener->group);
	g_free(listener);
}

int
listener_fd(const Listener *listener)
{
	return listener->fd;
}

void
listener_set_polled(Listener *listener, int fd)
{
	listener->polled = fd;
}

bool
listener_is_inherited(const Listener *listener)
{
	return listener->is_inherited;
}

const char *
listener_name(const Listener *listener)
{
	return listener->name;
}

bool
listener_has_waiting(const Listener *listener)
{
	struct pollfd waiting = { .fd = listener->kept, .events = POLLIN };

	return !listener->is_closed && poll(&waiting, 1, 0) > 0;
}

/* A thread that polls the old socket finds the new one at its next turn. */
bool
listener_restore(Listener *listener, GError **error)
{
	const ListenerPlace place = { .address = listener->name,
				      .mode = listener->mode,
				      .owner = listener->owner,
				      .group = listener->group };
	g_autoptr(Listener) made = listener_open(&place, error);

	if (made == NULL)
		return false;
	if (dup3(made->fd, listener->fd, O_CLOEXEC) < 0 ||
	    dup3(made->fd, listener->kept, O_CLOEXEC) < 0 ||
	    (listener->polled != listener->fd &&
	     dup3(made->fd, listener->polled, O_CLOEXEC) < 0))
		return listener_fail(error, LISTENER_ERROR_SYSTEM, "socket %s: %s",
				     listener->name, g_strerror(errno));
	listener->device = made->device;
	listener->inode = made->inode;
	g_clear_pointer(&made->path, g_free);

	return true;
}

/* The idle socket's family does not matter: nothing is ever accepted from it. */
static bool
replace_by_idle(Listener *listener)
{
	ListenerAddress address = { .any = { .sa_family = AF_UNIX } };
	int idle = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool is_done;

	if (idle < 0)
		return false;

	/* A bare family lets the kernel choose a name that nobody knows: unix(7). */
	is_done = bind(idle, &address.any, sizeof(sa_family_t)) == 0 &&
		  listen(idle, 1) == 0 && dup3(idle, listener->polled, O_CLOEXEC) >= 0;
	close(idle);

	return is_done;
}

bool
listener_close(Listener *listener)
{
	if (listener->family == AF_UNIX && !listener->is_inherited) {
		remove_path(listener);
		return true;
	}
	if (listener->is_closed)
		return true;

	if (!listener->is_inherited && listener_has_waiting(listener))
		return false;
	if (!replace_by_idle(listener))
		return false;

	/* systemd's would be shut for the next instance too. */
	if (!listener->is_inherited)
		shutdown(listener->kept, SHUT_RDWR);
	listener->is_closed = true;

	return true;
}
