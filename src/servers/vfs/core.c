/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Core files. The file is new, belongs to the process's user alone, and is
 * where its name says: in the working directory, not where a link there leads
 * to. One of the user's that is left from a process of the same number is
 * replaced. What belongs to somebody else, or has another name besides, stays,
 * and there is no core file.
 */
#include "servers/vfs/core.h"

#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/ptrace.h>
#include <lacuna/core.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/vfs_pm.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/create.h"
#include "servers/vfs/path.h"

#define NAME_SIZE 16 /* bytes of "core.PID" */

/* Whose memory goes into which file. */
struct dump {
	struct fproc *fp;
	struct vnode *vp;
};

/* Move all of it: a file server that takes less has no more room. */
static int
write(struct vnode *vp, struct user_io io)
{
	int r = file_transfer(vp, FS_WRITE, &io);

	return r == OK && io.moved != io.bytes ? -ENOSPC : r;
}

static int
put(void *arg, uint32_t position, const void *bytes, uint32_t n)
{
	const struct dump *d = arg;
	const struct user_io io = { VFS_PROC_NR, (vir_bytes)bytes, n, position,
		0 };

	return write(d->vp, io);
}

static int
put_memory(void *arg, uint32_t position, vir_bytes addr, uint32_t n)
{
	const struct dump *d = arg;
	const struct user_io io = { d->fp->ep, addr, n, position, 0 };

	return write(d->vp, io);
}

/* The registers of a process, word by word. */
static int
registers(endpoint_t ep, struct reg_frame *regs)
{
	uint32_t words[sizeof *regs / sizeof(uint32_t)];
	uint32_t i;
	int r = OK;

	for (i = 0; r == OK && i < sizeof words / sizeof *words; i++)
		r = sys_trace(ep, T_GETUSER,
		    offsetof(struct trace_user, regs) + i * sizeof *words,
		    &words[i]);
	memcpy(regs, words, sizeof words);
	return r;
}

/* What the file says of the process. */
static int
describe(const struct fproc *fp, const struct vfs_pm_req *req,
    struct core_process *p)
{
	struct proc_info info;
	int r = sys_getproc(&info, fp->ep);

	if (r != OK)
		return r;
	*p = (struct core_process){
		.ep = fp->ep,
		.pid = fp->pid,
		.ppid = req->u.core.ppid,
		.pgrp = req->u.core.pgrp,
		.sid = req->u.core.sid,
		.uid = fp->uid,
		.gid = fp->gid,
		.sig = req->u.core.sig,
	};
	memcpy(p->name, info.name, sizeof p->name);
	return registers(fp->ep, &p->regs);
}

/* Remove an old core file of the same name. */
static int
old_remove(struct fproc *fp, struct vnode *dir, const char *name)
{
	struct vnode *vp;
	bool own;
	int r = path_step(fp, dir, name, &vp);

	if (r != OK)
		return r;
	own = S_ISREG(vp->n.mode) && vp->n.uid == fp->euid && vp->n.nlink == 1;
	vnode_put(vp);
	return own ? node_unlink(fp, dir, name) : -EEXIST;
}

static int
make(struct fproc *fp, struct vnode *dir, const char *name, struct vnode **vp)
{
	const uint32_t mode = S_IFREG | 0600;
	int r = node_create(fp, dir, name, mode, 0, vp);

	if (r != -EEXIST)
		return r;
	r = old_remove(fp, dir, name);
	return r == OK ? node_create(fp, dir, name, mode, 0, vp) : r;
}

/* Fill the file; what is missing at its end is a hole. */
static int
fill(struct fproc *fp, const struct vfs_pm_req *req, struct vnode *vp)
{
	struct dump d = { fp, vp };
	const struct core_output out = { put, put_memory, &d };
	struct fs_truncate_req end = { .ino = vp->n.ino };
	struct core_process p;
	uint32_t size;
	int r = describe(fp, req, &p);

	if (r == OK)
		r = core_write(&p, &out, req->u.core.limit, &size);
	if (r != OK)
		return r;
	end.size = size;
	return fs_call(&vp->mnt->fs, FS_TRUNCATE, &end, sizeof end, NULL, 0);
}

bool
core_dump(struct fproc *fp, const struct vfs_pm_req *req)
{
	struct vnode *dir, *vp;
	char name[NAME_SIZE];
	int r;

	if (fp->cwd == NULL)
		return false; /* nothing is mounted, or a reboot has begun */
	dir = vnode_ref(fp->cwd);
	snprintf(name, sizeof name, "core.%d", fp->pid);
	r = make(fp, dir, name, &vp);
	if (r == OK) {
		r = fill(fp, req, vp);
		vnode_put(vp);
		if (r != OK)
			(void)node_unlink(fp, dir, name); /* of no use */
	}
	vnode_put(dir);
	return r == OK;
}
