/* SPDX-License-Identifier: BSD-2-Clause */
/* image.c - the files that make-image wrote, among a program's constants */

#include "config.h"

#include "base/data.h"

/* C has no way to include a file's bytes that compiles as quickly. */
#define IMAGE(name)                                                                      \
	__asm__(".pushsection .rodata\n"                                                 \
		".globl data_" name "_start, data_" name "_end\n"                        \
		".balign 16\n"                                                           \
		"data_" name "_start:\n"                                                 \
		".incbin \"src/data/" name ".image\"\n"                                  \
		"data_" name "_end:\n"                                                   \
		".popsection\n")

IMAGE("keyfiles");
IMAGE("languages");
IMAGE("names");
