/* SPDX-License-Identifier: BSD-2-Clause */
/* replies.c - what is said to an inviter and in the banner */

#include "config.h"

#include <string.h>

#include "base/data.h"
#include "base/settings.h"
#include "judge/replies.h"
#include "judge/replies-file.h"

struct Replies {
	GPtrArray *files;    /* of Keyfile: those of replies/ */
	GHashTable *own;     /* value of the setting → GPtrArray of Keyfile */
	GHashTable *by_path; /* path → Keyfile, of all those; owns them */
};

Replies *
replies_new(GPtrArray *files, GError **error)
{
	g_autoptr(Replies) replies = NULL;

	/* Ours are sound: a test sees to that. */
	for (size_t i = 0; i < files->len; i++)
		if (!g_str_has_prefix(keyfile_path(files->pdata[i]), DATA_BUILT_IN) &&
		    !replies_file_check(files->pdata[i], error))
			return NULL;

	replies = g_new0(Replies, 1);
	replies->files = g_ptr_array_ref(files);
	replies->own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					     (GDestroyNotify)g_ptr_array_unref);
	replies->by_path = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						 (GDestroyNotify)keyfile_free);

	return g_steal_pointer(&replies);
}

void
replies_free(Replies *replies)
{
	if (replies == NULL)
		return;

	g_ptr_array_unref(replies->files);
	g_hash_table_unref(replies->own);
	g_hash_table_unref(replies->by_path);
	g_free(replies);
}

/* A file that many name is read once. */
static const Keyfile *
read_own(Replies *replies, const char *name, const char *folder, GError **error)
{
	g_autofree char *path = g_path_is_absolute(name)
				    ? g_strdup(name)
				    : g_build_filename(folder, name, NULL);
	Keyfile *file = g_hash_table_lookup(replies->by_path, path);

	if (file != NULL)
		return file;

	file = data_read_file(path, error);
	if (file == NULL || !replies_file_check(file, error)) {
		keyfile_free(file);
		return NULL;
	}
	g_hash_table_insert(replies->by_path, g_steal_pointer(&path), file);

	return file;
}

bool
replies_add_own(Replies *replies, const char *paths, const char *folder, GError **error)
{
	g_auto(GStrv) names = settings_split(paths);
	g_autoptr(GPtrArray) files = g_ptr_array_new();

	for (size_t i = 0; names[i] != NULL; i++) {
		const Keyfile *file = read_own(replies, names[i], folder, error);

		if (file == NULL)
			return false;
		g_ptr_array_add(files, (gpointer)file);
	}
	g_hash_table_replace(replies->own, g_strdup(paths), g_steal_pointer(&files));

	return true;
}

/* The file of "pt" also serves "pt-BR". */
static bool
is_spoken(const Keyfile *file, const char *language)
{
	const char *code = keyfile_value(file, "reply", "code");
	size_t length = strcspn(language, "-_");

	return g_str_equal(code, language) ||
	       (strlen(code) == length && strncmp(code, language, length) == 0);
}

const Keyfile *
replies_next_file(const Voice *voice, const char *language, size_t *index)
{
	const Replies *replies = voice->replies;
	const GPtrArray *own = g_hash_table_lookup(replies->own, voice->own);
	size_t owned = own != NULL ? own->len : 0;

	while (*index < owned + replies->files->len) {
		size_t i = (*index)++;
		const Keyfile *file =
		    i < owned ? own->pdata[i] : replies->files->pdata[i - owned];

		if (is_spoken(file, language))
			return file;
	}

	return NULL;
}

const char *
replies_language(const Voice *voice, const char *const *languages)
{
	for (; *languages != NULL; languages++) {
		size_t index = 0;
		const Keyfile *file = replies_next_file(voice, *languages, &index);

		if (file != NULL)
			return keyfile_value(file, "reply", "code");
	}

	return NULL;
}

static char *
section_text(const Keyfile *file, const char *group, const char *const *keys,
	     const ReplyNames *names)
{
	char *said = NULL;

	for (; said == NULL && *keys != NULL; keys++) {
		const char *text = keyfile_value(file, group, *keys);

		said = text != NULL ? placeholder_fill(text, names) : NULL;
	}

	return said;
}

/* A file's text: that of the tone in the form of address before that of the tone. */
static char *
file_text(const Keyfile *file, const Voice *voice, const char *group,
	  const char *const *keys, const ReplyNames *names)
{
	g_autofree char *toned = g_strconcat(group, " ", voice->tone, NULL);
	g_autofree char *toned_familiar = g_strconcat(toned, " familiar", NULL);
	g_autofree char *familiar = g_strconcat(group, " familiar", NULL);
	const char *const sections[] = { toned_familiar, familiar, toned, group };
	char *text = NULL;

	for (size_t i = voice->is_familiar ? 0 : 2;
	     text == NULL && i < G_N_ELEMENTS(sections); i++)
		text = section_text(file, sections[i], keys, names);

	return text;
}

char *
replies_text(const Voice *voice, const char *group, const char *const *keys,
	     const ReplyNames *names)
{
	g_autofree char *text = NULL;
	const Keyfile *file = NULL;
	ReplyNames spoken = *names;
	size_t index = 0;

	spoken.language = voice->language;
	while (text == NULL && voice->language != NULL &&
	       (file = replies_next_file(voice, voice->language, &index)) != NULL)
		text = file_text(file, voice, group, keys, &spoken);

	/* An empty text in the recipient's file switches ours off. */
	return text != NULL && text[0] != '\0' ? g_steal_pointer(&text) : NULL;
}
