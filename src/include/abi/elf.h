/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The parts of the Executable and Linking Format that loaders and debuggers
 * read, and core files are made of.
 * @source System V ABI, Intel386 supplement
 */
#pragma once

#include <stdint.h>

#define ELF_MAGIC       0x464c457fu /* 0x7f 'E' 'L' 'F' */
#define ELF_CLASS32     1
#define ELF_DATA_LSB    1
#define ELF_TYPE_EXEC   2
#define ELF_TYPE_CORE   4
#define ELF_MACHINE_386 3

struct elf_header {
	uint32_t magic;
	uint8_t class, data, version, pad[9];
	uint16_t type, machine;
	uint32_t version2, entry, phoff, shoff, flags;
	uint16_t ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
};

#define ELF_LOAD 1
#define ELF_NOTE 4
#define ELF_PF_X 1
#define ELF_PF_W 2
#define ELF_PF_R 4

struct elf_phdr {
	uint32_t type, offset, vaddr, paddr, filesz, memsz, flags, align;
};

#define ELF_SYMTAB 2

struct elf_shdr {
	uint32_t name, type, flags, addr, offset, size;
	uint32_t link; /**< of a symbol table: the section with its strings */
	uint32_t info, align, entsize;
};

#define ELF_NOTYPE       0
#define ELF_OBJECT       1
#define ELF_FUNC         2
#define ELF_SYM_TYPE(s)  ((s)->info & 0xf)
#define ELF_SECTION_NONE 0
#define ELF_SECTION_ABS  0xfff1 /* and above: none that exists */

struct elf_sym {
	uint32_t name, value, size;
	uint8_t info, other;
	uint16_t section;
};

/** What a note begins with; name and contents follow, each filled up to words.
 */
struct elf_note {
	uint32_t namesz, descsz, type;
};
