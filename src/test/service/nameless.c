/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A child of a service, with privileges of its own: see nameless.h.
 */
#include "test/service/nameless.h"

#include <abi/priv.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/pm.h>
#include <proto/pm_srv.h>

PROTO_STUB(PM_EXIT, pm_exit)
PROTO_STUB(PM_FORK, pm_fork)
PROTO_STUB(PM_WAIT, pm_wait)
PROTO_STUB(PM_PROC_LOOKUP, pm_proc_lookup)

/* In the child, once it may run. */
static _Noreturn void
child(int (*work)(void))
{
	const int r = cpf_reload();
	struct pm_exit_req req = { r == OK ? work() : 255 };
	struct no_payload never;

	for (;;)
		(void)call_pm_exit(PM_PROC_NR, &req, &never);
}

/* Let it run as a service that RS does not know, and wait for its end. */
static int
run(int32_t pid)
{
	struct priv_spec spec = { .flags = SYS_PROC | PREEMPTIBLE | DYN_PRIV_ID,
		.trap_mask = TRAPS_ALL,
		.sig_mgr = RS_PROC_NR,
		.bak_sig_mgr = NONE,
		.priority = 6,
		.quantum = 8 };
	struct pm_proc_lookup_req find = { pid };
	struct pm_proc_lookup_rep found;
	struct pm_wait_req wait = { pid, 0 };
	struct pm_wait_rep end;
	int r;

	memset(spec.send_mask, 0xff, sizeof spec.send_mask);
	memset(spec.kcall_mask, 0xff, sizeof spec.kcall_mask);
	r = call_pm_proc_lookup(PM_PROC_NR, &find, &found);
	if (r == OK)
		r = sys_privctl(found.ep, SYS_PRIV_SET_SYS, &spec);
	if (r == OK)
		r = sys_privctl(found.ep, SYS_PRIV_ALLOW, NULL);
	if (r == OK)
		r = call_pm_wait(PM_PROC_NR, &wait, &end);
	return r == OK ? end.status >> 8 & 0xff : r;
}

int
nameless(int (*work)(void))
{
	struct no_payload req = { 0 };
	struct pm_fork_rep rep = { .pid = -1 };
	int r = call_pm_fork(PM_PROC_NR, &req, &rep);

	if (r != OK)
		return r;
	if (rep.pid == 0)
		child(work); /* what is left of it is a copy */
	return run(rep.pid);
}
