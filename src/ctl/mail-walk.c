/* SPDX-License-Identifier: BSD-2-Clause */
/* mail-walk.c - the mails of several places, one after the other, with a bar */

#include "config.h"

#include <stdio.h>

#include "base/terminal.h"
#include "ctl/mail-walk.h"
#include "ctl/mailbag.h"

void
mail_walk_tell(MailWalk *walk, const char *name, const char *why)
{
	walk->unread++;
	if (walk->unread > MAIL_WALK_MAX_TOLD)
		return;
	bar_clear(&walk->bar);
	terminal_print(stderr, "invitectl: %s: %s", name, why);
	if (walk->unread == MAIL_WALK_MAX_TOLD)
		fputs("invitectl: further ones are only counted\n", stderr);
}

/* A MailbagTake. */
static void
take(void *context, const char *name, const char *mail, size_t length,
     const char *trouble)
{
	MailWalk *walk = context;
	g_autoptr(GError) error = NULL;
	g_autoptr(Message) message = NULL;

	if (walk->is_over)
		return;
	if (trouble == NULL)
		message = message_new(mail, length, "", &error);
	walk->done += length;
	bar_draw(&walk->bar, walk->done, walk->count);
	if (message == NULL)
		mail_walk_tell(walk, name, trouble != NULL ? trouble : error->message);
	else
		walk->is_over = !walk->take(walk->context, name, mail, length, message);
}

void
mail_walk(MailWalk *walk, char *const *places)
{
	for (size_t i = 0; places[i] != NULL && !walk->is_over; i++) {
		walk->bar = (Bar){ .what = places[i], .total = mailbag_size(places[i]) };
		walk->done = 0;
		mailbag_each(places[i], take, walk);
		bar_clear(&walk->bar);
	}
}
