/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the tracing of calls: the machine of three flags, from each of
 * its states through each event. Proves: D1, D8.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <abi/ptrace.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/ipc/parts.h"
#include "kernel/ipc/tracing.h"
#include "kernel/signal.h"
#include "test/unit/status.h"

/* States. */
#define NONE_SET 0u
#define TRACE    ((uint32_t)MF_SC_TRACE)
#define DEFER    ((uint32_t)MF_SC_DEFER)
#define ACTIVE   ((uint32_t)MF_SC_ACTIVE)
#define ENTERED  (DEFER | ACTIVE)

/* What is no business of the machine, and not to be changed by it. */
#define OTHERS                                                                 \
	((uint32_t)(MF_REPLY_PEND | MF_VIRT_TIMER | MF_PROF_TIMER |            \
	    MF_SIG_DELAY | MF_FPU_VALID | MF_FROM_KERNEL | MF_MAIL))
#define REASONS                                                                \
	((uint32_t)(RTS_SLOT_FREE | RTS_PROC_STOP | RTS_RECEIVING |            \
	    RTS_SIGNALED | RTS_NO_PRIV))

#define RESULT 77 /* of calls */
#define BEFORE 1u /* in the result register before the call */

enum event {
	TRAP,   /* for a call, with TRACE */
	RUN,    /* about to run, with a call put off */
	END,    /* about to go on in user mode, with ACTIVE */
	STOP,   /* T_STOP */
	RESUME, /* T_... */
	STEP,
	NEXT, /* T_SYSCALL */
	LEAVE /* T_DETACH */
};

struct proc proc_table[NR_TASKS + NR_PROCS];
struct proc *proc_current;
struct ready_link ready_queues[NR_SCHED_QUEUES];
uint32_t ready_map;

static struct proc *const it = &proc_table[NR_TASKS + 20];
static int raised;      /* SIGTRAP */
static int delays_done; /* of signals */
static int calls, call_status;
static uint32_t call_args[3];
static bool call_blocks;

REGPARM void
sched_enqueue(struct proc *p)
{
	(void)p;
}

void
cause_sig(struct proc *p, int sig)
{
	assert_ptr_equal(p, it);
	assert_int_equal(sig, SIGTRAP);
	raised++;
}

void
sig_delay_done(struct proc *p)
{
	assert_ptr_equal(p, it);
	delays_done++;
}

int
ipc_call(struct proc *caller, uint32_t primitive, uint32_t peer, vir_bytes addr)
{
	assert_ptr_equal(caller, it);
	calls++;
	call_args[0] = primitive;
	call_args[1] = peer;
	call_args[2] = addr;
	if (call_blocks)
		caller->rts_flags |= RTS_SENDING;
	return call_status;
}

/* A process with these flags, stopped for its debugger. */
static void
begin(uint32_t flags)
{
	memset(it, 0, sizeof *it);
	it->rts_flags = RTS_P_STOP | REASONS;
	it->misc_flags = flags;
	it->regs.ecx = 3;
	it->regs.eax = BEFORE;
	it->regs.ebx = 0x5000;
	it->regs.eflags = EFLAGS_TF | 0x2;
	raised = delays_done = calls = 0;
	call_status = RESULT;
	call_blocks = false;
}

static void
happens(enum event event)
{
	static const int request[] = { [RESUME] = T_RESUME,
		[STEP] = T_STEP,
		[NEXT] = T_SYSCALL,
		[LEAVE] = T_DETACH };

	if (event == TRAP)
		tracing_entry(it);
	else if (event == RUN)
		tracing_deferred(it);
	else if (event == END)
		tracing_leave(it);
	else if (event == STOP)
		tracing_stop(it);
	else
		assert_status(tracing_resume(it, request[event]), OK);
}

/* From a state by an event to a state; signals and calls by it. */
struct row {
	uint32_t from;
	enum event event;
	uint32_t to;
	int raised, calls;
};

static const struct row table[] = {
	{ TRACE, TRAP, ENTERED, 1, 0 },
	{ ENTERED, NEXT, ENTERED | TRACE, 0, 0 },
	{ ENTERED, RESUME, ENTERED, 0, 0 },
	{ ENTERED, STEP, ENTERED | MF_STEP, 0, 0 },
	{ ENTERED, LEAVE, DEFER, 0, 0 }, /* made, but nobody has seen it */
	{ ENTERED, STOP, ENTERED, 0, 0 },
	{ ENTERED | TRACE, STOP, ENTERED, 0, 0 },
	{ ENTERED, RUN, ACTIVE, 0, 1 },
	{ ENTERED | TRACE, RUN, ACTIVE | TRACE, 0, 1 },
	{ DEFER, RUN, NONE_SET, 0, 1 },
	{ ACTIVE | TRACE, END, NONE_SET, 1, 0 },
	{ ACTIVE, END, NONE_SET, 0, 0 },
	{ ACTIVE, NEXT, ACTIVE | TRACE, 0, 0 },
	{ ACTIVE, RESUME, ACTIVE, 0, 0 },
	{ ACTIVE, STEP, ACTIVE | MF_STEP, 0, 0 },
	{ ACTIVE | TRACE, STOP, ACTIVE, 0, 0 },
	{ ACTIVE, LEAVE, NONE_SET, 0, 0 },
	{ ACTIVE | TRACE, LEAVE, NONE_SET, 0, 0 },
	{ NONE_SET, NEXT, TRACE, 0, 0 },
	{ NONE_SET, RESUME, NONE_SET, 0, 0 },
	{ NONE_SET, STEP, MF_STEP, 0, 0 },
	{ NONE_SET, LEAVE, NONE_SET, 0, 0 },
	{ TRACE, LEAVE, NONE_SET, 0, 0 },
	{ TRACE, STOP, NONE_SET, 0, 0 },
	{ MF_STEP, STOP, NONE_SET, 0, 0 },
	{ MF_STEP, LEAVE, NONE_SET, 0, 0 },
	{ MF_TRACED, LEAVE, NONE_SET, 0, 0 },
	{ MF_TRACED, RESUME, MF_TRACED, 0, 0 },
};

static void
every_event_in_every_state(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		const struct row *row = &table[i];

		begin(row->from | OTHERS);
		happens(row->event);
		assert_int_equal(it->misc_flags, row->to | OTHERS);
		assert_int_equal(raised, row->raised);
		assert_int_equal(calls, row->calls);
	}
}

static void
only_the_stop_for_the_debugger_is_ended(void **state)
{
	(void)state;
	for (int event = STOP; event <= LEAVE; event++) {
		bool stop = event == STOP;

		begin(0);
		if (stop)
			it->rts_flags = RTS_PROC_STOP;
		happens((enum event)event);
		assert_int_equal(it->rts_flags,
		    stop ? RTS_PROC_STOP | RTS_P_STOP : REASONS);
		assert_int_equal(it->regs.eflags, 0x2 | (stop ? 0 : EFLAGS_TF));
	}
}

static void
other_requests_are_refused(void **state)
{
	const int others[] = { T_OK, T_EXIT, T_ATTACH, T_SETOPT, 99 };

	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		begin(ACTIVE);
		assert_status(tracing_resume(it, others[i]), -EINVAL);
		assert_int_equal(it->misc_flags, ACTIVE);
		assert_true(rts_isset(it, RTS_P_STOP));
	}
}

static void
an_entry_changes_no_register(void **state)
{
	struct reg_frame before;

	(void)state;
	begin(TRACE);
	before = it->regs;
	tracing_entry(it);
	assert_memory_equal(&before, &it->regs, sizeof before);
}

static void
the_noted_call_is_made_whatever_the_registers(void **state)
{
	(void)state;
	begin(TRACE);
	tracing_entry(it);
	it->regs.ecx = it->regs.ebx = it->regs.eax = 0xdead;
	tracing_deferred(it);
	assert_int_equal(call_args[0], 3);
	assert_int_equal(call_args[1], BEFORE);
	assert_int_equal(call_args[2], 0x5000);
	assert_int_equal(it->regs.eax, RESULT);
}

static void
a_call_that_waits_for_memory_is_put_off_again(void **state)
{
	(void)state;
	begin(ENTERED | TRACE);
	call_status = -EVMSUSPEND;
	tracing_deferred(it);
	assert_int_equal(it->misc_flags, ENTERED | TRACE);
	assert_int_equal(it->regs.eax, BEFORE);
	assert_int_equal(delays_done, 0);
	call_status = RESULT;
	tracing_deferred(it);
	assert_int_equal(it->misc_flags, ACTIVE | TRACE);
	assert_int_equal(calls, 2);
}

static void
a_signal_waits_until_the_message_is_taken(void **state)
{
	(void)state;
	begin(ENTERED);
	tracing_deferred(it);
	assert_int_equal(delays_done, 1);
	begin(ENTERED);
	call_blocks = true; /* its receiver will end the delay */
	tracing_deferred(it);
	assert_int_equal(delays_done, 0);
}

static void
a_call_as_a_step_ends_with_a_signal(void **state)
{
	(void)state;
	begin(MF_STEP | OTHERS);
	tracing_stepped(it);
	assert_int_equal(it->misc_flags, ACTIVE | TRACE | OTHERS);
	tracing_leave(it);
	assert_int_equal(it->misc_flags, OTHERS);
	assert_int_equal(raised, 1);
	begin(OTHERS);
	tracing_stepped(it);
	assert_int_equal(it->misc_flags, OTHERS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_event_in_every_state),
		cmocka_unit_test(only_the_stop_for_the_debugger_is_ended),
		cmocka_unit_test(other_requests_are_refused),
		cmocka_unit_test(an_entry_changes_no_register),
		cmocka_unit_test(the_noted_call_is_made_whatever_the_registers),
		cmocka_unit_test(a_call_that_waits_for_memory_is_put_off_again),
		cmocka_unit_test(a_signal_waits_until_the_message_is_taken),
		cmocka_unit_test(a_call_as_a_step_ends_with_a_signal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
