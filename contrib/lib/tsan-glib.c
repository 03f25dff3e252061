/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsan-glib.c - tells ThreadSanitizer of GLib's locks and counts of references
 *
 * A GMutex and a GCond are made of futexes, which ThreadSanitizer does not see:
 * it takes all that they guard for a race.  So it does with what is freed when the
 * last reference goes, for GLib counts them in a function of its own.  Linked into a program, these stand
 * before GLib's, call them, and say what they order.  Only contrib/check.sh uses
 * this, and links all that it builds with ThreadSanitizer to it.
 */
#include <dlfcn.h>

#include <glib.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

/* Several threads may look a function up at once, and find the same. */
#define GLIBS(function) ((__typeof__(&function))dlsym(RTLD_NEXT, #function))

void
g_mutex_lock(GMutex *mutex)
{
	GLIBS(g_mutex_lock)(mutex);
	__tsan_acquire(mutex);
}

void
g_mutex_unlock(GMutex *mutex)
{
	__tsan_release(mutex);
	GLIBS(g_mutex_unlock)(mutex);
}

void
g_cond_wait(GCond *cond, GMutex *mutex)
{
	__tsan_release(mutex);
	GLIBS(g_cond_wait)(cond, mutex);
	__tsan_acquire(mutex);
}

gboolean
g_cond_wait_until(GCond *cond, GMutex *mutex, gint64 end)
{
	gboolean is_signalled;

	__tsan_release(mutex);
	is_signalled = GLIBS(g_cond_wait_until)(cond, mutex, end);
	__tsan_acquire(mutex);

	return is_signalled;
}

/* Whoever lets go of the last reference frees what all others have read. */
gboolean
g_atomic_ref_count_dec(gatomicrefcount *count)
{
	gboolean is_last;

	__tsan_release((void *)count);
	is_last = GLIBS(g_atomic_ref_count_dec)(count);
	if (is_last)
		__tsan_acquire((void *)count);

	return is_last;
}
