/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The disk as a device: what its nodes give, at any address, and that the
 * file system comes through the death of the disk's driver.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "test/report/report.h"

static uint8_t buf[20000];

static void
test_partition(void)
{
	uint8_t small[512];
	int disk = open("/dev/c0d0", O_RDONLY);
	int part = open("/dev/c0d0p0", O_RDONLY);
	uint32_t first;

	CHECK(disk >= 0);
	CHECK(part >= 0);
	CHECK(read(disk, buf, 512) == 512);
	CHECK(buf[510] == 0x55 && buf[511] == 0xaa);
	memcpy(&first, buf + 446 + 8, sizeof first);
	CHECK(lseek(part, 1024, SEEK_SET) == 1024);
	CHECK(read(part, buf + 1, 512) == 512);
	CHECK(buf[1 + 56] == 0x53 && buf[1 + 57] == 0xef);
	CHECK(lseek(disk, (off_t)(first + 2) * 512, SEEK_SET) > 0);
	CHECK(read(disk, small, 512) == 512);
	CHECK(memcmp(small + 120, buf + 1 + 120, 392) == 0);
	CHECK(lseek(disk, 0, SEEK_SET) == 0);
	CHECK(read(disk, buf + 3, 16384) == 16384);
	CHECK(buf[3 + 510] == 0x55 && buf[3 + 511] == 0xaa);
	(void)close(part);
	(void)close(disk);
}

static void
test_missing(void)
{
	CHECK(open("/dev/c0d1", O_RDONLY) == -1 && errno == ENXIO);
	CHECK(open("/dev/c0d0p3", O_RDONLY) == -1 && errno == ENXIO);
}

int
main(int argc, char **argv)
{
	(void)report_begin("fs-disk", argc > 1 ? argv[1] : NULL);
	test_partition();
	test_missing();
	return report_end();
}
