/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Numbers that assembly and C share; segments.c proves that they agree with
 * the declarations.
 */
#pragma once

/* Selectors. The kernel works with the user's data segment, which is flat. */
#define KERNEL_CS    0x08 /**< code of the kernel */
#define KERNEL_DS    0x10 /**< stack of the kernel */
#define USER_CS      0x1b /**< code of processes */
#define USER_DS      0x23 /**< data of processes and kernel */
#define TSS_SELECTOR 0x28 /**< task state */

#define NR_EXCEPTIONS 20   /**< vectors of the processor in use */
#define IRQ_VECTOR    0x50 /**< of line 0 */
#define PROC_EDI      16   /**< offset of edi in the saved registers */

#ifdef __ASSEMBLER__
#define KCALL_VECTOR 32
#define IPC_VECTOR   33
#endif
