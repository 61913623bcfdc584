/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Values that are mapped ranges. Proves: A3 (mapped ranges). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <abi/grant.h>

#include "servers/ds/test/fake.h"
#include "test/unit/status.h"

#define LIVE (MAP | DSMF_MAP_MAPPED)
#define COPY (MAP | DSMF_COPY_MAPPED)
#define SNAP (MAP | DSMF_COPY_SNAPSHOT)

static int
snapshot_of(endpoint_t who, const char *key, uint32_t type, int32_t *nr)
{
	struct ds_snapshot_req req = { .flags = type };
	struct ds_snapshot_rep rep = { .snapshot = -1 };
	int r;

	strlcpy(fake_key, key, sizeof fake_key);
	r = do_ds_snapshot(who, &req, &rep);
	*nr = rep.snapshot;
	return r;
}

static int
snapshot(endpoint_t who, const char *key, int32_t *nr)
{
	return snapshot_of(who, key, MAP, nr);
}

/* A client asks for a live range. */
static int
live(endpoint_t who, const char *key, cp_grant_id_t *gid)
{
	union ds_value value;
	int r = get_memory(who, key, LIVE, 0, 0, &value);

	*gid = r == OK ? value.mem.gid : -1;
	return r;
}

/* The publisher stores into its range. */
static void
change(const char *key, int byte, uint32_t len)
{
	memset(entry_find(key, MAP)->memory.at, byte, len);
}

static void
test_a_range_is_pages(void **state)
{
	uint32_t len;

	(void)state;
	assert_status(fill(ALICE, "p", MAP, 'a', 0), -EINVAL);
	assert_status(fill(ALICE, "p", MAP, 'a', 1), -EINVAL);
	assert_status(fill(ALICE, "p", MAP, 'a', PAGE_SIZE - 1), -EINVAL);
	assert_status(fill(ALICE, "p", MAP, 'a', PAGE_SIZE + 1), -EINVAL);
	assert_status(fill(ALICE, "p", MAP, 'a', DS_MAX_MEMLEN + 1), -EINVAL);
	assert_status(fill(ALICE, "p", MAP, 'a', DS_MAX_MEMLEN + PAGE_SIZE),
	    -E2BIG);
	assert_status(fill(ALICE, "p", MAP, 'a', 0u - PAGE_SIZE), -E2BIG);
	assert_int_equal(fake_pages, 0);
	assert_status(fill(ALICE, "p", MAP, 'a', DS_MAX_MEMLEN), OK);
	assert_int_equal(look("p", COPY, 0, &len), 'a');
	assert_int_equal(len, DS_MAX_MEMLEN);
	change("p", 'b', PAGE_SIZE);
	assert_int_equal(look("p", COPY, 0, &len), 'b');
}

static void
test_a_range_is_not_overwritten(void **state)
{
	uint32_t len;

	(void)state;
	assert_status(fill(ALICE, "p", MAP | OW, 'a', PAGE_SIZE), -EINVAL);
	assert_status(fill(ALICE, "p", MAP, 'a', PAGE_SIZE), OK);
	assert_status(fill(ALICE, "p", MAP, 'b', PAGE_SIZE), -EEXIST);
	assert_status(fill(ALICE, "p", MAP, 'b', 1), -EEXIST);
	assert_status(fill(ALICE, "p", MAP | OW, 'b', PAGE_SIZE), -EINVAL);
	assert_status(fill(NOBODY, "q", MAP, 'b', PAGE_SIZE), -EPERM);
	assert_int_equal(look("p", COPY, 0, &len), 'a');
	assert_int_equal(fake_pages, 1);
	assert_int_equal(fake_windows, 1);
}

static void
test_a_range_that_cannot_be_mapped(void **state)
{
	(void)state;
	fake_map_status = -ENOSYS;
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), -ENOTSUP);
	fake_map_status = -EPERM;
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), -EPERM);
	fake_map_status = OK;
	fake_pages_left = 1;
	assert_status(fill(ALICE, "p", MAP, 7, 2 * PAGE_SIZE), -ENOMEM);
	put_many(ALICE, "k", NR_DS_KEYS);
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), -ENOMEM);
	assert_int_equal(fake_pages, 0);
	assert_int_equal(fake_windows, 0);
	assert_null(entry_find("p", MAP));
}

static void
test_windows_and_snapshots_are_counted(void **state)
{
	const unsigned most = DS_MEM_TOTAL / DS_MAX_MEMLEN;
	int32_t nr;
	unsigned i;

	(void)state;
	for (i = 0; i < most - 2; i++)
		assert_status(
		    fill(ALICE, name_of("m", (int)i), MEM, 'a', DS_MAX_MEMLEN),
		    OK);
	assert_status(fill(ALICE, "p", MAP, 'p', DS_MAX_MEMLEN), OK);
	assert_status(snapshot(ALICE, "p", &nr), OK);
	assert_status(fill(BOB, "q", MAP, 'q', PAGE_SIZE), -ENOMEM);
	assert_status(snapshot(ALICE, "p", &nr), -ENOMEM);
	assert_status(del(ALICE, "p", MAP), OK);
	assert_status(fill(ALICE, "p", MAP, 'p', DS_MAX_MEMLEN), OK);
	assert_status(fill(BOB, "q", MAP, 'q', DS_MAX_MEMLEN), OK);
	assert_status(fill(BOB, "r", MEM, 'r', 1), -ENOMEM);
}

static void
test_what_is_wanted_of_a_range(void **state)
{
	union ds_value value;
	uint32_t len;
	int32_t nr;

	(void)state;
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), OK);
	assert_status(look("p", MAP, 0, &len), -EINVAL);
	assert_status(look("p", SNAP, 0, &len), -EINVAL);
	assert_status(look("p", SNAP, -1, &len), -EINVAL);
	assert_status(snapshot(BOB, "p", &nr), OK);
	change("p", 9, PAGE_SIZE);
	assert_status(look("p", MAP, 0, &len), -EINVAL);
	assert_int_equal(look("p", SNAP, 0, &len), 7);
	assert_int_equal(look("p", SNAP | DSMF_COPY_MAPPED, 0, &len), 9);
	assert_status(look("p", SNAP, -1, &len), -EINVAL);
	assert_status(look("p", SNAP, -NR_DS_SNAPSHOT, &len), -EINVAL);
	assert_status(look("p", SNAP, 1, &len), -EINVAL);
	assert_status(get_memory(BOB, "p", COPY, 100, 0, &value), OK);
	assert_int_equal(value.mem.len, 100);
	fake_copy_status = -EFAULT;
	assert_status(look("p", SNAP, 0, &len), -EFAULT);
	assert_status(look("p", COPY, 0, &len), -EFAULT);
}

static void
test_snapshots_are_a_ring(void **state)
{
	int32_t nr;
	uint32_t len;
	int i;

	(void)state;
	assert_status(snapshot(BOB, "p", &nr), -ESRCH);
	assert_status(fill(ALICE, "p", MAP, 0, 2 * PAGE_SIZE), OK);
	for (i = 0; i < NR_DS_SNAPSHOT + 2; i++) {
		change("p", 10 + i, PAGE_SIZE);
		assert_status(snapshot(BOB, "p", &nr), OK);
		assert_int_equal(nr, i);
	}
	change("p", 9, PAGE_SIZE);
	for (i = 0; i < NR_DS_SNAPSHOT + 2; i++)
		assert_status(look("p", SNAP, i, &len),
		    i < 2 ? -EINVAL : 10 + i);
	assert_int_equal(len, 2 * PAGE_SIZE);
	assert_status(look("p", SNAP, -1, &len), -EINVAL);
	assert_status(look("p", SNAP, i, &len), -EINVAL);
	assert_int_equal(look("p", COPY, 0, &len), 9);
	assert_int_equal(fake_pages, 2 * (1 + NR_DS_SNAPSHOT));
}

static void
test_each_range_numbers_its_own(void **state)
{
	int32_t nr;

	(void)state;
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), OK);
	assert_status(fill(BOB, "q", MAP, 8, PAGE_SIZE), OK);
	assert_status(snapshot(BOB, "p", &nr), OK);
	assert_status(snapshot(BOB, "q", &nr), OK);
	assert_int_equal(nr, 0);
	assert_status(snapshot(BOB, "p", &nr), OK);
	assert_int_equal(nr, 1);
	assert_status(del(ALICE, "p", MAP), OK);
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), OK);
	assert_status(snapshot(BOB, "p", &nr), OK);
	assert_int_equal(nr, 0);
}

static void
test_numbers_end(void **state)
{
	uint32_t len;
	int32_t nr;
	int i;

	(void)state;
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), OK);
	for (i = 0; i < NR_DS_SNAPSHOT; i++)
		assert_status(snapshot(BOB, "p", &nr), OK);
	entry_find("p", MAP)->memory.snapshots = INT32_MAX - 1;
	assert_status(snapshot(BOB, "p", &nr), OK);
	assert_int_equal(nr, INT32_MAX - 1);
	assert_status(snapshot(BOB, "p", &nr), -EOVERFLOW);
	assert_int_equal(look("p", SNAP, INT32_MAX - 1, &len), 7);
}

static void
test_a_failed_snapshot_loses_none(void **state)
{
	int32_t nr;
	uint32_t len;
	int i;

	(void)state;
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), OK);
	for (i = 0; i < NR_DS_SNAPSHOT; i++)
		assert_status(snapshot(BOB, "p", &nr), OK);
	fake_pages_left = 0;
	change("p", 8, PAGE_SIZE);
	assert_status(snapshot(BOB, "p", &nr), -ENOMEM);
	for (i = 0; i < NR_DS_SNAPSHOT; i++)
		assert_int_equal(look("p", SNAP, i, &len), 7);
	fake_pages_left = 1;
	assert_status(snapshot(BOB, "p", &nr), OK);
	assert_int_equal(nr, NR_DS_SNAPSHOT);
}

static void
test_snapshots_may_be_the_owners(void **state)
{
	const unsigned others = DSF_MASK_PRIV & ~DSF_PRIV_SNAPSHOT;
	int32_t nr;

	(void)state;
	assert_status(fill(ALICE, "p", MAP | DSF_PRIV_SNAPSHOT, 7, PAGE_SIZE),
	    OK);
	assert_status(snapshot(BOB, "p", &nr), -EPERM);
	assert_status(snapshot(NOBODY, "p", &nr), -EPERM);
	assert_status(snapshot(ALICE, "p", &nr), OK);
	assert_status(fill(ALICE, "o", MAP | others, 7, PAGE_SIZE), OK);
	assert_status(snapshot(BOB, "o", &nr), OK);
	assert_status(snapshot(NOBODY, "o", &nr), OK);
}

static void
test_snapshots_are_of_maps(void **state)
{
	static const uint32_t types[] = { 0, U32, STR, MEM, LABEL, 0x200,
		MAP | U32, MAP | MEM, MAP | STR, MAP | 0x800, MAP | LABEL,
		DSF_MASK_TYPE };
	int32_t nr;
	size_t i;

	(void)state;
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), OK);
	assert_status(fill(ALICE, "p", MEM, 7, PAGE_SIZE), OK);
	fake_key_status = -EFAULT;
	for (i = 0; i < sizeof types / sizeof types[0]; i++)
		assert_status(snapshot_of(BOB, "p", types[i], &nr), -EINVAL);
	assert_status(snapshot(BOB, "p", &nr), -EFAULT);
	fake_key_status = OK;
	assert_status(snapshot(NOBODY, "q", &nr), -ESRCH);
	assert_int_equal(fake_pages, 2);
}

static void
test_a_client_gets_one_grant_to_read(void **state)
{
	union ds_value first, again;

	(void)state;
	assert_status(fill(ALICE, "p", MAP, 7, 2 * PAGE_SIZE), OK);
	assert_status(
	    get_memory(BOB, "p", LIVE | DSMF_COPY_MAPPED, 0, 0, &first), OK);
	assert_int_equal(first.mem.len, 2 * PAGE_SIZE);
	assert_int_equal(fake_grant_access, CPF_READ | CPF_MAP);
	assert_int_equal(fake_grant_to, BOB);
	assert_status(get_memory(BOB, "p", LIVE, 0, 0, &again), OK);
	assert_int_equal(again.mem.gid, first.mem.gid);
	assert_status(get_memory(ALICE, "p", LIVE, 0, 0, &again), OK);
	assert_int_not_equal(again.mem.gid, first.mem.gid);
	assert_status(get_memory(NOBODY, "p", LIVE, 0, 0, &again), -EPERM);
	assert_int_equal(fake_grants, 2);
	assert_status(del(ALICE, "p", MAP), OK);
	assert_int_equal(fake_grants, 0);
	assert_int_equal(fake_windows, 0);
}

static void
test_there_are_64_grants(void **state)
{
	cp_grant_id_t gid[NR_DS_READERS], again;
	int i;

	(void)state;
	for (i = 0; i < NR_DS_READERS; i++) {
		assert_status(fill(ALICE, name_of("p", i), MAP, 7, PAGE_SIZE),
		    OK);
		assert_status(live(BOB, name_of("p", i), &gid[i]), OK);
	}
	assert_status(live(ALICE, "p0", &again), -ENOMEM);
	for (i = 0; i < NR_DS_READERS; i++) {
		assert_status(live(BOB, name_of("p", i), &again), OK);
		assert_int_equal(again, gid[i]);
	}
	assert_status(del(ALICE, "p63", MAP), OK);
	assert_int_equal(fake_grants, NR_DS_READERS - 1);
	assert_status(live(ALICE, "p0", &again), OK);
	assert_status(live(ALICE, "p1", &again), -ENOMEM);
	/* What was a client's before it was started again is looked for. */
	assert_status(put(RS_PROC_NR, "bob", LABEL | OW, 40), OK);
	assert_status(live(40, "p1", &again), OK);
	for (i = 2; i < NR_DS_READERS - 1; i++)
		assert_status(live(40, name_of("p", i), &again), OK);
	assert_status(live(ALICE, "p5", &again), OK);
	assert_status(del(RS_PROC_NR, "bob", LABEL), OK);
	assert_int_equal(fake_grants, 2);
	assert_status(del(RS_PROC_NR, "alice", LABEL), OK);
	assert_int_equal(fake_grants, 0);
}

/* The last of them, too. */
static void
test_all_grants_go_with_their_client(void **state)
{
	cp_grant_id_t gid;
	int i;

	(void)state;
	for (i = 0; i < NR_DS_READERS; i++) {
		assert_status(fill(ALICE, name_of("p", i), MAP, 7, PAGE_SIZE),
		    OK);
		assert_status(live(BOB, name_of("p", i), &gid), OK);
	}
	assert_status(del(RS_PROC_NR, "bob", LABEL), OK);
	assert_int_equal(fake_grants, 0);
	assert_int_equal(fake_windows, NR_DS_READERS);
}

/* At the latest when there is no place for another. */
static void
test_grants_go_with_their_clients(void **state)
{
	cp_grant_id_t gid;
	int i;

	(void)state;
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), OK);
	for (i = 0; i < 3 * NR_DS_READERS; i++) {
		assert_status(
		    put(RS_PROC_NR, "bob", LABEL | OW, 30 + (uint32_t)i), OK);
		assert_status(live(30 + i, "p", &gid), OK);
		assert_in_range(fake_grants, 1, NR_DS_READERS);
	}
	assert_status(del(RS_PROC_NR, "bob", LABEL), OK);
	assert_int_equal(fake_grants, 0);
}

static void
test_a_grant_that_cannot_be_made(void **state)
{
	cp_grant_id_t gid;

	(void)state;
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), OK);
	fake_grant_status = -ENOSPC;
	assert_status(live(BOB, "p", &gid), -ENOMEM);
	assert_status(live(BOB, "p", &gid), -ENOMEM);
	fake_grant_status = OK;
	assert_status(live(BOB, "p", &gid), OK);
	assert_int_equal(fake_grants, 1);
	assert_status(del(ALICE, "p", MAP), OK);
	assert_int_equal(fake_disabled, 0);
}

static void
test_a_grant_that_stays_is_taken_back_later(void **state)
{
	static const int errors[] = { -EPERM, -ENOMEM };
	cp_grant_id_t gid;
	int i;

	(void)state;
	assert_status(put(RS_PROC_NR, "pm", LABEL, PM_PROC_NR), OK);
	for (i = 0; i < 2; i++) {
		assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), OK);
		assert_status(live(BOB, "p", &gid), OK);
		assert_status(live(ALICE, "p", &gid), OK);
		fake_revoke_status = errors[i];
		assert_status(del(ALICE, "p", MAP), OK);
		assert_int_equal(fake_grants, 2);
		assert_int_equal(fake_disabled, 2);
		map_sweep();
		assert_int_equal(fake_grants, 2);
		fake_revoke_status = OK;
		map_sweep();
		assert_int_equal(fake_grants, 0);
	}
}

static void
test_a_service_takes_its_memory_with_it(void **state)
{
	int32_t nr;

	(void)state;
	assert_status(subscribe(BOB, ".*", 0), OK);
	assert_status(fill(ALICE, "m", MEM, 'a', 5000), OK);
	assert_status(fill(ALICE, "p", MAP, 'a', PAGE_SIZE), OK);
	assert_status(snapshot(ALICE, "p", &nr), OK);
	see_changes(BOB);
	fake_notified[BOB] = 0;
	assert_status(del(RS_PROC_NR, "alice", LABEL), OK);
	assert_int_equal(fake_notified[BOB], 3);
	assert_int_equal(fake_windows, 0);
	assert_status(check(BOB, NULL), OK);
	assert_true(*fake_key != '\0' && strchr("amp", *fake_key) != NULL);
	assert_status(del(RS_PROC_NR, "bob", LABEL), OK);
	assert_int_equal(fake_pages, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, store_begin, store_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_range_is_pages),
		TEST(test_a_range_is_not_overwritten),
		TEST(test_a_range_that_cannot_be_mapped),
		TEST(test_windows_and_snapshots_are_counted),
		TEST(test_what_is_wanted_of_a_range),
		TEST(test_snapshots_are_a_ring),
		TEST(test_each_range_numbers_its_own),
		TEST(test_numbers_end),
		TEST(test_a_failed_snapshot_loses_none),
		TEST(test_snapshots_may_be_the_owners),
		TEST(test_snapshots_are_of_maps),
		TEST(test_a_client_gets_one_grant_to_read),
		TEST(test_there_are_64_grants),
		TEST(test_all_grants_go_with_their_client),
		TEST(test_grants_go_with_their_clients),
		TEST(test_a_grant_that_cannot_be_made),
		TEST(test_a_grant_that_stays_is_taken_back_later),
		TEST(test_a_service_takes_its_memory_with_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
