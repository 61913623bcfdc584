/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D11. A user process sends what it has no business sending:
 * with other primitives than SENDREC, to services that are not for users, as
 * kernel calls, and as messages that only the kernel, RS, PM, drivers and
 * file servers send. All of it is refused.
 */
#include <limits.h>

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <proto/bdev.h>
#include <proto/cdev.h>
#include <proto/fs.h>
#include <proto/is.h>
#include <proto/sef.h>
#include <proto/vfs_pm.h>

#include "test/program/program.h"

static struct message m;

static int
trap(int primitive, endpoint_t to, void *where)
{
	int status;

	return ipc_trap(primitive, to, where, &status);
}

static void
primitives(void)
{
	static const endpoint_t to[] = { PM_PROC_NR, VFS_PROC_NR, RS_PROC_NR,
		VM_PROC_NR };
	int i, p;

	for (i = 0; i < 4; i++)
		for (p = -1; p < 40; p++)
			if (p != SENDREC)
				CHECK(trap(p, to[i], &m) < 0);
	CHECK(trap(RECEIVE, ANY, &m) == -ETRAPDENIED);
	CHECK(trap(NOTIFY, PM_PROC_NR, NULL) == -ETRAPDENIED);
	CHECK(trap(SEND, PM_PROC_NR, &m) == -ETRAPDENIED);
	CHECK(trap(SENDA, 1, &m) == -ETRAPDENIED);
	CHECK(trap(INT_MIN, 0, &m) < 0 && trap(INT_MAX, 0, &m) < 0);
	CHECK(trap(SENDREC, PM_PROC_NR, (void *)0x10) == -EFAULT);
	CHECK(trap(SENDREC, PM_PROC_NR, (void *)0xc0000000) == -EFAULT);
	CHECK(trap(SENDREC, PM_PROC_NR, (void *)0xffffffff) == -EFAULT);
}

static void
peers(void)
{
	endpoint_t ep;

	for (ep = -10; ep < 13; ep++) {
		m.m_type = 1;
		if (ep != PM_PROC_NR && ep != VFS_PROC_NR && ep != RS_PROC_NR &&
		    ep != VM_PROC_NR && ep != IS_PROC_NR)
			CHECK(ipc_sendrec(ep, &m) < 0);
	}
	m.m_type = 1;
	CHECK(ipc_sendrec(IS_PROC_NR, &m) == OK && m.m_type == -ENOSYS);
	CHECK(ipc_sendrec(DS_PROC_NR, &m) == -ECALLDENIED);
	CHECK(ipc_sendrec(TTY_PROC_NR, &m) == -ECALLDENIED);
	CHECK(ipc_sendrec(ANY, &m) < 0 && ipc_sendrec(NONE, &m) < 0);
	CHECK(ipc_sendrec(SELF, &m) < 0);
	CHECK(ipc_sendrec(INT_MAX, &m) < 0 && ipc_sendrec(INT_MIN, &m) < 0);
}

static void
kernel_calls(void)
{
	int nr;

	for (nr = KERNEL_CALL; nr < KERNEL_CALL_END; nr++) {
		m.m_type = nr;
		if (nr != SYS_DIAGCTL)
			CHECK(kernel_trap(&m) == -ECALLDENIED);
	}
	m.m_type = KERNEL_CALL_END;
	CHECK(kernel_trap(&m) == -EBADREQUEST);
	m.m_type = -1;
	CHECK(kernel_trap(&m) == -EBADREQUEST);
	CHECK(kernel_trap((struct message *)0x10) == -EFAULT);
	CHECK(kernel_trap((struct message *)0xc0000000) == -EFAULT);
	CHECK(kernel_trap((struct message *)0xfffffff0) == -EFAULT);
}

static int
request(endpoint_t to, int nr)
{
	int r = msg_call(to, nr, NULL, 0, NULL, 0);

	if (r >= 0)
		(void)report_obs("accepted", "%d by %d", nr, to);
	return r;
}

/* Numbers that belong to somebody else, as requests. */
static void
numbers(endpoint_t to)
{
	static const int range[][2] = { { BDEV_BASE, 0x500 },
		{ CDEV_BASE, 0x600 }, { KERNEL_CALL, 0x640 },
		{ RS_INIT, RS_INIT + 8 }, { DS_BASE, DS_BASE + 20 },
		{ VFS_PM_BASE, 0xA00 }, { FS_BASE, 0xC00 },
		{ IS_BASE, IS_BASE + 4 }, { SIGS_BASE, SIGS_BASE + 4 },
		{ NOTIFY_MESSAGE, NOTIFY_MESSAGE + 8 }, { -40, 1 } };
	size_t i;
	int nr;

	for (i = 0; i < sizeof range / sizeof range[0]; i++)
		for (nr = range[i][0]; nr < range[i][1]; nr++)
			CHECK(request(to, nr) < 0);
	CHECK(msg_call(to, INT_MAX, NULL, 0, NULL, 0) < 0);
	CHECK(msg_call(to, INT_MIN, NULL, 0, NULL, 0) < 0);
}

int
main(int argc, char **argv)
{
	(void)report_begin("robust-forge", argc > 1 ? argv[1] : NULL);
	primitives();
	peers();
	kernel_calls();
	numbers(PM_PROC_NR);
	numbers(VFS_PROC_NR);
	numbers(RS_PROC_NR);
	numbers(VM_PROC_NR);
	CHECK(system_alive());
	return report_end();
}
