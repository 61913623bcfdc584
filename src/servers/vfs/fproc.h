/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What VFS knows of a process. PM tells VFS of births and deaths; the slot is
 * the one everybody uses.
 */
#pragma once

#include <abi/endpoint.h>
#include <lacuna/ipc.h>
#include <proto/pm_limit.h>

struct filp;
struct vnode;
struct worker;

#define FD_WORDS (OPEN_MAX / 32)

enum fproc_flag {
	FP_IN_USE = 0x01,
	FP_SERVICE = 0x02,
	FP_LEADER = 0x04,     /* session leader: may get a terminal */
	FP_REQUEST = 0x08,    /* request holds one that has not begun */
	FP_PM_REQUEST = 0x10, /* pm_request holds one that has not begun */
};

struct fproc {
	uint32_t flags; /**< enum fproc_flag */
	endpoint_t ep;
	int32_t pid;
	uint32_t uid, euid, gid, egid;
	uint32_t groups, group[NGROUPS_MAX]; /**< beside these; how many */
	uint32_t umask;
	struct vnode *root, *cwd; /**< NULL until the root is mounted */
	struct filp *filp[OPEN_MAX];
	uint32_t files_max; /**< descriptors: all new ones are below */
	uint32_t size_max; /**< bytes of a file it writes to; UINT32_MAX: any */
	uint32_t cloexec[FD_WORDS];
	uint32_t tty; /**< controlling terminal, or NO_DEV */

	struct worker *worker; /**< that works for it */
	int32_t interrupted;   /**< enum vfs_pm_call, until PM has heard it */
	struct message request, pm_request;
};

/**
 * Is a process in a group?
 *
 * @param[in] fp    process
 * @param[in] gid   group
 * @param[in] real  by its real group, not by its effective one; or by one of
 *                  the others
 * @return whether it is
 */
bool fproc_in_group(const struct fproc *fp, uint32_t gid, bool real);

/** The table; in fproc.c. */
extern struct fproc fproc[NR_PROCS];

/**
 * Find a process.
 *
 * @param[in] ep  any endpoint, also a forged one
 * @return the process, or NULL
 */
struct fproc *fproc_get(endpoint_t ep);

/**
 * Is a process one that has ended just now? Its last request may come after
 * PM's word of its end.
 *
 * @param[in] ep  any endpoint
 * @return whether it is
 */
bool fproc_ended(endpoint_t ep);

/**
 * Handle a message of PM: do it at once, or leave it for a worker.
 *
 * @param[in] m  message of the PM/VFS protocol
 */
void pm_request(const struct message *m);

/**
 * Begin what waits for a process whose worker has ended, or for a worker.
 *
 * @param[in] fp  process
 */
void fproc_next(struct fproc *fp);

/** Begin what waits anywhere, now that a worker may be free. */
void fproc_next_any(void);

/**
 * A request of a process: begin it, or keep it.
 *
 * @param[in] fp  process
 * @param[in] m   request
 */
void fproc_request(struct fproc *fp, const struct message *m);

/**
 * A signal has interrupted a request of a process: it is to make the call
 * again, should PM not say otherwise.
 *
 * @param[in] fp    process
 * @param[in] type  of the request
 * @param[in] part  some of it has been done: a handler must hear how much
 * @return what to answer
 */
int fproc_interrupted(struct fproc *fp, int type, bool part);

/**
 * Learn from PM, during initialisation, which processes exist.
 *
 * @return OK, or a negative error of IPC
 */
int fproc_init(void);

/**
 * Make root and working directory of all processes that have none yet.
 *
 * @param[in] vp  the root directory
 */
void fproc_set_root(struct vnode *vp);

/**
 * Give back all a process has: descriptors, directories, locks.
 *
 * @param[in] fp  process
 */
void fproc_release(struct fproc *fp);

/**
 * Run a program in place of what a process ran.
 *
 * @param[in]  fp   process
 * @param[in]  req  PM's request
 * @param[out] rep  answer for PM, all but the endpoint
 */
struct vfs_pm_req;
struct vfs_pm_rep;
void exec_program(struct fproc *fp, const struct vfs_pm_req *req,
    struct vfs_pm_rep *rep);
