/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The server dies at every moment at which it may have written something: the
 * next one finds what was synchronised last, or what was being synchronised,
 * as a whole, and e2fsck finds nothing. Proves: C3, F2 and F3 of the findings:
 * counts of what is free are right after a crash, and impossible ones are
 * counted again. CRASH_SEEDS says how many random runs there are.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>

#include "fs/ext2/group.h"
#include "fs/ext2/layout.h"
#include "fs/ext2/ops.h"
#include "fs/ext2/test/fake.h"

#define ROOT     2
#define NR_FILES 6
#define SIZE_TOP 60000u
#define STEPS    40

/** What there is, as far as the test knows. */
struct state {
	struct {
		bool there;
		uint32_t size;
		uint8_t fill;
	} file[NR_FILES];
};

static struct state now, synced, syncing;
static uint8_t data[SIZE_TOP], back[SIZE_TOP + 1];

static struct ext2_super *
super_of(void)
{
	return (struct ext2_super *)(void *)(fake_image + SUPER_POSITION);
}

static struct ext2_group *
group_of(void)
{
	return (struct ext2_group *)(void *)(fake_image + 2048);
}

static const char *
name_of(uint32_t i)
{
	static const char *const name[NR_FILES] = { "a", "bb",
		"a name of some length, so that entries differ", "d", "e",
		"another long name that needs its room in a directory" };

	return name[i];
}

/* Hold a file; it may have to be made. */
static uint32_t
file_ino(uint32_t i)
{
	uint32_t ino = fake_lookup(ROOT, name_of(i));

	if (ino == 0 && fake_create(ROOT, name_of(i), 0100644, &ino) != OK)
		return 0;
	return ino;
}

static void
step_write(uint32_t i)
{
	uint32_t n = fake_random(SIZE_TOP - 1) + 1, moved = 0;
	uint8_t fill = (uint8_t)(fake_random(255) + 1);
	struct fs_node node;
	uint32_t ino = file_ino(i);

	if (ino == 0 || ext2_lookup(ROOT, name_of(i), &node) != OK)
		return;
	now.file[i].there = true;
	memset(data, fill, n);
	if (ext2_truncate(ino, 0) == OK &&
	    fake_write(ino, 0, data, n, &moved) == OK && moved == n) {
		now.file[i].size = n;
		now.file[i].fill = fill;
	}
	(void)ext2_putnode(ino, 1);
}

static void
step_names(uint32_t i)
{
	uint32_t k = fake_random(NR_FILES);

	if (fake_random(2) == 0) {
		if (ext2_unlink(ROOT, name_of(i), false) == OK)
			now.file[i].there = false;
	} else if (ext2_rename(ROOT, name_of(i), ROOT, name_of(k)) == OK) {
		if (i != k) {
			now.file[k] = now.file[i];
			now.file[i].there = false;
		}
	}
}

/* Returns false when the server has died. */
static bool
step(void)
{
	uint32_t i = fake_random(NR_FILES);

	switch (fake_random(6)) {
	case 0:
		syncing = now;
		if (ext2_sync() != OK || fake_dead())
			return false;
		synced = now;
		break;
	case 1:
	case 2:
		step_names(i);
		break;
	default:
		step_write(i);
		break;
	}
	return !fake_dead();
}

static bool
is_state(const struct state *s)
{
	struct fs_node node;
	uint32_t i, n;

	for (i = 0; i < NR_FILES; i++) {
		if (ext2_lookup(ROOT, name_of(i), &node) != OK) {
			if (s->file[i].there)
				return false;
			continue;
		}
		n = 0;
		(void)fake_read(node.ino, 0, back, sizeof back, &n);
		(void)ext2_putnode(node.ino, 1);
		memset(data, s->file[i].fill, sizeof data);
		if (!s->file[i].there || n != s->file[i].size ||
		    memcmp(back, data, n) != 0)
			return false;
	}
	return true;
}

static void
begin(uint32_t kib, const char *options)
{
	fake_make(kib, options);
	(void)fake_mount(false);
	memset(&now, 0, sizeof now);
	synced = syncing = now;
}

/* The next server mounts what the first has left, sees one of two states, and
 * e2fsck agrees with it. */
static void
check_next(void)
{
	fake_revive();
	(void)fake_mount(false);
	fake_check("after the death of the server");
	assert_true(is_state(&synced) || is_state(&syncing));
	fake_unmount();
	fake_check("after an unmount");
	(void)fake_mount(true);
	assert_true(ext2_was_clean()); /* nothing is to be checked */
	fake_unmount();
}

static void
test_a_sync_is_whole(void **state)
{
	const char *seeds = getenv("CRASH_SEEDS");
	uint32_t seed,
	    n = seeds != NULL ? (uint32_t)strtoul(seeds, NULL, 10) : 60, i;

	(void)state;
	for (seed = 1; seed <= n; seed++) {
		fake_seed(seed);
		begin(2048, seed % 3 == 0 ? "-b 4096" : "-b 1024");
		for (i = 0; i < 10; i++)
			(void)step();
		syncing = now;
		assert_int_equal(ext2_sync(), OK);
		synced = now;
		fake_die(fake_random(200));
		for (i = 0; i < STEPS && step(); i++)
			continue;
		fake_die(0);
		assert_false((super_of()->state & SUPER_VALID) != 0);
		check_next();
	}
}

/* Write a file anew, in the blocks that it has. */
static void
overwrite(uint32_t i, uint8_t fill)
{
	const uint32_t n = now.file[i].size;
	uint32_t ino = file_ino(i), moved = 0;
	struct fs_node node;

	assert_int_equal(ext2_lookup(ROOT, name_of(i), &node), OK);
	memset(data, fill, n);
	assert_int_equal(fake_write(ino, 0, data, n, &moved), OK);
	assert_int_equal(moved, n);
	now.file[i].fill = fill;
	(void)ext2_putnode(ino, 1);
}

static void
replace(void)
{
	assert_int_equal(ext2_unlink(ROOT, name_of(0), false), OK);
	now.file[0].there = false;
	step_write(1);
}

/* The server dies in the sync that follows a change of what is synchronised. */
static void
change_and_die(bool gone, uint32_t after)
{
	fake_seed(3);
	begin(2048, "-b 1024");
	step_write(0);
	assert_int_equal(ext2_sync(), OK);
	synced = now;
	if (gone)
		replace();
	else
		overwrite(0, 99);
	syncing = now;
	fake_die(after);
	(void)ext2_sync();
	fake_die(0);
	check_next();
}

/* What a sync has put on the disk is no free place for the next: neither for
 * what is written before that counts, nor for its log, be it free in memory. */
static void
test_a_sync_spares_what_the_one_before_wrote(void **state)
{
	uint32_t after;

	(void)state;
	for (after = 1; after < 300; after += 3) {
		change_and_die(false, after);
		change_and_die(true, after);
	}
}

/* It knows from the sync before what is free on the disk. */
static void
test_a_sync_only_writes(void **state)
{
	unsigned reads;
	uint8_t fill;

	(void)state;
	fake_seed(3);
	begin(2048, "-b 1024");
	step_write(0);
	assert_int_equal(ext2_sync(), OK);
	for (fill = 1; fill < 5; fill++) {
		overwrite(0, fill);
		reads = fake_reads;
		assert_int_equal(ext2_sync(), OK);
		assert_int_equal(fake_reads, reads);
	}
	fake_unmount();
}

/* A server may die while it carries a log out, too. */
static void
test_a_log_can_be_carried_out_again(void **state)
{
	uint32_t after, left;

	(void)state;
	for (after = 1; after < 60; after++) {
		fake_seed(7);
		begin(2048, "-b 1024");
		step_write(0);
		step_write(1);
		syncing = now;
		fake_die(after);
		(void)ext2_sync();
		for (left = 1; left < 60; left += 7) {
			fake_revive();
			fake_die(left);
			fake_mount_maybe();
		}
		fake_die(0);
		check_next();
	}
}

/* More than the cache can hold, in one request: what is in the middle of it
 * on the disk fits together, too. */
static void
test_a_full_cache_is_no_crash(void **state)
{
	static uint8_t large[3 << 20];
	uint32_t after, ino, moved;

	(void)state;
	for (after = 100; after < 6000; after += 700) {
		begin(16384, "-b 1024");
		assert_int_equal(fake_create(ROOT, "x", 0100644, &ino), OK);
		assert_int_equal(fake_create(ROOT, "y", 0100644, &ino), OK);
		ino = fake_lookup(ROOT, "x");
		{
			struct fs_node node;

			assert_int_equal(ext2_lookup(ROOT, "x", &node), OK);
		}
		fake_die(after);
		(void)fake_write(ino, 0, large, sizeof large, &moved);
		fake_die(0);
		fake_revive();
		(void)fake_mount(false);
		fake_check("after a death in the middle of a large write");
		fake_unmount();
		fake_check("and an unmount");
	}
}

/* Counts that cannot be, in the superblock or a group, of blocks or inodes. */
static void
test_impossible_counts_are_counted(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < 5; i++) {
		fake_make(4096, "-b 1024");
		switch (i) {
		case 0:
			super_of()->free_blocks_count = 0xfffffff0;
			break;
		case 1:
			super_of()->free_inodes_count = 0xfffffff0;
			break;
		case 2:
			group_of()->free_blocks_count = 0xfff0;
			break;
		case 3:
			group_of()->free_inodes_count = 0xfff0;
			break;
		default:
			super_of()->free_blocks_count -= 3;
			break;
		}
		(void)fake_mount(false);
		fake_unmount();
		fake_check("after counting");
	}
}

static int
setup(void **state)
{
	(void)state;
	fake_die(0);
	fake_revive();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_a_sync_is_whole, setup),
		cmocka_unit_test_setup(
		    test_a_sync_spares_what_the_one_before_wrote, setup),
		cmocka_unit_test_setup(test_a_sync_only_writes, setup),
		cmocka_unit_test_setup(test_a_log_can_be_carried_out_again,
		    setup),
		cmocka_unit_test_setup(test_a_full_cache_is_no_crash, setup),
		cmocka_unit_test_setup(test_impossible_counts_are_counted,
		    setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
