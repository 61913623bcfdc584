/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a process is in the middle of, apart from the reasons why it does not
 * run: flags, and its request to VM.
 */
#pragma once

#include <abi/endpoint.h>

/** Words of a bitmap of senders, see priv_bit() in kernel/priv.h. */
#define ASYN_MAP_WORDS ((NR_TASKS + NR_SYS_PROCS + 31) / 32)

/** What a process wants of VM while its kernel call or delivery waits. */
struct vm_request {
	int kind; /**< MEMREQ_*, MEMREQ_NONE: there is none */
	endpoint_t target;
	vir_bytes start;
	vir_bytes length;
	int write;
	endpoint_t source;
	vir_bytes source_addr;
	uint32_t serial; /**< for the kernel: which mapping, or since when */
};

/** Where a request to VM stands; separate from being a retry. */
enum vmreq_state {
	VMREQ_IDLE,
	VMREQ_QUEUED,   /* VM has not fetched it yet */
	VMREQ_FETCHED,  /* VM works on it */
	VMREQ_ANSWERED, /* status is valid, the call is a retry */
};

/**
 * What a process is in the middle of; these do not stop it from running.
 */
enum misc_flag {
	MF_REPLY_PEND = 0x001,   /* in SENDREC, only a reply may wake it */
	MF_VIRT_TIMER = 0x002,   /* virtual timer counts */
	MF_PROF_TIMER = 0x004,   /* profile timer counts */
	MF_DELIVERMSG = 0x008,   /* copy delivermsg out before running */
	MF_SIG_DELAY = 0x010,    /* tell the manager when it is not sending */
	MF_SC_ACTIVE = 0x020,    /* the entry of its call was seen */
	MF_SC_DEFER = 0x040,     /* stopped on entry, call not yet made */
	MF_SC_TRACE = 0x080,     /* debugger wants the next call event */
	MF_KCALL_RESUME = 0x100, /* repeat the kernel call before running */
	MF_STEP = 0x400,         /* single step */
	MF_FPU_VALID = 0x800,    /* fpu holds a state */
	MF_FROM_KERNEL = 0x1000, /* the message it sends is the kernel's */
	MF_MAIL = 0x2000,        /* notifications or mail may be pending */
	MF_TRACED = 0x4000,      /* PM, and not its manager, gets its SIGTRAP */
};

/** Place in a ready queue. */
struct ready_link {
	struct ready_link *next, *prev;
};
