/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Memory that outlives the processes of a service. Proves: A3, C3. */
#include "servers/rs/test/fake.h"

#include <proto/sef.h>

#define SIZE 5000

/* A service that keeps something, with its first grant of it. */
static struct rproc *
keeping(void)
{
	struct rproc *rp = service("s", 0);

	rp->keep.size = SIZE;
	crash(rp->pub->endpoint);
	report(rp->pub->endpoint, OK);
	assert_non_null(rp->keep.addr);
	assert_int_equal(fake_maps, 1);
	assert_int_equal(fake_grants, 1);
	return rp;
}

static void
test_who_keeps_nothing_gets_nothing(void **state)
{
	struct rproc *rp = service("s", 0);

	(void)state;
	assert_null(rp->keep.addr);
	assert_int_equal(fake_maps, 0);
	assert_int_equal(fake_grants, 0);
}

static void
test_a_crash_keeps_it(void **state)
{
	struct rproc *rp = keeping();
	const void *addr = rp->keep.addr;
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		pass(61 * PERIOD);
		crash(rp->pub->endpoint);
		report(rp->pub->endpoint, OK);
		assert_ptr_equal(rp->keep.addr, addr);
		assert_int_equal(fake_maps, 1);
		assert_int_equal(fake_grants, 1); /* the last one's only */
	}
	down(ROOT, "s");
	leave(rp->pub->endpoint, 0);
	assert_int_equal(fake_maps, 0);
	assert_int_equal(fake_grants, 0);
}

static void
test_a_refresh_begins_anew(void **state)
{
	struct rproc *rp = keeping();
	const void *addr = rp->keep.addr;

	(void)state;
	refresh(ROOT, "s");
	assert_ptr_equal(rp->keep.addr, addr); /* it may still write */
	leave(rp->pub->endpoint, 0);
	report(rp->pub->endpoint, OK);
	assert_non_null(rp->keep.addr);
	assert_ptr_not_equal(rp->keep.addr, addr);
	assert_int_equal(fake_maps, 1);
	assert_int_equal(fake_grants, 1);
	addr = rp->keep.addr;
	crash(rp->pub->endpoint); /* and that is kept */
	pass(3 * PERIOD);
	assert_ptr_equal(rp->keep.addr, addr);
	down(ROOT, "s");
	crash(rp->pub->endpoint);
}

static void
test_without_memory_it_starts_as_well(void **state)
{
	struct rproc *rp = service("s", 0);

	(void)state;
	rp->keep.size = SIZE;
	fake_map_status = -ENOMEM;
	crash(rp->pub->endpoint);
	assert_int_not_equal(rp->pub->endpoint, NONE);
	report(rp->pub->endpoint, OK);
	assert_null(rp->keep.addr);
	fake_map_status = OK;
	pass(61 * PERIOD);
	crash(rp->pub->endpoint);
	assert_non_null(rp->keep.addr);
	report(rp->pub->endpoint, OK);
	down(ROOT, "s");
	crash(rp->pub->endpoint);
	assert_int_equal(fake_maps, 0);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup(name, fake_begin)
	const struct CMUnitTest tests[] = {
		T(test_who_keeps_nothing_gets_nothing),
		T(test_a_crash_keeps_it),
		T(test_a_refresh_begins_anew),
		T(test_without_memory_it_starts_as_well),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
