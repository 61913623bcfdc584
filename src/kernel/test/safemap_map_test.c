/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of making mappings: the record that is made, what VM is asked,
 * what is refused without asking. Proves: A2, A6.
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

/* A record of pages of owner at MEM, to be added. */
static struct map
record(int grantee, vir_bytes window, vir_bytes pages)
{
	return (struct map){
		.mapped = true, /* which is not for the caller to say */
		.writable = true,
		.grantee = fake_ep(grantee),
		.window = window,
		.length = pages * PAGE,
		.owner = fake_ep(ALICE),
		.owner_addr = MEM,
		.hops = 1,
		.hop = { { fake_ep(ALICE), 7, MEM, false } },
	};
}

static int
add(struct map m)
{
	struct map *added;
	int r = map_resolve(&m);

	return r == OK ? map_add(&m, &added) : r;
}

static void
a_record_is_as_it_was_added(void **state)
{
	struct map m = record(BOB, WIN, 3), *added;

	(void)state;
	assert_status(map_add(&m, &added), OK);
	assert_false(added->mapped);
	assert_true(added->writable);
	assert_int_equal(added->grantee, fake_ep(BOB));
	assert_int_equal(added->window, WIN);
	assert_int_equal(added->length, 3 * PAGE);
	assert_int_equal(added->owner, fake_ep(ALICE));
	assert_int_equal(added->owner_addr, MEM);
	assert_int_equal(added->hops, 1);
	assert_int_equal(added->hop[0].granter, fake_ep(ALICE));
	assert_int_equal(added->hop[0].gid, 7);
	assert_int_equal(added->hop[0].addr, MEM);
	assert_false(added->hop[0].piece);
}

static void
a_record_is_found_by_its_window(void **state)
{
	struct map m = record(BOB, WIN, 3), *added;

	(void)state;
	assert_null(map_of_window(fake_ep(BOB), WIN));
	assert_status(add(record(CAROL, WIN, 3)), OK);
	assert_status(map_add(&m, &added), OK);
	assert_status(add(record(BOB, WIN + 3 * PAGE, 1)), OK);
	assert_ptr_equal(map_of_window(fake_ep(BOB), WIN), added);
	assert_ptr_not_equal(map_of_window(fake_ep(CAROL), WIN), added);
	assert_null(map_of_window(fake_ep(BOB), WIN + PAGE));
	assert_null(map_of_window(fake_ep(BOB), WIN - PAGE));
	assert_null(map_of_window(fake_ep(BOB), WIN + 1));
	assert_null(map_of_window(fake_ep(ALICE), WIN));
	assert_null(map_of_window(fake_ep(ALICE), MEM));
}

/* Bob, Carol and Dave have a window each. Drop them in an order: those that are
 * left are still found. */
static void
drop_in_order(const int order[3])
{
	int k, n;

	for (k = 0; k < 3; k++)
		assert_status(add(record(BOB + k, WIN, 1)), OK);
	for (n = 0; n < 3; n++) {
		map_drop(map_of_window(fake_ep(BOB + order[n]), WIN));
		assert_int_equal(fake_records(), 2 - n);
		for (k = 0; k < 3; k++)
			assert_int_equal(
			    map_of_window(fake_ep(BOB + order[k]), WIN) != NULL,
			    k > n);
	}
}

static void
dropping_leaves_the_others(void **state)
{
	static const int order[3][3] = { { 0, 1, 2 }, { 1, 2, 0 },
		{ 2, 0, 1 } };
	int i;

	(void)state;
	for (i = 0; i < 3; i++)
		drop_in_order(order[i]);
}

static void
all_records_are_shown_once(void **state)
{
	uint32_t n, k;

	(void)state;
	assert_null(map_nth(0));
	for (n = 0; n < 5; n++)
		assert_status(add(record(BOB + (int)n % 3, WIN + n * PAGE, 1)),
		    OK);
	for (n = 0; n < 5; n++) {
		assert_non_null(map_nth(n));
		for (k = 0; k < n; k++)
			assert_ptr_not_equal(map_nth(k), map_nth(n));
	}
	assert_null(map_nth(5));
	assert_null(map_nth(6));
	assert_null(map_nth(UINT32_MAX));
	assert_null(map_nth(0x80000000u));
}

static void
no_two_records_have_the_same_number(void **state)
{
	uint32_t serial[6];
	struct map *m;
	int i, k;

	(void)state;
	for (i = 0; i < 6; i++) {
		assert_status(add(record(BOB + i % 3, WIN, 1)), OK);
		m = map_of_window(fake_ep(BOB + i % 3), WIN);
		serial[i] = m->serial;
		for (k = 0; k < i; k++)
			assert_int_not_equal(serial[i], serial[k]);
		if (i >= 2)
			map_drop(
			    map_of_window(fake_ep(BOB + (i - 2) % 3), WIN));
	}
}

/* A window of two pages, and another that begins some pages before. */
static void
windows_do_not_overlap(void **state)
{
	int from, pages;

	(void)state;
	for (from = -4; from <= 4; from++)
		for (pages = 1; pages <= 8; pages++) {
			bool apart = from + pages <= 0 || from >= 2;
			struct map m = record(BOB, WIN + (vir_bytes)from * PAGE,
			    (vir_bytes)pages);

			(void)fake_kernel(NULL);
			assert_status(add(record(BOB, WIN, 2)), OK);
			assert_int_equal(add(m), apart ? OK : -EBUSY);
			assert_int_equal(fake_records(), apart ? 2 : 1);
			m.grantee = fake_ep(CAROL);
			assert_status(add(m), OK);
		}
}

/* Two pages of Alice's are mapped. What she may have as a window herself. */
static void
what_others_have_mapped_is_no_window(void **state)
{
	int from, pages;

	(void)state;
	for (from = -4; from <= 4; from++)
		for (pages = 1; pages <= 8; pages++) {
			bool apart = from + pages <= 0 || from >= 2;
			struct map m = record(ALICE,
			    MEM + (vir_bytes)from * PAGE, (vir_bytes)pages);

			(void)fake_kernel(NULL);
			m.owner = m.hop[0].granter = fake_ep(DAVE);
			m.owner_addr = m.hop[0].addr = WIN;
			assert_status(add(record(BOB, WIN, 2)), OK);
			assert_int_equal(add(m), apart ? OK : -EBUSY);
			assert_int_equal(fake_records(), apart ? 2 : 1);
			m.grantee = fake_ep(CAROL); /* whose address that is */
			assert_status(add(m), OK);
		}
}

/* Bob maps two pages of his own. */
static void
window_and_memory_do_not_overlap(void **state)
{
	int from;

	(void)state;
	for (from = -4; from <= 4; from++) {
		bool apart = from <= -2 || from >= 2;
		struct map m = record(BOB, WIN, 2);

		(void)fake_kernel(NULL);
		m.owner = m.hop[0].granter = fake_ep(BOB);
		m.owner_addr = WIN + (vir_bytes)from * PAGE;
		m.hop[0].addr = m.owner_addr;
		assert_int_equal(add(m), apart ? OK : -EINVAL);
		assert_int_equal(fake_records(), apart ? 1 : 0);
		m.owner = m.hop[0].granter = fake_ep(CAROL);
		m.grantee = fake_ep(DAVE);
		assert_status(add(m), OK);
	}
}

/* Alice lets Bob map eight pages. */
static struct fake_call
call(void)
{
	cp_grant_id_t gid = fake_grant(ALICE, fake_ep(BOB), MEM, 8 * PAGE, RWM);

	return fake_map(BOB, ALICE, gid, WIN, 3);
}

static void
vm_is_asked_for_what_is_wanted(void **state)
{
	struct fake_call c = call();
	const struct vm_request *asked = &fake_vm.asked[0];

	(void)state;
	c.map.offset = 2 * PAGE;
	assert_status(fake_finish(&c), OK);
	assert_int_equal(fake_vm.n, 1);
	assert_int_equal(asked->kind, MEMREQ_SMAP);
	assert_int_equal(asked->target, fake_ep(BOB));
	assert_int_equal(asked->start, WIN);
	assert_int_equal(asked->length, 3 * PAGE);
	assert_int_not_equal(asked->write, 0);
	assert_int_equal(asked->source, fake_ep(ALICE));
	assert_int_equal(asked->source_addr, MEM + 2 * PAGE);
}

static void
the_record_is_made_before_vm_is_asked(void **state)
{
	struct fake_call c = call();
	const struct map *m;

	(void)state;
	c.map.offset = PAGE;
	assert_status(fake_step(&c), -EVMSUSPEND);
	m = map_of_window(fake_ep(BOB), WIN);
	assert_non_null(m);
	assert_false(m->mapped);
	assert_true(fake_serve());
	assert_status(fake_step(&c), OK);
	m = map_of_window(fake_ep(BOB), WIN);
	assert_non_null(m);
	assert_true(m->mapped);
	assert_true(m->writable);
	assert_int_equal(m->grantee, fake_ep(BOB));
	assert_int_equal(m->length, 3 * PAGE);
	assert_int_equal(m->owner, fake_ep(ALICE));
	assert_int_equal(m->owner_addr, MEM + PAGE);
	assert_int_equal(fake_records(), 1);
	assert_false(fake_serve()); /* nothing else is wanted */
}

static void
an_error_of_vm_reaches_the_caller_and_the_record_goes(void **state)
{
	static const int errors[] = { -ENOMEM, -EINVAL, -EFAULT, -EPERM,
		-EBUSY };
	struct fake_call c;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof errors / sizeof errors[0]; i++) {
		(void)fake_kernel(NULL);
		c = call();
		fake_vm.failing = 0;
		fake_vm.status = errors[i];
		assert_int_equal(fake_finish(&c), errors[i]);
		assert_int_equal(fake_records(), 0);
		assert_status(fake_finish(&c), OK);
		assert_int_equal(fake_records(), 1);
	}
}

/* What becomes of a call: if it is refused nobody is asked, and nothing is
 * left. */
static int
refused(const struct fake_call *c)
{
	uint32_t records = fake_records();
	int asked = fake_vm.n;
	int r = fake_finish(c);

	if (r != OK) {
		assert_int_equal(fake_records(), records);
		assert_int_equal(fake_vm.n, asked);
	}
	return r;
}

static void
windows_are_whole_pages(void **state)
{
	struct fake_call c, good = call();
	int bit;

	(void)state;
	for (bit = 0; bit < 12; bit++) {
		c = good;
		c.map.addr += 1u << bit;
		assert_status(refused(&c), -EINVAL);
		c = good;
		c.map.offset += 1u << bit;
		assert_status(refused(&c), -EINVAL);
		c = good;
		c.map.bytes += 1u << bit;
		assert_status(refused(&c), -EINVAL);
		c.map.bytes = 1u << bit;
		assert_status(refused(&c), -EINVAL);
		c = good; /* two wrongs are no right */
		c.map.addr += 1u << bit;
		c.map.bytes += 1u << bit;
		assert_status(refused(&c), -EINVAL);
	}
	c = good;
	c.map.bytes = 0;
	assert_status(refused(&c), -EINVAL);
	assert_status(fake_finish(&good), OK);
}

static void
windows_lie_below_the_kernel(void **state)
{
	struct fake_call c = call();

	(void)state;
	c.map.addr = KERNEL_BASE - 2 * PAGE;
	assert_status(refused(&c), -EFAULT);
	c.map.addr = KERNEL_BASE;
	assert_status(refused(&c), -EFAULT);
	c.map.addr = 0u - 3 * PAGE;
	assert_status(refused(&c), -EFAULT);
	c.map.addr = 0u - PAGE; /* and around */
	assert_status(refused(&c), -EFAULT);
	c.map.addr = PAGE;
	c.map.bytes = 0u - PAGE;
	assert_status(refused(&c), -EFAULT);
	c.map.bytes = KERNEL_BASE;
	assert_status(refused(&c), -EFAULT);
	c.map.bytes = 3 * PAGE;
	c.map.addr = KERNEL_BASE - 3 * PAGE;
	assert_status(fake_finish(&c), OK); /* VM will know */
}

/* VM would have to ask itself. */
static void
vm_has_no_windows(void **state)
{
	struct fake_call c;
	cp_grant_id_t gid;

	(void)state;
	gid = fake_grant(ALICE, ANY, MEM, 8 * PAGE, RWM);
	c = fake_map(VM_PROC_NR, ALICE, gid, WIN, 2);
	for (c.map.writable = 0; c.map.writable < 2; c.map.writable++) {
		assert_status(fake_finish(&c), -EINVAL);
		assert_int_equal(fake_records(), 0);
		assert_int_equal(fake_vm.n, 0);
	}
	c = fake_map(BOB, ALICE, gid, WIN, 2);
	assert_status(fake_finish(&c), OK);
}

/* What a granter writes into its table is not checked by anybody else. */
static void
what_is_granted_are_pages_of_processes(void **state)
{
	static const struct {
		vir_bytes start;
		int error;
	} bad[] = {
		{ KERNEL_BASE - 2 * PAGE, -EFAULT },
		{ KERNEL_BASE, -EFAULT },
		{ 0u - 3 * PAGE, -EFAULT },
		{ MEM + 1, -EINVAL },
		{ MEM + 4, -EINVAL },
		{ MEM + 2048, -EINVAL },
	};
	struct fake_call c;
	cp_grant_id_t gid;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		gid = fake_grant(ALICE, fake_ep(BOB), bad[i].start, 3 * PAGE,
		    RWM);
		c = fake_map(BOB, ALICE, gid, WIN, 3);
		assert_status(refused(&c), bad[i].error);
	}
	/* Nor is a page that only begins where one does. */
	gid = fake_grant(ALICE, fake_ep(BOB), MEM + 1, 4 * PAGE, RWM);
	c = fake_map(BOB, ALICE, gid, WIN, 3);
	c.map.offset = PAGE - 1;
	assert_status(refused(&c), -EINVAL);
	gid = fake_grant(ALICE, fake_ep(BOB), KERNEL_BASE - 3 * PAGE, 3 * PAGE,
	    RWM);
	c = fake_map(BOB, ALICE, gid, WIN, 3);
	assert_status(fake_finish(&c), OK);
}

static void
a_window_in_use_is_busy(void **state)
{
	struct fake_call c = call();

	(void)state;
	assert_status(fake_finish(&c), OK);
	assert_status(refused(&c), -EBUSY);
	c.map.addr = WIN + 2 * PAGE;
	assert_status(refused(&c), -EBUSY);
	c.map.addr = WIN + 3 * PAGE;
	assert_status(fake_finish(&c), OK);
}

#define TEST(name) cmocka_unit_test_setup(name, fake_kernel)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_record_is_as_it_was_added),
		TEST(a_record_is_found_by_its_window),
		TEST(dropping_leaves_the_others),
		TEST(all_records_are_shown_once),
		TEST(no_two_records_have_the_same_number),
		TEST(windows_do_not_overlap),
		TEST(what_others_have_mapped_is_no_window),
		TEST(window_and_memory_do_not_overlap),
		TEST(vm_is_asked_for_what_is_wanted),
		TEST(the_record_is_made_before_vm_is_asked),
		TEST(an_error_of_vm_reaches_the_caller_and_the_record_goes),
		TEST(windows_are_whole_pages),
		TEST(windows_lie_below_the_kernel),
		TEST(vm_has_no_windows),
		TEST(what_is_granted_are_pages_of_processes),
		TEST(a_window_in_use_is_busy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
