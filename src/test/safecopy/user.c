/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. Programs: what they write to pipes and files is shared with the
 * servers where it has the same offset in its page. A child forked from the
 * source stores, the parent stores, buffers are used again: what was written
 * is read.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lacuna/msgcall.h>
#include <proto/vm.h>

#include "test/safecopy/client.h"

#define SIZE  8192u
#define SPARE 12288u

PROTO_STUB(VM_INFO, vm_info)

static char out[SIZE + SPARE] __attribute__((aligned(4096)));
static char in[SIZE + SPARE] __attribute__((aligned(4096)));
static char kept[SIZE];

static int
shared_pages(void)
{
	struct vm_info_req req = { .ep = SELF };
	struct vm_info_rep rep = { 0 };

	CHECK(call_vm_info(VM_PROC_NR, &req, &rep) == OK);
	return (int)rep.shared;
}

static void
fill(char *to, uint32_t seed)
{
	uint32_t i;

	for (i = 0; i < SIZE; i++)
		to[i] = (char)((seed + i * 2654435761u) >> 15);
}

/* Offset in the page at which a pipe shares what it is given. */
static unsigned int
find_offset(int fd[2])
{
	unsigned int at;
	int before;

	for (at = 0; at < 4096; at += 8) {
		memset(out, 'o', sizeof out); /* nothing is shared now */
		before = shared_pages();
		CHECK(write(fd[1], out + at, SIZE) == (int)SIZE);
		if (shared_pages() > before)
			break;
		CHECK(read(fd[0], in, SIZE) == (int)SIZE);
	}
	if (at < 4096)
		CHECK(read(fd[0], in, SIZE) == (int)SIZE);
	(void)report_obs("count.found", "%d", at < 4096);
	CHECK((at < 4096) == sharing);
	return at % 4096;
}

/* The child of the source stores; its parent, and the pipe, do not notice. */
static void
child_stores(int fd[2], unsigned int at, uint32_t seed)
{
	int status;
	pid_t pid;

	fill(out + at, seed);
	memcpy(kept, out + at, SIZE);
	CHECK(write(fd[1], out + at, SIZE) == (int)SIZE);
	pid = fork();
	if (pid == 0) {
		memset(out, 'c', sizeof out);
		_exit(read(fd[0], in + at, SIZE) != (int)SIZE ||
		    memcmp(in + at, kept, SIZE) != 0);
	}
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
	CHECK(memcmp(out + at, kept, SIZE) == 0);
}

/* The parent stores while the child has not read yet. */
static void
parent_stores(int fd[2], unsigned int at, uint32_t seed)
{
	int status;
	pid_t pid;

	fill(out + at, seed);
	memcpy(kept, out + at, SIZE);
	CHECK(write(fd[1], out + at, SIZE) == (int)SIZE);
	pid = fork();
	if (pid == 0)
		_exit(memcmp(out + at, kept, SIZE) != 0 ||
		    read(fd[0], out + at, SIZE) != (int)SIZE ||
		    memcmp(out + at, kept, SIZE) != 0);
	memset(out + at, 'p', SIZE);
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
	CHECK(out[at] == 'p' && out[at + SIZE - 1] == 'p');
}

/* Through the pipe and back, the buffers used again and again. */
static void
round_trips(int fd[2], unsigned int at)
{
	int i, right = 0;

	for (i = 0; i < 50; i++) {
		fill(out + at, (uint32_t)i * 12345);
		memcpy(kept, out + at, SIZE);
		CHECK(write(fd[1], out + at, SIZE) == (int)SIZE);
		memset(out + at, i, SIZE);
		CHECK(read(fd[0], in + at, SIZE) == (int)SIZE);
		right += memcmp(in + at, kept, SIZE) == 0;
		memset(in + at, ~i, SIZE);
	}
	(void)report_obs("round-trips", "%d", right);
}

/* A file: what was written is there, whatever became of the buffer. */
static void
file(void)
{
	int fd = open("/tmp/safecopy", O_RDWR | O_CREAT | O_TRUNC, 0600), i;
	uint64_t sum;

	nonce_spread(report_nonce(), "file", kept, SIZE);
	for (i = 0; i < 8; i++) {
		memcpy(out, kept, SIZE);
		CHECK(lseek(fd, 0, SEEK_SET) == 0);
		CHECK(write(fd, out, SIZE) == (int)SIZE);
		memset(out, 'x', SIZE);
		CHECK(lseek(fd, 0, SEEK_SET) == 0);
		CHECK(read(fd, in, SIZE) == (int)SIZE);
		memset(in, 'y', SIZE);
		CHECK(lseek(fd, 0, SEEK_SET) == 0);
		CHECK(read(fd, in, SIZE) == (int)SIZE);
	}
	sum = nonce_sum(in, SIZE);
	(void)report_bytes("file", &sum, sizeof sum);
	CHECK(out[0] == 'x' && out[SIZE - 1] == 'x');
	close(fd);
	(void)unlink("/tmp/safecopy"); /* the next run writes it anew */
}

int
main(int argc, char **argv)
{
	int fd[2] = { -1, -1 };
	unsigned int at;
	uint32_t i;

	agents_open(argc, argv, "safecopy-user");
	CHECK(pipe(fd) == 0);
	at = find_offset(fd);
	for (i = 0; i < 4; i++) {
		child_stores(fd, at, i);
		parent_stores(fd, at, i + 100);
	}
	round_trips(fd, at);
	file();
	return agents_close();
}
