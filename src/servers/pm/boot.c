/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The processes of the boot image, of which PM hears from the kernel. */

#include "servers/pm/boot.h"

#include <abi/errno.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#include "servers/pm/limit.h"
#include "servers/pm/proc.h"

/* Enter one process of the boot image. */
static void
boot_proc(const struct boot_image *bi)
{
	int slot = endpoint_slot(bi->ep);
	struct mproc *mp = &mproc[slot];
	bool user = bi->ep == INIT_PROC_NR;

	proc_enter(mp);
	if (!user)
		mp->flags |= PRIV_PROC;
	mp->ep = bi->ep;
	mp->pid = user ? INIT_PID : proc_new_pid();
	mp->pgrp = mp->sid = mp->pid;
	mp->parent = endpoint_slot(user ? INIT_PROC_NR : RS_PROC_NR);
	if (bi->ep == RS_PROC_NR)
		mp->parent = endpoint_slot(INIT_PROC_NR);
	memcpy(mp->name, bi->name, sizeof mp->name);
	mp->name[sizeof mp->name - 1] = '\0';
	limits_init(mp);
}

int
boot_procs(void)
{
	static struct boot_image image[NR_BOOT_PROCS];
	int i, r = sys_getimage(image);

	if (r != OK)
		return r;
	for (i = 0; i < NR_BOOT_PROCS; i++) {
		if (image[i].file_size != 0) /* its module was there */
			boot_proc(&image[i]);
	}
	return OK;
}
