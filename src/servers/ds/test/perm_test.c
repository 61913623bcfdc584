/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Restrictions and ownership. Proves: A3. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "servers/ds/test/fake.h"
#include "test/unit/status.h"

static const uint32_t privs[] = { DSF_PRIV_RETRIEVE, DSF_PRIV_OVERWRITE,
	DSF_PRIV_SUBSCRIBE, DSF_PRIV_SNAPSHOT };

#define PRIVS (sizeof privs / sizeof privs[0])

/* The restrictions of a set, of which there are 1 << PRIVS. */
static uint32_t
flags_of(unsigned set)
{
	uint32_t flags = 0;
	size_t i;

	for (i = 0; i < PRIVS; i++)
		if (set >> i & 1)
			flags |= privs[i];
	return flags;
}

/* What a client may do that owns nothing. */
static void
others_may(endpoint_t who, uint32_t type, uint32_t flags, int overwritten)
{
	uint32_t value;

	assert_status(get(who, "k", type, &value),
	    flags & DSF_PRIV_RETRIEVE ? -EPERM : OK);
	assert_status(del(who, "k", type), -EPERM);
	assert_status(put(who, "k", type, 8), overwritten);
}

static void
test_restrictions_bind_all_but_the_owner(void **state)
{
	static const uint32_t types[] = { U32, STR };
	uint32_t value, flags, type;
	unsigned i;

	(void)state;
	for (i = 0; i < 2u << PRIVS; i++) {
		flags = flags_of(i / 2);
		type = types[i % 2];
		assert_status(put(ALICE, "k", type | flags, 7), OK);
		others_may(BOB, type, flags, -EEXIST);
		others_may(NOBODY, type, flags, -EPERM);
		assert_status(get(ALICE, "k", type, &value), OK);
		assert_int_equal(value, 7);
		assert_status(put(ALICE, "k", type | flags | OW, 9), OK);
		assert_status(put(BOB, "k", type | OW, 8),
		    flags & DSF_PRIV_OVERWRITE ? -EPERM : OK);
		assert_status(get(BOB, "k", type, &value),
		    flags & DSF_PRIV_OVERWRITE && flags & DSF_PRIV_RETRIEVE
			? -EPERM
			: OK);
		assert_status(
		    del(flags & DSF_PRIV_OVERWRITE ? ALICE : BOB, "k", type),
		    OK);
	}
}

static void
test_a_restriction_is_about_what_it_names(void **state)
{
	struct entry e = { .used = true, .owner = "alice" };
	size_t k;
	unsigned i;

	(void)state;
	for (i = 0; i < 1u << PRIVS; i++)
		for (k = 0; k < PRIVS; k++) {
			e.flags = U32 | flags_of(i);
			assert_status(perm_check(&e, ALICE, privs[k]), OK);
			assert_status(perm_check(&e, BOB, privs[k]),
			    i >> k & 1 ? -EPERM : OK);
			assert_status(perm_check(&e, NOBODY, privs[k]),
			    i >> k & 1 ? -EPERM : OK);
		}
}

static void
test_restrictions_go_with_the_old_value(void **state)
{
	uint32_t value;

	(void)state;
	assert_status(put(ALICE, "k", U32 | DSF_MASK_PRIV, 7), OK);
	assert_status(put(ALICE, "k", U32 | DSF_PRIV_SUBSCRIBE | OW, 8), OK);
	assert_status(get(BOB, "k", U32, &value), OK);
	assert_int_equal(value, 8);
	assert_status(put(BOB, "k", U32 | DSF_PRIV_RETRIEVE | OW, 9), OK);
	assert_status(get(ALICE, "k", U32, &value), -EPERM);
	assert_status(put(ALICE, "k", U32 | OW, 10), OK);
	assert_status(get(BOB, "k", U32, &value), OK);
}

static void
test_ownership_survives_a_restart(void **state)
{
	uint32_t value;

	(void)state;
	assert_status(
	    put(ALICE, "k", U32 | DSF_PRIV_OVERWRITE | DSF_PRIV_RETRIEVE, 1),
	    OK);
	assert_status(put(RS_PROC_NR, "alice", LABEL | OW, 40), OK);
	assert_status(put(ALICE, "k", U32 | OW, 2), -EPERM);
	assert_status(get(ALICE, "k", U32, &value), -EPERM);
	assert_status(get(40, "k", U32, &value), OK);
	assert_int_equal(value, 1);
	assert_status(put(40, "k", U32 | OW, 2), OK);
}

static void
test_the_first_reason_is_the_answer(void **state)
{
	struct ds_publish_req req = { .flags = STR };
	struct no_payload rep;

	(void)state;
	assert_status(put(ALICE, "s", STR | DSF_PRIV_OVERWRITE, 0), OK);
	memset(req.value.str, 'x', sizeof req.value.str);
	assert_status(do_ds_publish(BOB, &req, &rep), -EEXIST);
	req.flags |= OW;
	assert_status(do_ds_publish(BOB, &req, &rep), -EPERM);
	assert_status(do_ds_publish(ALICE, &req, &rep), -EINVAL);
	assert_string_equal(entry_find("s", STR)->value.str, "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, store_begin, store_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_restrictions_bind_all_but_the_owner),
		TEST(test_a_restriction_is_about_what_it_names),
		TEST(test_restrictions_go_with_the_old_value),
		TEST(test_ownership_survives_a_restart),
		TEST(test_the_first_reason_is_the_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
