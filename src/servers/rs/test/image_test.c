/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Programs of services: what is one, what of it reaches a process, its
 * arguments, and whose memory it is. Proves: B8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>

#include <cmocka.h>

#include <lacuna/ipc.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/rs.h>

#include "servers/rs/image.h"
#include "test/unit/status.h"

#define CLIENT    50 /* has a program that it shows RS */
#define PROCESS   60 /* is to run it */
#define STACK_TOP 0xc0000000u
#define FRAME     512u
#define PHYS      0x200000u /* of a program of the boot image */
#define NR_SEG    2
#define ENTRY     0x8048000u

/* A program. */
static struct program {
	struct elf_header eh;
	struct elf_phdr ph[VM_SEGMENTS + 1];
	char text[64];
} elf;

/* What VM and the process have got. */
static struct vm_image space;
static unsigned int maps, unmaps, copies;
static vir_bytes unmap_addr, unmap_length, copied_to;
static uint32_t frame[FRAME / 4];
static int map_status, copy_status;

/* An address of RS: of maps, which are low, or of its stack. */
static void *
own(vir_bytes addr)
{
	const uintptr_t upper = (uintptr_t)&upper >> 16 >> 16;

	if (addr < 0x80000000u && maps > 0)
		return (void *)(uintptr_t)addr;
	return (void *)(upper << 16 << 16 | addr);
}

/* From the client, the boot image, or RS itself. */
static const void *
source(endpoint_t src, vir_bytes addr)
{
	if (src == CLIENT)
		return &elf;
	if (src == NONE)
		return (const char *)&elf + (addr - PHYS);
	return own(addr);
}

int
sys_vircopy(endpoint_t src, vir_bytes src_addr, endpoint_t dst,
    vir_bytes dst_addr, size_t bytes, uint32_t flags)
{
	assert_int_equal(flags, src == NONE ? VIRCOPY_PHYS : 0);
	if (dst == SELF) {
		memcpy(own(dst_addr), source(src, src_addr), bytes);
		return copy_status;
	}
	assert_int_equal(dst, PROCESS);
	copies++;
	copied_to = dst_addr;
	if (dst_addr >= STACK_TOP - FRAME) {
		assert_true(bytes <= sizeof frame);
		memcpy(frame, source(src, src_addr), bytes);
	}
	return copy_status;
}

static int
map(struct message *m)
{
	struct vm_mmap_req req;
	struct vm_mmap_rep rep;
	void *p;

	memcpy(&req, m->m_body, sizeof req);
	if (map_status != OK)
		return map_status;
	p = mmap(NULL, req.length, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	assert_true(p != MAP_FAILED);
	maps++;
	rep.addr = (vir_bytes)(uintptr_t)p;
	memcpy(m->m_body, &rep, sizeof rep);
	return OK;
}

static int
unmap(const struct message *m)
{
	struct vm_munmap_req req;

	memcpy(&req, m->m_body, sizeof req);
	unmaps++;
	unmap_addr = req.addr;
	unmap_length = req.length;
	return OK;
}

static int
newmem(struct message *m)
{
	struct vm_exec_newmem_req req;
	struct vm_exec_newmem_rep rep = { STACK_TOP };

	memcpy(&req, m->m_body, sizeof req);
	assert_int_equal(req.ep, PROCESS);
	memcpy(&space, own(req.image), sizeof space);
	memcpy(m->m_body, &rep, sizeof rep);
	return OK;
}

int
ipc_trap(int primitive, int peer, void *arg, int *status)
{
	struct message *m = arg;

	*status = 0;
	assert_int_equal(primitive, SENDREC);
	assert_int_equal(peer, VM_PROC_NR);
	if (m->m_type == VM_MMAP)
		m->m_type = map(m);
	else if (m->m_type == VM_MUNMAP)
		m->m_type = unmap(m);
	else
		m->m_type = newmem(m);
	return OK;
}

static void
segment_set(unsigned int i, uint32_t vaddr, uint32_t filesz, uint32_t memsz)
{
	elf.ph[i] = (struct elf_phdr){ .type = ELF_LOAD,
		.offset = offsetof(struct program, text),
		.vaddr = vaddr,
		.filesz = filesz,
		.memsz = memsz,
		.flags = ELF_PF_R };
}

static int
begin(void **state)
{
	(void)state;
	memset(&elf, 0, sizeof elf);
	elf.eh.magic = ELF_MAGIC;
	elf.eh.class = ELF_CLASS32;
	elf.eh.type = ELF_TYPE_EXEC;
	elf.eh.machine = ELF_MACHINE_386;
	elf.eh.phentsize = sizeof elf.ph[0];
	elf.eh.phoff = offsetof(struct program, ph);
	elf.eh.phnum = NR_SEG;
	elf.eh.entry = ENTRY;
	segment_set(0, ENTRY, 10, 10);
	segment_set(1, ENTRY + 0x2004, 6, 0x1000);
	maps = unmaps = copies = 0;
	map_status = copy_status = OK;
	return 0;
}

/* The program as part of the boot image. */
static struct image
booted(void)
{
	return (struct image){ .phys = PHYS, .size = sizeof elf };
}

static int
load(const char *name, const char *args)
{
	const struct image image = booted();
	struct image_start start;
	int r = image_load(&image, PROCESS, name, args, &start);

	if (r == OK) {
		assert_int_equal(start.pc, ENTRY);
		assert_int_equal(start.sp, STACK_TOP - FRAME);
	}
	return r;
}

/* A word of the frame, as text. */
static const char *
argument(unsigned int i)
{
	const uint32_t at = frame[1 + i] - (STACK_TOP - FRAME);

	assert_true(at < FRAME);
	return (const char *)frame + at;
}

static void
test_segments_reach_the_process(void **state)
{
	(void)state;
	assert_status(load("s", ""), OK);
	assert_int_equal(space.segments, NR_SEG);
	assert_int_equal(space.seg[0].start, ENTRY);
	assert_int_equal(space.seg[0].filled, 10);
	assert_int_equal(space.seg[1].start, ENTRY + 0x2000);
	assert_int_equal(space.seg[1].length, 0x1004);
	assert_int_equal(space.seg[1].filled, 10);
	assert_int_equal(space.seg[0].prot, VM_PROT_READ);
	assert_int_equal(copies, NR_SEG + 1); /* and the frame, at last */
	assert_int_equal(copied_to, STACK_TOP - FRAME);
}

static void
test_arguments_are_words(void **state)
{
	(void)state;
	assert_status(load("s", "one  two "), OK);
	assert_int_equal(frame[0], 3);
	assert_string_equal(argument(0), "s");
	assert_string_equal(argument(1), "one");
	assert_string_equal(argument(2), "two");
	assert_int_equal(frame[4], 0); /* behind the last */
	assert_int_equal(frame[5], 0); /* no environment */
	assert_status(load("s", ""), OK);
	assert_int_equal(frame[0], 1);
	assert_int_equal(frame[2], 0);
}

/* 16 with the name, not one more; nor more text than there is room for. */
static void
test_arguments_are_limited(void **state)
{
	char text[FRAME + 1];

	(void)state;
	assert_status(load("s", "1 2 3 4 5 6 7 8 9 a b c d e f"), OK);
	assert_int_equal(frame[0], 16);
	assert_string_equal(argument(15), "f");
	assert_int_equal(frame[17], 0);
	assert_status(load("s", "1 2 3 4 5 6 7 8 9 a b c d e f g"), -E2BIG);
	memset(text, 'x', FRAME);
	text[FRAME - 4 * 19 - 2 - 1] = '\0'; /* words, "s" and two ends */
	assert_status(load("s", text), OK);
	assert_string_equal(argument(1), text);
	text[strlen(text)] = 'x';
	text[FRAME - 4 * 19 - 2] = '\0';
	assert_status(load("s", text), -E2BIG);
}

/* The program is none if only this is changed. */
static void
test_what_is_no_program(void **state)
{
	const struct image image = booted();
	struct image cut = booted();

	assert_status(image_check(&image), OK);
#define WRONG(change)                                                          \
	do {                                                                   \
		(void)begin(state);                                            \
		(change);                                                      \
		assert_status(image_check(&image), -ENOEXEC);                  \
	} while (0)
	WRONG(elf.eh.magic++);
	WRONG(elf.eh.class = 2);
	WRONG(elf.eh.type = 3);
	WRONG(elf.eh.machine = 62);
	WRONG(elf.eh.phentsize = 56);
	WRONG(elf.eh.phnum = 0);
	WRONG(elf.eh.phoff = sizeof elf);
	WRONG(elf.eh.phoff = UINT32_MAX);
	WRONG(elf.ph[1].filesz = 0x1001);
	WRONG(elf.ph[1].offset = sizeof elf + 1);
	WRONG(elf.ph[1].offset = sizeof elf - 5);
	WRONG(elf.ph[0].vaddr = 0xfff);
	WRONG(elf.ph[1].memsz = UINT32_MAX);
	WRONG(elf.ph[1].memsz = USER_MMAP_BASE - elf.ph[1].vaddr + 1);
	(void)begin(state);
	elf.ph[1].memsz = USER_MMAP_BASE - elf.ph[1].vaddr;
	elf.ph[1].offset = sizeof elf - 6;
	elf.ph[0].vaddr = 0x1000;
	assert_status(image_check(&image), OK);
	cut.size = sizeof elf.eh - 1;
	assert_status(image_check(&cut), -ENOEXEC);
}

/* There is room for so many; what is not loaded needs none. */
static void
test_segments_are_limited(void **state)
{
	const struct image image = booted();
	unsigned int i;

	(void)state;
	for (i = 0; i <= VM_SEGMENTS; i++)
		segment_set(i, ENTRY + 0x1000 * i, 1, 1);
	elf.eh.phnum = VM_SEGMENTS;
	assert_status(image_check(&image), OK);
	elf.eh.phnum = VM_SEGMENTS + 1;
	assert_status(image_check(&image), -ENOEXEC);
	for (i = 0; i <= VM_SEGMENTS; i++) {
		elf.ph[i].type = 4; /* a note */
		assert_status(image_check(&image), OK);
		elf.ph[i].type = ELF_LOAD;
	}
}

/* A program that was copied is RS's, one of the boot image is not. */
static void
test_only_its_own_memory_is_given_back(void **state)
{
	struct image image = booted();

	(void)state;
	image_free(&image);
	assert_int_equal(unmaps, 0);
	assert_int_equal(image.size, 0);
	assert_int_equal(image.phys, 0);
	assert_status(image_copy(&image, CLIENT, 0, sizeof elf), OK);
	assert_status(image_check(&image), OK);
	image_free(&image);
	assert_int_equal(unmaps, 1);
	assert_int_equal(unmap_length, PAGE_CEIL(sizeof elf));
	assert_null(image.addr);
	image_free(&image);
	assert_int_equal(unmaps, 1);
}

/* A copy that fails changes nothing, and keeps nothing. */
static void
test_a_copy_that_fails_leaves_nothing(void **state)
{
	struct image image = booted();

	(void)state;
	assert_status(image_copy(&image, CLIENT, 0, 0), -E2BIG);
	assert_status(image_copy(&image, CLIENT, 0, RS_IMAGE_MAX + 1), -E2BIG);
	map_status = -ENOMEM;
	assert_status(image_copy(&image, CLIENT, 0, sizeof elf), -ENOMEM);
	assert_int_equal(maps, 0);
	map_status = OK;
	copy_status = -EFAULT;
	assert_status(image_copy(&image, CLIENT, 0, sizeof elf), -EFAULT);
	assert_int_equal(maps, 1);
	assert_int_equal(unmaps, 1);
	assert_int_equal(image.phys, PHYS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_segments_reach_the_process, begin),
		cmocka_unit_test_setup(test_arguments_are_words, begin),
		cmocka_unit_test_setup(test_arguments_are_limited, begin),
		cmocka_unit_test_setup(test_what_is_no_program, begin),
		cmocka_unit_test_setup(test_segments_are_limited, begin),
		cmocka_unit_test_setup(test_only_its_own_memory_is_given_back,
		    begin),
		cmocka_unit_test_setup(test_a_copy_that_fails_leaves_nothing,
		    begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
