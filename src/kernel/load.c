/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Loading of boot services: page tables of 4 KiB pages, written through the
 * direct map.
 */
#include "kernel/load.h"

#include <abi/elf.h>
#include <abi/errno.h>
#include <abi/vmlayout.h>
#include <lacuna/string.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/kinfo.h"
#include "kernel/multiboot.h"

#define BIG_PAGE    0x400000u
#define STACK_PAGES 8
#define STACK_ROOM  16 /* argc, argv and environment, all zero */

/* The page table entry of an address, whose table is made if need be. */
static uint32_t *
entry_of(phys_bytes page_dir, vir_bytes addr)
{
	uint32_t *dir = phys_ptr(page_dir), *pde = &dir[addr >> 22];
	uint32_t *table;

	if ((*pde & PTE_P) == 0)
		*pde = multiboot_frame() | PTE_P | PTE_W | PTE_U;
	table = phys_ptr(*pde & PTE_FRAME);
	return &table[addr >> 12 & 1023];
}

/* Make a page present; returns the kernel's address of it. */
static uint8_t *
page_map(phys_bytes page_dir, vir_bytes addr, uint32_t access)
{
	uint32_t *pte = entry_of(page_dir, addr);

	if ((*pte & PTE_P) == 0)
		*pte = multiboot_frame() | PTE_P | PTE_U;
	*pte |= access;
	return phys_ptr(*pte & PTE_FRAME);
}

static bool
segment_ok(const struct elf_phdr *ph, uint32_t file_size)
{
	return ph->filesz <= ph->memsz && ph->offset <= file_size &&
	    ph->filesz <= file_size - ph->offset && ph->vaddr >= PAGE_SIZE &&
	    ph->vaddr < VM_WINDOW && ph->memsz <= VM_WINDOW - ph->vaddr;
}

static void
segment_load(phys_bytes page_dir, const uint8_t *file,
    const struct elf_phdr *ph)
{
	uint32_t access = (ph->flags & ELF_PF_W) != 0 ? PTE_W : 0;
	vir_bytes addr = ph->vaddr, end = ph->vaddr + ph->memsz;
	uint32_t left = ph->filesz, n;
	uint8_t *page;

	file += ph->offset;
	for (; addr < end; addr = PAGE_FLOOR(addr) + PAGE_SIZE) {
		page = page_map(page_dir, addr, access);
		n = PAGE_SIZE - addr % PAGE_SIZE;
		if (n > left)
			n = left;
		memcpy(page + addr % PAGE_SIZE, file, n);
		file += n;
		left -= n;
	}
}

static bool
header_ok(const struct elf_header *h, uint32_t file_size)
{
	return file_size >= sizeof(*h) && h->magic == ELF_MAGIC &&
	    h->class == ELF_CLASS32 && h->data == ELF_DATA_LSB &&
	    h->type == ELF_TYPE_EXEC && h->machine == ELF_MACHINE_386 &&
	    h->phentsize == sizeof(struct elf_phdr) && h->phoff <= file_size &&
	    h->phnum <= (file_size - h->phoff) / sizeof(struct elf_phdr);
}

int
load_program(const struct boot_image *image, vir_bytes *pc, vir_bytes *sp)
{
	const uint8_t *file = phys_ptr(image->file);
	const struct elf_header *h = (const void *)file;
	const struct elf_phdr *ph = (const void *)(file + h->phoff);

	if (!header_ok(h, image->file_size))
		return -ENOEXEC;
	for (int i = 0; i < h->phnum; i++, ph++) {
		if (ph->type != ELF_LOAD || ph->memsz == 0)
			continue;
		if (!segment_ok(ph, image->file_size))
			return -ENOEXEC;
		segment_load(image->page_dir, file, ph);
	}
	for (uint32_t i = 1; i <= STACK_PAGES; i++)
		(void)page_map(image->page_dir, USER_STACK_TOP - i * PAGE_SIZE,
		    PTE_W); /* nothing to put there */
	*pc = h->entry;
	*sp = USER_STACK_TOP - STACK_ROOM;
	return OK;
}

void
load_window(phys_bytes page_dir)
{
	uint32_t *dir = phys_ptr(page_dir);

	for (phys_bytes at = 0; at < kinfo.mem_top; at += BIG_PAGE)
		dir[(VM_WINDOW + at) >> 22] =
		    at | PTE_P | PTE_W | PTE_U | PDE_BIG;
}
