/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The kernel log as a device. What kernel and services print is kept by the
 * kernel in a ring; reading /dev/klog gives the newest part of it, from the
 * oldest line that is still there. Writing adds a line.
 */
#include <abi/errno.h>
#include <abi/kcall.h>
#include <lacuna/chardriver.h>
#include <lacuna/safecopies.h>
#include <lacuna/sef_lu.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#define LOG_MAX 16384 /* bytes of the ring that one read can show */

static char text[LOG_MAX];

static int
log_open(const struct cdev_io *io)
{
	return io->minor == 0 ? OK : -ENXIO;
}

static int
log_read(const struct cdev_io *io, uint32_t *moved)
{
	uint32_t size, n;
	int r = sys_getkmessages(text, sizeof text);

	if (r != OK)
		return r;
	size = (uint32_t)strlen(text);
	if (io->position < 0 || io->position >= size)
		return OK; /* the end */
	n = size - (uint32_t)io->position;
	if (n > io->bytes)
		n = io->bytes;
	r = sys_safecopyto(VFS_PROC_NR, io->gid, 0,
	    (vir_bytes)text + (vir_bytes)io->position, n);
	if (r == OK)
		*moved = n;
	return r;
}

static int
log_write(const struct cdev_io *io, uint32_t *moved)
{
	uint32_t n = io->bytes < DIAG_MAX ? io->bytes : DIAG_MAX;
	int r = sys_safecopyfrom(VFS_PROC_NR, io->gid, 0, (vir_bytes)text, n);

	if (r == OK)
		r = sys_diagctl_print(text, n);
	if (r == OK)
		*moved = n;
	return r;
}

int
main(void)
{
	static const struct chardriver log = {
		.name = "log",
		.init_fresh = sef_cb_init_null,
		.init_restart = sef_cb_init_null,
		.open = log_open,
		.read = log_read,
		.write = log_write,
		.cannot_fail = true,
	};

	/* Nothing here outlives a request. */
	sef_setcb_lu_state_isvalid(sef_cb_lu_state_isvalid_standard);
	return chardriver_run(&log);
}
