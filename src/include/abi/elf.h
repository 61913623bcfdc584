/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The parts of the Executable and Linking Format that the loaders read.
 * @source System V ABI, Intel386 supplement
 */
#pragma once

#include <stdint.h>

#define ELF_MAGIC       0x464c457fu /* 0x7f 'E' 'L' 'F' */
#define ELF_CLASS32     1
#define ELF_DATA_LSB    1
#define ELF_TYPE_EXEC   2
#define ELF_MACHINE_386 3

struct elf_header {
	uint32_t magic;
	uint8_t class, data, version, pad[9];
	uint16_t type, machine;
	uint32_t version2, entry, phoff, shoff, flags;
	uint16_t ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
};

#define ELF_LOAD 1
#define ELF_PF_X 1
#define ELF_PF_W 2
#define ELF_PF_R 4

struct elf_phdr {
	uint32_t type, offset, vaddr, paddr, filesz, memsz, flags, align;
};
