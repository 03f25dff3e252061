/* SPDX-License-Identifier: BSD-2-Clause */
/* contact.c - what one source says of one person the owner knows */

#include "config.h"

#include <string.h>

#include "text/text.h"
#include "text/address.h"
#include "people/contact.h"

#define URL_MAX_BYTES 1024

static void
profile_free(gpointer data)
{
	ContactProfile *profile = data;

	g_free(profile->key);
	g_free(profile->shown);
	g_free(profile);
}

void
contact_init(Contact *contact, Source source)
{
	*contact = (Contact){ .source = source };
	contact->addresses = g_ptr_array_new_with_free_func(g_free);
	contact->urls = g_ptr_array_new_with_free_func(g_free);
	contact->profiles = g_ptr_array_new_with_free_func(profile_free);
	contact->answered = g_ptr_array_new_with_free_func(g_free);
}

void
contact_clear(Contact *contact)
{
	g_clear_pointer(&contact->name, g_free);
	g_clear_pointer(&contact->company, g_free);
	g_clear_pointer(&contact->addresses, g_ptr_array_unref);
	g_clear_pointer(&contact->urls, g_ptr_array_unref);
	g_clear_pointer(&contact->profiles, g_ptr_array_unref);
	g_clear_pointer(&contact->answered, g_ptr_array_unref);
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

/* Is it valid UTF-8 without characters that nobody sees? */
static bool
is_clean(const char *text, size_t most)
{
	g_autofree char *clean = text_clean(text, most);

	return g_str_equal(clean, text) && g_utf8_validate(text, -1, NULL);
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

	if (address_is_plain(lower))
		add(contact->addresses, g_steal_pointer(&lower), CONTACT_MAX_ADDRESSES);
}

/* The URL as it goes over the wire: what is no ASCII is percent-encoded. */
static char *
ascii_url(const char *url)
{
	GString *ascii = g_string_sized_new(strlen(url));

	for (const char *at = url; *at != '\0'; at++)
		if ((unsigned char)*at < 0x80)
			g_string_append_c(ascii, *at);
		else
			g_string_append_printf(ascii, "%%%02X", (unsigned char)*at);

	return g_string_free(ascii, FALSE);
}

/* Tables hold addresses as browsers show them: "/in/jürgen". */
void
contact_add_url(Contact *contact, const char *url)
{
	g_autofree char *shown = g_strstrip(g_strdup(url));
	g_autofree char *stripped =
	    is_clean(shown, URL_MAX_BYTES) ? ascii_url(shown) : g_strdup("");

	if (stripped[0] != '\0' && strlen(stripped) <= URL_MAX_BYTES &&
	    strpbrk(stripped, " <>\"") == NULL)
		add(contact->urls, g_steal_pointer(&stripped), CONTACT_MAX_URLS);
}

void
contact_add_profile(Contact *contact, const char *key, const char *shown)
{
	ContactProfile *profile;

	if (contact->profiles->len >= CONTACT_MAX_URLS)
		return;
	profile = g_new0(ContactProfile, 1);
	profile->key = g_strdup(key);
	profile->shown = g_strdup(shown);
	g_ptr_array_add(contact->profiles, profile);
}

void
contact_add_answered(Contact *contact, const char *message_id)
{
	if (strlen(message_id) <= URL_MAX_BYTES && g_utf8_validate(message_id, -1, NULL))
		add(contact->answered, g_strdup(message_id), CONTACT_MAX_ANSWERED);
}

/* The byte that an escape stands for; '\0': it is none, or shall stay. */
static char
escaped_byte(const char *at)
{
	int byte;

	if (at[0] != '%' || !g_ascii_isxdigit(at[1]) || !g_ascii_isxdigit(at[2]))
		return '\0';
	byte = g_ascii_xdigit_value(at[1]) << 4 | g_ascii_xdigit_value(at[2]);

	return strchr("/?#%", byte) == NULL ? (char)byte : '\0';
}

static char *
unescaped(const char *url)
{
	GString *plain = g_string_sized_new(strlen(url));

	for (const char *at = url; *at != '\0'; at++) {
		char byte = escaped_byte(at);

		g_string_append_c(plain, byte != '\0' ? byte : *at);
		at += byte != '\0' ? 2 : 0;
	}

	return g_string_free(plain, FALSE);
}

/* Would normalizing make ASCII of a character that is none?  KELVIN SIGN is such a one. */
static bool
has_ascii_twin(const char *text)
{
	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at), first, second;

		if (c >= 0x80 && g_unichar_decompose(c, &first, &second) &&
		    first < 0x80 && second == 0)
			return true;
	}

	return false;
}

char *
contact_key_composed(const char *key)
{
	if (g_str_is_ascii(key) || !g_utf8_validate(key, -1, NULL) || has_ascii_twin(key))
		return g_strdup(key);

	return g_utf8_normalize(key, -1, G_NORMALIZE_NFC);
}

/*
 * The URL with its escapes undone, but for those whose characters would part it.
 * ASCII alone becomes lower case: the KELVIN SIGN is another "k" than ours.
 */
static char *
lower_url(const char *url)
{
	g_autofree char *plain = NULL, *whole = NULL;

	/* Nearly all URLs have no escape. */
	if (strchr(url, '%') == NULL && g_str_is_ascii(url))
		return g_ascii_strdown(url, -1);
	plain = unescaped(url);
	whole = contact_key_composed(g_utf8_validate(plain, -1, NULL) ? plain : url);

	return g_ascii_strdown(whole, -1);
}

char *
contact_profile_key(const char *url)
{
	const char *colon = strstr(url, "://");
	char *key = lower_url(colon != NULL ? colon + strlen("://") : url);
	size_t length = strlen(key);

	while (length > 0 && key[length - 1] == '/')
		key[--length] = '\0';
	if (g_str_has_prefix(key, "www."))
		memmove(key, key + strlen("www."), length + 1 - strlen("www."));

	return key;
}

/* How much of a key says whose profiles these are: "site.example/in/". */
static size_t
form_length(const char *key)
{
	const char *slash = strrchr(key, '/'), *equals = strrchr(key, '=');
	const char *last = equals != NULL && equals > slash ? equals : slash;

	return last != NULL ? (size_t)(last + 1 - key) : 0;
}

bool
contact_profiles_differ(const char *key, const char *other)
{
	size_t length = form_length(key);

	return length > 0 && length == form_length(other) &&
	       strncmp(key, other, length) == 0 && !g_str_equal(key, other);
}

/* Is it one of the texts, cut as a name is? */
static bool
is_cut_from(const GPtrArray *texts, const char *name)
{
	for (size_t i = 0; i < texts->len; i++) {
		g_autofree char *cut = text_clean(texts->pdata[i], CONTACT_MAX_TEXT);

		if (g_ascii_strcasecmp(cut, name) == 0)
			return true;
	}

	return false;
}

void
contact_drop_false_name(Contact *contact)
{
	if (contact->name != NULL && (is_cut_from(contact->addresses, contact->name) ||
				      is_cut_from(contact->urls, contact->name)))
		g_clear_pointer(&contact->name, g_free);
}

bool
contact_is_somebody(const Contact *contact)
{
	return contact->name != NULL || contact->addresses->len > 0 ||
	       contact->urls->len > 0;
}

const char *
contact_source_name(Source source)
{
	static const char *const names[SOURCE_LAST] = {
		[SOURCE_SENT] = "sent",
		[SOURCE_ACCEPTED] = "accepted",
		[SOURCE_CONNECTION] = "connection",
		[SOURCE_CONTACT] = "contact",
		[SOURCE_MET] = "met",
		[SOURCE_ADDED] = "added",
		[SOURCE_HAND] = "hand",
	};

	return names[source];
}
