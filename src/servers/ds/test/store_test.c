/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The store and its subscriptions. Proves: A3 (u32, strings, labels),
 * A7, B9. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "servers/ds/test/fake.h"

#define ALICE  20
#define BOB    21
#define NOBODY 22
#define OW     DSF_OVERWRITE
#define U32    DSF_TYPE_U32
#define LABEL  DSF_TYPE_LABEL

static int
put(endpoint_t who, const char *key, unsigned flags, uint32_t value)
{
	struct ds_publish_req req = { .flags = flags, .value.u32 = value };
	struct no_payload rep;

	strlcpy(fake_key, key, sizeof fake_key);
	return do_ds_publish(who, &req, &rep);
}

static int
get(endpoint_t who, const char *key, unsigned flags, uint32_t *value)
{
	struct ds_retrieve_req req = { .flags = flags };
	struct ds_retrieve_rep rep = { .value.u32 = 0 };
	int r;

	strlcpy(fake_key, key, sizeof fake_key);
	r = do_ds_retrieve(who, &req, &rep);
	*value = rep.value.u32;
	return r;
}

static int
del(endpoint_t who, const char *key, unsigned flags)
{
	struct ds_delete_req req = { .flags = flags };
	struct no_payload rep;

	strlcpy(fake_key, key, sizeof fake_key);
	return do_ds_delete(who, &req, &rep);
}

static int
subscribe(endpoint_t who, const char *regex, unsigned flags)
{
	struct ds_subscribe_req req = { .flags = flags };
	struct no_payload rep;

	strlcpy(fake_key, regex, sizeof fake_key);
	return do_ds_subscribe(who, &req, &rep);
}

/* Next change; its key is in fake_key. */
static int
check(endpoint_t who)
{
	struct ds_check_req req = { .key.len = DS_MAX_KEYLEN };
	struct ds_check_rep rep;

	return do_ds_check(who, &req, &rep);
}

/* An empty store with two services. */
static int
setup(void **state)
{
	union ds_value value = { .str = "" };

	(void)state;
	memset(entry_table, 0, DS_ENTRIES * sizeof entry_table[0]);
	subs_drop("alice");
	subs_drop("bob");
	memset(fake_notified, 0, sizeof fake_notified);
	fake_key_status = OK;
	value.ep = RS_PROC_NR;
	assert_int_equal(entry_put("rs", LABEL, "rs", &value), OK);
	assert_int_equal(put(RS_PROC_NR, "alice", LABEL, ALICE), OK);
	assert_int_equal(put(RS_PROC_NR, "bob", LABEL, BOB), OK);
	return 0;
}

static void
test_key_and_type_find_an_entry(void **state)
{
	uint32_t value;

	(void)state;
	assert_int_equal(put(ALICE, "k", U32, 7), OK);
	assert_int_equal(get(NOBODY, "k", U32, &value), OK);
	assert_int_equal(value, 7);
	assert_int_equal(get(ALICE, "k", DSF_TYPE_STR, &value), -ESRCH);
	assert_int_equal(get(ALICE, "kk", U32, &value), -ESRCH);
	assert_int_equal(put(ALICE, "k", U32, 8), -EEXIST);
	assert_int_equal(put(ALICE, "k", U32 | OW, 8), OK);
	assert_int_equal(get(BOB, "k", U32, &value), OK);
	assert_int_equal(value, 8);
}

static void
test_type_is_exactly_one(void **state)
{
	uint32_t value;

	(void)state;
	assert_int_equal(put(ALICE, "k", 0, 1), -EINVAL);
	assert_int_equal(put(ALICE, "k", U32 | DSF_TYPE_STR, 1), -EINVAL);
	assert_int_equal(put(ALICE, "k", DSF_TYPE_MEM, 1), -EINVAL);
	assert_int_equal(get(ALICE, "k", 0, &value), -EINVAL);
	assert_int_equal(del(ALICE, "k", 0x200), -EINVAL);
}

static void
test_restrictions_bind_all_but_the_owner(void **state)
{
	uint32_t value;

	(void)state;
	assert_int_equal(
	    put(ALICE, "k", U32 | DSF_PRIV_RETRIEVE | DSF_PRIV_OVERWRITE, 7),
	    OK);
	assert_int_equal(get(BOB, "k", U32, &value), -EPERM);
	assert_int_equal(get(NOBODY, "k", U32, &value), -EPERM);
	assert_int_equal(put(BOB, "k", U32 | OW, 8), -EPERM);
	assert_int_equal(get(ALICE, "k", U32, &value), OK);
	assert_int_equal(value, 7);
	assert_int_equal(del(BOB, "k", U32), -EPERM);
	assert_int_equal(del(ALICE, "k", U32), OK);
	assert_int_equal(del(ALICE, "k", U32), -ESRCH);
}

static void
test_unrestricted_entry_can_be_taken_over(void **state)
{
	(void)state;
	assert_int_equal(put(ALICE, "k", U32, 7), OK);
	assert_int_equal(put(BOB, "k", U32 | OW, 8), OK);
	assert_int_equal(del(ALICE, "k", U32), -EPERM);
	assert_int_equal(del(BOB, "k", U32), OK);
}

static void
test_store_has_room_for_64_and_for_labels(void **state)
{
	char key[16];
	int i;

	(void)state;
	for (i = 0; i < NR_DS_KEYS; i++) {
		snprintf(key, sizeof key, "k%d", i);
		assert_int_equal(put(ALICE, key, U32, 1), OK);
	}
	assert_int_equal(put(ALICE, "more", U32, 1), -ENOMEM);
	assert_int_equal(put(ALICE, "k3", U32 | OW, 2), OK);
	assert_int_equal(put(RS_PROC_NR, "carol", LABEL, 30), OK);
	assert_int_equal(del(ALICE, "k9", U32), OK);
	assert_int_equal(put(ALICE, "more", U32, 1), OK);
}

static void
test_only_rs_publishes_labels_one_to_one(void **state)
{
	(void)state;
	assert_int_equal(put(ALICE, "bob", LABEL | OW, ALICE), -EPERM);
	assert_int_equal(put(NOBODY, "k", U32, 1), -EPERM);
	assert_int_equal(put(RS_PROC_NR, "carol", LABEL, BOB), -EEXIST);
	assert_int_equal(put(RS_PROC_NR, "carol", LABEL, (uint32_t)NONE),
	    -EINVAL);
	assert_int_equal(put(RS_PROC_NR, "alice", LABEL | OW, 40), OK);
	assert_string_equal(label_of(40), "alice");
	assert_null(label_of(ALICE));
}

static void
test_ownership_survives_a_restart(void **state)
{
	(void)state;
	assert_int_equal(put(ALICE, "k", U32 | DSF_PRIV_OVERWRITE, 1), OK);
	assert_int_equal(put(RS_PROC_NR, "alice", LABEL | OW, 40), OK);
	assert_int_equal(put(ALICE, "k", U32 | OW, 2), -EPERM);
	assert_int_equal(put(40, "k", U32 | OW, 2), OK);
}

static void
test_a_label_takes_everything_with_it(void **state)
{
	uint32_t value;

	(void)state;
	assert_int_equal(put(ALICE, "k", U32, 1), OK);
	assert_int_equal(subscribe(BOB, ".*", U32), OK);
	assert_int_equal(subscribe(ALICE, ".*", 0), OK);
	assert_int_equal(del(ALICE, "alice", LABEL), -EPERM);
	assert_int_equal(del(RS_PROC_NR, "alice", LABEL), OK);
	assert_int_equal(get(BOB, "k", U32, &value), -ESRCH);
	assert_int_equal(fake_notified[BOB], 1);
	assert_int_equal(put(RS_PROC_NR, "alice", LABEL, 40), OK);
	assert_int_equal(check(40), -ESRCH);
}

static void
test_changes_are_reported_once(void **state)
{
	(void)state;
	assert_int_equal(check(ALICE), -ESRCH);
	assert_int_equal(subscribe(ALICE, "a.*", U32), OK);
	assert_int_equal(check(ALICE), -ENOENT);
	assert_int_equal(put(BOB, "ab", U32, 1), OK);
	assert_int_equal(put(BOB, "ab", U32 | OW, 2), OK);
	assert_int_equal(put(BOB, "ba", U32, 1), OK);
	assert_int_equal(put(BOB, "ac", U32, 1), OK);
	assert_int_equal(del(BOB, "ac", U32), OK);
	assert_int_equal(fake_notified[ALICE], 4);
	assert_int_equal(check(ALICE), OK);
	assert_string_equal(fake_key, "ab");
	assert_int_equal(check(ALICE), -ENOENT);
}

static void
test_failed_check_keeps_the_change(void **state)
{
	(void)state;
	assert_int_equal(subscribe(ALICE, ".*", U32), OK);
	assert_int_equal(put(BOB, "k", U32, 1), OK);
	fake_key_status = -EPERM;
	assert_int_equal(check(ALICE), -EPERM);
	fake_key_status = OK;
	assert_int_equal(check(ALICE), OK);
}

static void
test_initial_reports_what_is_there(void **state)
{
	(void)state;
	assert_int_equal(put(BOB, "k", U32, 1), OK);
	assert_int_equal(subscribe(ALICE, "x", U32 | DSF_INITIAL), OK);
	assert_int_equal(fake_notified[ALICE], 0);
	assert_int_equal(subscribe(ALICE, "k", U32 | DSF_INITIAL), -EEXIST);
	assert_int_equal(subscribe(ALICE, "k", U32 | OW | DSF_INITIAL), OK);
	assert_int_equal(fake_notified[ALICE], 1);
	assert_int_equal(check(ALICE), OK);
}

static void
test_failed_subscribe_keeps_the_old(void **state)
{
	(void)state;
	assert_int_equal(subscribe(NOBODY, "k", 0), -ESRCH);
	assert_int_equal(subscribe(ALICE, "k", 0), OK);
	assert_int_equal(put(BOB, "k", U32, 1), OK);
	assert_int_equal(subscribe(ALICE, "(", OW), -EINVAL);
	assert_int_equal(subscribe(BOB, ".*", 0), OK);
	assert_int_equal(check(ALICE), OK);
}

static void
test_private_entries_are_told_to_the_owner(void **state)
{
	(void)state;
	assert_int_equal(subscribe(ALICE, "k", 0), OK);
	assert_int_equal(subscribe(BOB, "k", 0), OK);
	assert_int_equal(put(BOB, "k", U32, 1), OK);
	assert_int_equal(put(BOB, "k", U32 | OW | DSF_PRIV_SUBSCRIBE, 1), OK);
	assert_int_equal(check(ALICE), -ENOENT);
	assert_int_equal(check(BOB), OK);
}

static void
test_bad_key_changes_nothing(void **state)
{
	uint32_t value;

	(void)state;
	assert_int_equal(put(ALICE, "k", U32, 1), OK);
	fake_key_status = -EINVAL;
	assert_int_equal(put(ALICE, "k", U32 | OW, 2), -EINVAL);
	assert_int_equal(del(ALICE, "k", U32), -EINVAL);
	fake_key_status = OK;
	assert_int_equal(get(ALICE, "k", U32, &value), OK);
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
	assert_int_equal(do_ds_publish(ALICE, &req, &rep), -EINVAL);
	req.value.str[DS_MAX_STRLEN - 1] = '\0';
	assert_int_equal(do_ds_publish(ALICE, &req, &rep), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_key_and_type_find_an_entry, setup),
		cmocka_unit_test_setup(test_type_is_exactly_one, setup),
		cmocka_unit_test_setup(test_restrictions_bind_all_but_the_owner,
		    setup),
		cmocka_unit_test_setup(
		    test_unrestricted_entry_can_be_taken_over, setup),
		cmocka_unit_test_setup(
		    test_store_has_room_for_64_and_for_labels, setup),
		cmocka_unit_test_setup(test_only_rs_publishes_labels_one_to_one,
		    setup),
		cmocka_unit_test_setup(test_ownership_survives_a_restart,
		    setup),
		cmocka_unit_test_setup(test_a_label_takes_everything_with_it,
		    setup),
		cmocka_unit_test_setup(test_changes_are_reported_once, setup),
		cmocka_unit_test_setup(test_failed_check_keeps_the_change,
		    setup),
		cmocka_unit_test_setup(test_initial_reports_what_is_there,
		    setup),
		cmocka_unit_test_setup(test_failed_subscribe_keeps_the_old,
		    setup),
		cmocka_unit_test_setup(
		    test_private_entries_are_told_to_the_owner, setup),
		cmocka_unit_test_setup(test_bad_key_changes_nothing, setup),
		cmocka_unit_test_setup(test_string_must_end, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
