/* SPDX-License-Identifier: BSD-2-Clause */
/* door.c - asks about an owner's people, here or of the daemon */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "ctl/door.h"
#include "ctl/json.h"
#include "judge/requests.h"

struct Door {
	Assessor *assessor; /* NULL where only the daemon is asked */
	Settings *settings;
	const char *owner; /* as given, borrowed from the options; NULL: one's own */
	bool is_everywhere;
	FILE *daemon; /* NULL: the store is asked directly */
};

/* One answer on its way. */
typedef struct {
	DoorTake *take;
	void *context;
	bool is_over;
	GError *error;
} Asking;

/* What ends an answer. */
static const char *const last_members[] = { "learnt", "end", "forgotten", "untaught",
					    "error" };

G_DEFINE_QUARK(door_error, door_error)

/* Who hangs up in the middle must not end us. */
static FILE *
stream_of(int fd)
{
	return fdopen(fd, "r");
}

static FILE *
connect_to(const char *address, GError **error)
{
	struct sockaddr_un place = { .sun_family = AF_UNIX };
	const char *path =
	    g_str_has_prefix(address, "unix:") ? address + strlen("unix:") : "";
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (strlen(path) < sizeof(place.sun_path))
		memcpy(place.sun_path, path, strlen(path));
	if (fd >= 0 && path[0] != '\0' &&
	    connect(fd, (struct sockaddr *)&place, sizeof(place)) == 0)
		return stream_of(fd);

	g_set_error(error, DOOR_ERROR, DOOR_ERROR_CLOSED,
		    "%s: %s; is the daemon running, and [milter] control set?",
		    path[0] != '\0' ? path : "no control socket", g_strerror(errno));
	if (fd >= 0)
		close(fd);

	return NULL;
}

static Door *
door_of(const Options *options)
{
	Door *door = g_new0(Door, 1);

	door->owner = options->owner;
	door->is_everywhere = options->is_everywhere;

	return door;
}

Door *
door_to_daemon(const Options *options, GError **error)
{
	g_autoptr(Door) door = door_of(options);

	door->settings = settings_new(options_settings(options), error);
	if (door->settings == NULL)
		return NULL;
	door->daemon = connect_to(settings_text(door->settings, SETTING_CONTROL), error);

	return door->daemon != NULL ? g_steal_pointer(&door) : NULL;
}

Door *
door_new(const Options *options, GError **error)
{
	g_autoptr(Assessor) assessor = options_assessor(options, STORE_WORK, error);
	Door *door;

	if (assessor == NULL)
		return NULL;
	door = store_is_ours(assessor_store(assessor)) ? door_of(options)
						       : door_to_daemon(options, error);
	if (door != NULL)
		door->assessor = g_steal_pointer(&assessor);

	return door;
}

void
door_free(Door *door)
{
	if (door == NULL)
		return;

	if (door->daemon != NULL)
		fclose(door->daemon);
	assessor_unref(door->assessor);
	settings_unref(door->settings);
	g_free(door);
}

const Assessor *
door_assessor(const Door *door)
{
	return door->assessor;
}

const Settings *
door_settings(const Door *door)
{
	return door->settings;
}

/* A RequestsTell: false once the answer is over. */
static bool
take_line(void *context, const char *line)
{
	Asking *asking = context;
	g_autoptr(JsonNode) root = json_from_string(line, NULL);
	JsonObject *object;

	if (root == NULL || !JSON_NODE_HOLDS_OBJECT(root)) {
		g_clear_error(&asking->error);
		g_set_error_literal(&asking->error, DOOR_ERROR, DOOR_ERROR_ANSWER,
				    "the daemon's answer is no JSON");
		return false;
	}
	object = json_node_get_object(root);
	if (json_object_has_member(object, "error"))
		g_set_error_literal(
		    &asking->error, DOOR_ERROR, DOOR_ERROR_ANSWER,
		    json_object_get_string_member_with_default(object, "error", "?"));
	else
		asking->take(asking->context, object);
	for (size_t i = 0; i < G_N_ELEMENTS(last_members); i++)
		asking->is_over |= json_object_has_member(object, last_members[i]);

	return !asking->is_over;
}

static void
send_line(int fd, const char *line)
{
	g_autofree char *whole = g_strconcat(line, "\n", NULL);

	for (size_t sent = 0, length = strlen(whole); sent < length;) {
		ssize_t done = send(fd, whole + sent, length - sent, MSG_NOSIGNAL);

		if (done <= 0)
			return;
		sent += (size_t)done;
	}
}

static void
ask_daemon(Door *door, const char *request, Asking *asking)
{
	char *line = NULL;
	size_t size = 0;

	/* A daemon that refuses a request says why, and takes no more of it. */
	send_line(fileno(door->daemon), request);
	while (getline(&line, &size, door->daemon) > 0 && take_line(asking, line))
		;
	free(line);
	if (!asking->is_over && asking->error == NULL)
		g_set_error_literal(&asking->error, DOOR_ERROR, DOOR_ERROR_CLOSED,
				    "the daemon hung up; its log says why");
}

static void
ask_store(const Door *door, const char *request, Asking *asking)
{
	const RequestsClient root = { .is_trusted = true };

	Store *store = assessor_store(door->assessor);

	if (requests_answer(store, assessor_rules(door->assessor), &root, request,
			    g_get_real_time() / G_USEC_PER_SEC, take_line, asking) &&
	    asking->error == NULL)
		store_scrub(store, &asking->error);
}

bool
door_ask(Door *door, JsonBuilder *json, DoorTake *take, void *context, GError **error)
{
	Asking asking = { .take = take, .context = context };
	g_autofree char *request = NULL;

	if (door->owner != NULL)
		json_add_text(json, "owner", door->owner);
	if (door->is_everywhere)
		json_add_flag(json, "everywhere", true);
	json_builder_end_object(json);
	request = json_line(json);

	if (door->daemon != NULL)
		ask_daemon(door, request, &asking);
	else
		ask_store(door, request, &asking);
	if (asking.error == NULL)
		return true;
	g_propagate_error(error, asking.error);

	return false;
}
