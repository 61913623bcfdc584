/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Requests, in all orders: each is answered exactly once. Proves: B3,
 * B8, C1. */
#include "servers/rs/test/fake.h"

#include <string.h>

#include <abi/dev.h>
#include <lacuna/sef_lu.h>
#include <proto/rs.h>

#include "servers/rs/supervise.h"

#define DEPTH 4     /* events in a row of which every one is tried */
#define LONG  12    /* in one that is drawn */
#define DRAWN 10000 /* such rows */

static int asked;

/* A request of a client of its own. */
static void
ask(void (*what)(endpoint_t who, const char *label))
{
	what(CLIENT(asked++), "s");
}

static endpoint_t
process(void)
{
	const struct rproc *rp = rproc_by_label("s");

	return rp != NULL ? rp->pub->endpoint : NONE;
}

static void
ask_up(void)
{
	up(CLIENT(asked++), "s", 0, 0);
}

static void
ask_run(void)
{
	up(CLIENT(asked++), "s", RSS_WAIT_END, 0);
}

static void
ask_run_once(void)
{
	up(CLIENT(asked++), "s", RSS_WAIT_END | RSS_ONCE, 0);
}

static void
ask_down(void)
{
	ask(down);
}

static void
ask_refresh(void)
{
	ask(refresh);
}

static void
ask_restart(void)
{
	ask(restart);
}

static void
ask_update(void)
{
	update(CLIENT(asked++), "s", SEF_LU_STATE_WORK_FREE, 0);
}

static void
tell_prepared(void)
{
	if (process() != NONE)
		prepared(process(), OK);
}

static void
tell_ready(void)
{
	if (process() != NONE)
		report(process(), OK);
}

static void
tell_failure(void)
{
	if (process() != NONE)
		report(process(), -EIO);
}

static void
end_by_itself(void)
{
	if (process() != NONE)
		leave(process(), 7);
}

static void
end_by_crash(void)
{
	if (process() != NONE)
		crash(process());
}

/* PM does not answer, but in time. */
static void
pm_pauses(void)
{
	fake_pm_silent = true;
}

static void
pm_goes_on(void)
{
	fake_pm_silent = false;
	pm_run();
}

static void
wait_long(void)
{
	pm_goes_on();
	pass(35 * PERIOD);
}

static void
memory_gone(void)
{
	fake_fork_status = -ENOMEM;
}

static void
memory_back(void)
{
	fake_fork_status = OK;
}

static const struct event {
	const char *name;
	void (*happens)(void);
} events[] = { { "up", ask_up }, { "run", ask_run },
	{ "run once", ask_run_once }, { "down", ask_down },
	{ "refresh", ask_refresh }, { "restart", ask_restart },
	{ "update", ask_update }, { "prepared", tell_prepared },
	{ "ready", tell_ready }, { "failure", tell_failure },
	{ "end", end_by_itself }, { "crash", end_by_crash },
	{ "time", wait_long }, { "no memory", memory_gone },
	{ "memory", memory_back }, { "PM pauses", pm_pauses },
	{ "PM goes on", pm_goes_on } };

#define NR_EVENTS (sizeof events / sizeof events[0])

static char row[256]; /* the events that have happened, by name */

static void
begin(void)
{
	(void)fake_begin(NULL);
	asked = 0;
	row[0] = '\0';
}

static void
happen(const struct event *e)
{
	size_t end = strlen(row);

	(void)snprintf(row + end, sizeof row - end, "%s, ", e->name);
	e->happens();
}

/* All that was begun comes to an end, and everybody has one answer. */
static void
settle(void)
{
	int i;

	pm_goes_on();
	memory_back();
	wait_long(); /* what was under way has ended, well or badly */
	tell_ready();
	ask_down();
	wait_long();
	if (rproc_by_label("s") != NULL)
		fail_msg("after %sit cannot be taken down", row);
	for (i = 0; i < asked; i++)
		if (replies(CLIENT(i)) != 1)
			fail_msg("after %srequest %d of %d has %d answers", row,
			    i + 1, asked, replies(CLIENT(i)));
}

static void
test_each_request_is_answered_once_in_any_order(void **state)
{
	size_t n, rest, total = 1;
	int i;

	(void)state;
	for (i = 0; i < DEPTH; i++)
		total *= NR_EVENTS;
	for (n = 0; n < total; n++) {
		begin();
		for (rest = n, i = 0; i < DEPTH; i++, rest /= NR_EVENTS)
			happen(&events[rest % NR_EVENTS]);
		settle();
	}
}

/* Long rows, the same ones in each run. */
static void
test_each_request_is_answered_once_after_many_others(void **state)
{
	uint32_t seed = 1;
	int n, i;

	(void)state;
	for (n = 0; n < DRAWN; n++) {
		begin();
		for (i = 0; i < LONG; i++) {
			seed = seed * 1664525 + 1013904223;
			happen(&events[(seed >> 16) % NR_EVENTS]);
		}
		settle();
	}
}

static void
test_a_watcher_gets_the_last_end(void **state)
{
	(void)state;
	up(CLIENT(0), "s", RSS_WAIT_END | RSS_ONCE, 0);
	tell_ready();
	assert_int_equal(replies(CLIENT(0)), 0);
	leave(process(), 7);
	assert_status(reply_status(CLIENT(0)), 7);

	up(CLIENT(1), "s", RSS_WAIT_END, 0);
	tell_ready();
	leave(process(), 3);
	assert_int_equal(replies(CLIENT(1)), 0); /* it is started again */
	tell_ready();
	leave(process(), 4);
	down(CLIENT(2), "s"); /* while it waits for its next start */
	assert_status(reply_status(CLIENT(1)), 4);
	assert_status(reply_status(CLIENT(2)), OK);
}

static void
test_down_answers_when_it_has_ended(void **state)
{
	(void)state;
	up(CLIENT(0), "s", RSS_WAIT_END, 0);
	tell_ready();
	down(CLIENT(1), "s");
	assert_int_equal(replies(CLIENT(0)), 0);
	assert_int_equal(replies(CLIENT(1)), 0);
	leave(process(), 9);
	assert_status(reply_status(CLIENT(0)), 9);
	assert_status(reply_status(CLIENT(1)), OK);
}

static void
test_a_watcher_hinders_nobody(void **state)
{
	(void)state;
	up(CLIENT(0), "s", RSS_WAIT_END, 0);
	tell_ready();
	refresh(CLIENT(1), "s");
	leave(process(), 0);
	tell_ready();
	assert_status(reply_status(CLIENT(1)), OK);
	assert_int_equal(replies(CLIENT(0)), 0);
}

static void
test_one_change_at_a_time(void **state)
{
	(void)state;
	up(CLIENT(0), "s", 0, 0);
	down(CLIENT(1), "s");
	assert_status(reply_status(CLIENT(1)), -EBUSY);
	tell_ready();
	refresh(CLIENT(2), "s");
	down(CLIENT(3), "s");
	refresh(CLIENT(4), "s");
	restart(CLIENT(5), "s");
	assert_status(reply_status(CLIENT(3)), -EBUSY);
	assert_status(reply_status(CLIENT(4)), -EBUSY);
	assert_status(reply_status(CLIENT(5)), -EBUSY);
	leave(process(), 0);
	tell_ready();
	assert_status(reply_status(CLIENT(2)), OK);
}

static void
test_only_the_superuser_changes_things(void **state)
{
	(void)state;
	up(STRANGER, "s", 0, 0);
	assert_status(reply_status(STRANGER), -EPERM);
	assert_null(rproc_by_label("s"));
	(void)service("s", 0);
	down(STRANGER, "s");
	assert_status(reply_status(STRANGER), -EPERM);
	refresh(STRANGER, "s");
	assert_status(reply_status(STRANGER), -EPERM);
	restart(STRANGER, "s");
	assert_status(reply_status(STRANGER), -EPERM);
	assert_int_equal(killed(process()), 0);
}

static void
test_refresh_counts_as_a_restart_without_a_pause(void **state)
{
	struct rproc *rp = service("s", 0);
	int i;

	(void)state;
	for (i = 1; i < 10; i++) {
		refresh(CLIENT(i), "s");
		leave(rp->pub->endpoint, 0);
		assert_int_not_equal(rp->pub->endpoint, NONE);
		report(rp->pub->endpoint, OK);
		assert_status(reply_status(CLIENT(i)), OK);
		assert_int_equal(rp->restarts, i);
	}
}

/* What is wrong with a request leaves no row, nor its label in one. */
static void
test_an_up_that_is_refused_leaves_nothing(void **state)
{
	const struct rproc *rp;

	(void)state;
	fake_image_status = -EFAULT;
	up(CLIENT(0), "s", 0, 0);
	assert_status(reply_status(CLIENT(0)), -EFAULT);
	drive(CLIENT(1), "s", -1, RS_DEV_CHAR);
	assert_status(reply_status(CLIENT(1)), -ENXIO);
	assert_null(rproc_by_label("s"));
	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		assert_false(rp->flags & RF_IN_USE);
	fake_image_status = OK;
	(void)service("s", 0);
}

/* Ask for a driver of a major; says the answer, or 1: it starts. */
static int
driving(int32_t major, uint32_t dev_flags)
{
	const int before = replies(CLIENT(0));

	drive(CLIENT(0), "d", major, dev_flags);
	if (rproc_by_label("d") == NULL)
		return reply_status(CLIENT(0));
	report(rproc_by_label("d")->pub->endpoint, OK);
	assert_int_equal(replies(CLIENT(0)), before + 1);
	return 1;
}

static void
test_a_driver_has_a_number_of_its_own_below_the_limit(void **state)
{
	static const int32_t bad[] = { -1, INT32_MIN, CTTY_MAJOR, NR_MAJORS,
		NR_MAJORS + 1, INT32_MAX };
	int32_t major;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_status(driving(bad[i], RS_DEV_CHAR), -ENXIO);
	for (major = 1; major < NR_MAJORS; major++) {
		if (major == CTTY_MAJOR)
			continue;
		assert_int_equal(driving(major, RS_DEV_BLOCK), 1);
		drive(CLIENT(1), "other", major, RS_DEV_CHAR);
		assert_status(reply_status(CLIENT(1)), -EEXIST);
		down(CLIENT(2), "d");
		leave(rproc_by_label("d")->pub->endpoint, 0);
	}
}

static void
test_a_driver_drives_blocks_or_characters(void **state)
{
	(void)state;
	assert_status(driving(7, 0), -EINVAL);
	assert_status(driving(7, RS_DEV_CHAR | RS_DEV_BLOCK), -EINVAL);
	assert_status(driving(7, 4), -EINVAL);
	assert_int_equal(driving(0, 0), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    test_an_up_that_is_refused_leaves_nothing, fake_begin),
		cmocka_unit_test_setup(
		    test_each_request_is_answered_once_in_any_order,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_each_request_is_answered_once_after_many_others,
		    fake_begin),
		cmocka_unit_test_setup(test_a_watcher_gets_the_last_end,
		    fake_begin),
		cmocka_unit_test_setup(test_down_answers_when_it_has_ended,
		    fake_begin),
		cmocka_unit_test_setup(test_a_watcher_hinders_nobody,
		    fake_begin),
		cmocka_unit_test_setup(test_one_change_at_a_time, fake_begin),
		cmocka_unit_test_setup(test_only_the_superuser_changes_things,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_refresh_counts_as_a_restart_without_a_pause,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_a_driver_has_a_number_of_its_own_below_the_limit,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_a_driver_drives_blocks_or_characters, fake_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
