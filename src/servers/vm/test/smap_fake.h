/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Three processes that share memory, for tests of windows. Each has the same
 * regions; the owner has written to what it shows.
 */
#pragma once

#include "servers/vm/smap.h"
#include "servers/vm/test/fake.h"

#define RW       (VM_PROT_READ | VM_PROT_WRITE)
#define RX       (VM_PROT_READ | VM_PROT_EXEC)
#define PAGES(n) ((vir_bytes)(n)*PAGE_SIZE)
#define TEXT     0x00400000u
#define MEM      0x00500000u /* in one table */
#define WIN      0x007FE000u /* in two */
#define N        4
#define EDGE     0x00BFE000u /* in two others; with neighbours: see below */
#define STACK    (USER_STACK_TOP - PAGES(1))

/** As the processor tells of a store that an entry forbids. */
#define STORE (PF_USER | PF_PRESENT | PF_WRITE)

extern struct vmproc *owner, *grantee, *third;

/** The machine, the three, and words 10, 11, ... at the owner's MEM and, from
 * 20, EDGE. @return 0 */
int smap_setup(void **state);

/** The kernel asks for a window. @return VM's answer */
int map_of(struct vmproc *to, vir_bytes addr, struct vmproc *from,
    vir_bytes from_addr, vir_bytes length, int write);

/** N pages from MEM of the owner to WIN of the grantee. @return as map_of() */
int map(int write);

/** The kernel asks to end a window. @return VM's answer */
int unmap_of(struct vmproc *p, vir_bytes addr, vir_bytes length);

/** What map() has made. @return as unmap_of() */
int unmap(void);

/** Places that use a page's frame. @return how many */
uint32_t refs(const struct vmproc *p, vir_bytes addr);

/** Whether a store of the process itself is its end. */
bool store_kills(struct vmproc *p, vir_bytes addr);

/** Whether two pages are one frame. */
bool same_frame(const struct vmproc *p, vir_bytes addr, const struct vmproc *q,
    vir_bytes other);

/** Leave only so many frames that a user may have. */
void leave_frames(uint32_t n);

/** Give back those that leave_frames() has taken. */
void return_frames(void);
