/* SPDX-License-Identifier: BSD-2-Clause */
/* mailbag.c - the mails of a file, a folder, a Maildir, an mbox or a stream */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <glib.h>

#include "base/input.h"
#include "ctl/mailbag.h"
#include "text/text.h"

/* Folders in folders are followed this far. */
#define DEPTH_MAX 8

/* The line that begins a mail of an mbox has so many bytes at most, its field's name
   included ... */
#define FROM_MAX 1024

/* ... which has no more than so many. */
#define FIELD_MAX 60

/* An mbox: mails come off at its front while bytes come in behind. */
typedef struct {
	const char *name;
	size_t number; /* of the last mail taken */
	MailbagTake *take;
	void *context;
} Mbox;

bool
mailbag_is_mbox(const char *bytes, size_t length)
{
	return length > 5 && memcmp(bytes, "From ", 5) == 0;
}

/* Most such lines tell an hour; a sentence that begins with "From" hardly does. */
static bool
has_hour(const char *line, const char *end)
{
	for (; end - line >= 5 && line[0] != '\n'; line++)
		if (g_ascii_isdigit(line[0]) && g_ascii_isdigit(line[1]) &&
		    line[2] == ':' && g_ascii_isdigit(line[3]) &&
		    g_ascii_isdigit(line[4]))
			return true;

	return false;
}

/* Is it such a line without an hour: "From", an address or a name of mailers, a year? */
static bool
is_bare_from(const char *line, const char *end)
{
	g_autofree char *text = g_strndup(line, (size_t)(end - line));
	g_auto(GStrv) words = g_strsplit_set(g_strchomp(text), " \t", -1);
	size_t count = g_strv_length(words);
	const char *last = words[count - 1];

	return count == 1 ||
	       ((strchr(words[1], '@') != NULL || g_str_equal(words[1], "-") ||
		 g_ascii_strcasecmp(words[1], "MAILER-DAEMON") == 0) &&
		(count == 2 ||
		 (strlen(last) == 4 && strspn(last, "0123456789") == strlen(last))));
}

/* A field as a mail begins with; "Note: " begins a line of a letter. */
static bool
is_first_field(const char *line, const char *end)
{
	static const char *const names[] = { "From",    "To",     "Cc",      "Date",
					     "Subject", "Sender", "Received" };
	size_t length = 0;

	while (line + length < end && length < FIELD_MAX &&
	       (g_ascii_isalnum(line[length]) || line[length] == '-'))
		length++;
	if (length == 0 || line + length == end || line[length] != ':')
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (strlen(names[i]) == length &&
		    g_ascii_strncasecmp(line, names[i], length) == 0)
			return true;

	return memchr(line, '-', length) != NULL;
}

static bool
begins_mail(const char *line, const char *end)
{
	const char *line_end = memchr(line, '\n', MIN((size_t)(end - line), FROM_MAX));

	return has_hour(line, end) || (line_end != NULL && is_bare_from(line, line_end) &&
				       is_first_field(line_end + 1, end));
}

/* The next line that begins a mail, or NULL; at: behind two bytes at least. */
static const char *
next_from(const char *at, const char *end)
{
	while (at < end && (at = memmem(at, (size_t)(end - at), "\nFrom ", 6)) != NULL) {
		/* mbox: behind an empty line (RFC 4155). */
		if ((at[-1] == '\n' || (at[-1] == '\r' && at[-2] == '\n')) &&
		    begins_mail(at + 1, end))
			return at + 1;
		at++;
	}

	return NULL;
}

/* One mail.  Without a line feed it has no header that one could read. */
static void
take_one(const char *name, const char *bytes, size_t length, MailbagTake *take,
	 void *context)
{
	size_t text = length;

	while (text > 0 && bytes[text - 1] == '\n')
		text--;
	if (memchr(bytes, '\r', MAX(text, 1) - 1) != NULL &&
	    memchr(bytes, '\n', text) == NULL)
		take(context, name, NULL, 0,
		     "its lines end in CR alone, as no mail's do; tr '\\r' '\\n' mends "
		     "a copy of it");
	else
		take(context, name, bytes, length, NULL);
}

/* One mail, its "From " line at the front. */
static void
take_mail(Mbox *mbox, const char *bytes, size_t length)
{
	const char *mail = memchr(bytes, '\n', length);
	g_autofree char *numbered = NULL;

	if (mail == NULL && memchr(bytes, '\r', length) == NULL)
		return;
	numbered = g_strdup_printf("%s#%zu", mbox->name, ++mbox->number);
	/* One line in all is an mbox whose lines end in CR. */
	mail = mail != NULL ? mail + 1 : bytes;
	take_one(numbered, mail, length - (size_t)(mail - bytes), mbox->take,
		 mbox->context);
}

/*
 * Take all mails but the last, of which more may come; returns their bytes.  looked:
 * bytes in which no mail begins but the first.
 */
static size_t
take_whole_mails(Mbox *mbox, const char *bytes, size_t length, size_t looked)
{
	const char *at = bytes, *next = bytes + MAX(looked, 2);

	while ((next = next_from(next, bytes + length)) != NULL) {
		take_mail(mbox, at, (size_t)(next - at));
		at = next;
	}

	return (size_t)(at - bytes);
}

void
mailbag_split(const char *name, const char *bytes, size_t length, MailbagTake *take,
	      void *context)
{
	Mbox mbox = { .name = name, .take = take, .context = context };
	size_t taken;

	if (!mailbag_is_mbox(bytes, length)) {
		take_one(name, bytes, length, take, context);
		return;
	}
	taken = take_whole_mails(&mbox, bytes, length, 0);
	take_mail(&mbox, bytes + taken, length - taken);
}

/* Read to the end, and take the mails of an mbox on the way; bytes keeps the rest. */
static void
read_stream(Mbox *mbox, GString *bytes, FILE *in)
{
	char chunk[16384]; /* most mails, in few pages of a new stack */
	size_t length, looked = 0;

	while (bytes->len <= MAILBAG_MAX_BYTES &&
	       (length = fread(chunk, 1, sizeof(chunk), in)) > 0) {
		g_string_append_len(bytes, chunk, (gssize)length);
		if (!mailbag_is_mbox(bytes->str, bytes->len))
			continue;
		g_string_erase(
		    bytes, 0,
		    (gssize)take_whole_mails(mbox, bytes->str, bytes->len, looked));
		/* The last line may be half of one that begins a mail. */
		looked = bytes->len - MIN(bytes->len, FROM_MAX);
	}
}

static void
take_stream(const char *name, FILE *in, MailbagTake *take, void *context)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	Mbox mbox = { .name = name, .take = take, .context = context };

	read_stream(&mbox, bytes, in);
	if (ferror(in))
		take(context, name, NULL, 0, g_strerror(errno));
	else if (bytes->len > MAILBAG_MAX_BYTES)
		take(context, name, NULL, 0, "more than 256 MB");
	else if (mailbag_is_mbox(bytes->str, bytes->len))
		take_mail(&mbox, bytes->str, bytes->len);
	else
		take_one(name, bytes->str, bytes->len, take, context);
}

static void
take_file(const char *path, MailbagTake *take, void *context)
{
	g_autoptr(GError) error = NULL;
	FILE *in = input_open_stream(path, &error);

	if (in == NULL) {
		take(context, path, NULL, 0, error->message);
		return;
	}
	take_stream(path, in, take, context);
	fclose(in);
}

/* Links to folders may go in circles, and a fifo would keep us: neither is read. */
static bool
is_folder(const char *path)
{
	struct stat info;

	return lstat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool
is_file(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* What is done with a file below a place; trouble: NULL, or why it is none. */
typedef void Visit(void *context, const char *path, const char *trouble);

static bool
has_folder(const char *path, const char *name)
{
	g_autofree char *below = g_build_filename(path, name, NULL);

	return is_folder(below);
}

/* Delivery makes all three, and a copy may lack those that were empty. */
static bool
is_maildir(const char *path)
{
	return has_folder(path, "cur") ||
	       (has_folder(path, "new") && has_folder(path, "tmp"));
}

/* Servers' own files, where a folder holds mailboxes and is none. */
static bool
is_servers_own(const char *name)
{
	return g_str_has_prefix(name, "dovecot") ||
	       g_str_has_prefix(name, "courierimap") ||
	       g_str_equal(name, "subscriptions") || g_str_equal(name, "maildirsize");
}

/*
 * A hidden file is no mail; but in Maildir++ each mailbox other than INBOX is a hidden
 * folder.
 */
static bool
is_looked_at(const char *path, const char *name)
{
	g_autofree char *below = NULL;

	if (name[0] != '.')
		return !is_servers_own(name);
	below = g_build_filename(path, name, NULL);

	return is_folder(below) && is_maildir(below);
}

/* The files of one folder after the other, by name.  Beside cur/ and new/ of a
   Maildir lie the server's own files, and folders with mailboxes: in either
   layout of Dovecot's. */
static void
walk(const char *path, bool is_below_maildir, size_t depth, Visit *visit, void *context)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDir) dir = g_dir_open(path, 0, &error);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	bool is_bag = !is_below_maildir && !is_maildir(path);
	const char *name;

	if (dir == NULL) {
		visit(context, path, error->message);
		return;
	}
	while ((name = g_dir_read_name(dir)) != NULL)
		if (is_looked_at(path, name))
			g_ptr_array_add(names, g_build_filename(path, name, NULL));
	g_ptr_array_sort(names, text_compare);

	for (size_t i = 0; i < names->len; i++) {
		const char *below = names->pdata[i];
		bool holds_mails = is_bag || g_str_has_suffix(below, "/cur") ||
				   g_str_has_suffix(below, "/new");

		if (is_folder(below)) {
			if (depth < DEPTH_MAX && !g_str_has_suffix(below, "/tmp"))
				walk(below, !holds_mails, depth + 1, visit, context);
		} else if (is_bag)
			visit(context, below, is_file(below) ? NULL : "no regular file");
	}
}

static void
add_size(void *context, const char *path, const char *trouble)
{
	size_t *size = context;
	struct stat info;

	if (trouble == NULL && stat(path, &info) == 0)
		*size += (size_t)info.st_size;
}

size_t
mailbag_size(const char *place)
{
	struct stat info;
	size_t size = 0;

	if (stat(place, &info) != 0)
		return 0;
	if (!S_ISDIR(info.st_mode))
		return (size_t)info.st_size;
	walk(place, false, 0, add_size, &size);

	return size;
}

/* The function that takes the mails, and its context. */
typedef struct {
	MailbagTake *take;
	void *context;
} Taker;

static void
take_visited(void *context, const char *path, const char *trouble)
{
	const Taker *taker = context;

	if (trouble != NULL)
		taker->take(taker->context, path, NULL, 0, trouble);
	else
		take_file(path, taker->take, taker->context);
}

void
mailbag_each(const char *place, MailbagTake *take, void *context)
{
	if (g_str_equal(place, "-"))
		take_stream("-", stdin, take, context);
	else if (g_file_test(place, G_FILE_TEST_IS_DIR))
		walk(place, false, 0, take_visited,
		     &(Taker){ .take = take, .context = context });
	else
		take_file(place, take, context);
}
