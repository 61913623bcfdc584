/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * fcntl: flags and copies of a descriptor in one request, record locks in
 * another.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <unistd.h>

#include <proto/vfs.h>

_Static_assert(F_RDLCK == VFS_LOCK_READ && F_WRLCK == VFS_LOCK_WRITE &&
	F_UNLCK == VFS_LOCK_UNLOCK,
    "kinds of locks");

static int
record_lock(int fd, int cmd, struct flock *lock)
{
	struct vfs_flock_req req = {
		.fd = fd,
		.cmd = cmd,
		.type = lock->l_type,
		.whence = lock->l_whence,
		.start = lock->l_start,
		.length = lock->l_len,
	};
	struct vfs_flock_rep rep;
	int r;

	r = msg_call(VFS_PROC_NR, VFS_FLOCK, &req, sizeof req, &rep,
	    sizeof rep);
	if (r == OK && cmd == F_GETLK) {
		lock->l_type = (short)rep.type;
		if (rep.type == F_UNLCK)
			return OK; /* nobody is in the way */
		lock->l_whence = SEEK_SET;
		lock->l_start = (off_t)rep.start;
		lock->l_len = (off_t)rep.length;
		lock->l_pid = (short)rep.pid;
	}
	return errno_return(r);
}

static int
descriptor_control(int fd, int cmd, int arg)
{
	struct vfs_fcntl_req req = { .fd = fd, .cmd = cmd, .arg = arg };
	struct vfs_fcntl_rep rep;
	int r;

	r = msg_call(VFS_PROC_NR, VFS_FCNTL, &req, sizeof req, &rep,
	    sizeof rep);
	return r == OK ? rep.value : errno_return(r);
}

int
fcntl(int fd, int cmd, ...)
{
	va_list ap;
	int r;

	va_start(ap, cmd);
	if (cmd == F_GETLK || cmd == F_SETLK || cmd == F_SETLKW)
		r = record_lock(fd, cmd, va_arg(ap, struct flock *));
	else if (cmd == F_GETFD || cmd == F_GETFL)
		r = descriptor_control(fd, cmd, 0);
	else
		r = descriptor_control(fd, cmd, va_arg(ap, int));
	va_end(ap);
	return r;
}

int _fcntl(int fd, int cmd, ...) __attribute__((alias("fcntl")));
