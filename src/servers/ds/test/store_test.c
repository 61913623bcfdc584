/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The store and its subscriptions. Proves: A3 (u32, strings, labels),
 * A7, B9. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <proto/rs.h>

#include "servers/ds/test/fake.h"
#include "test/unit/status.h"

static void
test_key_and_type_find_an_entry(void **state)
{
	uint32_t value;

	(void)state;
	assert_status(put(ALICE, "k", U32, 7), OK);
	assert_status(get(NOBODY, "k", U32, &value), OK);
	assert_int_equal(value, 7);
	assert_status(get(ALICE, "k", DSF_TYPE_STR, &value), -ESRCH);
	assert_status(get(ALICE, "kk", U32, &value), -ESRCH);
	assert_status(put(ALICE, "k", U32, 8), -EEXIST);
	assert_status(put(ALICE, "k", U32 | OW, 8), OK);
	assert_status(get(BOB, "k", U32, &value), OK);
	assert_int_equal(value, 8);
}

static void
test_type_is_exactly_one(void **state)
{
	uint32_t value;

	(void)state;
	assert_status(put(ALICE, "k", 0, 1), -EINVAL);
	assert_status(put(ALICE, "k", U32 | DSF_TYPE_STR, 1), -EINVAL);
	assert_status(put(ALICE, "k", MAP | OW, 1), -EINVAL);
	assert_status(get(ALICE, "k", 0, &value), -EINVAL);
	assert_status(del(ALICE, "k", 0x200), -EINVAL);
}

static void
test_restrictions_bind_all_but_the_owner(void **state)
{
	uint32_t value;

	(void)state;
	assert_status(
	    put(ALICE, "k", U32 | DSF_PRIV_RETRIEVE | DSF_PRIV_OVERWRITE, 7),
	    OK);
	assert_status(get(BOB, "k", U32, &value), -EPERM);
	assert_status(get(NOBODY, "k", U32, &value), -EPERM);
	assert_status(put(BOB, "k", U32 | OW, 8), -EPERM);
	assert_status(get(ALICE, "k", U32, &value), OK);
	assert_int_equal(value, 7);
	assert_status(del(BOB, "k", U32), -EPERM);
	assert_status(del(ALICE, "k", U32), OK);
	assert_status(del(ALICE, "k", U32), -ESRCH);
}

static void
test_unrestricted_entry_can_be_taken_over(void **state)
{
	(void)state;
	assert_status(put(ALICE, "k", U32, 7), OK);
	assert_status(put(BOB, "k", U32 | OW, 8), OK);
	assert_status(del(ALICE, "k", U32), -EPERM);
	assert_status(del(BOB, "k", U32), OK);
}

static void
test_store_has_room_for_64_and_for_labels(void **state)
{
	char key[16];
	int i;

	(void)state;
	for (i = 0; i < NR_DS_KEYS; i++) {
		snprintf(key, sizeof key, "k%d", i);
		assert_status(put(ALICE, key, U32, 1), OK);
	}
	assert_status(put(ALICE, "more", U32, 1), -ENOMEM);
	assert_status(put(ALICE, "k3", U32 | OW, 2), OK);
	assert_status(put(RS_PROC_NR, "carol", LABEL, 30), OK);
	assert_status(del(ALICE, "k9", U32), OK);
	assert_status(put(ALICE, "more", U32, 1), OK);
}

static void
test_only_rs_publishes_labels_one_to_one(void **state)
{
	(void)state;
	assert_status(put(ALICE, "bob", LABEL | OW, ALICE), -EPERM);
	assert_status(put(NOBODY, "k", U32, 1), -EPERM);
	assert_status(put(RS_PROC_NR, "carol", LABEL, BOB), -EEXIST);
	assert_status(put(RS_PROC_NR, "carol", LABEL, (uint32_t)NONE), -EINVAL);
	assert_status(put(RS_PROC_NR, "alice", LABEL | OW, 40), OK);
	assert_string_equal(label_of(40), "alice");
	assert_null(label_of(ALICE));
}

/* Names one service in the table that RS shows. */
static void
publish_row(struct rprocpub *row, const char *label, endpoint_t ep)
{
	row->in_use = true;
	row->endpoint = ep;
	strlcpy(row->label, label, sizeof row->label);
}

static void
test_labels_of_the_boot_are_managed_by_rs(void **state)
{
	struct rprocpub *table = (struct rprocpub *)(void *)fake_memory;

	(void)state;
	_Static_assert(NR_SYS_PROCS * sizeof *table <= FAKE_ROOM, "room");
	memset(fake_memory, 0, sizeof fake_memory);
	publish_row(&table[0], "tty", 40);
	publish_row(&table[1], "log", 41);
	publish_row(&table[2], "thief", 41);
	assert_status(label_load(0), OK);
	assert_string_equal(label_of(40), "tty");
	assert_string_equal(label_of(41), "log");
	assert_int_equal(label_endpoint("thief"), NONE);
	assert_status(put(40, "k", U32, 1), OK);
	assert_status(del(RS_PROC_NR, "tty", LABEL), OK);
	assert_null(label_of(40));
	assert_null(entry_find("k", U32));
}

static void
test_labels_are_one_to_one_both_ways(void **state)
{
	(void)state;
	assert_status(put(RS_PROC_NR, "bob", LABEL, 30), -EEXIST);
	assert_status(put(RS_PROC_NR, "bob", LABEL | OW, ALICE), -EEXIST);
	assert_status(put(RS_PROC_NR, "carol", LABEL | OW, ALICE), -EEXIST);
	assert_string_equal(label_of(ALICE), "alice");
	assert_int_equal(label_endpoint("bob"), BOB);
}

static void
test_ownership_survives_a_restart(void **state)
{
	(void)state;
	assert_status(put(ALICE, "k", U32 | DSF_PRIV_OVERWRITE, 1), OK);
	assert_status(put(RS_PROC_NR, "alice", LABEL | OW, 40), OK);
	assert_status(put(ALICE, "k", U32 | OW, 2), -EPERM);
	assert_status(put(40, "k", U32 | OW, 2), OK);
}

static void
test_a_label_takes_everything_with_it(void **state)
{
	uint32_t value;

	(void)state;
	assert_status(put(ALICE, "k", U32, 1), OK);
	assert_status(subscribe(BOB, ".*", U32), OK);
	assert_status(subscribe(ALICE, ".*", 0), OK);
	assert_status(del(ALICE, "alice", LABEL), -EPERM);
	assert_status(del(RS_PROC_NR, "alice", LABEL), OK);
	assert_status(get(BOB, "k", U32, &value), -ESRCH);
	assert_int_equal(fake_notified[BOB], 1);
	assert_status(put(RS_PROC_NR, "alice", LABEL, 40), OK);
	assert_status(check(40, NULL), -ESRCH);
}

static void
test_changes_are_reported_once(void **state)
{
	(void)state;
	assert_status(check(ALICE, NULL), -ESRCH);
	assert_status(subscribe(ALICE, "a.*", U32), OK);
	assert_status(check(ALICE, NULL), -ENOENT);
	assert_status(put(BOB, "ab", U32, 1), OK);
	assert_status(put(BOB, "ab", U32 | OW, 2), OK);
	assert_status(put(BOB, "ba", U32, 1), OK);
	assert_status(put(BOB, "ac", U32, 1), OK);
	assert_status(del(BOB, "ac", U32), OK);
	assert_int_equal(fake_notified[ALICE], 3);
	assert_status(check(ALICE, NULL), OK);
	assert_string_equal(fake_key, "ab");
	assert_status(check(ALICE, NULL), -ENOENT);
}

static void
test_deletions_come_first_with_their_keys(void **state)
{
	uint32_t type;

	(void)state;
	assert_status(put(BOB, "old", U32, 1), OK);
	assert_status(subscribe(ALICE, ".*", U32), OK);
	assert_status(put(BOB, "seen", U32, 1), OK);
	assert_status(check(ALICE, NULL), OK);
	assert_status(put(BOB, "new", U32, 1), OK);
	assert_status(del(BOB, "seen", U32), OK);
	assert_status(del(BOB, "old", U32), OK);
	assert_status(check(ALICE, &type), OK);
	assert_string_equal(fake_key, "seen");
	assert_int_equal(type, U32 | DSF_DELETED);
	assert_status(check(ALICE, &type), OK);
	assert_string_equal(fake_key, "old");
	assert_status(check(ALICE, &type), OK);
	assert_string_equal(fake_key, "new");
	assert_int_equal(type, U32);
	assert_status(check(ALICE, NULL), -ENOENT);
}

static void
test_a_key_that_comes_back_is_one_change(void **state)
{
	char first[DS_MAX_KEYLEN];
	uint32_t type;

	(void)state;
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(subscribe(ALICE, ".*", U32), OK);
	assert_status(del(BOB, "k", U32), OK);
	assert_status(put(BOB, "other", U32, 1), OK);
	assert_status(put(BOB, "k", U32, 2), OK);
	assert_status(check(ALICE, &type), OK);
	assert_int_equal(type, U32);
	/* In either order. */
	strlcpy(first, fake_key, sizeof first);
	assert_status(check(ALICE, &type), OK);
	assert_string_equal(fake_key, strcmp(first, "k") == 0 ? "other" : "k");
	assert_int_equal(type, U32);
	assert_status(check(ALICE, NULL), -ENOENT);
	/* It was known before it came back, and so it is when it goes again. */
	assert_status(del(BOB, "k", U32), OK);
	assert_status(put(BOB, "k", U32, 3), OK);
	assert_status(del(BOB, "k", U32), OK);
	assert_status(check(ALICE, &type), OK);
	assert_int_equal(type, U32 | DSF_DELETED);
	assert_status(check(ALICE, NULL), -ENOENT);
}

static void
test_deletions_fit_however_long_nobody_looks(void **state)
{
	char key[16];
	uint32_t type;
	int i, n = 0;

	(void)state;
	for (i = 0; i < NR_DS_KEYS; i++) {
		snprintf(key, sizeof key, "k%d", i);
		assert_status(put(BOB, key, U32, 1), OK);
	}
	assert_status(subscribe(ALICE, "[ko].*", 0), OK);
	for (i = 0; i < NR_DS_KEYS; i++) {
		snprintf(key, sizeof key, "k%d", i);
		assert_status(del(BOB, key, U32), OK);
	}
	for (i = 0; i < 1000; i++) {
		snprintf(key, sizeof key, "o%d", i);
		assert_status(put(BOB, key, U32, 1), OK);
		assert_status(del(BOB, key, U32), OK);
	}
	for (; check(ALICE, &type) == OK; n++) {
		snprintf(key, sizeof key, "k%d", n);
		assert_string_equal(fake_key, key);
		assert_int_equal(type, U32 | DSF_DELETED);
	}
	assert_int_equal(n, NR_DS_KEYS);
}

static void
test_an_entry_taken_from_sight_is_gone(void **state)
{
	uint32_t type;

	(void)state;
	assert_status(subscribe(ALICE, "k", 0), OK);
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(check(ALICE, NULL), OK);
	assert_status(put(BOB, "k", U32 | OW | DSF_PRIV_SUBSCRIBE, 1), OK);
	assert_status(check(ALICE, &type), OK);
	assert_int_equal(type, U32 | DSF_DELETED);
	assert_status(del(BOB, "k", U32), OK);
	assert_status(check(ALICE, NULL), -ENOENT);
}

static void
test_failed_check_keeps_the_change(void **state)
{
	(void)state;
	assert_status(subscribe(ALICE, ".*", U32), OK);
	assert_status(put(BOB, "k", U32, 1), OK);
	fake_key_status = -EPERM;
	assert_status(check(ALICE, NULL), -EPERM);
	fake_key_status = OK;
	assert_status(check(ALICE, NULL), OK);
	assert_status(del(BOB, "k", U32), OK);
	fake_key_status = -EPERM;
	assert_status(check(ALICE, NULL), -EPERM);
	fake_key_status = OK;
	assert_status(check(ALICE, NULL), OK);
}

static void
test_initial_reports_what_is_there(void **state)
{
	(void)state;
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(subscribe(ALICE, "x", U32 | DSF_INITIAL), OK);
	assert_int_equal(fake_notified[ALICE], 0);
	assert_status(subscribe(ALICE, "k", U32 | DSF_INITIAL), -EEXIST);
	assert_status(subscribe(ALICE, "k", U32 | OW | DSF_INITIAL), OK);
	assert_int_equal(fake_notified[ALICE], 1);
	assert_status(check(ALICE, NULL), OK);
}

static void
test_failed_subscribe_keeps_the_old(void **state)
{
	(void)state;
	assert_status(subscribe(NOBODY, "k", 0), -ESRCH);
	assert_status(subscribe(ALICE, "k", 0), OK);
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(subscribe(ALICE, "(", OW), -EINVAL);
	assert_status(subscribe(BOB, ".*", 0), OK);
	assert_status(check(ALICE, NULL), OK);
}

static void
test_a_subscription_needs_memory(void **state)
{
	(void)state;
	fake_pages_left = 0;
	assert_status(subscribe(ALICE, "k", 0), -ENOMEM);
	assert_status(check(ALICE, NULL), -ESRCH);
	fake_pages_left = 100;
	assert_status(subscribe(ALICE, "k", 0), OK);
	fake_pages_left = 0;
	assert_status(subscribe(ALICE, "k", OW), OK);
}

static void
test_private_entries_are_told_to_the_owner(void **state)
{
	(void)state;
	assert_status(subscribe(ALICE, "k", 0), OK);
	assert_status(subscribe(BOB, "k", 0), OK);
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(put(BOB, "k", U32 | OW | DSF_PRIV_SUBSCRIBE, 1), OK);
	assert_status(check(ALICE, NULL), -ENOENT);
	assert_status(check(BOB, NULL), OK);
}

static void
test_bad_key_changes_nothing(void **state)
{
	uint32_t value;

	(void)state;
	assert_status(put(ALICE, "k", U32, 1), OK);
	fake_key_status = -EINVAL;
	assert_status(put(ALICE, "k", U32 | OW, 2), -EINVAL);
	assert_status(del(ALICE, "k", U32), -EINVAL);
	fake_key_status = OK;
	assert_status(get(ALICE, "k", U32, &value), OK);
	assert_int_equal(value, 1);
}

static void
test_string_must_end(void **state)
{
	struct ds_publish_req req = { .flags = DSF_TYPE_STR };
	struct no_payload rep;

	(void)state;
	strlcpy(fake_key, "s", sizeof fake_key);
	memset(req.value.str, 'x', sizeof req.value.str);
	assert_status(do_ds_publish(ALICE, &req, &rep), -EINVAL);
	req.value.str[DS_MAX_STRLEN - 1] = '\0';
	assert_status(do_ds_publish(ALICE, &req, &rep), OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, store_begin, store_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_key_and_type_find_an_entry),
		TEST(test_type_is_exactly_one),
		TEST(test_restrictions_bind_all_but_the_owner),
		TEST(test_unrestricted_entry_can_be_taken_over),
		TEST(test_store_has_room_for_64_and_for_labels),
		TEST(test_only_rs_publishes_labels_one_to_one),
		TEST(test_labels_of_the_boot_are_managed_by_rs),
		TEST(test_labels_are_one_to_one_both_ways),
		TEST(test_ownership_survives_a_restart),
		TEST(test_a_label_takes_everything_with_it),
		TEST(test_changes_are_reported_once),
		TEST(test_deletions_come_first_with_their_keys),
		TEST(test_a_key_that_comes_back_is_one_change),
		TEST(test_deletions_fit_however_long_nobody_looks),
		TEST(test_an_entry_taken_from_sight_is_gone),
		TEST(test_failed_check_keeps_the_change),
		TEST(test_initial_reports_what_is_there),
		TEST(test_failed_subscribe_keeps_the_old),
		TEST(test_a_subscription_needs_memory),
		TEST(test_private_entries_are_told_to_the_owner),
		TEST(test_bad_key_changes_nothing),
		TEST(test_string_must_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
