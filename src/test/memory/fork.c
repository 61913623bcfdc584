/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What fork does to memory, looked at from outside: the page tables of
 * parent and child at four moments. The program itself only says where.
 */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <abi/endpoint.h>

#include "test/program/program.h"
#include "test/report/checkpoint.h"

#define PAGES 3
#define SIZE  (PAGES * PAGE_SIZE)

static char data[SIZE] __attribute__((aligned(4096)));

/* The child: it does nothing, and so changes nothing. */
static _Noreturn void
wait_for_end(void)
{
	for (;;)
		(void)pause();
}

int
main(int argc, char **argv)
{
	pid_t pid;

	(void)report_begin("memory-fork", argc > 1 ? argv[1] : NULL);
	nonce_fill(report_nonce(), "data", data, SIZE);
	(void)report_place("parent", SELF, (uintptr_t)data, SIZE);
	(void)report_checkpoint("before");
	pid = fork();
	if (pid == 0)
		wait_for_end();
	pause_ms(50); /* until it waits */
	(void)report_place("child", endpoint_of(pid), (uintptr_t)data, SIZE);
	(void)report_checkpoint("forked");
	data[PAGE_SIZE] = (char)(data[PAGE_SIZE] + 1);
	(void)report_checkpoint("stored");
	(void)kill(pid, SIGKILL);
	CHECK(child_end(pid) == SIGNALLED + SIGKILL);
	pause_ms(50); /* until its memory is free */
	data[0] = (char)(data[0] + 1);
	(void)report_checkpoint("alone");
	return report_end();
}
