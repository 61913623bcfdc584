/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the watch over RS: what keeps it from going on, and what does
 * not; both sides of the limit.
 */
#include "kernel/watch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/clock.h"
#include "kernel/panic.h"
#include "kernel/proc.h"

#define OTHER 20 /* slot of a process */

struct proc proc_table[NR_TASKS + NR_PROCS];
struct proc *proc_current;
uint32_t clock_hz = 100;

static void (*look)(struct timer *);
static struct timer *armed;
static clock_ticks delay;
static const struct proc *traced;
static char words[80]; /* of the panic */
static jmp_buf panicked;

void
timer_set(struct timer *t, clock_ticks ticks, void (*fire)(struct timer *))
{
	armed = t;
	delay = ticks;
	look = fire;
}

void
proc_stacktrace(const struct proc *p)
{
	traced = p;
}

void
panic(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	(void)vsnprintf(words, sizeof words, format, ap);
	va_end(ap);
	longjmp(panicked, 1);
}

static struct proc *
rs(void)
{
	return proc_slot(RS_PROC_NR);
}

static int
begin(void **state)
{
	(void)state;
	memset(proc_table, 0, sizeof proc_table);
	strcpy(proc_slot(VM_PROC_NR)->name, "vm");
	strcpy(proc_slot(OTHER)->name, "other");
	proc_current = proc_slot(OTHER);
	words[0] = '\0';
	traced = NULL;
	watch_start();
	assert_int_equal(delay, clock_hz);
	return 0;
}

/* So many looks, a second from one to the next. Is there a panic? */
static bool
looks(int n)
{
	volatile int left = n;

	if (setjmp(panicked) != 0)
		return true;
	for (; left > 0; left--) {
		delay = 0;
		look(armed);
		assert_int_equal(delay, clock_hz);
	}
	return false;
}

static void
assert_fault(int slot, const char *text)
{
	assert_false(looks(WATCH_LIMIT - 1));
	assert_true(looks(1));
	assert_string_equal(words, text);
	assert_ptr_equal(traced, proc_slot(slot));
}

/* RS waits with these flags: that is VM's fault, or nobody's. */
static void
assert_silence(uint32_t flags, bool fault)
{
	rs()->rts_flags = flags;
	if (fault)
		assert_fault(VM_PROC_NR,
		    "vm is silent: rs has waited for it for 20 seconds");
	else
		assert_false(looks(5 * WATCH_LIMIT));
}

static void
a_silent_vm_is_named(void **state)
{
	static const uint32_t kernel[] = { RTS_PAGEFAULT, RTS_VMREQUEST,
		RTS_VMREQTARGET };
	size_t i;

	for (i = 0; i < sizeof kernel / sizeof kernel[0]; i++) {
		(void)begin(state);
		assert_silence(kernel[i], true);
	}
	(void)begin(state);
	rs()->sendto = VM_PROC_NR;
	rs()->getfrom = ANY;
	assert_silence(RTS_SENDING, true);
	(void)begin(state);
	rs()->sendto = NONE;
	rs()->getfrom = VM_PROC_NR;
	assert_silence(RTS_RECEIVING, true);
}

/* It helps itself, or somebody else has stopped it. */
static void
other_waits_are_none_of_it(void **state)
{
	rs()->getfrom = ANY;
	rs()->sendto = VM_PROC_NR; /* of an earlier message */
	assert_silence(RTS_RECEIVING, false);
	(void)begin(state);
	rs()->getfrom = VM_PROC_NR;
	rs()->sendto = PM_PROC_NR;
	assert_silence(RTS_SENDING, false);
	(void)begin(state);
	rs()->getfrom = rs()->sendto = VM_PROC_NR;
	assert_silence(RTS_PROC_STOP, false);
}

static void
one_that_keeps_the_processor_is_named(void **state)
{
	(void)state;
	assert_fault(OTHER,
	    "other leaves no time to others: rs has not run for 20 seconds");
}

static void
rs_that_runs_waits_for_nobody(void **state)
{
	(void)state;
	proc_current = rs();
	assert_false(looks(5 * WATCH_LIMIT));
}

/* RS has got on, if only for a moment: it is another wait. */
static void
each_wait_counts_for_itself(void **state)
{
	int i;

	(void)state;
	rs()->rts_flags = RTS_PAGEFAULT;
	for (i = 0; i < 5; i++) {
		assert_false(looks(WATCH_LIMIT - 1));
		rs()->cycles++;
		assert_false(looks(1));
	}
	assert_false(looks(WATCH_LIMIT - 1));
	rs()->rts_flags = RTS_RECEIVING;
	rs()->getfrom = ANY;
	assert_false(looks(1));
	rs()->rts_flags = RTS_PAGEFAULT;
	assert_false(looks(WATCH_LIMIT - 1));
	assert_true(looks(1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_silent_vm_is_named),
		cmocka_unit_test_setup(other_waits_are_none_of_it, begin),
		cmocka_unit_test_setup(one_that_keeps_the_processor_is_named,
		    begin),
		cmocka_unit_test_setup(rs_that_runs_waits_for_nobody, begin),
		cmocka_unit_test_setup(each_wait_counts_for_itself, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
