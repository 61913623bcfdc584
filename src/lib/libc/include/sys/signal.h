/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Signals, whole: newlib's generic header knows only SA_NOCLDSTOP and no
 * sa_sigaction.
 */
#ifndef LACUNA_SYS_SIGNAL_H
#define LACUNA_SYS_SIGNAL_H

#include <sys/_sigset.h>
#include <sys/_timespec.h>
#include <sys/features.h>
#include <sys/siginfo.h>
#include <sys/types.h>

#if !defined(_SIGSET_T_DECLARED)
#define _SIGSET_T_DECLARED
typedef __sigset_t sigset_t; /* 32 bits: bit n-1 stands for signal n */
#endif

/* The numbers of <abi/signal.h>. */
#define SIGHUP    1 /* the terminal is gone */
#define SIGINT    2 /* interrupt key */
#define SIGQUIT   3 /* quit key */
#define SIGILL    4 /* invalid instruction */
#define SIGTRAP   5 /* breakpoint or single step */
#define SIGABRT   6 /* abort() */
#define SIGIOT    SIGABRT
#define SIGEMT    7
#define SIGFPE    8  /* arithmetic fault */
#define SIGKILL   9  /* cannot be caught, blocked or ignored */
#define SIGBUS    10 /* memory that exists but cannot be used */
#define SIGSEGV   11 /* memory that does not exist */
#define SIGSYS    12 /* bad system call */
#define SIGPIPE   13 /* write to a pipe without reader */
#define SIGALRM   14 /* alarm() */
#define SIGTERM   15 /* please end */
#define SIGURG    16
#define SIGSTOP   17 /* stop; as untouchable as SIGKILL */
#define SIGTSTP   18 /* stop key */
#define SIGCONT   19 /* go on */
#define SIGCHLD   20 /* a child ended or stopped */
#define SIGTTIN   21 /* background read from the terminal */
#define SIGTTOU   22 /* background write to the terminal */
#define SIGUSR1   23
#define SIGUSR2   24
#define SIGWINCH  25 /* the window changed its size */
#define SIGVTALRM 26 /* timer of the process's own time */
#define SIGPROF   27 /* timer for profiling */
#define _NSIG     28 /* highest signal + 1 */
#define NSIG      _NSIG

#define SA_NOCLDSTOP 0x01 /* no SIGCHLD for a child that stops */
#define SA_RESETHAND 0x02 /* the handler is good for one signal */
#define SA_NODEFER   0x04 /* its signal is not blocked in the handler */
#define SA_RESTART   0x08 /* calls do not end with EINTR but go on */
#define SA_SIGINFO   0x10 /* sa_sigaction is meant, with three arguments */
#define SA_NOCLDWAIT 0x20 /* children that end are not waited for */

#define SA_ONSTACK 0x40 /* runs on the stack of sigaltstack() */

#define SIG_BLOCK   0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2

typedef void (*_sig_func_ptr)(int);

typedef struct {
	void *ss_sp; /* lowest address */
	int ss_flags;
	size_t ss_size;
} stack_t;

#define SS_ONSTACK  1 /* the process is on it */
#define SS_DISABLE  2 /* there is none */
#define MINSIGSTKSZ 2048
#define SIGSTKSZ    8192

struct sigevent {
	int sigev_notify;
	int sigev_signo;
	union sigval sigev_value;
};

struct sigaction {
	union {
		_sig_func_ptr handler;
		void (*action)(int, siginfo_t *, void *);
	} __how;

	sigset_t sa_mask;
	int sa_flags;
};

#define sa_handler   __how.handler
#define sa_sigaction __how.action

_BEGIN_STD_C

int kill(pid_t __pid, int __sig);
int killpg(pid_t __pgrp, int __sig);
int sigaction(int __sig, const struct sigaction *__new,
    struct sigaction *__old);
int sigprocmask(int __how, const sigset_t *__new, sigset_t *__old);
int sigpending(sigset_t *__set);
int sigaltstack(const stack_t *__new, stack_t *__old);
int sigsuspend(const sigset_t *__mask);
int sigaddset(sigset_t *__set, int __sig);
int sigdelset(sigset_t *__set, int __sig);
int sigismember(const sigset_t *__set, int __sig);
int sigfillset(sigset_t *__set);
int sigemptyset(sigset_t *__set);

/* The 4.2BSD calls that newlib's getpass() still uses. */
int sigblock(int __mask);
int sigsetmask(int __mask);
int sigpause(int __mask);
#define sigmask(sig) (1 << ((sig)-1))

_END_STD_C

#ifndef _SIGNAL_H_
#include <signal.h>
#endif

#endif
