/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Many pages at once, in the agent: a word in each, at another place in each,
 * and pages that are left untouched. And a child, which has all of them.
 */
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/syslib.h>
#include <proto/pm.h>
#include <proto/pm_srv.h>

#include "test/safecopy/agent.h"

PROTO_STUB(PM_FORK, pm_fork)
PROTO_STUB(PM_EXIT, pm_exit)
PROTO_STUB(PM_PROC_LOOKUP, pm_proc_lookup)
PROTO_STUB(PM_WAIT, pm_wait)

/* The word of page i, and where it is. */
static volatile uint32_t *
word_of(const struct agent_op *op, uint32_t seed, vir_bytes i, uint32_t *value)
{
	*value = (seed + (uint32_t)i) * 2654435761u | 1;
	return (volatile uint32_t *)(uintptr_t)(op->addr + i * PAGE +
	    (*value >> 8) % (PAGE / 4) * 4);
}

/* Is page i one that is left out? */
static bool
left_out(const struct agent_op *op, vir_bytes i)
{
	return op->access > 0 && i % (vir_bytes)op->access == 1;
}

int
agent_stamp(const struct agent_op *op)
{
	volatile uint32_t *at;
	const uint32_t seed = nonce_u32(op->nonce, op->label, 0);
	uint32_t value;
	vir_bytes i;
	int n = 0;

	for (i = 0; i < op->len / PAGE; i++) {
		if (left_out(op, i))
			continue;
		at = word_of(op, seed, i, &value);
		*at = value;
		n++;
	}
	return n;
}

int
agent_stamped(const struct agent_op *op)
{
	const volatile uint32_t *at;
	const uint32_t seed = nonce_u32(op->nonce, op->label, 0);
	uint32_t value;
	vir_bytes i;
	int right = 0;

	for (i = 0; i < op->len / PAGE; i++) {
		at = word_of(op, seed, i, &value);
		right += *at == (left_out(op, i) ? 0 : value);
	}
	return right;
}

static int
endpoint_of(int32_t pid, endpoint_t *ep)
{
	struct pm_proc_lookup_req req = { pid };
	struct pm_proc_lookup_rep rep;
	int r = call_pm_proc_lookup(PM_PROC_NR, &req, &rep);

	if (r == OK)
		*ep = rep.ep;
	return r;
}

int
agent_fork(struct agent_op *op)
{
	struct no_payload req = { 0 }, never;
	struct pm_exit_req end = { 0 };
	struct pm_fork_rep rep;
	int r = call_pm_fork(PM_PROC_NR, &req, &rep);

	while (r == OK && rep.pid == 0) /* the child, when it is let go */
		(void)call_pm_exit(PM_PROC_NR, &end, &never);
	if (r != OK)
		return r;
	r = endpoint_of(rep.pid, &op->who);
	return r == OK ? rep.pid : r;
}

int
agent_let(const struct agent_op *op)
{
	struct pm_wait_req wait = { op->access, 0 };
	struct pm_wait_rep end;
	int r = sys_privctl(op->who, SYS_PRIV_SET_USER, NULL);

	if (r == OK)
		r = sys_privctl(op->who, SYS_PRIV_ALLOW, NULL);
	return r == OK ? call_pm_wait(PM_PROC_NR, &wait, &end) : r;
}
