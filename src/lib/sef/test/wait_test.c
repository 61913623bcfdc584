/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of waits in the middle of a request: each of them ends, and what
 * comes meanwhile is neither lost nor done too early. Proves: C3.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <abi/errno.h>
#include <cmocka.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>

#include "lib/sef/wait.h"

#define PEER ((endpoint_t)7)

/* What sef_receive_status() gives next. */
enum event {
	NOTHING, /* an alarm, if one is set */
	ANSWER,  /* what is waited for */
	REQUEST,
	LATE, /* an answer nobody waits for */
	NOTICE,
	SIGNAL
};
static enum event events[60];
static unsigned int at;
static clock_ticks now, alarm_at;
static bool cancelled, alarm_fails;

/* What clients got. */
static unsigned int replies;
static endpoint_t replied_to[60];

void
server_reply(endpoint_t to, int status, const void *rep, size_t size)
{
	(void)rep, (void)size;
	assert_int_equal(status, -EAGAIN);
	replied_to[replies++] = to;
}

int
sys_setalarm(clock_ticks ticks, clock_ticks *left)
{
	assert_null(left);
	if (alarm_fails)
		return -EPERM;
	alarm_at = ticks == 0 ? 0 : now + ticks;
	return OK;
}

int
getticks(clock_ticks *ticks)
{
	*ticks = now;
	return OK;
}

void
sef_cancel(void)
{
	cancelled = true;
}

/* SEF runs alarms and signals inside. */
static bool
inside(void)
{
	if (events[at] == SIGNAL) {
		assert_true(wait_signal(15));
		at++;
	} else if (events[at] == NOTHING) {
		assert_true(alarm_at != 0);
		now = alarm_at;
		alarm_at = 0;
		assert_true(wait_alarm(now));
	} else {
		return false;
	}
	return true;
}

int
sef_receive_status(endpoint_t src, struct message *m, int *status)
{
	assert_int_equal(src, ANY);
	while (inside()) {
		if (cancelled) {
			cancelled = false;
			return -EINTR;
		}
	}
	memset(m, 0, sizeof *m);
	m->m_source = events[at] == ANSWER ? PEER : (endpoint_t)(100 + at);
	m->m_type = events[at] == REQUEST ? 5 : 0;
	*status = events[at] == NOTICE ? NOTIFY : SENDREC;
	at++;
	return OK;
}

static bool
from_peer(const struct message *m, int status)
{
	(void)status;
	return m->m_source == PEER;
}

static int
wait_ticks(clock_ticks max)
{
	struct message m;
	int status = 0;
	int r = server_wait(from_peer, max, &m, &status);

	if (r == OK) {
		assert_int_equal(m.m_source, PEER);
		assert_int_equal(status, SENDREC);
	}
	return r;
}

static int
setup(void **state)
{
	struct message m;
	int status;

	(void)state;
	while (wait_deferred(&m, &status))
		continue;
	memset(events, 0, sizeof events);
	at = replies = 0;
	now += 10000;
	alarm_fails = false;
	return 0;
}

static void
test_a_wait_ends(void **state)
{
	clock_ticks start = now;

	(void)state;
	events[0] = NOTICE;
	events[1] = LATE;
	events[2] = ANSWER;
	assert_int_equal(wait_ticks(100), OK);
	assert_int_equal(wait_ticks(100), -ETIMEDOUT);
	assert_true(now - start >= 100 && now - start <= 200);
	start = now;
	assert_int_equal(wait_ticks(1), -ETIMEDOUT);
	assert_true(now - start <= 2);
	start = now;
	assert_int_equal(wait_ticks(100), -ETIMEDOUT);
	assert_true(now - start >= 100);
	alarm_fails = true;
	assert_int_equal(wait_ticks(50), -ETIMEDOUT);
}

/* What does not matter cannot hold a wait up. */
static void
test_noise_does_not_make_a_wait_longer(void **state)
{
	clock_ticks start = now;
	unsigned int i;

	(void)state;
	for (i = 0; i < 40; i += 2)
		events[i] = i % 4 == 0 ? NOTICE : LATE;
	assert_int_equal(wait_ticks(100), -ETIMEDOUT);
	assert_true(now - start <= 200);
}

static void
test_an_early_alarm_ends_nothing(void **state)
{
	(void)state;
	events[0] = ANSWER;
	assert_int_equal(wait_ticks(100), OK);
	events[1] = ANSWER;
	assert_int_equal(wait_ticks(50), OK);
	assert_false(wait_alarm(now)); /* nobody waits: it is the server's */
	events[2] = ANSWER;
	assert_int_equal(wait_ticks(100), OK);
	assert_false(cancelled);
}

static void
test_requests_wait_their_turn(void **state)
{
	struct message m;
	unsigned int i;
	int status;

	(void)state;
	for (i = 0; i < WAIT_DEFERRED + 4; i++)
		events[i] = REQUEST;
	events[i] = ANSWER;
	assert_int_equal(wait_ticks(100), OK);
	assert_int_equal(replies, 4);
	for (i = 0; i < 4; i++)
		assert_int_equal(replied_to[i], 100 + WAIT_DEFERRED + i);
	for (i = 0; i < WAIT_DEFERRED; i++) {
		assert_true(wait_deferred(&m, &status));
		assert_int_equal(m.m_source, 100 + i);
		assert_int_equal(status, SENDREC);
	}
	assert_false(wait_deferred(&m, &status));
}

static void
test_signals_wait_their_turn(void **state)
{
	(void)state;
	assert_false(wait_signal(15)); /* nothing is half done */
	events[0] = SIGNAL;
	events[1] = SIGNAL;
	events[2] = ANSWER;
	assert_int_equal(wait_ticks(100), OK);
	assert_int_equal(wait_signal_take(), 15);
	assert_int_equal(wait_signal_take(), 0);
	assert_false(wait_signal(15));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_a_wait_ends, setup),
		cmocka_unit_test_setup(test_noise_does_not_make_a_wait_longer,
		    setup),
		cmocka_unit_test_setup(test_an_early_alarm_ends_nothing, setup),
		cmocka_unit_test_setup(test_requests_wait_their_turn, setup),
		cmocka_unit_test_setup(test_signals_wait_their_turn, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
