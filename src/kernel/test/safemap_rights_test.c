/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of who may map what: every right and every request, through grants
 * of every kind. What is refused asks nobody and leaves nothing. Proves: A2,
 * A6.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/test/fake.h"
#include "test/unit/status.h"

#define PAGE PAGE_SIZE
#define MEM  0x00500000u /* granted */
#define WIN  0x00900000u /* windows */
#define RWM  (CPF_READ | CPF_WRITE | CPF_MAP)

static void
refused(const struct fake_call *c, int error)
{
	assert_int_equal(fake_finish(c), error);
	assert_int_equal(fake_records(), 0);
	assert_int_equal(fake_vm.n, 0);
}

/* Bob maps what Alice has granted with some rights, or passed on by others. */
static struct fake_call
granted(uint32_t access, int links)
{
	int from = ALICE, i;
	cp_grant_id_t gid = fake_grant(ALICE, links == 0 ? fake_ep(BOB) : ANY,
	    MEM, 4 * PAGE, access);

	for (i = 0; i < links; i++) {
		gid = fake_pass(CAROL + i, ANY, fake_ep(from), gid);
		from = CAROL + i;
	}
	return fake_map(BOB, from, gid, WIN, 4);
}

static void
try_right(uint32_t access, int writable, int links)
{
	const uint32_t wanted =
	    CPF_MAP | CPF_READ | (writable != 0 ? CPF_WRITE : 0u);
	struct fake_call c;
	const struct map *m;

	(void)fake_kernel(NULL);
	c = granted(access, links);
	c.map.writable = writable;
	if ((access & wanted) != wanted) {
		refused(&c, -EPERM);
		return;
	}
	assert_status(fake_finish(&c), OK);
	assert_int_equal(fake_vm.asked[0].write != 0, writable != 0);
	m = map_of_window(fake_ep(BOB), WIN);
	assert_non_null(m);
	assert_int_equal(m->writable, writable != 0);
}

static void
every_right_and_every_request(void **state)
{
	static const int writable[] = { 0, 1, 2, -1, 0x10000 };
	uint32_t access;
	size_t i;
	int links;

	(void)state;
	for (access = 0; access <= RWM; access++)
		for (i = 0; i < sizeof writable / sizeof writable[0]; i++)
			for (links = 0; links < 3; links++)
				try_right(access, writable[i], links);
}

/* Bob maps what VFS has granted of a process, or others have passed on. */
static struct fake_call
magic(int owner, int links)
{
	struct cp_grant g = { .cp_flags = CPF_MAGIC | RWM };
	int from = VFS_PROC_NR, i;
	cp_grant_id_t gid;

	g.cp_u.cp_magic.cp_who_to = links == 0 ? fake_ep(BOB) : ANY;
	g.cp_u.cp_magic.cp_who_from = fake_ep(owner);
	g.cp_u.cp_magic.cp_start = MEM;
	g.cp_u.cp_magic.cp_len = 4 * PAGE;
	gid = fake_record(VFS_PROC_NR, &g);
	for (i = 0; i < links; i++) {
		gid = fake_pass(CAROL + i, ANY, fake_ep(from), gid);
		from = CAROL + i;
	}
	return fake_map(BOB, from, gid, WIN, 4);
}

/* Whosever memory it is, VFS's own and the caller's included. */
static void
a_magic_grant_cannot_be_mapped(void **state)
{
	static const int owners[] = { ALICE, BOB, VFS_PROC_NR };
	struct fake_call c;
	size_t i;
	int links;

	(void)state;
	for (i = 0; i < sizeof owners / sizeof owners[0]; i++)
		for (links = 0; links < 3; links++) {
			(void)fake_kernel(NULL);
			c = magic(owners[i], links);
			refused(&c, -EPERM);
			c.map.writable = 0;
			refused(&c, -EPERM);
		}
}

static void
no_grant_no_mapping(void **state)
{
	struct fake_call good = granted(RWM, 0), c = good;

	(void)state;
	c.map.gid = -1;
	refused(&c, -EINVAL);
	c.map.gid = good.map.gid + 1;
	refused(&c, -EPERM);
	c.map.gid = FAKE_GRANTS;
	refused(&c, -EPERM);
	c.map.gid = good.map.gid + GRANT_ID(0, 1);
	refused(&c, -EPERM);
	c = good;
	c.map.granter = fake_ep(CAROL);
	refused(&c, -EPERM);
	c.map.granter = endpoint_make(1, ALICE);
	refused(&c, -EINVAL);
	c = good;
	c.who = CAROL;
	refused(&c, -EPERM);
	fake_clear(ALICE, good.map.gid);
	refused(&good, -EPERM);
}

static void
no_more_than_is_granted(void **state)
{
	struct fake_call good = granted(RWM, 0), c;
	vir_bytes offset, pages;

	(void)state;
	for (offset = 0; offset < 6; offset++)
		for (pages = 1; pages < 6; pages++) {
			c = good;
			c.map.offset = offset * PAGE;
			c.map.bytes = pages * PAGE;
			if (offset + pages > 4) {
				refused(&c, -EPERM);
				continue;
			}
			assert_status(fake_finish(&c), OK);
			c = fake_unmap(BOB, WIN);
			assert_status(fake_finish(&c), OK);
			fake_vm.n = 0;
		}
	c = good;
	c.map.offset = 0u - PAGE;
	refused(&c, -EPERM);
}

/* A grant that is revoked while its user waits is not looked at again. */
static void
the_grant_is_asked_once(void **state)
{
	struct fake_call c = granted(RWM, 1);

	(void)state;
	assert_status(fake_step(&c), -EVMSUSPEND);
	fake_clear(ALICE, 0);
	fake_clear(CAROL, 0);
	assert_status(fake_finish(&c), OK);
	assert_int_equal(fake_records(), 1);
}

#define TEST(name) cmocka_unit_test_setup(name, fake_kernel)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_right_and_every_request),
		TEST(a_magic_grant_cannot_be_mapped),
		TEST(no_grant_no_mapping),
		TEST(no_more_than_is_granted),
		TEST(the_grant_is_asked_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
