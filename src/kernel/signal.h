/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel signals. A signalled process is blocked (SIGNALED, SIG_PENDING) until
 * its signal manager has fetched and disposed of the signal; the manager is
 * told by a notification from SYSTEM with SIGKSIG. Managers are named by the
 * privilege structure: PM for users, RS for most services, SELF possible.
 */
#pragma once

#include "kernel/proc.h"

/** Signals that end a service. */
#define SIGS_LETHAL                                                            \
	(KSIG_BIT(SIGILL) | KSIG_BIT(SIGBUS) | KSIG_BIT(SIGFPE) |              \
	    KSIG_BIT(SIGSEGV) | KSIG_BIT(SIGEMT) | KSIG_BIT(SIGABRT))

/**
 * Raise a signal for a process. For one that manages itself a lethal signal
 * goes to the backup manager; without one it ends the system. A signal that is
 * pending already is not raised again.
 *
 * @param[in,out] p    live process
 * @param[in]     sig  1 .. 31
 * @source own design, after MINIX 3
 */
void cause_sig(struct proc *p, int sig);

/**
 * Note what a process has done wrong, for the handler of the signal that it
 * may get for that.
 *
 * @param[in,out] p     process
 * @param[in]     sig   signal
 * @param[in]     code  ILL_*, FPE_*, SEGV_*, ...
 * @param[in]     addr  where, or on what
 * @source own design
 */
static inline void
sig_fault(struct proc *p, int sig, int code, vir_bytes addr)
{
	p->fault.sig = sig;
	p->fault.code = code;
	p->fault.addr = addr;
}

/**
 * Who handles the signals of a process.
 *
 * @param[in] p  live process
 * @return the manager, its backup when that is dead, or NULL: nobody lives
 * @source own design, after MINIX 3
 */
struct proc *sig_manager(const struct proc *p);

/**
 * Which signals of a process does a manager handle? SIGTRAP of a service that
 * is traced is for PM, as its debugger is to see it; else all are for one.
 *
 * @param[in] p    live process
 * @param[in] mgr  process
 * @return set of signals
 * @source own design
 */
ksigset_t sig_managed(const struct proc *p, const struct proc *mgr);

/**
 * End the signal delay of a process that is no longer sending: raises
 * SIGSNDELAY. Nothing happens without MF_SIG_DELAY. To be called before
 * RTS_SENDING is cleared, so that the process does not run in between.
 *
 * @param[in,out] p  process
 * @source own design, after MINIX 3
 */
void sig_delay_done(struct proc *p);
