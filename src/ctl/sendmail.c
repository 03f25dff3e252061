/* SPDX-License-Identifier: BSD-2-Clause */
/* sendmail.c - hands a mail over to sendmail(1) */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include <gio/gio.h>

#include "ctl/sendmail.h"

G_DEFINE_QUARK(sendmail_error, sendmail_error)

/*
 * The mail as a file without a name: a program that ends before it has read all says
 * why, and no pipe breaks.  -1 with error set.
 */
static int
open_mail(const char *mail, size_t length, GError **error)
{
	FILE *file = tmpfile();
	int fd = -1;

	if (file != NULL && fwrite(mail, 1, length, file) == length &&
	    fflush(file) == 0 && fseek(file, 0, SEEK_SET) == 0)
		fd = dup(fileno(file));
	if (fd < 0)
		g_set_error(error, SENDMAIL_ERROR, 0, "no temporary file: %s",
			    g_strerror(errno));
	if (file != NULL)
		fclose(file);

	return fd;
}

/* The words of the command line; borrowed but for the array. */
static GPtrArray *
words_of(const Sendmail *envelope)
{
	GPtrArray *words = g_ptr_array_new();

	g_ptr_array_add(words, (char *)"sendmail");
	if (envelope->postfix != NULL) {
		g_ptr_array_add(words, (char *)"-C");
		g_ptr_array_add(words, (char *)envelope->postfix);
	}
	g_ptr_array_add(words, (char *)"-i");
	if (envelope->from != NULL) {
		g_ptr_array_add(words, (char *)"-f");
		g_ptr_array_add(words, (char *)envelope->from);
	}
	g_ptr_array_add(words, (char *)"--");
	g_ptr_array_add(words, (char *)envelope->to);
	g_ptr_array_add(words, NULL);

	return words;
}

bool
sendmail_hand_over(const Sendmail *envelope, const char *mail, size_t length,
		   GError **error)
{
	g_autoptr(GPtrArray) words = words_of(envelope);
	/* All of ours are closed by exec, and so GLib need not copy this process first. */
	g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
	    G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_INHERIT_FDS);
	g_autoptr(GSubprocess) program = NULL;
	g_autoptr(GBytes) told = NULL;
	g_autofree char *said = NULL;
	int fd = open_mail(mail, length, error);
	const char *start;
	gsize size;

	if (fd < 0)
		return false;
	g_subprocess_launcher_take_stdin_fd(launcher, fd);
	program = g_subprocess_launcher_spawnv(launcher,
					       (const char *const *)words->pdata, error);
	if (program == NULL ||
	    !g_subprocess_communicate(program, NULL, NULL, NULL, &told, error))
		return false;
	if (g_subprocess_get_successful(program))
		return true;
	start = g_bytes_get_data(told, &size);
	said = g_utf8_make_valid(size > 0 ? start : "", (gssize)size);
	g_set_error_literal(error, SENDMAIL_ERROR, 0,
			    *g_strstrip(said) != '\0' ? said : "sendmail(1) failed");

	return false;
}
