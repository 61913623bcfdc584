/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Page tables, read through the direct map, and the active address space.
 * The page directory of the process that ran last stays loaded while the
 * kernel works and while it is idle.
 */
#include <lacuna/string.h>

#include "kernel/arch/i386/internal.h"

#define KERNEL_PDES     768 /* where the kernel's part of a directory begins */
#define PDE_INDEX(addr) ((addr) >> 22)
#define PTE_INDEX(addr) ((addr) >> 12 & 1023)
#define BIG_FRAME       0xffc00000u

struct arch_state arch_state;
_Alignas(PAGE_SIZE) uint32_t kernel_page_dir[PAGE_SIZE / 4];

REGPARM uint32_t
arch_page_entry(phys_bytes page_dir, vir_bytes addr)
{
	const uint32_t *table = phys_ptr(page_dir);
	uint32_t pde = table[PDE_INDEX(addr)], pte;

	if ((pde & PTE_P) == 0)
		return 0;
	if ((pde & PDE_BIG) != 0)
		return (pde & (BIG_FRAME | PTE_P | PTE_W | PTE_U)) |
		    (addr & (~BIG_FRAME & PTE_FRAME));
	table = phys_ptr(pde & PTE_FRAME);
	pte = table[PTE_INDEX(addr)];
	if ((pte & PTE_P) == 0)
		return 0;
	if ((pte & PTE_KW) != 0)
		return pte | PTE_W | PTE_U;
	return pte & (pde | ~(PTE_W | PTE_U));
}

void
arch_page_pin(phys_bytes page_dir, vir_bytes addr)
{
	const uint32_t *dir = phys_ptr(page_dir);
	uint32_t pde = dir[PDE_INDEX(addr)], *pte;

	if ((pde & (PTE_P | PDE_BIG)) != PTE_P)
		return;
	pte = (uint32_t *)phys_ptr(pde & PTE_FRAME) + PTE_INDEX(addr);
	if ((*pte & PTE_P) != 0)
		*pte |= PTE_PINNED;
}

void
arch_kernel_pdes(phys_bytes page_dir)
{
	uint32_t *dir = phys_ptr(page_dir);

	memcpy(dir + KERNEL_PDES, kernel_page_dir + KERNEL_PDES,
	    (1024 - KERNEL_PDES) * sizeof(uint32_t));
}

void
arch_flush_tlb(void)
{
	write_cr3(arch_state.page_dir);
}

void
arch_set_page_dir(struct proc *p, phys_bytes page_dir)
{
	p->page_dir = page_dir;
	if (p == arch_state.active) {
		arch_state.page_dir = page_dir;
		write_cr3(page_dir);
	}
}

void
memory_init(void)
{
	kernel_page_dir[0] = 0; /* only the way up needed it */
	arch_state.page_dir = (phys_bytes)kernel_page_dir - KERNEL_BASE;
	arch_flush_tlb();
}
