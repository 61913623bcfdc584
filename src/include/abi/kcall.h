/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel calls: numbers, and the payload of each. The trap is described in
 * <abi/ipc.h>; the contracts are at the stubs in <lacuna/syslib.h>. A call
 * outside the caller's mask is refused with -ECALLDENIED, an unknown one
 * with -EBADREQUEST.
 */
#pragma once

#include <abi/kcall_copy.h>
#include <abi/kcall_dev.h>
#include <abi/kcall_info.h>
#include <abi/kcall_proc.h>
#include <abi/kcall_vm.h>

#define KERNEL_CALLS(CALL)                                                     \
	CALL(SYS_FORK, sys_fork)                 /* fill a process slot */     \
	CALL(SYS_EXEC, sys_exec)                 /* start a new image */       \
	CALL(SYS_CLEAR, sys_clear)               /* empty a process slot */    \
	CALL(SYS_EXIT, sys_exit)                 /* a service gives up */      \
	CALL(SYS_SCHEDULE, sys_schedule)         /* priority and quantum */    \
	CALL(SYS_PRIVCTL, sys_privctl)           /* privileges */              \
	CALL(SYS_RUNCTL, sys_runctl)             /* stop, resume */            \
	CALL(SYS_KILL, sys_kill)                 /* raise a signal */          \
	CALL(SYS_GETKSIG, sys_getksig)           /* who has signals? */        \
	CALL(SYS_ENDKSIG, sys_endksig)           /* signals disposed of */     \
	CALL(SYS_SIGSEND, sys_sigsend)           /* build a signal frame */    \
	CALL(SYS_SIGRETURN, sys_sigreturn)       /* undo a signal frame */     \
	CALL(SYS_WHOAMI, sys_whoami)             /* identity of the caller */  \
	CALL(SYS_GETINFO, sys_getinfo)           /* copy a kernel table */     \
	CALL(SYS_TIMES, sys_times)               /* clocks and accounts */     \
	CALL(SYS_SETTIME, sys_settime)           /* set the boot time */       \
	CALL(SYS_SETALARM, sys_setalarm)         /* one alarm per service */   \
	CALL(SYS_VTIMER, sys_vtimer)             /* virtual, profile timers */ \
	CALL(SYS_DIAGCTL, sys_diagctl)           /* print, stack trace */      \
	CALL(SYS_ABORT, sys_abort)               /* end the machine's run */   \
	CALL(SYS_SETGRANT, sys_setgrant)         /* announce a grant table */  \
	CALL(SYS_SAFECOPYFROM, sys_safecopyfrom) /* copy out of a grant */     \
	CALL(SYS_SAFECOPYTO, sys_safecopyto)     /* copy into a grant */       \
	CALL(SYS_VSAFECOPY, sys_vsafecopy)       /* a vector of them */        \
	CALL(SYS_SAFEMEMSET, sys_safememset)     /* fill a grant */            \
	CALL(SYS_SAFEMAP, sys_safemap)           /* share granted pages */     \
	CALL(SYS_SAFEREVMAP, sys_saferevmap)     /* end that, as granter */    \
	CALL(SYS_SAFEUNMAP, sys_safeunmap)       /* end that, as grantee */    \
	CALL(SYS_VIRCOPY, sys_vircopy)           /* copy without a grant */    \
	CALL(SYS_MEMSET, sys_memset)             /* fill memory */             \
	CALL(SYS_UMAP, sys_umap)                 /* virtual to physical */     \
	CALL(SYS_IRQCTL, sys_irqctl)             /* interrupt lines */         \
	CALL(SYS_DEVIO, sys_devio)               /* one port access */         \
	CALL(SYS_SDEVIO, sys_sdevio)             /* string port access */      \
	CALL(SYS_VDEVIO, sys_vdevio)             /* vector of port accesses */ \
	CALL(SYS_VMCTL, sys_vmctl)               /* address spaces */          \
	CALL(SYS_MEMREQ, sys_memreq)             /* next request to VM */      \
	CALL(SYS_TRACE, sys_trace)               /* debugger access */         \
	CALL(SYS_STATECTL, sys_statectl)         /* a service's IPC state */

enum kernel_call_nr {
	KERNEL_CALL_BEFORE_FIRST = KERNEL_CALL - 1,
	KERNEL_CALLS(PROTO_NUMBER) KERNEL_CALL_END
};

#define NR_KERNEL_CALLS  (KERNEL_CALL_END - KERNEL_CALL)
#define KCALL_MASK_WORDS 3 /* 32 calls a word, room for 96 */

KERNEL_CALLS(PROTO_FITS)
_Static_assert(NR_KERNEL_CALLS <= 32 * KCALL_MASK_WORDS, "kernel call mask");
