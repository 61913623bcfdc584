/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * ioctl: the request number tells VFS how much of the argument's memory the
 * driver may touch.
 */
#include "lib/libc/port.h"

#include <stdarg.h>
#include <sys/ioctl.h>

#include <proto/vfs.h>

int
ioctl(int fd, unsigned long request, ...)
{
	struct vfs_ioctl_req req = { .fd = fd, .request = request };
	va_list ap;

	va_start(ap, request);
	if (IOC_SIZE(request) != 0)
		req.arg = (vir_bytes)va_arg(ap, void *);
	va_end(ap);
	return errno_return(
	    msg_call(VFS_PROC_NR, VFS_IOCTL, &req, sizeof req, NULL, 0));
}
