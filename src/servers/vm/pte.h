/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Entries of page tables. An entry is all VM knows of a page: its frame, and
 * what may be done with it. A writable page whose entry says read-only is
 * shared copy-on-write, and belongs to the process alone again when its frame
 * is used in one place only.
 *
 * Of a frame that is used in several places, either all entries say SHARED or
 * none does. SHARED on the only entry of a frame means nothing. The kernel
 * sets PINNED in an entry, at any time: a device, or the kernel itself, knows
 * the frame. The page keeps it, then, until it is unmapped or becomes its
 * process' own with another one (cow_own_page()).
 *
 * That may happen between any two instructions of VM. So an entry that is in
 * use is changed in one step, and read anew to learn what has become of it: a
 * value read earlier, changed and stored would undo the pin.
 */
#pragma once

#include <abi/types.h>
#include <abi/vmlayout.h>

#define PTE_SHARED 0x200u /* really shared: stores are meant for all */

/* Bits that say what a page may be used for, but not by whom. */
#define PTE_STORES (PTE_W | PTE_KW)

/* A page with one of these is not to be shared copy-on-write as it is. */
#define PTE_SPECIAL (PTE_SHARED | PTE_PINNED)

/** Of an entry: the page can be used, by the process, and written. */
#define PTE_READABLE (PTE_P | PTE_U)
#define PTE_WRITABLE (PTE_P | PTE_U | PTE_W)

/** Take bits off an entry. */
static inline void
pte_clear(uint32_t *pte, uint32_t bits)
{
	(void)__atomic_fetch_and(pte, ~bits, __ATOMIC_RELAXED);
}

/** Add bits to an entry. */
static inline void
pte_set(uint32_t *pte, uint32_t bits)
{
	(void)__atomic_fetch_or(pte, bits, __ATOMIC_RELAXED);
}

/** An entry as it is at this moment. */
static inline uint32_t
pte_now(const uint32_t *pte)
{
	return __atomic_load_n(pte, __ATOMIC_RELAXED);
}
