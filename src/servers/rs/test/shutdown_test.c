/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The way down: the order of its steps, and that each has an end.
 * Proves: C5, D12. */
#include "servers/rs/test/fake.h"

#include <abi/kcall.h>
#include <abi/signal.h>
#include <lacuna/sef_lu.h>
#include <lacuna/string.h>
#include <proto/ds.h>
#include <proto/sef.h>
#include <proto/shutdown.h>

#include "servers/rs/rs.h"
#include "servers/rs/shutdown.h"

static struct rproc *daemon, *files, *driver;

static int
begin(void **state)
{
	(void)fake_begin(state);
	daemon = service("daemon", 0);
	files = service("files", 0);
	drive(ROOT, "driver", 20, RS_DEV_BLOCK);
	driver = rproc_by_label("driver");
	assert_non_null(driver);
	report(driver->pub->endpoint, OK);
	return 0;
}

/* A message of PM or VFS. */
static void
say(endpoint_t from, int type, const void *body, size_t size)
{
	struct message m = { .m_source = from, .m_type = type };

	memcpy(m.m_body, body, size);
	(void)shutdown_answer(&m);
}

static void
users(uint32_t left)
{
	struct shutdown_users users = { .how = ABORT_REBOOT, .left = left };

	say(PM_PROC_NR, SHUTDOWN_USERS, &users, sizeof users);
}

static void
mounts(void)
{
	struct shutdown_mounts mounts = { 1, { files->pub->endpoint } };

	say(VFS_PROC_NR, SHUTDOWN_MOUNTS, &mounts, sizeof mounts);
}

static void
written(void)
{
	struct shutdown_files done = { OK };

	say(VFS_PROC_NR, SHUTDOWN_FILES, &done, sizeof done);
}

/* Has a service been asked to end? */
static bool
asked(endpoint_t ep)
{
	return sent(ep, SIGS_SIGNAL_RECEIVED) > 0;
}

static endpoint_t last; /* the one that is to end now */

static void
last_leaves(void)
{
	leave(last, OK);
}

static void
wait_long(void)
{
	pass(60 * HZ);
}

static void
test_step_by_step(void **state)
{
	const endpoint_t d = daemon->pub->endpoint, f = files->pub->endpoint,
			 b = driver->pub->endpoint;

	(void)state;
	shutdown_signal(SIGTERM);
	assert_int_equal(sent(PM_PROC_NR, SHUTDOWN_USERS), 1);
	mounts();
	users(3);
	pass(HZ);
	assert_false(asked(d));
	users(0);
	assert_int_equal(sent(PM_PROC_NR, SHUTDOWN_USERS), 1);
	assert_true(asked(d));
	assert_int_equal(sent(VFS_PROC_NR, SHUTDOWN_FILES), 0);
	assert_false(asked(f));
	leave(d, OK);
	assert_int_equal(sent(VFS_PROC_NR, SHUTDOWN_FILES), 1);
	assert_false(asked(f));
	written();
	assert_true(asked(f));
	assert_false(asked(b));
	leave(f, OK);
	assert_true(asked(b));
	last = b;
	assert_true(panics(last_leaves));
	assert_int_equal(fake_ended, ABORT_REBOOT);
}

static void
test_users_are_killed_in_the_end(void **state)
{
	(void)state;
	shutdown_signal(SIGTERM);
	users(1);
	pass(4 * HZ);
	assert_int_equal(sent(PM_PROC_NR, SHUTDOWN_USERS), 1);
	pass(2 * HZ);
	assert_int_equal(sent(PM_PROC_NR, SHUTDOWN_USERS), 2);
	users(0);
	assert_true(asked(daemon->pub->endpoint));
}

static void
test_everybody_is_silent(void **state)
{
	const clock_ticks from = fake_now;

	(void)state;
	shutdown_signal(SIGTERM);
	assert_true(panics(wait_long));
	assert_int_equal(fake_ended, ABORT_HALT);
	assert_true(fake_now - from <= 25 * HZ);
	assert_int_equal(killed(daemon->pub->endpoint), 0); /* PM would hang */
}

static void
test_services_do_not_end(void **state)
{
	const endpoint_t d = daemon->pub->endpoint, f = files->pub->endpoint,
			 b = driver->pub->endpoint;
	const clock_ticks from = fake_now;

	(void)state;
	shutdown_signal(SIGTERM);
	mounts();
	users(0);
	assert_true(panics(wait_long));
	assert_int_equal(fake_ended, ABORT_REBOOT);
	assert_true(fake_now - from <= 25 * HZ);
	assert_int_equal(killed(d), 1);
	assert_int_equal(killed(f), 1);
	assert_int_equal(killed(b), 1);
}

static void
test_nothing_comes_back(void **state)
{
	const endpoint_t b = driver->pub->endpoint;

	(void)state;
	crash(daemon->pub->endpoint);
	report(daemon->pub->endpoint, OK);
	crash(daemon->pub->endpoint); /* now it waits for its next start */
	assert_int_equal(daemon->pub->endpoint, NONE);
	shutdown_signal(SIGTERM);
	assert_null(rproc_by_label("daemon"));
	crash(b);
	pass(3 * HZ);
	assert_null(rproc_by_label("driver"));
	assert_int_equal(allowed(b), 1);
}

/* Others do not wait for it either: the world may go on without services that
 * come back. */
static void
test_what_does_not_come_back_is_announced(void **state)
{
	const endpoint_t d = daemon->pub->endpoint, b = driver->pub->endpoint;
	const endpoint_t ds = service("ds", 0)->pub->endpoint;

	(void)state;
	refresh(CLIENT(0), "daemon");
	update(CLIENT(1), "driver", SEF_LU_STATE_WORK_FREE, 0);
	fake_pm_silent = true;
	leave(d, OK); /* now both wait for PM */
	prepared(b, OK);
	assert_int_equal(sent(ds, DS_DELETE), 0);
	rs_shutting_down = true;
	fake_pm_silent = false;
	pm_run();
	assert_status(reply_status(CLIENT(0)), -ESHUTDOWN);
	assert_status(reply_status(CLIENT(1)), -ESHUTDOWN);
	assert_null(rproc_by_label("daemon"));
	assert_null(rproc_by_label("driver"));
	assert_int_equal(sent(ds, DS_DELETE), 2);
}

static void
test_a_refresh_is_no_success_without_a_next_one(void **state)
{
	(void)state;
	refresh(CLIENT(0), "daemon");
	rs_shutting_down = true;
	leave(daemon->pub->endpoint, OK);
	assert_status(reply_status(CLIENT(0)), -ESHUTDOWN);
	down(CLIENT(1), "files");
	leave(files->pub->endpoint, OK);
	assert_status(reply_status(CLIENT(1)), OK);
}

static void
test_requests_are_refused(void **state)
{
	(void)state;
	shutdown_signal(SIGTERM);
	up(CLIENT(0), "new", 0, 0);
	down(CLIENT(1), "files");
	refresh(CLIENT(2), "files");
	restart(CLIENT(3), "files");
	assert_status(reply_status(CLIENT(0)), -ESHUTDOWN);
	assert_status(reply_status(CLIENT(1)), -ESHUTDOWN);
	assert_status(reply_status(CLIENT(2)), -ESHUTDOWN);
	assert_status(reply_status(CLIENT(3)), -ESHUTDOWN);
	assert_false(asked(files->pub->endpoint));
}

static void
test_only_term_of_pm_begins_it(void **state)
{
	(void)state;
	shutdown_signal(SIGHUP);
	users(0);
	written();
	pass(10 * HZ);
	assert_false(rs_going_down);
	assert_false(asked(daemon->pub->endpoint));
}

static void
test_strangers_are_not_heard(void **state)
{
	struct shutdown_users none = { .how = ABORT_PANIC };

	(void)state;
	shutdown_signal(SIGTERM);
	mounts();
	say(STRANGER, SHUTDOWN_USERS, &none, sizeof none);
	say(VFS_PROC_NR, SHUTDOWN_USERS, &none, sizeof none);
	assert_false(asked(daemon->pub->endpoint));
	users(0);
	say(PM_PROC_NR, SHUTDOWN_FILES, &none, sizeof none);
	leave(daemon->pub->endpoint, OK);
	say(STRANGER, SHUTDOWN_FILES, &none, sizeof none);
	assert_false(asked(files->pub->endpoint));
}

static void
test_an_answer_that_is_late_counts_for_nothing(void **state)
{
	(void)state;
	shutdown_signal(SIGTERM);
	mounts();
	users(2);
	pass(6 * HZ);
	users(2);
	pass(6 * HZ); /* they do not even die */
	assert_true(asked(daemon->pub->endpoint));
	leave(daemon->pub->endpoint, OK);
	assert_int_equal(sent(VFS_PROC_NR, SHUTDOWN_FILES), 1);
	users(0);
	assert_false(asked(driver->pub->endpoint));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_step_by_step, begin),
		cmocka_unit_test_setup(test_users_are_killed_in_the_end, begin),
		cmocka_unit_test_setup(test_everybody_is_silent, begin),
		cmocka_unit_test_setup(test_services_do_not_end, begin),
		cmocka_unit_test_setup(test_nothing_comes_back, begin),
		cmocka_unit_test_setup(
		    test_what_does_not_come_back_is_announced, begin),
		cmocka_unit_test_setup(
		    test_a_refresh_is_no_success_without_a_next_one, begin),
		cmocka_unit_test_setup(test_requests_are_refused, begin),
		cmocka_unit_test_setup(test_only_term_of_pm_begins_it, begin),
		cmocka_unit_test_setup(test_strangers_are_not_heard, begin),
		cmocka_unit_test_setup(
		    test_an_answer_that_is_late_counts_for_nothing, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
