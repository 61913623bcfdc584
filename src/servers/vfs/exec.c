/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Running a program. Everything that can be refused is checked while the old
 * image is whole; then VM throws it away, and segments are read straight into
 * the new memory. Only one exec is at this point at a time: argument frame
 * and file header have one place each.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <lacuna/msgcall.h>
#include <lacuna/string.h>
#include <lacuna/sysinfo.h>
#include <lacuna/syslib.h>
#include <proto/vfs_pm.h>
#include <proto/vm.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/execfmt.h"
#include "servers/vfs/path.h"
#include "servers/vfs/worker.h"

#define HEADER_MAX 1024 /* bytes of a program that are looked at */

static struct worker *owner; /* who uses what follows */
static struct exec_frame frame;
static uint8_t header[HEADER_MAX];

static void
exec_lock(void)
{
	while (owner != NULL)
		(void)worker_wait(WAIT_LOCK, &owner);
	owner = worker_self();
}

static void
exec_unlock(void)
{
	owner = NULL;
	worker_wake_all(WAIT_LOCK, &owner, OK);
}

/* Find a program and read its beginning. */
static int
program_open(struct fproc *fp, const char *path, struct vnode **out,
    uint32_t *size)
{
	struct user_io io = { VFS_PROC_NR, (vir_bytes)header, sizeof header, 0,
		0 };
	struct vnode *vp;
	int r = path_walk(fp, path, 0, &vp);

	if (r != OK)
		return r;
	r = S_ISREG(vp->n.mode) ? access_check(fp, vp, X_OK, false) : -EACCES;
	if (r == OK)
		r = file_transfer(vp, FS_READ, &io);
	if (r != OK) {
		vnode_put(vp);
		return r;
	}
	*size = io.moved;
	*out = vp;
	return OK;
}

/* Fetch path and frame, find the program, go through its interpreter. */
static int
prepare(struct fproc *fp, const struct vfs_pm_req *req, struct vnode **vp,
    struct exec_program *prog)
{
	struct worker *w = worker_self();
	char *arg;
	uint32_t size;
	int r;

	if (req->u.exec.frame_len > ARG_MAX)
		return -E2BIG;
	r = path_fetch(fp, req->u.exec.path, req->u.exec.path_len,
	    w->room->path);
	if (r == OK)
		r = sys_vircopy(fp->ep, req->u.exec.frame, SELF,
		    (vir_bytes)frame.data, req->u.exec.frame_len, 0);
	if (r != OK)
		return r;
	frame.len = req->u.exec.frame_len;
	r = frame_check(&frame);
	if (r == OK)
		r = program_open(fp, w->room->path, vp, &size);
	if (r != OK)
		return r;
	if (script_parse((char *)header, size, w->room->other, PATH_MAX,
		&arg)) {
		vnode_put(*vp);
		r = frame_script(&frame, w->room->path, w->room->other, arg);
		if (r == OK)
			r = program_open(fp, w->room->other, vp, &size);
		if (r != OK)
			return r;
	}
	r = elf_parse(header, size, (*vp)->n.size, prog);
	if (r != OK)
		vnode_put(*vp);
	return r;
}

/* If the kernel copies everything, nothing will be shared. */
static void
lend_nothing(struct vm_image *image)
{
	static enum {
		UNKNOWN,
		NO,
		YES
	} sharing;

	uint32_t i;

	if (sharing == UNKNOWN)
		sharing = env_get_number("cow", 1) != 0 ? YES : NO;
	for (i = 0; sharing == NO && i < image->segments; i++)
		image->seg[i].lent = 0;
}

/* Read one segment into the new memory. */
static int
load_segment(struct vnode *vp, struct user_io *io)
{
	int r;

	while (io->bytes > 0) {
		io->moved = 0;
		r = file_transfer(vp, FS_READ, io);
		if (r != OK)
			return r;
		if (io->moved == 0)
			return -EIO; /* the file has become shorter */
		io->addr += io->moved;
		io->pos += io->moved;
		io->bytes -= io->moved;
	}
	return OK;
}

static int
load(struct fproc *fp, struct vnode *vp, const struct exec_program *prog)
{
	uint32_t i;
	int r = OK;

	for (i = 0; i < prog->image.segments && r == OK; i++) {
		struct user_io io = { fp->ep, prog->load[i].vaddr,
			prog->load[i].filesz, prog->load[i].offset, 0 };

		r = load_segment(vp, &io);
	}
	return r;
}

/* Rights a set-id program gives; and whether its user may see what it has. */
static void
set_ids(struct fproc *fp, const struct vnode *vp, bool traced,
    struct vfs_pm_rep *rep)
{
	const uint32_t euid = fp->euid, egid = fp->egid;

	rep->u.exec.guarded = access_check(fp, vp, R_OK, true) != OK;
	if (vp->n.mode & S_ISUID && !traced)
		fp->euid = vp->n.uid;
	if (vp->n.mode & S_ISGID && !traced)
		fp->egid = vp->n.gid;
	rep->u.exec.euid = fp->euid;
	rep->u.exec.egid = fp->egid;
	if (fp->euid != euid || fp->egid != egid)
		rep->u.exec.guarded = true;
}

/* The last name of the path, as ps(1) shows it. */
static void
set_name(const char *path, struct vfs_pm_rep *rep)
{
	const char *p, *name = path;

	for (p = path; *p != '\0'; p++) {
		if (*p == '/' && p[1] != '\0')
			name = p + 1;
	}
	strlcpy(rep->u.exec.name, name, sizeof rep->u.exec.name);
}

static int
replace(struct fproc *fp, struct vnode *vp, struct exec_program *prog,
    struct vfs_pm_rep *rep)
{
	struct vm_exec_newmem_req req = { fp->ep, (vir_bytes)&prog->image };
	struct vm_exec_newmem_rep mem;
	vir_bytes sp;
	int r;

	prog->image.stack_filled = frame.len + 16;
	lend_nothing(&prog->image);
	r = msg_call(VM_PROC_NR, VM_EXEC_NEWMEM, &req, sizeof req, &mem,
	    sizeof mem);
	if (r != OK)
		return r;
	rep->u.exec.replaced = 1;
	r = load(fp, vp, prog);
	if (r != OK)
		return r;
	sp = (mem.stack_top - frame.len) & ~(vir_bytes)15;
	frame_relocate(&frame, sp);
	r = sys_vircopy(SELF, (vir_bytes)frame.data, fp->ep, sp, frame.len, 0);
	rep->u.exec.pc = prog->entry;
	rep->u.exec.sp = sp;
	return r;
}

void
exec_program(struct fproc *fp, const struct vfs_pm_req *req,
    struct vfs_pm_rep *rep)
{
	struct exec_program prog;
	struct vnode *vp;
	int r;

	exec_lock();
	r = prepare(fp, req, &vp, &prog);
	if (r == OK) {
		r = replace(fp, vp, &prog, rep);
		if (r == OK) {
			set_ids(fp, vp, req->u.exec.traced != 0, rep);
			set_name(worker_self()->room->path, rep);
		}
		vnode_put(vp);
	}
	exec_unlock();
	if (r == OK)
		fd_exec(fp);
	rep->status = r;
}
