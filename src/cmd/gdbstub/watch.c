/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See watch.h. */
#include "cmd/gdbstub/watch.h"

#include <errno.h>
#include <string.h>

#include "cmd/gdbstub/breaks.h"

static struct {
	uint32_t addr, size; /* size 0: not used */
	uint8_t bytes[WATCH_SIZE];
} watches[WATCHES_MAX];

/* The watchpoint that is just so, or WATCHES_MAX; size 0: one that is free. */
static int
find(uint32_t addr, uint32_t size)
{
	int i;

	for (i = 0; i < WATCHES_MAX; i++)
		if (watches[i].size == size &&
		    (size == 0 || watches[i].addr == addr))
			break;
	return i;
}

int
watch_set(uint32_t addr, uint32_t size)
{
	int i, e;

	if (size == 0 || size > WATCH_SIZE)
		return EINVAL;
	if (find(addr, size) != WATCHES_MAX)
		return 0;
	i = find(0, 0);
	if (i == WATCHES_MAX)
		return ENOSPC;
	e = break_read(addr, watches[i].bytes, size);
	if (e != 0)
		return e;
	watches[i].addr = addr;
	watches[i].size = size;
	return 0;
}

int
watch_clear(uint32_t addr, uint32_t size)
{
	int i = size != 0 ? find(addr, size) : WATCHES_MAX;

	if (i != WATCHES_MAX)
		watches[i].size = 0;
	return 0;
}

bool
watch_any(void)
{
	for (int i = 0; i < WATCHES_MAX; i++)
		if (watches[i].size != 0)
			return true;
	return false;
}

void
watch_forget(void)
{
	memset(watches, 0, sizeof watches);
}

bool
watch_changed(uint32_t *addr)
{
	uint8_t now[WATCH_SIZE];
	bool changed = false;

	for (int i = 0; i < WATCHES_MAX; i++) {
		if (watches[i].size == 0 ||
		    break_read(watches[i].addr, now, watches[i].size) != 0 ||
		    memcmp(now, watches[i].bytes, watches[i].size) == 0)
			continue;
		memcpy(watches[i].bytes, now, watches[i].size);
		*addr = watches[i].addr;
		changed = true;
	}
	return changed;
}
