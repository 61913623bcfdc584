/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Stops that nobody has announced mean nothing: those of a child that stops
 * the machine all the time, and those of this program itself. The checkpoint
 * among them shows this program's memory, and what came before is the same.
 */
#include <signal.h>
#include <unistd.h>

#include <abi/endpoint.h>

#include "test/program/program.h"
#include "test/report/checkpoint.h"

#define STOPS 200

static uint32_t data[PAGE_SIZE / 4] __attribute__((aligned(4096)));

static void
stop(void)
{
	__asm__ volatile("xchg %%bx, %%bx" : : : "memory");
}

/* The child: a stop now and then, so that some come at a bad time. */
static _Noreturn void
disturb(void)
{
	int i, k;

	data[0] = 2;
	for (i = 0; i < STOPS; i++) {
		for (k = 0; k < 5000; k++)
			data[1]++;
		stop();
	}
	for (;;)
		(void)pause();
}

int
main(int argc, char **argv)
{
	pid_t pid;
	int i;

	(void)report_begin("memory-stops", argc > 1 ? argv[1] : NULL);
	data[0] = 1;
	(void)report_place("mine", SELF, (uintptr_t)data, 4);
	pid = fork();
	if (pid == 0)
		disturb();
	for (i = 0; i < STOPS; i++)
		stop();
	(void)report_place("other", endpoint_of(pid), (uintptr_t)data, 4);
	for (i = 0; i < 10; i++) {
		pause_ms(20);
		(void)report_checkpoint("amid");
	}
	(void)report_digest("mine", data, 4);
	(void)kill(pid, SIGKILL);
	CHECK(child_end(pid) == SIGNALLED + SIGKILL);
	return report_end();
}
