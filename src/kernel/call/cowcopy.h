/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Safe copies that move no bytes. Where both sides have the same offset in
 * their pages, the whole pages of a copy can be shared copy-on-write: VM puts
 * the source's frames into the destination, and a page is copied when either
 * side writes it, if that ever happens. What is before the first whole page
 * (the head) and after the last (the tail) is copied byte by byte:
 *
 *     source       ....hhhh|mmmmmmmm|mmmmmmmm|tt......
 *     destination  ....hhhh|mmmmmmmm|mmmmmmmm|tt......
 *
 * Nobody can tell such a copy from any other but by what it costs. Boot
 * parameters: cow=0 copies everything; cowmin=N shares from N pages on.
 */
#pragma once

#include "kernel/vmcopy.h"

/**
 * Whole pages that a copy must have for VM to be asked. As the test safeperf
 * measures it, in instructions, moving the bytes costs 560 and 1130 for each
 * page; sharing costs 2330, 50 for each page, and 2080 more for each that is
 * stored to later. So sharing pays from 2 pages on if none of them is, and
 * from 4 on if no more than a quarter is; if more than half are, never.
 */
#define COW_MIN_PAGES 4

/** Copies of at least so many bytes are for cow_copy(), which shares their
 * whole pages if these are as many bytes. UINT32_MAX: none are. Set by
 * cow_init(). */
extern vir_bytes cow_min_bytes;

/** How a copy is divided, in bytes. */
struct cow_parts {
	vir_bytes head, middle, tail; /**< middle is a page multiple */
};

/**
 * Divide a copy. All of it is head if it has less than a page, or if the sides
 * have different offsets in their pages.
 *
 * @param[in] src    address of the source
 * @param[in] dst    address of the destination
 * @param[in] bytes  length; neither range wraps
 * @return its parts
 * @source own design, after MINIX 3 (2010)
 */
struct cow_parts cow_split(vir_bytes src, vir_bytes dst, vir_bytes bytes);

/**
 * Read the boot parameters: cow=0 shares nothing, nor does a cowmin of as many
 * pages as no process can have; cowmin=0 is cowmin=1.
 * @source own design
 */
void cow_init(void);

/**
 * Copy as data_copy() does without flags, but have VM share whole pages where
 * that is worth while and possible: not of VM itself, not in the kernel's part,
 * and not where bytes of source and destination overlap. Errors are the same;
 * so is what is done by then, but that head and tail come before what is
 * between them. Requests and their pages are counted (counters.cow_requests,
 * cow_pages).
 *
 * @param[in,out] caller  whose kernel call this is
 * @param[in]     src     from
 * @param[in]     dst     to; both are processes
 * @param[in]     bytes   length
 *
 * @retval OK       the destination is as if copied
 * @retval -EFAULT  a range is not memory of its process
 * @retval -ENOMEM  no memory for page tables, or for a missing page
 * @retval -EVMSUSPEND  wait for VM, return this from the handler at once
 * @source own design, after MINIX 3 (2010)
 */
int cow_copy(struct proc *caller, struct place src, struct place dst,
    vir_bytes bytes);

/**
 * Is this call repeated because VM has answered cow_copy()? Then the copy is
 * finished. To be asked before anything else of it is done.
 *
 * @param[in,out] caller  whose kernel call this is
 * @param[out]    status  of the copy
 * @return false: no
 * @source own design
 */
bool cow_is_done(struct proc *caller, int *status);
