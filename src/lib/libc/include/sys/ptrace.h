/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Debugging another process: see ptrace(2). The requests (T_OK to T_SETRANGE),
 * the options (TO_TRACEFORK ...) and what T_GETUSER reads (struct trace_user)
 * are in <abi/ptrace.h>.
 */
#ifndef LACUNA_SYS_PTRACE_H
#define LACUNA_SYS_PTRACE_H

#include <sys/types.h>

#include <abi/ptrace.h>

_BEGIN_STD_C

/** What T_GETRANGE and T_SETRANGE move, at the address they are given. */
struct ptrace_range {
	int pr_space;   /**< TS_INS or TS_DATA */
	long pr_addr;   /**< in the process */
	void *pr_ptr;   /**< in the caller */
	size_t pr_size; /**< bytes, 1 .. LONG_MAX */
};

/**
 * Look into a process and control it.
 *
 * @param[in] request  T_*
 * @param[in] pid      process; T_OK: of no meaning
 * @param[in] addr     of a word in the process, or offset in struct trace_user
 * @param[in] data     to be written, or a signal, an exit status, options
 *
 * @return what was read, or 0; -1 with errno set. A word that is -1 leaves
 *         errno 0
 * @source own design, after MINIX 3 ptrace(2)
 */
long ptrace(int __request, pid_t __pid, long __addr, long __data);

_END_STD_C

#endif
