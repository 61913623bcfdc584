/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D11. A service gone wild sends every server and driver all
 * numbers of all protocols, as requests it does not wait for, as answers
 * nobody asked for, and as notifications. The system goes on.
 */
#include "test/ipc/client.h"

#include "test/program/program.h"

static const int base[] = { 0, PM_BASE, VFS_BASE, BDEV_BASE, CDEV_BASE,
	CDEV_REPLY_BASE, KERNEL_CALL, RS_BASE, DS_BASE, VFS_PM_BASE,
	VFS_PM_REPLY_BASE, FS_BASE, FS_REPLY_BASE, VM_BASE, IS_BASE, SIGS_BASE,
	NOTIFY_MESSAGE };
#define NBASES (int)(sizeof base / sizeof base[0])

/* One request, as a SENDREC would be, but without waiting for the answer. */
static bool
harmful(endpoint_t to, int type)
{
	/* A service may stop, kill and restart what it likes: that is its
	 * privilege, not a forgery. VM and RS obey it, too. */
	return (to == PM_PROC_NR && type >= PM_BASE && type < VFS_BASE) ||
	    (to == RS_PROC_NR && type >= RS_BASE && type < DS_BASE) ||
	    (to == VM_PROC_NR && type >= VM_BASE && type < IS_BASE);
}

static void
volley(endpoint_t to, int first)
{
	int i;

	for (i = 0; i < SCRIPT_MAX; i++)
		if (!harmful(to, first + i))
			op(&a, i % 2 ? OP_ASYNSEND : SENDNB, to, first + i)
			    ->value = (uint32_t)(first * 7 + i);
	if (a.script.n > 0)
		CHECK(agent_run(&a));
}

int
main(int argc, char **argv)
{
	endpoint_t to;
	int i;

	agents_open(argc, argv, "robust-rogue");
	for (to = PM_PROC_NR; to < INIT_PROC_NR; to++) {
		for (i = 0; i < NBASES; i++)
			volley(to, base[i]);
		op(&a, NOTIFY, to, 0);
		op(&a, OP_ASYNSEND, to, -1);
		op(&a, OP_ASYNSEND, to, 0);
		CHECK(agent_run(&a));
	}
	pause_ms(300);
	CHECK(system_alive());
	return agents_close();
}
