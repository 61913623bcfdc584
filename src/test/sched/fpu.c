/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Each process has an FPU of its own: several that compute at the
 * same time, with different rounding, get what they would get alone; a child
 * inherits the state, and a new program begins with a clean one.
 */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"

#define CLEAN 0x037f /* control word of a new program */

static unsigned short
control(void)
{
	unsigned short w;

	__asm__ volatile("fnstcw %0" : "=m"(w));
	return w;
}

static void
control_set(unsigned short w)
{
	__asm__ volatile("fldcw %0" : : "m"(w));
}

static double
mill(int seed, int rounds)
{
	volatile double x = 1.0 + seed / 7.0;
	int i;

	for (i = 0; i < rounds; i++)
		x = x * 1.000001 + 1.0 / (x + seed);
	return x;
}

static int
one(int seed)
{
	double expected, got;
	int i;

	control_set((unsigned short)(CLEAN & ~0xc00) | (seed & 3) << 10);
	expected = mill(seed, 5000);
	for (i = 0; i < 40; i++) {
		got = mill(seed, 5000);
		if (got != expected)
			return 1;
		if (i % 8 == 0)
			pause_ms(10); /* others come in between */
	}
	return (control() >> 10 & 3) == (seed & 3) ? 0 : 2;
}

static int
inherited(void)
{
	return control() == 0x0f7f ? 0 : 1;
}

static int
fresh(void)
{
	control_set(0x0f7f);
	execl("/test/sched-fpu", "sched-fpu", "fresh", (char *)NULL);
	return 2;
}

int
main(int argc, char **argv)
{
	pid_t pid[6];
	int i;

	if (argc > 1 && strcmp(argv[1], "fresh") == 0)
		return control() == CLEAN ? 0 : 1;
	(void)report_begin("sched-fpu", argc > 1 ? argv[1] : NULL);
	CHECK(control() == CLEAN);
	for (i = 0; i < 6; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			_exit(one(i));
	}
	for (i = 0; i < 6; i++)
		CHECK(child_end(pid[i]) == 0);
	control_set(0x0f7f);
	CHECK(child(inherited) == 0);
	control_set(CLEAN);
	CHECK(child(fresh) == 0);
	return report_end();
}
