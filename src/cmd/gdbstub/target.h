/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The process that is debugged, one at a time, by ptrace(2). Its children are
 * let go at once, without the breakpoints of their parent.
 *
 * All functions that can fail return 0 or a number of <errno.h>.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Registers, in the order of the protocol for this processor. */
enum target_reg {
	REG_EAX,
	REG_ECX,
	REG_EDX,
	REG_EBX,
	REG_ESP,
	REG_EBP,
	REG_ESI,
	REG_EDI,
	REG_EIP,
	REG_EFLAGS,
	REG_CS,
	REG_SS,
	REG_DS,
	REG_ES,
	REG_FS,
	REG_GS,
	NR_REGS
};

/** What has happened to it. */
enum target_news {
	TARGET_NONE,    /**< there is no process */
	TARGET_STOPPED, /**< with a signal */
	TARGET_EXITED,  /**< with a status */
	TARGET_KILLED,  /**< by a signal */
};

struct target_event {
	enum target_news news;
	int number;        /**< of the signal, or exit status */
	bool is_exec;      /**< stopped: in a new program */
	char program[256]; /**< its path, as far as it can be known */
};

/**
 * Run a program up to its first instruction.
 *
 * @param[in] argv  path or name of the program, arguments, NULL
 *
 * @retval 0       it is stopped there
 * @retval EBUSY   there is a process already
 * @retval errno   of fork, ptrace and execvp
 */
int target_start(char *const argv[]);

/**
 * Take hold of a process that runs. Waits until it is stopped.
 *
 * @param[in] id  of the process
 *
 * @retval 0        it is stopped
 * @retval EBUSY    there is a process already
 * @retval EDEADLK  a service without which the caller cannot work
 * @retval errno    of ptrace, see ptrace(2)
 */
int target_attach(int id);

/** Take the end of a child of the caller for the end of the line to the
 * debugger. @param[in] child its id */
void target_watch(int child);

/** The process. @return its id, or 0: there is none */
int target_pid(void);

/** Was it running before it was taken hold of? @return whether it was */
bool target_is_attached(void);

/** Read all registers. @param[out] regs they @return 0 or ESRCH */
int target_regs(uint32_t regs[NR_REGS]);

/**
 * Set a register. Those that a debugger may not set can be given the value
 * they have.
 *
 * @param[in] reg    which
 * @param[in] value  new value
 *
 * @retval EFAULT  it cannot be set
 */
int target_reg_set(enum target_reg reg, uint32_t value);

/**
 * Read memory.
 *
 * @param[in]  addr   in the process
 * @param[out] bytes  what is there
 * @param[in]  n      how many, more than 0
 *
 * @retval EFAULT  not all of it is there; what is in bytes is undefined
 */
int target_read(uint32_t addr, void *bytes, size_t n);

/** Write memory, also where the process may only read. As target_read(). */
int target_write(uint32_t addr, const void *bytes, size_t n);

/**
 * Let it go on, with a signal or 0, for one instruction or call if is_step.
 * It runs afterwards: target_wait() tells how that ends.
 *
 * @retval EINVAL  there is no such signal
 */
int target_go(bool is_step, int sig);

/**
 * Wait until the process that runs stops or ends. If it ends there is none
 * any more.
 *
 * @param[out] event  what has happened
 *
 * @retval EPIPE  the line to the debugger is no longer read
 */
int target_wait(struct target_event *event);

/** End it, if there is one. Waits until it is gone. */
void target_kill(void);

/** Let it go for good. @param[in] sig a signal for it, or 0 @return 0 or
 * EINVAL */
int target_detach(int sig);

/** A signal handler: have the process that runs stop with SIGINT.
 * @param[in] sig  of no meaning */
void target_interrupt(int sig);
