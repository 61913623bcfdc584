/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Subscriptions and changes. Proves: A3, A7, B9. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/ds/test/fake.h"
#include "test/unit/status.h"

/* The next change is this one. */
static void
assert_change(endpoint_t who, const char *key, uint32_t type, endpoint_t owner)
{
	uint32_t told;

	assert_status(check(who, &told), OK);
	assert_string_equal(fake_key, key);
	assert_int_equal(told, type);
	assert_int_equal(fake_owner, owner);
}

/* How many changes there are; each has a place above the one before. */
static int
changes(endpoint_t who)
{
	const struct entry *e, *last = NULL;
	uint32_t type;
	int n = 0;

	while (n <= DS_ENTRIES && check(who, &type) == OK) {
		e = entry_find(fake_key, type);
		assert_non_null(e);
		assert_true(last == NULL || e > last);
		last = e;
		n++;
	}
	return n;
}

static void
test_changes_are_reported_once(void **state)
{
	(void)state;
	assert_status(check(ALICE, NULL), -ESRCH);
	assert_status(subscribe(ALICE, "a.*", U32), OK);
	assert_status(check(ALICE, NULL), -ENOENT);
	assert_status(put(BOB, "ab", U32, 1), OK);
	assert_status(put(BOB, "ab", U32 | OW, 1), OK);
	assert_status(put(BOB, "ba", U32, 1), OK);
	assert_status(put(BOB, "ab", STR, 0), OK);
	assert_int_equal(fake_notified[ALICE], 2);
	assert_change(ALICE, "ab", U32, BOB);
	assert_status(check(ALICE, NULL), -ENOENT);
	assert_status(put(BOB, "ab", U32 | OW, 1), OK);
	assert_int_equal(fake_notified[ALICE], 3);
	assert_change(ALICE, "ab", U32, BOB);
	assert_status(check(ALICE, NULL), -ENOENT);
	assert_status(check(NOBODY, NULL), -ESRCH);
	assert_status(check(BOB, NULL), -ESRCH);
}

static void
test_the_owner_is_where_its_label_is(void **state)
{
	(void)state;
	assert_status(subscribe(ALICE, "k|carol", 0), OK);
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(put(RS_PROC_NR, "bob", LABEL | OW, 40), OK);
	assert_change(ALICE, "k", U32, 40);
	assert_status(put(RS_PROC_NR, "carol", LABEL, CAROL), OK);
	assert_change(ALICE, "carol", LABEL, RS_PROC_NR);
	assert_status(put(ALICE, "k", U32 | OW, 1), OK);
	assert_change(ALICE, "k", U32, ALICE);
}

/* All places of the store: each once, from the lowest on. */
static void
test_every_place_can_change(void **state)
{
	int n;

	(void)state;
	assert_status(subscribe(ALICE, ".*", 0), OK);
	n = labels_fill(NR_SYS_PROCS);
	put_many(BOB, "k", NR_DS_KEYS);
	assert_int_equal(changes(ALICE), n + NR_DS_KEYS);
	assert_status(check(ALICE, NULL), -ENOENT);
	assert_status(subscribe(ALICE, ".*", OW | DSF_INITIAL), OK);
	assert_int_equal(changes(ALICE), NR_SYS_PROCS + NR_DS_KEYS);
	assert_status(put(BOB, "k63", U32 | OW, 1), OK);
	assert_status(put(BOB, "k0", U32 | OW, 1), OK);
	assert_int_equal(changes(ALICE), 2);
	assert_status(check(ALICE, NULL), -ENOENT);
}

static void
test_types_that_were_named(void **state)
{
	static const uint32_t types[] = { 0, U32, STR, LABEL, U32 | STR,
		U32 | LABEL, MEM | MAP };
	size_t i;
	uint32_t t;

	(void)state;
	assert_status(put(RS_PROC_NR, "k", LABEL, CAROL), OK);
	for (i = 0; i < sizeof types / sizeof types[0]; i++) {
		t = types[i] != 0 ? types[i] : DSF_MASK_TYPE;
		assert_status(subscribe(ALICE, "k", OW | types[i]), OK);
		assert_status(put(BOB, "k", U32 | OW, 1), OK);
		assert_status(put(BOB, "k", STR | OW, 0), OK);
		assert_status(put(RS_PROC_NR, "k", LABEL | OW, CAROL), OK);
		assert_int_equal(changes(ALICE),
		    !!(t & U32) + !!(t & STR) + !!(t & LABEL));
	}
}

static void
test_initial_reports_what_is_there(void **state)
{
	(void)state;
	assert_status(subscribe(BOB, "k", 0), OK);
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(put(RS_PROC_NR, "bob", LABEL | OW, 40), OK);
	assert_status(del(RS_PROC_NR, "bob", LABEL), OK);
	assert_status(put(RS_PROC_NR, "bob", LABEL, BOB), OK);
	assert_status(put(BOB, "k", U32 | OW, 1), OK);
	fake_notified[BOB] = 0;
	/* In the place of one that has gone. */
	assert_status(subscribe(ALICE, "k", U32 | DSF_INITIAL), OK);
	assert_int_equal(fake_notified[ALICE], 1);
	assert_int_equal(fake_notified[BOB], 0);
	assert_change(ALICE, "k", U32, BOB);
	assert_status(check(ALICE, NULL), -ENOENT);
	assert_status(subscribe(ALICE, "x", U32 | OW | DSF_INITIAL), OK);
	assert_int_equal(fake_notified[ALICE], 1);
	assert_status(check(ALICE, NULL), -ENOENT);
	assert_status(subscribe(ALICE, "k", U32 | DSF_INITIAL), -EEXIST);
	assert_status(subscribe(ALICE, "k", U32 | OW), OK);
	assert_status(check(ALICE, NULL), -ENOENT);
	assert_status(subscribe(ALICE, ".*", LABEL | OW | DSF_INITIAL), OK);
	assert_int_equal(changes(ALICE), 3);
}

static void
test_failed_subscribe_keeps_the_old(void **state)
{
	(void)state;
	assert_status(subscribe(ALICE, "k", 0), OK);
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(subscribe(ALICE, "(", OW), -EINVAL);
	assert_status(subscribe(ALICE, "x", 0), -EEXIST);
	fake_key_status = -EPERM;
	assert_status(subscribe(ALICE, "x", OW), -EPERM);
	fake_key_status = OK;
	assert_status(subscribe(BOB, ".*", 0), OK);
	assert_change(ALICE, "k", U32, BOB);
	assert_status(put(BOB, "k", U32 | OW, 1), OK);
	assert_change(ALICE, "k", U32, BOB);
}

static void
test_failed_subscribe_is_none(void **state)
{
	(void)state;
	assert_status(subscribe(NOBODY, "k", 0), -ESRCH);
	assert_status(subscribe(ALICE, "(", DSF_INITIAL), -EINVAL);
	fake_key_status = -EPERM;
	assert_status(subscribe(ALICE, "k", 0), -EPERM);
	assert_status(subscribe(NOBODY, "k", 0), -ESRCH);
	fake_key_status = OK;
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(check(ALICE, NULL), -ESRCH);
	assert_int_equal(fake_notified[ALICE], 0);
	assert_int_equal(fake_pages, 0);
}

static void
test_a_subscription_needs_memory(void **state)
{
	(void)state;
	fake_pages_left = 0;
	assert_status(subscribe(ALICE, "(", 0), -EINVAL);
	assert_status(subscribe(ALICE, "k", 0), -ENOMEM);
	assert_status(check(ALICE, NULL), -ESRCH);
	fake_pages_left = 100;
	assert_status(subscribe(ALICE, "k", 0), OK);
	fake_pages_left = 0;
	assert_status(subscribe(ALICE, "k", OW), OK);
}

/* Every label has one, up to the last. */
static void
test_there_are_32_subscriptions(void **state)
{
	int i;

	(void)state;
	(void)labels_fill(3 + NR_DS_SUBS + 1);
	for (i = 0; i < NR_DS_SUBS; i++)
		assert_status(subscribe(SERVICE(i), "k", U32), OK);
	assert_status(subscribe(SERVICE(i), "k", U32), -EAGAIN);
	fake_key_status = -EPERM;
	assert_status(subscribe(SERVICE(i), "k", U32), -EAGAIN);
	fake_key_status = OK;
	assert_status(check(SERVICE(i), NULL), -ESRCH);
	assert_status(subscribe(SERVICE(i - 1), "k", U32), -EEXIST);
	assert_status(subscribe(SERVICE(i - 1), "k", U32 | OW), OK);
	assert_status(put(BOB, "k", U32, 1), OK);
	for (i = 0; i < NR_DS_SUBS; i++) {
		assert_int_equal(fake_notified[SERVICE(i)], 1);
		assert_change(SERVICE(i), "k", U32, BOB);
		assert_status(check(SERVICE(i), NULL), -ENOENT);
	}
	assert_int_equal(fake_notified[SERVICE(i)], 0);
	assert_status(del(RS_PROC_NR, "s31", LABEL), OK);
	assert_status(subscribe(SERVICE(i), "k", U32), OK);
	assert_status(subscribe(ALICE, "k", U32), -EAGAIN);
}

static void
test_what_is_private_is_told_to_the_owner(void **state)
{
	(void)state;
	assert_status(subscribe(ALICE, "k", 0), OK);
	assert_status(subscribe(BOB, "k", 0), OK);
	assert_status(put(BOB, "k", U32 | DSF_PRIV_SUBSCRIBE, 1), OK);
	assert_int_equal(fake_notified[ALICE], 0);
	assert_status(check(ALICE, NULL), -ENOENT);
	assert_int_equal(fake_notified[BOB], 1);
	assert_change(BOB, "k", U32, BOB);
	assert_status(subscribe(ALICE, "k", OW | DSF_INITIAL), OK);
	assert_status(check(ALICE, NULL), -ENOENT);
	assert_int_equal(fake_notified[ALICE], 0);
	assert_status(put(BOB, "k", U32 | OW | DSF_PRIV_RETRIEVE, 1), OK);
	assert_change(ALICE, "k", U32, BOB);
}

static void
test_failed_check_keeps_the_change(void **state)
{
	(void)state;
	assert_status(subscribe(ALICE, ".*", U32), OK);
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_status(put(BOB, "l", U32, 1), OK);
	fake_key_status = -EPERM;
	assert_status(check(ALICE, NULL), -EPERM);
	fake_key_status = -EINVAL;
	assert_status(check(ALICE, NULL), -EINVAL);
	fake_key_status = OK;
	assert_int_equal(changes(ALICE), 2);
}

static void
test_a_subscription_is_its_labels(void **state)
{
	(void)state;
	assert_status(subscribe(ALICE, "k", U32), OK);
	assert_status(put(RS_PROC_NR, "alice", LABEL | OW, 40), OK);
	assert_status(put(BOB, "k", U32, 1), OK);
	assert_int_equal(fake_notified[ALICE], 0);
	assert_int_equal(fake_notified[40], 1);
	assert_status(check(ALICE, NULL), -ESRCH);
	assert_status(subscribe(40, "k", U32), -EEXIST);
	assert_change(40, "k", U32, BOB);
	assert_status(put(BOB, "k", U32 | OW, 1), OK);
	assert_status(del(RS_PROC_NR, "alice", LABEL), OK);
	assert_status(put(RS_PROC_NR, "alice", LABEL, ALICE), OK);
	assert_status(check(ALICE, NULL), -ESRCH);
	assert_status(subscribe(ALICE, "k", U32), OK);
	assert_status(check(ALICE, NULL), -ENOENT);
}

static void
test_subscriptions_are_apart(void **state)
{
	char first[DS_MAX_KEYLEN]; /* of two, in either order */

	(void)state;
	assert_status(subscribe(ALICE, "[ab]", U32), OK);
	assert_status(subscribe(BOB, "[bc]", 0), OK);
	assert_status(put(BOB, "a", U32, 1), OK);
	assert_status(put(BOB, "b", U32, 1), OK);
	assert_status(put(BOB, "c", U32, 1), OK);
	assert_int_equal(fake_notified[ALICE], 2);
	assert_int_equal(fake_notified[BOB], 2);
	assert_status(check(ALICE, NULL), OK);
	strlcpy(first, fake_key, sizeof first);
	assert_status(subscribe(BOB, "c", OW), OK);
	assert_status(check(BOB, NULL), -ENOENT);
	assert_change(ALICE, strcmp(first, "a") == 0 ? "b" : "a", U32, BOB);
	assert_status(put(BOB, "c", U32 | OW, 1), OK);
	assert_status(check(ALICE, NULL), -ENOENT);
	assert_change(BOB, "c", U32, BOB);
	assert_status(put(BOB, "a", U32 | OW, 1), OK);
	assert_status(del(RS_PROC_NR, "bob", LABEL), OK);
	assert_status(subscribe(ALICE, "[ab]", OW | U32), OK);
	assert_status(put(ALICE, "a", U32, 1), OK);
	assert_change(ALICE, "a", U32, ALICE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, store_begin, store_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_changes_are_reported_once),
		TEST(test_the_owner_is_where_its_label_is),
		TEST(test_every_place_can_change),
		TEST(test_types_that_were_named),
		TEST(test_initial_reports_what_is_there),
		TEST(test_failed_subscribe_keeps_the_old),
		TEST(test_failed_subscribe_is_none),
		TEST(test_a_subscription_needs_memory),
		TEST(test_there_are_32_subscriptions),
		TEST(test_what_is_private_is_told_to_the_owner),
		TEST(test_failed_check_keeps_the_change),
		TEST(test_a_subscription_is_its_labels),
		TEST(test_subscriptions_are_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
