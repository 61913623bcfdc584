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
#include <sys/wait.h>
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

/* Read a whole file. */
static unsigned int
file_sum(const char *path)
{
	unsigned int sum = 0;
	ssize_t n, i;
	int fd = open(path, O_RDONLY);

	CHECK(fd >= 0);
	while ((n = read(fd, buf, sizeof buf)) > 0)
		for (i = 0; i < n; i++)
			sum = sum * 31 + buf[i];
	CHECK(n == 0);
	(void)close(fd);
	return sum;
}

/* The driver starts anew while the disk is mounted. */
static void
driver_restart(void)
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		execl("/bin/service", "service", "refresh", "ata",
		    (char *)NULL);
		_exit(1);
	}
	CHECK(pid > 0 && waitpid(pid, &status, 0) == pid);
	CHECK(status == 0);
}

static void
test_driver_restart(void)
{
	driver_restart();
	/* Nobody has read these yet. */
	CHECK(file_sum("/sbin/is") != 0);
	CHECK(file_sum("/test/fs-files") != 0);
	test_partition();
}

/* Write and check a file again and again; every round goes to the disk. */
static int
load(void)
{
	unsigned int round, i;
	int fd = open("/tmp/load", O_RDWR | O_CREAT | O_TRUNC, 0600);

	for (round = 0; round < 30; round++) {
		for (i = 0; i < sizeof buf; i++)
			buf[i] = (uint8_t)(i * 5 + round);
		if (lseek(fd, 0, SEEK_SET) != 0 ||
		    write(fd, buf, sizeof buf) != (ssize_t)sizeof buf)
			return 1;
		sync();
		memset(buf, 0, sizeof buf);
		if (lseek(fd, 0, SEEK_SET) != 0 ||
		    read(fd, buf, sizeof buf) != (ssize_t)sizeof buf)
			return 2;
		for (i = 0; i < sizeof buf; i++)
			if (buf[i] != (uint8_t)(i * 5 + round))
				return 3;
	}
	return 0;
}

static void
test_restart_under_load(void)
{
	int status = -1, i;
	pid_t pid = fork();

	if (pid == 0)
		_exit(load());
	for (i = 0; i < 5; i++)
		driver_restart();
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(status == 0);
}

int
main(int argc, char **argv)
{
	(void)report_begin("fs-disk", argc > 1 ? argv[1] : NULL);
	test_partition();
	test_missing();
	test_driver_restart();
	test_restart_under_load();
	return report_end();
}
