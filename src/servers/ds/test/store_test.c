/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The store: publishing and retrieving. Proves: A3 (u32, strings,
 * labels), A7. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include <proto/rs.h>

#include "servers/ds/test/fake.h"
#include "test/unit/status.h"

/* Words of flags that are not exactly one type. */
static const uint32_t no_type[] = { 0, 0x200, 0x400, 0x800, U32 | 0x200,
	LABEL | 0x800, U32 | STR, U32 | MEM, U32 | MAP, U32 | LABEL, STR | MEM,
	STR | MAP, STR | LABEL, MEM | MAP, MEM | LABEL, MAP | LABEL,
	DSF_MASK_TYPE };

#define NO_TYPES (sizeof no_type / sizeof no_type[0])

/* Publish a string. */
static int
put_text(endpoint_t who, const char *key, unsigned flags, const char *text)
{
	struct ds_publish_req req = { .flags = STR | flags };
	struct no_payload rep;

	strlcpy(fake_key, key, sizeof fake_key);
	strlcpy(req.value.str, text, sizeof req.value.str);
	return do_ds_publish(who, &req, &rep);
}

/* Publish a value of which every byte of the message is set. */
static int
put_full(endpoint_t who, const char *key, unsigned flags)
{
	struct ds_publish_req req = { .flags = flags };
	struct no_payload rep;

	strlcpy(fake_key, key, sizeof fake_key);
	memset(req.value.str, 0xff, sizeof req.value.str);
	return do_ds_publish(who, &req, &rep);
}

static void
assert_text(const char *key, const char *text)
{
	struct ds_retrieve_req req = { .flags = STR };
	struct ds_retrieve_rep rep = { .value.str = "" };

	strlcpy(fake_key, key, sizeof fake_key);
	assert_status(do_ds_retrieve(NOBODY, &req, &rep), OK);
	assert_string_equal(rep.value.str, text);
}

static void
test_key_and_type_find_an_entry(void **state)
{
	uint32_t value;

	(void)state;
	assert_status(get(ALICE, "k", U32, &value), -ESRCH);
	assert_status(put(ALICE, "k", U32, 7), OK);
	assert_status(get(NOBODY, "k", U32, &value), OK);
	assert_int_equal(value, 7);
	assert_status(get(ALICE, "k", STR, &value), -ESRCH);
	assert_status(get(ALICE, "kk", U32, &value), -ESRCH);
	assert_status(put_text(BOB, "k", 0, "seven"), OK);
	assert_text("k", "seven");
	assert_status(get(BOB, "k", U32, &value), OK);
	assert_int_equal(value, 7);
	assert_status(get(NOBODY, "rs", LABEL, &value), OK);
	assert_int_equal(value, RS_PROC_NR);
}

/* A key of some characters, of which the last is given. */
static const char *
long_key(size_t n, char last)
{
	static char key[DS_MAX_KEYLEN];

	memset(key, 'k', n);
	key[n - 1] = last;
	key[n] = '\0';
	return key;
}

static void
test_every_character_of_a_key_counts(void **state)
{
	const size_t longest = DS_MAX_KEYLEN - 1;
	uint32_t value;
	size_t n;

	(void)state;
	for (n = longest - NR_DS_KEYS + 1; n <= longest; n++)
		assert_status(put(ALICE, long_key(n, 'x'), U32, 0), OK);
	for (n = longest - NR_DS_KEYS + 1; n <= longest; n++)
		assert_status(
		    put(ALICE, long_key(n, 'x'), U32 | OW, (uint32_t)n), OK);
	for (n = longest - NR_DS_KEYS + 1; n <= longest; n++) {
		assert_status(get(BOB, long_key(n, 'x'), U32, &value), OK);
		assert_int_equal(value, n);
		assert_status(get(BOB, long_key(n, 'y'), U32, &value), -ESRCH);
	}
	assert_status(get(BOB, "k", U32, &value), -ESRCH);
}

static void
test_overwriting_must_be_asked_for(void **state)
{
	uint32_t value;

	(void)state;
	assert_status(put(ALICE, "k", U32 | OW, 7), OK);
	assert_status(put(ALICE, "k", U32, 8), -EEXIST);
	assert_status(put(BOB, "k", U32, 8), -EEXIST);
	assert_status(get(BOB, "k", U32, &value), OK);
	assert_int_equal(value, 7);
	assert_status(put(BOB, "k", U32 | OW, 9), OK);
	assert_status(get(ALICE, "k", U32, &value), OK);
	assert_int_equal(value, 9);
	assert_string_equal(entry_find("k", U32)->owner, "bob");
}

static void
test_type_is_exactly_one(void **state)
{
	uint32_t value;
	size_t i;

	(void)state;
	for (i = 0; i < NO_TYPES; i++) {
		assert_status(put(ALICE, "k", no_type[i], 1), -EINVAL);
		assert_status(put(RS_PROC_NR, "k", no_type[i] | OW, 30),
		    -EINVAL);
		assert_status(get(ALICE, "k", no_type[i], &value), -EINVAL);
	}
	assert_status(put_memory(ALICE, "k", MAP | OW, PAGE_SIZE), -EINVAL);
	assert_status(get(ALICE, "k", U32, &value), -ESRCH);
}

static void
test_string_must_end(void **state)
{
	(void)state;
	assert_status(put_full(ALICE, "s", STR), -EINVAL);
	assert_null(entry_find("s", STR));
	assert_status(put_text(ALICE, "s", 0, "123456789012345"), OK);
	assert_status(put_full(ALICE, "s", STR | OW), -EINVAL);
	assert_text("s", "123456789012345");
	assert_status(put_text(ALICE, "s", OW, ""), OK);
	assert_text("s", "");
}

/* What is behind a number in its message is nobody's business. */
static void
test_a_number_has_no_end(void **state)
{
	uint32_t value;

	(void)state;
	assert_status(put_full(ALICE, "n", U32), OK);
	assert_status(get(BOB, "n", U32, &value), OK);
	assert_int_equal(value, 0xffffffffu);
}

static void
test_store_has_room_for_64_and_for_labels(void **state)
{
	uint32_t value;
	int i;

	(void)state;
	put_many(ALICE, "k", NR_DS_KEYS);
	assert_status(put(ALICE, "more", U32, 1), -ENOMEM);
	assert_status(put(BOB, "k0", STR, 0), -ENOMEM);
	assert_status(put(ALICE, "k3", U32 | OW, 3), OK);
	for (i = 0; i < NR_DS_KEYS; i++) {
		assert_status(get(BOB, name_of("k", i), U32, &value), OK);
		assert_int_equal(value, i);
	}
	assert_status(put(RS_PROC_NR, "carol", LABEL, CAROL), OK);
}

static void
test_labels_have_room_of_their_own(void **state)
{
	uint32_t value;
	int i, n;

	(void)state;
	n = labels_fill(NR_SYS_PROCS);
	assert_status(put(RS_PROC_NR, "carol", LABEL, CAROL), -ENOMEM);
	assert_status(put(RS_PROC_NR, "s0", LABEL | OW, CAROL), OK);
	assert_status(put(RS_PROC_NR, "s0", LABEL | OW, SERVICE(0)), OK);
	put_many(SERVICE(1), "k", NR_DS_KEYS);
	assert_status(put(ALICE, "more", U32, 1), -ENOMEM);
	assert_status(put(RS_PROC_NR, "carol", LABEL, CAROL), -ENOMEM);
	for (i = 0; i < n; i++) {
		assert_status(get(BOB, name_of("s", i), LABEL, &value), OK);
		assert_int_equal(value, SERVICE(i));
		assert_string_equal(label_of(SERVICE(i)), name_of("s", i));
	}
	for (i = 0; i < NR_DS_KEYS; i++)
		assert_status(get(BOB, name_of("k", i), U32, &value), OK);
}

static void
test_only_rs_publishes_labels_one_to_one(void **state)
{
	(void)state;
	assert_status(put(ALICE, "bob", LABEL | OW, ALICE), -EPERM);
	assert_status(put(ALICE, "carol", LABEL, CAROL), -EPERM);
	assert_status(put(NOBODY, "k", U32, 1), -EPERM);
	assert_status(put(RS_PROC_NR, "carol", LABEL, BOB), -EEXIST);
	assert_status(put(RS_PROC_NR, "carol", LABEL, (uint32_t)NONE), -EINVAL);
	assert_status(put(RS_PROC_NR, "alice", LABEL | OW, 40), OK);
	assert_string_equal(label_of(40), "alice");
	assert_null(label_of(ALICE));
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

/* Names one service in the table that RS shows. */
static void
publish_row(struct rprocpub *row, const char *label, endpoint_t ep)
{
	row->in_use = true;
	row->endpoint = ep;
	strlcpy(row->label, label, sizeof row->label);
}

static void
test_labels_of_the_boot_are_stored(void **state)
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
	assert_string_equal(entry_find("k", U32)->owner, "tty");
}

static void
test_bad_key_changes_nothing(void **state)
{
	static const int bad[] = { -EINVAL, -EPERM, -EFAULT };
	uint32_t value;
	size_t i;

	(void)state;
	assert_status(put(ALICE, "k", U32, 1), OK);
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		fake_key_status = bad[i];
		assert_status(put(ALICE, "k", U32 | OW, 2), bad[i]);
		assert_status(put(ALICE, "new", U32, 2), bad[i]);
		assert_status(get(ALICE, "k", U32, &value), bad[i]);
	}
	fake_key_status = OK;
	assert_status(get(ALICE, "k", U32, &value), OK);
	assert_int_equal(value, 1);
	assert_null(entry_find("new", U32));
}

static void
test_the_first_reason_is_the_answer(void **state)
{
	uint32_t value;

	(void)state;
	assert_status(put(ALICE, "s", STR, 0), OK);
	fake_key_status = -EFAULT;
	assert_status(put(NOBODY, "s", 0, 1), -EINVAL);
	assert_status(put(NOBODY, "s", U32, 1), -EFAULT);
	assert_status(get(NOBODY, "gone", 0, &value), -EINVAL);
	assert_status(get(NOBODY, "gone", U32, &value), -EFAULT);
	fake_key_status = OK;
	assert_status(put(NOBODY, "s", STR, 1), -EPERM);
	assert_status(put_full(BOB, "s", STR), -EEXIST);
	assert_status(put(BOB, "alice", LABEL, BOB), -EEXIST);
	put_many(ALICE, "k", NR_DS_KEYS - 1);
	assert_status(put_full(BOB, "t", STR), -EINVAL);
	assert_status(put(NOBODY, "t", STR, 1), -EPERM);
	assert_status(put(BOB, "t", STR, 1), -ENOMEM);
}

/* The fields that others read hold what is said of them. */
static void
test_an_entry_says_what_it_is(void **state)
{
	const uint32_t flags =
	    U32 | DSF_PRIV_RETRIEVE | DSF_PRIV_SUBSCRIBE | DSF_PRIV_SNAPSHOT;
	const struct entry *e;
	uint32_t first;

	(void)state;
	assert_status(put(ALICE, "k", flags | OW, 5), OK);
	e = entry_find("k", U32);
	assert_int_equal(e->flags, flags);
	assert_string_equal(e->key, "k");
	assert_string_equal(e->owner, "alice");
	assert_int_equal(e->value.u32, 5);
	first = e->serial;
	assert_status(put(BOB, "other", U32, 5), OK);
	assert_true(entry_find("other", U32)->serial > first);
	assert_status(put(ALICE, "k", U32 | OW, 5), OK);
	e = entry_find("k", U32);
	assert_true(e->serial > entry_find("other", U32)->serial);
	assert_int_equal(e->flags, U32);
}

/* What store_dump() prints. */
static void
dump(char *text, size_t size)
{
	int fd[2], out;
	ssize_t n;

	(void)fflush(stdout);
	out = dup(STDOUT_FILENO);
	assert_status(pipe(fd), 0);
	assert_true(out >= 0 && dup2(fd[1], STDOUT_FILENO) >= 0);
	store_dump();
	(void)fflush(stdout);
	(void)dup2(out, STDOUT_FILENO);
	n = write(fd[1], "", 1); /* there may be nothing */
	assert_int_equal(n, 1);
	n = read(fd[0], text, size - 1);
	assert_true(n >= 0);
	text[n] = '\0';
	(void)close(fd[0]);
	(void)close(fd[1]);
	(void)close(out);
}

static void
test_the_dump_names_what_is_there(void **state)
{
	char text[2000];
	struct entry *e, *rs;

	(void)state;
	assert_status(put(ALICE, "number", U32, 1), OK);
	assert_status(put_text(BOB, "text", 0, "x"), OK);
	rs = entry_find("rs", LABEL);
	strlcpy(rs->key, "reincarnation", sizeof rs->key);
	for (e = entry_table; e->used; e++)
		;
	strlcpy(e->key, "nothing", sizeof e->key);
	dump(text, sizeof text);
	strlcpy(rs->key, "rs", sizeof rs->key);
	assert_non_null(strstr(text, "reincarnation"));
	assert_non_null(strstr(text, "number"));
	assert_non_null(strstr(text, "text"));
	assert_non_null(strstr(text, "bob"));
	assert_null(strstr(text, "nothing"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, store_begin, store_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_key_and_type_find_an_entry),
		TEST(test_every_character_of_a_key_counts),
		TEST(test_overwriting_must_be_asked_for),
		TEST(test_type_is_exactly_one),
		TEST(test_string_must_end),
		TEST(test_a_number_has_no_end),
		TEST(test_store_has_room_for_64_and_for_labels),
		TEST(test_labels_have_room_of_their_own),
		TEST(test_only_rs_publishes_labels_one_to_one),
		TEST(test_labels_are_one_to_one_both_ways),
		TEST(test_labels_of_the_boot_are_stored),
		TEST(test_bad_key_changes_nothing),
		TEST(test_the_first_reason_is_the_answer),
		TEST(test_an_entry_says_what_it_is),
		TEST(test_the_dump_names_what_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
