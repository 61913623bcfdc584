/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The process that is debugged. Between commands it is stopped.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/** Why it has stopped. */
enum stop {
	STOP_NONE,   /* there is no process */
	STOP_END,    /* it has ended: status */
	STOP_SIGNAL, /* it is to get the signal in status */
	STOP_BREAK,  /* at a breakpoint */
	STOP_ONCE,   /* at one that was for one time, which is gone */
	STOP_STEP,
	STOP_CALL, /* at the entry or end of a call */
	STOP_EXEC, /* it has a new program */
	STOP_FORK, /* it is the child of the one before */
	STOP_ASKED,
};

struct target {
	pid_t pid; /**< 0: there is none */
	bool attached;
	int signal; /**< that it gets when it goes on, or 0 */
	int status; /**< of its end; or the signal */
};

extern struct target target;
extern bool target_follows; /**< into children */

/** Signals for db that ask a process to stop are caught. */
void target_init(void);

/** Start a program, up to its first instruction. @param[in] argv it and its
 * arguments @return why it has stopped */
enum stop target_start(char *const argv[]);

/** Attach to a process. @param[in] pid it @param[in] program its file, or NULL:
 * by its name @return why it has stopped; STOP_NONE: it cannot be, errno */
enum stop target_attach(pid_t pid, const char *program);

/** Have it go on. It gets target.signal. @param[in] request T_RESUME, T_STEP,
 * T_SYSCALL @return why it has stopped */
enum stop target_go(int request);

/** Have it go on until it comes to an address in a frame that is not below a
 * stack pointer. @param[in] addr the address @param[in] sp the stack pointer
 * @return why it has stopped: STOP_ONCE, it is there */
enum stop target_until(uint32_t addr, uint32_t sp);

/** A register of it. @param[in] offset PROCESS_REG @return its value */
uint32_t target_register(size_t offset);

/** Let it go on alone. */
void target_detach(void);

/** End it. */
void target_kill(void);
