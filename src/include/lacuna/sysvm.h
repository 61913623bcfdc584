/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel calls for VM. It builds page tables through its own window on
 * physical memory; what only the processor or the kernel can do is here.
 */
#pragma once

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <abi/kcall.h>

/**
 * Control an address space.
 *
 * @param[in]  ep       process
 * @param[in]  request  VMCTL_*
 * @param[in]  value    as the request says
 * @param[out] result   as the request says; may be NULL
 *
 * @retval OK       done
 * @retval -EINVAL  no such process or request; value is not the address of a
 *                  page; CLEAR_PAGEFAULT: ep has none
 * @retval -EPERM   ep is a source of notifications
 * @source own design, after MINIX 3
 */
int sys_vmctl(endpoint_t ep, int request, uint32_t value, uint32_t *result);

/** Physical address of the page directory of ep. */
static inline int
sys_vmctl_get_pdbr(endpoint_t ep, phys_bytes *page_dir)
{
	return sys_vmctl(ep, VMCTL_GET_PDBR, 0, page_dir);
}

/** Put a page directory in force for ep. */
static inline int
sys_vmctl_setaddrspace(endpoint_t ep, phys_bytes page_dir)
{
	return sys_vmctl(ep, VMCTL_SETADDRSPACE, page_dir, NULL);
}

/** Forget translations, after access was taken away in ep's page tables. */
static inline int
sys_vmctl_flushtlb(endpoint_t ep)
{
	return sys_vmctl(ep, VMCTL_FLUSHTLB, 0, NULL);
}

/** Let ep go on after a page fault. */
static inline int
sys_vmctl_clear_pagefault(endpoint_t ep)
{
	return sys_vmctl(ep, VMCTL_CLEAR_PAGEFAULT, 0, NULL);
}

/** Keep ep from running while its address space is worked on. */
static inline int
sys_vmctl_vminhibit_set(endpoint_t ep)
{
	return sys_vmctl(ep, VMCTL_VMINHIBIT_SET, 0, NULL);
}

/** Let ep run again. */
static inline int
sys_vmctl_vminhibit_clear(endpoint_t ep)
{
	return sys_vmctl(ep, VMCTL_VMINHIBIT_CLEAR, 0, NULL);
}

/** Fill in the kernel's part of a new page directory. */
static inline int
sys_vmctl_kernel_pdes(phys_bytes page_dir)
{
	return sys_vmctl(SELF, VMCTL_KERNEL_PDES, page_dir, NULL);
}

/**
 * Answer a memory request of the kernel, and take the next. Whoever made a
 * request is blocked until it is answered.
 *
 * @param[in]  answered  whose request has been served; NONE: nobody's. One who
 *                       has died since is no error.
 * @param[in]  status    of that
 * @param[out] req       the next request; set only if there is one
 *
 * @retval OK      there was one
 * @retval -ESRCH  there is none
 * @source own design, after MINIX 3
 */
int sys_memreq(endpoint_t answered, int status, struct sys_memreq_rep *req);
