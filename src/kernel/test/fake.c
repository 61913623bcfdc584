/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The kernel of tests of kernel calls: see kernel/test/fake.h. What lies below
 * the calls is real (grants, records, requests to VM); the machine is not.
 */
#include "kernel/test/fake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/arch/i386/user.h"
#include "kernel/clock.h"
#include "kernel/counters.h"
#include "kernel/ipc/ipc.h"
#include "kernel/klog.h"
#include "kernel/panic.h"
#include "kernel/sched.h"
#include "kernel/signal.h"
#include "test/unit/status.h"

#define TABLE ((vir_bytes)0x1000) /* where each has its table */

struct proc proc_table[NR_TASKS + NR_PROCS];
struct priv priv_table[NR_PRIVS];
struct proc *proc_current;
struct ready_link ready_queues[NR_SCHED_QUEUES];
uint32_t ready_map;
struct user_fault user_fault;
clock_ticks clock_uptime;
struct kernel_counters counters;
uint64_t sched_switches;

struct fake_vm fake_vm;

static struct cp_grant table[FAKE_LAST - ALICE + 1][FAKE_GRANTS];
static int grants[FAKE_LAST - ALICE + 1]; /* that are in the tables */
static struct cp_grant magic_table[1];    /* VFS's */

REGPARM void
sched_enqueue(struct proc *p)
{
	(void)p;
}

void
ipc_notify_signal(struct proc *to, int sig)
{
	(void)to, (void)sig;
}

void
ipc_send_kernel(struct proc *from, struct proc *to, const struct message *m)
{
	(void)from, (void)to, (void)m;
}

void
cause_sig(struct proc *p, int signo)
{
	(void)p, (void)signo;
}

void
proc_stacktrace(const struct proc *p)
{
	(void)p;
}

void
panic(const char *format, ...)
{
	(void)format;
	fail_msg("the kernel has panicked: %s", format);
	__builtin_unreachable();
}

REGPARM uint32_t
arch_page_entry(phys_bytes dir, vir_bytes addr)
{
	(void)dir, (void)addr;
	return 0; /* nothing is there but tables of grants */
}

int
copy_from_user(struct proc *requestor, struct place src, void *dst,
    vir_bytes size)
{
	const struct cp_grant *from = src.proc->slot == VFS_PROC_NR
	    ? magic_table
	    : table[src.proc->slot - ALICE];
	vir_bytes i = (src.addr - TABLE) / sizeof *from;

	(void)requestor;
	if (src.addr < TABLE || size != sizeof *from || i >= FAKE_GRANTS)
		return -EFAULT;
	memcpy(dst, &from[i], size);
	return OK;
}

int
data_copy(struct proc *requestor, struct place src, struct place dst,
    vir_bytes size, uint32_t flags)
{
	(void)requestor, (void)src, (void)dst, (void)size, (void)flags;
	return -EFAULT;
}

void
kprintf(const char *format, ...)
{
	(void)format;
}

struct place
place_kernel(const void *p)
{
	(void)p;
	return place_phys(0);
}

static void
process(int slot, int generation)
{
	struct proc *p = proc_slot(slot);
	struct priv *priv = priv_by_id(slot);

	memset(p, 0, sizeof *p);
	memset(priv, 0, sizeof *priv);
	p->slot = slot;
	p->endpoint = endpoint_make(generation, slot);
	p->rts_flags = RTS_RECEIVING; /* in no queue */
	p->priv = priv;
	priv->proc = p;
	priv->used = true;
	priv->grant_table = TABLE;
	priv->grant_entries = FAKE_GRANTS;
	priv->grant_owner = p->endpoint;
	if (slot >= ALICE)
		memset(table[slot - ALICE], 0, sizeof table[0]);
}

/* Drop all records, of whatever test. */
static void
forget_all(void)
{
	const struct map *m;
	int i;

	for (i = 0; i <= NR_MAPS && (m = map_nth(0)) != NULL; i++)
		map_drop(map_of_window(m->grantee, m->window));
	assert_null(map_nth(0));
}

/* All slots are free, once: only those of processes are used afterwards. */
static void
free_slots(void)
{
	static bool done;
	int slot;

	for (slot = -NR_TASKS; slot < NR_PROCS && !done; slot++) {
		proc_slot(slot)->slot = slot;
		proc_slot(slot)->rts_flags = RTS_SLOT_FREE;
	}
	done = true;
}

int
fake_kernel(void **state)
{
	int slot;

	(void)state;
	while (vmreq_fetch() != NULL)
		;
	forget_all();
	free_slots();
	process(VM_PROC_NR, 0);
	process(VFS_PROC_NR, 0);
	for (slot = ALICE; slot <= FAKE_LAST; slot++) {
		process(slot, 2);
		grants[slot - ALICE] = 0;
	}
	memset(&counters, 0, sizeof counters);
	fake_vm.status = OK;
	fake_vm.failing = -1;
	fake_vm.n = 0; /* what is behind is of no interest */
	return 0;
}

struct proc *
fake_proc(int slot)
{
	return proc_slot(slot);
}

endpoint_t
fake_ep(int slot)
{
	return proc_slot(slot)->endpoint;
}

void
fake_exit(int slot)
{
	endpoint_t ep = fake_ep(slot);

	maps_forget(ep);
	vmreq_cancel(proc_slot(slot));
	process(slot, endpoint_gen(ep) + 1);
}

void
fake_exec(int slot)
{
	maps_forget(fake_ep(slot));
}

cp_grant_id_t
fake_record(int slot, const struct cp_grant *g)
{
	int i = slot == VFS_PROC_NR ? 0 : grants[slot - ALICE]++;
	struct cp_grant *to =
	    slot == VFS_PROC_NR ? magic_table : table[slot - ALICE];

	assert_in_range(i, 0, FAKE_GRANTS - 1);
	to[i] = *g;
	to[i].cp_flags |= CPF_USED | CPF_VALID;
	return GRANT_ID(i, g->cp_seq);
}

cp_grant_id_t
fake_grant(int slot, endpoint_t to, vir_bytes addr, vir_bytes len,
    uint32_t access)
{
	struct cp_grant g = { .cp_flags = CPF_DIRECT | access };

	g.cp_u.cp_direct.cp_who_to = to;
	g.cp_u.cp_direct.cp_start = addr;
	g.cp_u.cp_direct.cp_len = len;
	return fake_record(slot, &g);
}

cp_grant_id_t
fake_pass(int slot, endpoint_t to, endpoint_t from, cp_grant_id_t gid)
{
	struct cp_grant g = { .cp_flags = CPF_INDIRECT };

	g.cp_u.cp_indirect.cp_who_to = to;
	g.cp_u.cp_indirect.cp_who_from = from;
	g.cp_u.cp_indirect.cp_grant = gid;
	return fake_record(slot, &g);
}

void
fake_clear(int slot, cp_grant_id_t gid)
{
	table[slot - ALICE][GRANT_IDX(gid)].cp_flags = 0;
}

int
fake_step(const struct fake_call *c)
{
	struct proc *p = proc_slot(c->who);
	struct no_payload none;

	if (c->kind == FAKE_MAP)
		return do_sys_safemap(p, &c->map, &none);
	if (c->kind == FAKE_REVOKE)
		return do_sys_saferevmap(p, &c->revoke, &none);
	return do_sys_safeunmap(p, &c->unmap, &none);
}

bool
fake_serve(void)
{
	struct proc *p = vmreq_fetch();
	int status = fake_vm.n == fake_vm.failing ? fake_vm.status : OK;

	if (p == NULL)
		return false;
	assert_in_range(fake_vm.n, 0, FAKE_ASKED - 1);
	fake_vm.asked[fake_vm.n++] = p->vmreq;
	assert_status(vmreq_answer(p, status), OK);
	return true;
}

int
fake_finish(const struct fake_call *c)
{
	int i, r = -EVMSUSPEND;

	for (i = 0; r == -EVMSUSPEND; i++) {
		assert_true(i < FAKE_ASKED); /* it asks for ever */
		while (rts_isset(proc_slot(c->who), RTS_VMREQUEST))
			assert_true(fake_serve());
		r = fake_step(c);
	}
	return r;
}

struct fake_call
fake_map(int who, int granter, cp_grant_id_t gid, vir_bytes window,
    vir_bytes pages)
{
	return (struct fake_call){
		.who = who,
		.kind = FAKE_MAP,
		.map = { .granter = fake_ep(granter),
		    .gid = gid,
		    .addr = window,
		    .bytes = pages * PAGE_SIZE,
		    .writable = 1 },
	};
}

struct fake_call
fake_revoke(int who, cp_grant_id_t gid)
{
	return (struct fake_call){
		.who = who,
		.kind = FAKE_REVOKE,
		.revoke = { .by_gid = 1, .gid = gid },
	};
}

struct fake_call
fake_revoke_addr(int who, vir_bytes addr)
{
	return (struct fake_call){
		.who = who,
		.kind = FAKE_REVOKE,
		.revoke = { .addr = addr },
	};
}

struct fake_call
fake_unmap(int who, vir_bytes addr)
{
	return (struct fake_call){
		.who = who,
		.kind = FAKE_UNMAP,
		.unmap = { .addr = addr },
	};
}

uint32_t
fake_records(void)
{
	uint32_t n = 0;

	while (map_nth(n) != NULL)
		n++;
	return n;
}
