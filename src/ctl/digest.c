/* SPDX-License-Identifier: BSD-2-Clause */
/* digest.c - invitectl digest: a mail to an owner of what is open */

#include "config.h"

#include <stdatomic.h>
#include <sysexits.h>

#include "base/terminal.h"
#include "ctl/command.h"
#include "ctl/own-store.h"
#include "ctl/sendmail.h"
#include "digest/digest-mail.h"
#include "digest/schedule.h"
#include "judge/kept.h"
#include "people/store-digest.h"

/* Mails that are made and handed over at a time: sendmail(1) has its caller wait while it
   writes to the disk. */
#define SENDERS 4

/* A run for one owner or for all; where mails are sent, of several threads. */
typedef struct {
	const Options *options;
	Assessor *assessor;
	DigestWords *words;
	FILE *out;
	gint64 now;
	atomic_size_t sent;
	atomic_int status;
} Run;

static void
run_clear(Run *run)
{
	assessor_unref(run->assessor);
	digest_words_free(run->words);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

/* Where one owner is named, it is said why there is none. */
static void
tell_none(const Run *run, const char *owner, const char *why)
{
	if (!run->options->is_all)
		terminal_print(stderr, "invitectl digest: %s: %s", owner, why);
}

/* Hand it over.  False with error set where it must be tried again. */
static bool
send_mail(const Run *run, const DigestAsk *ask, gint64 period, const GString *mail,
	  GError **error)
{
	g_autofree char *from = digest_mail_from(ask);
	const Sendmail envelope = { .from = from, .to = ask->owner };

	return sendmail_hand_over(&envelope, mail->str, mail->len, error) &&
	       store_digest_sent(assessor_store(run->assessor), ask->owner, period,
				 run->now, error);
}

/* *made_out: NULL where there is nothing new. */
static bool
make(const DigestAsk *ask, gint64 period, GString **made_out, GError **error)
{
	g_autoptr(Digest) digest = digest_new(ask, error);

	if (digest == NULL)
		return false;
	if (digest->is_news)
		*made_out = digest_mail(ask, digest, period, error);

	return !digest->is_news || *made_out != NULL;
}

static bool
show(const Run *run, const DigestAsk *ask, gint64 period, GError **error)
{
	g_autoptr(GString) mail = NULL;

	if (!make(ask, period, &mail, error))
		return false;
	if (mail == NULL)
		tell_none(run, ask->owner, "nothing is new since the last digest");
	else if (run->options->is_all)
		terminal_print(run->out, "%s", ask->owner);
	else
		fwrite(mail->str, 1, mail->len, run->out);

	return true;
}

/* A period that is claimed is the owner's digest, made or not. */
static bool
claim_and_send(Run *run, const DigestAsk *ask, gint64 period, GError **error)
{
	Store *store = assessor_store(run->assessor);
	g_autoptr(GString) mail = NULL;
	bool is_ours = false;

	if (!store_digest_claim(store, ask->owner, period, run->now, &is_ours, error))
		return false;
	if (!is_ours) {
		tell_none(run, ask->owner, "the digest of this day or week was made");
		return true;
	}
	if (!make(ask, period, &mail, error) ||
	    (mail != NULL && !send_mail(run, ask, period, mail, error))) {
		store_digest_release(store, ask->owner, period, NULL);
		return false;
	}
	if (mail == NULL)
		tell_none(run, ask->owner, "nothing is new since the last digest");
	if (mail != NULL)
		atomic_fetch_add(&run->sent, 1);

	return true;
}

static bool
digest_for(Run *run, const char *owner, GError **error)
{
	const Settings *settings = assessor_settings(run->assessor);
	DigestAsk ask = { .assessor = run->assessor,
			  .words = run->words,
			  .owner = owner,
			  .now = run->now };
	gint64 period = 0;

	if (!kept_is_wanted(run->assessor, owner)) {
		tell_none(run, owner,
			  "no list is kept for this mailbox; set [people] "
			  "keep-invitations to a number of days");
		return true;
	}
	if (!schedule_period(settings, owner, run->now, &period) &&
	    (run->options->is_send || run->options->is_all)) {
		tell_none(run, owner, "digest = never is set for this mailbox");
		return true;
	}
	if (!store_digest_last(assessor_store(run->assessor), owner, run->now, &ask.since,
			       error))
		return false;

	return run->options->is_send ? claim_and_send(run, &ask, period, error)
				     : show(run, &ask, period, error);
}

/* A GFunc.  One that goes wrong keeps none of the others from theirs. */
static void
try_digest(gpointer owner, gpointer data)
{
	Run *run = data;
	g_autoptr(GError) error = NULL;

	if (digest_for(run, owner, &error))
		return;
	terminal_print(stderr, "invitectl digest: %s: %s", (const char *)owner,
		       error->message);
	atomic_store(&run->status, EX_TEMPFAIL);
}

static void
send_to_each(Run *run, const GPtrArray *owners)
{
	GThreadPool *senders = g_thread_pool_new(try_digest, run, SENDERS, FALSE, NULL);

	for (guint i = 0; i < owners->len; i++)
		g_thread_pool_push(senders, owners->pdata[i], NULL);
	g_thread_pool_free(senders, FALSE, TRUE);
}

/* Who they are; NULL with error set. */
static GPtrArray *
owners_of(const Run *run, GError **error)
{
	GPtrArray *owners = NULL;
	char *owner;

	if (run->options->is_all)
		return store_owners(assessor_store(run->assessor), &owners, error)
			   ? owners
			   : NULL;
	owner = own_store_owner(run->options, run->assessor, error);
	if (owner == NULL)
		return NULL;
	owners = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(owners, owner);

	return owners;
}

static bool
open_run(Run *run, GError **error)
{
	run->assessor = own_store_open(
	    run->options, run->options->is_send ? STORE_WORK : STORE_READ, error);
	if (run->assessor != NULL)
		run->words = digest_words_new(
		    settings_folder(assessor_settings(run->assessor)), error);

	return run->words != NULL;
}

int
command_digest(const Options *options, FILE *out)
{
	g_auto(Run) run = { .options = options,
			    .out = out,
			    .now = g_get_real_time() / G_USEC_PER_SEC,
			    .status = EX_OK };
	g_autoptr(GPtrArray) owners = NULL;
	g_autoptr(GError) error = NULL;

	if (options->owner != NULL && options->is_all) {
		fputs("invitectl digest: name one mailbox with --owner, or --all\n",
		      stderr);
		return EX_USAGE;
	}
	if (open_run(&run, &error))
		owners = owners_of(&run, &error);
	if (owners == NULL) {
		terminal_print_lines(stderr, "invitectl digest: ", error->message);
		return client_status(error);
	}
	if (!options->is_send) {
		g_ptr_array_foreach(owners, try_digest, &run);
	} else {
		send_to_each(&run, owners);
		terminal_print(stderr, "invitectl digest: %zu sent, of %u mailboxes",
			       atomic_load(&run.sent), owners->len);
	}

	return atomic_load(&run.status);
}
