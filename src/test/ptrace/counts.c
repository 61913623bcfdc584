/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See counts.h. */
#include "test/ptrace/counts.h"

#include <abi/message.h>
#include <lacuna/ipc.h>

#define NOBODY 30000 /* an endpoint */

volatile uint32_t counts_word;

extern const char counts_end[];

void
counts_yield(void)
{
	struct message m = { .m_type = 0 };

	(void)ipc_sendrec(NOBODY, &m);
}

int
counts(void)
{
	tracee_tell(1);
	__asm__ volatile(".globl counts_top, counts_end\n"
			 "counts_top:\n\t"
			 "inc %%esi\n\t"
			 "mov %%esi, counts_word\n\t"
			 "test $0x7f, %%esi\n\t"
			 "jne counts_top\n"
			 "counts_end:\n\t"
			 "call counts_yield\n\t"
			 "jmp counts_top"
			 :
			 : "S"(0)
			 : "eax", "ecx", "edx", "memory", "cc");
	return 1;
}

long
user_word(pid_t pid, size_t offset)
{
	return ptrace(T_GETUSER, pid, (long)offset, 0);
}

struct count
count_of(pid_t pid)
{
	return (struct count){
		(uint32_t)user_word(pid, offsetof(struct trace_user, regs.eip)),
		(uint32_t)user_word(pid, offsetof(struct trace_user, regs.esi)),
		(uint32_t)ptrace(T_GETDATA, pid, (long)&counts_word, 0),
	};
}

bool
count_consistent(struct count c)
{
	bool in_loop = c.pc >= (uint32_t)(uintptr_t)counts_top &&
	    c.pc < (uint32_t)(uintptr_t)counts_end;

	return !in_loop || c.reg == c.memory || c.reg == c.memory + 1;
}
