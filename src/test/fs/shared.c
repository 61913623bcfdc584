/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. Whoever reads whole pages of a file, or runs it, may be given the
 * file server's own pages. Nobody can tell: stores of the reader do not reach
 * the file, and what becomes of the file afterwards (it is written to, cut
 * off, removed, thrown out of the cache, its blocks given to another) does not
 * reach the reader.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lacuna/msgcall.h>
#include <proto/vm.h>

#include "test/report/report.h"

#define PAGE      4096u
#define PAGES     40u
#define SIZE      (PAGES * PAGE + 100) /* of the file */
#define FILE_NAME "/tmp/fs-shared"
#define PROGRAM   "/tmp/fs-shared-program"

PROTO_STUB(VM_INFO, vm_info)

extern const char etext[]; /* end of the program's code and constants */

/* With these they take more than 16 pages. */
extern const uint32_t constants[15 * 1024];

__asm__(".section .rodata\n"
	"constants: .fill 15 * 1024, 4, 0x434f4e53\n"
	".previous\n");
#define TEXT ((const char *)0x00400000)

static uint8_t first[SIZE + PAGE] __attribute__((aligned(4096)));
static uint8_t second[SIZE + PAGE] __attribute__((aligned(4096)));

/* Byte i of the file, as it was written with a seed. */
static uint8_t
content(uint32_t seed, uint32_t i)
{
	return (uint8_t)(((i + seed) * 2654435761u) >> 19);
}

/* How many bytes from `from' to `to' of a buffer are not as written. */
static unsigned int
wrong(const uint8_t *p, uint32_t seed, uint32_t from, uint32_t to)
{
	unsigned int n = 0;

	for (; from < to; from++)
		n += p[from] != content(seed, from);
	return n;
}

static int
shared_pages(void)
{
	struct vm_info_req req = { .ep = SELF };
	struct vm_info_rep rep = { 0 };

	CHECK(call_vm_info(VM_PROC_NR, &req, &rep) == OK);
	return (int)rep.shared;
}

static int
file_make(uint32_t seed)
{
	uint32_t i;
	int fd = open(FILE_NAME, O_RDWR | O_CREAT | O_TRUNC, 0600);

	CHECK(fd >= 0);
	for (i = 0; i < SIZE; i++)
		second[i] = content(seed, i);
	CHECK(write(fd, second, SIZE) == (int)SIZE);
	return fd;
}

/* Read from a position on to the end, to the same offset of a buffer. */
static void
fetch(int fd, uint8_t *to, uint32_t from)
{
	int left = (int)(SIZE - from);

	memset(to, 0xee, SIZE + PAGE);
	CHECK(lseek(fd, (off_t)from, SEEK_SET) == (off_t)from);
	CHECK(read(fd, to + from, (size_t)left + 50) == left);
	CHECK(to[SIZE] == 0xee && (from == 0 || to[from - 1] == 0xee));
}

static void
test_reader_stores(void)
{
	int fd = file_make(1), before;
	uint32_t i;

	memset(first, 0, sizeof first); /* nothing is shared */
	before = shared_pages();
	fetch(fd, first, 0);
	(void)report_obs("count.read", "%d", shared_pages() - before);
	CHECK(wrong(first, 1, 0, SIZE) == 0);
	for (i = 0; i < SIZE; i += PAGE / 2)
		first[i] ^= 0xff;
	fetch(fd, second, 0);
	CHECK(wrong(second, 1, 0, SIZE) == 0);
	for (i = 0; i < SIZE; i += PAGE / 2)
		first[i] ^= 0xff;
	CHECK(wrong(first, 1, 0, SIZE) == 0);
	CHECK(close(fd) == 0);
}

static void
test_parts(void)
{
	int fd = file_make(2);

	fetch(fd, first, 100); /* a head and a tail */
	CHECK(wrong(first, 2, 100, SIZE) == 0);
	CHECK(lseek(fd, 5 * PAGE + 1, SEEK_SET) == 5 * PAGE + 1);
	CHECK(read(fd, first + 5 * PAGE, 9 * PAGE) == 9 * PAGE);
	memmove(first + 5 * PAGE + 1, first + 5 * PAGE, 9 * PAGE);
	CHECK(wrong(first, 2, 5 * PAGE + 1, SIZE) == 0);
	CHECK(close(fd) == 0);
}

static void
test_file_is_written(void)
{
	int fd = file_make(3);
	uint32_t i;

	fetch(fd, first, 0);
	CHECK(pwrite(fd, "x", 1, 3 * PAGE) == 1);
	CHECK(pwrite(fd, second + PAGE, PAGE, 7 * PAGE) == PAGE);
	CHECK(pwrite(fd, second, 20 * PAGE, 20 * PAGE) == 20 * PAGE);
	CHECK(wrong(first, 3, 0, SIZE) == 0);
	fetch(fd, second, 0);
	CHECK(second[3 * PAGE] == 'x' &&
	    second[3 * PAGE + 1] == content(3, 3 * PAGE + 1));
	for (i = 0; i < PAGE; i += 8)
		CHECK(second[7 * PAGE + i] == content(3, PAGE + i));
	for (i = 0; i < 20 * PAGE; i += 512)
		CHECK(second[20 * PAGE + i] == content(3, i));
	CHECK(ftruncate(fd, 10 * PAGE + 5) == 0);
	CHECK(ftruncate(fd, SIZE) == 0);
	CHECK(wrong(first, 3, 0, SIZE) == 0);
	fetch(fd, second, 0);
	for (i = 10 * PAGE + 5; i < SIZE; i++)
		CHECK(second[i] == 0);
	CHECK(close(fd) == 0);
}

/* Read everything in /test: more than the cache has room for. */
static void
cache_flood(void)
{
	char name[300];
	struct dirent *e;
	DIR *d = opendir("/test");
	int fd;

	CHECK(d != NULL);
	while (d != NULL && (e = readdir(d)) != NULL) {
		snprintf(name, sizeof name, "/test/%s", e->d_name);
		fd = open(name, O_RDONLY);
		while (fd >= 0 && read(fd, second, 30 * PAGE) > 0)
			continue;
		(void)close(fd);
	}
	if (d != NULL)
		(void)closedir(d);
}

static void
test_cache_forgets(void)
{
	int fd = file_make(4);

	fetch(fd, first, 0);
	cache_flood();
	CHECK(wrong(first, 4, 0, SIZE) == 0);
	fetch(fd, second, 0); /* from the disk */
	CHECK(wrong(second, 4, 0, SIZE) == 0);
	CHECK(close(fd) == 0 && unlink(FILE_NAME) == 0);
	fd = file_make(5); /* in the same blocks, perhaps */
	CHECK(wrong(first, 4, 0, SIZE) == 0);
	fetch(fd, second, 0);
	CHECK(wrong(second, 5, 0, SIZE) == 0);
	CHECK(close(fd) == 0 && unlink(FILE_NAME) == 0);
}

/* A sum of the program's own code and constants. */
static uint32_t
text_sum(void)
{
	const char *p;
	uint32_t sum = 0;

	for (p = TEXT; p < etext; p++)
		sum = sum * 31 + (uint8_t)*p;
	return sum + constants[0];
}

/* The program that is run, with two pipes: it says how much of it is shared
 * and what its sum is, waits for a byte, and says the sum again. */
static int
program(void)
{
	uint32_t said[2] = { (uint32_t)shared_pages(), text_sum() };
	char c;

	if (write(1, said, sizeof said) != sizeof said || read(0, &c, 1) != 1)
		return 1;
	said[1] = text_sum();
	return write(1, said, sizeof said) == sizeof said ? 0 : 1;
}

static void
program_copy(void)
{
	int from = open("/test/fs-shared", O_RDONLY), n;
	int to = open(PROGRAM, O_WRONLY | O_CREAT | O_TRUNC, 0700);

	CHECK(from >= 0 && to >= 0);
	while ((n = (int)read(from, second, 30 * PAGE)) > 0)
		CHECK(write(to, second, (size_t)n) == n);
	CHECK(close(from) == 0 && close(to) == 0);
}

static pid_t
program_start(int in[2], int out[2])
{
	pid_t pid;

	CHECK(pipe(in) == 0 && pipe(out) == 0);
	pid = fork();
	if (pid == 0) {
		(void)dup2(in[0], 0);
		(void)dup2(out[1], 1);
		(void)close(in[1]); /* so that it ends with us */
		execl(PROGRAM, PROGRAM, "program", (char *)NULL);
		_exit(2);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	return pid;
}

static void
test_program_is_written(void)
{
	uint32_t before[2] = { 0 }, after[2] = { 0 };
	int in[2] = { -1, -1 }, out[2] = { -1, -1 }, fd, status = 1;
	pid_t pid;

	program_copy();
	pid = program_start(in, out);
	CHECK(pid > 0);
	CHECK(read(out[0], before, sizeof before) == sizeof before);
	(void)report_obs("count.exec", "%u", (unsigned)before[0]);
	CHECK(before[1] == text_sum());
	fd = open(PROGRAM, O_WRONLY);
	CHECK(fd >= 0);
	memset(second, 0xcc, sizeof second);
	CHECK(write(fd, second, SIZE) == (int)SIZE);
	CHECK(close(fd) == 0 && unlink(PROGRAM) == 0);
	cache_flood();
	CHECK(write(in[1], "x", 1) == 1);
	CHECK(read(out[0], after, sizeof after) == sizeof after);
	CHECK(after[1] == before[1]);
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
	CHECK(close(in[1]) == 0 && close(out[0]) == 0);
}

int
main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "program") == 0)
		return program();
	(void)report_begin("fs-shared", argc > 1 ? argv[1] : NULL);
	test_reader_stores();
	test_parts();
	test_file_is_written();
	test_cache_forgets();
	test_program_is_written();
	return report_end();
}
