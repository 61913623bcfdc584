/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Subscriptions and deletions. Proves: A3, A7, B9. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/ds/test/fake.h"
#include "test/unit/status.h"

/* The next report is this one. */
static void
assert_told(const char *key, uint32_t type)
{
	uint32_t told;

	assert_status(check(ALICE, &told), OK);
	assert_string_equal(fake_key, key);
	assert_int_equal(told, type);
	assert_int_equal(fake_owner, type & DSF_DELETED ? NONE : BOB);
}

static void
assert_gone(const char *key)
{
	assert_told(key, U32 | DSF_DELETED);
}

static void
assert_nothing(void)
{
	assert_status(check(ALICE, NULL), -ENOENT);
}

/* ALICE looks at all there is. */
static void
see_all(void)
{
	see_changes(ALICE);
	fake_notified[ALICE] = 0;
}

static void
test_deletions_come_first_with_their_keys(void **state)
{
	(void)state;
	assert_status(put(BOB, "old", U32, 1), OK);
	assert_status(subscribe(ALICE, ".*", U32), OK);
	assert_status(put(BOB, "seen", U32, 1), OK);
	assert_told("seen", U32);
	assert_status(put(BOB, "new", U32, 1), OK);
	fake_notified[ALICE] = 0;
	assert_status(del(BOB, "seen", U32), OK);
	assert_status(del(BOB, "old", U32), OK);
	assert_int_equal(fake_notified[ALICE], 2);
	assert_gone("seen");
	assert_gone("old");
	assert_told("new", U32);
	assert_nothing();
}

static void
test_what_came_and_went_unseen_is_not_told(void **state)
{
	(void)state;
	assert_status(subscribe(ALICE, ".*", U32), OK);
	assert_status(put(BOB, "k", U32, 1), OK);
	fake_notified[ALICE] = 0;
	assert_status(del(BOB, "k", U32), OK);
	assert_status(put(BOB, "x", STR, 0), OK);
	assert_status(del(BOB, "x", STR), OK);
	assert_int_equal(fake_notified[ALICE], 0);
	assert_nothing();
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(subscribe(ALICE, ".*", U32 | OW | DSF_INITIAL), OK);
	assert_status(del(BOB, "k", U32), OK);
	assert_nothing();
}

static void
test_a_key_that_comes_back_is_one_change(void **state)
{
	(void)state;
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(subscribe(ALICE, "k", U32), OK);
	assert_status(del(BOB, "k", U32), OK);
	assert_status(put(BOB, "k", U32, 2), OK);
	assert_told("k", U32);
	assert_nothing();
	/* It was known before it came back, and so it is when it goes again. */
	assert_status(del(BOB, "k", U32), OK);
	assert_status(put(BOB, "k", U32, 3), OK);
	assert_status(del(BOB, "k", U32), OK);
	assert_gone("k");
	assert_nothing();
	/* What is told is forgotten: this one is new. */
	assert_status(put(BOB, "k", U32, 4), OK);
	assert_status(del(BOB, "k", U32), OK);
	assert_nothing();
	assert_status(put(BOB, "k", U32, 5), OK);
	assert_told("k", U32);
	assert_nothing();
}

/* The first, one between and the last of those that wait come back. */
static void
test_each_that_waits_can_come_back(void **state)
{
	static const char *const back[] = { "k63", "k0", "k31" };
	uint32_t type;
	int i, n;

	(void)state;
	put_many(BOB, "k", NR_DS_KEYS);
	assert_status(subscribe(ALICE, "k.*", 0), OK);
	del_many(BOB, "k", NR_DS_KEYS);
	for (i = 0; i < 3; i++)
		assert_status(put(BOB, back[i], U32, 1), OK);
	for (i = 1, n = 0; i < NR_DS_KEYS - 1; i++)
		if (i != 31) {
			assert_gone(name_of("k", i));
			n++;
		}
	assert_int_equal(n, NR_DS_KEYS - 3);
	for (i = 0; i < 3; i++) {
		assert_status(check(ALICE, &type), OK);
		assert_int_equal(type, U32);
	}
	assert_nothing();
}

static void
test_a_key_of_another_type_is_another(void **state)
{
	(void)state;
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(subscribe(ALICE, "k", 0), OK);
	assert_status(del(BOB, "k", U32), OK);
	assert_status(put(BOB, "k", STR, 0), OK);
	assert_gone("k");
	assert_told("k", STR);
	assert_nothing();
	assert_status(del(BOB, "k", STR), OK);
	assert_status(put(RS_PROC_NR, "k", LABEL, CAROL), OK);
	assert_told("k", STR | DSF_DELETED);
	see_all();
	assert_status(del(RS_PROC_NR, "k", LABEL), OK);
	assert_told("k", LABEL | DSF_DELETED);
	assert_nothing();
}

static void
test_deletions_fit_however_long_nobody_looks(void **state)
{
	int i;

	(void)state;
	put_many(BOB, "k", NR_DS_KEYS);
	(void)labels_fill(NR_SYS_PROCS);
	assert_status(subscribe(ALICE, "[ko].*", 0), OK);
	del_many(BOB, "k", NR_DS_KEYS);
	for (i = 0; i < 2 * DS_ENTRIES; i++) {
		assert_status(put(BOB, name_of("o", i), U32, 1), OK);
		assert_status(del(BOB, name_of("o", i), U32), OK);
	}
	for (i = 0; i < NR_DS_KEYS; i++)
		assert_gone(name_of("k", i));
	assert_nothing();
}

/* Whatever was in a place, what comes to it later is new there. */
static void
test_a_place_inherits_nothing(void **state)
{
	(void)state;
	assert_status(subscribe(ALICE, "k.*", U32), OK);
	put_many(BOB, "k", NR_DS_KEYS);
	del_many(BOB, "k", NR_DS_KEYS);
	put_many(BOB, "o", NR_DS_KEYS);
	assert_nothing();
	del_many(BOB, "o", NR_DS_KEYS);
	assert_nothing();
	put_many(BOB, "k", NR_DS_KEYS);
	see_all();
	del_many(BOB, "k", NR_DS_KEYS);
	see_all();
	put_many(BOB, "o", NR_DS_KEYS);
	del_many(BOB, "o", NR_DS_KEYS);
	put_many(BOB, "k", NR_DS_KEYS);
	del_many(BOB, "k", NR_DS_KEYS);
	assert_nothing();
	/* Nor is what has gone there for a new subscription. */
	assert_status(subscribe(ALICE, "k.*", U32 | OW | DSF_INITIAL), OK);
	assert_nothing();
}

static void
test_a_subscription_begins_anew(void **state)
{
	(void)state;
	put_many(BOB, "k", NR_DS_KEYS);
	assert_status(subscribe(ALICE, "k.*", U32), OK);
	assert_status(del(BOB, "k5", U32), OK);
	assert_status(put(BOB, "k6", U32 | OW, 1), OK);
	assert_status(subscribe(ALICE, "k7", U32 | OW), OK);
	assert_nothing();
	fake_notified[ALICE] = 0;
	assert_status(put(BOB, "k5", U32, 5), OK);
	del_many(BOB, "k", NR_DS_KEYS);
	assert_int_equal(fake_notified[ALICE], 1);
	assert_gone("k7");
	assert_nothing();
}

static void
test_an_entry_taken_from_sight_is_gone(void **state)
{
	const unsigned hidden = U32 | OW | DSF_PRIV_SUBSCRIBE;

	(void)state;
	assert_status(subscribe(ALICE, "k|l", 0), OK);
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_told("k", U32);
	assert_status(put(BOB, "l", U32, 1), OK);
	fake_notified[ALICE] = 0;
	assert_status(put(BOB, "k", hidden, 1), OK);
	assert_status(put(BOB, "l", hidden, 1), OK);
	assert_int_equal(fake_notified[ALICE], 1);
	assert_gone("k");
	assert_nothing();
	assert_status(put(BOB, "k", hidden, 1), OK);
	assert_status(del(BOB, "k", U32), OK);
	assert_status(put(BOB, "l", U32 | OW, 1), OK);
	assert_told("l", U32);
	assert_nothing();
}

static void
test_failed_check_keeps_the_deletion(void **state)
{
	(void)state;
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(put(BOB, "l", U32, 1), OK);
	assert_status(subscribe(ALICE, ".*", U32), OK);
	assert_status(del(BOB, "k", U32), OK);
	assert_status(del(BOB, "l", U32), OK);
	fake_key_status = -EPERM;
	assert_status(check(ALICE, NULL), -EPERM);
	fake_key_status = OK;
	assert_gone("k");
	fake_key_status = -EINVAL;
	assert_status(check(ALICE, NULL), -EINVAL);
	fake_key_status = OK;
	assert_status(subscribe(ALICE, "(", OW), -EINVAL);
	assert_gone("l");
	assert_nothing();
}

static void
test_a_label_takes_everything_with_it(void **state)
{
	uint32_t type;

	(void)state;
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(put(BOB, "l", U32, 1), OK);
	assert_status(subscribe(BOB, ".*", 0), OK);
	assert_status(subscribe(ALICE, ".*", U32), OK);
	assert_status(del(RS_PROC_NR, "bob", LABEL), OK);
	assert_int_equal(fake_notified[ALICE], 2);
	assert_status(check(ALICE, &type), OK);
	assert_int_equal(type, U32 | DSF_DELETED);
	assert_gone(strcmp(fake_key, "k") == 0 ? "l" : "k"); /* either order */
	assert_nothing();
	assert_status(put(RS_PROC_NR, "bob", LABEL, BOB), OK);
	assert_status(check(BOB, NULL), -ESRCH);
}

/* Every subscription hears of its own. */
static void
test_everybody_hears_of_it(void **state)
{
	uint32_t type;
	int i;

	(void)state;
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(put(BOB, "l", U32, 1), OK);
	(void)labels_fill(3 + NR_DS_SUBS);
	for (i = 0; i < NR_DS_SUBS; i++)
		assert_status(subscribe(SERVICE(i), "k|l", U32), OK);
	assert_status(put(BOB, "l", U32 | OW | DSF_PRIV_SUBSCRIBE, 1), OK);
	assert_status(check(SERVICE(0), &type), OK);
	assert_status(del(BOB, "k", U32), OK);
	assert_int_equal(fake_notified[SERVICE(0)], 2);
	assert_status(check(SERVICE(0), &type), OK);
	for (i = 1; i < NR_DS_SUBS; i++) {
		assert_int_equal(fake_notified[SERVICE(i)], 2);
		assert_status(check(SERVICE(i), &type), OK);
		assert_string_equal(fake_key, "l");
		assert_status(check(SERVICE(i), &type), OK);
		assert_string_equal(fake_key, "k");
		assert_int_equal(type, U32 | DSF_DELETED);
		assert_status(check(SERVICE(i), &type), -ENOENT);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, store_begin, store_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_deletions_come_first_with_their_keys),
		TEST(test_what_came_and_went_unseen_is_not_told),
		TEST(test_a_key_that_comes_back_is_one_change),
		TEST(test_each_that_waits_can_come_back),
		TEST(test_a_key_of_another_type_is_another),
		TEST(test_deletions_fit_however_long_nobody_looks),
		TEST(test_a_place_inherits_nothing),
		TEST(test_a_subscription_begins_anew),
		TEST(test_an_entry_taken_from_sight_is_gone),
		TEST(test_failed_check_keeps_the_deletion),
		TEST(test_a_label_takes_everything_with_it),
		TEST(test_everybody_hears_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
