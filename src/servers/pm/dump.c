/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The state of PM, for debugging. */
#include "servers/pm/dump.h"

#include <lacuna/printf.h>

#include "servers/pm/proc.h"

void
pm_dump(void)
{
	const struct mproc *mp;

	printf("pm:   pid  parent  group     uid flags  pending mask     "
	       "request name\n");
	FOR_EACH_PROC(mp)
	{
		printf("pm: %5d %7d %6d %7u %5x %8x %8x %7x %s\n", mp->pid,
		    mproc[mp->parent].pid, mp->pgrp, mp->euid, mp->flags,
		    mp->pending, mp->mask,
		    mp->flags & VFS_CALL ? (uint32_t)mp->request : 0, mp->name);
	}
}
