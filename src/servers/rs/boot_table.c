/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The boot table, see servers/rs/boot_table.h.
 */
#include "servers/rs/boot_table.h"

#include <lacuna/assert.h>

/* What every service needs to live. */
#define KC_BASIC                                                               \
	SYS_EXIT, SYS_WHOAMI, SYS_GETINFO, SYS_TIMES, SYS_SETALARM,            \
	    SYS_DIAGCTL, SYS_SETGRANT, SYS_SAFECOPYFROM, SYS_SAFECOPYTO,       \
	    SYS_VSAFECOPY, SYS_SAFEMEMSET, SYS_SAFEMAP, SYS_SAFEREVMAP,        \
	    SYS_SAFEUNMAP
#define KC_DRIVER                                                              \
	KC_BASIC, SYS_IRQCTL, SYS_DEVIO, SYS_SDEVIO, SYS_VDEVIO, SYS_UMAP
#define VMC_BASIC                                                              \
	VM_BRK, VM_MMAP, VM_MUNMAP, VM_INFO, VM_MAP_PHYS, VM_UNMAP_PHYS

static const int kc_all[] = { LIST_ALL, LIST_END };
static const int kc_none[] = { LIST_END };
static const int kc_basic[] = { KC_BASIC, LIST_END };
static const int kc_driver[] = { KC_DRIVER, LIST_END };
static const int kc_memory[] = { KC_DRIVER, SYS_VIRCOPY, LIST_END };
static const int kc_is[] = { KC_BASIC, SYS_VIRCOPY, LIST_END };
static const int kc_vfs[] = { KC_BASIC, SYS_VIRCOPY, SYS_KILL, LIST_END };

static const int vmc_basic[] = { VMC_BASIC, LIST_END };
static const int vmc_pm[] = { VMC_BASIC, VM_FORK, VM_EXEC_NEWMEM, VM_WILLEXIT,
	VM_EXIT, VM_SET_ROOT, LIST_END };
static const int vmc_vfs[] = { VMC_BASIC, VM_EXEC_NEWMEM, LIST_END };
static const int vmc_rs[] = { VMC_BASIC, VM_EXEC_NEWMEM, VM_RS_SET_PRIV,
	LIST_END };

#define SRV (SYS_PROC | PREEMPTIBLE)
#define DRV (SRV | CHECK_IO_PORT | CHECK_IRQ | CHECK_MEM)

/* Seconds between pings. It is the time a hang may last, and much longer than
 * anything that keeps a service from listening. */
#define PERIOD 5

/* clang-format off */
const struct boot_row boot_table[NR_BOOT_PROCS] = {
	{ RS_PROC_NR, "rs", SRV, SF_CORE_SRV, kc_all, vmc_rs,
	    .priority = 4, .quantum = 8 },
	{ VM_PROC_NR, "vm", SYS_PROC, SF_CORE_SRV | SF_SYNCH_BOOT,
	    kc_all, kc_none, .priority = 2, .quantum = 20, .period = PERIOD },
	{ PM_PROC_NR, "pm", SRV, SF_CORE_SRV, kc_all, vmc_pm,
	    .priority = 4, .quantum = 20, .period = PERIOD },
	{ VFS_PROC_NR, "vfs", SRV, SF_CORE_SRV, kc_vfs, vmc_vfs,
	    .priority = 5, .quantum = 20, .period = PERIOD },
	{ DS_PROC_NR, "ds", SRV, SF_USE_COPY, kc_basic, vmc_basic,
	    .priority = 4, .quantum = 8, .period = PERIOD },
	/* A service that misbehaves as tests wish, before most others. */
	{ PROBE_PROC_NR, "probe", SRV, SF_SYNCH_BOOT, kc_basic, vmc_basic,
	    .priority = 5, .quantum = 8, .optional = true },
	{ TTY_PROC_NR, "tty", DRV, SF_USE_COPY, kc_driver, vmc_basic,
	    .priority = 1, .quantum = 8, .period = PERIOD,
	    .major = 4, .dev_flags = RS_DEV_CHAR,
	    .io = { { 0x60, 0x64 }, { 0x3d4, 0x3d5 }, { 0x3f8, 0x3ff },
	        { 0x2f8, 0x2ff } },
	    .mem = { 0xb8000, 0xbffff }, .irq = { 1, 4 } },
	{ MEM_PROC_NR, "memory", DRV, SF_USE_COPY, kc_memory, vmc_basic,
	    .priority = 3, .quantum = 8, .period = PERIOD,
	    .major = 1, .dev_flags = RS_DEV_CHAR },
	{ LOG_PROC_NR, "log", DRV, SF_USE_COPY, kc_driver, vmc_basic,
	    .priority = 3, .quantum = 8, .period = PERIOD,
	    .major = 15, .dev_flags = RS_DEV_CHAR },
	{ ATA_PROC_NR, "ata", DRV, SF_USE_COPY, kc_driver, vmc_basic,
	    .priority = 2, .quantum = 8, .period = PERIOD,
	    .major = 3, .dev_flags = RS_DEV_BLOCK,
	    .io = { { 0x1f0, 0x1f7 }, { 0x3f6, 0x3f7 }, { 0x170, 0x177 },
	        { 0x376, 0x377 } },
	    .irq = { 14, 15 } },
	{ EXT2_PROC_NR, "ext2", SRV, SF_USE_COPY, kc_basic, vmc_basic,
	    .priority = 5, .quantum = 20, .period = PERIOD },
	{ PIPE_PROC_NR, "pipe", SRV, SF_USE_COPY, kc_basic, vmc_basic,
	    .priority = 5, .quantum = 20, .period = PERIOD,
	    .major = 30, .dev_flags = RS_DEV_CHAR },
	{ IS_PROC_NR, "is", SRV | USERS_SEND, SF_USE_COPY, kc_is, vmc_basic,
	    .priority = 5, .quantum = 8, .period = PERIOD },
	{ INIT_PROC_NR, "init", 0, 0, kc_none, kc_none, .priority = -1 },
};

/* clang-format on */

void
call_mask_fill(const int *list, int base, int total, uint32_t *mask)
{
	int i;

	for (i = 0; i < total; i += 32)
		mask[i / 32] = 0;
	if (*list == LIST_ALL) {
		for (i = 0; i < total; i++)
			mask[i / 32] |= 1u << i % 32;
		return;
	}
	for (; *list != LIST_END; list++) {
		i = *list - base;
		assert(i >= 0 && i < total);
		mask[i / 32] |= 1u << i % 32;
	}
}
