/* SPDX-License-Identifier: BSD-2-Clause */
/* bench_assess.c - CPU time of each stretch of the route, in microseconds a mail */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "judge/assess.h"
#include "mail/message.h"

typedef struct {
	char *bytes;
	gsize length;
	Head *head;
} Mail;

static double
cpu_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);

	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* As libmilter hands the fields over, unfolded values being good enough here. */
static Head *
read_head(const Mail *mail)
{
	Head *head = head_new();
	g_autofree char *copy = g_strndup(mail->bytes, mail->length);
	char *rest = copy, *line;

	while ((line = strsep(&rest, "\n")) != NULL && line[0] != '\0' &&
	       line[0] != '\r') {
		char *colon = strchr(line, ':');

		if (colon == NULL || line[0] == ' ' || line[0] == '\t')
			continue;
		*colon = '\0';
		head_add(head, line, colon + 1);
	}

	return head;
}

static void
read_mail(Mail *mail, const char *path, GError **error)
{
	if (g_file_get_contents(path, &mail->bytes, &mail->length, error))
		mail->head = read_head(mail);
}

static void
run_claim_index(Assessor *assessor, const Mail *mail)
{
	g_auto(Claim) claim = { 0 };

	claim_init(&claim, mail->head);
	(void)assessor_claims(assessor, &claim);
}

static void
run_message(Assessor *assessor, const Mail *mail)
{
	(void)assessor;
	message_free(message_new(mail->bytes, mail->length, "", NULL));
}

static void
run_assess(Assessor *assessor, const Mail *mail)
{
	Delivery delivery = { .owner = "a@example.org" };

	assess_free(assess(assessor, mail->bytes, mail->length, &delivery, NULL));
}

/* Each with all that it takes from the mail's bytes on: assess includes message. */
static const struct {
	const char *name;
	void (*run)(Assessor *, const Mail *);
} stretches[] = {
	{ "claim-index", run_claim_index },
	{ "message", run_message },
	{ "assess", run_assess },
};

static void
run_all(Assessor *assessor, int rounds, const Mail *mails, int n_mails)
{
	for (size_t s = 0; s < G_N_ELEMENTS(stretches); s++) {
		double start = cpu_now();

		for (int round = 0; round < rounds; round++)
			for (int i = 0; i < n_mails; i++)
				stretches[s].run(assessor, &mails[i]);
		printf("%-30s%12.1f us/mail\n", stretches[s].name,
		       (cpu_now() - start) / rounds / n_mails);
	}
}

int
main(int argc, char **argv)
{
	g_autofree Mail *mails = g_new0(Mail, argc);
	g_autoptr(GError) error = NULL;
	g_autoptr(Assessor) assessor = NULL;
	int rounds = argc > 2 ? atoi(argv[2]) : 0;
	int n_mails = argc - 3;

	if (n_mails < 1 || rounds < 1) {
		fprintf(stderr, "usage: bench_assess SETTINGS|- ROUNDS MAIL...\n");
		return 2;
	}
	message_init();
	assessor = assessor_new(g_str_equal(argv[1], "-") ? NULL : argv[1], &error);
	for (int i = 0; i < n_mails && error == NULL; i++)
		read_mail(&mails[i], argv[i + 3], &error);
	if (error == NULL)
		run_all(assessor, rounds, mails, n_mails);
	else
		fprintf(stderr, "bench_assess: %s\n", error->message);
	for (int i = 0; i < n_mails; i++) {
		g_free(mails[i].bytes);
		head_free(mails[i].head);
	}

	return error == NULL ? 0 : 1;
}
