/* SPDX-License-Identifier: BSD-2-Clause */
/* input.c - reads all that a descriptor gives, up to a limit */

#include "config.h"

#include <errno.h>
#include <unistd.h>

#include "base/input.h"

/* Bytes of one read. */
#define CHUNK (64 * 1024)

bool
input_read(int fd, size_t most, GString *out)
{
	ssize_t got;

	do {
		size_t length = out->len;

		g_string_set_size(out, length + CHUNK);
		do
			got = read(fd, out->str + length, CHUNK);
		while (got < 0 && errno == EINTR);
		g_string_truncate(out, length + (got > 0 ? (size_t)got : 0));
	} while (got > 0 && out->len <= most);

	return got >= 0;
}
