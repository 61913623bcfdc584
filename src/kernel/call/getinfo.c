/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: copy a table of the kernel to the caller.
 */
#include "kernel/call/call.h"

#include <lacuna/string.h>

#include "kernel/counters.h"
#include "kernel/irq.h"
#include "kernel/kinfo.h"
#include "kernel/klog.h"
#include "kernel/maps.h"
#include "kernel/params.h"
#include "kernel/sched.h"

/* Copy one object to the caller's buffer. */
static int
put(struct proc *caller, const struct sys_getinfo_req *req,
    struct sys_getinfo_rep *rep, const void *object, uint32_t size)
{
	if (size > req->size)
		return -E2BIG;
	rep->size = size;
	return copy_to_user(caller, place_in(caller, req->addr), object, size);
}

/* The process table, entry by entry: together they are too big. */
static int
put_proctab(struct proc *caller, const struct sys_getinfo_req *req,
    struct sys_getinfo_rep *rep)
{
	const uint32_t total = (NR_TASKS + NR_PROCS) * sizeof(struct proc_info);
	struct proc_info info;
	vir_bytes addr = req->addr;
	int slot, r;

	if (total > req->size)
		return -E2BIG;
	for (slot = -NR_TASKS; slot < NR_PROCS; slot++) {
		proc_describe(proc_slot(slot), &info);
		r = copy_to_user(caller, place_in(caller, addr), &info,
		    sizeof info);
		if (r != OK)
			return r;
		addr += sizeof info;
	}
	rep->size = total;
	return OK;
}

/* The table of grants of a process; an ordinary one has none. */
static int
put_grants(struct proc *caller, const struct sys_getinfo_req *req,
    struct sys_getinfo_rep *rep, const struct proc *p)
{
	struct grant_place place = { 0 };

	if (priv_is_own(p) && p->priv->grant_owner == p->endpoint) {
		place.table = p->priv->grant_table;
		place.entries = (uint32_t)p->priv->grant_entries;
	}
	return put(caller, req, rep, &place, sizeof place);
}

/* What is asked for about one process. */
static int
put_of_process(struct proc *caller, const struct sys_getinfo_req *req,
    struct sys_getinfo_rep *rep)
{
	struct proc *p = req->ep == SELF ? caller : proc_lookup(req->ep);
	struct proc_info info;
	int32_t id;

	if (p == NULL)
		return -EINVAL;
	if (req->what == GET_PROC) {
		proc_describe(p, &info);
		return put(caller, req, rep, &info, sizeof info);
	}
	if (req->what == GET_PRIV)
		return put(caller, req, rep, &p->priv->spec,
		    sizeof p->priv->spec);
	if (req->what == GET_PRIV_USES)
		return put(caller, req, rep, p->priv->uses,
		    sizeof p->priv->uses);
	if (req->what == GET_GRANTS)
		return put_grants(caller, req, rep, p);
	id = p->priv->id;
	return put(caller, req, rep, &id, sizeof id);
}

/* How full the kernel's tables are. */
static int
put_usage(struct proc *caller, const struct sys_getinfo_req *req,
    struct sys_getinfo_rep *rep)
{
	struct kernel_usage usage = { .hooks = irq_claimed() };
	int i;

	for (i = 0; i < NR_PROCS; i++)
		usage.processes += !proc_is_free(proc_slot(i));
	for (i = 0; i < NR_SYS_PROCS; i++)
		usage.privileges += priv_by_id(i)->used;
	while (map_nth(usage.maps) != NULL)
		usage.maps++;
	return put(caller, req, rep, &usage, sizeof usage);
}

/* What GET_MAPS tells of the nth mapping. */
static struct map_info
map_describe(uint32_t n)
{
	const struct map *m = map_nth(n);

	if (m == NULL)
		return (struct map_info){ .grantee = NONE, .owner = NONE };
	return (struct map_info){
		.grantee = m->grantee,
		.window = m->window,
		.length = m->length,
		.writable = m->writable,
		.owner = m->owner,
		.owner_addr = m->owner_addr,
		.hops = m->hops,
	};
}

static int
put_maps(struct proc *caller, const struct sys_getinfo_req *req,
    struct sys_getinfo_rep *rep)
{
	struct map_info info;
	vir_bytes addr = req->addr;
	uint32_t n;
	int r = OK;

	if (NR_MAPS * sizeof info > req->size)
		return -E2BIG;
	for (n = 0; n < NR_MAPS && r == OK; n++, addr += sizeof info) {
		info = map_describe(n);
		r = copy_to_user(caller, place_in(caller, addr), &info,
		    sizeof info);
	}
	rep->size = NR_MAPS * sizeof info;
	return r;
}

/* As much of the kernel log as fits. */
static int
put_messages(struct proc *caller, const struct sys_getinfo_req *req,
    struct sys_getinfo_rep *rep)
{
	static char text[KLOG_SIZE]; /* not part of any state */
	uint32_t size = req->size < sizeof text ? req->size : sizeof text;

	if (size == 0)
		return -E2BIG;
	size = klog_read(text, size - 1);
	text[size] = '\0';
	return put(caller, req, rep, text, size + 1);
}

int
do_sys_getinfo(struct proc *caller, const struct sys_getinfo_req *req,
    struct sys_getinfo_rep *rep)
{
	switch (req->what) {
	case GET_KINFO:
		return put(caller, req, rep, &kinfo, sizeof kinfo);
	case GET_IMAGE:
		return put(caller, req, rep, boot_image, sizeof boot_image);
	case GET_PROCTAB:
		return put_proctab(caller, req, rep);
	case GET_PROC:
	case GET_PRIV:
	case GET_PRIVID:
	case GET_PRIV_USES:
	case GET_GRANTS:
		return put_of_process(caller, req, rep);
	case GET_PARAMS:
		return put(caller, req, rep, params_text(),
		    strlen(params_text()) + 1);
	case GET_KMESSAGES:
		return put_messages(caller, req, rep);
	case GET_KCOUNTERS:
		counters.switches = sched_switches;
		return put(caller, req, rep, &counters, sizeof counters);
	case GET_KUSAGE:
		return put_usage(caller, req, rep);
	case GET_MAPS:
		return put_maps(caller, req, rep);
	default:
		return -EINVAL;
	}
}
