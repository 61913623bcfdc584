/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the parts of PM offer each other. Handlers of calls get the calling
 * process and the payloads; they return OK, a negative error, or SUSPEND when
 * the answer comes later or never.
 */
#pragma once

#include <proto/pm.h>
#include <proto/pm_srv.h>
#include <proto/vfs_pm.h>

#include "servers/pm/mproc.h"

#define PM_HANDLER(NR, name)                                                   \
	int do_##name(struct mproc *mp, const struct name##_req *req,          \
	    struct name##_rep *rep);

PM_CALLS(PM_HANDLER)
PM_SRV_CALLS(PM_HANDLER)

/**
 * Run the handler of a request.
 *
 * @param[in]  mp   caller
 * @param[in]  in   request
 * @param[out] out  body of the reply
 * @return what the handler returned, or -ENOSYS; -EPERM for a service's call
 *         made by a user process
 */
int call_dispatch(struct mproc *mp, const struct message *in,
    struct message *out);

/**
 * Send VFS a request about a process. One may be outstanding per process.
 *
 * @param[in] mp   process; gets VFS_CALL
 * @param[in] nr   enum vfs_pm_request
 * @param[in] req  its parameters; the endpoint is filled in
 */
void tell_vfs(struct mproc *mp, int nr, struct vfs_pm_req *req);

/**
 * Handle an answer of VFS.
 *
 * @param[in] m  the message
 */
void vfs_answer(const struct message *m);

/**
 * Tell VFS, which is waiting for it, which processes exist at boot.
 *
 * @return OK, or a negative error when VFS is not there
 */
int vfs_announce(void);

/**
 * End a process: everything is given back, children go to init, the parent
 * is told. The slot stays until VFS has answered and the parent collected.
 *
 * @param[in] mp      process, not yet EXITING, no VFS_CALL outstanding
 * @param[in] status  exit code, low 8 bits
 * @param[in] sig     signal that ended it, or 0
 * @param[in] dump    a core file is wanted
 */
void exit_proc(struct mproc *mp, int status, int sig, bool dump);

/**
 * Second half of exit_proc(), when VFS has forgotten the process.
 *
 * @param[in] mp      process
 * @param[in] dumped  VFS has written a core file
 */
void exit_restart(struct mproc *mp, bool dumped);

/**
 * Does a process wait for this child?
 *
 * @param[in] mp     parent
 * @param[in] child  its child
 * @return whether the child's end would wake it
 */
bool wait_test(const struct mproc *mp, const struct mproc *child);

/**
 * Second half of fork, when VFS knows the child.
 *
 * @param[in] child   new process
 * @param[in] status  VFS's answer; an error ends the child
 */
void fork_restart(struct mproc *child, int status);

/**
 * Second half of exec.
 *
 * @param[in] mp   process
 * @param[in] rep  VFS's answer
 */
void exec_restart(struct mproc *mp, const struct vfs_pm_rep *rep);

/**
 * Make a process act for a user. VM is told when it becomes the superuser's
 * or ceases to be, because some memory is kept for those.
 *
 * @param[in] mp    process
 * @param[in] euid  its effective user from now on
 */
void euid_set(struct mproc *mp, uint32_t euid);

/**
 * Enter the boot processes into the table.
 *
 * @return OK, or a negative error of the kernel
 */
int boot_procs(void);

/**
 * Compute the kernel's queue and set it.
 *
 * @param[in] mp    process
 * @param[in] nice  PM_PRIO_MIN .. PM_PRIO_MAX
 * @return OK, -EINVAL out of range, or the kernel's error
 */
int sched_nice(struct mproc *mp, int nice);

/** Print the table of processes, for debugging. */
void pm_dump(void);
