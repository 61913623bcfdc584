/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Telling that the store is new, see servers/ds/news.h. */
#include "servers/ds/news.h"

#include <lacuna/ipc.h>
#include <lacuna/kcall.h>
#include <lacuna/sef.h>
#include <lacuna/syslib.h>
#include <proto/rs.h>

void
news_tell(cp_grant_id_t gid)
{
	static struct rprocpub table[NR_SYS_PROCS]; /* large for a stack */
	const struct rprocpub *p;

	if (sys_safecopyfrom(RS_PROC_NR, gid, 0, vir_addr(table),
		sizeof table) != OK)
		return; /* they find out when they ask for something */
	for (p = table; p < table + NR_SYS_PROCS; p++)
		if (p->in_use != 0 && p->endpoint != NONE &&
		    p->endpoint != RS_PROC_NR && p->endpoint != sef_self())
			(void)ipc_notify(
			    p->endpoint); /* RS tells who is dead */
}
