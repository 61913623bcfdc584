/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Values that are memory ranges. Proves: A3 (memory ranges). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/ds/test/fake.h"
#include "test/unit/status.h"

#define MOST (DS_MEM_TOTAL / DS_MAX_MEMLEN) /* ranges of full length */

/* Bytes that differ from place to place. */
static void
draw(uint8_t *to, uint32_t len, uint32_t seed)
{
	uint32_t i;

	for (i = 0; i < len; i++)
		to[i] = (uint8_t)(seed + i * 7 + i / 256);
}

static void
test_a_range_is_copied(void **state)
{
	static uint8_t bytes[5000];
	union ds_value value;

	(void)state;
	assert_status(get_memory(BOB, "m", MEM, 8, 0, &value), -ESRCH);
	draw(fake_memory, sizeof bytes, 3);
	assert_status(put_memory(ALICE, "m", MEM, sizeof bytes), OK);
	memset(fake_memory, 0, sizeof bytes);
	draw(bytes, sizeof bytes, 3);
	assert_status(get_memory(BOB, "m", MEM, sizeof bytes, 0, &value), OK);
	assert_memory_equal(fake_memory, bytes, sizeof bytes);
	assert_int_equal(value.mem.len, sizeof bytes);
	assert_int_equal(fake_pages, 2);
}

/* As much as there is room for, and not a byte beyond. */
static void
test_rooms_are_respected(void **state)
{
	static const uint32_t rooms[] = { 0, 1, 20, 21, 22, 5000 };
	union ds_value value;
	uint32_t n;
	size_t i;

	(void)state;
	assert_status(fill(ALICE, "m", MEM, 'a', 21), OK);
	for (i = 0; i < sizeof rooms / sizeof rooms[0]; i++) {
		n = rooms[i] < 21 ? rooms[i] : 21;
		memset(fake_memory, 'z', 100);
		assert_status(get_memory(NOBODY, "m", MEM, rooms[i], 0, &value),
		    OK);
		assert_int_equal(value.mem.len, n);
		assert_true(n == 0 || fake_memory[n - 1] == 'a');
		assert_int_equal(fake_memory[n], 'z');
	}
}

static void
test_a_range_is_overwritten(void **state)
{
	uint32_t len;

	(void)state;
	assert_status(fill(ALICE, "m", MEM, 'a', 21), OK);
	assert_status(fill(BOB, "m", MEM | OW, 'b', 5000), OK);
	assert_int_equal(look("m", MEM, 0, &len), 'b');
	assert_int_equal(len, 5000);
	assert_int_equal(fake_pages, 2);
	assert_status(fill(ALICE, "m", MEM | OW, 'c', 1), OK);
	assert_int_equal(look("m", MEM, 0, &len), 'c');
	assert_int_equal(len, 1);
	assert_int_equal(fake_pages, 1);
	assert_status(put(ALICE, "m", U32, 1), OK);
	assert_status(del(BOB, "m", MEM), -EPERM);
	assert_status(del(ALICE, "m", U32), OK);
	assert_int_equal(look("m", MEM, 0, &len), 'c');
	assert_status(del(ALICE, "m", MEM), OK);
	assert_int_equal(fake_pages, 0);
}

static void
test_lengths_are_bounded(void **state)
{
	(void)state;
	assert_status(fill(ALICE, "m", MEM, 'a', 0), -EINVAL);
	assert_status(fill(ALICE, "m", MEM, 'a', DS_MAX_MEMLEN + 1), -E2BIG);
	assert_status(fill(ALICE, "m", MEM, 'a', ~0u), -E2BIG);
	assert_int_equal(fake_pages, 0);
	assert_status(fill(ALICE, "m", MEM, 'a', DS_MAX_MEMLEN), OK);
	assert_status(fill(ALICE, "n", MEM, 'a', 1), OK);
}

static void
test_all_ranges_together_are_bounded(void **state)
{
	uint32_t len;
	unsigned i;

	(void)state;
	for (i = 0; i < MOST; i++)
		assert_status(fill(ALICE, name_of("m", (int)i), MEM, 'a',
				  DS_MAX_MEMLEN - i),
		    OK);
	assert_status(fill(BOB, "b", MEM, 'b', 1), -ENOMEM);
	assert_status(fill(ALICE, "m0", MEM | OW, 'b', 1), -ENOMEM);
	assert_int_equal(look("m0", MEM, 0, &len), 'a');
	assert_int_equal(len, DS_MAX_MEMLEN);
	assert_status(del(ALICE, "m3", MEM), OK);
	assert_status(fill(BOB, "b", MEM, 'b', 1), OK);
	assert_status(fill(ALICE, "m3", MEM, 'a', DS_MAX_MEMLEN), -ENOMEM);
	assert_status(
	    fill(ALICE, "m3", MEM, 'a', DS_MAX_MEMLEN - PAGE_SIZE + 1),
	    -ENOMEM);
	assert_status(fill(ALICE, "m3", MEM, 'a', DS_MAX_MEMLEN - PAGE_SIZE),
	    OK);
}

static void
test_memory_is_counted_in_pages(void **state)
{
	uint8_t *all, *p;

	(void)state;
	assert_null(mem_get(~0u, PAGES_FILLED));
	assert_null(mem_get(DS_MEM_TOTAL + 1, PAGES_FILLED));
	all = mem_get(DS_MEM_TOTAL, PAGES_FILLED);
	assert_non_null(all);
	assert_null(mem_get(1, PAGES_FILLED));
	mem_put(all, DS_MEM_TOTAL);
	p = mem_get(1, PAGES_EMPTY);
	assert_non_null(p);
	assert_null(mem_get(DS_MEM_TOTAL - PAGE_SIZE + 1, PAGES_EMPTY));
	assert_null(mem_get(~0u - PAGE_SIZE, PAGES_EMPTY));
	all = mem_get(DS_MEM_TOTAL - PAGE_SIZE, PAGES_EMPTY);
	assert_non_null(all);
	mem_put(p, 1);
	mem_put(all, DS_MEM_TOTAL - PAGE_SIZE);
}

static void
test_what_vm_refuses_is_not_counted(void **state)
{
	uint8_t *all;
	unsigned i;

	(void)state;
	fake_pages_left = 1;
	for (i = 0; i < 2 * MOST; i++)
		assert_status(fill(ALICE, "m", MEM, 'a', DS_MAX_MEMLEN),
		    -ENOMEM);
	assert_null(entry_find("m", MEM));
	fake_pages_left = 10000;
	all = mem_get(DS_MEM_TOTAL, PAGES_FILLED);
	assert_non_null(all);
	mem_put(all, DS_MEM_TOTAL);
}

static void
test_a_failed_overwrite_keeps_the_old_value(void **state)
{
	uint32_t len;

	(void)state;
	assert_status(fill(ALICE, "m", MEM, 'a', 21), OK);
	fake_copy_status = -EFAULT;
	assert_status(fill(ALICE, "m", MEM | OW, 'b', 21), -EFAULT);
	assert_status(fill(ALICE, "m", MEM | OW, 'b', 5000), -EFAULT);
	fake_copy_status = -EPERM;
	assert_status(fill(ALICE, "n", MEM, 'b', 21), -EPERM);
	fake_copy_status = OK;
	fake_pages_left = 1;
	assert_status(fill(ALICE, "m", MEM | OW, 'b', 5000), -ENOMEM);
	fake_pages_left = 0;
	assert_status(fill(ALICE, "m", MEM | OW, 'b', 1), -ENOMEM);
	assert_status(fill(ALICE, "m", MEM | OW, 'b', ~0u), -E2BIG);
	assert_int_equal(look("m", MEM, 0, &len), 'a');
	assert_int_equal(len, 21);
	assert_null(entry_find("n", MEM));
	assert_int_equal(fake_pages, 1);
}

static void
test_what_is_refused_takes_no_memory(void **state)
{
	uint32_t len;

	(void)state;
	assert_status(fill(ALICE, "m", MEM | DSF_PRIV_OVERWRITE, 'a', 21), OK);
	fake_copy_status = -EFAULT; /* nobody comes that far */
	assert_status(fill(ALICE, "m", MEM, 'b', 5000), -EEXIST);
	assert_status(fill(ALICE, "m", MEM, 'b', 0), -EEXIST);
	assert_status(fill(BOB, "m", MEM | OW, 'b', 5000), -EPERM);
	assert_status(fill(BOB, "m", MEM | OW, 'b', ~0u), -EPERM);
	assert_status(fill(NOBODY, "n", MEM, 'b', 5000), -EPERM);
	fake_copy_status = OK;
	put_many(ALICE, "k", NR_DS_KEYS - 1);
	assert_status(fill(BOB, "n", MEM, 'b', 5000), -ENOMEM);
	assert_status(fill(BOB, "n", MEM, 'b', 0), -EINVAL);
	assert_int_equal(fake_pages, 1);
	assert_int_equal(look("m", MEM, 0, &len), 'a');
	assert_int_equal(len, 21);
}

static void
test_what_cannot_be_given_stays(void **state)
{
	union ds_value value;
	uint32_t len;

	(void)state;
	assert_status(fill(ALICE, "m", MEM | DSF_PRIV_RETRIEVE, 'a', 21), OK);
	assert_status(get_memory(BOB, "m", MEM, 100, 0, &value), -EPERM);
	assert_status(get_memory(NOBODY, "m", MEM, 100, 0, &value), -EPERM);
	assert_status(get_memory(ALICE, "m", MEM, 100, 0, &value), OK);
	assert_status(fill(ALICE, "m", MEM | OW, 'b', 21), OK);
	fake_copy_status = -EPERM;
	assert_status(get_memory(BOB, "m", MEM, 100, 0, &value), -EPERM);
	fake_copy_status = -EFAULT;
	assert_status(get_memory(BOB, "m", MEM, 100, 0, &value), -EFAULT);
	fake_copy_status = OK;
	assert_int_equal(look("m", MEM, 0, &len), 'b');
}

static void
test_a_service_takes_its_memory_with_it(void **state)
{
	uint32_t len;

	(void)state;
	assert_status(fill(ALICE, "m", MEM, 'a', 5000), OK);
	assert_status(fill(ALICE, "n", MEM, 'a', 1), OK);
	assert_status(fill(BOB, "o", MEM, 'b', 1), OK);
	assert_status(del(RS_PROC_NR, "alice", LABEL), OK);
	assert_int_equal(fake_pages, 1);
	assert_int_equal(look("o", MEM, 0, &len), 'b');
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, store_begin, store_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_range_is_copied),
		TEST(test_rooms_are_respected),
		TEST(test_a_range_is_overwritten),
		TEST(test_lengths_are_bounded),
		TEST(test_all_ranges_together_are_bounded),
		TEST(test_memory_is_counted_in_pages),
		TEST(test_what_vm_refuses_is_not_counted),
		TEST(test_a_failed_overwrite_keeps_the_old_value),
		TEST(test_what_is_refused_takes_no_memory),
		TEST(test_what_cannot_be_given_stays),
		TEST(test_a_service_takes_its_memory_with_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
