/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A full disk: write, mkdir and link answer ENOSPC, what was
 * written before stays readable, and once there is room again everything
 * works. The host checks the file system afterwards.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "test/program/program.h"

#define CHUNK 65536

static char chunk[CHUNK];

static unsigned long
blocks_free(void)
{
	struct statvfs s;

	return statvfs("/tmp", &s) == 0 ? (unsigned long)s.f_bfree : 0;
}

/* Write until there is no more room. @return bytes written */
static long
fill(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600), n;
	long total = 0;

	if (!CHECK(fd >= 0))
		return 0;
	while ((n = (int)write(fd, chunk, CHUNK)) > 0)
		total += n;
	CHECK(n < 0 && errno == ENOSPC);
	while ((n = (int)write(fd, chunk, 1)) > 0) /* the last block */
		total += n;
	CHECK(errno == ENOSPC);
	CHECK(close(fd) == 0);
	return total;
}

/* Small things fail, too, or fit into blocks that exist. */
static void
small(void)
{
	char name[32];
	int i, made = 0, fd;

	for (i = 0; i < 20; i++) {
		snprintf(name, sizeof name, "/tmp/full.d%d", i);
		if (mkdir(name, 0700) == 0)
			made++;
		else
			CHECK(errno == ENOSPC);
	}
	CHECK(made == 0); /* a directory needs a block */
	fd = open("/tmp/full.empty", O_RDWR | O_CREAT, 0600);
	CHECK(fd >= 0); /* a file does not */
	CHECK(write(fd, "x", 1) == -1 && errno == ENOSPC);
	CHECK(lseek(fd, 100000, SEEK_SET) == 100000);
	CHECK(write(fd, "x", 1) == -1 && errno == ENOSPC);
	CHECK(close(fd) == 0 && unlink("/tmp/full.empty") == 0);
}

static void
contents(const char *path, long size)
{
	static char buf[CHUNK];
	struct stat st;
	int fd = open(path, O_RDONLY), n;
	long total = 0;

	CHECK(fd >= 0 && fstat(fd, &st) == 0 && st.st_size == size);
	while ((n = (int)read(fd, buf, CHUNK)) > 0 &&
	    memcmp(buf, chunk, (size_t)(n < 4096 ? n : 4096)) == 0)
		total += n;
	CHECK(n == 0 && total == size);
	close(fd);
}

int
main(int argc, char **argv)
{
	unsigned long before;
	long size;
	int i;

	(void)report_begin("robust-disk", argc > 1 ? argv[1] : NULL);
	memset(chunk, 'f', sizeof chunk);
	CHECK(symlink("x", "/tmp/full.link") == 0);
	CHECK(unlink("/tmp/full.link") == 0); /* /tmp is as large as it gets */
	before = blocks_free();
	for (i = 0; i < 2; i++) {
		size = fill("/tmp/full.a");
		CHECK(size > 1 << 20 && blocks_free() == 0);
		small();
		contents("/tmp/full.a", size);
		CHECK(unlink("/tmp/full.a") == 0);
		CHECK(blocks_free() == before);
		CHECK(system_alive());
	}
	return report_end();
}
