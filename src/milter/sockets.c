/* SPDX-License-Identifier: BSD-2-Clause */
/* sockets.c - the sockets that are served, and what befalls them */

#include "config.h"

#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "milter/daemon.h"
#include "milter/listener-place.h"
#include "milter/milter.h"
#include "milter/sockets.h"
#include "milter/user.h"

typedef enum { OTHER_CONTROL, OTHER_METRICS, OTHER_COUNT } Other;

/* The sockets beside the MTA's.  A monitor is let in by the folder's group. */
static const struct {
	SettingName name;
	const char *mode, *missing;
} others[OTHER_COUNT] = {
	[OTHER_CONTROL] = { SETTING_CONTROL, "0666",
			    "no control socket, so users cannot ask" },
	[OTHER_METRICS] = { SETTING_METRICS_LISTEN, "0660", "no metrics" },
};

/* What users and monitors ask can wait until the next start, and mail cannot. */
static Listener *
open_other(const Settings *settings, Other other)
{
	ListenerPlace place = {
		.address = settings_text(settings, others[other].name),
		.mode = others[other].mode,
		.owner = geteuid() == 0 ? settings_text(settings, SETTING_USER) : "",
		.group = "",
	};
	g_autoptr(GError) error = NULL;
	Listener *listener;

	if (place.address[0] == '\0')
		return NULL;
	listener = listener_open(&place, &error);
	if (listener == NULL)
		log_error("%s: %s", others[other].missing, error->message);

	return listener;
}

bool
sockets_check(const Settings *settings, GError **error)
{
	for (Other other = 0; other < OTHER_COUNT; other++) {
		SettingName name = others[other].name;
		ListenerPlace place = { .address = settings_text(settings, name) };
		ListenerAddress address = { 0 };
		socklen_t length;

		if (place.address[0] != '\0' &&
		    (!listener_place_address(place.address, &address, &length, error) ||
		     !listener_place_reach(&place, &address, error))) {
			g_autofree char *source = settings_source(settings, name, NULL);

			g_prefix_error(error, "%s: ", source);
			return false;
		}
	}

	return true;
}

static int
open_sockets(Sockets *sockets, const Arguments *arguments, const Settings *settings)
{
	ListenerPlace place = arguments_place(arguments, settings);
	g_autoptr(GError) error = NULL;

	sockets->listener = listener_inherited(&place, &error);
	if (sockets->listener == NULL && error == NULL)
		sockets->listener = listener_open(&place, &error);
	if (sockets->listener == NULL) {
		log_error("%s", error->message);
		return EX_UNAVAILABLE;
	}
	sockets->control = open_other(settings, OTHER_CONTROL);
	sockets->metrics = open_other(settings, OTHER_METRICS);

	return EX_OK;
}

/* Open the sockets, and become the user who serves them. */
int
sockets_take(Sockets *sockets, const Arguments *arguments, const Settings *settings)
{
	g_autoptr(GError) error = NULL;
	User user;
	int status;

	if (!user_find(settings, &user, &error) || !user_enter_group(&user, &error)) {
		log_error("%s", error->message);
		return EX_CONFIG;
	}
	status = open_sockets(sockets, arguments, settings);
	if (status != EX_OK)
		return status;
	if (!user_become(&user, &error)) {
		log_error("%s", error->message);
		return EX_OSERR;
	}
	if (user.name != NULL && user.uid == 0)
		log_error("running as root: set [milter] user to one who owns nothing "
			  "else");
	else if (user.name != NULL)
		log_info("started as root, running as %s", user.name);

	return EX_OK;
}

void
sockets_tell_few_files(const Settings *settings)
{
	size_t wanted =
	    settings_number(settings, SETTING_LIMITS_CONNECTIONS) + MILTER_FILES_BESIDE;

	if (daemon_files() < wanted)
		log_error("at most %zu files may be open, and [limits] connections "
			  "wants %zu; raise LimitNOFILE or ulimit -n",
			  daemon_files(), wanted);
}

/* A path that somebody removed is made again, and told of once while that fails. */
static void
look_after_socket(Listener *listener, bool *is_told)
{
	g_autoptr(GError) error = NULL;

	if (listener == NULL || !listener_is_gone(listener)) {
		*is_told = false;
		return;
	}
	if (listener_restore(listener, &error))
		log_error("the socket %s was removed, and was made again",
			  listener_name(listener));
	else if (!*is_told)
		log_error("the socket %s was removed, and cannot be made again: %s",
			  listener_name(listener), error->message);
	*is_told = true;
}

void
sockets_look_after(Sockets *sockets)
{
	look_after_socket(sockets->listener, &sockets->is_listener_told);
	look_after_socket(sockets->control, &sockets->is_control_told);
	look_after_socket(sockets->metrics, &sockets->is_metrics_told);
}

void
sockets_close(const Sockets *sockets)
{
	listener_close(sockets->listener);
	if (sockets->control != NULL)
		listener_close(sockets->control);
	if (sockets->metrics != NULL)
		listener_close(sockets->metrics);
}

void
sockets_clear(Sockets *sockets)
{
	g_clear_pointer(&sockets->listener, listener_free);
	g_clear_pointer(&sockets->control, listener_free);
	g_clear_pointer(&sockets->metrics, listener_free);
}
