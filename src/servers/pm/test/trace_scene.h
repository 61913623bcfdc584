/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The rest of PM, and the kernel, for unit tests of tracing: processes that
 * make requests, wait, get signals, and end. What is under test is asked as
 * PM asks it, through do_pm_ptrace() and the functions of pm/trace.h.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <abi/errno.h>
#include <abi/ptrace.h>

#include "servers/pm/proc.h"
#include "servers/pm/trace.h"
#include "test/unit/status.h"

/** Processes, by their slots. All but USER and OWN are the superuser's. */
enum {
	DEBUGGER = 20, /**< child of init */
	CHILD,         /**< child of DEBUGGER */
	SECOND,        /**< child of DEBUGGER */
	PARENT,        /**< child of init, and of another group */
	THEIRS,        /**< child of PARENT */
	USER,          /**< child of init, of user and group 7 */
	OWN,           /**< child of USER, of user and group 7 */
	DRIVER,        /**< a service */
	UNUSED         /**< a free slot */
};

#define NOBODY (-2) /**< in place of a slot: no such process */
#define ANYONE (-1) /**< in a wait: whoever has news */

/** Words of memory that each process has, from address MEMORY on. */
#define WORDS  8
#define MEMORY 0x1000u

/** The kernel, as far as debuggers see it. */
struct fake_kernel {
	bool traced, stopped;
	int mode;   /**< last request that has let it run */
	int calls;  /**< sys_trace(), of all requests */
	int orders; /**< to stop or to let run */
};

/** What was said to a process, or done to it. */
struct fake_book {
	int replies, status;     /**< how many, and the last */
	struct pm_wait_rep wait; /**< if it was that of a wait */
	int arrived[_NSIG];      /**< signals that had their effect */
	int ends, code, sig;     /**< of exit_proc() */
	int parent_told;         /**< that it is dead */
};

extern struct fake_kernel kernel[NR_PROCS];
extern struct fake_book book[NR_PROCS];
extern uint32_t memory[NR_PROCS][WORDS];
extern ksigset_t deadly; /**< signals that end a process, beside SIGKILL */
extern bool forgets;     /**< who has ended is free when the parent is told */

/** The last word or range that the kernel was asked for, and its answer. */
extern struct fake_access {
	int request, status;
	vir_bytes addr;
	uint32_t data;
	int copies;     /**< of memory, ever */
	uint32_t flags; /**< of the last one */
} asked;

/** Forget everything; all processes live, nobody is traced. @return 0 */
int scene_begin(void **state);

/** A process. @param[in] slot its slot @return it */
static inline struct mproc *
at(int slot)
{
	return &mproc[slot];
}

/** Make a request. @param[in] who asks @param[in] request T_*
 * @param[in] whom about @param[in] addr, data arguments
 * @return status, or SUSPEND: the answer comes later */
int ask(int who, int request, int whom, uint32_t addr, int32_t data);

/** The word that the last request has got. @return it */
int32_t answer_word(void);

/** Make a request without address. */
static inline int
order(int who, int request, int whom, int32_t data)
{
	return ask(who, request, whom, 0, data);
}

/** Wait as a tracer. @param[in] who waits @param[in] whom for, or ANYONE
 * @return the status word; 0: no news; -ECHILD: it traces nobody of these */
int look(int who, int whom);

/** The status word of a process that has stopped. @param[in] sig shown */
static inline int
stopped_by(int sig)
{
	return 0177 | sig << 8;
}

/** Block in a wait. @param[in] who waits @param[in] whom for, or ANYONE */
void blocks(int who, int whom);

/** Send a signal. @param[in] whom to @param[in] sig which */
void sends(int whom, int sig);

/** VFS answers: what it was asked about a process is done, be that its end.
 * @param[in] whom the process */
void vfs_answers(int whom);

/** A process ends. @param[in] whom it @param[in] code its exit code */
void ends(int whom, int code);

/** A process forks into UNUSED, as PM does it. @param[in] who forks
 * @return the child */
struct mproc *forks(int who);

/** Have a process traced and stopped, its stop collected. @param[in] tracer by
 * whom @param[in] whom it */
void attached(int tracer, int whom);

/** The same, and it runs again. */
void traced(int tracer, int whom);
