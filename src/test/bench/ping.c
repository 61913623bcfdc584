/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Measures what needs a service: a kernel call that does next to nothing, and
 * a message to another service and back. Figures are medians.
 */
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <proto/rs.h>

#include "test/bench/bench.h"
#include "test/service/owner.h"

#define ROUNDS 63

PROTO_STUB(RS_LOOKUP, rs_lookup)

static struct owner owner;
static endpoint_t echo;

static struct message message;

/* The kernel call that says who we are: it has nothing to look for. */
static int
call_once(void)
{
	message.m_type = SYS_WHOAMI;
	return kernel_trap(&message);
}

/* Privileges set anew; those of ping itself, which do not change. */
static int
privctl_once(void)
{
	static struct priv_spec spec;
	int r = spec.trap_mask != 0 ? OK : sys_getpriv(&spec, SELF);

	return r != OK ? r : sys_privctl(SELF, SYS_PRIV_UPDATE_SYS, &spec);
}

static int
message_once(void)
{
	message.m_type = 0xF10; /* no protocol's */
	return ipc_sendrec(echo, &message);
}

/* The median of a cost. */
static int
median(int (*once)(void), uint32_t *ticks)
{
	static uint32_t cost[ROUNDS];
	uint32_t c;
	uint64_t start;
	int i, k, r = OK;

	for (i = 0; i < ROUNDS && r == OK; i++) {
		start = bench_now();
		r = once();
		c = (uint32_t)(bench_now() - start);
		for (k = i; k > 0 && cost[k - 1] > c; k--)
			cost[k] = cost[k - 1];
		cost[k] = c;
	}
	*ticks = cost[ROUNDS / 2];
	return r;
}

static int
measure(struct bench_ping *work)
{
	struct rs_lookup_req req = { .label = "bench-echo" };
	struct rs_lookup_rep rep;
	int r = call_rs_lookup(RS_PROC_NR, &req, &rep);

	if (r != OK)
		return r;
	echo = rep.ep;
	r = median(call_once, &work->kcall);
	if (r == OK)
		r = median(privctl_once, &work->privctl);
	return r != OK ? r : median(message_once, &work->ipc);
}

static void
on_tick(clock_ticks now)
{
	struct bench_ping work;

	(void)now;
	if (owner_work(&owner, &work, sizeof work) == OK) {
		work.error = measure(&work);
		(void)owner_answer(&owner, &work, sizeof work); /* may die */
	}
	(void)sys_setalarm(1, 0); /* arguments are right */
}

static int
init(int type, const struct sef_init_info *info)
{
	(void)type, (void)info;
	return sys_setalarm(1, 0);
}

static const struct server ping = {
	.name = "bench-ping",
	.init_fresh = init,
	.alarm = on_tick,
};

int
main(int argc, char **argv)
{
	owner_init(&owner, argc, argv);
	return server_run(&ping);
}
