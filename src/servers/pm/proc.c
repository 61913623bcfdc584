/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The process table: finding, allocating, answering.
 */

#include "servers/pm/proc.h"

#include <abi/errno.h>
#include <lacuna/assert.h>
#include <lacuna/ipc.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>

#define SLOTS_FOR_ROOT 4 /* the superuser can always start a few more */

struct mproc mproc[NR_PROCS];

struct mproc *
proc_by_ep(endpoint_t ep)
{
	int slot = endpoint_slot(ep);

	if (slot < 0 || slot >= NR_PROCS)
		return NULL;
	if (!(mproc[slot].flags & IN_USE) || mproc[slot].ep != ep)
		return NULL;
	return &mproc[slot];
}

struct mproc *
proc_by_pid(int32_t pid)
{
	struct mproc *mp;

	FOR_EACH_PROC(mp)
	{
		if (mp->pid == pid)
			return mp;
	}
	return NULL;
}

struct mproc *
proc_alloc(uint32_t uid)
{
	static int next; /* slots are used in turn: old names stay fresh */
	struct mproc *found = NULL;
	int i, left = 0;

	for (i = 0; i < NR_PROCS; i++) {
		struct mproc *mp = &mproc[(next + i) % NR_PROCS];

		if (mp->flags & IN_USE)
			continue;
		if (found == NULL)
			found = mp;
		left++;
		if (left > SLOTS_FOR_ROOT)
			break;
	}
	if (found == NULL || (uid != 0 && left <= SLOTS_FOR_ROOT))
		return NULL;
	next = (proc_slot(found) + 1) % NR_PROCS;
	return found;
}

int32_t
proc_new_pid(void)
{
	static int32_t last = INIT_PID;
	struct mproc *mp;
	bool taken;

	do {
		last = last < PID_MAX ? last + 1 : INIT_PID + 1;
		taken = false;
		FOR_EACH_PROC(mp)
		{
			if (mp->pid == last || mp->pgrp == last)
				taken = true;
		}
	} while (taken);
	return last;
}

void
proc_free(struct mproc *mp)
{
	slot_leave(proc_slot(mp));
	mp->flags = 0;
	mp->ep = NONE;
	mp->pid = mp->pgrp = mp->sid = 0;
}

void
proc_check(const struct mproc *mp)
{
	uint32_t f = mp->flags;

	if (f & UNPAUSED) {
		assert(f & PROC_STOPPED);
		assert(!(f & (DELAY_CALL | VFS_CALL)));
	}
	assert(
	    (f & (PROC_STOPPED | DELAY_CALL)) != (PROC_STOPPED | DELAY_CALL));
}

/* Tell of an answer nobody took: the first, second, fourth ... of them, so
 * that a service that never takes any does not fill the log. */
static void
complain(const struct mproc *mp, int r)
{
	static uint32_t count;

	count++;
	if ((count & (count - 1)) == 0)
		printf("pm: no reply to pid %d: %d; %u such\n", mp->pid, r,
		    count);
}

void
proc_reply(struct mproc *mp, int status, const void *rep, size_t size)
{
	struct message m;
	int r;

	memset(&m, 0, sizeof m);
	m.m_type = status;
	if (rep != NULL && status == OK)
		memcpy(m.m_body, rep, size);
	r = ipc_sendnb(mp->ep, &m);
	if (r != OK)
		complain(mp, r);
}
