/* SPDX-License-Identifier: BSD-2-Clause */
/* judging.c - judges saved mails for their mailboxes, without changing anything */

#include "config.h"

#include "base/json.h"
#include "base/terminal.h"
#include "ctl/client.h"
#include "ctl/judging.h"
#include "ctl/whose.h"
#include "requests/requests.h"

struct Judging {
	const Options *options;
	Assessor *assessor;
	Client *client;   /* NULL: the store is asked directly, or nobody is */
	bool has_trouble; /* nobody can be asked, and that was told */
};

static void
tell_trouble(Judging *judging, const char *why)
{
	if (!judging->has_trouble)
		terminal_print(stderr, "invitectl: who knows whom is not known: %s", why);
	judging->has_trouble = true;
}

/* A connection, where the store is the daemon's. */
static void
connect_to_daemon(Judging *judging)
{
	Store *store = assessor_store(judging->assessor);
	g_autoptr(GError) error = NULL;

	if (store_is_ours(store) || store_is_missing(store))
		return;
	assessor_set_store(judging->assessor, NULL);
	judging->client = client_to_daemon(judging->options, &error);
	if (judging->client == NULL)
		tell_trouble(judging, error->message);
}

Judging *
judging_new(const Options *options)
{
	g_autoptr(Judging) judging = g_new0(Judging, 1);
	g_autoptr(GError) error = NULL;

	judging->options = options;
	judging->assessor = options_assessor(options, STORE_READ, &error);
	if (judging->assessor == NULL) {
		terminal_print_lines(stderr, "invitectl: ", error->message);
		return NULL;
	}
	connect_to_daemon(judging);

	return g_steal_pointer(&judging);
}

void
judging_free(Judging *judging)
{
	if (judging == NULL)
		return;

	client_free(judging->client);
	assessor_unref(judging->assessor);
	g_free(judging);
}

const Assessor *
judging_assessor(const Judging *judging)
{
	return judging->assessor;
}

/* A ClientTake. */
static void
take_relation(void *context, JsonObject *answer)
{
	AssessRelation *known = context;

	known->relation = relation_of_name(json_text(answer, "relation"));
	known->reason = g_strdup(json_text(answer, "reason"));
	known->since = json_number(answer, "since");
}

static bool
ask(Judging *judging, const char *mail, size_t length, const char *owner,
    AssessRelation *known_out, GError **error)
{
	g_autofree char *text = g_base64_encode((const guchar *)mail, length);
	g_autoptr(JsonBuilder) json = json_builder_new();

	json_builder_begin_object(json);
	json_add_text(json, "do", "relation");
	json_add_text(json, "mail", text);
	client_set_owner(judging->client, owner);

	return client_ask(judging->client, json, take_relation, known_out, error);
}

/* The daemon hangs up on who is slow or long about it, and a new one may run. */
static bool
ask_again(Judging *judging, const char *mail, size_t length, const char *owner,
	  AssessRelation *known_out, GError **error)
{
	g_clear_pointer(&judging->client, client_free);
	judging->client = client_to_daemon(judging->options, error);

	return judging->client != NULL &&
	       ask(judging, mail, length, owner, known_out, error);
}

static void
ask_daemon(Judging *judging, const char *mail, size_t length, const char *owner,
	   AssessRelation *known_out)
{
	g_autoptr(GError) error = NULL;

	if (length > REQUESTS_MAX_MAIL) {
		tell_trouble(judging, "a mail is too large to ask the daemon about");
		return;
	}
	if (ask(judging, mail, length, owner, known_out, &error))
		return;
	if (g_error_matches(error, CLIENT_ERROR, CLIENT_ERROR_CLOSED)) {
		g_clear_error(&error);
		if (ask_again(judging, mail, length, owner, known_out, &error))
			return;
	}
	tell_trouble(judging, error->message);
}

/* False where the daemon need not be asked: a network cannot have sent the mail. */
static bool
find_relation(Judging *judging, const Claim *claim, const char *mail, size_t length,
	      const char *owner, AssessRelation *known_out)
{
	if (judging->client == NULL || owner == NULL ||
	    !assessor_claims(judging->assessor, claim))
		return false;
	ask_daemon(judging, mail, length, owner, known_out);

	return true;
}

static Delivery
delivery_to(const char *owner)
{
	return (Delivery){ .owner = owner, .now = g_get_real_time() / G_USEC_PER_SEC };
}

/* The assessment, whose trouble with the store is told. */
static Assessment *
told(Judging *judging, Assessment *assessment)
{
	if (assessment != NULL && assessment->store_trouble != NULL)
		tell_trouble(judging, assessment->store_trouble);

	return assessment;
}

Assessment *
judging_claim(Judging *judging, const Claim *claim, Mime *mime, const GString *mail,
	      const char *owner, GError **error)
{
	g_auto(AssessRelation) known = { 0 };
	Delivery delivery = delivery_to(owner);

	if (find_relation(judging, claim, mail->str, mail->len, owner, &known))
		delivery.known = &known;

	return told(judging,
		    assess_claim(judging->assessor, claim, mime, &delivery, error));
}

Assessment *
judging_mail(Judging *judging, const char *mail, size_t length, const char *address,
	     GError **error)
{
	const Owners *owners = assessor_rules(judging->assessor)->owners;
	g_autofree char *owner =
	    address != NULL ? owners_of_address(owners, address) : NULL;
	g_autoptr(Message) message =
	    judging->client != NULL ? message_new(mail, length, "", NULL) : NULL;
	g_auto(AssessRelation) known = { 0 };
	Delivery delivery = delivery_to(owner);
	g_auto(Claim) claim = { 0 };

	if (message != NULL) {
		claim_init(&claim, message_head(message));
		if (find_relation(judging, &claim, mail, length, owner, &known))
			delivery.known = &known;
	}

	return told(judging, assess(judging->assessor, mail, length, &delivery, error));
}

Assessment *
judging_saved(Judging *judging, const char *mail, size_t length, GError **error)
{
	/* Where it is named the mail need not be read for its recipient. */
	g_autoptr(Message) message =
	    judging->options->owner == NULL ? message_new(mail, length, "", NULL) : NULL;
	g_autofree char *address = whose_mail(judging->options, message);

	return judging_mail(judging, mail, length, address, error);
}
