/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The handlers of VFS's calls, and what they offer each other. A handler runs
 * in a worker, for a process whose root is mounted.
 */
#pragma once

#include <abi/ioctl.h>
#include <proto/cdev.h>
#include <proto/vfs.h>

#include "servers/vfs/fproc.h"
#include "servers/vfs/vnode.h"

#define VFS_HANDLER(NR, name)                                                  \
	int do_##name(struct fproc *fp, const struct name##_req *req,          \
	    struct name##_rep *rep);

VFS_CALLS(VFS_HANDLER)

/**
 * Run the handler of a request and answer it.
 *
 * @param[in] fp  caller
 * @param[in] m   request
 */
void call_dispatch(struct fproc *fp, const struct message *m);

/** The open file of a descriptor. @param[in] fp process @param[in] fd any
 * number @return the file, or NULL */
struct filp *filp_get(struct fproc *fp, int32_t fd);

/**
 * Make a file with a descriptor.
 *
 * @param[in]  fp     process
 * @param[in]  vp     vnode, whose reference is taken over on success
 * @param[in]  flags  O_*
 * @param[out] out    descriptor
 * @retval OK, -EMFILE (descriptors), -ENFILE (files)
 */
int filp_make(struct fproc *fp, struct vnode *vp, uint32_t flags, int *out);

/** Open files. @return number of those in use */
uint32_t filp_count(void);

/** Record locks. @return number of those in use */
uint32_t flock_count(void);

/** One descriptor less; the last closes. @param[in] fp process
 * @param[in] f file */
void filp_put(struct fproc *fp, struct filp *f);

/** Close one descriptor. @param[in] fp process @param[in] fd number, valid */
void fd_close(struct fproc *fp, int fd);

/** Close what is to be closed on exec. @param[in] fp process */
void fd_exec(struct fproc *fp);

/** A child has its parent's files. @param[in] child process
 * @param[in] parent process */
void fd_fork(struct fproc *child, const struct fproc *parent);

/**
 * Move data between a pipe and a process. Blocks the worker.
 *
 * @param[in]     f      open file
 * @param[in]     write  direction
 * @param[in,out] io     what; moved is set, also when it fails half-way
 * @retval OK, -EAGAIN, -EINTR, -EPIPE, -EIO, -EFAULT
 */
int pipe_io(struct filp *f, bool write, struct user_io *io);

/**
 * Open one side of a fifo; wait for the other.
 *
 * @param[in] fp     process
 * @param[in] vp     fifo
 * @param[in] flags  O_*
 * @retval OK, -EINTR, -ENXIO (write, O_NONBLOCK, no reader), -ENFILE, -EIO
 */
int fifo_open(struct fproc *fp, struct vnode *vp, uint32_t flags);

/** An open file on a pipe is closed. @param[in] f file */
void pipe_close(struct filp *f);

/** Which operations would not block? @param[in] f file on a pipe @return
 * CDEV_OP_* */
uint32_t pipe_select(const struct filp *f);

/** Something changed that a select may wait for. */
void select_news(void);

/** Wait for a time, or until something changes. @param[in] ms milliseconds */
void select_pause(int32_t ms);

/** Time has passed: end selects that are due. @param[in] now uptime */
void select_expire(clock_ticks now);

/** Forget a process's locks on a file, or on all. @param[in] fp process
 * @param[in] vp vnode, or NULL for all */
void flock_release(struct fproc *fp, const struct vnode *vp);

/**
 * Let a server work on memory of a process. To be revoked.
 *
 * @param[in] to      server
 * @param[in] who     process
 * @param[in] addr    address there, as the process has given it
 * @param[in] bytes   length
 * @param[in] access  CPF_*
 * @return the grant, GRANT_VALID(), or an error
 * @retval -EFAULT  not in user space
 * @retval -ENOMEM  no grant to be had
 */
cp_grant_id_t user_grant(endpoint_t to, endpoint_t who, vir_bytes addr,
    uint32_t bytes, int access);

/**
 * Ask a file server to move data. Blocks the worker.
 *
 * @param[in]     vp    regular file, or a pipe's node
 * @param[in]     type  FS_READ or FS_WRITE
 * @param[in,out] io    what and where; moved is set on success
 * @return the file server's status, or as user_grant()
 */
int file_transfer(struct vnode *vp, int type, struct user_io *io);
