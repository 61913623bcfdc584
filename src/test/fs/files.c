/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Files from a program's view: what is written can be read, also in parts,
 * with holes, after truncation, renaming and removal while open. The host
 * looks at the disk afterwards.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test/report/report.h"

#define CHUNK  4096
#define CHUNKS 64
#define TOP    "/tmp/fs-files"

static uint8_t chunk[CHUNK], back[CHUNK];

/* Contents that tell where they belong. */
static void
chunk_fill(unsigned int seed)
{
	unsigned int i;

	for (i = 0; i < CHUNK; i++)
		chunk[i] = (uint8_t)(seed * 31 + i + i / 256);
}

static void
test_large_file(void)
{
	unsigned int i;
	int fd = open(TOP "/large", O_RDWR | O_CREAT | O_TRUNC, 0600);

	CHECK(fd >= 0);
	for (i = 0; i < CHUNKS; i++) {
		chunk_fill(i);
		CHECK(write(fd, chunk, CHUNK) == CHUNK);
	}
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	for (i = 0; i < CHUNKS; i++) {
		chunk_fill(i);
		CHECK(read(fd, back, CHUNK) == CHUNK);
		CHECK(memcmp(chunk, back, CHUNK) == 0);
	}
	CHECK(read(fd, back, CHUNK) == 0);
	/* Across blocks, at an odd address. */
	CHECK(lseek(fd, CHUNK - 3, SEEK_SET) == CHUNK - 3);
	CHECK(read(fd, back + 1, 7) == 7);
	chunk_fill(0);
	CHECK(memcmp(back + 1, chunk + CHUNK - 3, 3) == 0);
	chunk_fill(1);
	CHECK(memcmp(back + 4, chunk, 4) == 0);
	CHECK(close(fd) == 0);
}

static void
test_holes(void)
{
	struct stat st;
	int fd = open(TOP "/sparse", O_RDWR | O_CREAT, 0600);

	CHECK(fd >= 0);
	CHECK(lseek(fd, 20000000, SEEK_SET) == 20000000);
	CHECK(write(fd, "end", 3) == 3);
	CHECK(fstat(fd, &st) == 0);
	CHECK(st.st_size == 20000003);
	CHECK(st.st_blocks < 100);
	CHECK(lseek(fd, 19999999, SEEK_SET) == 19999999);
	CHECK(read(fd, back, 10) == 4);
	CHECK(memcmp(back, "\0end", 4) == 0);
	CHECK(ftruncate(fd, 19999999) == 0);
	CHECK(ftruncate(fd, 20000003) == 0);
	CHECK(lseek(fd, 20000000, SEEK_SET) == 20000000);
	CHECK(read(fd, back, 10) == 3);
	CHECK(memcmp(back, "\0\0\0", 3) == 0);
	CHECK(close(fd) == 0);
}

static void
test_nameless(void)
{
	int fd = open(TOP "/gone", O_RDWR | O_CREAT, 0600);

	CHECK(fd >= 0);
	CHECK(write(fd, "still here", 10) == 10);
	CHECK(unlink(TOP "/gone") == 0);
	CHECK(open(TOP "/gone", O_RDONLY) == -1 && errno == ENOENT);
	sync();
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	CHECK(read(fd, back, 20) == 10);
	CHECK(memcmp(back, "still here", 10) == 0);
	CHECK(close(fd) == 0);
}

static void
test_names(void)
{
	char target[64];
	struct stat st = { 0 }, st2 = { 0 };

	CHECK(mkdir(TOP "/a", 0755) == 0);
	CHECK(mkdir(TOP "/a/b", 0755) == 0);
	CHECK(mkdir(TOP "/a", 0755) == -1 && errno == EEXIST);
	CHECK(rename(TOP "/a", TOP "/a/b/c") == -1 && errno == EINVAL);
	CHECK(rename(TOP "/a/b", TOP "/c") == 0);
	CHECK(stat(TOP "/c/..", &st) == 0 && stat(TOP, &st2) == 0);
	CHECK(st.st_ino == st2.st_ino);
	CHECK(st.st_nlink == 4);
	CHECK(rmdir(TOP "/a") == 0);
	CHECK(link(TOP "/large", TOP "/c/same") == 0);
	CHECK(stat(TOP "/c/same", &st) == 0 && st.st_nlink == 2);
	CHECK(rmdir(TOP "/c") == -1 && errno == ENOTEMPTY);
	CHECK(rename(TOP "/c/same", TOP "/sparse") == 0);
	CHECK(stat(TOP "/sparse", &st) == 0 && st.st_size == CHUNK * CHUNKS);
	CHECK(symlink("../large", TOP "/c/link") == 0);
	CHECK(readlink(TOP "/c/link", target, sizeof target) == 8);
	CHECK(stat(TOP "/c/link", &st2) == 0 && st2.st_ino == st.st_ino);
}

static void
test_directory(void)
{
	char name[64];
	struct dirent *e;
	unsigned int i, seen = 0;
	DIR *d;

	CHECK(mkdir(TOP "/many", 0755) == 0);
	for (i = 0; i < 200; i++) {
		(void)snprintf(name, sizeof name, TOP "/many/file-%u", i);
		int fd = open(name, O_WRONLY | O_CREAT, 0644);

		CHECK(fd >= 0);
		(void)close(fd); /* nothing was written */
	}
	d = opendir(TOP "/many");
	CHECK(d != NULL);
	if (d == NULL)
		return;
	while ((e = readdir(d)) != NULL)
		seen += strncmp(e->d_name, "file-", 5) == 0;
	CHECK(closedir(d) == 0);
	CHECK(seen == 200);
	for (i = 0; i < 200; i++) {
		(void)snprintf(name, sizeof name, TOP "/many/file-%u", i);
		CHECK(unlink(name) == 0);
	}
	CHECK(rmdir(TOP "/many") == 0);
}

int
main(int argc, char **argv)
{
	(void)report_begin("fs-files", argc > 1 ? argv[1] : NULL);
	CHECK(mkdir(TOP, 0755) == 0);
	test_large_file();
	test_holes();
	test_nameless();
	test_names();
	test_directory();
	sync();
	return report_end();
}
