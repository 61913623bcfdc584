/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the channel to VM: who waits, who is held, whose answer it is.
 * Proves: A1, A2.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <abi/errno.h>
#include <abi/kcall_vm.h>

#include "kernel/arch/i386/user.h"
#include "kernel/clock.h"
#include "kernel/counters.h"
#include "kernel/ipc/ipc.h"
#include "kernel/klog.h"
#include "kernel/panic.h"
#include "kernel/sched.h"
#include "kernel/signal.h"
#include "kernel/vmreq.h"
#include "test/unit/status.h"

enum {
	USER = 20, /* asks */
	OTHER,     /* whose pages change */
	THIRD,     /* asks, too */
};

struct proc proc_table[NR_TASKS + NR_PROCS];
struct proc *proc_current;
struct ready_link ready_queues[NR_SCHED_QUEUES];
uint32_t ready_map;
struct user_fault user_fault;
clock_ticks clock_uptime;
struct kernel_counters counters;
uint64_t sched_switches;

static int told;       /* how often VM was */
static char said[160]; /* on the log */

REGPARM void
sched_enqueue(struct proc *p)
{
	(void)p;
}

void
ipc_notify_signal(struct proc *to, int sig)
{
	assert_ptr_equal(to, proc_slot(VM_PROC_NR));
	assert_int_equal(sig, SIGKMEM);
	told++;
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
kprintf(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	(void)vsnprintf(said, sizeof said, format, ap);
	va_end(ap);
}

void
panic(const char *format, ...)
{
	(void)format;
	fail();
	__builtin_unreachable();
}

static int
begin(void **state)
{
	(void)state;
	while (vmreq_fetch() != NULL)
		;
	for (int slot = -NR_TASKS; slot < NR_PROCS; slot++) {
		struct proc *p = proc_slot(slot);

		memset(p, 0, sizeof *p);
		p->slot = slot;
		p->endpoint = endpoint_make(slot < 0 ? 0 : 2, slot);
		p->rts_flags = RTS_RECEIVING; /* in no queue */
	}
	proc_slot(VM_PROC_NR)->endpoint = VM_PROC_NR;
	memset(&counters, 0, sizeof counters);
	told = 0;
	said[0] = '\0';
	return 0;
}

static struct vm_request
request(int kind, int target)
{
	return (struct vm_request){
		.kind = kind,
		.target = proc_slot(target)->endpoint,
		.start = 0x400000,
		.length = PAGE_SIZE,
		.source = NONE,
	};
}

/* A process asks for something; VM is switched to. */
static void
ask(int who, const struct vm_request *req)
{
	assert_status(vm_suspend(proc_slot(who), req), -EVMSUSPEND);
	assert_true(rts_isset(proc_slot(who), RTS_VMREQUEST));
	sched_switches++;
}

static void
who_asks_waits_for_the_answer(void **state)
{
	struct vm_request req = request(MEMREQ_SUNMAP, OTHER);
	struct proc *p = proc_slot(USER);

	(void)state;
	ask(USER, &req);
	assert_int_equal(told, 1);
	assert_ptr_equal(vmreq_fetch(), p);
	assert_null(vmreq_fetch());
	assert_status(vmreq_answer(p, -ENOMEM), OK);
	assert_false(rts_isset(p, RTS_VMREQUEST));
	assert_status(vm_suspend(p, &req), -ENOMEM);
	assert_status(vmreq_answer(p, OK), -ESRCH);
}

static void
an_answer_is_to_one_request(void **state)
{
	struct vm_request first = request(MEMREQ_SUNMAP, OTHER);
	struct vm_request second = first;
	struct proc *p = proc_slot(USER);
	int status;

	(void)state;
	second.serial = 1;
	ask(USER, &first);
	(void)vmreq_fetch();
	(void)vmreq_answer(p, OK);
	assert_false(vm_answer_take(p, MEMREQ_SMAP, &status));
	ask(USER, &second);
	assert_false(vm_answer_take(p, MEMREQ_SUNMAP, &status));
	(void)vmreq_fetch();
	(void)vmreq_answer(p, -ENOMEM);
	assert_true(vm_answer_take(p, MEMREQ_SUNMAP, &status));
	assert_status(status, -ENOMEM);
	assert_false(vm_answer_take(p, MEMREQ_SUNMAP, &status));
}

static void
requests_are_served_in_order(void **state)
{
	struct vm_request map = request(MEMREQ_SMAP, USER);
	struct vm_request unmap = request(MEMREQ_SUNMAP, USER);

	(void)state;
	ask(USER, &map);
	ask(OTHER, &unmap);
	ask(THIRD, &unmap);
	vmreq_cancel(proc_slot(OTHER));
	assert_false(rts_isset(proc_slot(OTHER), RTS_VMREQUEST));
	assert_ptr_equal(vmreq_fetch(), proc_slot(USER));
	assert_ptr_equal(vmreq_fetch(), proc_slot(THIRD));
	assert_null(vmreq_fetch());
}

/* While VM changes the pages of a process, that must not run: until the
 * answer, not only until VM has begun. */
static void
the_target_is_held_until_the_answer(void **state)
{
	static const int kinds[] = { MEMREQ_SMAP, MEMREQ_SUNMAP,
		MEMREQ_COWMAP };
	struct proc *p = proc_slot(USER), *target = proc_slot(OTHER);
	struct vm_request req;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		req = request(kinds[i], OTHER);
		ask(USER, &req);
		assert_false(rts_isset(target, RTS_VMREQTARGET));
		assert_ptr_equal(vmreq_fetch(), p);
		assert_true(rts_isset(target, RTS_VMREQTARGET));
		(void)vmreq_answer(p, OK);
		assert_false(rts_isset(target, RTS_VMREQTARGET));
	}
}

static void
a_dead_requestor_holds_nobody(void **state)
{
	struct vm_request req = request(MEMREQ_SUNMAP, OTHER);

	(void)state;
	ask(USER, &req);
	(void)vmreq_fetch();
	vmreq_cancel(proc_slot(USER));
	assert_false(rts_isset(proc_slot(OTHER), RTS_VMREQTARGET));
	assert_status(vmreq_answer(proc_slot(USER), OK), -ESRCH);
}

static void
a_dead_target_is_nobody(void **state)
{
	struct vm_request req = request(MEMREQ_SUNMAP, OTHER);

	(void)state;
	ask(USER, &req);
	proc_slot(OTHER)->endpoint = endpoint_make(3, OTHER);
	assert_ptr_equal(vmreq_fetch(), proc_slot(USER));
	assert_false(rts_isset(proc_slot(OTHER), RTS_VMREQTARGET));
	assert_status(vmreq_answer(proc_slot(USER), OK), OK);
}

static void
checking_holds_nobody(void **state)
{
	struct vm_request req = request(MEMREQ_CHECK, OTHER);

	(void)state;
	ask(USER, &req);
	(void)vmreq_fetch();
	assert_false(rts_isset(proc_slot(OTHER), RTS_VMREQTARGET));
}

/* Who has run since a copy was asked for may have revoked its grant. */
static void
a_late_copy_is_sent_back(void **state)
{
	struct vm_request req = request(MEMREQ_COWMAP, OTHER);
	struct proc *p = proc_slot(USER);
	int status;

	(void)state;
	ask(USER, &req);
	sched_switches++;
	assert_null(vmreq_fetch());
	assert_false(rts_isset(p, RTS_VMREQUEST));
	assert_false(vm_answer_take(p, MEMREQ_COWMAP, &status));
	ask(USER, &req);
	assert_ptr_equal(vmreq_fetch(), p);
}

/* The page is not there, whatever VM says: that ends, and is told. */
static void
vm_is_not_believed_for_ever(void **state)
{
	struct vm_request req = request(MEMREQ_CHECK, OTHER);
	char fault[48];
	int i;

	(void)state;
	for (i = 0; i < 8; i++) {
		ask(USER, &req);
		assert_ptr_equal(vmreq_fetch(), proc_slot(USER));
		assert_status(vmreq_answer(proc_slot(USER), OK), OK);
	}
	assert_string_equal(said, "");
	assert_status(vm_suspend(proc_slot(USER), &req), -EFAULT);
	snprintf(fault, sizeof fault, "fault of %d: read of 0x400000",
	    req.target);
	assert_non_null(strstr(said, fault));
}

/* Memory that is taken away again has another chance, if that takes time. */
static void
vm_is_believed_when_time_has_passed(void **state)
{
	struct vm_request req = request(MEMREQ_CHECK, OTHER);
	int i;

	(void)state;
	for (i = 0; i < 100; i++) {
		clock_uptime += 3;
		ask(USER, &req);
		assert_ptr_equal(vmreq_fetch(), proc_slot(USER));
		assert_status(vmreq_answer(proc_slot(USER), OK), OK);
	}
	assert_string_equal(said, "");
}

static void
vm_does_not_wait_for_itself(void **state)
{
	struct vm_request req = request(MEMREQ_COWMAP, VM_PROC_NR);

	(void)state;
	assert_status(vm_suspend(proc_slot(USER), &req), -EFAULT);
	req = request(MEMREQ_COWMAP, OTHER);
	assert_status(vm_suspend(proc_slot(VM_PROC_NR), &req), -EFAULT);
	assert_null(vmreq_fetch());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(who_asks_waits_for_the_answer, begin),
		cmocka_unit_test_setup(an_answer_is_to_one_request, begin),
		cmocka_unit_test_setup(requests_are_served_in_order, begin),
		cmocka_unit_test_setup(the_target_is_held_until_the_answer,
		    begin),
		cmocka_unit_test_setup(a_dead_requestor_holds_nobody, begin),
		cmocka_unit_test_setup(a_dead_target_is_nobody, begin),
		cmocka_unit_test_setup(checking_holds_nobody, begin),
		cmocka_unit_test_setup(a_late_copy_is_sent_back, begin),
		cmocka_unit_test_setup(vm_is_not_believed_for_ever, begin),
		cmocka_unit_test_setup(vm_is_believed_when_time_has_passed,
		    begin),
		cmocka_unit_test_setup(vm_does_not_wait_for_itself, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
