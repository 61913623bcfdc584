/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See breaks.h. */
#include "cmd/gdbstub/breaks.h"

#include <errno.h>

#include "cmd/gdbstub/target.h"

#define TRAP 0xcc /* the instruction int3 */

static struct {
	uint32_t addr;
	uint8_t byte; /* what the program has there */
	bool used;
} breaks[BREAKS_MAX];

/* The breakpoint at an address, or BREAKS_MAX. */
static size_t
find(uint32_t addr)
{
	size_t i;

	for (i = 0; i < BREAKS_MAX; i++)
		if (breaks[i].used && breaks[i].addr == addr)
			break;
	return i;
}

bool
break_is_at(uint32_t addr)
{
	return find(addr) != BREAKS_MAX;
}

int
break_set(uint32_t addr)
{
	const uint8_t trap = TRAP;
	size_t i = 0;
	int e;

	if (break_is_at(addr))
		return 0;
	while (i < BREAKS_MAX && breaks[i].used)
		i++;
	if (i == BREAKS_MAX)
		return ENOSPC;
	e = target_read(addr, &breaks[i].byte, 1);
	if (e == 0)
		e = target_write(addr, &trap, 1);
	if (e != 0)
		return e;
	breaks[i].used = true;
	breaks[i].addr = addr;
	return 0;
}

int
break_clear(uint32_t addr)
{
	size_t i = find(addr);

	if (i == BREAKS_MAX)
		return 0;
	breaks[i].used = false;
	return target_write(addr, &breaks[i].byte, 1);
}

void
break_clear_all(void)
{
	for (size_t i = 0; i < BREAKS_MAX; i++)
		if (breaks[i].used)
			(void)break_clear(breaks[i].addr); /* or it is gone */
}

void
break_forget(void)
{
	for (size_t i = 0; i < BREAKS_MAX; i++)
		breaks[i].used = false;
}

int
break_read(uint32_t addr, void *bytes, size_t n)
{
	int e = target_read(addr, bytes, n);

	for (size_t i = 0; e == 0 && i < BREAKS_MAX; i++)
		if (breaks[i].used && breaks[i].addr - addr < n)
			((uint8_t *)bytes)[breaks[i].addr - addr] =
			    breaks[i].byte;
	return e;
}

int
break_write(uint32_t addr, const void *bytes, size_t n)
{
	const uint8_t trap = TRAP;
	int e = target_write(addr, bytes, n);

	for (size_t i = 0; e == 0 && i < BREAKS_MAX; i++) {
		if (!breaks[i].used || breaks[i].addr - addr >= n)
			continue;
		breaks[i].byte =
		    ((const uint8_t *)bytes)[breaks[i].addr - addr];
		e = target_write(breaks[i].addr, &trap, 1);
	}
	return e;
}

void
break_each(void (*put)(void *ctx, uint32_t addr, uint8_t byte), void *ctx)
{
	for (size_t i = 0; i < BREAKS_MAX; i++)
		if (breaks[i].used)
			put(ctx, breaks[i].addr, breaks[i].byte);
}
