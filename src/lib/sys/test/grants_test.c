/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the grant table, seen as the kernel sees it: through the
 * address announced last. Proves: A6, A10.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <lacuna/safecopies.h>
#include <lacuna/sysmap.h>
#include <lacuna/sysmem.h>

#include "lib/sys/test/step.h"

#define PEER  ((endpoint_t)42)
#define OTHER ((endpoint_t)43)

/* What the kernel was told last. */
static struct cp_grant *known;
static int known_entries;
static int refusal; /* what the kernel answers */
static bool memory_left = true;

int
sys_setgrant(struct cp_grant *table, int entries)
{
	if (refusal != OK)
		return refusal;
	known = table;
	known_entries = entries;
	return OK;
}

static cp_grant_id_t unmapped; /* the grant whose mappings were ended last */
static bool was_usable;        /* when that was asked for */

static bool valid(cp_grant_id_t g);

int
sys_saferevmap_gid(cp_grant_id_t g)
{
	was_usable = valid(g);
	if (refusal == OK)
		unmapped = g;
	return refusal;
}

void *
grant_memory_get(size_t bytes)
{
	return memory_left ? calloc(1, bytes) : NULL;
}

void
grant_memory_put(void *p, size_t bytes)
{
	(void)bytes;
	free(p);
}

static cp_grant_id_t
grant(void)
{
	return cpf_grant_direct(PEER, 0x1000, 100, CPF_READ);
}

/* Would the kernel accept the id? */
static bool
valid(cp_grant_id_t g)
{
	const struct cp_grant *e = &known[GRANT_IDX(g)];

	return GRANT_IDX(g) < known_entries &&
	    (e->cp_flags & (CPF_USED | CPF_VALID)) == (CPF_USED | CPF_VALID) &&
	    e->cp_seq == (uint32_t)GRANT_SEQ(g);
}

/* First: a service without privileges gets no grant, and no harm is done. */
static void
test_refused_table_is_an_error(void **state)
{
	(void)state;
	refusal = -EPERM;
	assert_int_equal(grant(), -EPERM);
	assert_int_equal(cpf_reload(), OK);
	refusal = OK;
}

static void
test_first_grant_has_id_zero(void **state)
{
	cp_grant_id_t g = grant();

	(void)state;
	assert_int_equal(g, 0);
	assert_true(valid(g));
	assert_int_equal(known[0].cp_u.cp_direct.cp_who_to, PEER);
	assert_int_equal(known[0].cp_u.cp_direct.cp_start, 0x1000);
	assert_int_equal(known[0].cp_u.cp_direct.cp_len, 100);
	assert_int_equal(cpf_revoke(g), OK);
}

static void
test_revoked_id_fits_no_new_grant(void **state)
{
	cp_grant_id_t old = grant(), new;

	(void)state;
	assert_int_equal(cpf_revoke(old), OK);
	assert_false(valid(old));
	new = grant();
	assert_int_equal(GRANT_IDX(new), GRANT_IDX(old));
	assert_int_not_equal(new, old);
	assert_false(valid(old));
	assert_int_equal(cpf_revoke(old), -EINVAL);
	assert_true(valid(new));
	assert_int_equal(cpf_revoke(new), OK);
	assert_int_equal(cpf_revoke(new), -EINVAL);
}

static void
test_sequence_wraps_and_stays_valid(void **state)
{
	cp_grant_id_t first = grant(), g = first;
	int i;

	(void)state;
	for (i = 0; i < GRANT_MAX_SEQ; i++) {
		assert_true(GRANT_VALID(g));
		assert_int_equal(cpf_revoke(g), OK);
		g = grant();
	}
	assert_int_equal(g, first);
	assert_int_equal(cpf_revoke(g), OK);
}

static void
test_bad_arguments(void **state)
{
	(void)state;
	assert_int_equal(cpf_grant_direct(PEER, 0, 1, 0x8), -EINVAL);
	assert_int_equal(cpf_grant_direct(PEER, 0, 1, CPF_VALID), -EINVAL);
	assert_int_equal(
	    cpf_grant_direct(PEER, 1, PAGE_SIZE, CPF_MAP | CPF_READ), -EINVAL);
	assert_int_equal(
	    cpf_grant_direct(PEER, PAGE_SIZE, 1, CPF_MAP | CPF_READ), -EINVAL);
	assert_int_equal(cpf_grant_magic(PEER, OTHER, 1, 1, CPF_MAP), -EINVAL);
	assert_int_equal(cpf_revoke(GRANT_INVALID), -EINVAL);
	assert_int_equal(cpf_revoke(GRANT_MAX_IDX - 1), -EINVAL);
	assert_int_equal(cpf_setgrant_disable(NR_STATIC_GRANTS), -EINVAL);
	assert_int_equal(cpf_setgrant_direct(3, PEER, 0, 1, CPF_READ), -EINVAL);
}

static void
test_kinds(void **state)
{
	cp_grant_id_t i = cpf_grant_indirect(PEER, OTHER, 7);
	cp_grant_id_t m = cpf_grant_magic(PEER, OTHER, 16, 32, CPF_WRITE);
	const struct cp_grant *e = &known[GRANT_IDX(i)];

	(void)state;
	assert_int_equal(e->cp_flags & ~(uint32_t)CPF_MAPPABLE,
	    CPF_USED | CPF_VALID | CPF_INDIRECT);
	assert_int_equal(e->cp_u.cp_indirect.cp_who_to, PEER);
	assert_int_equal(e->cp_u.cp_indirect.cp_who_from, OTHER);
	assert_int_equal(e->cp_u.cp_indirect.cp_grant, 7);
	e = &known[GRANT_IDX(m)];
	assert_int_equal(e->cp_flags,
	    CPF_USED | CPF_VALID | CPF_MAGIC | CPF_WRITE);
	assert_int_equal(e->cp_u.cp_magic.cp_who_to, PEER);
	assert_int_equal(e->cp_u.cp_magic.cp_who_from, OTHER);
	assert_int_equal(cpf_revoke(i), OK);
	assert_int_equal(cpf_revoke(m), OK);
}

static void
test_reserved_id_stays_the_same(void **state)
{
	cp_grant_id_t g[2];

	(void)state;
	assert_int_equal(cpf_getgrants(g, 2), 2);
	assert_false(valid(g[0]));
	assert_int_equal(cpf_setgrant_direct(g[0], PEER, 8, 8, CPF_READ), OK);
	assert_true(valid(g[0]));
	assert_int_equal(cpf_setgrant_disable(g[0]), OK);
	assert_false(valid(g[0]));
	assert_int_equal(cpf_setgrant_indirect(g[0], PEER, OTHER, 0), OK);
	assert_int_equal(cpf_setgrant_magic(g[0], PEER, OTHER, 0, 1, CPF_READ),
	    OK);
	assert_true(valid(g[0]));
	assert_int_equal(cpf_setgrant_direct(g[0], PEER, 8, 8, 0x40), -EINVAL);
	assert_int_equal(cpf_revoke(g[0]), OK);
	assert_int_equal(cpf_setgrant_disable(g[0]), -EINVAL);
	assert_int_equal(cpf_revoke(g[1]), OK);
}

static void
test_fault_is_told_by_revoke(void **state)
{
	cp_grant_id_t g = cpf_grant_direct(PEER, 0, 8, CPF_READ | CPF_TRY), h;

	(void)state;
	known[GRANT_IDX(g)].cp_faulted = g;
	assert_int_equal(cpf_revoke(g), GRANT_FAULTED);
	h = cpf_grant_direct(PEER, 0, 8, CPF_READ | CPF_TRY);
	assert_int_equal(GRANT_IDX(h), GRANT_IDX(g));
	known[GRANT_IDX(h)].cp_faulted = g; /* written too late */
	assert_int_equal(cpf_revoke(h), OK);
}

static cp_grant_id_t
map_grant(void)
{
	return cpf_grant_direct(PEER, PAGE_SIZE, PAGE_SIZE, CPF_MAP | CPF_READ);
}

static void
test_revoking_a_map_grant_ends_its_mappings(void **state)
{
	cp_grant_id_t g = map_grant();

	(void)state;
	unmapped = GRANT_INVALID;
	was_usable = true;
	assert_int_equal(cpf_revoke(g), OK);
	assert_int_equal(unmapped, g);
	assert_false(was_usable); /* nobody maps it again meanwhile */
	unmapped = GRANT_INVALID;
	assert_int_equal(cpf_revoke(grant()), OK);
	assert_int_equal(unmapped, GRANT_INVALID);
}

static void
test_grant_stays_when_its_mappings_do(void **state)
{
	cp_grant_id_t g = map_grant();

	(void)state;
	refusal = -ENOMEM;
	assert_int_equal(cpf_revoke(g), -ENOMEM);
	assert_true(valid(g));
	refusal = OK;
	assert_int_equal(cpf_revoke(g), OK);
	assert_int_equal(unmapped, g);
}

static void
test_mappings_outlive_what_the_grant_says(void **state)
{
	cp_grant_id_t g = map_grant(), i;

	(void)state;
	assert_int_equal(cpf_setgrant_disable(g), OK);
	assert_int_equal(cpf_setgrant_direct(g, PEER, 8, 8, CPF_READ), OK);
	assert_int_equal(cpf_revoke(g), OK);
	assert_int_equal(unmapped, g);
	i = cpf_grant_indirect(PEER, OTHER, 7);
	assert_int_equal(cpf_revoke(i), OK);
	assert_int_equal(unmapped, i);
}

/* The kernel may look between any two instructions. So does the test: the
 * record is compared with what it said before and with what it will say. */
static const struct cp_grant *watched;
static struct cp_grant before, after;
static volatile int steps, torn;
static volatile bool gone; /* it was not valid at some time */

static bool
says(const struct cp_grant *e, const struct cp_grant *what)
{
	return e->cp_flags == what->cp_flags && e->cp_seq == what->cp_seq &&
	    memcmp(&e->cp_u.cp_direct, &what->cp_u.cp_direct,
		sizeof e->cp_u.cp_direct) == 0;
}

static void
look(void)
{
	steps++;
	if ((watched->cp_flags & CPF_VALID) == 0)
		gone = true;
	else if (!says(watched, gone ? &after : &before))
		torn++;
}

static void
watch(void)
{
	steps = torn = 0;
	gone = false;
	if (!step_begin(look))
		skip();
}

static void
watched_enough(void)
{
	step_end();
	assert_true(says(watched, &after) && gone);
	assert_true(steps > 10);
	assert_int_equal(torn, 0);
}

/* A grant gets another meaning, is revoked, and its entry is used again. */
static void
test_kernel_never_sees_half_a_grant(void **state)
{
	cp_grant_id_t g = grant(), other;

	(void)state;
	watched = &known[GRANT_IDX(g)];
	before = after = *watched;
	after.cp_flags = CPF_USED | CPF_VALID | CPF_DIRECT | CPF_WRITE;
	after.cp_u.cp_direct.cp_who_to = OTHER;
	after.cp_u.cp_direct.cp_start = 0x9000;
	after.cp_u.cp_direct.cp_len = 7;
	watch();
	(void)cpf_setgrant_direct(g, OTHER, 0x9000, 7, CPF_WRITE);
	watched_enough();

	before = after;
	after.cp_seq = (after.cp_seq + 1) % GRANT_MAX_SEQ;
	after.cp_u.cp_direct.cp_who_to = PEER;
	watch();
	(void)cpf_revoke(g);
	other = cpf_grant_direct(PEER, 0x9000, 7, CPF_WRITE);
	watched_enough();
	assert_int_equal(GRANT_IDX(other), GRANT_IDX(g));
	assert_int_equal(cpf_revoke(other), OK);
}

#define MANY 1000

static void
test_table_grows_and_keeps_its_grants(void **state)
{
	cp_grant_id_t g[MANY];
	int i;

	(void)state;
	for (i = 0; i < MANY; i++) {
		g[i] = cpf_grant_direct(PEER, (vir_bytes)i, 1, CPF_READ);
		assert_true(GRANT_VALID(g[i]));
	}
	assert_true(known_entries >= MANY);
	for (i = 0; i < MANY; i++) {
		assert_true(valid(g[i]));
		assert_int_equal(known[GRANT_IDX(g[i])].cp_u.cp_direct.cp_start,
		    i);
		assert_int_equal(cpf_revoke(g[i]), OK);
	}
}

/* Last: it uses the table up. */
static void
test_full_table_is_an_error(void **state)
{
	cp_grant_id_t g = GRANT_INVALID, last = GRANT_INVALID;
	int i, n = known_entries;

	(void)state;
	memory_left = false;
	for (i = 0; i < n; i++) {
		last = g;
		g = grant();
		assert_true(GRANT_VALID(g));
	}
	assert_int_equal(grant(), -ENOSPC);
	assert_int_equal(cpf_getgrants(&g, 1), 0);
	assert_int_equal(cpf_revoke(last), OK);
	assert_int_equal(cpf_getgrants(&g, 1), 1);
	memory_left = true;
	refusal = -EPERM;
	assert_int_equal(grant(), -EPERM);
	assert_int_equal(known_entries, n);
	refusal = OK;
	cpf_prealloc(10);
	assert_int_equal(known_entries, n + 10);
	free(known);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused_table_is_an_error),
		cmocka_unit_test(test_first_grant_has_id_zero),
		cmocka_unit_test(test_revoked_id_fits_no_new_grant),
		cmocka_unit_test(test_sequence_wraps_and_stays_valid),
		cmocka_unit_test(test_bad_arguments),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_reserved_id_stays_the_same),
		cmocka_unit_test(test_fault_is_told_by_revoke),
		cmocka_unit_test(test_revoking_a_map_grant_ends_its_mappings),
		cmocka_unit_test(test_grant_stays_when_its_mappings_do),
		cmocka_unit_test(test_mappings_outlive_what_the_grant_says),
		cmocka_unit_test(test_kernel_never_sees_half_a_grant),
		cmocka_unit_test(test_table_grows_and_keeps_its_grants),
		cmocka_unit_test(test_full_table_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
