/* SPDX-License-Identifier: BSD-2-Clause */
/* sent.c - whom a mail that went out makes known */

#include "config.h"

#include <string.h>

#include "text/address.h"
#include "mail/mailbox.h"
#include "people/sent.h"
#include "text/text.h"

/* Fields of mail that no person wrote to persons, and the value that says otherwise. */
static const struct {
	const char *name;
	const char *harmless; /* value that says nothing, or NULL */
} automatic_fields[] = {
	{ "Auto-Submitted", "no" },
	{ "Precedence", "first-class" },
	{ "X-Auto-Response-Suppress", NULL },
	{ "X-Autoreply", NULL },
	{ "X-Autorespond", NULL },
	{ "Feedback-ID", NULL },
};

static const char *const recipient_fields[] = { "To", "Cc", "Bcc" };

/* Does the value begin with this word, comments and parameters behind it aside? */
static bool
is_word(const char *value, const char *word)
{
	const char *start = value + strspn(value, TEXT_BLANKS);
	size_t length = strlen(word);

	return g_ascii_strncasecmp(start, word, length) == 0 &&
	       !g_ascii_isalnum(start[length]);
}

static bool
is_automatic_field(const char *name, const char *value)
{
	if (g_ascii_strncasecmp(name, "List-", strlen("List-")) == 0)
		return true;
	/* A program writes a report: the mail was shown, or was not delivered. */
	if (g_ascii_strcasecmp(name, "Content-Type") == 0)
		return is_word(value, "multipart/report");
	for (size_t i = 0; i < G_N_ELEMENTS(automatic_fields); i++)
		if (g_ascii_strcasecmp(name, automatic_fields[i].name) == 0)
			return automatic_fields[i].harmless == NULL ||
			       !is_word(value, automatic_fields[i].harmless);

	return false;
}

/*
 * A mail with an empty sender was written by no person (RFC 5321, section 6.1).  A
 * head beyond its limits does not show who wrote it.
 */
static bool
is_automatic(const SentMail *mail)
{
	if (head_is_over(mail->head))
		return true;
	if (mail->sender != NULL &&
	    (mail->sender[0] == '\0' || g_str_equal(mail->sender, "<>")))
		return true;
	for (size_t i = 0; i < head_length(mail->head); i++)
		if (is_automatic_field(head_name(mail->head, i),
				       head_value(mail->head, i)))
			return true;

	return false;
}

/* Mail has one of each (RFC 5322, section 3.6); further ones only take time. */
#define FIELDS_MAX 8

/* What the head calls its recipients. */
typedef struct {
	GHashTable *names;    /* address → name */
	GPtrArray *addresses; /* in their order, borrowed from names */
} Called;

static void
add_called(void *context, const Mailbox *mailbox)
{
	Called *called = context;
	char *key;

	if (mailbox->address[0] == '\0' ||
	    g_hash_table_contains(called->names, mailbox->address))
		return;
	key = g_strdup(mailbox->address);
	g_hash_table_insert(called->names, key, g_strdup(mailbox->name));
	g_ptr_array_add(called->addresses, key);
}

static bool
is_recipient_field(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(recipient_fields); i++)
		if (g_ascii_strcasecmp(name, recipient_fields[i]) == 0)
			return true;

	return false;
}

static void
read_called(Called *called, const Head *head)
{
	size_t fields = 0;

	called->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	called->addresses = g_ptr_array_new();
	for (size_t i = 0; i < head_length(head) && fields < FIELDS_MAX; i++)
		if (is_recipient_field(head_name(head, i))) {
			mailbox_each(head_value(head, i), add_called, called);
			fields++;
		}
}

static void
called_clear(Called *called)
{
	g_clear_pointer(&called->names, g_hash_table_unref);
	g_clear_pointer(&called->addresses, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Called, called_clear)

/* Some write the address where the name stands. */
static bool
is_name(const char *name, const char *address)
{
	return name != NULL && name[0] != '\0' &&
	       g_ascii_strcasecmp(name, address) != 0 && strchr(name, '@') == NULL;
}

static void
contact_clear_entry(gpointer contact)
{
	contact_clear(contact);
}

void
sent_add_ids(Contact *contact, const char *value)
{
	const char *open = value != NULL ? strchr(value, '<') : NULL;

	while (open != NULL && contact->answered->len < CONTACT_MAX_ANSWERED) {
		const char *close = strchr(open, '>');
		g_autofree char *id = NULL;

		if (close == NULL)
			return;
		id = g_strndup(open, (size_t)(close + 1 - open));
		contact_add_answered(contact, id);
		open = strchr(close, '<');
	}
}

/* A mail answers the last mail of a conversation (RFC 5322, section 3.6.4). */
static void
add_answered(Contact *contact, const Head *head)
{
	const char *references = head_get(head, "References");

	sent_add_ids(contact, head_get(head, "In-Reply-To"));
	if (contact->answered->len == 0 && references != NULL)
		sent_add_ids(contact, strrchr(references, '<'));
}

static GArray *
contacts_of(const SentMail *mail, const Called *called)
{
	const GPtrArray *list =
	    mail->recipients != NULL ? mail->recipients : called->addresses;
	GArray *contacts = g_array_new(FALSE, FALSE, sizeof(Contact));

	g_array_set_clear_func(contacts, contact_clear_entry);
	for (size_t i = 0; i < list->len; i++) {
		g_autofree char *address = address_bare(list->pdata[i]);
		const char *name = g_hash_table_lookup(called->names, address);
		Contact contact;

		contact_init(&contact, SOURCE_SENT);
		contact.seen = mail->seen;
		contact_add_address(&contact, address);
		if (is_name(name, address))
			contact_set_name(&contact, name);
		add_answered(&contact, mail->head);
		g_array_append_val(contacts, contact);
	}

	return contacts;
}

SentLesson
sent_lesson(const SentMail *mail, GArray **contacts_out)
{
	g_auto(Called) called = { 0 };
	size_t count;

	if (mail->recipients != NULL && mail->recipients->len > mail->most)
		return SENT_TO_MANY;
	if (is_automatic(mail))
		return SENT_AUTOMATIC;

	read_called(&called, mail->head);
	count = MAX(called.addresses->len,
		    mail->recipients != NULL ? mail->recipients->len : 0);
	if (count > mail->most)
		return SENT_TO_MANY;
	if (count == 0)
		return SENT_TO_NOBODY;
	*contacts_out = contacts_of(mail, &called);

	return SENT_TEACHES;
}

const char *
sent_lesson_name(SentLesson lesson)
{
	static const char *const names[SENT_LAST] = {
		[SENT_TEACHES] = "teaches",
		[SENT_AUTOMATIC] = "automatic mail, or a mailing list's",
		[SENT_TO_MANY] = "to many recipients",
		[SENT_TO_NOBODY] = "to nobody",
		[SENT_BEYOND_LIMIT] = "to somebody beyond [people] limit",
		[SENT_BY_ANOTHER] = "not from the owner",
	};

	return names[lesson];
}
