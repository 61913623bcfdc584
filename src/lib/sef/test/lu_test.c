/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a service does for a live update: when it is asked whether it is ready,
 * what it tells RS, and how it goes on. Proves: C4.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <lacuna/sef_lu.h>
#include <lacuna/string.h>
#include <proto/is.h>
#include <proto/sef.h>

#include "lib/sef/sef_private.h"
#include "lib/sef/test/asserted.h"
#include "test/unit/status.h"

#define CLIENT 20
#define WORK   5 /* type of a request */
#define QUEUE  16
#define BOOK   64

#define CUSTOM SEF_LU_STATE_CUSTOM_BASE
#define FREE   SEF_LU_STATE_WORK_FREE
#define NOT    SEF_LU_STATE_NULL

struct sef_state sef_state; /* only its dump callback matters here */

/* Messages the service will receive, in order, and how each was sent. */
static struct {
	struct message m;
	int status;
} queue[QUEUE];

static int queued, taken;

/* What happened, a letter each: a receive, the callbacks, a report. */
static char book[BOOK];
static size_t pages;

static struct {
	int old_state, new_state;
} changes[QUEUE];

static int nr_changes;

static struct rs_lu_msg told;     /* by the last report */
static int answer_type;           /* of RS to a report */
static int answer_status;         /* of the SENDREC itself */
static int not_ready, save_error; /* times; result */
static int prepare_error;
static bool nested; /* the prepare callback receives */
static uint32_t updates;

void
sef_cb_alarm_work(clock_ticks now)
{
	(void)now;
}

static void
note(char what)
{
	assert_true(pages < BOOK - 1);
	book[pages++] = what;
	book[pages] = '\0';
}

static void
enqueue(endpoint_t from, int type, int status, const void *body, size_t size)
{
	struct message *m = &queue[queued].m;

	assert_true(queued < QUEUE);
	memset(m, 0, sizeof *m);
	m->m_source = from;
	m->m_type = type;
	if (size > 0)
		memcpy(m->m_body, body, size);
	queue[queued++].status = status;
}

/* RS asks for a state; NOT cancels. */
static void
asks(int state, uint32_t flags)
{
	struct rs_lu_msg lu = { .state = state, .flags = flags };

	if (state != NOT)
		updates++;
	lu.id = updates;
	enqueue(RS_PROC_NR, RS_LU_PREPARE, SENDA, &lu, sizeof lu);
}

static void
work(int n)
{
	while (n-- > 0)
		enqueue(CLIENT, WORK, SENDREC, NULL, 0);
}

int
ipc_trap(int primitive, int peer, void *arg, int *status)
{
	struct message *m = arg;

	*status = 0;
	if (primitive == RECEIVE) {
		note('r');
		assert_true(taken < queued);
		*m = queue[taken].m;
		*status = queue[taken++].status;
		return OK;
	}
	assert_int_equal(primitive, SENDREC);
	assert_int_equal(peer, RS_PROC_NR);
	assert_int_equal(m->m_type, RS_LU_PREPARE);
	memcpy(&told, m->m_body, sizeof told);
	note('t');
	m->m_type = answer_type;
	return answer_status;
}

void
sef_signal_set(ksigset_t set)
{
	(void)set;
}

static bool
isvalid(int state)
{
	return state == CUSTOM || state == CUSTOM + 1 || state == FREE;
}

static int
prepare(int state)
{
	struct message m;

	(void)state;
	note('p');
	if (nested) {
		nested = false;
		assert_status(sef_receive(ANY, &m), OK);
		note('n');
	}
	if (not_ready-- > 0)
		return -ENOTREADY;
	return prepare_error;
}

static int
save(int state)
{
	(void)state;
	note('s');
	return save_error;
}

static void
changed(int old_state, int new_state)
{
	note('c');
	changes[nr_changes].old_state = old_state;
	changes[nr_changes++].new_state = new_state;
}

static void
state_dump(int state)
{
	(void)state;
	note('d');
}

static void
service_dump(void)
{
	note('D');
}

static int
begin(void **state)
{
	(void)state;
	sef_state.started = false;
	sef_setcb_lu_state_isvalid(isvalid);
	sef_setcb_lu_prepare(prepare);
	sef_setcb_lu_state_save(save);
	sef_setcb_lu_state_changed(changed);
	sef_setcb_lu_state_dump(state_dump);
	sef_state.dump = service_dump;
	answer_type = -EINVAL;
	answer_status = OK;
	not_ready = save_error = prepare_error = 0;
	nested = false;
	queued = taken = nr_changes = 0;
	memset(&told, 0, sizeof told);
	sef_state.loop = true;
	sef_state.lu_state = NOT;
	pages = 0;
	book[0] = '\0';
	return 0;
}

/* One turn of the main loop. */
static void
top(void)
{
	struct message m;

	assert_status(sef_receive_top(&m, NULL), OK);
	assert_int_equal(m.m_type, WORK);
}

/* A receive in a handler. */
static void
inside(void)
{
	struct message m;

	assert_status(sef_receive(ANY, &m), OK);
	assert_int_equal(m.m_type, WORK);
}

static void
assert_changes(int n, const int *states)
{
	int i;

	assert_int_equal(nr_changes, n);
	for (i = 0; i < n; i++) {
		assert_int_equal(changes[i].old_state, states[i]);
		assert_int_equal(changes[i].new_state, states[i + 1]);
	}
}

static void
test_asked_before_each_receive_not_on_arrival(void **state)
{
	(void)state;
	not_ready = 3;
	asks(CUSTOM, 0);
	work(3);
	top();
	assert_string_equal(book, "rcpr");
	top();
	top();
	assert_string_equal(book, "rcprprpr");
	work(1);
	top();
	assert_string_equal(book, "rcprprprpstcr");
	assert_status(told.result, OK);
	assert_int_equal(told.state, CUSTOM);
	assert_int_equal(told.id, updates);
}

/* Events count as receives too. */
static void
test_asked_before_each_event(void **state)
{
	(void)state;
	not_ready = 10;
	asks(CUSTOM, 0);
	enqueue(CLIENT, IS_DUMP, SENDA, NULL, 0);
	work(1);
	top();
	assert_string_equal(book, "rcprDpr");
}

static void
test_every_state_is_asked_for(void **state)
{
	static const int states[] = { FREE, CUSTOM };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof states / sizeof states[0]; i++) {
		(void)begin(NULL);
		not_ready = 1;
		asks(states[i], 0);
		work(2);
		top();
		assert_string_equal(book, "rcpr");
		top();
		assert_string_equal(book, "rcprpstcr");
	}
}

/* Trap T21. */
static void
test_not_in_the_middle_of_a_request(void **state)
{
	static const int states[] = { FREE, CUSTOM };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof states / sizeof states[0]; i++) {
		(void)begin(NULL);
		asks(states[i], 0);
		work(3);
		inside();
		inside();
		assert_string_equal(book, "rcrr");
		top();
		assert_string_equal(book, "rcrrpstcr");
	}
}

static void
test_a_change_is_told_once(void **state)
{
	static const int states[] = { NOT, CUSTOM, CUSTOM + 1, NOT };

	(void)state;
	not_ready = 100;
	asks(CUSTOM, 0);
	asks(CUSTOM, 0);
	asks(CUSTOM + 1, 0);
	asks(NOT, 0);
	asks(NOT, 0);
	work(1);
	top();
	assert_changes(3, states);
	assert_null(strchr(book, 't'));
}

static void
test_no_support_is_not_a_bad_state(void **state)
{
	(void)state;
	asks(CUSTOM + 2, 0);
	work(1);
	top();
	assert_string_equal(book, "rtr"); /* at once, and nothing else */
	assert_status(told.result, -EINVAL);
	assert_int_equal(told.state, CUSTOM + 2);
	assert_int_equal(told.id, updates);

	(void)begin(NULL);
	sef_setcb_lu_state_isvalid(SEF_CB_LU_STATE_ISVALID_DEFAULT);
	asks(FREE, 0);
	work(1);
	top();
	assert_string_equal(book, "rtr");
	assert_status(told.result, -ENOSYS);
	assert_int_equal(nr_changes, 0);
}

/* Nobody would ask it where no request is half done. */
static void
test_no_main_loop_no_support(void **state)
{
	(void)state;
	sef_state.loop = false;
	asks(FREE, 0);
	work(1);
	inside();
	assert_string_equal(book, "rtr");
	assert_status(told.result, -ENOSYS);
}

static void
test_a_bad_state_ends_what_was_prepared(void **state)
{
	static const int states[] = { NOT, CUSTOM, NOT };

	(void)state;
	not_ready = 100;
	asks(CUSTOM, 0);
	asks(CUSTOM + 2, 0);
	work(1);
	top();
	assert_changes(2, states);
	assert_string_equal(book, "rcprtcr");
}

static void
test_errors_are_reported_at_once(void **state)
{
	(void)state;
	save_error = -EIO;
	asks(CUSTOM, 0);
	work(1);
	top();
	assert_string_equal(book, "rcpstcr");
	assert_status(told.result, -EIO);

	(void)begin(NULL);
	save_error = -ENOTREADY; /* is no request for patience here */
	asks(CUSTOM, 0);
	work(1);
	top();
	assert_string_equal(book, "rcpstcr");
	assert_status(told.result, -EBUSY);

	(void)begin(NULL);
	prepare_error = -EACCES;
	asks(CUSTOM, 0);
	work(1);
	top();
	assert_string_equal(book, "rcptcr");
	assert_status(told.result, -EACCES);
}

/* Whatever comes back to a report: the service goes on, and is not asked any
 * more; the answer is no work. */
static void
test_it_goes_on_after_an_answer(void **state)
{
	static const int states[] = { NOT, CUSTOM, NOT };
	static const int types[] = { OK, -EINVAL, RS_LU_PREPARE };
	size_t i;

	(void)state;
	for (i = 0; i <= sizeof types / sizeof types[0]; i++) {
		(void)begin(NULL);
		if (i < sizeof types / sizeof types[0])
			answer_type = types[i];
		else
			answer_status = -EDEADSRCDST;
		asks(CUSTOM, 0);
		work(2);
		top();
		top();
		assert_string_equal(book, "rcpstcrr");
		assert_changes(2, states);
	}
}

static void
test_a_cancel_is_taken_any_time(void **state)
{
	(void)state;
	not_ready = 1;
	asks(CUSTOM, 0);
	asks(NOT, 0);
	work(1);
	top();
	assert_string_equal(book, "rcprcr");

	(void)begin(NULL);
	asks(NOT, 0); /* after the report: there is nothing to cancel */
	work(1);
	top();
	assert_string_equal(book, "rr");
}

/* A prepare callback receives, and hears that it is in vain. */
static void
test_a_cancel_while_it_prepares(void **state)
{
	(void)state;
	nested = true;
	asks(CUSTOM, 0);
	asks(NOT, 0);
	work(2);
	top();
	assert_string_equal(book, "rcprcrnr");

	(void)begin(NULL);
	nested = true; /* or that the next update is begun: asked anew */
	asks(CUSTOM, 0);
	asks(NOT, 0);
	asks(CUSTOM, 0);
	work(2);
	top();
	assert_string_equal(book, "rcprcrcrnpstcr");
}

static void
test_the_dump(void **state)
{
	(void)state;
	not_ready = 1;
	asks(CUSTOM, RS_LU_DUMP);
	work(2);
	top();
	top();
	assert_string_equal(book, "rcdprdpstcr");

	(void)begin(NULL);
	sef_setcb_lu_state_dump(SEF_CB_LU_STATE_DUMP_DEFAULT);
	asks(CUSTOM, RS_LU_DUMP);
	work(1);
	top();
	assert_string_equal(book, "rcDpstcr");
}

static void
test_forged_requests_are_work(void **state)
{
	struct rs_lu_msg lu = { .state = CUSTOM };
	struct message m;

	(void)state;
	enqueue(CLIENT, RS_LU_PREPARE, SENDA, &lu, sizeof lu);
	assert_status(sef_receive_top(&m, NULL), OK);
	assert_int_equal(m.m_type, RS_LU_PREPARE);
	enqueue(PM_PROC_NR, RS_LU_PREPARE, SENDA, &lu, sizeof lu);
	assert_status(sef_receive_top(&m, NULL), OK);
	assert_string_equal(book, "rr");
}

static void
test_predefined_callbacks(void **state)
{
	int s;

	(void)state;
	for (s = NOT - 1; s <= CUSTOM + 1; s++) {
		assert_false(sef_cb_lu_state_isvalid_null(s));
		assert_int_equal(sef_cb_lu_state_isvalid_workfree(s),
		    s == FREE);
		assert_int_equal(sef_cb_lu_state_isvalid_standard(s),
		    s > NOT && s < CUSTOM);
		assert_status(sef_cb_lu_prepare_always_ready(s), OK);
		assert_status(sef_cb_lu_prepare_never_ready(s), -ENOTREADY);
		assert_status(sef_cb_lu_prepare_fail(s), -ENOSYS);
		assert_status(sef_cb_lu_state_save_null(s), OK);
		assert_status(sef_cb_lu_state_save_fail(s), -ENOSYS);
	}
}

/* Set the nth callback, or none in its place. */
static void
set_one(int n, bool given)
{
	if (n == 0)
		sef_setcb_lu_prepare(given ? prepare : NULL);
	else if (n == 1)
		sef_setcb_lu_state_isvalid(given ? isvalid : NULL);
	else if (n == 2)
		sef_setcb_lu_state_changed(given ? changed : NULL);
	else if (n == 3)
		sef_setcb_lu_state_dump(given ? state_dump : NULL);
	else
		sef_setcb_lu_state_save(given ? save : NULL);
}

static void
expect_refusal(int n, bool given)
{
	expect_assert_failure(set_one(n, given));
}

static void
test_setters_want_a_callback_and_in_time(void **state)
{
	int n;

	(void)state;
	for (n = 0; n < 10; n++) {
		sef_state.started = n >= 5;
		expect_refusal(n % 5, n >= 5);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    test_asked_before_each_receive_not_on_arrival, begin),
		cmocka_unit_test_setup(test_asked_before_each_event, begin),
		cmocka_unit_test_setup(test_every_state_is_asked_for, begin),
		cmocka_unit_test_setup(test_not_in_the_middle_of_a_request,
		    begin),
		cmocka_unit_test_setup(test_a_change_is_told_once, begin),
		cmocka_unit_test_setup(test_no_support_is_not_a_bad_state,
		    begin),
		cmocka_unit_test_setup(test_no_main_loop_no_support, begin),
		cmocka_unit_test_setup(test_a_bad_state_ends_what_was_prepared,
		    begin),
		cmocka_unit_test_setup(test_errors_are_reported_at_once, begin),
		cmocka_unit_test_setup(test_it_goes_on_after_an_answer, begin),
		cmocka_unit_test_setup(test_a_cancel_is_taken_any_time, begin),
		cmocka_unit_test_setup(test_a_cancel_while_it_prepares, begin),
		cmocka_unit_test_setup(test_the_dump, begin),
		cmocka_unit_test_setup(test_forged_requests_are_work, begin),
		cmocka_unit_test_setup(test_predefined_callbacks, begin),
		cmocka_unit_test_setup(test_setters_want_a_callback_and_in_time,
		    begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
