/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the block cache: what is read and written when.
 */
#include <abi/errno.h>

#include "fs/ext2/cache.h"
#include "fs/ext2/layout.h"
#include "fs/ext2/test/fake.h"

#define SIZE   1024u
#define BLOCKS 16384u
#define ROOM   (CACHE_BYTES / SIZE)

static int
setup(void **state)
{
	uint32_t i;

	(void)state;
	free(fake_image);
	fake_bytes = (size_t)BLOCKS * SIZE;
	fake_image = calloc(BLOCKS, SIZE);
	if (fake_image == NULL)
		return -1;
	for (i = 0; i < BLOCKS; i++)
		memcpy(fake_image + (size_t)i * SIZE, &i, sizeof i);
	fake_reads = fake_writes = 0;
	fake_bad = -1;
	cache_init(SIZE, NULL);
	return 0;
}

static struct buf *
get(uint32_t block, enum cache_how how)
{
	struct buf *b = NULL;

	assert_int_equal(cache_get(block, how, &b), OK);
	return b;
}

static uint32_t
number(uint32_t block)
{
	struct buf *b = get(block, CACHE_READ);
	uint32_t n;

	memcpy(&n, b->data, sizeof n);
	cache_put(b);
	return n;
}

static void
change(uint32_t block, uint32_t n)
{
	struct buf *b = get(block, CACHE_READ);

	memcpy(b->data, &n, sizeof n);
	cache_dirty(b);
	cache_put(b);
}

static uint32_t
on_disk(uint32_t block)
{
	uint32_t n;

	memcpy(&n, fake_image + (size_t)block * SIZE, sizeof n);
	return n;
}

static void
test_a_block_is_read_once(void **state)
{
	(void)state;
	assert_int_equal(number(0), 0);
	assert_int_equal(number(77), 77);
	assert_int_equal(number(77), 77);
	assert_int_equal(fake_reads, 2);
	assert_null(cache_peek(78));
}

static void
test_a_run_is_read_at_once(void **state)
{
	struct buf *b;
	uint32_t i;

	(void)state;
	assert_int_equal(number(110), 110);
	assert_int_equal(cache_get_run(100, 100, &b), OK);
	cache_put(b);
	assert_int_equal(fake_reads, 2);
	for (i = 100; i < 111; i++)
		assert_int_equal(number(i), i);
	assert_int_equal(fake_reads, 2); /* 110 ended the run */
	assert_int_equal(cache_get_run(1000, 100, &b), OK);
	cache_put(b);
	for (i = 1000; i < 1000 + CACHE_RUN; i++)
		assert_int_equal(number(i), i);
	assert_int_equal(fake_reads, 3);
}

/* How many blocks from one on lie side by side in memory. */
static uint32_t
span(uint32_t block, uint32_t n)
{
	struct buf *b = get(block, CACHE_READ);

	n = cache_span(b, n);
	assert_ptr_equal(b[n - 1].data, b->data + (size_t)(n - 1) * SIZE);
	cache_put_span(b, n);
	return n;
}

static void
run(uint32_t block)
{
	struct buf *b;

	assert_int_equal(cache_get_run(block, CACHE_RUN, &b), OK);
	cache_put(b);
}

static void
test_neighbours_lie_side_by_side(void **state)
{
	uint32_t i;

	(void)state;
	run(100);
	assert_int_equal(fake_pieces, 1);
	run(5000); /* takes the place behind it */
	run(100 + CACHE_RUN);
	assert_int_equal(span(100, 2 * CACHE_RUN), CACHE_RUN);
	assert_int_equal(span(100 + 3, 5), 5);
	run(5000 + CACHE_RUN);
	run(100 + 2 * CACHE_RUN);
	assert_int_equal(fake_pieces, 1);
	for (i = 0; i < 10; i++)
		cache_put(get(9000 + i, CACHE_FILL));
	assert_int_equal(span(9000, 20), 10); /* also when they are written */
}

static void
test_a_full_cache_makes_room_for_runs(void **state)
{
	struct buf *held;
	uint32_t i;

	(void)state;
	for (i = 0; i < ROOM; i++)
		(void)number(2 * i); /* no neighbours */
	held = get(2 * 40, CACHE_READ);
	change(2 * 100, 7);
	run(8000);
	assert_int_equal(span(8000, CACHE_RUN), CACHE_RUN);
	for (i = 0; i < ROOM / 2 - 2 * CACHE_RUN; i += CACHE_RUN)
		run(10000 + i);
	/* What was used lately is still there, and what is held or changed. */
	fake_reads = 0;
	for (i = ROOM - ROOM / 8; i < ROOM; i++)
		assert_int_equal(number(2 * i), 2 * i);
	assert_int_equal(number(8000), 8000);
	assert_int_equal(number(2 * 40), 2 * 40);
	assert_int_equal(number(2 * 100), 7);
	assert_int_equal(fake_reads, 0);
	cache_put(held);
}

static void
test_runs_do_without_room(void **state)
{
	static struct buf *held[ROOM];
	uint32_t i;

	(void)state;
	for (i = 0; i < ROOM; i++)
		held[i] = get(i, CACHE_READ);
	for (i = 0; i < ROOM; i += ROOM / CACHE_RUN)
		cache_put(held[i]);
	run(8000);
	assert_int_equal(fake_pieces, CACHE_RUN);
	for (i = 0; i < CACHE_RUN; i++)
		assert_int_equal(number(8000 + i), 8000 + i);
	for (i = 0; i < ROOM; i++)
		if (i % (ROOM / CACHE_RUN) != 0)
			cache_put(held[i]);
}

static void
test_changes_wait_and_go_together(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 10; i > 0; i--)
		change(i, 1000 + i);
	change(500, 5);
	assert_int_equal(on_disk(5), 5);
	assert_int_equal(cache_commit(NULL, NULL), OK);
	assert_int_equal(fake_writes, 2);
	for (i = 1; i <= 10; i++)
		assert_int_equal(on_disk(i), 1000 + i);
	assert_int_equal(cache_commit(NULL, NULL), OK);
	assert_int_equal(fake_writes, 2);
}

static void
test_the_block_unused_for_longest_goes(void **state)
{
	uint32_t i;

	(void)state;
	for (i = 0; i < ROOM; i++)
		change(i, 7);
	assert_int_equal(fake_writes, 0);
	(void)number(0);
	assert_int_equal(number(ROOM), ROOM);
	assert_int_equal(on_disk(1), 7);
	fake_reads = 0;
	assert_int_equal(number(0), 7);
	assert_int_equal(fake_reads, 0);
	assert_int_equal(number(1), 7);
	assert_int_equal(fake_reads, 1);
}

static void
test_held_blocks_stay(void **state)
{
	static struct buf *held[ROOM];
	struct buf *b;
	uint32_t i;

	(void)state;
	for (i = 0; i < ROOM; i++)
		held[i] = get(i, CACHE_READ);
	assert_int_equal(cache_get(ROOM, CACHE_READ, &b), -EIO);
	cache_put(held[9]);
	assert_int_equal(number(ROOM), ROOM);
	for (i = 0; i < ROOM; i++)
		if (i != 9)
			cache_put(held[i]);
}

static void
test_freed_blocks_are_not_written(void **state)
{
	struct buf *b;

	(void)state;
	change(20, 1);
	cache_forget(20);
	cache_forget(21);
	assert_int_equal(cache_commit(NULL, NULL), OK);
	assert_int_equal(fake_writes, 0);
	fake_reads = 0;
	b = get(20, CACHE_ZERO);
	assert_int_equal(b->data[0], 0);
	cache_put(b);
	assert_int_equal(fake_reads, 0);
}

static void
test_a_bad_sector_costs_one_block(void **state)
{
	struct buf *b;
	uint32_t i;

	(void)state;
	fake_bad = 30 * (int64_t)SIZE;
	assert_int_equal(cache_get(30, CACHE_READ, &b), -EIO);
	assert_int_equal(cache_get_run(25, 10, &b), OK); /* as much as goes */
	cache_put(b);
	fake_bad = -1;
	for (i = 25; i < 35; i++)
		change(i, 1);
	fake_bad = 30 * (int64_t)SIZE;
	assert_int_equal(cache_commit(NULL, NULL), -EIO);
	for (i = 25; i < 35; i++)
		assert_int_equal(on_disk(i), i == 30 ? 30 : 1);
	/* It stays changed, and does not stand in the way of others. */
	for (i = 1000; i < 1000 + 2 * ROOM; i++)
		change(i, 2);
	assert_int_equal(number(30), 1);
	fake_bad = -1;
	assert_int_equal(cache_commit(NULL, NULL), OK);
	assert_int_equal(on_disk(30), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_a_block_is_read_once, setup),
		cmocka_unit_test_setup(test_a_run_is_read_at_once, setup),
		cmocka_unit_test_setup(test_neighbours_lie_side_by_side, setup),
		cmocka_unit_test_setup(test_a_full_cache_makes_room_for_runs,
		    setup),
		cmocka_unit_test_setup(test_runs_do_without_room, setup),
		cmocka_unit_test_setup(test_changes_wait_and_go_together,
		    setup),
		cmocka_unit_test_setup(test_the_block_unused_for_longest_goes,
		    setup),
		cmocka_unit_test_setup(test_held_blocks_stay, setup),
		cmocka_unit_test_setup(test_freed_blocks_are_not_written,
		    setup),
		cmocka_unit_test_setup(test_a_bad_sector_costs_one_block,
		    setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
