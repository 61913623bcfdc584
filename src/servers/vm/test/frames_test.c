/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Frames.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/vm/test/fake.h"

static int
setup(void **state)
{
	(void)state;
	fake_machine();
	return 0;
}

static void
test_frames_are_handed_out_once(void **state)
{
	static uint8_t seen[FAKE_MEMORY >> PAGE_SHIFT];
	uint32_t n = frames_free();
	phys_bytes f;

	(void)state;
	memset(seen, 0, sizeof seen);
	while ((f = frame_alloc(FRAME_SERVICE)) != NO_FRAME) {
		assert_in_range(f, FAKE_FIRST, FAKE_MEMORY - PAGE_SIZE);
		assert_int_equal(f % PAGE_SIZE, 0);
		assert_int_equal(seen[f >> PAGE_SHIFT]++, 0);
		n--;
	}
	assert_int_equal(n, 0);
}

/* Take what can be had; gives how many are left. */
static uint32_t
take_all(enum frame_use use)
{
	assert_true(frames_available(0, use));
	while (frame_alloc(use) != NO_FRAME)
		;
	assert_true(frames_available(0, use));
	assert_false(frames_available(1, use));
	assert_int_equal(frame_alloc_run(1, use), NO_FRAME);
	return frames_free();
}

static void
test_users_and_root_leave_reserves(void **state)
{
	uint32_t total = frames_total(), users, roots;

	(void)state;
	users = take_all(FRAME_USER);
	assert_int_equal(total - users, frames_limit(FRAME_USER));
	roots = take_all(FRAME_ROOT);
	assert_int_equal(total - roots, frames_limit(FRAME_ROOT));
	assert_false(frames_available(0, FRAME_USER));
	assert_int_equal(users - roots, roots); /* as much as services */
	assert_int_equal(roots, total / 16);
	assert_int_equal(take_all(FRAME_SERVICE), 0);
	assert_int_equal(frames_limit(FRAME_SERVICE), total);
	assert_false(frames_available(0, FRAME_ROOT));
}

static void
test_frame_is_free_after_last_use(void **state)
{
	uint32_t n = frames_free(), i;
	phys_bytes f = frame_alloc(FRAME_USER);

	(void)state;
	for (i = 1; i < 70000; i++) /* more than 16 bits can count */
		frame_share(f);
	assert_int_equal(frame_refs(f), 70000);
	for (i = 1; i < 70000; i++)
		frame_release(f);
	assert_int_equal(frames_free(), n - 1);
	frame_release(f);
	assert_int_equal(frames_free(), n);
}

static void
test_run_consists_of_neighbours(void **state)
{
	phys_bytes single[8], run;
	uint32_t i, n = frames_free();

	(void)state;
	for (i = 0; i < 8; i++)
		single[i] = frame_alloc(FRAME_SERVICE);
	frame_release(single[2]);
	frame_release(single[5]);
	run = frame_alloc_run(16, FRAME_SERVICE);
	assert_int_not_equal(run, NO_FRAME);
	for (i = 0; i < 16; i++)
		assert_int_equal(frame_refs(run + i * PAGE_SIZE), 1);
	assert_int_equal(frames_free(), n - 6 - 16);
	assert_int_equal(frame_alloc_run(n, FRAME_SERVICE), NO_FRAME);
}

static void
test_free_frame_cannot_be_adopted(void **state)
{
	phys_bytes f = frame_alloc(FRAME_USER);

	(void)state;
	assert_true(frame_adopt(PAGE_SIZE)); /* the kernel gave it to a boot
						process */
	assert_false(frame_adopt(PAGE_SIZE));
	assert_false(frame_adopt(f));
	frame_release(f);
	assert_false(frame_adopt(f));
	assert_false(frame_adopt(FAKE_MEMORY));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_frames_are_handed_out_once, setup),
		cmocka_unit_test_setup(test_users_and_root_leave_reserves,
		    setup),
		cmocka_unit_test_setup(test_frame_is_free_after_last_use,
		    setup),
		cmocka_unit_test_setup(test_run_consists_of_neighbours, setup),
		cmocka_unit_test_setup(test_free_frame_cannot_be_adopted,
		    setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
