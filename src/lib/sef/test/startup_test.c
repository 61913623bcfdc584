/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * How a service starts: it waits for RS's request, runs the callback that RS
 * asks for, and goes on only when RS has recorded a success. Proves: B1, B2.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <lacuna/asynsend.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/sef.h>

#include "lib/sef/sef_private.h"
#include "test/unit/status.h"

#define SELF_EP 30
#define QUEUE   12

/* How a start can end. */
enum ending {
	UP = 1,
	WAITS,
	PANICS
};

static struct {
	struct message m;
	int status;
} queue[QUEUE]; /* what is on its way to the service, in order */

static int queued, taken;
static int reports, reported; /* times it has reported; the last result */
static int answer, ipc_error; /* of RS; of the report's SENDREC */
static int whoami_error, receive_error;
static endpoint_t own;

static int fresh, lu, restart; /* times each callback ran */
static int given_type, result; /* what it was given, what it returns */
static bool given_nothing;     /* no info */
static struct sef_init_info given;
static jmp_buf ended;

static void
enqueue(int type, int status, const void *body, size_t size)
{
	struct message *m = &queue[queued].m;

	memset(m, 0, sizeof *m);
	m->m_source = RS_PROC_NR;
	m->m_type = type;
	if (size > 0)
		memcpy(m->m_body, body, size);
	queue[queued++].status = status;
}

/* RS takes a report. */
static int
report_take(int peer, struct message *m)
{
	struct rs_init_msg init;

	assert_int_equal(peer, RS_PROC_NR);
	assert_int_equal(m->m_type, RS_INIT);
	memcpy(&init, m->m_body, sizeof init);
	reports++;
	reported = init.result;
	m->m_source = RS_PROC_NR;
	m->m_type = answer;
	return ipc_error;
}

/* The kernel. A service that waits and gets nothing any more has ended. */
int
ipc_trap(int primitive, int peer, void *arg, int *status)
{
	int how;

	if (primitive == SENDREC)
		return report_take(peer, arg);
	assert_int_equal(primitive, RECEIVE);
	assert_int_equal(peer, RS_PROC_NR); /* nobody else is served yet */
	if (receive_error != OK)
		return receive_error;
	if (taken == queued)
		longjmp(ended, WAITS);
	how = queue[taken].status;
	memcpy(arg, &queue[taken++].m, sizeof(struct message));
	if (status != NULL)
		*status = how;
	return OK;
}

int
asynsend3(endpoint_t dst, const struct message *m, uint32_t flags)
{
	(void)dst, (void)m, (void)flags;
	fail_msg("%s", "the report is a SENDREC");
	return OK;
}

int
sys_whoami(endpoint_t *ep, char *name, uint32_t *flags)
{
	(void)flags;
	*ep = own;
	strcpy(name, "tested");
	return whoami_error;
}

_Noreturn void
panic(const char *fmt, ...)
{
	(void)fmt;
	longjmp(ended, PANICS);
}

int
printf(const char *fmt, ...)
{
	(void)fmt;
	return 0;
}

static int
called(int type, const struct sef_init_info *info)
{
	given_type = type;
	given_nothing = info == NULL;
	if (info != NULL)
		given = *info;
	return result;
}

static int
on_fresh(int type, const struct sef_init_info *info)
{
	fresh++;
	return called(type, info);
}

static int
on_lu(int type, const struct sef_init_info *info)
{
	lu++;
	return called(type, info);
}

static int
on_restart(int type, const struct sef_init_info *info)
{
	restart++;
	return called(type, info);
}

struct sef_state sef_state;

endpoint_t
sef_self(void)
{
	return sef_state.self;
}

const char *
sef_name(void)
{
	return sef_state.name;
}

static int
begin(void **state)
{
	(void)state;
	queued = taken = reports = 0;
	fresh = lu = restart = 0;
	answer = ipc_error = whoami_error = receive_error = result = OK;
	own = SELF_EP;
	memset(&sef_state, 0, sizeof sef_state);
	sef_state.self = NONE;
	sef_state.init_fresh = on_fresh;
	sef_state.init_lu = on_lu;
	sef_state.init_restart = on_restart;
	return 0;
}

static enum ending
start(void)
{
	switch (setjmp(ended)) {
	case 0:
		sef_startup();
		return UP;
	case WAITS:
		return WAITS;
	default:
		return PANICS;
	}
}

static void
request(int type)
{
	struct rs_init_msg init = { .type = type };

	enqueue(RS_INIT, SENDA, &init, sizeof init);
}

static void
test_each_type_has_its_callback(void **state)
{
	static const struct {
		int type, fresh, lu, restart;
	} row[] = {
		{ SEF_INIT_FRESH, 1, 0, 0 },
		{ SEF_INIT_LU, 0, 1, 0 },
		{ SEF_INIT_RESTART, 0, 0, 1 },
	};

	size_t i;

	for (i = 0; i < sizeof row / sizeof row[0]; i++) {
		(void)begin(state);
		request(row[i].type);
		assert_int_equal(start(), UP);
		assert_int_equal(fresh, row[i].fresh);
		assert_int_equal(lu, row[i].lu);
		assert_int_equal(restart, row[i].restart);
		assert_int_equal(given_type, row[i].type);
		assert_int_equal(reports, 1);
		assert_status(reported, OK);
	}
}

static void
test_callback_is_told_what_rs_said(void **state)
{
	struct rs_init_msg init = { .type = SEF_INIT_RESTART,
		.rproctab_gid = 11,
		.endpoint = 12,
		.old_endpoint = 13,
		.restarts = 14,
		.flags = 15,
		.keep_gid = 16,
		.keep_size = 17 };

	(void)state;
	enqueue(RS_INIT, SENDA, &init, sizeof init);
	assert_int_equal(start(), UP);
	assert_false(given_nothing);
	assert_int_equal(given.rproctab_gid, 11);
	assert_int_equal(given.endpoint, 12);
	assert_int_equal(given.old_endpoint, 13);
	assert_int_equal(given.restarts, 14);
	assert_int_equal(given.flags, 15);
	assert_int_equal(given.keep_gid, 16);
	assert_int_equal(given.keep_size, 17);
	assert_int_equal(sef_self(), SELF_EP);
	assert_string_equal(sef_name(), "tested");
}

static void
test_unknown_types_run_nothing(void **state)
{
	static const int types[] = { 3, 7, -1, 1000, INT32_MAX, INT32_MIN };
	size_t i;

	for (i = 0; i < sizeof types / sizeof types[0]; i++) {
		(void)begin(state);
		request(types[i]);
		assert_int_equal(start(), WAITS);
		assert_int_equal(fresh + lu + restart, 0);
		assert_int_equal(reports, 1);
		assert_status(reported, -EINVAL);
	}
}

static void
test_errors_are_reported_and_end_it(void **state)
{
	static const int errors[] = { -5, -ENOSYS, -EINVAL, -EINTR, 7, 1 };
	size_t i;

	for (i = 0; i < 3 * sizeof errors / sizeof errors[0]; i++) {
		(void)begin(state);
		result = errors[i / 3];
		request((int)i % 3); /* each type */
		request((int)i % 3);
		enqueue(OK, SEND, NULL, 0);
		enqueue(NOTIFY_MESSAGE, NOTIFY, NULL, 0);
		assert_int_equal(start(), WAITS);
		assert_int_equal(taken, queued); /* and nothing helps */
		assert_int_equal(fresh + lu + restart, 1);
		assert_int_equal(reports, 1);
		assert_status(reported, errors[i / 3]);
	}
}

static void
test_it_goes_on_only_if_rs_agrees(void **state)
{
	static const int answers[] = { -EPERM, -EINVAL, 1 };
	size_t i;

	for (i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		(void)begin(state);
		answer = answers[i];
		request(SEF_INIT_FRESH);
		assert_int_equal(start(), WAITS);
		assert_int_equal(fresh, 1);
	}
	(void)begin(state);
	ipc_error = -EDEADSRCDST;
	request(SEF_INIT_FRESH);
	assert_int_equal(start(), WAITS);
}

static void
test_what_was_meant_for_another_is_dropped(void **state)
{
	struct rs_init_msg looks_so = { .type = SEF_INIT_LU };

	(void)state;
	enqueue(NOTIFY_MESSAGE, NOTIFY, &looks_so, sizeof looks_so);
	enqueue(RS_INIT, NOTIFY, &looks_so, sizeof looks_so);
	enqueue(RS_LU_PREPARE, SENDA, &looks_so, sizeof looks_so);
	enqueue(SIGS_SIGNAL_RECEIVED, SENDA, &looks_so, sizeof looks_so);
	enqueue(OK, SEND, &looks_so, sizeof looks_so);
	enqueue(-EPERM, SEND, &looks_so, sizeof looks_so);
	enqueue(RS_EXIT, SENDA, &looks_so, sizeof looks_so);
	request(SEF_INIT_RESTART);
	enqueue(NOTIFY_MESSAGE, NOTIFY, NULL, 0); /* this one is for us */
	assert_int_equal(start(), UP);
	assert_int_equal(restart, 1);
	assert_int_equal(fresh + lu, 0);
	assert_int_equal(reports, 1);
	assert_int_equal(taken, queued - 1);
}

static void
test_no_request_no_start(void **state)
{
	(void)state;
	assert_int_equal(start(), WAITS);
	assert_int_equal(fresh + lu + restart + reports, 0);
	(void)begin(state);
	receive_error = -EDEADSRCDST;
	assert_int_equal(start(), PANICS);
	assert_int_equal(fresh + lu + restart + reports, 0);
	(void)begin(state);
	whoami_error = -EINVAL;
	request(SEF_INIT_FRESH);
	assert_int_equal(start(), PANICS);
	assert_int_equal(fresh + lu + restart + reports, 0);
}

static void
test_rs_starts_by_itself(void **state)
{
	(void)state;
	own = RS_PROC_NR;
	assert_int_equal(start(), UP);
	assert_int_equal(fresh, 1);
	assert_int_equal(lu + restart, 0);
	assert_int_equal(given_type, SEF_INIT_FRESH);
	assert_true(given_nothing);
	assert_int_equal(reports + taken, 0);
	(void)begin(state);
	own = RS_PROC_NR;
	result = -ENOMEM;
	assert_int_equal(start(), PANICS);
	assert_int_equal(reports, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_each_type_has_its_callback, begin),
		cmocka_unit_test_setup(test_callback_is_told_what_rs_said,
		    begin),
		cmocka_unit_test_setup(test_unknown_types_run_nothing, begin),
		cmocka_unit_test_setup(test_errors_are_reported_and_end_it,
		    begin),
		cmocka_unit_test_setup(test_it_goes_on_only_if_rs_agrees,
		    begin),
		cmocka_unit_test_setup(
		    test_what_was_meant_for_another_is_dropped, begin),
		cmocka_unit_test_setup(test_no_request_no_start, begin),
		cmocka_unit_test_setup(test_rs_starts_by_itself, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
