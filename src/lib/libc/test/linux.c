/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A stand-in for the whole system: msg_call() that answers the requests of
 * the port layer with calls of Linux for i386, so that a program of ours can
 * run on the machine that builds it. Only what libc_test needs is here; any
 * other request gets -ENOSYS. PM_EXEC keeps the frame, for the test to see.
 */
#include "lib/libc/test/linux.h"

#include <string.h>

#include <abi/fcntl.h>
#include <abi/stat.h>
#include <proto/pm.h>
#include <proto/vfs.h>
#include <proto/vm.h>

#include "lib/libc/port.h"

/* Numbers of the calls, and what they say, on Linux for i386. */
enum {
	LINUX_EXIT = 1,
	LINUX_READ = 3,
	LINUX_WRITE = 4,
	LINUX_OPEN = 5,
	LINUX_CLOSE = 6,
	LINUX_UNLINK = 10,
	LINUX_LSEEK = 19,
	LINUX_RENAME = 38,
	LINUX_MKDIR = 39,
	LINUX_RMDIR = 40,
	LINUX_BRK = 45,
	LINUX_SYMLINK = 83,
	LINUX_READLINK = 85,
	LINUX_CHDIR = 12,
	LINUX_GETDENTS64 = 220,
	LINUX_STAT64 = 195,
	LINUX_LSTAT64 = 196,
	LINUX_FSTAT64 = 197,
};

#define LINUX_O_CREAT     0100
#define LINUX_O_EXCL      0200
#define LINUX_O_TRUNC     01000
#define LINUX_O_APPEND    02000
#define LINUX_O_DIRECTORY 0200000

struct linux_stat64 {
	uint64_t dev;
	uint32_t pad0, ino32, mode, nlink, uid, gid;
	uint64_t rdev;
	uint32_t pad1;
	int64_t size;
	uint32_t blksize;
	uint64_t blocks;
	uint32_t times[6];
	uint64_t ino;
} __attribute__((packed));

char exec_frame[EXEC_FRAME_MAX];
size_t exec_frame_len;
static ksigset_t sigmask_now;

static int
linux_call(int nr, uint32_t a, uint32_t b, uint32_t c)
{
	int r;

	__asm__ volatile("int $0x80"
			 : "=a"(r)
			 : "0"(nr), "b"(a), "c"(b), "d"(c)
			 : "memory");
	return r;
}

static int
linux_open(const struct vfs_open_req *req, struct vfs_open_rep *rep)
{
	uint32_t flags = req->flags & O_ACCMODE;
	int fd;

	flags |= req->flags & O_CREAT ? LINUX_O_CREAT : 0;
	flags |= req->flags & O_EXCL ? LINUX_O_EXCL : 0;
	flags |= req->flags & O_TRUNC ? LINUX_O_TRUNC : 0;
	flags |= req->flags & O_APPEND ? LINUX_O_APPEND : 0;
	flags |= req->flags & O_DIRECTORY ? LINUX_O_DIRECTORY : 0;
	fd = linux_call(LINUX_OPEN, req->path, flags, req->mode);
	if (fd < 0)
		return fd;
	rep->fd = fd;
	return OK;
}

static int
linux_stat(int nr, uint32_t what, vir_bytes addr)
{
	struct abi_stat *st = (struct abi_stat *)addr;
	struct linux_stat64 from = { 0 };
	int r;

	r = linux_call(nr, what, (uint32_t)&from, 0);
	if (r < 0)
		return r == -40 ? -ELOOP : r;
	memset(st, 0, sizeof *st);
	st->st_dev = (uint32_t)from.dev;
	st->st_ino = (uint32_t)from.ino;
	st->st_mode = from.mode;
	st->st_nlink = from.nlink;
	st->st_size = from.size;
	st->st_blksize = from.blksize;
	return OK;
}

/* Linux' struct dirent64 in, ours out, in place: names move by four bytes. */
static int
linux_getdents(const struct vfs_getdents_req *req, struct vfs_read_rep *rep)
{
	char *to = (char *)req->addr;
	char from[2048] = { 0 };
	int n;

	n = linux_call(LINUX_GETDENTS64, (uint32_t)req->fd, (uint32_t)from,
	    req->bytes < sizeof from ? req->bytes : sizeof from);
	if (n < 0)
		return n;
	rep->bytes = 0;
	for (int at = 0, len; at < n; at += len) {
		struct abi_dirent *d = (struct abi_dirent *)(void *)to;
		uint16_t reclen;
		size_t name;

		memcpy(&reclen, from + at + 16, sizeof reclen);
		len = reclen;
		name = strlen(from + at + 19) + 1;
		memcpy(&d->d_ino, from + at, sizeof d->d_ino);
		d->d_reclen = (uint16_t)((15 + name + 7) & ~7u);
		d->d_type = (uint8_t)from[at + 18];
		memcpy(d->d_name, from + at + 19, name);
		to += d->d_reclen;
		rep->bytes += d->d_reclen;
	}
	return OK;
}

static int
linux_move(int nr, const struct vfs_read_req *req, struct vfs_read_rep *rep)
{
	int n = linux_call(nr, (uint32_t)req->fd, req->addr, req->bytes);

	if (n < 0)
		return n;
	rep->bytes = (uint32_t)n;
	return OK;
}

static int
linux_lseek(const struct vfs_lseek_req *req, struct vfs_lseek_rep *rep)
{
	int r = linux_call(LINUX_LSEEK, (uint32_t)req->fd,
	    (uint32_t)req->offset, (uint32_t)req->whence);

	if (r < 0)
		return r;
	rep->position = r;
	return OK;
}

static int
linux_readlink(const struct vfs_readlink_req *req, struct vfs_read_rep *rep)
{
	int n = linux_call(LINUX_READLINK, req->path, req->addr, req->bytes);

	if (n < 0)
		return n;
	rep->bytes = (uint32_t)n;
	return OK;
}

static int
vfs_call(int type, const void *req, void *rep)
{
	const struct vfs_stat_req *stat = req;
	const struct vfs_fstat_req *fstat = req;
	const struct vfs_link_req *two = req;
	const struct vfs_mkdir_req *one = req;

	switch (type) {
	case VFS_READ:
		return linux_move(LINUX_READ, req, rep);
	case VFS_WRITE:
		return linux_move(LINUX_WRITE, req, rep);
	case VFS_OPEN:
		return linux_open(req, rep);
	case VFS_CLOSE:
		return linux_call(LINUX_CLOSE, (uint32_t)fstat->fd, 0, 0);
	case VFS_LSEEK:
		return linux_lseek(req, rep);
	case VFS_STAT:
		return linux_stat(stat->flags & VFS_NOFOLLOW ? LINUX_LSTAT64
							     : LINUX_STAT64,
		    stat->path, stat->addr);
	case VFS_FSTAT:
		return linux_stat(LINUX_FSTAT64, (uint32_t)fstat->fd,
		    fstat->addr);
	case VFS_GETDENTS:
		return linux_getdents(req, rep);
	case VFS_READLINK:
		return linux_readlink(req, rep);
	case VFS_UNLINK:
		return linux_call(LINUX_UNLINK, one->path, 0, 0);
	case VFS_RMDIR:
		return linux_call(LINUX_RMDIR, one->path, 0, 0);
	case VFS_CHDIR:
		return linux_call(LINUX_CHDIR, one->path, 0, 0);
	case VFS_MKDIR:
		return linux_call(LINUX_MKDIR, one->path, one->mode, 0);
	case VFS_RENAME:
		return linux_call(LINUX_RENAME, two->old_path, two->new_path,
		    0);
	case VFS_SYMLINK:
		return linux_call(LINUX_SYMLINK, two->old_path, two->new_path,
		    0);
	case VFS_IOCTL:
		return -ENOTTY;
	default:
		return -ENOSYS;
	}
}

static int
pm_call(int type, const void *req, void *rep)
{
	const struct pm_exit_req *exit = req;
	const struct pm_exec_req *exec = req;
	const struct pm_sigprocmask_req *mask = req;
	struct pm_sigprocmask_rep *old = rep;

	switch (type) {
	case PM_EXIT:
		return linux_call(LINUX_EXIT, (uint32_t)exit->status, 0, 0);
	case PM_EXEC:
		exec_frame_len = exec->frame_len;
		memcpy(exec_frame, (const void *)exec->frame, exec_frame_len);
		return -ENOEXEC;
	case PM_SIGPROCMASK:
		old->old = sigmask_now;
		if (mask->how == PM_SIG_SETMASK)
			sigmask_now = mask->set;
		return OK;
	default:
		return -ENOSYS;
	}
}

int
msg_call_once(endpoint_t to, int type, const void *req, size_t reqlen,
    void *rep, size_t replen)
{
	const struct vm_brk_req *brk = req;
	struct vm_brk_rep *now = rep;

	(void)reqlen, (void)replen;
	if (to == VFS_PROC_NR)
		return vfs_call(type, req, rep);
	if (to == PM_PROC_NR)
		return pm_call(type, req, rep);
	if (to != VM_PROC_NR || type != VM_BRK)
		return -ENOSYS;
	now->addr = (vir_bytes)linux_call(LINUX_BRK, brk->addr, 0, 0);
	return now->addr >= brk->addr ? OK : -ENOMEM;
}

int
msg_call(endpoint_t to, int type, const void *req, size_t reqlen, void *rep,
    size_t replen)
{
	return msg_call_once(to, type, req, reqlen, rep, replen);
}
