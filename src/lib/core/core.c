/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The writer of core files. The program headers stand before the notes and the
 * memory, and say where each region's begins; so the regions are gone through
 * three times: to count them, to describe them, to copy them. The list is
 * VM's, and nothing of it is kept here.
 */
#include <lacuna/core.h>

#include <abi/elf.h>
#include <abi/errno.h>
#include <lacuna/msgcall.h>
#include <lacuna/string.h>
#include <proto/vm.h>

#include "lib/core/note.h"

#define CHUNK (16 * PAGE_SIZE) /* bytes of memory in one piece */

/* A file being written. */
struct core {
	const struct core_process *p;
	const struct core_output *out;
	uint32_t limit;
	uint32_t regions;
	uint32_t header; /* where the next program header goes */
	uint32_t next;   /* where the contents it speaks of begin */
};

/* The first region that reaches beyond an address. */
static int
region_next(const struct core *c, vir_bytes addr, struct vm_region_rep *r)
{
	struct vm_region_req req = { c->p->ep, addr };
	int status =
	    msg_call(VM_PROC_NR, VM_REGION, &req, sizeof req, r, sizeof *r);

	if (status != OK)
		return status;
	/* Else it would go on for ever. */
	return r->end > addr && r->start < r->end && r->from <= r->to &&
		r->to <= r->end
	    ? OK
	    : -EIO;
}

/* What of n bytes at a position is within the limit. */
static uint32_t
within(const struct core *c, uint32_t position, uint32_t n)
{
	if (position >= c->limit)
		return 0;
	return n < c->limit - position ? n : c->limit - position;
}

static int
put(const struct core *c, uint32_t position, const void *bytes, uint32_t n)
{
	n = within(c, position, n);
	return n == 0 ? OK : c->out->put(c->out->arg, position, bytes, n);
}

/* Memory that is there. */
static int
put_memory(const struct core *c, uint32_t position, vir_bytes addr,
    vir_bytes end)
{
	uint32_t left = within(c, position, end - addr), n;
	int r = OK;

	for (; r == OK && left > 0; left -= n) {
		n = left < CHUNK ? left : CHUNK;
		r = c->out->put_memory(c->out->arg, position, addr, n);
		position += n;
		addr += n;
	}
	return r;
}

/* Do something for each region, in order of address. */
static int
for_each(struct core *c, int (*fn)(struct core *, const struct vm_region_rep *))
{
	struct vm_region_rep region = { 0 };
	int r;

	while ((r = region_next(c, region.end, &region)) == OK) {
		r = fn(c, &region);
		if (r != OK)
			return r;
	}
	return r == -ENOENT ? OK : r;
}

static int
count(struct core *c, const struct vm_region_rep *region)
{
	(void)region;
	c->regions++;
	return OK;
}

/* Bytes that the file has of the region whose contents come next: none of a
 * device, and none of what would be too far behind. */
static uint32_t
contents(const struct core *c, const struct vm_region_rep *region)
{
	uint32_t n = region->end - region->start;

	return region->device != 0 || n > CORE_SIZE_MAX - c->next ? 0 : n;
}

static uint32_t
flags(uint32_t prot)
{
	return ((prot & VM_PROT_READ) != 0 ? ELF_PF_R : 0) |
	    ((prot & VM_PROT_WRITE) != 0 ? ELF_PF_W : 0) |
	    ((prot & VM_PROT_EXEC) != 0 ? ELF_PF_X : 0);
}

/* Put one program header. */
static int
header_put(struct core *c, const struct elf_phdr *header)
{
	int r = put(c, c->header, header, sizeof *header);

	c->header += (uint32_t)sizeof *header;
	c->next += header->filesz;
	return r;
}

static int
describe(struct core *c, const struct vm_region_rep *region)
{
	const struct elf_phdr header = {
		.type = ELF_LOAD,
		.offset = c->next,
		.vaddr = region->start,
		.filesz = contents(c, region),
		.memsz = region->end - region->start,
		.flags = flags(region->prot),
		.align = PAGE_SIZE,
	};

	return header_put(c, &header);
}

/* Copy what is there of a region; it may have holes. */
static int
copy(struct core *c, const struct vm_region_rep *region)
{
	const uint32_t n = contents(c, region);
	struct vm_region_rep part = *region;
	int r = OK;

	while (n > 0 && r == OK && part.from < part.to) {
		r = put_memory(c, c->next + (part.from - region->start),
		    part.from, part.to);
		if (r != OK || part.to >= region->end)
			break;
		r = region_next(c, part.to, &part);
	}
	c->next += n;
	return r;
}

/* Where the notes begin. */
static uint32_t
notes_at(const struct core *c)
{
	return (uint32_t)(sizeof(struct elf_header) +
	    (c->regions + 1) * sizeof(struct elf_phdr));
}

/* Where the memory begins. */
static uint32_t
memory_at(const struct core *c)
{
	return PAGE_CEIL(notes_at(c) + sizeof(struct core_notes));
}

/* The header of the file. */
static int
begin(const struct core *c)
{
	const struct elf_header header = {
		.magic = ELF_MAGIC,
		.class = ELF_CLASS32,
		.data = ELF_DATA_LSB,
		.version = 1,
		.type = ELF_TYPE_CORE,
		.machine = ELF_MACHINE_386,
		.version2 = 1,
		.phoff = sizeof header,
		.ehsize = sizeof header,
		.phentsize = sizeof(struct elf_phdr),
		.phnum = (uint16_t)(c->regions + 1),
	};

	return put(c, 0, &header, sizeof header);
}

/* The program headers. */
static int
headers(struct core *c)
{
	const struct elf_phdr notes = {
		.type = ELF_NOTE,
		.offset = notes_at(c),
		.filesz = sizeof(struct core_notes),
		.align = sizeof(uint32_t),
	};
	int r;

	c->header = sizeof(struct elf_header);
	r = header_put(c, &notes);
	c->next = memory_at(c);
	return r != OK ? r : for_each(c, describe);
}

static int
notes(const struct core *c)
{
	struct core_notes n;

	core_notes_fill(&n, c->p);
	return put(c, notes_at(c), &n, sizeof n);
}

int
core_write(const struct core_process *p, const struct core_output *out,
    uint32_t limit, uint32_t *size)
{
	struct core c = { .p = p, .out = out, .limit = limit };
	int r;

	if (limit > CORE_SIZE_MAX)
		c.limit = CORE_SIZE_MAX;
	r = for_each(&c, count);
	if (r == OK)
		r = begin(&c);
	if (r == OK)
		r = headers(&c);
	if (r == OK)
		r = notes(&c);
	c.next = memory_at(&c);
	if (r == OK)
		r = for_each(&c, copy);
	*size = c.next < c.limit ? c.next : c.limit;
	return r;
}
