/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A large file read at once, and a large program: whole pages that both the
 * file server and a process have need not be copied.
 */
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "test/bench/bench.h"
#include "test/report/report.h"

#define FILE_NAME "/tmp/bench-large"
#define PAGE      4096
#define PAGES     256

static uint8_t *memory;
static int fd;

/* What a page of the file begins with. */
static uint8_t
mark(unsigned int page)
{
	return (uint8_t)(page * 7 + 1);
}

static int
file_make(void)
{
	unsigned int i;

	fd = open(FILE_NAME, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (fd < 0)
		return -1;
	for (i = 0; i < PAGES; i++) {
		memory[(size_t)i * PAGE] = mark(i);
		if (write(fd, memory + (size_t)i * PAGE, PAGE) != PAGE)
			return -1;
	}
	return 0;
}

/* Every page of memory is our own, and not yet what will be read. */
static int
before_read(void)
{
	unsigned int i;

	for (i = 0; i < PAGES; i++)
		memory[(size_t)i * PAGE] = 0;
	return lseek(fd, 0, SEEK_SET) == 0 ? 0 : -1;
}

static int
read_once(void)
{
	return read(fd, memory, PAGES * PAGE) == PAGES * PAGE ? 0 : -1;
}

/* The same for those who want to change what they have read. */
static int
read_and_change(void)
{
	unsigned int i;

	if (read_once() < 0)
		return -1;
	for (i = 0; i < PAGES; i++)
		memory[(size_t)i * PAGE + 1] = 1;
	return 0;
}

static bool
right(void)
{
	unsigned int i, n = 0;

	for (i = 0; i < PAGES; i++)
		n += memory[(size_t)i * PAGE] == mark(i);
	return n == PAGES;
}

static int
exec_once(void)
{
	return bench_run("/test/bench-big");
}

static void
bench_read(void)
{
	if (file_make() >= 0) {
		bench_prepared("read1m", 5, before_read, read_once);
		CHECK(right());
		bench_prepared("read1m-change", 5, before_read,
		    read_and_change);
		/* That has changed nobody else's pages. */
		CHECK(before_read() == 0 && read_once() == 0 && right());
	}
	(void)close(fd);
	(void)unlink(FILE_NAME); /* we made it */
}

void
bench_large(void)
{
	memory = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED)
		return;
	bench_read();
	(void)munmap(memory, PAGES * PAGE); /* the program ends anyway */
	bench("execbig", 9, 1, exec_once);
}
