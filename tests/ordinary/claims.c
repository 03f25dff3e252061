/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * claims.c - which networks claim a mail by its head alone?
 *
 * Writes one line a mail of the files named (see mailbag.h): the names of the
 * networks that may have sent it, separated by blanks, or "-".  Only such mail
 * is kept until its end and read, so the fewer the cheaper.
 */

#include "config.h"

#include <stdio.h>
#include <sysexits.h>

#include "base/data.h"
#include "ctl/mailbag.h"
#include "network/networks.h"
#include "mail/message.h"

static void
tell(void *context, G_GNUC_UNUSED const char *name, const char *mail, size_t length,
     const char *trouble)
{
	const Networks *networks = context;
	g_autoptr(Message) message =
	    trouble == NULL ? message_new(mail, length, "", NULL) : NULL;
	g_auto(Claim) claim = { 0 };
	size_t claims = 0;

	if (message != NULL) {
		claim_init(&claim, message_head(message));
		for (size_t i = 0; i < networks_length(networks); i++) {
			const Network *network = networks_get(networks, i);

			if (network_claims(network, &claim))
				printf("%s%s", claims++ > 0 ? " " : "", network->name);
		}
	}
	puts(claims > 0 ? "" : "-");
}

int
main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) files = data_load(NULL, "networks", ".network", &error);
	g_autoptr(Networks) networks = files != NULL ? networks_new(files, &error) : NULL;

	message_init();
	if (networks == NULL) {
		fprintf(stderr, "claims: %s\n", error->message);
		return EX_CONFIG;
	}
	for (int i = 1; i < argc; i++)
		mailbag_each(argv[i], tell, networks);

	return fflush(stdout) == 0 ? EX_OK : EX_IOERR;
}
