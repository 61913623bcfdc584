/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What sys_getinfo() copies out.
 */
#pragma once

#include <abi/endpoint.h>

enum getinfo_what {
	GET_KINFO = 1, /* struct kinfo */
	GET_IMAGE,     /* struct boot_image[NR_BOOT_PROCS] */
	GET_PROCTAB,   /* struct proc_info[NR_PROCS + NR_TASKS], tasks first */
	GET_PROC,      /* struct proc_info of ep */
	GET_PARAMS,    /* boot parameters, "key=value\n" each, NUL at the end */
	GET_PRIV,      /* struct priv_spec of ep */
	GET_PRIVID,    /* int32_t: privilege id of ep */
	GET_KMESSAGES, /* newest part of the kernel log, as text */
	GET_KCOUNTERS, /* struct kernel_counters */
	GET_KUSAGE,    /* struct kernel_usage */
	GET_MAPS,      /* struct map_info[NR_MAPS], used ones first */
	GET_GRANTS,    /* struct grant_place of ep */
	GET_PRIV_USES, /* uint32_t[NR_KERNEL_CALLS] of ep: calls made so far;
	                  one that waited for memory counts twice */
};

#define BOOT_PARAMS_MAX 1024
#define NR_MEM_RANGES   8
#define NR_MAPS         (2 * NR_PROCS)

/** Physical memory, [base, base + size). */
struct mem_range {
	phys_bytes base;
	phys_bytes size;
};

struct kinfo {
	uint32_t hz;
	phys_bytes mem_top;                   /**< end of usable memory */
	struct mem_range free[NR_MEM_RANGES]; /**< for VM; size 0: unused */
	phys_bytes kernel_start, kernel_end;
	uint32_t nr_procs, nr_tasks;
};

/** A boot service. Its file stays in memory, so that it can be restarted. */
struct boot_image {
	endpoint_t ep;
	char name[PROC_NAME_MAX];
	phys_bytes file; /**< its ELF file */
	uint32_t file_size;
	phys_bytes page_dir; /**< built by the kernel, for VM to adopt */
};

/** Why a process does not run: run-time status flags, runnable iff 0. */
enum rts_flag {
	RTS_SLOT_FREE = 0x01,
	RTS_PROC_STOP = 0x02,     /* stopped by sys_runctl */
	RTS_SENDING = 0x04,       /* blocked in send */
	RTS_RECEIVING = 0x08,     /* blocked in receive */
	RTS_SIGNALED = 0x10,      /* new kernel signal */
	RTS_SIG_PENDING = 0x20,   /* until the manager has disposed of it */
	RTS_P_STOP = 0x40,        /* stopped for its debugger */
	RTS_NO_PRIV = 0x80,       /* has no privileges yet */
	RTS_NO_ENDPOINT = 0x100,  /* cannot send or receive any more */
	RTS_VMINHIBIT = 0x200,    /* address space is not ready */
	RTS_PAGEFAULT = 0x400,    /* VM handles its page fault */
	RTS_VMREQUEST = 0x800,    /* its kernel call waits for VM */
	RTS_VMREQTARGET = 0x1000, /* VM changes its address space */
};

struct proc_info {
	endpoint_t ep;
	uint32_t rts_flags;
	uint32_t misc_flags;
	int32_t priority, base_priority, quantum;
	clock_ticks user_ticks, system_ticks;
	endpoint_t getfrom, sendto; /**< peers it is blocked on */
	vir_bytes pc, sp;
	phys_bytes page_dir;
	int32_t priv_id;
	uint64_t cycles; /**< processor time, in time stamp counts */
	char name[PROC_NAME_MAX];
};

/** Events counted since boot. */
struct kernel_counters {
	uint64_t ipc_calls, kernel_calls, switches, interrupts, page_faults,
	    vm_requests, bytes_copied;
	uint64_t cow_requests; /**< safe copies that asked VM to share */
	uint64_t cow_pages;    /**< pages that VM was asked to share */
	uint64_t maps;         /**< grants mapped */
};

/** Places in the kernel's tables that are taken. */
struct kernel_usage {
	uint32_t processes, privileges;
	uint32_t hooks; /**< of interrupts */
	uint32_t maps;  /**< mappings of granted memory */
};

/** A mapping of granted memory. */
struct map_info {
	endpoint_t grantee; /**< NONE: not used */
	vir_bytes window;   /**< its address there */
	vir_bytes length;
	int32_t writable;
	endpoint_t owner; /**< NONE: has exited */
	vir_bytes owner_addr;
	int32_t hops; /**< grants that it hangs on */
};

/** Where a service keeps its grants. */
struct grant_place {
	vir_bytes table; /**< struct cp_grant[entries] in the service */
	uint32_t entries;
};
