/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the deadlock walk. Proves: D10.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/ipc/parts.h"
#include "test/unit/status.h"

enum {
	A = 20,
	B,
	C,
	D
};

struct proc proc_table[NR_TASKS + NR_PROCS];
struct proc *proc_current;
struct ready_link ready_queues[NR_SCHED_QUEUES];
uint32_t ready_map;

REGPARM void
sched_enqueue(struct proc *p)
{
	(void)p;
}

static int
begin(void **state)
{
	(void)state;
	for (int slot = -NR_TASKS; slot < NR_PROCS; slot++) {
		struct proc *p = proc_slot(slot);

		memset(p, 0, sizeof *p);
		p->slot = slot;
		p->endpoint = endpoint_make(slot < 0 ? 0 : 2, slot);
	}
	return 0;
}

static void
sends(int from, int to)
{
	proc_slot(from)->rts_flags |= RTS_SENDING;
	proc_slot(from)->sendto = proc_slot(to)->endpoint;
}

static void
receives(int who, endpoint_t from)
{
	proc_slot(who)->rts_flags |= RTS_RECEIVING;
	proc_slot(who)->getfrom = from;
}

static int
walk(int caller, int peer, bool sending)
{
	return ipc_deadlock(proc_slot(caller), proc_slot(peer), sending);
}

static void
who_is_not_blocked_is_no_danger(void **state)
{
	(void)state;
	assert_status(walk(A, B, true), OK);
	assert_status(walk(A, B, false), OK);
	receives(B, ANY);
	assert_status(walk(A, B, false), OK);
	receives(C, CLOCK);
	assert_status(walk(A, C, true), OK);
}

static void
two_of_a_kind_never_meet(void **state)
{
	(void)state;
	sends(B, A);
	assert_status(walk(A, B, true), -ELOCKED);
	receives(C, proc_slot(A)->endpoint);
	assert_status(walk(A, C, false), -ELOCKED);
}

static void
sender_and_receiver_meet(void **state)
{
	(void)state;
	sends(B, A);
	assert_status(walk(A, B, false), OK);
	receives(C, proc_slot(A)->endpoint);
	assert_status(walk(A, C, true), OK);
}

static void
the_sending_side_of_a_sendrec_counts(void **state)
{
	(void)state;
	sends(B, C);
	receives(B, proc_slot(A)->endpoint);
	assert_status(walk(A, B, false), OK);
}

static void
longer_circles_are_deadlocks(void **state)
{
	(void)state;
	sends(B, C);
	receives(C, proc_slot(D)->endpoint);
	sends(D, A);
	assert_status(walk(A, B, true), -ELOCKED);
	assert_status(walk(A, B, false), -ELOCKED);
}

static void
circles_of_others_end_the_walk(void **state)
{
	(void)state;
	sends(B, C);
	sends(C, B);
	assert_status(walk(A, B, true), OK);
}

static void
the_dead_are_nobody(void **state)
{
	(void)state;
	sends(B, A);
	proc_slot(B)->sendto = endpoint_make(1, A);
	assert_status(walk(A, B, true), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(who_is_not_blocked_is_no_danger, begin),
		cmocka_unit_test_setup(two_of_a_kind_never_meet, begin),
		cmocka_unit_test_setup(sender_and_receiver_meet, begin),
		cmocka_unit_test_setup(the_sending_side_of_a_sendrec_counts,
		    begin),
		cmocka_unit_test_setup(longer_circles_are_deadlocks, begin),
		cmocka_unit_test_setup(circles_of_others_end_the_walk, begin),
		cmocka_unit_test_setup(the_dead_are_nobody, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
