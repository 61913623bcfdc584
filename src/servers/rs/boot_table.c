/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The boot table, see servers/rs/boot_table.h.
 */
#include "servers/rs/boot_table.h"

#include <abi/dev.h>
#include <lacuna/assert.h>
#include <lacuna/string.h>
#include <proto/rights.h>

/* RS gives everybody all rights, and could give them to itself. */
static const int kc_all[] = { LIST_ALL, LIST_END };
static const int kc_none[] = { LIST_END };
static const int kc_base[] = { BASE_KCALLS, LIST_END };
static const int kc_ports[] = { BASE_KCALLS, SYS_IRQCTL, SYS_DEVIO, SYS_SDEVIO,
	SYS_VDEVIO, LIST_END };
static const int kc_copy[] = { BASE_KCALLS, SYS_VIRCOPY, LIST_END };
static const int kc_vfs[] = { BASE_KCALLS, SYS_VIRCOPY, SYS_KILL, SYS_TRACE,
	LIST_END };
static const int kc_vm[] = { BASE_KCALLS, SYS_FORK, SYS_PRIVCTL, SYS_KILL,
	SYS_VIRCOPY, SYS_VMCTL, SYS_MEMREQ, LIST_END };
static const int kc_pm[] = { BASE_KCALLS, SYS_EXEC, SYS_CLEAR, SYS_SCHEDULE,
	SYS_RUNCTL, SYS_KILL, SYS_GETKSIG, SYS_ENDKSIG, SYS_SIGSEND,
	SYS_SIGRETURN, SYS_SETTIME, SYS_VTIMER, SYS_VIRCOPY, SYS_TRACE,
	LIST_END };

#define BIT(call) VM_CALL_BIT(VM_##call)
#define VMC_BASE  BASE_VM_CALLS
#define VMC_PHYS  (VMC_BASE | BIT(MAP_PHYS))
#define VMC_PM                                                                 \
	(VMC_BASE | BIT(FORK) | BIT(EXEC_NEWMEM) | BIT(WILLEXIT) | BIT(EXIT) | \
	    BIT(SET_ROOT) | BIT(SET_LIMITS))
#define VMC_VFS (VMC_BASE | BIT(EXEC_NEWMEM))
#define VMC_RS  (VMC_BASE | BIT(EXEC_NEWMEM) | BIT(RS_SET_PRIV))

#define SRV (SYS_PROC | PREEMPTIBLE)
#define DRV (SRV | CHECK_IO_PORT | CHECK_IRQ | CHECK_MEM)

/* clang-format off */
const struct boot_row boot_table[NR_BOOT_PROCS] = {
	{ RS_PROC_NR, "rs", SRV, SF_CORE_SRV, kc_all, VMC_RS,
	    .quota = VM_QUOTA_NONE, .priority = 4, .quantum = 8 },
	{ VM_PROC_NR, "vm", SYS_PROC, SF_CORE_SRV | SF_SYNCH_BOOT,
	    kc_vm, 0, .quota = VM_QUOTA_NONE, .priority = 2, .quantum = 20,
	    .period = BASE_PERIOD },
	{ PM_PROC_NR, "pm", SRV, SF_CORE_SRV, kc_pm, VMC_PM,
	    .quota = VM_QUOTA_NONE, .priority = 4, .quantum = 20,
	    .period = BASE_PERIOD },
	{ VFS_PROC_NR, "vfs", SRV, SF_CORE_SRV, kc_vfs, VMC_VFS,
	    .quota = VM_QUOTA_NONE, .priority = 5, .quantum = 20,
	    .period = BASE_PERIOD },
	{ DS_PROC_NR, "ds", SRV, SF_USE_COPY, kc_base, VMC_BASE,
	    .quota = 8192, .priority = 4, .quantum = 8, .period = BASE_PERIOD,
	    .keep = 1200 * 1024 },
	/* A service that misbehaves as tests wish, before most others. */
	{ PROBE_PROC_NR, "probe", SRV, SF_SYNCH_BOOT, kc_base, VMC_BASE,
	    .priority = 5, .quantum = 8, .optional = true },
	{ TTY_PROC_NR, "tty", DRV, SF_USE_COPY, kc_ports, VMC_PHYS,
	    .priority = 1, .quantum = 8, .period = BASE_PERIOD,
	    .major = TTY_MAJOR, .dev_flags = RS_DEV_CHAR,
	    .io = { { 0x60, 0x64 }, { 0x3d4, 0x3d5 }, { 0x3f8, 0x3ff },
	        { 0x2f8, 0x2ff } },
	    .mem = { 0xb8000, 0xbffff }, .irq = { 1, 3, 4 } },
	{ MEM_PROC_NR, "memory", DRV, SF_USE_COPY, kc_copy, VMC_BASE,
	    .priority = 3, .quantum = 8, .period = BASE_PERIOD,
	    .major = MEMORY_MAJOR, .dev_flags = RS_DEV_CHAR },
	{ LOG_PROC_NR, "log", DRV, SF_USE_COPY, kc_base, VMC_BASE,
	    .priority = 3, .quantum = 8, .period = BASE_PERIOD,
	    .major = LOG_MAJOR, .dev_flags = RS_DEV_CHAR },
	{ ATA_PROC_NR, "ata", DRV, SF_USE_COPY, kc_ports, VMC_BASE,
	    .priority = 2, .quantum = 8, .period = BASE_PERIOD,
	    .major = ATA_MAJOR, .dev_flags = RS_DEV_BLOCK,
	    .io = { { 0x1f0, 0x1f7 }, { 0x3f6, 0x3f7 } }, .irq = { 14 } },
	{ EXT2_PROC_NR, "ext2", SRV, SF_USE_COPY | SF_FILES, kc_base, VMC_BASE,
	    .quota = 3072, .priority = 5, .quantum = 20,
	    .period = BASE_PERIOD },
	{ PIPE_PROC_NR, "pipe", SRV, SF_USE_COPY, kc_base, VMC_BASE,
	    .priority = 5, .quantum = 20, .period = BASE_PERIOD,
	    .major = PIPE_MAJOR, .dev_flags = RS_DEV_CHAR },
	{ IS_PROC_NR, "is", SRV | USERS_SEND, SF_USE_COPY, kc_copy, VMC_BASE,
	    .priority = 5, .quantum = 8, .period = BASE_PERIOD },
	{ INIT_PROC_NR, "init", 0, SF_CORE_SRV | SF_USER, kc_none,
	    VM_USER_CALLS, .quota = VM_QUOTA_NONE, .priority = -1 },
};

/* clang-format on */

void
kcall_mask_fill(const int *list, uint32_t mask[KCALL_MASK_WORDS])
{
	int i;

	memset(mask, 0, KCALL_MASK_WORDS * sizeof *mask);
	if (*list == LIST_ALL) {
		for (i = 0; i < NR_KERNEL_CALLS; i++)
			mask[i / 32] |= 1u << i % 32;
		return;
	}
	for (; *list != LIST_END; list++) {
		i = *list - KERNEL_CALL;
		assert(i >= 0 && i < NR_KERNEL_CALLS);
		mask[i / 32] |= 1u << i % 32;
	}
}
