/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D8. A process spins with values in its registers that are nowhere
 * else, and goes on when one of them is changed. What is written into its
 * memory is there, whoever looks, and in nobody else's.
 */
#include "test/tracee/scene.h"

#include <limits.h>

#include "test/report/checkpoint.h"

#define PAGE 4096
#define BOX  (2 * PAGE)

static uint8_t box[BOX] __attribute__((aligned(PAGE)));
static volatile uint32_t cell;
static const volatile uint32_t minus = UINT32_MAX;
static int from[2]; /* a pipe */

static int __attribute__((noinline)) landmark(int n)
{
	__asm__ volatile("" : "+r"(n));
	return n + 1;
}

/* Turn in three instructions until ecx is not 0 any more. */
static int
spins(void)
{
	uint32_t esi = word("esi", 0), edi = word("edi", 0), ecx = 0;

	nonce_spread(report_nonce(), "box", box, BOX);
	cell = word("cell", 0);
	(void)write(from[1], &esi, sizeof esi);
	__asm__ volatile("1:\ttestl %%ecx, %%ecx\n\tjz 1b"
			 : "+c"(ecx), "+S"(esi), "+D"(edi)
			 :
			 : "cc");
	ecx = ecx + esi - edi;
	(void)write(from[1], &ecx, sizeof ecx);
	ecx = cell;
	(void)write(from[1], &ecx, sizeof ecx);
	return 0;
}

static uint32_t
told(void)
{
	uint32_t w = 0;

	(void)read(from[0], &w, sizeof w);
	return w;
}

static int
range(int r, pid_t pid, const volatile void *at, void *buf, size_t n)
{
	struct ptrace_range what = { TS_DATA, (long)at, buf, n };

	return ptrace(r, pid, (long)&what, 0) == 0 ? OK : -errno;
}

static int
word_error(int r, pid_t pid, long addr)
{
	return ptrace(r, pid, addr, 0) == -1 ? -errno : OK;
}

static void
read_it(pid_t pid)
{
	static uint8_t copy[BOX];

	report_addr("esi", look_at(pid, REGISTER(esi)));
	report_addr("edi", look_at(pid, REGISTER(edi)));
	report_addr("ecx", look_at(pid, REGISTER(ecx)));
	report_addr("cell", (uint32_t)ptrace(T_GETDATA, pid, (long)&cell, 0));
	report_status("get", range(T_GETRANGE, pid, box, copy, BOX));
	report_digest("box", copy, BOX);
	report_status("minus", word_error(T_GETINS, pid, (long)&minus));
}

static void
errors(pid_t pid)
{
	static uint8_t copy[4];

	report_status("no-memory", word_error(T_GETDATA, pid, 16));
	report_status("no-offset", word_error(T_GETUSER, pid, 2));
	report_status("no-register",
	    word_error(T_SETUSER, pid, sizeof(struct reg_frame)));
	report_status("empty", range(T_GETRANGE, pid, box, copy, 0));
	report_status("too-long",
	    range(T_SETRANGE, pid, box, copy, (size_t)LONG_MAX + 1));
	report_status("no-range", word_error(T_GETRANGE, pid, 16));
	report_status("nowhere", range(T_GETRANGE, pid, (void *)16, copy, 4));
}

/* What is written is the process's own. */
static void
write_it(pid_t pid)
{
	static uint8_t fresh[BOX];
	const long text = (long)(void (*)(void))landmark;
	long old = ptrace(T_GETINS, pid, text, 0);

	nonce_spread(report_nonce(), "new", fresh, BOX);
	report_status("set", range(T_SETRANGE, pid, box, fresh, BOX));
	report_status("poke",
	    ptrace(T_SETDATA, pid, (long)&cell, (long)word("poke", 0)) == 0
		? OK
		: -errno);
	report_status("break",
	    ptrace(T_SETINS, pid, text, (old & ~0xffL) | 0xcc) == 0 ? OK
								    : -errno);
	report_number("own-text", landmark(1));
	report_addr("own-cell", cell);
	report_place("its", endpoint_of(pid), (uint32_t)box, BOX);
	report_place("own", SELF, (uint32_t)box, BOX);
	report_checkpoint("written");
	(void)ptrace(T_SETUSER, pid, REGISTER(ecx), (long)word("ecx", 0));
}

int
main(int argc, char **argv)
{
	pid_t pid;

	report_begin("tracee-look", argc > 1 ? argv[1] : NULL);
	if (pipe(from) != 0)
		return report_end();
	nonce_spread(report_nonce(), "own", box, BOX);
	pid = begin(spins);
	(void)told(); /* it spins now, or will at once */
	pause_ms(20);
	if (!held(pid))
		return report_end();
	read_it(pid);
	errors(pid);
	write_it(pid);
	report_status("resume", request(T_RESUME, pid, 0));
	report_addr("result", told());
	report_addr("poked", told());
	report_number("end", shown(pid) == ENDED ? how_ended() : -1);
	return report_end();
}
