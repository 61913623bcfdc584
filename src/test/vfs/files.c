/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Files: how open treats what is there, positions, appending,
 * holes, truncation, big files, and a file that lives on after its name.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test/program/program.h"

#define F "/tmp/vfs.file"

static int
size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (int)st.st_size : -1;
}

static void
opening(void)
{
	int fd;
	char c;

	CHECK(open(F, O_RDONLY) == -1 && errno == ENOENT);
	CHECK(open(F, O_RDWR) == -1 && errno == ENOENT);
	fd = open(F, O_WRONLY | O_CREAT | O_EXCL, 0640);
	CHECK(fd >= 0 && write(fd, "0123456789", 10) == 10);
	CHECK(read(fd, &c, 1) == -1 && errno == EBADF);
	close(fd);
	CHECK(write(fd, "x", 1) == -1 && errno == EBADF);
	CHECK(
	    open(F, O_RDWR | O_CREAT | O_EXCL, 0640) == -1 && errno == EEXIST);
	fd = open(F, O_RDONLY);
	CHECK(write(fd, "x", 1) == -1 && errno == EBADF);
	close(fd);
	CHECK(size_of(F) == 10);
	CHECK(open("/tmp", O_WRONLY) == -1 && errno == EISDIR);
	CHECK(open(F "/x", O_RDONLY) == -1 && errno == ENOTDIR);
	CHECK(open("/tmp/none/x", O_RDWR | O_CREAT, 0600) == -1 &&
	    errno == ENOENT);
	CHECK(open("", O_RDONLY) == -1 && errno == ENOENT);
	fd = open(F, O_RDWR | O_TRUNC);
	CHECK(fd >= 0 && size_of(F) == 0);
	close(fd);
	CHECK(unlink(F) == 0);
	CHECK(unlink(F) == -1 && errno == ENOENT);
}

static void
positions(void)
{
	int fd = open(F, O_RDWR | O_CREAT | O_TRUNC, 0600), twin;
	char buf[16] = "";

	CHECK(write(fd, "abcdef", 6) == 6);
	CHECK(lseek(fd, 1, SEEK_SET) == 1 && read(fd, buf, 2) == 2);
	CHECK(memcmp(buf, "bc", 2) == 0 && lseek(fd, 0, SEEK_CUR) == 3);
	CHECK(lseek(fd, -1, SEEK_END) == 5 && lseek(fd, 10, SEEK_END) == 16);
	CHECK(lseek(fd, -7, SEEK_END) == -1 && errno == EINVAL);
	CHECK(lseek(fd, 0, 9) == -1 && errno == EINVAL);
	CHECK(lseek(fd, 0, SEEK_CUR) == 16 && read(fd, buf, 1) == 0);
	CHECK(pread(fd, buf, 3, 2) == 3 && memcmp(buf, "cde", 3) == 0);
	CHECK(pwrite(fd, "XY", 2, 0) == 2 && lseek(fd, 0, SEEK_CUR) == 16);
	twin = dup(fd); /* one position for both */
	CHECK(lseek(twin, 0, SEEK_SET) == 0 && read(fd, buf, 6) == 6);
	CHECK(memcmp(buf, "XYcdef", 6) == 0 && lseek(twin, 0, SEEK_CUR) == 6);
	close(twin);
	close(fd);
	fd = open(F, O_WRONLY | O_APPEND);
	CHECK(lseek(fd, 0, SEEK_SET) == 0 && write(fd, "g", 1) == 1);
	CHECK(size_of(F) == 7);
	CHECK(fcntl(fd, F_GETFL) == (O_WRONLY | O_APPEND));
	close(fd);
	CHECK(unlink(F) == 0);
}

static bool
zeros(int fd, int at, int n)
{
	char buf[512];
	int i, got;

	for (; n > 0; n -= got, at += got) {
		got = (int)pread(fd, buf, n < 512 ? (size_t)n : 512, at);
		if (got <= 0)
			return false;
		for (i = 0; i < got; i++)
			if (buf[i] != 0)
				return false;
	}
	return true;
}

/* A hole reads as zeros, also where there was something before. */
static void
holes(void)
{
	int fd = open(F, O_RDWR | O_CREAT | O_TRUNC, 0600);
	struct stat st;
	char c;

	CHECK(write(fd, "begin", 5) == 5);
	CHECK(pwrite(fd, "end", 3, 5000000) == 3);
	CHECK(fstat(fd, &st) == 0 && st.st_size == 5000003);
	CHECK(st.st_blocks < 100); /* it is a hole */
	CHECK(zeros(fd, 5, 20000) && zeros(fd, 4990000, 10000));
	CHECK(pread(fd, &c, 1, 5000000) == 1 && c == 'e');
	CHECK(ftruncate(fd, 3) == 0 && ftruncate(fd, 10000) == 0);
	CHECK(zeros(fd, 3, 9997));
	CHECK(pread(fd, &c, 1, 2) == 1 && c == 'g');
	CHECK(ftruncate(fd, -1) == -1 && errno == EINVAL);
	CHECK(truncate(F, 0) == 0 && fstat(fd, &st) == 0 && st.st_size == 0);
	CHECK(st.st_blocks == 0);
	close(fd);
	CHECK(truncate("/tmp", 0) == -1 && errno == EISDIR);
	CHECK(unlink(F) == 0);
}

/* Three megabytes: into the doubly indirect blocks, out of the cache. */
static void
big(void)
{
	static unsigned int block[1024], got[1024];
	int fd = open(F, O_RDWR | O_CREAT | O_TRUNC, 0600), i;
	unsigned int k, wrong = 0;

	for (i = 0; i < 1500; i++) {
		for (k = 0; k < 1024; k++)
			block[k] = (unsigned int)i * 1024 + k;
		if (write(fd, block, sizeof block) != sizeof block)
			break;
	}
	CHECK(i == 1500 && fsync(fd) == 0);
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	for (i = 0; i < 1500; i++) {
		if (read(fd, got, sizeof got) != sizeof got)
			break;
		for (k = 0; k < 1024; k += 37)
			wrong += got[k] != (unsigned int)i * 1024 + k;
	}
	CHECK(i == 1500 && wrong == 0);
	close(fd);
	CHECK(unlink(F) == 0);
}

static void
nameless(void)
{
	int fd = open(F, O_RDWR | O_CREAT | O_TRUNC, 0600);
	struct stat st;
	char buf[4];

	CHECK(write(fd, "live", 4) == 4 && unlink(F) == 0);
	CHECK(access(F, F_OK) == -1 && errno == ENOENT);
	CHECK(fstat(fd, &st) == 0 && st.st_nlink == 0 && st.st_size == 4);
	CHECK(pread(fd, buf, 4, 0) == 4 && memcmp(buf, "live", 4) == 0);
	CHECK(pwrite(fd, "on", 2, 4) == 2);
	close(fd);
}

int
main(int argc, char **argv)
{
	(void)report_begin("vfs-files", argc > 1 ? argv[1] : NULL);
	opening();
	positions();
	holes();
	big();
	nameless();
	return report_end();
}
