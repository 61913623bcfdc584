/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory of a process: new pages are zero, also after they were
 * used and given back; the break goes up and down; mappings are where they
 * should be and go when they should; what is not there, or is not for
 * writing, is SIGSEGV; too much is ENOMEM; the stack grows.
 */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "test/program/program.h"

#define PAGE 4096u
#define RW   (PROT_READ | PROT_WRITE)

static void *
map(size_t length)
{
	return mmap(NULL, length, RW, MAP_PRIVATE | MAP_ANON, -1, 0);
}

static bool
all(const char *p, char byte, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (p[i] != byte)
			return false;
	return true;
}

static void
demand_zero(void)
{
	char *p;
	int i;

	for (i = 0; i < 3; i++) { /* the frames of the last round come back */
		p = map(8 * PAGE);
		CHECK(p != MAP_FAILED && ((uintptr_t)p & (PAGE - 1)) == 0);
		CHECK(all(p, 0, 8 * PAGE));
		memset(p, 0xee, 8 * PAGE);
		CHECK(all(p, (char)0xee, 8 * PAGE));
		CHECK(munmap(p, 8 * PAGE) == 0);
	}
}

static void
break_moves(void)
{
	char *before = sbrk(0), *p = sbrk(5 * (int)PAGE);

	CHECK(p == before && sbrk(0) == before + 5 * PAGE);
	CHECK(all(p, 0, 5 * PAGE));
	memset(p, 1, 5 * PAGE);
	CHECK(sbrk(-4 * (int)PAGE) == before + 5 * PAGE);
	CHECK(sbrk(4 * (int)PAGE) == before + PAGE);
	CHECK(all(p, 1, PAGE));
	CHECK(all(before + 2 * PAGE, 0, 3 * PAGE));
	CHECK(sbrk(-5 * (int)PAGE) != (void *)-1 && sbrk(0) == before);
}

/* Unmap the middle, and the ends; fixed mappings replace. */
static void
pieces(void)
{
	char *p = map(6 * PAGE), *q;

	memset(p, 7, 6 * PAGE);
	CHECK(munmap(p + 2 * PAGE, 2 * PAGE) == 0);
	CHECK(all(p, 7, 2 * PAGE) && all(p + 4 * PAGE, 7, 2 * PAGE));
	q = mmap(p + 2 * PAGE, PAGE, RW, MAP_PRIVATE | MAP_ANON | MAP_FIXED, -1,
	    0);
	CHECK(q == p + 2 * PAGE && all(q, 0, PAGE));
	CHECK(munmap(p, 6 * PAGE) == 0);                /* with a hole in it */
	CHECK(munmap(p, PAGE) == 0 || errno == EINVAL); /* nothing there */
	q = map(6 * PAGE);
	CHECK(all(q, 0, 6 * PAGE) && munmap(q, 6 * PAGE) == 0);
}

static void
refused(void)
{
	void *p, *big;

	CHECK(map(0) == MAP_FAILED && errno == EINVAL);
	CHECK(map(0xb0000000) == MAP_FAILED && errno == ENOMEM);
	CHECK(map(0xfffff001) == MAP_FAILED && errno == ENOMEM);
	CHECK(sbrk(0x70000000) == (void *)-1 && errno == ENOMEM);
	big = malloc(0x60000000);
	CHECK(big == NULL && errno == ENOMEM);
	free(big);
	p = map(PAGE);
	CHECK(p != MAP_FAILED && munmap((char *)p + 1, PAGE) == -1 &&
	    errno == EINVAL);
	CHECK(munmap(p, PAGE) == 0);
}

static volatile char *target;

static int
touch(void)
{
	*target = 1;
	return 0;
}

static int
look(void)
{
	return *target == 99;
}

static bool
untouchable(uintptr_t address)
{
	target = (volatile char *)address;
	return CHECK(child(touch) == SIGNALLED + SIGSEGV) &&
	    CHECK(child(look) == SIGNALLED + SIGSEGV);
}

static void
not_there(void)
{
	char *p = map(PAGE);

	CHECK(munmap(p, PAGE) == 0);
	CHECK(untouchable((uintptr_t)p));
	CHECK(untouchable(0) && untouchable(0x1000));
	CHECK(untouchable(0x30000000));
	CHECK(untouchable(0xc0000000) && untouchable(0xc0100000));
	CHECK(untouchable(0xffffffff));
	target = (volatile char *)(uintptr_t)touch; /* text */
	CHECK(child(touch) == SIGNALLED + SIGSEGV);
	CHECK(child(look) == 0);
	target = (volatile char *)(uintptr_t) "constant";
	CHECK(child(touch) == SIGNALLED + SIGSEGV);
	p = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANON, -1, 0);
	target = p;
	CHECK(p != MAP_FAILED && child(look) == 0);
	CHECK(child(touch) == SIGNALLED + SIGSEGV);
}

/* Half a megabyte of frames, each with its own contents. */
static int
deeper(int n)
{
	char frame[4000];

	memset(frame, n & 0x7f, sizeof frame);
	__asm__ volatile("" : : "r"(frame) : "memory"); /* it is used */
	if (n > 0 && deeper(n - 1) != 0)
		return 1;
	return frame[0] == (n & 0x7f) && frame[3999] == (n & 0x7f) ? 0 : 1;
}

static int
stack(void)
{
	return deeper(130);
}

int
main(int argc, char **argv)
{
	(void)report_begin("vm-memory", argc > 1 ? argv[1] : NULL);
	demand_zero();
	break_moves();
	pieces();
	refused();
	not_there();
	CHECK(child(stack) == 0);
	return report_end();
}
