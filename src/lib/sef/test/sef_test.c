/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the framework takes for an event, what it leaves to the service, and
 * how a service starts. Proves: B1, B2, C1, C2, C3, C5, D12.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <abi/signal.h>
#include <lacuna/asynsend.h>
#include <lacuna/printf.h>
#include <lacuna/sef.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/is.h>
#include <proto/sef.h>

#include "lib/sef/sef_private.h"
#include "lib/sef/test/asserted.h"

#define CLIENT 20
#define QUEUE  8

/* Messages the service will receive, in order, and how each was sent. */
static struct {
	struct message m;
	int status;
} queue[QUEUE];

static int queued, taken;

static struct message sent; /* by the last SENDREC or asynsend3() */
static endpoint_t sent_to;  /* by the last asynsend3() */
static uint32_t sent_flags;
static int notified;             /* notifications the service sent */
static int pings, dumps, alarms; /* callbacks run */
static ksigset_t signals, managed;
static int init_type, init_result;
static jmp_buf ended;

static void
enqueue(endpoint_t from, int type, int status, const void *body, size_t size)
{
	struct message *m = &queue[queued].m;

	memset(m, 0, sizeof *m);
	m->m_source = from;
	m->m_type = type;
	if (size > 0)
		memcpy(m->m_body, body, size);
	queue[queued++].status = status;
}

/* The kernel: receives come from the queue, a SENDREC is answered with OK.
 * Who receives for ever has ended. */
int
ipc_trap(int primitive, int peer, void *arg, int *status)
{
	struct message *m = arg;

	*status = 0;
	switch (primitive) {
	case RECEIVE:
		if (taken == queued)
			longjmp(ended, 1);
		*m = queue[taken].m;
		*status = queue[taken++].status;
		break;
	case SENDREC:
		sent = *m;
		m->m_source = peer;
		m->m_type = OK;
		break;
	case NOTIFY:
		notified++;
		break;
	default:
		break;
	}
	return OK;
}

int
asynsend3(endpoint_t dst, const struct message *m, uint32_t flags)
{
	sent_to = dst;
	sent_flags = flags;
	sent = *m;
	return OK;
}

int
sys_whoami(endpoint_t *ep, char *name, uint32_t *flags)
{
	(void)flags;
	*ep = 30;
	strcpy(name, "tested");
	return OK;
}

/* One managed process with two signals. */
int
sys_getksig(endpoint_t *ep, ksigset_t *set)
{
	static bool fetched;

	fetched = !fetched;
	*ep = fetched ? CLIENT : NONE;
	*set = KSIG_BIT(SIGSEGV) | KSIG_BIT(SIGTERM);
	return OK;
}

int
sys_endksig(endpoint_t ep)
{
	assert_int_equal(ep, CLIENT);
	return OK;
}

_Noreturn void
sys_exit(void)
{
	longjmp(ended, 1);
}

_Noreturn void
panic(const char *fmt, ...)
{
	(void)fmt;
	fail();
	abort();
}

static void
on_ping(endpoint_t source)
{
	assert_int_equal(source, RS_PROC_NR);
	pings++;
}

static void
on_signal(int signo)
{
	signals |= KSIG_BIT(signo);
}

static int
on_managed(endpoint_t target, int signo)
{
	assert_int_equal(target, CLIENT);
	managed |= KSIG_BIT(signo);
	return OK;
}

static void
on_alarm(clock_ticks now)
{
	assert_int_equal(now, 77);
	alarms++;
}

static void
on_dump(void)
{
	dumps++;
}

static int
on_init(int type, const struct sef_init_info *info)
{
	assert_int_equal(info->restarts, 3);
	init_type = type;
	return init_result;
}

static int
setup(void **state)
{
	(void)state;
	queued = taken = notified = pings = dumps = alarms = 0;
	signals = managed = 0;
	init_type = -1;
	init_result = OK;
	memset(&sent, 0, sizeof sent);
	sef_state.started = false; /* a new service */
	sef_setcb_ping_reply(on_ping);
	sef_setcb_signal_handler(on_signal);
	sef_setcb_signal_manager(on_managed);
	sef_setcb_alarm(on_alarm);
	sef_setcb_dump(on_dump);
	sef_setcb_init_fresh(on_init);
	sef_setcb_init_restart(on_init);
	return 0;
}

/* Receive: the next message that is work comes from CLIENT. */
static void
expect_work(int type)
{
	struct message m;

	assert_int_equal(sef_receive(ANY, &m), OK);
	assert_int_equal(m.m_type, type);
	assert_int_equal(taken, queued);
}

static void
test_events_are_consumed(void **state)
{
	struct notify_msg note = { .timestamp = 77 };
	struct sigs_signal_msg sig = { SIGHUP };

	(void)state;
	enqueue(RS_PROC_NR, NOTIFY_MESSAGE, NOTIFY, &note, sizeof note);
	enqueue(CLOCK, NOTIFY_MESSAGE, NOTIFY, &note, sizeof note);
	enqueue(RS_PROC_NR, SIGS_SIGNAL_RECEIVED, SENDA, &sig, sizeof sig);
	note.sigset = KSIG_BIT(SIGKMESS) | KSIG_BIT(SIGKSIG);
	enqueue(SYSTEM, NOTIFY_MESSAGE, NOTIFY, &note, sizeof note);
	enqueue(CLIENT, IS_DUMP, SENDA, NULL, 0);
	enqueue(RS_PROC_NR, RS_INIT, SENDA, NULL, 0);
	enqueue(CLIENT, 5, SENDREC, NULL, 0);
	expect_work(5);
	assert_int_equal(pings, 1);
	assert_int_equal(alarms, 1);
	assert_int_equal(dumps, 1);
	assert_int_equal(signals, KSIG_BIT(SIGHUP) | KSIG_BIT(SIGKMESS));
	assert_int_equal(managed, KSIG_BIT(SIGSEGV) | KSIG_BIT(SIGTERM));
}

static void
test_forged_events_are_work(void **state)
{
	static const int types[] = { RS_INIT, RS_LU_PREPARE,
		SIGS_SIGNAL_RECEIVED, IS_DUMP, NOTIFY_MESSAGE };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof types / sizeof types[0]; i++) {
		enqueue(CLIENT, types[i], SENDREC, NULL, 0);
		expect_work(types[i]);
	}
	enqueue(RS_PROC_NR, NOTIFY_MESSAGE, SENDREC, NULL, 0);
	expect_work(NOTIFY_MESSAGE);
	enqueue(CLIENT, NOTIFY_MESSAGE, NOTIFY, NULL, 0);
	expect_work(NOTIFY_MESSAGE);
	assert_int_equal(pings + dumps + alarms, 0);
	assert_int_equal(signals, 0);
}

static void
test_live_update_is_refused(void **state)
{
	struct rs_lu_msg lu = { .state = 1 };

	(void)state;
	enqueue(RS_PROC_NR, RS_LU_PREPARE, SENDA, &lu, sizeof lu);
	enqueue(CLIENT, 5, SENDREC, NULL, 0);
	expect_work(5);
	memcpy(&lu, sent.m_body, sizeof lu);
	assert_int_equal(sent.m_type, RS_LU_PREPARE);
	assert_int_equal(lu.result, -ENOSYS);
}

/* Messages of RS to a service that starts. */
static void
enqueue_init(int type)
{
	struct rs_init_msg init = { .type = type, .restarts = 3 };

	enqueue(RS_PROC_NR, NOTIFY_MESSAGE, NOTIFY, NULL, 0);
	enqueue(RS_PROC_NR, SIGS_SIGNAL_RECEIVED, SENDA, NULL, 0);
	enqueue(RS_PROC_NR, RS_INIT, SENDA, &init, sizeof init);
}

static void
test_startup_reports_success(void **state)
{
	struct rs_init_msg init;

	(void)state;
	enqueue_init(SEF_INIT_RESTART);
	sef_startup();
	assert_int_equal(init_type, SEF_INIT_RESTART);
	assert_int_equal(sef_self(), 30);
	assert_string_equal(sef_name(), "tested");
	memcpy(&init, sent.m_body, sizeof init);
	assert_int_equal(sent.m_type, RS_INIT);
	assert_int_equal(init.result, OK);
	assert_int_equal(pings + notified, 0);
}

static void
test_startup_does_not_survive_failure(void **state)
{
	struct rs_init_msg init;

	(void)state;
	init_result = -EIO;
	enqueue_init(SEF_INIT_FRESH);
	if (setjmp(ended) == 0) {
		sef_startup();
		fail();
	}
	memcpy(&init, sent.m_body, sizeof init);
	assert_int_equal(init.result, -EIO);
}

static void
test_unknown_init_is_refused(void **state)
{
	struct rs_init_msg init;

	(void)state;
	enqueue_init(99);
	if (setjmp(ended) == 0) {
		sef_startup();
		fail();
	}
	memcpy(&init, sent.m_body, sizeof init);
	assert_int_equal(init.result, -EINVAL);
	assert_int_equal(init_type, -1);
}

static void
cancel(int signo)
{
	(void)signo;
	sef_cancel();
}

/* Everything that can happen to a service, once each; then work. */
static void
enqueue_events(void)
{
	struct notify_msg note = { .timestamp = 77 };
	struct sigs_signal_msg sig = { SIGHUP };

	enqueue(RS_PROC_NR, NOTIFY_MESSAGE, NOTIFY, &note, sizeof note);
	enqueue(CLOCK, NOTIFY_MESSAGE, NOTIFY, &note, sizeof note);
	enqueue(RS_PROC_NR, SIGS_SIGNAL_RECEIVED, SENDA, &sig, sizeof sig);
	note.sigset = KSIG_BIT(SIGKSIG);
	enqueue(SYSTEM, NOTIFY_MESSAGE, NOTIFY, &note, sizeof note);
	enqueue(CLIENT, IS_DUMP, SENDA, NULL, 0);
	enqueue(CLIENT, 5, SENDREC, NULL, 0);
}

static void
test_null_forms_do_nothing(void **state)
{
	(void)state;
	sef_setcb_ping_reply(SEF_CB_PING_REPLY_NULL);
	sef_setcb_alarm(SEF_CB_ALARM_NULL);
	sef_setcb_signal_handler(SEF_CB_SIGNAL_HANDLER_NULL);
	sef_setcb_signal_manager(SEF_CB_SIGNAL_MANAGER_NULL);
	sef_setcb_dump(SEF_CB_DUMP_NULL);
	enqueue_events();
	expect_work(5);
	assert_int_equal(notified, 0);
	assert_int_equal(sent.m_type, 0);
}

static void
test_defaults(void **state)
{
	struct message m;

	(void)state;
	sef_setcb_ping_reply(SEF_CB_PING_REPLY_DEFAULT);
	sef_setcb_alarm(SEF_CB_ALARM_DEFAULT);
	sef_setcb_signal_handler(SEF_CB_SIGNAL_HANDLER_DEFAULT);
	sef_setcb_signal_manager(SEF_CB_SIGNAL_MANAGER_DEFAULT);
	sef_setcb_dump(SEF_CB_DUMP_DEFAULT);
	enqueue_events();
	assert_int_equal(sef_receive(ANY, &m), OK);
	assert_int_equal(m.m_source, CLOCK); /* an alarm is work */
	expect_work(5);
	assert_int_equal(notified, 1);
}

/* Does the service end with -ENOSYS on the nth event? */
static void
expect_end(int n)
{
	struct rs_exit_msg end;
	struct message m;

	enqueue_events();
	if (setjmp(ended) == 0) {
		(void)sef_receive(ANY, &m);
		fail();
	}
	assert_int_equal(taken, n);
	memcpy(&end, sent.m_body, sizeof end);
	assert_int_equal(sent.m_type, RS_EXIT);
	assert_int_equal(end.status, -ENOSYS);
}

static void
test_a_ping_that_fails(void **state)
{
	(void)state;
	sef_setcb_ping_reply(SEF_CB_PING_REPLY_FAIL);
	expect_end(1);
}

static void
test_an_alarm_that_fails(void **state)
{
	(void)state;
	sef_setcb_alarm(SEF_CB_ALARM_FAIL);
	expect_end(2);
}

static void
test_a_signal_that_fails(void **state)
{
	(void)state;
	sef_setcb_signal_handler(SEF_CB_SIGNAL_HANDLER_FAIL);
	expect_end(3);
}

static void
test_a_managed_signal_that_fails(void **state)
{
	(void)state;
	sef_setcb_signal_manager(SEF_CB_SIGNAL_MANAGER_FAIL);
	expect_end(4);
}

static void
test_a_dump_that_fails(void **state)
{
	(void)state;
	sef_setcb_dump(SEF_CB_DUMP_FAIL);
	expect_end(5);
}

/* One setter, called as the test wants. */
static void
set_callback(int which, bool given)
{
	switch (which) {
	case 0:
		sef_setcb_init_fresh(given ? on_init : NULL);
		break;
	case 1:
		sef_setcb_init_restart(given ? on_init : NULL);
		break;
	case 2:
		sef_setcb_init_lu(given ? on_init : NULL);
		break;
	case 3:
		sef_setcb_ping_reply(given ? on_ping : NULL);
		break;
	case 4:
		sef_setcb_signal_handler(given ? on_signal : NULL);
		break;
	case 5:
		sef_setcb_signal_manager(given ? on_managed : NULL);
		break;
	case 6:
		sef_setcb_alarm(given ? on_alarm : NULL);
		break;
	default:
		sef_setcb_dump(given ? on_dump : NULL);
		break;
	}
}

static void
expect_refusal(int which, bool given)
{
	expect_assert_failure(set_callback(which, given));
}

static void
test_setters_refuse_no_callback(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 8; i++)
		expect_refusal(i, false);
}

static void
test_setters_refuse_to_be_late(void **state)
{
	int i;

	(void)state;
	enqueue_init(SEF_INIT_FRESH);
	sef_startup();
	for (i = 0; i < 8; i++)
		expect_refusal(i, true);
}

static void
test_cancel_interrupts_the_receive(void **state)
{
	struct sigs_signal_msg sig = { SIGUSR1 };
	struct message m;

	(void)state;
	sef_setcb_signal_handler(cancel);
	enqueue(PM_PROC_NR, SIGS_SIGNAL_RECEIVED, SENDA, &sig, sizeof sig);
	enqueue(CLIENT, 5, SENDREC, NULL, 0);
	assert_int_equal(sef_receive(ANY, &m), -EINTR);
	expect_work(5);
}

static void
test_exit_tells_rs(void **state)
{
	struct rs_exit_msg end;

	(void)state;
	if (setjmp(ended) == 0)
		sef_exit(4);
	memcpy(&end, sent.m_body, sizeof end);
	assert_int_equal(sent.m_type, RS_EXIT);
	assert_int_equal(end.status, 4);
}

/* Without waiting, and such that it is no answer to anything. */
static void
test_a_complaint_names_instance_and_evidence(void **state)
{
	struct rs_complain_msg complaint;

	(void)state;
	sef_complain(CLIENT, SEF_BAD_LENGTH);
	memcpy(&complaint, sent.m_body, sizeof complaint);
	assert_int_equal(sent.m_type, RS_COMPLAIN);
	assert_int_equal(sent_to, RS_PROC_NR);
	assert_int_equal(sent_flags, AMF_NOREPLY);
	assert_int_equal(complaint.ep, CLIENT);
	assert_int_equal(complaint.evidence, SEF_BAD_LENGTH);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_events_are_consumed, setup),
		cmocka_unit_test_setup(test_forged_events_are_work, setup),
		cmocka_unit_test_setup(test_live_update_is_refused, setup),
		cmocka_unit_test_setup(test_startup_reports_success, setup),
		cmocka_unit_test_setup(test_startup_does_not_survive_failure,
		    setup),
		cmocka_unit_test_setup(test_unknown_init_is_refused, setup),
		cmocka_unit_test_setup(test_null_forms_do_nothing, setup),
		cmocka_unit_test_setup(test_defaults, setup),
		cmocka_unit_test_setup(test_a_ping_that_fails, setup),
		cmocka_unit_test_setup(test_an_alarm_that_fails, setup),
		cmocka_unit_test_setup(test_a_signal_that_fails, setup),
		cmocka_unit_test_setup(test_a_managed_signal_that_fails, setup),
		cmocka_unit_test_setup(test_a_dump_that_fails, setup),
		cmocka_unit_test_setup(test_setters_refuse_no_callback, setup),
		cmocka_unit_test_setup(test_setters_refuse_to_be_late, setup),
		cmocka_unit_test_setup(test_cancel_interrupts_the_receive,
		    setup),
		cmocka_unit_test_setup(test_exit_tells_rs, setup),
		cmocka_unit_test_setup(
		    test_a_complaint_names_instance_and_evidence, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
