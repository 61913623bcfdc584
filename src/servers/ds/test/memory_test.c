/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Values that are memory. Proves: A3 (memory ranges, mapped ranges). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <abi/grant.h>

#include "servers/ds/test/fake.h"
#include "test/unit/status.h"

#define ANYTHING FAKE_ROOM /* room for whatever comes */

static int
snapshot(endpoint_t who, const char *key, int32_t *nr)
{
	struct ds_snapshot_req req = { .flags = MAP };
	struct ds_snapshot_rep rep = { .snapshot = -1 };
	int r;

	strlcpy(fake_key, key, sizeof fake_key);
	r = do_ds_snapshot(who, &req, &rep);
	*nr = rep.snapshot;
	return r;
}

/* Publish bytes that are all the same. */
static int
fill(endpoint_t who, const char *key, unsigned flags, int byte, uint32_t len)
{
	memset(fake_memory, byte, sizeof fake_memory);
	return put_memory(who, key, flags, len);
}

/* First byte and length of an entry, or an error. */
static int
look(const char *key, unsigned flags, int32_t nr, uint32_t *len)
{
	union ds_value value;
	int r;

	memset(fake_memory, 0, sizeof fake_memory);
	r = get_memory(NOBODY, key, flags, ANYTHING, nr, &value);
	*len = value.mem.len;
	return r == OK ? fake_memory[0] : r;
}

static void
test_a_range_is_copied(void **state)
{
	union ds_value value;
	uint32_t len;

	(void)state;
	assert_status(fill(ALICE, "m", MEM, 'a', 21), OK);
	assert_int_equal(look("m", MEM, 0, &len), 'a');
	assert_int_equal(len, 21);
	memset(fake_memory, 0, sizeof fake_memory);
	assert_status(get_memory(BOB, "m", MEM, 8, 0, &value), OK);
	assert_int_equal(value.mem.len, 8);
	assert_int_equal(fake_memory[7], 'a');
	assert_int_equal(fake_memory[8], 0);
	assert_status(fill(BOB, "m", MEM | OW, 'b', 5000), OK);
	assert_int_equal(look("m", MEM, 0, &len), 'b');
	assert_int_equal(len, 5000);
	assert_int_equal(fake_pages, 2);
	assert_status(del(BOB, "m", MEM), OK);
	assert_int_equal(fake_pages, 0);
}

static void
test_lengths_are_bounded(void **state)
{
	(void)state;
	assert_status(fill(ALICE, "m", MEM, 'a', 0), -EINVAL);
	assert_status(fill(ALICE, "m", MEM, 'a', DS_MAX_MEMLEN + 1), -E2BIG);
	assert_status(fill(ALICE, "m", MEM, 'a', ~0u), -E2BIG);
	assert_status(fill(ALICE, "m", MEM, 'a', DS_MAX_MEMLEN), OK);
	assert_status(fill(ALICE, "m", MAP, 'a', 0), -EINVAL);
	assert_status(fill(ALICE, "m", MAP, 'a', PAGE_SIZE + 1), -EINVAL);
	assert_status(fill(ALICE, "m", MAP, 'a', DS_MAX_MEMLEN + PAGE_SIZE),
	    -E2BIG);
	assert_status(fill(ALICE, "m", MAP, 'a', DS_MAX_MEMLEN), OK);
}

static void
test_all_ranges_together_are_bounded(void **state)
{
	char key[16];
	uint32_t i, len;

	(void)state;
	for (i = 0; i < DS_MEM_TOTAL / DS_MAX_MEMLEN; i++) {
		snprintf(key, sizeof key, "m%u", (unsigned)i);
		assert_status(fill(ALICE, key, MEM, 'a', DS_MAX_MEMLEN), OK);
	}
	assert_status(fill(BOB, "b", MEM, 'b', 1), -ENOMEM);
	assert_status(fill(BOB, "b", MAP, 'b', PAGE_SIZE), -ENOMEM);
	assert_int_equal(look("m0", MEM, 0, &len), 'a');
	assert_status(del(ALICE, "m3", MEM), OK);
	assert_status(fill(BOB, "b", MEM, 'b', 1), OK);
	assert_status(fill(ALICE, "m3", MEM, 'a', DS_MAX_MEMLEN), -ENOMEM);
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
	fake_copy_status = OK;
	fake_pages_left = 1;
	assert_status(fill(ALICE, "m", MEM | OW, 'b', 5000), -ENOMEM);
	assert_status(fill(ALICE, "m", MEM | OW, 'b', ~0u), -E2BIG);
	assert_int_equal(look("m", MEM, 0, &len), 'a');
	assert_int_equal(len, 21);
	assert_int_equal(fake_pages, 1);
}

static void
test_a_full_store_takes_no_memory(void **state)
{
	char key[16];
	int i;

	(void)state;
	for (i = 0; i < NR_DS_KEYS; i++) {
		snprintf(key, sizeof key, "k%d", i);
		assert_status(put(ALICE, key, U32, 1), OK);
	}
	assert_status(fill(ALICE, "m", MEM, 'a', 1), -ENOMEM);
	assert_status(fill(ALICE, "m", MAP, 'a', PAGE_SIZE), -ENOMEM);
	assert_int_equal(fake_pages, 0);
	assert_int_equal(fake_windows, 0);
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
		memset(entry_find("p", MAP)->memory.at, 10 + i, PAGE_SIZE);
		assert_status(snapshot(BOB, "p", &nr), OK);
		assert_int_equal(nr, i);
	}
	memset(entry_find("p", MAP)->memory.at, 9, PAGE_SIZE);
	for (i = 0; i < NR_DS_SNAPSHOT + 2; i++)
		assert_status(look("p", MAP | DSMF_COPY_SNAPSHOT, i, &len),
		    i < 2 ? -EINVAL : 10 + i);
	assert_int_equal(len, 2 * PAGE_SIZE);
	assert_status(look("p", MAP | DSMF_COPY_SNAPSHOT, -1, &len), -EINVAL);
	assert_status(look("p", MAP | DSMF_COPY_SNAPSHOT, i, &len), -EINVAL);
	assert_int_equal(look("p", MAP | DSMF_COPY_MAPPED, 0, &len), 9);
	assert_status(look("p", MAP, 0, &len), -EINVAL);
	assert_int_equal(fake_pages, 2 * (1 + NR_DS_SNAPSHOT));
}

static void
test_a_failed_snapshot_loses_none(void **state)
{
	int32_t nr;
	uint32_t len;

	(void)state;
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), OK);
	assert_status(snapshot(BOB, "p", &nr), OK);
	fake_pages_left = 0;
	assert_status(snapshot(BOB, "p", &nr), -ENOMEM);
	assert_int_equal(look("p", MAP | DSMF_COPY_SNAPSHOT, 0, &len), 7);
	fake_pages_left = 1;
	assert_status(snapshot(BOB, "p", &nr), OK);
	assert_int_equal(nr, 1);
}

static void
test_snapshots_may_be_the_owners(void **state)
{
	int32_t nr;

	(void)state;
	assert_status(fill(ALICE, "p", MAP | DSF_PRIV_SNAPSHOT, 7, PAGE_SIZE),
	    OK);
	assert_status(snapshot(BOB, "p", &nr), -EPERM);
	assert_status(snapshot(NOBODY, "p", &nr), -EPERM);
	assert_status(snapshot(ALICE, "p", &nr), OK);
	assert_status(fill(ALICE, "o", MAP | DSF_PRIV_OVERWRITE, 7, PAGE_SIZE),
	    OK);
	assert_status(snapshot(BOB, "o", &nr), OK);
}

static void
test_a_client_gets_one_grant_to_read(void **state)
{
	const unsigned flags = MAP | DSMF_MAP_MAPPED | DSMF_COPY_MAPPED;
	union ds_value first, again;

	(void)state;
	assert_status(fill(ALICE, "p", MAP, 7, 2 * PAGE_SIZE), OK);
	assert_status(get_memory(BOB, "p", flags, 0, 0, &first), OK);
	assert_int_equal(first.mem.len, 2 * PAGE_SIZE);
	assert_int_equal(fake_grant_access, CPF_READ | CPF_MAP);
	assert_int_equal(fake_grant_to, BOB);
	assert_status(get_memory(BOB, "p", flags, 0, 0, &again), OK);
	assert_int_equal(again.mem.gid, first.mem.gid);
	assert_status(get_memory(ALICE, "p", flags, 0, 0, &again), OK);
	assert_int_not_equal(again.mem.gid, first.mem.gid);
	assert_status(get_memory(NOBODY, "p", flags, 0, 0, &again), -EPERM);
	assert_int_equal(fake_grants, 2);
	assert_status(del(ALICE, "p", MAP), OK);
	assert_int_equal(fake_grants, 0);
	assert_int_equal(fake_windows, 0);
}

static void
test_grants_go_with_their_clients(void **state)
{
	const unsigned flags = MAP | DSMF_MAP_MAPPED;
	union ds_value value;
	int i;

	(void)state;
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), OK);
	for (i = 0; i < 3 * NR_DS_READERS; i++) {
		assert_status(
		    put(RS_PROC_NR, "bob", LABEL | OW, 30 + (uint32_t)i), OK);
		assert_status(get_memory(30 + i, "p", flags, 0, 0, &value), OK);
		assert_int_equal(fake_grants, 1);
	}
	assert_status(del(RS_PROC_NR, "bob", LABEL), OK);
	assert_int_equal(fake_grants, 0);
}

static void
test_a_grant_that_stays_is_taken_back_later(void **state)
{
	const unsigned flags = MAP | DSMF_MAP_MAPPED;
	union ds_value value;

	(void)state;
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), OK);
	assert_status(get_memory(BOB, "p", flags, 0, 0, &value), OK);
	fake_revoke_status = -ENOMEM;
	assert_status(del(ALICE, "p", MAP), OK);
	assert_int_equal(fake_grants, 1);
	assert_int_equal(fake_disabled, 1);
	fake_revoke_status = OK;
	map_sweep();
	assert_int_equal(fake_grants, 0);
}

static void
test_a_range_that_cannot_be_mapped(void **state)
{
	(void)state;
	fake_map_status = -ENOSYS;
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), -ENOTSUP);
	fake_map_status = -EPERM;
	assert_status(fill(ALICE, "p", MAP, 7, PAGE_SIZE), -EPERM);
	assert_int_equal(fake_pages, 0);
	assert_null(entry_find("p", MAP));
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
	while (check(BOB, NULL) == OK)
		;
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
		TEST(test_a_range_is_copied),
		TEST(test_lengths_are_bounded),
		TEST(test_all_ranges_together_are_bounded),
		TEST(test_a_failed_overwrite_keeps_the_old_value),
		TEST(test_a_full_store_takes_no_memory),
		TEST(test_snapshots_are_a_ring),
		TEST(test_a_failed_snapshot_loses_none),
		TEST(test_snapshots_may_be_the_owners),
		TEST(test_a_client_gets_one_grant_to_read),
		TEST(test_grants_go_with_their_clients),
		TEST(test_a_grant_that_stays_is_taken_back_later),
		TEST(test_a_range_that_cannot_be_mapped),
		TEST(test_a_service_takes_its_memory_with_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
