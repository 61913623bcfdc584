/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Figures about files and memory.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "test/bench/bench.h"

#define FILE_NAME "/tmp/bench"
#define CHUNK     4096
#define CHUNKS    16
#define PAGES     32

static char chunk[CHUNK];
static int fd = -1;

static int
write_once(void)
{
	int i;

	for (i = 0; i < CHUNKS; i++)
		if (write(fd, chunk, CHUNK) != CHUNK)
			return -1;
	return 0;
}

/* A new file for each round, not counted. */
static int
write_new(void)
{
	if (fd >= 0)
		close(fd);
	(void)unlink(FILE_NAME); /* may not be there */
	fd = open(FILE_NAME, O_RDWR | O_CREAT, 0600);
	return fd;
}

static int
read_once(void)
{
	int i;

	if (lseek(fd, 0, SEEK_SET) != 0)
		return -1;
	for (i = 0; i < CHUNKS; i++)
		if (read(fd, chunk, CHUNK) != CHUNK)
			return -1;
	return 0;
}

static volatile char *pages;

static int
touch_once(void)
{
	int i;

	for (i = 0; i < PAGES; i++)
		pages[i * 4096] = 1;
	return 0;
}

void
bench_files(void)
{
	void *p;

	if (write_new() >= 0) {
		bench("write64k", 1, 1, write_once);
		bench("read64k", 9, 1, read_once);
		close(fd);
		(void)unlink(FILE_NAME); /* we made it */
	}
	p = mmap(NULL, PAGES * 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		return;
	pages = p;
	bench("fault", 1, PAGES, touch_once);
	(void)munmap(p, PAGES * 4096); /* the program ends anyway */
}
