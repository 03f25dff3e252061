/* SPDX-License-Identifier: BSD-2-Clause */
/* image.c - the file that make-image wrote, among a program's constants */

#include "config.h"

#include "base/data.h"

/* C has no way to include a file's bytes that compiles as quickly. */
__asm__(".pushsection .rodata\n"
	".globl data_image_start, data_image_end\n"
	".balign 16\n"
	"data_image_start:\n"
	".incbin \"src/data/languages.image\"\n"
	"data_image_end:\n"
	".popsection\n");
