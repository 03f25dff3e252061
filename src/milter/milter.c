/* SPDX-License-Identifier: BSD-2-Clause */
/* milter.c - libmilter's callbacks */

#include "config.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>

#include "base/log.h"
#include "milter/action.h"
#include "milter/daemon.h"
#include "milter/milter-socket.h"
#include "milter/milter.h"
#include "milter/packet.h"
#include "milter/session.h"
#include "text/address.h"

/* What we can do, and do without, wherever the MTA offers it. */
#define ACTIONS_WANTED                                                                   \
	(SMFIF_ADDHDRS | SMFIF_CHGHDRS | SMFIF_CHGBODY | SMFIF_ADDRCPT | SMFIF_DELRCPT | \
	 SMFIF_SETSYMLIST)
#define EVENTS_UNWANTED  (SMFIP_NOHELO | SMFIP_NOUNKNOWN | SMFIP_NODATA)
#define REPLIES_UNWANTED (SMFIP_NR_CONN | SMFIP_NR_MAIL | SMFIP_NR_RCPT | SMFIP_NR_HDR)

G_DEFINE_QUARK(milter_error, milter_error)

/* Where a connection stands. */
typedef enum {
	STAGE_FRESH, /* its first mail is still to come */
	STAGE_MAIL,  /* a mail is in flight */
	STAGE_IDLE,
	STAGE_LAST
} Stage;

/* One connection of the MTA. */
typedef struct {
	Session *session;
	unsigned long protocol;            /* as negotiated */
	char client[INET6_ADDRSTRLEN];     /* IP address; "" for none */
	char host[ADDRESS_MAX_DOMAIN + 1]; /* its confirmed name; "" for none */
	Stage stage;
	bool is_in; /* the budget lets its mails be judged */
} Connection;

/* The macros we read, by the stage that we read them in. */
static const struct {
	int stage;
	const char *names;
} macros[] = {
	{ SMFIM_ENVFROM, "i {auth_authen} {daemon_name}" },
	{ SMFIM_ENVRCPT, "{rcpt_mailer}" },
	{ SMFIM_EOH, "i" },
	{ SMFIM_EOM, "i" },
};

/* Mailers that take a mail to another site. */
static const char *const mailers_away[] = { "smtp", "esmtp", "relay" };

/*
 * libmilter knows one filter a process and hands its callbacks nothing of
 * ours.  No GMutex, for the thread sanitizer does not see that one.
 */
static struct {
	pthread_mutex_t lock;
	Assessor *assessor;               /* under lock */
	gint64 configured, started;       /* seconds since 1970; under lock */
	gint64 began;                     /* the same, monotonic microseconds */
	Budget *budget;                   /* made before the first connection */
	atomic_size_t stages[STAGE_LAST]; /* connections in each */
	atomic_size_t taken;              /* connections since the start */
	_Atomic(Guard *) guard;           /* NULL: libmilter does not serve yet */
	Tally tally;
} all = { .lock = PTHREAD_MUTEX_INITIALIZER, .tally = TALLY_INIT };

Assessor *
milter_assessor(void)
{
	Assessor *assessor;

	pthread_mutex_lock(&all.lock);
	assessor = assessor_ref(all.assessor);
	pthread_mutex_unlock(&all.lock);

	return assessor;
}

static void
set_stage(Connection *connection, Stage stage)
{
	atomic_fetch_sub(&all.stages[connection->stage], 1);
	connection->stage = stage;
	atomic_fetch_add(&all.stages[stage], 1);
}

/* Made at the first packet. */
static Connection *
connection_of(SMFICTX *ctx)
{
	Connection *connection = smfi_getpriv(ctx);

	if (connection == NULL) {
		connection = g_new0(Connection, 1);
		smfi_setpriv(ctx, connection);
		atomic_fetch_add(&all.stages[STAGE_FRESH], 1);
		atomic_fetch_add(&all.taken, 1);
	}

	return connection;
}

/*
 * The mail in flight, or NULL: libmilter lets a peer that sent an unknown
 * command go on with any other.
 */
static Session *
mail_of(SMFICTX *ctx)
{
	Session *session = connection_of(ctx)->session;

	return session != NULL && session_in_mail(session) ? session : NULL;
}

/* The mail is over, whatever became of it. */
static void
forget_mail(SMFICTX *ctx)
{
	Connection *connection = smfi_getpriv(ctx);

	if (connection == NULL)
		return;

	if (connection->session != NULL)
		session_reset(connection->session);
	set_stage(connection, STAGE_IDLE);
}

/* Continue, without a reply where we said that there is none. */
static sfsistat
go_on(SMFICTX *ctx, unsigned long no_reply)
{
	bool is_mute = (connection_of(ctx)->protocol & no_reply) != 0;

	return is_mute ? SMFIS_NOREPLY : SMFIS_CONTINUE;
}

static RecipientPlace
recipient_place(SMFICTX *ctx)
{
	const char *mailer = smfi_getsymval(ctx, (char *)"{rcpt_mailer}");

	for (size_t i = 0; i < G_N_ELEMENTS(mailers_away); i++)
		if (g_strcmp0(mailer, mailers_away[i]) == 0)
			return RECIPIENT_AWAY;

	return RECIPIENT_LOCAL;
}

static gint64
seconds_now(void)
{
	return g_get_real_time() / G_USEC_PER_SEC;
}

static sfsistat
on_negotiate(SMFICTX *ctx, unsigned long actions, unsigned long protocol,
	     unsigned long unused2, unsigned long unused3, unsigned long *actions_out,
	     unsigned long *protocol_out, unsigned long *out2, unsigned long *out3)
{
	Connection *connection = connection_of(ctx);
	unsigned long wanted = EVENTS_UNWANTED | REPLIES_UNWANTED;

	(void)unused2;
	(void)unused3;
	/* To skip the rest of a body is an answer, so chunks must have answers then. */
	wanted |= (protocol & SMFIP_SKIP) != 0 ? SMFIP_SKIP : SMFIP_NR_BODY;
	if ((actions & SMFIF_SETSYMLIST) != 0)
		for (size_t i = 0; i < G_N_ELEMENTS(macros); i++)
			smfi_setsymlist(ctx, macros[i].stage, (char *)macros[i].names);

	connection->protocol = protocol & wanted;
	*actions_out = actions & ACTIONS_WANTED;
	*protocol_out = connection->protocol;
	*out2 = *out3 = 0;

	return SMFIS_CONTINUE;
}

static sfsistat
on_connect(SMFICTX *ctx, char *name, _SOCK_ADDR *address)
{
	Connection *connection = connection_of(ctx);
	const struct sockaddr_in *in = (const struct sockaddr_in *)address;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)address;

	/*
	 * libmilter gives the name where the address that it has leads back to it,
	 * else the address in brackets; Postfix says "unknown" instead.
	 */
	g_strlcpy(connection->host, name != NULL ? name : "", sizeof(connection->host));
	if (strchr(connection->host, '.') == NULL || connection->host[0] == '[')
		connection->host[0] = '\0';
	connection->client[0] = '\0';
	if (address != NULL && address->sa_family == AF_INET)
		inet_ntop(AF_INET, &in->sin_addr, connection->client,
			  sizeof(connection->client));
	else if (address != NULL && address->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &in6->sin6_addr, connection->client,
			  sizeof(connection->client));

	return go_on(ctx, SMFIP_NR_CONN);
}

static sfsistat
on_sender(SMFICTX *ctx, char **arguments)
{
	g_autoptr(Assessor) assessor = milter_assessor();
	Connection *connection = connection_of(ctx);
	Sender sender = {
		.login = smfi_getsymval(ctx, (char *)"{auth_authen}"),
		.address = arguments[0],
		.client = connection->client[0] != '\0' ? connection->client : NULL,
		.host = connection->host[0] != '\0' ? connection->host : NULL,
		.daemon = smfi_getsymval(ctx, (char *)"{daemon_name}"),
	};

	if (connection->session == NULL)
		connection->session = session_new(all.budget);
	set_stage(connection, STAGE_MAIL);
	tally_mail(&all.tally);
	session_begin(connection->session, assessor, &sender);
	if (!connection->is_in)
		connection->is_in =
		    budget_enter(all.budget, settings_number(assessor_settings(assessor),
							     SETTING_LIMITS_CONNECTIONS));
	if (!connection->is_in)
		session_pass(connection->session, SESSION_BEYOND_CONNECTIONS);

	return go_on(ctx, SMFIP_NR_MAIL);
}

static sfsistat
on_recipient(SMFICTX *ctx, char **arguments)
{
	Session *session = mail_of(ctx);

	if (session != NULL && arguments[0] != NULL)
		session_recipient(session, arguments[0], recipient_place(ctx));

	return go_on(ctx, SMFIP_NR_RCPT);
}

static sfsistat
on_field(SMFICTX *ctx, char *name, char *value)
{
	Session *session = mail_of(ctx);

	if (session != NULL)
		session_field(session, name, value);

	return go_on(ctx, SMFIP_NR_HDR);
}

static sfsistat
on_head_end(SMFICTX *ctx)
{
	Session *session = mail_of(ctx);
	SessionNext next = session != NULL ? session_head_done(session) : SESSION_ACCEPT;
	const char *id = smfi_getsymval(ctx, (char *)"i");

	if (session != NULL)
		tally_decision(&all.tally, next);
	if (next == SESSION_KEEP || next == SESSION_SKIP)
		return SMFIS_CONTINUE;

	/* libmilter calls neither abort nor the end of message after this. */
	tally_beyond(&all.tally, id, session);
	forget_mail(ctx);
	if (next == SESSION_ACCEPT)
		return SMFIS_ACCEPT;

	log_mail(LOG_AT_INFO, id, "refused: more than %d header fields of our names",
		 SESSION_MAX_OURS);
	smfi_setreply(ctx, (char *)"550", (char *)"5.7.1",
		      (char *)"Too many Invite- header fields");

	return SMFIS_REJECT;
}

static sfsistat
on_body(SMFICTX *ctx, unsigned char *bytes, size_t length)
{
	Session *session = mail_of(ctx);
	bool is_enough = session == NULL || !session_body(session, bytes, length);

	if (is_enough && (connection_of(ctx)->protocol & SMFIP_SKIP) != 0)
		return SMFIS_SKIP;

	return go_on(ctx, SMFIP_NR_BODY);
}

/*
 * Call it before the end of the message is answered: then nothing that was answered is
 * forgotten.
 */
static void
remember(const char *id, Session *session)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(LogRecord) told = NULL;

	if (!session_remember(session, seconds_now(), &told, &error))
		tally_store(&all.tally, id, error->message);
	else if (told != NULL)
		log_record(report_is_learnt(told) ? LOG_AT_INFO : LOG_AT_DEBUG, id, told);
}

static const sfsistat ends[] = {
	[EDITS_PASS] = SMFIS_CONTINUE,
	[EDITS_REJECT] = SMFIS_REJECT,
	[EDITS_DISCARD] = SMFIS_DISCARD,
};

/*
 * Trouble of ours is logged, and the mail goes on: a lost mail does harm, and one
 * without our help does none.
 */
static sfsistat
on_message_end(SMFICTX *ctx)
{
	const char *id = smfi_getsymval(ctx, (char *)"i");
	Session *session = mail_of(ctx);
	g_autoptr(Edits) edits = NULL;
	g_auto(Report) report = { 0 };
	g_autoptr(GError) error = NULL;
	gint64 start = g_get_monotonic_time();
	bool is_done;

	if (session == NULL)
		return SMFIS_CONTINUE;

	edits = session_end(session, seconds_now(), &report);
	if (id == NULL)
		id = "-";
	is_done = action_apply(ctx, edits, &error);
	if (!is_done)
		report_trouble(&report, "%s", error->message);
	if (report.summary != NULL)
		tally_time(&all.tally, g_get_monotonic_time() - start);
	tally_report(&all.tally, id, &report);
	tally_beyond(&all.tally, id, session);
	/* What nobody gets waits for no answer. */
	if (!is_done || edits->end == EDITS_PASS)
		remember(id, session);
	forget_mail(ctx);

	return is_done ? ends[edits->end] : SMFIS_CONTINUE;
}

static sfsistat
on_abort(SMFICTX *ctx)
{
	forget_mail(ctx);

	return SMFIS_CONTINUE;
}

/* May come without any packet before it, or in the middle of a mail. */
static sfsistat
on_close(SMFICTX *ctx)
{
	Connection *connection = smfi_getpriv(ctx);

	if (connection == NULL)
		return SMFIS_CONTINUE;

	forget_mail(ctx);
	smfi_setpriv(ctx, NULL);
	session_free(connection->session);
	if (connection->is_in)
		budget_leave(all.budget);
	g_free(connection);
	/* It is over once it gave back all it had. */
	atomic_fetch_sub(&all.stages[STAGE_IDLE], 1);

	return SMFIS_CONTINUE;
}

bool
milter_listen(int fd, int *polled_out, GError **error)
{
	struct smfiDesc filter = {
		.xxfi_name = (char *)"invite-milter",
		.xxfi_version = SMFI_VERSION,
		.xxfi_flags = ACTIONS_WANTED,
		.xxfi_connect = on_connect,
		.xxfi_envfrom = on_sender,
		.xxfi_envrcpt = on_recipient,
		.xxfi_header = on_field,
		.xxfi_eoh = on_head_end,
		.xxfi_body = on_body,
		.xxfi_eom = on_message_end,
		.xxfi_abort = on_abort,
		.xxfi_close = on_close,
		.xxfi_negotiate = on_negotiate,
	};
	size_t files;

	if (all.budget == NULL)
		all.budget = budget_new();
	if (smfi_register(filter) != MI_SUCCESS)
		return milter_socket_refused(error, "the filter");
	smfi_setmaxdatasize(PACKET_MAX_BYTES);
	smfi_setbacklog(SOMAXCONN);

	if (!milter_socket_hand_over(fd, polled_out, error))
		return false;
	files = daemon_files();
	all.guard = guard_new(*polled_out, files, MIN(MILTER_FILES_BESIDE, files / 3));

	return true;
}

Guard *
milter_guard(void)
{
	return atomic_load(&all.guard);
}

void
milter_use(Assessor *assessor)
{
	Assessor *old;

	pthread_mutex_lock(&all.lock);
	old = all.assessor;
	all.assessor = assessor_ref(assessor);
	all.configured = seconds_now();
	if (all.started == 0) {
		all.started = all.configured;
		all.began = g_get_monotonic_time();
	}
	pthread_mutex_unlock(&all.lock);

	if (old != NULL)
		assessor_unref(old);
}

void
milter_run(void)
{
	smfi_main();
}

size_t
milter_busy(void)
{
	return atomic_load(&all.stages[STAGE_MAIL]);
}

size_t
milter_fresh(void)
{
	return atomic_load(&all.stages[STAGE_FRESH]);
}

size_t
milter_taken(void)
{
	return atomic_load(&all.taken);
}

Tally *
milter_tally(void)
{
	return &all.tally;
}

MetricsState
milter_state(void)
{
	MetricsState state = {
		.busy = milter_busy(),
		.idle = milter_fresh() + atomic_load(&all.stages[STAGE_IDLE]),
	};

	pthread_mutex_lock(&all.lock);
	state.started = all.started;
	state.configured = all.configured;
	state.uptime = (g_get_monotonic_time() - all.began) / G_USEC_PER_SEC;
	pthread_mutex_unlock(&all.lock);

	return state;
}
