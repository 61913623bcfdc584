/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A whole PM and what is around it, for unit tests of how they speak to each
 * other: the kernel's idea of each process, VM, and a VFS that answers when it
 * is told to, in whatever order. A process does nothing by itself. What must
 * hold at any time is checked by model_check(), and as it happens: one request
 * to VFS about a process, one answer to each call, no frame for a process that
 * has a message under way or is in a call.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <abi/errno.h>
#include <abi/ipc.h>
#include <proto/pm.h>
#include <proto/vfs_pm.h>

#include "servers/pm/proc.h"

/** A process, as the kernel sees it. */
struct modelled {
	bool alive;
	bool sending; /**< its request to PM is under way: out */
	bool calling; /**< PM has it, the answer is to come */
	bool reading; /**< it waits in VFS */
	bool stopped; /**< by PM */
	bool traced;  /**< stopped, for its tracer */
	bool delayed; /**< PM is to hear when its request has arrived */
	int frames;   /**< handlers that have not returned */
	int answers;  /**< to its calls, so far */
	int status;   /**< of the last of these */
	struct message out;
};

extern struct modelled model[NR_PROCS];
extern int model_exec;     /**< status of exec, in VFS; ... */
extern int model_replaced; /**< whether the old image is gone */
extern int model_strays;   /**< answers of VFS that nobody had asked for */

/** A machine with init and the services. @return 0 */
int model_begin(void **state);

/** The process in a slot. @param[in] slot its number @return it */
static inline struct mproc *
at(int slot)
{
	return &mproc[slot];
}

/** The slot of init. @return it */
int model_init(void);

/** Can a process do something? @param[in] slot its @return whether it can */
bool model_runs(int slot);

/** A process sends a request to PM, which has not arrived yet.
 * @param[in] slot its @param[in] type PM_* @param[in] req the request
 * @param[in] size of it */
void model_send(int slot, int type, const void *req, size_t size);

/** That arrives. @param[in] slot whose */
void model_arrive(int slot);

/** Both. @return the status of the answer, or SUSPEND: there is none yet */
int model_call(int slot, int type, const void *req, size_t size);

/** A process calls VFS, which does not answer. @param[in] slot its */
void model_read(int slot);

/** How many requests VFS has. @return it */
int model_vfs_waiting(void);

/** VFS answers one of its requests. @param[in] nth which of them, from the
 * oldest @param[in] status OK or an error @return the slot it was about */
int model_vfs_answer(int nth, int status);

/** VFS has a request about a process: which? @param[in] slot its
 * @return VFS_PM_*, or 0: none */
int model_vfs_has(int slot);

/** VFS answers what it has about a process. @param[in] slot its */
void model_vfs_about(int slot);

/** VFS says the last answer once more. */
void model_vfs_again(void);

/** VFS answers something else than it was asked. @param[in] slot about whom
 * @param[in] request VFS_PM_*, what it says it was */
void model_vfs_wrong(int slot, int request);

/** Check what always holds. */
void model_check(void);

/** A fork that is done. @param[in] slot the parent's @return the child's */
int model_fork(int slot);

/** Send a signal as the superuser. @param[in] from, to slots
 * @param[in] sig which @return status */
int model_kill(int from, int to, int sig);

/** How many slots are in use. @return it */
int model_used(void);
