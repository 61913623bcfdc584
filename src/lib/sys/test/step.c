/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * See test/step.h. Apart from the tests, as the host's signals have the names
 * of ours.
 */
#include "lib/sys/test/step.h"

#include <signal.h>
#include <stddef.h>
#include <stdint.h>

static void (*callback)(void);

static void
on_step(int sig)
{
	(void)sig;
	callback();
}

/* Set or clear the flag that makes the processor stop. */
static void
trap_flag(bool on)
{
#if defined __x86_64__
	uint64_t set = on ? 0x100 : 0, keep = ~0x100ull;

	__asm__ volatile("leaq -128(%%rsp), %%rsp\n\t" /* the red zone */
			 "pushfq\n\t"
			 "andq %[keep], (%%rsp)\n\t"
			 "orq %[set], (%%rsp)\n\t"
			 "popfq\n\t"
			 "leaq 128(%%rsp), %%rsp"
			 :
			 : [set] "r"(set), [keep] "r"(keep)
			 : "memory", "cc");
#else
	(void)on;
#endif
}

bool
step_begin(void (*look)(void))
{
#if !defined __x86_64__
	return false;
#endif
	callback = look;
	(void)signal(SIGTRAP, on_step); /* arguments are right */
	trap_flag(true);
	return true;
}

void
step_end(void)
{
	trap_flag(false);
	(void)signal(SIGTRAP, SIG_DFL); /* arguments are right */
}
