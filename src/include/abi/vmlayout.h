/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Who lives where in an address space.
 */
#pragma once

#define KERNEL_BASE    0xC0000000u /* direct map of all memory, kernel only */
#define KERNEL_LOAD    0x00100000u /* physical address of the kernel image */
#define DIRECT_MAP_MAX 0x38000000u /* physical memory beyond is not used */

#define USER_TEXT      0x00400000u /* programs are linked here */
#define USER_MMAP_BASE 0x40000000u /* mmap areas: from here ... */
#define USER_MMAP_END  0xB0000000u /* ... to here */
#define USER_STACK_TOP 0xC0000000u
#define USER_STACK_MAX 0x00800000u /* the stack may grow to 8 MiB */

#define VM_WINDOW 0x40000000u /* in VM only: all physical memory */

/* Page table entries of the processor that VM and kernel agree on. */
#define PTE_P     0x001u /* present */
#define PTE_W     0x002u /* writable */
#define PTE_U     0x004u /* user may access */
#define PTE_CD    0x010u /* not cached: device memory */
#define PTE_A     0x020u /* accessed */
#define PTE_D     0x040u /* dirty */
#define PDE_BIG   0x080u /* 4 MiB page */
#define PTE_G     0x100u /* global */
#define PTE_KW    0x800u /* ours: the kernel may write, and the process less */
#define PTE_FRAME 0xfffff000u

/* Ours: a device or the kernel knows the frame, so it stays where it is and is
 * never shared copy-on-write. The kernel sets this bit and VM obeys it. */
#define PTE_PINNED 0x400u
