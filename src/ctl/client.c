/* SPDX-License-Identifier: BSD-2-Clause */
/* client.c - asks about an owner's people, here or of the daemon */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/json.h"
#include "ctl/client.h"
#include "requests/requests.h"

/* A daemon that answers at all does so in fewer seconds. */
#define PATIENCE 60

struct Client {
	Assessor *assessor; /* NULL where only the daemon is asked */
	Settings *settings;
	const char *owner; /* as given, borrowed from the options; NULL: one's own */
	bool is_everywhere;
	int patience; /* seconds */
	FILE *daemon; /* NULL: the store is asked directly */
};

/* One answer on its way. */
typedef struct {
	ClientTake *take;
	void *context;
	bool is_over;
	GError *error;
} Asking;

/* What ends an answer. */
static const char *const last_members[] = {
	"learnt",   "end",    "forgotten", "taught",   "untaught", "mark",
	"relation", "closed", "status",    "recorded", "expired",  "error"
};

G_DEFINE_QUARK(client_error, client_error)

int
client_status(const GError *error)
{
	static const int statuses[] = {
		[CLIENT_ERROR_CLOSED] = EX_UNAVAILABLE,
		[CLIENT_ERROR_ANSWER] = EX_UNAVAILABLE,
		[CLIENT_ERROR_OWNER] = EX_USAGE,
		[CLIENT_ERROR_RIGHT] = EX_NOPERM,
		[CLIENT_ERROR_USAGE] = EX_USAGE,
		[CLIENT_ERROR_VALUE] = EX_DATAERR,
		[CLIENT_ERROR_MAIL] = EX_DATAERR,
	};

	if (error->domain == STORE_ERROR)
		return EX_UNAVAILABLE;

	return error->domain == CLIENT_ERROR ? statuses[error->code] : EX_CONFIG;
}

/* Why the answer is no. */
static ClientError
code_of(JsonObject *answer)
{
	const char *refused = json_text(answer, REQUESTS_REFUSED);

	if (g_strcmp0(refused, REQUESTS_REFUSED_OWNER) == 0)
		return CLIENT_ERROR_OWNER;

	return g_strcmp0(refused, REQUESTS_REFUSED_RIGHT) == 0 ? CLIENT_ERROR_RIGHT
							       : CLIENT_ERROR_ANSWER;
}

static FILE *
connect_to(const char *address, int seconds, GError **error)
{
	struct sockaddr_un place = { .sun_family = AF_UNIX };
	const char *path =
	    g_str_has_prefix(address, "unix:") ? address + strlen("unix:") : "";
	const struct timeval patience = { .tv_sec = seconds };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (strlen(path) < sizeof(place.sun_path))
		memcpy(place.sun_path, path, strlen(path));
	/* A daemon that takes no connections keeps us waiting for one, too. */
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (fd >= 0 && path[0] != '\0' &&
	    connect(fd, (struct sockaddr *)&place, sizeof(place)) == 0)
		return fdopen(fd, "r");

	g_set_error(error, CLIENT_ERROR, CLIENT_ERROR_CLOSED,
		    "%s: %s; is the daemon running, and [milter] control set?",
		    path[0] != '\0' ? path : "no control socket", g_strerror(errno));
	if (fd >= 0)
		close(fd);

	return NULL;
}

static Client *
client_of(const Options *options)
{
	Client *client = g_new0(Client, 1);

	client->owner = options->owner;
	client->is_everywhere = options->is_everywhere;
	client->patience = options->patience > 0 ? options->patience : PATIENCE;

	return client;
}

/* Where no daemon serves users without settings of their own, they can do without one. */
static void
add_way_without(const Options *options, GError **error)
{
	if (geteuid() == 0 || options->config != NULL || error == NULL || *error == NULL)
		return;
	g_prefix_error(error,
		       "no settings of your own name a store, see FILES in invitectl(1), "
		       "and no daemon answers: ");
}

Client *
client_to_daemon(const Options *options, GError **error)
{
	g_autoptr(Client) client = client_of(options);

	client->settings = settings_new(options_settings(options), error);
	if (client->settings == NULL)
		return NULL;
	client->daemon = connect_to(settings_text(client->settings, SETTING_CONTROL),
				    client->patience, error);
	if (client->daemon != NULL)
		return g_steal_pointer(&client);
	add_way_without(options, error);

	return NULL;
}

/* May this process open the store itself? */
static bool
is_ours(const Settings *settings)
{
	g_autoptr(Store) store =
	    store_new(settings_text(settings, SETTING_PEOPLE_STORE), STORE_READ);

	return store_is_ours(store);
}

Client *
client_new(const Options *options, GError **error)
{
	g_autoptr(Settings) settings = settings_new(options_settings(options), error);
	g_autoptr(Client) client = NULL;

	if (settings == NULL)
		return NULL;
	/* Where the daemon does not run, no data need be read to say so. */
	client =
	    is_ours(settings) ? client_of(options) : client_to_daemon(options, error);
	if (client == NULL)
		return NULL;
	client->assessor = options_assessor(options, STORE_WORK, error);

	return client->assessor != NULL ? g_steal_pointer(&client) : NULL;
}

Client *
client_to_teach(const Options *options, GError **error)
{
	g_autoptr(Settings) settings = settings_new(options_settings(options), error);

	if (settings == NULL)
		return NULL;

	return geteuid() != 0 && is_ours(settings) ? client_new(options, error)
						   : client_to_daemon(options, error);
}

void
client_free(Client *client)
{
	if (client == NULL)
		return;

	if (client->daemon != NULL)
		fclose(client->daemon);
	assessor_unref(client->assessor);
	settings_unref(client->settings);
	g_free(client);
}

bool
client_reconnect(Client *client, GError **error)
{
	const Settings *settings = client_settings(client);
	FILE *daemon = NULL;

	if (client->daemon == NULL)
		return true;
	daemon =
	    connect_to(settings_text(settings, SETTING_CONTROL), client->patience, error);
	if (daemon == NULL)
		return false;
	fclose(client->daemon);
	client->daemon = daemon;

	return true;
}

void
client_set_owner(Client *client, const char *owner)
{
	client->owner = owner;
}

const Assessor *
client_assessor(const Client *client)
{
	return client->assessor;
}

const Settings *
client_settings(const Client *client)
{
	return client->settings != NULL ? client->settings
					: assessor_settings(client->assessor);
}

bool
client_is_own(const Client *client)
{
	return client->daemon == NULL && geteuid() != 0;
}

/* A RequestsTell: false once the answer is over. */
static bool
take_line(void *context, const char *line)
{
	Asking *asking = context;
	g_autoptr(JsonObject) object = json_read(line);
	const char *why = json_text(object, "error");

	if (object == NULL) {
		g_clear_error(&asking->error);
		g_set_error_literal(&asking->error, CLIENT_ERROR, CLIENT_ERROR_ANSWER,
				    "the daemon's answer is no JSON");
		return false;
	}
	if (json_has(object, "error"))
		g_set_error_literal(&asking->error, CLIENT_ERROR, code_of(object),
				    why != NULL ? why : "?");
	else
		asking->take(asking->context, object);
	for (size_t i = 0; i < G_N_ELEMENTS(last_members); i++)
		asking->is_over |= json_has(object, last_members[i]);

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
ask_daemon(Client *client, const char *request, Asking *asking)
{
	char *line = NULL;
	size_t size = 0;

	/* A daemon that refuses a request says why, and takes no more of it. */
	send_line(fileno(client->daemon), request);
	errno = 0;
	while (getline(&line, &size, client->daemon) > 0 && take_line(asking, line))
		;
	free(line);
	if (errno == EAGAIN && !asking->is_over && asking->error == NULL)
		g_set_error(&asking->error, CLIENT_ERROR, CLIENT_ERROR_CLOSED,
			    "the daemon did not answer in %d seconds; is it stopped?",
			    client->patience);
	else if (!asking->is_over && asking->error == NULL)
		g_set_error_literal(&asking->error, CLIENT_ERROR, CLIENT_ERROR_CLOSED,
				    "the daemon hung up; its log says why");
}

char *
client_own_mailbox(const Assessor *assessor)
{
	const char *user = g_get_user_name();
	const char *daemon = settings_text(assessor_settings(assessor), SETTING_USER);

	return geteuid() != 0 && !g_str_equal(user, daemon)
		   ? owners_of_user(assessor_rules(assessor)->owners, user)
		   : NULL;
}

static void
ask_store(const Client *client, const char *request, Asking *asking)
{
	Store *store = assessor_store(client->assessor);
	g_autofree char *own = client_own_mailbox(client->assessor);
	const AccessClient root = { .is_trusted = true, .own = own };

	if (requests_answer(store, client->assessor, &root, request,
			    g_get_real_time() / G_USEC_PER_SEC, take_line, asking) &&
	    asking->error == NULL)
		store_scrub(store, &asking->error);
}

bool
client_ask(Client *client, JsonBuilder *json, ClientTake *take, void *context,
	   GError **error)
{
	Asking asking = { .take = take, .context = context };
	g_autofree char *request = NULL;

	if (client->owner != NULL)
		json_add_text(json, "owner", client->owner);
	if (client->is_everywhere)
		json_add_flag(json, "everywhere", true);
	json_builder_end_object(json);
	request = json_line(json);

	if (client->daemon != NULL)
		ask_daemon(client, request, &asking);
	else
		ask_store(client, request, &asking);
	if (asking.error == NULL)
		return true;
	g_propagate_error(error, asking.error);

	return false;
}
