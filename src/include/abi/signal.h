/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Signal numbers and the records that kernel, PM and libc exchange about
 * them. Numbers 1.._NSIG-1 are those of POSIX programs; the rest exist only
 * between kernel and signal managers.
 */
#pragma once

#include <abi/types.h>

#define SIGHUP    1
#define SIGINT    2
#define SIGQUIT   3
#define SIGILL    4
#define SIGTRAP   5
#define SIGABRT   6
#define SIGEMT    7
#define SIGFPE    8
#define SIGKILL   9
#define SIGBUS    10
#define SIGSEGV   11
#define SIGSYS    12
#define SIGPIPE   13
#define SIGALRM   14
#define SIGTERM   15
#define SIGURG    16
#define SIGSTOP   17
#define SIGTSTP   18
#define SIGCONT   19
#define SIGCHLD   20
#define SIGTTIN   21
#define SIGTTOU   22
#define SIGUSR1   23
#define SIGUSR2   24
#define SIGWINCH  25
#define SIGVTALRM 26
#define SIGPROF   27
#define _NSIG     28 /* highest of the above + 1 */

#define SIGSNDELAY 28 /* a delayed stop may be tried again (PM) */
#define SIGKMEM    29 /* memory requests are waiting (VM) */
#define SIGKMESS   30 /* the kernel has printed something (log) */
#define SIGKSIG    31 /* processes you manage have signals pending */

#define KSIG_LAST SIGKSIG /* highest of all */

/** The bit of a signal in a set. */
#define KSIG_BIT(sig) ((ksigset_t)1 << ((sig)-1))

/** All signals; those of programs; those of the system. */
#define KSIG_ALL    (~(ksigset_t)0 >> (32 - KSIG_LAST))
#define KSIG_USER   (KSIG_BIT(_NSIG) - 1)
#define KSIG_SYSTEM (KSIG_ALL & ~KSIG_USER)

/** Registers of a process, as saved at a trap and in a signal frame. */
struct reg_frame {
	uint32_t gs, fs, es, ds;
	uint32_t edi, esi, ebp, kesp, ebx, edx, ecx, eax;
	uint32_t vector, error;
	uint32_t eip, cs, eflags, esp, ss;
};

/** What sigreturn restores; lies on the stack of the process. */
struct sig_context {
	struct reg_frame regs;
	ksigset_t mask;     /**< signal mask to restore */
	uint32_t fpu_valid; /**< fpu holds a state */
	uint8_t fpu[512] __attribute__((aligned(16)));
};

/* Where a signal comes from: the code in its description. */
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

/** What a handler is told of its signal; siginfo_t in programs. */
struct sig_info {
	int32_t signo;
	int32_t code;  /**< SI_*, CLD_*, ... */
	int32_t pid;   /**< sender, or child */
	uint32_t uid;  /**< its real user */
	uint32_t addr; /**< of a fault */
	int32_t status;
	uint32_t value, unused;
};

/** Stack of a handler, from its stack pointer upwards. */
struct sig_frame {
	uint32_t ret;     /**< address of libc's trampoline */
	int32_t sig;      /**< first argument of the handler */
	uint32_t info;    /**< second: address of the struct sig_info */
	uint32_t context; /**< third: address of the struct sig_context */
	struct sig_info described;
};

/** PM's order to the kernel to build a signal frame. */
struct sigmsg {
	int32_t sm_signo;
	ksigset_t sm_mask;       /**< to restore when the handler returns */
	vir_bytes sm_sighandler; /**< where to go */
	vir_bytes sm_sigreturn;  /**< where the handler returns to */
	int32_t sm_result;       /**< of the call it came out of, or 0 */
	vir_bytes sm_stack;      /**< where to run, if that is elsewhere */
	uint32_t sm_stack_size;  /**< its size; 0: where the process is */
	int32_t sm_code, sm_pid; /**< of the struct sig_info; a fault that */
	uint32_t sm_uid;         /**< has the code SI_KERNEL the kernel */
	int32_t sm_status;       /**< describes itself */
};
