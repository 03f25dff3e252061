// SPDX-License-Identifier: BSD-2-Clause
/*
 * For contrib/boot.sh, put before libc: user-mode Linux sets the registers of its
 * processes by a buffer of a fixed size, and a kernel on processors with more registers
 * (AMX) takes nothing but all of them (xstateregs_set() of Linux).  What the buffer does
 * not hold stays as it was.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define STATE_BYTES 65536

static long
set_state(long process, const struct iovec *part)
{
	static char state[STATE_BYTES];
	struct iovec all = { state, sizeof state };

	if (syscall(SYS_ptrace, PTRACE_GETREGSET, process, NT_X86_XSTATE, &all) != 0 ||
	    all.iov_len < part->iov_len)
		return syscall(SYS_ptrace, PTRACE_SETREGSET, process, NT_X86_XSTATE,
			       part);
	memcpy(state, part->iov_base, part->iov_len);

	return syscall(SYS_ptrace, PTRACE_SETREGSET, process, NT_X86_XSTATE, &all);
}

/* The kernel gives a peeked word by its address, libc as the result. */
static long
peek(long request, long process, void *address)
{
	long word = 0;

	if (syscall(SYS_ptrace, request, process, address, &word) != 0)
		return -1;
	errno = 0;

	return word;
}

/* libc declares it with "...". */
long replaced_ptrace(long request, long process, void *address,
		     void *data) __asm__("ptrace");

long
replaced_ptrace(long request, long process, void *address, void *data)
{
	switch (request) {
	case PTRACE_PEEKTEXT:
	case PTRACE_PEEKDATA:
	case PTRACE_PEEKUSER:
		return peek(request, process, address);
	case PTRACE_SETREGSET:
		if ((long)address == NT_X86_XSTATE)
			return set_state(process, data);
		break;
	}

	return syscall(SYS_ptrace, request, process, address, data);
}
