/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that finds out what it may do, as its argument says: which calls
 * it is refused, with base rights or with KILL and MAP_PHYS besides; what a
 * child of it may do; how much memory it gets. It ends with what it has found.
 */
#include <abi/priv.h>
#include <abi/signal.h>
#include <lacuna/msgcall.h>
#include <lacuna/printf.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <proto/pm.h>
#include <proto/rights.h>

#include "test/rs/refusals.h"

#define BROKEN 255 /* a rule does not hold */
#define PAGE   4096u

PROTO_STUB(PM_FORK, pm_fork)
PROTO_STUB(PM_KILL, pm_kill)
PROTO_STUB(PM_PROCINFO, pm_procinfo)
PROTO_STUB(VM_MMAP, vm_mmap)
PROTO_STUB(VM_MUNMAP, vm_munmap)
PROTO_STUB(VM_BRK, vm_brk)

static const char *mode = "";

static bool
is(const char *word)
{
	return strcmp(mode, word) == 0;
}

static void
bit_set(uint32_t *mask, int nr)
{
	mask[(nr - KERNEL_CALL) / 32] |= 1u << (nr - KERNEL_CALL) % 32;
}

/* Which call is not as it should be? With more rights, two more are not. */
static int
calls_try(bool more)
{
	static const int base[] = { BASE_KCALLS };
	uint32_t kcalls[KCALL_MASK_WORDS] = { 0 };
	uint32_t vm_calls = BASE_VM_CALLS;
	size_t i;

	for (i = 0; i < sizeof base / sizeof base[0]; i++)
		bit_set(kcalls, base[i]);
	if (more)
		bit_set(kcalls, SYS_GETKSIG);
	if (more)
		vm_calls |= VM_CALL_BIT(VM_UNMAP_PHYS);
	return refusals(kcalls, vm_calls);
}

/* Where is a process? */
static endpoint_t
endpoint_of(int32_t pid)
{
	struct pm_procinfo info = { .pid = -1 };
	struct pm_procinfo_req req = { .slot = 0 };
	struct pm_procinfo_rep rep;

	req.info = (vir_bytes)(uintptr_t)&info;
	while (call_pm_procinfo(PM_PROC_NR, &req, &rep) == OK) {
		if (info.pid == pid)
			return info.ep;
		req.slot = rep.next;
	}
	return NONE;
}

/* A child has what every user has; it waits for somebody to let it run. */
static int
child_try(void)
{
	const struct no_payload none = { 0 };
	struct pm_fork_rep child = { .pid = -1 };
	struct pm_kill_req end = { .sig = SIGKILL };
	struct pm_kill_rep rep;
	struct priv_spec spec;
	uint32_t users[KCALL_MASK_WORDS] = { 0 };

	if (call_pm_fork(PM_PROC_NR, &none, &child) != OK || child.pid <= 0)
		return 1;
	bit_set(users, SYS_DIAGCTL);
	if (sys_getpriv(&spec, endpoint_of(child.pid)) != OK)
		return 2;
	if (memcmp(spec.kcall_mask, users, sizeof users) != 0)
		return 3;
	if ((spec.flags & SYS_PROC) != 0 || spec.trap_mask != TRAPS_USER)
		return 4;
	end.pid = child.pid;
	return call_pm_kill(PM_PROC_NR, &end, &rep) == OK ? 0 : 5;
}

static int
page_take(vir_bytes *at)
{
	struct vm_mmap_req req = { 0, PAGE, VM_PROT_READ | VM_PROT_WRITE,
		VM_MAP_PREALLOC };
	struct vm_mmap_rep rep = { 0 };
	int r = call_vm_mmap(VM_PROC_NR, &req, &rep);

	*at = rep.addr;
	return r;
}

/* One page more, behind the program. */
static int
break_move(void)
{
	struct vm_brk_req req = { 0 };
	struct vm_brk_rep rep = { 0 };

	(void)call_vm_brk(VM_PROC_NR, &req, &rep);
	req.addr = rep.addr + PAGE;
	return call_vm_brk(VM_PROC_NR, &req, &rep);
}

/* Take all pages there are: how many? Past the last there is none in any
 * way; one that was given back can be had again. */
static int
hoard(void)
{
	struct vm_munmap_req back = { 0, PAGE };
	struct no_payload none;
	vir_bytes at, last = 0;
	int n = 0, r;

	while ((r = page_take(&at)) == OK && n < BROKEN) {
		last = at;
		n++;
	}
	if (r != -ENOMEM || break_move() != -ENOMEM)
		return BROKEN;
	back.addr = last;
	if (call_vm_munmap(VM_PROC_NR, &back, &none) != OK ||
	    page_take(&at) != OK || page_take(&at) != -ENOMEM)
		return BROKEN;
	return n;
}

static int
init(int type, const struct sef_init_info *info)
{
	(void)type, (void)info;
	return sys_setalarm(1, NULL);
}

static void
alarm(clock_ticks now)
{
	(void)now;
	if (is("base") || is("more"))
		sef_exit(calls_try(is("more")));
	sef_exit(is("child") ? child_try() : hoard());
}

int
main(int argc, char *argv[])
{
	static const struct server agent = {
		.name = "rights-agent",
		.init_fresh = init,
		.alarm = alarm,
	};

	if (argc > 1)
		mode = argv[1];
	return server_run(&agent);
}
