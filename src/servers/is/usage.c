/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is taken of tables that should be as empty after some work as before.
 * Grants lie in the memory of their granters, and are counted there.
 */
#include <abi/grant.h>
#include <abi/limits.h>
#include <lacuna/ds.h>
#include <lacuna/kcall.h>
#include <lacuna/syslib.h>

#include "servers/is/is.h"

#define AT_ONCE 64 /* entries of a grant table */

/* Grants of a service. One that has none, or is dying, has 0. */
static uint32_t
grants_count(endpoint_t ep)
{
	static struct cp_grant part[AT_ONCE];
	struct grant_place place;
	uint32_t i, n, count = 0;

	if (sys_getgrants(&place, ep) != OK)
		return 0;
	for (; place.entries > 0; place.entries -= n) {
		n = place.entries < AT_ONCE ? place.entries : AT_ONCE;
		if (sys_datacopy(ep, place.table, SELF, vir_addr(part),
			n * sizeof part[0]) != OK)
			return 0;
		for (i = 0; i < n; i++)
			count += (part[i].cp_flags & CPF_USED) != 0;
		place.table += n * sizeof part[0];
	}
	return count;
}

/* Grants of all services. */
static int
grants_count_all(uint32_t *count)
{
	static struct proc_info procs[NR_PROCS + NR_TASKS];
	const struct proc_info *p;
	int r;

	r = sys_getproctab(procs);
	if (r != OK)
		return r;
	for (p = procs + NR_TASKS; p < &procs[NR_PROCS + NR_TASKS]; p++)
		if (!(p->rts_flags & RTS_SLOT_FREE) &&
		    p->priv_id != USER_PRIV_ID)
			*count += grants_count(p->ep);
	return OK;
}

/* Entries of the data store; none while DS is away. */
static uint32_t
entries_count(void)
{
	struct ds_info info;
	uint32_t next = 0, n = 0;

	while (n < NR_DS_KEYS + NR_SYS_PROCS && ds_list(&info, &next) == OK)
		n++; /* a DS that repeats itself does not keep us */
	return n;
}

int
do_is_usage(endpoint_t who, const struct is_usage_req *req,
    struct is_usage_rep *rep)
{
	struct kernel_usage usage;
	int r;

	(void)who;
	r = sys_getusage(&usage);
	if (r != OK)
		return r;
	rep->processes = usage.processes;
	rep->privileges = usage.privileges;
	rep->hooks = usage.hooks;
	rep->maps = usage.maps;
	if (req->ep != NONE) {
		rep->grants = grants_count(req->ep);
		return OK;
	}
	rep->entries = entries_count();
	return grants_count_all(&rep->grants);
}
