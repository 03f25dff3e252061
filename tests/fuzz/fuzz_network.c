/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_network.c - does the index know all that the networks claim? */

#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "network/claim-index.h"
#include "mail/received.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Networks *networks;
static ClaimIndex *claims;

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	g_autoptr(GPtrArray) files = data_load(NULL, "networks", ".network", NULL);

	(void)argc;
	(void)argv;
	networks = networks_new(files, NULL);
	claims = claim_index_new(networks);

	return 0;
}

static Head *
read_head(char *text)
{
	Head *head = head_new();
	char *line;

	while ((line = strsep(&text, "\n")) != NULL) {
		char *colon = strchr(line, ':');

		if (colon == NULL)
			continue;
		*colon = '\0';
		head_add(head, line, colon + 1);
	}

	return head;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const own[] = { "a", NULL };
	g_autofree char *text = g_strndup((const char *)data, size);
	g_autoptr(Head) head = read_head(text);
	g_autofree char *border = received_border(head, own, NULL);
	g_auto(Claim) claim = { 0 };
	bool is_claimed = false;

	claim_init(&claim, head);
	for (size_t i = 0; i < networks_length(networks); i++)
		is_claimed =
		    network_claims(networks_get(networks, i), &claim) || is_claimed;
	if (is_claimed != claim_index_knows(claims, &claim))
		abort();
	if (border != NULL && border[0] == '\0')
		abort();

	return 0;
}
