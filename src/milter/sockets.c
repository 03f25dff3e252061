/* SPDX-License-Identifier: BSD-2-Clause */
/* sockets.c - the sockets that are served, and as whom */

#include "config.h"

#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "milter/sockets.h"
#include "milter/user.h"

/*
 * A socket beside the MTA's, or NULL: what users and monitors ask can wait until the
 * next start, and mail cannot.
 */
static Listener *
open_other(const Settings *settings, SettingName name, const char *mode,
	   const char *missing)
{
	ListenerPlace place = {
		.address = settings_text(settings, name),
		.mode = mode,
		.owner = geteuid() == 0 ? settings_text(settings, SETTING_USER) : "",
		.group = "",
	};
	g_autoptr(GError) error = NULL;
	Listener *listener;

	if (place.address[0] == '\0')
		return NULL;
	listener = listener_open(&place, &error);
	if (listener == NULL)
		log_error("%s: %s", missing, error->message);

	return listener;
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
	sockets->control = open_other(settings, SETTING_CONTROL, "0666",
				      "no control socket, so users cannot ask");
	/* A monitor is let in by the folder's group. */
	sockets->metrics =
	    open_other(settings, SETTING_METRICS_LISTEN, "0660", "no metrics");

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
