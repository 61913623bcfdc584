/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * After fork parent and child see what was there, and nothing of
 * what the other writes: on the heap, the stack, in mappings, and when it is
 * the kernel that writes, as for read(); over generations; and the frames
 * are free again in the end.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <abi/endpoint.h>
#include <lacuna/msgcall.h>
#include <proto/vm.h>

#include "test/program/program.h"

#define PAGES 16
#define SIZE  (PAGES * 4096u)

static char data[SIZE];
static char *heap, *mapping;

static uint32_t
frames_free(void)
{
	struct vm_info_req req = { .ep = NONE };
	struct vm_info_rep rep = { 0 };

	CHECK(msg_call(VM_PROC_NR, VM_INFO, &req, sizeof req, &rep,
		  sizeof rep) == 0);
	return rep.frames_free;
}

static bool
all(const char *p, char byte)
{
	size_t i;

	for (i = 0; i < SIZE; i++)
		if (p[i] != byte)
			return false;
	return true;
}

static void
fill(char byte)
{
	memset(data, byte, SIZE);
	memset(heap, byte, SIZE);
	memset(mapping, byte, SIZE);
}

static bool
filled(char byte)
{
	return all(data, byte) && all(heap, byte) && all(mapping, byte);
}

/* Wait for a byte, or send it: the two take turns. */
static void
turn(int fd[2], bool mine)
{
	char c = 't';

	if (mine)
		(void)!write(fd[1], &c, 1);
	else
		(void)!read(fd[0], &c, 1);
}

static int
heir(int to_child[2], int to_parent[2])
{
	char stack[4096];

	memset(stack, 'c', sizeof stack);
	turn(to_child, false); /* the parent has written */
	if (!filled('a'))
		return 1;
	fill('c');
	turn(to_parent, true);
	turn(to_child, false);
	return filled('c') && stack[4095] == 'c' ? 0 : 2;
}

static void
both_ways(void)
{
	int to_child[2] = { -1, -1 }, to_parent[2] = { -1, -1 };
	pid_t pid;

	CHECK(pipe(to_child) == 0 && pipe(to_parent) == 0);
	fill('a');
	pid = fork();
	if (pid == 0)
		_exit(heir(to_child, to_parent));
	fill('p');
	turn(to_child, true);
	turn(to_parent, false); /* the child has written */
	CHECK(filled('p'));
	fill('q');
	turn(to_child, true);
	CHECK(child_end(pid) == 0);
	close(to_child[0]);
	close(to_child[1]);
	close(to_parent[0]);
	close(to_parent[1]);
}

/* The kernel writes into shared pages: the other must not see it. */
static int
kernel_writes(void)
{
	int fd = open("/dev/zero", O_RDONLY);

	if (read(fd, data, SIZE) != (int)SIZE || !all(data, 0))
		return 1;
	if (read(fd, mapping + 4090, 100) != 100)
		return 2;
	fd = open("/test/vm-cow", O_RDONLY); /* filled in another way */
	if (read(fd, heap, SIZE / 2) <= 4096 || memcmp(heap, "\177ELF", 4) != 0)
		return 4;
	return mapping[4089] == 'k' && mapping[4090] == 0 &&
		mapping[4189] == 0 && mapping[4190] == 'k'
	    ? 0
	    : 3;
}

/* Seven generations, of which each changes one page. */
static int
generation(int n)
{
	int i;

	for (i = 0; i < PAGES; i++)
		if (data[i * 4096] != (i < n ? 'A' + i : 'k'))
			return 1;
	if (n == 7)
		return 0;
	data[n * 4096] = (char)('A' + n);
	return child_with(generation, n + 1) == 0 && data[(n + 1) * 4096] == 'k'
	    ? 0
	    : 2;
}

int
main(int argc, char **argv)
{
	uint32_t before;
	int i;

	(void)report_begin("vm-cow", argc > 1 ? argv[1] : NULL);
	heap = malloc(SIZE);
	mapping = mmap(NULL, SIZE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANON, -1, 0);
	CHECK(heap != NULL && mapping != MAP_FAILED);
	both_ways();
	fill('k');
	pause_ms(50);
	before = frames_free();
	for (i = 0; i < 12; i++) {
		CHECK(child(kernel_writes) == 0);
		CHECK(filled('k'));
		CHECK(child_with(generation, 0) == 0);
		CHECK(filled('k'));
	}
	pause_ms(50);
	CHECK(frames_free() + 2 >= before);
	return report_end();
}
