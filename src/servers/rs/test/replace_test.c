/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Replacing a service that is ready: by the same program or another,
 * which starts or fails in some way. Proves: C4, C6. */
#include "servers/rs/test/update_scene.h"

#include <proto/rs.h>

static void
test_a_ready_one_is_replaced(void **state)
{
	struct rproc *rp = asked(0);
	endpoint_t ep = rp->pub->endpoint;

	(void)state;
	prepared(ep, OK);
	assert_int_equal(killed(ep), 1);
	assert_int_equal(replies(ep), 1); /* its start; it waits for its end */
	assert_int_not_equal(rp->pub->endpoint, ep);
	assert_int_equal(fake_init.type, SEF_INIT_LU);
	assert_int_equal(fake_init.old_endpoint, ep);
	assert_int_equal(replies(CLIENT(0)), 0);
	report(rp->pub->endpoint, OK);
	assert_over(OK);
}

/* The next instance fails in some way: the client learns how, and the service
 * comes back as after a crash. */
static void
next_fails(void (*how)(endpoint_t ep), int status)
{
	struct rproc *rp;
	endpoint_t next;

	(void)fake_begin(NULL);
	rp = asked(0);
	prepared(rp->pub->endpoint, OK);
	next = rp->pub->endpoint;
	how(next);
	assert_int_equal(killed(next), 1);
	assert_int_equal(replies(CLIENT(0)), 1);
	assert_status(reply_status(CLIENT(0)), status);
	pass(3 * PERIOD);
	assert_int_not_equal(rp->pub->endpoint, NONE);
	assert_int_equal(fake_init.type, SEF_INIT_RESTART);
	report(rp->pub->endpoint, OK);
	assert_same(rp->pub->endpoint, status);
}

static void
refuse(endpoint_t ep)
{
	report(ep, -EIO);
}

static void
cannot(endpoint_t ep)
{
	report(ep, -ENOSYS); /* not from what was saved; so from nothing */
}

static void
end_early(endpoint_t ep)
{
	leave(ep, OK);
}

static void
say_nothing(endpoint_t ep)
{
	(void)ep;
	pass(12 * PERIOD);
}

static void
test_a_next_one_that_fails(void **state)
{
	(void)state;
	next_fails(refuse, -EIO);
	next_fails(cannot, -ENOSYS);
	next_fails(crash, -EINTR);
	next_fails(end_early, -EPROTO);
	next_fails(say_nothing, -ETIMEDOUT);
}

static void
test_a_second_failure_is_the_last(void **state)
{
	struct rproc *rp = asked(0);

	(void)state;
	prepared(rp->pub->endpoint, OK);
	report(rp->pub->endpoint, -EIO);
	pass(3 * PERIOD);
	report(rp->pub->endpoint, -ENOSYS);
	assert_null(rproc_by_label("s"));
	assert_int_equal(replies(CLIENT(0)), 1);
}

static void
test_no_process_for_the_next(void **state)
{
	int *const failing[] = { &fake_fork_status, &fake_exec_status,
		&fake_allow_status };
	struct rproc *rp;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof failing / sizeof failing[0]; i++) {
		(void)fake_begin(NULL);
		rp = asked(0);
		*failing[i] = -ENOMEM;
		prepared(rp->pub->endpoint, OK);
		assert_over(-ENOMEM);
		*failing[i] = OK;
		update(CLIENT(2), "s", STATE, 0);
		assert_status(reply_status(CLIENT(2)), -EAGAIN);
		pass(2 * PERIOD);
		assert_int_equal(fake_init.type, SEF_INIT_RESTART);
		report(rp->pub->endpoint, OK);
		assert_same(rp->pub->endpoint, -ENOMEM);
	}
}

static void
test_one_that_runs_once_is_replaced_too(void **state)
{
	struct rproc *rp;

	(void)state;
	up(CLIENT(5), "s", RSS_ONCE | RSS_WAIT_END, 0);
	rp = rproc_by_label("s");
	report(rp->pub->endpoint, OK);
	update(CLIENT(0), "s", STATE, 0);
	prepared(rp->pub->endpoint, OK);
	report(rp->pub->endpoint, OK);
	assert_over(OK);
	assert_int_equal(replies(CLIENT(5)), 0);
	leave(rp->pub->endpoint, 7);
	assert_status(reply_status(CLIENT(5)), 7);
	assert_null(rproc_by_label("s"));
}

#define OLD 1 /* sizes tell programs apart */
#define NEW 77

/* The service runs a program, and one other has been forgotten. */
static void
assert_program(uint32_t size, int freed)
{
	assert_int_equal(rproc_by_label("s")->image.size, size);
	assert_int_equal(fake_freed - freed, 1);
}

static void
test_a_new_program_stays_if_it_starts(void **state)
{
	struct rproc *rp = service("s", 0);
	const int freed = fake_freed;

	(void)state;
	update_to(CLIENT(0), "s", STATE, 0, NEW);
	assert_int_equal(rp->image.size, OLD);
	prepared(rp->pub->endpoint, OK);
	assert_int_equal(rp->image.size, NEW);
	report(rp->pub->endpoint, OK);
	assert_over(OK);
	assert_program(NEW, freed);
}

static void
test_the_old_program_comes_back(void **state)
{
	struct rproc *rp = service("s", 0);
	int freed = fake_freed;

	(void)state;
	update_to(CLIENT(0), "s", STATE, 0, NEW);
	prepared(rp->pub->endpoint, -EIO); /* never tried */
	assert_over(-EIO);
	assert_program(OLD, freed);

	(void)fake_begin(NULL);
	rp = service("s", 0);
	freed = fake_freed;
	update_to(CLIENT(0), "s", STATE, 0, NEW);
	prepared(rp->pub->endpoint, OK);
	report(rp->pub->endpoint, -EIO);
	assert_program(OLD, freed);
	report(rp->pub->endpoint, OK);
	assert_over(-EIO);
	update(CLIENT(1), "s", STATE, 0); /* and is not mistaken for new */
	prepared(rp->pub->endpoint, OK);
	report(rp->pub->endpoint, OK);
	assert_program(OLD, freed);

	(void)fake_begin(NULL);
	rp = service("s", 0);
	freed = fake_freed;
	update_to(CLIENT(0), "s", STATE, 0, NEW);
	fake_load_status = -ENOEXEC;
	prepared(rp->pub->endpoint, OK);
	assert_over(-ENOEXEC);
	assert_program(OLD, freed);
}

static void
test_what_is_no_program_is_refused_at_once(void **state)
{
	endpoint_t ep = service("s", 0)->pub->endpoint;
	const int freed = fake_freed;

	(void)state;
	fake_check_status = -ENOEXEC;
	update_to(CLIENT(2), "s", STATE, 0, NEW);
	assert_status(reply_status(CLIENT(2)), -ENOEXEC);
	assert_int_equal(sent(ep, RS_LU_PREPARE), 0);
	assert_program(OLD, freed);
	update(CLIENT(0), "s", STATE, 0);
	prepared(ep, -EIO);
	assert_same(ep, -EIO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_a_ready_one_is_replaced,
		    fake_begin),
		cmocka_unit_test_setup(test_a_next_one_that_fails, fake_begin),
		cmocka_unit_test_setup(test_a_second_failure_is_the_last,
		    fake_begin),
		cmocka_unit_test_setup(test_no_process_for_the_next,
		    fake_begin),
		cmocka_unit_test_setup(test_one_that_runs_once_is_replaced_too,
		    fake_begin),
		cmocka_unit_test_setup(test_a_new_program_stays_if_it_starts,
		    fake_begin),
		cmocka_unit_test_setup(test_the_old_program_comes_back,
		    fake_begin),
		cmocka_unit_test_setup(
		    test_what_is_no_program_is_refused_at_once, fake_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
