/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The handlers of the kernel calls, and what they share. A handler checks
 * everything before it changes anything; its last copy from or to a process
 * comes before its first change, since the copy may have to wait for VM and
 * the handler then runs again from the start (<kernel/vmcopy.h>). What each
 * call does and which errors it has is said at its stub, in
 * <lacuna/syslib.h>.
 */
#pragma once

#include <abi/errno.h>
#include <abi/kcall.h>

#include "kernel/priv.h"
#include "kernel/proc.h"
#include "kernel/vmcopy.h"

/* int do_sys_name(caller, request, reply) for every call. */
#define KCALL_HANDLER(NR, name)                                                \
	int do_##name(struct proc *caller, const struct name##_req *req,       \
	    struct name##_rep *rep);

KERNEL_CALLS(KCALL_HANDLER)

/**
 * Find the process a call is about.
 *
 * @param[in]  caller  stands for SELF
 * @param[in]  ep      endpoint out of a request
 * @param[out] target  the process
 *
 * @retval OK       found
 * @retval -EINVAL  no such process
 * @retval -EPERM   a source of notifications
 * @source own design
 */
int target_find(struct proc *caller, endpoint_t ep, struct proc **target);

/** Does a process have a privilege structure of its own? */
static inline bool
priv_is_own(const struct proc *p)
{
	return p->priv != NULL && p->priv->proc == p;
}

/**
 * Have VM make a range present, so that the following accesses to it work.
 *
 * @param[in] caller  waits for VM
 * @param[in] target  whose memory
 * @param[in] addr    start of the range
 * @param[in] bytes   its length, more than 0
 * @param[in] write   it is going to be written
 *
 * @retval OK           all is there
 * @retval -EFAULT      not user memory of target
 * @retval -EVMSUSPEND  return this from the handler
 * @return or VM's error
 * @source own design
 */
int range_present(struct proc *caller, struct proc *target, vir_bytes addr,
    vir_bytes bytes, bool write);

/**
 * May a driver make such an access to a port?
 *
 * @param[in] caller  driver
 * @param[in] port    out of a request
 * @param[in] how     DIO_*, out of a request
 *
 * @retval OK       yes
 * @retval -EINVAL  how is not a width and a direction
 * @retval -EPERM   not its port, or not aligned
 * @source own design
 */
int port_check(const struct proc *caller, uint32_t port, uint32_t how);

/** Access a port that port_check() has allowed; returns what was read. */
uint32_t port_access(uint32_t port, uint32_t how, uint32_t value);
