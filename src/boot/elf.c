/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Loading the kernel: the part of ELF that a static program needs.
 */
#include "boot/loader.h"

#define HEADER_BYTES 1024 /* ELF header and program headers lie here */
#define PT_LOAD      1u
#define ET_EXEC      2u
#define EM_386       3u

struct elf_header {
	uint8_t ident[16];
	uint16_t type, machine;
	uint32_t version, entry, phoff, shoff, flags;
	uint16_t ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
};

struct elf_segment {
	uint32_t type, offset, vaddr, paddr, filesz, memsz, flags, align;
};

static void
header_check(const struct elf_header *h, const char *name)
{
	if (memcmp(h->ident, "\177ELF\1\1", 6) != 0 || h->type != ET_EXEC ||
	    h->machine != EM_386)
		fail("is no static ELF program for this machine", name);
	if (h->phentsize != sizeof(struct elf_segment) ||
	    h->phoff > HEADER_BYTES ||
	    h->phnum > (HEADER_BYTES - h->phoff) / sizeof(struct elf_segment))
		fail("has too many segments", name);
}

static void
segment_load(const struct boot_entry *file, const struct elf_segment *s,
    const struct memory_map *map)
{
	if (s->offset > file->size || s->filesz > file->size - s->offset ||
	    s->filesz > s->memsz)
		fail("has a segment outside its file", file->name);
	if (s->paddr < HIGH_MEMORY || s->paddr > map->high_end ||
	    s->memsz > map->high_end - s->paddr)
		fail("has a segment outside memory", file->name);
	disk_read(file->sector, s->offset, (void *)s->paddr, s->filesz);
	memset((void *)(s->paddr + s->filesz), 0, s->memsz - s->filesz);
}

uint32_t
elf_load(const struct boot_entry *file, const struct memory_map *map,
    uint32_t *end)
{
	static uint8_t header[HEADER_BYTES] __attribute__((aligned(4)));
	const struct elf_header *h = (const void *)header;
	const struct elf_segment *s;
	uint32_t entry;

	disk_read(file->sector, 0, header, HEADER_BYTES);
	header_check(h, file->name);
	s = (const void *)(header + h->phoff);
	entry = h->entry;
	*end = 0;
	for (int i = 0; i < h->phnum; i++, s++) {
		if (s->type != PT_LOAD || s->memsz == 0)
			continue;
		segment_load(file, s, map);
		if (s->paddr + s->memsz > *end)
			*end = s->paddr + s->memsz;
		/* An entry point in the upper gigabyte is a virtual one. */
		if (h->entry >= s->vaddr && h->entry - s->vaddr < s->memsz)
			entry = h->entry - s->vaddr + s->paddr;
	}
	if (*end == 0)
		fail("has nothing to load", file->name);
	return entry;
}
