/* SPDX-License-Identifier: BSD-2-Clause */
/* contact.c - what one source says of one person the owner knows */

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "people/contact.h"

/* RFC 5321, section 4.5.3.1, with both brackets. */
#define ADDRESS_MAX_BYTES 256
#define URL_MAX_BYTES	  1024

void
contact_init(Contact *contact, Source source)
{
	*contact = (Contact){ .source = source };
	contact->addresses = g_ptr_array_new_with_free_func(g_free);
	contact->urls = g_ptr_array_new_with_free_func(g_free);
}

void
contact_clear(Contact *contact)
{
	g_clear_pointer(&contact->name, g_free);
	g_clear_pointer(&contact->company, g_free);
	g_clear_pointer(&contact->addresses, g_ptr_array_unref);
	g_clear_pointer(&contact->urls, g_ptr_array_unref);
}

static void
set_text(char **text_out, const char *text)
{
	g_free(*text_out);
	*text_out = text_clean(text, CONTACT_MAX_TEXT);
	if ((*text_out)[0] == '\0')
		g_clear_pointer(text_out, g_free);
}

void
contact_set_name(Contact *contact, const char *name)
{
	set_text(&contact->name, name);
}

void
contact_set_company(Contact *contact, const char *company)
{
	set_text(&contact->company, company);
}

/* One "@" with something on either side, and nothing that could be two things. */
static bool
is_address(const char *text)
{
	const char *at = strchr(text, '@');

	return at != NULL && at > text && at[1] != '\0' && strchr(at + 1, '@') == NULL &&
	       strpbrk(text, " \t\r\n<>()[],;:\\\"") == NULL &&
	       strlen(text) <= ADDRESS_MAX_BYTES && g_utf8_validate(text, -1, NULL);
}

/* Takes over text, or frees it where it is there already or too much. */
static void
add(GPtrArray *texts, char *text, size_t most)
{
	if (texts->len >= most ||
	    g_ptr_array_find_with_equal_func(texts, text, g_str_equal, NULL))
		g_free(text);
	else
		g_ptr_array_add(texts, text);
}

void
contact_add_address(Contact *contact, const char *address)
{
	g_autofree char *lower = g_strstrip(g_ascii_strdown(address, -1));

	if (is_address(lower))
		add(contact->addresses, g_steal_pointer(&lower), CONTACT_MAX_ADDRESSES);
}

void
contact_add_url(Contact *contact, const char *url)
{
	g_autofree char *stripped = g_strstrip(g_strdup(url));

	if (stripped[0] != '\0' && strlen(stripped) <= URL_MAX_BYTES &&
	    g_str_is_ascii(stripped) && strpbrk(stripped, " \t\r\n<>\"") == NULL)
		add(contact->urls, g_steal_pointer(&stripped), CONTACT_MAX_URLS);
}

const char *
source_name(Source source)
{
	static const char *const names[SOURCE_LAST] = {
		[SOURCE_SENT] = "sent",		    [SOURCE_ACCEPTED] = "accepted",
		[SOURCE_CONNECTION] = "connection", [SOURCE_CONTACT] = "contact",
		[SOURCE_MET] = "met",		    [SOURCE_ADDED] = "added",
	};

	return names[source];
}
