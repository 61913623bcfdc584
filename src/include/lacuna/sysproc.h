/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel calls on the life of processes. Where ep is said to be bad, it names
 * no process (-EINVAL) or a source of notifications (-EPERM).
 */
#pragma once

#include <abi/errno.h>
#include <abi/kcall.h>
#include <abi/priv.h>

/**
 * Fill a free process slot with a copy of a process that waits for a reply.
 * The child waits for the same reply. A service need not wait: its child
 * cannot run until somebody gives it a program and privileges.
 *
 * @param[in]  parent      process to be copied
 * @param[in]  child_slot  free slot
 * @param[in]  page_dir    physical address of the child's page directory
 * @param[out] child       its endpoint
 *
 * @retval OK       the child exists
 * @retval -EINVAL  parent is bad, or a user process that is not receiving, or
 *                  the slot is not free
 * @source own design, after MINIX 3
 */
int sys_fork(endpoint_t parent, int child_slot, phys_bytes page_dir,
    endpoint_t *child);

/**
 * Let a process start a new image, which VM has put in place. The process no
 * longer waits for a reply, and a message on its way to it is dropped.
 *
 * @param[in] ep    process
 * @param[in] pc    first instruction
 * @param[in] sp    stack pointer
 * @param[in] name  of the program; cut to PROC_NAME_MAX
 *
 * @retval OK                done
 * @retval -EINVAL, -EPERM   ep is bad
 * @source own design, after MINIX 3
 */
int sys_exec(endpoint_t ep, vir_bytes pc, vir_bytes sp, const char *name);

/**
 * Empty the slot of a dead process. All who wait for it get -EDEADSRCDST; its
 * alarm, interrupt lines, grants and privileges are gone.
 *
 * @retval OK                done
 * @retval -EINVAL, -EPERM   ep is bad, or is the caller
 * @source own design, after MINIX 3
 */
int sys_clear(endpoint_t ep);

/** End this service: as SIGABRT to itself. @source own design, MINIX 3 */
_Noreturn void sys_exit(void);

/**
 * Set queue and quantum of a process.
 *
 * @param[in] ep        process
 * @param[in] priority  queue, 0 is best; -1: leave as it is
 * @param[in] quantum   ticks; -1: leave as it is
 *
 * @retval OK                done
 * @retval -EINVAL, -EPERM   ep is bad, or a value out of range (-EINVAL)
 * @source own design
 */
int sys_schedule(endpoint_t ep, int priority, int quantum);

/**
 * Change what a process may do. For services only; RS is meant.
 *
 * @param[in] ep       process
 * @param[in] request  SYS_PRIV_*
 * @param[in] arg      struct priv_spec or priv_range, as the request says
 *
 * @retval OK       done
 * @retval -EPERM   the caller is no service; ALLOW, SET_*: ep has privileges
 *                  already; ADD_*, UPDATE_SYS: ep is no service; QUERY_MEM:
 *                  ep does not own the range
 * @retval -EINVAL  ep is bad, unknown request, or a value out of range
 * @retval -EBUSY   SET_SYS: the static privilege id is taken
 * @retval -ENOSPC  SET_SYS: all privilege ids are taken
 * @retval -ENOMEM  ADD_*: the table is full
 * @retval -EFAULT  arg cannot be read
 * @source own design, after MINIX 3
 */
int sys_privctl(endpoint_t ep, int request, const void *arg);

/**
 * Stop a process or let it go on. Stops do not add up.
 *
 * @param[in] ep      process
 * @param[in] action  RC_STOP, RC_RESUME
 * @param[in] flags   RC_DELAY: see sys_delay_stop()
 *
 * @retval OK                done
 * @retval -EINVAL, -EPERM   ep is bad; unknown action (-EINVAL)
 * @retval -EBUSY            RC_DELAY: not stopped
 * @source own design, after MINIX 3
 */
int sys_runctl(endpoint_t ep, int action, uint32_t flags);

/** Stop a process, whatever it is doing. Errors as of sys_runctl(). */
int sys_stop(endpoint_t ep);

/**
 * Stop a process unless it has a request in transit. If it has: -EBUSY, and
 * as soon as the request is taken the process gets SIGSNDELAY.
 */
int sys_delay_stop(endpoint_t ep);

/** Undo any number of stops. Errors as of sys_runctl(). */
int sys_resume(endpoint_t ep);

/**
 * Look into, or control, a process for its debugger. Who may do that is for
 * the caller to judge.
 *
 * @param[in]     ep       process
 * @param[in]     request  T_*, see <abi/ptrace.h>
 * @param[in]     addr     in the process
 * @param[in,out] data     written for requests that read
 *
 * @retval OK                done
 * @retval -EINVAL, -EPERM   ep is bad, or unknown request (-EINVAL)
 * @retval -EFAULT           addr cannot be accessed
 * @source own design, after MINIX 3
 */
int sys_trace(endpoint_t ep, int request, vir_bytes addr, uint32_t *data);

/**
 * Change a process's standing in IPC.
 *
 * @param[in] ep       process
 * @param[in] request  STATE_CLEAR_IPC_REFS: all who are blocked on ep fail
 *                     with -EDEADSRCDST
 *
 * @retval OK                done
 * @retval -EINVAL, -EPERM   ep is bad, or unknown request (-EINVAL)
 * @source own design, after MINIX 3
 */
int sys_statectl(endpoint_t ep, int request);
