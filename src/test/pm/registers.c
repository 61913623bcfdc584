/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A signal changes nothing but what its handler changes: a
 * computation in all registers, with flags, and on the FPU, gives the same
 * result under a fast timer as without it; also when the handler's stack
 * has to be paged in.
 */
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "test/program/program.h"

static volatile int ticks;

/* Spoil what can be spoilt. */
static void
on_tick(int sig)
{
	volatile double d = 3.0;
	volatile char deep[3000];

	(void)sig;
	deep[0] = (char)ticks;
	d = d / 7.0 + deep[0];
	ticks++;
	__asm__ volatile("xorl %%eax, %%eax; movl $-1, %%ecx; movl $-2, %%edx"
			 :
			 :
			 : "eax", "ecx", "edx", "cc");
}

/* A checksum that lives in registers and flags. */
static uint32_t
mill(uint32_t rounds)
{
	uint32_t a = 1, b = 2, c = 3, d = 4;

	__asm__ volatile("1:\taddl %1, %0\n\tadcl %2, %1\n\trcll $5, %2\n"
			 "\tadcl %0, %3\n\txorl %3, %1\n\tdecl %4\n\tjnz 1b"
			 : "+r"(a), "+r"(b), "+r"(c), "+r"(d), "+r"(rounds)
			 :
			 : "cc");
	return a ^ b ^ c ^ d;
}

static double
float_mill(int rounds)
{
	double x = 0.5, y = 1.25;
	int i;

	for (i = 0; i < rounds; i++) {
		x = x * 0.999 + y / 3.0;
		y = y * 1.0001 - x / 1000.0;
	}
	return x + y;
}

int
main(int argc, char **argv)
{
	struct itimerval it = { { 0, 10000 }, { 0, 10000 } };
	uint32_t expected, got;
	double f_expected, f_got;
	struct sigaction sa;
	int i;

	(void)report_begin("pm-registers", argc > 1 ? argv[1] : NULL);
	expected = mill(300000);
	f_expected = float_mill(20000);
	memset(&sa, 0, sizeof sa);
	sa.sa_handler = on_tick;
	CHECK(sigaction(SIGALRM, &sa, NULL) == 0);
	CHECK(setitimer(ITIMER_REAL, &it, NULL) == 0);
	for (i = 0; i < 10; i++) {
		got = mill(300000);
		f_got = float_mill(20000);
		CHECK(got == expected);
		CHECK(f_got == f_expected);
	}
	CHECK(ticks > 3);
	return report_end();
}
