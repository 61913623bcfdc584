/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The tables, see servers/is/is.h. */
#include "servers/is/is.h"

#include <abi/limits.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/syslib.h>
#include <proto/rs.h>
#include <proto/vm.h>

PROTO_STUB(RS_GETSYSINFO, rs_getsysinfo)
PROTO_STUB(VM_INFO, vm_info)

static struct proc_info procs[NR_PROCS + NR_TASKS];

/* Fetch the process table. */
static bool
procs_get(void)
{
	int r = sys_getproctab(procs);

	if (r != OK)
		printf("is: no process table: %d\n", r);
	return r == OK;
}

/* Name of the process behind an endpoint. */
static const char *
name_of(endpoint_t ep)
{
	size_t i;

	if (ep == ANY)
		return "any";
	for (i = 0; i < NR_PROCS + NR_TASKS; i++)
		if (procs[i].ep == ep && !(procs[i].rts_flags & RTS_SLOT_FREE))
			return procs[i].name;
	return "?";
}

void
processes_print(void)
{
	const struct proc_info *p;

	if (!procs_get())
		return;
	printf("%-8s %-15s pri flags   user    sys pc       blocked on\n",
	    "endpoint", "name");
	for (p = procs; p < &procs[NR_PROCS + NR_TASKS]; p++) {
		if (p->rts_flags & RTS_SLOT_FREE)
			continue;
		printf("%8d %-15s %3d %5x %6u %6u %08x %s%s %s%s\n", p->ep,
		    p->name, p->priority, p->rts_flags, p->user_ticks,
		    p->system_ticks, p->pc,
		    p->rts_flags & RTS_SENDING ? "to " : "",
		    p->rts_flags & RTS_SENDING ? name_of(p->sendto) : "",
		    p->rts_flags & RTS_RECEIVING ? "from " : "",
		    p->rts_flags & RTS_RECEIVING ? name_of(p->getfrom) : "");
	}
}

/* The flags of a service, as letters. */
static const char *
flags_text(uint32_t flags)
{
	static char text[sizeof RSI_LETTERS];
	size_t i, n = 0;

	for (i = 0; i < sizeof RSI_LETTERS - 1; i++)
		if (flags >> i & 1)
			text[n++] = RSI_LETTERS[i];
	text[n] = '\0';
	return n > 0 ? text : "-";
}

/* One service: what it is, what it is doing, what is done when it fails, how
 * often it has failed in a row, and how it failed last. */
static void
service_print(const struct rs_info *s)
{
	printf("%-10s %6d %5d %5d %6u %6d %-5s %s%u %5d %s\n", s->pub.label,
	    s->pub.endpoint == NONE ? -1 : s->pub.endpoint, s->pid,
	    s->pub.dev_nr, s->period, s->restarts + 1, flags_text(s->flags),
	    s->policy.when == RS_AT_ONCE ? "at-once/" : "back-off/",
	    s->policy.give_up, s->failures, s->end_text);
	if (s->flags & RSI_UPDATING)
		printf("%-10s to state %d\n", "  update", s->lu_state);
	else if (s->updates > 0)
		printf("%-10s %u, the last: %d\n", "  updates", s->updates,
		    s->lu_result);
}

void
services_print(void)
{
	static struct rs_info info[NR_SYS_PROCS];
	struct rs_getsysinfo_req req = { vir_addr(info), NR_SYS_PROCS };
	struct rs_getsysinfo_rep rep;
	const struct rs_info *s;
	int r;

	r = call_rs_getsysinfo(RS_PROC_NR, &req, &rep);
	if (r != OK) {
		printf("is: no table of services: %d\n", r);
		return;
	}
	printf("label      endpt   pid major period starts state policy     "
	       "fails last failure\n");
	for (s = info; s < &info[rep.rows]; s++)
		service_print(s);
}

void
memory_print(void)
{
	struct vm_info_req req = { .ep = NONE };
	struct vm_info_rep rep;
	int r;

	r = call_vm_info(VM_PROC_NR, &req, &rep);
	if (r != OK) {
		printf("is: no figures of memory: %d\n", r);
		return;
	}
	printf("pages %u, free %u, in use %u in %u regions, shared %u\n",
	    rep.frames_total, rep.frames_free, rep.frames, rep.regions,
	    rep.shared);
	printf("faults %u, of them copy on write %u; pages copied %u\n",
	    rep.faults, rep.cow_faults, rep.pages_copied);
}

void
counters_print(void)
{
	struct kernel_counters c;
	int r;

	r = sys_getcounters(&c);
	if (r != OK) {
		printf("is: no counters: %d\n", r);
		return;
	}
	printf("ipc %llu, kernel calls %llu, switches %llu\n",
	    (unsigned long long)c.ipc_calls, (unsigned long long)c.kernel_calls,
	    (unsigned long long)c.switches);
	printf("copies shared %llu, of pages %llu; grants mapped %llu\n",
	    (unsigned long long)c.cow_requests, (unsigned long long)c.cow_pages,
	    (unsigned long long)c.maps);
	printf("interrupts %llu, page faults %llu, requests to VM %llu, "
	       "bytes copied %llu\n",
	    (unsigned long long)c.interrupts, (unsigned long long)c.page_faults,
	    (unsigned long long)c.vm_requests,
	    (unsigned long long)c.bytes_copied);
}

void
mappings_print(void)
{
	static struct map_info maps[NR_MAPS];
	const struct map_info *m;
	int r;

	if (!procs_get())
		return;
	r = sys_getmaps(maps);
	if (r != OK) {
		printf("is: no table of mappings: %d\n", r);
		return;
	}
	printf("%-15s window   length   %-15s address  grants\n", "grantee",
	    "owner");
	for (m = maps; m < &maps[NR_MAPS] && m->grantee != NONE; m++)
		printf("%-15s %08x %8x %-15s %08x %d %s\n", name_of(m->grantee),
		    m->window, m->length, name_of(m->owner), m->owner_addr,
		    m->hops, m->writable ? "rw" : "r");
}

void
privileges_print(void)
{
	const struct proc_info *p;
	struct priv_spec spec;

	if (!procs_get())
		return;
	printf("%-15s id flags traps sends to          kernel calls\n", "name");
	for (p = procs; p < &procs[NR_PROCS + NR_TASKS]; p++) {
		if (p->rts_flags & RTS_SLOT_FREE ||
		    p->priv_id == USER_PRIV_ID || p->ep < 0 ||
		    sys_getpriv(&spec, p->ep) != OK)
			continue;
		printf("%-15s %2d %5x %5x %08x %08x %08x %08x\n", p->name,
		    p->priv_id, spec.flags, spec.trap_mask, spec.send_mask[1],
		    spec.send_mask[0], spec.kcall_mask[1], spec.kcall_mask[0]);
	}
}
