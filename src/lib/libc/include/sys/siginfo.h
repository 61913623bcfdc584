/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a handler with SA_SIGINFO is told of its signal, and waitid() of a
 * child. Included by <signal.h>.
 */
#ifndef LACUNA_SYS_SIGINFO_H
#define LACUNA_SYS_SIGINFO_H

#include <sys/types.h>

union sigval {
	int sival_int;
	void *sival_ptr;
};

/* si_code, as in <abi/signal.h>: where the signal comes from. */
#define SI_USER   0   /* by kill(): si_pid, si_uid */
#define SI_QUEUE  -1  /* by sigqueue() */
#define SI_KERNEL 128 /* by the system: a timer, the terminal, a pipe */

#define ILL_ILLOPC  1 /* invalid instruction: si_addr says where */
#define FPE_INTDIV  1 /* integer division by zero, or too large a result */
#define FPE_INTOVF  2 /* integer overflow */
#define FPE_FLTINV  7 /* floating point */
#define FPE_FLTSUB  8 /* an index out of bounds */
#define SEGV_MAPERR 1 /* si_addr is not mapped */
#define SEGV_ACCERR 2 /* it is, and not for that */
#define BUS_ADRALN  1 /* badly aligned, or a bad segment */
#define TRAP_BRKPT  1 /* a breakpoint */
#define TRAP_TRACE  2 /* a single step */

#define CLD_EXITED    1 /* of a child: si_status is its exit code */
#define CLD_KILLED    2 /* or the signal */
#define CLD_DUMPED    3 /* killed, with a core file */
#define CLD_TRAPPED   4 /* one that is traced has stopped */
#define CLD_STOPPED   5
#define CLD_CONTINUED 6

typedef struct {
	int si_signo;
	int si_code;
	pid_t si_pid;
	uid_t si_uid;
	void *si_addr;
	int si_status;
	union sigval si_value;
} siginfo_t;

#endif
