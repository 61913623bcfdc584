/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Three processes that copy from one another, for tests of copy-on-write. Each
 * has the same regions; one has written to what is copied.
 */
#pragma once

#include "servers/vm/cow.h"
#include "servers/vm/test/fake.h"
#include "servers/vm/window.h"

#define RW       (VM_PROT_READ | VM_PROT_WRITE)
#define RX       (VM_PROT_READ | VM_PROT_EXEC)
#define PAGES(n) ((vir_bytes)(n)*PAGE_SIZE)
#define TEXT     0x00400000u
#define SRC      0x00500000u
#define DST      0x007FE000u /* crosses into another table */
#define N        4

extern struct vmproc *from, *to, *third;

/** The machine, the three, and bytes 10, 11, ... at SRC of `from`. @return 0 */
int cow_setup(void **state);

/** The same, with so much memory. */
void cow_setup_with(size_t memory);

/** Copy bytes, as many as there are. @return of cow_map() */
int copy_between(struct vmproc *src, vir_bytes src_addr, struct vmproc *dst,
    vir_bytes dst_addr, vir_bytes length);

/** Copy pages from SRC of `from` to DST of `to`. @return of cow_map() */
int copy(uint32_t pages);

/** Places that use a page's frame. @return how many */
uint32_t refs(const struct vmproc *p, vir_bytes addr);

/** Let a process map a page of another. @return of smap_map() */
int window(struct vmproc *grantee, vir_bytes addr, struct vmproc *owner,
    vir_bytes owner_addr, bool writable);

/** Mark a page as the kernel does when a device is told of it. */
void pin(const struct vmproc *p, vir_bytes addr);

/** Take frames until users can have n more. */
void leave_frames(uint32_t n);

/**
 * Fail if the count of a frame is not the number of entries that name it, in
 * the page tables of all processes, or if an entry allows stores to a frame
 * that others have, too, and is not SHARED.
 */
void check_counts(void);
