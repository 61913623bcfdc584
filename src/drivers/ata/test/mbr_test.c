/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the partition table's parser.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/ata/mbr.h"

#define DRIVE ((int64_t)100000 * 512)

static uint8_t sector[512];

static void
entry_put(int i, uint8_t type, uint32_t first, uint32_t count)
{
	uint8_t *e = sector + 446 + (size_t)i * 16;

	e[4] = type;
	memcpy(e + 8, &first, 4);
	memcpy(e + 12, &count, 4);
}

static int
setup(void **state)
{
	(void)state;
	memset(sector, 0, sizeof sector);
	sector[510] = 0x55;
	sector[511] = 0xaa;
	return 0;
}

static void
test_partitions_are_where_the_table_says(void **state)
{
	struct bdev_part part[4];

	(void)state;
	entry_put(0, 0x83, 8192, 1000);
	entry_put(3, 0x0c, 50000, 50000);
	mbr_parse(sector, DRIVE, part);
	assert_int_equal(part[0].base, 8192 * 512L);
	assert_int_equal(part[0].size, 1000 * 512L);
	assert_true(part[1].size == 0 && part[2].size == 0);
	assert_true(part[3].base == (int64_t)50000 * 512);
	assert_true(part[3].size == (int64_t)50000 * 512);
}

static void
test_what_lies_outside_does_not_exist(void **state)
{
	struct bdev_part part[4];

	(void)state;
	entry_put(0, 0x83, 100000, 1);
	entry_put(1, 0x83, 99999, 0xffffffff);
	entry_put(2, 0x83, 0xffffffff, 0xffffffff);
	entry_put(3, 0x83, 0, 10);
	mbr_parse(sector, DRIVE, part);
	assert_true(part[0].size == 0);
	assert_true(part[1].base == (int64_t)99999 * 512);
	assert_true(part[1].size == 512);
	assert_true(part[2].size == 0);
	assert_true(part[3].size == 0);
}

static void
test_without_signature_there_are_none(void **state)
{
	struct bdev_part part[4];
	int i;

	(void)state;
	entry_put(0, 0x83, 8192, 1000);
	entry_put(1, 0, 1, 1000);
	mbr_parse(sector, DRIVE, part);
	assert_true(part[0].size > 0 && part[1].size == 0);
	sector[511] = 0;
	mbr_parse(sector, DRIVE, part);
	for (i = 0; i < 4; i++)
		assert_true(part[i].size == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_partitions_are_where_the_table_says,
		    setup),
		cmocka_unit_test_setup(test_what_lies_outside_does_not_exist,
		    setup),
		cmocka_unit_test_setup(test_without_signature_there_are_none,
		    setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
