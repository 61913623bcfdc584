/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Payloads of the kernel calls that only VM makes, and of the message the
 * kernel sends to VM on a page fault. See <abi/kcall.h>.
 */
#pragma once

#include <proto/proto.h>

enum vmctl_request {
	VMCTL_GET_PDBR = 1,    /* value: physical address of the page dir */
	VMCTL_SETADDRSPACE,    /* value: new page directory of ep */
	VMCTL_FLUSHTLB,        /* of the running address space */
	VMCTL_CLEAR_PAGEFAULT, /* ep may go on after a page fault */
	VMCTL_VMINHIBIT_SET,   /* ep must not run */
	VMCTL_VMINHIBIT_CLEAR,
	VMCTL_KERNEL_PDES, /* value: physical address of a page dir
	                             whose upper quarter is to be filled */
	VMCTL_NOPAGEZERO,
};

struct sys_vmctl_req {
	endpoint_t ep;
	int32_t request;
	uint32_t value;
};

struct sys_vmctl_rep {
	uint32_t value;
};

/* Kinds of memory request of the kernel to VM. */
#define MEMREQ_NONE   0
#define MEMREQ_CHECK  1 /* make a range present (and writable) */
#define MEMREQ_COWMAP 2
#define MEMREQ_SMAP   3
#define MEMREQ_SUNMAP 4

/* As 'write': even where the process may only read (for its debugger). */
#define MEMREQ_FORCE 2

/* VM answers the request it has had, and asks for the next. */
struct sys_memreq_req {
	endpoint_t requestor; /**< whose request this was; NONE: nobody's */
	int32_t status;
};

/* The next memory request; -ESRCH when there is none. */
struct sys_memreq_rep {
	int32_t kind;
	endpoint_t requestor; /**< whose kernel call waits */
	endpoint_t target;    /**< whose memory it is about */
	vir_bytes start;
	vir_bytes length;
	int32_t write;     /**< write access is wanted */
	endpoint_t source; /**< maps: where the pages come from */
	vir_bytes source_addr;
};

/* From the process that faulted (with IPC_FLG_MSG_FROM_KERNEL) to VM. */
#define VM_PAGEFAULT (VM_BASE + 0x40)

struct vm_pagefault_msg {
	vir_bytes addr;
	uint32_t error; /**< the processor's error code */
	vir_bytes pc;
};

#define PF_PRESENT 1 /* protection, not absence */
#define PF_WRITE   2
#define PF_USER    4
