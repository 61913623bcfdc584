/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The loader's inside: BIOS access, disk, memory map, ELF.
 *
 * The loader has no second chance and nobody to report to, so a function that
 * cannot do its work calls fail(), which explains and stops the machine.
 *
 *     0x00500..0x06FFF  stack of the BIOS
 *     0x07000..0x07BFF  stack of the loader
 *     0x08000..0x0FFFF  loader and its variables
 *     0x10000..0x17FFF  bounce buffer: the BIOS reads below 1 MiB only
 *     0x100000..        kernel, then the modules, page by page
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "boot/image.h"

#define BOUNCE         0x10000u
#define BOUNCE_SECTORS 64u
#define PAGE           4096u
#define HIGH_MEMORY    0x100000u

/** Registers for a BIOS call, as popal and pushal order them. */
struct bios_regs {
	uint32_t flags; /**< after the call; bit 0 is carry: it failed */
	uint32_t edi, esi, ebp, esp, ebx, edx, ecx, eax;
};

#define BIOS_CARRY 1u

/** One range of the memory map, in the Multiboot form. */
struct memory_range {
	uint32_t size; /**< of the rest: 20 */
	uint64_t base;
	uint64_t length;
	uint32_t type; /**< 1: memory to use */
} __attribute__((packed));

#define MEMORY_USABLE     1u
#define MEMORY_RANGES_MAX 32

/** What memory_detect() found. */
struct memory_map {
	struct memory_range range[MEMORY_RANGES_MAX];
	uint32_t count;
	uint32_t high_end; /**< end of the usable range from 1 MiB on */
};

/**
 * Call the BIOS in real mode, segments zero.
 *
 * @param[in]     vector software interrupt, 0x10, 0x13, 0x15
 * @param[in,out] regs   below 64 KiB; filled with what came back
 *
 * @source own design
 */
void bios_call(uint8_t vector, struct bios_regs *regs);

/**
 * Say why the system cannot start, on screen and port 0xE9, and stop.
 *
 * @param[in] why  one clause
 * @param[in] what the file or thing it is about
 */
_Noreturn void fail(const char *why, const char *what);

/**
 * Switch address line 20 on, so that odd megabytes exist; fail() if it stays
 * off.
 *
 * @source ISA fast gate (port 0x92), int 15h AX=2401h
 */
void a20_enable(void);

/**
 * Ask the BIOS for the map of physical memory; fail() if it has none.
 *
 * @param[out] map every range, and where memory above 1 MiB ends
 *
 * @source int 15h AX=E820h (ACPI specification, section 15)
 */
void memory_detect(struct memory_map *map);

/**
 * Remember the drive all reads come from.
 *
 * @param[in] drive number the BIOS gave the boot record
 */
void disk_init(uint8_t drive);

/**
 * Read bytes of the boot drive to any address; fail() on a read error.
 *
 * @param[in]  sector where byte 0 is
 * @param[in]  offset first byte wanted, counted from there
 * @param[out] to     receives them
 * @param[in]  count  how many
 *
 * @source int 13h AH=42h (Enhanced Disk Drive specification)
 */
void disk_read(uint32_t sector, uint32_t offset, void *to, uint32_t count);

/**
 * Load the segments of a static ELF32 program to their physical addresses.
 *
 * @param[in]  file the program in the boot image
 * @param[in]  map  where memory is; a segment elsewhere is a fail()
 * @param[out] end  first address above its last segment
 *
 * @return where to enter it, as a physical address
 * @source ELF specification 1.2
 */
uint32_t elf_load(const struct boot_entry *file, const struct memory_map *map,
    uint32_t *end);

/**
 * Leave the loader for good.
 *
 * @param[in] entry physical address
 * @param[in] info  Multiboot information structure
 *
 * @source Multiboot specification 0.6.96, section 3.2
 */
_Noreturn void kernel_enter(uint32_t entry, const void *info);

/* The three functions of a C library that loader and compiler want. */
void *memcpy(void *restrict to, const void *restrict from, size_t count);
void *memset(void *to, int byte, size_t count);
int memcmp(const void *a, const void *b, size_t count);
