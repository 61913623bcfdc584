/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Page directories and tables, as the processor reads them; pte.h says what
 * their entries mean. Ranges are [start, end), on page boundaries, below
 * KERNEL_BASE.
 */
#pragma once

#include <abi/vmlayout.h>

#include "servers/vm/frames.h"
#include "servers/vm/pte.h"

#define PT_ENTRIES 1024u /* of a table */

/**
 * Make the pattern of all page directories: nothing but the kernel's part.
 *
 * @retval OK       done
 * @retval -ENOMEM  no frame
 * @return or an error of the kernel call
 */
int pt_init(void);

/** A page directory without any memory, for processes that have lost theirs. */
phys_bytes pt_empty(void);

/**
 * Make a page directory without any memory.
 *
 * @return its physical address, or NO_FRAME
 */
phys_bytes pt_create(enum frame_use use);

/** Give back a page directory and its tables. The pages must be gone. */
void pt_destroy(phys_bytes dir);

/**
 * Find the entry of a page.
 *
 * @return the entry, or NULL if there is no table for it
 */
uint32_t *pt_entry(phys_bytes dir, vir_bytes addr);

/**
 * Find the entry of a page; make a table for it if there is none.
 *
 * @return the entry, or NULL if there is no frame for a table
 */
uint32_t *pt_entry_make(phys_bytes dir, vir_bytes addr, enum frame_use use);

/**
 * Find the entries of the pages from an address on, as far as they lie in one
 * table.
 *
 * @param[in]  end  end of the range
 * @param[out] n    number of entries, not 0 if addr < end
 * @return the first, or NULL if there is no table for them
 */
uint32_t *pt_entries(phys_bytes dir, vir_bytes addr, vir_bytes end,
    uint32_t *n);

/**
 * Make all tables that a range needs.
 *
 * @retval OK       there they are
 * @retval -ENOMEM  no frame; tables made so far stay, and do no harm
 */
int pt_make_tables(phys_bytes dir, vir_bytes start, vir_bytes end,
    enum frame_use use);

/**
 * Take the pages of a range out.
 *
 * @param[in] release  the frames are counted: give them back
 */
void pt_unmap(phys_bytes dir, vir_bytes start, vir_bytes end, bool release);

/** Change flags of the present pages of a range. */
void pt_change(phys_bytes dir, vir_bytes start, vir_bytes end, uint32_t clear,
    uint32_t set);

/** Numbers of pages that are there. */
struct pt_figures {
	uint32_t pages;  /**< all */
	uint32_t shared; /**< whose frame is used elsewhere, too ... */
	uint32_t really; /**< ... and stores are meant for all */
};

/**
 * Count the present pages of a range whose frames are counted.
 *
 * @param[in,out] figures  grow
 */
void pt_count(phys_bytes dir, vir_bytes start, vir_bytes end,
    struct pt_figures *figures);
