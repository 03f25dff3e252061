/* SPDX-License-Identifier: BSD-2-Clause */
/* placeholder.c - the names that stand in a text that we write */

#include "config.h"

#include <string.h>

#include "people/placeholder.h"
#include "people/reply-name.h"
#include "text/folded.h"

/* A person's name, but never the network's: "Hi Orbit" greets nobody. */
static char *
fill_person(const ReplyNames *names, const char *value)
{
	g_autofree char *name = reply_name_clean(names->rules, value);

	if (name == NULL ||
	    (names->network != NULL && folded_same_text(name, names->network)))
		return NULL;

	return g_steal_pointer(&name);
}

static char *
fill_first(const ReplyNames *names, const char *value)
{
	g_autofree char *name = fill_person(names, value);
	g_autofree char *first =
	    name != NULL ? reply_name_first(names->rules, name) : NULL;

	return first != NULL ? fill_person(names, first) : NULL;
}

/* language: NULL for people who sign, whose titles are their own matter. */
static char *
fill_whole(const ReplyNames *names, const char *value, const char *language)
{
	g_autofree char *name = fill_person(names, value);
	g_autofree char *whole =
	    name != NULL ? reply_name_whole(names->rules, name, language) : NULL;

	return whole != NULL ? fill_person(names, whole) : NULL;
}

static char *
fill_name(const ReplyNames *names, const char *value)
{
	return fill_whole(names, value, names->language);
}

static char *
fill_recipient(const ReplyNames *names, const char *value)
{
	return fill_whole(names, value, NULL);
}

static char *
fill_company(const ReplyNames *names, const char *value)
{
	return reply_name_clean(names->rules, value);
}

static char *
fill_plain(const ReplyNames *names G_GNUC_UNUSED, const char *value)
{
	return g_strdup(value);
}

static const struct {
	const char *name;
	size_t value; /* where in ReplyNames it stands */
	char *(*fill)(const ReplyNames *names, const char *value);
} holes[] = {
	{ "first", offsetof(ReplyNames, inviter), fill_first },
	{ "name", offsetof(ReplyNames, inviter), fill_name },
	{ "inviter", offsetof(ReplyNames, inviter), fill_person },
	{ "company", offsetof(ReplyNames, company), fill_company },
	{ "recipient", offsetof(ReplyNames, recipient), fill_recipient },
	{ "network", offsetof(ReplyNames, network), fill_plain },
	{ "since", offsetof(ReplyNames, since), fill_plain },
};

static char *
fill(size_t hole, const ReplyNames *names)
{
	const char *const *value = G_STRUCT_MEMBER_P(names, holes[hole].value);

	return holes[hole].fill(names, *value);
}

/* text: behind the "{"; G_N_ELEMENTS(holes) where it is none. */
static size_t
hole_at(const char *text)
{
	size_t length = strcspn(text, "}"), i = 0;

	while (i < G_N_ELEMENTS(holes) &&
	       !(text[length] == '}' && strlen(holes[i].name) == length &&
		 strncmp(holes[i].name, text, length) == 0))
		i++;

	return i;
}

bool
placeholder_is_known(const char *text)
{
	return hole_at(text) < G_N_ELEMENTS(holes);
}

char *
placeholder_fill(const char *text, const ReplyNames *names)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (;;) {
		size_t length = strcspn(text, "{");
		g_autofree char *name = NULL;

		g_string_append_len(out, text, (gssize)length);
		text += length;
		if (*text == '\0')
			return g_strdup(out->str);
		name = fill(hole_at(text + 1), names);
		if (name == NULL)
			return NULL;
		g_string_append(out, name);
		text += strcspn(text, "}") + 1;
	}
}
