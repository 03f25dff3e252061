/* SPDX-License-Identifier: BSD-2-Clause */
/* data.c - the files that come with the program, and the administrator's own */

#include "config.h"

#include <gio/gio.h>

#include "base/data.h"
#include "base/input.h"
#include "base/keyfile-image.h"
#include "base/trusted.h"
#include "text/text.h"
#include "data/resource.h"

/* src/data/image.c defines these, and the programs alone are linked with it. */
extern const char data_keyfiles_start[] __attribute__((weak));
extern const char data_keyfiles_end[] __attribute__((weak));
extern const char data_languages_start[] __attribute__((weak));
extern const char data_languages_end[] __attribute__((weak));
extern const char data_names_start[] __attribute__((weak));
extern const char data_names_end[] __attribute__((weak));

static const struct {
	const char *start;
	const char *end;
} images[DATA_IMAGE_LAST] = {
	[DATA_IMAGE_KEYFILES] = { data_keyfiles_start, data_keyfiles_end },
	[DATA_IMAGE_LANGUAGES] = { data_languages_start, data_languages_end },
	[DATA_IMAGE_NAMES] = { data_names_start, data_names_end },
};

/* Our own names of one kind. */
static void
add_own_names(GPtrArray *names, const char *kind)
{
	g_autofree char *path = g_strconcat("/invite-milter/", kind, NULL);
	g_auto(GStrv) own = g_resource_enumerate_children(
	    data_get_resource(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

	for (size_t i = 0; own != NULL && own[i] != NULL; i++)
		g_ptr_array_add(names, g_strdup(own[i]));
}

/* The administrator's names; a folder that is not there has none. */
static bool
add_their_names(GPtrArray *names, const char *folder, const char *suffix, GError **error)
{
	g_autoptr(GDir) dir = NULL;
	const char *name;

	if (folder == NULL ||
	    !g_file_test(folder, G_FILE_TEST_IS_DIR | G_FILE_TEST_IS_SYMLINK))
		return true;
	dir = g_dir_open(folder, 0, error);
	if (dir == NULL)
		return false;

	while ((name = g_dir_read_name(dir)) != NULL)
		if (g_str_has_suffix(name, suffix) && name[0] != '.' &&
		    !g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
			g_ptr_array_add(names, g_strdup(name));

	return true;
}

Keyfile *
data_read_file(const char *path, GError **error)
{
	g_autofree char *bytes = NULL;
	gsize length;

	if (!trusted_read(path, TRUSTED_MAX_BYTES, &bytes, &length, error))
		return NULL;

	return keyfile_new(path, bytes, length, error);
}

/* A file that is only tried may be anybody's. */
static Keyfile *
read_tried(const char *path, GError **error)
{
	g_autofree char *bytes = NULL;
	gsize length;

	if (!input_file(path, TRUSTED_MAX_BYTES, &bytes, &length, error)) {
		g_prefix_error(error, "%s: ", path);
		return NULL;
	}

	return keyfile_new(path, bytes, length, error);
}

GPtrArray *
data_names(const char *folder, const char *kind, const char *suffix, GError **error)
{
	g_autofree char *theirs =
	    folder != NULL ? g_build_filename(folder, kind, NULL) : NULL;
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

	add_own_names(names, kind);
	if (!add_their_names(names, theirs, suffix, error))
		return NULL;
	g_ptr_array_sort(names, text_compare);

	return g_steal_pointer(&names);
}

bool
data_has_own(const char *folder, const char *kind, const char *suffix)
{
	g_autofree char *theirs =
	    folder != NULL ? g_build_filename(folder, kind, NULL) : NULL;
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

	return !add_their_names(names, theirs, suffix, NULL) || names->len > 0;
}

GBytes *
data_image(DataImage image)
{
	const char *start = images[image].start;

	return start != NULL
		   ? g_bytes_new_static(start, (size_t)(images[image].end - start))
		   : NULL;
}

const void *
data_image_part(GVariant *image, gsize index, gsize size, gsize *count_out)
{
	g_autoptr(GVariant) child = g_variant_get_child_value(image, index);

	return g_variant_get_fixed_array(child, count_out, size);
}

GBytes *
data_bytes(const char *name, GError **error)
{
	g_autofree char *path = g_strconcat("/invite-milter/", name, NULL);

	return g_resource_lookup_data(data_get_resource(), path,
				      G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

/* False in a program without an image. */
static bool
open_image(KeyfileImage *image_out)
{
	g_autoptr(GBytes) bytes = data_image(DATA_IMAGE_KEYFILES);

	if (bytes != NULL)
		keyfile_image_open(image_out, bytes);

	return bytes != NULL;
}

/* image: NULL where there is none. */
static Keyfile *
read_ours(const KeyfileImage *image, const char *kind, const char *name, GError **error)
{
	g_autofree char *path = g_strconcat(DATA_BUILT_IN, kind, "/", name, NULL);
	g_autofree char *file = NULL;
	g_autoptr(GBytes) bytes = NULL;
	Keyfile *keyfile = image != NULL ? keyfile_image_read(image, path) : NULL;

	if (keyfile != NULL)
		return keyfile;
	file = g_strconcat(kind, "/", name, NULL);
	bytes = data_bytes(file, error);

	return bytes != NULL ? keyfile_new(path, g_bytes_get_data(bytes, NULL),
					   g_bytes_get_size(bytes), error)
			     : NULL;
}

static Keyfile *
read_one(const KeyfileImage *image, const char *folder, const char *kind,
	 const char *name, GError **error)
{
	g_autofree char *theirs =
	    folder != NULL ? g_build_filename(folder, kind, name, NULL) : NULL;

	/* A link that leads nowhere is theirs, too, and is told. */
	return theirs != NULL &&
		       g_file_test(theirs, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK)
		   ? data_read_file(theirs, error)
		   : read_ours(image, kind, name, error);
}

Keyfile *
data_read(const char *folder, const char *kind, const char *name, GError **error)
{
	KeyfileImage image;

	return read_one(open_image(&image) ? &image : NULL, folder, kind, name, error);
}

GPtrArray *
data_load_with(const char *folder, const char *kind, const char *suffix, const char *path,
	       GError **error)
{
	g_autoptr(GPtrArray) names = data_names(folder, kind, suffix, error);
	g_autofree char *other = path != NULL ? g_path_get_basename(path) : NULL;
	g_autoptr(GPtrArray) files =
	    g_ptr_array_new_with_free_func((GDestroyNotify)keyfile_free);
	KeyfileImage image;
	bool is_sound = true, has_image = open_image(&image);

	if (names == NULL)
		return NULL;
	if (!data_has_own(folder, kind, suffix))
		folder = NULL;
	if (path != NULL &&
	    !g_ptr_array_find_with_equal_func(names, other, g_str_equal, NULL)) {
		g_ptr_array_add(names, g_strdup(other));
		g_ptr_array_sort(names, text_compare);
	}
	for (size_t i = 0; i < names->len; i++) {
		const char *name = names->pdata[i];
		GError *mistake = NULL;
		Keyfile *file = g_strcmp0(name, other) == 0
				    ? read_tried(path, &mistake)
				    : read_one(has_image ? &image : NULL, folder, kind,
					       name, &mistake);

		if (file != NULL)
			g_ptr_array_add(files, file);
		else
			keyfile_error_join(error, mistake);
		is_sound &= file != NULL;
	}

	return is_sound ? g_steal_pointer(&files) : NULL;
}

GPtrArray *
data_load(const char *folder, const char *kind, const char *suffix, GError **error)
{
	return data_load_with(folder, kind, suffix, NULL, error);
}
