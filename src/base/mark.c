/* SPDX-License-Identifier: BSD-2-Clause */
/* mark.c - the secret word by which an owner tells our banner from others */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mark.h"

#define SECRET_MIN 32
#define SECRET_MAX 1000

/* The random bytes from which we make a secret. */
#define RANDOM_BYTES 32

#define SHA256_BYTES 32

/* A mark has so many characters, each of five bits, in groups of so many. */
#define MARK_CHARACTERS 12
#define MARK_GROUP      4

/* What the secret is used for; another use of it must have another word. */
#define PURPOSE     "banner"
#define PURPOSE_LOG "log"

struct MarkKey {
	char *secret;
};

G_DEFINE_QUARK(mark_error, mark_error)

static bool
fail_missing(const char *path, GError **error)
{
	g_set_error(error, MARK_ERROR, MARK_ERROR_MISSING, "%s: %s", path,
		    g_strerror(errno));

	return false;
}

static bool
fail_wrong(const char *path, GError **error, const char *why)
{
	g_set_error(error, MARK_ERROR, MARK_ERROR_WRONG, "%s: %s", path, why);

	return false;
}

/* May this file hold a secret? */
static bool
is_private(const char *path, int fd, GError **error)
{
	struct stat info;

	if (fstat(fd, &info) != 0)
		return fail_missing(path, error);
	if (!S_ISREG(info.st_mode))
		return fail_wrong(path, error, "the secret of the marks is no file");
	if (info.st_uid != 0 && geteuid() != 0 && info.st_uid != geteuid())
		return fail_wrong(path, error,
				  "the secret of the marks belongs to another user; "
				  "chown it to the daemon's");
	if ((info.st_mode & 077) != 0)
		return fail_wrong(
		    path, error,
		    "others can read or write the secret of the marks; "
		    "chmod 600, and if somebody may have read it, delete it");

	return true;
}

static bool
is_printable(const char *secret)
{
	for (const char *c = secret; *c != '\0'; c++)
		if (!g_ascii_isgraph(*c))
			return false;

	return true;
}

static char *
read_secret(const char *path, GError **error)
{
	char bytes[SECRET_MAX + 3] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t length = 0;
	bool is_well, is_text;

	if (fd < 0) {
		fail_missing(path, error);
		return NULL;
	}
	is_well = is_private(path, fd, error);
	if (is_well && (length = read(fd, bytes, sizeof(bytes) - 1)) < 0)
		is_well = fail_missing(path, error);
	close(fd);
	if (!is_well)
		return NULL;

	is_text = strlen(bytes) == (size_t)length;
	g_strchomp(bytes);
	if (is_text && strlen(bytes) < SECRET_MIN)
		is_well = fail_wrong(path, error,
				     "the secret of the marks is too short; write 32 "
				     "characters or more, or delete it");
	else if (!is_text || strlen(bytes) > SECRET_MAX || !is_printable(bytes))
		is_well = fail_wrong(path, error,
				     "the secret of the marks is no line of at most 1000 "
				     "printable characters without blanks");

	return is_well ? g_strdup(bytes) : NULL;
}

static bool
write_secret(int fd)
{
	unsigned char bytes[RANDOM_BYTES];
	g_autoptr(GString) line = g_string_new(NULL);

	if (getrandom(bytes, sizeof(bytes), 0) != sizeof(bytes))
		return false;
	for (size_t i = 0; i < sizeof(bytes); i++)
		g_string_append_printf(line, "%02x", bytes[i]);
	g_string_append_c(line, '\n');

	return write(fd, line->str, line->len) == (ssize_t)line->len && fsync(fd) == 0;
}

static bool
give_to_folder(const char *path, int fd)
{
	g_autofree char *folder = g_path_get_dirname(path);
	struct stat info;

	return geteuid() != 0 ||
	       (stat(folder, &info) == 0 && fchown(fd, info.st_uid, info.st_gid) == 0);
}

/* True where the file is there afterwards, whoever made it. */
static bool
make_secret(const char *path, GError **error)
{
	g_autofree char *draft = g_strdup_printf("%s.XXXXXX", path);
	int fd = g_mkstemp_full(draft, O_RDWR | O_CLOEXEC, 0600), trouble;
	bool is_made;

	if (fd < 0)
		return fail_missing(path, error);
	is_made = write_secret(fd) && give_to_folder(path, fd) &&
		  (link(draft, path) == 0 || errno == EEXIST);
	trouble = errno;
	close(fd);
	unlink(draft);
	errno = trouble;

	return is_made || fail_missing(path, error);
}

MarkKey *
mark_key_new(const char *path, MarkMode mode, GError **error)
{
	MarkKey *key;
	char *secret;

	if (mode == MARK_MAKE && access(path, F_OK) != 0 && errno == ENOENT &&
	    !make_secret(path, error))
		return NULL;
	secret = read_secret(path, error);
	if (secret == NULL)
		return NULL;
	key = g_new0(MarkKey, 1);
	key->secret = secret;

	return key;
}

void
mark_key_free(MarkKey *key)
{
	if (key == NULL)
		return;

	g_free(key->secret);
	g_free(key);
}

/* So many characters by HMAC of the purpose and the text, in groups where group > 0. */
static char *
word_of(const MarkKey *key, const char *purpose, const char *text, size_t group)
{
	/* No letter that is taken for another or for a digit. */
	static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
	g_autoptr(GHmac) hmac = g_hmac_new(G_CHECKSUM_SHA256, (const guchar *)key->secret,
					   strlen(key->secret));
	guint8 sum[SHA256_BYTES];
	gsize length = sizeof(sum);
	GString *word = g_string_new(NULL);
	guint64 bits = 0;

	g_hmac_update(hmac, (const guchar *)purpose, (gssize)strlen(purpose) + 1);
	g_hmac_update(hmac, (const guchar *)text, (gssize)strlen(text));
	g_hmac_get_digest(hmac, sum, &length);
	memcpy(&bits, sum, sizeof(bits));
	bits = GUINT64_FROM_BE(bits);
	for (size_t i = 0; i < MARK_CHARACTERS; i++) {
		if (group > 0 && i > 0 && i % group == 0)
			g_string_append_c(word, '-');
		g_string_append_c(word, digits[bits >> (64 - 5 * (i + 1)) & 31]);
	}

	return g_string_free(word, FALSE);
}

char *
mark_of(const MarkKey *key, const char *owner)
{
	return word_of(key, PURPOSE, owner, MARK_GROUP);
}

char *
mark_hash(const MarkKey *key, const char *address)
{
	return word_of(key, PURPOSE_LOG, address, 0);
}
