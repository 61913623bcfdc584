/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Programs in memory, see servers/rs/image.h.
 */
#include "servers/rs/image.h"

#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/syslib.h>
#include <proto/rs.h>

PROTO_STUB(VM_MMAP, vm_mmap)
PROTO_STUB(VM_MUNMAP, vm_munmap)
PROTO_STUB(VM_EXEC_NEWMEM, vm_exec_newmem)

#define ARGS_MAX  16
#define FRAME_MAX 512

int
image_copy(struct image *image, endpoint_t ep, vir_bytes addr, uint32_t size)
{
	struct vm_mmap_req req = { 0 };
	struct vm_mmap_rep rep;
	struct image new;
	int r;

	if (size == 0 || size > RS_IMAGE_MAX)
		return -E2BIG;
	req.length = PAGE_CEIL(size);
	req.prot = VM_PROT_READ | VM_PROT_WRITE;
	r = call_vm_mmap(VM_PROC_NR, &req, &rep);
	if (r != OK)
		return r;
	new.phys = 0;
	new.addr = (void *)(uintptr_t)rep.addr;
	new.size = size;
	r = sys_datacopy(ep, addr, SELF, rep.addr, size);
	if (r != OK)
		image_free(&new);
	else
		*image = new;
	return r;
}

void
image_free(struct image *image)
{
	struct vm_munmap_req req = { 0 };
	struct vm_munmap_rep rep;

	if (image->addr != NULL) {
		req.addr = vir_addr(image->addr);
		req.length = PAGE_CEIL(image->size);
		(void)call_vm_munmap(VM_PROC_NR, &req, &rep); /* it is ours */
	}
	image->addr = NULL;
	image->phys = 0;
	image->size = 0;
}

int
image_read(const struct image *image, uint32_t offset, void *to, size_t size)
{
	if (offset > image->size || size > image->size - offset)
		return -ENOEXEC;
	if (image->phys != 0)
		return sys_vircopy(NONE, image->phys + offset, SELF,
		    vir_addr(to), size, VIRCOPY_PHYS);
	memcpy(to, (const char *)image->addr + offset, size);
	return OK;
}

/* Copy a part of a program's file into a process. */
static int
image_place(const struct image *image, const struct elf_phdr *ph, endpoint_t ep)
{
	vir_bytes from = image->phys + ph->offset;

	if (image->phys != 0)
		return sys_vircopy(NONE, from, ep, ph->vaddr, ph->filesz,
		    VIRCOPY_PHYS);
	from = vir_addr(image->addr) + ph->offset;
	return sys_datacopy(SELF, from, ep, ph->vaddr, ph->filesz);
}

/* Can this segment be loaded? */
static bool
segment_ok(const struct image *image, const struct elf_phdr *ph)
{
	return ph->filesz <= ph->memsz && ph->offset <= image->size &&
	    ph->filesz <= image->size - ph->offset && ph->vaddr >= PAGE_SIZE &&
	    ph->vaddr + ph->memsz >= ph->vaddr &&
	    ph->vaddr + ph->memsz <= USER_MMAP_BASE;
}

/* Add a segment to the address space the program wants. */
static void
segment_add(struct vm_image *space, const struct elf_phdr *ph)
{
	vir_bytes start = PAGE_FLOOR(ph->vaddr);
	uint32_t n = space->segments++;

	space->seg[n].start = start;
	space->seg[n].length = ph->vaddr + ph->memsz - start;
	space->seg[n].filled = ph->vaddr + ph->filesz - start;
	space->seg[n].prot = (ph->flags & ELF_PF_R ? VM_PROT_READ : 0u) |
	    (ph->flags & ELF_PF_W ? VM_PROT_WRITE : 0u) |
	    (ph->flags & ELF_PF_X ? VM_PROT_EXEC : 0u);
}

/* Read the headers: entry point, segments, address space. */
static int
headers_read(const struct image *image, vir_bytes *entry,
    struct elf_phdr ph[VM_SEGMENTS], struct vm_image *space)
{
	struct elf_header eh;
	struct elf_phdr p;
	uint32_t i;
	int r;

	r = image_read(image, 0, &eh, sizeof eh);
	if (r != OK)
		return r;
	if (eh.magic != ELF_MAGIC || eh.class != ELF_CLASS32 ||
	    eh.type != ELF_TYPE_EXEC || eh.machine != ELF_MACHINE_386 ||
	    eh.phentsize != sizeof ph[0])
		return -ENOEXEC;

	space->segments = 0;
	for (i = 0; i < eh.phnum; i++) {
		r = image_read(image, eh.phoff + i * (uint32_t)sizeof p, &p,
		    sizeof p);
		if (r != OK)
			return r;
		if (p.type != ELF_LOAD || p.memsz == 0)
			continue;
		if (space->segments == VM_SEGMENTS || !segment_ok(image, &p))
			return -ENOEXEC;
		ph[space->segments] = p;
		segment_add(space, &p);
	}
	*entry = eh.entry;
	return space->segments > 0 ? OK : -ENOEXEC;
}

int
image_check(const struct image *image)
{
	struct elf_phdr ph[VM_SEGMENTS];
	struct vm_image space;
	vir_bytes entry;

	return headers_read(image, &entry, ph, &space);
}

/* What the new stack holds: argc, argv[], NULL, envp[] = NULL, strings. */
struct frame {
	uint32_t words[1 + ARGS_MAX + 1 + 1];
	char text[FRAME_MAX - 4 * (1 + ARGS_MAX + 1 + 1)];
};

_Static_assert(sizeof(struct frame) == FRAME_MAX, "frame of a service");

/* Build the frame for a stack that ends with it. */
static int
frame_build(struct frame *frame, vir_bytes at, const char *name,
    const char *args)
{
	size_t len = strlen(name) + 1, i;
	uint32_t argc = 0;
	bool in_word = false;

	memset(frame, 0, sizeof *frame);
	if (len + strlen(args) + 1 > sizeof frame->text)
		return -E2BIG;
	strlcpy(frame->text, name, sizeof frame->text);
	strlcpy(frame->text + len, args, sizeof frame->text - len);
	at += (vir_bytes)offsetof(struct frame, text);
	frame->words[++argc] = at;
	for (i = len; frame->text[i] != '\0'; i++) {
		if (frame->text[i] == ' ') {
			frame->text[i] = '\0';
			in_word = false;
			continue;
		}
		if (!in_word && argc == ARGS_MAX)
			return -E2BIG;
		if (!in_word)
			frame->words[++argc] = at + (vir_bytes)i;
		in_word = true;
	}
	frame->words[0] = argc;
	return OK;
}

/* Build the address space of a process and fill it. */
static int
space_fill(const struct image *image, endpoint_t ep,
    const struct vm_image *space, const struct elf_phdr *ph,
    vir_bytes *stack_top)
{
	struct vm_exec_newmem_req req = { .ep = ep, .image = vir_addr(space) };
	struct vm_exec_newmem_rep rep;
	uint32_t i;
	int r;

	r = call_vm_exec_newmem(VM_PROC_NR, &req, &rep);
	for (i = 0; i < space->segments && r == OK; i++)
		r = image_place(image, &ph[i], ep);
	if (r == OK)
		*stack_top = rep.stack_top;
	return r;
}

int
image_load(const struct image *image, endpoint_t ep, const char *name,
    const char *args, struct image_start *start)
{
	struct elf_phdr ph[VM_SEGMENTS];
	struct vm_image space = { .stack_filled = sizeof(struct frame) };
	struct frame frame;
	vir_bytes top;
	int r;

	r = headers_read(image, &start->pc, ph, &space);
	if (r == OK)
		r = space_fill(image, ep, &space, ph, &top);
	if (r != OK)
		return r;

	start->sp = top - (vir_bytes)sizeof frame;
	r = frame_build(&frame, start->sp, name, args);
	if (r != OK)
		return r;
	return sys_datacopy(SELF, vir_addr(&frame), ep, start->sp,
	    sizeof frame);
}
