/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The store: deleting, and labels that go. Proves: A3, A7. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <proto/rs.h>

#include "servers/ds/test/fake.h"
#include "test/unit/status.h"

static void
test_what_is_deleted_is_gone(void **state)
{
	uint32_t value;

	(void)state;
	assert_status(put(ALICE, "k", U32, 7), OK);
	assert_status(put(ALICE, "k", STR, 0), OK);
	assert_status(put(ALICE, "kk", U32, 8), OK);
	assert_status(del(ALICE, "k", U32), OK);
	assert_status(get(BOB, "k", U32, &value), -ESRCH);
	assert_status(get(BOB, "k", STR, &value), OK);
	assert_status(get(BOB, "kk", U32, &value), OK);
	assert_int_equal(value, 8);
	assert_status(del(ALICE, "k", U32), -ESRCH);
	assert_status(put(BOB, "k", U32, 9), OK);
	assert_status(get(ALICE, "k", U32, &value), OK);
	assert_int_equal(value, 9);
}

static void
test_only_the_owner_deletes(void **state)
{
	(void)state;
	assert_status(put(ALICE, "k", U32, 7), OK);
	assert_status(del(BOB, "k", U32), -EPERM);
	assert_status(del(NOBODY, "k", U32), -EPERM);
	assert_status(del(RS_PROC_NR, "k", U32), -EPERM);
	assert_non_null(entry_find("k", U32));
	assert_status(put(BOB, "k", U32 | OW, 8), OK);
	assert_status(del(ALICE, "k", U32), -EPERM);
	assert_status(put(RS_PROC_NR, "bob", LABEL | OW, 40), OK);
	assert_status(del(BOB, "k", U32), -EPERM);
	assert_status(del(40, "k", U32), OK);
}

/* Only the label itself takes along what belongs to the service. */
static void
test_a_value_named_as_a_service_is_only_a_value(void **state)
{
	static const unsigned types[] = { U32, STR, MEM };
	uint32_t value, type;
	size_t i;

	(void)state;
	assert_status(put(ALICE, "hers", U32, 7), OK);
	assert_status(subscribe(ALICE, "news", U32), OK);
	for (i = 0; i < sizeof types / sizeof types[0]; i++) {
		if (types[i] == MEM)
			assert_status(put_memory(BOB, "alice", MEM, 10), OK);
		else
			assert_status(put(BOB, "alice", types[i], 8), OK);
		assert_status(del(BOB, "alice", types[i]), OK);
		assert_status(get(BOB, "hers", U32, &value), OK);
		assert_int_equal(value, 7);
	}
	assert_status(put(BOB, "news", U32, 9), OK);
	assert_status(check(ALICE, &type), OK);
}

static void
test_the_first_reason_is_the_answer(void **state)
{
	static const uint32_t no_type[] = { 0, 0x200, 0x800, U32 | STR,
		U32 | 0x400, MEM | MAP, DSF_MASK_TYPE };
	size_t i;

	(void)state;
	assert_status(put(ALICE, "k", U32, 7), OK);
	fake_key_status = -EFAULT;
	for (i = 0; i < sizeof no_type / sizeof no_type[0]; i++)
		assert_status(del(ALICE, "k", no_type[i]), -EINVAL);
	assert_status(del(ALICE, "k", U32), -EFAULT);
	fake_key_status = -EINVAL;
	assert_status(del(ALICE, "k", U32), -EINVAL);
	fake_key_status = OK;
	assert_status(del(NOBODY, "none", U32), -ESRCH);
	assert_non_null(entry_find("k", U32));
}

static void
test_room_is_given_back(void **state)
{
	uint32_t value;

	(void)state;
	put_many(ALICE, "k", NR_DS_KEYS);
	assert_status(put(ALICE, "more", U32, 1), -ENOMEM);
	assert_status(del(ALICE, "k9", U32), OK);
	assert_status(put(ALICE, "more", U32, 1), OK);
	assert_status(put(ALICE, "k9", U32, 1), -ENOMEM);
	assert_status(get(BOB, "k9", U32, &value), -ESRCH);
	(void)labels_fill(NR_SYS_PROCS);
	assert_status(put(RS_PROC_NR, "carol", LABEL, CAROL), -ENOMEM);
	assert_status(del(RS_PROC_NR, "s1", LABEL), OK);
	assert_status(put(RS_PROC_NR, "carol", LABEL, CAROL), OK);
	assert_string_equal(label_of(CAROL), "carol");
}

static void
test_a_label_takes_its_entries_with_it(void **state)
{
	uint32_t value;

	(void)state;
	assert_status(put(ALICE, "k", U32, 1), OK);
	assert_status(put(ALICE, "taken", U32, 1), OK);
	assert_status(put(BOB, "taken", U32 | OW, 2), OK);
	assert_status(put(ALICE, "k", STR, 0), OK);
	assert_status(del(ALICE, "alice", LABEL), -EPERM);
	assert_status(del(BOB, "alice", LABEL), -EPERM);
	assert_status(del(RS_PROC_NR, "alice", LABEL), OK);
	assert_null(label_of(ALICE));
	assert_status(get(BOB, "k", U32, &value), -ESRCH);
	assert_status(get(BOB, "k", STR, &value), -ESRCH);
	assert_status(get(BOB, "taken", U32, &value), OK);
	assert_string_equal(label_of(BOB), "bob");
	assert_status(put(ALICE, "k", U32, 1), -EPERM);
	assert_status(del(RS_PROC_NR, "alice", LABEL), -ESRCH);
}

/* RS has told of them at our start, and manages them as all others. */
static void
test_labels_of_the_boot_are_managed_by_rs(void **state)
{
	struct rprocpub *table = (struct rprocpub *)(void *)fake_memory;

	(void)state;
	memset(fake_memory, 0, sizeof fake_memory);
	table[1].in_use = true;
	table[1].endpoint = 40;
	strlcpy(table[1].label, "tty", sizeof table[1].label);
	assert_status(label_load(0), OK);
	assert_status(put(40, "k", U32, 1), OK);
	assert_status(del(40, "tty", LABEL), -EPERM);
	assert_status(del(RS_PROC_NR, "tty", LABEL), OK);
	assert_null(label_of(40));
	assert_null(entry_find("k", U32));
}

/* In the last place of a full store, too. */
static void
test_all_go_with_their_label(void **state)
{
	uint32_t value;
	int i;

	(void)state;
	put_many(BOB, "k", NR_DS_KEYS / 2);
	(void)labels_fill(NR_SYS_PROCS);
	put_many(ALICE, "a", NR_DS_KEYS / 2);
	assert_status(del(RS_PROC_NR, "alice", LABEL), OK);
	for (i = 0; i < NR_DS_KEYS / 2; i++) {
		assert_status(get(BOB, name_of("a", i), U32, &value), -ESRCH);
		assert_status(get(BOB, name_of("k", i), U32, &value), OK);
	}
	put_many(BOB, "a", NR_DS_KEYS / 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, store_begin, store_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_what_is_deleted_is_gone),
		TEST(test_only_the_owner_deletes),
		TEST(test_a_value_named_as_a_service_is_only_a_value),
		TEST(test_the_first_reason_is_the_answer),
		TEST(test_room_is_given_back),
		TEST(test_a_label_takes_its_entries_with_it),
		TEST(test_labels_of_the_boot_are_managed_by_rs),
		TEST(test_all_go_with_their_label),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
