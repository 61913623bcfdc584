/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that initialises as a test wants it to, and notes what it was
 * told. It sets an alarm before its callback ends: if it goes on after that,
 * whatever the callback said, it is seen to serve.
 */
#include <stddef.h>

#include <abi/limits.h>
#include <lacuna/asynsend.h>
#include <lacuna/kcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <proto/rs.h>
#include <proto/sef.h>

#include "test/init/start.h"
#include "test/service/owner.h"

static struct owner owner;
static struct start_box box; /* as it was when it was fetched last */

/* Fetch the test's box. It has asked for nothing: that is no matter. */
static void
box_fetch(void)
{
	if (owner_reach(&owner) == OK)
		(void)sys_datacopy(owner.ep, owner.box, SELF, vir_addr(&box),
		    sizeof box); /* its plan is empty, then */
}

/* Write a part of our copy back. */
static void
box_store(const volatile void *part, size_t size)
{
	vir_bytes offset = vir_addr(part) - vir_addr(&box);

	(void)sys_datacopy(SELF, vir_addr(part), owner.ep, owner.box + offset,
	    size); /* the test may have ended */
}

static void
box_count(volatile uint32_t *counter)
{
	++*counter;
	box_store(counter, sizeof *counter);
}

/* Rows of RS's table that name us. */
static uint32_t
table_rows(const struct sef_init_info *info)
{
	static struct rprocpub row;
	uint32_t i, n = 0;

	for (i = 0; i < NR_SYS_PROCS; i++) {
		if (sys_safecopyfrom(RS_PROC_NR, info->rproctab_gid,
			i * sizeof row, vir_addr(&row), sizeof row) != OK)
			return 0;
		n += row.in_use && row.endpoint == sef_self();
	}
	return n;
}

/* Wait without letting SEF look at anything. */
static void
wait_ticks(uint32_t ticks)
{
	struct message m;

	if (ticks > 0 && sys_setalarm(ticks, NULL) == OK)
		(void)ipc_receive(CLOCK, &m, NULL);
}

static void
crash(void)
{
	volatile char *volatile nowhere = (volatile char *)16;

	*nowhere = 1;
}

/* End as the plan says. */
static int
end(const struct start_plan *plan)
{
	struct message never;

	wait_ticks(plan->delay);
	(void)sys_setalarm(1, NULL); /* arguments are right */
	switch (plan->end) {
	case END_CRASH:
		crash();
		break;
	case END_LEAVE:
		sef_exit(plan->result);
	case END_LOOP:
		for (;;)
			;
	case END_WAIT:
		(void)ipc_receive(HARDWARE, &never, NULL);
		break;
	default:
		break;
	}
	box_count(&box.ended);
	return plan->result;
}

static int
started(uint32_t callback, int type, const struct sef_init_info *info)
{
	struct start_seen *seen;
	uint32_t i;

	box_fetch();
	i = box.begun % STARTS_MAX;
	seen = &box.seen[i];
	seen->word = box.word[callback];
	seen->type = type;
	seen->endpoint = info->endpoint;
	seen->old_endpoint = info->old_endpoint;
	seen->restarts = info->restarts;
	seen->listed = table_rows(info);
	seen->stored = sys_safecopyto(RS_PROC_NR, info->rproctab_gid, 0,
	    vir_addr(&box), sizeof(uint32_t));
	box_store(seen, sizeof *seen);
	box_count(&box.begun);
	return end(&box.plan[i]);
}

static int
on_fresh(int type, const struct sef_init_info *info)
{
	return started(SEF_INIT_FRESH, type, info);
}

static int
on_lu(int type, const struct sef_init_info *info)
{
	return started(SEF_INIT_LU, type, info);
}

static int
on_restart(int type, const struct sef_init_info *info)
{
	return started(SEF_INIT_RESTART, type, info);
}

/* Report once more, without having been asked. */
static int
report_again(int result, bool wait)
{
	struct rs_init_msg init = { .result = result };
	struct message m;
	int r;

	memset(&m, 0, sizeof m);
	m.m_type = RS_INIT;
	memcpy(m.m_body, &init, sizeof init);
	if (!wait)
		return asynsend3(RS_PROC_NR, &m, 0);
	r = ipc_sendrec(RS_PROC_NR, &m);
	return r != OK ? r : m.m_type;
}

/* Ask the boot service for tests what it has seen. */
static int
probe_ask(struct probe_seen *seen)
{
	struct message m = { .m_type = 1 };
	int r = ipc_sendrec(PROBE_PROC_NR, &m);

	if (r != OK)
		return r;
	memcpy(seen, m.m_body, sizeof *seen);
	return m.m_type;
}

static void
carry_out(void *work)
{
	struct start_box *b = work;

	if (b->order == DO_CRASH)
		crash();
	if (b->order == DO_REPORT || b->order == DO_REPORT_ASYNC)
		b->result = report_again(b->result, b->order == DO_REPORT);
	if (b->order == DO_PROBE)
		b->result = probe_ask(&b->probe);
}

static void
work_done(void)
{
	box.box.done = box.box.asked;
	box_store(&box.box.done, sizeof box.box.done);
}

/* Look for work; nothing but the order and the result is given back. */
static void
on_tick(clock_ticks now)
{
	(void)now;
	box_fetch();
	box_count(&box.served);
	if (box.box.asked != box.box.done) {
		if (box.order == DO_CRASH)
			work_done(); /* once */
		carry_out(&box);
		box_store(&box.result, sizeof box.result);
		box_store(&box.probe, sizeof box.probe);
		work_done();
	}
	(void)sys_setalarm(1, NULL); /* arguments are right */
}

static void
on_other(const struct message *m, int status)
{
	(void)m, (void)status;
	box_count(&box.strays);
}

int
main(int argc, char *argv[])
{
	static const struct server agent = {
		.name = "init-agent",
		.init_fresh = on_fresh,
		.init_lu = on_lu,
		.init_restart = on_restart,
		.alarm = on_tick,
		.other = on_other,
	};

	owner_init(&owner, argc, argv);
	return server_run(&agent);
}
