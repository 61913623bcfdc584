/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the checking of grants: every row of the error matrix, on
 * processes whose memory is an array. Proves: A10.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/call/call.h"
#include "kernel/call/grant.h"

#define GRANTS  8      /* entries in each process's table */
#define TABLE   0x1000 /* where it is */
#define OLD_GEN endpoint_make(3, ALICE)

enum {
	VFS = VFS_PROC_NR,
	ALICE = 20,
	BOB,
	CAROL,
	USER,
	PROCS
};

struct proc proc_table[NR_TASKS + NR_PROCS];
static struct priv privs[PROCS];
static struct cp_grant tables[PROCS][GRANTS];
static bool page_missing; /* fetching a record needs VM */

static endpoint_t
ep(int slot)
{
	return slot == VFS ? VFS_PROC_NR : endpoint_make(4, slot);
}

int
copy_from_user(struct proc *requestor, struct place src, void *dst,
    vir_bytes size)
{
	vir_bytes offset = src.addr - TABLE;

	(void)requestor;
	if (page_missing)
		return -EVMSUSPEND;
	if (src.addr < TABLE || offset + size > sizeof tables[0])
		return -EFAULT;
	memcpy(dst, (char *)tables[src.proc->slot] + offset, size);
	return OK;
}

static struct place marked; /* by the last data_copy() */

struct place
place_kernel(const void *p)
{
	(void)p;
	return place_phys(0);
}

int
data_copy(struct proc *requestor, struct place src, struct place dst,
    vir_bytes size, uint32_t flags)
{
	(void)requestor, (void)src, (void)size, (void)flags;
	marked = dst;
	return OK;
}

/* A process with a table, but no grants. */
static void
proc_make(int slot)
{
	struct proc *p = proc_slot(slot);

	p->slot = slot;
	p->endpoint = ep(slot);
	p->priv = &privs[slot];
	privs[slot] = (struct priv){
		.proc = p,
		.grant_table = TABLE,
		.grant_entries = GRANTS,
		.grant_owner = p->endpoint,
	};
}

static int
setup(void **state)
{
	(void)state;
	memset(tables, 0, sizeof tables);
	for (int slot = 0; slot < PROCS; slot++)
		if (slot == VFS || (slot >= ALICE && slot <= USER))
			proc_make(slot);
	privs[USER].proc = NULL; /* shared by many */
	page_missing = false;
	return 0;
}

static struct cp_grant *
put(int slot, int idx, uint32_t flags)
{
	tables[slot][idx].cp_flags = CPF_USED | CPF_VALID | flags;
	return &tables[slot][idx];
}

static void
direct(int slot, int idx, endpoint_t to, vir_bytes start, vir_bytes len,
    uint32_t access)
{
	struct cp_grant *g = put(slot, idx, CPF_DIRECT | access);

	g->cp_u.cp_direct.cp_who_to = to;
	g->cp_u.cp_direct.cp_start = start;
	g->cp_u.cp_direct.cp_len = len;
}

static void
indirect(int slot, int idx, endpoint_t to, endpoint_t from, cp_grant_id_t gid)
{
	struct cp_grant *g = put(slot, idx, CPF_INDIRECT);

	g->cp_u.cp_indirect.cp_who_to = to;
	g->cp_u.cp_indirect.cp_who_from = from;
	g->cp_u.cp_indirect.cp_grant = gid;
}

static void
magic(int slot, int idx, endpoint_t to, endpoint_t from, uint32_t access)
{
	struct cp_grant *g = put(slot, idx, CPF_MAGIC | access);

	g->cp_u.cp_magic.cp_who_to = to;
	g->cp_u.cp_magic.cp_who_from = from;
	g->cp_u.cp_magic.cp_start = 0x500;
	g->cp_u.cp_magic.cp_len = 100;
}

static struct grant_found found;

/* Bob wants something of a grant. */
static int
want(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset, vir_bytes bytes,
    uint32_t access)
{
	struct grant_want w = { granter, gid, offset, bytes, access };

	return verify_grant(proc_slot(BOB), &w, &found, NULL);
}

static void
test_part_of_a_direct_grant_is_found(void **state)
{
	(void)state;
	direct(ALICE, 3, ep(BOB), 0x8000, 100, CPF_READ);
	assert_int_equal(want(ep(ALICE), 3, 10, 90, CPF_READ), OK);
	assert_ptr_equal(found.owner, proc_slot(ALICE));
	assert_int_equal(found.addr, 0x800a);
	assert_false(found.try);
	assert_int_equal(want(ep(ALICE), 3, 100, 0, CPF_READ), OK);
}

static void
test_bad_ids(void **state)
{
	(void)state;
	assert_int_equal(want(ep(ALICE), -1, 0, 1, CPF_READ), -EINVAL);
	assert_int_equal(want(ep(ALICE), GRANTS, 0, 1, CPF_READ), -EPERM);
	assert_int_equal(want(ep(ALICE), 0, 0, 1, CPF_READ), -EPERM);
	direct(ALICE, 0, ep(BOB), 0, 8, CPF_READ);
	tables[ALICE][0].cp_flags &= ~(uint32_t)CPF_VALID;
	assert_int_equal(want(ep(ALICE), 0, 0, 1, CPF_READ), -EPERM);
}

static void
test_revoked_id_is_refused_for_its_sequence(void **state)
{
	(void)state;
	direct(ALICE, 2, ep(BOB), 0, 8, CPF_READ);
	tables[ALICE][2].cp_seq = 5;
	assert_int_equal(want(ep(ALICE), 2, 0, 1, CPF_READ), -EPERM);
	assert_int_equal(want(ep(ALICE), GRANT_ID(2, 4), 0, 1, CPF_READ),
	    -EPERM);
	assert_int_equal(want(ep(ALICE), GRANT_ID(2, 5), 0, 1, CPF_READ), OK);
}

static void
test_bad_granters(void **state)
{
	(void)state;
	direct(ALICE, 0, ep(BOB), 0, 8, CPF_READ);
	assert_int_equal(want(OLD_GEN, 0, 0, 1, CPF_READ), -EINVAL);
	assert_int_equal(want(NONE, 0, 0, 1, CPF_READ), -EINVAL);
	assert_int_equal(want(SELF, 0, 0, 1, CPF_READ), -EINVAL);
	assert_int_equal(want(ANY, 0, 0, 1, CPF_READ), -EINVAL);
	assert_int_equal(want(ep(USER), 0, 0, 1, CPF_READ), -EPERM);
	privs[ALICE].grant_entries = 0;
	assert_int_equal(want(ep(ALICE), 0, 0, 1, CPF_READ), -EPERM);
}

static void
test_table_of_another_endpoint_does_not_count(void **state)
{
	(void)state;
	direct(ALICE, 0, ep(BOB), 0, 8, CPF_READ);
	privs[ALICE].grant_owner = OLD_GEN;
	assert_int_equal(want(ep(ALICE), 0, 0, 1, CPF_READ), -EPERM);
}

static void
test_grantee_is_the_caller_or_anybody(void **state)
{
	(void)state;
	direct(ALICE, 0, ep(CAROL), 0, 8, CPF_READ);
	assert_int_equal(want(ep(ALICE), 0, 0, 1, CPF_READ), -EPERM);
	direct(ALICE, 0, ANY, 0, 8, CPF_READ);
	assert_int_equal(want(ep(ALICE), 0, 0, 1, CPF_READ), OK);
}

static void
test_access_is_what_was_granted(void **state)
{
	(void)state;
	direct(ALICE, 0, ep(BOB), 0, 8, CPF_READ);
	direct(ALICE, 1, ep(BOB), 0, 8, CPF_WRITE);
	assert_int_equal(want(ep(ALICE), 0, 0, 1, CPF_WRITE), -EPERM);
	assert_int_equal(want(ep(ALICE), 1, 0, 1, CPF_READ), -EPERM);
	assert_int_equal(want(ep(ALICE), 1, 0, 1, CPF_WRITE), OK);
	assert_int_equal(want(ep(ALICE), 1, 0, 1, CPF_WRITE | CPF_MAP), -EPERM);
}

static void
test_range_stays_within_the_grant(void **state)
{
	(void)state;
	direct(ALICE, 0, ep(BOB), 0x8000, 100, CPF_READ);
	assert_int_equal(want(ep(ALICE), 0, 1, 100, CPF_READ), -EPERM);
	assert_int_equal(want(ep(ALICE), 0, 101, 0, CPF_READ), -EPERM);
	assert_int_equal(want(ep(ALICE), 0, 0xffffffff, 2, CPF_READ), -EPERM);
	assert_int_equal(want(ep(ALICE), 0, 2, 0xffffffff, CPF_READ), -EPERM);
}

static void
test_granted_range_may_touch_both_ends_of_memory(void **state)
{
	(void)state;
	direct(ALICE, 0, ep(BOB), 0, 100, CPF_READ);
	assert_int_equal(want(ep(ALICE), 0, 0, 100, CPF_READ), OK);
	direct(ALICE, 0, ep(BOB), 0xffffff00, 0x100, CPF_READ);
	assert_int_equal(want(ep(ALICE), 0, 0, 0x100, CPF_READ), OK);
	direct(ALICE, 0, ep(BOB), 0xffffff00, 0x101, CPF_READ);
	assert_int_equal(want(ep(ALICE), 0, 0, 1, CPF_READ), -EPERM);
	direct(ALICE, 0, ep(BOB), 0x8000, 0, CPF_READ);
	assert_int_equal(want(ep(ALICE), 0, 0, 0, CPF_READ), OK);
}

static void
test_magic_grants_are_for_vfs_alone(void **state)
{
	(void)state;
	magic(VFS, 1, ep(BOB), ep(USER), CPF_READ);
	assert_int_equal(want(VFS_PROC_NR, 1, 4, 4, CPF_READ), OK);
	assert_ptr_equal(found.owner, proc_slot(USER));
	assert_int_equal(found.addr, 0x504);
	magic(ALICE, 1, ep(BOB), ep(USER), CPF_READ);
	assert_int_equal(want(ep(ALICE), 1, 4, 4, CPF_READ), -EPERM);
}

static void
test_magic_grantee(void **state)
{
	(void)state;
	magic(VFS, 1, ep(CAROL), ep(USER), CPF_READ);
	assert_int_equal(want(VFS_PROC_NR, 1, 0, 4, CPF_READ), -EPERM);
	magic(VFS, 1, ANY, ep(USER), CPF_READ);
	assert_int_equal(want(VFS_PROC_NR, 1, 0, 4, CPF_READ), OK);
	magic(VFS, 1, ep(CAROL), ANY, CPF_READ);
	assert_int_equal(want(VFS_PROC_NR, 1, 0, 4, CPF_READ), -EPERM);
	magic(VFS, 1, ep(BOB), OLD_GEN, CPF_READ);
	assert_int_equal(want(VFS_PROC_NR, 1, 0, 4, CPF_READ), -EDEADSRCDST);
}

/* Alice's grant 0, passed on by hops indirect grants of Alice to herself and
 * a last one to Bob, whose index is returned. */
static cp_grant_id_t
chain(int hops)
{
	int i;

	direct(ALICE, 0, ep(ALICE), 0x8000, 100, CPF_READ);
	for (i = 1; i <= hops; i++)
		indirect(ALICE, i, i == hops ? ep(BOB) : ep(ALICE), ep(ALICE),
		    i - 1);
	return hops;
}

static void
test_five_hops_but_not_six(void **state)
{
	(void)state;
	assert_int_equal(want(ep(ALICE), chain(5), 10, 1, CPF_READ), OK);
	assert_int_equal(found.addr, 0x800a);
	assert_int_equal(want(ep(ALICE), chain(6), 0, 1, CPF_READ), -ELOOP);
}

static void
test_cycle_ends(void **state)
{
	(void)state;
	indirect(ALICE, 0, ANY, ep(ALICE), 0);
	assert_int_equal(want(ep(ALICE), 0, 0, 1, CPF_READ), -ELOOP);
}

static void
test_every_hop_has_its_grantee(void **state)
{
	(void)state;
	direct(ALICE, 0, ep(CAROL), 0x8000, 100, CPF_READ);
	indirect(CAROL, 4, ep(BOB), ep(ALICE), 0);
	assert_int_equal(want(ep(CAROL), 4, 0, 1, CPF_READ), OK);
	assert_ptr_equal(found.owner, proc_slot(ALICE));
	assert_int_equal(want(ep(ALICE), 0, 0, 1, CPF_READ), -EPERM);
	direct(ALICE, 0, ep(BOB), 0x8000, 100, CPF_READ);
	assert_int_equal(want(ep(CAROL), 4, 0, 1, CPF_READ), -EPERM);
	indirect(CAROL, 4, ep(BOB), OLD_GEN, 0);
	assert_int_equal(want(ep(CAROL), 4, 0, 1, CPF_READ), -EINVAL);
}

static void
test_missing_page_of_the_table_waits_for_vm(void **state)
{
	(void)state;
	direct(ALICE, 0, ep(BOB), 0, 100, CPF_READ);
	page_missing = true;
	assert_int_equal(want(ep(ALICE), 0, 0, 1, CPF_READ), -EVMSUSPEND);
	page_missing = false;
	privs[ALICE].grant_table = 0x20000000; /* nothing is there */
	assert_int_equal(want(ep(ALICE), 0, 0, 1, CPF_READ), -EPERM);
}

static void
test_fault_is_marked_in_the_makers_record(void **state)
{
	(void)state;
	direct(ALICE, 2, ep(CAROL), 0, 100, CPF_READ | CPF_TRY);
	indirect(CAROL, 1, ep(BOB), ep(ALICE), 2);
	assert_int_equal(want(ep(CAROL), 1, 0, 1, CPF_READ), OK);
	assert_true(found.try);
	assert_int_equal(found.gid, 2);
	grant_mark_faulted(proc_slot(BOB), &found);
	assert_ptr_equal(marked.proc, proc_slot(ALICE));
	assert_int_equal(marked.addr,
	    TABLE + 2 * sizeof(struct cp_grant) +
		offsetof(struct cp_grant, cp_faulted));
}

#define TEST(name) cmocka_unit_test_setup(name, setup)

static void
test_chain_names_every_grant_on_the_way(void **state)
{
	struct grant_want w = { ep(CAROL), 2, 0, 8, CPF_READ | CPF_MAP };
	struct grant_chain chain;

	(void)state;
	direct(ALICE, 1, ep(CAROL), 0x8000, 100, CPF_READ | CPF_MAP);
	indirect(CAROL, 2, ep(BOB), ep(ALICE), 1);
	assert_int_equal(verify_grant(proc_slot(BOB), &w, &found, &chain), OK);
	assert_ptr_equal(found.owner, proc_slot(ALICE));
	assert_int_equal(chain.n, 2);
	assert_int_equal(chain.link[0].granter, ep(CAROL));
	assert_int_equal(chain.link[0].gid, 2);
	assert_int_equal(chain.link[1].granter, ep(ALICE));
	assert_int_equal(chain.link[1].gid, 1);
	assert_false(chain.magic);
	w.granter = ep(ALICE);
	w.gid = 3;
	direct(ALICE, 3, ep(BOB), 0x8000, 100, CPF_READ | CPF_MAP);
	assert_int_equal(verify_grant(proc_slot(BOB), &w, &found, &chain), OK);
	assert_int_equal(chain.n, 1);
}

static void
test_longest_chain_has_room(void **state)
{
	struct grant_want w = { ep(CAROL), 0, 0, 8, CPF_READ };
	struct grant_chain chain;

	(void)state;
	for (int i = 0; i < MAX_INDIRECT_DEPTH; i++)
		indirect(CAROL, i, i == 0 ? ep(BOB) : ep(CAROL), ep(CAROL),
		    i + 1);
	direct(CAROL, MAX_INDIRECT_DEPTH, ep(CAROL), 0, 8, CPF_READ);
	assert_int_equal(verify_grant(proc_slot(BOB), &w, &found, &chain), OK);
	assert_int_equal(chain.n, MAX_INDIRECT_DEPTH + 1);
	indirect(CAROL, MAX_INDIRECT_DEPTH, ep(CAROL), ep(CAROL), 0);
	assert_int_equal(verify_grant(proc_slot(BOB), &w, &found, &chain),
	    -ELOOP);
}

static void
test_chain_tells_of_magic(void **state)
{
	struct grant_want w = { VFS_PROC_NR, 0, 0, 8, CPF_READ };
	struct grant_chain chain;

	(void)state;
	magic(VFS, 0, ep(BOB), ep(USER), CPF_READ);
	assert_int_equal(verify_grant(proc_slot(BOB), &w, &found, &chain), OK);
	assert_true(chain.magic);
	assert_int_equal(chain.n, 1);
	assert_int_equal(chain.link[0].granter, VFS_PROC_NR);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_part_of_a_direct_grant_is_found),
		TEST(test_bad_ids),
		TEST(test_revoked_id_is_refused_for_its_sequence),
		TEST(test_bad_granters),
		TEST(test_table_of_another_endpoint_does_not_count),
		TEST(test_grantee_is_the_caller_or_anybody),
		TEST(test_access_is_what_was_granted),
		TEST(test_range_stays_within_the_grant),
		TEST(test_granted_range_may_touch_both_ends_of_memory),
		TEST(test_magic_grants_are_for_vfs_alone),
		TEST(test_magic_grantee),
		TEST(test_five_hops_but_not_six),
		TEST(test_cycle_ends),
		TEST(test_every_hop_has_its_grantee),
		TEST(test_missing_page_of_the_table_waits_for_vm),
		TEST(test_fault_is_marked_in_the_makers_record),
		TEST(test_chain_names_every_grant_on_the_way),
		TEST(test_longest_chain_has_room),
		TEST(test_chain_tells_of_magic),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
